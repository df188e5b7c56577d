package checker

import (
	"cmp"
	"slices"

	"jobun/checker/audit"
)

// maxAims bounds how many ways to give a condition a value are kept at each node, and
// maxAimSteps how long is spent on proposals.
const (
	maxAims     = 8
	maxAimSteps = 1_000_000
)

// aim proposes sets with which a condition comes out as wanted on records alone.
// The evaluation tries them; what is proposed in vain costs nothing but time.
func (r *reader) aim(n *node, e env, want Tri) [][]int {
	if r.present.steps > maxAimSteps {
		r.bound(BoundUnits)
		return nil
	}
	if now := e.node(n); now.Value == want && now.Strict == want {
		return [][]int{nil}
	}
	switch n.op {
	case opLiteral:
		return nil
	case opNot:
		return r.aim(n.kids[0], e, want.not())
	case opFact:
		if n.behaviour != nil {
			return r.aim(n.behaviour.cond.root, env{run: e.run, self: e.entity(n), span: e.span}, want)
		}
		return r.aimAt(n, e.entity(n), audit.Value{Type: audit.Bool, Bool: want == True}, "", want)
	case opAnd, opOr:
		return r.aimAll(n, e, want)
	case opAny:
		return r.aimList(n, e, want)
	case opNone:
		return r.aimList(n, e, want.not())
	case opFinding:
		return r.fewest(r.found[n.rule][want])
	default:
		return r.aimComparison(n, e, want)
	}
}

func (r *reader) aimAt(n *node, entity *audit.Entity, v audit.Value, condition string, want Tri) [][]int {
	if i, ok := r.value(n, entity, v, condition, want == True); ok {
		return [][]int{{i}}
	}
	return nil
}

func (r *reader) aimAll(n *node, e env, want Tri) [][]int {
	if needsAll := n.op == opAnd == (want == True); !needsAll {
		var ways [][]int
		for _, kid := range n.kids {
			ways = append(ways, r.aim(kid, e, want)...)
		}
		return r.fewest(ways)
	}
	ways := [][]int{nil}
	for _, kid := range n.kids {
		ways = r.cross(ways, r.aim(kid, e, want))
	}
	return ways
}

// aimList wants one member of which the predicate is true, or none and no more.
func (r *reader) aimList(n *node, e env, want Tri) [][]int {
	members := r.res.Facts.Of(n.kind.Name)
	members = members[:min(len(members), maxFlipMembers)]
	looked := [][]int{nil}
	if completeness(r.res.Facts.Examined(n.kind.Name, e.span), true) != False {
		looked = [][]int{{r.examined(n.kind)}}
	}
	var ways [][]int
	all := looked
	for _, m := range members {
		inner := e
		inner.member = m
		if want == False {
			all = r.cross(all, r.aim(n.kids[0], inner, False))
			continue
		}
		ways = append(ways, r.aim(n.kids[0], inner, True)...)
	}
	if want == False {
		return all
	}
	if i, ok := r.member(n, e); ok {
		ways = append(ways, []int{i})
	}
	return r.fewest(ways)
}

func (r *reader) aimComparison(n *node, e env, want Tri) [][]int {
	var ways [][]int
	for i, kid := range n.kids {
		if kid.op != opFact || kid.typ == audit.Bool {
			continue
		}
		entity := e.entity(kid)
		other := e.operand(n.kids[1-i])
		for _, v := range valuesBeside(n, i, other, entity.Fact(kid.field.Name)) {
			if holds(n, i, v, other) != want {
				continue
			}
			way := r.aimAt(kid, entity, v, n.text, want)
			if far := n.kids[1-i]; !other.known && far.op == opFact {
				way = r.cross(way, r.aimAt(far, e.entity(far), unknownSide(far.typ), n.text, want))
			}
			if kid.typ == audit.List && want == False && r.isOpen(kid, entity, e) {
				way = r.cross(way, [][]int{{r.examined(kid.kind)}})
			}
			ways = append(ways, way...)
		}
		if side := e.operand(kid); kid.typ == audit.List && want == False && other.known && side.known && !side.alleged && r.isOpen(kid, entity, e) && !slices.Contains(side.value.List, other.value.Text) {
			ways = append(ways, []int{r.examined(kid.kind)})
		}
	}
	return r.fewest(ways)
}

// isOpen reports whether a list fact may be longer, on records, than it is stated.
func (r *reader) isOpen(n *node, entity *audit.Entity, e env) bool {
	open, onlyAllegedlyClosed := e.openList(n.kind, supposedFact(r.res.Facts, entity, n.field, audit.Value{Type: audit.List}))
	return open || onlyAllegedlyClosed
}

// cross joins each way with each other one that does not clash with it.
func (r *reader) cross(a, b [][]int) [][]int {
	var ways [][]int
	for _, x := range a {
		for _, y := range b {
			both, ok := r.union(x, y)
			if ok && len(both) <= MaxFlip {
				ways = append(ways, both)
			} else if ok {
				r.bound(BoundSize)
			}
		}
	}
	return r.fewest(ways)
}

// fewest keeps the smallest ways, in the order in which they were found.
func (r *reader) fewest(ways [][]int) [][]int {
	slices.SortStableFunc(ways, func(a, b []int) int { return cmp.Compare(len(a), len(b)) })
	var kept [][]int
	for _, way := range ways {
		if !slices.ContainsFunc(kept, func(k []int) bool { return contains(way, k) }) {
			kept = append(kept, way)
		}
	}
	return kept[:min(len(kept), maxAims)]
}
