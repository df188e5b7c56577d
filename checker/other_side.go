package checker

import (
	"cmp"
	"slices"

	"jobun/checker/audit"
)

// OtherSide is a finding from the seat of the other side (反対当事者): what it would
// say first stands first. Nothing is evaluated anew.
type OtherSide struct {
	Finding    *Finding
	Exceptions []*Answer  // all: supported, contested, alleged, raised, unknown, denied by allegation, denied
	Contrary   []Contrary // material against an element, the strongest first
	Rebuttals  []Rebuttal // statements that oppose: those that stand without a reply, replied to, fallen
	Weak       []*Answer  // elements that no record supports: unverified, then alleged only, then left to a person
}

// Contrary is material that speaks against an element.
type Contrary struct {
	Answer *Answer
	As     ContraryAs
	Facts  []*audit.Fact
}

// ContraryAs is how strongly material speaks against an element.
type ContraryAs uint8

// The strengths, the strongest first.
const (
	Contradicts ContraryAs = iota // it decides against the element
	Disputes                      // the sources of a fact that the element needs conflict
	OnlyAlleged                   // an allegation alone decides against it
	Weighs                        // it speaks against a clause that a person judges
)

// Rebuttal is a statement that opposes a clause, or the rule as a whole.
type Rebuttal struct {
	Statement *audit.Statement
	Answer    *Answer // nil: it speaks to the rule
	Stands    bool    // its party has neither withdrawn it nor admitted the clause
	Replies   []*audit.Statement
}

// OtherSide gives a finding of the result as the other side would put it.
func (res *Result) OtherSide(f *Finding) *OtherSide {
	o := &OtherSide{Finding: f, Exceptions: slices.Clone(f.Exceptions), Contrary: contrary(f)}
	withdrawn := res.Report.Withdrawn()
	slices.SortStableFunc(o.Exceptions, func(a, b *Answer) int {
		return cmp.Compare(exceptionStrength(a, withdrawn), exceptionStrength(b, withdrawn))
	})
	for _, code := range []Code{Unverified, Alleged, Judgement} {
		for _, a := range f.Elements {
			if a.Code == code {
				o.Weak = append(o.Weak, a)
			}
		}
	}
	o.Rebuttals = res.rebuttals(f)
	return o
}

// exceptionStrength orders exceptions as the other side would put them: supported,
// contested, alleged, raised by a statement that stands, unknown, denied by
// allegation alone, denied.
func exceptionStrength(a *Answer, withdrawn map[string]bool) int {
	isRaised := slices.ContainsFunc(a.Statements, func(st *audit.Statement) bool { return !withdrawn[st.ID] })
	switch {
	case a.Code == Supported:
		return 0
	case a.Code == Contested:
		return 1
	case a.Code == Alleged:
		return 2
	case a.Code == Contradicted && !a.ByAllegation:
		return 6
	case isRaised:
		return 3
	case a.Code == Contradicted:
		return 5
	default:
		return 4
	}
}

// contrary lists the material against the elements, the strongest first, and of one
// strength in the order of the provision.
func contrary(f *Finding) []Contrary {
	var list []Contrary
	for _, a := range f.Elements {
		if a.Code == Contradicted && a.Why != nil {
			list = append(list, Contrary{a, Contradicts, a.Why.Deciding()})
		}
		var disputed, alleged []*audit.Fact
		for _, m := range a.Missing {
			if m.Entity == nil || m.Entity.Fact(m.Field.Name) == nil {
				continue
			}
			switch fact := m.Entity.Fact(m.Field.Name); {
			case m.Disputed:
				disputed = append(disputed, fact)
			case m.Alleged:
				alleged = append(alleged, fact)
			}
		}
		if len(disputed) > 0 {
			list = append(list, Contrary{a, Disputes, disputed})
		}
		if len(alleged) > 0 {
			list = append(list, Contrary{a, OnlyAlleged, alleged})
		}
		var weighing []*audit.Fact
		for _, factor := range a.Against {
			for _, fact := range factor.Facts {
				if !slices.Contains(weighing, fact) {
					weighing = append(weighing, fact)
				}
			}
		}
		if len(weighing) > 0 {
			list = append(list, Contrary{a, Weighs, weighing})
		}
	}
	slices.SortStableFunc(list, func(a, b Contrary) int { return cmp.Compare(a.As, b.As) })
	return list
}

// rebuttals lists the statements that oppose the rule or its clauses, each once for
// every clause, with those that answer them.
func (res *Result) rebuttals(f *Finding) []Rebuttal {
	said := gatherStatements(res.Report)
	withdrawn := res.Report.Withdrawn()
	var list []Rebuttal
	add := func(a *Answer, clause string, statements []*audit.Statement) {
		for _, st := range statements {
			if st.Stance != "opposes" {
				continue
			}
			isAdmitted := said.admitted[admission(clauseKey(f.Rule.ID, clause), "", st.By)] || said.admitted[admission(clauseKey(f.Rule.ID, clause), f.Entity.ID, st.By)]
			list = append(list, Rebuttal{st, a, !withdrawn[st.ID] && !isAdmitted, repliesTo(res.Report, st)})
		}
	}
	add(nil, "", f.Statements)
	for _, a := range f.Answers() {
		add(a, a.Clause.ID, a.Statements)
	}
	slices.SortStableFunc(list, func(a, b Rebuttal) int { return cmp.Compare(a.rank(), b.rank()) })
	return list
}

// rank puts what stands without a reply before what was replied to, and last what
// no longer stands.
func (r Rebuttal) rank() int {
	switch {
	case !r.Stands:
		return 2
	case len(r.Replies) > 0:
		return 1
	default:
		return 0
	}
}

func repliesTo(r *audit.Report, to *audit.Statement) []*audit.Statement {
	var list []*audit.Statement
	for i := range r.Statements {
		if st := &r.Statements[i]; slices.Contains(st.Answers, to.ID) {
			list = append(list, st)
		}
	}
	return list
}
