package export_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/source"
)

// reviewed checks a fixture and reads a journal that is not there yet.
func reviewed(t testing.TB, name string) *review.Review {
	t.Helper()
	book, problems := checker.Load(os.DirFS("../../rules"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	text, err := os.ReadFile("../../fixtures/installer-with-consent/report.toml")
	if err != nil {
		t.Fatal(err)
	}
	file, err := source.Read("report.toml", bytes.NewReader(text))
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
	j, err := review.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := review.Read(j, review.Inputs{Result: result})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// withoutStrays leaves of an entry what its action has a place for.
func withoutStrays(e review.Entry) review.Entry {
	kept := review.Entry{At: e.At, By: e.By, Finding: e.Finding, Action: e.Action, Note: e.Note}
	switch e.Action {
	case review.SetAside:
		kept.Reason, kept.Expires = e.Reason, e.Expires
	case review.TakeUp:
		kept.Expires = e.Expires
	case review.NeedsEvidence:
		kept.Clause, kept.Needs, kept.Expires = e.Clause, e.Needs, e.Expires
	case review.Answer:
		kept.Clause, kept.Answer = e.Clause, e.Answer
	case review.Approve:
		kept.Approves = e.Approves
	case review.Undo:
		kept.UndoOf = e.UndoOf
	}
	return kept
}

// What Refusal refuses review.Record refuses, and nothing else: the words and the rule
// do not part.
func TestRefusalIsRecords(t *testing.T) {
	empty := reviewed(t, filepath.Join(t.TempDir(), "none.jsonl"))
	var clauses []string
	for _, f := range empty.Result.Findings {
		clauses = append(clauses, f.Rule.ClauseIDs()...)
	}
	orNot := func(words ...string) *rapid.Generator[string] { return rapid.SampledFrom(append(words, "", " ")) }
	reasons := append(review.Reasons(), "", "whim")
	refused, recorded := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "refusal-")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		j, err := review.Open(filepath.Join(dir, "j.jsonl"))
		if err != nil {
			rt.Fatal(err)
		}
		r, err := review.Read(j, review.Inputs{Result: empty.Result})
		if err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 15).Draw(rt, "entries") {
			f := rapid.SampledFrom(r.Result.Findings).Draw(rt, "finding")
			e := review.Entry{
				At: "2026-11-25T10:00:00+09:00", By: orNot("A", "B", "b", "C").Draw(rt, "by"), Finding: review.KeyOf(f),
				Action: rapid.SampledFrom(review.Actions()).Draw(rt, "action"), Clause: orNot(append(f.Rule.ClauseIDs(), clauses...)...).Draw(rt, "clause"),
				Answer: orNot("yes", "no").Draw(rt, "answer"), Reason: rapid.SampledFrom(reasons).Draw(rt, "reason"), Note: orNot("note", "n", strings.Repeat("x", review.MaxText+1)).Draw(rt, "note"),
				Needs: orNot("log").Draw(rt, "needs"), Expires: orNot("2027-03-31", "2027-02-30", "2020-01-01").Draw(rt, "expires"),
				Approves: rapid.IntRange(0, 6).Draw(rt, "approves"), UndoOf: rapid.IntRange(0, 6).Draw(rt, "undo"),
			}
			if rapid.IntRange(0, 9).Draw(rt, "stray") > 0 {
				e = withoutStrays(e)
			}
			why := export.Refusal(r, e)
			again, err := r.Record(e)
			if (why != export.Text{}) != (err != nil) {
				rt.Fatalf("%+v: refused for %q, and recording it gives %v", e, why.En, err)
			}
			if err != nil {
				refused++
				continue
			}
			recorded++
			r = again
		}
	})
	less := 1
	if testing.Short() {
		less = 5 // so many times fewer tries
	}
	if refused < 100/less || recorded < 30/less {
		t.Errorf("refused %d, recorded %d: too few to tell", refused, recorded)
	}
}

// A finding that there is not is refused, whatever is done.
func TestRefusalOfNothing(t *testing.T) {
	r := reviewed(t, filepath.Join(t.TempDir(), "none.jsonl"))
	for _, a := range review.Actions() {
		e := review.Entry{By: "A", Action: a, Note: "n", Needs: "n", Finding: review.Key{Rule: "no/such", Entity: "rule:none"}}
		if export.Refusal(r, e) == (export.Text{}) {
			t.Errorf("%s is not refused", a)
		}
	}
}

// Every action and reason is found by its code and by its words in both languages.
func TestNamed(t *testing.T) {
	for _, a := range review.Actions() {
		for _, word := range []string{string(a), export.ActionWord(a).Ja, export.ActionWord(a).En} {
			if have, ok := export.ActionNamed(word); !ok || have != a {
				t.Errorf("%q is %q, not %q", word, have, a)
			}
		}
	}
	for _, reason := range review.Reasons() {
		for _, word := range []string{string(reason), export.ReasonWord(reason).Ja, export.ReasonWord(reason).En} {
			if have, ok := export.ReasonNamed(word); !ok || have != reason {
				t.Errorf("%q is %q, not %q", word, have, reason)
			}
		}
	}
	if _, ok := export.ActionNamed("棄却"); ok {
		t.Error("a word that is none is an action")
	}
}

func TestAt(t *testing.T) {
	for _, c := range []struct{ at, ja, en string }{
		{"2026-11-25T10:00:00+09:00", "令和8年11月25日 10:00", "25 November 2026 10:00"},
		{"2026-11-25T23:30:00-05:00", "令和8年11月25日 23:30 UTC-05:00", "25 November 2026 23:30 UTC-05:00"},
		{"2026-11-25T01:00:00Z", "令和8年11月25日 01:00 UTC+00:00", "25 November 2026 01:00 UTC+00:00"},
	} {
		if have := (export.Style{Lang: "ja"}).At(c.at); have != c.ja {
			t.Errorf("%s is %q, not %q", c.at, have, c.ja)
		}
		if have := (export.Style{Lang: "en"}).At(c.at); have != c.en {
			t.Errorf("%s is %q, not %q", c.at, have, c.en)
		}
	}
}

// Without a journal the text is what it was; a journal is said on every finding and in
// the summary, and what a reviewer wrote obeys nothing.
func TestTextWithDecisions(t *testing.T) {
	name := filepath.Join(t.TempDir(), "j.jsonl")
	r := reviewed(t, name)
	f := r.Result.Findings[0]
	r, err := r.Record(review.Entry{At: "2026-11-25T10:00:00+09:00", By: "A\x1b[31m", Finding: review.KeyOf(f), Action: review.SetAside, Reason: review.Duplicate, Note: "見る\x1b[2J\u202eところ"})
	if err != nil {
		t.Fatal(err)
	}
	text := func(rv *review.Review) string {
		var b bytes.Buffer
		if err := export.WriteText(&b, r.Result, export.TextOptions{Style: export.Style{Lang: "ja"}, Width: 200, Review: rv}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	without, with := text(nil), text(r)
	if strings.Contains(without, "検討の記録") || strings.Contains(without, "未検討") {
		t.Error("without a review something is said of it")
	}
	if n := strings.Count(with, "\n  結果  "); n != len(r.Result.Findings) {
		t.Errorf("%d of %d findings say what became of them", n, len(r.Result.Findings))
	}
	for _, want := range []string{"見送り（他の指摘と重複）  A\\x1B[31m  令和8年11月25日 10:00", "検討結果 1/5件（未検討 4、見送り 1）。", r.Journal().Head()} {
		if !strings.Contains(with, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	var left []string
	for line := range strings.Lines(with) {
		if !strings.HasPrefix(line, "  結果") && !strings.HasPrefix(line, "検討") {
			left = append(left, line)
		}
	}
	if strings.Join(left, "") != without {
		t.Error("a decision changes other lines")
	}
	if strings.ContainsAny(with, "\x1b\u202e") {
		t.Error("what a reviewer wrote is not inert")
	}
	var b bytes.Buffer
	if err := errors.Join(export.WriteReviewedJSON(&b, r, nil), export.WriteJournalJSON(&b, r, r.Journal().Entries())); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\u202e") {
		t.Error("the JSON is not inert")
	}
}
