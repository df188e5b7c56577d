package export

import (
	"io"
	"strings"

	"jobun/checker"
	"jobun/internal/cells"
)

// WriteMarkdown writes the citation summary as Markdown. Text that comes from a
// report is made inert: no control characters, and no character that Markdown
// or HTML would read as markup.
func WriteMarkdown(w io.Writer, res *checker.Result, o PaperOptions) error {
	var b strings.Builder
	for _, block := range Summary(res, o).Blocks {
		writeBlock(&b, block)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeBlock(b *strings.Builder, block Block) {
	switch block.Kind {
	case Heading:
		b.WriteString("\n" + strings.Repeat("#", block.Level) + " " + spans(block.Spans) + "\n\n")
	case Item:
		b.WriteString(strings.Repeat("  ", block.Level) + "- " + spans(block.Spans) + "\n")
	case Table:
		b.WriteString("\n" + row(headSpans(block.Head)) + row(rule(len(block.Head))))
		for _, cells := range block.Rows {
			b.WriteString(row(cells))
		}
		b.WriteString("\n")
	default:
		b.WriteString("\n" + spans(block.Spans) + "\n")
	}
}

func headSpans(head []string) [][]Span {
	var out [][]Span
	for _, h := range head {
		out = append(out, own(h))
	}
	return out
}

func rule(columns int) [][]Span {
	var out [][]Span
	for range columns {
		out = append(out, own("---"))
	}
	return out
}

func row(list [][]Span) string {
	var b strings.Builder
	b.WriteString("|")
	for _, cell := range list {
		text := spans(cell)
		if cell != nil && len(cell) == 1 && cell[0].Text == "---" {
			text = "---"
		}
		b.WriteString(" " + text + " |")
	}
	return b.String() + "\n"
}

func spans(list []Span) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(escape(s.Text))
	}
	return strings.TrimSpace(b.String())
}

// escape makes text mean itself in Markdown.
func escape(text string) string {
	text = cells.Sanitise(text)
	var b strings.Builder
	for i, r := range text {
		switch r {
		case '\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '#', '|', '~', '$', '!':
			b.WriteByte('\\')
		case '&':
			b.WriteString("&amp;")
			continue
		case '-', '+', '=':
			if i == 0 {
				b.WriteByte('\\')
			}
		case ':':
			if strings.HasSuffix(text[:i], "http") || strings.HasSuffix(text[:i], "https") {
				break // addresses of provisions stay readable; autolinks carry no markup
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}
