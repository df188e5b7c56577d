package checker

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/day"
)

// Code is what the facts say of a clause. The six are never merged.
type Code string

// The answers to a clause (DESIGN section 2). The zero value is none of them.
const (
	Supported    Code = "supported"
	Alleged      Code = "alleged"
	Contested    Code = "contested"
	Contradicted Code = "contradicted"
	Unverified   Code = "unknown"
	Judgement    Code = "judgement"
)

// Codes lists the answers in their fixed order.
func Codes() []Code {
	return []Code{Supported, Alleged, Contested, Contradicted, Unverified, Judgement}
}

// Assessment is the pre-assessment of a finding (一次整理): the first that holds.
type Assessment string

// The pre-assessments, in the order in which they are tried.
const (
	NotInForce          Assessment = "not-in-force"
	Unanchored          Assessment = "unanchored"
	ContradictedElement Assessment = "contradicted"
	Excepted            Assessment = "excepted"
	ContestedElement    Assessment = "contested"
	AllegedOnly         Assessment = "alleged"
	Indicated           Assessment = "indicated"
	ForJudgement        Assessment = "judgement"
	Partial             Assessment = "partial"
	Open                Assessment = "open"
)

// Assessments lists the pre-assessments in the order in which they are tried.
func Assessments() []Assessment {
	return []Assessment{NotInForce, Unanchored, ContradictedElement, Excepted, ContestedElement, AllegedOnly, Indicated, ForJudgement, Partial, Open}
}

// Finding is a rule asked of one entity.
type Finding struct {
	ID         string
	Rule       *Rule
	Law        *law.Law
	Entity     *audit.Entity
	Anchor     Anchor
	Elements   []*Answer
	Exceptions []*Answer
	Assessment Assessment
	// Statements speak to the rule as a whole.
	Statements []*audit.Statement
	// TriggerAlleged says that the rule is asked at all only on an allegation.
	TriggerAlleged bool
}

// Anchor is the day of the matter and the provision of that day.
type Anchor struct {
	Fact   string
	Span   day.Span // zero: not stated
	Stated *audit.Fact
	// Places are the provision on that day: one, or several if the conduct goes
	// on across a boundary; of an unanchored finding the candidates.
	Places []*RulePlace
}

// Answer is what the facts say of one clause of one finding.
type Answer struct {
	Clause *Clause
	Code   Code
	// ByAllegation marks an exception that only an allegation denies.
	ByAllegation bool
	Why          *Why // nil for a clause without a condition
	Missing      []Missing
	For, Against []Factor // what speaks each way, of a clause for judgement
	Statements   []*audit.Statement
	Person       *PersonAnswer
}

// Factor is a fact that speaks for or against a clause that a person judges.
type Factor struct {
	Name    string
	Title   Text
	Alleged bool
	Facts   []*audit.Fact // the stated facts behind it
}

// PersonAnswer is a person's answer to an evaluative or subjective clause.
type PersonAnswer struct {
	Yes  bool
	By   string
	At   string // RFC 3339
	Note string
}

// ClauseKey names a clause of one finding.
type ClauseKey struct{ Rule, Entity, Clause string }

// Answers is what people answered. Only clauses without a condition take one.
type Answers map[ClauseKey]PersonAnswer

// NotAsked is a rule that could not be asked of some entities, and why.
type NotAsked struct {
	Rule     *Rule
	Reason   NotAskedReason
	Within   []audit.Examination // where such entities were looked for, for a limited time
	Entities []*audit.Entity     // of an unknown trigger
	Missing  []Missing
}

// NotAskedReason says why a rule was not asked.
type NotAskedReason string

// The reasons.
const (
	TriggerUnknown NotAskedReason = "trigger-unknown" // whether it applies is not known
	NotExamined    NotAskedReason = "not-examined"    // nobody looked for such entities
)

// Declined is a rule whose trigger is false for some entities, or that has no
// entity inside what was examined.
type Declined struct {
	Rule     *Rule
	Entities int // 0: there is none
	// ByAllegation: that it concerns none, a party only says.
	ByAllegation bool
}

// Result is everything that came of a check.
type Result struct {
	Report   *audit.Report
	Facts    *audit.Facts
	Rulebook *Rulebook
	// Exhibits is what came of hashing the exhibits' files, by exhibit; nil if
	// nobody looked.
	Exhibits map[string]audit.ExhibitState
	Findings []*Finding
	NotAsked []NotAsked
	Declined []Declined
	// Evaluated counts the sub-expressions that were evaluated.
	Evaluated int

	answers Answers // what people answered, also of findings that are not there
}

// Finding finds one by its id, or by a unique beginning of it.
func (res *Result) Finding(id string) (*Finding, bool) {
	var begins []*Finding
	for _, f := range res.Findings {
		if f.ID == id {
			return f, true
		}
		if id != "" && strings.HasPrefix(f.ID, id) {
			begins = append(begins, f)
		}
	}
	if len(begins) != 1 {
		return nil, false
	}
	return begins[0], true
}

// UnverifiedExceptions counts the exceptions that nothing has excluded.
func (f *Finding) UnverifiedExceptions() int {
	n := 0
	for _, a := range f.Exceptions {
		if a.Code == Unverified || a.Code == Judgement || a.Code == Alleged {
			n++
		}
	}
	return n
}

// Count gives how many elements have an answer.
func (f *Finding) Count(code Code) int {
	n := 0
	for _, a := range f.Elements {
		if a.Code == code {
			n++
		}
	}
	return n
}

// Answers lists the answers to the elements and then to the exceptions.
func (f *Finding) Answers() []*Answer { return slices.Concat(f.Elements, f.Exceptions) }

// Answer finds the answer to a clause.
func (f *Finding) Answer(clause string) (*Answer, bool) {
	for _, a := range f.Answers() {
		if a.Clause.ID == clause {
			return a, true
		}
	}
	return nil, false
}

// Missing lists the facts that are missing from the answers, each once.
func (f *Finding) Missing() []Missing {
	var list []Missing
	for _, a := range f.Answers() {
		list = append(list, a.Missing...)
	}
	return once(list, Missing.key)
}

// name gives findings their ids: F- and five characters of the hash of rule and
// entity, more where two would collide. The ids do not depend on order.
func name(findings []*Finding) {
	for length := 5; ; length++ {
		seen := map[string]bool{}
		collides := false
		for _, f := range findings {
			sum := sha256.Sum256([]byte(f.Rule.ID + "\x00" + f.Entity.ID))
			f.ID = "F-" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])[:length]
			collides = collides || seen[f.ID]
			seen[f.ID] = true
		}
		if !collides || length == 50 {
			return
		}
	}
}

// PenaltyLaw is the law that a penalty stands in, if it is not the finding's own.
func (f *Finding) PenaltyLaw(p *RulePlace) (*law.Law, bool) {
	if p.Penalty == nil || p.Penalty.Law == "" {
		return nil, false
	}
	return f.Rule.compiled.book.Law(p.Penalty.Law)
}
