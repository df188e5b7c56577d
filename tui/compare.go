package tui

import (
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker/export"
	"jobun/checker/review"
)

// comparison is this review beside an earlier run: a report or an export.
type comparison struct {
	name    string // of the earlier run's file
	changes *export.Changes
}

// comparedMsg is a comparison that was worked out, of one state of the review.
type comparedMsg struct {
	of   *review.Review
	from spot // where the reader asked
	comparison
	err error
}

func (m *model) canCompare() bool { return m.files.Compare != nil && m.review != nil }

// askComparison asks which run to compare with; nothing typed shows the last comparison.
func (m *model) askComparison() {
	label := m.style.Say(" 前の報告又は書き出した JSON: ", " earlier report, or its JSON export: ")
	if m.compared != nil {
		label = m.style.Say(" 前の報告又は書き出した JSON（空なら先の比較）: ", " earlier report, or its JSON export (empty: the last comparison): ")
	}
	m.typing = &prompt{label: label, done: (*model).compareWith}
}

// compareWith compares the review as it now stands with an earlier run.
func (m *model) compareWith(name string) tea.Cmd {
	if name = strings.Trim(strings.TrimSpace(name), `"'`); name == "" {
		if m.compared != nil && m.here().screen != compareScreen {
			m.open(spot{screen: compareScreen})
		}
		return nil
	}
	m.message = m.style.Say("比較しています: ", "comparing with ") + filepath.Base(name)
	of, from, compare := m.review, m.here().spot, m.files.Compare
	return func() tea.Msg {
		changes, err := compare(name, of)
		return comparedMsg{of, from, comparison{name, changes}, err}
	}
}

// takeCompared shows a comparison. A failure is said, and shows nothing.
func (m *model) takeCompared(msg comparedMsg) {
	if msg.err != nil {
		m.message = m.style.Say("比較できません: ", "cannot be compared: ") + m.style.Trouble(msg.err)
		m.arrange()
		return
	}
	var words []string
	if msg.of != m.review {
		words = append(words, m.style.Say("比較の間に記録が加わりました。C で比較し直せます", "something was recorded meanwhile: C compares again"))
	}
	m.compared = &msg.comparison
	m.forget()
	switch {
	case m.dialog != nil || m.picker != nil || m.typing != nil || m.here().spot != msg.from:
		// The reader has gone on: nothing changes under him.
		words = append(words, m.style.Say("比較ができました。C と Enter で開きます", "the comparison is ready: C and Enter open it"))
	case m.here().screen != compareScreen:
		m.open(spot{screen: compareScreen})
	}
	m.message = strings.Join(words, m.style.Say("。", "; "))
	m.show()
}

// comparePage is what changed since an earlier run, finding by finding, and why. A
// finding that is still there can be opened.
func (m *model) comparePage(width int) *page {
	s := m.style
	w := newWriter(s.Say("比較", "Comparison"))
	if m.compared == nil {
		w.text(0, span{text: s.Say("C で、前の報告又は書き出した JSON と比較します。", "C compares with an earlier report or its JSON export.")})
		return &w.page
	}
	w.title = s.Say("比較: ", "Compared with ") + filepath.Base(m.compared.name)
	changes := m.compared.changes
	for _, line := range s.ChangesSummary(changes, width) {
		w.row(span{text: line})
	}
	same := 0
	for i := range changes.Findings {
		f := &changes.Findings[i]
		if !f.Differs() {
			same++
			continue
		}
		w.blank()
		var opens spot
		if now := m.byKey[review.Key{Rule: f.Rule, Entity: f.Entity}]; now != nil {
			opens = spot{screen: findingScreen, finding: now}
		}
		w.begin(opens, nil)
		for n, line := range s.ChangeText(f, width) {
			t := plain
			if n == 0 {
				t = strong
			}
			w.row(span{line, t})
		}
		w.end()
	}
	w.blank()
	w.text(0, span{text: fmt.Sprintf(s.Say("どの点でも同じ指摘 %d件は並べていません。", "Not listed: %d findings that are the same in every respect."), same)})
	return &w.page
}
