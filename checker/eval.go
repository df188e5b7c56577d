package checker

import (
	"errors"

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

// errTooMuchSaid is a report whose statements would be printed beside too many
// findings: each speaks to a rule that is asked of very many entities.
var errTooMuchSaid = errors.New("the statements of this report stand beside too many findings; name the entity that each speaks of")

// maxSaid bounds how often statements stand beside findings and answers.
const maxSaid = 200_000

// maxEvaluated bounds a whole check: every clause of every rule asked of every
// entity. The largest reports that people write take a thousandth of it.
const maxEvaluated = 30_000_000

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
