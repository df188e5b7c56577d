package tui

import (
	"cmp"
	"fmt"
	"slices"

	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// entry is a row of the timeline: a dated matter of the report, or the day on
// which a law that a finding cites changed.
type entry struct {
	at    day.Span
	words string
	where string
	opens spot
	isLaw bool
}

// timelinePage is every dated matter in one order, with the changes of law
// between them.
func (m *model) timelinePage() *page {
	s := m.style
	entries := m.entries()
	date, where := 10, cells.Width(s.Say("証拠", "exhibit"))
	for _, e := range entries {
		date = max(date, cells.Width(m.short(e.at)))
		where = max(where, cells.Width(cells.Sanitise(e.where)))
	}
	date, where = min(date, 22), min(where, 12)
	w := newWriter(cells.Pad(s.Say("日付", "date"), date+1) + cells.Pad(s.Say("証拠", "exhibit"), where+1) + s.Say("事柄", "what"))
	w.list()
	for _, e := range entries {
		t, words := plain, e.words
		if e.isLaw {
			t, words = strong, s.Say("== 法令 == ", "== law == ")+e.words
		}
		w.begin(e.opens, nil)
		w.row(column(m.short(e.at), date, t), column(e.where, where, t), span{words, t})
	}
	w.end()
	if len(entries) == 0 {
		w.text(0, span{text: s.Say("日付のある事柄は報告にありません。", "The report has nothing with a date.")})
	}
	return &w.page
}

func (m *model) entries() []entry {
	var list []entry
	for _, moment := range export.Chronology(m.result) {
		list = append(list, entry{at: moment.At, words: m.style.MomentWord(m.result, moment), where: moment.Exhibit, opens: spot{screen: exhibitScreen, exhibit: moment.Exhibit}})
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

// short writes a day for a column: of a range the beginning, and that it is one.
func (m *model) short(s day.Span) string {
	if s.Precision == day.Range {
		return m.style.Day(s.From) + m.style.Say("から", " ..")
	}
	if s.Precision == day.Instant {
		return m.style.Day(s.From)
	}
	return m.style.Date(s)
}
