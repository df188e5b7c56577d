package disk_test

import (
	"net"
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

// What is no plain file is not replaced by one, and a link still leads to its file.
func TestReplaceKeepsLinks(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "paper.md"), filepath.Join(dir, "link.md")
	if err := os.WriteFile(file, []byte("first"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skip("NOT TESTED: ", err)
	}
	if err := disk.Replace(link, []byte("second")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Skip("NOT TESTED: links are not seen as such here")
	}
	if have, err := os.ReadFile(file); err != nil || string(have) != "second" {
		t.Errorf("the file holds %q, %v", have, err)
	}
}

// A socket stands for devices here, which a test had better not put at risk.
func TestReplaceLeavesWhatIsNoFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "s")
	socket, err := net.Listen("unix", name)
	if err != nil {
		t.Skip("NOT TESTED: ", err)
	}
	defer socket.Close()
	if err := disk.Replace(name, []byte("x")); err == nil {
		t.Error("a socket was replaced by a file")
	}
}
