// Package review keeps what people think of findings: an append-only journal of
// their decisions and answers, and the state that it comes to.
//
// The journal is JSON lines (DESIGN 3.12). Each line holds the SHA-256 of the line
// before, so that none can be changed, taken out or put in without trace; the last
// line alone is not protected by a line after it, which is why papers print its
// hash. A line is written once and never changed: to take something back is a new
// line.
package review

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jobun/internal/day"
)

// Entry is one line of the journal. Its fields are written in this order.
type Entry struct {
	Seq      int    `json:"seq"` // from 1
	At       string `json:"at"`  // RFC 3339, with the zone of whoever wrote it
	By       string `json:"by"`
	Finding  Key    `json:"finding"`
	Clause   string `json:"clause,omitempty"` // of an answer; of what needs evidence
	Action   Action `json:"action"`
	Answer   string `json:"answer,omitempty"` // of Answer: yes or no
	Reason   Reason `json:"reason,omitempty"` // of SetAside
	Note     string `json:"note,omitempty"`
	Needs    string `json:"needs,omitempty"`   // of NeedsEvidence: what
	Expires  string `json:"expires,omitempty"` // a date: the last day on which the opinion counts
	Pins     *Pins  `json:"pins,omitempty"`    // of decisions, answers and approvals
	Approves int    `json:"approves,omitempty"`
	UndoOf   int    `json:"undo_of,omitempty"`
	Batch    int    `json:"batch,omitempty"`    // the number of the first of the entries made at one stroke
	BatchOf  int    `json:"batch_of,omitempty"` // how many these are: a part of a stroke counts for nothing
	Prev     string `json:"prev"`
}

// Key names a finding for as long as its rule and entity are called that.
type Key struct {
	Rule   string `json:"rule"`
	Entity string `json:"entity"`
}

// Action is what an entry does.
type Action string

// The actions. The first three are decisions.
const (
	TakeUp        Action = "take-up"        // 取上げ
	SetAside      Action = "set-aside"      // 見送り
	NeedsEvidence Action = "needs-evidence" // 要証拠
	Note          Action = "note"
	Answer        Action = "answer"  // to a clause that a person judges
	Approve       Action = "approve" // a second reviewer agrees with a decision
	Undo          Action = "undo"    // an entry is taken back; of an undo: it stands again
)

// Actions lists the actions.
func Actions() []Action {
	return []Action{TakeUp, SetAside, NeedsEvidence, Note, Answer, Approve, Undo}
}

// IsDecision reports whether an action says what becomes of a finding.
func (a Action) IsDecision() bool { return a == TakeUp || a == SetAside || a == NeedsEvidence }

// isPinned reports whether an entry rests on what its author saw.
func (a Action) isPinned() bool { return a.IsDecision() || a == Answer || a == Approve }

// Reason is why a finding is set aside.
type Reason string

// The reasons.
const (
	ElementLacking   Reason = "element-lacking"
	EvidenceLacking  Reason = "evidence-lacking"
	RecordMisread    Reason = "record-misread"
	ExceptionApplies Reason = "exception-applies"
	OutOfScope       Reason = "out-of-scope"
	Duplicate        Reason = "duplicate"
)

// Reasons lists the reasons in the order in which they are offered.
func Reasons() []Reason {
	return []Reason{ElementLacking, EvidenceLacking, RecordMisread, ExceptionApplies, OutOfScope, Duplicate}
}

// Limits of what a person writes. A journal is read whole.
const (
	MaxText = 20_000 // bytes of a note
	maxLine = 200_000

	maxJournal = 64 << 20 // bytes: some hundred thousand entries
)

// check reports what is wrong with the form of an entry, whatever it is about.
func (e *Entry) check() error {
	if strings.TrimSpace(e.By) == "" {
		return fmt.Errorf("it does not say by whom")
	}
	if _, err := time.Parse(time.RFC3339, e.At); err != nil {
		return fmt.Errorf("at is not a time of RFC 3339: %q", e.At)
	}
	if !slices.Contains(Actions(), e.Action) {
		return fmt.Errorf("there is no action %q", e.Action)
	}
	if e.Finding.Rule == "" || e.Finding.Entity == "" {
		return fmt.Errorf("it does not name a finding")
	}
	for _, text := range []string{e.By, e.Note, e.Needs} {
		if len(text) > MaxText || !utf8.ValidString(text) {
			return fmt.Errorf("a text is longer than %d bytes, or not UTF-8", MaxText)
		}
	}
	if e.Expires != "" {
		if _, err := day.ParseDate(e.Expires); err != nil {
			return fmt.Errorf("expires is not a date: %w", err)
		}
	}
	if e.IsExpiredAtOnce() {
		return fmt.Errorf("it expires on %s, before the day on which it is recorded", e.Expires)
	}
	if e.HasStray() {
		return fmt.Errorf("it says what does not belong to %s", e.Action)
	}
	if e.Action.isPinned() && e.Pins == nil {
		return fmt.Errorf("%s is not pinned to what it is an opinion on", e.Action)
	}
	return e.checkAction()
}

// HasStray reports whether an entry says something that its action has no place for,
// such as a reason of a note.
func (e *Entry) HasStray() bool {
	isClause, isAnswer, isSetAside := e.Action == NeedsEvidence || e.Action == Answer, e.Action == Answer, e.Action == SetAside
	return e.Clause != "" && !isClause || e.Answer != "" && !isAnswer || e.Reason != "" && !isSetAside ||
		e.Needs != "" && e.Action != NeedsEvidence || e.Expires != "" && !e.Action.IsDecision() ||
		e.Approves != 0 && e.Action != Approve || e.UndoOf != 0 && e.Action != Undo
}

// IsExpiredAtOnce reports whether an opinion would not count on the day on which it is
// recorded.
func (e *Entry) IsExpiredAtOnce() bool {
	if e.Expires == "" {
		return false
	}
	last, err := day.ParseDate(e.Expires)
	at, errAt := time.Parse(time.RFC3339, e.At)
	if err != nil || errAt != nil {
		return false
	}
	year, month, date := at.Date()
	return last.Before(day.Date{Year: year, Month: int(month), Day: date})
}

// checkAction reports what the action of an entry lacks.
func (e *Entry) checkAction() error {
	switch e.Action {
	case SetAside:
		if !slices.Contains(Reasons(), e.Reason) {
			return fmt.Errorf("a finding is set aside for a reason; there is none called %q", e.Reason)
		}
		if strings.TrimSpace(e.Note) == "" {
			return fmt.Errorf("a finding is set aside with a note")
		}
	case NeedsEvidence:
		if strings.TrimSpace(e.Needs) == "" {
			return fmt.Errorf("it does not say what evidence is needed")
		}
	case Note:
		if strings.TrimSpace(e.Note) == "" {
			return fmt.Errorf("the note is empty")
		}
	case Answer:
		if e.Clause == "" || e.Answer != "yes" && e.Answer != "no" {
			return fmt.Errorf("an answer names a clause and is yes or no")
		}
	case Approve:
		if e.Approves < 1 || e.Approves >= e.Seq {
			return fmt.Errorf("it does not name an earlier entry that it approves")
		}
	case Undo:
		if e.UndoOf < 1 || e.UndoOf >= e.Seq {
			return fmt.Errorf("it does not name an earlier entry that it takes back")
		}
	}
	return nil
}
