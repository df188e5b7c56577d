package tui

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/review"
)

// order is how the list of findings is sorted. As with the filter, what is decided later
// moves no row until the list is sorted or filtered again.
type order uint8

const (
	byRule      order = iota // as the rulebook has them
	undecided                // undecided findings first
	leastWanted              // by how many elements want support, the fewest first
	byDay                    // by the day of the act, those without one last
)

func orders() []order { return []order{byRule, undecided, leastWanted, byDay} }

func (m *model) orderWord(o order) string {
	s := m.style
	switch o {
	case undecided:
		return s.Say("未検討を先に", "undecided first")
	case leastWanted:
		return s.Say("裏付けのない要件の少ない順", "fewest elements without support first")
	case byDay:
		return s.Say("行為の日の順", "by the day of the act")
	default:
		return s.Say("規則集の順", "as the rulebook has them")
	}
}

// sort sorts findings in place; those that come to the same stay in the rulebook's order.
func (m *model) sort(list []*checker.Finding, o order) {
	slices.SortStableFunc(list, func(a, b *checker.Finding) int {
		switch o {
		case undecided:
			return cmp.Compare(m.decisionRank(a), m.decisionRank(b))
		case leastWanted:
			return cmp.Compare(unsupported(a), unsupported(b))
		case byDay:
			if isDated, other := !a.Anchor.Span.IsZero(), !b.Anchor.Span.IsZero(); isDated != other || !isDated {
				return cmp.Compare(rank(!isDated), rank(!other))
			}
			return cmp.Or(a.Anchor.Span.From.Compare(b.Anchor.Span.From), a.Anchor.Span.To.Compare(b.Anchor.Span.To))
		default:
			return 0
		}
	})
}

func (m *model) decisionRank(f *checker.Finding) int {
	return rank(m.review != nil && m.review.Of(f).Status() != review.Undecided)
}

// rank puts what is true after what is not.
func rank(isLast bool) int {
	if isLast {
		return 1
	}
	return 0
}

// unsupported counts the elements of a finding that no record supports.
func unsupported(f *checker.Finding) int {
	n := 0
	for _, a := range f.Elements {
		if a.Code != checker.Supported {
			n++
		}
	}
	return n
}

// askOrder lists the ways to sort the findings.
func (m *model) askOrder() {
	var choices []choice
	for _, o := range orders() {
		with := m.filter
		with.order = o
		choices = append(choices, choice{m.sign(m.filter.order == o), m.orderWord(o), func(m *model) tea.Cmd { return m.setFilter(with) }})
	}
	m.picker = newPicker(m.style.Say("指摘の並び", "Sort findings"), choices)
}
