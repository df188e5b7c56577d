package observe

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jobun/checker/audit/evtx"
)

// child finds a value of an object by name, or gives -1.
func (x *jsonEvents) child(object int32, name string) int32 {
	for i := object + 1; i > 0 && int(i) < len(x.json.values); i++ {
		v := &x.json.values[i]
		if v.parent < object {
			break
		}
		if v.parent == object && string(v.name) == name {
			return i
		}
	}
	return -1
}

// text is a value as text: of strings, numbers and words.
func (x *jsonEvents) text(at int32) string {
	if at < 0 {
		return ""
	}
	switch v := &x.json.values[at]; v.kind {
	case '"', '0':
		if v.escape {
			return string(x.json.plain(v.text))
		}
		return string(v.text)
	case 't':
		return "true"
	case 'f':
		return "false"
	default:
		return ""
	}
}

// of gives the text of the first of some names that an object has.
func (x *jsonEvents) of(object int32, names ...string) string {
	for _, name := range names {
		if at := x.child(object, name); at >= 0 {
			return x.text(at)
		}
	}
	return ""
}

// same gives one string for the same text, for what repeats on every line.
func (x *jsonEvents) same(s string) string {
	if known, ok := x.interned[s]; ok {
		return known
	}
	if len(x.interned) < 10_000 {
		x.interned[s] = s
	}
	return s
}

// fill reads the line as an event, in whichever of the shapes it is. False is a line
// that is no event.
func (x *jsonEvents) fill(e *event) (bool, error) {
	if x.json.values[0].kind != '{' {
		return false, nil
	}
	var root int32
	if at := x.child(0, "_source"); at >= 0 && x.json.values[at].kind == '{' {
		root = at // a hit as Elasticsearch gives it
	}
	if at := x.child(root, "winlog"); at >= 0 {
		return x.winlogbeat(e, root, at, []string{"event_id"}, []string{"channel"}, []string{"record_id"}, []string{"provider_name"})
	}
	if at := x.child(root, "log_name"); at >= 0 {
		return x.winlogbeat(e, root, root, []string{"event_id"}, []string{"log_name"}, []string{"record_number"}, []string{"source_name"})
	}
	if at := x.child(root, "Event"); at >= 0 && x.child(at, "System") >= 0 {
		return x.dumped(e, at)
	}
	if x.child(root, "RuleTitle") >= 0 && x.child(root, "EventID") >= 0 {
		return x.hayabusa(e, root)
	}
	if x.child(root, "EventID") >= 0 && x.child(root, "Channel") >= 0 {
		return x.flat(e, root)
	}
	return false, nil
}

// winlogbeat is the shape of Winlogbeat, before and since version 7.
func (x *jsonEvents) winlogbeat(e *event, root, log int32, id, channel, record, provider []string) (bool, error) {
	e.Channel, e.Provider = x.same(x.of(log, channel...)), x.same(x.of(log, provider...))
	e.Computer = x.same(x.of(log, "computer_name"))
	if err := x.numbers(e, x.of(log, id...), x.of(log, record...)); err != nil {
		return false, err
	}
	if user := x.child(log, "user"); user >= 0 {
		e.UserID = x.same(x.of(user, "identifier"))
	}
	if err := x.time(e, x.of(root, "@timestamp"), "", ""); err != nil {
		return false, err
	}
	if wanted(e) {
		x.data(e, x.child(log, "event_data"))
		x.data(e, x.child(log, "user_data"))
	}
	return true, nil
}

// flat is a line with the data beside the rest, as NXLog and others write it.
func (x *jsonEvents) flat(e *event, root int32) (bool, error) {
	e.Channel, e.Provider = x.same(x.of(root, "Channel")), x.same(x.of(root, "SourceName", "ProviderName", "Provider"))
	e.Computer = x.same(x.of(root, "Hostname", "Computer", "ComputerName"))
	if err := x.numbers(e, x.of(root, "EventID"), x.of(root, "RecordNumber", "EventRecordID", "RecordID")); err != nil {
		return false, err
	}
	e.UserID = x.same(x.of(root, "UserID"))
	if err := x.time(e, x.of(root, "EventTime"), x.of(root, "TimeCreated", "SystemTime"), x.of(root, "@timestamp")); err != nil {
		return false, err
	}
	if wanted(e) {
		x.data(e, root)
	}
	return true, nil
}

// dumped is the shape of evtx_dump: the XML as JSON.
func (x *jsonEvents) dumped(e *event, event int32) (bool, error) {
	system := x.child(event, "System")
	attributes := func(name string) int32 {
		at := x.child(system, name)
		if at < 0 {
			return -1
		}
		if in := x.child(at, "#attributes"); in >= 0 {
			return in
		}
		return x.child(system, name+"_attributes")
	}
	e.Channel, e.Computer = x.same(x.of(system, "Channel")), x.same(x.of(system, "Computer"))
	e.Provider = x.same(x.of(attributes("Provider"), "Name"))
	id := x.child(system, "EventID")
	number := x.text(id)
	if number == "" && id >= 0 {
		number = x.of(id, "#text")
	}
	if err := x.numbers(e, number, x.of(system, "EventRecordID")); err != nil {
		return false, err
	}
	if err := x.time(e, x.of(attributes("TimeCreated"), "SystemTime"), "", ""); err != nil {
		return false, err
	}
	if wanted(e) {
		x.data(e, x.child(event, "EventData"))
		x.data(e, x.child(event, "UserData"))
	}
	return true, nil
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

// timeLayouts are how exporters write times, those with a zone first.
var timeLayouts = []struct {
	layout string
	zoned  bool
}{
	{time.RFC3339Nano, true}, {"2006-01-02T15:04:05.999999999Z0700", true}, {"2006-01-02 15:04:05.999999999 Z07:00", true},
	{"2006-01-02 15:04:05.999999999Z07:00", true},
	{"2006-01-02 15:04:05.999999999", false}, {"2006-01-02T15:04:05.999999999", false},
}

// time takes the event's own time before the collector's, which is when the line
// arrived there. A time without a zone stays without one.
func (x *jsonEvents) time(e *event, own, created, arrived string) error {
	if own == "" {
		own = created
	}
	if own == "" {
		own = arrived
	}
	if own == "" {
		return nil
	}
	for _, l := range timeLayouts {
		t, err := time.Parse(l.layout, own)
		if err != nil {
			continue
		}
		e.Time, e.local = t.UTC(), !l.zoned
		if e.local {
			e.written = own + " (no zone)"
			if arrived != "" && arrived != own {
				e.written += ", collected " + arrived
			}
		}
		return nil
	}
	return fmt.Errorf("the time %q", cut(own, 40))
}

// data takes the values in an object, and in what lies in it. Members of a list
// have the list's name; evtx_dump's #text has that of its element, and its Data has
// none.
func (x *jsonEvents) data(e *event, object int32) {
	if object < 0 {
		return
	}
	for i := object + 1; int(i) < len(x.json.values); i++ {
		v := &x.json.values[i]
		if v.parent < object {
			break
		}
		if v.kind == '{' || v.kind == '[' || v.kind == 'n' {
			continue
		}
		name := v.name
		for up := v.parent; (name == nil || string(name) == "#text") && up > object; up = x.json.values[up].parent {
			name = x.json.values[up].name
		}
		switch string(name) {
		case "Message", "message":
			continue
		case "Data":
			name = nil
		}
		from := len(x.block)
		switch v.kind {
		case '"', '0':
			text := v.text
			if v.escape {
				text = x.json.plain(text)
			}
			x.block = append(x.block, text...)
		default:
			x.block = append(x.block, x.text(i)...)
		}
		e.Data = append(e.Data, evtx.Field{Name: x.sameBytes(name)})
		x.ends = append(x.ends, [2]int{from, len(x.block)})
	}
}

// settle makes the values strings: one block of memory for all of an event.
func (x *jsonEvents) settle(e *event) {
	block := string(x.block)
	for i, at := range x.ends {
		e.Data[i].Value = block[at[0]:at[1]]
	}
	x.block, x.ends = x.block[:0], x.ends[:0]
}

// sameBytes is same for bytes, without a copy of what is known.
func (x *jsonEvents) sameBytes(b []byte) string {
	if known, ok := x.interned[string(b)]; ok {
		return known
	}
	return x.same(string(b))
}

// wanted reports whether an event can matter, so that its data are worth reading.
func wanted(e *event) bool {
	switch {
	case isSysmon(e):
		switch e.EventID {
		case 1, 3, 5, 7, 11, 12, 13, 14, 23, 26:
			return true
		}
		return false
	case strings.EqualFold(e.Channel, "Security"):
		switch {
		case e.EventID == 4656, e.EventID == 4658, e.EventID == 4663, e.EventID >= 5152 && e.EventID <= 5159:
			return false
		}
	}
	return true
}
