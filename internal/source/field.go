package source

import (
	"fmt"
	"reflect"
	"strings"
)

// The kinds of value that a field can want, as a JSON Schema names them, but for List,
// Table and Any.
const (
	String  = "string"
	Boolean = "boolean"
	Integer = "integer"
	Number  = "number"
	List    = "list"
	Table   = "table"
	Any     = "any"
)

// Field describes one key that a struct reads.
type Field struct {
	Name string
	// Kind is String, Boolean, Integer, Number, List, Table or Any, or what the type's
	// SchemaType method says.
	Kind string
	// Type is the type in Go; its Elem is that of the members of a list or map.
	Type  reflect.Type
	Need  bool
	Enum  []string
	Doc   string
	Ja    string // Doc in Japanese
	index []int
}

// fromValuer is a type that reads itself from a value of a Tree.
type fromValuer interface{ FromValue(v any) error }

// Fields describes the keys of a struct in the order of its fields. Tags: `toml` names
// the key, `need:"yes"` asks for it, `enum:"a,b"` lists what it may be, `doc` says what
// it is, and `ja` says it in Japanese. A field without a toml tag, or with "-", is not
// read. The fields of an embedded struct without a tag count as the struct's own. It is
// nil for another type.
func Fields(t reflect.Type) []Field {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var fs []Field
	for i := range t.NumField() {
		sf := t.Field(i)
		name := sf.Tag.Get("toml")
		if sf.Anonymous && name == "" && sf.Type.Kind() == reflect.Struct {
			for _, f := range Fields(sf.Type) {
				f.index = append([]int{i}, f.index...)
				fs = append(fs, f)
			}
			continue
		}
		if name == "" || name == "-" || name == "*" || !sf.IsExported() {
			continue
		}
		f := Field{
			Name:  name,
			Kind:  KindOf(sf.Type),
			Type:  sf.Type,
			Need:  sf.Tag.Get("need") == "yes",
			Doc:   sf.Tag.Get("doc"),
			Ja:    sf.Tag.Get("ja"),
			index: []int{i},
		}
		if words := sf.Tag.Get("enum"); words != "" {
			f.Enum = strings.Split(words, ",")
		}
		fs = append(fs, f)
	}
	return fs
}

// KindOf is the kind of value that is read into a type. It panics on a type that Decode
// cannot fill: that is a mistake in the program, not in a file.
func KindOf(t reflect.Type) string {
	if t.Kind() != reflect.Pointer {
		p := reflect.New(t).Interface()
		if s, ok := p.(interface{ SchemaType() string }); ok {
			return s.SchemaType()
		}
		if _, ok := p.(fromValuer); ok {
			return Any
		}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return KindOf(t.Elem())
	case reflect.String:
		return String
	case reflect.Bool:
		return Boolean
	case reflect.Int, reflect.Int64:
		return Integer
	case reflect.Float64:
		return Number
	case reflect.Slice:
		return List
	case reflect.Struct:
		return Table
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return Table
		}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return Any
		}
	}
	panic(fmt.Sprintf("source: no value of a file fits into a %v", t))
}

// restField is the field that takes the keys that no other names, marked `toml:"*"`.
func restField(t reflect.Type) []int {
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Tag.Get("toml") == "*" && sf.Type == reflect.TypeFor[map[string]any]() && sf.IsExported() {
			return sf.Index
		}
	}
	return nil
}

// pathField is the field that wants the path of the table, marked `path:"yes"`.
func pathField(t reflect.Type) []int {
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Tag.Get("path") == "yes" && sf.Type.Kind() == reflect.String && sf.IsExported() {
			return sf.Index
		}
	}
	return nil
}
