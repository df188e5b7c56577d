package linear_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/source"
	"jobun/tui/linear"
)

var update = flag.Bool("update", false, "rewrite the wanted dialogues")

// check checks a fixture.
func check(t testing.TB, fixture string) *checker.Result {
	t.Helper()
	book, problems := checker.Load(os.DirFS("../../rules"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	text, err := os.ReadFile(filepath.Join("../../fixtures", fixture, "report.toml"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := source.Read("report.toml", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	report, problems := audit.Read(file)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	result, err := book.Check(report, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// read reads a journal as a program of its own would.
func read(t testing.TB, result *checker.Result, name string) *review.Review {
	t.Helper()
	j, err := review.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := review.Read(j, review.Inputs{Result: result})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func newName(t testing.TB) string { return filepath.Join(t.TempDir(), "report.decisions.jsonl") }

func options(lang string) linear.Options {
	at := time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	return linear.Options{Style: export.Style{Lang: lang}, By: "審査者A", Now: func() time.Time { return at }}
}

// speak gives a dialogue its lines, and gives what it said and the review after it.
func speak(t testing.TB, result *checker.Result, name string, o linear.Options, lines ...string) (string, *review.Review) {
	t.Helper()
	var out bytes.Buffer
	in := strings.NewReader(strings.Join(lines, "\n") + "\n")
	if err := linear.Run(context.Background(), in, &out, read(t, result, name), o); err != nil {
		t.Fatal(err)
	}
	plainWords(t, out.String())
	return out.String(), read(t, result, name)
}

// plainWords wants whole lines without anything that moves a cursor.
func plainWords(t testing.TB, text string) {
	t.Helper()
	if text != "" && !strings.HasSuffix(text, "\n") {
		t.Error("the last line is not ended")
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if strings.ContainsFunc(line, unicode.IsControl) {
			t.Errorf("a control character in %q", line)
		}
		if strings.Contains(line, "  ") || strings.TrimSpace(line) != line || line == "" {
			t.Errorf("space for its own sake in %q", line)
		}
		if !strings.ContainsAny(line[max(0, len(line)-3):], "。．？！.?!:：") && !strings.HasPrefix(line, "jobun law ") {
			t.Errorf("%q does not end", line)
		}
	}
}

// script is a review of the smaller fixture that uses every command.
func script() []string {
	return []string{
		"?", "f", "g F-NOSUCH", "ｇ　2", "v 1", "w 1", "t", "h", "b", "b",
		"a", "", "取り上げて検討する", "d", "9", "2", "記録がない", "u", "U", "u", "n",
		"d", ".", "e", "", "作成の日を示すログ", "99", "1", "c", "メモの一行", "L",
		"r", "2", "3", "x", "n", "", "p", "a 3 4 2027-03-31", "二件とも検討する", "l", "m", "s", "i", "nothing of the kind", "q",
	}
}

func TestScript(t *testing.T) {
	result := check(t, "installer-with-consent")
	for _, lang := range []string{"ja", "en"} {
		have, _ := speak(t, result, newName(t), options(lang), script()...)
		if strings.ContainsFunc(have, func(r rune) bool { return r >= 0x2500 && r <= 0x259f }) {
			t.Errorf("%s: a box is drawn", lang)
		}
		name := filepath.Join("testdata", "script."+lang+".want")
		if *update {
			if err := os.WriteFile(name, []byte(have), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if have != strings.ReplaceAll(string(want), "\r\n", "\n") {
			t.Errorf("%s is stale: run go test ./tui/linear -update and read the difference", name)
		}
	}
}

// Every action of the journal can be done in the dialogue.
func TestEveryAction(t *testing.T) {
	result := check(t, "certificate-tool-2012")
	name := newName(t)
	_, r := speak(t, result, name, options("ja"),
		"a", "なお検討する", "n", "d", "2", "足りない", "n", "e", "ログ", "", "c", "メモ", "g 1", "r 8", "n", "理由", "u", "q")
	other := options("ja")
	other.By = "審査者B"
	_, r2 := speak(t, result, name, other, "p", "q")
	seen := map[review.Action]bool{}
	for _, e := range r2.Journal().Entries() {
		seen[e.Action] = true
	}
	for _, a := range review.Actions() {
		if !seen[a] {
			t.Errorf("%s is not in the journal", a)
		}
	}
	if f := r.Result.Findings[1]; r.Of(f).Status() != review.Status(review.SetAside) || r.Of(f).Decision.Reason != review.EvidenceLacking {
		t.Errorf("the second finding is %v", r.Of(f).Status())
	}
	first := r2.Of(r2.Result.Findings[0])
	if len(first.Approvals) != 1 || first.Approvals[0].By != "審査者B" {
		t.Errorf("the first decision has the approvals %v", first.Approvals)
	}
	if len(first.Answers) != 0 {
		t.Errorf("an answer that was taken back stands: %v", first.Answers)
	}
}

// An answer changes the finding at once, and is told; it unsettles the decision.
func TestAnswerReevaluates(t *testing.T) {
	said, r := speak(t, check(t, "certificate-tool-2012"), newName(t), options("en"), "d", "2", "reason", "r 8", "y", "", "q")
	f := r.Result.Findings[0]
	a := f.Elements[7]
	if a.Person == nil || !a.Person.Yes || a.Code != checker.Supported {
		t.Errorf("the answer is %+v", a)
	}
	if r.Of(f).Status() != review.Recheck || !strings.Contains(said, "The decision on "+f.ID+" was: set aside. It is: to be looked at again.") {
		t.Errorf("the decision is %s, and it was said\n%s", r.Of(f).Status(), said[strings.LastIndex(said, "Recorded"):])
	}
}

// What was being written when the input ended is kept, and gone on with.
func TestDraft(t *testing.T) {
	result := check(t, "certificate-tool-2012")
	name := newName(t)
	_, r := speak(t, result, name, options("ja"), "d", "3")
	if n := len(r.Journal().Entries()); n != 0 {
		t.Errorf("%d entries of a decision that was not finished", n)
	}
	drafts := r.Journal().Drafts("審査者A")
	if len(drafts) != 1 || drafts[0].Reason != review.RecordMisread {
		t.Fatalf("the drafts are %v", drafts)
	}
	said, r := speak(t, result, name, options("ja"), "i", "y", "読み違えていた", "q")
	if !strings.Contains(said, "書きかけの検討結果が 1件あります") {
		t.Error("the draft is not told of")
	}
	if st := r.Of(r.Result.Findings[0]); st.Decision == nil || st.Decision.Reason != review.RecordMisread || st.Decision.Note != "読み違えていた" {
		t.Errorf("the decision is %+v", st.Decision)
	}
	if left := r.Journal().Drafts("審査者A"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	speak(t, result, name, options("ja"), "n", "d", "3")
	_, r = speak(t, result, name, options("ja"), "n", "i", "n", "q")
	if left := r.Journal().Drafts("審査者A"); len(left) != 0 {
		t.Errorf("dropped and left: %v", left)
	}
}

// between gives lines, and does something before the one that is marked.
type between struct {
	lines []string
	at    int
	do    func()
}

func (b *between) Read(p []byte) (int, error) {
	if len(b.lines) == 0 {
		return 0, io.EOF
	}
	if b.at == 0 {
		b.do()
	}
	b.at--
	n := copy(p, b.lines[0]+"\n")
	b.lines = b.lines[1:]
	return n, nil
}

// What another program records while somebody writes is told, and nothing is recorded
// before that is confirmed.
func TestTwoPrograms(t *testing.T) {
	result := check(t, "certificate-tool-2012")
	for _, c := range []struct {
		confirm string
		want    int
	}{{"y", 2}, {"n", 1}} {
		name := newName(t)
		in := &between{lines: []string{"d", "2", "理由", c.confirm, "q"}, at: 2, do: func() {
			other := read(t, result, name)
			if _, err := other.Record(review.Entry{At: "2026-11-25T09:00:00+09:00", By: "審査者B", Finding: review.KeyOf(result.Findings[0]), Action: review.Note, Note: "先に書いた"}); err != nil {
				t.Error(err)
			}
		}}
		var out bytes.Buffer
		if err := linear.Run(context.Background(), in, &out, read(t, result, name), options("ja")); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "先に書いた") || !strings.Contains(out.String(), "それでも記録しますか") {
			t.Errorf("the other's entry is not told of:\n%s", out.String())
		}
		if n := len(read(t, result, name).Journal().Entries()); n != c.want {
			t.Errorf("after %s there are %d entries, not %d", c.confirm, n, c.want)
		}
	}
}

// A journal that is changed under the dialogue ends it, with that as the error.
func TestBrokenUnderway(t *testing.T) {
	result := check(t, "certificate-tool-2012")
	name := newName(t)
	speak(t, result, name, options("ja"), "c", "一つ目", "q")
	in := &between{lines: []string{"n", "c", "二つ目", "q"}, at: 1, do: func() {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Error(err)
		}
	}}
	var broken *review.BrokenError
	if err := linear.Run(context.Background(), in, io.Discard, read(t, result, name), options("ja")); !errors.As(err, &broken) {
		t.Errorf("the error is %v", err)
	}
}

// A journal that cannot be written stops nothing, and nothing is lost.
func TestNowhereToWrite(t *testing.T) {
	result := check(t, "certificate-tool-2012")
	name := filepath.Join(t.TempDir(), "no-such-folder", "j.jsonl")
	said, _ := speak(t, result, name, options("ja"), "c", "メモ", "n", "q")
	if !strings.Contains(said, "何も記録していません") || !strings.Contains(said, "指摘 2、") {
		t.Errorf("it said\n%s", said)
	}
}

// failing writes some bytes and then no more.
type failing struct{ room int }

func (f *failing) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

func TestEndings(t *testing.T) {
	result := check(t, "installer-with-consent")
	interrupted, stop := context.WithCancel(context.Background())
	stop()
	never, _ := io.Pipe()
	var out bytes.Buffer
	if err := linear.Run(interrupted, never, &out, read(t, result, newName(t)), options("ja")); !errors.Is(err, context.Canceled) || !strings.Contains(out.String(), "記録したものはすべて残っています") {
		t.Errorf("interrupted: %v\n%s", err, out.String())
	}
	if err := linear.Run(context.Background(), strings.NewReader("n\nn\nn\n"), &failing{2000}, read(t, result, newName(t)), options("ja")); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("a full output: %v", err)
	}
	said, r := speak(t, result, newName(t), options("ja"), "c", strings.Repeat("長", 100_000), "\xff\xfe", "\x1b[2J 短い", "q")
	if !strings.Contains(said, "行が長すぎる") || !strings.Contains(said, "UTF-8でない") || len(r.Journal().Entries()) != 1 {
		t.Errorf("%d entries; it said\n%s", len(r.Journal().Entries()), said[strings.LastIndex(said, "メモを書いて"):])
	}
}

// Whatever is typed, the dialogue ends, says nothing that a terminal obeys, and leaves
// a journal that can be read.
func TestAnyLines(t *testing.T) {
	result := check(t, "installer-with-consent")
	words := rapid.OneOf(
		rapid.SampledFrom([]string{"a", "d", "e", "c", "r", "p", "u", "U", "i", "v", "t", "w", "L", "h", "n", "b", "m", "g", "l", "f", "s", "?", "y", ".", "", "1", "2", "x1", "あ", "ｄ", "2027-03-31", "取上げ", "evidence-lacking"}),
		rapid.String(),
		rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"a", "d", "e", "c", "r", "p", "g", "v", "w"}).Draw(t, "command") + " " + fmt.Sprint(rapid.IntRange(-1, 70).Draw(t, "number"))
		}),
	)
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "linear-")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		name := filepath.Join(dir, "j.jsonl")
		lang := rapid.SampledFrom([]string{"ja", "en"}).Draw(rt, "lang")
		for range 2 { // the second meets the journal and drafts of the first
			speak(t, result, name, options(lang), rapid.SliceOfN(words, 0, 25).Draw(rt, "lines")...)
			if t.Failed() {
				rt.Fatal("see above")
			}
		}
	})
}
