package tui

import (
	"maps"
	"path"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/law"
)

// screen is a kind of screen.
type screen uint8

const (
	nowhere screen = iota
	// The screens that the digits lead to.
	findingsScreen
	timelineScreen
	exhibitsScreen
	lawsScreen
	journalScreen
	rulesScreen
	// The screens inside them.
	findingScreen
	evidenceScreen
	statementsScreen
	provisionScreen
	momentScreen
	exhibitScreen
	lawScreen
	ruleScreen
	historyScreen
	diagramScreen
	whatIfScreen
	compareScreen
)

// roots lists the screens that the digits lead to, in their order.
func roots() []screen {
	return []screen{findingsScreen, timelineScreen, exhibitsScreen, lawsScreen, journalScreen, rulesScreen}
}

// isList reports whether a screen is a list, of which what is chosen can be shown
// in short at the bottom.
func (s screen) isList() bool { return s >= findingsScreen && s <= journalScreen }

// spot says what a screen is about. Only the fields of its screen mean anything.
type spot struct {
	screen  screen
	finding *checker.Finding
	clause  *checker.Answer
	moment  *export.Moment
	exhibit string
	law     *law.Law
	rule    *checker.Rule
}

// place is a spot with the reader's position on it.
type place struct {
	spot
	pane pane
}

// rootName names a screen that a digit leads to.
func (m *model) rootName(s screen) string {
	switch s {
	case timelineScreen:
		return m.style.Say("時系列", "Timeline")
	case exhibitsScreen:
		return m.style.Say("証拠", "Exhibits")
	case lawsScreen:
		return m.style.Say("法令", "Laws")
	case journalScreen:
		return m.style.Say("記録", "Decisions")
	case rulesScreen:
		return m.style.Say("規則", "Rules")
	default:
		return m.style.Say("指摘", "Findings")
	}
}

// crumb names a place in the line that says where the reader is.
func (m *model) crumb(at spot) string {
	switch at.screen {
	case findingScreen:
		return at.finding.ID
	case evidenceScreen:
		return m.style.ClauseName(at.finding, at.clause)
	case statementsScreen:
		return m.style.Say("主張と応答", "statements")
	case provisionScreen:
		return m.style.Say("条文", "provision")
	case momentScreen:
		if at.moment.At.IsZero() {
			return recordOf(at.moment)
		}
		return m.short(at.moment.At)
	case exhibitScreen:
		return at.exhibit
	case lawScreen:
		return at.law.Short.In(m.lawLang())
	case compareScreen:
		return m.style.Say("比較", "comparison")
	case whatIfScreen:
		return m.style.Say("変わりうる事実", "what if")
	case diagramScreen:
		return m.style.Say("ブロック図", "diagram")
	case historyScreen:
		return m.style.Say("履歴", "history")
	case ruleScreen:
		return path.Base(at.rule.ID)
	default:
		return m.rootName(at.screen)
	}
}

// shape is what else than its spot decides what a page says.
type shape struct {
	width  int
	chosen int  // the chosen item
	inside bool // a chosen clause explains itself below, because no column beside it does
}

// page makes the page of a spot.
func (m *model) page(at spot, s shape) *page {
	switch at.screen {
	case timelineScreen:
		return m.timelinePage()
	case exhibitsScreen:
		return m.exhibitsPage(s.width)
	case lawsScreen:
		return m.lawsPage()
	case journalScreen:
		return m.journalPage()
	case compareScreen:
		return m.comparePage(s.width)
	case whatIfScreen:
		return m.whatIfPage(at.finding)
	case diagramScreen:
		return m.diagramPage(at.finding, s.width)
	case historyScreen:
		return m.historyPage(at.finding)
	case rulesScreen:
		return m.rulesPage()
	case findingScreen:
		return m.findingPage(at.finding, s)
	case evidenceScreen:
		return m.evidencePage(at.finding, at.clause)
	case statementsScreen:
		return m.statementsPage(at.finding)
	case provisionScreen:
		return m.provisionPage(at.finding)
	case momentScreen:
		return m.momentPage(at.moment)
	case exhibitScreen:
		return m.exhibitPage(at.exhibit)
	case lawScreen:
		return m.lawPage(at.law)
	case ruleScreen:
		return m.rulePage(at.rule)
	default:
		return m.findingsPage(s.width)
	}
}

// lay lays a spot out. Pages that do not change with the cursor are kept, since
// a list of ten thousand findings takes time to write.
func (m *model) lay(at spot, s shape) *laid {
	if at.screen != findingScreen {
		s.chosen = 0
	}
	key := layKey{at, s}
	if l, ok := m.kept[key]; ok {
		return l
	}
	if len(m.kept) >= 64 {
		maps.DeleteFunc(m.kept, func(k layKey, _ *laid) bool { return !k.screen.isList() })
	}
	l := lay(m.page(at, s), s.width)
	m.kept[key] = l
	return l
}

// forget drops the pages that are kept: what they say has changed.
func (m *model) forget() {
	clear(m.kept)
	clear(m.pages)
}

// forgetDecisions drops the pages that say what was decided, and no others.
func (m *model) forgetDecisions() {
	says := func(s screen) bool {
		return s == findingsScreen || s == findingScreen || s == journalScreen || s == historyScreen
	}
	maps.DeleteFunc(m.kept, func(k layKey, _ *laid) bool { return says(k.screen) })
	maps.DeleteFunc(m.pages, func(at spot, _ *page) bool { return says(at.screen) })
}

type layKey struct {
	spot
	shape
}
