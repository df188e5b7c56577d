package coverage

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"jobun/checker"
	"jobun/checker/law/store"
	"jobun/rules"
)

// sharedStore imports the collected texts, or skips the test aloud.
func sharedStore(t *testing.T) (*store.Store, *checker.Rulebook) {
	t.Helper()
	dir := os.Getenv("JOBUN_SHARED")
	if dir == "" {
		t.Skip("JOBUN_SHARED is not set: the rules' phrases are NOT looked for in the laws")
	}
	s, err := store.Open(filepath.Join(t.TempDir(), "store"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(context.Background(), []string{filepath.Join(dir, "law", "xml")}, store.Options{}); err != nil {
		t.Fatal(err)
	}
	book, problems := checker.Load(rules.Files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s, book
}

// Every phrase of every rule stands in every text that is held of its days.
func TestSharedPins(t *testing.T) {
	s, book := sharedStore(t)
	c := New(s)
	checked, phrases, texts := 0, 0, 0
	for _, r := range book.Rules {
		p, err := c.Pins(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Faults {
			t.Errorf("%s.%s: %s", r.ID, f.Clause, f.Says)
		}
		for _, f := range p.Around {
			t.Errorf("%s.%s: %s", r.ID, f.Clause, f.Says)
		}
		switch {
		case p.NoLaw:
			continue
		case p.Unchecked():
			t.Errorf("%s: no text", r.ID)
		}
		checked, phrases, texts = checked+1, phrases+p.Phrases, texts+len(p.Texts)
		if len(p.Without) > 0 {
			t.Logf("%s: %d phrases in %d texts; no text: %v", r.ID, p.Phrases, len(p.Texts), p.Without)
		}
	}
	if checked != 26 {
		t.Errorf("%d rules were checked", checked)
	}
	t.Logf("%d rules, %d phrases, %d texts", checked, phrases, texts)
}

// Of every cited unit that is held, every word is read or left out for a reason.
func TestSharedCoverage(t *testing.T) {
	s, book := sharedStore(t)
	c := New(s)
	units := 0
	for _, r := range book.Rules {
		covered, err := c.Cover(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range covered.Stale {
			t.Errorf("%s: %s", r.ID, f.Says)
		}
		for _, u := range covered.Units {
			units++
			if _, _, bare := u.Counts(); bare > 0 {
				t.Errorf("%s: %d characters that nothing reads: %s", r.ID, bare, u.marked(r))
			}
		}
	}
	if units != 63 {
		t.Errorf("%d units", units)
	}
}
