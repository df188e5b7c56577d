package checker

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jobun/internal/source"
)

// order puts each rule after those whose findings it reads, and refuses circles
// among rules and among behaviours.
func (l *loader) order() {
	l.behaviourCircles()
	l.sort()
	state := map[string]int{}
	var visit func(r *Rule) bool
	visit = func(r *Rule) bool {
		const open, done = 1, 2
		switch state[r.ID] {
		case done:
			return true
		case open:
			return false
		}
		state[r.ID] = open
		for _, use := range r.findingsRead() {
			other, ok := l.book.byID[use.rule]
			tree := l.book.tree(r)
			if !ok {
				l.problem(tree, use.at, CodeCircle, fmt.Sprintf("there is no rule %q", use.rule), source.DidYouMean(use.rule, l.book.RuleIDs()))
				continue
			}
			if !visit(other) {
				l.problem(tree, use.at, CodeCircle, fmt.Sprintf("%s and %s rest on one another", r.ID, use.rule), "")
			}
		}
		state[r.ID] = done
		l.book.ordered = append(l.book.ordered, r)
		return true
	}
	for _, r := range l.book.Rules {
		visit(r)
	}
}

// sort lists the rules as the rulebook orders them, by rule or by folder, and
// then by name.
func (l *loader) sort() {
	rank := func(r *Rule) int {
		folder, _, _ := strings.Cut(r.ID, "/")
		if i := slices.Index(l.folders, r.ID); i >= 0 {
			return i
		}
		if i := slices.Index(l.folders, folder); i >= 0 {
			return i
		}
		return len(l.folders)
	}
	slices.SortFunc(l.book.Rules, func(a, b *Rule) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.ID, b.ID))
	})
}

// findingUse is one finding("…") of a rule, and where it stands.
type findingUse struct{ rule, at string }

func (r *Rule) findingsRead() []findingUse {
	var uses []findingUse
	collect := func(c *Cond, at string) {
		if c == nil {
			return
		}
		c.root.walk(func(n *node) {
			if n.op == opFinding {
				uses = append(uses, findingUse{n.rule, at})
			}
		})
	}
	collect(r.compiled.when, "when")
	for _, c := range r.Clauses() {
		collect(c.cond, source.Join(c.Path, "when"))
	}
	return uses
}

// maxBehaviourDepth bounds how far behaviours may rest on one another: an
// explanation of one is as deep.
const maxBehaviourDepth = 100

// behaviourCircles refuses behaviours that rest on one another, and behaviours
// that read findings: they are about facts alone.
func (l *loader) behaviourCircles() {
	state := map[*Behaviour]int{}
	depth := map[*Behaviour]int{} // of those that are done: how many rest on one another below
	var visit func(b *Behaviour) bool
	visit = func(b *Behaviour) bool {
		const open, done = 1, 2
		if state[b] != 0 {
			return state[b] == done
		}
		state[b] = open
		b.cond.root.walk(func(n *node) {
			tree := l.book.behaviourTree(b)
			if n.op == opFinding {
				l.problem(tree, "when", CodeCircle, "a behaviour does not read findings", "")
			}
			if n.behaviour != nil && !visit(n.behaviour) {
				l.problem(tree, "when", CodeCircle, fmt.Sprintf("%s and %s rest on one another", b.Fact, n.behaviour.Fact), "")
			}
			if n.behaviour != nil {
				depth[b] = max(depth[b], depth[n.behaviour]+1)
			}
		})
		if depth[b] == maxBehaviourDepth {
			l.problem(l.book.behaviourTree(b), "when", CodeCircle, fmt.Sprintf("behaviours rest on one another more than %d deep", maxBehaviourDepth), "")
		}
		state[b] = done
		return true
	}
	for _, b := range l.book.Behaviours {
		visit(b)
	}
}
