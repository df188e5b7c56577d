package export

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/internal/day"
)

// Paper is what a citation summary says, before any format: blocks of spans, in
// which what is not ours (titles, excerpts, statements, authorities) is marked.
type Paper struct {
	Title  string
	Blocks []Block
}

// Block is a heading, a paragraph, a list item, a table or a quotation.
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
	Quote
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
	// Provisions is what the law store says of the provisions.
	Provisions Provisions
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
