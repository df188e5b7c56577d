package checker

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// digestRules gives every rule the digest that decisions on its findings are
// pinned to: of its own file and of the behaviours that its conditions read, and
// those that these read. A rule whose file was touched, or whose behaviour was,
// asks something else than the person answered.
func (l *loader) digestRules() {
	for _, r := range l.book.Rules {
		sum := sha256.New()
		sum.Write(l.sums[r.ID+".toml"])
		for _, b := range r.behavioursRead() {
			fmt.Fprintf(sum, "%s %x\n", b.ID, l.sums["behaviours/"+b.ID+".toml"])
		}
		r.Digest = hex.EncodeToString(sum.Sum(nil))
	}
}

// behavioursRead lists the behaviours that a rule rests on, each once, by id.
func (r *Rule) behavioursRead() []*Behaviour {
	seen := map[*Behaviour]bool{}
	var list []*Behaviour
	var visit func(n *node)
	visit = func(n *node) {
		if n.behaviour == nil || seen[n.behaviour] {
			return
		}
		seen[n.behaviour] = true
		list = append(list, n.behaviour)
		n.behaviour.cond.root.walk(visit)
	}
	if r.compiled.when != nil {
		r.compiled.when.root.walk(visit)
	}
	for _, c := range r.Clauses() {
		if c.cond != nil {
			c.cond.root.walk(visit)
		}
		for _, n := range slices.Concat(c.forFacts, c.againstFacts) {
			n.walk(visit)
		}
	}
	slices.SortFunc(list, func(a, b *Behaviour) int { return strings.Compare(a.ID, b.ID) })
	return list
}
