package tui

import (
	"maps"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/internal/day"
)

// index is what screens look up in a result. Of a large one it takes seconds to work out,
// which is done where the report is read, beside the screen.
type index struct {
	of       *checker.Result
	moments  []export.Moment
	lastDay  day.Date
	moment   map[string]*export.Moment     // by record: those that were opened from elsewhere
	read     map[string]*passages          // by exhibit: of those that were opened
	uses     map[string][]use              // by exhibit
	records  map[string][]use              // by record
	doubtful map[*checker.Finding][]string // of a finding: the exhibits behind it whose files are not those of the report
}

func indexOf(r *checker.Result) *index {
	x := &index{of: r, moments: export.Chronology(r), moment: map[string]*export.Moment{}, read: map[string]*passages{}}
	x.lastDay = lastDayOf(x.moments)
	x.renew(r)
	return x
}

// renew is the index of another result of the same report.
func (x *index) renew(r *checker.Result) {
	x.of = r
	x.uses, x.records = usesOf(r)
	x.doubtful = doubtful(r)
}

// snapshot is the model as it now stands, for what is worked out beside the screen: it
// shares nothing with the model that either changes.
func (m *model) snapshot() *model {
	c, result, x := *m, *m.result, *m.index
	c.result, c.index = &result, &x
	x.moment, x.read = map[string]*export.Moment{}, maps.Clone(m.read)
	c.marked, c.unsent = maps.Clone(m.marked), maps.Clone(m.unsent)
	c.kept, c.pages = map[layKey]*laid{}, map[spot]*page{}
	return &c
}
