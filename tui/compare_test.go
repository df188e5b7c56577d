package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"jobun/checker/export"
	"jobun/checker/review"
)

// comparing is a review of the changed case that can be compared with a run of the case
// before, of which one finding was taken up.
func comparing(t testing.TB, lang string, width, height int) *model {
	t.Helper()
	before := reviewing(t, smallCase(t), lang, width, height)
	press(t, before, "a", "x", "ctrl+s")
	m := reviewing(t, changedCase(t), lang, width, height)
	m.files.Compare = func(old string, r *review.Review) (*export.Changes, error) {
		if old != "old.toml" {
			return nil, errors.New(old + ": no such file")
		}
		was, err := export.RunOf(before.result, export.Provisions{}, before.review)
		if err != nil {
			return nil, err
		}
		is, err := export.RunOf(r.Result, export.Provisions{}, r)
		if err != nil {
			return nil, err
		}
		return export.Compare(was, is)
	}
	return m
}

// compareWithFile asks to compare with a file, and waits for what comes of it.
func compareWithFile(t testing.TB, m *model, name string) {
	t.Helper()
	press(t, m, "C")
	typeText(t, m, name)
	_, cmd := m.Update(keyMsg("enter"))
	if cmd == nil {
		t.Fatal("nothing is compared")
	}
	m.Update(cmd())
	checkFrame(t, m)
}

// Every screen of a comparison in both languages and all sizes; from it a finding is
// opened, and back leads to its row.
func TestCompare(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		for _, size := range [][2]int{{40, 10}, {60, 20}, {80, 24}, {120, 40}, {180, 50}} {
			m := comparing(t, lang, size[0], size[1])
			compareWithFile(t, m, "old.toml")
			lines := press(t, m, "j", "j")
			checkGlyphs(t, lines)
			golden(t, fmt.Sprintf("compare.%s.%dx%d.txt", lang, size[0], size[1]), lines)
			for _, ok := m.chosen(); !ok; _, ok = m.chosen() {
				press(t, m, "j")
			}
			item := m.here().pane.item
			press(t, m, "enter")
			if m.here().screen != findingScreen {
				t.Fatalf("enter leads to %v", m.here().screen)
			}
			press(t, m, "esc")
			if m.here().screen != compareScreen || m.here().pane.item != item {
				t.Error("back does not lead to the row of the comparison")
			}
		}
	}
}

// Each change that the comparison lists is on the screen, none is cut off, and the counts
// are those of it.
func TestCompareSaysAll(t *testing.T) {
	for _, width := range []int{40, 80, 200} {
		m := comparing(t, "ja", width, 1000)
		compareWithFile(t, m, "old.toml")
		text := strings.Join(press(t, m, "z"), "\n")
		room := m.focused().width - m.sizes.gutter
		differ := 0
		for i := range m.compared.changes.Findings {
			f := &m.compared.changes.Findings[i]
			if !f.Differs() {
				continue
			}
			differ++
			if !strings.Contains(text, f.New.ID) || !strings.Contains(text, m.style.In(export.ChangeWord(f.Kind))) {
				t.Errorf("%d columns: %s is not shown", width, f.New.ID)
			}
			for _, line := range m.style.ChangeText(f, room) {
				if !strings.Contains(text, strings.TrimRight(line, " ")) {
					t.Errorf("%d columns: %q is cut", width, line)
				}
			}
		}
		if differ == 0 {
			t.Error("nothing differs: the test sees nothing")
		}
	}
}

// A comparison that fails is said, and leaves the reader where he is; what was recorded
// meanwhile is said too.
func TestCompareFails(t *testing.T) {
	m := comparing(t, "ja", 80, 24)
	compareWithFile(t, m, "none.toml")
	if m.here().screen != findingsScreen || !strings.Contains(m.message, "none.toml") {
		t.Errorf("on %v, it says %q", m.here().screen, m.message)
	}
	press(t, m, "C")
	typeText(t, m, "old.toml")
	_, cmd := m.Update(keyMsg("enter"))
	press(t, m, "a", "x", "ctrl+s")
	m.Update(cmd())
	checkFrame(t, m)
	if m.here().screen != compareScreen || !strings.Contains(m.message, "C で") {
		t.Errorf("on %v, it says %q", m.here().screen, m.message)
	}
}
