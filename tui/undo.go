package tui

import (
	"time"

	"jobun/checker/export"
	"jobun/checker/review"
)

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

// undoWords says what undo would take back; nothing if there is nothing.
func (m *model) undoWords() string {
	if len(m.next) == 0 {
		return ""
	}
	of := m.review.Journal().Entries()[m.next[0].UndoOf-1]
	return "u " + m.style.Say("取消し: ", "takes back: ") + m.idsOf(m.next) + " " + m.style.In(export.ActionWord(of.Action))
}
