package observe

import (
	"fmt"
	"strings"
	"time"

	"jobun/checker/audit/evtx"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// event is one Windows event, whatever it was read from. Its data have the names
// that Windows gives them.
type event struct {
	*evtx.Event
	line    int    // of the file, counted from 1; 0 in .evtx
	pointer string // into a JSON document, which has no lines
	local   bool   // Time has no zone: it is as the machine's clock showed it
	written string // the record's own words for the time, if they differ
	remark  string // and ours on it
	where   string // where the record is, if it is none of an event log
}

// get gives a value, or "" for one that is not stated: Windows writes "-" for that.
func (e *event) get(name string) string {
	v, _ := e.Get(name)
	if v = strings.TrimSpace(v); v == "-" {
		return ""
	}
	return v
}

// at numbers the values that have no name.
func (e *event) at(n int) string {
	numbered := fmt.Sprintf("param%d", n+1)
	for _, f := range e.Data {
		switch {
		case f.Name == numbered, f.Name == "" && n == 0:
			return strings.TrimSpace(f.Value)
		case f.Name == "":
			n--
		}
	}
	return ""
}

// when is the time of the event: Sysmon's own clock where there is one, which is
// always UTC.
func (e *event) when() (t time.Time, local bool) {
	if u := e.get("UtcTime"); u != "" && isSysmon(e) {
		if t, err := time.Parse("2006-01-02 15:04:05.999", u); err == nil {
			return t.UTC(), false
		}
	}
	return e.Time, e.local
}

// span writes a time as a report does.
func span(t time.Time, local bool) day.Span {
	if t.IsZero() {
		return day.Span{}
	}
	text := t.UTC().Format("2006-01-02T15:04:05.999999999Z")
	if local {
		text = t.Format("2006-01-02T15:04:05.999999999")
	}
	s, err := day.ParseSpan(text)
	if err != nil {
		return day.Span{}
	}
	return s
}

// locator says where the record is, in the words of the log.
func (e *event) locator(member string) string {
	var parts []string
	if member != "" {
		parts = append(parts, member)
	}
	switch {
	case e.pointer != "":
		parts = append(parts, e.pointer)
	case e.line > 0:
		parts = append(parts, fmt.Sprintf("line %d", e.line))
	}
	if e.where != "" {
		return cells.Sanitise(strings.Join(append(parts, e.where), ", "))
	}
	if e.RecordID > 0 {
		parts = append(parts, fmt.Sprintf("EventRecordID %d", e.RecordID))
	}
	parts = append(parts, fmt.Sprintf("%s %d", shortChannel(e.Channel), e.EventID))
	return cells.Sanitise(strings.Join(parts, ", "))
}

// shortChannel is a channel as people say it.
func shortChannel(channel string) string {
	switch {
	case strings.EqualFold(channel, "Microsoft-Windows-Sysmon/Operational"):
		return "Sysmon"
	case strings.HasPrefix(strings.ToLower(channel), "microsoft-windows-windows firewall with advanced security/"):
		return "Firewall"
	case channel == "":
		return "event"
	default:
		return strings.TrimPrefix(channel, "Microsoft-Windows-")
	}
}

// excerpt writes the record's own names and values, short. Only what breaks a line is
// written as a space: other spaces stand as the record has them.
func (e *event) excerpt(names ...string) string {
	var parts []string
	for _, name := range names {
		v, ok := e.Get(name)
		if !ok || v == "" {
			continue
		}
		parts = append(parts, name+"="+cut(inOneLine(v), 160))
	}
	return cut(strings.Join(parts, " | "), 600)
}

func inOneLine(s string) string {
	breaks := func(r rune) bool { return r >= '\t' && r <= '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029' }
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, breaks), " "))
}

// cut shortens a text and says that it did; what a terminal would act on is taken out.
func cut(s string, most int) string {
	s = cells.Sanitise(s)
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n >= most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// actor is who acted, as the record names it.
func (e *event) actor() string {
	var who string
	name, domain, sid := e.get("SubjectUserName"), e.get("SubjectDomainName"), e.get("SubjectUserSid")
	switch {
	case name != "" && domain != "":
		who = domain + `\` + name
	case name != "":
		who = name
	default:
		who = e.get("User")
	}
	if sid == "" {
		sid = e.get("ModifyingUser")
	}
	if sid != "" && who != "" {
		who += " (" + sid + ")"
	} else if who == "" {
		who = sid
	}
	image := e.image()
	if image != "" {
		if who != "" {
			who += ", "
		}
		who += image
		if pid := e.get("ProcessId"); pid != "" {
			who += " (pid " + pid + ")"
		}
	}
	return cut(who, 300)
}

// image is the program that the record says did it.
func (e *event) image() string {
	for _, name := range []string{"Image", "ProcessName", "ModifyingApplication"} {
		if v := e.get(name); v != "" {
			return v
		}
	}
	return ""
}

func isSysmon(e *event) bool { return strings.EqualFold(e.Provider, "Microsoft-Windows-Sysmon") }
