package checker

import (
	"fmt"
	"regexp"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/source"
)

// resolve turns names into what they name: behaviours first, for conditions may
// read them.
func (l *loader) resolve() {
	for _, b := range l.book.Behaviours {
		l.nameBehaviour(b)
	}
	for _, b := range l.book.Behaviours {
		if b.kind == nil {
			continue
		}
		tree := l.book.behaviourTree(b)
		b.cond = l.compile(tree, "when", b.When, b.kind)
	}
	for _, r := range l.book.Rules {
		l.resolveRule(r, l.book.tree(r))
	}
}

func (l *loader) nameBehaviour(b *Behaviour) {
	tree := l.book.behaviourTree(b)
	kindName, name, ok := strings.Cut(b.Fact, ".")
	kind, known := audit.KindNamed(kindName)
	if !ok || !known || name == "" {
		l.problem(tree, "fact", CodeFactName, fmt.Sprintf("%q is not a name for a fact: kind.name", b.Fact), "")
		return
	}
	if _, taken := kind.Field(name); taken {
		l.problem(tree, "fact", CodeFactName, fmt.Sprintf("%s is already a fact that a report states", b.Fact), "")
		return
	}
	if l.book.behaviours[b.Fact] != b {
		l.problem(tree, "fact", CodeFactName, fmt.Sprintf("%s is already worked out by %s", b.Fact, l.book.behaviours[b.Fact].ID), "")
		return
	}
	b.kind = kind
}

// compile compiles a condition and places its faults inside the TOML string.
func (l *loader) compile(tree *source.Tree, at, text string, self *audit.Kind) *Cond {
	cond, faults := compile(text, vocabulary{self: self, behaviours: l.book.behaviours})
	for _, f := range faults {
		l.problems = append(l.problems, tree.Problem(tree.Within(at, f.from, f.length), CodeCondition, f.message, f.hint))
	}
	return cond
}

func (l *loader) resolveRule(r *Rule, tree *source.Tree) {
	var ok bool
	if r.compiled.kind, ok = audit.KindNamed(r.Asks); !ok {
		l.problem(tree, "asks", CodeFactName, fmt.Sprintf("there is no kind of entity %q", r.Asks), source.DidYouMean(r.Asks, audit.KindNames()))
		return
	}
	if r.compiled.law, ok = l.book.Laws.Law(r.Law); !ok {
		l.problem(tree, "law", CodeLaw, fmt.Sprintf("there is no law %q", r.Law), "a file of rules/laws")
	}
	if r.When != "" {
		r.compiled.when = l.compile(tree, "when", r.When, r.compiled.kind)
		r.compiled.needs = needs(r.compiled.when)
	}
	r.compiled.book = l.book.Laws
	r.compiled.at = l.fact(tree, "at", r.At, r.compiled.kind)
	if r.compiled.at != nil && r.compiled.at.typ != audit.Date {
		l.problem(tree, "at", CodeFactName, fmt.Sprintf("%s is not a date", r.At), "")
	}
	if lim := r.Limits.Limitation; lim != nil {
		l.fact(tree, "limits.limitation.from", lim.From, r.compiled.kind)
	}
	l.resolvePlaces(r, tree)
	l.resolveClauses(r, tree)
	for name := range r.Evidence {
		if !strings.Contains(name, ".") {
			continue // a list
		}
		l.anyFact(tree, source.Join("evidence", name), name)
	}
}

// fact resolves the name of one fact of the asked entity or a singleton.
func (l *loader) fact(tree *source.Tree, at, name string, self *audit.Kind) *node {
	cond, faults := compileFact(name, vocabulary{self: self, behaviours: l.book.behaviours})
	for _, f := range faults {
		l.problems = append(l.problems, tree.Problem(tree.Within(at, f.from, f.length), CodeFactName, f.message, f.hint))
	}
	return cond
}

// factor resolves a fact that speaks for or against a clause. One of a kind that
// the rule does not ask about speaks for every entity of which it is true.
func (l *loader) factor(tree *source.Tree, at, name string, self *audit.Kind) *node {
	kindName, _, _ := strings.Cut(name, ".")
	kind, ok := audit.KindNamed(kindName)
	if !ok || kind.Singleton || kind == self {
		return l.fact(tree, at, name, self)
	}
	n := l.fact(tree, at, name, kind)
	if n != nil {
		n.scope = ofEach
	}
	return n
}

// compileFact resolves a name that must be one fact, of any type.
func compileFact(name string, v vocabulary) (*node, []fault) {
	if f := tooLarge(name); f != nil {
		return nil, []fault{*f}
	}
	tree, f := parse(name)
	if f != nil {
		return nil, []fault{*f}
	}
	c := &compiler{vocabulary: v, source: []rune(name)}
	n := c.node(tree)
	if n != nil && n.op != opFact {
		c.fault(tree, fmt.Sprintf("%q is not the name of a fact", name), "")
	}
	if len(c.faults) > 0 {
		return nil, c.faults
	}
	return n, nil
}

// anyFact checks that a name is a fact of some kind.
func (l *loader) anyFact(tree *source.Tree, at, name string) {
	kindName, field, _ := strings.Cut(name, ".")
	kind, ok := audit.KindNamed(kindName)
	if !ok {
		l.problem(tree, at, CodeFactName, fmt.Sprintf("there is no kind of entity %q", kindName), source.DidYouMean(kindName, audit.KindNames()))
		return
	}
	_, isFact := kind.Field(field)
	if _, isBehaviour := l.book.behaviours[name]; !isFact && !isBehaviour {
		l.problem(tree, at, CodeFactName, fmt.Sprintf("%s has no fact %q", kindName, field), source.DidYouMean(field, kind.FieldNames()))
	}
}

func (l *loader) resolvePlaces(r *Rule, tree *source.Tree) {
	for i := range r.Places {
		p := &r.Places[i]
		var err error
		if p.place, err = law.ParsePlace(p.Cite); err != nil {
			l.problem(tree, source.Join(p.Path, "cite"), CodePlace, err.Error(), "")
		}
		for j, cite := range p.With {
			place, err := law.ParsePlace(cite)
			if err != nil {
				l.problem(tree, source.Index(source.Join(p.Path, "with"), j), CodePlace, err.Error(), "")
			}
			p.with = append(p.with, place)
		}
		if p.Penalty != nil {
			if _, err := law.ParsePlace(p.Penalty.Cite); err != nil {
				l.problem(tree, source.Join(source.Join(p.Path, "penalty"), "cite"), CodePlace, err.Error(), "")
			}
			if _, ok := l.book.Laws.Law(p.Penalty.Law); p.Penalty.Law != "" && !ok {
				l.problem(tree, source.Join(source.Join(p.Path, "penalty"), "law"), CodeLaw, fmt.Sprintf("there is no law %q", p.Penalty.Law), "")
			}
		}
		if !p.From.IsZero() && !p.Until.IsZero() && !p.From.Before(p.Until.Date) {
			l.problem(tree, source.Join(p.Path, "until"), CodePlace, "until is not after from", "until is the first day on which it no longer holds")
		}
		if i > 0 && (r.Places[i-1].Until.IsZero() || p.From.Before(r.Places[i-1].Until.Date)) {
			l.problem(tree, p.Path, CodePlace, "places follow one another without overlap", "")
		}
	}
}

// validClause is the form of a clause's name, which stands in ids and in print.
var validClause = regexp.MustCompile(`^[\pL\pN][\pL\pN_-]{0,59}$`)

func (l *loader) resolveClauses(r *Rule, tree *source.Tree) {
	seen := map[string]bool{}
	for _, list := range []struct {
		clauses     []*Clause
		isException bool
	}{{r.Elements, false}, {r.Exceptions, true}} {
		for _, c := range list.clauses {
			c.isException = list.isException
			if !validClause.MatchString(c.ID) {
				l.problem(tree, source.Join(c.Path, "id"), CodeClause, fmt.Sprintf("%q is not a name for a clause", c.ID), "letters, digits, - and _, at most 60")
			}
			if seen[c.ID] {
				l.problem(tree, source.Join(c.Path, "id"), CodeClause, fmt.Sprintf("the clause %q is named twice", c.ID), "")
			}
			seen[c.ID] = true
			l.resolveClause(r, c, tree)
		}
	}
}

func (l *loader) resolveClause(r *Rule, c *Clause, tree *source.Tree) {
	if c.Nature == "" {
		c.Nature = "objective"
	}
	if c.isException && c.Kind == "" {
		l.problem(tree, c.Path, CodeClause, fmt.Sprintf("the exception %q needs a kind", c.ID), "exclusion, if it is part of the provision's own wording, or defence")
	}
	if !c.isException && c.Kind != "" {
		l.problem(tree, source.Join(c.Path, "kind"), CodeClause, "only exceptions have a kind", "")
	}
	if c.Ja == "" && c.Name.Ja == "" {
		l.problem(tree, c.Path, CodeClause, fmt.Sprintf("the clause %q needs the provision's words (ja) or a name", c.ID), "")
	}
	if c.When != "" {
		c.cond = l.compile(tree, source.Join(c.Path, "when"), c.When, r.compiled.kind)
	} else if c.Nature == "objective" || c.Ask.Ja == "" {
		l.problem(tree, c.Path, CodeClause, fmt.Sprintf("the clause %q needs a condition, or a nature that a person judges and a question", c.ID), "")
	}
	if c.In != "" {
		if _, err := law.ParsePlace(c.In); err != nil {
			l.problem(tree, source.Join(c.Path, "in"), CodePlace, err.Error(), "")
		}
	}
	for i, name := range c.For {
		c.forFacts = append(c.forFacts, l.factor(tree, source.Index(source.Join(c.Path, "for"), i), name, r.compiled.kind))
	}
	for i, name := range c.Against {
		c.againstFacts = append(c.againstFacts, l.factor(tree, source.Index(source.Join(c.Path, "against"), i), name, r.compiled.kind))
	}
}
