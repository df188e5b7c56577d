package day

import "time"

// Precision says how exactly a span is dated.
type Precision int

// The precisions of a span. None is that of a span without a date.
const (
	None    Precision = iota
	Instant           // A time of day.
	Day               // A whole day.
	Month             // Some day, or all, of a month.
	Year              // Some day, or all, of a year.
	Range             // From one day to another.
)

// String gives the precision in lower case, such as "day".
func (p Precision) String() string {
	switch p {
	case Instant:
		return "instant"
	case Day:
		return "day"
	case Month:
		return "month"
	case Year:
		return "year"
	case Range:
		return "range"
	}
	return "none"
}

// Span is the time a record gives for something: the days in Asia/Tokyo on
// which it may have been, and how the record says so. The zero value is no time.
type Span struct {
	// From and To are the first and the last of the days.
	From, To  Date
	Precision Precision
	// Time is the time as the record has it, if Precision is Instant: as in
	// RFC 3339, or the same without a zone.
	Time string
	// ZoneStated tells whether Time has a zone. If it has none From and To take
	// in every day that it may be in Tokyo, from UTC-12 to UTC+14.
	ZoneStated bool
	// Written is the wording of the source.
	Written string
	// at is Time as read, kept so that comparing does not read it again.
	at time.Time
}

// IsZero tells whether s has no date. It may have a wording all the same.
func (s Span) IsZero() bool { return s.From.IsZero() && s.To.IsZero() }

// Contains tells whether it may have been on the day d.
func (s Span) Contains(d Date) bool {
	return !s.IsZero() && !d.IsZero() && !d.Before(s.From) && !d.After(s.To)
}

// Overlaps tells whether it may have been on a day from from on and before
// until. Either may be zero, which leaves that side open. A span without a date
// overlaps nothing.
func (s Span) Overlaps(from, until Date) bool {
	if s.IsZero() || !from.IsZero() && !until.IsZero() && !from.Before(until) {
		return false
	}
	return (until.IsZero() || s.From.Before(until)) && !s.To.Before(from)
}

// Compare tells which came first: order is negative if a did, positive if b
// did, 0 if they are the same instant or the same day. It is known only if
// there is no doubt: both are times with a zone, or both are the same single
// day, or they have no day in common. If it is not known order is 0 and means
// nothing.
func Compare(a, b Span) (order int, known bool) {
	if a.IsZero() || b.IsZero() {
		return 0, false
	}
	if at, ok := a.instant(); ok {
		if bt, ok := b.instant(); ok {
			return at.Compare(bt), true
		}
	}
	switch {
	case a.To.Before(b.From):
		return -1, true
	case b.To.Before(a.From):
		return 1, true
	}
	same := a.Precision == Day && b.Precision == Day && a.From == b.From && a.To == b.To
	return 0, same
}

// instant gives the instant of s if it is a time with a zone.
func (s Span) instant() (time.Time, bool) {
	if s.Precision != Instant || !s.ZoneStated {
		return time.Time{}, false
	}
	if !s.at.IsZero() {
		return s.at, true
	}
	t, zoned, err := clock(s.Time)
	return t, zoned && err == nil
}

// String gives the ISO form, which ParseSpan reads back to the same days,
// precision and time: 2012-02-05, 2012-02, 2012, 2012-02-05/2012-03-23, or Time
// as it was given. A span without a date gives "".
func (s Span) String() string {
	switch {
	case s.IsZero():
		return ""
	case s.Precision == Instant:
		return s.Time
	case s.Precision == Year:
		return s.From.String()[:len("2012")]
	case s.Precision == Month:
		return s.From.String()[:len("2012-02")]
	case s.From == s.To:
		return s.From.String()
	}
	return s.From.String() + "/" + s.To.String()
}

// between gives the span of the days from from to to. Whole months and years
// keep that precision.
func between(from, to Date, precision Precision) Span {
	whole := Span{From: from, To: to, Precision: precision}
	switch {
	case precision == Month && from.Day == 1 && to.Day == monthDays(to.Year, to.Month):
	case precision == Year && from == Date{to.Year, 1, 1} && to == Date{from.Year, 12, 31}:
	case from == to:
		whole.Precision = Day
	default:
		whole.Precision = Range
	}
	return whole
}
