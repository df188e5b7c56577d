package checker

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// compared gathers the values on either side of a comparison that turn it: those
// just below, at and just above the other side, the text itself and another, a list
// with the member and without it.
func (r *reader) compared(n *node, e env) error {
	for i, kid := range n.kids {
		if kid.op == opLiteral {
			continue
		}
		if kid.typ == audit.Bool {
			if err := r.walk(kid, e); err != nil {
				return err
			}
			continue
		}
		entity := e.entity(kid)
		other := e.operand(n.kids[1-i])
		for _, v := range valuesBeside(n, i, other, entity.Fact(kid.field.Name)) {
			r.value(kid, entity, v, n.text, holds(n, i, v, other) == True)
		}
		r.unstated(kid, entity)
		if kid.typ == audit.List {
			r.examined(kid.kind)
		}
	}
	return nil
}

// holds evaluates a comparison with a value in the place of one side.
func holds(n *node, i int, v audit.Value, other operand) Tri {
	if !other.known {
		other.value = unknownSide(n.kids[1-i].typ)
	}
	sides := [2]operand{{value: v, known: true}, other}
	if i == 1 {
		sides = [2]operand{other, {value: v, known: true}}
	}
	return compare(n, sides[0], sides[1])
}

// unknownSide stands for a side of a comparison that nobody states.
func unknownSide(t audit.Type) audit.Value {
	switch t {
	case audit.Date:
		return oneDay(day.Date{Year: 2012, Month: 1, Day: 1})
	case audit.String:
		return audit.Value{Type: audit.String, Text: otherText}
	default:
		return audit.Value{Type: t}
	}
}

// otherText is a text that no report writes.
const otherText = "\ufffc"

// Example reports whether the value is worth naming: one that stands for any other
// text is not.
func (s *Supposed) Example() bool {
	if s.As != SupposedValue || s.Value.Type == audit.List && len(s.Value.List) == 0 {
		return false
	}
	return s.Value.Text != otherText && !slices.Contains(s.Value.List, otherText)
}

// valuesBeside gives values of one side of a comparison, of which some make it true
// and some false.
func valuesBeside(n *node, i int, other operand, stated *audit.Fact) []audit.Value {
	v := other.value
	if !other.known {
		v = unknownSide(n.kids[1-i].typ)
	}
	switch n.kids[i].typ {
	case audit.Date:
		return []audit.Value{oneDay(v.Date.From.Add(-1)), oneDay(v.Date.From), oneDay(v.Date.To.Add(1))}
	case audit.Int:
		return []audit.Value{{Type: audit.Int, Int: v.Int - 1}, {Type: audit.Int, Int: v.Int}, {Type: audit.Int, Int: v.Int + 1}}
	case audit.List:
		return listsWith(v.Text, stated)
	case audit.String:
		return textsBeside(n, v)
	default:
		return nil
	}
}

func textsBeside(n *node, v audit.Value) []audit.Value {
	texts := []string{v.Text, otherText}
	switch {
	case n.op == opIn:
		texts = []string{otherText}
		if len(v.List) > 0 {
			texts = append(texts, v.List[0])
		}
	case n.pattern != nil:
		texts = []string{textOf(n.pattern), otherText}
	}
	var values []audit.Value
	for _, text := range texts {
		values = append(values, audit.Value{Type: audit.String, Text: text})
	}
	return values
}

// textOf gives a text that a pattern matches, if its parts allow for an easy one.
func textOf(pattern *regexp.Regexp) string {
	parsed, err := syntax.Parse(pattern.String(), syntax.Perl)
	if err != nil {
		return ""
	}
	var b strings.Builder
	var write func(p *syntax.Regexp)
	write = func(p *syntax.Regexp) {
		switch p.Op {
		case syntax.OpLiteral:
			b.WriteString(string(p.Rune))
		case syntax.OpCharClass:
			if len(p.Rune) > 0 {
				b.WriteRune(p.Rune[0])
			}
		case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
			b.WriteByte('x')
		case syntax.OpAlternate, syntax.OpCapture, syntax.OpPlus:
			write(p.Sub[0])
		case syntax.OpRepeat:
			for range p.Min {
				write(p.Sub[0])
			}
		case syntax.OpConcat:
			for _, sub := range p.Sub {
				write(sub)
			}
		}
	}
	write(parsed)
	return b.String()
}

// listsWith gives a stated list with a member and without it.
func listsWith(member string, stated *audit.Fact) []audit.Value {
	var rest []string
	if stated != nil && !stated.Disputed {
		rest = slices.DeleteFunc(slices.Clone(stated.Value.List), func(s string) bool { return s == member })
	}
	return []audit.Value{
		{Type: audit.List, List: append(slices.Clone(rest), member)},
		{Type: audit.List, List: rest},
	}
}

// satisfy gives facts of one entity with which a condition comes out as wanted,
// whatever else is as it is. What is given is tried by the evaluation, so that it
// need not find every way.
func satisfy(e env, n *node, want Tri, of *audit.Entity) ([]*audit.Fact, bool) {
	switch n.op {
	case opNot:
		return satisfy(e, n.kids[0], want.not(), of)
	case opAnd, opOr:
		return satisfyAll(e, n, want, of)
	case opFact:
		entity := e.entity(n)
		if entity != of {
			return nil, e.node(n).Value == want
		}
		if n.behaviour != nil {
			return satisfy(env{run: e.run, self: of, span: e.span}, n.behaviour.cond.root, want, of)
		}
		return []*audit.Fact{supposedFact(e.run.facts, of, n.field, audit.Value{Type: audit.Bool, Bool: want == True})}, true
	case opCompare, opIn, opText:
		return satisfyComparison(e, n, want, of)
	default:
		return nil, e.node(n).Value == want
	}
}

// satisfyAll needs all operands where the value does, else the first that can be
// had.
func satisfyAll(e env, n *node, want Tri, of *audit.Entity) ([]*audit.Fact, bool) {
	needsAll := n.op == opAnd == (want == True)
	var facts []*audit.Fact
	for _, kid := range n.kids {
		some, ok := satisfy(e, kid, want, of)
		if ok && !needsAll {
			return some, true
		}
		if !ok && needsAll {
			return nil, false
		}
		facts = append(facts, some...)
	}
	return facts, needsAll
}

func satisfyComparison(e env, n *node, want Tri, of *audit.Entity) ([]*audit.Fact, bool) {
	for i, kid := range n.kids {
		if kid.op != opFact || e.entity(kid) != of || kid.typ == audit.Bool {
			continue
		}
		other := e.operand(n.kids[1-i])
		for _, v := range valuesBeside(n, i, other, nil) {
			if holds(n, i, v, other) == want {
				return []*audit.Fact{supposedFact(e.run.facts, of, kid.field, v)}, true
			}
		}
	}
	return nil, e.node(n).Value == want
}
