package source

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Decode reads the file into the struct or map that dst points to. It finds every problem
// in one pass, up to a thousand; if there is one, dst is partly filled and is not to be
// used. Keys match exactly. See Fields for the tags of a struct. A string field marked
// `toml:"-" path:"yes"` is given the path of its table, for checks that come later. A
// map[string]any marked `toml:"*"` is given the keys that the struct does not name. A
// type whose pointer has a method FromValue(any) error reads itself.
func (t *Tree) Decode(dst any) Problems {
	v := reflect.ValueOf(dst)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		panic("source: Decode needs a pointer to fill")
	}
	d := &decoder{tree: t, shapes: map[reflect.Type]*shape{}}
	d.value(t.root, "", v.Elem(), nil)
	return t.doc.found(d.problems, d.left)
}

type decoder struct {
	tree     *Tree
	shapes   map[reflect.Type]*shape
	problems Problems
	left     int // problems found but not kept
}

// shape is what a struct reads.
type shape struct {
	fields []Field
	names  []string
	byName map[string]int
	path   []int
	rest   []int
}

func (d *decoder) shape(t reflect.Type) *shape {
	s := d.shapes[t]
	if s == nil {
		s = &shape{fields: Fields(t), byName: map[string]int{}, path: pathField(t), rest: restField(t)}
		for i, f := range s.fields {
			s.names = append(s.names, f.Name)
			s.byName[f.Name] = i
		}
		d.shapes[t] = s
	}
	return s
}

func (d *decoder) report(s span, code, message, hint string) {
	if len(d.problems) >= mostKept {
		d.left++
		return
	}
	d.problems = append(d.problems, d.tree.doc.problem(s, code, message, hint))
}

// wrong reports a value of a kind that is not wanted.
func (d *decoder) wrong(n *node, path, kind string) {
	message := fmt.Sprintf("want %s, have %s", wantWords(kind), haveWords(n.value))
	hint := ""
	if n.value == nil {
		hint = "leave the key out if there is nothing to say"
	}
	d.report(n.val, CodeType, about(path, message), hint)
}

func (d *decoder) value(n *node, path string, v reflect.Value, enum []string) {
	t := v.Type()
	if n.value == nil && t.Kind() != reflect.Interface {
		d.wrong(n, path, KindOf(t))
		return
	}
	if t.Kind() != reflect.Pointer {
		if fv, ok := v.Addr().Interface().(fromValuer); ok {
			if err := fv.FromValue(n.value); err != nil {
				d.report(n.val, CodeValue, about(path, err.Error()), "")
			}
			return
		}
	}
	switch t.Kind() {
	case reflect.Pointer:
		p := reflect.New(t.Elem())
		d.value(n, path, p.Elem(), enum)
		v.Set(p)
	case reflect.Interface:
		if n.value != nil {
			v.Set(reflect.ValueOf(n.value))
		}
	case reflect.Slice:
		d.list(n, path, v, enum)
	case reflect.Struct:
		d.table(n, path, v)
	case reflect.Map:
		d.dictionary(n, path, v, enum)
	default:
		d.single(n, path, v, enum)
	}
}

func (d *decoder) single(n *node, path string, v reflect.Value, enum []string) {
	fits := false
	switch got := n.value.(type) {
	case string:
		if fits = v.Kind() == reflect.String; fits {
			d.choice(n, path, got, enum)
			v.SetString(got)
		}
	case bool:
		if fits = v.Kind() == reflect.Bool; fits {
			v.SetBool(got)
		}
	case int64:
		switch v.Kind() {
		case reflect.Int, reflect.Int64:
			if fits = !v.OverflowInt(got); fits {
				v.SetInt(got)
			}
		case reflect.Float64:
			fits = true
			v.SetFloat(float64(got))
		}
	case float64:
		if fits = v.Kind() == reflect.Float64; fits {
			v.SetFloat(got)
		}
	}
	if !fits {
		d.wrong(n, path, KindOf(v.Type()))
	}
}

func (d *decoder) choice(n *node, path, got string, enum []string) {
	if len(enum) == 0 || slices.Contains(enum, got) {
		return
	}
	d.report(n.val, CodeChoice,
		fmt.Sprintf("%s cannot be %s", shortPath(path), quoteName(got)), guess(got, enum))
}

func (d *decoder) list(n *node, path string, v reflect.Value, enum []string) {
	if n.kind != list {
		d.wrong(n, path, List)
		return
	}
	s := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
	for i, item := range n.items {
		d.value(item, Index(path, i), s.Index(i), enum)
	}
	v.Set(s)
}

func (d *decoder) dictionary(n *node, path string, v reflect.Value, enum []string) {
	if n.kind != table {
		d.wrong(n, path, Table)
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.names))
	for _, name := range n.names {
		member := reflect.New(v.Type().Elem()).Elem()
		d.value(n.kids[name], Join(path, name), member, enum)
		m.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), member)
	}
	v.Set(m)
}

func (d *decoder) table(n *node, path string, v reflect.Value) {
	if n.kind != table {
		d.wrong(n, path, Table)
		return
	}
	s := d.shape(v.Type())
	if s.path != nil {
		v.FieldByIndex(s.path).SetString(path)
	}
	for _, name := range n.names {
		kid := n.kids[name]
		i, known := s.byName[name]
		if !known && s.rest != nil {
			d.keep(kid, name, v.FieldByIndex(s.rest))
			continue
		}
		if !known && len(d.problems) >= mostKept {
			d.left++ // do not look for the nearest name of one that is not listed
			continue
		}
		if !known {
			d.report(kid.keySpan(), CodeUnknownKey,
				fmt.Sprintf("%s has no key %s", tableWords(path), quoteName(name)), guess(name, s.names))
			continue
		}
		f := s.fields[i]
		d.value(kid, Join(path, name), v.FieldByIndex(f.index), f.Enum)
	}
	for _, f := range s.fields {
		if f.Need && n.kids[f.Name] == nil {
			d.report(n.keySpan(), CodeMissing,
				fmt.Sprintf("%s needs a key %q", tableWords(path), f.Name), "")
		}
	}
}

// keep puts a key that a struct does not name into its map of the others.
func (d *decoder) keep(n *node, name string, m reflect.Value) {
	if m.IsNil() {
		m.Set(reflect.MakeMap(m.Type()))
	}
	m.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(&n.value).Elem())
}

// about says which value a message is about, for those who see it without the line.
func about(path, message string) string {
	if path == "" {
		return message
	}
	return shortPath(path) + ": " + message
}

func tableWords(path string) string {
	if path == "" {
		return "the file"
	}
	return shortPath(path)
}

// shortPath keeps the end of a long path, which tells more than its start.
func shortPath(path string) string {
	if tail, cut := lastRunes(path, 80); cut {
		return "…" + tail
	}
	return path
}

func wantWords(kind string) string {
	switch kind {
	case String:
		return "a string"
	case Boolean:
		return "true or false"
	case Integer:
		return "an integer"
	case Number:
		return "a number"
	case List:
		return "a list"
	case Table:
		return "a table"
	}
	return "a value"
}

func haveWords(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return "a string"
	case bool:
		return fmt.Sprint(v)
	case int64:
		return "an integer"
	case float64:
		return "a decimal number"
	case time.Time:
		return timeWords(v)
	case []any:
		return "a list"
	}
	return "a table"
}

func timeWords(t time.Time) string {
	switch name := t.Location().String(); {
	case strings.HasPrefix(name, "date-"):
		return "a date"
	case strings.HasPrefix(name, "time-"):
		return "a time of day"
	}
	return "a date and time"
}
