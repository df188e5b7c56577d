package listing

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
)

// Get-LocalUser, Get-LocalGroup, Get-LocalGroupMember, Get-NetFirewallRule and Get-Acl, each
// | ConvertTo-Json, of PowerShell 5 and 7: one object or a list; a SID as a text or
// as an object whose Value it is; enumerations as numbers or words; a list may be
// inside {"value":[…],"Count":n}. (Microsoft's pages of the cmdlets; published
// outputs.) Objects of the collecting script have GroupName and GroupSID, or
// Members, besides.
//
// Limits. Get-LocalGroupMember does not say of which group; unless the command or
// those names do, the group has no name, and is compared by the name of the file.
// Get-LocalUser is complete if it shows the built-in accounts 500 and 501, which
// cannot be deleted; the firewall's rules, if rules of Windows itself are among
// them. A key that stands twice in an object counts by its last value.

const mostNesting = 64

// jsonObject is an object by folded names.
type jsonObject map[string]json.RawMessage

func (r *reader) json(s section) {
	text := s.text()
	pos := positions(text)
	dec := json.NewDecoder(strings.NewReader(text))
	var found []jsonItem
	for {
		items, err := jsonItems(dec, 0)
		found = append(found, items...)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			no := s.lines[0].no + pos.line(int(dec.InputOffset())) - 1
			r.lost(no, "the JSON is not whole or not right after this: "+err.Error())
			break
		}
	}
	at := func(from int64) line {
		offset := int(from)
		for offset < len(text) && strings.IndexByte(" \t\r\n,:", text[offset]) >= 0 {
			offset++
		}
		i := min(pos.line(offset)-1, len(s.lines)-1)
		return s.lines[max(i, 0)]
	}
	for _, l := range s.lines {
		r.take(l)
	}
	for i := range found {
		found[i].at = r.take(at(found[i].offset))
		if line := at(found[i].offset); strings.TrimSpace(line.text) == "{" || strings.TrimSpace(line.text) == "[" {
			found[i].at.Excerpt = found[i].excerpt()
		}
	}
	r.objects(s, found)
}

// jsonItem is one object with its place.
type jsonItem struct {
	object jsonObject
	offset int64
	at     Origin
	cut    bool // the text ends in it
}

// excerpt shows the object where its first line holds a brace only.
func (i jsonItem) excerpt() string {
	var parts []string
	for _, name := range []string{"name", "displayname", "sid", "enabled"} {
		if v := i.object.text(name); v != "" {
			parts = append(parts, name+"="+v)
		}
	}
	return excerpt(strings.Join(parts, " "))
}

// jsonItems reads the next value and gives the objects in it that are listed: those
// of a list, of a list in a list, and of {"value":[…]}.
func jsonItems(dec *json.Decoder, depth int) ([]jsonItem, error) {
	if depth > mostNesting {
		return nil, fmt.Errorf("nested more than %d deep", mostNesting)
	}
	if depth == 0 {
		start := dec.InputOffset()
		tok, err := dec.Token()
		if err != nil {
			return nil, err
		}
		switch tok {
		case json.Delim('['):
			return jsonList(dec, depth)
		case json.Delim('{'):
			return jsonFields(dec, start)
		}
		return nil, fmt.Errorf("%v is no object", tok)
	}
	start := dec.InputOffset()
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return nil, err
	}
	o := jsonObject{}
	if !objectOf(raw, o) {
		return nil, nil
	}
	return []jsonItem{{object: o, offset: start}}, nil
}

func jsonList(dec *json.Decoder, depth int) ([]jsonItem, error) {
	var all []jsonItem
	for dec.More() && len(all) < mostEntities {
		items, err := jsonItems(dec, depth+1)
		all = append(all, items...)
		if err != nil {
			return all, cutError(err)
		}
	}
	_, err := dec.Token()
	return all, cutError(err)
}

// jsonFields reads the rest of an object field by field, so that a list in it keeps
// what is whole.
func jsonFields(dec *json.Decoder, start int64) ([]jsonItem, error) {
	o := jsonObject{}
	var inner []jsonItem
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return inner, cutError(err)
		}
		name, _ := tok.(string)
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return inner, cutError(err)
		}
		o[fold(name)] = raw
	}
	if _, err := dec.Token(); err != nil {
		return inner, cutError(err)
	}
	if list, ok := o["value"]; ok && len(o) <= 2 {
		for _, one := range listOf(list) {
			inner = append(inner, jsonItem{object: one, offset: start})
		}
		return inner, nil
	}
	return []jsonItem{{object: o, offset: start}}, nil
}

// cutError tells an end inside a value from the end of the values.
func cutError(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func objectOf(raw json.RawMessage, o jsonObject) bool {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields == nil {
		return false
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		o[fold(name)] = fields[name]
	}
	return true
}

// listOf gives the objects of a list, of one object, or of {"value":[…]}.
func listOf(raw json.RawMessage) []jsonObject {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var all []jsonObject
	for _, one := range list {
		o := jsonObject{}
		if !objectOf(one, o) {
			continue
		}
		if inner, ok := o["value"]; ok && o["count"] != nil && len(o) == 2 {
			var deeper []json.RawMessage
			if json.Unmarshal(inner, &deeper) == nil {
				for _, d := range deeper {
					if in := (jsonObject{}); objectOf(d, in) {
						all = append(all, in)
					}
				}
				continue
			}
		}
		all = append(all, o)
	}
	return all
}

// text gives a field as text: a text, a number, a boolean, or the Value of an object.
func (o jsonObject) text(name string) string {
	raw, ok := o[name]
	if !ok {
		return ""
	}
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return ""
	}
	return jsonText(v)
}

func jsonText(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		for _, name := range []string{"Value", "value"} {
			if inner, ok := v[name].(string); ok {
				return inner
			}
		}
	case []any:
		var parts []string
		for _, one := range v {
			parts = append(parts, jsonText(one))
		}
		return strings.Join(parts, ",")
	}
	return ""
}

func (o jsonObject) has(names ...string) bool {
	for _, n := range names {
		if _, ok := o[n]; !ok {
			return false
		}
	}
	return true
}
