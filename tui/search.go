package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/internal/cells"
)

// search is what was last looked for. Width, case, old forms of kanji and the
// ways of writing an article make no difference.
type search struct {
	text string
	key  string // folded

	of   *laid // the page whose matches are known
	rows []int
}

func (m *model) isSearching() bool { return m.search.key != "" }

// askSearch asks for a text and goes to the first match from here on.
func (m *model) askSearch() {
	m.typing = &prompt{label: " /", done: func(m *model, text string) tea.Cmd {
		text = strings.TrimSpace(text)
		if text == "" {
			m.search = search{}
			return nil
		}
		m.search = search{text: text, key: cells.Fold(text)}
		return m.find(1, true)
	}}
}

// canUnfind reports whether Esc forgets the search: only where it leads back to
// nowhere.
func (m *model) canUnfind() bool { return m.search.text != "" && !m.canGoBack() }

func (m *model) unfind() {
	m.search = search{}
	m.here().pane.mark = 0
}

func (m *model) findNext() tea.Cmd     { return m.find(1, false) }
func (m *model) findPrevious() tea.Cmd { return m.find(-1, false) }

// atOnce is how many rows or findings are searched while the screen waits. More are
// searched beside it.
const atOnce = 200

// foundMsg is where a text is on a page, and which match is to be gone to.
type foundMsg struct {
	of       *laid
	key      string
	rows     []int
	step     int
	fromHere bool
}

// find goes to the next match in a direction, round the end of the page.
func (m *model) find(step int, fromHere bool) tea.Cmd {
	l := m.focused().laid
	if m.search.of == l || l.listed() <= atOnce {
		m.goToMatch(step, fromHere)
		return nil
	}
	m.message = fmt.Sprintf(m.style.Say("「%s」を探しています", "looking for %q"), m.search.text)
	s, beside, at := m.search, m.snapshot(), m.here().spot
	return func() tea.Msg {
		same := lay(beside.page(at, shape{width: l.width}), l.width)
		return foundMsg{l, s.key, s.in(same), step, fromHere}
	}
}

// takeFound goes to a match that was found, if the page and the text are still the same.
func (m *model) takeFound(msg foundMsg) {
	if len(m.columns) == 0 || m.focused().laid != msg.of || m.search.key != msg.key {
		return
	}
	m.search.of, m.search.rows = msg.of, msg.rows
	m.goToMatch(msg.step, msg.fromHere)
}

func (m *model) goToMatch(step int, fromHere bool) {
	column := m.focused()
	hits := m.hits(column.laid)
	if len(hits) == 0 {
		if m.openByID() {
			return
		}
		m.message = fmt.Sprintf(m.style.Say("「%s」はこの画面にありません", "%q is not on this screen"), m.search.text)
		return
	}
	p := &m.here().pane
	at := p.mark - 1
	if at < 0 && p.item < column.laid.page.count() {
		at = column.laid.headOf(p.item)
	}
	i := next(hits, at, step, fromHere)
	before := p.item
	p.to(column.laid, column.height, hits[i])
	if p.item != before {
		m.arrange()
		l := m.focused().laid
		if !l.page.isList {
			p.mark = l.headOf(p.item) + 1
		}
		m.reveal()
	}
	m.arrange()
	m.message = fmt.Sprintf(m.style.Say("「%s」 %d/%d", "%q %d of %d"), m.search.text, i+1, len(hits))
}

// next gives the index of the hit after a row, or before it.
func next(hits []int, at, step int, fromHere bool) int {
	if step < 0 {
		for i := len(hits) - 1; i >= 0; i-- {
			if hits[i] < at {
				return i
			}
		}
		return len(hits) - 1
	}
	for i, hit := range hits {
		if hit > at || fromHere && hit == at {
			return i
		}
	}
	return 0
}

// hits lists the rows of a page that match, in order: where a matching paragraph
// begins, or an item that holds the text inside.
func (m *model) hits(l *laid) []int {
	if m.search.of != l {
		m.search.of, m.search.rows = l, m.search.in(l)
	}
	return m.search.rows
}

func (s search) in(l *laid) []int {
	matched := make([]bool, len(l.page.items))
	var hits []int
	for i, b := range l.page.blocks {
		if s.isIn(join(b.lead) + join(b.text)) {
			hits = append(hits, l.below(l.block[i]))
			if b.item >= 0 {
				matched[b.item] = true
			}
		}
	}
	for i, it := range l.page.items {
		if !matched[i] && it.words != nil && s.isIn(it.words()) {
			hits = append(hits, l.below(l.head[i]))
		}
	}
	before := 0
	for k, list := range l.page.lists {
		for i := range list.n {
			r := list.row(i)
			if s.isIn(join(r.spans)) || r.words != nil && s.isIn(r.words()) {
				hits = append(hits, l.lists[k]+before+i)
			}
		}
		before += list.n
	}
	slices.Sort(hits)
	return slices.Compact(hits)
}

func (s search) isIn(text string) bool { return strings.Contains(cells.Fold(text), s.key) }

// openByID goes to the finding or exhibit whose id was typed.
func (m *model) openByID() bool {
	id := strings.ToUpper(strings.TrimSpace(m.search.text))
	if f, ok := m.result.Finding(id); ok {
		m.open(spot{screen: findingScreen, finding: f})
		return true
	}
	for _, name := range []string{m.search.text, id} {
		if _, ok := m.exhibits[name]; ok {
			m.open(spot{screen: exhibitScreen, exhibit: name})
			return true
		}
	}
	return false
}

func (s search) words(m *model) string {
	if s.text == "" {
		return ""
	}
	return m.style.Say("検索 「"+s.text+"」", "find \""+s.text+"\"")
}
