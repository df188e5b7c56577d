package checker

import (
	"cmp"
	"slices"
	"strings"

	"jobun/checker/audit"
	"jobun/internal/day"
)

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
