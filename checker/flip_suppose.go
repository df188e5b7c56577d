package checker

import (
	"fmt"
	"slices"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// Supposed is one thing supposed to be otherwise than the report has it.
type Supposed struct {
	As   SupposedAs
	Rule *Rule   // whose clause reads it, for its hints on where to look
	Of   Missing // the fact or the list that it is about
	// Value is what the fact is supposed to be; of a date, number or text an example.
	Value audit.Value
	// Condition is what an example was chosen for, and Holds how it comes out; of a
	// member it is what the member meets.
	Condition string
	Holds     bool
	Entity    *audit.Entity    // of a fact, and of a clause that a person answers
	Clause    *Clause          // that a person answers
	Yes       bool             // the answer
	Statement *audit.Statement // that is withdrawn

	answer   ClauseKey
	slot     string // what it is about: two of one slot are never supposed together
	facts    []*audit.Fact
	examined map[string][]audit.Examination
}

// SupposedAs says what is supposed of a thing.
type SupposedAs string

// What can be supposed. A fact is supposed as settled: a record that merely
// conflicts with another makes the fact disputed, and settles nothing.
const (
	SupposedValue     SupposedAs = "value"     // a record shows the fact to be so
	SupposedUnstated  SupposedAs = "unstated"  // what states the fact falls away
	SupposedExamined  SupposedAs = "examined"  // the list was looked through, and there is no more
	SupposedMember    SupposedAs = "member"    // there is one more of the list, which meets the condition
	SupposedAnswer    SupposedAs = "answer"    // a person answers
	SupposedWithdrawn SupposedAs = "withdrawn" // the party takes its statement back
)

// supposedExhibit is the exhibit of what is only supposed. No exhibit of a report is
// named so.
const supposedExhibit = "not in the report"

// supposing is what can be supposed of the facts of a result.
type supposing struct {
	res          *Result
	said         *statements
	present      *run // what the result came of, as far as it is read
	all          []*Supposed
	index        map[string]int
	bounds       map[FlipBound]bool
	total, steps int // sets evaluated of findings that were read, and steps of all
	members      int // that were made up
}

func newSupposing(res *Result) *supposing {
	s := &supposing{res: res, said: gatherStatements(res.Report), index: map[string]int{}, bounds: map[FlipBound]bool{}}
	s.present = newRun(res.Rulebook, res.Facts, res.answers)
	for _, f := range res.Findings {
		s.present.findings[f.Rule.ID] = append(s.present.findings[f.Rule.ID], f)
	}
	return s
}

func (s *supposing) bound(b FlipBound) { s.bounds[b] = true }

func (s *supposing) boundsMet() []FlipBound {
	var met []FlipBound
	for _, b := range []FlipBound{BoundMembers, BoundUnits, BoundSize, BoundSets, BoundOutcomes} {
		if s.bounds[b] {
			met = append(met, b)
		}
	}
	return met
}

// readBy lists the rules whose findings a rule reads, and those that these read, in
// the order in which they are asked.
func (s *supposing) readBy(rule *Rule) []*Rule {
	read := map[string]bool{}
	var visit func(r *Rule)
	visit = func(r *Rule) {
		for _, use := range r.findingsRead() {
			if other, ok := s.res.Rulebook.Rule(use.rule); ok && !read[use.rule] {
				read[use.rule] = true
				visit(other)
			}
		}
	}
	visit(rule)
	var rules []*Rule
	for _, r := range s.res.Rulebook.ordered {
		if read[r.ID] {
			rules = append(rules, r)
		}
	}
	return rules
}

// add gives the number of a supposition, the same for the same one.
func (s *supposing) add(key string, x *Supposed) int {
	if i, ok := s.index[key]; ok {
		return i
	}
	s.index[key] = len(s.all)
	s.all = append(s.all, x)
	return len(s.all) - 1
}

// shownAs tells suppositions apart as a reader does: the example does not count.
func (s *Supposed) shownAs() string {
	key := s.slot + "\x00" + string(s.As)
	if s.As == SupposedAnswer {
		return key + fmt.Sprint(s.Yes)
	}
	if s.As == SupposedValue && s.Of.Field.Type == audit.Bool {
		return key + fmt.Sprint(s.Value.Bool)
	}
	return key
}

// reader gathers what one condition reads.
type reader struct {
	*supposing
	rule  *Rule
	into  *point
	seen  map[seenNode]bool
	found map[string]map[Tri][][]int // of finding("…"): the sets that turn its findings
}

type seenNode struct {
	node         *node
	self, member *audit.Entity
}

// gather fills the points of a finding with what turns them.
func (x *flipper) gather() error {
	f := x.finding
	e := env{run: x.present, self: f.Entity, span: f.Anchor.Span}
	for k, a := range f.Answers() {
		if err := x.clause(x.points[k], f.Rule, a.Clause, e); err != nil {
			return err
		}
	}
	n := len(f.Answers())
	if when := f.Rule.compiled.when; when != nil {
		if err := x.condition(x.points[n], f.Rule, when.root, e); err != nil {
			return err
		}
	}
	x.anchorDays(x.points[n+1], f.Rule, e)
	return nil
}

func (s *supposing) condition(into *point, rule *Rule, root *node, e env) error {
	r := &reader{s, rule, into, map[seenNode]bool{}, map[string]map[Tri][][]int{}}
	if err := r.walk(root, e); err != nil {
		return err
	}
	for _, want := range []Tri{True, False} {
		for _, way := range r.aim(root, e, want) {
			if len(way) > 0 {
				into.groups = append(into.groups, way)
			}
		}
	}
	return nil
}

// clause gathers what turns the answer to a clause.
func (s *supposing) clause(into *point, rule *Rule, c *Clause, e env) error {
	for _, said := range s.said.byClause[clauseKey(rule.ID, c.ID)] {
		if said.opposes && (said.entity == "" || said.entity == e.self.ID) {
			slot := "statement\x00" + said.statement.ID
			into.pool = append(into.pool, s.add(slot, &Supposed{As: SupposedWithdrawn, Rule: rule, Statement: said.statement, slot: slot}))
		}
	}
	if c.cond != nil {
		return s.condition(into, rule, c.cond.root, e)
	}
	key := ClauseKey{rule.ID, e.self.ID, c.ID}
	person, isAnswered := s.res.answers[key]
	slot := "answer\x00" + rule.ID + "\x00" + e.self.ID + "\x00" + c.ID
	for _, yes := range []bool{true, false} {
		if !isAnswered || person.Yes != yes {
			into.pool = append(into.pool, s.add(slot+fmt.Sprint(yes), &Supposed{As: SupposedAnswer, Rule: rule, Entity: e.self, Clause: c, Yes: yes, answer: key, slot: slot}))
		}
	}
	return nil
}

// anchorDays gathers days of the matter: one within each version, and one on each
// side of all of them.
func (s *supposing) anchorDays(into *point, rule *Rule, e env) {
	if rule.dateless() {
		return
	}
	at := rule.compiled.at
	r := &reader{supposing: s, rule: rule, into: into}
	span := s.present.anchorSpan(rule, e.self)
	for i := range rule.Places {
		p := &rule.Places[i]
		if !p.From.IsZero() {
			r.value(at, e.entity(at), oneDay(p.From.Add(-1)), "", false)
		}
		if !p.Until.IsZero() {
			r.value(at, e.entity(at), oneDay(p.Until.Date), "", false)
		}
		within := p.From.Date
		if span.Overlaps(p.From.Date, p.Until.Date) && (within.IsZero() || within.Before(span.From)) {
			within = span.From
		}
		if within.IsZero() {
			within = p.Until.Add(-1)
		}
		r.value(at, e.entity(at), oneDay(within), "", false)
	}
	r.unstated(at, e.entity(at))
}

func oneDay(d day.Date) audit.Value {
	return audit.DateValue(day.Span{From: d, To: d, Precision: day.Day})
}

// walk visits everything that a condition reads.
func (r *reader) walk(n *node, e env) error {
	if key := (seenNode{n, e.self, e.member}); r.seen[key] {
		return nil
	} else {
		r.seen[key] = true
	}
	switch n.op {
	case opLiteral:
		return nil
	case opFact:
		return r.boolean(n, e)
	case opNot, opAnd, opOr:
		for _, kid := range n.kids {
			if err := r.walk(kid, e); err != nil {
				return err
			}
		}
		return nil
	case opAny, opNone:
		return r.list(n, e)
	case opFinding:
		return r.findings(n)
	default:
		return r.compared(n, e)
	}
}

func (r *reader) boolean(n *node, e env) error {
	entity := e.entity(n)
	if n.behaviour != nil {
		return r.walk(n.behaviour.cond.root, env{run: e.run, self: entity, span: e.span})
	}
	for _, yes := range []bool{true, false} {
		r.value(n, entity, audit.Value{Type: audit.Bool, Bool: yes}, "", yes)
	}
	r.unstated(n, entity)
	return nil
}

// value adds that a fact has a value, unless a record says so already.
func (r *reader) value(n *node, entity *audit.Entity, v audit.Value, condition string, holds bool) (int, bool) {
	stated := entity.Fact(n.field.Name)
	if stated != nil && !stated.Disputed && stated.Basis != audit.Alleged && stated.Value.Equal(v) {
		return 0, false
	}
	slot := factSlot(n, entity)
	return r.pooled(slot+"\x00"+string(v.Type)+v.String(), &Supposed{
		As: SupposedValue, Rule: r.rule, Of: missingOf(n, entity), Value: v, Condition: condition, Holds: holds, Entity: entity,
		slot: slot, facts: []*audit.Fact{supposedFact(r.res.Facts, entity, n.field, v)},
	}), true
}

// pooled adds a supposition to what the point reads.
func (r *reader) pooled(key string, x *Supposed) int {
	i := r.add(key, x)
	r.into.pool = append(r.into.pool, i)
	return i
}

// unstated adds that nothing states a fact, if something does.
func (r *reader) unstated(n *node, entity *audit.Entity) {
	if entity.Fact(n.field.Name) == nil {
		return
	}
	slot := factSlot(n, entity)
	r.into.pool = append(r.into.pool, r.add(slot, &Supposed{
		As: SupposedUnstated, Rule: r.rule, Of: missingOf(n, entity), Entity: entity, slot: slot,
		facts: []*audit.Fact{{Entity: entity, Field: n.field}},
	}))
}

func factSlot(n *node, entity *audit.Entity) string {
	return "fact\x00" + entity.ID + "\x00" + n.field.Name
}

func missingOf(n *node, entity *audit.Entity) Missing {
	return Missing{Name: n.kind.Name + "." + n.field.Name, Entity: entity, Kind: n.kind, Field: n.field}
}

// supposedFact is a fact that a record states. A list stands where the stated one
// stands and wherever its kind was looked for, so that it is complete if any is.
func supposedFact(facts *audit.Facts, entity *audit.Entity, field audit.Field, v audit.Value) *audit.Fact {
	exhibits := []string{supposedExhibit}
	if field.Type == audit.List {
		if stated := entity.Fact(field.Name); stated != nil {
			for _, o := range stated.Origins {
				exhibits = append(exhibits, o.Exhibit)
			}
		}
		for _, x := range facts.ExaminedAtAnyTime(entity.Kind) {
			exhibits = append(exhibits, x.Exhibit)
		}
	}
	fact := &audit.Fact{Entity: entity, Field: field, Value: v, Basis: audit.Recorded}
	for _, exhibit := range exhibits {
		fact.Origins = append(fact.Origins, audit.Origin{Exhibit: exhibit, Basis: audit.Recorded, Value: v})
	}
	return fact
}

// list gathers what turns any or none: its members' facts, whether it was looked
// through, and one more member.
func (r *reader) list(n *node, e env) error {
	members := r.res.Facts.Of(n.kind.Name)
	if len(members) > maxFlipMembers {
		r.bound(BoundMembers)
		members = members[:maxFlipMembers]
	}
	for _, m := range members {
		inner := e
		inner.member = m
		if err := r.walk(n.kids[0], inner); err != nil {
			return err
		}
	}
	r.examined(n.kind)
	r.member(n, e)
	return nil
}

// examined adds that a kind was looked through: in the exhibits of its lists too.
func (r *reader) examined(kind *audit.Kind) int {
	slot := "list\x00" + kind.Name
	if i, ok := r.index[slot]; ok {
		r.into.pool = append(r.into.pool, i)
		return i
	}
	exhibits := []string{supposedExhibit}
	for _, field := range kind.Fields {
		for _, e := range r.res.Facts.Of(kind.Name) {
			if stated := e.Fact(field.Name); stated != nil && field.Type == audit.List {
				for _, o := range stated.Origins {
					exhibits = append(exhibits, o.Exhibit)
				}
			}
		}
	}
	slices.Sort(exhibits)
	var list []audit.Examination
	for _, exhibit := range slices.Compact(exhibits) {
		list = append(list, audit.Examination{Kinds: []string{kind.Name}, Exhibit: exhibit, Basis: audit.Recorded})
	}
	name := kind.Plural
	if name == "" {
		name = kind.Name
	}
	return r.pooled(slot, &Supposed{
		As: SupposedExamined, Rule: r.rule, Of: Missing{Name: name, Kind: kind, List: true}, slot: slot,
		examined: map[string][]audit.Examination{kind.Name: list},
	})
}

// member adds that there is one more of a list, of which the predicate is true.
func (r *reader) member(n *node, e env) (int, bool) {
	key := fmt.Sprintf("member\x00%s\x00%s\x00%s", n.text, e.self.ID, e.span)
	if e.member != nil {
		key += "\x00" + e.member.ID
	}
	if i, ok := r.index[key]; ok {
		r.into.pool = append(r.into.pool, i)
		return i, true
	}
	r.members++
	made := &audit.Entity{Kind: n.kind.Name, ID: fmt.Sprintf("%s:one more (%d)", n.kind.Name, r.members)}
	inner := e
	inner.member = made
	facts, ok := satisfy(inner, n.kids[0], True, made)
	if !ok {
		return 0, false
	}
	if len(facts) == 0 {
		facts = []*audit.Fact{{Entity: made, Field: n.kind.Fields[0]}} // any member will do
	}
	return r.pooled(key, &Supposed{
		As: SupposedMember, Rule: r.rule, Of: Missing{Name: n.kind.Plural, Kind: n.kind, List: true}, Condition: n.kids[0].text, Holds: true,
		slot: key, facts: facts,
	}), true
}

// findings gathers what turns the findings of a rule: everything that they read,
// and of the first of them the sets that turn them.
func (r *reader) findings(n *node) error {
	rule, ok := r.res.Rulebook.Rule(n.rule)
	if !ok {
		return nil
	}
	for i, g := range r.present.findings[n.rule] {
		if i == maxFlipMembers {
			r.bound(BoundMembers)
			break
		}
		sub, err := newFlipper(r.supposing, g)
		if err != nil {
			return err
		}
		sub.limit = maxFlipOutcomes / 4
		r.into.pool = append(r.into.pool, sub.pool...)
		if i >= maxFlipGroups {
			r.bound(BoundUnits)
			continue
		}
		if err := sub.search(); err != nil {
			return err
		}
		r.total += sub.outcomes
		for _, turned := range slices.Concat(sub.up, sub.down) {
			r.into.groups = append(r.into.groups, turned.set)
			if value, ok := valueOfFinding(turned.seat.assessment); ok {
				if r.found[n.rule] == nil {
					r.found[n.rule] = map[Tri][][]int{}
				}
				r.found[n.rule][value] = append(r.found[n.rule][value], turned.set)
			}
		}
	}
	for _, notAsked := range r.res.NotAsked {
		if notAsked.Rule != rule {
			continue
		}
		for i, entity := range notAsked.Entities {
			if i == maxFlipMembers {
				r.bound(BoundMembers)
				break
			}
			if err := r.notAsked(rule, entity); err != nil {
				return err
			}
		}
	}
	r.examined(rule.compiled.kind)
	return nil
}

// notAsked gathers what would have a rule asked of an entity, and what then turns
// its clauses.
func (r *reader) notAsked(rule *Rule, entity *audit.Entity) error {
	e := env{run: r.present, self: entity, span: r.present.anchorSpan(rule, entity)}
	if err := r.condition(r.into, rule, rule.compiled.when.root, e); err != nil {
		return err
	}
	for _, c := range rule.Clauses() {
		if err := r.clause(r.into, rule, c, e); err != nil {
			return err
		}
	}
	r.anchorDays(r.into, rule, e)
	return nil
}

// valueOfFinding is what finding("…") makes of a pre-assessment, if it decides.
func valueOfFinding(a Assessment) (Tri, bool) {
	switch a {
	case Indicated:
		return True, true
	case ContradictedElement, Excepted, NotInForce:
		return False, true
	default:
		return Unknown, false
	}
}
