// Package paper is what a paper says before any format, and the writers that give it
// one: DOCX, HTML, Markdown and plain text. It knows headings, tables, quotations and
// footnotes, and nothing of law. The same paper gives the same bytes in each format.
//
// Every span says whether its words are the program's own or somebody's: a statute's,
// a record's, a party's. Whoever checks the program's words need not guess.
package paper

import (
	"strings"

	"jobun/internal/cells"
)

// Paper is a paper. It is data: written as JSON, it is carried by the files that are
// made of it, so that whoever gets one can compare what it shows with what it was
// made to say.
type Paper struct {
	Kind   string  `json:"kind"` // summary, exhibits, …: what it was made as
	Title  string  `json:"title"`
	Lang   string  `json:"lang"`             // ja or en
	Footer string  `json:"footer,omitempty"` // on every page
	Draft  string  `json:"draft,omitempty"`  // a mark on every page
	Made   Made    `json:"made"`
	Blocks []Block `json:"blocks"`
}

// Made is what a paper was made of and how, so that it can be made again.
type Made struct {
	Tool     string            `json:"tool"`
	Report   string            `json:"report_sha256"`
	Rulebook string            `json:"rulebook_sha256"`
	Journal  string            `json:"journal_head,omitempty"` // the hash of the journal's last line
	Settings map[string]string `json:"settings,omitempty"`
}

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Item      Kind = "item"
	Table     Kind = "table"
	Quote     Kind = "quote"
	Notice    Kind = "notice"
)

// Block is a heading, a paragraph, a list item, a table, a quotation or a notice.
type Block struct {
	Kind    Kind     `json:"kind"`
	Level   int      `json:"level,omitempty"`   // of a heading, from 1; of an item, its depth
	Number  string   `json:"number,omitempty"`  // of a heading, or of a counted item; Paper.Number sets it
	Counted bool     `json:"counted,omitempty"` // of an item: it has a number under its heading, to be cited by
	Section string   `json:"section,omitempty"` // of a heading: which section begins
	Anchor  string   `json:"anchor,omitempty"`  // of a heading: what links to it are called
	Lang    string   `json:"lang,omitempty"`    // of a heading at level 1: the language from here on, if not the paper's
	Break   bool     `json:"break,omitempty"`   // of a heading: it begins a page
	Spans   []Span   `json:"spans,omitempty"`
	Weights []int    `json:"weights,omitempty"` // of a table: the columns' shares of the width
	Head    []Cell   `json:"head,omitempty"`
	Rows    [][]Cell `json:"rows,omitempty"`
}

// Cell is a cell of a table.
type Cell []Span

// Span is a run of text.
type Span struct {
	Text   string `json:"text"`
	Quoted bool   `json:"quoted,omitempty"` // somebody's words
	Public bool   `json:"public,omitempty"` // quoted from a provision, or the title of an authority: never masked
	Strong bool   `json:"strong,omitempty"`
	Code   bool   `json:"code,omitempty"` // a hash or an address
	Tone   string `json:"tone,omitempty"` // the answer that it names, for its colour
	To     string `json:"to,omitempty"`   // an anchor that it leads to; without a text, Paper.Number writes its number
	Lang   string `json:"lang,omitempty"` // where it is not the paper's
	Note   []Span `json:"note,omitempty"` // a footnote at its end
}

// Own is text of the program's own.
func Own(text string) []Span { return []Span{{Text: text}} }

// Quoted is text of somebody else's.
func Quoted(text string) []Span { return []Span{{Text: text, Quoted: true}} }

// Text joins spans, without their footnotes.
func Text(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Walk visits every span of a paper with its footnotes, in their order.
func (p *Paper) Walk(visit func(*Span)) {
	for i := range p.Blocks {
		p.Blocks[i].walk(visit)
	}
}

func (b *Block) walk(visit func(*Span)) {
	var each func(spans []Span)
	each = func(spans []Span) {
		for i := range spans {
			visit(&spans[i])
			each(spans[i].Note)
		}
	}
	each(b.Spans)
	for _, cell := range b.Head {
		each(cell)
	}
	for _, row := range b.Rows {
		for _, cell := range row {
			each(cell)
		}
	}
}

// Clean makes every text of a paper inert: what could move a cursor, change the order
// of the text or hide in it is written out. Line ends stay in quotations only, which
// every writer shows line by line.
func (p *Paper) Clean() {
	p.Title, p.Footer, p.Draft = cells.Sanitise(p.Title), cells.Sanitise(p.Footer), cells.Sanitise(p.Draft)
	for i := range p.Blocks {
		clean := func(text string) string { return cells.Sanitise(strings.ReplaceAll(text, "\n", " ／ ")) }
		if p.Blocks[i].Kind == Quote {
			clean = cells.SanitiseLines
		}
		p.Blocks[i].walk(func(s *Span) { s.Text = clean(s.Text) })
	}
}
