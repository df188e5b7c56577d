package observe

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A link in a folder is not followed, and is said; what it is is no damage.
func TestLinksInFoldersAreSaid(t *testing.T) {
	outside := file(t, "outside.xml", []byte(oneEvent))
	dir := filepath.Dir(file(t, "a.xml", []byte(oneEvent)))
	if err := os.Symlink(outside, filepath.Join(dir, "b.xml")); err != nil {
		t.Skip("NOT TESTED: ", err)
	}
	if info, err := os.Lstat(filepath.Join(dir, "b.xml")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Skip("NOT TESTED: Wine's links are not seen as such")
	}
	r := run(t, nil, dir)
	if len(r.Sources) != 2 || r.Partial || len(r.Report.Observed) != 1 || !strings.Contains(strings.Join(r.Sources[1].Notes, ""), "a link in a folder") {
		t.Errorf("%+v", r.Sources)
	}
}

// A folder in a folder that cannot be opened is said to be missing, and the rest is read.
func TestUnreadableSubfolder(t *testing.T) {
	dir := filepath.Dir(file(t, "z.xml", []byte(oneEvent)))
	locked := filepath.Join(dir, "locked")
	if err := os.Mkdir(locked, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(locked, 0o700) })
	if _, err := os.ReadDir(locked); err == nil {
		t.Skip("NOT TESTED: this user may open every folder")
	}
	r := run(t, nil, dir)
	if len(r.Sources) != 2 || !r.Partial || !r.Sources[0].Partial || r.Sources[0].File != locked || len(r.Report.Observed) != 1 {
		t.Errorf("%+v", r.Sources)
	}
}
