package tui

// Bookmark is the way from a root screen to where a reader was. It holds names and
// numbers only, no words of the case.
type Bookmark []Step

// Step is one screen of a bookmark, by names that mean the same the next time.
type Step struct {
	Screen  string `json:"screen"`
	Finding string `json:"finding,omitempty"` // its id; of the list of findings: of the chosen one
	Clause  string `json:"clause,omitempty"`
	Exhibit string `json:"exhibit,omitempty"`
	Law     string `json:"law,omitempty"`
	Rule    string `json:"rule,omitempty"`
	Moment  int    `json:"moment,omitempty"` // among the moments, from 1
	Item    int    `json:"item,omitempty"`
	Top     int    `json:"top,omitempty"`
}

// screenNames are the names of screens in bookmarks. They outlive the program: none is
// given to another screen.
func screenNames() map[screen]string {
	return map[screen]string{
		findingsScreen: "findings", timelineScreen: "timeline", exhibitsScreen: "exhibits", lawsScreen: "laws", journalScreen: "journal", rulesScreen: "rules",
		findingScreen: "finding", evidenceScreen: "evidence", statementsScreen: "statements", provisionScreen: "provision", momentScreen: "moment",
		exhibitScreen: "exhibit", lawScreen: "law", ruleScreen: "rule", historyScreen: "history", diagramScreen: "diagram", whatIfScreen: "what-if",
	}
}

// bookmark says where the reader is.
func (m *model) bookmark() Bookmark {
	var b Bookmark
	names := screenNames()
	for _, p := range m.stack {
		s := Step{Screen: names[p.screen], Exhibit: p.exhibit, Item: p.pane.item, Top: p.pane.top}
		switch {
		case p.screen == findingsScreen && p.pane.item < len(m.filter.findings):
			s.Finding = m.filter.findings[p.pane.item].ID
		case p.finding != nil:
			s.Finding = p.finding.ID
		}
		if p.clause != nil {
			s.Clause = p.clause.Clause.ID
		}
		if p.law != nil {
			s.Law = p.law.ID
		}
		if p.rule != nil {
			s.Rule = p.rule.ID
		}
		for i := range m.moments {
			if p.moment == &m.moments[i] {
				s.Moment = i + 1
			}
		}
		b = append(b, s)
	}
	return b
}

// goBack goes to where a bookmark was made, as far as what it names is still there, and
// reports whether it led anywhere.
func (m *model) goBack(b Bookmark) bool {
	var stack []place
	for i, s := range b {
		p, ok := m.placeOf(s)
		if !ok || (i == 0) != p.isRoot() {
			break
		}
		stack = append(stack, p)
	}
	if len(stack) == 0 {
		return false
	}
	m.stack = stack
	m.forget()
	m.arrange()
	return true
}

func (p place) isRoot() bool { return p.screen >= findingsScreen && p.screen <= rulesScreen }

// placeOf is the place of a step, if what it names is there.
func (m *model) placeOf(s Step) (place, bool) {
	p := place{pane: pane{item: max(0, s.Item), top: max(0, s.Top)}}
	for at, name := range screenNames() {
		if name == s.Screen {
			p.screen = at
		}
	}
	f, hasFinding := m.result.Finding(s.Finding)
	ok := p.screen != nowhere
	switch p.screen {
	case findingsScreen:
		p.pane.item = m.rowOf(s.Finding, p.pane.item)
	case findingScreen, statementsScreen, provisionScreen, historyScreen, diagramScreen, whatIfScreen:
		p.finding, ok = f, hasFinding && (p.screen != historyScreen || m.review != nil)
	case evidenceScreen:
		if ok = hasFinding; ok {
			p.finding = f
			p.clause, ok = f.Answer(s.Clause)
		}
	case momentScreen:
		if ok = s.Moment > 0 && s.Moment <= len(m.moments); ok {
			p.moment = &m.moments[s.Moment-1]
		}
	case exhibitScreen:
		p.exhibit = s.Exhibit
		_, ok = m.exhibits[s.Exhibit]
	case lawScreen:
		p.law, ok = m.result.Rulebook.Laws.Law(s.Law)
	case ruleScreen:
		p.rule, ok = m.result.Rulebook.Rule(s.Rule)
	}
	return p, ok
}

// rowOf is the row of a finding in the list, else the row that is given.
func (m *model) rowOf(id string, row int) int {
	for i, f := range m.filter.findings {
		if f.ID == id {
			return i
		}
	}
	return row
}

// leave is the case as its reader leaves it.
func (m *model) leave(name string) Left {
	l := Left{Name: name, Findings: len(m.result.Findings), Drafts: len(m.unsent), At: m.bookmark()}
	if m.review != nil {
		l.Decided = m.review.Decided()
	}
	return l
}
