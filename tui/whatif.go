package tui

import (
	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/export"
)

// flipsMsg is what would change a finding: working it out takes a moment, on a large
// report several seconds, and is done beside everything else.
type flipsMsg struct {
	of    *checker.Finding
	flips *checker.Flips
	err   error
}

func (m *model) canAskWhatIf() bool {
	return m.chosenFinding() != nil && m.here().screen != whatIfScreen
}

// askWhatIf opens what would change the finding that the reader is at.
func (m *model) askWhatIf() tea.Cmd {
	f, result := m.chosenFinding(), m.result
	m.open(spot{screen: whatIfScreen, finding: f})
	if m.flips != nil && m.flips.of == f {
		return nil
	}
	return func() tea.Msg {
		flips, err := result.Flips(f)
		return flipsMsg{f, flips, err}
	}
}

// takeFlips shows what was worked out, in place of that of another finding.
func (m *model) takeFlips(msg flipsMsg) {
	m.flips = &msg
	m.forget()
	m.show()
}

// whatIfPage is what would change a finding, what the other side can point to, and the
// questions that its missing facts come to.
func (m *model) whatIfPage(f *checker.Finding) *page {
	s := m.style
	w := newWriter(f.ID + "  " + s.Say("変わりうる事実", "what would change it"))
	w.section(s.Say("一次整理を変える最小の事実の組", "The smallest sets of facts that would change the pre-assessment"))
	switch {
	case m.flips == nil || m.flips.of != f:
		w.text(0, span{text: s.Say("計算しています。ほかの画面を見ていてもかまいません。", "Being worked out; other screens can be read meanwhile.")})
	case m.flips.err != nil:
		w.text(0, span{m.style.Trouble(m.flips.err), warned})
	default:
		m.explained(w, s.FlipLines(m.result, m.flips.flips))
	}
	w.section(s.Say("反対当事者の席から", "From the other side's seat"))
	m.explained(w, s.OtherSideLines(m.result.OtherSide(f)))
	w.section(s.Say("照会事項", "Questions"))
	m.explained(w, s.QuestionLines(m.result.Questions([]*checker.Finding{f})))
	return &w.page
}

func (m *model) explained(w *writer, lines []export.Line) {
	for _, line := range lines {
		w.text(2*line.Depth, span{text: line.Text})
	}
}
