package tui

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// timeline is every dated matter of the report in one order, with the days between them
// on which a law that a finding cites changed.
type timeline struct {
	moments []export.Moment
	changes []lawChange
}

// lawChange is the day of a change of law.
type lawChange struct {
	at     day.Date
	words  string
	law    *law.Law
	before int // how many moments stand before it
}

// entry is a row of the timeline: a moment, or a change of law.
type entry struct {
	moment *export.Moment
	change *lawChange
}

func (t *timeline) count() int { return len(t.moments) + len(t.changes) }

// entry gives a row.
func (t *timeline) entry(i int) entry {
	for k := range t.changes {
		switch at := t.changes[k].before + k; {
		case i < at:
			return entry{moment: &t.moments[i-k]}
		case i == at:
			return entry{change: &t.changes[k]}
		}
	}
	return entry{moment: &t.moments[i-len(t.changes)]}
}

// rowOf is the row of a moment.
func (t *timeline) rowOf(moment int) int {
	row := moment
	for _, c := range t.changes {
		if c.before <= moment {
			row++
		}
	}
	return row
}

// timeline puts the changes of law among the moments.
func (m *model) timeline() *timeline {
	t := &timeline{moments: m.moments}
	if len(t.moments) == 0 {
		return t
	}
	t.changes = m.changesOfLaw(t.moments[0].At.From, m.lastDay)
	for i := range t.changes {
		c := &t.changes[i]
		c.before = sort.Search(len(t.moments), func(k int) bool { return isAfter(t.moments[k].At, c.at) })
	}
	return t
}

// isAfter reports whether a moment stands after a day: it begins later, or on that day
// and ends later.
func isAfter(s day.Span, d day.Date) bool {
	return cmp.Or(s.From.Compare(d), s.To.Compare(d)) > 0
}

// lastDayOf is the last day of the moments.
func lastDayOf(moments []export.Moment) day.Date {
	var last day.Date
	for i := range moments {
		if last.Before(moments[i].At.To) {
			last = moments[i].At.To
		}
	}
	return last
}

// timelinePage is the timeline, a row each.
func (m *model) timelinePage() *page {
	s, t := m.style, m.timeline()
	year, heading := m.commonYear(), s.Say("日付", "date")
	if year != "" {
		heading += s.Say("（"+year+"）", " ("+year+")")
	}
	date, where := cells.Width(heading), cells.Width(s.Say("証拠", "exhibit"))
	const looked = 2000 // rows, spread over the list, tell how wide the columns are
	for i := 0; i < t.count(); i += 1 + t.count()/looked {
		e := t.entry(i)
		date = max(date, cells.Width(m.withoutYear(e.at(), year)))
		where = max(where, cells.Width(cells.Sanitise(e.where())))
	}
	date, where = min(date, 28), min(where, 12)
	w := newWriter(cells.Pad(heading, date+1) + cells.Pad(s.Say("証拠", "exhibit"), where+1) + s.Say("事柄", "what"))
	w.list()
	w.rows(t.count(), func(i int) listRow {
		e := t.entry(i)
		return listRow{item: item{opens: e.opens()}, spans: m.timelineRow(e, year, date, where)}
	})
	if t.count() == 0 {
		w.text(0, span{text: s.Say("日付のある事柄は報告にありません。", "The report has nothing with a date.")})
	}
	return &w.page
}

func (e entry) at() day.Span {
	if e.change != nil {
		return day.Span{From: e.change.at, To: e.change.at, Precision: day.Day}
	}
	return e.moment.At
}

// where is the exhibit of a moment.
func (e entry) where() string {
	if e.change != nil {
		return ""
	}
	return e.moment.Exhibit
}

func (e entry) opens() spot {
	if e.change != nil {
		return spot{screen: lawScreen, law: e.change.law}
	}
	return spot{screen: momentScreen, moment: e.moment}
}

func (m *model) timelineRow(e entry, year string, date, where int) []span {
	t, words := plain, ""
	if e.change != nil {
		t, words = strong, m.style.Say("== 法令 == ", "== law == ")+e.change.words
	} else {
		words = m.style.MomentWord(m.result, *e.moment)
	}
	row := []span{column(m.withoutYear(e.at(), year), date, t), column(e.where(), where, t)}
	if m.differs(e.where()) {
		row = append(row, m.rowMark())
	}
	return append(row, span{words, t})
}

// changesOfLaw lists the days between two on which a cited law changed.
func (m *model) changesOfLaw(from, to day.Date) []lawChange {
	var list []lawChange
	seen := map[*law.Law]bool{}
	for _, f := range m.result.Findings {
		if seen[f.Law] {
			continue
		}
		seen[f.Law] = true
		for _, v := range f.Law.Versions {
			if v.From.IsZero() || v.From.Before(from) || to.Before(v.From) {
				continue
			}
			words := f.Law.Name(m.style.Cites(law.Short))
			if by := v.By.In(m.lawLang()); by != "" {
				words += fmt.Sprintf(m.style.Say("（%s）", " (%s)"), by)
			}
			list = append(list, lawChange{at: v.From, words: words, law: f.Law})
		}
	}
	slices.SortStableFunc(list, func(a, b lawChange) int { return a.at.Compare(b.at) })
	return list
}

// commonYear is the year of every entry, as dates are written; "" if there are
// several, or dates are written as ISO has them.
func (m *model) commonYear() string {
	if m.style.ISO || len(m.moments) == 0 {
		return ""
	}
	// They are in order: if the first and the last day are of one year, all are.
	first, last := m.moments[0].At.From, m.lastDay
	if year := m.yearOf(first); m.yearOf(last) == year && first.Year == last.Year {
		return year
	}
	return ""
}

// yearOf is the year as a day is written with it: 令和8年, 2026.
func (m *model) yearOf(d day.Date) string {
	if m.style.Lang == "en" {
		return strconv.Itoa(d.Year)
	}
	year, _, _ := strings.Cut(d.Wareki(), "年")
	return year + "年"
}

// withoutYear is short without a year that the heading states. A month or a year
// alone keeps it.
func (m *model) withoutYear(s day.Span, year string) string {
	text := m.short(s)
	if year == "" || s.Precision == day.Month || s.Precision == day.Year {
		return text
	}
	if m.style.Lang == "en" {
		return strings.Replace(text, " "+year, "", 1)
	}
	return strings.Replace(text, year, "", 1)
}

// short writes a day for a column, with the time of day where the record has one:
// of a range the beginning, and that it is one.
func (m *model) short(s day.Span) string {
	switch s.Precision {
	case day.Range:
		return m.style.Day(s.From) + m.style.Say("から", " ..")
	case day.Instant:
		return m.shortTime(s)
	default:
		return m.style.Date(s)
	}
}

// shortTime writes a time as the record has it, to the second. Its zone stands
// beside it unless that is Japan's.
func (m *model) shortTime(s day.Span) string {
	const date, time = len("2026-05-18"), len("2026-05-18T14:03:59")
	if len(s.Time) < time {
		return m.style.Date(s)
	}
	on, err := day.ParseDate(s.Time[:date])
	if err != nil {
		return m.style.Date(s)
	}
	zone := strings.TrimLeft(s.Time[time:], ".0123456789")
	switch zone {
	case "+09:00":
		zone = ""
	case "":
		zone = m.style.Say(" 時差不明", " no zone")
	}
	return m.style.Day(on) + " " + s.Time[date+1:time] + zone
}
