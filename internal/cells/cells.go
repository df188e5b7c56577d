// Package cells knows how text lies in the cells of a terminal: how wide it is,
// where it may be cut or broken, and how untrusted text is made harmless.
//
// Widths are those of github.com/charmbracelet/x/ansi, which the screen library
// uses, with one correction for half-width katakana (see Width). Characters of
// ambiguous width count 1, whatever the locale. Functions that cut or measure
// pass over escape sequences; text that came from evidence goes through
// Sanitise first, so that the only sequences left are our own.
package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The half-width voiced and semi-voiced sound marks. Unicode counts them as
// part of the letter before them, terminals draw them in a cell of their own.
const (
	voiced     = "\uff9e"
	semiVoiced = "\uff9f"
	marks      = voiced + semiVoiced
)

// Width gives the cells that one line of text takes up. Escape sequences and
// control characters take none. The half-width sound marks U+FF9E and U+FF9F
// take one each. For sanitised text, styled or not, it is what the screen
// library finds for Display(s).
func Width(s string) int {
	width := 0
	for len(s) > 0 {
		c := first(s)
		width += c.width
		s = s[len(c.text):]
	}
	return width
}

// Display gives s in the form to hand to the screen library: with a neutral
// escape sequence before each half-width sound mark, which makes the library
// count the mark as terminals draw it. It is for the screen alone; text that is
// copied or exported must not go through it.
func Display(s string) string {
	if !strings.ContainsAny(s, marks) {
		return s
	}
	const neutral = "\x1b[10m" // Primary font; every terminal is already in it.
	s = strings.ReplaceAll(s, voiced, neutral+voiced)
	return strings.ReplaceAll(s, semiVoiced, neutral+semiVoiced)
}

// cell is a piece of text that is never taken apart: a grapheme with the cells
// it takes up, or an escape sequence, which takes none.
type cell struct {
	text   string
	width  int
	escape bool
}

// first gives the first cell of s, which must not be empty.
func first(s string) cell {
	if n := sequence(s); n > 0 {
		return cell{text: s[:n], escape: true}
	}
	if startsWithMark(s) && startsWithMark(s[len(voiced):]) {
		return cell{text: s[:len(voiced)], width: 1} // A long row of them is one grapheme.
	}
	text, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if len(text) <= len(voiced) {
		return cell{text: text, width: width} // Nothing but one letter or mark.
	}
	// A mark begins a cell of its own, and joins a half-width letter before it.
	i := strings.IndexAny(text[1:], marks) + 1
	if i == 0 {
		return cell{text: text, width: width}
	}
	next := len(text)
	if j := strings.IndexAny(text[i+len(voiced):], marks); j >= 0 {
		next = i + len(voiced) + j
	}
	letter, mark := first(text[:i]), first(text[i:next])
	if strings.ContainsAny(letter.text, marks) || letter.width+mark.width > 2 {
		return letter
	}
	return cell{text: letter.text + mark.text, width: letter.width + mark.width}
}

func startsWithMark(s string) bool {
	return strings.HasPrefix(s, voiced) || strings.HasPrefix(s, semiVoiced)
}

// sequence gives the length of the control sequence (ESC [) or the operating
// system command (ESC ]) that s begins with, else 0. One that is not finished
// is none, so that it never swallows text.
func sequence(s string) int {
	if len(s) < 3 || s[0] != '\x1b' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		c := s[i]
		switch {
		case s[1] == '[' && c >= '@' && c <= '~', s[1] == ']' && c == '\a':
			return i + 1
		case s[1] == ']' && strings.HasPrefix(s[i:], "\x1b\\"):
			return i + 2
		case s[1] == '[' && c >= ' ' && c <= '?', s[1] == ']' && c >= ' ' && c <= '~':
			continue
		}
		return 0
	}
	return 0
}

// split takes s apart into cells. Their widths add up to Width(s).
func split(s string) []cell {
	var out []cell
	for len(s) > 0 {
		c := first(s)
		out = append(out, c)
		s = s[len(c.text):]
	}
	return out
}
