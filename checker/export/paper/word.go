package paper

import (
	"io"

	"jobun/checker/export/docx"
	"jobun/internal/cells"
)

// Geometry is how a DOCX page is laid out.
type Geometry = docx.Geometry

// DOCX writes a paper as a word-processing document. Footnotes are real ones, the
// table of contents is a field, and the paper itself is carried in a part of its own.
func (p *Paper) DOCX(w io.Writer, g Geometry) error {
	model, err := p.model()
	if err != nil {
		return err
	}
	d := docx.New(docx.Options{Title: p.Title, Lang: p.Lang, Geometry: g, Footer: p.Footer, Draft: p.Draft, Data: model})
	word := &word{d: d, lang: p.Lang, paperLang: p.Lang}
	d.Paragraph(docx.Title, 0, docx.Run{Text: cells.Sanitise(p.Title)})
	hasContents := false
	for _, b := range p.Blocks {
		if b.Kind == Heading && !hasContents && p.sections() > 2 {
			hasContents = true
			d.TOC()
		}
		word.block(b)
	}
	return d.Write(w)
}

// sections counts the headings of the first level.
func (p *Paper) sections() int {
	n := 0
	for _, b := range p.Blocks {
		if b.Kind == Heading && b.Level == 1 {
			n++
		}
	}
	return n
}

type word struct {
	d         *docx.Document
	lang      string // of the blocks that are written now
	paperLang string
}

func (w *word) block(b Block) {
	switch b.Kind {
	case Heading:
		if b.Level == 1 {
			w.lang = b.language(w.paperLang)
		}
		w.d.Heading(b.Level, b.Anchor, b.Break, append([]docx.Run{{Text: b.lead(w.lang)}}, w.runs(b.Spans)...)...)
	case Item:
		w.d.Paragraph(docx.Listed, b.Level+1, append([]docx.Run{{Text: w.bullet() + b.lead(w.lang)}}, w.runs(b.Spans)...)...)
	case Table:
		w.table(b)
	case Quote:
		w.d.Paragraph(docx.Quoted, 0, w.runs(b.Spans)...)
	case Notice:
		w.d.Paragraph(docx.Notice, 0, w.runs(b.Spans)...)
	default:
		w.d.Paragraph(docx.Body, 0, w.runs(b.Spans)...)
	}
}

func (w *word) bullet() string {
	if w.lang == "en" {
		return "- "
	}
	return "・"
}

func (w *word) table(b Block) {
	weights := b.Weights
	if len(weights) != len(b.Head) {
		weights = make([]int, len(b.Head))
		for i := range weights {
			weights[i] = 1
		}
	}
	rows := make([][]docx.Cell, len(b.Rows))
	for i, row := range b.Rows {
		rows[i] = w.row(row)
	}
	w.d.Table(weights, w.row(b.Head), rows)
}

func (w *word) row(row []Cell) []docx.Cell {
	list := make([]docx.Cell, len(row))
	for i, cell := range row {
		list[i] = docx.Cell{w.runs(cell)}
	}
	return list
}

func (w *word) runs(spans []Span) []docx.Run {
	var runs []docx.Run
	for _, s := range spans {
		runs = append(runs, docx.Run{Text: cells.SanitiseLines(s.Text), Bold: s.Strong, Mono: s.Code, Link: s.To, English: s.Lang == "en" && w.paperLang != "en" || s.Lang == "" && w.lang == "en" && w.paperLang != "en"})
		if len(s.Note) > 0 {
			runs = append(runs, w.d.Footnote(w.runs(s.Note)...))
		}
	}
	return runs
}
