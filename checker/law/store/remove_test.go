package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// What is removed is gone and nothing else is: a text that two revisions share stays until
// the last of them goes, and then the law with it.
func TestRemove(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	first, second := testLaw+"_20000213_000000000000000", testLaw+"_20100401_422AC0000000010"
	for _, id := range []string{first, second} {
		imported(t, s, Options{Asserts: true}, put(t, filepath.Join(dir, id+".xml"), lawXML(1, "題名", "甲。")))
	}
	other := "411AC0000000002"
	imported(t, s, Options{}, put(t, filepath.Join(dir, other+"_20000213_000000000000000.xml"), lawXML(2, "別名", "乙。")))
	if _, err := s.Path(testLaw, date("2000-02-13"), "At_1"); err != nil { // makes its units
		t.Fatal(err)
	}
	ctx := context.Background()
	for _, wrong := range [][2]string{{testLaw, "none"}, {testLaw, ""}, {"411AC0000000009", first}, {"../names", first}, {other, first}} {
		if _, err := s.Remove(ctx, wrong[0], wrong[1]); !errors.Is(err, ErrNoText) {
			t.Errorf("%v: %v", wrong, err)
		}
	}
	sound := func(laws, texts int) {
		t.Helper()
		v, err := s.Verify(ctx)
		if err != nil || !v.Sound() || len(v.Orphans)+len(v.Stale) != 0 || v.Laws != laws || v.Texts != texts {
			t.Errorf("%+v, %v", v, err)
		}
	}
	sound(2, 2)
	removed, err := s.Remove(ctx, testLaw, first)
	if err != nil || removed.ID != first || removed.LawID != testLaw || removed.From != date("2000-02-13") {
		t.Errorf("%+v, %v", removed, err)
	}
	sound(2, 2)
	for on, want := range map[string]Status{"2000-02-13": Before, "2010-04-01": Held} {
		if a, err := s.Revision(testLaw, date(on)); err != nil || a.Status != want {
			t.Errorf("%s: %v, %v", on, a.Status, err)
		}
	}
	if _, err := s.Remove(ctx, testLaw, second); err != nil {
		t.Error(err)
	}
	sound(1, 1)
	entries, err := s.Laws()
	if err != nil || len(entries) != 1 || entries[0].ID != other {
		t.Errorf("%+v, %v", entries, err)
	}
	// A text whose file is lost can be removed too.
	r, err := s.Revision(other, date("2000-02-13"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(s.filePath(r.Revision.SHA256)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Remove(ctx, other, r.Revision.ID); err != nil {
		t.Error(err)
	}
	sound(0, 0)
}
