package tui

import (
	"jobun/checker"
	"jobun/checker/export"
)

// diagramPage is the block diagram of a finding (要件事実ブロック図): side by side where
// there is room, else one column after the other.
func (m *model) diagramPage(f *checker.Finding, width int) *page {
	w := newWriter(f.ID + "  " + m.style.Say("ブロック図", "diagram"))
	for _, line := range m.style.DiagramLines(export.DiagramOf(m.result.Report, f), max(20, width)) {
		w.row(span{text: line})
	}
	w.blank()
	w.text(0, span{text: m.style.Say("認否は、記録された主張だけから示しています。主張のないことを認めたとは扱いません。", "What is said of a clause is from the recorded statements alone; silence is not taken for an admission.")})
	return &w.page
}
