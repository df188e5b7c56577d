package checker

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/source"
)

// TestCases runs every case of every behaviour and rule, and gives a problem for
// each that does not come out as it must.
func (b *Rulebook) TestCases() source.Problems {
	var problems source.Problems
	for _, behaviour := range b.Behaviours {
		problems = append(problems, b.testBehaviour(behaviour)...)
	}
	for _, r := range b.Rules {
		problems = append(problems, b.TestRule(r)...)
	}
	return problems
}

// TestRule runs the cases of one rule.
func (b *Rulebook) TestRule(r *Rule) source.Problems {
	tree := b.tree(r)
	base, problem := b.runCase(r, r.base(), nil)
	if problem != nil {
		return source.Problems{problem}
	}
	var problems source.Problems
	if base.finding == nil {
		return source.Problems{tree.Problem(tree.At("base"), CodeCase, "the rule is not asked of the facts of the base", "")}
	}
	for _, c := range r.allCases() {
		outcome, problem := b.runCase(r, c, nil)
		if problem != nil {
			problems = append(problems, problem)
			continue
		}
		for _, complaint := range outcome.complaints(r, c, base) {
			problems = append(problems, tree.Problem(tree.At(c.Path), CodeCase, fmt.Sprintf("%s: %s", c.Says, complaint), ""))
		}
	}
	return problems
}

// base is the case in which nothing is changed.
func (r *Rule) base() Case {
	return Case{Path: "base", Says: "base", Want: text(r.Base["want"])}
}

// allCases lists the base and then the cases.
func (r *Rule) allCases() []Case { return append([]Case{r.base()}, r.Cases...) }

// allCases lists the base, of which a behaviour is true, and then the cases.
func (b *Behaviour) allCases() []BehaviourCase {
	return append([]BehaviourCase{{Path: "base", Says: "base", Want: "true"}}, b.Cases...)
}

// Cases counts the cases of the rulebook.
func (b *Rulebook) Cases() int {
	n := 0
	for _, behaviour := range b.Behaviours {
		n += 1 + len(behaviour.Cases)
	}
	for _, r := range b.Rules {
		n += 1 + len(r.Cases)
	}
	return n
}

// outcome is what came of a case: nil if the rule was not asked.
type outcome struct{ finding *Finding }

func text(v any) string {
	s, _ := v.(string)
	return s
}

// mutation changes a rule for one run: clauses left out, conditions replaced.
type mutation struct {
	without *Clause
	clause  *Clause
	cond    *Cond
}

// runCase builds the facts of a case and asks the rule of its one entity.
func (b *Rulebook) runCase(r *Rule, c Case, m *mutation) (outcome, *source.Problem) {
	tree := b.tree(r)
	world, err := newWorld(r.compiled.kind, r.Base)
	if err == nil {
		err = world.change(c)
	}
	if err != nil {
		return outcome{}, tree.Problem(tree.At(c.Path), CodeCase, err.Error(), "")
	}
	run := newRun(b, world.facts(), caseAnswers(r, c))
	run.statements = caseStatements(r, c)
	run.stub = world.findings
	rule := r.mutated(m)
	if err := run.ask(rule); err != nil {
		return outcome{}, tree.Problem(tree.At(c.Path), CodeCase, err.Error(), "")
	}
	for _, f := range run.result.Findings {
		if f.Entity.ID == world.asked() {
			return outcome{f}, nil
		}
	}
	return outcome{}, nil
}

func caseAnswers(r *Rule, c Case) Answers {
	answers := Answers{}
	for clause, yes := range c.Answers {
		answers[ClauseKey{r.ID, askedID(r.compiled.kind), clause}] = PersonAnswer{Yes: yes, By: "case"}
	}
	return answers
}

func caseStatements(r *Rule, c Case) *statements {
	report := &audit.Report{}
	for _, clause := range c.Opposed {
		report.Statements = append(report.Statements, audit.Statement{
			ID: "opposed-" + clause, By: "opponent", Stance: "opposes", On: []audit.ClauseRef{{Rule: r.ID, Clause: clause}},
		})
	}
	return gatherStatements(report)
}

// mutated gives the rule with one clause left out or one condition replaced.
func (r *Rule) mutated(m *mutation) *Rule {
	if m == nil {
		return r
	}
	changed := *r
	change := func(list []*Clause) []*Clause {
		var out []*Clause
		for _, c := range list {
			switch c {
			case m.without:
			case m.clause:
				copied := *c
				copied.cond = m.cond
				out = append(out, &copied)
			default:
				out = append(out, c)
			}
		}
		return out
	}
	changed.Elements, changed.Exceptions = change(r.Elements), change(r.Exceptions)
	return &changed
}

// complaints says what of a case did not come out as it must.
func (o outcome) complaints(r *Rule, c Case, base outcome) []string {
	if c.Asked != nil {
		if isAsked := o.finding != nil; isAsked != *c.Asked {
			return []string{fmt.Sprintf("want asked = %v", *c.Asked)}
		}
		if o.finding == nil {
			return nil
		}
	}
	if o.finding == nil {
		return []string{"the rule is not asked"}
	}
	var complaints []string
	complain := func(format string, args ...any) { complaints = append(complaints, fmt.Sprintf(format, args...)) }
	if c.Want != "" && string(o.finding.Assessment) != c.Want {
		complain("want %s, have %s (%s)", c.Want, o.finding.Assessment, o.finding.summary())
	}
	for _, want := range []struct {
		code    Code
		clauses []string
	}{{Supported, c.Supported}, {Contradicted, c.Contradicted}, {Unverified, c.Unknown}, {Contested, c.Contested}} {
		for _, id := range want.clauses {
			a, ok := o.finding.Answer(id)
			switch {
			case !ok:
				complain("there is no clause %q", id)
			case a.Code != want.code:
				complain("%s: want %s, have %s", id, want.code, a.Code)
			}
		}
	}
	if have, want := turned(base, o), slices.Sorted(slices.Values(c.Turns)); !slices.Equal(have, want) {
		complain("turns %v, not %v", have, want)
	}
	if cites := o.finding.citesPlace(); c.Cites != "" && cites != c.Cites {
		complain("want %s, have %s", c.Cites, cites)
	}
	if penalty := o.finding.penaltyWords(); c.Penalty != "" && !strings.Contains(penalty, c.Penalty) {
		complain("want a penalty with %s, have %s", c.Penalty, penalty)
	}
	return complaints
}

func (f *Finding) summary() string {
	var parts []string
	for _, a := range f.Answers() {
		parts = append(parts, fmt.Sprintf("%s=%s", a.Clause.ID, a.Code))
	}
	return strings.Join(parts, " ")
}

func (f *Finding) citesPlace() string {
	var cites []string
	for _, p := range f.Anchor.Places {
		cites = append(cites, f.Law.CitePlaces(p.All(), law.Style{}))
	}
	return strings.Join(cites, "／")
}

// All lists the places of a provision as they are cited together, in the order
// of the law.
func (p *RulePlace) All() []law.Place {
	all := append(append([]law.Place{}, p.with...), p.place)
	sort.SliceStable(all, func(i, j int) bool { return all[i].Compare(all[j]) < 0 })
	return all
}

func (f *Finding) penaltyWords() string {
	var words []string
	for _, p := range f.Anchor.Places {
		if p.Penalty != nil {
			words = append(words, p.Penalty.Ja)
		}
	}
	return strings.Join(words, "／")
}

// turned lists the clauses whose answers differ between two outcomes.
func turned(a, b outcome) []string {
	var turned []string
	if a.finding == nil || b.finding == nil {
		return nil
	}
	before := map[string]Code{}
	for _, answer := range a.finding.Answers() {
		before[answer.Clause.ID] = answer.Code
	}
	for _, answer := range b.finding.Answers() {
		if before[answer.Clause.ID] != answer.Code {
			turned = append(turned, answer.Clause.ID)
		}
	}
	slices.Sort(turned)
	return turned
}

func (b *Rulebook) testBehaviour(behaviour *Behaviour) source.Problems {
	tree := b.behaviourTree(behaviour)
	var problems source.Problems
	for _, c := range behaviour.allCases() {
		have, err := b.runBehaviour(behaviour, behaviour.cond, c)
		if err != nil {
			problems = append(problems, tree.Problem(tree.At(c.Path), CodeCase, err.Error(), ""))
		} else if have.String() != c.Want {
			problems = append(problems, tree.Problem(tree.At(c.Path), CodeCase, fmt.Sprintf("%s: want %s, have %s", c.Says, c.Want, have), ""))
		}
	}
	return problems
}

func (b *Rulebook) runBehaviour(behaviour *Behaviour, cond *Cond, c BehaviourCase) (Tri, error) {
	world, err := newWorld(behaviour.kind, behaviour.Base)
	if err == nil {
		err = world.change(Case{Set: c.Set, Unset: c.Unset})
	}
	if err != nil {
		return Unknown, err
	}
	facts := world.facts()
	entity, ok := facts.ByID(world.asked())
	if !ok {
		return Unknown, fmt.Errorf("the base states nothing of %s", behaviour.kind.Name)
	}
	why, err := cond.evaluate(env{run: newRun(b, facts, nil), self: entity})
	if err != nil {
		return Unknown, err
	}
	return why.Value, nil
}
