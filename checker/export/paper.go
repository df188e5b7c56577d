package export

import (
	"fmt"
	"sort"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/internal/day"
)

// Paper is what a citation summary says, before any format: blocks of spans, in
// which what is not ours (titles, excerpts, statements, authorities) is marked.
type Paper struct {
	Title  string
	Blocks []Block
}

// Block is a heading, a paragraph, a list item or a table.
type Block struct {
	Kind  BlockKind
	Level int // of a heading: 1 is the paper's title; of an item: its depth
	Spans []Span
	Head  []string // of a table
	Rows  [][][]Span
}

// BlockKind is what a block is.
type BlockKind uint8

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Heading
	Item
	Table
)

// Span is a run of text. Quoted text is not ours. A link is an address and
// nothing else.
type Span struct {
	Text   string
	Quoted bool
	Link   bool
}

// PaperOptions is how a citation summary is made.
type PaperOptions struct {
	Style
	Dated  day.Date // the date on the paper; zero: left blank
	Author string   // the person who judges; "": left blank
	Only   string   // the id of one finding; "": all
}

// Summary makes the citation summary (法的引用要約) of a result: cover, table of
// findings, a section for each, chronology, exhibits, authorities, and what was
// not examined. No section is dropped because it is empty: it says so.
func Summary(res *checker.Result, o PaperOptions) Paper {
	p := &paperWriter{PaperOptions: o, res: res}
	p.paper.Title = o.Say("法的引用要約", "Legal citation summary")
	p.cover()
	p.overview()
	for i, f := range p.findings() {
		p.finding(i+1, f)
	}
	p.chronology()
	p.exhibits()
	p.authorities()
	p.limits()
	return p.paper
}

type paperWriter struct {
	PaperOptions
	res   *checker.Result
	paper Paper
}

func own(text string) []Span    { return []Span{{Text: text}} }
func quoted(text string) []Span { return []Span{{Text: text, Quoted: true}} }

func (p *paperWriter) add(b Block) { p.paper.Blocks = append(p.paper.Blocks, b) }

func (p *paperWriter) heading(level int, ja, en string) {
	p.add(Block{Kind: Heading, Level: level, Spans: own(p.Say(ja, en))})
}

func (p *paperWriter) item(depth int, spans ...Span) {
	p.add(Block{Kind: Item, Level: depth, Spans: spans})
}

func (p *paperWriter) table(head []string, rows [][][]Span) {
	if len(rows) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.Say("該当なし。", "None."))})
		return
	}
	p.add(Block{Kind: Table, Head: head, Rows: rows})
}

func (p *paperWriter) findings() []*checker.Finding {
	if p.Only == "" {
		return p.res.Findings
	}
	if f, ok := p.res.Finding(p.Only); ok {
		return []*checker.Finding{f}
	}
	return nil
}

func (p *paperWriter) cover() {
	r := p.res.Report
	p.add(Block{Kind: Heading, Level: 1, Spans: own(p.paper.Title)})
	blank := p.Say("（空欄）", "(blank)")
	date, author := blank, blank
	if !p.Dated.IsZero() {
		date = p.Day(p.Dated)
	}
	if p.Author != "" {
		author = p.Author
	}
	subject := r.Subject.Name
	if r.Subject.Version != "" {
		subject += " " + r.Subject.Version
	}
	rows := [][][]Span{
		{own(p.Say("事件名", "Matter")), quoted(r.Title)},
		{own(p.Say("対象", "Software")), quoted(subject)},
		{own(p.Say("作成日", "Date")), own(date)},
		{own(p.Say("作成者", "Author")), quoted(author)},
		{own(p.Say("監査報告の作成者", "Author of the audit report")), quoted(orBlank(r.Author, blank))},
		{own(p.Say("監査報告のSHA-256", "SHA-256 of the audit report")), own(r.Digest)},
		{own(p.Say("規則集", "Rulebook")), own(fmt.Sprintf("%s %s (SHA-256 %s)", p.res.Rulebook.Name, p.res.Rulebook.Version, p.res.Rulebook.Digest))},
		{own(p.Say("現行番号の時点", "Present numbers as of")), own(p.Day(p.res.Rulebook.AsOf))},
	}
	for _, f := range r.Subject.Files {
		rows = append(rows, [][]Span{own(p.Say("対象ファイル", "File")), quoted(strings.TrimSpace(f.Name + " " + f.SHA256))})
	}
	p.table([]string{p.Say("項目", "Item"), p.Say("内容", "Content")}, rows)
	for _, warning := range p.ExhibitWarnings(p.res) {
		p.add(Block{Kind: Paragraph, Spans: []Span{{Text: warning, Quoted: true}}})
	}
	p.add(Block{Kind: Paragraph, Spans: own(p.In(Notice()))})
	p.add(Block{Kind: Paragraph, Spans: own(p.drafts())})
	for i, line := range strings.Split(strings.TrimSpace(r.Note), "\n") {
		label := ""
		if i == 0 {
			label = p.Say("報告の注記: ", "Note of the report: ")
		}
		if line != "" {
			p.add(Block{Kind: Paragraph, Spans: []Span{{Text: label}, {Text: line, Quoted: true}}})
		}
	}
}

func orBlank(text, blank string) string {
	if text == "" {
		return blank
	}
	return text
}

func (p *paperWriter) overview() {
	p.heading(2, "第1　要旨一覧", "1. Overview")
	var rows [][][]Span
	for i, f := range p.findings() {
		rows = append(rows, [][]Span{
			own(fmt.Sprint(i + 1)), own(f.ID), own(p.In(f.Rule.Title)), {{Text: p.EntityName(f.Entity), Quoted: true}}, own(p.Heading(f)),
			own(p.In(AnchorWord(f.Rule.AtKind)) + " " + p.Date(f.Anchor.Span)), own(p.In(FindingWord(f))), own(p.exceptionsWord(f)),
			own(p.Say("未検討", "undecided")), own(strings.Join(ExhibitsBehind(p.res.Report, f), " ")),
		})
	}
	p.table([]string{
		p.Say("№", "No."), "ID", p.Say("問い", "Question"), p.Say("対象", "Of"), p.Say("罰条・根拠条文", "Provision"), p.Say("時点", "Date"),
		p.Say("一次整理", "Pre-assessment"), p.Say("除外事由", "Exceptions"), p.Say("検討結果", "Decision"), p.Say("主な証拠", "Exhibits"),
	}, rows)
}

func (p *paperWriter) exceptionsWord(f *checker.Finding) string {
	if len(f.Exceptions) == 0 {
		return p.Say("定めなし", "none provided")
	}
	return p.Say(fmt.Sprintf("未確認 %d／%d", f.UnverifiedExceptions(), len(f.Exceptions)), fmt.Sprintf("unverified %d of %d", f.UnverifiedExceptions(), len(f.Exceptions)))
}

// drafts says how many of the rules no lawyer has signed.
func (p *paperWriter) drafts() string {
	rules, drafts := p.res.Rulebook.Rules, 0
	for _, r := range rules {
		if r.Status == "draft" {
			drafts++
		}
	}
	if drafts == len(rules) {
		return p.Say("すべての規則は草案（法律専門家の署名前）です。", "Every rule is a draft: no lawyer has signed it.")
	}
	return p.Say(fmt.Sprintf("規則 %d本のうち %d本は草案（法律専門家の署名前）です。", len(rules), drafts), fmt.Sprintf("Of %d rules %d are drafts that no lawyer has signed.", len(rules), drafts))
}

func (p *paperWriter) finding(n int, f *checker.Finding) {
	p.heading(2, fmt.Sprintf("第%d　%s（%s）", n+1, p.In(f.Rule.Title), f.ID), fmt.Sprintf("%d. %s (%s)", n+1, p.In(f.Rule.Title), f.ID))
	p.provision(f)
	if f.Assessment == checker.NotInForce {
		return
	}
	p.facts(f)
	p.elements(f)
	p.exceptionTable(f)
	p.thread(f)
	p.missing(f)
	p.dates(f)
	p.heading(3, "8　典拠", "8. Authorities")
	for _, a := range f.Rule.Authorities {
		p.item(0, Span{Text: p.AuthorityLine(f, a), Quoted: true})
	}
	p.heading(3, "9　検討結果（意見）", "9. Decision (opinion)")
	p.add(Block{Kind: Paragraph, Spans: own(p.Say("未検討。記録者・日時・理由の記載なし。", "Undecided. No reviewer, time or reason recorded."))})
}

func (p *paperWriter) provision(f *checker.Finding) {
	heading := BasisHeading(f.Rule.Regime)
	p.heading(3, "1　"+heading.Ja, "1. "+heading.En)
	p.item(0, own(p.Say("一次整理: ", "Pre-assessment: ")+p.In(FindingWord(f))+" "+p.Counts(f))...)
	for _, place := range f.Anchor.Places {
		p.item(0, own(p.Citation(f.Law, place))...)
		p.item(1, own(p.Say("適用期間: ", "In force: ")+p.Interval(place.From.Date, place.Until.Date))...)
		if now, moved := p.Present(f, place, p.res.Rulebook.AsOf); moved {
			p.item(1, own(p.Say("現行の番号: ", "Numbered now: ")+now)...)
		}
		for _, v := range p.versions(f, place) {
			p.item(1, own(v)...)
		}
		if place.Penalty != nil {
			p.item(1, Span{Text: p.Say("当時の法定刑: ", "Penalty of the day: ")}, Span{Text: p.PenaltyWords(f, place), Quoted: true})
		}
		if note := p.In(place.Note); note != "" {
			p.item(1, own(note)...)
		}
		if address := p.Address(f, place, p.res.Rulebook.AsOf); address != "" {
			p.item(1, Span{Text: p.Say("現行条文の所在: ", "Present text: ")}, Span{Text: address, Link: true})
		}
	}
	if f.Assessment == checker.NotInForce {
		p.item(0, own(p.OtherDays(f))...)
		return
	}
	if note := p.In(f.Rule.Note); note != "" {
		p.item(0, own(note)...)
	}
	if effect := p.In(f.Rule.Effect); effect != "" {
		p.item(0, own(p.Say("効果: ", "Effect: ")+effect)...)
	}
	for _, note := range p.Notes(f) {
		p.item(0, own(note)...)
	}
}

// versions names the version of the law on the day, with its amending law and
// how well it is known.
func (p *paperWriter) versions(f *checker.Finding, place *checker.RulePlace) []string {
	span := f.Anchor.Span
	if span.IsZero() {
		return nil
	}
	var lines []string
	for _, v := range f.Law.VersionsOn(span) {
		by := p.In(audit.Text(v.By))
		if by == "" {
			by = p.Say("制定時", "as enacted")
		}
		lines = append(lines, p.Say("適用した版: ", "Version applied: ")+by+"  "+p.Interval(v.From, v.Until)+p.Say("（", " (")+p.In(GradeWord(v.Grade))+p.Say("）", ")"))
	}
	return lines
}

// facts says who did what, one fact a sentence, each with its origin.
func (p *paperWriter) facts(f *checker.Finding) {
	p.heading(3, "2　事実", "2. Facts")
	seen := map[*audit.Fact]bool{}
	for _, a := range f.Answers() {
		for _, behind := range FactsBehind(a) {
			if fact := behind.Fact; !seen[fact] {
				seen[fact] = true
				p.fact(fact)
			}
		}
	}
	if len(seen) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.Say("要件に関わる事実の記載なし。", "No fact is stated that an element turns on."))})
	}
}

func (p *paperWriter) fact(fact *audit.Fact) {
	p.item(0, Span{Text: p.FactSentence(fact), Quoted: true}, Span{Text: p.originsNote(fact)})
	for _, o := range fact.Origins {
		if o.Excerpt != "" {
			p.item(1, Span{Text: "[" + p.OriginWord(o) + "] "}, Span{Text: p.Say("「"+o.Excerpt+"」", "\""+o.Excerpt+"\""), Quoted: true})
		}
	}
}

func (p *paperWriter) originsNote(f *audit.Fact) string {
	var where []string
	for _, o := range f.Origins {
		where = append(where, p.OriginWord(o)+" "+p.In(o.Basis.Title()))
	}
	return p.Say("〔"+strings.Join(distinct(where), "、")+"〕", " ["+strings.Join(distinct(where), "; ")+"]")
}

func (p *paperWriter) elements(f *checker.Finding) {
	p.heading(3, "3　要件別検討表", "3. Elements")
	p.clauses(f, f.Elements)
}

func (p *paperWriter) exceptionTable(f *checker.Finding) {
	p.heading(3, "4　除外事由・阻却事由", "4. Exceptions")
	p.clauses(f, f.Exceptions)
}

func (p *paperWriter) clauses(f *checker.Finding, answers []*checker.Answer) {
	hasBurden := f.Rule.Regime == "criminal" || f.Rule.Regime == "civil"
	head := []string{"№", p.Say("条文の語句", "Words"), p.Say("性質", "Nature")}
	if hasBurden {
		head = append(head, p.Say("主張立証", "Burden"))
	}
	head = append(head, p.Say("状態", "State"), p.Say("証拠", "Exhibits"), p.Say("反対の資料・主張", "Against"), p.Say("注・問い", "Note, question"))
	var rows [][][]Span
	for i, a := range answers {
		row := [][]Span{own(circled(i + 1)), quoted(a.Clause.Phrase(p.Lang)), own(p.natureWord(a))}
		if hasBurden {
			row = append(row, own(p.In(BurdenWord(f.Rule.Regime, a.Clause.Kind != "", a.Clause.Kind))))
		}
		row = append(row,
			own(CodeGlyph(a.Code, p.Glyphs)+" "+p.In(AnswerWord(a))),
			own(p.pointers(a)), p.against(a), own(p.clauseNote(a)))
		rows = append(rows, row)
	}
	p.table(head, rows)
}

func (p *paperWriter) natureWord(a *checker.Answer) string {
	word := p.In(NatureWord(a.Clause.Nature))
	if a.Clause.Kind != "" {
		word = p.In(ExceptionWord(a.Clause.Kind)) + p.Say("・", ", ") + word
	}
	return word
}

func (p *paperWriter) clauseNote(a *checker.Answer) string {
	var parts []string
	if a.Why == nil && a.Person == nil {
		parts = append(parts, p.In(a.Clause.Ask))
	}
	if note := p.In(a.Clause.Note); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, " ")
}

func (p *paperWriter) pointers(a *checker.Answer) string {
	where := p.Pointers(a)
	if len(where) == 0 {
		return p.Say("なし", "none")
	}
	return strings.Join(where, p.Say(" ", "; "))
}

func (p *paperWriter) against(a *checker.Answer) []Span {
	var spans []Span
	for _, st := range a.Statements {
		if st.Stance == "opposes" {
			spans = append(spans, Span{Text: st.ID + " "}, Span{Text: PartyName(p.res.Report, st.By) + " ", Quoted: true})
		}
	}
	for _, factor := range a.Against {
		spans = append(spans, Span{Text: p.In(factor.Title) + " "})
	}
	if len(spans) == 0 {
		return own("-")
	}
	return spans
}

// circled is the number of an element as it stands in the margin of a provision.
func circled(n int) string {
	if n >= 1 && n <= 20 {
		return string(rune('①' + n - 1))
	}
	return fmt.Sprintf("(%d)", n)
}

// thread is what the parties say, with replies under what they answer.
func (p *paperWriter) thread(f *checker.Finding) {
	p.heading(3, "5　主張と反論", "5. What the parties say")
	list := Thread(p.res.Report, f)
	if len(list) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.Say("記載なし。", "Nothing stated."))})
	}
	for _, t := range list {
		st := t.Statement
		head := p.In(StanceWord(st.Stance)) + " " + st.ID + " "
		tail := " " + p.Date(st.At.Span) + " [" + p.Pointer(st.Exhibit, st.Locator) + "]"
		if t.On != "" {
			tail += p.Say("（"+t.On+"）", " ("+t.On+")")
		}
		if t.Withdrawn {
			tail += p.Say("　撤回", ", withdrawn")
		}
		p.item(t.Depth, Span{Text: head}, Span{Text: PartyName(p.res.Report, st.By), Quoted: true}, Span{Text: tail}, Span{Text: p.Say("　「"+st.Text+"」", ": \""+st.Text+"\""), Quoted: true})
	}
}

func (p *paperWriter) missing(f *checker.Finding) {
	p.heading(3, "6　不足する立証", "6. What is missing")
	list := f.Missing()
	if len(list) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.Say("条件で確かめる要件に、記載のない事実はない。", "No fact is missing that a condition asks for."))})
	}
	for _, m := range list {
		what, look := p.MissingWord(f.Rule, m)
		spans := []Span{{Text: what, Quoted: true}}
		if look != "" {
			spans = append(spans, Span{Text: p.LookWord(look)})
		}
		p.item(0, spans...)
	}
}

func (p *paperWriter) dates(f *checker.Finding) {
	p.heading(3, "7　時点に関する注意", "7. On dates")
	at := p.In(AnchorWord(f.Rule.AtKind)) + ": " + p.Date(f.Anchor.Span)
	if f.Anchor.Stated != nil {
		at += " " + p.originsNote(f.Anchor.Stated)
	}
	p.item(0, own(at)...)
	if f.Assessment == checker.Unanchored {
		p.item(0, own(p.Say("適用する版を一つに決められない。上記は候補である。", "The version that applies cannot be settled; those above are candidates."))...)
	}
}

func (p *paperWriter) chronology() {
	p.heading(2, "時系列表", "Chronology")
	var rows [][][]Span
	for _, m := range Chronology(p.res) {
		rows = append(rows, [][]Span{own(p.Date(m.At)), quoted(p.MomentWord(p.res, m)), own(p.In(m.Basis.Title())), own(p.Pointer(m.Exhibit, m.Locator))})
	}
	p.table([]string{p.Say("日付", "Date"), p.Say("事項", "Matter"), p.Say("根拠", "Basis"), p.Say("証拠", "Exhibit")}, rows)
}

func (p *paperWriter) exhibits() {
	p.heading(2, "証拠一覧", "Exhibits")
	var rows [][][]Span
	for _, e := range p.res.Report.Exhibits {
		rows = append(rows, [][]Span{
			own(e.ID), quoted(e.Title), own(p.In(RoleWord(e.Role)) + p.Say("・", ", ") + p.In(FormWord(e.Form))), own(p.Date(e.DocumentDate.Span)),
			quoted(e.DateSource), quoted(PartyName(p.res.Report, e.Author)), own(p.custody(e)), own(short(e.SHA256)), own(p.In(ExhibitWord(p.res.Exhibits[e.ID]))),
		})
	}
	p.table([]string{p.Say("証拠", "Exhibit"), p.Say("標目", "Title"), p.Say("種別", "Kind"), p.Say("作成年月日", "Document date"), p.Say("日付の根拠", "Source of the date"), p.Say("作成者", "Author"), p.Say("取扱い", "Custody"), "SHA-256", p.Say("照合", "Checked")}, rows)
}

func (p *paperWriter) custody(e audit.Exhibit) string {
	if len(e.Custody) == 0 {
		return p.Say("記載なし", "not stated")
	}
	var steps []string
	for _, c := range e.Custody {
		step := PartyName(p.res.Report, c.By)
		if !c.At.IsZero() {
			step += " " + p.Date(c.At.Span)
		}
		for _, more := range []string{c.How, c.Tool, c.ClockOffset} {
			if more != "" {
				step += p.Say("、", ", ") + more
			}
		}
		steps = append(steps, step)
	}
	return strings.Join(steps, p.Say(" → ", " -> "))
}

func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12]
	}
	return hash
}

// authorities lists each authority once, with the findings that rest on it.
func (p *paperWriter) authorities() {
	p.heading(2, "典拠一覧", "Table of authorities")
	type entry struct {
		authority checker.Authority
		where     []string
	}
	byCite := map[string]*entry{}
	for i, f := range p.findings() {
		for _, a := range f.Rule.Authorities {
			e := byCite[a.Cite.Ja]
			if e == nil {
				e = &entry{authority: a}
				byCite[a.Cite.Ja] = e
			}
			e.where = append(e.where, p.Say(fmt.Sprintf("第%d", i+2), fmt.Sprint(i+2)))
		}
	}
	var cites []string
	for cite := range byCite {
		cites = append(cites, cite)
	}
	sort.Slice(cites, func(i, j int) bool {
		a, b := byCite[cites[i]].authority, byCite[cites[j]].authority
		if c := a.Date.Compare(b.Date.Date); c != 0 {
			return c < 0
		}
		return cites[i] < cites[j]
	})
	var rows [][][]Span
	for _, cite := range cites {
		e := byCite[cite]
		rows = append(rows, [][]Span{quoted(p.In(e.authority.Cite)), own(p.Day(e.authority.Date.Date)), own(p.In(CheckedWord(e.authority.Checked))), own(strings.Join(distinct(e.where), p.Say("、", ", ")))})
	}
	p.table([]string{p.Say("典拠", "Authority"), p.Say("日付", "Date"), p.Say("確認", "Checked"), p.Say("引用箇所", "Cited in")}, rows)
}

// limits says what was examined, which rules were not asked, and which concern
// nothing.
func (p *paperWriter) limits() {
	p.heading(2, "調べた範囲と、問えなかった規則", "What was examined, and what was not asked")
	for _, line := range p.Examined(p.res) {
		p.item(0, Span{Text: line, Quoted: true})
	}
	for _, n := range p.res.NotAsked {
		p.item(0, Span{Text: p.Say("問えない: ", "Not asked: ") + p.In(n.Rule.Title) + p.Say("（", " (") + n.Rule.ID + p.Say("）　", ") ")}, Span{Text: p.NotAskedWord(n), Quoted: true})
	}
	for _, d := range p.res.Declined {
		p.item(0, own(p.Say("対象なし: ", "Concerns nothing: ")+p.In(d.Rule.Title)+p.Say("（", " (")+d.Rule.ID+p.Say("）　", ") ")+p.DeclinedWord(d))...)
	}
	p.add(Block{Kind: Paragraph, Spans: own(p.Say("記載のない事実は「ない」ではなく「未確認」です。指摘がないことは、適法を意味しません。", "What is not stated is unverified, not absent. That there is no finding does not mean that nothing is wrong."))})
}
