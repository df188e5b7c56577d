package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
)

// changedCase is the small case after its evidence changed: decisions on the other must
// be looked at again.
func changedCase(t testing.TB) *checker.Result {
	t.Helper()
	text := string(readFile(t, filepath.Join("testdata", "case", "report.toml")))
	changed := strings.ReplaceAll(text, "10:23:45", "10:23:46")
	if changed == text {
		t.Fatal("the small case does not hold the time that is changed")
	}
	return checked(t, os.DirFS(filepath.Join("testdata", "case", "rules")), []byte(changed))
}

// journalName is a journal of its own for one case.
func journalName(t testing.TB) string { return filepath.Join(t.TempDir(), "report.decisions.jsonl") }

// by is a model of another author on a journal.
func by(t testing.TB, author, name string, result *checker.Result) *model {
	t.Helper()
	m := reviewingIn(t, name, result, "ja", 80, 24)
	m.author = author
	return m
}

// states are what a case can be in beside what keys alone lead to.
var states = []struct {
	name string
	make func(t testing.TB, name string) *checker.Result // what was there before
	keys []string
}{
	{"stale", func(t testing.TB, name string) *checker.Result {
		press(t, by(t, "審査者A", name, smallCase(t)), "a", "x", "ctrl+s")
		return changedCase(t)
	}, nil},
	{"stale-finding", func(t testing.TB, name string) *checker.Result {
		press(t, by(t, "審査者A", name, smallCase(t)), "a", "x", "ctrl+s")
		return changedCase(t)
	}, []string{"enter", "G"}},
	{"proposed", func(t testing.TB, name string) *checker.Result {
		result := smallCase(t)
		result.Report.Reviewers = 2
		press(t, by(t, "審査者B", name, result), "a", "x", "ctrl+s")
		return result
	}, nil},
	{"approve", func(t testing.TB, name string) *checker.Result {
		result := smallCase(t)
		result.Report.Reviewers = 2
		press(t, by(t, "審査者B", name, result), "a", "x", "ctrl+s")
		return result
	}, []string{"P"}},
	{"draft", func(t testing.TB, name string) *checker.Result {
		m := by(t, "審査者A", name, smallCase(t))
		press(t, m, "d", "3")
		typeText(t, m, "書きかけ")
		return smallCase(t)
	}, []string{"d"}},
	{"filter-decided", func(t testing.TB, name string) *checker.Result {
		press(t, by(t, "審査者A", name, smallCase(t)), "a", "x", "ctrl+s")
		return smallCase(t)
	}, []string{"f", "pgdown", "enter"}},
	{"answer-which", func(t testing.TB, _ string) *checker.Result { return smallCase(t) }, []string{"j", "A"}},
	{"answered", func(t testing.TB, _ string) *checker.Result { return smallCase(t) }, []string{"enter", "A", "n", "tab", "理", "由", "ctrl+s"}},
}

// Every state in both languages at four sizes, and with signs of ASCII.
func TestStates(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}, {180, 50}} {
			for _, state := range states {
				name := journalName(t)
				m := reviewingIn(t, name, state.make(t, name), lang, size[0], size[1])
				lines := press(t, m, state.keys...)
				checkGlyphs(t, lines)
				golden(t, fmt.Sprintf("state-%s.%s.%dx%d.txt", state.name, lang, size[0], size[1]), lines)
			}
		}
		for _, state := range states {
			name := journalName(t)
			m := reviewingIn(t, name, state.make(t, name), lang, 80, 24)
			goldenInASCII(t, m, "state-"+state.name, lang, state.keys)
		}
	}
}

// What another records while a decision is written is shown, and the dialog stays.
func TestMovedIsShown(t *testing.T) {
	name := journalName(t)
	mine, theirs := reviewingIn(t, name, smallCase(t), "ja", 80, 24), by(t, "審査者B", name, smallCase(t))
	press(t, mine, "a", "私", "見")
	press(t, theirs, "d", "1", "y", "ctrl+s", "c", "z", "ctrl+s")
	lines := press(t, mine, "ctrl+s")
	if mine.dialog == nil || mine.dialog.note.value() != "私見" || strings.Count(strings.Join(lines, ""), "審査者B") < 2 {
		t.Errorf("not both of the other's entries are shown, or the text is gone:\n%s", strings.Join(lines, "\n"))
	}
	golden(t, "state-moved.ja.80x24.txt", lines)
}

// A folder that refuses writing is said, when a draft is kept, when it is recorded, on
// leaving and on quitting; the text stays until then.
func TestFolderRefusesWriting(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	m := reviewingIn(t, filepath.Join(dir, "j.jsonl"), smallCase(t), "ja", 80, 24)
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	says := func(words string, lines []string) {
		t.Helper()
		if !strings.Contains(strings.Join(lines, "\n"), words) {
			t.Errorf("the screen does not say %q:\n%s", words, strings.Join(lines, "\n"))
		}
	}
	says("下書きを保存できません", press(t, m, "a", "私", "見"))
	says("記録できませんでした", press(t, m, "ctrl+s"))
	if _, cmd := m.Update(keyMsg("ctrl+c")); cmd != nil {
		t.Error("it quits and loses the draft without a word")
	}
	if _, cmd := m.Update(keyMsg("ctrl+c")); cmd == nil {
		t.Error("it cannot be left at all")
	}
	says("終了すると失われます", press(t, m, "esc"))
	press(t, m, "a")
	if m.dialog.note.value() != "私見" {
		t.Errorf("the draft is gone: %q", m.dialog.note.value())
	}
}

// The list neither sorts nor narrows again while one decides.
func TestFilterWaits(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	press(t, m, "f", "未", "検", "討", "enter")
	before := idsOf(m.filter.findings)
	press(t, m, "a", "x", "ctrl+s")
	if have := idsOf(m.filter.findings); len(have) != len(before) {
		t.Errorf("the list has %v, and had %v", have, before)
	}
	press(t, m, "f", "未", "検", "討", "enter")
	if have := idsOf(m.filter.findings); len(have) != len(before)-1 {
		t.Errorf("filtered again the list has %v", have)
	}
}

// The text of a draft is not lost when another action is begun on the same finding.
func TestDraftOfAnotherAction(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	press(t, m, "d", "tab", "長", "い", "文", "esc", "c")
	if m.dialog.note.value() != "長い文" {
		t.Errorf("the note begins with %q", m.dialog.note.value())
	}
	press(t, m, "esc", "e")
	if m.dialog.needs.value() != "長い文" {
		t.Errorf("what is needed begins with %q", m.dialog.needs.value())
	}
	press(t, m, "esc", "d")
	if m.dialog.note.value() != "長い文" || m.dialog.reason != 0 {
		t.Errorf("the draft is %q", m.dialog.note.value())
	}
	press(t, m, "tab", "tab", "shift+tab", "backspace", "backspace", "backspace", "esc")
	if len(m.unsent) != 0 || len(m.review.Journal().Drafts(m.author)) != 0 {
		t.Error("an empty draft is kept")
	}
}

// A draft of what evidence is needed keeps the clause.
func TestDraftKeepsTheClause(t *testing.T) {
	name := journalName(t)
	m := reviewingIn(t, name, smallCase(t), "ja", 80, 24)
	press(t, m, "e", "shift+tab", "4", "esc")
	again := reviewingIn(t, name, smallCase(t), "ja", 80, 24)
	press(t, again, "e")
	if again.dialog.needsOf != 4 {
		t.Errorf("the clause is %d", again.dialog.needsOf)
	}
}

// e on a clause is about that clause.
func TestNeedsOfTheClause(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	press(t, m, "enter", "j", "j", "e", "x", "ctrl+s")
	f := m.result.Findings[0]
	if e := m.review.Of(f).Decision; e == nil || e.Clause != f.Elements[2].Clause.ID {
		t.Errorf("recorded %+v", e)
	}
}

// What came back from the editor goes into the field that it was from; an editor that
// failed changes nothing.
func TestEdited(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	press(t, m, "c", "a")
	of := m.dialog.text()
	m.Update(editedMsg{of: of, text: "外で\r\n書いた\n"})
	checkFrame(t, m)
	if m.dialog.note.value() != "外で\n書いた" || len(m.unsent) != 1 {
		t.Errorf("the note is %q", m.dialog.note.value())
	}
	m.Update(editedMsg{of: of, text: "失敗", err: os.ErrNotExist})
	if m.dialog.note.value() != "外で\n書いた" || m.message == "" {
		t.Errorf("after a failure the note is %q", m.dialog.note.value())
	}
	press(t, m, "esc")
	m.Update(editedMsg{of: of, text: "遅い"})
	checkFrame(t, m)
	if d := m.unsent[review.KeyOf(m.result.Findings[0])]; d.Note != "外で\n書いた" {
		t.Errorf("a text came into a dialog that was left: %q", d.Note)
	}
}

// Screens in ASCII signs: nothing but text of the case, of the law and of the program's
// words may be another character.
func TestScreensInASCII(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		for _, screen := range screens {
			goldenInASCII(t, reviewing(t, smallCase(t), lang, 80, 24), screen.name, lang, screen.keys)
		}
	}
}

func goldenInASCII(t *testing.T, m *model, name, lang string, keys []string) {
	t.Helper()
	m.style.Glyphs = export.ASCII
	m.rewrite()
	lines := press(t, m, keys...)
	if strings.ContainsAny(strings.Join(lines, "\n"), "✓✗✔✕→─│") {
		t.Errorf("%s has signs that are not ASCII:\n%s", name, strings.Join(lines, "\n"))
	}
	golden(t, fmt.Sprintf("%s.%s.80x24.ascii.txt", name, lang), lines)
}

// A text as long as can be moves as fast as it is typed.
func TestSlowestText(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 300, 100)
	press(t, m, "c")
	m.Update(tea.PasteMsg{Content: strings.Repeat("ｶﾞ\u202e行\n", 4_000)})
	checkFrame(t, m)
	press(t, m, "up", "home", "up", "end", "down")
}
