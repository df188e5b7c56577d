// Package docx writes Office Open XML word-processing documents (ECMA-376, 5th
// edition, part 1: WordprocessingML) as Japanese courts and offices want them: A4,
// Mincho and Gothic for East Asian text, line breaking by kinsoku, footnotes, page
// numbers, table heads that repeat and a table of contents that is a field.
//
// It knows papers and nothing of law. The same document gives the same bytes: there
// is no clock in it and no random number. There is no library that does all this
// (docs/decisions.md). It has been read with LibreOffice in tests; not with Word.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Geometry is how a page is laid out.
type Geometry uint8

// The geometries.
const (
	// Report has margins of 25 mm and type of 10.5 points.
	Report Geometry = iota
	// Court is what Japanese courts ask of papers written sideways: 37 characters of
	// 12 points in 26 lines; margins 35 mm above, 27 below, 30 left and 20 right.
	Court
)

// Options is what a document says of itself.
type Options struct {
	Title    string
	Lang     string // ja or en: of the text between marks, and of the headings' fonts
	Geometry Geometry
	Footer   string // printed beside the page number on every page
	Draft    string // printed at the head of every page; "": nothing is
	Data     string // what programs read of the document, carried in a part of its own
}

// Run is text in one style.
type Run struct {
	Text    string
	Bold    bool
	Gothic  bool
	Small   bool
	Super   bool
	Link    string // an internal mark that the text leads to
	Mono    bool   // of hashes and addresses, which break anywhere
	English bool   // the text is English within a Japanese document
	note    int
}

// Style is what a paragraph is.
type Style string

// The styles of paragraphs.
const (
	Body    Style = "Normal"
	Title   Style = "Title"
	Quoted  Style = "Quoted" // words of a statute or of a record
	Notice  Style = "Notice" // small, framed
	Listed  Style = "Listed" // an item
	CellOf  Style = "Cell"   // in a table
	HeadOf  Style = "Head"   // in the head of a table
	Caption Style = "Caption"
)

// Document is a document that is being written.
type Document struct {
	options  Options
	body     strings.Builder
	notes    strings.Builder
	noted    int
	marks    int
	headings []heading
	hasTOC   bool
}

type heading struct {
	level int
	mark  string
	text  string
}

// New begins a document.
func New(o Options) *Document { return &Document{options: o} }

// Paragraph adds a paragraph; an item is indented by its depth.
func (d *Document) Paragraph(style Style, depth int, runs ...Run) {
	d.body.WriteString(d.paragraph(style, depth, runs))
}

// Heading adds a heading of a level from 1, and gives it a mark that links lead to.
func (d *Document) Heading(level int, mark string, pageBefore bool, runs ...Run) {
	d.marks++
	own := fmt.Sprintf("_Toc%06d", d.marks)
	d.headings = append(d.headings, heading{level, own, text(runs)})
	breaks := ""
	if pageBefore {
		breaks = "<w:pageBreakBefore/>"
	}
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="Heading%d"/>%s</w:pPr>`, min(level, 4), breaks)
	d.bookmark(own, func() {
		if mark == "" {
			d.body.WriteString(d.runs(runs))
			return
		}
		d.bookmark(mark, func() { d.body.WriteString(d.runs(runs)) })
	})
	d.body.WriteString(`</w:p>`)
}

func (d *Document) bookmark(name string, inside func()) {
	d.marks++
	id := d.marks
	fmt.Fprintf(&d.body, `<w:bookmarkStart w:id="%d" w:name="%s"/>`, id, bookmarkName(name))
	inside()
	fmt.Fprintf(&d.body, `<w:bookmarkEnd w:id="%d"/>`, id)
}

// bookmarkName makes a mark one that Word takes: letters, digits and underscores, at
// most 40, beginning with a letter or underscore.
func bookmarkName(mark string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, mark)
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	return name[:min(40, len(name))]
}

// Footnote adds a footnote and gives the run that refers to it.
func (d *Document) Footnote(runs ...Run) Run {
	d.noted++
	fmt.Fprintf(&d.notes, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>%s</w:p></w:footnote>`,
		d.noted, d.runs(append([]Run{{Text: " "}}, runs...)))
	return Run{note: d.noted}
}

// Cell is a cell of a table: one paragraph or several.
type Cell [][]Run

// Table adds a table. The weights are the columns' shares of the width; the head is
// printed again on every page.
func (d *Document) Table(weights []int, head []Cell, rows [][]Cell) {
	widths := d.widths(weights)
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>`)
	fmt.Fprintf(&d.body, `<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, sum(widths))
	for _, w := range widths {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, w)
	}
	d.body.WriteString(`</w:tblGrid>`)
	if len(head) > 0 {
		d.row(widths, head, HeadOf)
	}
	for _, row := range rows {
		d.row(widths, row, CellOf)
	}
	d.body.WriteString(`</w:tbl><w:p><w:pPr><w:pStyle w:val="After"/></w:pPr></w:p>`)
}

func (d *Document) row(widths []int, row []Cell, style Style) {
	d.body.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if style == HeadOf {
		d.body.WriteString(`<w:tblHeader/>`)
	}
	d.body.WriteString(`</w:trPr>`)
	for i, width := range widths {
		shade := ""
		if style == HeadOf {
			shade = `<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>`
		}
		fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, width, shade)
		var cell Cell
		if i < len(row) {
			cell = row[i]
		}
		if len(cell) == 0 {
			cell = Cell{nil} // a cell holds at least one paragraph
		}
		for _, runs := range cell {
			d.body.WriteString(d.paragraph(style, 0, runs))
		}
		d.body.WriteString(`</w:tc>`)
	}
	d.body.WriteString(`</w:tr>`)
}

// widths shares the width of the text among columns, to the last twip.
func (d *Document) widths(weights []int) []int {
	page := page(d.options.Geometry)
	room := page.width - page.left - page.right
	widths, before, given := make([]int, len(weights)), 0, 0
	for i, w := range weights {
		before += w
		widths[i] = room*before/max(1, sum(weights)) - given
		given += widths[i]
	}
	return widths
}

func sum(list []int) int {
	n := 0
	for _, x := range list {
		n += x
	}
	return n
}

// TOC adds the table of contents: a field that a word processor works out anew, with
// the headings in it. Page numbers are the word processor's to know: they are blank
// until it does (Word on opening, LibreOffice by Tools, Update).
func (d *Document) TOC() {
	d.hasTOC = true
	d.body.WriteString(tocHere)
}

// tocHere stands where the table of contents goes until all headings are known. It
// is no XML that any text could give, since < is escaped.
const tocHere = "<toc/>"

func (d *Document) toc() string {
	var b strings.Builder
	shown := d.shownHeadings()
	for i, h := range shown {
		begin, end := "", ""
		if i == 0 {
			begin = `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-1" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
		}
		if i == len(shown)-1 {
			end = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		fmt.Fprintf(&b, `<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr>%s<w:hyperlink w:anchor="%s" w:history="1"><w:r><w:t xml:space="preserve">%s</w:t></w:r><w:r><w:tab/></w:r>`+
			`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF %s \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t></w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>%s</w:p>`,
			h.level, begin, h.mark, escape(h.text), h.mark, end)
	}
	return b.String()
}

func (d *Document) shownHeadings() []heading {
	var shown []heading
	for _, h := range d.headings {
		if h.level == 1 {
			shown = append(shown, h)
		}
	}
	return shown
}

func (d *Document) paragraph(style Style, depth int, runs []Run) string {
	indent := ""
	if depth > 0 {
		indent = fmt.Sprintf(`<w:ind w:left="%d" w:hanging="210"/>`, 210*(min(depth, 12)+1))
	}
	return `<w:p><w:pPr><w:pStyle w:val="` + string(style) + `"/>` + indent + `</w:pPr>` + d.runs(runs) + `</w:p>`
}

func (d *Document) runs(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.note > 0 {
			fmt.Fprintf(&b, `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, r.note)
			continue
		}
		one := `<w:r>` + r.properties() + lines(r.Text) + `</w:r>`
		if r.Link != "" {
			one = `<w:hyperlink w:anchor="` + bookmarkName(r.Link) + `" w:history="1">` + one + `</w:hyperlink>`
		}
		b.WriteString(one)
	}
	return b.String()
}

// properties are in the order that the schema wants.
func (r Run) properties() string {
	var b strings.Builder
	switch {
	case r.Mono:
		b.WriteString(`<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>`)
	case r.Gothic:
		b.WriteString(gothic)
	}
	if r.Bold {
		b.WriteString(`<w:b/>`)
	}
	if r.Small {
		b.WriteString(`<w:sz w:val="17"/>`)
	}
	if r.Super {
		b.WriteString(`<w:vertAlign w:val="superscript"/>`)
	}
	if r.English {
		b.WriteString(`<w:lang w:val="en-US"/>`)
	}
	if b.Len() == 0 {
		return ""
	}
	return `<w:rPr>` + b.String() + `</w:rPr>`
}

// lines writes text with its line ends as breaks.
func lines(text string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		b.WriteString(`<w:t xml:space="preserve">` + escape(line) + `</w:t>`)
	}
	return b.String()
}

func text(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// escape makes text mean itself in XML. What XML cannot hold becomes U+FFFD: callers
// show control characters by visible ones before.
func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

// Write writes the document as a file.
func (d *Document) Write(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, part := range d.parts() {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate}) // without a time: the same bytes every run
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xml.Header+part.text); err != nil {
			return err
		}
	}
	return z.Close()
}
