package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
)

// lookAround notices what others did meanwhile: entries in the journal, which are taken
// at once, and a report that is no longer the one that was read, which is only said:
// nothing changes under a reader.
func (m *model) lookAround() {
	m.notice = ""
	if m.review != nil && m.dialog == nil {
		after, added, err := m.review.Refresh()
		switch {
		case err != nil:
			m.notice = m.style.Say("検討の記録を読めません: ", "the journal cannot be read: ") + m.style.Trouble(err)
		case len(added) > 0:
			m.adopt(after)
			m.message = m.style.Say("ほかの記録: ", "others have recorded: ") + m.entriesWords(added)
			m.rewrite()
		}
	}
	if m.files.HasChanged != nil && m.files.HasChanged() {
		m.notice = m.style.Say("入力が変わりました。R で読み直します", "the input has changed: R reads it again")
	}
}

// entriesWords says who recorded what: a few in words, the rest counted.
func (m *model) entriesWords(entries []review.Entry) string {
	const most = 3
	var parts []string
	for i := range entries {
		e := entries[len(entries)-1-i] // the newest first: the end may be cut
		if i == most {
			parts = append(parts, fmt.Sprintf(m.style.Say("ほか %d件", "%d more"), len(entries)-most))
			break
		}
		parts = append(parts, e.By+" "+m.idsOf([]review.Entry{e})+" "+m.style.EntryWord(m.findingOf(e.Finding), e))
	}
	return strings.Join(parts, m.style.Say("、", "; "))
}

func (m *model) canReload() bool { return m.reload != nil }

// reloadCase reads the report again.
func (m *model) reloadCase() tea.Cmd {
	m.message = m.style.Say("読み直しています", "reading again")
	return m.reload
}

// take takes what can be asked of a case's files.
func (m *model) take(c *Case) {
	m.files, m.provisions = *c, c.Provisions
	m.exhibits = map[string]*audit.Exhibit{}
	for i := range c.Review.Result.Report.Exhibits {
		e := &c.Review.Result.Report.Exhibits[i]
		m.exhibits[e.ID] = e
	}
}

// renewCase takes a report that was read again in place of the one before. The reader
// stays where he is as far as it is still there, and so does what is being written.
func (m *model) renewCase(c *Case, x *index) {
	at := m.bookmark()
	m.index = x
	m.take(c)
	m.rehashed, m.notice = nil, ""
	isWritten := m.review != nil
	m.adopt(c.Review)
	if !isWritten {
		m.review = nil
	}
	m.message = m.style.Say("読み直しました", "read again")
	if d := m.dialog; d != nil && slices.ContainsFunc(d.on, func(f *checker.Finding) bool { return m.findingOf(review.KeyOf(f)) != f }) {
		m.dialog = nil
		m.message += m.style.Say("。書いていた指摘はなくなりました（下書きは残っています）", "; the finding that you wrote on is gone (your draft is kept)")
	}
	m.filter = noFilter(m.result)
	m.left = map[screen]place{}
	m.stack = m.stack[:1]
	if !m.goBack(at) {
		m.stack = []place{{spot: spot{screen: findingsScreen}}}
	}
	m.rewrite()
}

func (m *model) canVerify() bool { return m.files.Verify != nil }

// verifiedMsg is what came of hashing the exhibits of a report.
type verifiedMsg struct {
	of     *audit.Report
	states map[string]audit.ExhibitState
}

// verifyAgain hashes the exhibits' files anew.
func (m *model) verifyAgain() tea.Cmd {
	m.message = m.style.Say("証拠のファイルを照合しています", "hashing the exhibits' files")
	of, verify := m.result.Report, m.files.Verify
	return func() tea.Msg { return verifiedMsg{of, verify()} }
}

// takeVerified shows what came of it, unless the report was read again meanwhile.
func (m *model) takeVerified(msg verifiedMsg) {
	if msg.of != m.result.Report {
		return
	}
	m.rehashed = msg.states
	m.result.Exhibits = msg.states
	m.doubtful = doubtful(m.result)
	count := map[audit.ExhibitState]int{}
	for _, e := range m.result.Report.Exhibits {
		count[m.result.Exhibits[e.ID]]++
	}
	var parts []string
	for _, state := range []audit.ExhibitState{audit.HashAgrees, audit.HashDiffers, audit.FileMissing, audit.NotHashed} {
		if count[state] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", m.style.In(export.ExhibitWord(state)), count[state]))
		}
	}
	m.message = m.style.Say("証拠を照合しました: ", "exhibits hashed: ") + strings.Join(parts, m.style.Say("、", ", "))
	m.rewrite()
}

func (m *model) canExport() bool { return m.files.Export != nil && m.review != nil }

// askExport lists the formats of papers.
func (m *model) askExport() {
	var choices []choice
	for _, end := range m.files.Ends {
		choices = append(choices, choice{end, m.style.Say("法的引用要約をこの形式で報告の隣に書く", "write the legal citation summary beside the report"), func(m *model) tea.Cmd {
			name, err := m.files.Export(end, m.review, m.style)
			if err != nil {
				m.message = m.style.Say("書けませんでした: ", "not written: ") + m.style.Trouble(err)
				return nil
			}
			m.message = m.style.Say("書きました: ", "wrote ") + name
			return nil
		}})
	}
	m.picker = newPicker(m.style.Say("出力", "Export"), choices)
}

// copied is a text that can be copied, with what it is.
type copied struct{ name, text string }

// copies lists what can be copied of where the reader is.
func (m *model) copies() []copied {
	f := m.chosenFinding()
	if f == nil {
		return nil
	}
	s := m.style
	var cites, exhibits []string
	for _, p := range f.Anchor.Places {
		cites = append(cites, s.Citation(f.Law, p))
	}
	for _, id := range export.ExhibitsBehind(m.result.Report, f) {
		exhibits = append(exhibits, strings.TrimSpace(id+" "+m.exhibits[id].Title+" SHA-256 "+m.exhibits[id].SHA256))
	}
	list := []copied{
		{s.Say("引用", "citation"), strings.Join(cites, "\n")},
		{s.Say("指摘", "finding"), f.ID + " " + s.Heading(f) + " " + m.conduct(f)},
		{s.Say("証拠とハッシュ", "exhibits, hashes"), strings.Join(exhibits, "\n")},
	}
	if at, ok := m.chosenClause(); ok {
		list = append(list, copied{s.ClauseName(f, at.clause), at.clause.Clause.Phrase(s.Lang) + " " + s.In(export.AnswerWord(at.clause)) + " " + strings.Join(s.Pointers(at.clause), " ")})
	}
	return slices.DeleteFunc(list, func(c copied) bool { return c.text == "" })
}

// askCopy lists what can be copied of where the reader is.
func (m *model) askCopy() {
	var choices []choice
	for _, c := range m.copies() {
		choices = append(choices, choice{c.name, c.text, func(m *model) tea.Cmd { return m.copy(c.text) }})
	}
	m.picker = newPicker(m.style.Say("コピー", "Copy"), choices)
}

// copyAll copies all of that at once.
func (m *model) copyAll() tea.Cmd {
	var lines []string
	for _, c := range m.copies() {
		lines = append(lines, c.text)
	}
	return m.copy(strings.Join(lines, "\n"))
}

// copy gives a text to the terminal, and says by which way: whether it was taken cannot be
// known.
func (m *model) copy(text string) tea.Cmd {
	m.message = m.style.Say("OSC 52 で端末に渡しました（対応しない端末ではコピーされません）", "given to the terminal by OSC 52 (a terminal without it copies nothing)")
	return tea.SetClipboard(text)
}

func (m *model) canCopy() bool { return m.chosenFinding() != nil }

func (m *model) canShowDiagram() bool {
	return m.chosenFinding() != nil && m.here().screen != diagramScreen
}

func (m *model) showDiagram() { m.open(spot{screen: diagramScreen, finding: m.chosenFinding()}) }
