package checker

import (
	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/day"
)

// anchorSpan gives the anchor's days without choosing a version.
func (run *run) anchorSpan(rule *Rule, entity *audit.Entity) day.Span {
	if f := run.anchorFact(rule, entity); f != nil && !f.Disputed {
		return f.Value.Date
	}
	return day.Span{}
}

func (run *run) anchorFact(rule *Rule, entity *audit.Entity) *audit.Fact {
	return env{run: run, self: entity}.entity(rule.compiled.at).Fact(rule.compiled.at.field.Name)
}

// anchor picks the provision of the day (DESIGN 3.7).
func (run *run) anchor(rule *Rule, entity *audit.Entity) Anchor {
	a := Anchor{Fact: rule.At, Stated: run.anchorFact(rule, entity), Span: run.anchorSpan(rule, entity)}
	for i := range rule.Places {
		p := &rule.Places[i]
		if a.Span.IsZero() || a.Span.Overlaps(p.From.Date, p.Until.Date) {
			a.Places = append(a.Places, p)
		}
	}
	return a
}

// version says what the anchor makes of a finding before its elements matter:
// "" if the provision of the day is known.
func (a Anchor) version(rule *Rule) Assessment {
	switch {
	case rule.dateless():
		return ""
	case len(a.Places) == 0:
		return NotInForce
	case a.Span.IsZero():
		return Unanchored
	case rule.AtKind == "continuing":
		return ""
	case len(a.Places) > 1, !a.Places[0].covers(a.Span):
		return Unanchored
	default:
		return ""
	}
}

// dateless reports whether nothing turns on the day: an instrument whose dates
// nobody has stated.
func (r *Rule) dateless() bool {
	return len(r.Places) == 1 && r.Places[0].From.IsZero() && r.Places[0].Until.IsZero()
}

func (p *RulePlace) covers(s day.Span) bool {
	return (p.From.IsZero() || !s.From.Before(p.From.Date)) && (p.Until.IsZero() || s.To.Before(p.Until.Date))
}

// Place gives the parsed place and those cited with it.
func (p *RulePlace) Place() (main law.Place, with []law.Place) { return p.place, p.with }
