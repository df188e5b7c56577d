package export

import (
	"encoding/json"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/review"
	"jobun/internal/day"
)

// CausePart is a part of what a finding rests on.
type CausePart string

// The parts.
const (
	RulePart      CausePart = "rule"
	LawPart       CausePart = "law"
	TextPart      CausePart = "text"
	EvidencePart  CausePart = "evidence"
	TriggerPart   CausePart = "trigger" // the facts by which a rule is asked or not
	StatementPart CausePart = "statement"
	PersonPart    CausePart = "person"
	ReadPart      CausePart = "finding" // the findings that it reads
	AnyPart       CausePart = "any"
)

// Causes is everything that a finding rests on and that is not the same in both
// runs. Nothing in it is inferred: each is two inputs that were compared.
type Causes struct {
	Rule       *RuleChange       `json:"rule,omitempty"`
	Law        *LawChange        `json:"law,omitempty"`
	Texts      []TextChange      `json:"text,omitempty"`
	Entity     string            `json:"entity,omitempty"` // added or removed: that the rule is asked of
	Facts      []FactChange      `json:"facts,omitempty"`
	Lists      []ListChange      `json:"lists,omitempty"`
	Exhibits   []ExhibitChange   `json:"exhibits,omitempty"`
	Statements []StatementChange `json:"statements,omitempty"`
	Answers    []PersonChange    `json:"answers,omitempty"`
	Decision   *DecisionChange   `json:"decision,omitempty"`
	Findings   []ReadChange      `json:"findings,omitempty"`
}

// Parts lists which parts differ.
func (c *Causes) Parts() []CausePart {
	var parts []CausePart
	for _, p := range []struct {
		part CausePart
		is   bool
	}{
		{RulePart, c.Rule != nil},
		{LawPart, c.Law != nil},
		{TextPart, len(c.Texts) > 0},
		{EvidencePart, c.Entity != "" || len(c.Facts) > 0 || len(c.Lists) > 0 || len(c.Exhibits) > 0},
		{StatementPart, len(c.Statements) > 0},
		{PersonPart, len(c.Answers) > 0 || c.Decision != nil},
		{ReadPart, len(c.Findings) > 0},
	} {
		if p.is {
			parts = append(parts, p.part)
		}
	}
	return parts
}

// None reports whether everything that was compared is the same.
func (c *Causes) None() bool { return len(c.Parts()) == 0 }

// RuleChange is a rule that is not the same.
type RuleChange struct {
	Old string `json:"old_sha256,omitempty"` // of the rule and the behaviours that it reads; "": not at hand
	New string `json:"new_sha256,omitempty"`
	// Clauses are those whose own condition, words or question differ.
	Clauses []string `json:"clauses,omitempty"`
}

// LawChange is data of a law for one day that are not the same: provisions, days in
// force, penalties, versions. Only the lines that differ are listed.
type LawChange struct {
	Old []Words `json:"old"`
	New []Words `json:"new"`
}

// TextChange is the text of a provision that is not the same.
type TextChange struct {
	Place string `json:"place"`
	From  string `json:"from,omitempty"`
	Old   string `json:"old_sha256"`
	New   string `json:"new_sha256"`
}

// FactChange is a fact that one run states and the other does not, or otherwise.
type FactChange struct {
	Entity string    `json:"entity"`
	Label  string    `json:"label"`
	Fact   string    `json:"fact"`          // account.hidden
	Old    *FactSeen `json:"old,omitempty"` // nil: not stated
	New    *FactSeen `json:"new,omitempty"` // nil: not stated
	// OldNames and NewNames are the parties whose ids the value is, as printed.
	OldNames string   `json:"old_names,omitempty"`
	NewNames string   `json:"new_names,omitempty"`
	Clauses  []string `json:"clauses,omitempty"` // whose answers read it
	Day      bool     `json:"is_the_day,omitempty"`
	Trigger  bool     `json:"of_the_trigger,omitempty"`
	// OriginsOnly says that the value and its basis are the same: only the records
	// differ, or what they say beside it, such as their time.
	OriginsOnly bool `json:"origins_only,omitempty"`
	isChange    bool
}

// ListChange is a list that is not the same, or was not looked for in the same places.
type ListChange struct {
	Kind        string         `json:"kind"`
	Added       []string       `json:"added,omitempty"`
	Removed     []string       `json:"removed,omitempty"`
	OldExamined []ExaminedSeen `json:"old_examined,omitempty"` // only where they differ
	NewExamined []ExaminedSeen `json:"new_examined,omitempty"`
	Clauses     []string       `json:"clauses,omitempty"`
	Trigger     bool           `json:"of_the_trigger,omitempty"`
}

// ExhibitChange is an exhibit behind the facts that is not the same.
type ExhibitChange struct {
	ID  string       `json:"id"`
	Old *ExhibitSeen `json:"old,omitempty"`
	New *ExhibitSeen `json:"new,omitempty"`
}

// StatementChange is a statement on the finding that is not the same.
type StatementChange struct {
	ID         string         `json:"id"`
	Old        *StatementSeen `json:"old,omitempty"`
	New        *StatementSeen `json:"new,omitempty"`
	OldClauses []string       `json:"old_clauses,omitempty"` // that it speaks to; "" is the rule as a whole
	NewClauses []string       `json:"new_clauses,omitempty"`
}

// PersonChange is a person's answer that is not the same.
type PersonChange struct {
	Clause string      `json:"clause"`
	Old    *PersonSeen `json:"old,omitempty"`
	New    *PersonSeen `json:"new,omitempty"`
	// OldStale and NewStale are why an answer that is in the journal does not count.
	OldStale []review.Cause `json:"old_does_not_count_because,omitempty"`
	NewStale []review.Cause `json:"new_does_not_count_because,omitempty"`
}

// DecisionChange is a decision that is not the same.
type DecisionChange struct {
	Old DecisionSeen `json:"old"`
	New DecisionSeen `json:"new"`
}

// ReadChange is a finding that this one reads and that came to something else.
type ReadChange struct {
	Rule    string   `json:"rule"`
	Entity  string   `json:"entity,omitempty"` // "": of the rule as a whole
	Old     string   `json:"old,omitempty"`    // its pre-assessment; "": there is none
	New     string   `json:"new,omitempty"`
	Clauses []string `json:"clauses,omitempty"`
	Trigger bool     `json:"of_the_trigger,omitempty"`
}

// comparison is one finding being compared.
type comparison struct {
	*FindingChange
	*twoRuns
	was, is *jsonFinding
	key     review.Key
}

// findCauses compares all that the finding rests on.
func (c *FindingChange) findCauses(runs *twoRuns) error {
	key := review.Key{Rule: c.Rule, Entity: c.Entity}
	x := &comparison{c, runs, runs.old.findings[key], runs.new.findings[key], key}
	x.rule()
	isOnBoth := x.was != nil && x.is != nil
	if isOnBoth {
		x.law()
		x.texts()
		x.statements()
		x.persons()
	}
	read, err := x.reads(isOnBoth)
	if err != nil {
		return err
	}
	x.evidence(read)
	return nil
}

func (x *comparison) untold(part CausePart, reason string) {
	x.Untold = append(x.Untold, Untold{part, reason})
}

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

// statements compares what is said of the finding, with the withdrawals of it.
func (x *comparison) statements() {
	old, now := x.old.saidOf(x.was), x.new.saidOf(x.is)
	var ids []string
	for _, r := range []*Run{x.new, x.old} {
		for _, s := range r.doc.Statements {
			if (old[s.ID] != nil || now[s.ID] != nil) && !slices.Contains(ids, s.ID) {
				ids = append(ids, s.ID)
			}
		}
	}
	for _, id := range ids {
		c := StatementChange{ID: id, Old: x.old.statement(id, old), New: x.new.statement(id, now), OldClauses: old[id], NewClauses: now[id]}
		if isSameStatement(c.Old, c.New) && slices.Equal(c.OldClauses, c.NewClauses) {
			continue
		}
		x.Causes.Statements = append(x.Causes.Statements, c)
	}
}

// saidOf lists the statements on a finding with the clauses that they speak to, and
// those that withdraw one of them.
func (r *Run) saidOf(f *jsonFinding) map[string][]string {
	said := map[string][]string{}
	for _, id := range f.Statements {
		said[id] = append(said[id], "")
	}
	for _, a := range slices.Concat(f.Elements, f.Exceptions) {
		for _, id := range a.Statements {
			said[id] = append(said[id], a.Clause)
		}
	}
	for _, s := range r.doc.Statements {
		if s.Withdraws != "" && said[s.Withdraws] != nil && said[s.ID] == nil {
			said[s.ID] = []string{}
		}
	}
	return said
}

func (r *Run) statement(id string, said map[string][]string) *StatementSeen {
	if said[id] == nil {
		return nil
	}
	for i := range r.doc.Statements {
		if r.doc.Statements[i].ID == id {
			return &r.doc.Statements[i]
		}
	}
	return nil
}

// isSameStatement leaves out what else a statement speaks to.
func isSameStatement(a, b *StatementSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	s, t := *a, *b
	s.On, t.On = nil, nil
	return sameJSON(s, t)
}

func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// persons compares what people answered and decided.
func (x *comparison) persons() {
	for _, c := range x.Clauses {
		if c.Old == nil || c.New == nil {
			continue
		}
		p := PersonChange{Clause: c.Clause, Old: c.Old.Person, New: c.New.Person, OldStale: x.old.stale(x.key, c.Clause), NewStale: x.new.stale(x.key, c.Clause)}
		if !sameJSON(p.Old, p.New) || !slices.Equal(p.OldStale, p.NewStale) {
			x.Causes.Answers = append(x.Causes.Answers, p)
		}
	}
	old, now := x.Old.Decision, x.New.Decision
	switch {
	case old == nil && now == nil:
	case old == nil || now == nil:
		decided := old
		if decided == nil {
			decided = now
		}
		if decided.Status != review.Undecided {
			x.untold(PersonPart, noJournal)
		}
	case !sameJSON(old, now):
		x.Causes.Decision = &DecisionChange{*old, *now}
	}
}

func (r *Run) stale(key review.Key, clause string) []review.Cause {
	if r.review == nil {
		return nil
	}
	return r.review.Of(r.checked[key]).StaleAnswers[clause]
}

// evidence compares the facts, lists and findings that were read, and the exhibits
// behind them.
func (x *comparison) evidence(read *reads) {
	switch old, now := x.old.entities[x.key.Entity], x.new.entities[x.key.Entity]; {
	case old == nil && now != nil:
		x.Causes.Entity = "added"
	case old != nil && now == nil:
		x.Causes.Entity = "removed"
	}
	exhibits := map[string]bool{}
	for _, ref := range read.facts.names {
		x.fact(ref, read.facts.by[ref], exhibits)
	}
	for _, kind := range read.lists.names {
		x.list(kind, read.lists.by[kind])
	}
	for _, kind := range read.completeness.names {
		x.completeness(kind, read.completeness.by[kind])
	}
	for _, rule := range read.findings.names {
		x.findings(rule, read.findings.by[rule])
	}
	x.exhibits(exhibits)
}

func (x *comparison) fact(ref string, by reader, exhibits map[string]bool) {
	c := x.factChange(ref)
	for _, f := range []*FactSeen{c.Old, c.New} {
		if f == nil {
			continue
		}
		for _, o := range f.Origins {
			exhibits[o.Exhibit] = true
		}
	}
	if c.isChange {
		c.Clauses, c.Day, c.Trigger = by.clauses, by.day, by.trigger
		x.Causes.Facts = append(x.Causes.Facts, c)
	}
}

// factChange compares one fact.
func (runs *twoRuns) factChange(ref string) FactChange {
	if c, ok := runs.facts[ref]; ok {
		return c
	}
	entity, field := cutRef(ref)
	kind, _, _ := strings.Cut(entity, ":")
	c := FactChange{Entity: entity, Fact: kind + "." + field, Old: runs.old.fact(entity, field), New: runs.new.fact(entity, field)}
	if c.Label = runs.new.label(entity); c.Label == "" {
		c.Label = runs.old.label(entity)
	}
	if c.isChange = !isSameFact(c.Old, c.New); c.isChange {
		c.OriginsOnly = isSameValue(c.Old, c.New)
		c.OldNames, c.NewNames = runs.old.names(c.Old), runs.new.names(c.New)
	}
	runs.facts[ref] = c
	return c
}

func (r *Run) fact(entity, field string) *FactSeen {
	e := r.entities[entity]
	if e == nil {
		return nil
	}
	for i := range e.Facts {
		if e.Facts[i].Name == field {
			return &e.Facts[i]
		}
	}
	return nil
}

// names gives the names of the parties whose ids a fact's value is; "" if there are
// none in it.
func (r *Run) names(f *FactSeen) string {
	if f == nil {
		return ""
	}
	ids := stringsOf(f.Value)
	var names []string
	isNamed := false
	for _, id := range ids {
		name := partyNamed(r.doc.Parties, id)
		isNamed = isNamed || name != id
		names = append(names, name)
	}
	if !isNamed {
		return ""
	}
	return strings.Join(names, "、")
}

// stringsOf gives the strings of a value, as they are in a result or out of JSON.
func stringsOf(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []string:
		return v
	case []any:
		var list []string
		for _, item := range v {
			s, _ := item.(string)
			list = append(list, s)
		}
		return list
	default:
		return nil
	}
}

// partyNamed is the name of a party, or else the id itself.
func partyNamed(parties []jsonParty, id string) string {
	for _, p := range parties {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

// isSameFact reports whether two runs state a fact alike, from the same records,
// whatever their order.
func isSameFact(a, b *FactSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	return isSameValue(a, b) && slices.Equal(originLines(a), originLines(b))
}

func isSameValue(a, b *FactSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	f, g := *a, *b
	f.Origins, g.Origins = nil, nil
	return sameJSON(f, g)
}

func originLines(f *FactSeen) []string {
	var lines []string
	for _, o := range f.Origins {
		line, err := json.Marshal(o)
		if err != nil {
			continue // it was read from JSON
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	return lines
}

func (x *comparison) list(kind string, by reader) {
	c, ok := x.lists[kind]
	if !ok {
		old, now := x.old.members(kind), x.new.members(kind)
		c = ListChange{Kind: kind, Added: onlyIn(now, old), Removed: onlyIn(old, now)}
		x.lists[kind] = c
	}
	c.Clauses, c.Trigger = by.clauses, by.trigger
	x.addExamined(&c)
	if len(c.Added)+len(c.Removed)+len(c.OldExamined)+len(c.NewExamined) > 0 {
		x.Causes.Lists = append(x.Causes.Lists, c)
	}
}

// completeness compares where a kind was looked for, where only that was read.
func (x *comparison) completeness(kind string, by reader) {
	if slices.ContainsFunc(x.Causes.Lists, func(c ListChange) bool { return c.Kind == kind }) {
		return
	}
	c := ListChange{Kind: kind, Clauses: by.clauses, Trigger: by.trigger}
	if x.addExamined(&c); len(c.OldExamined)+len(c.NewExamined) > 0 {
		x.Causes.Lists = append(x.Causes.Lists, c)
	}
}

func (r *Run) members(kind string) []string {
	var ids []string
	for _, e := range r.doc.Entities {
		if e.Kind == kind {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// addExamined adds the examinations that cover the day of the finding on one side
// only.
func (x *comparison) addExamined(c *ListChange) {
	old, now := x.old.covering(c.Kind, x.was), x.new.covering(c.Kind, x.is)
	if x.was == nil {
		old = x.old.covering(c.Kind, x.is) // of the same day, as far as it is known
	}
	if x.is == nil {
		now = x.new.covering(c.Kind, x.was)
	}
	c.OldExamined, c.NewExamined = onlyExamined(old, now), onlyExamined(now, old)
}

func onlyExamined(list, other []ExaminedSeen) []ExaminedSeen {
	return slices.DeleteFunc(slices.Clone(list), func(e ExaminedSeen) bool {
		return slices.ContainsFunc(other, func(o ExaminedSeen) bool {
			return e.Exhibit == o.Exhibit && e.From == o.From && e.Until == o.Until && e.Basis == o.Basis
		})
	})
}

func (r *Run) covering(kind string, f *jsonFinding) []ExaminedSeen {
	var span day.Span
	if f != nil && f.Anchor.Date != "" {
		span, _ = day.ParseSpan(f.Anchor.Date)
	}
	var list []ExaminedSeen
	for _, e := range r.examined.Examined(kind, span) {
		for _, x := range r.doc.Examined {
			if slices.Contains(x.Kinds, kind) && x.Exhibit == e.Exhibit && audit.Basis(x.Basis) == e.Basis && x.From == e.From.Span.String() && x.Until == e.Until.Span.String() {
				x.Kinds = []string{kind}
				list = append(list, x)
				break
			}
		}
	}
	return list
}

// findings compares what the findings of a rule came to that this one reads.
func (x *comparison) findings(rule string, by reader) {
	list, ok := x.outcomes[rule]
	if !ok {
		list = x.readChanges(rule)
		x.outcomes[rule] = list
	}
	for _, c := range list {
		c.Clauses, c.Trigger = by.clauses, by.trigger
		x.Causes.Findings = append(x.Causes.Findings, c)
	}
}

// readChanges compares what a rule came to in both runs.
func (runs *twoRuns) readChanges(rule string) []ReadChange {
	var list []ReadChange
	add := func(entity, old, now string) {
		if old != now {
			list = append(list, ReadChange{Rule: rule, Entity: entity, Old: old, New: now})
		}
	}
	seen := map[review.Key]bool{}
	for _, r := range []*Run{runs.new, runs.old} {
		for _, key := range r.keys {
			if key.Rule == rule && !seen[key] {
				seen[key] = true
				add(key.Entity, runs.old.assessment(key), runs.new.assessment(key))
			}
		}
	}
	add("", runs.old.asking(rule), runs.new.asking(rule))
	return list
}

func (r *Run) assessment(key review.Key) string {
	if f := r.findings[key]; f != nil {
		return f.Assessment
	}
	return ""
}

// asking is why a rule could not be asked of everything; "": it was.
func (r *Run) asking(rule string) string {
	for _, n := range r.doc.NotAsked {
		if n.Rule == rule {
			return n.Reason
		}
	}
	return ""
}

// exhibits compares the exhibits behind what was read: the file that a fact is read
// from may be another.
func (x *comparison) exhibits(behind map[string]bool) {
	seen := map[string]bool{}
	for _, r := range []*Run{x.new, x.old} {
		for _, e := range r.doc.Exhibits {
			if !behind[e.ID] || seen[e.ID] {
				continue
			}
			seen[e.ID] = true
			c := ExhibitChange{e.ID, x.old.exhibit(e.ID), x.new.exhibit(e.ID)}
			if !isSameExhibit(c.Old, c.New) {
				x.Causes.Exhibits = append(x.Causes.Exhibits, c)
			}
		}
	}
}

func (r *Run) exhibit(id string) *ExhibitSeen {
	for i := range r.doc.Exhibits {
		if r.doc.Exhibits[i].ID == id {
			return &r.doc.Exhibits[i]
		}
	}
	return nil
}

// isSameExhibit leaves out where the file lies and whether anybody hashed it.
func isSameExhibit(a, b *ExhibitSeen) bool {
	if a == nil || b == nil {
		return a == b
	}
	e, f := *a, *b
	e.File, f.File, e.FileCheck, f.FileCheck = "", "", "", ""
	return e == f
}
