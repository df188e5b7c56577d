package export

import (
	"fmt"
	"strings"
	"time"

	"jobun/checker"
	"jobun/checker/review"
	"jobun/internal/day"
)

// At is a time of the journal as its author's clock showed it, with the zone where
// that was not Japan's.
func (s Style) At(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	year, month, date := t.Date()
	words := s.Day(day.Date{Year: year, Month: int(month), Day: date}) + t.Format(" 15:04")
	if _, offset := t.Zone(); offset != 9*60*60 {
		words += t.Format(" UTC-07:00")
	}
	return words
}

// EntryWord is what an entry does, with its reason, clause or what it is about:
// 見送り（証拠が足りない）. Its note is not in it. Without the finding a clause goes
// by its id.
func (s Style) EntryWord(f *checker.Finding, e review.Entry) string {
	var of []string
	if e.Clause != "" {
		of = append(of, s.clauseWord(f, e.Clause))
	}
	switch e.Action {
	case review.SetAside:
		of = append(of, s.In(ReasonWord(e.Reason)))
	case review.NeedsEvidence:
		of = append(of, s.theirs(e.Needs))
	case review.Answer:
		of = append(of, s.YesWord(e.Answer == "yes"))
	case review.Approve:
		of = append(of, s.Say(fmt.Sprintf("%d番に", e.Approves), fmt.Sprintf("with no. %d", e.Approves)))
	case review.Undo:
		of = append(of, s.Say(fmt.Sprintf("%d番", e.UndoOf), fmt.Sprintf("of no. %d", e.UndoOf)))
	}
	if e.Expires != "" {
		of = append(of, s.Say(s.dayWord(e.Expires)+"まで", "until "+s.dayWord(e.Expires)))
	}
	word := s.In(ActionWord(e.Action))
	if len(of) == 0 {
		return word
	}
	return word + s.Say("（"+strings.Join(of, "、")+"）", " ("+strings.Join(of, ", ")+")")
}

// YesWord is a person's answer to a clause.
func (s Style) YesWord(yes bool) string {
	if yes {
		return s.Say("当たる", "yes")
	}
	return s.Say("当たらない", "no")
}

func (s Style) clauseWord(f *checker.Finding, clause string) string {
	if f != nil {
		if a, ok := f.Answer(clause); ok {
			return s.ClauseName(f, a)
		}
	}
	return clause
}

func (s Style) dayWord(date string) string {
	d, err := day.ParseDate(date)
	if err != nil {
		return date
	}
	return s.Day(d)
}

// Signed is an entry with who made it and when, and its note.
func (s Style) Signed(f *checker.Finding, e review.Entry) string {
	words := s.EntryWord(f, e) + "  " + e.By + "  " + s.At(e.At)
	if e.Note != "" {
		words += s.Say("  「"+e.Note+"」", "  \""+e.Note+"\"")
	}
	return words
}

// CausesWord says why an opinion must be looked at again.
func (s Style) CausesWord(causes []review.Cause) string {
	var words []string
	for _, c := range causes {
		words = append(words, s.In(CauseWord(c)))
	}
	return strings.Join(words, s.Say("、", "; "))
}

// DecisionLines say what people think of a finding: what became of it first, then
// who agrees, what was answered to its clauses, and the notes.
func (s Style) DecisionLines(st *review.State) []string {
	lines := []string{s.statusLine(st)}
	for _, e := range st.Approvals {
		lines = append(lines, s.Signed(st.Finding, e))
	}
	for _, e := range AnswersOf(st) {
		line := s.Signed(st.Finding, e)
		if causes, stale := st.StaleAnswers[e.Clause]; stale {
			line += s.Say("  要再確認のため整理に入れていない（"+s.CausesWord(causes)+"）", "  to be looked at again, and not counted ("+s.CausesWord(causes)+")")
		}
		lines = append(lines, line)
	}
	for _, e := range st.Notes {
		lines = append(lines, s.Signed(st.Finding, e))
	}
	return lines
}

func (s Style) statusLine(st *review.State) string {
	word := s.In(DecisionWord(st.Status()))
	if st.Decision == nil {
		return word
	}
	signed := s.Signed(st.Finding, *st.Decision)
	switch st.Status() {
	case review.Recheck:
		return word + s.Say("（"+s.CausesWord(st.Causes)+"）  もとは ", " ("+s.CausesWord(st.Causes)+")  was: ") + signed
	case review.Proposed, review.Expired:
		return word + "  " + signed
	default:
		return signed
	}
}

// AnswersOf lists the answers to a finding's clauses that were not taken back, also
// stale ones, in the order of the clauses; those to clauses that the rule no longer
// has come last, in the order in which they were given.
func AnswersOf(st *review.State) []review.Entry {
	var list []review.Entry
	placed := map[string]bool{}
	if st.Finding != nil {
		for _, a := range st.Finding.Answers() {
			if e, ok := st.Answers[a.Clause.ID]; ok {
				list = append(list, e)
				placed[a.Clause.ID] = true
			}
		}
	}
	for _, e := range st.History {
		if last, ok := st.Answers[e.Clause]; ok && last.Seq == e.Seq && !placed[e.Clause] {
			list = append(list, e)
		}
	}
	return list
}

// DecisionTotals count the findings by what became of them, and name the journal by
// its length and the hash of its last line.
func (s Style) DecisionTotals(r *review.Review) []string {
	count := r.Count()
	var parts []string
	for _, status := range review.Statuses() {
		if n := count[status]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", s.In(DecisionWord(status)), n))
		}
	}
	total := len(r.Result.Findings)
	line := s.Say(fmt.Sprintf("検討結果 %d/%d件", r.Decided(), total), fmt.Sprintf("decided: %d of %d", r.Decided(), total))
	if len(parts) > 0 {
		line += s.Say("（"+strings.Join(parts, "、")+"）", " ("+strings.Join(parts, ", ")+")")
	}
	lines := []string{line + s.Say("。", ".")}
	counted, stale := 0, 0
	for _, f := range r.Result.Findings {
		st := r.Of(f)
		stale += len(st.StaleAnswers)
		counted += len(st.Answers) - len(st.StaleAnswers)
	}
	if counted+stale > 0 {
		line := s.Say(fmt.Sprintf("担当者の回答 %d件を入れて整理した。", counted), fmt.Sprintf("Answers of reviewers counted: %d.", counted))
		if stale > 0 {
			line += s.Say(fmt.Sprintf("要再確認の回答 %d件は入れていない。", stale), fmt.Sprintf(" To be looked at again, and not counted: %d.", stale))
		}
		lines = append(lines, line)
	}
	if n := len(r.Gone()); n > 0 {
		lines = append(lines, s.Say(fmt.Sprintf("検討の記録があり、今はない指摘 %d件。", n), fmt.Sprintf("Findings with entries in the journal that there are no longer: %d.", n)))
	}
	return append(lines, s.JournalWord(r.Journal()))
}

// JournalWord names a journal as it stands: how many entries, and the hash of the
// last, by which a later change can be told.
func (s Style) JournalWord(j *review.Journal) string {
	return s.Say(fmt.Sprintf("検討の記録　%d件  sha256:%s", len(j.Entries()), j.Head()), fmt.Sprintf("journal  %d entries  sha256:%s", len(j.Entries()), j.Head()))
}

// StatesOf lists what people think of each finding that there is or was, by the
// journal's names.
func StatesOf(r *review.Review) map[review.Key]*review.State {
	states := map[review.Key]*review.State{}
	for _, f := range r.Result.Findings {
		states[review.KeyOf(f)] = r.Of(f)
	}
	for _, st := range r.Gone() {
		states[st.Key] = st
	}
	return states
}

// Stale is why an entry that stands must be looked at again: of the decision in
// force, and of the last answers.
func Stale(st *review.State, e review.Entry) []review.Cause {
	if st.Decision != nil && st.Decision.Seq == e.Seq {
		return st.Causes
	}
	if e.Action == review.Answer && st.Answers[e.Clause].Seq == e.Seq {
		return st.StaleAnswers[e.Clause]
	}
	return nil
}
