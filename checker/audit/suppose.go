package audit

import (
	"maps"
	"slices"
)

// Suppose gives the facts as they would be if some were stated otherwise: each of
// the given facts stands in place of what the report states, an entity that is not
// in the report comes last in its kind, and the examinations are added. Nothing of
// f is changed, and what is not named is shared with it.
func (f *Facts) Suppose(facts []*Fact, examined map[string][]Examination) *Facts {
	g := &Facts{byKind: maps.Clone(f.byKind), byID: map[string]*Entity{}, examined: f.examined, under: f}
	for _, fact := range facts {
		e, ok := g.byID[fact.Entity.ID]
		if !ok {
			e = g.fork(fact.Entity)
		}
		supposed := *fact
		supposed.Entity = e
		e.facts[fact.Field.Name] = &supposed
	}
	if len(examined) > 0 {
		g.examined = maps.Clone(f.examined)
		for kind, list := range examined {
			g.examined[kind] = slices.Concat(f.examined[kind], list)
		}
	}
	return g
}

// fork puts a copy of an entity in its place, or at the end of its kind.
func (f *Facts) fork(e *Entity) *Entity {
	forked := &Entity{Kind: e.Kind, ID: e.ID, Label: e.Label, facts: maps.Clone(e.facts)}
	if forked.facts == nil {
		forked.facts = map[string]*Fact{}
	}
	list := slices.Clone(f.byKind[e.Kind])
	i := slices.IndexFunc(list, func(x *Entity) bool { return x.ID == e.ID })
	if i < 0 {
		list = append(list, forked)
	} else {
		list[i] = forked
	}
	f.byKind[e.Kind], f.byID[e.ID] = list, forked
	return forked
}
