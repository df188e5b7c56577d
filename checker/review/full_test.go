package review

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A disk that fills in the middle of a line leaves the journal as it was.
func TestFullDisk(t *testing.T) {
	name := filepath.Join(t.TempDir(), "j.jsonl")
	j, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	entry := Entry{At: "2026-11-25T10:00:00Z", By: "A", Finding: Key{"a/b", "c:d"}, Action: Note, Note: "text"}
	if _, err := j.Append(0, entry); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	whole := j.write
	for _, room := range []int{0, 1, 50} {
		j.write = func(f *os.File, text []byte) (int, error) {
			n, _ := f.Write(text[:room])
			return n, full
		}
		if _, err := j.Append(1, entry); !errors.Is(err, full) {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
		again, err := Open(name)
		if err != nil || len(again.Entries()) != 1 || again.Torn() != 0 {
			t.Errorf("with room for %d bytes the journal holds %d entries (%v)", room, len(again.Entries()), err)
		}
	}
	j.write = whole
	if _, err := j.Append(1, entry); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
