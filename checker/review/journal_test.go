package review_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobun/checker/review"
)

// overlay is files of which those of a folder end in a comment.
type overlay struct {
	fs.FS
	folder string
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	text, err := fs.ReadFile(o.FS, name)
	if strings.HasPrefix(name, o.folder) {
		text = append(text, "\n# touched\n"...)
	}
	return text, err
}

func (o overlay) Open(name string) (fs.File, error) {
	if !strings.HasPrefix(name, o.folder) || path.Ext(name) != ".toml" {
		return o.FS.Open(name)
	}
	text, err := o.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f, err := o.FS.Open(name)
	return touched{f, bytes.NewReader(text)}, err
}

type touched struct {
	fs.File
	text *bytes.Reader
}

func (t touched) Read(b []byte) (int, error) { return t.text.Read(b) }

func note(text string) review.Entry {
	return review.Entry{At: at, By: "審査者A", Finding: review.Key{Rule: "law/question", Entity: "account:a"}, Action: review.Note, Note: text}
}

// Every byte of every line but the last is protected by the line after it, and the
// last by its form and by what it says of itself.
func TestEveryChangeIsSeen(t *testing.T) {
	name := newName(t)
	j := open(t, name)
	for i := range 4 {
		if _, err := j.Append(i, note(fmt.Sprintf("メモ%d <&> \u2028", i))); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	refused := func(what string, changed []byte) {
		t.Helper()
		if err := os.WriteFile(name, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := review.Open(name)
		var broken *review.BrokenError
		if !errors.As(err, &broken) {
			t.Errorf("%s: %v", what, err)
		}
	}
	protected := len(text) - len(lines[3])
	for i := range protected {
		changed := bytes.Clone(text)
		changed[i] ^= 1
		refused(fmt.Sprintf("byte %d", i), changed)
	}
	for i := range 3 {
		without := bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil)
		refused(fmt.Sprintf("line %d taken out", i+1), without)
		twice := bytes.Join(append(append(append([][]byte{}, lines[:i]...), lines[i], lines[i]), lines[i+1:]...), nil)
		refused(fmt.Sprintf("line %d twice", i+1), twice)
	}
	refused("a space", bytes.Replace(text, []byte(`{"seq":4,`), []byte(`{"seq": 4,`), 1))
	refused("a further field", bytes.Replace(text, []byte(`{"seq":4,`), []byte(`{"seq":4,"x":1,`), 1))
	refused("an empty line", append(bytes.Clone(text), '\n'))
}

func TestTheEndCutAway(t *testing.T) {
	name := newName(t)
	j := open(t, name)
	for i := range 2 {
		if _, err := j.Append(i, note("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(name, 10); err != nil {
		t.Fatal(err)
	}
	var broken *review.BrokenError
	if _, err := j.Append(2, note("y")); !errors.As(err, &broken) {
		t.Errorf("cut while open: %v", err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Refresh(); !errors.As(err, &broken) {
		t.Errorf("removed while open: %v", err)
	}
}

// What a crash left of an entry is moved away and kept, and counts for nothing.
func TestTornEnd(t *testing.T) {
	name := newName(t)
	if _, err := open(t, name).Append(0, note("whole")); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, torn := range []string{`{"seq":2`, string(whole[:len(whole)-1]), "\xff\x00", "{}"} {
		if err := os.WriteFile(name, append(bytes.Clone(whole), torn...), 0o600); err != nil {
			t.Fatal(err)
		}
		j := open(t, name)
		if len(j.Entries()) != 1 || j.Torn() != len(torn) {
			t.Fatalf("%q: %d entries, %d bytes torn", torn, len(j.Entries()), j.Torn())
		}
		if _, err := j.Append(1, note("next")); err != nil {
			t.Fatal(err)
		}
		if again := open(t, name); len(again.Entries()) != 2 || again.Torn() != 0 {
			t.Errorf("%q: then %d entries, %d bytes torn", torn, len(again.Entries()), again.Torn())
		}
		kept, err := os.ReadFile(name + ".torn")
		if err != nil || !bytes.HasSuffix(kept, []byte(torn+"\n")) {
			t.Errorf("%q is kept as %q (%v)", torn, kept, err)
		}
	}
}

// A last line that lost nothing but its line end still counts, and the next entry
// follows it.
func TestLineEndLost(t *testing.T) {
	name := newName(t)
	j := open(t, name)
	for i := range 2 {
		if _, err := j.Append(i, note("x")); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, info.Size()-1); err != nil {
		t.Fatal(err)
	}
	again := open(t, name)
	if len(again.Entries()) != 2 || again.Torn() != 0 {
		t.Fatalf("%d entries, %d bytes torn", len(again.Entries()), again.Torn())
	}
	if _, err := again.Append(2, note("y")); err != nil {
		t.Fatal(err)
	}
	if last := open(t, name); len(last.Entries()) != 3 || last.Torn() != 0 {
		t.Errorf("then %d entries, %d bytes torn", len(last.Entries()), last.Torn())
	}
}

// A part of what was recorded at one stroke counts for nothing, and is a fault where
// more follows it.
func TestPartOfAStroke(t *testing.T) {
	name := newName(t)
	j := open(t, name)
	if _, err := j.Append(0, note("before")); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append(1, note("one"), note("two"), note("three")); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	for kept := 2; kept <= 3; kept++ {
		if err := os.WriteFile(name, bytes.Join(lines[:kept], nil), 0o600); err != nil {
			t.Fatal(err)
		}
		if j := open(t, name); len(j.Entries()) != 1 || j.Torn() == 0 {
			t.Errorf("of the stroke's three lines %d are there: %d entries, %d bytes torn", kept-1, len(j.Entries()), j.Torn())
		}
	}
	again := open(t, name)
	if _, err := again.Append(1, note("after")); err != nil {
		t.Fatal(err)
	}
	if last := open(t, name); len(last.Entries()) != 2 || last.Torn() != 0 {
		t.Errorf("then %d entries, %d bytes torn", len(last.Entries()), last.Torn())
	}
}

func TestHugeJournal(t *testing.T) {
	name := newName(t)
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 3<<30); err != nil {
		t.Skipf("SKIPPED: no sparse files: %v", err)
	}
	var broken *review.BrokenError
	if _, err := review.Open(name); !errors.As(err, &broken) {
		t.Errorf("a journal of 3 GB: %v", err)
	}
}

func TestWhereNothingCanBeWritten(t *testing.T) {
	dir := t.TempDir()
	if _, err := open(t, filepath.Join(dir, "no-such-folder", "j.jsonl")).Append(0, note("x")); err == nil || !strings.Contains(err.Error(), "nothing was recorded") {
		t.Errorf("no folder: %v", err)
	}
	if _, err := review.Open(dir); err == nil {
		t.Error("a folder was read as a journal")
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		if _, err := review.Open("/dev/full"); err == nil {
			t.Error("a device was read as a journal")
		}
	}
}

// The test program is also the program that is killed: see TestMain.
const (
	childVariable = "JOBUN_TEST_JOURNAL"
	childReady    = "ready"
)

func TestMain(m *testing.M) {
	if name := os.Getenv(childVariable); name != "" {
		writeWithoutEnd(name)
	}
	os.Exit(m.Run())
}

// writeWithoutEnd records notes until it is killed, and says on standard output that
// it begins and which are recorded.
func writeWithoutEnd(name string) {
	j, err := review.Open(name)
	if err != nil {
		fmt.Println("broken:", err)
		os.Exit(1)
	}
	fmt.Println(childReady)
	for i := 0; ; i++ {
		text := fmt.Sprintf("%d-%d", os.Getpid(), i)
		_, err := j.Append(len(j.Entries()), note(text))
		var moved *review.MovedError
		switch {
		case errors.As(err, &moved):
			i-- // as a person would: look, and record it all the same
			continue
		case err != nil:
			fmt.Println("broken:", err)
			os.Exit(1)
		}
		fmt.Println(text)
	}
}

// child is a program that writes the journal until it is killed.
type child struct {
	cmd   *exec.Cmd
	ready chan struct{} // closed when it begins to write, or has ended
	said  chan []string
}

func startChild(t *testing.T, name string) *child {
	c := &child{cmd: exec.Command(os.Args[0]), ready: make(chan struct{}), said: make(chan []string, 1)}
	c.cmd.Env = append(os.Environ(), childVariable+"="+name)
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		var lines []string
		isReady := false
		for r := bufio.NewReader(out); ; {
			line, err := r.ReadString('\n')
			if err != nil { // a line without an end was not said
				break
			}
			if line = strings.TrimSpace(line); line != childReady {
				lines = append(lines, line)
			}
			if !isReady {
				isReady = true
				close(c.ready)
			}
		}
		if !isReady {
			close(c.ready)
		}
		c.said <- lines
	}()
	return c
}

// lines waits for the end of a child that was killed and gives what it said.
func (c *child) lines() []string {
	lines := <-c.said
	_ = c.cmd.Wait()
	return lines
}

// Two programs write one journal and are killed at random moments, many times: it is
// valid each time, and whatever was said to be recorded is there once.
func TestKilled(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	name := newName(t)
	recorded := map[string]bool{}
	random := rand.New(rand.NewPCG(1, 2))
	for range kills / 2 {
		var children [2]*child
		for i := range children {
			children[i] = startChild(t, name)
		}
		for _, c := range children {
			if random.IntN(8) > 0 { // else it may be killed as it opens the journal
				<-c.ready
			}
			time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond)
			_ = c.cmd.Process.Kill()
		}
		for _, c := range children {
			for _, line := range c.lines() {
				if strings.HasPrefix(line, "broken") {
					t.Fatal(line)
				}
				recorded[line] = true
			}
		}
	}
	count := map[string]int{}
	for _, e := range open(t, name).Entries() {
		count[e.Note]++
	}
	for text := range recorded {
		if count[text] != 1 {
			t.Errorf("%s was recorded, and is there %d times", text, count[text])
		}
	}
	if len(recorded) < kills/4 {
		t.Errorf("only %d entries were recorded before the kills", len(recorded))
	}
	t.Logf("%d kills, %d entries said to be recorded, %d in the journal", kills, len(recorded), len(count))
}

func TestDrafts(t *testing.T) {
	j := open(t, newName(t))
	draft := review.Draft{By: "審査者A", Finding: review.Key{Rule: "a/b", Entity: "c:d"}, Action: review.SetAside, Note: "書きかけ"}
	if err := j.SaveDraft(draft); err != nil {
		t.Fatal(err)
	}
	draft.Note = "書きかけの続き"
	if err := j.SaveDraft(draft); err != nil {
		t.Fatal(err)
	}
	if have := j.Drafts("審査者A"); len(have) != 1 || have[0].Note != draft.Note {
		t.Errorf("drafts: %+v", have)
	}
	if have := j.Drafts("審査者B"); len(have) != 0 {
		t.Errorf("another's drafts: %+v", have)
	}
	if err := j.DropDraft("審査者A", draft.Finding); err != nil {
		t.Fatal(err)
	}
	if have := j.Drafts("審査者A"); len(have) != 0 {
		t.Errorf("after dropping it: %+v", have)
	}
}

func FuzzJournal(f *testing.F) {
	name := filepath.Join(f.TempDir(), "seed.jsonl")
	j, err := review.Open(name)
	if err != nil {
		f.Fatal(err)
	}
	for i := range 2 {
		if _, err := j.Append(i, note("x")); err != nil {
			f.Fatal(err)
		}
	}
	seed, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add(seed[:len(seed)-7])
	f.Add([]byte("\n"))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		name := newName(t)
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := review.Open(name)
		if err != nil {
			return
		}
		before := len(j.Entries())
		if _, err := j.Append(before, note("next")); err != nil {
			t.Fatal(err)
		}
		if again := open(t, name); len(again.Entries()) != before+1 {
			t.Fatalf("%d entries, and one more is %d", before, len(again.Entries()))
		}
	})
}
