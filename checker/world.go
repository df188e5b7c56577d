package checker

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// world is the facts of a case: those of the base, with one thing changed.
type world struct {
	kind     *audit.Kind
	single   map[string]map[string]any   // kind -> fact -> value: the asked entity and the singletons
	lists    map[string][]map[string]any // plural -> members; one that is there is complete
	findings map[string]Assessment
	alleged  map[string]bool
	disputed map[string]bool
}

const caseExhibit = "case"

func askedID(kind *audit.Kind) string {
	if kind.Singleton {
		return kind.Name
	}
	return kind.Name + ":case"
}

func (w *world) asked() string { return askedID(w.kind) }

func newWorld(kind *audit.Kind, base map[string]any) (*world, error) {
	w := &world{
		kind: kind, single: map[string]map[string]any{}, lists: map[string][]map[string]any{},
		findings: map[string]Assessment{}, alleged: map[string]bool{}, disputed: map[string]bool{},
	}
	return w, w.set(base)
}

// set states facts: tables of singletons and of the asked entity, lists of
// tables, and the outcomes of other rules.
func (w *world) set(facts map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		value := facts[name]
		if name == "want" {
			continue
		}
		if name == "findings" {
			if err := w.setFindings(value); err != nil {
				return err
			}
			continue
		}
		if kind, ok := audit.KindOfList(name); ok {
			if err := w.setList(kind, value); err != nil {
				return err
			}
			continue
		}
		kind, ok := audit.KindNamed(name)
		table, isTable := value.(map[string]any)
		if !ok || !isTable || !kind.Singleton && kind != w.kind {
			return fmt.Errorf("a case cannot state %q: want %s, computer, subject, publisher or a list such as notices", name, w.kind.Name)
		}
		if w.single[name] == nil {
			w.single[name] = map[string]any{}
		}
		for field, v := range table {
			if err := checkFact(kind, field, v); err != nil {
				return err
			}
			w.single[name][field] = v
		}
	}
	return nil
}

func (w *world) setFindings(value any) error {
	table, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("findings wants a table of rule = assessment")
	}
	for rule, v := range table {
		w.findings[rule] = Assessment(text(v))
	}
	return nil
}

func (w *world) setList(kind *audit.Kind, value any) error {
	items, ok := value.([]any)
	if !ok {
		return fmt.Errorf("%s wants a list of tables", kind.Plural)
	}
	members := []map[string]any{}
	for _, item := range items {
		table, ok := item.(map[string]any)
		if !ok {
			return fmt.Errorf("%s wants a list of tables", kind.Plural)
		}
		for field, v := range table {
			if err := checkFact(kind, field, v); err != nil {
				return err
			}
		}
		members = append(members, table)
	}
	w.lists[kind.Plural] = members
	return nil
}

func checkFact(kind *audit.Kind, field string, value any) error {
	f, ok := kind.Field(field)
	if !ok {
		if hint := source.DidYouMean(field, kind.FieldNames()); hint != "" {
			return fmt.Errorf("%s has no fact %q; %s", kind.Name, field, hint)
		}
		return fmt.Errorf("%s has no fact %q", kind.Name, field)
	}
	if _, err := audit.ValueOf(f.Type, value); err != nil {
		return fmt.Errorf("%s.%s: %w", kind.Name, field, err)
	}
	return nil
}

// change applies a case to the base.
func (w *world) change(c Case) error {
	if err := w.set(c.Set); err != nil {
		return err
	}
	for _, name := range c.Unset {
		if err := w.unset(name); err != nil {
			return err
		}
	}
	for _, name := range c.Alleged {
		if !w.states(name) {
			return fmt.Errorf("%s cannot be alleged: the case does not state it", name)
		}
		w.alleged[name] = true
	}
	for _, name := range c.Disputed {
		if !w.states(name) {
			return fmt.Errorf("%s cannot be disputed: the case does not state it", name)
		}
		w.disputed[name] = true
	}
	return nil
}

func (w *world) unset(name string) error {
	if _, ok := w.lists[name]; ok {
		delete(w.lists, name)
		return nil
	}
	if rule, ok := strings.CutPrefix(name, "finding:"); ok {
		delete(w.findings, rule)
		return nil
	}
	kind, field, _ := strings.Cut(name, ".")
	if _, ok := w.single[kind][field]; !ok {
		return fmt.Errorf("%s cannot be unset: the base does not state it", name)
	}
	delete(w.single[kind], field)
	return nil
}

func (w *world) states(name string) bool {
	if _, ok := w.lists[name]; ok {
		return true
	}
	kind, field, _ := strings.Cut(name, ".")
	_, ok := w.single[kind][field]
	return ok
}

// facts builds what a report with these facts would fold into.
func (w *world) facts() *audit.Facts {
	f := audit.NewFacts()
	asked := f.Entity(w.kind.Name, w.asked(), "case")
	for _, name := range slices.Sorted(maps.Keys(w.single)) {
		kind, _ := audit.KindNamed(name)
		entity := asked
		if kind != w.kind {
			entity = f.Entity(name, name, name)
		}
		for _, field := range slices.Sorted(maps.Keys(w.single[name])) {
			w.state(entity, kind, field, w.single[name][field])
		}
		f.Examine(name, audit.Examination{Exhibit: caseExhibit, Basis: audit.Recorded})
	}
	for _, plural := range slices.Sorted(maps.Keys(w.lists)) {
		kind, _ := audit.KindOfList(plural)
		basis := audit.Recorded
		if w.alleged[plural] {
			basis = audit.Alleged
		}
		f.Examine(kind.Name, audit.Examination{Exhibit: caseExhibit, Basis: basis})
		for i, member := range w.lists[plural] {
			entity := f.Entity(kind.Name, fmt.Sprintf("%s:%d", kind.Name, i+1), fmt.Sprint(i+1))
			for _, field := range slices.Sorted(maps.Keys(member)) {
				w.state(entity, kind, field, member[field])
			}
		}
	}
	f.Settle()
	return f
}

func (w *world) state(entity *audit.Entity, kind *audit.Kind, name string, raw any) {
	field, _ := kind.Field(name)
	v, _ := audit.ValueOf(field.Type, raw)
	basis := audit.Recorded
	if w.alleged[kind.Name+"."+name] || w.alleged[kind.Plural] && kind.Plural != "" {
		basis = audit.Alleged
	}
	entity.State(field, audit.Origin{Record: "case", Exhibit: caseExhibit, Basis: basis, Value: v})
	if w.disputed[kind.Name+"."+name] {
		entity.State(field, audit.Origin{Record: "case", Exhibit: caseExhibit, Basis: basis, Value: opposite(v)})
	}
}

// opposite gives a value that conflicts with another.
func opposite(v audit.Value) audit.Value {
	switch v.Type {
	case audit.Bool:
		v.Bool = !v.Bool
	case audit.Int:
		v.Int++
	case audit.Date:
		v.Date.From, v.Date.To = v.Date.To.Add(400), v.Date.To.Add(400)
	default:
		v.Text += "?"
	}
	return v
}
