package paper

import (
	"fmt"
	"io"
	"strings"

	"jobun/internal/cells"
)

// Markdown writes a paper as Markdown with footnotes, and the paper itself in a
// comment at the end. No character of its texts is
// read as markup, by Markdown or by HTML.
func (p *Paper) Markdown(w io.Writer) error {
	m := &markdown{lang: p.Lang, paperLang: p.Lang}
	m.line("# " + m.inline(Own(p.Title)))
	if p.Draft != "" {
		m.gap()
		m.line("> " + m.inline(Own(p.Draft)))
	}
	before := Kind("")
	for _, block := range p.Blocks {
		if block.Kind != Item || before != Item {
			m.gap()
		}
		m.block(block)
		before = block.Kind
	}
	for i, note := range m.notes {
		m.gap()
		m.line(fmt.Sprintf("[^%d]: %s", i+1, note))
	}
	if p.Footer != "" {
		m.gap()
		m.line("---")
		m.gap()
		m.line(m.inline(Own(p.Footer)))
	}
	model, err := p.model()
	if err != nil {
		return err
	}
	m.gap()
	m.line(modelBegins + model + modelEnds)
	_, err = io.WriteString(w, m.b.String())
	return err
}

// The paper itself is carried in a comment at the end, in letters that cannot end it.
const modelBegins, modelEnds = "<!-- jobun-paper ", " -->"

type markdown struct {
	b         strings.Builder
	lang      string // of the blocks that are written now
	paperLang string
	notes     []string
}

func (m *markdown) line(text string) { m.b.WriteString(text + "\n") }
func (m *markdown) gap()             { m.b.WriteByte('\n') }

// deepestItem is how far replies to replies are indented. A thread of thousands
// would be a triangle of spaces.
const deepestItem = 12

func (m *markdown) block(b Block) {
	switch b.Kind {
	case Heading:
		if b.Anchor != "" {
			m.line(`<a id="` + escapeAttribute(b.Anchor) + `"></a>`)
			m.gap()
		}
		if b.Level == 1 {
			m.lang = b.language(m.paperLang)
		}
		m.line(strings.Repeat("#", b.Level+1) + " " + escapeMarkdown(b.lead(m.lang)) + m.inline(b.Spans))
	case Item:
		m.line(strings.Repeat("  ", min(b.Level, deepestItem)) + "- " + b.lead(m.lang) + m.inline(b.Spans))
	case Table:
		m.row(b.Head)
		m.line("|" + strings.Repeat(" --- |", len(b.Head)))
		for _, row := range b.Rows {
			m.row(row)
		}
	case Quote, Notice:
		lines := strings.Split(m.inline(b.Spans), "\n")
		for i, line := range lines {
			end := "  " // a line break
			if i == len(lines)-1 {
				end = ""
			}
			m.line("> " + inertStart(strings.TrimLeft(line, " ")) + end)
		}
	default:
		m.line(m.inline(b.Spans))
	}
}

func (m *markdown) row(list []Cell) {
	m.b.WriteString("|")
	for _, cell := range list {
		m.b.WriteString(" " + m.inline(cell) + " |")
	}
	m.gap()
}

// inline writes spans; footnotes are kept for the end. Nothing is set in bold: between
// Japanese brackets the stars would stand as they are.
func (m *markdown) inline(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		text := escapeMarkdown(s.Text)
		if s.Code && isAddress(s.Text) {
			text = "<" + s.Text + ">"
		}
		if s.To != "" {
			text = "[" + text + "](#" + escapeAttribute(s.To) + ")"
		}
		b.WriteString(text)
		if len(s.Note) > 0 {
			m.notes = append(m.notes, "")
			n := len(m.notes)
			fmt.Fprintf(&b, "[^%d]", n)
			m.notes[n-1] = m.inline(s.Note)
		}
	}
	return inertStart(strings.TrimSpace(b.String()))
}

// isAddress reports whether a text is an address that is safe between < and >.
func isAddress(text string) bool {
	return strings.HasPrefix(text, "https://") && !strings.ContainsAny(text, "<> \n\"`")
}

// escapeAttribute makes an anchor safe in an attribute or a link: what is not a
// letter, digit, dot, hyphen or underscore becomes a hyphen.
func escapeAttribute(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' {
			return r
		}
		return '-'
	}, text)
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

// escapeMarkdown makes text mean itself in Markdown.
func escapeMarkdown(text string) string {
	var b strings.Builder
	for _, r := range cells.SanitiseLines(text) {
		switch r {
		case '\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '#', '|', '~', '$', '!', '^':
			b.WriteByte('\\')
		case '&':
			b.WriteString("&amp;")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
