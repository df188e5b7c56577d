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
	items  []item // that are in blocks
	lists  []listed
	isList bool // one row an item: half a page down moves the cursor too
	byItem bool // down goes to the next item, however far: the page is chosen from
}

// item is something on a page that the cursor can stand on.
type item struct {
	opens spot          // where Enter leads; the zero spot leads nowhere
	words func() string // what a search finds the item by, beside its own text
}

// listed is a list within a page. Its rows are made when they are shown or searched, for
// a case may have a million; each is an item of one row.
type listed struct {
	n      int
	row    func(i int) listRow
	blocks int // how many blocks stand before it
	items  int // how many items that are in blocks
}

type listRow struct {
	item
	spans []span
}

// count is how many items a page has, and at gives one.
func (p *page) count() int {
	n := len(p.items)
	for _, list := range p.lists {
		n += list.n
	}
	return n
}

func (p *page) at(i int) item {
	before := 0 // items of lists
	for _, list := range p.lists {
		first := list.items + before
		switch {
		case i < first:
			return p.items[i-before]
		case i < first+list.n:
			return list.row(i - first).item
		}
		before += list.n
	}
	return p.items[i-before]
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
	item   int // the item it belongs to among those of blocks, or -1
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

// rows is a list in the page.
func (w *writer) rows(n int, row func(i int) listRow) {
	w.item = -1
	w.lists = append(w.lists, listed{n: n, row: row, blocks: len(w.blocks), items: len(w.items)})
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
	width int
	rows  []row // of the blocks
	head  []int // of each item of a block: its first row among these
	last  []int // and its last
	block []int // of each block: its first row among these
	lists []int // of each list: how many of these stand before it
}

// row is one line of a laid page: clean text, at most as wide as the page.
type row struct {
	spans []span
	item  int // -1: none
	head  bool
}

// lay lays a page out. Everything on a page passes through cells.Sanitise here, or in
// row where it is of a list.
func lay(p *page, width int) *laid {
	width = max(width, 1)
	l := &laid{page: p, width: width, head: make([]int, len(p.items)), last: make([]int, len(p.items))}
	for i := range p.blocks {
		l.beginLists(i)
		l.block = append(l.block, len(l.rows))
		l.addBlock(&p.blocks[i])
	}
	l.beginLists(len(p.blocks))
	return l
}

// beginLists notes where the lists stand that come after so many blocks.
func (l *laid) beginLists(blocks int) {
	for len(l.lists) < len(l.page.lists) && l.page.lists[len(l.lists)].blocks <= blocks {
		l.lists = append(l.lists, len(l.rows))
	}
}

func (l *laid) addBlock(b *block) {
	item := b.item
	for _, list := range l.page.lists[:len(l.lists)] {
		if item >= 0 {
			item += list.n
		}
	}
	for n, spans := range b.lines(l.width) {
		r := row{spans: spans, item: item, head: b.head && n == 0}
		if r.head {
			l.head[b.item] = len(l.rows)
		}
		if b.item >= 0 {
			l.last[b.item] = len(l.rows)
		}
		l.rows = append(l.rows, r)
	}
}

// count is how many rows there are.
func (l *laid) count() int {
	n := len(l.rows)
	for _, list := range l.page.lists {
		n += list.n
	}
	return n
}

// listed is how many rows are of lists.
func (l *laid) listed() int { return l.count() - len(l.rows) }

// row gives a row.
func (l *laid) row(i int) row {
	before := 0 // rows of lists
	for k, list := range l.page.lists {
		first := l.lists[k] + before
		switch {
		case i < first:
			return l.rows[i-before]
		case i < first+list.n:
			return row{spans: fit(clean(list.row(i-first).spans), l.width), item: list.items + before + i - first, head: true}
		}
		before += list.n
	}
	return l.rows[i-before]
}

// below gives the place of a row of a block among all rows.
func (l *laid) below(r int) int {
	at := r
	for k, list := range l.page.lists {
		if l.lists[k] <= r {
			at += list.n
		}
	}
	return at
}

// headOf and lastOf give the first row of an item, and the last.
func (l *laid) headOf(item int) int { return l.rowOf(item, l.head) }
func (l *laid) lastOf(item int) int { return l.rowOf(item, l.last) }

func (l *laid) rowOf(item int, of []int) int {
	before := 0 // items of lists
	for k, list := range l.page.lists {
		first := list.items + before
		switch {
		case item < first:
			return l.below(of[item-before])
		case item < first+list.n:
			return l.lists[k] + before + item - first
		}
		before += list.n
	}
	return l.below(of[item-before])
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
