package paper

import (
	"fmt"
	"io"
	"strings"

	"jobun/internal/cells"
)

// PlainText writes a paper as text of lines no wider than a width in cells (at least
// 40): for word processors that open nothing else, such as 一太郎, and for reading
// aloud. A table is written row by row, each cell after the head of its column.
func (p *Paper) PlainText(w io.Writer, width int) error {
	t := &plain{lang: p.Lang, paperLang: p.Lang, width: max(40, width)}
	t.wrapped("", p.Title)
	t.line(strings.Repeat("=", min(t.width, cells.Width(p.Title))))
	if p.Draft != "" {
		t.wrapped("", p.Draft)
	}
	before := Kind("")
	for _, block := range p.Blocks {
		if block.Kind != Item || before != Item {
			t.line("")
		}
		t.block(block)
		before = block.Kind
	}
	if len(t.notes) > 0 {
		t.line("")
		t.line(strings.Repeat("-", 20))
		for i, note := range t.notes {
			t.wrapped(fmt.Sprintf("[%d] ", i+1), note)
		}
	}
	if p.Footer != "" {
		t.line("")
		t.line(strings.Repeat("-", 20))
		t.wrapped("", p.Footer)
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

type plain struct {
	b         strings.Builder
	lang      string // of the blocks that are written now
	paperLang string
	width     int
	notes     []string
}

func (t *plain) line(text string) { t.b.WriteString(strings.TrimRight(text, " ") + "\n") }

// wrapped writes text after a lead, and indents its further lines as far.
func (t *plain) wrapped(lead, text string) {
	indent := strings.Repeat(" ", min(cells.Width(lead), t.width/2))
	for i, line := range strings.Split(text, "\n") {
		for j, part := range cells.Wrap(line, t.width-cells.Width(indent)) {
			if i == 0 && j == 0 {
				t.line(lead + part)
			} else {
				t.line(indent + part)
			}
		}
	}
}

func (t *plain) block(b Block) {
	switch b.Kind {
	case Heading:
		if b.Level == 1 {
			t.lang = b.language(t.paperLang)
		}
		t.wrapped(b.lead(t.lang), t.inline(b.Spans))
	case Item:
		t.wrapped(strings.Repeat("  ", min(b.Level, deepestItem))+"- "+b.lead(t.lang), t.inline(b.Spans))
	case Table:
		t.table(b)
	case Quote, Notice:
		t.wrapped("    ", t.inline(b.Spans))
	default:
		t.wrapped("", t.inline(b.Spans))
	}
}

func (t *plain) table(b Block) {
	var head []string
	for _, cell := range b.Head {
		head = append(head, t.inline(cell))
	}
	for i, row := range b.Rows {
		if i > 0 && len(row) > 2 {
			t.line("")
		}
		for j, cell := range row {
			lead := "  "
			switch {
			case len(row) == 2 && j == 0:
				continue // it stands before the other
			case len(row) == 2:
				lead = "  " + t.inline(row[0]) + ": "
			case j < len(head):
				lead = "  " + head[j] + ": "
			}
			t.wrapped(lead, t.inline(cell))
		}
	}
}

func (t *plain) inline(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(cells.SanitiseLines(s.Text))
		if len(s.Note) > 0 {
			t.notes = append(t.notes, "")
			n := len(t.notes)
			fmt.Fprintf(&b, "[%d]", n)
			t.notes[n-1] = t.inline(s.Note)
		}
	}
	return strings.TrimSpace(b.String())
}
