package tui

import (
	"jobun/checker"
	"jobun/checker/review"
)

// adopt takes a review as it now stands. If people's answers made another result of it,
// every finding on the screen becomes the same finding of that result: the reader, the
// filter and the rows stay where they are.
func (m *model) adopt(r *review.Review) {
	m.review = r
	m.countJournal()
	if r.Result == m.result {
		m.forgetDecisions()
		return
	}
	m.widest = nil
	m.result = r.Result
	m.indexFindings()
	now := m.byKey
	if m.rehashed != nil {
		m.result.Exhibits = m.rehashed
	}
	if m.index.of != m.result {
		m.index.renew(m.result)
	}
	kept := m.filter.findings
	m.filter.findings = nil
	for _, f := range kept {
		if g := now[review.KeyOf(f)]; g != nil {
			m.filter.findings = append(m.filter.findings, g)
		}
	}
	m.stack = renewed(m.stack, now)
	for s, p := range m.left {
		if stack := renewed([]place{p}, now); len(stack) == 1 {
			m.left[s] = stack[0]
		}
	}
	if m.dialog != nil {
		m.dialog.renew(now)
	}
	m.forget()
}

// renewed puts the findings and clauses of now in the place of those of before. A place
// whose finding is gone, and what was opened from it, is left.
func renewed(stack []place, now map[review.Key]*checker.Finding) []place {
	var out []place
	for _, p := range stack {
		if p.finding != nil {
			f := now[review.KeyOf(p.finding)]
			if f == nil {
				break
			}
			p.finding = f
			if p.clause != nil {
				p.clause, _ = f.Answer(p.clause.Clause.ID)
			}
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		out = []place{{spot: spot{screen: findingsScreen}}}
	}
	return out
}

// renew puts the findings of now into a dialog.
func (d *dialog) renew(now map[review.Key]*checker.Finding) {
	for i, f := range d.on {
		if g := now[review.KeyOf(f)]; g != nil {
			d.on[i] = g
		}
	}
	if d.clauses != nil {
		d.clauses = d.on[0].Answers()
	}
}
