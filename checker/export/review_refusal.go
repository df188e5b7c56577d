package export

import (
	"fmt"
	"strings"

	"jobun/checker/review"
	"jobun/internal/day"
)

// Refusal says in words why an entry would not be recorded in a review as it
// stands; empty if it would be. It says no more than review.Record decides: a test
// holds the two together.
func Refusal(r *review.Review, e review.Entry) Text {
	if strings.TrimSpace(e.By) == "" {
		return say("誰の検討か、名前がありません。", "It does not say by whom.")
	}
	st, ok := r.StateOf(e.Finding)
	if !ok || st.Finding == nil && e.Action != review.Note && e.Action != review.Undo {
		return say("その指摘は、この報告にはありません。", "There is no such finding of this report.")
	}
	for _, text := range []string{e.By, e.Note, e.Needs} {
		if len(text) > review.MaxText {
			return say(fmt.Sprintf("文が長すぎます。%dバイトまでです。", review.MaxText), fmt.Sprintf("The text is longer than %d bytes.", review.MaxText))
		}
	}
	if e.Expires != "" {
		if _, err := day.ParseDate(e.Expires); err != nil {
			return say("期限は 2027-03-31 の形の日付です。", "The day of expiry is a date like 2027-03-31.")
		}
	}
	if e.IsExpiredAtOnce() {
		return say("期限が、記録する日より前です。", "It expires before the day on which it is recorded.")
	}
	if e.HasStray() {
		return say("この記録には当たらない項目が書かれています。", "It says what does not belong to such an entry.")
	}
	switch e.Action {
	case review.TakeUp:
		if strings.TrimSpace(e.Note) == "" && review.NeedsNote(st.Finding) {
			return say("裏付けのない要件があるので、取り上げる理由をメモに書いてください。", "Not every element is supported: say in a note why it is taken up.")
		}
	case review.SetAside:
		return refuseSetAside(e)
	case review.NeedsEvidence:
		return refuseNeeds(st, e)
	case review.Note:
		if strings.TrimSpace(e.Note) == "" {
			return say("メモが空です。", "The note is empty.")
		}
	case review.Answer:
		return refuseAnswer(st, e)
	case review.Approve:
		return refuseApproval(st, e)
	case review.Undo:
		return refuseUndo(r, e)
	}
	return Text{}
}

func refuseSetAside(e review.Entry) Text {
	isReason := false
	for _, reason := range review.Reasons() {
		isReason = isReason || reason == e.Reason
	}
	switch {
	case !isReason:
		return say("見送りには理由が要ります。", "A finding is set aside for a reason.")
	case strings.TrimSpace(e.Note) == "":
		return say("見送りにはメモが要ります。", "A finding is set aside with a note.")
	}
	return Text{}
}

func refuseNeeds(st *review.State, e review.Entry) Text {
	if strings.TrimSpace(e.Needs) == "" {
		return say("どの証拠が要るのかを書いてください。", "Say what evidence is needed.")
	}
	if _, ok := st.Finding.Answer(e.Clause); e.Clause != "" && !ok {
		return noClause(st, e.Clause)
	}
	return Text{}
}

func noClause(st *review.State, clause string) Text {
	ids := strings.Join(st.Finding.Rule.ClauseIDs(), ", ")
	return say(fmt.Sprintf("この指摘に「%s」という要件はありません。あるのは %s です。", clause, ids), fmt.Sprintf("The finding has no clause %q: it has %s.", clause, ids))
}

func refuseAnswer(st *review.State, e review.Entry) Text {
	a, ok := st.Finding.Answer(e.Clause)
	switch {
	case !ok:
		return noClause(st, e.Clause)
	case !review.TakesAnswer(a):
		return say(fmt.Sprintf("「%s」は記録から答える要件で、人は答えません。", e.Clause), fmt.Sprintf("%q is answered from the records, not by a person.", e.Clause))
	case e.Answer != "yes" && e.Answer != "no":
		return say("回答は、当たる（yes）か当たらない（no）です。", "An answer is yes or no.")
	}
	return Text{}
}

func refuseApproval(st *review.State, e review.Entry) Text {
	switch {
	case st.Decision == nil:
		return say("同意する検討結果がありません。", "There is no decision to agree with.")
	case e.Approves != 0 && e.Approves != st.Decision.Seq:
		return say(fmt.Sprintf("今の検討結果は %d番です。", st.Decision.Seq), fmt.Sprintf("The decision is no. %d now.", st.Decision.Seq))
	case !isAnother(st, e.By):
		return say("検討した人と、すでに同意した人は、同意できません。", "Whoever decided, or has agreed already, cannot agree.")
	case len(st.Causes) > 0:
		return say("検討結果のもとになったものが変わっています。同意でなく、検討し直してください。", "What the decision rests on has changed: it is not agreed with but made again.")
	}
	return Text{}
}

// isAnother reports whether somebody neither decided nor agreed.
func isAnother(st *review.State, by string) bool {
	if SamePerson(st.Decision.By, by) {
		return false
	}
	for _, e := range st.Approvals {
		if SamePerson(e.By, by) {
			return false
		}
	}
	return true
}

// SamePerson reports whether two names are one person's, as the journal reads them:
// letters and spaces make no difference.
func SamePerson(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

func refuseUndo(r *review.Review, e review.Entry) Text {
	entries := r.Journal().Entries()
	if e.UndoOf < 1 || e.UndoOf > len(entries) {
		return say(fmt.Sprintf("記録に %d番はありません。", e.UndoOf), fmt.Sprintf("The journal has no entry no. %d.", e.UndoOf))
	}
	return Text{}
}

// UndoRefusal says why somebody should not take an entry back: it is another's, or
// taken back already. The journal would record it; the program does not offer it.
func UndoRefusal(r *review.Review, e review.Entry) Text {
	if refused := refuseUndo(r, e); refused != (Text{}) {
		return refused
	}
	of := r.Journal().Entries()[e.UndoOf-1]
	switch {
	case r.IsVoid(of.Seq):
		return say(fmt.Sprintf("%d番は、すでに取り消されています。", of.Seq), fmt.Sprintf("No. %d was taken back already.", of.Seq))
	case !SamePerson(of.By, e.By):
		return say(fmt.Sprintf("%d番は %s の記録です。取り消せるのは本人だけです。自分の検討結果を新しく記録してください。", of.Seq, of.By), fmt.Sprintf("No. %d is an entry of %s, who alone takes it back. Record an opinion of your own.", of.Seq, of.By))
	}
	return Text{}
}

// ActionNamed finds the action of a word: its code, or what it is called in either
// language.
func ActionNamed(word string) (review.Action, bool) {
	for _, a := range review.Actions() {
		if says := ActionWord(a); sameWord(word, string(a), says) {
			return a, true
		}
	}
	return "", false
}

// ReasonNamed finds the reason of a word, likewise.
func ReasonNamed(word string) (review.Reason, bool) {
	for _, reason := range review.Reasons() {
		if says := ReasonWord(reason); sameWord(word, string(reason), says) {
			return reason, true
		}
	}
	return "", false
}

func sameWord(word, code string, says Text) bool {
	return strings.EqualFold(word, code) || word == says.Ja || strings.EqualFold(word, says.En)
}
