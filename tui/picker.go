package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/internal/cells"
)

// choice is one row of a picker.
type choice struct {
	name string // the key, or a sign
	says string
	do   func(*model) tea.Cmd // nil: a row to read only
}

// picker is a list to choose from, narrowed by typing. Help and the filter are
// both one.
type picker struct {
	title   string
	choices []choice
	input   input
	shown   []int // of choices, those that match what is typed
	cursor  int   // in shown
}

func newPicker(title string, choices []choice) *picker {
	p := &picker{title: title, choices: choices}
	p.narrow()
	return p
}

// narrow shows the choices that hold every word typed.
func (p *picker) narrow() {
	words := strings.Fields(p.input.value())
	p.shown, p.cursor = p.shown[:0], 0
	for i, c := range p.choices {
		key := cells.Fold(c.name + " " + c.says)
		matches := true
		for _, word := range words {
			matches = matches && strings.Contains(key, cells.Fold(word))
		}
		if matches {
			p.shown = append(p.shown, i)
		}
	}
}

func (p *picker) move(step int) { p.cursor = max(0, min(p.cursor+step, len(p.shown)-1)) }

// pressInPicker does what a key means while a picker is open.
func (m *model) pressInPicker(msg tea.KeyPressMsg) tea.Cmd {
	if a, ok := m.actionFor(picking, msg.Keystroke()); ok {
		return a.do(m)
	}
	if m.picker.input.press(msg) {
		m.picker.narrow()
	}
	return nil
}

// pick does what is chosen.
func (m *model) pick() tea.Cmd {
	p := m.picker
	if p.cursor >= len(p.shown) {
		return nil
	}
	c := p.choices[p.shown[p.cursor]]
	if c.do == nil {
		return nil
	}
	m.picker = nil
	m.arrange()
	return c.do(m)
}

// lines draws the picker over the body.
func (p *picker) lines(width, height int, s export.Style) ([]string, *point) {
	label := " " + s.Say("入力で絞る: ", "type to narrow: ")
	text, cursor := p.input.shown(max(1, width-cells.Width(label)))
	lines := []string{
		draw([]span{{" " + p.title, strong}}, width, plain, asIs),
		draw([]span{{text: label}, {text: text}}, width, plain, asIs),
	}
	at := &point{cells.Width(label) + cursor, 1}
	names := 0
	for _, i := range p.shown {
		names = max(names, cells.Width(p.choices[i].name))
	}
	names = min(names, width/2)
	room := max(0, height-len(lines))
	if len(p.shown) == 0 && room > 0 {
		lines = append(lines, draw(append(blanks(3), span{text: s.Say("一致するものがありません（Backspace で消す）", "nothing matches (Backspace takes it back)")}), width, plain, asIs))
		room--
	}
	top := max(0, min(p.cursor-room/2, len(p.shown)-room))
	for row := range room {
		if top+row >= len(p.shown) {
			lines = append(lines, draw(nil, width, plain, asIs))
			continue
		}
		c := p.choices[p.shown[top+row]]
		sign, l := " ", asIs
		if top+row == p.cursor {
			sign, l = ">", chosen
		}
		lines = append(lines, draw(append(gutter(sign, 3), column(c.name, names, plain), span{text: cells.Sanitise(c.says)}), width, plain, l))
	}
	return lines, at
}

// ifItWorks does an action that was chosen: the screen may have changed since it was
// offered.
func (a *action) ifItWorks(m *model) tea.Cmd {
	if !a.works(m) {
		m.message = m.style.Say("画面が変わったので、ここではできません", "the screen has changed: this cannot be done here")
		return nil
	}
	return a.do(m)
}

// askHelp lists what can be done here, by what the keys say it is, and what the
// signs mean.
func (m *model) askHelp() {
	var choices []choice
	for i := range m.actions {
		a := &m.actions[i]
		if a.mode != reading || !a.works(m) || a.id == "help" {
			continue
		}
		choices = append(choices, choice{strings.Join(a.keyNames(), " "), m.style.In(a.says), a.ifItWorks})
	}
	for _, code := range checker.Codes() {
		choices = append(choices, choice{export.CodeGlyph(code, m.style.Glyphs), m.style.Say("記号 ", "sign: ") + m.style.In(export.CodeWord(code)), nil})
	}
	m.picker = newPicker(m.style.Say("ヘルプ", "Help"), choices)
}
