package checker

import (
	"fmt"
	"slices"

	"jobun/checker/law"
	"jobun/internal/day"
	"jobun/internal/source"
)

// Codes of what lint refuses.
const (
	LintCases     = "JB1401" // a clause that no case turns, an exception that no case raises
	LintBoundary  = "JB1402" // a day of change without a case on the day and on the day before
	LintAuthority = "JB1403" // a rule without an authority
	LintConduct   = "JB1404" // a criminal rule that imputes nothing
	LintCitation  = "JB1405" // a citation that the law file contradicts
	LintMutant    = "JB1406" // a condition that can be changed without any case noticing
	LintPenalty   = "JB1407" // a criminal rule without a penalty or without limits
	LintPin       = "JB1408" // a phrase that the law's text does not have, or not in its order
)

// Lint finds what is wrong with rules that load: clauses no case turns, days of
// change no case tries, citations the law does not have, and conditions that can
// be removed or negated without a case turning red.
func (b *Rulebook) Lint() source.Problems {
	var problems source.Problems
	for _, r := range b.Rules {
		l := &linter{book: b, rule: r, tree: b.tree(r)}
		l.cases()
		l.boundaries()
		l.citations()
		l.regime()
		l.mutants()
		problems = append(problems, l.problems...)
	}
	for _, behaviour := range b.Behaviours {
		problems = append(problems, b.lintBehaviour(behaviour)...)
	}
	problems.Sort()
	return problems
}

// Problem is a problem with a part of a rule, with its place in the rule's file.
func (b *Rulebook) Problem(r *Rule, path, code, message string) *source.Problem {
	tree := b.tree(r)
	return tree.Problem(tree.At(path), code, message, "")
}

// linter looks at one rule.
type linter struct {
	book     *Rulebook
	rule     *Rule
	tree     *source.Tree
	problems source.Problems
}

func (l *linter) problem(at, code, format string, args ...any) {
	l.problems = append(l.problems, l.tree.Problem(l.tree.At(at), code, fmt.Sprintf(format, args...), ""))
}

// cases wants a case that turns every element with a condition, and one in which
// every exception with a condition is supported.
func (l *linter) cases() {
	if len(l.book.TestRule(l.rule)) > 0 {
		return // rules test says it better
	}
	turned, raised := map[string]bool{}, map[string]bool{}
	for _, c := range l.rule.Cases {
		for _, id := range c.Turns {
			turned[id] = true
		}
		outcome, problem := l.book.runCase(l.rule, c, nil)
		if problem != nil || outcome.finding == nil {
			continue
		}
		for _, a := range outcome.finding.Exceptions {
			raised[a.Clause.ID] = raised[a.Clause.ID] || a.Code == Supported
		}
	}
	for _, c := range l.rule.Elements {
		if c.cond != nil && !turned[c.ID] {
			l.problem(c.Path, LintCases, "no case turns the element %q", c.ID)
		}
	}
	for _, c := range l.rule.Exceptions {
		if !raised[c.ID] {
			l.problem(c.Path, LintCases, "no case supports the exception %q", c.ID)
		}
	}
}

// boundaries wants a case on each day on which a place begins, and on the day
// before.
func (l *linter) boundaries() {
	days := map[day.Date]bool{}
	for _, c := range l.rule.allCases() {
		outcome, problem := l.book.runCase(l.rule, c, nil)
		if problem == nil && outcome.finding != nil && outcome.finding.Anchor.Span.Precision == day.Day {
			days[outcome.finding.Anchor.Span.From] = true
		}
	}
	want := func(path string, d day.Date) {
		for _, d := range []day.Date{d.Add(-1), d} {
			if !days[d] {
				l.problem(path, LintBoundary, "no case has its anchor on %s", d)
			}
		}
	}
	for i, p := range l.rule.Places {
		if !p.From.IsZero() {
			want(p.Path, p.From.Date)
		}
		isLast := i == len(l.rule.Places)-1
		if !p.Until.IsZero() && (isLast || l.rule.Places[i+1].From.Date != p.Until.Date) {
			want(p.Path, p.Until.Date)
		}
	}
}

// citations checks the places against the law's file.
func (l *linter) citations() {
	check := func(path, lawID, cite string, on day.Date) {
		of := l.rule.compiled.law
		if lawID != "" {
			of, _ = l.book.Laws.Law(lawID)
		}
		place, err := law.ParsePlace(cite)
		if err != nil || of == nil {
			return
		}
		for _, defect := range of.Check(place, on) {
			l.problem(path, LintCitation, "%s: %s", cite, defect.Says.En)
		}
	}
	for _, p := range l.rule.Places {
		check(p.Path, "", p.Cite, p.From.Date)
		for _, with := range p.With {
			check(p.Path, "", with, p.From.Date)
		}
		if p.Penalty != nil {
			check(source.Join(p.Path, "penalty"), p.Penalty.Law, p.Penalty.Cite, p.From.Date)
		}
		if from := p.From.Date; !from.IsZero() && len(l.rule.compiled.law.VersionsOn(day.Span{From: from, To: from, Precision: day.Day})) == 0 {
			l.problem(p.Path, LintCitation, "the law has no version on %s", from)
		}
	}
	if len(l.rule.Authorities) == 0 {
		l.problem("title", LintAuthority, "the rule names no authority")
	}
	for _, a := range l.rule.Authorities {
		if a.On != "" && !l.rule.hasClause(a.On) {
			l.problem(a.Path, LintAuthority, "there is no clause %q", a.On)
		}
	}
}

// regime wants of a criminal rule a penalty for each day, its limits, and an
// element that imputes conduct.
func (l *linter) regime() {
	if l.rule.Regime != "criminal" {
		return
	}
	for _, p := range l.rule.Places {
		if p.Penalty == nil {
			l.problem(p.Path, LintPenalty, "a criminal provision has a penalty")
		}
	}
	lim := l.rule.Limits
	if lim.Attempt == nil || lim.Negligence == nil || lim.Corporate == nil || lim.Complaint == nil || lim.Limitation == nil {
		l.problem("limits", LintPenalty, "a criminal rule states attempt, negligence, corporate, complaint and limitation")
	}
	if lim.Corporate != nil && !*lim.Corporate && l.rule.Accused != "person" {
		l.problem("accused", LintPenalty, "where the law has no 両罰規定 only a person can be accused")
	}
	for _, c := range l.rule.Elements {
		if c.cond != nil && c.cond.readsConduct() {
			return
		}
	}
	l.problem("title", LintConduct, "no element reads who did it (…_by_subject or …_by_publisher)")
}

// readsConduct reports whether a condition imputes conduct, itself or through a
// behaviour.
func (c *Cond) readsConduct() bool {
	reads := false
	c.root.walk(func(n *node) {
		if n.op == opFact && (n.field.Conduct() || n.behaviour != nil && n.behaviour.cond.readsConduct()) {
			reads = true
		}
	})
	return reads
}

// mutants changes the rule in every way that must be noticed: each clause with a
// condition left out, each operand of it negated. A change that leaves all cases
// green is a condition that no case tests.
func (l *linter) mutants() {
	base, problem := l.book.runCase(l.rule, l.rule.base(), nil)
	if problem != nil || base.finding == nil || len(l.book.TestRule(l.rule)) > 0 {
		return
	}
	for _, c := range l.rule.Clauses() {
		if c.cond == nil {
			continue
		}
		if !l.noticed(&mutation{without: c}, base) {
			l.problem(c.Path, LintMutant, "the clause %q can be left out and no case notices", c.ID)
		}
		for _, mutant := range negations(c.cond) {
			if !l.noticed(&mutation{clause: c, cond: mutant.cond}, base) {
				l.problem(c.Path, LintMutant, "in %q, %q can be negated and no case notices", c.ID, mutant.operand)
			}
		}
	}
}

func (l *linter) noticed(m *mutation, base outcome) bool {
	for _, c := range l.rule.allCases() {
		outcome, problem := l.book.runCase(l.rule, c, m)
		if problem != nil || len(outcome.complaints(l.rule, c, base)) > 0 {
			return true
		}
	}
	return false
}

// mutant is a condition with one operand negated.
type mutant struct {
	operand string
	cond    *Cond
}

// negations gives the condition once for each of its operands that are true or
// false, with that operand negated.
func negations(c *Cond) []mutant {
	var mutants []mutant
	var operands []*node
	c.root.walk(func(n *node) {
		if isBool := n.op != opLiteral && (n.op != opFact || n.typ == "bool"); isBool && n.op != opAnd && n.op != opOr && n.op != opNot {
			operands = append(operands, n)
		}
	})
	for _, target := range operands {
		mutants = append(mutants, mutant{target.text, &Cond{Source: c.Source, root: negate(c.root, target)}})
	}
	return mutants
}

// negate copies a tree with one node negated.
func negate(n, target *node) *node {
	if n == target {
		return &node{op: opNot, text: "not " + n.text, typ: n.typ, kids: []*node{n}}
	}
	copied := *n
	copied.kids = slices.Clone(n.kids)
	for i, kid := range n.kids {
		copied.kids[i] = negate(kid, target)
	}
	return &copied
}

// lintBehaviour wants of a behaviour that each operand matters to some case.
func (b *Rulebook) lintBehaviour(behaviour *Behaviour) source.Problems {
	if len(b.testBehaviour(behaviour)) > 0 {
		return nil
	}
	tree := b.behaviourTree(behaviour)
	var problems source.Problems
	for _, m := range negations(behaviour.cond) {
		isNoticed := slices.ContainsFunc(behaviour.allCases(), func(c BehaviourCase) bool {
			have, err := b.runBehaviour(behaviour, m.cond, c)
			return err != nil || have.String() != c.Want
		})
		if !isNoticed {
			problems = append(problems, tree.Problem(tree.At("when"), LintMutant, fmt.Sprintf("%q can be negated and no case notices", m.operand), ""))
		}
	}
	return problems
}
