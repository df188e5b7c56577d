package audit

import (
	"fmt"
	"slices"
	"strings"

	"jobun/internal/day"
)

// Value is the value of a fact. Only the field of its type means anything.
type Value struct {
	Type Type
	Bool bool
	Int  int64
	Text string
	Date day.Span
	List []string
	// Label is how the value is printed, if not as it stands: the names of the
	// parties whose ids it holds.
	Label string
}

// Equal reports whether two values of one fact say the same.
func (v Value) Equal(w Value) bool {
	return v.Type == w.Type && v.Bool == w.Bool && v.Int == w.Int && v.Text == w.Text &&
		v.Date.From == w.Date.From && v.Date.To == w.Date.To && slices.Equal(v.List, w.List)
}

// String writes the value as a rule or report would.
func (v Value) String() string {
	switch v.Type {
	case Bool:
		return fmt.Sprint(v.Bool)
	case Int:
		return fmt.Sprint(v.Int)
	case Date:
		return v.Date.String()
	case List:
		return strings.Join(v.List, ", ")
	default:
		return v.Text
	}
}

// Origin is where a fact was read: which record of the report, in which exhibit.
type Origin struct {
	Record  string // the id of the observation or record
	Exhibit string
	Locator string
	Excerpt string
	Basis   Basis
	At      day.Span // when the record says that it happened
	Value   Value    // what this origin says
	Change  bool     // it is of a change, not of a state seen
	Why     string   // for conduct: the basis of the attribution
	Unseen  bool     // the exhibit is known only as another quotes it
}

// Fact is one property of an entity, with all its origins.
type Fact struct {
	Entity   *Entity
	Field    Field
	Value    Value
	Disputed bool // the origins conflict: Value means nothing
	Basis    Basis
	Origins  []Origin
	Aside    []Origin // reproductions with another build: what the software can do, not what it did
}

// Name is the fact's full name: account.hidden.
func (f *Fact) Name() string { return f.Entity.Kind + "." + f.Field.Name }

// Entity is one thing that observations are about.
type Entity struct {
	Kind  string
	ID    string // kind:name; for a singleton the kind
	Label string
	facts map[string]*Fact
}

// Fact gives a property, or nil if the report does not state it.
func (e *Entity) Fact(field string) *Fact {
	f := e.facts[field]
	if f == nil || len(f.Origins) == 0 {
		return nil
	}
	return f
}

// Aside gives what reproductions of another build showed of a property.
func (e *Entity) Aside(field string) []Origin {
	if f := e.facts[field]; f != nil {
		return f.Aside
	}
	return nil
}

// Facts gives the stated properties in the order of the vocabulary.
func (e *Entity) Facts() []*Fact {
	kind, _ := KindNamed(e.Kind)
	var facts []*Fact
	for _, field := range kind.Fields {
		if f := e.Fact(field.Name); f != nil {
			facts = append(facts, f)
		}
	}
	return facts
}

// Facts is everything that a report states, folded into entities.
type Facts struct {
	byKind   map[string][]*Entity
	byID     map[string]*Entity
	examined map[string][]Examination
	under    *Facts // of facts that are supposed: those that they differ from
}

// NewFacts gives facts with the singletons and nothing stated of them.
func NewFacts() *Facts {
	f := &Facts{byKind: map[string][]*Entity{}, byID: map[string]*Entity{}, examined: map[string][]Examination{}}
	for _, k := range Kinds() {
		if k.Singleton {
			f.Entity(k.Name, k.Name, k.Title.Ja)
		}
	}
	return f
}

// Of lists the entities of a kind in the order in which the report names them.
func (f *Facts) Of(kind string) []*Entity { return f.byKind[kind] }

// ByID finds an entity by its id, such as account:maintenance.
func (f *Facts) ByID(id string) (*Entity, bool) {
	e, ok := f.byID[id]
	if !ok && f.under != nil {
		return f.under.ByID(id)
	}
	return e, ok
}

// Entity gives the entity with an id, making it if it is new.
func (f *Facts) Entity(kind, id, label string) *Entity {
	if e, ok := f.byID[id]; ok {
		return e
	}
	e := &Entity{Kind: kind, ID: id, Label: label, facts: map[string]*Fact{}}
	f.byID[id] = e
	f.byKind[kind] = append(f.byKind[kind], e)
	return e
}

// Examine adds that a kind was looked for.
func (f *Facts) Examine(kind string, e Examination) { f.examined[kind] = append(f.examined[kind], e) }

// Examined lists where a kind was looked for in a way that covers all of a
// span; a zero span asks for examinations without limits of time.
func (f *Facts) Examined(kind string, span day.Span) []Examination {
	all := f.examined[kind]
	isCovering := func(e Examination) bool { return e.covers(span) }
	if !slices.ContainsFunc(all, func(e Examination) bool { return !isCovering(e) }) {
		return all[:len(all):len(all)]
	}
	var covering []Examination
	for _, e := range all {
		if isCovering(e) {
			covering = append(covering, e)
		}
	}
	return covering
}

// ExaminedAtAnyTime lists where a kind was looked for, for whatever time.
func (f *Facts) ExaminedAtAnyTime(kind string) []Examination { return f.examined[kind] }

func (e Examination) covers(span day.Span) bool {
	if e.From.IsZero() && e.Until.IsZero() {
		return true
	}
	if span.IsZero() {
		return false
	}
	return (e.From.IsZero() || !span.From.Before(e.From.Span.From)) &&
		(e.Until.IsZero() || !e.Until.Span.To.Before(span.To))
}

// State adds an origin that states a property. What the fact then is, Settle
// works out from all of its origins.
func (e *Entity) State(field Field, origin Origin) {
	f := e.fact(field)
	f.Origins = append(f.Origins, origin)
}

// Settle works out the value, basis and dispute of every fact. It is called
// once, after the last State.
func (f *Facts) Settle() {
	for _, e := range f.byID {
		for _, fact := range e.facts {
			if len(fact.Origins) > 0 {
				fact.settle()
			}
		}
	}
}

// SetAside adds what a reproduction of another build showed.
func (e *Entity) SetAside(field Field, origin Origin) {
	f := e.fact(field)
	f.Aside = append(f.Aside, origin)
}

func (e *Entity) fact(field Field) *Fact {
	f := e.facts[field.Name]
	if f == nil {
		f = &Fact{Entity: e, Field: field}
		e.facts[field.Name] = f
	}
	return f
}

// settle works out value, basis and dispute from the origins.
//
//   - Dates that overlap agree on their overlap.
//   - Lists are read together.
//   - A bool that changes set one way and later another is a history: it was
//     true at some time, and true is the answer.
//   - Everything else that differs is disputed.
func (f *Fact) settle() {
	f.Value, f.Disputed, f.Basis = f.Origins[0].Value, false, ""
	switch f.Field.Type {
	case Date:
		for _, o := range f.Origins[1:] {
			overlap, ok := overlap(f.Value.Date, o.Value.Date)
			f.Value.Date, f.Disputed = overlap, f.Disputed || !ok
		}
	case List:
		f.Value.List = union(f.Origins)
	case Bool:
		if !allEqual(f.Origins) {
			f.Value.Bool, f.Disputed = true, !isHistory(f.Origins)
		}
	default:
		f.Disputed = !allEqual(f.Origins)
	}
	for _, o := range f.Origins {
		if o.Basis.strength() > f.Basis.strength() && f.carries(o) {
			f.Basis = o.Basis
		}
	}
	if f.Field.Type == Date && !f.Disputed {
		f.Basis = f.dateBasis()
	}
}

// dateBasis is the strongest basis that alone gives the settled days: a record
// of a month does not lend its basis to the day that a party alleges.
func (f *Fact) dateBasis() Basis {
	for _, basis := range []Basis{Recorded, Admitted, Inferred, Alleged} {
		var narrowed day.Span
		for _, o := range f.Origins {
			switch {
			case o.Basis.strength() < basis.strength():
			case narrowed.IsZero():
				narrowed = o.Value.Date
			default:
				narrowed, _ = overlap(narrowed, o.Value.Date)
			}
		}
		if settled := f.Value.Date; narrowed.From == settled.From && narrowed.To == settled.To && narrowed.Precision == settled.Precision && narrowed.Time == settled.Time {
			return basis
		}
	}
	return f.Basis
}

// carries reports whether an origin bears the settled value: the false half of
// a history does not lend its basis to the true one.
func (f *Fact) carries(o Origin) bool {
	return f.Field.Type != Bool || f.Disputed || o.Value.Bool == f.Value.Bool
}

func allEqual(origins []Origin) bool {
	for _, o := range origins[1:] {
		if !o.Value.Equal(origins[0].Value) {
			return false
		}
	}
	return true
}

func union(origins []Origin) []string {
	items, seen := []string{}, map[string]bool{}
	for _, o := range origins {
		for _, s := range o.Value.List {
			if !seen[s] {
				seen[s] = true
				items = append(items, s)
			}
		}
	}
	return items
}

// isHistory reports whether origins that differ tell one story: each has a known
// time, no two opposite ones could be of the same time, and a state that was seen
// is the one that the change before it left. Without a change there is no story.
func isHistory(origins []Origin) bool {
	ordered := slices.Clone(origins)
	for _, o := range ordered {
		if o.At.IsZero() {
			return false
		}
	}
	slices.SortStableFunc(ordered, func(a, b Origin) int {
		if order, known := day.Compare(a.At, b.At); known {
			return order
		}
		return a.At.From.Compare(b.At.From)
	})
	state, isChanged := ordered[0].Value.Bool, ordered[0].Change
	for i, o := range ordered[1:] {
		order, known := day.Compare(ordered[i].At, o.At)
		if o.Value.Bool != ordered[i].Value.Bool && (!known || order == 0) {
			return false
		}
		if !o.Change && o.Value.Bool != state {
			return false
		}
		state, isChanged = o.Value.Bool, isChanged || o.Change
	}
	return isChanged
}

// overlap gives the days that two spans share, as the narrower one says it.
func overlap(a, b day.Span) (day.Span, bool) {
	from, to := later(a.From, b.From), earlier(a.To, b.To)
	switch {
	case to.Before(from):
		return a, false
	case a.From == from && a.To == to:
		if b.From == from && b.To == to && b.Precision == day.Instant {
			return b, true
		}
		return a, true
	case b.From == from && b.To == to:
		return b, true
	default:
		return day.Span{From: from, To: to, Precision: day.Range}, true
	}
}

func later(a, b day.Date) day.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b day.Date) day.Date {
	if b.Before(a) {
		return b
	}
	return a
}
