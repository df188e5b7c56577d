package export

import (
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
	"jobun/checker/review"
	"jobun/internal/day"
)

// accusation is what a complaint is on: the findings that it may rest on, and the party
// that it names.
type accusation struct {
	findings []*checker.Finding
	left     []*checker.Finding // criminal ones that it does not rest on
	accused  *audit.Party       // nil: nobody is named
	as       string
}

// accuse gathers what a complaint is on, and refuses what none may be written for: no
// capacity, no offence, a company where the law has no 両罰規定, and a time limit that
// seems to have run or that nobody can count.
func (p *paperWriter) accuse(o CompanionOptions) (accusation, error) {
	a := accusation{as: o.As}
	if o.As != AsVictim && o.As != AsThirdParty {
		return a, fmt.Errorf("%w: %s", ErrRefused, p.Say("告訴（被害者として: --as-victim）か告発（第三者として: --as-third-party）かを指定すること", "say whether the victim complains (--as-victim) or a third party (--as-third-party)"))
	}
	for _, f := range p.chosen {
		switch {
		case f.Rule.Regime != "criminal":
		case f.Assessment == checker.NotInForce || f.Assessment == checker.ContradictedElement || f.Assessment == checker.Excepted || p.status(f) == review.Status(review.SetAside):
			a.left = append(a.left, f)
		case len(supportedFacts(f)) == 0: // there is no conduct to write down
			a.left = append(a.left, f)
		default:
			a.findings = append(a.findings, f)
		}
	}
	if len(a.findings) == 0 {
		return a, fmt.Errorf("%w: %s", ErrRefused, p.Say("選ばれた指摘に、刑事のもので、施行中で、書ける事実があり、反対資料・除外事由・見送りのないものがない", "among the findings that are chosen there is no criminal one that is in force, has a fact to write down, and is not contradicted, excepted or set aside"))
	}
	if o.Accused != "" {
		i := slices.IndexFunc(p.res.Report.Parties, func(x audit.Party) bool { return x.ID == o.Accused })
		if i < 0 {
			return a, fmt.Errorf("%w: %s", ErrRefused, p.Say("報告に関係者「"+o.Accused+"」がない", "the report has no party "+o.Accused))
		}
		a.accused = &p.res.Report.Parties[i]
	}
	if err := p.mayBeAccused(a); err != nil {
		return a, err
	}
	return a, p.isInTime(a, o.DespiteLimitation)
}

// mayBeAccused refuses a body as the accused of an offence that only a person commits.
func (p *paperWriter) mayBeAccused(a accusation) error {
	if a.accused == nil || a.accused.Kind != "organisation" && a.accused.Kind != "authority" {
		return nil
	}
	var without []string
	for _, f := range a.findings {
		if c := f.Rule.Limits.Corporate; a.accused.Kind == "authority" || c == nil || !*c {
			without = append(without, f.ID+" "+p.Heading(f))
		}
	}
	if len(without) == 0 {
		return nil
	}
	list := strings.Join(without, p.Say("、", "; "))
	return fmt.Errorf("%w: %s", ErrRefused, p.Say("「"+a.accused.Name+"」は団体であり、両罰規定のない罪の被疑者にならない: "+list, a.accused.Name+" is a body, and these provisions do not reach one: "+list))
}

// isInTime refuses where the time limit of a finding has run on the date of the paper,
// as far as it can be counted, or where it cannot be.
func (p *paperWriter) isInTime(a accusation, despite bool) error {
	if despite {
		return nil
	}
	if p.Dated.IsZero() {
		return fmt.Errorf("%w: %s", ErrRefused, p.Say("公訴時効の期間を数えるため、書面の日付 (--date) が要る。数えずに作るなら --despite-limitation", "to count the time limit the date of the paper is needed (--date); to do without, --despite-limitation"))
	}
	var list []string
	for _, f := range a.findings {
		switch {
		case p.hasRun(f):
			list = append(list, f.ID+p.Say(" 期間が経過している可能性がある", " may be out of time")+" ("+p.Date(f.Anchor.Span)+" + "+fmt.Sprint(f.Rule.Limits.Limitation.Years)+p.Say("年)", " years)"))
		case f.Anchor.Span.IsZero() || f.Rule.Limits.Limitation == nil:
			list = append(list, f.ID+p.Say(" 期間を数えられない", " cannot be counted"))
		}
	}
	if len(list) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrRefused, p.Say("公訴時効: ", "time limit: ")+strings.Join(list, p.Say("、", "; "))+p.Say("。要確認。それでも下書きを作るなら --despite-limitation", ". To be checked. To draft it all the same: --despite-limitation"))
}

// standsOnTwo reports whether every finding of an accusation was taken up by one person
// and approved by another, on what now is.
func (p *paperWriter) standsOnTwo(a accusation) bool {
	if p.Review == nil {
		return false
	}
	return !slices.ContainsFunc(a.findings, func(f *checker.Finding) bool {
		s := p.Review.Of(f)
		return s.Status() != review.Status(review.TakeUp) || len(s.Approvals) < 1
	})
}

// complaint drafts 告訴状 or 告発状: what must be known by those who file it is blank,
// and what is not supported stands in the memo, which is not filed.
func (p *paperWriter) complaint(o CompanionOptions) error {
	a, err := p.accuse(o)
	if err != nil {
		return err
	}
	if !p.standsOnTwo(a) {
		p.paper.Draft = p.Say("下書き（二人の検討が済むまで提出しない）", "Draft (not to be filed until two people have decided)")
	}
	isVictim := a.as == AsVictim
	who, against, act := p.Say("告発人", "Accuser"), p.Say("被告発人", "Accused"), p.Say("告発", "accusation")
	if isVictim {
		who, against, act = p.Say("告訴人", "Complainant"), p.Say("被告訴人", "Accused"), p.Say("告訴", "complaint")
	}
	blank := p.Say("（空欄）", "(blank)")
	p.paragraph(p.Say("年月日: （受理まで空欄）", "Date: (blank until it is accepted)"))
	p.paragraph(p.Say("宛先: ", "To: ") + blank)
	p.paragraph(who + p.Say("　住所・氏名・電話・押印: ", ", address, name, telephone, seal: ") + blank)
	name := p.Say("氏名不詳", "not known by name")
	if a.accused != nil {
		name = p.theirs(a.accused.Name)
	}
	p.paragraph(against + p.Say("　氏名又は名称: ", ", name: ") + name + p.Say("　住所: ", "; address: ") + blank)

	p.section("claim", "", act+"の趣旨", "Purport of the "+act)
	p.paragraph(p.Say(against+"の後記の行為は、次の罰条に該当する疑いがあると思料するので、捜査を求める。", "The conduct below may fall under the following provisions; an investigation is asked for."))
	for _, f := range a.findings {
		p.item(0, p.Heading(f)+p.Say("　", ": ")+p.In(f.Rule.Title)+p.Say("　罪名: ", "; name of the offence: ")+blank)
		for _, place := range f.Anchor.Places {
			if place.Penalty != nil {
				p.item(1, p.Say("当時の法定刑: ", "Penalty of the day: ")+p.PenaltyWords(f, place))
			}
		}
	}
	p.paragraph(p.Say("処罰を求める意思: （"+who+"本人が記入）", "The wish that it be punished: (for the "+strings.ToLower(who)+" to write)"))

	p.section("facts", "", act+"事実", "Facts")
	for _, f := range a.findings {
		p.heading(2, p.Heading(f), p.Heading(f))
		if p.hasRun(f) {
			p.notice(p.limitationWord(f))
		}
		p.item(0, p.In(AnchorWord(f.Rule.AtKind))+": "+p.Date(f.Anchor.Span))
		p.item(0, p.Say("場所: ", "Place: ")+blank)
		for _, fact := range supportedFacts(f) {
			p.fact(fact)
		}
	}

	p.section("background", "", act+"に至る経緯", "Background")
	p.paragraph(p.Say("行為者を知った日: ", "Day on which the person became known: ") + blank)
	p.paragraph(p.Say("公訴時効について: （空欄。起算・停止を確かめて記入）", "On the time limit: (blank; to be written when its start and what stops it are checked)"))
	p.events()

	p.section("proof", "", "立証方法", "Evidence")
	for _, e := range p.exhibitsInOrder() {
		p.item(0, p.exhibit(e.ID)+p.Say("　", ": ")+p.theirs(e.Title)+p.Say("（", " (")+p.In(FormWord(e.Form))+p.Say("）", ")"))
	}
	p.section("attached", "", "添付書類", "Attached")
	p.attached()
	p.item(0, p.Say("その他: ", "Others: ")+blank)
	p.cautions()
	return nil
}

// attached counts the copies that can be attached, and those that must be got first.
func (p *paperWriter) attached() {
	held := 0
	for _, e := range p.res.Report.Exhibits {
		if e.Form != "" && e.Form != "quoted" {
			held++
		}
	}
	p.item(0, p.Say(fmt.Sprintf("前記の資料のうち手元にあるものの写し　各1通（計 %d点）", held), fmt.Sprintf("Copies of the exhibits above that are at hand (%d)", held)))
	if wanted := len(p.res.Report.Exhibits) - held; wanted > 0 {
		p.item(0, p.Say(fmt.Sprintf("引用でしか知られないもの、原本・写しの別の記載のないもの %d点は、写しを得てから添付する。", wanted), fmt.Sprintf("%d are known from quotations only, or are not said to be an original or a copy: to be got before they are attached.", wanted)))
	}
}

// supportedFacts lists the facts of the elements that are supported, or true on what is
// only alleged, which says so.
func supportedFacts(f *checker.Finding) []*audit.Fact {
	var facts []*audit.Fact
	for _, a := range f.Elements {
		if a.Code != checker.Supported && a.Code != checker.Alleged || a.Why == nil {
			continue
		}
		for _, fact := range a.Why.Deciding() {
			if !slices.Contains(facts, fact) {
				facts = append(facts, fact)
			}
		}
	}
	return facts
}

// events lists the dated matters on which no fact rests.
func (p *paperWriter) events() {
	n := 0
	for _, m := range Chronology(p.res) {
		if m.Event != nil {
			n++
			p.item(0, p.Date(m.At)+p.Say("　", ": ")+p.MomentWord(p.res, m)+p.Say("〔", " [")+p.Pointer(m.Exhibit, m.Locator)+p.Say("、", ", ")+p.In(m.Basis.Title())+p.Say("〕", "]"))
		}
	}
	if n == 0 {
		p.paragraph(p.Say("（空欄。報告に経緯の記載なし）", "(blank: the report states no background)"))
	}
}

// limitationWord says of a finding when its time limit begins, how long it is and what
// is to be checked; never that it has run.
func (p *paperWriter) limitationWord(f *checker.Finding) string {
	l := f.Rule.Limits.Limitation
	if l == nil {
		return p.Say("公訴時効: 期間の記載なし。要確認。", "Time limit: not stated; to be checked.")
	}
	words := p.Say(fmt.Sprintf("公訴時効の目安: %d年（%s）。起算の目安: %s。", l.Years, l.Basis.Ja, p.Date(f.Anchor.Span)), fmt.Sprintf("Time limit, as a guide: %d years (%s), counted from %s.", l.Years, l.Basis.En, p.Date(f.Anchor.Span)))
	if p.hasRun(f) {
		words += p.Say("書面の日付までに経過している可能性がある。", " By the date of the paper it may have run out.")
	}
	if note := p.In(l.Note); note != "" {
		words += p.Say(strings.TrimSuffix(note, "。")+"。", " "+strings.TrimSuffix(note, ".")+".")
	}
	return words + p.Say("起算・停止・中断を含め、要確認。", " To be checked, with its start and what stops it.")
}

// memo is 検討メモ: what whoever files a complaint must know first, and what is not
// supported. It is never filed.
func (p *paperWriter) memo(o CompanionOptions) error {
	a, err := p.accuse(o)
	if err != nil {
		return err
	}
	p.paper.Draft = p.Say("提出しない", "Not to be filed")
	p.head()
	p.section("before", "", "提出の前に確かめること", "To be checked before filing")
	for _, line := range p.beforeFiling(a) {
		p.item(0, line)
	}
	p.section("unsupported", "", "裏付けのない要件と、残る問題", "Elements without support, and what is left")
	for _, f := range a.findings {
		p.heading(2, p.Heading(f)+"（"+f.ID+"）", p.Heading(f)+" ("+f.ID+")")
		p.item(0, p.Say("一次整理: ", "Pre-assessment: ")+p.In(FindingWord(f))+" "+p.Counts(f)+p.Say("。検討結果: ", "; decision: ")+p.In(DecisionWord(p.status(f))))
		p.item(0, p.limitationWord(f))
		p.item(0, p.reachWord(f))
		p.unsupportedTable(f)
		p.missing(f)
		p.thread(f)
	}
	p.section("left", "", "下書きに入れていない刑事の指摘", "Criminal findings that the draft leaves out")
	if len(a.left) == 0 {
		p.paragraph(p.Say("該当なし。", "None."))
	}
	for _, f := range a.left {
		p.item(0, p.Heading(f)+p.Say("（"+f.ID+"）　", " ("+f.ID+"): ")+p.In(FindingWord(f))+p.noFactsWord(f)+p.Say("。検討結果: ", "; decision: ")+p.In(DecisionWord(p.status(f))))
	}
	return nil
}

func (p *paperWriter) noFactsWord(f *checker.Finding) string {
	if len(supportedFacts(f)) > 0 {
		return ""
	}
	return p.Say("。告発事実に書ける事実がまだない", "; no fact of it can be written down yet")
}

// unsupported lists the elements that are not supported, and the exceptions that
// nothing has excluded.
func unsupported(f *checker.Finding) []*checker.Answer {
	var list []*checker.Answer
	for _, a := range f.Elements {
		if a.Code != checker.Supported {
			list = append(list, a)
		}
	}
	for _, a := range f.Exceptions {
		if a.Code != checker.Contradicted {
			list = append(list, a)
		}
	}
	return list
}

// unsupportedTable lists them under the numbers that they have in the citation summary.
func (p *paperWriter) unsupportedTable(f *checker.Finding) {
	var rows [][]paper.Cell
	for _, a := range unsupported(f) {
		rows = append(rows, []paper.Cell{
			cell(p.ClauseName(f, a)), p.phraseCell(a), {{Text: CodeGlyph(a.Code, p.Glyphs) + " " + p.In(AnswerWord(a)), Tone: string(a.Code)}},
			cell(p.pointers(a)), cell(p.against(a)), cell(p.clauseNote(a)),
		})
	}
	p.table([]column{
		{p.Say("番号", "Number"), 10}, {p.Say("条文の語句", "Words"), 20}, {p.Say("状態", "State"), 12}, {p.Say("証拠", "Exhibits"), 16}, {p.Say("反対の資料・主張", "Against"), 16}, {p.Say("注・問い・担当者の所見", "Note, question, reviewer"), 24},
	}, rows)
}

// reachWord says whether a company can be accused, and whether the offence is
// prosecuted on complaint only.
func (p *paperWriter) reachWord(f *checker.Finding) string {
	yes := func(b *bool, ja, en string) string {
		switch {
		case b == nil:
			return p.Say(ja+": 記載なし（要確認）", en+": not stated (to be checked)")
		case *b:
			return p.Say(ja+": あり", en+": yes")
		default:
			return p.Say(ja+": なし", en+": no")
		}
	}
	l := f.Rule.Limits
	return yes(l.Corporate, "両罰規定", "reaches companies") + p.Say("。", "; ") + yes(l.Complaint, "親告罪", "on complaint only") + p.Say("。", "; ") + yes(l.Attempt, "未遂の処罰", "attempt is punishable")
}

// beforeFiling is what the screen before a complaint names. What was not checked in a
// source is marked so.
func (p *paperWriter) beforeFiling(a accusation) []string {
	lines := []string{
		p.Say("虚偽の申告は、虚偽告訴等の罪（刑法172条）に問われうる。主張のみの事実を、記録のある事実と区別する。", "A false complaint may itself fall under Penal Code, art. 172. Keep what is only alleged apart from what is recorded."),
		p.Say("書面の内容を他に示すと、名誉毀損（刑法230条。230条の2の場合を除く）、信用毀損及び業務妨害（刑法233条）に問われうる。", "To show it to others may fall under Penal Code, art. 230 (subject to art. 230-2) and art. 233."),
		p.Say("職務上知った秘密の扱い（司法書士法24条など、要確認）。", "Secrets learnt in the profession (Judicial Scriveners Act, art. 24 and the like; to be checked)."),
		p.Say("作成を業とする者は、弁護士法72条との関係を確かめる。", "Whoever drafts it for others: see Attorneys Act, art. 72."),
		p.Say("司法書士が作成するときの宛先は検察庁であり、警察署ではない（要確認）。", "Where a judicial scrivener drafts it, it goes to the public prosecutor's office and not to the police (to be checked)."),
	}
	if a.as == AsVictim {
		lines = append(lines, p.Say("告訴人が被害者その他の告訴権者であることを、資料で確かめる。", "Check with records that the complainant is the victim, or has the right to complain."))
	}
	switch {
	case a.accused == nil:
		lines = append(lines, p.Say("被疑者は不詳としている。", "Nobody is named as the accused."))
	case a.accused.Kind != "person":
		lines = append(lines, p.Say("被疑者とした者の種別: ", "What the accused is: ")+firstOf(a.accused.Kind, p.Say("記載なし", "not stated"))+p.Say("。人か団体かを確かめる。", "; check whether it is a person or a body."))
	}
	if p.Dated == (day.Date{}) {
		lines = append(lines, p.Say("書面の日付の指定がないため、公訴時効の期間を数えていない。", "No date was given: the time limit was not counted."))
	}
	return lines
}
