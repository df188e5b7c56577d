package observe

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"jobun/checker/audit/evtx"
)

// A Hayabusa timeline lists what rules found in event logs: Timestamp, RuleTitle,
// Level, Computer, Channel (short), EventID, RecordID, Details ("key: value ¦ …", short
// names), ExtraFieldInfo or AllFieldInfo (the same, with Windows' own names). One
// record stands there once for each rule that found it: it is taken once. The rule's
// words are not evidence and are not taken. What no rule found is not in it, so
// that it closes no list. Source: hayabusa-rules, config/default_details.txt and
// config/profiles.yaml.

// isTimeline knows a table by its columns: which there are depends on the profile.
func isTimeline(head []byte) bool {
	return hasColumns("Timestamp", "RuleTitle", "EventID", "Details")(head) || hasColumns("Timestamp", "RuleTitle", "EventID", "AllFieldInfo")(head)
}

// timeline joins the rows of one record.
type timeline struct {
	seen map[string]bool
}

const mostTimeline = 1_000_000

// again reports whether a record was there before.
func (t *timeline) again(e *event) bool {
	if e.RecordID == 0 {
		return false
	}
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	key := e.Computer + "|" + e.Channel + "|" + strconv.FormatUint(e.RecordID, 10)
	if t.seen[key] {
		return true
	}
	if len(t.seen) < mostTimeline {
		t.seen[key] = true
	}
	return false
}

// timelineChannel gives the channel and provider that a short name stands for.
func timelineChannel(short string, id uint32) (channel, provider string) {
	switch {
	case short == "Sec" || strings.EqualFold(short, "Security"):
		if id == 1102 {
			return "Security", "Microsoft-Windows-Eventlog"
		}
		return "Security", "Microsoft-Windows-Security-Auditing"
	case strings.HasPrefix(short, "Sysmon"), short == "Microsoft-Windows-Sysmon/Operational":
		return "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon"
	case (short == "Sys" || strings.EqualFold(short, "System")) && id == 7045:
		return "System", "Service Control Manager"
	case (short == "Sys" || strings.EqualFold(short, "System")) && id == 104:
		return "System", "Microsoft-Windows-Eventlog"
	case strings.Contains(strings.ToLower(short), "firewall"):
		return "Microsoft-Windows-Windows Firewall With Advanced Security/Firewall", "Microsoft-Windows-Windows Firewall With Advanced Security"
	case short == "TaskSch", strings.EqualFold(short, "Microsoft-Windows-TaskScheduler/Operational"):
		return "Microsoft-Windows-TaskScheduler/Operational", "Microsoft-Windows-TaskScheduler"
	default:
		return short, ""
	}
}

// shortNames are the names of Details for Windows' own.
var shortNames = map[string]string{
	"TgtUser": "TargetUserName", "TgtSID": "TargetSid", "OldTgtUser": "OldTargetUserName", "NewTgtUser": "NewTargetUserName",
	"TgtGrp": "TargetUserName", "Svc": "ServiceName", "Acct": "AccountName", "SvcAcct": "ServiceAccount",
	"Name": "TaskName", "Content": "TaskContent", "Proc": "Image", "PGUID": "ProcessGuid", "PID": "ProcessId",
	"Cmd": "CommandLine", "CmdLine": "CommandLine", "Cmdline": "CommandLine", "ParentCmd": "ParentCommandLine", "ParentPGUID": "ParentProcessGuid",
	"TgtObj": "TargetObject", "ModifyingApp": "ModifyingApplication", "App": "ApplicationPath", "LocalPort": "LocalPorts",
}

// fullName gives Windows' name for a short one in an event.
func fullName(name string, e *event) string {
	switch name {
	case "Path":
		switch e.EventID {
		case 4688:
			return "NewProcessName"
		case 4697:
			return "ServiceFileName"
		case 11, 23, 26:
			return "TargetFilename"
		default:
			return "ImagePath"
		}
	case "PID":
		if e.EventID == 4688 {
			return "NewProcessId"
		}
	case "SrcSID":
		if e.EventID == 4732 || e.EventID == 4728 {
			return "MemberSid"
		}
		return "SubjectUserSid"
	case "User", "SrcUser":
		if !isSysmon(e) {
			return "SubjectUserName"
		}
	case "SID":
		return "SubjectUserSid"
	case "LID":
		if isSysmon(e) {
			return "LogonId"
		}
		return "SubjectLogonId"
	}
	if full, ok := shortNames[name]; ok {
		return full
	}
	return name
}

// detail takes one name and value. Sysmon 13 has the value after its key.
func detail(e *event, name, value string) {
	if name == "TgtObj" && isSysmon(e) && e.EventID == 13 {
		if i := strings.LastIndex(value, ": "); i >= 0 {
			e.Data = append(e.Data, evtx.Field{Name: "Details", Value: value[i+2:]})
			value = value[:i]
		}
	}
	full := fullName(name, e)
	if _, ok := e.Get(full); !ok {
		e.Data = append(e.Data, evtx.Field{Name: full, Value: value})
	}
}

// details takes a cell of names and values.
func details(e *event, cell string) {
	for _, part := range strings.Split(cell, " ¦ ") {
		if name, value, ok := strings.Cut(part, ": "); ok {
			detail(e, strings.TrimSpace(name), value)
		}
	}
}

// readTimeline takes a timeline as CSV.
func (c *collector) readTimeline(r io.Reader) error {
	c.selection = true
	x := &jsonEvents{collector: c, interned: map[string]string{}}
	return c.rows(r, func(r row) {
		e := &event{Event: &evtx.Event{Computer: r.get("Computer")}, line: r.line}
		if err := x.found(e, r.get("EventID"), r.get("RecordID"), r.get("Timestamp"), r.get("Channel")); err != nil {
			c.bad(r.line, err.Error())
			return
		}
		for _, column := range []string{"AllFieldInfo", "ExtraFieldInfo", "Details"} {
			details(e, r.get(column))
		}
		if !x.timeline.again(e) {
			c.event(e)
		}
	})
}

// found reads what all rows of a timeline have.
func (x *jsonEvents) found(e *event, id, record, at, channel string) error {
	if record == "-" {
		record = ""
	}
	if err := x.numbers(e, id, record); err != nil {
		return err
	}
	e.Channel, e.Provider = timelineChannel(channel, e.EventID)
	if e.RecordID > 0 {
		e.where = fmt.Sprintf("EventRecordID %d, %s %d (Hayabusa)", e.RecordID, shortChannel(e.Channel), e.EventID)
	}
	x.time(e, at, "", "")
	return nil
}

// hayabusa takes a line of a timeline as JSON.
func (x *jsonEvents) hayabusa(e *event, root int32) (bool, error) {
	x.selection = true
	e.Computer = x.same(x.of(root, "Computer"))
	if err := x.found(e, x.of(root, "EventID"), x.of(root, "RecordID"), x.of(root, "Timestamp"), x.of(root, "Channel")); err != nil {
		return false, err
	}
	for _, name := range []string{"AllFieldInfo", "ExtraFieldInfo", "Details"} {
		object := x.child(root, name)
		if object >= 0 && x.json.values[object].kind == '"' { // as in the table
			details(e, x.text(object))
			continue
		}
		for i := object + 1; object >= 0 && int(i) < len(x.json.values) && x.json.values[i].parent >= object; i++ {
			if v := &x.json.values[i]; v.parent == object && v.kind != '{' && v.kind != '[' {
				detail(e, string(v.name), x.text(i))
			}
		}
	}
	if x.timeline.again(e) {
		e.EventID = 0 // told before
	}
	return true, nil
}
