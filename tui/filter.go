package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/cells"
)

// filter is which findings the list shows. It is applied when it is set and not
// again, so that the list never changes under the cursor.
type filter struct {
	regime     string
	assessment string // in words, as the list of a result has it
	decision   review.Status
	text       string
	order      order
	findings   []*checker.Finding
}

func noFilter(r *checker.Result) filter { return filter{findings: r.Findings} }

func (m *model) isFiltered() bool {
	return m.filter.regime != "" || m.filter.assessment != "" || m.filter.decision != "" || m.filter.text != ""
}

func (m *model) canFilter() bool {
	return m.here().screen == findingsScreen && len(m.result.Findings) > 0
}

func (m *model) unfilter() tea.Cmd { return m.setFilter(filter{order: m.filter.order}) }

// filteredMsg is a filter of a result, with the findings that it lets through.
type filteredMsg struct {
	of *checker.Result
	filter
}

// setFilter applies a filter. Where many findings are searched for a text, that is done
// beside the screen.
func (m *model) setFilter(f filter) tea.Cmd {
	if f.text == "" || len(m.result.Findings) <= atOnce {
		f.findings = m.let(f)
		m.applyFilter(f)
		return nil
	}
	m.message = m.style.Say("絞り込んでいます", "filtering")
	of, beside := m.result, m.snapshot()
	return func() tea.Msg {
		f.findings = beside.let(f)
		return filteredMsg{of, f}
	}
}

// takeFiltered applies a filter that was worked out, unless its findings are gone.
func (m *model) takeFiltered(msg filteredMsg) {
	if msg.of != m.result || m.dialog != nil {
		m.message = m.style.Say("絞り込む前に内容が変わりました", "what was filtered has changed")
		return
	}
	m.message = ""
	m.applyFilter(msg.filter)
}

// let lists the findings that a filter lets through, in its order.
func (m *model) let(f filter) []*checker.Finding {
	var list []*checker.Finding
	key := cells.Fold(f.text)
	for _, finding := range m.result.Findings {
		if f.regime != "" && finding.Rule.Regime != f.regime ||
			f.assessment != "" && string(finding.Assessment) != f.assessment ||
			f.decision != "" && (m.review == nil || m.review.Of(finding).Status() != f.decision) ||
			key != "" && !strings.Contains(cells.Fold(m.findingWords(finding)), key) {
			continue
		}
		list = append(list, finding)
	}
	m.sort(list, f.order)
	return list
}

// applyFilter shows the list of a filter. The cursor stays on its finding if that is still
// shown.
func (m *model) applyFilter(f filter) {
	var at *checker.Finding
	if m.stack[0].screen == findingsScreen && m.stack[0].pane.item < len(m.filter.findings) {
		at = m.filter.findings[m.stack[0].pane.item]
	}
	m.filter, m.widest = f, nil
	m.forget()
	delete(m.left, findingsScreen)
	m.stack = []place{{spot: spot{screen: findingsScreen}}}
	for i, finding := range f.findings {
		if finding == at {
			m.here().pane.item = i
		}
	}
	m.show()
}

// askFilter lists what the findings can be filtered by, with how many there are.
func (m *model) askFilter() {
	f := m.filter
	choices := []choice{
		{m.sign(!m.isFiltered()), fmt.Sprintf(m.style.Say("すべて（%d件）", "all (%d)"), len(m.result.Findings)), (*model).unfilter},
		{m.sign(f.text != ""), m.style.Say("文字で絞る..", "by text.."), run((*model).askFilterText)},
	}
	for _, regime := range []string{"criminal", "civil", "administrative", "professional", "contractual"} {
		with := f
		with.regime = regime
		n := m.tally(func(x *checker.Finding) bool { return x.Rule.Regime == regime })
		choices = m.addChoice(choices, f.regime == regime, m.style.Say("分野 ", "regime: ")+m.style.In(export.RegimeWord(regime)), n, with)
	}
	for _, a := range checker.Assessments() {
		with := f
		with.assessment = string(a)
		n := m.tally(func(x *checker.Finding) bool { return x.Assessment == a })
		choices = m.addChoice(choices, f.assessment == string(a), m.style.Say("整理 ", "pre-assessment: ")+m.style.In(export.AssessmentWord(a)), n, with)
	}
	if m.review != nil {
		count := m.review.Count()
		for _, status := range review.Statuses() {
			with := f
			with.decision = status
			choices = m.addChoice(choices, f.decision == status, m.style.Say("検討結果 ", "decision: ")+m.style.In(export.DecisionWord(status)), count[status], with)
		}
	}
	m.picker = newPicker(m.style.Say("指摘を絞る（種類の違うものは重ねられる）", "Filter findings (those of different kinds combine)"), choices)
}

func (m *model) addChoice(list []choice, on bool, words string, n int, with filter) []choice {
	if n == 0 {
		return list
	}
	words += fmt.Sprintf(m.style.Say("（%d件）", " (%d)"), n)
	return append(list, choice{m.sign(on), words, func(m *model) tea.Cmd { return m.setFilter(with) }})
}

func (m *model) sign(on bool) string {
	if on {
		return "[x]"
	}
	return "[ ]"
}

func (m *model) tally(is func(*checker.Finding) bool) int {
	n := 0
	for _, f := range m.result.Findings {
		if is(f) {
			n++
		}
	}
	return n
}

func (m *model) askFilterText() {
	m.typing = &prompt{label: m.style.Say(" 文字で絞る: ", " filter by text: "), done: func(m *model, text string) tea.Cmd {
		f := m.filter
		f.text = strings.TrimSpace(text)
		return m.setFilter(f)
	}}
}

// words says which filter is on, and how the list is sorted if not as at first.
func (f filter) words(m *model) string {
	sorted := ""
	if f.order != byRule && m.here().screen == findingsScreen {
		sorted = m.style.Say("並び ", "sorted: ") + m.orderWord(f.order)
	}
	if !m.isFiltered() {
		return sorted
	}
	if sorted != "" {
		sorted += "  "
	}
	var parts []string
	if f.regime != "" {
		parts = append(parts, m.style.In(export.RegimeWord(f.regime)))
	}
	if f.assessment != "" {
		parts = append(parts, m.style.In(export.AssessmentWord(checker.Assessment(f.assessment))))
	}
	if f.decision != "" {
		parts = append(parts, m.style.In(export.DecisionWord(f.decision)))
	}
	if f.text != "" {
		parts = append(parts, m.style.Say("「"+f.text+"」", "\""+f.text+"\""))
	}
	return sorted + fmt.Sprintf(m.style.Say("絞込 %s %d/%d件（F 解除）", "filter: %s, %d of %d (F shows all)"), strings.Join(parts, m.style.Say("・", ", ")), len(f.findings), len(m.result.Findings))
}
