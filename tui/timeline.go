package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jobun/checker/law"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// entry is a row of the timeline: a dated matter of the report, or the day on
// which a law that a finding cites changed.
type entry struct {
	at    day.Span
	words string // of a change of law; else the moment tells
	where string // the exhibit
	opens spot
	isLaw bool
}

// timelinePage is every dated matter in one order, with the changes of law
// between them.
func (m *model) timelinePage() *page {
	s := m.style
	entries := m.entries()
	year, heading := m.commonYear(entries), s.Say("日付", "date")
	if year != "" {
		heading += s.Say("（"+year+"）", " ("+year+")")
	}
	date, where := cells.Width(heading), cells.Width(s.Say("証拠", "exhibit"))
	const looked = 2000 // rows, spread over the list, tell how wide the columns are
	for i := 0; i < len(entries); i += 1 + len(entries)/looked {
		e := &entries[i]
		date = max(date, cells.Width(m.withoutYear(e.at, year)))
		where = max(where, cells.Width(cells.Sanitise(e.where)))
	}
	date, where = min(date, 28), min(where, 12)
	w := newWriter(cells.Pad(heading, date+1) + cells.Pad(s.Say("証拠", "exhibit"), where+1) + s.Say("事柄", "what"))
	w.list()
	for i := range entries {
		e := &entries[i]
		w.begin(e.opens, nil)
		w.rowLater(func() []span { return m.timelineRow(e, year, date, where) })
	}
	w.end()
	if len(entries) == 0 {
		w.text(0, span{text: s.Say("日付のある事柄は報告にありません。", "The report has nothing with a date.")})
	}
	return &w.page
}

func (m *model) timelineRow(e *entry, year string, date, where int) []span {
	t, words := strong, m.style.Say("== 法令 == ", "== law == ")+e.words
	if !e.isLaw {
		t, words = plain, m.style.MomentWord(m.result, *e.opens.moment)
	}
	row := []span{column(m.withoutYear(e.at, year), date, t), column(e.where, where, t)}
	if m.differs(e.where) {
		row = append(row, m.rowMark())
	}
	return append(row, span{words, t})
}

func (m *model) entries() []entry {
	list := make([]entry, 0, len(m.moments)+8)
	for i := range m.moments {
		moment := &m.moments[i]
		list = append(list, entry{at: moment.At, where: moment.Exhibit, opens: spot{screen: momentScreen, moment: moment}})
	}
	if len(list) == 0 {
		return nil
	}
	last := list[0].at.To
	for _, e := range list {
		if last.Before(e.at.To) {
			last = e.at.To
		}
	}
	list = append(list, m.changesOfLaw(list[0].at.From, last)...)
	slices.SortStableFunc(list, func(a, b entry) int {
		return cmp.Or(a.at.From.Compare(b.at.From), a.at.To.Compare(b.at.To))
	})
	return list
}

// changesOfLaw lists the days between two on which a cited law changed.
func (m *model) changesOfLaw(from, to day.Date) []entry {
	var list []entry
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
			list = append(list, entry{at: day.Span{From: v.From, To: v.From, Precision: day.Day}, words: words, opens: spot{screen: lawScreen, law: f.Law}, isLaw: true})
		}
	}
	return list
}

// commonYear is the year of every entry, as dates are written; "" if there are
// several, or dates are written as ISO has them.
func (m *model) commonYear(entries []entry) string {
	if m.style.ISO || len(entries) == 0 {
		return ""
	}
	first, last := entries[0].at.From, entries[0].at.To
	for i := range entries {
		if last.Before(entries[i].at.To) {
			last = entries[i].at.To
		}
	}
	// They are in order: if the first and the last day are of one year, all are.
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
