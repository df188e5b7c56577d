package observe

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/audit/listing"
)

// Folders in which nothing is known were not compared, and that is said of each.
func TestCompareOfNothing(t *testing.T) {
	empty, other := t.TempDir(), filepath.Dir(file(t, "a.txt", []byte("a letter\n")))
	r, err := Run(Options{Before: empty, After: other})
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, s := range r.Sources {
		if s.Partial && strings.Contains(strings.Join(s.Notes, ""), "nothing was compared") && (s.File == empty || s.File == other) {
			said++
		}
	}
	if !r.Partial || said != 2 {
		t.Errorf("partial %v: %+v", r.Partial, r.Sources)
	}
	if r, err := Run(Options{Before: "../listing/testdata/pairs/keystore/before", After: other}); err != nil || !r.Partial {
		t.Errorf("one folder of nothing: %v", err)
	}
}

// A listing that cannot be hashed is said to be none, and the others are compared.
func TestCompareToleratesAnUnreadableFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "b.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	x := &comparing{builder: newBuilder(Options{})}
	into := map[string]*reading{}
	x.exhibits(dir, "前", listing.Snapshot{Files: []listing.File{
		{Name: "a.txt", Formats: []string{"net user"}, Losses: []listing.Loss{{What: "permission denied"}}},
		{Name: "b.txt", Formats: []string{"net user"}},
	}}, into)
	r := x.result()
	if len(r.Report.Exhibits) != 1 || !r.Partial || into["a.txt"].source.Exhibit != "" || into["b.txt"].source.Exhibit == "" {
		t.Errorf("%+v", r.Sources)
	}
	if notes := strings.Join(into["a.txt"].source.Notes, "\n"); !strings.Contains(notes, "hash: ") || strings.Contains(notes, "line 0") {
		t.Errorf("%q", notes)
	}
}
