package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/internal/day"
)

// Inputs is what a review is of.
type Inputs struct {
	// Result is a check of the report without people's answers.
	Result *checker.Result
	// Text gives the SHA-256 of the text of a finding's provision, or nothing where
	// the law store does not hold it. Nil: nobody looked.
	Text func(*checker.Finding) string
	// Today is the day on which opinions are asked whether they have expired; zero:
	// none has.
	Today day.Date
}

// Review is a journal as it stands: the findings with people's answers, and what was
// decided of each.
type Review struct {
	// Result is the check with the answers that count.
	Result  *checker.Result
	journal *Journal
	inputs  Inputs
	states  map[Key]*State
	void    map[int]bool // entries that were taken back
	decided int
}

// State is what people think of one finding.
type State struct {
	Key     Key
	Finding *checker.Finding // nil: the rule is no longer asked of the entity
	// Decision is the last one that was not taken back; nil: undecided.
	Decision *Entry
	// Approvals are of that decision, by others than its author.
	Approvals []Entry
	// Answers are the last that were not taken back, by clause, also stale ones.
	Answers map[string]Entry
	Notes   []Entry
	History []Entry // every entry on the finding, oldest first
	// Causes is why the decision must be looked at again (要再確認).
	Causes []Cause
	// StaleAnswers is the same of answers, which do not count meanwhile.
	StaleAnswers map[string][]Cause
	Expired      bool
	needed       int
}

// Status is what became of a finding, as far as it counts today.
type Status string

// The statuses beside those that are named as the actions are.
const (
	Undecided Status = "undecided" // 未検討
	Recheck   Status = "recheck"   // 要再確認: decided, but no longer on what now is
	Expired   Status = "expired"   // 期限経過
	Proposed  Status = "proposed"  // a second reviewer has not agreed yet
)

// Statuses lists what a finding's status can be.
func Statuses() []Status {
	return []Status{Undecided, Status(TakeUp), Status(SetAside), Status(NeedsEvidence), Proposed, Recheck, Expired}
}

// Status is what became of the finding, as far as it counts.
func (s *State) Status() Status {
	switch {
	case s.Decision == nil:
		return Undecided
	case len(s.Causes) > 0:
		return Recheck
	case s.Expired:
		return Expired
	case !s.IsConfirmed():
		return Proposed
	default:
		return Status(s.Decision.Action)
	}
}

// IsDecided reports whether the finding counts as decided.
func (s *State) IsDecided() bool {
	status := s.Status()
	return status == Status(TakeUp) || status == Status(SetAside) || status == Status(NeedsEvidence)
}

// IsConfirmed reports whether as many people stand behind the decision as the report
// asks for. What needs evidence is no opinion that could need a second one.
func (s *State) IsConfirmed() bool {
	return s.Decision != nil && (s.Decision.Action == NeedsEvidence || 1+len(s.Approvals) >= s.needed)
}

// Read works out where a journal stands on a report.
func Read(j *Journal, in Inputs) (*Review, error) {
	r := &Review{journal: j, inputs: in, Result: in.Result, states: map[Key]*State{}, void: voids(j.entries)}
	for _, f := range in.Result.Findings {
		r.states[KeyOf(f)] = r.newState(KeyOf(f))
	}
	for _, e := range j.entries {
		r.enter(e)
	}
	answers := r.answers()
	if len(answers) > 0 {
		result, err := in.Result.Reconsider(answers)
		if err != nil {
			return nil, fmt.Errorf("check again with people's answers: %w", err)
		}
		r.Result = result
	}
	for _, f := range r.Result.Findings {
		r.state(KeyOf(f)).Finding = f
	}
	for _, s := range r.states {
		r.judge(s)
		if s.Finding != nil && s.IsDecided() {
			r.decided++
		}
	}
	return r, nil
}

// KeyOf is how the journal names a finding.
func KeyOf(f *checker.Finding) Key { return Key{f.Rule.ID, f.Entity.ID} }

// Journal is what the review was read from.
func (r *Review) Journal() *Journal { return r.journal }

// Of is the state of a finding.
func (r *Review) Of(f *checker.Finding) *State { return r.state(KeyOf(f)) }

// StateOf is what people think of what the journal calls by a key, also of a finding that
// is gone; false if neither the report nor the journal knows it.
func (r *Review) StateOf(key Key) (*State, bool) {
	s, ok := r.states[key]
	return s, ok && (s.Finding != nil || len(s.History) > 0)
}

// Gone lists the states of findings that there are no longer, by their first entry.
func (r *Review) Gone() []*State {
	var gone []*State
	for _, s := range r.states {
		if s.Finding == nil {
			gone = append(gone, s)
		}
	}
	slices.SortFunc(gone, func(a, b *State) int { return a.History[0].Seq - b.History[0].Seq })
	return gone
}

// Count counts the findings that there are by their status.
func (r *Review) Count() map[Status]int {
	count := map[Status]int{}
	for _, f := range r.Result.Findings {
		count[r.Of(f).Status()]++
	}
	return count
}

// Decided counts the findings that count as decided.
func (r *Review) Decided() int { return r.decided }

// IsVoid reports whether an entry was taken back.
func (r *Review) IsVoid(seq int) bool { return r.void[seq] }

func (r *Review) newState(key Key) *State {
	needed := max(1, r.inputs.Result.Report.Reviewers)
	return &State{Key: key, Answers: map[string]Entry{}, StaleAnswers: map[string][]Cause{}, needed: needed}
}

func (r *Review) state(key Key) *State {
	s, ok := r.states[key]
	if !ok {
		s = r.newState(key)
		r.states[key] = s
	}
	return s
}

// voids works out which entries were taken back. An undo that was itself taken back
// takes nothing back; later entries decide first.
func voids(entries []Entry) map[int]bool {
	void := map[int]bool{}
	for i := len(entries) - 1; i >= 0; i-- {
		if e := entries[i]; e.Action == Undo && !void[e.Seq] {
			void[e.UndoOf] = true
		}
	}
	return void
}

// enter adds one entry to the state of its finding.
func (r *Review) enter(e Entry) {
	s := r.state(e.Finding)
	s.History = append(s.History, e)
	if r.void[e.Seq] {
		return
	}
	switch e.Action {
	case TakeUp, SetAside, NeedsEvidence:
		s.Decision, s.Approvals = &e, nil
	case Approve:
		if d := s.Decision; d != nil && d.Seq == e.Approves && s.isNew(e.By) {
			s.Approvals = append(s.Approvals, e)
		}
	case Answer:
		s.Answers[e.Clause] = e
	case Note:
		s.Notes = append(s.Notes, e)
	}
}

// isNew reports whether somebody neither made the decision nor approved it.
func (s *State) isNew(by string) bool {
	return !samePerson(s.Decision.By, by) && !slices.ContainsFunc(s.Approvals, func(e Entry) bool { return samePerson(e.By, by) })
}

func samePerson(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// answers gives the answers that count: those to clauses that still take one, on
// what has not changed since. Whether an answer is stale does not depend on answers.
func (r *Review) answers() checker.Answers {
	answers := checker.Answers{}
	for _, f := range r.inputs.Result.Findings {
		s := r.states[KeyOf(f)]
		if len(s.Answers) == 0 {
			continue
		}
		pins := r.pins(f).ofAnswer()
		for clause, e := range s.Answers {
			if a, ok := f.Answer(clause); !ok || !TakesAnswer(a) {
				s.StaleAnswers[clause] = []Cause{RuleChanged}
			} else if causes := pins.Differ(e.Pins.ofAnswer()); len(causes) > 0 {
				s.StaleAnswers[clause] = causes
			} else {
				answers[checker.ClauseKey{Rule: f.Rule.ID, Entity: f.Entity.ID, Clause: clause}] = checker.PersonAnswer{Yes: e.Answer == "yes", By: e.By, At: e.At, Note: e.Note}
			}
		}
	}
	return answers
}

// TakesAnswer reports whether a person answers the clause: it has no condition.
func TakesAnswer(a *checker.Answer) bool { return a.Why == nil }

// judge works out whether a decision still stands on what it was made on.
func (r *Review) judge(s *State) {
	if s.Decision == nil {
		return
	}
	if s.Finding == nil {
		s.Causes = []Cause{FindingGone}
		return
	}
	now := r.pins(s.Finding)
	s.Causes = now.Differ(*s.Decision.Pins)
	s.Approvals = slices.DeleteFunc(s.Approvals, func(e Entry) bool { return len(now.Differ(*e.Pins)) > 0 })
	if last, err := day.ParseDate(s.Decision.Expires); err == nil && !r.inputs.Today.IsZero() {
		s.Expired = last.Before(r.inputs.Today)
	}
}

func (r *Review) pins(f *checker.Finding) Pins {
	text := ""
	if r.inputs.Text != nil {
		text = r.inputs.Text(f)
	}
	return PinsOf(f, text)
}

// Record records entries on findings and gives the review as it then stands. It
// pins them to what the findings now are, and refuses what its author may not do.
// If others have recorded something meanwhile nothing is recorded: the review is as
// it stands with theirs, and the error is a *MovedError.
func (r *Review) Record(entries ...Entry) (*Review, error) {
	for i := range entries {
		if err := r.prepare(&entries[i]); err != nil {
			return nil, err
		}
	}
	_, err := r.journal.Append(len(r.journal.entries), entries...)
	var moved *MovedError
	if err != nil && !errors.As(err, &moved) {
		return nil, err
	}
	again, readErr := Read(r.journal, r.inputs)
	return again, errors.Join(err, readErr)
}

// Refresh reads what others have recorded.
func (r *Review) Refresh() (*Review, []Entry, error) {
	added, err := r.journal.Refresh()
	if err != nil || len(added) == 0 {
		return r, added, err
	}
	again, err := Read(r.journal, r.inputs)
	return again, added, err
}

// prepare pins an entry and checks it against the finding that it is on.
func (r *Review) prepare(e *Entry) error {
	s := r.state(e.Finding)
	if s.Finding == nil && e.Action != Note && e.Action != Undo {
		return fmt.Errorf("there is no finding of %s on %s", e.Finding.Rule, e.Finding.Entity)
	}
	if e.Action.isPinned() {
		pins := r.pins(s.Finding)
		e.Pins = &pins
	}
	switch e.Action {
	case TakeUp:
		if strings.TrimSpace(e.Note) == "" && NeedsNote(s.Finding) {
			return fmt.Errorf("not every element is supported: say in a note why it is taken up")
		}
	case NeedsEvidence:
		if e.Clause != "" {
			if _, ok := s.Finding.Answer(e.Clause); !ok {
				return fmt.Errorf("%s has no clause %q", e.Finding.Rule, e.Clause)
			}
		}
	case Answer:
		if a, ok := s.Finding.Answer(e.Clause); !ok || !TakesAnswer(a) {
			return fmt.Errorf("%s has no clause %q that a person answers", e.Finding.Rule, e.Clause)
		}
	case Approve:
		if s.Decision == nil {
			return fmt.Errorf("there is no decision to approve")
		}
		if e.Approves == 0 {
			e.Approves = s.Decision.Seq
		}
		if e.Approves != s.Decision.Seq || !s.isNew(e.By) {
			return fmt.Errorf("whoever decided, or has approved already, does not approve")
		}
		if len(s.Causes) > 0 {
			return fmt.Errorf("what the decision rests on has changed; it is not approved but made again")
		}
	}
	return nil
}

// NeedsNote reports whether to take a finding up takes a note: not everything that
// the provision asks is supported by a record.
func NeedsNote(f *checker.Finding) bool { return f.Assessment != checker.Indicated }

// Undoing gives the entries that take back what somebody did last: one entry, or all
// that were made at one stroke. None: there is nothing of theirs to take back.
func (r *Review) Undoing(by string) []Entry {
	return r.reversal(by, func(e Entry) bool { return e.Action != Undo })
}

// Redoing gives the entries that let stand again what somebody took back last, as
// long as they have done nothing else since.
func (r *Review) Redoing(by string) []Entry {
	entries := r.journal.entries
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		if !samePerson(e.By, by) || r.void[e.Seq] || r.isRedo(e) {
			continue
		}
		if e.Action != Undo {
			return nil
		}
		return r.reversal(by, func(e Entry) bool { return e.Action == Undo && !r.isRedo(e) })
	}
	return nil
}

// isRedo reports whether an entry lets an entry stand again.
func (r *Review) isRedo(e Entry) bool {
	return e.Action == Undo && r.journal.entries[e.UndoOf-1].Action == Undo
}

// reversal takes back the last entry of somebody that still stands and is wanted,
// with those made at the same stroke.
func (r *Review) reversal(by string, wanted func(Entry) bool) []Entry {
	entries := r.journal.entries
	for i := len(entries) - 1; i >= 0; i-- {
		last := entries[i]
		if !samePerson(last.By, by) || r.void[last.Seq] || !wanted(last) {
			continue
		}
		var undo []Entry
		for _, e := range entries[:i+1] {
			if e.Seq == last.Seq || e.Batch != 0 && e.Batch == last.Batch && !r.void[e.Seq] {
				undo = append(undo, Entry{By: by, Finding: e.Finding, Action: Undo, UndoOf: e.Seq})
			}
		}
		return undo
	}
	return nil
}
