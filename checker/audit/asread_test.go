package audit_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// A report written as JSON from AsRead is the same report: the same words, and the
// same facts with the same origins.
func TestAsReadLosesNothing(t *testing.T) {
	names, err := filepath.Glob("../../fixtures/*/report.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first, problems := audit.Read(source.File{Name: name, Text: text})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		again, err := json.Marshal(first.AsRead())
		if err != nil {
			t.Fatal(err)
		}
		second, problems := audit.Read(source.File{Name: "again.json", Text: again})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if !reflect.DeepEqual(first.AsRead(), second.AsRead()) {
			t.Errorf("%s: another report after a round trip", name)
		}
		if len(first.Events) != len(second.Events) || !reflect.DeepEqual(first.Exhibits, second.Exhibits) || !reflect.DeepEqual(first.Statements, second.Statements) {
			t.Errorf("%s: exhibits, statements or events differ", name)
		}
		a, b := audit.Fold(first), audit.Fold(second)
		for _, kind := range audit.KindNames() {
			if !reflect.DeepEqual(stated(a, kind), stated(b, kind)) {
				t.Errorf("%s: other facts of %s", name, kind)
			}
		}
	}
}

// stated lists the facts of a kind with value, basis and origins.
func stated(f *audit.Facts, kind string) []string {
	var list []string
	for _, e := range f.Of(kind) {
		for _, fact := range e.Facts() {
			line := e.ID + "." + fact.Field.Name + "=" + fact.Value.String() + " " + string(fact.Basis)
			for _, o := range fact.Origins {
				line += " " + o.Record + o.Exhibit + o.Locator + o.At.String()
			}
			list = append(list, line)
		}
	}
	return list
}
