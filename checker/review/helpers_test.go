package review_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/review"
	"jobun/internal/day"
	"jobun/internal/source"
)

const at = "2026-11-25T10:00:00+09:00"

// load checks the 2012 fixture, with its text changed.
func load(t testing.TB, change func(string) string) *checker.Result {
	t.Helper()
	book, problems := checker.Load(os.DirFS("../../rules"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return checkWith(t, book, change)
}

func checkWith(t testing.TB, book *checker.Rulebook, change func(string) string) *checker.Result {
	t.Helper()
	text, err := os.ReadFile("../../fixtures/certificate-tool-2012/report.toml")
	if err != nil {
		t.Fatal(err)
	}
	changed := string(text)
	if change != nil {
		if changed = change(changed); changed == string(text) {
			t.Fatal("the change changes nothing")
		}
	}
	file, err := source.Read("report.toml", strings.NewReader(changed))
	if err != nil {
		t.Fatal(err)
	}
	report, problems := audit.Read(file)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	result, err := book.Check(report, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func open(t testing.TB, name string) *review.Journal {
	t.Helper()
	j, err := review.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func newName(t testing.TB) string { return filepath.Join(t.TempDir(), "report.decisions.jsonl") }

func read(t testing.TB, j *review.Journal, in review.Inputs) *review.Review {
	t.Helper()
	r, err := review.Read(j, in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func record(t testing.TB, r *review.Review, entries ...review.Entry) *review.Review {
	t.Helper()
	again, err := r.Record(entries...)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// on is an entry on a finding.
func on(f *checker.Finding, action review.Action, more ...func(*review.Entry)) review.Entry {
	e := review.Entry{At: at, By: "審査者A", Finding: review.KeyOf(f), Action: action, Note: "記録を読んで確かめた"}
	if action == review.SetAside {
		e.Reason = review.EvidenceLacking
	}
	if action == review.NeedsEvidence {
		e.Needs = "作成の日を示すログ"
	}
	for _, change := range more {
		change(&e)
	}
	return e
}

func by(name string) func(*review.Entry) { return func(e *review.Entry) { e.By = name } }

func stamped(entries []review.Entry) []review.Entry {
	for i := range entries {
		entries[i].At = at
	}
	return entries
}

func date(t testing.TB, text string) day.Date {
	t.Helper()
	d, err := day.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
