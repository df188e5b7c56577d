package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/rivo/uniseg"

	"jobun/internal/cells"
)

// input is a line of text that is being typed.
type input struct {
	before, after []string // graphemes on either side of the cursor
}

func (in *input) value() string { return strings.Join(in.before, "") + strings.Join(in.after, "") }

// put puts text in at the cursor, as one line.
func (in *input) put(text string) {
	const most = 400
	text = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, text)
	for g := uniseg.NewGraphemes(text); g.Next() && len(in.before)+len(in.after) < most; {
		in.before = append(in.before, g.Str())
	}
}

// press takes a key, and reports whether it was one for editing.
func (in *input) press(msg tea.KeyPressMsg) bool {
	switch msg.Keystroke() {
	case "backspace", "ctrl+h":
		in.before = in.before[:max(0, len(in.before)-1)]
	case "delete":
		in.after = in.after[min(1, len(in.after)):]
	case "left", "ctrl+b":
		if n := len(in.before); n > 0 {
			in.after = append([]string{in.before[n-1]}, in.after...)
			in.before = in.before[:n-1]
		}
	case "right", "ctrl+f":
		if len(in.after) > 0 {
			in.before, in.after = append(in.before, in.after[0]), in.after[1:]
		}
	case "home", "ctrl+a":
		in.before, in.after = nil, append(in.before, in.after...)
	case "end", "ctrl+e":
		in.before, in.after = append(in.before, in.after...), nil
	case "ctrl+u":
		in.before = nil
	default:
		if msg.Text == "" || msg.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
			return false
		}
		in.put(msg.Text)
	}
	return true
}

// shown gives the text as it fits in a width, with the cursor in it, and where
// the cursor is.
func (in *input) shown(width int) (text string, cursor int) {
	before, after := cells.Sanitise(strings.Join(in.before, "")), cells.Sanitise(strings.Join(in.after, ""))
	before = cells.TruncateLeft(before, max(0, width-1))
	cursor = cells.Width(before)
	return before + cells.Truncate(after, max(0, width-cursor)), cursor
}
