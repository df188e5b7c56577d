package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"jobun/internal/disk"
)

func TestReplace(t *testing.T) {
	name := filepath.Join(t.TempDir(), "paper.md")
	for _, text := range []string{"first", "second, longer", ""} {
		if err := disk.Replace(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if have, err := os.ReadFile(name); err != nil || string(have) != text {
			t.Errorf("after writing %q the file holds %q (%v)", text, have, err)
		}
	}
	left, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the file there is %v (%v)", left, err)
	}
}

func TestReplaceLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "is-a-folder")
	if err := os.Mkdir(name, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := disk.Replace(name, []byte("text")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("a failure leaves %v (%v)", left, err)
	}
}
