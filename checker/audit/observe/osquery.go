package observe

import (
	"bytes"
	"io"
	"strings"
	"time"

	"jobun/checker/audit/evtx"
)

// osquery's results log has one JSON object a line: name (of the query),
// hostIdentifier, unixTime, action (added, removed, snapshot) and columns, all
// strings. The time is that of the query, so that something was added means: since the
// query before. Taken are tables that can be told from their columns: users (username,
// uuid = SID), user_groups with a SID, services, scheduled_tasks and certificates.
// There is no actor. Source: osquery's documentation of logging and of its schema.

func isOsquery(head []byte) bool {
	text := plainHead(head)
	return bytes.HasPrefix(text, []byte("{")) && bytes.Contains(text, []byte(`"hostIdentifier"`)) && bytes.Contains(text, []byte(`"columns"`)) && bytes.Contains(text, []byte(`"action"`))
}

func (c *collector) readOsquery(r io.Reader) error {
	x := &jsonEvents{collector: c, interned: map[string]string{}}
	x.other = x.osquery
	x.readLines(r)
	return nil
}

// osquery takes one line. It reports whether it is one of a result.
func (x *jsonEvents) osquery(line int) bool {
	columns, action := x.child(0, "columns"), x.of(0, "action")
	if columns < 0 || action == "" {
		return false
	}
	x.source.Read++
	e := &event{Event: &evtx.Event{Computer: x.of(0, "hostIdentifier")}, line: line, where: "query " + cut(x.of(0, "name"), 60)}
	if at, err := time.Parse("Mon Jan 2 15:04:05 2006 MST", x.of(0, "calendarTime")); err == nil {
		e.Time = at.UTC()
	}
	x.data(e, columns)
	x.settle(e)
	if action == "snapshot" {
		x.count("rows of snapshots (a state, no change)")
		return true
	}
	added := action == "added"
	verb := func(made, gone string) string {
		if added {
			return made
		}
		return gone
	}
	var names []string
	for _, f := range e.Data {
		names = append(names, f.Name)
	}
	s := seen{excerpt: e.excerpt(names...), inferred: true, note: "seen by a query: it came about since the query before"}
	switch sid := e.get("uuid"); {
	case e.get("username") != "" && strings.HasPrefix(sid, "S-1-"):
		s.action, s.kind, s.name, s.sid = verb("account.create", "account.delete"), "account", e.get("username"), sid
		x.called(sid, s.name, 1)
	case e.get("service_type") != "" && e.get("name") != "":
		s.action, s.kind, s.name = verb("service.create", "service.delete"), "service", e.get("name")
	case e.get("next_run_time") != "" && e.get("path") != "":
		s.action, s.kind, s.name = verb("task.create", "task.delete"), "task", e.get("path")
	case len(e.get("sha1")) == 40 && e.get("store") != "":
		s.action, s.kind, s.name = verb("certificate.install", "certificate.remove"), "certificate", strings.ToUpper(e.get("sha1"))
	default:
		x.count("rows of tables that are not taken")
		return true
	}
	x.keep(e, s)
	return true
}
