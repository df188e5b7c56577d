package audit

import (
	"reflect"

	"jobun/internal/source"
)

// SchemaID is the address that names the JSON Schema of a report.
const SchemaID = "https://jobun.invalid/schema/report-1.json"

// Schema is the JSON Schema (draft-07, which TOML editors read) of the report
// format, made from the types that Read decodes into and from the vocabularies.
func Schema() map[string]any {
	s := table(reflect.TypeFor[Report]())
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["$id"] = SchemaID
	s["title"] = "jobun audit report, version 1"
	properties := s["properties"].(map[string]any)
	properties["format"] = map[string]any{"const": Format, "description": "the version of this format"}
	for i := range reflect.TypeFor[Report]().NumField() {
		field := reflect.TypeFor[Report]().Field(i)
		if kind := field.Tag.Get("kind"); kind != "" {
			properties[field.Tag.Get("toml")] = records(kind, field.Tag.Get("doc"))
		}
	}
	observation := properties["observation"].(map[string]any)["items"].(map[string]any)
	observation["properties"].(map[string]any)["action"] = actionSchema()
	examined := properties["examined"].(map[string]any)["items"].(map[string]any)
	examined["properties"].(map[string]any)["kinds"] = map[string]any{
		"type": "array", "items": map[string]any{"enum": KindNames()}, "description": "the kinds of entity that were looked for",
	}
	return s
}

// table is the schema of a struct: closed, with what it needs.
func table(t reflect.Type) map[string]any {
	properties := map[string]any{}
	needed := []string{}
	for _, f := range source.Fields(t) {
		properties[f.Name] = value(f)
		if f.Need {
			needed = append(needed, f.Name)
		}
	}
	s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(needed) > 0 {
		s["required"] = needed
	}
	return s
}

func value(f source.Field) map[string]any {
	s := typed(f.Kind, f.Type)
	if len(f.Enum) > 0 {
		if s["type"] == "array" {
			s["items"] = map[string]any{"enum": f.Enum}
		} else {
			s = map[string]any{"enum": f.Enum}
		}
	}
	if f.Doc != "" {
		s["description"] = f.Doc
	}
	return s
}

func typed(kind string, t reflect.Type) map[string]any {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case kind == "time":
		return timeSchema()
	case kind == source.List:
		return map[string]any{"type": "array", "items": typed(source.KindOf(t.Elem()), t.Elem())}
	case kind == source.Table && t.Kind() == reflect.Struct:
		return table(t)
	case kind == source.Table:
		return map[string]any{"type": "object"}
	case kind == source.Any:
		return map[string]any{}
	default:
		return map[string]any{"type": kind}
	}
}

// timeSchema is a time: in TOML a date or date-time, which editors hand to a
// schema as a string; in JSON a string.
func timeSchema() map[string]any { return map[string]any{"type": "string", "minLength": 4} }

// records is the schema of the tables of one kind: the common keys and its facts.
func records(kindName, doc string) map[string]any {
	kind, _ := KindNamed(kindName)
	item := table(reflect.TypeFor[Record]())
	properties := item["properties"].(map[string]any)
	for _, f := range kind.Fields {
		s := factSchema(f.Type)
		if f.OfTopics {
			s["items"] = map[string]any{"anyOf": []any{map[string]any{"enum": TopicNames()}, map[string]any{"type": "string", "pattern": "^" + OtherTopic + "."}}}
		}
		s["description"] = f.Title.Ja + " / " + f.Title.En
		properties[f.Name] = s
	}
	return map[string]any{"type": "array", "items": item, "description": doc}
}

func factSchema(t Type) map[string]any {
	switch t {
	case Bool:
		return map[string]any{"type": "boolean"}
	case Int:
		return map[string]any{"type": "integer"}
	case Date:
		return timeSchema()
	case List:
		return map[string]any{"type": "array", "items": map[string]any{"type": "string"}}
	default:
		return map[string]any{"type": "string"}
	}
}

func actionSchema() map[string]any {
	return map[string]any{"enum": ActionNames(), "description": "what happened: one of the closed vocabulary"}
}
