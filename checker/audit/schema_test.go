package audit

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jobun/internal/source"
)

// fixtures reads the example reports of the repository.
func fixtures(t *testing.T) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../../fixtures/*/report.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no example reports: %v", err)
	}
	texts := map[string][]byte{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = text
	}
	return texts
}

// throughJSON makes a value what a JSON file of it would be.
func throughJSON(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	if err := c.AddResource(SchemaID, throughJSON(t, Schema())); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(SchemaID)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSchemaTakesTheFixtures(t *testing.T) {
	schema := compiled(t)
	if schema.DraftVersion != 7 {
		t.Errorf("the schema is of draft %d", schema.DraftVersion)
	}
	for name, text := range fixtures(t) {
		tree, problems := source.Parse(source.File{Name: name, Text: text}, source.DefaultLimits())
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if err := schema.Validate(throughJSON(t, plain(tree.Root()))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	schema := compiled(t)
	sound := func() map[string]any {
		return map[string]any{
			"format": 1, "title": "t", "subject": map[string]any{"name": "s"},
			"exhibit":     []any{map[string]any{"id": "E", "title": "t", "role": "scene"}},
			"observation": []any{map[string]any{"id": "o", "action": "account.create", "target": "account:a", "exhibit": "E", "basis": "recorded"}},
			"notice":      []any{map[string]any{"id": "n", "exhibit": "E", "basis": "recorded", "to_users": true, "covers": []any{"account"}}},
			"examined":    []any{map[string]any{"kinds": []any{"account"}, "exhibit": "E"}},
		}
	}
	member := func(r map[string]any, list string) map[string]any { return r[list].([]any)[0].(map[string]any) }
	for _, c := range []struct {
		name   string
		change func(map[string]any)
		sound  bool
	}{
		{"sound", func(map[string]any) {}, true},
		{"unknown key", func(r map[string]any) { r["titel"] = "t" }, false},
		{"unknown key of an observation", func(r map[string]any) { member(r, "observation")["excerp"] = "x" }, false},
		{"unknown fact of a record", func(r map[string]any) { member(r, "notice")["hidden"] = true }, false},
		{"unknown action", func(r map[string]any) { member(r, "observation")["action"] = "account.creat" }, false},
		{"unknown kind", func(r map[string]any) { member(r, "examined")["kinds"] = []any{"acount"} }, false},
		{"unknown role", func(r map[string]any) { member(r, "exhibit")["role"] = "photo" }, false},
		{"no title", func(r map[string]any) { delete(r, "title") }, false},
		{"no format", func(r map[string]any) { delete(r, "format") }, false},
		{"another format", func(r map[string]any) { r["format"] = 2 }, false},
		{"no basis", func(r map[string]any) { delete(member(r, "observation"), "basis") }, false},
		{"no id of a record", func(r map[string]any) { delete(member(r, "notice"), "id") }, false},
		{"a string for true", func(r map[string]any) { member(r, "notice")["to_users"] = "yes" }, false},
		{"a list of numbers", func(r map[string]any) { member(r, "notice")["covers"] = []any{1} }, false},
		{"a number for a time", func(r map[string]any) { member(r, "observation")["at"] = 2012 }, false},
	} {
		r := sound()
		c.change(r)
		value := throughJSON(t, r)
		if err := schema.Validate(value); (err == nil) != c.sound {
			t.Errorf("%s: %v", c.name, err)
		}
		// Read is of the same opinion.
		text, _ := json.Marshal(r)
		if _, problems := Read(source.File{Name: "r.json", Text: text}); (len(problems) == 0) != c.sound {
			t.Errorf("%s: the schema and Read differ: %v", c.name, problems)
		}
	}
}
