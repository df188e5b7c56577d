package tui

import (
	"github.com/charmbracelet/x/ansi"

	"jobun/checker"
	"jobun/internal/cells"
)

// tone sets a piece of text apart. Words and signs come first: a screen without
// any colour says the same.
type tone uint8

const (
	plain tone = iota
	strong
	supported
	contradicted
	contested
	warned
)

// toneOf is the tone of an answer: blue, magenta and yellow, which people who
// cannot tell red from green can tell, and which promise nothing.
func toneOf(c checker.Code) tone {
	switch c {
	case checker.Supported:
		return supported
	case checker.Contradicted:
		return contradicted
	case checker.Contested:
		return contested
	default:
		return plain
	}
}

// look is how a whole row is set apart.
type look uint8

const (
	asIs   look = iota
	chosen      // the row of the cursor
	found       // a row that a search stopped at
)

// paint gives text in its tone, ready for the screen. Text is already clean and
// cut to size; the escape sequences put on here are the only ones.
func paint(text string, t tone, l look) string {
	if text == "" {
		return ""
	}
	style := ansi.Style{}
	switch t {
	case strong:
		style = style.Bold()
	case supported:
		style = style.Bold().ForegroundColor(ansi.Blue)
	case contradicted, warned:
		style = style.Bold().ForegroundColor(ansi.Magenta)
	case contested:
		style = style.Bold().ForegroundColor(ansi.Yellow)
	}
	switch l {
	case chosen:
		style = style.Reverse(true)
	case found:
		style = style.Underline(true)
	}
	text = cells.Display(text)
	if len(style) == 0 {
		return text
	}
	return style.Styled(text)
}
