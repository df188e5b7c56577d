package tui

import (
	"slices"

	"jobun/checker"
	"jobun/checker/export"
)

func (m *model) canShowOnTimeline() bool {
	return m.here().screen != timelineScreen && (m.chosenFinding() != nil || m.chosenExhibit() != nil)
}

// showOnTimeline goes to the first matter of the timeline that the chosen clause, exhibit
// or finding rests on.
func (m *model) showOnTimeline() {
	rests := m.restsOn()
	m.goTo(timelineScreen)
	i := slices.IndexFunc(m.moments, func(x export.Moment) bool { return rests(&x) })
	if i < 0 {
		m.message = m.style.Say("基になる記録のうち、日付のあるものはありません", "none of the records behind it has a date")
		return
	}
	m.here().pane.item, m.here().pane.mark = m.timeline().rowOf(i), 0
	m.show()
}

// restsOn tells whether what is chosen rests on a matter of the timeline.
func (m *model) restsOn() func(*export.Moment) bool {
	var answers []*checker.Answer
	if at, ok := m.chosenClause(); ok {
		answers = []*checker.Answer{at.clause}
	} else if e := m.chosenExhibit(); e != nil {
		return func(x *export.Moment) bool { return x.Exhibit == e.ID }
	} else {
		answers = m.chosenFinding().Answers()
	}
	records := map[string]bool{}
	for _, a := range answers {
		for _, o := range export.Origins(a) {
			records[o.Record] = true
		}
	}
	return func(x *export.Moment) bool { return records[recordOf(x)] }
}

// recordOf is the id of what a moment was read from in the report.
func recordOf(x *export.Moment) string {
	switch {
	case x.Observation != nil:
		return x.Observation.ID
	case x.Record != nil:
		return x.Record.ID
	case x.Statement != nil:
		return x.Statement.ID
	default:
		return x.Event.ID
	}
}
