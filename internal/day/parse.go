package day

import (
	"fmt"
	"strings"
	"time"
)

// ParseSpan reads 2012-02-05, 2012-02, 2012, 2012-02-05/2012-03-23, a time as in
// RFC 3339, and the same without a zone. A space may stand for the T. What it
// gives has s itself as its wording.
func ParseSpan(s string) (Span, error) {
	span, err := parseSpan(s)
	if err != nil {
		return Span{}, fmt.Errorf("read time %q: %w", s, err)
	}
	span.Written = s
	return span, nil
}

func parseSpan(s string) (Span, error) {
	from, to, ranged := strings.Cut(s, "/")
	switch {
	case !ranged && len(s) > len("2012-02-05"):
		return parseTime(s)
	case !ranged:
		return parseDays(s)
	}
	first, err := parseDays(from)
	if err != nil {
		return Span{}, err
	}
	last, err := parseDays(to)
	if err != nil {
		return Span{}, err
	}
	if last.To.Before(first.From) {
		return Span{}, fmt.Errorf("it ends on %s, before it begins on %s", last.To, first.From)
	}
	return between(first.From, last.To, Range), nil
}

// parseDays reads a day, a month or a year.
func parseDays(s string) (Span, error) {
	var from Date
	precision := Day
	switch {
	case shaped(s, "0000-00-00"):
		from = Date{digits(s[:4]), digits(s[5:7]), digits(s[8:])}
	case shaped(s, "0000-00"):
		from, precision = Date{digits(s[:4]), digits(s[5:7]), 1}, Month
	case shaped(s, "0000"):
		from, precision = Date{digits(s), 1, 1}, Year
	default:
		return Span{}, fmt.Errorf("%q is not YYYY-MM-DD, YYYY-MM or YYYY", s)
	}
	if err := from.check(); err != nil {
		return Span{}, err
	}
	return between(from, lastDay(from, precision), precision), nil
}

// lastDay gives the last day of the month or year of d, or d itself.
func lastDay(d Date, precision Precision) Date {
	switch precision {
	case Month:
		d.Day = monthDays(d.Year, d.Month)
	case Year:
		d = Date{d.Year, 12, 31}
	}
	return d
}

func parseTime(s string) (Span, error) {
	t, zoned, err := clock(s)
	if err != nil {
		return Span{}, err
	}
	span := Span{Precision: Instant, Time: s, ZoneStated: zoned}
	if zoned {
		span.at = t.UTC()
		span.From, span.To = Of(t), Of(t)
	} else {
		// In Tokyo it is 5 hours less where clocks are at UTC+14, and 21 hours
		// more where they are at UTC-12.
		span.From, span.To = civil(t.Add(-5*time.Hour)), civil(t.Add(21*time.Hour))
	}
	if !span.From.Valid() || !span.To.Valid() {
		return Span{}, fmt.Errorf("in Tokyo it is not in the years 1 to 9999")
	}
	return span, nil
}

// clock reads a date with a time of day. If no zone is stated the time is given
// in UTC.
func clock(s string) (t time.Time, zoned bool, err error) {
	const shape = "0000-00-00T00:00:00"
	unclear := fmt.Errorf("want a time such as 2026-04-10T09:12:44+09:00")
	if len(s) < len(shape) || s[len("2026-04-10")] != 'T' && s[len("2026-04-10")] != ' ' {
		return t, false, unclear
	}
	at := s[:len("2026-04-10")] + "T" + s[len("2026-04-10T"):]
	if !shaped(at[:len(shape)], shape) {
		return t, false, unclear
	}
	fraction, zone := cutFraction(at[len(shape):])
	if fraction == "." || zone != "" && zone != "Z" && !shaped(zone, "+00:00") && !shaped(zone, "-00:00") {
		return t, false, unclear
	}
	if _, err := ParseDate(at[:len("2026-04-10")]); err != nil {
		return t, false, err
	}
	if hour, minute, second := at[11:13], at[14:16], at[17:19]; hour > "23" || minute > "59" || second > "59" {
		return t, false, fmt.Errorf("there is no time of day %s", at[11:19])
	}
	if zone == "" {
		t, err = time.Parse("2006-01-02T15:04:05", at)
		return t, false, err
	}
	if zone != "Z" && (zone[1:3] > "23" || zone[4:] > "59") {
		return t, false, fmt.Errorf("there is no offset %s", zone)
	}
	t, err = time.Parse(time.RFC3339, at)
	return t, true, err
}

// cutFraction takes the fraction of a second, with its point, off s.
func cutFraction(s string) (fraction, rest string) {
	if !strings.HasPrefix(s, ".") {
		return "", s
	}
	rest = strings.TrimLeft(s[1:], "0123456789")
	return s[:len(s)-len(rest)], rest
}
