package observe

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"jobun/checker/audit/evtx"
)

// osquery's results log has one JSON object a line: name (of the query),
// hostIdentifier, unixTime, action (added, removed, snapshot) and columns, all
// strings. The time is that of the query, so that something was added means: since the
// query before. Taken are tables that can be told from their columns: users (username,
// uuid = SID), user_groups with a SID, services, scheduled_tasks and certificates.
// There is no actor. The batch form has in place of action and columns a diffResults
// with the lists added and removed, or a list snapshot. Rows of windows_events and
// windows_eventlog are records of Windows' own logs, with the data as a text of JSON and
// without the record's id; their time and actor are the record's.
// Source: osquery's documentation of logging and of its schema.

func isOsquery(head []byte) bool {
	text := plainHead(head)
	if !bytes.HasPrefix(text, []byte("{")) || !bytes.Contains(text, []byte(`"hostIdentifier"`)) {
		return false
	}
	return bytes.Contains(text, []byte(`"columns"`)) && bytes.Contains(text, []byte(`"action"`)) ||
		bytes.Contains(text, []byte(`"diffResults"`)) || bytes.Contains(text, []byte(`"snapshot"`))
}

func (c *collector) readOsquery(r io.Reader) error {
	x := &jsonEvents{collector: c, interned: map[string]string{}}
	x.other = x.osquery
	x.readLines(r)
	return nil
}

// osquery takes one line. It reports whether it is one of a result.
func (x *jsonEvents) osquery(line int) bool {
	action := x.of(0, "action")
	if columns := x.child(0, "columns"); columns >= 0 && action != "" {
		x.osqueryRow(line, columns, action, "")
		return true
	}
	diff, rows := x.child(0, "diffResults"), x.child(0, "snapshot")
	if diff >= 0 {
		for _, action := range []string{"removed", "added"} {
			x.osqueryRows(line, x.child(diff, action), action, "/diffResults/"+action)
		}
	}
	x.osqueryRows(line, rows, "snapshot", "/snapshot")
	return diff >= 0 || rows >= 0
}

// osqueryRows takes the members of a list of rows. Where osquery has none, it writes
// an empty text in place of the list.
func (x *jsonEvents) osqueryRows(line int, list int32, action, where string) {
	if list < 0 || x.json.values[list].kind != '[' {
		return
	}
	n := 0
	for i := list + 1; i < x.json.values[list].end; i = x.json.values[i].end {
		if x.json.values[i].kind == '{' {
			x.osqueryRow(line, i, action, fmt.Sprintf(" %s/%d", where, n))
		}
		n++
	}
}

// osqueryRow takes one row of a result: the columns are an object.
func (x *jsonEvents) osqueryRow(line int, columns int32, action, where string) {
	if x.child(columns, "eventid") >= 0 && x.child(columns, "provider_name") >= 0 {
		x.osqueryEvent(line, columns, action, where)
		return
	}
	x.source.Read++
	e := &event{Event: &evtx.Event{Computer: x.of(0, "hostIdentifier")}, line: line, where: "query " + cut(x.of(0, "name"), 60) + where}
	if at, err := time.Parse("Mon Jan 2 15:04:05 2006 MST", x.of(0, "calendarTime")); err == nil {
		e.Time = at.UTC()
	}
	x.data(e, columns)
	x.settle(e)
	if action == "snapshot" {
		x.count("rows of snapshots (a state, no change)")
		return
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
		return
	}
	x.keep(e, s)
}

// osqueryEvent takes a row that is a record of an event log. That one is no longer in
// what a query gives says nothing.
func (x *jsonEvents) osqueryEvent(line int, columns int32, action, where string) {
	if action == "removed" {
		x.count("records of event logs that a query no longer gives")
		return
	}
	x.event = evtx.Event{Data: x.event.Data[:0]}
	e := &event{Event: &x.event, line: line}
	e.Channel, e.Provider = x.of(columns, "source", "channel"), x.of(columns, "provider_name")
	if e.Computer = x.of(columns, "computer_name"); e.Computer == "" {
		e.Computer = x.of(0, "hostIdentifier")
	}
	err := x.numbers(e, x.of(columns, "eventid"), "")
	if err == nil {
		x.time(e, x.of(columns, "datetime"), "", "")
		err = x.within(e, x.of(columns, "data"))
	}
	if err != nil {
		x.bad(line, err.Error())
		return
	}
	e.where = "query " + cut(x.of(0, "name"), 60) + where + ", " + shortChannel(e.Channel) + " " + strconv.FormatUint(uint64(e.EventID), 10)
	x.collector.event(e)
}
