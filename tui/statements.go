package tui

import (
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/export"
)

// statementsPage is what the parties say of a finding, replies under what they
// answer.
func (m *model) statementsPage(f *checker.Finding) *page {
	s := m.style
	w := newWriter(f.ID + "  " + s.Say("主張と応答", "statements and replies"))
	w.text(0, span{s.Heading(f), strong})
	w.text(0, span{text: s.Say("応答は答えを変えない。変えるのは記録、認めた旨の記載、撤回だけである。", "A reply changes no answer; only a record, an admission or a withdrawal does.")})
	w.section(s.Say("主張", "Statements"))
	m.thread(w, f, nil)
	if len(w.items) == 0 {
		w.text(0, span{text: s.Say("この指摘についての主張は報告にありません。", "The report has no statement on this finding.")})
	}
	return &w.page
}

// thread writes the statements of a finding, or of one clause of it, with the
// replies under them.
func (m *model) thread(w *writer, f *checker.Finding, of *checker.Answer) {
	under := false // a statement on the clause stands above, at depth 0
	for _, said := range export.Thread(m.result.Report, f) {
		if of != nil {
			isOn := slices.Contains(of.Statements, said.Statement)
			if said.Depth == 0 {
				under = isOn
			}
			if !under && !isOn {
				continue
			}
		}
		m.statement(w, f, said)
	}
}

func (m *model) statement(w *writer, f *checker.Finding, said export.Said) {
	s, st := m.style, said.Statement
	w.begin(spot{screen: exhibitScreen, exhibit: st.Exhibit}, nil)
	defer w.end()
	indent := 2 * min(said.Depth, 6)
	head := st.ID + "  " + s.In(export.StanceWord(st.Stance)) + "  " + export.PartyName(m.result.Report, st.By)
	if !st.At.IsZero() {
		head += "  " + s.Date(st.At.Span)
	}
	if a, ok := f.Answer(said.On); ok {
		head += "  " + s.ClauseName(f, a)
	}
	if said.Withdrawn {
		head += s.Say("  撤回された", "  withdrawn")
	}
	w.text(indent, span{head, strong}, span{text: "  [" + s.Pointer(st.Exhibit, st.Locator) + "]"}, m.mark(st.Exhibit))
	w.add(block{indent: indent + 2, lead: say("| "), text: say(st.Text)})
	if ids := strings.Join(st.Answers, " "); ids != "" {
		w.text(indent+2, span{text: s.Say(ids+" に応答", "replies to "+ids)})
	}
	if st.Withdraws != "" {
		w.text(indent+2, span{text: s.Say(st.Withdraws+" を撤回", "withdraws "+st.Withdraws)})
	}
	if st.Note != "" {
		w.text(indent+2, span{text: s.Say("注 ", "note ") + st.Note})
	}
}
