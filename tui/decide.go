package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
)

// field is a part of the dialog that keys go to.
type field uint8

const (
	reasonField field = iota // of set-aside
	clauseField              // of needs-evidence
	answerField              // of an answer
	needsField               // of needs-evidence
	noteField
	expiresField
)

// dialog is a decision that is being written, on one finding or several.
type dialog struct {
	action  review.Action
	on      []*checker.Finding
	clause  string // of an answer
	fields  []field
	at      int // which field the keys go to
	reason  int // among review.Reasons
	clauses []*checker.Answer
	needsOf int // among clauses, from 1; 0: none in particular
	yes     int // of an answer: 0 not chosen, 1 yes, 2 no
	needs   area
	note    area
	expires input
	trouble string // why it was not recorded
}

// canDecide reports whether there is a finding to decide, and a journal to record it in.
func (m *model) canDecide() bool {
	return m.review != nil && len(m.targets()) > 0 && !m.sizes.tiny
}

// targets are the findings that a decision would be on: those that are marked, while
// the list is on the screen, else the one that the reader is at.
func (m *model) targets() []*checker.Finding {
	if m.here().screen == findingsScreen && len(m.marked) > 0 {
		var list []*checker.Finding
		for _, f := range m.filter.findings {
			if m.marked[review.KeyOf(f)] {
				list = append(list, f)
			}
		}
		return list
	}
	if f := m.chosenFinding(); f != nil {
		return []*checker.Finding{f}
	}
	return nil
}

// decide opens the dialog of an action.
func (m *model) decide(action review.Action) {
	d := &dialog{action: action, on: m.targets()}
	switch action {
	case review.SetAside:
		d.fields = []field{reasonField, noteField, expiresField}
	case review.NeedsEvidence:
		d.fields = []field{clauseField, needsField, expiresField}
		d.at = 1
		m.suggestNeeds(d)
	case review.TakeUp:
		d.fields = []field{noteField, expiresField}
	default:
		d.fields = []field{noteField}
	}
	m.openDialog(d)
}

// suggestNeeds begins what evidence is needed with the first fact that is missing.
func (m *model) suggestNeeds(d *dialog) {
	if len(d.on) > 1 {
		d.fields, d.at = []field{needsField, expiresField}, 0
		return
	}
	f := d.on[0]
	d.clauses = f.Answers()
	for i, a := range d.clauses {
		if len(a.Missing) > 0 {
			what, look := m.style.MissingWord(f.Rule, a.Missing[0])
			d.needsOf = i + 1
			d.needs = newArea(what + m.style.LookWord(look))
			return
		}
	}
}

func (m *model) openDialog(d *dialog) {
	for _, draft := range m.unsent {
		if draft.Action == d.action && draft.Clause == d.clause && draft.Finding == review.KeyOf(d.on[0]) {
			d.restore(draft)
			m.message = m.style.Say("下書きを開きました", "your draft is open")
		}
	}
	m.dialog = d
}

func (d *dialog) restore(draft review.Draft) {
	d.note, d.needs = newArea(draft.Note), newArea(draft.Needs)
	d.expires = input{}
	d.expires.put(draft.Expires)
	d.reason = max(0, slices.Index(review.Reasons(), draft.Reason))
	d.yes = map[string]int{"yes": 1, "no": 2}[draft.Answer]
}

// canAnswer reports whether the reader is at a clause that a person answers.
func (m *model) canAnswer() bool {
	at, ok := m.chosenClause()
	return m.review != nil && ok && review.TakesAnswer(at.clause) && !m.sizes.tiny
}

func (m *model) answer() {
	at, ok := m.chosenClause()
	if !ok {
		return
	}
	d := &dialog{action: review.Answer, on: []*checker.Finding{at.finding}, clause: at.clause.Clause.ID, fields: []field{answerField, noteField}}
	m.openDialog(d)
}

// canApprove reports whether there is a decision by another that waits for a second
// person.
func (m *model) canApprove() bool {
	f := m.chosenFinding()
	return m.review != nil && f != nil && !m.sizes.tiny && m.review.Of(f).Status() == review.Proposed
}

// has reports whether the dialog has a field.
func (d *dialog) has(f field) bool { return slices.Contains(d.fields, f) }

func (d *dialog) current() field { return d.fields[d.at] }

// text is the text that keys go to, if they go to one of several lines.
func (d *dialog) text() *area {
	switch d.current() {
	case noteField:
		return &d.note
	case needsField:
		return &d.needs
	default:
		return nil
	}
}

// entry is what the dialog would record of a finding.
func (d *dialog) entry(f *checker.Finding, by string, at time.Time) review.Entry {
	e := review.Entry{At: at.Format(time.RFC3339), By: by, Finding: review.KeyOf(f), Action: d.action, Note: strings.TrimSpace(d.note.value())}
	if d.has(expiresField) {
		e.Expires = strings.TrimSpace(d.expires.value())
	}
	switch d.action {
	case review.SetAside:
		e.Reason = review.Reasons()[d.reason]
	case review.NeedsEvidence:
		e.Needs = strings.TrimSpace(d.needs.value())
		if d.needsOf > 0 {
			e.Clause = d.clauses[d.needsOf-1].Clause.ID
		}
	case review.Answer:
		e.Clause = d.clause
		e.Answer = []string{"", "yes", "no"}[d.yes]
	}
	return e
}

// drafted is what the dialog would record, and the findings that it would not record
// it of, with why.
func (m *model) drafted(d *dialog) (entries []review.Entry, refused []string) {
	for _, f := range d.on {
		e := d.entry(f, m.author, m.now())
		if why := export.Refusal(m.review, e); why.Ja != "" {
			refused = append(refused, f.ID+": "+m.style.In(why))
			continue
		}
		entries = append(entries, e)
	}
	return entries, refused
}

// pressInDialog does what a key means while a decision is being written.
func (m *model) pressInDialog(msg tea.KeyPressMsg) tea.Cmd {
	d := m.dialog
	if a, ok := m.actionFor(deciding, msg.Keystroke()); ok {
		return a.do(m)
	}
	before := d.draft(m.author)
	switch f := d.current(); {
	case f == noteField && msg.Keystroke() == "enter" && m.needsNoMore(d):
		m.record()
		return nil
	case d.text() != nil:
		if len(d.text().value())+len(msg.Text) > review.MaxText {
			m.message = m.fullWords()
		}
		d.text().press(msg, m.textWidth())
	case f == expiresField:
		d.expires.press(msg)
	default:
		d.choose(f, msg)
	}
	if after := d.draft(m.author); !draftsEqual(before, after) {
		m.saveDraft(after)
	}
	return nil
}

// needsNoMore reports whether Enter alone records: the finding is taken up, everything
// in it is supported, and no note was begun.
func (m *model) needsNoMore(d *dialog) bool {
	return d.action == review.TakeUp && d.note.value() == "" && !slices.ContainsFunc(d.on, review.NeedsNote)
}

func (m *model) fullWords() string {
	return fmt.Sprintf(m.style.Say("文は %dバイトまでです。入らない分は入れていません", "a text has at most %d bytes; what has no room was left out"), review.MaxText)
}

// choose moves along the choices of a field, or takes one by its number.
func (d *dialog) choose(f field, msg tea.KeyPressMsg) {
	key, _ := commandKey(msg)
	step := 0
	switch key {
	case "down", "j", "right", "l", "space":
		step = 1
	case "up", "k", "left", "h":
		step = -1
	case "enter":
		d.at = min(d.at+1, len(d.fields)-1)
		return
	}
	number := -1
	if len(key) == 1 && key[0] >= '0' && key[0] <= '9' {
		number = int(key[0] - '0')
	}
	pick := func(at *int, from, to int) {
		switch {
		case number >= from && number <= to:
			*at = number
		case step != 0:
			*at = from + (*at-from+step+(to-from+1))%(to-from+1)
		}
	}
	switch f {
	case reasonField:
		at := d.reason + 1
		pick(&at, 1, len(review.Reasons()))
		d.reason = at - 1
	case clauseField:
		pick(&d.needsOf, 0, len(d.clauses))
	case answerField:
		switch key {
		case "y":
			d.yes = 1
		case "n":
			d.yes = 2
		default:
			if d.yes == 0 && step != 0 {
				d.yes = 1
				return
			}
			pick(&d.yes, 1, 2)
		}
	}
}

// nextField and previousField move among the fields.
func (m *model) nextField() { m.dialog.at = (m.dialog.at + 1) % len(m.dialog.fields) }

func (m *model) previousField() {
	m.dialog.at = (m.dialog.at + len(m.dialog.fields) - 1) % len(m.dialog.fields)
}

// record records what the dialog says. What cannot be recorded leaves the dialog as it
// is, with why.
func (m *model) record() {
	d := m.dialog
	entries, refused := m.drafted(d)
	if len(entries) == 0 {
		d.trouble = strings.Join(refused, " ")
		return
	}
	if err := m.keep(entries); err != nil {
		d.trouble = m.troubleWords(err)
		return
	}
	m.dropDraft(d)
	m.dialog = nil
	clear(m.marked)
	m.message = m.recordedWords(entries, refused)
	m.forgetDecisions()
	m.show()
}

// keep records entries and takes the review as it then stands.
func (m *model) keep(entries []review.Entry) error {
	after, err := m.review.Record(entries...)
	if after != nil {
		m.adopt(after)
	}
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	return nil
}

// troubleWords says why something was not recorded, and that the text is still there.
func (m *model) troubleWords(err error) string {
	var moved *review.MovedError
	if errors.As(err, &moved) {
		last := moved.Added[len(moved.Added)-1]
		return fmt.Sprintf(m.style.Say("先に %s が記録しました（%s）。確かめて、よければもう一度 Ctrl+S", "%s has recorded meanwhile (%s). Look, and press Ctrl+S again if it still holds"),
			last.By, m.style.EntryWord(m.findingOf(last.Finding), last))
	}
	return m.style.Say("記録できませんでした。書いた内容はここにあります: ", "not recorded; what you wrote is still here: ") + err.Error()
}

func (m *model) recordedWords(entries []review.Entry, refused []string) string {
	ids := m.idsOf(entries)
	words := m.style.Say("記録済: ", "recorded: ") + ids + " " + m.style.In(export.ActionWord(entries[0].Action)) + m.style.Say("（u で取消し）", " (u takes it back)")
	if len(refused) > 0 {
		words += fmt.Sprintf(m.style.Say("　対象外 %d件: ", "  left out, %d: "), len(refused)) + strings.Join(refused, " ")
	}
	return words
}

// idsOf names the findings of entries: one by its id, several by their number.
func (m *model) idsOf(entries []review.Entry) string {
	if len(entries) > 1 {
		return fmt.Sprintf(m.style.Say("%d件", "%d findings,"), len(entries))
	}
	if f := m.findingOf(entries[0].Finding); f != nil {
		return f.ID
	}
	return entries[0].Finding.Rule
}

func (m *model) findingOf(key review.Key) *checker.Finding {
	for _, f := range m.result.Findings {
		if review.KeyOf(f) == key {
			return f
		}
	}
	return nil
}

// undo takes back what the author did last; redo lets it stand again.
func (m *model) undo() {
	m.reverse(m.review.Undoing(m.author), m.style.Say("取り消す記録はありません", "there is nothing of yours to take back"), m.style.Say("取消し: ", "taken back: "), m.style.Say("（U で戻す）", " (U lets it stand again)"))
}

func (m *model) redo() {
	m.reverse(m.review.Redoing(m.author), m.style.Say("戻す取消しはありません", "there is nothing to let stand again"), m.style.Say("戻した: ", "stands again: "), m.style.Say("（u で取消し）", " (u takes it back)"))
}

func (m *model) reverse(entries []review.Entry, nothing, done, then string) {
	if len(entries) == 0 {
		m.message = nothing
		return
	}
	of := m.review.Journal().Entries()[entries[0].UndoOf-1]
	if of.Action == review.Undo {
		of = m.review.Journal().Entries()[of.UndoOf-1]
	}
	for i := range entries {
		entries[i].At = m.now().Format(time.RFC3339)
	}
	if err := m.keep(entries); err != nil {
		m.message = m.troubleWords(err)
		return
	}
	m.message = done + m.idsOf(entries) + " " + m.style.EntryWord(m.findingOf(of.Finding), of) + then
	m.forgetDecisions()
	m.show()
}

func (m *model) hasReview() bool { return m.review != nil }

// draft is the dialog as it would be kept.
func (d *dialog) draft(by string) review.Draft {
	draft := review.Draft{By: by, Finding: review.KeyOf(d.on[0]), Clause: d.clause, Action: d.action, Note: d.note.value(), Needs: d.needs.value(), Expires: d.expires.value()}
	if d.action == review.SetAside {
		draft.Reason = review.Reasons()[d.reason]
	}
	if d.action == review.Answer {
		draft.Answer = []string{"", "yes", "no"}[d.yes]
	}
	for _, f := range d.on[1:] {
		draft.Also = append(draft.Also, review.KeyOf(f))
	}
	return draft
}

func draftsEqual(a, b review.Draft) bool {
	return a.Note == b.Note && a.Needs == b.Needs && a.Expires == b.Expires && a.Reason == b.Reason && a.Answer == b.Answer
}

// saveDraft keeps a draft beside the journal. That it could not is said; the text is
// on the screen all the same.
func (m *model) saveDraft(d review.Draft) {
	m.unsent[d.Finding] = d
	if err := m.review.Journal().SaveDraft(d); err != nil {
		m.message = m.style.Say("下書きを保存できません（画面には残っています）: ", "the draft could not be kept (it is on the screen): ") + err.Error()
	}
}

func (m *model) dropDraft(d *dialog) {
	key := review.KeyOf(d.on[0])
	delete(m.unsent, key)
	if err := m.review.Journal().DropDraft(m.author, key); err != nil {
		m.message = err.Error()
	}
}

// leaveDialog leaves the dialog and keeps what was written; discard drops it.
func (m *model) leaveDialog() {
	d := m.dialog
	m.dialog = nil
	if _, ok := m.unsent[review.KeyOf(d.on[0])]; ok {
		m.message = m.style.Say("下書きを残しました。同じキーで続きを書けます", "your draft is kept; the same key opens it again")
	}
}

func (m *model) discardDialog() {
	m.dropDraft(m.dialog)
	m.dialog = nil
	m.message = m.style.Say("下書きを捨てました", "the draft is dropped")
}

// markFinding marks a finding for a decision on several, or takes the mark off.
func (m *model) markFinding() {
	f := m.chosenFinding()
	if f == nil {
		return
	}
	key := review.KeyOf(f)
	if m.marked[key] {
		delete(m.marked, key)
	} else {
		m.marked[key] = true
	}
	m.forgetDecisions()
	m.down()
}

// markAll marks all findings of the list, or takes all marks off.
func (m *model) markAll() {
	if len(m.marked) > 0 {
		clear(m.marked)
	} else {
		for _, f := range m.filter.findings {
			m.marked[review.KeyOf(f)] = true
		}
	}
	m.forgetDecisions()
	m.arrange()
}

func (m *model) canMark() bool {
	return m.review != nil && m.here().screen == findingsScreen && len(m.filter.findings) > 0
}

// nextUndecided goes to the next finding of the list that is not decided, on the
// screen that the reader is on if that is of one finding.
func (m *model) nextUndecided(step int) {
	list := m.filter.findings
	from := slices.Index(list, m.chosenFinding())
	for i := from + step; i >= 0 && i < len(list); i += step {
		if m.review.Of(list[i]).IsDecided() {
			continue
		}
		m.goToFinding(i)
		return
	}
	m.message = m.style.Say("この先に未検討の指摘はありません", "no undecided finding further this way")
}

// goToFinding puts the cursor of the list on a finding, and shows it if the reader was
// looking at one.
func (m *model) goToFinding(i int) {
	inside := len(m.stack) > 1
	if m.stack[0].screen != findingsScreen {
		m.goTo(findingsScreen)
	}
	root := m.stack[0]
	root.pane.item, root.pane.mark = i, 0
	m.stack = []place{root}
	m.show()
	if inside {
		m.open(spot{screen: findingScreen, finding: m.filter.findings[i]})
	}
}

func (m *model) canShowHistory() bool {
	return m.review != nil && m.chosenFinding() != nil && m.here().screen != historyScreen
}

func (m *model) showHistory() { m.open(spot{screen: historyScreen, finding: m.chosenFinding()}) }

// pasteInDialog takes pasted text into the field that keys go to. Line ends are text:
// nothing is recorded by pasting.
func (m *model) pasteInDialog(text string) {
	d := m.dialog
	before := d.draft(m.author)
	switch {
	case d.text() != nil:
		if !d.text().put(text) {
			m.message = m.fullWords()
		}
	case d.current() == expiresField:
		d.expires.put(text)
	}
	if after := d.draft(m.author); !draftsEqual(before, after) {
		m.saveDraft(after)
	}
}
