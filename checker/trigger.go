package checker

import (
	"fmt"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// Trigger explains why a rule is asked of an entity of the result, or is not: what
// its trigger read. It is nil for a rule without a trigger, which is asked of every
// entity of its kind. Errors are a condition that would take too long.
func (res *Result) Trigger(rule *Rule, entity *audit.Entity) (*Why, error) {
	if rule.compiled.when == nil {
		return nil, nil
	}
	run := newRun(res.Rulebook, res.Facts, nil)
	for _, f := range res.Findings {
		run.findings[f.Rule.ID] = append(run.findings[f.Rule.ID], f)
	}
	for _, r := range res.Rulebook.Rules {
		run.declined[r.ID] = len(res.Facts.Examined(r.compiled.kind.Name, day.Span{})) > 0 || r.compiled.kind.Singleton
	}
	for _, n := range res.NotAsked {
		run.declined[n.Rule.ID] = false
	}
	why, err := rule.compiled.when.evaluate(env{run: run, self: entity, span: run.anchorSpan(rule, entity)})
	if err != nil {
		return nil, fmt.Errorf("ask whether %s concerns %s: %w", rule.ID, entity.ID, err)
	}
	return why, nil
}
