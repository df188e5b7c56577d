package tui

import (
	tea "charm.land/bubbletea/v2"

	"jobun/internal/cells"
)

// prompt asks for a line of text in the status line.
type prompt struct {
	label string
	input input
	done  func(*model, string) tea.Cmd
}

func (p *prompt) line(width int) []span {
	text, _ := p.input.shown(max(1, width-cells.Width(p.label)))
	return fit([]span{{p.label, strong}, {text: text}}, width)
}

// column is where the cursor of the terminal goes, so that the window of an
// input method opens there.
func (p *prompt) column(width int) int {
	_, cursor := p.input.shown(max(1, width-cells.Width(p.label)))
	return cells.Width(p.label) + cursor
}

// pressInPrompt does what a key means while a line is being typed.
func (m *model) pressInPrompt(msg tea.KeyPressMsg) tea.Cmd {
	if a, ok := m.actionFor(asking, msg.Keystroke()); ok {
		return a.do(m)
	}
	m.typing.input.press(msg)
	return nil
}

// finishPrompt hands over what was typed.
func (m *model) finishPrompt() tea.Cmd {
	p := m.typing
	m.typing = nil
	return p.done(m, p.input.value())
}

// paste takes text pasted from the terminal. While nothing is being typed it is
// dropped: text is not a row of commands.
func (m *model) paste(text string) {
	switch {
	case m.dialog != nil:
		m.pasteInDialog(text)
	case m.picker != nil:
		m.picker.input.put(text)
		m.picker.narrow()
	case m.typing != nil:
		m.typing.input.put(text)
	}
	m.arrange()
}
