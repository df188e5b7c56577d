package checker

import (
	"jobun/checker/audit"
)

// triggerIndex sorts the entities of a kind by one bool fact: those of which it
// is false cannot meet a trigger that needs it.
type triggerIndex struct {
	candidates []*audit.Entity // true, disputed, not stated, or false on an allegation alone
	declined   int             // false
}

// candidates gives the entities that a rule's trigger may hold for, and how many
// others there are. Of the facts that the trigger needs, the one that leaves
// fewest is read.
func (run *run) candidates(rule *Rule, entities []*audit.Entity) ([]*audit.Entity, int) {
	best := &triggerIndex{candidates: entities}
	for _, field := range rule.compiled.needs {
		if index := run.indexOf(rule.compiled.kind.Name, field, entities); len(index.candidates) < len(best.candidates) {
			best = index
		}
	}
	return best.candidates, best.declined
}

func (run *run) indexOf(kind, field string, entities []*audit.Entity) *triggerIndex {
	key := kind + "." + field
	if index, ok := run.index[key]; ok {
		return index
	}
	index := &triggerIndex{}
	for _, e := range entities {
		if f := e.Fact(field); f != nil && !f.Disputed && !f.Value.Bool && f.Basis != audit.Alleged {
			index.declined++
			continue
		}
		index.candidates = append(index.candidates, e)
	}
	run.index[key] = index
	return index
}

// needs lists the bool facts of the asked entity without which a trigger cannot
// be true: those that stand alone, or between && at the top.
func needs(trigger *Cond) []string {
	if trigger == nil {
		return nil
	}
	operands := []*node{trigger.root}
	if trigger.root.op == opAnd {
		operands = trigger.root.kids
	}
	var fields []string
	for _, n := range operands {
		if n.op == opFact && n.scope == ofSelf && n.behaviour == nil {
			fields = append(fields, n.field.Name)
		}
	}
	return fields
}
