package observe

import (
	"strconv"
	"strings"
	"time"
)

// zonedLayouts are how exporters write times with a zone, and localLayouts those without.
// Times that do not say which of two numbers is the month are not among them.
var (
	zonedLayouts = []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999 Z07:00",
		"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 -0700", "2006-01-02 15:04:05.999999999 UTC", time.RFC1123Z,
	}
	localLayouts = []string{"2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999"}
)

// parseTime reads a time as exporters write it, and reports whether it has no zone.
func parseTime(text string) (t time.Time, local, ok bool) {
	layouts := localLayouts
	if len(text) > len("2006-01-02") && strings.ContainsAny(text[len("2006-01-02"):], "Z+-U") {
		layouts = zonedLayouts
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), len(layouts) == len(localLayouts), true
		}
	}
	if t, ok := epochTime(text); ok {
		return t, false, true
	}
	return time.Time{}, false, false
}

// epochTime reads seconds since 1970 in UTC, or milliseconds if there are so many, as
// /Date(…)/ also has.
func epochTime(text string) (time.Time, bool) {
	if inner, ok := strings.CutPrefix(text, "/Date("); ok {
		text = strings.TrimSuffix(inner, ")/")
	}
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || len(fraction) > 9 {
		return time.Time{}, false
	}
	if fraction != "" {
		if _, err := strconv.ParseUint(fraction, 10, 64); err != nil {
			return time.Time{}, false
		}
	}
	const earliest, latest = 600_000_000, 5_000_000_000 // 1989 and 2128
	switch {
	case n > earliest && n < latest:
		nanos, _ := strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
		return time.Unix(n, nanos).UTC(), true
	case n > earliest*1000 && n < latest*1000 && fraction == "":
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

// timeOf sets the event's time. One without a zone stays without one; one that cannot be
// read stands as it was written, and the event has none.
func (e *event) timeOf(text string) (ok bool) {
	e.Time, e.local, ok = parseTime(text)
	switch {
	case !ok:
		e.written = text
	case e.local:
		e.written, e.remark = text, "no zone"
	}
	return ok
}

// time takes the event's own time before the collector's, which is when the line
// arrived there.
func (x *jsonEvents) time(e *event, own, created, arrived string) {
	if own == "" {
		own = created
	}
	if own == "" {
		own = arrived
	}
	if own == "" {
		return
	}
	switch {
	case !e.timeOf(own):
		x.count("records whose time cannot be read")
	case e.local && arrived != "" && arrived != own:
		e.remark = "no zone; collected " + arrived
	}
}

// disagree notes that two times of one record are zones apart though both are said to be
// UTC, as where an exporter writes the machine's clock with a Z: which of them is UTC, or
// whether either is, the record does not say. Any other difference is a line that came late.
func (x *jsonEvents) disagree(created, generated string) {
	a, aLocal, aOK := parseTime(created)
	b, bLocal, bOK := parseTime(generated)
	if !aOK || !bOK || aLocal || bLocal {
		return
	}
	off := a.Sub(b).Abs()
	if isZones := (off - off.Round(15*time.Minute)).Abs() < time.Second; isZones && off > mostZoneSlip && off > x.zoneDoubt {
		x.zoneDoubt = off
	}
}
