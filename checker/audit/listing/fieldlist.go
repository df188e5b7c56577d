package listing

import (
	"encoding/json"
	"regexp"
	"strings"
)

// What PowerShell's cmdlets print as a list (Format-List, and Get-NetFirewallRule of
// itself): for each object lines of a property, padded, a colon in one column and the
// value; a long value goes on below, under its beginning; a blank line ends the object.
// Properties are not localised. (Microsoft's page of Format-List; published outputs.)
//
// Limits. Where the console broke a value, whether there was a space is not known: it is
// joined without one. A property that has no value is an empty text.

const mostValue = 8 << 10 // bytes of a value with what goes on below

var fieldLine = regexp.MustCompile(`^([A-Za-z]\w*) *: ?(.*)$`)

// isFieldList reports whether a section begins with an object whose colons stand in one
// column: any that a cmdlet was asked for, or one with the properties of an account, a
// group, a member, a rule or an access list. Get-Acl writes the folder first, indented.
func isFieldList(s section, tool string) bool {
	lines := s.lines
	for len(lines) > 0 && (lines[0].blank() || lines[0].indented()) {
		lines = lines[1:]
	}
	o, _, _ := fieldObject(lines)
	return len(o) > 0 && strings.HasPrefix(tool, "get-") || o.has("direction", "action") || o.has("name", "sid") || o.has("path", "sddl")
}

func (r *reader) fieldList(s section) {
	var items []jsonItem
	for rest := s.lines; len(rest) > 0; {
		o, last, n := fieldObject(rest)
		isCut := r.last(rest[n-1])
		if isCut && last != "sddl" { // which shows itself whether it is whole
			delete(o, last) // of a value that is cut nothing is read
		}
		if len(o) > 1 {
			at := rest[0]
			for at.blank() {
				rest, n = rest[1:], n-1
				at = rest[0]
			}
			for _, l := range rest[:n] {
				r.take(l)
			}
			items = append(items, jsonItem{object: o, at: r.take(at), cut: isCut})
		}
		rest = rest[n:]
	}
	r.objects(s, items)
}

// fieldObject reads the next object and gives its last property and how many lines it
// takes, with blank ones before it; a line of another sort is passed over alone.
func fieldObject(lines []line) (o jsonObject, last string, n int) {
	o = jsonObject{}
	values := map[string]string{}
	column := -1
	for ; n < len(lines); n++ {
		l := lines[n]
		m := fieldLine.FindStringSubmatch(l.text)
		switch {
		case l.blank() && column < 0:
			continue
		case m != nil && (column < 0 || strings.IndexByte(l.text, ':') == column):
			column, last = strings.IndexByte(l.text, ':'), fold(m[1])
			values[last] = m[2]
			continue
		case column >= 0 && l.indented() && len(values[last])+len(l.text) < mostValue:
			values[last] += strings.TrimSpace(l.text)
			continue
		}
		break
	}
	for name, value := range values {
		raw, err := json.Marshal(strings.TrimSpace(value))
		if err == nil {
			o[name] = raw
		}
	}
	return o, last, max(n, 1)
}
