package tui

// paneColumn is one column of the screen: a laid page and the position on it.
type paneColumn struct {
	spot
	laid      *laid
	pane      pane
	x, width  int
	height    int // rows for the page, without the heading
	isFocused bool
	isAhead   bool // shows where the chosen item leads: the reader has not been there
}

// arrange works out what stands in each column: the places that the reader came
// by, the one where he is, and to its right what the chosen item leads to.
func (m *model) arrange() {
	listed := 0
	if here := m.here().spot; here.screen.isList() && !m.noPreview {
		listed = m.pageOf(here).count()
	}
	left := listWidth
	if m.stack[0].screen != findingsScreen && len(m.stack) <= 2 {
		left = wideList
	}
	m.sizes = measureScreen(m.width, m.height, m.zoomed, left, listed)
	m.columns = m.columns[:0]
	n := len(m.sizes.columns)
	start := max(0, len(m.stack)-n)
	x := 0
	for i, width := range m.sizes.columns {
		at, ok := m.columnPlace(start + i)
		if !ok {
			break
		}
		c := paneColumn{spot: at.spot, pane: at.pane, x: x, width: width, height: m.sizes.body - m.sizes.preview}
		if m.sizes.heading {
			c.height--
		}
		c.height = max(1, c.height)
		c.isFocused, c.isAhead = start+i == len(m.stack)-1, start+i >= len(m.stack)
		c.laid = m.lay(at.spot, shape{width: max(1, width-m.sizes.gutter), chosen: at.pane.item, inside: i == n-1})
		if c.isFocused {
			m.here().pane.clamp(c.laid, c.height)
			c.pane = m.here().pane
		} else {
			c.pane.show(c.laid, c.height)
		}
		m.columns = append(m.columns, c)
		x += width + 1
	}
}

// columnPlace is the place of a column: of the stack, or what the column before
// it leads to.
func (m *model) columnPlace(i int) (place, bool) {
	if i < len(m.stack) {
		return m.stack[i], true
	}
	at, ok := m.columns[len(m.columns)-1].chosen()
	return place{spot: at}, ok
}

// chosen is where the chosen item leads. One that is off the screen leads
// nowhere: nobody opens what he does not see.
func (c *paneColumn) chosen() (spot, bool) {
	i := c.pane.item
	if i < 0 || i >= c.laid.page.count() {
		return spot{}, false
	}
	opens := c.laid.page.at(i).opens
	if opens.screen == nowhere {
		return spot{}, false
	}
	return opens, c.laid.page.byItem || c.pane.visible(c.laid.headOf(i), c.height)
}

// lines draws a column: exactly its height with the heading, each line exactly
// its width.
func (c *paneColumn) lines(s sizes) []string {
	var lines []string
	if s.heading {
		title := clean(say(c.laid.page.title))
		lines = append(lines, draw(append(blanks(s.gutter), fit(title, max(1, c.width-s.gutter))...), c.width, strong, asIs))
	}
	for i := range c.height {
		at := c.pane.top + i
		if at >= c.laid.count() {
			lines = append(lines, draw(nil, c.width, plain, asIs))
			continue
		}
		r := c.laid.row(at)
		l := asIs
		cursor := " "
		if r.head && r.item == c.pane.item && !c.isAhead {
			cursor = ">"
			if c.isFocused {
				l = chosen
			}
		}
		if c.isFocused && c.pane.mark == at+1 {
			l = found
			if cursor == " " {
				cursor = "*"
			}
		}
		lines = append(lines, draw(append(gutter(cursor, s.gutter), r.spans...), c.width, plain, l))
	}
	return lines
}

func blanks(n int) []span { return []span{{text: spaces(n)}} }

// gutter is the cells before a row, with the cursor or without.
func gutter(cursor string, width int) []span {
	if width < 3 {
		return []span{{text: cursor + spaces(width-1)}}
	}
	return []span{{text: " " + cursor + spaces(width-2)}}
}
