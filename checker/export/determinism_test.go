package export

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
	"jobun/internal/day"
	"jobun/internal/source"
	"jobun/rules"
)

// backwards is a file system that lists every folder in the other order.
type backwards struct{ fs.FS }

func (b backwards) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(b.FS, name)
	slices.Reverse(entries)
	return entries, err
}

func rulebook(t testing.TB, files fs.FS) *checker.Rulebook {
	t.Helper()
	b, problems := checker.Load(files)
	if err := problems.Err(); err != nil {
		t.Fatalf("load:\n%v", err)
	}
	return b
}

func result(t testing.TB, b *checker.Rulebook, text []byte) *checker.Result {
	t.Helper()
	r, problems := audit.Read(source.File{Name: "report.toml", Text: text})
	if err := problems.Err(); err != nil {
		t.Fatalf("read:\n%v", err)
	}
	res, err := b.Check(r, nil)
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	return res
}

func fixtures(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../../fixtures/*/[rc]*.toml") // report.toml, completed.toml
	if err != nil || len(names) == 0 {
		t.Fatalf("no example reports: %v", err)
	}
	texts := map[string][]byte{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.ToSlash(name)] = text
	}
	return texts
}

func summaryOf(t testing.TB, res *checker.Result, style Style) *paper.Paper {
	t.Helper()
	p, err := Summary(res, PaperOptions{Style: style, Dated: day.Date{Year: 2026, Month: 11, Day: 24}, Tool: "jobun 0"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// written is a result in every form, by the name of the form.
func written(t testing.TB, res *checker.Result) map[string]string {
	t.Helper()
	forms := map[string]string{}
	keep := func(name string, write func(*bytes.Buffer) error) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		forms[name] = b.String()
	}
	keep("json", func(b *bytes.Buffer) error { return WriteJSON(b, res, nil) })
	for _, style := range []Style{{Lang: "ja"}, {Lang: "en", ISO: true, Glyphs: ASCII}} {
		keep("text "+style.Lang, func(b *bytes.Buffer) error {
			return WriteText(b, res, TextOptions{Style: style, Width: 40})
		})
		keep("verbose text "+style.Lang, func(b *bytes.Buffer) error {
			return WriteText(b, res, TextOptions{Style: style, Width: 100, Verbose: true})
		})
		keep("markdown "+style.Lang, func(b *bytes.Buffer) error {
			return summaryOf(t, res, style).Markdown(b)
		})
		keep("html "+style.Lang, func(b *bytes.Buffer) error { return summaryOf(t, res, style).HTML(b) })
		keep("docx "+style.Lang, func(b *bytes.Buffer) error { return summaryOf(t, res, style).Write(b, paper.DOCXFormat) })
		keep("plain "+style.Lang, func(b *bytes.Buffer) error { return summaryOf(t, res, style).PlainText(b, 74) })
	}
	return forms
}

// The same report and the same rules are the same bytes: read again, checked
// again, and from a file system that lists the rules in another order.
func TestSameInputSameBytes(t *testing.T) {
	first, second := rulebook(t, rules.Files), rulebook(t, backwards{rules.Files})
	if first.Digest != second.Digest {
		t.Errorf("the digest depends on the order of files: %s, %s", first.Digest, second.Digest)
	}
	for name, text := range fixtures(t) {
		want := written(t, result(t, first, text))
		for i, b := range []*checker.Rulebook{first, second} {
			for form, have := range written(t, result(t, b, text)) {
				if have != want[form] {
					t.Errorf("%s: %s differs in reading %d", name, form, i+2)
				}
			}
		}
		for form, have := range want {
			if len(have) < 1000 {
				t.Errorf("%s: %s has only %d bytes", name, form, len(have))
			}
		}
	}
}
