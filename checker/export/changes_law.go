package export

import (
	"slices"

	"jobun/checker"
	"jobun/internal/day"
)

// sameBook reports whether both runs have one rulebook, with its laws.
func (x *comparison) sameBook() bool {
	return x.old.doc.Rulebook.SHA256 == x.new.doc.Rulebook.SHA256
}

// rule compares the rule by its digest, and where one is not at hand by what the
// exports show of it.
func (x *comparison) rule() {
	if x.sameBook() {
		return
	}
	old, now := x.old.ruleDigest(x.key.Rule), x.new.ruleDigest(x.key.Rule)
	clauses, shown := x.shownOfRule()
	switch {
	case old != "" && now != "" && old == now:
	case old != "" && now != "", shown:
		x.Causes.Rule = &RuleChange{old, now, clauses}
	default:
		x.untold(RulePart, noRulebook)
	}
}

func (r *Run) ruleDigest(id string) string {
	if r.result == nil {
		return ""
	}
	rule, ok := r.result.Rulebook.Rule(id)
	if !ok {
		return ""
	}
	return rule.Digest
}

// shownOfRule compares what two exports show of a rule.
func (x *comparison) shownOfRule() (clauses []string, differs bool) {
	if x.was == nil || x.is == nil {
		return nil, false
	}
	of := func(a jsonAnswer) []any {
		ask := jsonText{}
		if a.Ask != nil {
			ask = *a.Ask
		}
		return []any{a.Ja, a.En, a.Nature, a.Kind, a.When, ask}
	}
	for _, c := range x.Clauses {
		old, now := clauseNamed(x.was, c.Clause), clauseNamed(x.is, c.Clause)
		if old == nil || now == nil || !slices.Equal(of(*old), of(*now)) {
			clauses = append(clauses, c.Clause)
		}
	}
	o, n := x.was, x.is
	return clauses, len(clauses) > 0 || o.Title != n.Title || o.Regime != n.Regime || o.Status != n.Status || o.Anchor.Fact != n.Anchor.Fact || o.Anchor.Kind != n.Anchor.Kind
}

func clauseNamed(f *jsonFinding, id string) *jsonAnswer {
	for _, list := range [][]jsonAnswer{f.Elements, f.Exceptions} {
		for i := range list {
			if list[i].Clause == id {
				return &list[i]
			}
		}
	}
	return nil
}

// law compares the data of the law for the same days: that another day has another
// version is no change of the data.
func (x *comparison) law() {
	if x.sameBook() {
		return
	}
	if o, n := x.old.checked[x.key], x.new.checked[x.key]; o != nil && n != nil {
		var old, now []Words
		for _, span := range []day.Span{o.Anchor.Span, n.Anchor.Span} {
			old, now = append(old, lawLines(o, span)...), append(now, lawLines(n, span)...)
		}
		x.lawLines(old, now)
		return
	}
	old, now := x.seenLines()
	isSameDay := x.was.Anchor == x.is.Anchor
	isSameFile := slices.EqualFunc(x.was.Provisions, x.is.Provisions, func(p, q jsonPlace) bool { return p.Law == q.Law && p.LawSHA == q.LawSHA })
	switch {
	case isSameDay && !slices.Equal(old, now):
		x.lawLines(old, now)
	case !isSameFile || !isSameDay && !slices.Equal(old, now):
		x.untold(LawPart, noRulebook)
	}
}

func (x *comparison) seenLines() (old, now []Words) {
	return x.Old.Provisions, x.New.Provisions
}

// lawLines keeps the lines that only one side has.
func (x *comparison) lawLines(old, now []Words) {
	change := LawChange{Old: onlyIn(old, now), New: onlyIn(now, old)}
	if len(change.Old)+len(change.New) > 0 {
		x.Causes.Law = &change
	}
}

// onlyIn lists what only one of two lists has, each once.
func onlyIn[T comparable](list, other []T) []T {
	seen := make(map[T]bool, len(other))
	for _, v := range other {
		seen[v] = true
	}
	only := []T{}
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			only = append(only, v)
		}
	}
	return only
}

// lawLines is what the rule and the file of its law say for some days: what
// decisions are pinned to.
func lawLines(f *checker.Finding, span day.Span) []Words {
	ja, en := Style{Lang: "ja", ISO: true}, Style{Lang: "en", ISO: true}
	var lines []Words
	for i := range f.Rule.Places {
		p := &f.Rule.Places[i]
		if !span.IsZero() && !span.Overlaps(p.From.Date, p.Until.Date) {
			continue
		}
		w := Words{ja.Citation(f.Law, p), en.Citation(f.Law, p)}
		w.Ja += "（" + p.From.String() + "〜" + p.Until.String() + "）"
		w.En += " (from " + orDash(p.From.String()) + " until " + orDash(p.Until.String()) + ")"
		if p.Penalty != nil {
			w.Ja += "　罰条: " + p.Penalty.Law + " " + p.Penalty.Cite + " " + p.Penalty.Ja
			w.En += "  penalty: " + p.Penalty.Law + " " + p.Penalty.Cite + " " + p.Penalty.En
		}
		lines = append(lines, w)
	}
	for _, v := range f.Law.VersionsOn(span) {
		lines = append(lines, Words{
			"版（" + v.From.String() + "〜" + v.Until.String() + "） " + v.By.Ja,
			"version (from " + orDash(v.From.String()) + " until " + orDash(v.Until.String()) + ") " + v.By.En,
		})
	}
	return lines
}

// texts compares the texts of the provisions that both runs had from the law store.
// A text that only one had was got, not changed.
func (x *comparison) texts() {
	old := x.was.texts()
	for _, p := range x.is.Provisions {
		for _, t := range p.Texts {
			if was, ok := old[textOf(p, t)]; ok && was != "" && t.SHA256 != "" && was != t.SHA256 {
				x.Causes.Texts = append(x.Causes.Texts, TextChange{t.Place, t.From, was, t.SHA256})
			}
		}
	}
}

func (f *jsonFinding) texts() map[[4]string]string {
	list := map[[4]string]string{}
	for _, p := range f.Provisions {
		for _, t := range p.Texts {
			list[textOf(p, t)] = t.SHA256
		}
	}
	return list
}

// textOf names the text of a place in one version.
func textOf(p jsonPlace, t jsonProvision) [4]string {
	return [4]string{p.Law, t.Place, t.From, t.Until}
}
