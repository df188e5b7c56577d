package review_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/review"
)

func TestDecisions(t *testing.T) {
	result := load(t, nil)
	f, g := result.Findings[0], result.Findings[1]
	name := newName(t)
	r := read(t, open(t, name), review.Inputs{Result: result})
	if r.Of(f).Status() != review.Undecided || r.Decided() != 0 {
		t.Fatalf("an empty journal decides %d", r.Decided())
	}
	r = record(t, r, on(f, review.TakeUp))
	r = record(t, r, on(g, review.SetAside))
	r = record(t, r, on(f, review.Note))
	r = record(t, r, on(f, review.NeedsEvidence))
	if r.Of(f).Status() != review.Status(review.NeedsEvidence) || r.Of(g).Status() != review.Status(review.SetAside) || r.Decided() != 2 {
		t.Errorf("status %s and %s, %d decided", r.Of(f).Status(), r.Of(g).Status(), r.Decided())
	}
	r = record(t, r, stamped(r.Undoing("審査者A"))...)
	if r.Of(f).Status() != review.Status(review.TakeUp) {
		t.Errorf("after undo: %s", r.Of(f).Status())
	}
	r = record(t, r, stamped(r.Undoing("審査者A"))...) // the note
	if len(r.Of(f).Notes) != 0 || len(r.Of(f).History) != 5 {
		t.Errorf("after the second undo: %d notes, %d entries", len(r.Of(f).Notes), len(r.Of(f).History))
	}
	r = record(t, r, stamped(r.Redoing("審査者A"))...)
	r = record(t, r, stamped(r.Redoing("審査者A"))...)
	if r.Of(f).Status() != review.Status(review.NeedsEvidence) || len(r.Of(f).Notes) != 1 {
		t.Errorf("after two redos: %s, %d notes", r.Of(f).Status(), len(r.Of(f).Notes))
	}
	if more := r.Redoing("審査者A"); more != nil {
		t.Errorf("there is more to redo: %v", more)
	}
	if others := r.Undoing("審査者B"); others != nil {
		t.Errorf("somebody undoes what another did: %v", others)
	}
	again := read(t, open(t, name), review.Inputs{Result: result})
	if again.Of(f).Status() != r.Of(f).Status() || again.Journal().Head() != r.Journal().Head() {
		t.Error("read again, the journal stands elsewhere")
	}
}

func TestOneStrokeIsUndoneAtOneStroke(t *testing.T) {
	result := load(t, nil)
	r := read(t, open(t, newName(t)), review.Inputs{Result: result})
	var all []review.Entry
	for _, f := range result.Findings[:5] {
		all = append(all, on(f, review.SetAside))
	}
	r = record(t, r, all...)
	if r.Decided() != 5 {
		t.Fatalf("%d decided", r.Decided())
	}
	r = record(t, r, stamped(r.Undoing("審査者A"))...)
	if r.Decided() != 0 || len(r.Journal().Entries()) != 10 {
		t.Errorf("after undo %d decided, %d entries", r.Decided(), len(r.Journal().Entries()))
	}
	r = record(t, r, stamped(r.Redoing("審査者A"))...)
	if r.Decided() != 5 {
		t.Errorf("after redo %d decided", r.Decided())
	}
}

func TestRefused(t *testing.T) {
	result := load(t, nil)
	f := result.Findings[0]
	r := read(t, open(t, newName(t)), review.Inputs{Result: result})
	conditioned := f.Elements[slices.IndexFunc(f.Elements, func(a *checker.Answer) bool { return !review.TakesAnswer(a) })]
	for _, c := range []struct {
		name  string
		entry review.Entry
	}{
		{"no author", on(f, review.TakeUp, by(" "))},
		{"no time", on(f, review.TakeUp, func(e *review.Entry) { e.At = "yesterday" })},
		{"no such action", on(f, "convict")},
		{"taken up without a note", on(f, review.TakeUp, func(e *review.Entry) { e.Note = "" })},
		{"set aside without a reason", on(f, review.SetAside, func(e *review.Entry) { e.Reason = "" })},
		{"set aside without a note", on(f, review.SetAside, func(e *review.Entry) { e.Note = "　" })},
		{"evidence without what", on(f, review.NeedsEvidence, func(e *review.Entry) { e.Needs = "" })},
		{"evidence for no clause of it", on(f, review.NeedsEvidence, func(e *review.Entry) { e.Clause = "nothing" })},
		{"an empty note", on(f, review.Note, func(e *review.Entry) { e.Note = "" })},
		{"an answer to what records answer", on(f, review.Answer, func(e *review.Entry) { e.Clause, e.Answer = conditioned.Clause.ID, "yes" })},
		{"an answer to no clause", on(f, review.Answer, func(e *review.Entry) { e.Answer = "yes" })},
		{"approval of nothing", on(f, review.Approve)},
		{"undo of nothing", on(f, review.Undo, func(e *review.Entry) { e.UndoOf = 1 })},
		{"expiry on no day", on(f, review.TakeUp, func(e *review.Entry) { e.Expires = "2026-02-30" })},
		{"not UTF-8", on(f, review.Note, func(e *review.Entry) { e.Note = "\xff" })},
		{"no such finding", review.Entry{At: at, By: "A", Finding: review.Key{Rule: "a/b", Entity: "c:d"}, Action: review.TakeUp, Note: "x"}},
	} {
		if _, err := r.Record(c.entry); err == nil {
			t.Errorf("%s was recorded", c.name)
		}
	}
	if n := len(r.Journal().Entries()); n != 0 {
		t.Errorf("%d entries", n)
	}
}

func TestAnswersDecideAtOnce(t *testing.T) {
	result := load(t, nil)
	f, clause := judged(t, result)
	r := read(t, open(t, newName(t)), review.Inputs{Result: result})
	r = record(t, r, on(f, review.TakeUp))
	r = record(t, r, on(f, review.Answer, func(e *review.Entry) { e.Clause, e.Answer = clause, "no" }))
	s := r.Of(f)
	if a, _ := s.Finding.Answer(clause); a.Code != checker.Contradicted || s.Finding.Assessment != checker.ContradictedElement {
		t.Errorf("answered no: %s, %s", a.Code, s.Finding.Assessment)
	}
	if s.Status() != review.Recheck || !slices.Equal(s.Causes, []review.Cause{review.AnswersChanged}) {
		t.Errorf("the decision before the answer: %s because of %v", s.Status(), s.Causes)
	}
	r = record(t, r, stamped(r.Undoing("審査者A"))...)
	if s := r.Of(f); s.Status() != review.Status(review.TakeUp) || s.Finding.Assessment != f.Assessment {
		t.Errorf("after undo: %s, %s", s.Status(), s.Finding.Assessment)
	}
}

// judged finds a finding with an element for a person, on which nothing is otherwise
// contradicted.
func judged(t *testing.T, result *checker.Result) (*checker.Finding, string) {
	t.Helper()
	for _, f := range result.Findings {
		for _, a := range f.Elements {
			if a.Code == checker.Judgement && f.Assessment != checker.ContradictedElement && f.Assessment != checker.NotInForce {
				return f, a.Clause.ID
			}
		}
	}
	t.Fatal("there is nothing to judge")
	return nil, ""
}

func TestTwoReviewers(t *testing.T) {
	result := load(t, func(text string) string {
		return strings.Replace(text, "\nformat = 1\n", "\nformat = 1\nreviewers = 2\n", 1)
	})
	f := result.Findings[0]
	r := read(t, open(t, newName(t)), review.Inputs{Result: result})
	r = record(t, r, on(f, review.TakeUp))
	if r.Of(f).Status() != review.Proposed {
		t.Fatalf("one of two: %s", r.Of(f).Status())
	}
	for _, name := range []string{"審査者A", " 審査者A "} {
		if _, err := r.Record(on(f, review.Approve, by(name))); err == nil {
			t.Errorf("%q approves what they decided", name)
		}
	}
	r = record(t, r, on(f, review.Approve, by("審査者B")))
	if r.Of(f).Status() != review.Status(review.TakeUp) {
		t.Errorf("two of two: %s", r.Of(f).Status())
	}
	r = record(t, r, stamped(r.Undoing("審査者B"))...)
	if r.Of(f).Status() != review.Proposed {
		t.Errorf("the approval taken back: %s", r.Of(f).Status())
	}
}

func TestExpiry(t *testing.T) {
	result := load(t, nil)
	f := result.Findings[0]
	j := open(t, newName(t))
	record(t, read(t, j, review.Inputs{Result: result}), on(f, review.TakeUp, func(e *review.Entry) { e.Expires = "2026-12-31" }))
	for today, want := range map[string]review.Status{"2026-12-31": "take-up", "2027-01-01": review.Expired} {
		if have := read(t, j, review.Inputs{Result: result, Today: date(t, today)}).Of(f).Status(); have != want {
			t.Errorf("on %s: %s", today, have)
		}
	}
}

// Every part of what a decision rests on, changed by itself, marks it with that cause.
func TestPins(t *testing.T) {
	result := load(t, nil)
	f, clause := judged(t, result)
	if f.Anchor.Stated == nil {
		t.Fatal("the finding has no day")
	}
	text := func(hash string) func(*checker.Finding) string {
		return func(*checker.Finding) string { return hash }
	}
	j := open(t, newName(t))
	r := record(t, read(t, j, review.Inputs{Result: result, Text: text("aa")}), on(f, review.TakeUp))
	causes := func(in review.Inputs) []review.Cause { return read(t, j, in).Of(f).Causes }
	if have := causes(review.Inputs{Result: load(t, nil), Text: text("")}); have != nil {
		t.Errorf("a text that is no longer in the store: %v", have)
	}
	if have := causes(review.Inputs{Result: result, Text: text("bb")}); !slices.Equal(have, []review.Cause{review.TextChanged}) {
		t.Errorf("another text: %v", have)
	}
	record(t, r, on(f, review.Answer, func(e *review.Entry) { e.Clause, e.Answer = clause, "yes" }))
	if have := causes(review.Inputs{Result: result}); !slices.Equal(have, []review.Cause{review.AnswersChanged}) {
		t.Errorf("an answer: %v", have)
	}
}

func TestPinsFollowTheReport(t *testing.T) {
	before := load(t, nil)
	r := read(t, open(t, newName(t)), review.Inputs{Result: before})
	for _, f := range before.Findings {
		r = record(t, r, on(f, review.NeedsEvidence))
	}
	statement := `
[[statement]]
id = "added"
by = "` + before.Report.Parties[0].ID + `"
exhibit = "` + before.Report.Exhibits[0].ID + `"
text = "争う"
stance = "opposes"
on = [{ rule = "` + before.Findings[0].Rule.ID + `" }]
`
	after := load(t, func(text string) string { return text + statement })
	said := read(t, r.Journal(), review.Inputs{Result: after})
	for _, f := range after.Findings {
		want := f.Rule.ID == before.Findings[0].Rule.ID
		if have := slices.Contains(said.Of(f).Causes, review.StatementsChanged); have != want {
			t.Errorf("%s: a statement on %s: %v", f.Rule.ID, before.Findings[0].Rule.ID, said.Of(f).Causes)
		}
		if slices.Contains(said.Of(f).Causes, review.EvidenceChanged) {
			t.Errorf("%s: a statement is taken for evidence", f.Rule.ID)
		}
	}
}

func TestPinsFollowTheRule(t *testing.T) {
	files := os.DirFS("../../rules")
	book, problems := checker.Load(files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	digests := map[string]bool{}
	for _, rule := range book.Rules {
		if len(rule.Digest) != 64 || digests[rule.Digest] {
			t.Errorf("%s: digest %q", rule.ID, rule.Digest)
		}
		digests[rule.Digest] = true
	}
	changed := overlay{files, "behaviours/"}
	other, problems := checker.Load(changed)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	differ := 0
	for i, rule := range book.Rules {
		if other.Rules[i].Digest != rule.Digest {
			differ++
		}
	}
	if differ == 0 || differ == len(book.Rules) {
		t.Errorf("with other behaviours %d of %d rules are others", differ, len(book.Rules))
	}
}

func TestOthersAreSeen(t *testing.T) {
	result := load(t, nil)
	f := result.Findings[0]
	name := newName(t)
	mine, theirs := read(t, open(t, name), review.Inputs{Result: result}), read(t, open(t, name), review.Inputs{Result: result})
	record(t, theirs, on(f, review.SetAside, by("審査者B")))
	after, err := mine.Record(on(f, review.TakeUp))
	var moved *review.MovedError
	if !errors.As(err, &moved) || len(moved.Added) != 1 || moved.Added[0].By != "審査者B" {
		t.Fatalf("recorded over another's unseen decision: %v", err)
	}
	if after.Of(f).Status() != review.Status(review.SetAside) {
		t.Errorf("the other's decision is not shown: %s", after.Of(f).Status())
	}
	after = record(t, after, on(f, review.TakeUp))
	if after.Of(f).Status() != review.Status(review.TakeUp) || len(after.Of(f).History) != 2 {
		t.Errorf("%s after %d entries", after.Of(f).Status(), len(after.Of(f).History))
	}
}

func TestGone(t *testing.T) {
	result := load(t, nil)
	f := result.Findings[0]
	j := open(t, newName(t))
	record(t, read(t, j, review.Inputs{Result: result}), on(f, review.TakeUp))
	fewer := *result
	fewer.Findings = result.Findings[1:]
	r := read(t, j, review.Inputs{Result: &fewer})
	gone := r.Gone()
	if len(gone) != 1 || gone[0].Status() != review.Recheck || !slices.Equal(gone[0].Causes, []review.Cause{review.FindingGone}) || r.Decided() != 0 {
		t.Errorf("gone: %+v", gone)
	}
}

// Whatever is recorded, undone and redone, the journal read again says what the
// program shows, and undoing everything leaves nothing decided.
func TestReviewProperties(t *testing.T) {
	result := load(t, nil)
	rapid.Check(t, func(rt *rapid.T) {
		name := newName(t)
		r := read(t, open(t, name), review.Inputs{Result: result})
		for range rapid.IntRange(1, 20).Draw(rt, "steps") {
			var entries []review.Entry
			switch rapid.IntRange(0, 4).Draw(rt, "what") {
			case 0:
				entries = r.Undoing("審査者A")
			case 1:
				entries = r.Redoing("審査者A")
			default:
				f := rapid.SampledFrom(result.Findings).Draw(rt, "finding")
				entries = []review.Entry{on(f, rapid.SampledFrom([]review.Action{review.TakeUp, review.SetAside, review.NeedsEvidence, review.Note}).Draw(rt, "action"))}
			}
			if len(entries) > 0 {
				r = record(t, r, stamped(entries)...)
			}
		}
		again := read(t, open(t, name), review.Inputs{Result: result})
		for _, f := range result.Findings {
			if r.Of(f).Status() != again.Of(f).Status() {
				rt.Fatalf("%s: shown %s, read %s", f.ID, r.Of(f).Status(), again.Of(f).Status())
			}
		}
		for len(r.Undoing("審査者A")) > 0 {
			r = record(t, r, stamped(r.Undoing("審査者A"))...)
		}
		if r.Decided() != 0 {
			rt.Fatalf("everything is undone, and %d are decided", r.Decided())
		}
	})
}
