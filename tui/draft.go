package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
)

// openDialog opens a dialog, with the draft of it if there is one. The text of a draft of
// another action on the same finding is taken over: it is written over at the next key,
// and nothing that was written is to be lost.
func (m *model) openDialog(d *dialog) {
	m.dialog = d
	draft, ok := m.unsent[review.KeyOf(d.on[0])]
	if !ok {
		return
	}
	if of := d.draft(m.author); draft.Action == of.Action && (draft.Clause == of.Clause || d.action == review.NeedsEvidence) {
		d.restore(draft)
		m.message = m.style.Say("下書きを開きました", "your draft is open")
		return
	}
	text := draft.Note
	if draft.Action == review.NeedsEvidence {
		text = draft.Needs
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	if d.has(noteField) {
		d.note = newArea(text)
	} else {
		d.needs = newArea(text)
	}
	m.message = m.style.Say("別の操作の下書きの文を入れました: ", "the text of a draft of another action was taken over: ") + m.style.In(export.ActionWord(draft.Action))
}

func (d *dialog) restore(draft review.Draft) {
	d.note, d.needs = newArea(draft.Note), newArea(draft.Needs)
	d.expires = input{}
	d.expires.put(draft.Expires)
	d.reason = 1 + slices.Index(review.Reasons(), draft.Reason)
	d.yes = map[string]int{"yes": 1, "no": 2}[draft.Answer]
	d.needsOf = 1 + slices.IndexFunc(d.clauses, func(a *checker.Answer) bool { return a.Clause.ID == draft.Clause })
}

// draft is the dialog as it would be kept.
func (d *dialog) draft(by string) review.Draft {
	draft := review.Draft{By: by, Finding: review.KeyOf(d.on[0]), Clause: d.clause, Action: d.action, Note: d.note.value(), Needs: d.needs.value(), Expires: d.expires.value()}
	switch d.action {
	case review.SetAside:
		draft.Reason = d.reasonCode()
	case review.NeedsEvidence:
		if d.needsOf > 0 {
			draft.Clause = d.clauses[d.needsOf-1].Clause.ID
		}
	case review.Answer:
		draft.Answer = []string{"", "yes", "no"}[d.yes]
	}
	for _, f := range d.on[1:] {
		draft.Also = append(draft.Also, review.KeyOf(f))
	}
	return draft
}

func draftsEqual(a, b review.Draft) bool {
	return a.Note == b.Note && a.Needs == b.Needs && a.Expires == b.Expires && a.Reason == b.Reason && a.Answer == b.Answer && a.Clause == b.Clause
}

// keepDraft keeps what a dialog says beside the journal, if it says anything. That it
// could not be kept is said; the text is on the screen all the same.
func (m *model) keepDraft() {
	draft := m.dialog.draft(m.author)
	if strings.TrimSpace(draft.Note+draft.Needs+draft.Expires+draft.Answer) == "" {
		m.dropDraft(m.dialog)
		return
	}
	m.unsent[draft.Finding] = draft
	err := m.review.Journal().SaveDraft(draft)
	m.dialog.isUnkept = err != nil
	if err != nil {
		m.message = m.style.Say("下書きを保存できません（画面には残っています）: ", "the draft could not be kept (it is on the screen): ") + m.style.Trouble(err)
	}
}

func (m *model) dropDraft(d *dialog) {
	key := review.KeyOf(d.on[0])
	d.isUnkept = false
	if _, ok := m.unsent[key]; !ok {
		return
	}
	delete(m.unsent, key)
	if err := m.review.Journal().DropDraft(m.author, key); err != nil {
		m.message = m.style.Trouble(err)
	}
}

// change does something to a dialog, and keeps the draft if that changed what it says.
func (m *model) change(do func(*dialog)) {
	d := m.dialog
	before := d.draft(m.author)
	do(d)
	if !draftsEqual(before, d.draft(m.author)) {
		m.keepDraft()
	}
}

// leaveDialog leaves the dialog and keeps what was written; discard drops it.
func (m *model) leaveDialog() {
	d := m.dialog
	if d.isUnkept {
		m.keepDraft()
	}
	m.dialog = nil
	switch _, ok := m.unsent[review.KeyOf(d.on[0])]; {
	case d.isUnkept:
		m.message = m.style.Say("下書きをファイルに保存できていません。終了すると失われます。同じキーで開けます", "the draft is not kept in a file and is lost on quitting; the same key opens it")
	case ok:
		m.message = m.style.Say("下書きを残しました。同じキーで続きを書けます", "your draft is kept; the same key opens it again")
	}
}

func (m *model) discardDialog() {
	m.dropDraft(m.dialog)
	m.dialog = nil
	m.message = m.style.Say("下書きを捨てました", "the draft is dropped")
}

// quitDialog quits. A draft that no file holds is worth a second key.
func (m *model) quitDialog() tea.Cmd {
	if d := m.dialog; d.isUnkept && !d.isWarned {
		d.isWarned = true
		m.message = m.style.Say("下書きを保存できていません。もう一度 Ctrl+C で、失って終了します", "the draft is not kept: Ctrl+C again quits and loses it")
		return nil
	}
	return tea.Quit
}

// pasteInDialog takes pasted text into the field that keys go to. Line ends are text:
// nothing is recorded by pasting.
func (m *model) pasteInDialog(text string) {
	m.change(func(d *dialog) {
		switch {
		case d.text() != nil:
			if !d.text().put(text) {
				m.message = m.fullWords()
			}
		case d.current() == expiresField:
			d.expires.put(text)
		}
	})
}

// canEdit reports whether the keys go to a text, and there is an editor for it.
func (m *model) canEdit() bool {
	return m.dialog != nil && m.dialog.text() != nil && m.host.Editor != nil
}

// editedMsg is a text that came back from the user's editor.
type editedMsg struct {
	of   *area
	text string
	err  error
}

// edit hands the text to the user's editor, which has the terminal until it ends.
func (m *model) edit() tea.Cmd {
	text := m.dialog.text()
	command, read, err := m.host.Editor(text.value())
	if err != nil {
		m.message = m.style.Say("エディタを開けません: ", "the editor cannot be opened: ") + m.style.Trouble(err)
		return nil
	}
	return tea.ExecProcess(command, func(ran error) tea.Msg {
		after, err := read()
		return editedMsg{text, after, errors.Join(ran, err)}
	})
}

// takeEdited takes the text that came back into the field that it came from, if that is
// still open.
func (m *model) takeEdited(msg editedMsg) {
	switch {
	case msg.err != nil:
		m.message = m.style.Say("エディタの文は入れていません: ", "the editor's text was not taken: ") + m.style.Trouble(msg.err)
	case m.dialog != nil && m.dialog.text() == msg.of:
		m.change(func(*dialog) {
			*msg.of = area{}
			if !msg.of.put(strings.TrimRight(msg.text, "\r\n")) {
				m.message = m.fullWords()
			}
		})
	}
	m.arrange()
}
