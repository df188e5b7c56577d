package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// trail says in a line where the reader is.
func (m *model) trail() string {
	var parts []string
	for _, at := range m.stack {
		parts = append(parts, fmt.Sprintf("%s:%d", m.crumb(at.spot), at.pane.item))
	}
	return strings.Join(parts, " > ")
}

// TestKeys presses keys and looks where they lead.
func TestKeys(t *testing.T) {
	result := smallCase(t)
	for _, c := range []struct{ keys, want string }{
		{"", "指摘:0"},
		{"j", "指摘:1"},
		{"j j j", "指摘:1"},
		{"G", "指摘:1"},
		{"G g", "指摘:0"},
		{"0 1 j", "指摘:1"},
		{"3 0 2 j", "証拠:2"},
		{"3 0 2 G", "証拠:1"},
		{"3 down down up", "証拠:1"},
		{"enter", "指摘:0 > F-XIEIK:0"},
		{"enter j j", "指摘:0 > F-XIEIK:2"},
		{"enter j j enter", "指摘:0 > F-XIEIK:2 > 要件3:0"},
		{"enter j j enter esc", "指摘:0 > F-XIEIK:2"},
		{"enter j j enter ] ]", "指摘:0 > F-XIEIK:4 > 要件5:0"},
		{"enter j j enter ] ] esc", "指摘:0 > F-XIEIK:4"},
		{"enter ]", "指摘:1 > F-FRBP2:0"},
		{"enter ] [", "指摘:0 > F-XIEIK:0"},
		{"enter ] ] ]", "指摘:1 > F-FRBP2:0"},
		{"enter esc esc", "指摘:0"},
		{"t", "指摘:0 > 条文:0"},
		{"enter t", "指摘:0 > F-XIEIK:0 > 条文:0"},
		{"enter r enter", "指摘:0 > F-XIEIK:0 > 主張と応答:0 > E1:0"},
		{"enter v", "指摘:0 > F-XIEIK:0 > 要件1:0"},
		{"v", "指摘:0"},
		{"j 3 1", "指摘:1"},
		{"enter j 2 1", "指摘:0"},
		{"ｊ", "指摘:1"},
		{"/ 専 用 enter", "指摘:0"},
		{"/ 2 月 5 日 enter", "指摘:1"},
		{"/ esc j", "指摘:1"},
		{"/ q enter", "指摘:0"},
		{"enter / 作 動 enter", "指摘:0 > F-XIEIK:5"},
		{"/ f - f r enter", "指摘:1"},
		{"2 / l 3 enter", "時系列:0"},
		{"? esc j", "指摘:1"},
		{"? t i m e enter", "指摘:0"},
		{"f down down enter", "指摘:0"},
		{"L enter", "Findings:0 > F-XIEIK:0"},
	} {
		m := started(result, "ja", 80, 24)
		press(t, m, strings.Fields(c.keys)...)
		if got := m.trail(); got != c.want {
			t.Errorf("%q leads to %q, want %q", c.keys, got, c.want)
		}
	}
}

// TestHelpDoes checks that help narrows the actions and does the chosen one.
func TestHelpDoes(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "?")
	typeText(t, m, "時系列")
	press(t, m, "enter")
	if m.trail() != "時系列:0" {
		t.Errorf("help led to %s", m.trail())
	}
	press(t, m, "f1")
	typeText(t, m, "英語")
	press(t, m, "enter")
	if m.style.Lang != "en" {
		t.Error("help did not change the language")
	}
}

// TestFilter checks that a filter holds until it is lifted, and that the list
// does not change under the cursor.
func TestFilter(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "f", "down", "enter")
	typeText(t, m, "2月5日の")
	lines := press(t, m, "enter")
	if len(m.filter.findings) != 1 || !strings.Contains(strings.Join(lines, "\n"), "1/2件") {
		t.Errorf("%d findings are shown:\n%s", len(m.filter.findings), strings.Join(lines, "\n"))
	}
	press(t, m, "enter", "L", "w", "esc")
	if len(m.filter.findings) != 1 {
		t.Error("the filter changed by itself")
	}
	press(t, m, "F")
	if len(m.filter.findings) != 2 || m.here().pane.item != 1 {
		t.Errorf("after F: %d findings, at %d", len(m.filter.findings), m.here().pane.item)
	}
}

// TestTyping checks that keys are text while text is typed, and that the cursor
// of the terminal is where the text goes.
func TestTyping(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "/")
	typeText(t, m, "条文ｶﾞq")
	_, cursor := m.frame()
	if cursor == nil || cursor.X != len(" /")+4+2+1 || cursor.Y != 22 {
		t.Errorf("the cursor is at %+v", cursor)
	}
	press(t, m, "left", "backspace", "home", "delete")
	if got := m.typing.input.value(); got != "文ｶq" {
		t.Errorf("what is typed is %q", got)
	}
	m.Update(tea.PasteMsg{Content: "二行\nの貼付け"})
	if got := m.typing.input.value(); got != "二行 の貼付け文ｶq" {
		t.Errorf("after a paste: %q", got)
	}
}

// TestQuit checks that q leaves from anywhere but out of a text.
func TestQuit(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "enter", "enter")
	if _, cmd := m.Update(keyMsg("q")); cmd == nil {
		t.Error("q does not quit")
	}
	press(t, m, "/")
	if _, cmd := m.Update(keyMsg("q")); cmd != nil {
		t.Error("q quits out of a text")
	}
	if _, cmd := m.Update(keyMsg("ctrl+c")); cmd == nil {
		t.Error("Ctrl+C does not quit")
	}
}

// TestIME checks that full-width keys work and are said once.
func TestIME(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	lines := press(t, m, "ｊ")
	if m.here().pane.item != 1 || !strings.Contains(lines[22], "IME") {
		t.Errorf("at %d, status %q", m.here().pane.item, lines[22])
	}
}

// TestNothingFound checks that an empty list says what it does not mean.
func TestNothingFound(t *testing.T) {
	m := started(emptyCase(t), "ja", 80, 24)
	text := strings.Join(press(t, m), "\n")
	for _, want := range []string{"0 件", "適法を意味しません", "問えない", "調べた範囲"} {
		if !strings.Contains(text, want) {
			t.Errorf("the empty list lacks %q:\n%s", want, text)
		}
	}
}

// TestRealCase walks through findings of the fixture of 2012.
func TestRealCase(t *testing.T) {
	result := realCase(t)
	for _, size := range [][2]int{{80, 24}, {180, 50}} {
		m := started(result, "ja", size[0], size[1])
		walked := min(len(result.Findings), 8)
		for range walked {
			press(t, m, "enter", "j", "v", "]", "esc", "t", "esc", "esc", "j")
		}
		if m.here().pane.item != min(walked, len(result.Findings)-1) {
			t.Errorf("the walk ended at %d after %d", m.here().pane.item, walked)
		}
	}
}
