package export

import (
	"fmt"
	"slices"

	"jobun/checker/review"
)

// ChangesSchema names the form of the JSON that Changes is written as.
const ChangesSchema = "https://jobun.invalid/schema/changes-1.json"

// What the export says of things is what two runs are compared by.
type (
	// Words is one thing said in both languages.
	Words = jsonText
	// FactSeen is a fact with its value, basis and origins.
	FactSeen = jsonFact
	// ExhibitSeen is an exhibit.
	ExhibitSeen = jsonExhibit
	// StatementSeen is a statement.
	StatementSeen = jsonStatement
	// ExaminedSeen is where kinds of entity were looked for.
	ExaminedSeen = jsonExamined
	// MissingSeen is a fact that is not known.
	MissingSeen = jsonMissing
	// PersonSeen is a person's answer.
	PersonSeen = jsonPerson
)

// Changes is what differs between two runs, finding by finding. It is also the form
// in which it is written as JSON.
type Changes struct {
	Schema   string          `json:"$schema"`
	Format   int             `json:"format"`
	Old      RunSeen         `json:"old"`
	New      RunSeen         `json:"new"`
	Count    ChangeCount     `json:"count"`
	Findings []FindingChange `json:"findings"` // in the rulebook's order
}

// RunSeen says what was compared.
type RunSeen struct {
	Title          string `json:"title"`
	Report         string `json:"report_sha256"`
	Rulebook       string `json:"rulebook"`
	Version        string `json:"rulebook_version"`
	RulebookDigest string `json:"rulebook_sha256"`
	Findings       int    `json:"findings"`
	// Unread is the version of a format that this program does not read; 0: it was read.
	Unread int `json:"format_not_read,omitempty"`
	// Whole says that the run was gone through again with its own rulebook, so that
	// nothing that it rests on is out of sight.
	Whole bool `json:"whole"`
	// Journal says that decisions were read too.
	Journal bool `json:"journal"`
}

// ChangeKind is what became of a finding between two runs.
type ChangeKind string

// The kinds.
const (
	IsNew         ChangeKind = "new"
	Unchanged     ChangeKind = "unchanged"
	Changed       ChangeKind = "changed"
	Gone          ChangeKind = "gone"
	NotComparable ChangeKind = "not-comparable"
)

// ChangeKinds lists the kinds in the order in which they are counted.
func ChangeKinds() []ChangeKind {
	return []ChangeKind{IsNew, Changed, Gone, NotComparable, Unchanged}
}

// ChangeCount counts findings by their kind: the five kinds come to the total.
type ChangeCount struct {
	New           int `json:"new"`
	Changed       int `json:"changed"`
	Gone          int `json:"gone"`
	NotComparable int `json:"not_comparable"`
	Unchanged     int `json:"unchanged"`
	Total         int `json:"total"`
	// OtherGround counts the unchanged that rest on something else than before.
	OtherGround int `json:"unchanged_on_other_ground"`
}

// Of gives the count of one kind.
func (c ChangeCount) Of(kind ChangeKind) int {
	switch kind {
	case IsNew:
		return c.New
	case Changed:
		return c.Changed
	case Gone:
		return c.Gone
	case NotComparable:
		return c.NotComparable
	default:
		return c.Unchanged
	}
}

// FindingChange is one finding in two runs.
type FindingChange struct {
	Kind    ChangeKind     `json:"kind"`
	Rule    string         `json:"rule"`
	Entity  string         `json:"entity"`
	Title   Words          `json:"title"`
	Label   string         `json:"entity_label"`
	Old     *Seen          `json:"old,omitempty"`    // nil: there is none
	New     *Seen          `json:"new,omitempty"`    // nil: there is none
	Absent  *Absence       `json:"absent,omitempty"` // why there is none on one side
	Clauses []ClauseChange `json:"clauses,omitempty"`
	Causes  Causes         `json:"causes"`
	Untold  []Untold       `json:"cannot_be_told,omitempty"`
}

// Differs reports whether a finding differs in any respect: in what it says, in what it
// rests on, or because that cannot be told.
func (c *FindingChange) Differs() bool {
	return c.Kind != Unchanged || !c.Causes.None() || len(c.Untold) > 0
}

// Seen is a finding as one run has it.
type Seen struct {
	ID           string        `json:"id"`
	Heading      Words         `json:"heading"` // the citation for a list
	Assessment   string        `json:"assessment"`
	Supported    int           `json:"supported_elements"`
	OnAllegation bool          `json:"asked_on_allegation,omitempty"`
	Day          string        `json:"day,omitempty"`
	Provisions   []Words       `json:"provisions"`         // with their days in force and penalty
	Decision     *DecisionSeen `json:"decision,omitempty"` // nil: no journal was read
}

// DecisionSeen is what became of a finding in the journal.
type DecisionSeen struct {
	Status review.Status  `json:"status"`
	Reason review.Reason  `json:"reason,omitempty"`
	By     string         `json:"by,omitempty"`
	At     string         `json:"at,omitempty"`
	Causes []review.Cause `json:"to_be_looked_at_because,omitempty"`
}

// ClauseChange is a clause's answer in two runs.
type ClauseChange struct {
	Clause    string      `json:"clause"`
	Exception bool        `json:"exception,omitempty"`
	Phrase    Words       `json:"phrase"`
	Old       *AnswerSeen `json:"old,omitempty"` // nil: the rule has no such clause
	New       *AnswerSeen `json:"new,omitempty"`
}

// AnswerSeen is an answer as one run has it.
type AnswerSeen struct {
	Number       int           `json:"number"` // among the elements, or the exceptions, from 1
	Answer       string        `json:"answer"`
	ByAllegation bool          `json:"denied_by_allegation_only,omitempty"`
	Person       *PersonSeen   `json:"person,omitempty"`
	Missing      []MissingSeen `json:"missing,omitempty"`
}

// Differs reports whether the answer is another.
func (c ClauseChange) Differs() bool {
	if c.Old == nil || c.New == nil {
		return c.Old != c.New
	}
	return c.Old.Answer != c.New.Answer || c.Old.ByAllegation != c.New.ByAllegation || opinion(c.Old.Person) != opinion(c.New.Person)
}

func opinion(p *PersonSeen) string {
	if p == nil {
		return ""
	}
	return fmt.Sprint(p.Yes)
}

// Absence is why a run has no such finding.
type Absence struct {
	Side   string        `json:"side"` // old or new
	Reason AbsenceReason `json:"reason"`
	// Missing are the facts without which it is not known whether the rule applies.
	Missing []MissingSeen `json:"missing,omitempty"`
	// Unexamined says that the entity is not stated, and that its kind was not looked
	// for: that it is not stated does not mean that it is not there.
	Unexamined bool `json:"kind_not_examined,omitempty"`
	// ByAllegation says that the entity is not there, or that the rule does not apply
	// to it, only if what a party says is true.
	ByAllegation bool `json:"by_allegation_only,omitempty"`
}

// AbsenceReason is why a run has no such finding.
type AbsenceReason string

// The reasons. The first three leave nothing to compare.
const (
	FormatUnread    AbsenceReason = "format-not-read"   // the run is in a format that is not read
	NoRule          AbsenceReason = "no-such-rule"      // its rulebook lacks the rule
	KindNotExamined AbsenceReason = "kind-not-examined" // such things were not looked for, and none is stated
	NotStated       AbsenceReason = "entity-not-stated" // the report does not state the entity
	TriggerNotKnown AbsenceReason = "trigger-unknown"   // whether the rule applies is not known
	DoesNotApply    AbsenceReason = "does-not-apply"    // the rule's trigger is false
)

// leavesNothing reports whether the absence says nothing of the finding.
func (r AbsenceReason) leavesNothing() bool {
	return r == FormatUnread || r == NoRule || r == KindNotExamined
}

// Untold is a part of what a finding rests on that cannot be compared, and why.
type Untold struct {
	Part   CausePart `json:"part"`
	Reason string    `json:"reason"`
}

// The reasons why a part cannot be told.
const (
	noRulebook  = "export-without-its-rulebook" // the rulebook of an export is not at hand
	noJournal   = "journal-on-one-side-only"
	nothingSeen = "everything-compared-is-the-same"
)

// Compare compares two runs. It gives the same changes in the same order for the
// same runs; the other way round it gives their mirror image.
func Compare(before, after *Run) (*Changes, error) {
	c := &Changes{Schema: ChangesSchema, Format: 1, Old: before.seen(), New: after.seen(), Findings: []FindingChange{}}
	runs := &twoRuns{old: before, new: after, facts: map[string]FactChange{}, lists: map[string]ListChange{}, outcomes: map[string][]ReadChange{}}
	for _, key := range keysInOrder(before, after) {
		change, err := runs.compareFinding(key)
		if err != nil {
			return nil, err
		}
		c.Findings = append(c.Findings, change)
	}
	return c, c.count()
}

// count counts the findings by kind, and checks the counts against the runs: each
// finding of each run is in the list once.
func (c *Changes) count() error {
	before, after := 0, 0
	for _, f := range c.Findings {
		switch f.Kind {
		case IsNew:
			c.Count.New++
		case Changed:
			c.Count.Changed++
		case Gone:
			c.Count.Gone++
		case NotComparable:
			c.Count.NotComparable++
		default:
			c.Count.Unchanged++
			if !f.Causes.None() {
				c.Count.OtherGround++
			}
		}
		if f.Old != nil {
			before++
		}
		if f.New != nil {
			after++
		}
	}
	n := c.Count
	c.Count.Total = len(c.Findings)
	if sum := n.New + n.Changed + n.Gone + n.NotComparable + n.Unchanged; sum != c.Count.Total || before != c.Old.Findings || after != c.New.Findings {
		return fmt.Errorf("compare two runs: the counts do not add up: %+v of %d and %d findings", c.Count, c.Old.Findings, c.New.Findings)
	}
	return nil
}

// Differs reports whether there is any difference: in what the findings say, in what
// they rest on, or because something cannot be compared.
func (c *Changes) Differs() bool {
	return c.Count.Unchanged != c.Count.Total || c.Count.OtherGround > 0 || c.Old.Unread != 0 || c.New.Unread != 0
}

// keysInOrder lists the findings of both runs: rules in the order of the new
// rulebook, those that only the old one has after the rule that they followed there;
// within a rule as the new run lists them, and then those of the old one alone.
func keysInOrder(before, after *Run) []review.Key {
	rules := slices.Clone(after.ruleOrder)
	at := 0
	for _, rule := range before.ruleOrder {
		if i := slices.Index(rules, rule); i >= 0 {
			at = i + 1
			continue
		}
		rules = slices.Insert(rules, at, rule)
		at++
	}
	byRule := map[string][]review.Key{}
	for _, key := range after.keys {
		byRule[key.Rule] = append(byRule[key.Rule], key)
	}
	for _, key := range before.keys {
		if after.findings[key] == nil {
			byRule[key.Rule] = append(byRule[key.Rule], key)
		}
	}
	var keys []review.Key
	for _, rule := range rules {
		keys = append(keys, byRule[rule]...)
	}
	return keys
}

// twoRuns are two runs, and what of them many findings read, compared once.
type twoRuns struct {
	old, new *Run
	facts    map[string]FactChange   // by entity#fact
	lists    map[string]ListChange   // members by kind
	outcomes map[string][]ReadChange // by rule
}

func (runs *twoRuns) compareFinding(key review.Key) (FindingChange, error) {
	before, after := runs.old, runs.new
	was, is := before.findings[key], after.findings[key]
	named, from := is, after
	if named == nil {
		named, from = was, before
	}
	c := FindingChange{Rule: key.Rule, Entity: key.Entity, Title: named.Title, Label: from.label(key.Entity), Old: before.seenOf(was), New: after.seenOf(is), Clauses: clausesOf(was, is)}
	switch {
	case was == nil:
		c.Kind, c.Absent = IsNew, before.absence("old", key)
	case is == nil:
		c.Kind, c.Absent = Gone, after.absence("new", key)
	case c.says():
		c.Kind = Changed
	default:
		c.Kind = Unchanged
	}
	if c.Absent != nil && c.Absent.Reason.leavesNothing() {
		c.Kind = NotComparable
		return c, nil
	}
	if err := c.findCauses(runs); err != nil {
		return c, err
	}
	if c.Kind != Unchanged && c.Causes.None() && len(c.Untold) == 0 {
		c.Untold = append(c.Untold, Untold{AnyPart, nothingSeen})
	}
	return c, nil
}

// says reports whether a finding that both runs have says something else.
func (c *FindingChange) says() bool {
	o, n := c.Old, c.New
	return o.Assessment != n.Assessment || o.OnAllegation != n.OnAllegation || o.Day != n.Day || !slices.Equal(o.Provisions, n.Provisions) ||
		slices.ContainsFunc(c.Clauses, ClauseChange.Differs) ||
		o.Decision != nil && n.Decision != nil && o.Decision.Status != n.Decision.Status
}

// clausesOf sets the answers of two runs side by side: as the new rule orders them,
// and then those of the old one alone. Elements come first.
func clausesOf(was, is *jsonFinding) []ClauseChange {
	var list []ClauseChange
	for _, exception := range []bool{false, true} {
		old, now := answersOf(was, exception), answersOf(is, exception)
		for i := range now {
			c := ClauseChange{Clause: now[i].Clause, Exception: exception, Phrase: Words{Ja: now[i].Ja, En: now[i].En}, New: answerSeen(now, i)}
			if j := slices.IndexFunc(old, func(a jsonAnswer) bool { return a.Clause == c.Clause }); j >= 0 {
				c.Old = answerSeen(old, j)
			}
			list = append(list, c)
		}
		for j := range old {
			if !slices.ContainsFunc(now, func(a jsonAnswer) bool { return a.Clause == old[j].Clause }) {
				list = append(list, ClauseChange{Clause: old[j].Clause, Exception: exception, Phrase: Words{Ja: old[j].Ja, En: old[j].En}, Old: answerSeen(old, j)})
			}
		}
	}
	return list
}

func answersOf(f *jsonFinding, exception bool) []jsonAnswer {
	switch {
	case f == nil:
		return nil
	case exception:
		return f.Exceptions
	default:
		return f.Elements
	}
}

func answerSeen(list []jsonAnswer, i int) *AnswerSeen {
	a := list[i]
	return &AnswerSeen{Number: i + 1, Answer: a.Answer, ByAllegation: a.ByAllegation, Person: a.Person, Missing: a.Missing}
}
