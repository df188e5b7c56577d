package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/export/docx"
)

// sample is a document with everything in it, and text that would be markup.
func sample(g docx.Geometry) *docx.Document {
	d := docx.New(docx.Options{Title: "見本 <&>", Lang: "ja", Geometry: g, Footer: "本書は見本です。", Draft: "下書き"})
	d.Paragraph(docx.Title, 0, docx.Run{Text: "法的引用要約"})
	d.TOC()
	for n := range 3 {
		d.Heading(1, fmt.Sprintf("F-%d", n), n > 0, docx.Run{Text: fmt.Sprintf("第%d　指摘", n+1)})
		d.Heading(2, "", false, docx.Run{Text: "1　事実"})
		note := d.Footnote(docx.Run{Text: "甲1・12行目 "}, docx.Run{Text: strings.Repeat("0f", 32), Mono: true})
		d.Paragraph(docx.Body, 0, docx.Run{Text: "管理者の利用者が追加された。"}, note)
		d.Paragraph(docx.Quoted, 0, docx.Run{Text: "①", Bold: true}, docx.Run{Text: "正当な理由がないのに</w:t>、葛󠄀城 𠮟る ｶﾞ"})
		d.Paragraph(docx.Listed, 2, docx.Run{Text: "- 二段目"})
		var rows [][]docx.Cell
		for i := range 40 {
			rows = append(rows, []docx.Cell{{{{Text: fmt.Sprint(i)}}}, {{{Text: "行の一"}}, {{Text: "行の二\n改行"}}}, {{{Text: "F-0", Link: "F-0"}}}})
		}
		d.Table([]int{1, 5, 2}, []docx.Cell{{{{Text: "№"}}}, {{{Text: "内容"}}}, {{{Text: "先"}}}}, rows)
	}
	return d
}

func written(t *testing.T, d *docx.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, sample(docx.Court)), written(t, sample(docx.Court))) {
		t.Error("the same document gives other bytes")
	}
}

// Every part is well-formed, and every part that is named is there.
func TestParts(t *testing.T) {
	text := written(t, sample(docx.Report))
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		there[f.Name] = string(part)
		decoder := xml.NewDecoder(bytes.NewReader(part))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	for _, name := range []string{"document", "styles", "settings", "footnotes", "header1", "footer1"} {
		if there["word/"+name+".xml"] == "" || !strings.Contains(there["[Content_Types].xml"], "/word/"+name+".xml") || !strings.Contains(there["word/_rels/document.xml.rels"]+"document.xml", name+".xml") {
			t.Errorf("word/%s.xml is not there, or not named", name)
		}
	}
	document := there["word/document.xml"]
	for _, want := range []string{`TOC \o "1-1"`, `<w:tblHeader/>`, `w:name="F_0"`, `w:anchor="F_0"`, `&lt;/w:t&gt;`, `<w:footnoteReference w:id="3"/>`} {
		if !strings.Contains(document, want) {
			t.Errorf("the document holds no %s", want)
		}
	}
}

// LibreOffice opens the document: all text is there, on A4, with page numbers and a
// head of the table on every page that the table is on.
func TestLibreOfficeReadsIt(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("SKIPPED: there is no LibreOffice to open the document with")
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "sample.docx")
	if err := os.WriteFile(name, written(t, sample(docx.Court)), 0o600); err != nil {
		t.Fatal(err)
	}
	convert := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, name)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, "sample.pdf"), "-").Output()
	if err != nil {
		t.Skipf("SKIPPED: there is no pdftotext: %v", err)
	}
	out = bytes.ReplaceAll(out, []byte(" "), nil) // between Latin and Japanese text it sets some
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	for i, page := range pages {
		if number := fmt.Sprintf("%d/%d", i+1, len(pages)); !strings.Contains(page, number) || !strings.Contains(page, "下書き") {
			t.Errorf("page %d has no %q, or no mark of a draft", i+1, number)
		}
		if strings.Contains(page, "行の一") && !strings.Contains(page, "内容") {
			t.Errorf("page %d has a part of a table without its head", i+1)
		}
	}
	for _, want := range []string{"法的引用要約", "</w:t>", "甲1・12行目", "行の二"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the pages do not hold %q", want)
		}
	}
	if keep := os.Getenv("JOBUN_KEEP"); keep != "" {
		_ = os.Rename(filepath.Join(dir, "sample.pdf"), filepath.Join(keep, "sample.pdf"))
	}
}
