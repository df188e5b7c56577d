package tui

import (
	"slices"

	"jobun/checker/review"
)

// markFinding marks a finding for a decision on several, or takes the mark off.
func (m *model) markFinding() {
	f := m.chosenFinding()
	if f == nil {
		return
	}
	key := review.KeyOf(f)
	if m.marked[key] {
		delete(m.marked, key)
	} else {
		m.marked[key] = true
	}
	m.forgetDecisions()
	m.down()
}

// markAll marks all findings of the list, or takes all marks off.
func (m *model) markAll() {
	if len(m.marked) > 0 {
		clear(m.marked)
	} else {
		for _, f := range m.filter.findings {
			m.marked[review.KeyOf(f)] = true
		}
	}
	m.forgetDecisions()
	m.arrange()
}

func (m *model) canMark() bool {
	return m.review != nil && m.here().screen == findingsScreen && len(m.filter.findings) > 0
}

// nextUndecided goes to the next finding of the list that is not decided, on the
// screen that the reader is on if that is of one finding.
func (m *model) nextUndecided(step int) {
	list := m.filter.findings
	from := slices.Index(list, m.chosenFinding())
	for i := from + step; i >= 0 && i < len(list); i += step {
		if m.review.Of(list[i]).IsDecided() {
			continue
		}
		m.goToFinding(i)
		return
	}
	m.message = m.style.Say("この先に未検討の指摘はありません", "no undecided finding further this way")
}

// goToFinding puts the cursor of the list on a finding, and shows it if the reader was
// looking at one.
func (m *model) goToFinding(i int) {
	inside := len(m.stack) > 1
	if m.stack[0].screen != findingsScreen {
		m.goTo(findingsScreen)
	}
	root := m.stack[0]
	root.pane.item, root.pane.mark = i, 0
	m.stack = []place{root}
	m.show()
	if inside {
		m.open(spot{screen: findingScreen, finding: m.filter.findings[i]})
	}
}
