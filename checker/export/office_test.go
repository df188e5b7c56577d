package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"jobun/checker/export/paper"
	"jobun/rules"
)

// opened lets LibreOffice turn files into another format, all in one run, and gives the
// folder that they are in. Without LibreOffice the test is skipped, and says so.
func opened(t *testing.T, to string, files map[string][]byte, more ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("with -short")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("NOT TESTED: there is no soffice to open the papers with")
	}
	dir := t.TempDir()
	arguments := append([]string{"-env:UserInstallation=file://" + dir + "/profile", "--headless"}, more...)
	arguments = append(arguments, "--convert-to", to, "--outdir", dir)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, files[name], 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, file)
	}
	if out, err := exec.Command("soffice", arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// inFormat is a paper in a format.
func inFormat(t testing.TB, p *paper.Paper, f paper.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// everyPaper is every kind of paper of every fixture: in Japanese on the page of courts,
// in English on the other.
func everyPaper(t testing.TB) map[string]*paper.Paper {
	t.Helper()
	b := rulebook(t, rules.Files)
	papers := map[string]*paper.Paper{}
	for name, text := range fixtures(t) {
		res := result(t, b, text)
		for _, kind := range Kinds() {
			for lang, geometry := range map[string]string{"ja": "court", "en": "report"} {
				o := companionOptions(lang)
				o.Geometry = geometry
				p, err := Make(res, kind, o)
				if errors.Is(err, ErrRefused) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				papers[filepath.Base(filepath.Dir(name))+"-"+kind+"-"+lang] = p
			}
		}
	}
	return papers
}

// Every word of every paper is what LibreOffice reads of the document, in the order of
// the paper, the notes where they are referred to; and it reads nothing else but numbers
// and bullets.
func TestWordsInLibreOffice(t *testing.T) {
	papers := everyPaper(t)
	files := map[string][]byte{}
	for name, p := range papers {
		files[name+".docx"] = inFormat(t, p, paper.DOCXFormat)
	}
	dir := opened(t, "fodt", files)
	altered := 0
	for name, p := range papers {
		body, all := writerText(t, filepath.Join(dir, name+".fodt"))
		for _, text := range []string{p.Footer, p.Draft} {
			if !strings.Contains(all, squeezed(text)) {
				t.Errorf("%s: %q is not on its pages", name, text)
			}
		}
		if wrong := otherWords(p, body); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
		p.Walk(func(s *paper.Span) { // and another paper is another one
			if len(s.Note) > 0 && altered < 20 {
				altered++
				was := *s
				for _, other := range []paper.Span{{Text: was.Text + "も", Note: was.Note}, {Text: was.Text}, {Text: was.Text, Note: []paper.Span{{Text: "注"}}}} {
					*s = other
					if otherWords(p, body) == "" {
						t.Errorf("%s: %+v for %+v is let through", name, other, was)
					}
				}
				*s = was
			}
		})
	}
	if len(papers) < 50 || altered < 20 {
		t.Errorf("%d papers, %d altered: too few to tell", len(papers), altered)
	}
}

// otherWords compares a paper with a text without spaces that was read of it, and says
// where they first differ.
func otherWords(p *paper.Paper, body string) string {
	rest, isSame := strings.CutPrefix(body, squeezed(p.Title))
	if !isSame {
		return "it does not begin with its title"
	}
	wrong := ""
	p.Walk(func(s *paper.Span) {
		before, after, isThere := strings.Cut(rest, squeezed(s.Text))
		if wrong == "" && (!isThere || utf8.RuneCountInString(before) > longestLead) {
			wrong = fmt.Sprintf("%q is not where it should be, but %q", s.Text, rest[:min(len(rest), 200)])
		}
		rest = after
	})
	if wrong == "" && rest != "" {
		wrong = fmt.Sprintf("it ends with more than the paper: %q", rest)
	}
	return wrong
}

// longestLead is how many characters may stand before a block: a bullet and a number.
const longestLead = 12

// writerText is the text of a Flat OpenDocument, without spaces: of its body, where the
// notes are in their places and the table of contents is left out; and all of it.
func writerText(t *testing.T, name string) (body, all string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var in, every strings.Builder
	within := map[string]int{}
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return in.String(), every.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			within[token.Name.Local]++
		case xml.EndElement:
			within[token.Name.Local]--
		case xml.CharData:
			text := squeezed(string(token))
			every.WriteString(text)
			if within["text"] > 0 && within["table-of-content"] == 0 && within["note-citation"] == 0 {
				in.WriteString(text)
			}
		}
	}
}

// squeezed is a text without its spaces.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// Every cell of the tables, of every fixture and of hostile reports, is what LibreOffice
// reads of it, and no cell is worked out; the same LibreOffice does find a formula in a
// table that is not guarded.
func TestCellsInLibreOffice(t *testing.T) {
	b := rulebook(t, rules.Files)
	reports := fixtures(t)
	for name, text := range hostiles() {
		reports["hostile/"+strings.ReplaceAll(name, " ", "-")+"/report.toml"] = hostileReport(text)
	}
	want := map[string][][]string{}
	sheets, tables := map[string][]byte{}, map[string][]byte{"unguarded.csv": []byte("\ufeff\"種別\",\"a\"\r\n\"=1+1\",\"b\"\r\n")}
	for name, text := range reports {
		name = filepath.Base(filepath.Dir(name))
		res := result(t, b, text)
		list := companion(t, res, KindExhibits, companionOptions("ja"))
		var sheet, table bytes.Buffer
		if err := errors.Join(WriteExhibitsXLSX(&sheet, list), WriteExhibitsCSV(&table, list)); err != nil {
			t.Fatal(err)
		}
		findings := inForm(t, "csv", res, machineOptions("ja"))
		sheets[name+"-list.xlsx"], tables[name+"-table.csv"], tables[name+"-findings.csv"] = sheet.Bytes(), table.Bytes(), []byte(findings)
		want[name+"-table"], want[name+"-findings"] = tableOf(t, table.String()), tableOf(t, findings)
		head, rows := exhibitTable(list)
		want[name+"-list"] = [][]string{cellTexts(head)}
		for _, row := range rows {
			want[name+"-list"] = append(want[name+"-list"], cellTexts(row))
		}
	}
	sheetsIn, tablesIn := opened(t, "fods", sheets), opened(t, "fods", tables, "--infilter=CSV:44,34,76,1")
	compared := 0
	for name, rows := range want {
		dir := tablesIn
		if strings.HasSuffix(name, "-list") {
			dir = sheetsIn
		}
		have, formulas := sheetCells(t, filepath.Join(dir, name+".fods"))
		if dir == sheetsIn { // above the head are the title and the notes
			have = have[max(0, slices.IndexFunc(have, func(row []string) bool { return slices.Equal(row, rows[0]) })):]
		}
		if len(have) != len(rows) || formulas > 0 {
			t.Errorf("%s: %d rows, not %d; %d formulas", name, len(have), len(rows), formulas)
			continue
		}
		for i, row := range rows {
			if row = trimmed(row); !slices.Equal(have[i], row) {
				t.Errorf("%s: row %d is %q, not %q", name, i, have[i], row)
			}
			compared += len(row)
		}
	}
	if _, formulas := sheetCells(t, filepath.Join(tablesIn, "unguarded.fods")); formulas != 1 || compared < 15_000 {
		t.Errorf("%d cells, %d formulas in what is not guarded: this tests nothing", compared, formulas)
	}
}

// trimmed is a row without the empty cells at its end, which no spreadsheet keeps.
func trimmed(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// sheetCells are the cells of a Flat OpenDocument spreadsheet as they are shown, in
// rows that are trimmed, and how many of them have a formula.
func sheetCells(t *testing.T, name string) (rows [][]string, formulas int) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var row []string
	var text strings.Builder
	times, paragraphs, inText := 1, 0, false
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return rows, formulas
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "table-row":
				row = nil
			case "table-cell":
				text.Reset()
				times, paragraphs = number(token, "number-columns-repeated"), 0
				if slices.ContainsFunc(token.Attr, func(a xml.Attr) bool { return a.Name.Local == "formula" }) {
					formulas++
				}
			case "p":
				inText = true
				if paragraphs++; paragraphs > 1 {
					text.WriteByte('\n')
				}
			case "s":
				text.WriteString(strings.Repeat(" ", number(token, "c")))
			case "tab":
				text.WriteByte('\t')
			case "line-break":
				text.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				text.WriteString(string(token))
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "p":
				inText = false
			case "table-cell":
				for range min(times, 100) {
					row = append(row, text.String())
				}
			case "table-row":
				rows = append(rows, trimmed(row))
			}
		}
	}
}

// number is an attribute that counts; 1 where it is not given.
func number(e xml.StartElement, name string) int {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			n, _ := strconv.Atoi(a.Value)
			return n
		}
	}
	return 1
}
