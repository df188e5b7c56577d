package tui

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/width"
)

// ourEscapes are the sequences that painting puts on: nothing else may begin
// with ESC.
var ourEscapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// cellsOf measures text as a terminal does, independently of package cells.
func cellsOf(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == 0xff9e || r == 0xff9f:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// failer is what both *testing.T and *rapid.T can do.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkFrame checks what holds of every frame, and gives it without colours.
func checkFrame(t failer, m *model) []string {
	t.Helper()
	lines, cursor := m.frame()
	if len(lines) != m.height {
		t.Fatalf("%dx%d: %d lines", m.width, m.height, len(lines))
	}
	for i, line := range lines {
		text := ourEscapes.ReplaceAllString(line, "")
		if strings.ContainsFunc(text, unicode.IsControl) {
			t.Fatalf("%dx%d: line %d holds a control character: %q", m.width, m.height, i, line)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }) {
			t.Fatalf("%dx%d: line %d holds a bidi control: %q", m.width, m.height, i, line)
		}
		if n := cellsOf(text); n != m.width {
			t.Fatalf("%dx%d: line %d is %d cells wide: %q", m.width, m.height, i, n, text)
		}
		lines[i] = text
	}
	checkFooter(t, m, lines[len(lines)-1])
	if cursor != nil && (cursor.X < 0 || cursor.X >= m.width || cursor.Y < 0 || cursor.Y >= m.height) {
		t.Fatalf("%dx%d: the cursor is at %d,%d", m.width, m.height, cursor.X, cursor.Y)
	}
	return lines
}

func checkFooter(t failer, m *model, footer string) {
	t.Helper()
	wanted := []string{"?", "q"}
	switch {
	case m.typing != nil || m.picker != nil || m.dialog != nil:
		wanted = []string{"Esc"}
	case m.width < 3:
		return
	}
	if m.width < 3 {
		return
	}
	for _, key := range wanted {
		if !strings.Contains(footer, key) {
			t.Fatalf("%dx%d: the last line does not show %q: %q", m.width, m.height, key, footer)
		}
	}
}

// press presses keys by name and checks every frame.
func press(t failer, m *model, keys ...string) []string {
	t.Helper()
	lines := checkFrame(t, m)
	for _, key := range keys {
		m.Update(keyMsg(key))
		lines = checkFrame(t, m)
	}
	return lines
}

// typeText types text, a letter at a time.
func typeText(t failer, m *model, text string) {
	t.Helper()
	for _, r := range text {
		m.Update(tea.KeyPressMsg{Text: string(r), Code: r})
		checkFrame(t, m)
	}
}

// keyMsg is the message of a key by its name.
func keyMsg(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "f1": tea.KeyF1,
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	if name == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Text: name, Code: []rune(name)[0]}
}

func TestCellsOf(t *testing.T) {
	for text, want := range map[string]int{"abc": 3, "条文": 4, "ｶﾞ": 2, "✓": 1, "か\u3099": 2, "葛\U000E0100": 2, "（）": 4} {
		if got := cellsOf(text); got != want {
			t.Errorf("cellsOf(%q) = %d, want %d", text, got, want)
		}
	}
}
