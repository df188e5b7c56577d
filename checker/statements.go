package checker

import (
	"fmt"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// CodeReference is a report that speaks of a rule or clause that does not exist.
const CodeReference = "JB1201"

// statements is what the parties say, by rule and clause.
type statements struct {
	byClause  map[string][]*audit.Statement
	contested map[string]bool
}

func clauseKey(rule, clause string) string { return rule + "\x00" + clause }

// gatherStatements sorts the statements of a report by clause and works out
// which clauses are opposed: by a statement that its party has neither withdrawn
// nor overtaken by an admission of the same clause. Replies change nothing.
func gatherStatements(r *audit.Report) *statements {
	s := &statements{byClause: map[string][]*audit.Statement{}, contested: map[string]bool{}}
	withdrawn, admitted := map[string]bool{}, map[string]bool{}
	for i := range r.Statements {
		withdrawn[r.Statements[i].Withdraws] = true
	}
	for i := range r.Statements {
		st := &r.Statements[i]
		for _, ref := range st.On {
			if st.Stance == "admits" && !withdrawn[st.ID] {
				admitted[clauseKey(ref.Rule, ref.Clause)+"\x00"+st.By] = true
			}
		}
	}
	for i := range r.Statements {
		st := &r.Statements[i]
		for _, ref := range st.On {
			key := clauseKey(ref.Rule, ref.Clause)
			s.byClause[key] = append(s.byClause[key], st)
			if st.Stance == "opposes" && !withdrawn[st.ID] && !admitted[key+"\x00"+st.By] {
				s.contested[key] = true
			}
		}
	}
	return s
}

func (s *statements) on(rule, clause string) []*audit.Statement {
	return s.byClause[clauseKey(rule, clause)]
}

func (s *statements) opposed(rule, clause string) bool {
	return s.contested[clauseKey(rule, clause)]
}

// references finds statements on rules and clauses that do not exist.
func (b *Rulebook) references(r *audit.Report) source.Problems {
	var problems source.Problems
	for _, st := range r.Statements {
		for _, ref := range st.On {
			rule, ok := b.Rule(ref.Rule)
			if !ok {
				problems = append(problems, r.Problem(source.Join(ref.Path, "rule"), CodeReference, fmt.Sprintf("there is no rule %q", ref.Rule), didYouMean(ref.Rule, b.RuleIDs())))
				continue
			}
			if ref.Clause != "" && !rule.hasClause(ref.Clause) {
				problems = append(problems, r.Problem(source.Join(ref.Path, "clause"), CodeReference, fmt.Sprintf("%s has no clause %q", rule.ID, ref.Clause), didYouMean(ref.Clause, rule.ClauseIDs())))
			}
		}
	}
	return problems
}

func didYouMean(name string, among []string) string {
	if near, ok := source.Nearest(name, among); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}
