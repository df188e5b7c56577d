package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker/audit"
	"jobun/checker/export"
)

// lookAround notices what others did meanwhile: entries in the journal, which are taken
// at once, and a report that is no longer the one that was read, which is only said:
// nothing changes under a reader.
func (m *model) lookAround() {
	if m.review != nil && m.dialog == nil {
		after, added, err := m.review.Refresh()
		switch {
		case err != nil:
			m.message = m.style.Say("検討の記録を読めません: ", "the journal cannot be read: ") + err.Error()
		case len(added) > 0:
			m.adopt(after)
			last := added[len(added)-1]
			m.message = fmt.Sprintf(m.style.Say("%s が記録しました: %s %s", "%s has recorded: %s %s"), last.By, m.idsOf(added[len(added)-1:]), m.style.EntryWord(m.findingOf(last.Finding), last))
			m.rewrite()
		}
	}
	if m.host.HasChanged != nil && m.host.HasChanged() {
		m.message = m.style.Say("入力が変わりました。R で読み直します（今の表示は前の内容です）", "the input has changed: R reads it again (what is shown is as it was)")
	}
}

func (m *model) canReload() bool { return m.reload != nil }

// reloadCase reads the report again.
func (m *model) reloadCase() tea.Cmd {
	m.message = m.style.Say("読み直しています", "reading again")
	return m.reload
}

// renewCase takes a report that was read again in place of the one before.
func (m *model) renewCase(c *Case) {
	m.provisions = c.Provisions
	m.exhibits = map[string]*audit.Exhibit{}
	for i := range c.Review.Result.Report.Exhibits {
		e := &c.Review.Result.Report.Exhibits[i]
		m.exhibits[e.ID] = e
	}
	isWritten := m.review != nil
	m.adopt(c.Review)
	if !isWritten {
		m.review = nil
	}
	m.dialog = nil // its draft is kept
	m.filter = noFilter(m.result)
	m.left = map[screen]place{}
	m.stack = m.stack[:1]
	m.stack[0].moment = nil
	m.message = m.style.Say("読み直しました", "read again")
	m.rewrite()
}

func (m *model) canVerify() bool { return m.host.Verify != nil }

// verifyAgain hashes the exhibits' files anew.
func (m *model) verifyAgain() {
	m.result.Exhibits = m.host.Verify()
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

func (m *model) canExport() bool { return m.host.Export != nil && m.review != nil }

// askExport lists the formats of papers.
func (m *model) askExport() {
	var choices []choice
	for _, end := range m.host.Ends {
		choices = append(choices, choice{end, m.style.Say("法的引用要約をこの形式で報告の隣に書く", "write the legal citation summary beside the report"), func(m *model) tea.Cmd {
			name, err := m.host.Export(end, m.review, m.style)
			if err != nil {
				m.message = m.style.Say("書けませんでした: ", "not written: ") + err.Error()
				return nil
			}
			m.message = m.style.Say("書きました: ", "wrote ") + name
			return nil
		}})
	}
	m.picker = newPicker(m.style.Say("出力", "Export"), choices)
}

// askCopy lists what can be copied of where the reader is.
func (m *model) askCopy() {
	f := m.chosenFinding()
	if f == nil {
		return
	}
	s := m.style
	var cites, exhibits []string
	for _, p := range f.Anchor.Places {
		cites = append(cites, s.Citation(f.Law, p))
	}
	for _, id := range export.ExhibitsBehind(m.result.Report, f) {
		exhibits = append(exhibits, strings.TrimSpace(id+" "+m.exhibits[id].Title+" SHA-256 "+m.exhibits[id].SHA256))
	}
	texts := []struct{ name, text string }{
		{s.Say("引用", "citation"), strings.Join(cites, "\n")},
		{s.Say("指摘", "finding"), f.ID + " " + s.Heading(f) + " " + m.conduct(f)},
		{s.Say("証拠とハッシュ", "exhibits, hashes"), strings.Join(exhibits, "\n")},
	}
	if at, ok := m.chosenClause(); ok {
		texts = append(texts, struct{ name, text string }{s.ClauseName(f, at.clause), at.clause.Clause.Phrase(s.Lang) + " " + s.In(export.AnswerWord(at.clause)) + " " + strings.Join(s.Pointers(at.clause), " ")})
	}
	var choices []choice
	for _, c := range texts {
		if c.text == "" {
			continue
		}
		choices = append(choices, choice{c.name, c.text, func(m *model) tea.Cmd {
			m.message = m.style.Say("OSC 52 で端末に渡しました（対応しない端末ではコピーされません）", "given to the terminal by OSC 52 (a terminal without it copies nothing)")
			return tea.SetClipboard(c.text)
		}})
	}
	m.picker = newPicker(s.Say("コピー", "Copy"), choices)
}

func (m *model) canCopy() bool { return m.chosenFinding() != nil }

func (m *model) canShowDiagram() bool {
	return m.chosenFinding() != nil && m.here().screen != diagramScreen
}

func (m *model) showDiagram() { m.open(spot{screen: diagramScreen, finding: m.chosenFinding()}) }
