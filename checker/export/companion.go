package export

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/export/paper"
	"jobun/checker/law"
	"jobun/internal/day"
)

// The kinds of papers: the citation summary, and what goes beside it.
const (
	KindSummary     = "summary"     // 法的引用要約
	KindExhibits    = "exhibits"    // 証拠説明書
	KindChronology  = "chronology"  // 時系列表
	KindAuthorities = "authorities" // 典拠一覧
	KindQuestions   = "questions"   // 照会書
	KindComplaint   = "complaint"   // 告訴状・告発状の下書き
	KindMemo        = "memo"        // 検討メモ（提出しない）, beside the complaint
	KindAudit       = "audit"       // 認定の基準の調査表
	KindUnexamined  = "unexamined"  // 調べた範囲と、検討していない事項
	KindReproduce   = "reproduce"   // 再現の方法
)

// Kinds lists the kinds of papers.
func Kinds() []string {
	return []string{KindSummary, KindExhibits, KindChronology, KindAuthorities, KindQuestions, KindComplaint, KindMemo, KindAudit, KindUnexamined, KindReproduce}
}

// ErrRefused says that a paper is not written for what is asked: what it would say, or
// of whom, the law or its reader's care does not allow.
var ErrRefused = errors.New("this paper is refused")

// CompanionOptions is how a paper of any kind is made.
type CompanionOptions struct {
	PaperOptions
	// As is in what capacity a complaint is made: AsVictim or AsThirdParty.
	As string
	// Accused is the id of the party that a complaint names; "": nobody is named.
	Accused string
	// DespiteLimitation lets a complaint be drafted though the time limit seems to
	// have run, or cannot be counted.
	DespiteLimitation bool
}

// The capacities of whoever complains: 告訴 is the victim's, 告発 anybody's.
const (
	AsVictim     = "victim"
	AsThirdParty = "third-party"
)

// Make makes a paper of a kind. The errors are those of Summary, and ErrRefused.
func Make(res *checker.Result, kind string, o CompanionOptions) (*paper.Paper, error) {
	if kind == KindSummary {
		return Summary(res, o.PaperOptions)
	}
	for _, id := range o.Only {
		if _, ok := res.Finding(id); !ok {
			return nil, fmt.Errorf("there is no finding %s", id)
		}
	}
	if o.Numbering == "" {
		o.Numbering = usualNumbering(kind)
	}
	if !o.Both {
		return companionIn(res, kind, o)
	}
	o.Lang = "ja"
	made, err := companionIn(res, kind, o)
	if err != nil {
		return nil, err
	}
	o.Lang = "en"
	translation, err := companionIn(res, kind, o)
	if err != nil {
		return nil, err
	}
	addPart(made, translation)
	return made, nil
}

// usualNumbering is what exhibits are called on a kind of paper: in court, beside an
// accusation, and before a regulator.
func usualNumbering(kind string) string {
	switch kind {
	case KindExhibits:
		return "甲"
	case KindComplaint, KindMemo:
		return "資料"
	case KindAudit:
		return "別添"
	default:
		return ""
	}
}

// companionIn makes a companion in the language of its style.
func companionIn(res *checker.Result, kind string, o CompanionOptions) (*paper.Paper, error) {
	p := newPaper(res, o.PaperOptions, kind, kindTitle(kind, o.As))
	p.chosen = p.choose()
	for name, value := range map[string]string{"as": o.As, "accused": o.Accused} {
		if value != "" {
			p.paper.Made.Settings[name] = value
		}
	}
	if o.DespiteLimitation {
		p.paper.Made.Settings["despite_limitation"] = "true"
	}
	if err := p.companion(kind, o); err != nil {
		return nil, err
	}
	made := p.finish()
	return made, p.listsAllExhibits(made)
}

// kindTitle is what a paper of a kind is called.
func kindTitle(kind, as string) Text {
	switch kind {
	case KindExhibits:
		return say("証拠説明書", "List of exhibits")
	case KindChronology:
		return say("時系列表", "Chronology")
	case KindAuthorities:
		return say("典拠一覧", "Table of authorities")
	case KindQuestions:
		return say("照会書", "Written inquiry")
	case KindComplaint:
		if as == AsVictim {
			return say("告訴状", "Complaint by the victim")
		}
		return say("告発状", "Accusation by a third party")
	case KindMemo:
		return say("検討メモ（提出しない）", "Working memo (not to be filed)")
	case KindAudit:
		return say("認定の基準についての調査表", "Survey against the criteria of accreditation")
	case KindUnexamined:
		return say("調べた範囲と、検討していない事項", "What was examined, and what was not")
	case KindReproduce:
		return say("再現の方法", "How to make the papers again")
	default:
		return say("法的引用要約", "Legal citation summary")
	}
}

// companion writes the blocks of a companion.
func (p *paperWriter) companion(kind string, o CompanionOptions) error {
	switch kind {
	case KindExhibits:
		return p.exhibitsPaper()
	case KindChronology:
		p.head()
		p.chronology()
	case KindAuthorities:
		p.head()
		p.authorities()
		p.paragraph(p.Say("引用箇所の番号は、同じ設定で作った法的引用要約の見出しの番号である。", "The numbers are those of the headings of the citation summary that is made with the same settings."))
		return p.numbersOfSummary()
	case KindQuestions:
		p.questions()
	case KindComplaint:
		return p.complaint(o)
	case KindMemo:
		return p.memo(o)
	case KindAudit:
		p.auditSurvey()
	case KindUnexamined:
		p.head()
		p.unexamined()
	case KindReproduce:
		p.head()
		p.steps()
		p.reproduce()
	default:
		return fmt.Errorf("%q is no kind of paper: want one of %s", kind, strings.Join(Kinds(), ", "))
	}
	return nil
}

// head says of what a paper is, who answers for it, and what it was made of.
func (p *paperWriter) head() {
	r := p.res.Report
	blank := p.Say("（空欄）", "(blank)")
	dated := blank
	if !p.Dated.IsZero() {
		dated = p.Day(p.Dated)
	}
	p.table([]column{{p.Say("項目", "Item"), 2}, {p.Say("内容", "Content"), 7}}, [][]paper.Cell{
		{cell(p.Say("事件名", "Matter")), theirCell(r.Title)},
		{cell(p.Say("対象", "Software")), theirCell(strings.TrimSpace(r.Subject.Name + " " + r.Subject.Version))},
		{cell(p.Say("作成日", "Date")), cell(dated)},
		{cell(p.Say("作成者（資格）", "Author (qualification)")), p.orBlank(p.Author, blank)},
		{cell(p.Say("収めた指摘", "Findings in this paper")), cell(p.selectionWord())},
		{cell(p.Say("監査報告のSHA-256", "SHA-256 of the audit report")), codeCell(r.Digest)},
		{cell(p.Say("規則集", "Rulebook")), {{Text: p.res.Rulebook.Name + " " + p.res.Rulebook.Version + " "}, {Text: p.res.Rulebook.Digest, Code: true}}},
		{cell(p.Say("検討の記録", "Journal of decisions")), p.journalCell()},
	})
	p.cautions()
}

// cautions is what stands on every paper: exhibits that are not what the report says,
// and that rules are drafts.
func (p *paperWriter) cautions() {
	for _, warning := range p.ExhibitWarnings(p.res) {
		p.notice(warning)
	}
	p.notice(p.drafts())
}

// steps says how the papers are made again and compared.
func (p *paperWriter) steps() {
	p.section("steps", "", "手順", "Steps")
	p.step(p.Say("監査報告のファイルのSHA-256を計算し、下の値と比べる。", "Hash the file of the audit report, and compare it with the value below."), "sha256sum report.toml")
	p.step(p.Say("プログラムの版と規則集のSHA-256を、下の値と比べる。", "Compare the program's version and the SHA-256 of its rulebook with those below."), "jobun version")
	p.step(p.Say("条文の版とSHA-256を、下の値と比べる。ないものは取得する。", "Compare the texts of laws with those below; fetch those that are not there."), "jobun law verify")
	p.step(p.Say("検討の記録の最終行のSHA-256が、記録に残っていることを確かめる。", "Make sure that the journal still holds the line with the hash below."), "jobun decisions verify report.toml")
	p.step(p.Say("書面と、報告から作り直した書面とを、一つずつ比べる。", "Compare each paper with one that is made again from the report."), "jobun verify paper.docx --report report.toml")
	p.step(p.Say("提出フォルダーなら、フォルダーごと確かめる。", "A submission folder is compared as a whole."), "jobun verify DIR")
}

func (p *paperWriter) step(sentence, command string) {
	p.add(paper.Block{Kind: paper.Item, Counted: true, Spans: append(spansOf(sentence+" "), paper.Span{Text: command, Code: true})})
}

// numbersOfSummary writes, where a companion refers to headings that it does not have,
// the numbers that they have in the citation summary of the same settings.
func (p *paperWriter) numbersOfSummary() error {
	o := p.PaperOptions
	o.Both, o.Redact = false, false
	summary, err := summaryIn(p.res, o)
	if err != nil {
		return err
	}
	numbers := map[string]string{}
	first := ""
	for _, b := range summary.Blocks {
		if b.Kind != paper.Heading {
			continue
		}
		number := b.Number
		if b.Level == 1 {
			first = b.Number
		} else if p.Lang != "en" {
			number = first + "の" + b.Number // links lead to no deeper heading
		}
		if b.Anchor != "" {
			numbers[b.Anchor] = number
		}
	}
	p.paper.Walk(func(s *paper.Span) {
		if s.To != "" && s.Text == "" {
			s.Text, s.To = numbers[s.To], ""
		}
	})
	return nil
}

// OptionsOf gives the options that a paper was made with, from what it carries; what
// stands in no setting, the texts of laws and the journal, is not among them. The
// error names a setting that this program does not know.
func OptionsOf(p *paper.Paper) (CompanionOptions, error) {
	o := CompanionOptions{PaperOptions: PaperOptions{Style: Style{Lang: p.Lang}, Tool: p.Made.Tool}}
	for name, value := range p.Made.Settings {
		switch name {
		case "date":
			d, err := day.ParseDate(value)
			if err != nil {
				return o, fmt.Errorf("the setting date: %w", err)
			}
			o.Dated = d
		case "author":
			o.Author = value
		case "geometry":
			o.Geometry = value
		case "exhibits":
			o.Numbering = value
		case "only":
			o.Only = strings.Split(value, ",")
		case "redact_words":
			o.RedactWords = strings.Split(value, ",")
		case "as":
			o.As = value
		case "accused":
			o.Accused = value
		case "iso", "accepted", "redact", "both", "kanji", "ascii", "despite_limitation":
			o.turnOn(name)
		default:
			return o, fmt.Errorf("there is no setting %q", name)
		}
	}
	if !slices.Contains(Kinds(), p.Kind) {
		return o, fmt.Errorf("%q is no kind of paper", p.Kind)
	}
	if o.Numbering != "" && !slices.Contains(Numberings(), o.Numbering) {
		return o, fmt.Errorf("the setting exhibits is %q", o.Numbering)
	}
	if _, ok := paper.Geometries()[o.Geometry]; o.Geometry != "" && !ok {
		return o, fmt.Errorf("the setting geometry is %q", o.Geometry)
	}
	return o, nil
}

func (o *CompanionOptions) turnOn(name string) {
	switch name {
	case "iso":
		o.ISO = true
	case "accepted":
		o.Accepted = true
	case "redact":
		o.Redact = true
	case "both":
		o.Both = true
	case "kanji":
		o.Numerals = law.Kanji
	case "ascii":
		o.Glyphs = ASCII
	case "despite_limitation":
		o.DespiteLimitation = true
	}
}

// TextsUsed lists the texts of laws that the papers of a result quote, each once: the
// provision with its revision, and the SHA-256 of the text.
func TextsUsed(res *checker.Result, o PaperOptions) [][2]string {
	o.marked = false
	p := &paperWriter{PaperOptions: o, res: res}
	p.chosen = p.choose()
	return p.textsUsed()
}

// QuotesProvisions counts the provisions that a paper quotes.
func QuotesProvisions(p *paper.Paper) int {
	n := 0
	for _, b := range p.Blocks {
		if b.Kind == paper.Quote && slices.ContainsFunc(b.Spans, func(s paper.Span) bool { return s.Public }) {
			n++
		}
	}
	return n
}

// WithoutTexts is a paper without what it has from the law store, to compare papers where
// the store does not hold the texts: the quotations with their sources, and the rows that
// count and list them.
func WithoutTexts(p *paper.Paper) *paper.Paper {
	kept := *p
	kept.Blocks = nil
	isText := false
	for _, b := range p.Blocks {
		if b.Kind == paper.Heading {
			text := paper.Text(b.Spans)
			isText = text == "条文" || text == "Text of the provision"
		} else if isText {
			continue
		}
		if b.Kind == paper.Table {
			b.Rows = slices.DeleteFunc(slices.Clone(b.Rows), isRowOfTexts)
		}
		kept.Blocks = append(kept.Blocks, b)
	}
	return &kept
}

func isRowOfTexts(row []paper.Cell) bool {
	if len(row) != 2 {
		return false
	}
	name := paper.Text(row[0])
	return name == "条文データ" || name == "Texts of laws" || strings.HasPrefix(name, "条文 ") || strings.HasPrefix(name, "Text ")
}
