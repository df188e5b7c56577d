package audit

import (
	"maps"
	"slices"
)

// supposedExhibit is the exhibit of what is only supposed. No report can name it:
// ids of exhibits hold no space.
const supposedExhibit = "not in the report"

// Supposed is one fact, or one list, taken otherwise than the report states it.
type Supposed struct {
	Kind, ID, Label string // of the entity; it is made if the report has none. Of a list only Kind
	Field           Field  // zero: it is the list of the kind
	Value           Value
	Unstated        bool // nobody states it, or nobody looked through the list
}

// Suppose gives the facts with some of them taken otherwise, each settled as if a
// record said so alone. The facts themselves stay as they are, and all that is not
// supposed is shared with them.
func (f *Facts) Suppose(list []Supposed) *Facts {
	s := &Facts{byKind: maps.Clone(f.byKind), byID: map[string]*Entity{}, examined: maps.Clone(f.examined), beneath: f}
	for _, x := range list {
		if x.Field.Name == "" {
			s.supposeExamined(x)
			continue
		}
		s.own(x).suppose(x)
	}
	return s
}

// own gives the entity of a supposition, which no other facts share.
func (f *Facts) own(x Supposed) *Entity {
	if e, ok := f.byID[x.ID]; ok {
		return e
	}
	entities := slices.Clone(f.byKind[x.Kind])
	made := &Entity{Kind: x.Kind, ID: x.ID, Label: x.Label, facts: map[string]*Fact{}}
	if shared, ok := f.beneath.ByID(x.ID); ok {
		made = &Entity{Kind: shared.Kind, ID: shared.ID, Label: shared.Label, facts: maps.Clone(shared.facts)}
		entities[slices.Index(entities, shared)] = made
	} else {
		entities = append(entities, made)
	}
	f.byID[x.ID], f.byKind[x.Kind] = made, entities
	return made
}

// suppose replaces a fact. A list stands where the stated one stood, so that it is
// as complete as that one.
func (e *Entity) suppose(x Supposed) {
	old := e.facts[x.Field.Name]
	fact := &Fact{Entity: e, Field: x.Field}
	if old != nil {
		fact.Aside = old.Aside
	}
	e.facts[x.Field.Name] = fact
	if x.Unstated {
		return
	}
	exhibits := []string{supposedExhibit}
	if old != nil && x.Field.Type == List {
		for _, o := range old.Origins {
			exhibits = append(exhibits, o.Exhibit)
		}
	}
	for _, exhibit := range exhibits {
		fact.Origins = append(fact.Origins, Origin{Exhibit: exhibit, Basis: Recorded, Value: x.Value})
	}
	fact.settle()
}

// supposeExamined takes a kind as looked through without limit of time, in every
// exhibit that a list of its entities comes from, or takes it as not looked for.
func (f *Facts) supposeExamined(x Supposed) {
	if x.Unstated {
		delete(f.examined, x.Kind)
		return
	}
	exhibits := []string{supposedExhibit}
	kind, _ := KindNamed(x.Kind)
	for _, field := range kind.Fields {
		if field.Type != List {
			continue
		}
		for _, e := range f.byKind[x.Kind] {
			if fact := e.Fact(field.Name); fact != nil {
				for _, o := range fact.Origins {
					exhibits = append(exhibits, o.Exhibit)
				}
			}
		}
	}
	slices.Sort(exhibits)
	all := slices.Clone(f.examined[x.Kind])
	for _, exhibit := range slices.Compact(exhibits) {
		all = append(all, Examination{Kinds: []string{x.Kind}, Exhibit: exhibit, Basis: Recorded})
	}
	f.examined[x.Kind] = all
}
