package tui

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/internal/source"
	"jobun/rules"
)

// smallCase is the report and rulebook of testdata/case, which stay as they are
// so that goldens change only when screens do.
func smallCase(t testing.TB) *checker.Result {
	t.Helper()
	return checked(t, os.DirFS(filepath.Join("testdata", "case", "rules")), readFile(t, filepath.Join("testdata", "case", "report.toml")))
}

// alteredCase is the small case, but the file of its log is not the one that the
// report states.
func alteredCase(t testing.TB) *checker.Result {
	result := smallCase(t)
	result.Exhibits["L3"] = audit.HashDiffers
	return result
}

// realCase is the fixture of 2012 under the rulebook that the program carries.
func realCase(t testing.TB) *checker.Result {
	t.Helper()
	return checked(t, rules.Files, readFile(t, filepath.Join("..", "fixtures", "certificate-tool-2012", "report.toml")))
}

// emptyCase is a report that says nothing.
func emptyCase(t testing.TB) *checker.Result {
	t.Helper()
	return checked(t, os.DirFS(filepath.Join("testdata", "case", "rules")), []byte("format = 1\ntitle = \"何も述べない報告\"\n\n[subject]\nname = \"ツール\"\n"))
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func checked(t testing.TB, files fs.FS, report []byte) *checker.Result {
	t.Helper()
	book, problems := checker.Load(files)
	if len(problems) > 0 {
		t.Fatalf("load the rulebook:\n%s", problems.Render(100))
	}
	r, problems := audit.Read(source.File{Name: "report.toml", Text: report})
	if len(problems) > 0 {
		t.Fatalf("read the report:\n%s", problems.Render(100))
	}
	result, err := book.Check(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	result.Exhibits = map[string]audit.ExhibitState{}
	for _, x := range audit.VerifyExhibits(r, fstest.MapFS{}) {
		result.Exhibits[x.Exhibit] = x.State
	}
	return result
}

func started(result *checker.Result, lang string, width, height int) *model {
	m := newModel(result, export.Style{Lang: lang})
	m.resize(width, height)
	return m
}
