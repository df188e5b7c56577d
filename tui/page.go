package tui

import (
	"strings"

	"jobun/internal/cells"
)

// page is what a screen says, before it is laid out at a width. It is made anew
// whenever what it says changes, and holds no position.
type page struct {
	title  string // what stands above it in a pane
	blocks []block
	items  []item
	isList bool // one row an item: half a page down moves the cursor too
	byItem bool // down goes to the next item, however far: the page is chosen from
}

// item is something on a page that the cursor can stand on.
type item struct {
	opens spot          // where Enter leads; the zero spot leads nowhere
	words func() string // what a search finds the item by, beside its own text
}

// span is a run of text in one tone.
type span struct {
	text string
	tone tone
}

func say(text string) []span { return []span{{text: text}} }

// block is one paragraph of a page, wrapped under itself, or one row, cut.
type block struct {
	indent int
	lead   []span // stands before the text; the text hangs beside it
	hang   int    // cells for the lead; 0: its own width
	text   []span
	later  func() []span // of a cut row: its text, made when it is drawn or searched
	item   int           // the item it belongs to, or -1
	head   bool
	cut    bool
	rule   bool // a section line
}

// writer writes a page.
type writer struct {
	page
	item int
}

func newWriter(title string) *writer {
	return &writer{page: page{title: title}, item: -1}
}

func (w *writer) add(b block) {
	b.item = w.item
	if w.item >= 0 && !w.began(w.item) {
		b.head = true
	}
	w.blocks = append(w.blocks, b)
}

// began reports whether an item already has its first block.
func (w *writer) began(item int) bool {
	return len(w.blocks) > 0 && w.blocks[len(w.blocks)-1].item == item
}

// begin begins an item: what is written until end belongs to it.
func (w *writer) begin(opens spot, words func() string) {
	w.items = append(w.items, item{opens, words})
	w.item = len(w.items) - 1
}

func (w *writer) end() { w.item = -1 }

// list makes the page a list.
func (w *writer) list() { w.isList, w.byItem = true, true }

func (w *writer) section(title string) {
	w.item = -1
	w.blocks = append(w.blocks, block{text: []span{{title, strong}}, rule: true, item: -1})
}

func (w *writer) text(indent int, spans ...span) {
	w.add(block{indent: indent, text: spans})
}

// row is a row of a table, cut and not wrapped.
func (w *writer) row(spans ...span) { w.add(block{text: spans, cut: true}) }

// rowLater is row for a list that may have a million: its words are made when it is on
// the screen.
func (w *writer) rowLater(spans func() []span) { w.add(block{later: spans, cut: true}) }

// words are the spans of a block's text.
func (b *block) words() []span {
	if b.later != nil {
		return b.later()
	}
	return b.text
}

// field is a label with text beside it; nothing if there is no text.
func (w *writer) field(label string, hang int, text string) {
	if text != "" {
		w.add(block{lead: say(label), hang: hang, text: say(text)})
	}
}

func (w *writer) blank() { w.add(block{text: say(""), cut: true}) }

// measure is the width beyond which running text is not wrapped wider: longer
// lines lose the reader.
const measure = 84

// laid is a page laid out at a width.
type laid struct {
	page  *page
	rows  []row
	head  []int // of each item: its first row
	last  []int // and its last
	block []int // of each block: its first row
}

// row is one line of a laid page: clean text, at most as wide as the page.
type row struct {
	spans []span
	later func() []span // in place of spans
	width int           // that the spans of later are cut to
	item  int
	head  bool
}

// shown are the spans of a row.
func (r *row) shown() []span {
	if r.later != nil {
		return fit(clean(r.later()), r.width)
	}
	return r.spans
}

// lay lays a page out. Everything on a page passes through cells.Sanitise here.
func lay(p *page, width int) *laid {
	width = max(width, 1)
	l := &laid{page: p, head: make([]int, len(p.items)), last: make([]int, len(p.items))}
	for _, b := range p.blocks {
		l.block = append(l.block, len(l.rows))
		if b.later != nil {
			if b.head {
				l.head[b.item] = len(l.rows)
			}
			if b.item >= 0 {
				l.last[b.item] = len(l.rows)
			}
			l.rows = append(l.rows, row{later: b.later, width: width, item: b.item, head: b.head})
			continue
		}
		for n, spans := range b.lines(width) {
			r := row{spans: spans, item: b.item, head: b.head && n == 0}
			if r.head {
				l.head[b.item] = len(l.rows)
			}
			if b.item >= 0 {
				l.last[b.item] = len(l.rows)
			}
			l.rows = append(l.rows, r)
		}
	}
	return l
}

// lines gives the lines of a block.
func (b block) lines(width int) [][]span {
	text := clean(b.text)
	if b.rule {
		title := "-- " + join(text) + " "
		dashes := strings.Repeat("-", max(0, width-cells.Width(title)))
		return [][]span{{{cells.Truncate(title+dashes, width), strong}}}
	}
	if b.cut {
		return [][]span{fit(text, width)}
	}
	indent := min(b.indent, width/3)
	lead := clean(b.lead)
	hang := b.hang
	if hang == 0 {
		hang = cells.Width(join(lead))
	}
	hang = min(hang, width/2)
	room := max(2, min(width, measure)-indent-hang)
	var lines [][]span
	for n, part := range wrap(text, room) {
		line := []span{{text: strings.Repeat(" ", indent)}}
		if n == 0 {
			line = append(line, fill(fit(lead, hang), hang)...)
		} else {
			line = append(line, span{text: strings.Repeat(" ", hang)})
		}
		lines = append(lines, fit(append(line, part...), width))
	}
	return lines
}

// clean makes the text of spans harmless; they may hold several lines.
func clean(spans []span) []span {
	out := make([]span, len(spans))
	for i, s := range spans {
		out[i] = span{cells.SanitiseLines(s.text), s.tone}
	}
	return out
}

func join(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}

// fit cuts spans to a width.
func fit(spans []span, width int) []span {
	text := strings.ReplaceAll(join(spans), "\n", " ")
	if cells.Width(text) <= width && !strings.Contains(join(spans), "\n") {
		return spans
	}
	var out []span
	for _, s := range spans {
		room := width - cells.Width(join(out))
		if room <= 0 {
			break
		}
		s.text = strings.ReplaceAll(s.text, "\n", " ")
		whole := cells.Width(s.text) <= room
		s.text = cells.Truncate(s.text, room)
		out = append(out, s)
		if !whole {
			break
		}
	}
	return out
}

// fill fills spans with spaces to a width.
func fill(spans []span, width int) []span {
	if missing := width - cells.Width(join(spans)); missing > 0 {
		return append(spans, span{text: strings.Repeat(" ", missing)})
	}
	return spans
}

// wrap breaks spans into lines. Nothing is lost in wrapping, so that each line
// takes up where the one before ended.
func wrap(spans []span, width int) [][]span {
	var lines [][]span
	rest := spans
	for _, line := range cells.Wrap(join(spans), width) {
		var part []span
		part, rest = take(rest, len(line))
		lines = append(lines, part)
		rest = dropNewline(rest)
	}
	return lines
}

// take splits spans after some bytes.
func take(spans []span, n int) (head, rest []span) {
	for i, s := range spans {
		if n <= len(s.text) {
			head = append(head, span{s.text[:n], s.tone})
			return head, append([]span{{s.text[n:], s.tone}}, spans[i+1:]...)
		}
		head = append(head, s)
		n -= len(s.text)
	}
	return head, nil
}

func dropNewline(spans []span) []span {
	for len(spans) > 0 && spans[0].text == "" {
		spans = spans[1:]
	}
	if len(spans) > 0 && spans[0].text[0] == '\n' {
		return append([]span{{spans[0].text[1:], spans[0].tone}}, spans[1:]...)
	}
	return spans
}

// column is a cell of a table row: clean, cut and filled to its width, with a
// space after it.
func column(text string, width int, t tone) span {
	return span{cells.Pad(cells.Sanitise(text), width) + " ", t}
}
