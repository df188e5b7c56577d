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
	reason  int // among review.Reasons, from 1; 0: none is chosen
	clauses []*checker.Answer
	needsOf int // among clauses, from 1; 0: none in particular
	yes     int // of an answer: 0 not chosen, 1 yes, 2 no
	needs   area
	note    area
	expires input
	trouble string // why it was not recorded

	isUnkept bool // no file holds the draft
	isWarned bool // that quitting would lose it
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

// suggestNeeds begins what evidence is needed with the first fact that is missing: of the
// clause that the reader is at, else of any.
func (m *model) suggestNeeds(d *dialog) {
	if len(d.on) > 1 {
		d.fields, d.at = []field{needsField, expiresField}, 0
		return
	}
	f := d.on[0]
	d.clauses = f.Answers()
	here, atClause := m.chosenClause()
	for i, a := range d.clauses {
		if atClause && a != here.clause || !atClause && len(a.Missing) == 0 {
			continue
		}
		d.needsOf = i + 1
		if len(a.Missing) > 0 {
			what, look := m.style.MissingWord(f.Rule, a.Missing[0])
			d.needs = newArea(what + m.style.LookWord(look))
		}
		return
	}
}

// answerable lists the clauses of the finding that the reader is at which a person
// answers.
func (m *model) answerable() []spot {
	f := m.chosenFinding()
	if f == nil {
		return nil
	}
	var list []spot
	for _, a := range f.Answers() {
		if review.TakesAnswer(a) {
			list = append(list, spot{screen: evidenceScreen, finding: f, clause: a})
		}
	}
	return list
}

// canAnswer reports whether the reader is at a finding with a clause that a person answers.
func (m *model) canAnswer() bool {
	return m.review != nil && !m.sizes.tiny && len(m.answerable()) > 0
}

// answer opens the dialog of the clause that the reader is at, if a person answers it,
// else of the one that a person does; of several he chooses.
func (m *model) answer() {
	list := m.answerable()
	if at, ok := m.chosenClause(); ok && review.TakesAnswer(at.clause) {
		list = []spot{at}
	}
	if len(list) == 1 {
		m.answerClause(list[0])
		return
	}
	var choices []choice
	for _, at := range list {
		choices = append(choices, choice{m.style.ClauseName(at.finding, at.clause), at.clause.Clause.Phrase(m.style.Lang) + "  " + m.style.In(export.AnswerWord(at.clause)), run(func(m *model) { m.answerClause(at) })})
	}
	m.picker = newPicker(m.style.Say("どの要件に答えますか", "Which clause do you answer?"), choices)
}

func (m *model) answerClause(at spot) {
	m.openDialog(&dialog{action: review.Answer, on: []*checker.Finding{at.finding}, clause: at.clause.Clause.ID, fields: []field{answerField, noteField}})
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

// entry is what the dialog would record, of whichever finding.
func (d *dialog) entry(by string, at time.Time) review.Entry {
	e := review.Entry{At: at.Format(time.RFC3339), By: by, Action: d.action, Note: strings.TrimSpace(d.note.value())}
	if d.has(expiresField) {
		e.Expires = strings.TrimSpace(d.expires.value())
	}
	switch d.action {
	case review.SetAside:
		e.Reason = d.reasonCode()
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

// reasonCode is the reason that is chosen; "": none is, for it is an opinion, and nobody's
// until he chooses it.
func (d *dialog) reasonCode() review.Reason {
	if d.reason == 0 {
		return ""
	}
	return review.Reasons()[d.reason-1]
}

// refusal is a finding that a dialog would not record anything of, and why.
type refusal struct {
	finding *checker.Finding
	why     string
}

// drafted is what the dialog would record, and what it would not.
func (m *model) drafted(d *dialog) (entries []review.Entry, refused []refusal) {
	e := d.entry(m.author, m.now())
	for _, f := range d.on {
		e.Finding = review.KeyOf(f)
		if why := export.Refusal(m.review, e); why.Ja != "" {
			refused = append(refused, refusal{f, m.style.In(why)})
			continue
		}
		entries = append(entries, e)
	}
	return entries, refused
}

// refusedWords says which of so many findings would be left out, by why.
func (m *model) refusedWords(refused []refusal, of int) []string {
	ids := map[string][]string{}
	var reasons []string
	for _, r := range refused {
		if len(ids[r.why]) == 0 {
			reasons = append(reasons, r.why)
		}
		ids[r.why] = append(ids[r.why], r.finding.ID)
	}
	var lines []string
	for _, why := range reasons {
		n := len(ids[why])
		if n == of {
			lines = append(lines, m.style.Say("記録できません: ", "cannot be recorded: ")+why)
			continue
		}
		lines = append(lines, fmt.Sprintf(m.style.Say("対象外 %d件 %s: ", "left out, %d: %s: "), n, m.someOf(ids[why]))+why)
	}
	return lines
}

// pressInDialog does what a key means while a decision is being written.
func (m *model) pressInDialog(msg tea.KeyPressMsg) tea.Cmd {
	d := m.dialog
	if a, ok := m.actionFor(deciding, msg.Keystroke()); ok {
		return a.do(m)
	}
	f := d.current()
	if f == noteField && msg.Keystroke() == "enter" && m.needsNoMore(d) {
		m.record()
		return nil
	}
	m.change(func(d *dialog) {
		switch text := d.text(); {
		case text != nil:
			if len(text.value())+len(msg.Text) > review.MaxText {
				m.message = m.fullWords()
			}
			text.press(msg, m.textWidth())
		case f == expiresField:
			d.expires.press(msg)
		default:
			d.choose(f, msg)
		}
	})
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
		pick(&d.reason, 1, len(review.Reasons()))
		if number > 0 && number == d.reason { // taken by its number: the note comes next
			d.at++
		}
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
		d.trouble = strings.Join(m.refusedWords(refused, len(d.on)), " ")
		m.message = d.trouble // it may be below the screen
		return
	}
	if err := m.keep(entries); err != nil {
		d.trouble = m.troubleWords(err)
		m.message = d.trouble
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
		return m.style.Say("先にほかの記録がありました。確かめて、よければもう一度 Ctrl+S: ", "others have recorded meanwhile. Look, and press Ctrl+S again if it still holds: ") + m.entriesWords(moved.Added)
	}
	return m.style.Say("記録できませんでした。書いた内容はここにあります: ", "not recorded; what you wrote is still here: ") + m.style.Trouble(err)
}

// someOf lists ids: as many as can be taken in, and how many more there are.
func (m *model) someOf(ids []string) string {
	const most = 40
	if len(ids) <= most {
		return strings.Join(ids, " ")
	}
	return strings.Join(ids[:most], " ") + fmt.Sprintf(m.style.Say(" ほか %d件", " and %d more"), len(ids)-most)
}

func (m *model) recordedWords(entries []review.Entry, refused []refusal) string {
	words := m.style.Say("記録済: ", "recorded: ") + m.idsOf(entries) + " " + m.style.In(export.ActionWord(entries[0].Action)) + m.style.Say("（u で取消し）", " (u takes it back)")
	if len(refused) > 0 {
		words += "  " + strings.Join(m.refusedWords(refused, len(refused)+len(entries)), " ")
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

// findingOf finds a finding by what the journal calls it; nil if there is none.
func (m *model) findingOf(key review.Key) *checker.Finding { return m.byKey[key] }

// indexFindings makes findings known by what the journal calls them.
func (m *model) indexFindings() {
	m.byKey = make(map[review.Key]*checker.Finding, len(m.result.Findings))
	for _, f := range m.result.Findings {
		m.byKey[review.KeyOf(f)] = f
	}
}

func (m *model) hasReview() bool { return m.review != nil }

func (m *model) canShowHistory() bool {
	return m.review != nil && m.chosenFinding() != nil && m.here().screen != historyScreen
}

func (m *model) showHistory() { m.open(spot{screen: historyScreen, finding: m.chosenFinding()}) }
