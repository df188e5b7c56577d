package tui

import (
	"fmt"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/cells"
)

// journalPage is every entry of the journal, the newest last. What was taken back is
// still there, and says so.
func (m *model) journalPage() *page {
	s := m.style
	w := newWriter(s.Say("検討の記録（新しいものが下）", "Decisions (newest last)"))
	w.list()
	if m.review == nil || len(m.review.Journal().Entries()) == 0 {
		w.title = ""
		w.text(0, span{text: s.Say("まだ記録がありません。指摘の一覧で a 取上げ、d 見送り、e 要証拠、c メモ。", "Nothing is recorded yet. In the list of findings: a take up, d set aside, e needs evidence, c note.")})
		return &w.page
	}
	for _, e := range m.review.Journal().Entries() {
		f := m.findingOf(e.Finding)
		opens := spot{}
		if f != nil {
			opens = spot{screen: historyScreen, finding: f}
		}
		w.begin(opens, func() string { return e.Note + "\n" + e.Needs + "\n" + e.By })
		w.row(m.entryRow(f, e, true)...)
	}
	w.end()
	return &w.page
}

// entryRow is an entry on one line.
func (m *model) entryRow(f *checker.Finding, e review.Entry, withID bool) []span {
	t := plain
	words := m.style.EntryWord(f, e)
	if m.review.IsVoid(e.Seq) {
		words = m.style.Say("〔取消済〕", "[taken back] ") + words
	} else if e.Action.IsDecision() {
		t = strong
	}
	row := []span{column(fmt.Sprintf("%3d", e.Seq), 4, plain), column(m.style.At(e.At), cells.Width(m.style.At(e.At)), plain)}
	if withID {
		id := m.style.Say("（なし）", "(gone)")
		if f != nil {
			id = f.ID
		}
		row = append(row, column(id, 8, plain))
	}
	return append(row, span{words, t}, span{text: "  " + e.By + m.noteInRow(e)})
}

func (m *model) noteInRow(e review.Entry) string {
	if e.Note == "" {
		return ""
	}
	return m.style.Say("「"+e.Note+"」", " \""+e.Note+"\"")
}

// historyPage is what was recorded of one finding, whole.
func (m *model) historyPage(f *checker.Finding) *page {
	s := m.style
	w := newWriter(f.ID + "  " + s.Say("記録", "recorded"))
	st := m.review.Of(f)
	for i, line := range s.DecisionLines(st) {
		w.text(min(2*i, 2), span{line, []tone{strong, plain}[min(i, 1)]})
	}
	if len(st.History) == 0 {
		w.text(0, span{text: s.Say("この指摘にはまだ記録がありません。", "Nothing is recorded of this finding yet.")})
	}
	for _, e := range st.History {
		w.section(fmt.Sprintf("%d  %s", e.Seq, s.At(e.At)))
		w.begin(spot{}, nil)
		w.row(m.entryRow(f, e, false)[2:]...)
		w.end()
		for _, text := range []string{e.Note, e.Needs} {
			if text != "" {
				w.text(2, span{text: text})
			}
		}
		if e.Pins != nil {
			w.text(2, span{text: fmt.Sprintf(s.Say("固定: 規則 %.8s 条項 %.8s 証拠 %.8s 主張 %.8s", "pinned: rule %.8s law %.8s evidence %.8s statements %.8s"), e.Pins.Rule, e.Pins.Law, e.Pins.Evidence, e.Pins.Statements)})
		}
	}
	return &w.page
}

// decisionCell is what became of a finding, for a column of the list; as wide as it is
// for a width of 0.
func (m *model) decisionCell(f *checker.Finding, width int) span {
	st := m.review.Of(f)
	word, t := m.shortDecision(st.Status()), plain
	switch st.Status() {
	case review.Recheck, review.Expired:
		t = warned
	case review.Undecided:
		if _, ok := m.unsent[review.KeyOf(f)]; ok {
			word = m.style.Say("下書き", "draft")
		}
	default:
		t = strong
	}
	if width == 0 {
		return span{word, t}
	}
	return column(word, width, t)
}

// shortDecision is what became of a finding, in a word that the list has room for.
func (m *model) shortDecision(s review.Status) string {
	words := m.style.In(export.DecisionWord(s))
	if m.style.Lang == "en" {
		switch s {
		case review.Status(review.NeedsEvidence):
			words = "evidence"
		case review.Proposed:
			words = "proposed"
		case review.Recheck:
			words = "recheck"
		}
	}
	return words
}

// progress is how many findings are decided.
func (m *model) progress() string {
	if m.review == nil {
		return ""
	}
	return fmt.Sprintf(m.style.Say("決定 %d/%d", "decided %d/%d"), m.decided, len(m.result.Findings))
}

// decisionPart is what people think of a finding, on its page.
func (m *model) decisionPart(w *writer, f *checker.Finding) {
	if m.review == nil {
		return
	}
	s, st := m.style, m.review.Of(f)
	w.section(s.Say("検討結果", "Decision") + "  " + s.In(export.DecisionWord(st.Status())))
	for _, line := range s.DecisionLines(st) {
		w.text(0, span{text: line})
	}
	if d, ok := m.unsent[review.KeyOf(f)]; ok {
		w.text(0, span{text: s.Say("下書きがあります: ", "you have a draft: ") + s.In(export.ActionWord(d.Action))})
	}
	if len(st.History) == 0 {
		w.text(0, span{text: s.Say("まだ記録がありません。a 取上げ　d 見送り　e 要証拠　c メモ　評価の要件では A 回答", "Nothing is recorded yet. a take up, d set aside, e needs evidence, c note; A answers a clause for judgement")})
		return
	}
	w.begin(spot{screen: historyScreen, finding: f}, nil)
	w.row(span{text: fmt.Sprintf(s.Say("L 記録の履歴 %d件", "L %d entries"), len(st.History))})
	w.end()
}
