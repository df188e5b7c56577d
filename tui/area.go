package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/rivo/uniseg"

	"jobun/checker/review"
	"jobun/internal/cells"
)

// area is a text of several lines that is being typed.
type area struct {
	before, after []string // graphemes on either side of the cursor; a line end is "\n"
}

func newArea(text string) area {
	var a area
	a.put(text)
	return a
}

func (a *area) value() string { return strings.Join(a.before, "") + strings.Join(a.after, "") }

// put puts text in at the cursor, and reports whether all of it had room.
func (a *area) put(text string) bool {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\t", " ")
	size := len(a.value())
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if size += len(g.Str()); size > review.MaxText {
			return false
		}
		a.before = append(a.before, g.Str())
	}
	return true
}

// press takes a key, and reports whether it was one for editing. The width is that
// of the lines, for up and down.
func (a *area) press(msg tea.KeyPressMsg, width int) bool {
	switch msg.Keystroke() {
	case "backspace", "ctrl+h":
		a.before = a.before[:max(0, len(a.before)-1)]
	case "delete":
		a.after = a.after[min(1, len(a.after)):]
	case "left", "ctrl+b":
		a.step(-1)
	case "right", "ctrl+f":
		a.step(1)
	case "up":
		a.climb(width, -1)
	case "down":
		a.climb(width, 1)
	case "home", "ctrl+a":
		for len(a.before) > 0 && a.before[len(a.before)-1] != "\n" {
			a.step(-1)
		}
	case "end", "ctrl+e":
		for len(a.after) > 0 && a.after[0] != "\n" {
			a.step(1)
		}
	case "ctrl+u":
		a.before = nil
	case "enter":
		a.put("\n")
	default:
		if msg.Text == "" || msg.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
			return false
		}
		a.put(msg.Text)
	}
	return true
}

// step moves the cursor by one grapheme.
func (a *area) step(by int) {
	switch n := len(a.before); {
	case by < 0 && n > 0:
		a.after = append([]string{a.before[n-1]}, a.after...)
		a.before = a.before[:n-1]
	case by > 0 && len(a.after) > 0:
		a.before, a.after = append(a.before, a.after[0]), a.after[1:]
	}
}

// climb moves the cursor a line up or down, to about the same column.
func (a *area) climb(width, by int) {
	all := append(append([]string{}, a.before...), a.after...)
	_, at := layText(all, width)
	from := at[len(a.before)]
	best := -1
	for i, p := range at {
		if p.y == from.y+by && p.x <= from.x && (best < 0 || p.x > at[best].x) {
			best = i
		}
	}
	if best >= 0 {
		a.before, a.after = all[:best:best], all[best:]
	}
}

// lines lays the text out in lines of at most a width, and says where the cursor is.
func (a *area) lines(width int) (lines []string, x, y int) {
	lines, at := layText(append(append([]string{}, a.before...), a.after...), width)
	p := at[len(a.before)]
	return lines, p.x, p.y
}

// layText lays graphemes out in lines of at most a width, and says where each of them
// begins, and the end. Lines break anywhere: what is being typed does not jump to the
// next line as a word grows. A cursor after a full line stands on the next.
func layText(graphemes []string, width int) (lines []string, at []point) {
	width = max(2, width)
	at = make([]point, 0, len(graphemes)+1)
	var b strings.Builder
	room := 0
	end := func() {
		lines = append(lines, b.String())
		b.Reset()
		room = 0
	}
	write := func(part string) {
		n := cells.Width(part)
		if room+n > width {
			end()
		}
		b.WriteString(part)
		room += n
	}
	for _, g := range graphemes {
		if g == "\n" {
			at = append(at, point{room, len(lines)})
			end()
			continue
		}
		g = cells.Sanitise(g)
		if room+cells.Width(g) > width {
			end()
		}
		at = append(at, point{room, len(lines)})
		if cells.Width(g) <= width {
			write(g)
			continue
		}
		for _, part := range cells.Wrap(g, width) { // a character that is written out may be long
			write(part)
		}
	}
	if room >= width {
		end()
	}
	at = append(at, point{room, len(lines)})
	end()
	return lines, at
}
