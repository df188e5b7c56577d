package export

import (
	"encoding/json"
	"slices"
	"strings"

	"jobun/checker/audit"
	"jobun/internal/day"
)

func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// evidence compares the facts, lists and findings that were read, and the exhibits
// behind them.
func (x *comparison) evidence(read *reads) {
	switch old, now := x.old.entities[x.key.Entity], x.new.entities[x.key.Entity]; {
	case old == nil && now != nil:
		x.Causes.Entity = "added"
	case old != nil && now == nil:
		x.Causes.Entity = "removed"
	}
	exhibits := map[string]bool{}
	for _, ref := range read.facts.names {
		x.fact(ref, read.facts.by[ref], exhibits)
	}
	for _, kind := range read.lists.names {
		x.list(kind, read.lists.by[kind])
	}
	for _, kind := range read.completeness.names {
		x.completeness(kind, read.completeness.by[kind])
	}
	for _, rule := range read.findings.names {
		x.findings(rule, read.findings.by[rule])
	}
	x.exhibits(exhibits)
}

func (x *comparison) fact(ref string, by reader, exhibits map[string]bool) {
	c := x.factChange(ref)
	for _, f := range []*FactSeen{c.Old, c.New} {
		if f == nil {
			continue
		}
		for _, o := range f.Origins {
			exhibits[o.Exhibit] = true
		}
	}
	if c.isChange {
		c.Clauses, c.Day, c.Trigger = by.clauses, by.day, by.trigger
		x.Causes.Facts = append(x.Causes.Facts, c)
	}
}

// factChange compares one fact.
func (runs *twoRuns) factChange(ref string) FactChange {
	if c, ok := runs.facts[ref]; ok {
		return c
	}
	entity, field := cutRef(ref)
	kind, _, _ := strings.Cut(entity, ":")
	c := FactChange{Entity: entity, Fact: kind + "." + field, Old: runs.old.fact(entity, field), New: runs.new.fact(entity, field)}
	if c.Label = runs.new.label(entity); c.Label == "" {
		c.Label = runs.old.label(entity)
	}
	if c.isChange = !isSameFact(c.Old, c.New); c.isChange {
		c.OriginsOnly = isSameValue(c.Old, c.New)
		c.OldNames, c.NewNames = runs.old.names(c.Old), runs.new.names(c.New)
	}
	runs.facts[ref] = c
	return c
}

func (r *Run) fact(entity, field string) *FactSeen {
	e := r.entities[entity]
	if e == nil {
		return nil
	}
	for i := range e.Facts {
		if e.Facts[i].Name == field {
			return &e.Facts[i]
		}
	}
	return nil
}

// names gives the names of the parties whose ids a fact's value is; "" if there are
// none in it.
func (r *Run) names(f *FactSeen) string {
	if f == nil {
		return ""
	}
	ids := stringsOf(f.Value)
	var names []string
	isNamed := false
	for _, id := range ids {
		name := partyNamed(r.doc.Parties, id)
		isNamed = isNamed || name != id
		names = append(names, name)
	}
	if !isNamed {
		return ""
	}
	return strings.Join(names, "、")
}

// stringsOf gives the strings of a value, as they are in a result or out of JSON.
func stringsOf(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []string:
		return v
	case []any:
		var list []string
		for _, item := range v {
			s, _ := item.(string)
			list = append(list, s)
		}
		return list
	default:
		return nil
	}
}

// partyNamed is the name of a party, or else the id itself.
func partyNamed(parties []jsonParty, id string) string {
	for _, p := range parties {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

// isSameFact reports whether two runs state a fact alike, from the same records,
// whatever their order.
func isSameFact(a, b *FactSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	return isSameValue(a, b) && slices.Equal(originLines(a), originLines(b))
}

func isSameValue(a, b *FactSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	f, g := *a, *b
	f.Origins, g.Origins = nil, nil
	return sameJSON(f, g)
}

func originLines(f *FactSeen) []string {
	var lines []string
	for _, o := range f.Origins {
		line, err := json.Marshal(o)
		if err != nil {
			continue // it was read from JSON
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	return lines
}

func (x *comparison) list(kind string, by reader) {
	c, ok := x.lists[kind]
	if !ok {
		old, now := x.old.members(kind), x.new.members(kind)
		c = ListChange{Kind: kind, Added: onlyIn(now, old), Removed: onlyIn(old, now)}
		x.lists[kind] = c
	}
	c.Clauses, c.Trigger = by.clauses, by.trigger
	x.addExamined(&c)
	if len(c.Added)+len(c.Removed)+len(c.OldExamined)+len(c.NewExamined) > 0 {
		x.Causes.Lists = append(x.Causes.Lists, c)
	}
}

// completeness compares where a kind was looked for, where only that was read.
func (x *comparison) completeness(kind string, by reader) {
	if slices.ContainsFunc(x.Causes.Lists, func(c ListChange) bool { return c.Kind == kind }) {
		return
	}
	c := ListChange{Kind: kind, Clauses: by.clauses, Trigger: by.trigger}
	if x.addExamined(&c); len(c.OldExamined)+len(c.NewExamined) > 0 {
		x.Causes.Lists = append(x.Causes.Lists, c)
	}
}

func (r *Run) members(kind string) []string {
	var ids []string
	for _, e := range r.doc.Entities {
		if e.Kind == kind {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// addExamined adds the examinations that cover the day of the finding on one side only,
// and that the other does not state at all: where only the day moved, the day is the cause.
func (x *comparison) addExamined(c *ListChange) {
	old, now := x.old.covering(c.Kind, x.was), x.new.covering(c.Kind, x.is)
	if x.was == nil {
		old = x.old.covering(c.Kind, x.is) // of the same day, as far as it is known
	}
	if x.is == nil {
		now = x.new.covering(c.Kind, x.was)
	}
	c.OldExamined, c.NewExamined = onlyExamined(old, x.new.stating(c.Kind)), onlyExamined(now, x.old.stating(c.Kind))
}

func onlyExamined(list, other []ExaminedSeen) []ExaminedSeen {
	return slices.DeleteFunc(slices.Clone(list), func(e ExaminedSeen) bool {
		return slices.ContainsFunc(other, func(o ExaminedSeen) bool {
			return e.Exhibit == o.Exhibit && e.From == o.From && e.Until == o.Until && e.Basis == o.Basis
		})
	})
}

// stating lists the examinations of a kind that a run states, whatever days they cover.
func (r *Run) stating(kind string) []ExaminedSeen {
	return slices.DeleteFunc(slices.Clone(r.doc.Examined), func(e ExaminedSeen) bool { return !slices.Contains(e.Kinds, kind) })
}

func (r *Run) covering(kind string, f *jsonFinding) []ExaminedSeen {
	var span day.Span
	if f != nil && f.Anchor.Date != "" {
		span, _ = day.ParseSpan(f.Anchor.Date)
	}
	var list []ExaminedSeen
	for _, e := range r.examined.Examined(kind, span) {
		for _, x := range r.doc.Examined {
			if slices.Contains(x.Kinds, kind) && x.Exhibit == e.Exhibit && audit.Basis(x.Basis) == e.Basis && x.From == e.From.Span.String() && x.Until == e.Until.Span.String() {
				x.Kinds = []string{kind}
				list = append(list, x)
				break
			}
		}
	}
	return list
}

// exhibits compares the exhibits behind what was read: the file that a fact is read
// from may be another.
func (x *comparison) exhibits(behind map[string]bool) {
	seen := map[string]bool{}
	for _, r := range []*Run{x.new, x.old} {
		for _, e := range r.doc.Exhibits {
			if !behind[e.ID] || seen[e.ID] {
				continue
			}
			seen[e.ID] = true
			c := ExhibitChange{e.ID, x.old.exhibit(e.ID), x.new.exhibit(e.ID)}
			if !isSameExhibit(c.Old, c.New) {
				x.Causes.Exhibits = append(x.Causes.Exhibits, c)
			}
		}
	}
}

func (r *Run) exhibit(id string) *ExhibitSeen {
	for i := range r.doc.Exhibits {
		if r.doc.Exhibits[i].ID == id {
			return &r.doc.Exhibits[i]
		}
	}
	return nil
}

// isSameExhibit leaves out where the file lies, whether anybody hashed it, and which
// number it has on a paper.
func isSameExhibit(a, b *ExhibitSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	e, f := *a, *b
	e.File, f.File, e.FileCheck, f.FileCheck = "", "", "", ""
	e.BranchOf, f.BranchOf = "", ""
	return e == f
}
