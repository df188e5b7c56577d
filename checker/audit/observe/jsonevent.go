package observe

import (
	"bytes"
	"strings"

	"jobun/checker/audit/evtx"
)

// child finds a value of an object by name, or gives -1.
func (x *jsonEvents) child(object int32, name string) int32 {
	if object < 0 {
		return -1
	}
	for i := object + 1; i < x.json.values[object].end; i = x.json.values[i].end {
		if string(x.json.values[i].name) == name {
			return i
		}
	}
	return -1
}

// text is a value as text: of strings, numbers and words, and of a list of one of them,
// as Elasticsearch gives fields.
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
	case '[':
		if only := at + 1; only < v.end && x.json.values[only].end == v.end {
			return x.text(only)
		}
	}
	return ""
}

// known is the text of a value that repeats on every line.
func (x *jsonEvents) known(at int32) string {
	if at >= 0 {
		if v := &x.json.values[at]; v.kind == '"' && !v.escape {
			return x.sameBytes(v.text)
		}
	}
	return x.same(x.text(at))
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

// data takes the values in an object, and in what lies in it. Members of a list
// have the list's name; evtx_dump's #text has that of its element, and its Data has
// none.
func (x *jsonEvents) data(e *event, object int32) {
	if object < 0 {
		return
	}
	for i := object + 1; i < x.json.values[object].end; i++ {
		v := &x.json.values[i]
		if v.kind == '{' || v.kind == '[' || v.kind == 'n' {
			continue
		}
		name, isValue := x.dataName(i, object)
		if !isValue {
			continue
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

// dataName is the name of a value in an object of data, nil for one that Windows gives
// none, and whether the value is data at all: names that stand apart from their values
// are not, nor is Windows' localised message.
func (x *jsonEvents) dataName(at, object int32) (name []byte, isValue bool) {
	v := &x.json.values[at]
	name = v.name
	if v.parent > object && len(name) > 0 {
		switch string(name) {
		case "@Name", "-Name", "Name", "Value", "Text", "#text":
			label, isApart := x.apart(v.parent)
			switch {
			case isApart && label == at:
				return nil, false
			case isApart:
				return x.json.values[label].text, true
			case string(name) == "#text":
				name = nil
			}
		}
	}
	for up := v.parent; name == nil && up > object; up = x.json.values[up].parent {
		name = x.json.values[up].name
	}
	switch string(name) {
	case "Message", "message":
		return nil, false
	case "Data", "data":
		return nil, true
	}
	if plain, ok := bytes.CutPrefix(name, []byte("winlog.")); ok {
		name = plain
	}
	for _, within := range []string{"event_data.", "user_data."} {
		if plain, ok := bytes.CutPrefix(name, []byte(within)); ok {
			return plain, true
		}
	}
	return name, true
}

// apart finds the name in an object that holds a name and its value, as converters of
// XML write <Data Name="x">y</Data>: {"@Name":"x","#text":"y"}.
func (x *jsonEvents) apart(object int32) (label int32, ok bool) {
	label = -1
	hasValue := false
	for i := object + 1; i < x.json.values[object].end; i = x.json.values[i].end {
		switch v := &x.json.values[i]; string(v.name) {
		case "@Name", "-Name", "Name":
			if v.kind == '"' && !v.escape {
				label = i
			}
		case "#text", "Value", "Text":
			hasValue = true
		default:
			return -1, false
		}
	}
	return label, label >= 0 && (hasValue || x.json.values[label].name[0] != 'N')
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
