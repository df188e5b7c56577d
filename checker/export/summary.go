package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"jobun/checker"
	"jobun/checker/export/paper"
	"jobun/checker/law"
	"jobun/checker/review"
	"jobun/internal/day"
)

// PaperOptions is how a paper is made.
type PaperOptions struct {
	Style
	Dated    day.Date // the date on the paper; zero: left blank
	Author   string   // the person who judges, with qualification; "": left blank
	Geometry string   // of a DOCX page; "": as reports are
	Accepted bool     // only findings that are taken up
	Only     []string // only these findings, by id; none: all
	Both     bool     // in Japanese, and in English after it
	// Numbering is what exhibits are called on this paper, one of Numberings, with a
	// number in the report's order; "": by the report's own ids.
	Numbering string
	// Provisions is what the law store says of the provisions.
	Provisions Provisions
	// Review is what people decided; nil: there is no journal.
	Review *review.Review
	// Redact masks the names of parties in what is quoted, and these words everywhere
	// but in provisions and the titles of authorities.
	Redact      bool
	RedactWords []string
	Tool        string // the program and its version
}

// The sections of a citation summary. None is left out: what is empty says so.
const (
	SectionCover       = "cover"
	SectionOverview    = "overview"
	SectionFinding     = "finding"
	SectionChronology  = "chronology"
	SectionExhibits    = "exhibits"
	SectionAuthorities = "authorities"
	SectionCustody     = "custody"
	SectionReproduce   = "reproduce"
	SectionDecisions   = "decisions"
	SectionTerms       = "terms"
	SectionUnexamined  = "unexamined"
)

// Numberings lists what exhibits can be called: in court by whose they are, beside an
// accusation, and before a regulator.
func Numberings() []string { return []string{"甲", "乙", "丙", "資料", "別添"} }

// Summary makes the citation summary (法的引用要約) of a result. It fails where what
// it counts does not agree with what it lists (CodeTotals), and where a finding that is
// asked for does not exist.
func Summary(res *checker.Result, o PaperOptions) (*paper.Paper, error) {
	for _, id := range o.Only {
		if _, ok := res.Finding(id); !ok {
			return nil, fmt.Errorf("there is no finding %s", id)
		}
	}
	if !o.Both {
		return summaryIn(res, o)
	}
	o.Lang = "ja"
	made, err := summaryIn(res, o)
	if err != nil {
		return nil, err
	}
	o.Lang = "en"
	translation, err := summaryIn(res, o)
	if err != nil {
		return nil, err
	}
	addPart(made, translation)
	return made, nil
}

// summaryIn makes the summary in the language of its style.
func summaryIn(res *checker.Result, o PaperOptions) (*paper.Paper, error) {
	p := newPaper(res, o, "summary", say("法的引用要約", "Legal citation summary"))
	p.chosen = p.choose()
	p.cover()
	p.overview()
	for _, f := range p.chosen {
		p.finding(f)
	}
	p.chronology()
	p.exhibits()
	p.authorities()
	p.custody()
	p.reproduce()
	p.decisions()
	p.terms()
	p.unexamined()
	made := p.finish()
	return made, p.agrees(made)
}

// addPart puts a paper in another language behind a paper, its marks apart from those
// before.
func addPart(p, part *paper.Paper) {
	prefix := part.Lang + "-"
	part.Walk(func(s *paper.Span) {
		if s.To != "" {
			s.To = prefix + s.To
		}
	})
	p.Blocks = append(p.Blocks, paper.Block{Kind: paper.Heading, Level: 1, Section: paper.Part, Anchor: part.Lang, Lang: part.Lang, Break: true, Spans: paper.Own(part.Title)})
	for _, b := range part.Blocks {
		if b.Anchor != "" {
			b.Anchor = prefix + b.Anchor
		}
		if b.Kind == paper.Heading && b.Level == 1 {
			b.Lang = part.Lang
		}
		p.Blocks = append(p.Blocks, b)
	}
	p.Footer += " / " + part.Footer
}

// paperWriter fills a paper.
type paperWriter struct {
	PaperOptions
	res    *checker.Result
	paper  *paper.Paper
	chosen []*checker.Finding
}

func newPaper(res *checker.Result, o PaperOptions, kind string, title Text) *paperWriter {
	o.marked = true
	o.exhibitNames = numbered(res.Report, o.Numbering, o.Lang)
	p := &paperWriter{PaperOptions: o, res: res}
	p.paper = &paper.Paper{Kind: kind, Title: o.In(title), Lang: o.Lang, Footer: o.In(Notice()), Made: p.made()}
	return p
}

// made is what the paper is made of and how.
func (p *paperWriter) made() paper.Made {
	made := paper.Made{Tool: p.Tool, Report: p.res.Report.Digest, Rulebook: p.res.Rulebook.Digest, Settings: map[string]string{}}
	if p.Review != nil && len(p.Review.Journal().Entries()) > 0 {
		made.Journal = p.Review.Journal().Head()
	}
	set := func(name, value string) {
		if value != "" {
			made.Settings[name] = value
		}
	}
	set("date", p.Dated.String())
	set("author", p.Author)
	set("geometry", p.Geometry)
	set("exhibits", p.Numbering)
	set("only", strings.Join(p.Only, ","))
	set("redact_words", strings.Join(p.RedactWords, ","))
	for name, on := range map[string]bool{"iso": p.ISO, "accepted": p.Accepted, "redact": p.Redact, "both": p.Both, "kanji": p.Numerals != 0, "ascii": p.Glyphs == ASCII} {
		if on {
			made.Settings[name] = "true"
		}
	}
	return made
}

// finish numbers the headings, marks what is Japanese in an English paper, masks names
// and makes every text inert.
func (p *paperWriter) finish() *paper.Paper {
	p.paper.Number()
	if p.Lang == "en" {
		p.paper.Walk(func(s *paper.Span) {
			if s.Lang == "" && isJapanese(s.Text) {
				s.Lang = "ja"
			}
		})
	}
	if p.Redact {
		p.redact()
	}
	p.paper.Clean()
	return p.paper
}

// isJapanese reports whether a text has Japanese letters in it.
func isJapanese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) })
}

// choose gives the findings that the paper is on.
func (p *paperWriter) choose() []*checker.Finding {
	var chosen []*checker.Finding
	for _, f := range p.res.Findings {
		isNamed := len(p.Only) == 0 || slices.ContainsFunc(p.Only, func(id string) bool {
			g, ok := p.res.Finding(id)
			return ok && g == f
		})
		if isNamed && (!p.Accepted || p.status(f) == review.Status(review.TakeUp)) {
			chosen = append(chosen, f)
		}
	}
	return chosen
}

// status is what people decided of a finding.
func (p *paperWriter) status(f *checker.Finding) review.Status {
	if p.Review == nil {
		return review.Undecided
	}
	return p.Review.Of(f).Status()
}

func (p *paperWriter) add(b paper.Block) { p.paper.Blocks = append(p.paper.Blocks, b) }

// section begins a section of the paper.
func (p *paperWriter) section(section, anchor, ja, en string) {
	p.add(paper.Block{Kind: paper.Heading, Level: 1, Section: section, Anchor: anchor, Break: section == SectionFinding, Spans: spansOf(p.Say(ja, en))})
}

func (p *paperWriter) heading(level int, ja, en string) {
	p.add(paper.Block{Kind: paper.Heading, Level: level, Spans: spansOf(p.Say(ja, en))})
}

func (p *paperWriter) paragraph(sentence string) {
	p.add(paper.Block{Kind: paper.Paragraph, Spans: spansOf(sentence)})
}

func (p *paperWriter) notice(sentence string) {
	p.add(paper.Block{Kind: paper.Notice, Spans: spansOf(sentence)})
}

func (p *paperWriter) item(depth int, sentence string, more ...paper.Span) {
	p.add(paper.Block{Kind: paper.Item, Level: depth, Spans: append(spansOf(sentence), more...)})
}

// column is one of a table: its head and its share of the width.
type column struct {
	head   string
	weight int
}

// wide is the share of a column whose longest word that no line may break is an English
// one, in the language of the paper.
func (p *paperWriter) wide(ja, en int) int {
	if p.Lang == "en" {
		return en
	}
	return ja
}

// table adds a table, or says that there is nothing to put in it.
func (p *paperWriter) table(columns []column, rows [][]paper.Cell) {
	if len(rows) == 0 {
		p.paragraph(p.Say("該当なし。", "None."))
		return
	}
	b := paper.Block{Kind: paper.Table, Rows: rows}
	for _, c := range columns {
		b.Head = append(b.Head, paper.Own(c.head))
		b.Weights = append(b.Weights, c.weight)
	}
	p.add(b)
}

// cell is a cell of a sentence.
func cell(sentence string) paper.Cell { return spansOf(sentence) }

// theirCell is a cell of somebody else's words.
func theirCell(text string) paper.Cell {
	if text == "" {
		return nil
	}
	return paper.Quoted(text)
}

// codeCell is a cell of a hash.
func codeCell(text string) paper.Cell { return paper.Cell{{Text: text, Code: true}} }

func (p *paperWriter) cover() {
	r := p.res.Report
	blank := p.Say("（空欄）", "(blank)")
	dated := blank
	if !p.Dated.IsZero() {
		dated = p.Day(p.Dated)
	}
	rows := [][]paper.Cell{
		{cell(p.Say("事件名", "Matter")), theirCell(r.Title)},
		{cell(p.Say("対象", "Software")), theirCell(strings.TrimSpace(r.Subject.Name + " " + r.Subject.Version))},
	}
	for _, f := range r.Subject.Files {
		hash := paper.Span{Text: f.SHA256, Code: true}
		if f.SHA256 == "" {
			hash = paper.Span{Text: p.Say("（SHA-256の記載なし）", "(no SHA-256 stated)")}
		}
		rows = append(rows, []paper.Cell{cell(p.Say("対象ファイル", "File")), {{Text: f.Name + " ", Quoted: true}, hash}})
	}
	rows = append(rows,
		[]paper.Cell{cell(p.Say("作成日", "Date")), cell(dated)},
		[]paper.Cell{cell(p.Say("作成者（資格）", "Author (qualification)")), p.orBlank(p.Author, blank)},
		[]paper.Cell{cell(p.Say("監査報告の作成者", "Author of the audit report")), p.orBlank(r.Author, blank)},
		[]paper.Cell{cell(p.Say("監査報告のSHA-256", "SHA-256 of the audit report")), codeCell(r.Digest)},
		[]paper.Cell{cell(p.Say("規則集", "Rulebook")), {{Text: p.res.Rulebook.Name + " " + p.res.Rulebook.Version + " "}, {Text: p.res.Rulebook.Digest, Code: true}}},
		[]paper.Cell{cell(p.Say("条文データ", "Texts of laws")), cell(p.textsWord())},
		[]paper.Cell{cell(p.Say("現行番号の時点", "Present numbers as of")), cell(p.Day(p.res.Rulebook.AsOf))},
		[]paper.Cell{cell(p.Say("言語", "Language")), cell(p.languageWord())},
		[]paper.Cell{cell(p.Say("収めた指摘", "Findings in this paper")), cell(p.selectionWord())},
		[]paper.Cell{cell(p.Say("検討の記録", "Journal of decisions")), p.journalCell()},
	)
	p.table([]column{{p.Say("項目", "Item"), 2}, {p.Say("内容", "Content"), 7}}, rows)
	for _, warning := range p.ExhibitWarnings(p.res) {
		p.notice(warning)
	}
	p.notice(p.In(Notice()))
	p.notice(p.drafts())
	for i, line := range strings.Split(strings.TrimSpace(r.Note), "\n") {
		if line == "" {
			continue
		}
		label := ""
		if i == 0 {
			label = p.Say("報告の注記: ", "Note of the report: ")
		}
		p.paragraph(label + p.theirs(line))
	}
}

func (p *paperWriter) languageWord() string {
	word := p.Say("日本語", "English; the texts of laws are in Japanese")
	if p.Both {
		word += p.Say("。後に英語版を付ける", "; a translation of the Japanese paper before it")
	}
	return word
}

func (p *paperWriter) orBlank(text, blank string) paper.Cell {
	if text == "" {
		return cell(blank)
	}
	return paper.Quoted(text)
}

// textsWord says how many of the texts that the findings rest on are in the paper.
func (p *paperWriter) textsWord() string {
	held, wanted := 0, 0
	for _, f := range p.chosen {
		for _, text := range p.Provisions.ofFinding(f) {
			wanted++
			if len(text.Phrases) > 0 {
				held++
			}
		}
	}
	if held == 0 {
		return p.Say("本文は収めていない（法令ストアにない）", "no text is in this paper (none in the law store)")
	}
	return p.Say(fmt.Sprintf("引用単位 %dのうち %dの本文を収める。版・出典・ハッシュは各論の「条文」に示す", wanted, held),
		fmt.Sprintf("the texts of %d of %d units; version, source and hash stand with each", held, wanted))
}

// selectionWord says which findings the paper is on, and how many it leaves out.
func (p *paperWriter) selectionWord() string {
	all, n := len(p.res.Findings), len(p.chosen)
	why := ""
	switch {
	case len(p.Only) > 0:
		why = p.Say("指定されたもの", "those asked for")
	case p.Accepted:
		why = p.Say("取上げとしたもの", "those taken up")
	default:
		return p.Say(fmt.Sprintf("全 %d件", all), fmt.Sprintf("all %d", all))
	}
	return p.Say(fmt.Sprintf("%d件（%s）。ほかの %d件は収めていない", n, why, all-n), fmt.Sprintf("%d (%s); %d others are left out", n, why, all-n))
}

func (p *paperWriter) journalCell() paper.Cell {
	if p.paper.Made.Journal == "" {
		return cell(p.Say("なし（すべて未検討）", "none (all are undecided)"))
	}
	n := len(p.Review.Journal().Entries())
	return paper.Cell{{Text: p.Say(fmt.Sprintf("%d行。最終行のSHA-256 ", n), fmt.Sprintf("%d lines; SHA-256 of the last ", n))}, {Text: p.paper.Made.Journal, Code: true}}
}

// overview lists the findings and counts them.
func (p *paperWriter) overview() {
	p.section(SectionOverview, "", "要旨一覧", "Overview")
	var rows [][]paper.Cell
	for i, f := range p.chosen {
		rows = append(rows, []paper.Cell{
			{{Text: strconv.Itoa(i + 1)}}, {{Text: f.ID, To: f.ID}}, cell(p.In(f.Rule.Title) + p.Say("（", " (") + p.EntityName(f.Entity) + p.Say("）", ")")), cell(p.Heading(f)),
			cell(p.In(AnchorWord(f.Rule.AtKind)) + " " + p.Date(f.Anchor.Span) + p.versionNames(f)),
			cell(p.In(FindingWord(f)) + p.countsWord(f)),
			cell(p.In(DecisionWord(p.status(f)))), cell(p.exhibitsWord(f)),
		})
	}
	p.table([]column{
		{p.Say("№", "No."), p.wide(5, 6)}, {"ID", 12}, {p.Say("行為の要旨", "Conduct"), 19}, {p.Say("罰条・根拠条文", "Provision"), 16}, {p.Say("時点・版", "Date, version"), 14},
		{p.Say("一次整理", "Pre-assessment"), p.wide(15, 17)}, {p.Say("検討結果", "Decision"), 11}, {p.Say("主な証拠", "Exhibits"), 11},
	}, rows)
	p.totals(p.Say("一次整理", "Pre-assessment"), func(f *checker.Finding) string { return p.In(FindingWord(f)) })
	p.totals(p.Say("検討結果", "Decision"), func(f *checker.Finding) string { return p.In(DecisionWord(p.status(f))) })
}

// versionNames names the versions of the law on the day of a finding.
func (p *paperWriter) versionNames(f *checker.Finding) string {
	if f.Anchor.Span.IsZero() || f.Law.Kind == law.Instrument {
		return ""
	}
	var names []string
	for _, v := range f.Law.VersionsOn(f.Anchor.Span) {
		names = append(names, firstOf(p.In(Text(v.By)), p.Say("収録する最初の版", "the first version held")))
	}
	if len(names) == 0 {
		return ""
	}
	return p.Say("（", " (") + strings.Join(names, p.Say("、", "; ")) + p.Say("）", ")")
}

// totals says how many findings there are of each kind, in the order in which the kinds
// appear.
func (p *paperWriter) totals(of string, kind func(*checker.Finding) string) {
	count := map[string]int{}
	var kinds, parts []string
	for _, f := range p.chosen {
		if count[kind(f)]++; count[kind(f)] == 1 {
			kinds = append(kinds, kind(f))
		}
	}
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%s %d", k, count[k]))
	}
	list := firstOf(strings.Join(parts, p.Say("、", ", ")), p.Say("なし", "none"))
	p.paragraph(p.Say(fmt.Sprintf("%sの内訳: %s（計 %d件）。", of, list, len(p.chosen)), fmt.Sprintf("%s: %s (%d in all).", of, list, len(p.chosen))))
}

func (p *paperWriter) exhibitsWord(f *checker.Finding) string {
	var ids []string
	for _, id := range ExhibitsBehind(p.res.Report, f) {
		ids = append(ids, p.exhibit(id))
	}
	if len(ids) == 0 {
		return p.Say("なし", "none")
	}
	return strings.Join(ids, p.Say("、", ", "))
}

// countsWord counts the answers of a finding; "" of one whose elements are not asked.
func (p *paperWriter) countsWord(f *checker.Finding) string {
	if f.Assessment == checker.NotInForce {
		return ""
	}
	return " " + p.Counts(f) + p.Say("。除外事由 ", "; exceptions: ") + p.exceptionsWord(f)
}

func (p *paperWriter) exceptionsWord(f *checker.Finding) string {
	if len(f.Exceptions) == 0 {
		return p.Say("定めなし", "none provided")
	}
	return p.Say(fmt.Sprintf("未了 %d／%d", f.UnverifiedExceptions(), len(f.Exceptions)), fmt.Sprintf("open %d of %d", f.UnverifiedExceptions(), len(f.Exceptions)))
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

// partyName is a party as it is printed: not our words.
func (p *paperWriter) partyName(id string) string { return p.theirs(PartyName(p.res.Report, id)) }
