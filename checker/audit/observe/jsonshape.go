package observe

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// marks are where a line has what says which event it is, whatever it is called there.
// 0, which is the line itself, stands for none.
type marks struct {
	id, channel, provider, computer, user int32
	record, number                        int32 // the record's own id; a number that exporters give instead
	own, created, generated, arrived      int32 // times: the event's, the log's, an exporter's, the collector's
	inner                                 int32 // an object that holds the event
	winlog, logName, event, system, title int32 // what only one shape has
	details, users, payload, raw          int32 // what holds the data as text
	isCommon                              bool  // it has names of the Elastic Common Schema
}

// mark goes once through the names of an object. Of two names for one thing the first
// in the list of its case is as good as the other: no exporter writes both with
// different values.
func (x *jsonEvents) mark(object int32) marks {
	var m marks
	for i := object + 1; i < x.json.values[object].end; i = x.json.values[i].end {
		v := &x.json.values[i]
		switch string(v.name) {
		case "EventID", "EventId", "event_id", "EventCode", "winlog.event_id":
			m.id = i
		case "Channel", "channel", "LogName", "winlog.channel":
			m.channel = i
		case "SourceName", "ProviderName", "Provider", "provider", "EventSourceName", "winlog.provider_name":
			m.provider = i
		case "Computer", "computer", "Hostname", "ComputerName", "MachineName", "winlog.computer_name":
			m.computer = i
		case "EventRecordID", "EventRecordId", "RecordID", "RecordId", "record_id", "winlog.record_id":
			m.record = i
		case "RecordNumber":
			m.number = i
		case "UserID", "UserId", "winlog.user.identifier":
			m.user = i
		case "EventTime":
			m.own = i
		case "TimeCreated", "SystemTime", "system_time":
			m.created = i
		case "TimeGenerated":
			m.generated = i
		case "@timestamp", "_time":
			m.arrived = i
		case "_source", "fields", "result", "body", "document", "data", "win":
			// _source before fields, where a hit has both.
			if v.kind == '{' && (m.inner == 0 || string(v.name) == "_source") {
				m.inner = i
			}
		case "winlog":
			m.winlog = i
		case "log_name":
			m.logName = i
		case "Event":
			m.event = i
		case "System", "system":
			m.system = i
		case "RuleTitle":
			m.title = i
		case "EventData":
			m.details = i
		case "UserData":
			m.users = i
		case "Payload":
			m.payload = i
		case "_raw":
			m.raw = i
		case "process", "registry", "file", "process.executable", "process.entity_id", "registry.path", "file.path":
			m.isCommon = true
		}
	}
	return m
}

// fill reads the line as an event, in whichever of the shapes it is. False is a line
// that is no event.
func (x *jsonEvents) fill(e *event) (bool, error) {
	return x.fillFrom(e, 0, 0)
}

// mostInner is how deep the event may lie in what an exporter puts around it.
const mostInner = 3

func (x *jsonEvents) fillFrom(e *event, root int32, depth int) (bool, error) {
	if x.json.values[root].kind != '{' {
		return false, nil
	}
	m := x.mark(root)
	isObject := func(at int32) bool { return at > 0 && x.json.values[at].kind == '{' }
	switch {
	case isObject(m.winlog):
		return x.winlogbeat(e, root, m.winlog, m.isCommon, "channel", "record_id", "provider_name")
	case m.logName > 0 && m.id > 0:
		return x.winlogbeat(e, root, root, false, "log_name", "record_number", "source_name")
	case isObject(m.event) && x.child(m.event, "System") >= 0:
		return x.dumped(e, m.event)
	case m.title > 0 && m.id > 0:
		return x.hayabusa(e, root)
	case m.raw > 0 && strings.HasPrefix(strings.TrimSpace(x.text(m.raw)), "<Event"):
		return x.raw(e, x.text(m.raw))
	case m.id > 0 && (m.channel > 0 || m.provider > 0):
		return x.flat(e, root, m)
	case isObject(m.system) && x.child(m.system, "EventID") >= 0:
		return x.dumped(e, root)
	case isObject(m.system) && x.child(m.system, "eventID") >= 0:
		return x.wazuh(e, root, m.system)
	case m.inner > 0 && depth < mostInner:
		return x.fillFrom(e, m.inner, depth+1)
	}
	return false, nil
}

// winlogbeat is the shape of Winlogbeat, before and since version 7.
func (x *jsonEvents) winlogbeat(e *event, root, log int32, isCommon bool, channel, record, provider string) (bool, error) {
	e.Channel, e.Provider = x.known(x.child(log, channel)), x.known(x.child(log, provider))
	e.Computer = x.known(x.child(log, "computer_name"))
	id := x.of(log, "event_id")
	if id == "" {
		id = x.of(x.child(root, "event"), "code") // the Elastic Common Schema's name for it
	}
	if err := x.numbers(e, id, x.of(log, record)); err != nil {
		return false, err
	}
	x.complete(e)
	if user := x.child(log, "user"); user >= 0 {
		e.UserID = x.known(x.child(user, "identifier"))
	}
	// Since 7 it also keeps the record's own time: @timestamp is when the line was read,
	// if a pipeline has not set it.
	x.time(e, x.of(log, "time_created"), "", x.of(root, "@timestamp"))
	if wanted(e) {
		x.data(e, x.child(log, "event_data"))
		x.data(e, x.child(log, "user_data"))
		if isCommon {
			x.common(e, root)
		}
	}
	return true, nil
}

// flat is a line with the data beside the rest, as NXLog and others write it, or in a
// text of XML or JSON beside the rest, as Sentinel and EvtxECmd do.
func (x *jsonEvents) flat(e *event, root int32, m marks) (bool, error) {
	e.Channel, e.Provider, e.Computer = x.known(m.channel), x.known(m.provider), x.known(m.computer)
	if x.json.values[m.provider].kind == '{' && m.provider > 0 {
		e.Provider = x.same(x.of(m.provider, "name", "Name"))
	}
	record := m.record
	if record == 0 {
		record = m.number
	}
	if err := x.numbers(e, x.number(m.id), x.text(record)); err != nil {
		return false, err
	}
	x.complete(e)
	e.UserID = x.known(m.user)
	x.time(e, x.text(m.own), x.text(cmp.Or(m.created, m.generated)), x.text(m.arrived))
	if m.created > 0 && m.generated > 0 {
		x.disagree(x.text(m.created), x.text(m.generated))
	}
	if !wanted(e) {
		return true, nil
	}
	switch {
	case m.payload > 0 && strings.HasPrefix(x.text(m.payload), "{"): // else it is a value of that name, as PowerShell's 4103 has
		return true, x.within(e, x.text(m.payload))
	case m.details > 0 && strings.HasPrefix(x.text(m.details), "{"):
		return true, x.within(e, x.text(m.details))
	case m.details > 0 && x.json.values[m.details].kind == '"':
		x.data(e, root)
		return true, x.fragment(e, x.text(m.details))
	case m.users > 0 && strings.HasPrefix(x.text(m.users), "<"): // OpenWEC, of what is in the element
		x.data(e, root)
		return true, x.fragment(e, "<UserData>"+x.text(m.users)+"</UserData>")
	}
	x.data(e, root)
	if m.isCommon {
		x.common(e, root)
	}
	return true, nil
}

// complete gives the provider of a channel that has only one, and the channel of such a
// provider, where the line leaves the other out.
func (x *jsonEvents) complete(e *event) {
	if e.Provider == "" || e.Provider == "Microsoft Windows security auditing." { // as Windows shows it to people
		e.Channel, e.Provider = timelineChannel(e.Channel, e.EventID)
	}
	if e.Channel != "" {
		return
	}
	switch strings.ToLower(e.Provider) {
	case "microsoft-windows-security-auditing":
		e.Channel = "Security"
	case "microsoft-windows-sysmon":
		e.Channel = "Microsoft-Windows-Sysmon/Operational"
	}
}

// raw takes an event that the line holds as the XML of Windows, as Splunk does.
func (x *jsonEvents) raw(e *event, text string) (bool, error) {
	parsed, err := parseEventXML([]byte(text))
	if err != nil || parsed == nil {
		return false, err
	}
	*e.Event, e.local, e.written, e.remark = *parsed.Event, parsed.local, parsed.written, parsed.remark
	return true, nil
}

// fragment takes the data of an event from the part of its XML that holds them.
func (x *jsonEvents) fragment(e *event, text string) error {
	if text == "" {
		return nil
	}
	x.settle(e)
	parsed, err := parseEventXML([]byte("<Event><System><EventID>0</EventID></System>" + text + "</Event>"))
	if err != nil {
		return err
	}
	e.Data = append(parsed.Data, e.Data...)
	return nil
}

// within takes the data of an event from a text of JSON inside the line.
func (x *jsonEvents) within(e *event, text string) error {
	if text == "" {
		return nil
	}
	inner := jsonEvents{collector: x.collector, interned: x.interned}
	if err := inner.json.parse([]byte(text)); err != nil {
		return err
	}
	inner.data(e, 0)
	inner.settle(e)
	return nil
}

// wazuh is the shape of Wazuh: data.win.system, and beside it data.win.eventdata or, of
// what Windows writes as UserData, an object of that name (logFileCleared). The names are
// Windows' own with the first letter small, and each backslash stands there twice.
func (x *jsonEvents) wazuh(e *event, win, system int32) (bool, error) {
	x.selection = true // alerts
	e.Channel, e.Provider = x.known(x.child(system, "channel")), x.known(x.child(system, "providerName"))
	e.Computer = x.known(x.child(system, "computer"))
	if err := x.numbers(e, x.of(system, "eventID"), x.of(system, "eventRecordID")); err != nil {
		return false, err
	}
	x.time(e, x.of(system, "systemTime"), "", "")
	for i := win + 1; i < x.json.values[win].end; i = x.json.values[i].end {
		if i != system && x.json.values[i].kind == '{' {
			x.data(e, i)
		}
	}
	x.settle(e)
	for i, f := range e.Data {
		if f.Name != "" {
			e.Data[i].Name = x.same(strings.ToUpper(f.Name[:1]) + f.Name[1:])
		}
		e.Data[i].Value = singleBackslashes(f.Value)
	}
	return true, nil
}

// singleBackslashes takes back what an exporter escaped twice: every backslash of a text
// stands twice then, so that one that stands alone shows that it did not.
func singleBackslashes(text string) string {
	if !strings.Contains(text, `\\`) || strings.Contains(strings.ReplaceAll(text, `\\`, ""), `\`) {
		return text
	}
	return strings.ReplaceAll(text, `\\`, `\`)
}

// dumped is the XML as JSON: evtx_dump, and converters that write attributes with @.
func (x *jsonEvents) dumped(e *event, event int32) (bool, error) {
	system := x.child(event, "System")
	attribute := func(name, of string) string {
		at := x.child(system, name)
		for _, holder := range []int32{at, x.child(at, "#attributes"), x.child(system, name+"_attributes")} {
			if text := x.of(holder, of, "@"+of, "-"+of); text != "" {
				return text
			}
		}
		return ""
	}
	e.Channel, e.Computer = x.known(x.child(system, "Channel")), x.known(x.child(system, "Computer"))
	e.Provider = x.same(attribute("Provider", "Name"))
	e.UserID = x.same(attribute("Security", "UserID"))
	if err := x.numbers(e, x.number(x.child(system, "EventID")), x.of(system, "EventRecordID")); err != nil {
		return false, err
	}
	at := attribute("TimeCreated", "SystemTime")
	if at == "" {
		at = x.of(system, "TimeCreated")
	}
	x.time(e, at, "", "")
	if wanted(e) {
		x.data(e, x.child(event, "EventData"))
		x.data(e, x.child(event, "UserData"))
	}
	return true, nil
}

// number is an event id, which may stand in an object beside its qualifiers.
func (x *jsonEvents) number(at int32) string {
	if at >= 0 && x.json.values[at].kind == '{' {
		return x.of(at, "#text", "Value", "id")
	}
	return x.text(at)
}

// numbers reads the event's id and the record's. A record id that is stated must be
// a number; one that is not stated is 0.
func (x *jsonEvents) numbers(e *event, id, record string) error {
	n, err := strconv.ParseUint(id, 10, 32)
	if err != nil {
		// Spreadsheets and some exporters write 4720.0.
		f, ferr := strconv.ParseFloat(id, 64)
		if ferr != nil || f != math.Trunc(f) || f < 0 || f > math.MaxUint32 {
			return fmt.Errorf("the event id %q", cut(id, 40))
		}
		n = uint64(f)
	}
	e.EventID = uint32(n)
	if record != "" {
		if e.RecordID, err = strconv.ParseUint(record, 10, 64); err != nil {
			return fmt.Errorf("the record id %q", cut(record, 40))
		}
	}
	return nil
}
