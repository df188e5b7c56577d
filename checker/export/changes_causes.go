package export

import (
	"jobun/checker/review"
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
