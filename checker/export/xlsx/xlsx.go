// Package xlsx writes Office Open XML spreadsheets (ECMA-376, 5th edition, part 1:
// SpreadsheetML) of plain tables: a title, a head that is printed on every page and
// rows of text. Every cell is an inline string: nothing in it can be a formula,
// whatever it begins with. The same sheet gives the same bytes.
//
// There is a library for spreadsheets, excelize; it links net/http, which this
// program lets only law pull do (docs/decisions.md).
package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Sheet is one table on sheets of A4, sideways.
type Sheet struct {
	Name   string // of the tab: at most 31 characters, without []:*?/\
	Title  string // above the table
	Notes  []string
	Widths []int // of the columns, in characters of Latin type
	Head   []string
	Rows   [][]string
}

type part struct{ name, text string }

const (
	space    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relation = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packages = `http://schemas.openxmlformats.org/package/2006/`
	content  = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// Write writes the sheets as a file.
func Write(w io.Writer, sheets ...Sheet) error {
	z := zip.NewWriter(w)
	for _, p := range parts(sheets) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate}) // without a time: the same bytes every run
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xml.Header+p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

func parts(sheets []Sheet) []part {
	var types, tabs, relations, titles strings.Builder
	var list []part
	for i, s := range sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, content)
		fmt.Fprintf(&tabs, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(s.Name), n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relation, n)
		fmt.Fprintf(&titles, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">'%s'!$%d:$%d</definedName>`, i, escape(strings.ReplaceAll(s.Name, "'", "''")), s.headRow(), s.headRow())
		list = append(list, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", n), s.xml()})
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(sheets)+1, relation)
	return append([]part{
		{"[Content_Types].xml", `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + content + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + content + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packages + `relationships"><Relationship Id="rId1" Type="` + relation + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + space + ` xmlns:r="` + relation + `"><sheets>` + tabs.String() + `</sheets><definedNames>` + titles.String() + `</definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packages + `relationships">` + relations.String() + `</Relationships>`},
		{"xl/styles.xml", styles},
	}, list...)
}

// The styles of cells, by their place in cellXfs.
const (
	plainCell = iota
	titleCell
	headCell
	textCell
)

const styles = `<styleSheet ` + space + `><fonts count="3"><font><sz val="10.5"/><name val="ＭＳ 明朝"/></font><font><b/><sz val="14"/><name val="ＭＳ ゴシック"/></font><font><b/><sz val="10"/><name val="ＭＳ ゴシック"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/></patternFill></fill></fills>` +
	`<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>` +
	`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="49"/><xf numFmtId="49" fontId="1" applyFont="1"/>` +
	`<xf numFmtId="49" fontId="2" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
	`<xf numFmtId="49" borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`

// headRow is the row of the head, from 1: below the title, the notes and an empty row.
func (s Sheet) headRow() int { return 3 + len(s.Notes) }

func (s Sheet) xml() string {
	var b strings.Builder
	head := s.headRow()
	fmt.Fprintf(&b, `<worksheet %s><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`, space, head, head+1)
	for i, w := range s.Widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, w)
	}
	b.WriteString(`</cols><sheetData>`)
	row(&b, 1, titleCell, []string{s.Title})
	for i, note := range s.Notes {
		row(&b, 2+i, plainCell, []string{note})
	}
	row(&b, head, headCell, s.Head)
	for i, cells := range s.Rows {
		row(&b, head+1+i, textCell, cells)
	}
	b.WriteString(`</sheetData><pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`)
	return b.String()
}

func row(b *strings.Builder, n, style int, cells []string) {
	fmt.Fprintf(b, `<row r="%d">`, n)
	for i, text := range cells {
		fmt.Fprintf(b, `<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, column(i), n, style, escape(limit(text)))
	}
	b.WriteString(`</row>`)
}

// column is the name of a column from 0: A to Z, AA and so on.
func column(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// maxCell is how many UTF-16 units a cell may hold.
const maxCell = 32_767

// limit cuts a text that no spreadsheet would open, and says so: the whole of it is
// in the other formats.
func limit(text string) string {
	const mark = "…（以下略。全文は他の形式を参照）"
	units := 0
	for i, r := range text {
		units++
		if r > 0xFFFF {
			units++
		}
		if units > maxCell {
			return cutBefore(text[:i], len([]rune(mark))) + mark
		}
	}
	return text
}

// cutBefore takes some characters off the end, twice as many as could be needed.
func cutBefore(text string, n int) string {
	r := []rune(text)
	return string(r[:max(0, len(r)-2*n)])
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
