package tui

// The things that actions do, and when they can.

func (m *model) canOpen() bool {
	_, ok := m.chosen()
	return ok
}

func (m *model) openChosen() {
	if at, ok := m.chosen(); ok {
		m.open(at)
	}
}

func (m *model) canGoBack() bool { return len(m.stack) > 1 }

func (m *model) down() { m.move((*pane).down) }
func (m *model) up()   { m.move((*pane).up) }

// scroll moves the page by a part of the screen.
func (m *model) scroll(screens float64) {
	column := m.focused()
	rows := int(screens * float64(column.height))
	if rows == 0 {
		rows = 1
		if screens < 0 {
			rows = -1
		}
	}
	m.here().pane.scroll(column.laid, column.height, rows*m.takeCount())
}

func (m *model) hasMore() bool {
	if len(m.columns) == 0 {
		return false
	}
	return m.focused().laid.count() > m.focused().height
}

func (m *model) first() {
	m.here().pane.first(m.focused().laid, m.focused().height)
	m.arrange()
}

// last goes to the end, or with a count to that item.
func (m *model) last() {
	p := &m.here().pane
	if m.count != "" {
		p.item, p.mark = m.takeCount()-1, 0
		m.arrange()
		m.reveal()
		return
	}
	p.last(m.focused().laid, m.focused().height)
	m.arrange()
	p.last(m.focused().laid, m.focused().height)
}

func (m *model) canShowProvision() bool {
	return m.chosenFinding() != nil && m.here().screen != provisionScreen
}

func (m *model) showProvision() {
	m.open(spot{screen: provisionScreen, finding: m.chosenFinding()})
}

func (m *model) canShowStatements() bool {
	return m.chosenFinding() != nil && m.here().screen != statementsScreen
}

func (m *model) showStatements() {
	m.open(spot{screen: statementsScreen, finding: m.chosenFinding()})
}

func (m *model) canShowEvidence() bool {
	_, ok := m.chosenClause()
	return ok && m.here().screen != evidenceScreen
}

func (m *model) showEvidence() {
	if at, ok := m.chosenClause(); ok {
		m.open(at)
	}
}

func (m *model) toggleLanguage() {
	if m.style.Lang == "en" {
		m.style.Lang = "ja"
	} else {
		m.style.Lang = "en"
	}
	m.rewrite()
}

func (m *model) toggleDates() {
	m.style.ISO = !m.style.ISO
	m.rewrite()
}

// rewrite writes every page anew, in other words.
func (m *model) rewrite() {
	m.widest = nil
	m.forget()
	m.here().pane.mark = 0
	m.show()
}
