package disk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"jobun/internal/disk"
)

// A file that somebody reads is replaced once they have done so, and not if they never do.
func TestReplaceWaitsForReaders(t *testing.T) {
	name := filepath.Join(t.TempDir(), "law.json")
	for _, reads := range []time.Duration{50 * time.Millisecond, time.Minute} {
		if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		reader, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(name, name+"2"); err == nil {
			t.Skip("this Windows renames open files")
		}
		done := time.AfterFunc(reads, func() { reader.Close() })
		err = disk.Replace(name, []byte("new"))
		if done.Stop() {
			reader.Close()
		}
		if (err == nil) != (reads < time.Second) {
			t.Errorf("read for %s: %v", reads, err)
		}
	}
}
