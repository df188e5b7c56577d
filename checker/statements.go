package checker

import (
	"fmt"
	"strings"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// CodeReference is a report that speaks of a rule or clause that does not exist.
const CodeReference = "JB1201"

// statements is what the parties say, by rule and clause.
type statements struct {
	byClause map[string][]*said
	admitted map[string]bool // by clause, entity and party
}

// said is a statement on one clause, of one entity or of all.
type said struct {
	statement *audit.Statement
	entity    string // "": of all
	opposes   bool   // and its party has not withdrawn it
}

func clauseKey(rule, clause string) string { return rule + "\x00" + clause }

// gatherStatements sorts the statements of a report by clause and works out
// which oppose it: those that their party has neither withdrawn nor overtaken by
// an admission of the same clause. Replies change nothing.
func gatherStatements(r *audit.Report) *statements {
	s := &statements{byClause: map[string][]*said{}, admitted: map[string]bool{}}
	withdrawn := r.Withdrawn()
	for i := range r.Statements {
		st := &r.Statements[i]
		for _, ref := range st.On {
			if st.Stance == "admits" && !withdrawn[st.ID] {
				s.admitted[admission(clauseKey(ref.Rule, ref.Clause), ref.Entity, st.By)] = true
			}
		}
	}
	for i := range r.Statements {
		st := &r.Statements[i]
		for _, ref := range st.On {
			key := clauseKey(ref.Rule, ref.Clause)
			s.byClause[key] = append(s.byClause[key], &said{st, ref.Entity, st.Stance == "opposes" && !withdrawn[st.ID]})
		}
	}
	return s
}

func admission(clause, entity, by string) string { return clause + "\x00" + entity + "\x00" + by }

// on lists the statements on a clause of a finding, or on its rule.
func (s *statements) on(rule, clause, entity string) []*audit.Statement {
	var list []*audit.Statement
	for _, said := range s.byClause[clauseKey(rule, clause)] {
		if said.entity == "" || said.entity == entity {
			list = append(list, said.statement)
		}
	}
	return list
}

// opposed reports whether a party opposes a clause of an entity, and has not
// admitted the same clause of that entity or of all.
func (s *statements) opposed(rule, clause, entity string) bool {
	key := clauseKey(rule, clause)
	for _, said := range s.byClause[key] {
		isOfIt := said.entity == "" || said.entity == entity
		isAdmitted := s.admitted[admission(key, "", said.statement.By)] || s.admitted[admission(key, entity, said.statement.By)]
		if said.opposes && isOfIt && !isAdmitted {
			return true
		}
	}
	return false
}

// references finds statements on rules, clauses and entities that do not exist.
func (b *Rulebook) references(r *audit.Report, facts *audit.Facts) source.Problems {
	var problems source.Problems
	for _, st := range r.Statements {
		for _, ref := range st.On {
			rule, ok := b.Rule(ref.Rule)
			if !ok {
				problems = append(problems, r.Problem(source.Join(ref.Path, "rule"), CodeReference, fmt.Sprintf("there is no rule %q", ref.Rule), source.DidYouMean(ref.Rule, b.RuleIDs())))
				continue
			}
			entity, ok := facts.ByID(ref.Entity)
			if ref.Entity != "" && !ok {
				problems = append(problems, r.Problem(source.Join(ref.Path, "entity"), CodeReference, fmt.Sprintf("the report states nothing of %q", ref.Entity), "kind:name, as in a target"))
			} else if ok && entity.Kind != rule.Asks {
				problems = append(problems, r.Problem(source.Join(ref.Path, "entity"), CodeReference, fmt.Sprintf("%s is asked of %s, not of %s", rule.ID, rule.Asks, entity.Kind), ""))
			}
			if ref.Clause != "" && !rule.hasClause(ref.Clause) {
				problems = append(problems, r.Problem(source.Join(ref.Path, "clause"), CodeReference, fmt.Sprintf("%s has no clause %q", rule.ID, ref.Clause), clauseHint(rule, ref.Clause)))
			}
		}
	}
	return problems
}

// clauseHint gives the nearest clause, or all of them.
func clauseHint(rule *Rule, name string) string {
	if near := source.DidYouMean(name, rule.ClauseIDs()); near != "" {
		return near
	}
	return "its clauses are " + strings.Join(rule.ClauseIDs(), ", ")
}
