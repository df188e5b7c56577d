package export

import (
	"reflect"
	"strings"
)

// ResultSchema is the JSON Schema (draft-07) of what WriteJSON writes, made from
// the types that it writes: closed, but for the report as it was read, which has a
// schema of its own.
func ResultSchema() map[string]any {
	s := &schemaMaker{defs: map[string]any{}}
	root := s.table(reflect.TypeFor[jsonDocument]())
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	root["$id"] = JSONSchema
	root["title"] = "jobun result, version 1"
	root["definitions"] = s.defs
	return root
}

// schemaMaker writes each struct once, as a definition: explanations hold others.
type schemaMaker struct{ defs map[string]any }

func (s *schemaMaker) value(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return s.value(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.value(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object"}
	case reflect.Struct:
		name := strings.TrimPrefix(t.Name(), "json")
		if _, ok := s.defs[name]; !ok {
			s.defs[name] = nil // being made
			s.defs[name] = s.table(t)
		}
		return map[string]any{"$ref": "#/definitions/" + name}
	default:
		return map[string]any{} // a fact's value: of any type
	}
}

func (s *schemaMaker) table(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		properties[name] = s.value(t.Field(i).Type)
		if option == "" {
			required = append(required, name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}
