package store

import (
	"slices"

	"jobun/internal/day"
)

// Period is a stretch of days with one answer: one text, or none.
type Period struct {
	From, Until day.Date // until excluded; a zero Until is open
	Answer      Answer   // of every day of the period
}

// Overlaps gives the days that a period has in common with others, from a day
// until another; it is false if there are none. Zero bounds are open.
func (p Period) Overlaps(from, until day.Date) (first, end day.Date, ok bool) {
	first, end = p.From, p.Until
	if first.IsZero() || first.Before(from) {
		first = from
	}
	if end.IsZero() || !until.IsZero() && until.Before(end) {
		end = until
	}
	return first, end, end.IsZero() || first.Before(end)
}

// Periods parts all days from the first text that is held into stretches with
// one text or with none, oldest first. It is empty for a law without texts.
func (s *Store) Periods(lawID string) ([]Period, error) {
	l, err := s.law(lawID)
	if err != nil {
		return nil, err
	}
	var days []day.Date
	for i, r := range l.Revisions {
		days = append(days, r.From)
		if end := l.end(i); !end.IsZero() {
			days = append(days, end)
		}
	}
	if len(days) == 0 {
		return nil, nil
	}
	for _, listed := range l.Listed {
		days = append(days, listed.From)
	}
	if !l.Repealed.IsZero() {
		days = append(days, l.Repealed)
	}
	slices.SortFunc(days, day.Date.Compare)
	first := l.Revisions[0].From
	var periods []Period
	for _, d := range slices.Compact(days) {
		if d.Before(first) {
			continue
		}
		a := l.on(d)
		if n := len(periods); n > 0 {
			last := &periods[n-1]
			if last.Answer.Status == a.Status && last.Answer.Revision.ID == a.Revision.ID {
				continue
			}
			last.Until = d
		}
		periods = append(periods, Period{From: d, Answer: a})
	}
	return periods, nil
}
