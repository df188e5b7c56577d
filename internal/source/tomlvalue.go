package source

import (
	"errors"
	"time"

	"github.com/BurntSushi/toml"
)

// fillTOML gives the nodes their values.
func fillTOML(d *doc, root *node) *Problem {
	values := map[string]any{}
	var err error
	fault := guard(func() { _, err = toml.Decode(d.body(), &values) })
	if fault != "" {
		return d.readerFault(fault)
	}
	if err != nil {
		s := span{off: d.places.first}
		var pe toml.ParseError
		message := err.Error()
		if errors.As(err, &pe) {
			s = span{d.places.first + max(pe.Position.Start, 0), pe.Position.Len}
			message = pe.Message
		}
		s, message, hint := explainTOML(d, s, message)
		return d.problem(s, CodeSyntax, message, hint)
	}
	if odd := fill(root, values); odd != nil {
		return d.problem(odd.keySpan(), CodeReader,
			"this can be read in two ways", "write the key out in a table of its own")
	}
	return nil
}

// fill puts a value and all inside it on the nodes. It returns a node on which the two
// parsers differ.
func fill(n *node, v any) (odd *node) {
	switch v := v.(type) {
	case map[string]any:
		if n.kind != table || len(v) != len(n.names) {
			return n
		}
		for _, name := range n.names {
			kid := n.kids[name]
			value, there := v[name]
			if !there {
				return kid
			}
			if odd := fill(kid, value); odd != nil {
				return odd
			}
			v[name] = kid.value
		}
		n.value = v
	case []map[string]any:
		tables := make([]any, len(v))
		for i := range v {
			tables[i] = v[i]
		}
		return fill(n, tables)
	case []any:
		if n.kind != list || len(v) != len(n.items) {
			return n
		}
		for i, item := range n.items {
			if odd := fill(item, v[i]); odd != nil {
				return odd
			}
			v[i] = item.value
		}
		n.value = v
	default:
		if n.kind != scalar {
			return n
		}
		if t, ok := v.(time.Time); ok {
			v = steadyTime(t)
		}
		n.value = v
	}
	return nil
}

// steadyTime takes the zone of this computer out of a time, so that the same file gives
// the same value everywhere. The names that mark a time without an offset stay.
func steadyTime(t time.Time) time.Time {
	switch name := t.Location().String(); name {
	case "datetime-local", "date-local", "time-local":
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(),
			time.FixedZone(name, 0))
	}
	_, offset := t.Zone()
	if offset == 0 {
		return t.UTC()
	}
	return t.In(time.FixedZone("", offset))
}
