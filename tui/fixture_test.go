package tui

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
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
	m := newModel(indexOf(result), export.Style{Lang: lang})
	m.resize(width, height)
	return m
}

// reviewing is started with a new journal, a clock that stands still and an author.
func reviewing(t testing.TB, result *checker.Result, lang string, width, height int) *model {
	t.Helper()
	return reviewingIn(t, filepath.Join(t.TempDir(), "report.decisions.jsonl"), result, lang, width, height)
}

func reviewingIn(t testing.TB, name string, result *checker.Result, lang string, width, height int) *model {
	t.Helper()
	journal, err := review.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := review.Read(journal, review.Inputs{Result: result})
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(indexOf(r.Result), export.Style{Lang: lang})
	m.recordIn(r, "審査者A", func() time.Time { return time.Date(2026, 11, 25, 10, 30, 0, 0, time.FixedZone("JST", 9*60*60)) })
	m.resize(width, height)
	return m
}
