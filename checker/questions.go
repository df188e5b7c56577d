package checker

import (
	"slices"
	"strings"

	"jobun/checker/audit"
)

// QuestionGroup is the questions (照会事項) to one addressee, in the order of the
// report.
type QuestionGroup struct {
	Asked     audit.Addressee // "": nobody is named
	Questions []Question
}

// Question is a missing fact put to whoever could tell it.
type Question struct {
	Missing Missing
	Looks   []audit.Text // where the rules that it serves would look for it
	Serves  []Served
}

// Served is a clause of a finding that waits for an answer.
type Served struct {
	Finding *Finding
	Clause  *Clause // nil: the day of the matter
	Through string  // the rule whose finding the clause waits for, if the fact is missing there
}

// Questions lists the missing facts of some findings, each once with every clause
// that it serves: by addressee in their fixed order, and to one addressee in the
// order of the report. Where a clause waits for the findings of another rule, what
// these lack is asked. What a person judges is no question to others, and of a
// provision that was not in force nothing is asked.
func (res *Result) Questions(findings []*Finding) []QuestionGroup {
	g := gaps{res: res, index: map[string]int{}}
	for _, f := range res.Findings {
		if !slices.Contains(findings, f) || f.Assessment == NotInForce {
			continue
		}
		if m, ok := f.missingDay(res.Facts); ok {
			g.ask(f.Rule, m, Served{Finding: f})
		}
		for _, a := range f.Answers() {
			g.askAll(f.Rule, a.Missing, Served{Finding: f, Clause: a.Clause})
		}
	}
	var groups []QuestionGroup
	for _, to := range append(audit.Addressees(), "") {
		group := QuestionGroup{Asked: to}
		for _, q := range g.list {
			if q.Missing.Asks() == to {
				group.Questions = append(group.Questions, q)
			}
		}
		if len(group.Questions) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// missingDay is the anchor of a finding, where its version is not known for want of
// it.
func (f *Finding) missingDay(facts *audit.Facts) (Missing, bool) {
	if f.Anchor.version(f.Rule) != Unanchored {
		return Missing{}, false
	}
	at := f.Rule.compiled.at
	m := Missing{Name: at.kind.Name + "." + at.field.Name, Entity: f.Entity, Kind: at.kind, Field: at.field}
	if at.scope == ofSingleton {
		m.Entity = facts.Of(at.kind.Name)[0]
	}
	m.Disputed = f.Anchor.Stated != nil && f.Anchor.Stated.Disputed
	m.Imprecise = f.Anchor.Stated != nil && !f.Anchor.Stated.Disputed
	return m, true
}

// Asks says to whom a question about a missing fact goes; "" if nobody is named.
func (m Missing) Asks() audit.Addressee {
	if m.Kind == nil {
		return ""
	}
	return m.Kind.Asked(m.Field)
}

// gaps gathers the questions in the order in which they come up.
type gaps struct {
	res   *Result
	list  []Question
	index map[string]int
}

func (g *gaps) ask(rule *Rule, m Missing, served Served) {
	i, ok := g.index[m.key()]
	if !ok {
		i = len(g.list)
		g.index[m.key()] = i
		g.list = append(g.list, Question{Missing: m})
	}
	q := &g.list[i]
	if look := m.look(rule); look != (audit.Text{}) && !slices.Contains(q.Looks, look) {
		q.Looks = append(q.Looks, look)
	}
	if !slices.Contains(q.Serves, served) {
		q.Serves = append(q.Serves, served)
	}
}

// look says which record or person could tell, as the rule has it or else the
// vocabulary.
func (m Missing) look(rule *Rule) audit.Text {
	if hint, ok := rule.Evidence[m.Name]; ok {
		return hint
	}
	return m.Field.Look
}

func (g *gaps) askAll(rule *Rule, list []Missing, served Served) {
	for _, m := range list {
		if m.Finding {
			g.behind(strings.TrimPrefix(m.Name, "finding:"), served, map[string]bool{})
			continue
		}
		g.ask(rule, m, served)
	}
}

// behind asks what is missing from the findings of a rule and from whether it is
// asked at all. Rules rest on one another without circles; one that is reached twice
// is gone into once.
func (g *gaps) behind(id string, served Served, seen map[string]bool) {
	if seen[id] {
		return
	}
	seen[id] = true
	each := func(rule *Rule, list []Missing) {
		for _, m := range list {
			if m.Finding {
				g.behind(strings.TrimPrefix(m.Name, "finding:"), served, seen)
				continue
			}
			inner := served
			inner.Through = id
			g.ask(rule, m, inner)
		}
	}
	for _, f := range g.res.Findings {
		if f.Rule.ID == id && f.Assessment != NotInForce {
			each(f.Rule, f.Missing())
		}
	}
	for _, n := range g.res.NotAsked {
		if n.Rule.ID == id {
			each(n.Rule, n.Missing)
		}
	}
}
