package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The API's answers are imported as they come: texts, tables of revisions, and
// what is neither is refused by name.
func TestSharedAPI(t *testing.T) {
	dir := os.Getenv("JOBUN_SHARED")
	if dir == "" {
		t.Skip("JOBUN_SHARED is not set: API answers are NOT imported")
	}
	s := opened(t)
	report := imported(t, s, Options{Grade: Official, Fetched: date("2026-06-24")}, filepath.Join(dir, "law", "api"))
	if len(report.Imported) != 4 || report.Tables != 9 {
		t.Errorf("%d texts, %d tables", len(report.Imported), report.Tables)
	}
	for _, r := range report.Refused {
		if name := filepath.Base(r.File); !strings.HasPrefix(name, "error_") && !strings.HasPrefix(name, "laws_") {
			t.Errorf("%s: %v", name, r.Why)
		}
	}
	// The table tells where a text ends, and of one day's two the later law's is it.
	for on, want := range map[string]Status{"2025-05-22": Before, "2025-05-23": Held, "2025-05-31": Held, "2025-06-01": Held, "2025-06-12": Gap} {
		if a, err := s.Revision("140AC0000000045", date(on)); err != nil || a.Status != want {
			t.Errorf("%s: %s %s, %v", on, a.Status, a.Revision.ID, err)
		}
	}
}
