package checker

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// Tri is a value of three-valued logic. The zero value is the honest one.
type Tri uint8

// The three values.
const (
	Unknown Tri = iota
	True
	False
)

// String is the value's word in traces and cases.
func (t Tri) String() string { return [...]string{"unknown", "true", "false"}[t] }

func tri(b bool) Tri {
	if b {
		return True
	}
	return False
}

func (t Tri) not() Tri {
	switch t {
	case True:
		return False
	case False:
		return True
	default:
		return Unknown
	}
}

// Why explains a value: a tree with the shape of the condition.
type Why struct {
	Text    string
	Value   Tri
	Strict  Tri          // the value if what is only alleged were not said
	Fact    *audit.Fact  // of a leaf: the stated fact
	Missing *Missing     // of a leaf: what is not stated
	Lists   []ListRead   // of any and none: what was walked
	Finding *FindingRead // of finding("…")
	// Behaviour is of a fact that a behaviour works out; its one kid is how.
	Behaviour *Behaviour
	Kids      []*Why

	op op
}

// ListRead says of which list any or none spoke, and where it was looked for.
type ListRead struct {
	Kind     *audit.Kind
	Members  int
	Examined []audit.Examination // none: the list may be longer than is known
}

// FindingRead says what finding("…") saw.
type FindingRead struct {
	Rule     string
	Findings []*Finding
}

// Missing is a fact that could change an answer and is not known.
type Missing struct {
	Name      string        // account.hidden; notices; finding:rule
	Entity    *audit.Entity // whose fact; nil for a list or a finding
	Kind      *audit.Kind
	Field     audit.Field
	Disputed  bool // stated, but its origins conflict
	Imprecise bool // stated, but not exactly enough to compare
	Alleged   bool // stated, but by an allegation alone that speaks against the element
	List      bool // a list that was not looked through
	Finding   bool
}

// key tells missing facts apart.
func (m Missing) key() string {
	if m.Entity != nil {
		return m.Name + "\x00" + m.Entity.ID
	}
	return m.Name
}

// Alleged reports whether the value holds only if what is alleged is true.
func (w *Why) Alleged() bool { return w.Value != Unknown && w.Strict == Unknown }

// MissingFacts lists the facts that could still change an unknown value, each once,
// in the order of the condition. A known value has none: Kleene's logic does not
// take back what it knows.
func (w *Why) MissingFacts() []Missing {
	var list []Missing
	w.eachMissing(map[*Why]bool{}, func(m Missing) { list = append(list, m) })
	return once(list, Missing.key)
}

// eachMissing visits every explanation once: what a behaviour came to is shared
// by all that read it, and behaviours that read others twice would double at
// every level.
func (w *Why) eachMissing(seen map[*Why]bool, visit func(Missing)) {
	if w.Value != Unknown || seen[w] {
		return
	}
	seen[w] = true
	if w.Missing != nil {
		visit(*w.Missing)
	}
	for _, kid := range w.Kids {
		kid.eachMissing(seen, visit)
	}
}

// allegedFacts lists the facts that a value rests on by allegation alone, as
// facts of which a record is missing.
func (w *Why) allegedFacts() []Missing {
	var list []Missing
	for _, f := range w.Deciding() {
		if f.Basis == audit.Alleged {
			kind, _ := audit.KindNamed(f.Entity.Kind)
			list = append(list, Missing{Name: f.Name(), Entity: f.Entity, Kind: kind, Field: f.Field, Alleged: true})
		}
	}
	return list
}

// Deciding lists the stated facts that the value rests on, each once: those of
// the operands that decide it, and not of the others.
func (w *Why) Deciding() []*audit.Fact {
	var facts []*audit.Fact
	seen := map[*audit.Fact]bool{}
	w.eachDeciding(map[*Why]bool{}, func(f *audit.Fact) {
		if !seen[f] {
			seen[f] = true
			facts = append(facts, f)
		}
	})
	return facts
}

func (w *Why) eachDeciding(seen map[*Why]bool, visit func(*audit.Fact)) {
	if seen[w] {
		return
	}
	seen[w] = true
	if w.Fact != nil {
		visit(w.Fact)
	}
	for _, kid := range w.Kids {
		if w.RestsOn(kid) {
			kid.eachDeciding(seen, visit)
		}
	}
}

// Searched lists the examinations that the value rests on: those that let any or
// none say that there is nothing of a kind.
func (w *Why) Searched() []audit.Examination {
	var searched []audit.Examination
	seen := map[string]bool{}
	w.eachSearched(map[*Why]bool{}, func(x audit.Examination) {
		if key := x.Exhibit + "\x00" + x.Path; !seen[key] {
			seen[key] = true
			searched = append(searched, x)
		}
	})
	return searched
}

func (w *Why) eachSearched(walked map[*Why]bool, visit func(audit.Examination)) {
	if walked[w] {
		return
	}
	walked[w] = true
	saysNothing := w.op == opAny && w.Value == False || w.op == opNone && w.Value == True
	for _, list := range w.Lists {
		for _, x := range list.Examined {
			if saysNothing {
				visit(x)
			}
		}
	}
	for _, kid := range w.Kids {
		if w.RestsOn(kid) {
			kid.eachSearched(walked, visit)
		}
	}
}

// RestsOn reports whether an operand bears the value: of a decided && or || only
// those that decide it, and of these the recorded ones where there are any.
func (w *Why) RestsOn(kid *Why) bool {
	decisive := False
	switch w.op {
	case opAnd:
	case opOr, opAny, opNone:
		decisive = True
	default:
		return true
	}
	value, strict := w.Value, w.Strict
	if w.op == opNone {
		value, strict = value.not(), strict.not()
	}
	if value != decisive {
		return true
	}
	return kid.Value == decisive && (strict != decisive || kid.Strict == decisive)
}

// env is what a condition is evaluated against.
type env struct {
	run    *run
	self   *audit.Entity
	member *audit.Entity
	span   day.Span // the anchor: examinations must cover it
}

// errTooMuch is a condition that would take too long.
var errTooMuch = errors.New("the condition takes too many steps on this report")

// maxSteps bounds one clause asked of one entity. A list of a million members
// walked once is within it; two such lists walked in one another are not.
const maxSteps = 5_000_000

// maxEvaluated bounds a whole check: every clause of every rule asked of every
// entity. The largest reports that people write take a thousandth of it.
const maxEvaluated = 200_000_000

// evaluate walks a condition. No operand is left out: a fact missing on either
// side is collected, even where the other side decides.
func (c *Cond) evaluate(e env) (*Why, error) {
	e.run.steps = 0
	w := e.node(c.root)
	e.run.evaluated += e.run.steps
	if e.run.steps > maxSteps || e.run.evaluated > maxEvaluated {
		return nil, errTooMuch
	}
	return w, nil
}

func (e env) node(n *node) *Why {
	e.run.steps++
	if e.run.steps > maxSteps {
		return &Why{Text: n.text}
	}
	switch n.op {
	case opLiteral:
		return &Why{Text: n.text, Value: tri(n.literal.Bool), Strict: tri(n.literal.Bool)}
	case opFact:
		return e.boolFact(n)
	case opNot:
		kid := e.node(n.kids[0])
		return &Why{Text: n.text, op: opNot, Value: kid.Value.not(), Strict: kid.Strict.not(), Kids: []*Why{kid}}
	case opAnd, opOr:
		return e.connective(n)
	case opAny, opNone:
		return e.quantifier(n)
	case opFinding:
		return e.run.finding(n)
	default:
		return e.comparison(n)
	}
}

// connective is Kleene's && or ||, over all operands.
func (e env) connective(n *node) *Why {
	w := &Why{Text: n.text, op: n.op, Kids: make([]*Why, len(n.kids))}
	decisive := False
	if n.op == opOr {
		decisive = True
	}
	value, strict := decisive.not(), decisive.not()
	for i, kid := range n.kids {
		k := e.node(kid)
		w.Kids[i] = k
		value = join(value, k.Value, decisive)
		strict = join(strict, k.Strict, decisive)
	}
	w.Value, w.Strict = value, strict
	return w
}

func join(sum, next, decisive Tri) Tri {
	switch {
	case sum == decisive || next == decisive:
		return decisive
	case sum == Unknown || next == Unknown:
		return Unknown
	default:
		return sum
	}
}

// quantifier walks a list: true if one member is true; else unknown if a member
// is unknown or the list may be longer; else false. none is its negation.
func (e env) quantifier(n *node) *Why {
	members := e.run.facts.Of(n.kind.Name)
	w := &Why{Text: n.text, op: n.op}
	value, strict := False, False
	for _, m := range members {
		inner := e
		inner.member = m
		k := inner.node(n.kids[0])
		value, strict = join(value, k.Value, True), join(strict, k.Strict, True)
		if k.Value != False || len(members) <= maxShown {
			w.Kids = append(w.Kids, k)
		}
		if e.run.steps > maxSteps {
			break
		}
	}
	examined := e.run.facts.Examined(n.kind.Name, e.span)
	w.Lists = []ListRead{{Kind: n.kind, Members: len(members), Examined: examined}}
	if value != True {
		value = join(value, completeness(examined, false), True)
		strict = join(strict, completeness(examined, true), True)
		if len(examined) == 0 {
			w.Missing = &Missing{Name: n.kind.Plural, Kind: n.kind, List: true}
		}
	} else if strict != True {
		strict = join(strict, completeness(examined, true), True)
	}
	w.Value, w.Strict = value, strict
	if n.op == opNone {
		w.Value, w.Strict = value.not(), strict.not()
	}
	return w
}

// maxShown is up to how many members an explanation shows those that are not.
const maxShown = 50

// completeness is what an examination adds to "no member is": False if the list
// is complete, else Unknown. Strictly, an alleged examination is none.
func completeness(examined []audit.Examination, strictly bool) Tri {
	for _, x := range examined {
		if !strictly || x.Basis != audit.Alleged {
			return False
		}
	}
	return Unknown
}

// entity gives whose fact a node reads.
func (e env) entity(n *node) *audit.Entity {
	switch n.scope {
	case ofMember:
		return e.member
	case ofSingleton:
		return e.run.facts.Of(n.kind.Name)[0]
	default:
		return e.self
	}
}

func (e env) boolFact(n *node) *Why {
	entity := e.entity(n)
	if n.behaviour != nil {
		return e.run.behaviour(n.behaviour, entity, e.span)
	}
	w := &Why{Text: n.text}
	v, basis, fact, missing := read(n, entity)
	w.Fact, w.Missing = fact, missing
	if missing != nil {
		return w
	}
	w.Value = tri(v.Bool)
	if basis != audit.Alleged {
		w.Strict = w.Value
	}
	return w
}

// read gives the value of a stated, undisputed fact, or what is missing.
func read(n *node, entity *audit.Entity) (audit.Value, audit.Basis, *audit.Fact, *Missing) {
	fact := entity.Fact(n.field.Name)
	if fact != nil && !fact.Disputed {
		return fact.Value, fact.Basis, fact, nil
	}
	return audit.Value{}, "", fact, &Missing{
		Name: n.kind.Name + "." + n.field.Name, Entity: entity, Kind: n.kind, Field: n.field, Disputed: fact != nil,
	}
}

// operand is one side of a comparison.
type operand struct {
	value   audit.Value
	why     *Why
	known   bool
	alleged bool
	open    bool // a list that may be longer
	openBut bool // closed only by an allegation
}

func (e env) operand(n *node) operand {
	e.run.steps++
	if n.op == opLiteral {
		return operand{value: n.literal, known: true}
	}
	if n.typ == audit.Bool {
		w := e.node(n)
		return operand{value: audit.Value{Type: audit.Bool, Bool: w.Value == True}, why: w, known: w.Value != Unknown, alleged: w.Alleged()}
	}
	entity := e.entity(n)
	v, basis, fact, missing := read(n, entity)
	o := operand{value: v, known: missing == nil, alleged: basis == audit.Alleged, why: &Why{Text: n.text, Fact: fact, Missing: missing}}
	if o.known {
		o.why.Value, o.why.Strict = True, tri(!o.alleged)
		if o.alleged {
			o.why.Strict = Unknown
		}
		if n.typ == audit.List {
			o.open, o.openBut = e.openList(n.kind, fact)
		}
	}
	return o
}

// openList reports whether a list fact may be longer than stated: it is complete
// only if its kind was examined in one of the exhibits that it comes from.
func (e env) openList(kind *audit.Kind, fact *audit.Fact) (open, onlyAllegedlyClosed bool) {
	open = true
	for _, x := range e.run.facts.Examined(kind.Name, e.span) {
		for _, o := range fact.Origins {
			if o.Exhibit != x.Exhibit {
				continue
			}
			if x.Basis != audit.Alleged {
				return false, false
			}
			open, onlyAllegedlyClosed = false, true
		}
	}
	return open, onlyAllegedlyClosed
}

// comparison is ==, <, in, contains and their like: unknown if a side is.
func (e env) comparison(n *node) *Why {
	left, right := e.operand(n.kids[0]), e.operand(n.kids[1])
	w := &Why{Text: n.text}
	for _, o := range []operand{left, right} {
		if o.why != nil {
			w.Kids = append(w.Kids, o.why)
		}
	}
	if !left.known || !right.known {
		return w
	}
	if e.run.steps += cost(n, left.value, right.value); e.run.steps > maxSteps {
		return w
	}
	w.Value = compare(n, left, right)
	w.Strict = w.Value
	if n.op == opIn && w.Value == True {
		right.alleged = right.why != nil && onlyAlleged(right.why.Fact, left.value.Text)
	}
	if left.alleged || right.alleged || right.openBut && w.Value == False {
		w.Strict = Unknown
	}
	if w.Value == Unknown {
		w.Missing = e.imprecise(n)
		if right.open {
			w.Missing.Imprecise, w.Missing.List = false, true
		}
	}
	return w
}

// cost is how many steps a comparison counts for beside its own: long texts and
// lists are not read for nothing.
func cost(n *node, left, right audit.Value) int {
	switch n.op {
	case opText:
		if n.pattern != nil {
			return len(left.Text) / 16 * n.program
		}
		return (len(left.Text) + len(right.Text)) / 64
	case opIn:
		return len(right.List) / 8
	default:
		return 0
	}
}

// onlyAlleged reports whether every origin that puts a member into a list is an
// allegation: lists are read together, and a record of one member does not
// support another.
func onlyAlleged(list *audit.Fact, member string) bool {
	for _, o := range list.Origins {
		if o.Basis != audit.Alleged && slices.Contains(o.Value.List, member) {
			return false
		}
	}
	return true
}

// imprecise names the fact of a comparison that would have to be known better.
func (e env) imprecise(n *node) *Missing {
	for _, kid := range []*node{n.kids[1], n.kids[0]} {
		if kid.op == opFact {
			return &Missing{Entity: e.entity(kid), Name: kid.kind.Name + "." + kid.field.Name, Kind: kid.kind, Field: kid.field, Imprecise: true}
		}
	}
	return &Missing{Name: n.text, Imprecise: true}
}

func compare(n *node, left, right operand) Tri {
	a, b := left.value, right.value
	switch {
	case n.op == opIn:
		if slices.Contains(b.List, a.Text) {
			return True
		}
		if right.open {
			return Unknown
		}
		return False
	case n.op == opText:
		return tri(textual(n, a.Text, b.Text))
	case a.Type == audit.Date:
		if n.kids[0].op == opLiteral || n.kids[1].op == opLiteral {
			return wholeDays(n.word, a.Date, b.Date)
		}
		return moments(n.word, a.Date, b.Date)
	case a.Type == audit.Int:
		return tri(ordered(n.word, cmp.Compare(a.Int, b.Int)))
	default:
		return tri(a.Equal(b) == (n.word == "=="))
	}
}

// moments compares when two things happened. Of two on one day, which came first
// is not known unless both have a time.
func moments(word string, a, b day.Span) Tri {
	order, known := day.Compare(a, b)
	hasTimes := a.Precision == day.Instant && b.Precision == day.Instant
	if !known || order == 0 && !hasTimes && word != "==" && word != "!=" {
		return Unknown
	}
	return tri(ordered(word, order))
}

// wholeDays compares a date with a day that a rule writes out, as whole days.
func wholeDays(word string, a, b day.Span) Tri {
	isBefore, isAfter := a.To.Before(b.From), b.To.Before(a.From)
	isSame := a.From == a.To && b.From == b.To && a.From == b.From
	switch word {
	case "==", "!=":
		switch {
		case isBefore || isAfter:
			return tri(word == "!=")
		case isSame:
			return tri(word == "==")
		}
		return Unknown
	case ">", "<=":
		switch {
		case isAfter:
			return tri(word == ">")
		case !b.From.Before(a.To):
			return tri(word == "<=")
		}
		return Unknown
	default:
		switch {
		case isBefore:
			return tri(word == "<")
		case !a.From.Before(b.To):
			return tri(word == ">=")
		}
		return Unknown
	}
}

func ordered(word string, order int) bool {
	switch word {
	case "==":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	default:
		return order >= 0
	}
}

func textual(n *node, a, b string) bool {
	switch n.word {
	case "contains":
		return strings.Contains(a, b)
	case "startsWith":
		return strings.HasPrefix(a, b)
	case "endsWith":
		return strings.HasSuffix(a, b)
	default:
		return n.pattern.MatchString(a)
	}
}
