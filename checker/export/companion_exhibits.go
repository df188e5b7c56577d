package export

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jobun/checker/audit"
	"jobun/checker/export/paper"
	"jobun/checker/export/xlsx"
)

// exhibitsPaper is 証拠説明書 as a paper of its own, in the columns of court practice,
// in the order of the numbers.
func (p *paperWriter) exhibitsPaper() error {
	p.head()
	p.section(SectionExhibits, "exhibits", "証拠の標目と立証趣旨", "Exhibits and what they are to show")
	shows := p.shows()
	exhibits := p.exhibitsInOrder()
	var rows [][]paper.Cell
	var idle []string
	for _, e := range exhibits {
		if shows[e.ID] == nil {
			idle = append(idle, p.exhibit(e.ID))
		}
		rows = append(rows, []paper.Cell{
			cell(p.exhibit(e.ID)), theirCell(e.Title), cell(p.In(FormWord(e.Form))), cell(p.Date(e.DocumentDate.Span)),
			p.orBlank(PartyName(p.res.Report, e.Author), p.Say("記載なし", "not stated")), p.purpose(shows[e.ID]), p.remarksOnList(e),
		})
	}
	p.table([]column{
		{p.Say("号証", "Exhibit"), p.wide(7, 10)}, {p.Say("標目", "Title"), 16}, {p.Say("原本・写しの別", "Original or copy"), p.wide(9, 11)}, {p.Say("作成年月日", "Document date"), p.wide(12, 14)},
		{p.Say("作成者", "Author"), 10}, {p.Say("立証趣旨", "What it is to show"), 28}, {p.Say("備考", "Remarks"), 23},
	}, rows)
	p.paragraph(p.Say(fmt.Sprintf("証拠 計 %d点。", len(exhibits)), fmt.Sprintf("Exhibits: %d in all.", len(exhibits))))
	if len(idle) > 0 {
		list := strings.Join(idle, p.Say("、", ", "))
		p.notice(p.Say(fmt.Sprintf("立証趣旨が要件に結び付かない証拠 %d点: %s。提出の前に、要否を確かめること。", len(idle), list), fmt.Sprintf("Exhibits that bear on no clause, %d: %s. Check before filing whether they are needed.", len(idle), list)))
	}
	p.paragraph(p.Say("立証趣旨は、要件の答えが拠る事実から機械的に書き出した。〔〕内は、同じ設定で作った法的引用要約の見出しの番号と要件である。", "What an exhibit is to show was drawn from the facts that the answers rest on. In brackets are the headings of the citation summary that is made with the same settings, and the clauses."))
	return p.numbersOfSummary()
}

// remarksOnList is exhibitRemarks with the report's own name of the exhibit, and with
// what must be filled in of a picture or a recording.
func (p *paperWriter) remarksOnList(e audit.Exhibit) paper.Cell {
	remarks := p.exhibitRemarks(e)
	if p.Numbering != "" {
		remarks = append(spansOf(p.Say("報告での呼び名 ", "in the report: ")+p.theirs(e.ID)+p.Say("。", "; ")), remarks...)
	}
	if p.Numbering != "" && p.Lang == "en" {
		remarks = append(paper.Own("Japanese number "+p.japaneseNumber(e)+"; "), remarks...)
	}
	switch strings.ToLower(path.Ext(strings.ReplaceAll(e.File, `\`, "/"))) {
	case ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".mp3", ".wav", ".m4a", ".mp4", ".mov", ".avi", ".webm":
		remarks = append(remarks, paper.Span{Text: p.Say("。撮影・録音の対象・日時・場所・撮影者: （空欄）", "; object, time, place and maker of the picture or recording: (blank)")})
	}
	return remarks
}

// listsAllExhibits compares a finished list of exhibits with the report: every exhibit
// has its row, and the number in all is the number of rows.
func (p *paperWriter) listsAllExhibits(made *paper.Paper) error {
	if made.Kind != KindExhibits {
		return nil
	}
	head, rows := exhibitTable(made)
	want := len(p.res.Report.Exhibits)
	if len(rows) != want || want > 0 && len(head) == 0 {
		return fmt.Errorf("%s the list has %d exhibits, and the report %d", CodeTotals, len(rows), want)
	}
	for _, b := range made.Blocks {
		if text := paper.Text(b.Spans); b.Kind == paper.Paragraph && (strings.HasPrefix(text, "証拠 計 ") || strings.HasPrefix(text, "Exhibits: ")) && !slices.Equal(figures(text), []int{want}) {
			return fmt.Errorf("%s the list says %q, of %d exhibits", CodeTotals, text, want)
		}
	}
	return nil
}

// exhibitTable is the table of a list of exhibits: the last of its columns' width.
func exhibitTable(p *paper.Paper) (head []paper.Cell, rows [][]paper.Cell) {
	section := ""
	for _, b := range p.Blocks {
		if b.Section != "" {
			section = b.Section
		}
		if b.Kind == paper.Table && section == SectionExhibits {
			return b.Head, b.Rows
		}
	}
	return nil, nil
}

// WriteExhibitsXLSX writes a list of exhibits (KindExhibits) as a spreadsheet. Every
// cell is text: none is a formula.
func WriteExhibitsXLSX(w io.Writer, p *paper.Paper) error {
	head, rows := exhibitTable(p)
	sheet := xlsx.Sheet{Name: "証拠説明書", Title: p.Title, Notes: tableNotes(p), Widths: []int{10, 30, 10, 18, 18, 50, 36}, Head: cellTexts(head)}
	if p.Lang == "en" {
		sheet.Name = "Exhibits"
	}
	for _, row := range rows {
		sheet.Rows = append(sheet.Rows, cellTexts(row))
	}
	return xlsx.Write(w, sheet)
}

// WriteExhibitsCSV writes a list of exhibits (KindExhibits) as WriteCSV writes its
// table: every cell in quotes, and none a formula. The notes come after the rows.
func WriteExhibitsCSV(w io.Writer, p *paper.Paper) error {
	head, rows := exhibitTable(p)
	var b strings.Builder
	b.WriteString("\ufeff")
	row := func(texts []string) {
		for i, text := range texts {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(guarded(text), `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	row(cellTexts(head))
	for _, r := range rows {
		row(cellTexts(r))
	}
	for _, note := range tableNotes(p) {
		texts := make([]string, max(1, len(head)))
		texts[0] = note
		row(texts)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tableNotes are what stands beside a table wherever it goes: the notices of its paper,
// the report it is of, and the footer.
func tableNotes(p *paper.Paper) []string {
	notes := []string{"report sha256 " + p.Made.Report + ", rulebook sha256 " + p.Made.Rulebook + ", " + p.Made.Tool}
	for _, b := range p.Blocks {
		if b.Kind == paper.Notice {
			notes = append(notes, paper.Text(b.Spans))
		}
	}
	return append(notes, p.Footer)
}

func cellTexts(row []paper.Cell) []string {
	texts := make([]string, len(row))
	for i, c := range row {
		texts[i] = paper.Text(c)
	}
	return texts
}

// ExhibitFileName is the name under which an exhibit's file is filed: its number with
// at least two digits and its branch, its title, and the ending of the file; at most 50
// characters, and without those that file systems and filing systems refuse.
func ExhibitFileName(numbering string, n ExhibitNumber, e audit.Exhibit) string {
	const most = 50
	number := n.File(numbering)
	ext := fileSafe(strings.ToLower(path.Ext(strings.ReplaceAll(e.File, `\`, "/"))))
	if utf8.RuneCountInString(ext) > 10 || ext == "." {
		ext = ""
	}
	title := strings.Trim(fileSafe(e.Title), " ._")
	room := most - utf8.RuneCountInString(number+"_"+ext)
	if r := []rune(title); len(r) > room {
		title = strings.TrimRight(string(r[:room]), " ._")
	}
	if title == "" {
		return number + ext
	}
	return number + "_" + title + ext
}

// fileSafe puts a line in the place of what no file name may hold: separators, the
// characters that Windows refuses, controls and what shows nothing.
func fileSafe(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(` \/:*?"<>|,;~#%&{}$!'@+=`+"`", r) || r == utf8.RuneError || !strconv.IsPrint(r) {
			return '_'
		}
		return r
	}, text)
}
