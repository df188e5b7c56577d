package listing

import (
	"cmp"
	"slices"
	"strings"
)

// Verb is what a comparison found of an entity.
type Verb string

// The verbs. NotComparable is the honest answer if one of the snapshots does not
// say enough: it is never "deleted".
const (
	Created       Verb = "created"
	Deleted       Verb = "deleted"
	Changed       Verb = "changed"
	NotComparable Verb = "not comparable"
)

// Change is a difference between two snapshots. It says that a state differs, not
// who made it so.
type Change struct {
	Verb Verb
	Kind Kind
	Name string // as written; "" if NotComparable
	SID  string
	// Differences are what differs; of a created or deleted entity, what it has or had.
	Differences []Difference
	// Before and After are where the entity stands; for a created entity, Before is the
	// complete list in which it does not stand, and After likewise for a deleted one.
	Before, After Origin
	Caveats       []string
	// Routine says that Windows itself changes such things all the time.
	Routine bool
	// Names are the entities that could not be compared.
	Names []string
}

// Effect says what a difference does for somebody.
type Effect string

// The effects. Altered is neither a gain nor a loss of anybody's.
const (
	Gained  Effect = "gained"
	Lost    Effect = "lost"
	Altered Effect = "altered"
)

// Difference is one thing that differs of an entity.
type Difference struct {
	// What is the name of a fact, or "member", "entry", "audit entry", "owner", "group",
	// "protection", "order" or "access control".
	What          string
	Effect        Effect
	Who, SID      string // whose entry or membership it is
	Before, After string // the values, or the rights as written
	// Of an entry: what bits were gained and lost by Who, by the letters of icacls.
	RightsGained, RightsLost []string
	Deny, Inherited          bool
	BeforeAt, AfterAt        Origin
}

// Compare says what differs between two snapshots of a machine, in the order of the
// kinds and of the names. A fact that only one of them states is no difference.
func Compare(before, after Snapshot) []Change {
	c := comparison{before: before, after: after}
	c.namesBefore = namesOf(before, after)
	c.namesAfter = namesOf(after, before)
	c.coveredBefore, c.coveredAfter = indexCovers(before), indexCovers(after)
	if before.Computer != "" && after.Computer != "" && !strings.EqualFold(before.Computer, after.Computer) {
		c.caveats = []string{"the snapshots name two machines: " + before.Computer + " and " + after.Computer}
	}
	for _, kind := range Kinds() {
		c.kind(kind)
	}
	return c.changes
}

type comparison struct {
	before, after           Snapshot
	namesBefore, namesAfter names
	coveredBefore           coverIndex
	coveredAfter            coverIndex
	caveats                 []string
	changes                 []Change
}

// pair is an entity before and after; one of them may be nil.
type pair struct{ before, after *Entity }

func (c *comparison) kind(kind Kind) {
	var onlyBefore, onlyAfter []*Entity
	for _, p := range pairs(c.before.Of(kind), c.after.Of(kind)) {
		switch {
		case p.before != nil && p.after != nil:
			c.changed(*p.before, *p.after)
		case p.after != nil:
			if cov, ok := c.coveredBefore.find(*p.after); ok {
				c.appeared(Created, *p.after, cov.Origin)
			} else {
				onlyAfter = append(onlyAfter, p.after)
			}
		default:
			if cov, ok := c.coveredAfter.find(*p.before); ok {
				c.appeared(Deleted, *p.before, cov.Origin)
			} else {
				onlyBefore = append(onlyBefore, p.before)
			}
		}
	}
	c.notComparable(kind, onlyBefore, "before")
	c.notComparable(kind, onlyAfter, "after")
}

// notComparable says what only one snapshot shows while the other has no complete
// list in which it would stand.
func (c *comparison) notComparable(kind Kind, only []*Entity, when string) {
	if len(only) == 0 {
		return
	}
	change := Change{Verb: NotComparable, Kind: kind, Caveats: slices.Clone(c.caveats)}
	other := "after"
	if when == "after" {
		other = "before"
		change.After = only[0].Origin
	} else {
		change.Before = only[0].Origin
	}
	for _, e := range only {
		change.Names = append(change.Names, e.Name)
	}
	change.Caveats = append(change.Caveats, "listed "+when+" only; no complete list of "+other+" in which it would stand")
	c.changes = append(c.changes, change)
}

// pairs matches entities by SID, and by name where one has none.
func pairs(before, after []Entity) []pair {
	matched := make([]pair, 0, len(before)+len(after))
	bySID, byID := map[string]int{}, map[string]int{}
	for i := range before {
		matched = append(matched, pair{before: &before[i]})
		if before[i].SID != "" {
			bySID[before[i].SID] = i
		}
		byID[before[i].id] = i
	}
	find := func(e *Entity, withSID bool) (int, bool) {
		if withSID {
			at, ok := bySID[e.SID]
			return at, ok && e.SID != "" && matched[at].after == nil
		}
		at, ok := byID[e.id]
		return at, ok && matched[at].after == nil && (e.SID == "" || before[at].SID == "")
	}
	left := make([]*Entity, 0, len(after))
	for i := range after {
		left = append(left, &after[i])
	}
	for _, withSID := range []bool{true, false} {
		left = slices.DeleteFunc(left, func(e *Entity) bool {
			at, ok := find(e, withSID)
			if ok {
				matched[at].after = e
			}
			return ok
		})
	}
	for _, e := range left {
		matched = append(matched, pair{after: e})
	}
	slices.SortStableFunc(matched, func(a, b pair) int { return cmp.Compare(a.id(), b.id()) })
	return matched
}

func (p pair) id() string {
	if p.before != nil {
		return p.before.id
	}
	return p.after.id
}

// appeared makes the change of an entity that stands on one side only.
func (c *comparison) appeared(verb Verb, e Entity, absent Origin) {
	change := Change{Verb: verb, Kind: e.Kind, Name: e.Name, SID: e.SID, Caveats: append(slices.Clone(c.caveats), e.Caveats...)}
	change.Routine = e.Kind == Service && IsPerUser(e.Name)
	empty := Entity{Kind: e.Kind, Complete: true}
	if e.Security != nil {
		empty.Security = &Descriptor{Form: e.Security.Form, HasDACL: true}
	}
	if verb == Created {
		change.Before, change.After = absent, e.Origin
		change.Differences = append(factsOf(e, Created), c.details(empty, e, &change)...)
	} else {
		change.Before, change.After = e.Origin, absent
		change.Differences = append(factsOf(e, Deleted), c.details(e, empty, &change)...)
	}
	for _, other := range c.sameName(verb, e) {
		change.Caveats = append(change.Caveats, "an account of the same name has another SID: "+other)
	}
	c.changes = append(c.changes, change)
}

// sameName finds accounts of the name of one that came or went, on the other side.
func (c *comparison) sameName(verb Verb, e Entity) []string {
	other := c.before
	if verb == Deleted {
		other = c.after
	}
	var sids []string
	for _, o := range other.Entities {
		if e.Kind == Account && o.Kind == Account && o.id == e.id && o.SID != e.SID {
			sids = append(sids, o.SID)
		}
	}
	return sids
}

// factsOf lists the facts of an entity that came or went.
func factsOf(e Entity, verb Verb) []Difference {
	var list []Difference
	for _, f := range e.Facts {
		if f.Name == "sid by name" {
			continue
		}
		d := Difference{What: f.Name, Effect: Altered, After: f.Value, AfterAt: f.Origin}
		if verb == Deleted {
			d.Before, d.After, d.BeforeAt, d.AfterAt = f.Value, "", f.Origin, Origin{}
		}
		list = append(list, d)
	}
	return list
}

func (c *comparison) changed(before, after Entity) {
	change := Change{Verb: Changed, Kind: after.Kind, Name: after.Name, SID: cmp.Or(after.SID, before.SID),
		Before: before.Origin, After: after.Origin, Caveats: slices.Clone(c.caveats)}
	if after.Name == after.SID && before.Name != "" {
		change.Name = before.Name
	}
	change.Routine = true
	for _, f := range after.Facts {
		old, ok := before.Fact(f.Name)
		if !ok || old.Value == f.Value || f.Name == "sid by name" {
			continue
		}
		change.Differences = append(change.Differences, Difference{What: f.Name, Effect: Altered,
			Before: old.Value, After: f.Value, BeforeAt: old.Origin, AfterAt: f.Origin})
		change.Routine = change.Routine && after.Kind == Service && f.Name == "state"
	}
	details := c.details(before, after, &change)
	change.Routine = change.Routine && len(details) == 0
	change.Differences = append(change.Differences, details...)
	if len(change.Differences) == 0 {
		return
	}
	for _, caveat := range append(slices.Clone(before.Caveats), after.Caveats...) {
		if !slices.Contains(change.Caveats, caveat) {
			change.Caveats = append(change.Caveats, caveat)
		}
	}
	c.changes = append(c.changes, change)
}

// details compares members and access control lists.
func (c *comparison) details(before, after Entity, change *Change) []Difference {
	if before.Security != nil && after.Security != nil {
		diffs, caveats := diffACL(before, after, c.namesBefore, c.namesAfter)
		change.Caveats = append(change.Caveats, caveats...)
		return diffs
	}
	return c.members(before, after)
}

// members says who came and who went. Who is missing from a list that may not be
// whole has not gone.
func (c *comparison) members(before, after Entity) []Difference {
	var diffs []Difference
	old, now := map[string]bool{}, map[string]bool{}
	for _, m := range before.Members {
		old[c.namesBefore.key(m.Name, m.SID, m.Local)] = true
	}
	for _, m := range after.Members {
		now[c.namesAfter.key(m.Name, m.SID, m.Local)] = true
	}
	// Somebody who stands under two names is told once.
	for _, m := range after.Members {
		key := c.namesAfter.key(m.Name, m.SID, m.Local)
		if before.Complete && !old[key] {
			old[key] = true
			diffs = append(diffs, Difference{What: "member", Effect: Gained, Who: m.Name, SID: m.SID,
				BeforeAt: before.Origin, AfterAt: m.Origin})
		}
	}
	for _, m := range before.Members {
		key := c.namesBefore.key(m.Name, m.SID, m.Local)
		if after.Complete && !now[key] {
			now[key] = true
			diffs = append(diffs, Difference{What: "member", Effect: Lost, Who: m.Name, SID: m.SID,
				BeforeAt: m.Origin, AfterAt: after.Origin})
		}
	}
	return diffs
}
