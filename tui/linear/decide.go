package linear

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
)

// decide asks for what a decision needs, and records it.
func (d *dialogue) decide(action review.Action, arguments []string) error {
	on, expires, ok := d.targets(arguments)
	if !ok {
		return nil
	}
	draft := review.Draft{By: d.options.By, Finding: review.KeyOf(on[0]), Action: action, Expires: expires}
	for _, f := range on[1:] {
		draft.Also = append(draft.Also, review.KeyOf(f))
	}
	return d.finish(draft)
}

// answer asks for a person's answer to a clause of the finding in hand.
func (d *dialogue) answer(arguments []string) error {
	draft := review.Draft{By: d.options.By, Finding: review.KeyOf(d.finding()), Action: review.Answer}
	if len(arguments) > 0 {
		a, ok := d.clause(arguments[0])
		if !ok || !review.TakesAnswer(a) {
			d.tell(d.Say("「"+short(arguments[0])+"」は、人が答える要件ではありません", "\""+short(arguments[0])+"\" is no element that a person answers"))
			return nil
		}
		draft.Clause = a.Clause.ID
	}
	return d.finish(draft)
}

// draft is what the reviewer was writing on a finding.
func (d *dialogue) draft(f *checker.Finding) (review.Draft, bool) {
	for _, draft := range d.review.Journal().Drafts(d.options.By) {
		if draft.Finding == review.KeyOf(f) {
			return draft, true
		}
	}
	return review.Draft{}, false
}

// resume goes on with what was being written on the finding in hand, or drops it.
func (d *dialogue) resume([]string) error {
	draft, ok := d.draft(d.finding())
	if !ok {
		d.tell(d.Say("この指摘に書きかけはありません", "Nothing unfinished is kept of this finding"))
		return nil
	}
	entry := entryOf(draft, draft.Finding)
	d.tell(d.Say("書きかけは、", "Unfinished: ") + d.EntryWord(d.finding(), entry) + d.Say("「"+draft.Note+"」", " \""+draft.Note+"\""))
	yes, err := d.confirm(d.Say("続けますか。y 続ける、n 捨てる。", "Go on with it? y yes, n drop it."))
	switch {
	case err != nil:
		return err
	case !yes:
		return d.drop(draft)
	}
	return d.finish(draft)
}

// confirm asks until the answer is yes or no; a dot is no.
func (d *dialogue) confirm(question string) (bool, error) {
	for {
		words, err := d.ask(question)
		if err != nil {
			return false, err
		}
		switch strings.ToLower(plain(words)) {
		case "y", "yes", "はい", "当たる":
			return true, nil
		case "n", "no", "いいえ", "当たらない", ".":
			return false, nil
		}
	}
}

// errGivenUp says that the user has given up what he was being asked.
var errGivenUp = errors.New("given up")

// finish asks for what a draft still lacks, keeping it after each answer, and records
// it. What ends the dialogue meanwhile leaves the draft.
func (d *dialogue) finish(draft review.Draft) error {
	err := d.fill(&draft)
	switch {
	case errors.Is(err, errGivenUp):
		d.tell(d.Say("取りやめました。何も記録していません", "Given up. Nothing was recorded"))
		return d.drop(draft)
	case err != nil:
		return err
	}
	var entries []review.Entry
	for _, key := range append([]review.Key{draft.Finding}, draft.Also...) {
		entries = append(entries, entryOf(draft, key))
	}
	recorded, err := d.record(entries)
	if err != nil || !recorded {
		return err
	}
	return d.drop(draft)
}

func entryOf(draft review.Draft, key review.Key) review.Entry {
	return review.Entry{By: draft.By, Finding: key, Clause: draft.Clause, Action: draft.Action, Answer: draft.Answer, Reason: draft.Reason, Note: draft.Note, Needs: draft.Needs, Expires: draft.Expires}
}

func (d *dialogue) drop(draft review.Draft) error {
	if err := d.review.Journal().DropDraft(draft.By, draft.Finding); err != nil {
		d.tell(d.Trouble(err))
	}
	return nil
}

// fill asks for the parts of a draft that are empty.
func (d *dialogue) fill(draft *review.Draft) error {
	switch draft.Action {
	case review.TakeUp:
		if d.needsNote(draft) {
			return d.fillText(draft, &draft.Note, true, d.Say("裏付けのない要件があります。取り上げる理由を書いてください。", "Not every element is supported. Say why it is taken up."))
		}
		return d.fillText(draft, &draft.Note, false, d.Say("メモがあれば書いてください。空の行で、メモなしで記録します。", "A note, if any. An empty line records without one."))
	case review.SetAside:
		if err := d.fillReason(draft); err != nil {
			return err
		}
		return d.fillText(draft, &draft.Note, true, d.Say("見送る理由を自分の言葉で書いてください。", "Say in your own words why it is set aside."))
	case review.NeedsEvidence:
		if err := d.fillText(draft, &draft.Needs, true, d.Say("どの証拠が要りますか。", "What evidence is needed?")); err != nil {
			return err
		}
		return d.fillNeedsClause(draft)
	case review.Note:
		return d.fillText(draft, &draft.Note, true, d.Say("メモを書いてください。", "Write the note."))
	case review.Answer:
		if err := d.fillAnswer(draft); err != nil {
			return err
		}
		return d.fillText(draft, &draft.Note, false, d.Say("そう考える理由があれば書いてください。空の行で、理由なしで記録します。", "Say why, if you will. An empty line records without it."))
	default:
		return nil
	}
}

func (d *dialogue) needsNote(draft *review.Draft) bool {
	states := export.StatesOf(d.review)
	for _, key := range append([]review.Key{draft.Finding}, draft.Also...) {
		if st := states[key]; st != nil && st.Finding != nil && review.NeedsNote(st.Finding) {
			return true
		}
	}
	return false
}

// fillText asks for a text. What is longer than the journal takes is asked for again.
func (d *dialogue) fillText(draft *review.Draft, text *string, required bool, question string) error {
	if *text != "" {
		return nil
	}
	for {
		words, err := d.ask(question)
		switch {
		case err != nil:
			return err
		case words == "." || words == "。":
			return errGivenUp
		case len(words) > review.MaxText:
			d.tell(d.Say("長すぎます", "It is too long"))
		case words == "" && required:
			d.tell(d.Say("空では記録できません。点だけの行で取りやめます", "It cannot be empty. A single dot gives up"))
		default:
			*text = words
			d.keep(*draft)
			return nil
		}
	}
}

// keep saves a draft. That it could not be saved is told and stops nothing.
func (d *dialogue) keep(draft review.Draft) {
	if err := d.review.Journal().SaveDraft(draft); err != nil {
		d.tell(d.Say("書きかけを保存できませんでした。", "") + d.Trouble(err))
	}
}

func (d *dialogue) fillReason(draft *review.Draft) error {
	if draft.Reason != "" {
		return nil
	}
	var words []string
	for i, reason := range review.Reasons() {
		words = append(words, fmt.Sprintf("%d %s", i+1, d.In(export.ReasonWord(reason))))
	}
	for {
		said, err := d.ask(d.Say("理由は何ですか。"+d.and(words)+"。", "For what reason? "+d.and(words)+"."))
		if err != nil {
			return err
		}
		said = plain(said)
		if said == "." || said == "。" {
			return errGivenUp
		}
		if n, err := strconv.Atoi(said); err == nil && n >= 1 && n <= len(review.Reasons()) {
			draft.Reason = review.Reasons()[n-1]
		} else if reason, ok := export.ReasonNamed(said); ok {
			draft.Reason = reason
		}
		if draft.Reason != "" {
			d.keep(*draft)
			return nil
		}
		d.tellDot()
	}
}

// tellDot tells, after an answer that is none of those asked for, how to get away.
func (d *dialogue) tellDot() {
	d.tell(d.Say("その答えは選べません。点だけの行で取りやめます", "That is none of the answers. A single dot gives up"))
}

// fillNeedsClause asks of which clause evidence is needed, if the finding in hand is
// the only one.
func (d *dialogue) fillNeedsClause(draft *review.Draft) error {
	if draft.Clause != "" || len(draft.Also) > 0 || draft.Finding != review.KeyOf(d.finding()) {
		return nil
	}
	for {
		said, err := d.ask(d.Say("どの要件についてですか。要件の番号、除外事由なら x と番号。空の行で、指摘の全体。", "Of which element? Its number, or x and the number of an exception. An empty line: of the finding."))
		if err != nil {
			return err
		}
		if said == "." || said == "。" {
			return errGivenUp
		}
		if said == "" {
			return nil
		}
		if a, ok := d.clause(said); ok {
			draft.Clause = a.Clause.ID
			d.keep(*draft)
			return nil
		}
		d.tell(d.Say("その要件はありません", "There is no such element"))
	}
}

// fillAnswer asks which clause is answered, and for the answer. Where one clause alone
// takes an answer it is that.
func (d *dialogue) fillAnswer(draft *review.Draft) error {
	f := d.finding()
	var open []*checker.Answer
	var names []string
	for _, a := range f.Answers() {
		if review.TakesAnswer(a) {
			open = append(open, a)
			names = append(names, d.ClauseName(f, a))
		}
	}
	if len(open) == 0 {
		d.tell(d.Say("この指摘に、人が答える要件はありません", "No element of this finding is answered by a person"))
		return errGivenUp
	}
	if draft.Clause == "" && len(open) == 1 {
		draft.Clause = open[0].Clause.ID
	}
	for draft.Clause == "" {
		said, err := d.ask(d.Say("どの要件ですか。"+d.and(names)+"。番号を入れてください。", "Which element? "+d.and(names)+". Give the number."))
		if err != nil {
			return err
		}
		if said == "." || said == "。" {
			return errGivenUp
		}
		if a, ok := d.clause(said); ok && review.TakesAnswer(a) {
			draft.Clause = a.Clause.ID
		} else {
			d.tellDot()
		}
	}
	a, ok := f.Answer(draft.Clause)
	if !ok {
		return errGivenUp
	}
	if draft.Answer != "" {
		return nil
	}
	d.readAnswer(f, a)
	for _, line := range d.Why(f, a) {
		d.tell(line.Text)
	}
	for {
		said, err := d.ask(d.Say("当たると考えますか。y 当たる、n 当たらない。", "Is it met? y yes, n no."))
		if err != nil {
			return err
		}
		switch strings.ToLower(plain(said)) {
		case "y", "yes", "はい", "当たる":
			draft.Answer = "yes"
		case "n", "no", "いいえ", "当たらない":
			draft.Answer = "no"
		case ".", "。":
			return errGivenUp
		default:
			d.tellDot()
			continue
		}
		d.keep(*draft)
		return nil
	}
}
