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
	blocks := Summary(res, o).Blocks
	for i, block := range blocks {
		isListGoingOn := i > 0 && block.Kind == Item && blocks[i-1].Kind == Item
		if i > 0 && !isListGoingOn {
			b.WriteByte('\n')
		}
		writeBlock(&b, block)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeBlock(b *strings.Builder, block Block) {
	switch block.Kind {
	case Heading:
		b.WriteString(strings.Repeat("#", block.Level) + " " + spans(block.Spans) + "\n")
	case Item:
		b.WriteString(strings.Repeat("  ", min(block.Level, deepestItem)) + "- " + spans(block.Spans) + "\n")
	case Table:
		b.WriteString(row(headSpans(block.Head)) + "|" + strings.Repeat(" --- |", len(block.Head)) + "\n")
		for _, cells := range block.Rows {
			b.WriteString(row(cells))
		}
	case Quote:
		b.WriteString("> " + spans(block.Spans) + "\n")
	default:
		b.WriteString(spans(block.Spans) + "\n")
	}
}

// deepestItem is how far replies to replies are indented. A thread of thousands
// would be a triangle of spaces.
const deepestItem = 12

func headSpans(head []string) [][]Span {
	var out [][]Span
	for _, h := range head {
		out = append(out, own(h))
	}
	return out
}

func row(list [][]Span) string {
	var b strings.Builder
	b.WriteString("|")
	for _, cell := range list {
		b.WriteString(" " + spans(cell) + " |")
	}
	return b.String() + "\n"
}

func spans(list []Span) string {
	var b strings.Builder
	for _, s := range list {
		if s.Link {
			b.WriteString("<" + s.Text + ">")
			continue
		}
		b.WriteString(escape(s.Text))
	}
	return inertStart(strings.TrimSpace(b.String()))
}

// inertStart keeps a text from beginning a list: "- a", "1. a".
func inertStart(text string) string {
	if text != "" && strings.ContainsRune("-+=", rune(text[0])) {
		return `\` + text
	}
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if rest := text[digits:]; digits > 0 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ")) {
		return text[:digits] + `\` + rest
	}
	return text
}

// escape makes text mean itself in Markdown.
func escape(text string) string {
	text = cells.Sanitise(text)
	var b strings.Builder
	for _, r := range text {
		switch r {
		case '\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '#', '|', '~', '$', '!':
			b.WriteByte('\\')
		case '&':
			b.WriteString("&amp;")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
