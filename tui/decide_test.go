package tui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
)

// actionsOf is what the journal of a model holds, action by action.
func actionsOf(m *model) string {
	var list []string
	for _, e := range m.review.Journal().Entries() {
		list = append(list, string(e.Action))
	}
	return strings.Join(list, " ")
}

func TestDecisionsByKeys(t *testing.T) {
	for _, c := range []struct {
		name, keys, journal, status string
	}{
		{"set aside", "d 2 x ctrl+s", "set-aside", "set-aside"},
		{"set aside without a note", "d 2 ctrl+s", "", "undecided"},
		{"taken up with a note", "a x ctrl+s", "take-up", "take-up"},
		{"taken up without a note", "a ctrl+s", "", "undecided"},
		{"evidence as suggested", "e ctrl+s", "needs-evidence", "needs-evidence"},
		{"a note", "c x enter y ctrl+s", "note", "undecided"},
		{"left", "d tab x esc", "", "undecided"},
		{"undone", "a x ctrl+s u", "take-up undo", "undecided"},
		{"redone", "a x ctrl+s u U", "take-up undo undo", "take-up"},
		{"redone the other way", "a x ctrl+s u ctrl+r", "take-up undo undo", "take-up"},
		{"undone twice, of one", "a x ctrl+s u u", "take-up undo", "undecided"},
		{"all at one stroke", "* d 1 x ctrl+s", strings.TrimSpace(strings.Repeat("set-aside ", len(smallCase(t).Findings))), "set-aside"},
		{"letters are text", "c q u i t ctrl+s", "note", "undecided"},
		{"with the input method on", "ａ x ctrl+s", "take-up", "take-up"},
	} {
		m := reviewing(t, smallCase(t), "ja", 80, 24)
		press(t, m, strings.Fields(c.keys)...)
		if have := actionsOf(m); have != c.journal {
			t.Errorf("%s: the journal holds %q, want %q (%s)", c.name, have, c.journal, m.message)
		}
		if have := string(m.review.Of(m.result.Findings[0]).Status()); have != c.status {
			t.Errorf("%s: the finding is %s, want %s", c.name, have, c.status)
		}
	}
}

// An answer sorts the finding again at once; the reader, the rows and their order stay.
func TestAnswerByKeys(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 120, 40)
	before := idsOf(m.filter.findings)
	at := -1
	for i, f := range m.result.Findings {
		if slices.ContainsFunc(f.Elements, func(a *checker.Answer) bool { return a.Code == checker.Judgement }) && f.Assessment != checker.ContradictedElement {
			at = i
			break
		}
	}
	if at < 0 {
		t.Fatal("no finding has an element for judgement")
	}
	for range at {
		press(t, m, "j")
	}
	press(t, m, "enter")
	f := m.chosenFinding()
	n := slices.IndexFunc(f.Elements, func(a *checker.Answer) bool { return a.Code == checker.Judgement })
	for range n {
		press(t, m, "j")
	}
	press(t, m, "A", "n", "ctrl+s")
	g := m.chosenFinding()
	if g == f || g.ID != f.ID || g.Elements[n].Code != checker.Contradicted || g.Assessment != checker.ContradictedElement {
		t.Errorf("answered no: %s is %s, element %s", g.ID, g.Assessment, g.Elements[n].Code)
	}
	if m.here().screen != findingScreen || m.here().pane.item != n || !slices.Equal(idsOf(m.filter.findings), before) {
		t.Error("the reader or the rows moved")
	}
	press(t, m, "u")
	if h := m.chosenFinding(); h.Assessment != f.Assessment {
		t.Errorf("after undo: %s, before %s", h.Assessment, f.Assessment)
	}
}

func idsOf(findings []*checker.Finding) []string {
	var ids []string
	for _, f := range findings {
		ids = append(ids, f.ID)
	}
	return ids
}

// A draft outlives the program, and is gone once it is recorded.
func TestDraftByKeys(t *testing.T) {
	name := filepath.Join(t.TempDir(), "j.jsonl")
	m := reviewingIn(t, name, smallCase(t), "ja", 80, 24)
	press(t, m, "d", "3")
	typeText(t, m, "書きかけ")
	again := reviewingIn(t, name, smallCase(t), "ja", 80, 24) // the first one was killed
	lines := strings.Join(checkFrame(t, again), "\n")
	if !strings.Contains(lines, "下書き") {
		t.Errorf("the list does not show that there is a draft:\n%s", lines)
	}
	press(t, again, "d")
	if again.dialog.note.value() != "書きかけ" || again.dialog.reason != 3 {
		t.Errorf("the draft is %q, %d", again.dialog.note.value(), again.dialog.reason)
	}
	press(t, again, "ctrl+s")
	if left := again.review.Journal().Drafts("審査者A"); len(left) != 0 || len(again.unsent) != 0 {
		t.Errorf("after it was recorded there are %d drafts", len(left))
	}
}

// What another records meanwhile stops the entry, is shown, and loses nothing.
func TestAnotherDecides(t *testing.T) {
	name := filepath.Join(t.TempDir(), "j.jsonl")
	mine, theirs := reviewingIn(t, name, smallCase(t), "ja", 80, 24), reviewingIn(t, name, smallCase(t), "ja", 80, 24)
	theirs.author = "審査者B"
	press(t, mine, "a", "x")
	press(t, theirs, "d", "1", "y", "ctrl+s")
	lines := strings.Join(press(t, mine, "ctrl+s"), "\n")
	if mine.dialog == nil || !strings.Contains(lines, "審査者B") || actionsOf(mine) != "set-aside" {
		t.Fatalf("recorded over another's unseen decision: %q\n%s", actionsOf(mine), lines)
	}
	press(t, mine, "ctrl+s")
	if actionsOf(mine) != "set-aside take-up" {
		t.Errorf("recorded again: %q", actionsOf(mine))
	}
}

// Where nothing can be written, that is said, and what was typed stays on the screen.
func TestNoRoomForDecisions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	m := reviewingIn(t, filepath.Join(dir, "j.jsonl"), smallCase(t), "ja", 80, 24)
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	lines := strings.Join(press(t, m, "a", "x", "ctrl+s"), "\n")
	if m.dialog == nil || m.dialog.note.value() != "x" || !strings.Contains(lines, "記録できませんでした") {
		t.Errorf("the dialog is gone, or does not say so:\n%s", lines)
	}
}

// A megabyte pasted with line ends records nothing, and is cut at what a note can hold.
func TestPaste(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	press(t, m, "c")
	m.Update(tea.PasteMsg{Content: strings.Repeat("行\r\n", 200_000)})
	checkFrame(t, m)
	if n := len(m.dialog.note.value()); n > review.MaxText || n < review.MaxText-10 || actionsOf(m) != "" {
		t.Errorf("the note has %d bytes, the journal %q", n, actionsOf(m))
	}
	if !strings.Contains(m.message, "バイト") {
		t.Errorf("nobody says that it was cut: %q", m.message)
	}
}

func TestNextUndecided(t *testing.T) {
	m := reviewing(t, realCase(t), "ja", 80, 24)
	press(t, m, "j", "a", "x", "ctrl+s", "k", "}")
	if m.here().pane.item != 2 {
		t.Errorf("from row 0, past the decided row 1, to row %d", m.here().pane.item)
	}
	press(t, m, "enter", "{")
	if m.here().screen != findingScreen || m.chosenFinding() != m.filter.findings[0] {
		t.Errorf("back past it, inside a finding: %s", m.trail())
	}
}

func TestArea(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var a area
		width := rapid.IntRange(2, 40).Draw(rt, "width")
		for range rapid.IntRange(0, 30).Draw(rt, "keys") {
			key := rapid.SampledFrom([]string{"a", "条", "ｶﾞ", "enter", "left", "right", "up", "down", "home", "end", "backspace", "delete", "\u202e", "葛\U000E0100"}).Draw(rt, "key")
			a.press(keyMsg(key), width)
			lines, x, y := a.lines(width)
			if y < 0 || y >= len(lines) || x < 0 || x > width {
				rt.Fatalf("the cursor is at %d,%d of %d lines", x, y, len(lines))
			}
			for _, line := range lines {
				if cellsOf(line) > width {
					rt.Fatalf("a line of %d cells in %d: %q", cellsOf(line), width, line)
				}
			}
		}
	})
}

// Whatever is pressed: every frame is whole, the journal is valid and says what is
// shown, what was decided is undone by undo, and the program started again shows the
// same.
func TestAnyDecisions(t *testing.T) {
	shorten(t, "30")
	cases := []*checker.Result{smallCase(t), hostileCase(t)}
	keys := []string{"a", "d", "e", "c", "A", "P", "u", "U", "space", "*", "{", "}", "L", "5", "1", "j", "k", "enter", "esc", "tab", "shift+tab", "ctrl+s", "ctrl+s", "ctrl+x", "1", "2", "y", "n", "条", "x", "backspace", "up", "down", "E", "w", "f", "F"}
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		name := filepath.Join(dir, "case"+strings.Repeat("x", n%7), time.Now().Format("150405.000000000")+".jsonl")
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			r.Fatal(err)
		}
		result := rapid.SampledFrom(cases).Draw(r, "case")
		m := reviewingIn(t, name, result, rapid.SampledFrom([]string{"ja", "en"}).Draw(r, "lang"), 80, 24)
		for range rapid.IntRange(1, 50).Draw(r, "steps") {
			if rapid.IntRange(0, 9).Draw(r, "what") == 0 {
				m.Update(tea.WindowSizeMsg{Width: rapid.IntRange(1, 300).Draw(r, "width"), Height: rapid.IntRange(1, 100).Draw(r, "height")})
			} else {
				before, entries := shownOf(r, m), len(m.review.Journal().Entries())
				m.Update(keyMsg(rapid.SampledFrom(keys).Draw(r, "key")))
				if added := m.review.Journal().Entries()[entries:]; len(added) > 0 && added[0].Action != review.Undo {
					m.Update(keyMsg("u"))
					if after := shownOf(r, m); after != before {
						r.Fatalf("%s and undo:\n%s\nbecame\n%s", added[0].Action, before, after)
					}
					m.Update(keyMsg("U"))
				}
			}
			checkFrame(r, m)
		}
		again := reviewingIn(t, name, result, "ja", 80, 24)
		for i, f := range m.result.Findings {
			g := again.result.Findings[i]
			if m.review.Of(f).Status() != again.review.Of(g).Status() || f.Assessment != g.Assessment {
				r.Fatalf("%s is shown %s, %s; started again %s, %s", f.ID, m.review.Of(f).Status(), f.Assessment, again.review.Of(g).Status(), g.Assessment)
			}
		}
		for len(again.review.Undoing("審査者A")) > 0 {
			again.Update(keyMsg("u"))
			checkFrame(r, again)
		}
		if again.review.Decided() != 0 {
			r.Fatalf("after everything is undone %d are decided", again.review.Decided())
		}
	})
}

// shownOf is what the list says of every finding.
func shownOf(t failer, m *model) string {
	t.Helper()
	var b strings.Builder
	for _, f := range m.filter.findings {
		b.WriteString(f.ID + " " + string(f.Assessment) + " " + m.style.Counts(f) + " " + string(m.review.Of(f).Status()) + "\n")
	}
	return b.String()
}

// Three keys a decision at most, beside text.
func TestKeysOfADecision(t *testing.T) {
	for name, keys := range map[string][]string{
		"take up": {"a", "ctrl+s"}, "set aside": {"d", "1", "ctrl+s"}, "needs evidence": {"e", "ctrl+s"}, "note": {"c", "ctrl+s"},
	} {
		m := reviewing(t, smallCase(t), "ja", 80, 24)
		for _, key := range keys {
			if key == "ctrl+s" && m.dialog != nil && m.dialog.text() != nil && m.dialog.text().value() == "" {
				typeText(t, m, "理由")
			}
			press(t, m, key)
		}
		if m.dialog != nil || len(m.review.Journal().Entries()) != 1 || len(keys) > 3 {
			t.Errorf("%s takes more than %v", name, keys)
		}
	}
}

func TestNothingIsRecordedWithoutAJournal(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "a", "d", "e", "u", "L", "space", "}")
	if m.dialog != nil {
		t.Error("a decision is being written that has no journal")
	}
	if help := export.DecisionWord(review.Undecided).Ja; strings.Contains(strings.Join(checkFrame(t, m), "\n"), help) {
		t.Error("the list shows decisions that nobody can make")
	}
}

// In a text as long as can be, the cursor moves in a time that grows with the text and not
// with its square: squared, each of these keys takes many seconds.
func TestLongText(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	press(t, m, "c")
	m.Update(tea.PasteMsg{Content: strings.Repeat("長い文章が続く。", 2_000)})
	begun := time.Now()
	for range 5 {
		press(t, m, "up", "left", "down")
	}
	took := time.Since(begun)
	t.Logf("15 keys took %s", took)
	if took > 30*time.Second {
		t.Errorf("15 keys took %s", took)
	}
}
