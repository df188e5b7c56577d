package export

import (
	"slices"

	"jobun/checker/review"
)

// statements compares what is said of the finding, with the withdrawals of it.
func (x *comparison) statements() {
	old, now := x.old.saidOf(x.was), x.new.saidOf(x.is)
	var ids []string
	for _, r := range []*Run{x.new, x.old} {
		for _, s := range r.doc.Statements {
			if (old[s.ID] != nil || now[s.ID] != nil) && !slices.Contains(ids, s.ID) {
				ids = append(ids, s.ID)
			}
		}
	}
	for _, id := range ids {
		c := StatementChange{ID: id, Old: x.old.statement(id, old), New: x.new.statement(id, now), OldClauses: old[id], NewClauses: now[id]}
		if isSameStatement(c.Old, c.New) && slices.Equal(c.OldClauses, c.NewClauses) {
			continue
		}
		x.Causes.Statements = append(x.Causes.Statements, c)
	}
}

// saidOf lists the statements on a finding with the clauses that they speak to, and
// those that withdraw one of them.
func (r *Run) saidOf(f *jsonFinding) map[string][]string {
	said := map[string][]string{}
	for _, id := range f.Statements {
		said[id] = append(said[id], "")
	}
	for _, a := range slices.Concat(f.Elements, f.Exceptions) {
		for _, id := range a.Statements {
			said[id] = append(said[id], a.Clause)
		}
	}
	for _, s := range r.doc.Statements {
		if s.Withdraws != "" && said[s.Withdraws] != nil && said[s.ID] == nil {
			said[s.ID] = []string{}
		}
	}
	return said
}

func (r *Run) statement(id string, said map[string][]string) *StatementSeen {
	if said[id] == nil {
		return nil
	}
	for i := range r.doc.Statements {
		if r.doc.Statements[i].ID == id {
			return &r.doc.Statements[i]
		}
	}
	return nil
}

// isSameStatement leaves out what else a statement speaks to.
func isSameStatement(a, b *StatementSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	s, t := *a, *b
	s.On, t.On = nil, nil
	return sameJSON(s, t)
}

// persons compares what people answered and decided.
func (x *comparison) persons() {
	for _, c := range x.Clauses {
		if c.Old == nil || c.New == nil {
			continue
		}
		p := PersonChange{Clause: c.Clause, Old: c.Old.Person, New: c.New.Person, OldStale: x.old.stale(x.key, c.Clause), NewStale: x.new.stale(x.key, c.Clause)}
		if !sameJSON(p.Old, p.New) || !slices.Equal(p.OldStale, p.NewStale) {
			x.Causes.Answers = append(x.Causes.Answers, p)
		}
	}
	old, now := x.Old.Decision, x.New.Decision
	switch {
	case old == nil && now == nil:
	case old == nil || now == nil:
		decided := old
		if decided == nil {
			decided = now
		}
		if decided.Status != review.Undecided {
			x.untold(PersonPart, noJournal)
		}
	case !sameJSON(old, now):
		x.Causes.Decision = &DecisionChange{*old, *now}
	}
}

func (r *Run) stale(key review.Key, clause string) []review.Cause {
	if r.review == nil {
		return nil
	}
	return r.review.Of(r.checked[key]).StaleAnswers[clause]
}

// findings compares what the findings of a rule came to that this one reads.
func (x *comparison) findings(rule string, by reader) {
	list, ok := x.outcomes[rule]
	if !ok {
		list = x.readChanges(rule)
		x.outcomes[rule] = list
	}
	for _, c := range list {
		c.Clauses, c.Trigger = by.clauses, by.trigger
		x.Causes.Findings = append(x.Causes.Findings, c)
	}
}

// readChanges compares what a rule came to in both runs.
func (runs *twoRuns) readChanges(rule string) []ReadChange {
	var list []ReadChange
	add := func(entity, old, now string) {
		if old != now {
			list = append(list, ReadChange{Rule: rule, Entity: entity, Old: old, New: now})
		}
	}
	seen := map[review.Key]bool{}
	for _, r := range []*Run{runs.new, runs.old} {
		for _, key := range r.keys {
			if key.Rule == rule && !seen[key] {
				seen[key] = true
				add(key.Entity, runs.old.assessment(key), runs.new.assessment(key))
			}
		}
	}
	add("", runs.old.asking(rule), runs.new.asking(rule))
	return list
}

func (r *Run) assessment(key review.Key) string {
	if f := r.findings[key]; f != nil {
		return f.Assessment
	}
	return ""
}

// asking is why a rule could not be asked of everything; "": it was.
func (r *Run) asking(rule string) string {
	for _, n := range r.doc.NotAsked {
		if n.Rule == rule {
			return n.Reason
		}
	}
	return ""
}
