package docx

import (
	"fmt"
	"strings"
)

// part is a file of the package that a document is.
type part struct{ name, text string }

const (
	space    = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relation = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	content  = `application/vnd.openxmlformats-officedocument.wordprocessingml.`

	mincho = `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="ＭＳ 明朝" w:cs="Times New Roman"/>`
	gothic = `<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="ＭＳ ゴシック" w:cs="Arial"/>`
)

// sheet is a page in twips, twentieths of a point; the grid in characters and lines.
type sheet struct {
	width, height            int
	top, bottom, left, right int
	size                     int    // of the type, in half points
	grid                     string // how lines and characters are set
}

// twips turns millimetres into twips: 1 mm is 1440/25.4 of them.
func twips(mm int) int { return mm * 14400 / 254 }

func page(g Geometry) sheet {
	if g == Court {
		// 26 lines in 235 mm, 37 characters of 12 points in 160 mm.
		return sheet{11906, 16838, twips(35), twips(27), twips(30), twips(20), 24, `<w:docGrid w:type="linesAndChars" w:linePitch="512" w:charSpace="0"/>`}
	}
	return sheet{11906, 16838, twips(25), twips(25), twips(25), twips(25), 21, `<w:docGrid w:type="lines" w:linePitch="360"/>`}
}

func (d *Document) parts() []part {
	list := []part{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relation + `officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", d.documentRelations()},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escape(d.options.Title) + `</dc:title><dc:language>` + language(d.options.Lang) + `</dc:language></cp:coreProperties>`},
		{"word/settings.xml", `<w:settings ` + space + `><w:characterSpacingControl w:val="compressPunctuation"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>`},
		{"word/styles.xml", d.styles()},
		{"word/footnotes.xml", `<w:footnotes ` + space + `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>` + d.notes.String() + `</w:footnotes>`},
		{"word/header1.xml", `<w:hdr ` + space + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` + d.runs([]Run{{Text: d.options.Draft, Bold: true}}) + `</w:p></w:hdr>`},
		{"word/footer1.xml", d.footer()},
		{"word/document.xml", d.document()},
	}
	if d.options.Data != "" {
		list = append(list, part{DataPart, `<data xmlns="` + dataSpace + `">` + escape(d.options.Data) + `</data>`})
	}
	return list
}

// DataPart is the file of the package that holds Options.Data, as the text of its one
// element.
const DataPart = "customXml/item1.xml"

const dataSpace = "urn:jobun:paper"

func language(lang string) string {
	if lang == "en" {
		return "en-US"
	}
	return "ja-JP"
}

func contentTypes() string {
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	for _, p := range [][2]string{{"document", "document.main"}, {"styles", "styles"}, {"settings", "settings"}, {"footnotes", "footnotes"}, {"header1", "header"}, {"footer1", "footer"}} {
		fmt.Fprintf(&b, `<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, p[0], content, p[1])
	}
	return b.String() + `</Types>`
}

func (d *Document) documentRelations() string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, p := range [][2]string{{"styles", "styles"}, {"settings", "settings"}, {"footnotes", "footnotes"}, {"header1", "header"}, {"footer1", "footer"}} {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s.xml"/>`, i+1, relation, p[1], p[0])
	}
	if d.options.Data != "" {
		fmt.Fprintf(&b, `<Relationship Id="rId9" Type="%scustomXml" Target="../%s"/>`, relation, DataPart)
	}
	return b.String() + `</Relationships>`
}

func (d *Document) document() string {
	p := page(d.options.Geometry)
	body := d.body.String()
	if d.hasTOC {
		body = strings.Replace(body, tocHere, d.toc(), 1)
	}
	return `<w:document ` + space + `><w:body>` + body +
		fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="720" w:footer="567" w:gutter="0"/>%s</w:sectPr></w:body></w:document>`,
			p.width, p.height, p.top, p.right, p.bottom, p.left, p.grid)
}

// footer is the page's number, of how many, and what is said on every page.
func (d *Document) footer() string {
	field := func(name string) string {
		return `<w:fldSimple w:instr=" ` + name + ` "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
	}
	of := d.runs([]Run{{Text: " / "}})
	text := `<w:ftr ` + space + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>` + field("PAGE") + of + field("NUMPAGES") + `</w:p>`
	if d.options.Footer != "" {
		text += `<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + d.runs([]Run{{Text: d.options.Footer}}) + `</w:p>`
	}
	return text + `</w:ftr>`
}

// style is one paragraph style.
func style(id, name, paragraph, run string) string {
	return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/><w:pPr>` + paragraph + `</w:pPr><w:rPr>` + run + `</w:rPr></w:style>`
}

func (d *Document) styles() string {
	p := page(d.options.Geometry)
	tab := p.width - p.left - p.right
	var b strings.Builder
	fmt.Fprintf(&b, `<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr>%s<w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>`, space, mincho, p.size, p.size)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/></w:pPr></w:style>`)
	b.WriteString(style("Title", "Title", `<w:spacing w:before="120" w:after="240"/><w:jc w:val="center"/>`, gothic+`<w:b/><w:sz w:val="32"/>`))
	for i, size := range []int{26, 23, 21, 21} {
		b.WriteString(style(fmt.Sprintf("Heading%d", i+1), fmt.Sprintf("heading %d", i+1),
			fmt.Sprintf(`<w:keepNext/><w:keepLines/><w:spacing w:before="%d" w:after="80"/><w:ind w:left="%d"/><w:jc w:val="left"/><w:outlineLvl w:val="%d"/>`, 320-60*i, 210*max(0, i-1), i), gothic+fmt.Sprintf(`<w:b/><w:sz w:val="%d"/>`, size)))
	}
	for i := range 1 {
		b.WriteString(style(fmt.Sprintf("TOC%d", i+1), fmt.Sprintf("toc %d", i+1), fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:snapToGrid w:val="0"/><w:spacing w:after="60"/><w:ind w:left="%d" w:right="600"/><w:jc w:val="left"/>`, tab, 210*i), `<w:sz w:val="20"/>`))
	}
	b.WriteString(style("Quoted", "Quoted", `<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="7F7F7F"/></w:pBdr><w:spacing w:before="60" w:after="60"/><w:ind w:left="420"/>`, ``))
	b.WriteString(style("Notice", "Notice", `<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="4" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="4" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr><w:spacing w:before="120" w:after="120"/><w:ind w:left="120" w:right="120"/>`, `<w:sz w:val="19"/>`))
	b.WriteString(style("Listed", "Listed", `<w:ind w:left="210" w:hanging="210"/><w:jc w:val="left"/>`, ``)) // justified, a line before a long address would be spread
	b.WriteString(style("Cell", "Cell", `<w:snapToGrid w:val="0"/><w:jc w:val="left"/>`, `<w:sz w:val="17"/>`))
	b.WriteString(style("Head", "Head", `<w:keepNext/><w:snapToGrid w:val="0"/><w:jc w:val="left"/>`, gothic+`<w:b/><w:sz w:val="17"/>`))
	// The paragraph that must follow a table is one point high: a table that fills its page
	// would else be followed by a blank one. The space below it is dropped there.
	b.WriteString(style("After", "After", `<w:snapToGrid w:val="0"/><w:spacing w:after="120" w:line="20" w:lineRule="exact"/>`, `<w:sz w:val="2"/>`))
	b.WriteString(style("Caption", "caption", `<w:keepNext/><w:spacing w:before="120"/><w:jc w:val="left"/>`, gothic+`<w:sz w:val="19"/>`))
	b.WriteString(style("Header", "header", `<w:jc w:val="right"/>`, gothic+`<w:sz w:val="17"/>`))
	b.WriteString(style("Footer", "footer", `<w:snapToGrid w:val="0"/><w:jc w:val="left"/>`, `<w:sz w:val="14"/>`))
	b.WriteString(style("FootnoteText", "footnote text", `<w:snapToGrid w:val="0"/><w:jc w:val="left"/>`, `<w:sz w:val="17"/>`))
	b.WriteString(`<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}
