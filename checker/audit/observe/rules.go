package observe

import (
	"fmt"
	"strings"
	"time"

	"jobun/checker/audit"
)

// The Security log (4946, 4947, 4948) names no program that made, changed or deleted a
// firewall rule; the firewall's own log (2004, 2005, 2006) does, of the same act.

// ruleKey is one kind of act on one rule of one machine.
type ruleKey struct{ computer, rule, action string }

func (s *seen) ruleKey() ruleKey {
	return ruleKey{strings.ToLower(s.computer), strings.ToLower(s.rule), s.action}
}

// mostApart is how far the two records of one act may be from each other.
const mostApart = time.Minute

// rulesByProgram attributes what the Security log says of a rule as the firewall's own
// log attributes it: where that has the same act, by the rule's id and on the same
// machine, within a minute, and every program that it names for it is the subject's.
func (b *builder) rulesByProgram() {
	named := map[ruleKey][]*seen{}
	each := func(visit func(s *seen)) {
		for _, r := range b.readings {
			for i := range r.seen {
				if s := &r.seen[i]; s.rule != "" && !s.at.IsZero() && !s.local {
					visit(s)
				}
			}
		}
	}
	each(func(s *seen) {
		if s.program {
			named[s.ruleKey()] = append(named[s.ruleKey()], s)
		}
	})
	each(func(s *seen) {
		if s.program || s.attribution != nil {
			return
		}
		s.attribution = sameAct(s, named[s.ruleKey()])
		s.own = s.own || s.attribution != nil
	})
}

// sameAct is the attribution of the records of one act, if all have the subject's.
func sameAct(s *seen, named []*seen) *audit.Attribution {
	var nearest *seen
	for _, n := range named {
		if n.at.Sub(s.at).Abs() > mostApart {
			continue
		}
		if n.attribution == nil || n.attribution.To != "subject" {
			return nil
		}
		if nearest == nil || n.at.Sub(s.at).Abs() < nearest.at.Sub(s.at).Abs() {
			nearest = n
		}
	}
	if nearest == nil {
		return nil
	}
	return &audit.Attribution{To: "subject", Basis: nearest.attribution.Basis,
		Note: cut(fmt.Sprintf("%s, of the same rule (%s), names the program: %s", nearest.locator, nearest.rule, nearest.attribution.Note), 400)}
}
