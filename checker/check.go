package checker

import (
	"fmt"
	"slices"
	"sort"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// Check asks every rule of every entity that it may concern. It gives the same
// findings in the same order for the same rulebook and report, whatever the
// order in which the rules were loaded.
//
// Errors are a report that speaks of rules or clauses that do not exist (as
// source.Problems), and a condition that would take too long on this report.
func (b *Rulebook) Check(r *audit.Report, answers Answers) (*Result, error) {
	facts := audit.Fold(r)
	if problems := b.references(r, facts); len(problems) > 0 {
		return nil, problems
	}
	return b.check(r, facts, answers)
}

// Reconsider asks every rule again with other answers of people. The report is not
// folded a second time.
func (res *Result) Reconsider(answers Answers) (*Result, error) {
	again, err := res.Rulebook.check(res.Report, res.Facts, answers)
	if err != nil {
		return nil, err
	}
	again.Exhibits = res.Exhibits
	return again, nil
}

func (b *Rulebook) check(r *audit.Report, facts *audit.Facts, answers Answers) (*Result, error) {
	run := newRun(b, facts, answers)
	run.statements = gatherStatements(r)
	if err := run.all(); err != nil {
		return nil, err
	}
	run.result.Report, run.result.answers = r, answers
	return run.result, nil
}

// run is one check: the facts, what was worked out so far, and the result.
type run struct {
	book       *Rulebook
	facts      *audit.Facts
	answers    Answers
	statements *statements
	index      map[string]*triggerIndex
	worked     map[workedKey]*Why     // behaviours, worked out once
	deciding   map[*Why][]*audit.Fact // of behaviours that speak for or against, walked once
	findings   map[string][]*Finding
	declined   map[string]bool // rules asked of nothing, completely
	stub       map[string]Assessment
	result     *Result
	steps      int
	said       int // statements beside findings and answers
	evaluated  int
}

type workedKey struct {
	behaviour *Behaviour
	entity    *audit.Entity
	from, to  day.Date
}

func newRun(b *Rulebook, facts *audit.Facts, answers Answers) *run {
	return &run{
		book: b, facts: facts, answers: answers, statements: &statements{},
		index: map[string]*triggerIndex{}, worked: map[workedKey]*Why{}, deciding: map[*Why][]*audit.Fact{}, findings: map[string][]*Finding{}, declined: map[string]bool{},
		result: &Result{Facts: facts, Rulebook: b},
	}
}

func (run *run) all() error {
	for _, rule := range run.book.ordered {
		if err := run.ask(rule); err != nil {
			return fmt.Errorf("ask %s: %w", rule.ID, err)
		}
	}
	res := run.result
	name(res.Findings)
	position := map[*Rule]int{}
	for i, rule := range run.book.Rules {
		position[rule] = i
	}
	sort.SliceStable(res.Findings, func(i, j int) bool { return position[res.Findings[i].Rule] < position[res.Findings[j].Rule] })
	sort.SliceStable(res.NotAsked, func(i, j int) bool { return position[res.NotAsked[i].Rule] < position[res.NotAsked[j].Rule] })
	sort.SliceStable(res.Declined, func(i, j int) bool { return position[res.Declined[i].Rule] < position[res.Declined[j].Rule] })
	res.Evaluated = run.evaluated
	return nil
}

// ask asks one rule of the entities of its kind. Which of them it may concern is
// read from an index, so that a rule that concerns none costs nothing.
func (run *run) ask(rule *Rule) error {
	kind := rule.compiled.kind
	entities := run.facts.Of(kind.Name)
	if len(entities) == 0 {
		run.noEntity(rule, kind)
		return nil
	}
	candidates, declined := run.candidates(rule, entities)
	unknown, allegedlyNot := NotAsked{Rule: rule, Reason: TriggerUnknown}, 0
	for _, entity := range candidates {
		alleged := false
		if rule.compiled.when != nil {
			why, err := rule.compiled.when.evaluate(env{run: run, self: entity, span: run.anchorSpan(rule, entity)})
			if err != nil {
				return err
			}
			switch why.Value {
			case False:
				if why.Alleged() {
					allegedlyNot++
				} else {
					declined++
				}
				continue
			case Unknown:
				unknown.Entities = append(unknown.Entities, entity)
				unknown.Missing = append(unknown.Missing, why.MissingFacts()...)
				continue
			}
			alleged = why.Alleged()
		}
		finding, err := run.findingOf(rule, entity)
		if err != nil {
			return err
		}
		finding.TriggerAlleged = alleged
		run.assess(finding)
		run.findings[rule.ID] = append(run.findings[rule.ID], finding)
		run.result.Findings = append(run.result.Findings, finding)
	}
	if declined > 0 {
		run.result.Declined = append(run.result.Declined, Declined{Rule: rule, Entities: declined})
	}
	if allegedlyNot > 0 {
		run.result.Declined = append(run.result.Declined, Declined{Rule: rule, Entities: allegedlyNot, ByAllegation: true})
	}
	if len(unknown.Entities) > 0 {
		unknown.Missing = once(unknown.Missing, func(m Missing) string { return m.Name }) // not one for each entity
		run.result.NotAsked = append(run.result.NotAsked, unknown)
	} else if len(run.facts.Examined(kind.Name, day.Span{})) > 0 || kind.Singleton {
		run.declined[rule.ID] = true
	}
	return nil
}

func (run *run) noEntity(rule *Rule, kind *audit.Kind) {
	if examined := run.facts.Examined(kind.Name, day.Span{}); len(examined) > 0 {
		run.declined[rule.ID] = true
		run.result.Declined = append(run.result.Declined, Declined{Rule: rule, ByAllegation: completeness(examined, true) == Unknown})
		return
	}
	run.result.NotAsked = append(run.result.NotAsked, NotAsked{
		Rule: rule, Reason: NotExamined, Within: run.facts.ExaminedAtAnyTime(kind.Name), Missing: []Missing{{Name: kind.Plural, Kind: kind, List: true}},
	})
}

// once keeps the first of the missing facts that go by one name.
func once(list []Missing, name func(Missing) string) []Missing {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(m Missing) bool {
		if seen[name(m)] {
			return true
		}
		seen[name(m)] = true
		return false
	})
}

// findingOf answers every clause of a rule for an entity.
func (run *run) findingOf(rule *Rule, entity *audit.Entity) (*Finding, error) {
	f := &Finding{Rule: rule, Law: rule.compiled.law, Entity: entity, Anchor: run.anchor(rule, entity), Statements: run.statements.on(rule.ID, "", entity.ID)}
	if run.said += len(f.Statements); run.said > maxSaid {
		return nil, errTooMuchSaid
	}
	e := env{run: run, self: entity, span: f.Anchor.Span}
	for _, c := range rule.Elements {
		a, err := run.answer(rule, c, e)
		if err != nil {
			return nil, fmt.Errorf("element %s: %w", c.ID, err)
		}
		f.Elements = append(f.Elements, a)
	}
	for _, c := range rule.Exceptions {
		a, err := run.answer(rule, c, e)
		if err != nil {
			return nil, fmt.Errorf("exception %s: %w", c.ID, err)
		}
		f.Exceptions = append(f.Exceptions, a)
	}
	return f, nil
}

func (run *run) answer(rule *Rule, c *Clause, e env) (*Answer, error) {
	a := &Answer{Clause: c, Statements: run.statements.on(rule.ID, c.ID, e.self.ID)}
	if run.said += len(a.Statements); run.said > maxSaid {
		return nil, errTooMuchSaid
	}
	if c.cond == nil {
		return a, run.judge(rule, a, e)
	}
	why, err := c.cond.evaluate(e)
	if err != nil {
		return nil, err
	}
	a.Why, a.Missing = why, why.MissingFacts()
	a.Code = run.code(rule, a, e.self.ID)
	return a, nil
}

// code reads an answer off the value of a condition (DESIGN 3.4 and 3.5).
func (run *run) code(rule *Rule, a *Answer, entity string) Code {
	isContested := run.statements.opposed(rule.ID, a.Clause.ID, entity)
	switch {
	case a.Why.Value == True && isContested:
		return Contested
	case a.Why.Value == True && a.Why.Alleged():
		return Alleged
	case a.Why.Value == True:
		return Supported
	case a.Why.Value == False && a.Why.Alleged() && !a.Clause.isException:
		a.Missing = append(a.Missing, a.Why.allegedFacts()...)
		return Unverified // only an allegation speaks against the element: no record decides
	case a.Why.Value == False:
		a.ByAllegation = a.Why.Alleged()
		return Contradicted
	case onlyDisputed(a.Missing):
		return Contested
	default:
		return Unverified
	}
}

func onlyDisputed(missing []Missing) bool {
	for _, m := range missing {
		if !m.Disputed {
			return false
		}
	}
	return len(missing) > 0
}

// judge answers a clause that only a person can answer: with the facts that
// speak for and against it, and the person's answer if there is one.
func (run *run) judge(rule *Rule, a *Answer, e env) error {
	run.steps = 0
	a.Code = Judgement
	a.For, a.Against = e.factors(a.Clause.forFacts), e.factors(a.Clause.againstFacts)
	run.evaluated += run.steps
	if run.steps > maxSteps {
		return errTooMuch // what behaviours came to is not whole
	}
	if person, ok := run.answers[ClauseKey{rule.ID, e.self.ID, a.Clause.ID}]; ok {
		a.Person = &person
		a.Code = Contradicted
		if person.Yes {
			a.Code = Supported
		}
	}
	return nil
}

// factors gives those of some facts that are stated and true (or, if not a
// bool, stated): they speak for or against, and decide nothing.
func (e env) factors(nodes []*node) []Factor {
	var list []Factor
	for _, n := range nodes {
		factor := Factor{Name: n.kind.Name + "." + n.field.Name, Title: n.field.Title}
		entities := e.run.facts.Of(n.kind.Name)
		if n.scope != ofEach {
			entities = []*audit.Entity{e.entity(n)}
		}
		for _, entity := range entities {
			facts, alleged := e.factor(n, entity)
			factor.Facts = append(factor.Facts, facts...)
			factor.Alleged = factor.Alleged || alleged
		}
		if len(factor.Facts) > 0 {
			list = append(list, factor)
		}
	}
	return list
}

// factor gives the facts behind one that speaks for or against, of one entity.
func (e env) factor(n *node, entity *audit.Entity) (facts []*audit.Fact, alleged bool) {
	if n.behaviour != nil {
		why := e.run.behaviour(n.behaviour, entity, e.span)
		if why.Value != True {
			return nil, false
		}
		return e.run.decidingOf(why), why.Alleged()
	}
	f := entity.Fact(n.field.Name)
	if f == nil || f.Disputed || n.typ == audit.Bool && !f.Value.Bool {
		return nil, false
	}
	return []*audit.Fact{f}, f.Basis == audit.Alleged
}

// decidingOf gives the facts that a behaviour rests on, walking it once a run:
// over a long list of members that is what costs.
func (run *run) decidingOf(why *Why) []*audit.Fact {
	facts, ok := run.deciding[why]
	if !ok {
		facts = why.Deciding()
		run.deciding[why] = facts
	}
	return facts
}

// behaviour works a behaviour out, once for each entity and anchor.
func (run *run) behaviour(b *Behaviour, entity *audit.Entity, span day.Span) *Why {
	key := workedKey{b, entity, span.From, span.To}
	if why, ok := run.worked[key]; ok {
		return why
	}
	e := env{run: run, self: entity, span: span}
	inner := e.node(b.cond.root)
	why := &Why{Text: b.Fact, Behaviour: b, Value: inner.Value, Strict: inner.Strict, Kids: []*Why{inner}}
	run.worked[key] = why
	return why
}

// finding reads finding("rule"): true if one is indicated (or alleged with
// nothing left to judge, which passes on as alleged); false if the rule was asked
// of everything and each is contradicted, excepted or not in force; else unknown,
// naming it.
func (run *run) finding(n *node) *Why {
	w := &Why{Text: n.text, Finding: &FindingRead{Rule: n.rule, Findings: run.findings[n.rule]}}
	states := []Assessment{}
	for _, f := range run.findings[n.rule] {
		state := f.Assessment
		if state == AllegedOnly && f.Count(Judgement) > 0 {
			state = ForJudgement // an allegation does not stand in for a person's answer
		}
		states = append(states, state)
	}
	if stub, ok := run.stub[n.rule]; ok {
		states = append(states, stub)
	}
	closed := run.declined[n.rule] && len(states) > 0 || run.stub[n.rule] != ""
	value, strict := False, False
	for _, s := range states {
		v, st := Unknown, Unknown
		switch s {
		case Indicated:
			v, st = True, True
		case AllegedOnly:
			v = True
		case ContradictedElement, Excepted, NotInForce:
			v, st = False, False
		}
		value, strict = join(value, v, True), join(strict, st, True)
	}
	if !closed {
		value, strict = join(value, Unknown, True), join(strict, Unknown, True)
	}
	w.Value, w.Strict = value, strict
	if value == Unknown {
		w.Missing = &Missing{Name: "finding:" + n.rule, Finding: true}
	}
	return w
}
