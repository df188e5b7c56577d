package tui

import (
	tea "charm.land/bubbletea/v2"

	"jobun/checker/audit"
)

// chosenExhibit is the exhibit that the reader is at; nil: none.
func (m *model) chosenExhibit() *audit.Exhibit {
	id := m.here().exhibit
	if at, ok := m.chosen(); ok && at.exhibit != "" {
		id = at.exhibit
	}
	return m.exhibits[id]
}

func (m *model) canOpenFile() bool {
	e := m.chosenExhibit()
	return m.files.Open != nil && e != nil && e.File != ""
}

// openedMsg is what came of opening a file.
type openedMsg struct {
	file string
	err  error
}

// askOpenFile asks before another program is given the file: what it does with it, jobun
// does not know.
func (m *model) askOpenFile() {
	e := m.chosenExhibit()
	choices := []choice{{m.style.Say("開く", "open"), e.File, func(m *model) tea.Cmd {
		open := m.files.Open
		return func() tea.Msg { return openedMsg{e.File, open(e.File)} }
	}}}
	title := m.style.Say("ほかのプログラムで開きますか（ファイルが書き換えられることがあります）", "Open it in another program? (which may write to it)")
	m.picker = newPicker(title, choices)
}

func (m *model) takeOpened(msg openedMsg) {
	m.message = m.style.Say("外部のプログラムに渡しました: ", "given to its own program: ") + msg.file
	if msg.err != nil {
		m.message = m.style.Say("開けません: ", "cannot be opened: ") + m.style.Trouble(msg.err)
	}
	m.arrange()
}
