package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker/export"
	"jobun/internal/cells"
)

// View shows the model. It works nothing out that Update has not.
func (m *model) View() tea.View {
	lines, cursor := m.frame()
	view := tea.NewView(strings.Join(lines, "\n"))
	view.AltScreen = true
	view.WindowTitle = "jobun"
	view.Cursor = cursor
	return view
}

// frame draws the screen: exactly as many lines as it is high, each exactly as
// wide as it is.
func (m *model) frame() ([]string, *tea.Cursor) {
	if m.width < 1 || m.height < 1 {
		return nil, nil
	}
	var lines []string
	var cursor *tea.Cursor
	body, at := m.body()
	if m.height >= 3 {
		lines = append(lines, m.firstLine())
		if m.sizes.rule {
			lines = append(lines, draw(say(strings.Repeat("-", m.width)), m.width, plain, asIs))
		}
	}
	if at != nil {
		cursor = tea.NewCursor(at.x, len(lines)+at.y)
	}
	room := m.height - len(lines) - min(2, m.height)
	lines = append(lines, body[:max(0, min(room, len(body)))]...)
	for len(lines) < m.height-2 {
		lines = append(lines, draw(nil, m.width, plain, asIs))
	}
	if m.height >= 2 {
		if m.typing != nil {
			cursor = tea.NewCursor(m.typing.column(m.width), len(lines))
		}
		lines = append(lines, m.statusLine())
	}
	lines = append(lines, m.footer())
	for i := range lines {
		lines[i] = exact(lines[i], m.width)
	}
	return lines, keepInside(cursor, m.width, m.height)
}

// point is a place in the body.
type point struct{ x, y int }

func keepInside(c *tea.Cursor, width, height int) *tea.Cursor {
	if c == nil {
		return nil
	}
	c.X, c.Y = max(0, min(c.X, width-1)), max(0, min(c.Y, height-1))
	c.Blink = false
	return c
}

// body draws what stands between the first lines and the last two, and says
// where the cursor of the terminal goes: to the chosen row, so that magnifiers
// and screen readers follow it.
func (m *model) body() ([]string, *point) {
	switch {
	case m.dialog != nil:
		return m.dialogBeside(m.sizes.body)
	case m.picker != nil:
		return m.picker.lines(m.width, m.sizes.body, m.style)
	case m.sizes.tiny:
		return m.summaryLines(), nil
	}
	parts := make([][]string, len(m.columns))
	var at *point
	for i := range m.columns {
		c := &m.columns[i]
		parts[i] = c.lines(m.sizes)
		if c.isFocused {
			at = c.cursor(m.sizes)
		}
	}
	var lines []string
	for row := range len(parts[0]) {
		var line []string
		for i := range parts {
			line = append(line, parts[i][row])
		}
		for i := len(parts); i < len(m.sizes.columns); i++ {
			line = append(line, spaces(m.sizes.columns[i]))
		}
		lines = append(lines, strings.Join(line, "|"))
	}
	return append(lines, m.previewLines()...), at
}

// cursor is where the chosen row is drawn, if it is on the screen.
func (c *paneColumn) cursor(s sizes) *point {
	row := c.pane.mark - 1
	if row < 0 {
		if c.pane.item >= c.laid.page.count() {
			return nil
		}
		row = c.laid.headOf(c.pane.item)
	}
	if !c.pane.visible(row, c.height) {
		return nil
	}
	y := row - c.pane.top
	if s.heading {
		y++
	}
	return &point{c.x + max(0, s.gutter-2), y}
}

// previewLines draws the bottom of the body: the chosen item in short.
func (m *model) previewLines() []string {
	if m.sizes.preview == 0 {
		return nil
	}
	at, ok := m.chosen()
	p := &page{}
	title := ""
	if ok {
		p, title = m.brief(at), m.crumb(at)
	}
	lines := []string{draw((block{text: say(title), rule: true}).lines(m.width)[0], m.width, plain, asIs)}
	l := lay(p, max(1, m.width-1))
	for i := range m.sizes.preview - 1 {
		var spans []span
		if i < l.count() {
			spans = append(blanks(1), l.row(i).spans...)
		}
		lines = append(lines, draw(spans, m.width, plain, asIs))
	}
	return lines
}

// summaryLines is the whole screen of a terminal too small for a list.
func (m *model) summaryLines() []string {
	var lines []string
	add := func(text string) { lines = append(lines, draw(clean(say(text)), m.width, plain, asIs)) }
	if f := m.chosenFinding(); f != nil {
		add(f.ID + " " + m.style.Counts(f))
		add(m.style.In(export.FindingWord(f)))
		if len(m.doubtful[f]) > 0 {
			add(m.differsMark())
		}
	}
	add(m.style.Say("画面が小さいため省略", "too small a screen"))
	add(m.style.Say(fmt.Sprintf("%d桁%d行から表示", leastWidth, leastHeight), fmt.Sprintf("%dx%d shows the list", leastWidth, leastHeight)))
	return lines
}

// firstLine says where the reader is: among the root screens, and how deep. Where not all
// of it fits, the other root screens are left out first.
func (m *model) firstLine() string {
	right := m.position() + " "
	if words := m.progress(); words != "" && m.width >= leastWidth {
		right = words + "  " + right
	}
	room := m.width - cells.Width(right)
	trail := ""
	for _, at := range m.stack[1:] {
		trail += "> " + cells.Sanitise(m.crumb(at.spot)) + " "
	}
	left := ""
	for _, of := range []others{named, numbered, unsaid} {
		left = m.rootsLine(of) + trail
		if cells.Width(left)+2 <= room {
			break
		}
	}
	if cells.Width(left)+2 > room {
		left = cells.Truncate(strings.TrimRight(left, " "), max(0, room-2))
	}
	return draw(say(cells.Pad(left, room)+right), m.width, strong, asIs)
}

// others is how the root screens are shown that the reader is not in.
type others uint8

const (
	named others = iota
	numbered
	unsaid
)

// rootsLine shows the root screens.
func (m *model) rootsLine(of others) string {
	line := " jobun "
	if m.width >= 140 {
		line += cells.Truncate(cells.Sanitise(m.result.Report.Title), max(0, m.width-112)) + " "
	}
	for i, s := range roots() {
		name := fmt.Sprintf("%d %s", i+1, m.rootName(s))
		switch {
		case s == m.stack[0].screen:
			line += "[" + name + "] "
		case of == named:
			line += " " + name + " "
		case of == numbered:
			line += fmt.Sprintf(" %d ", i+1)
		}
	}
	return line
}

// position is how far the reader is down the list that he came by.
func (m *model) position() string {
	root := m.stack[0]
	n := m.pageOf(root.spot).count()
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("%d/%d", min(root.pane.item+1, n), n)
}

// statusLine says what just happened, what is being typed, or which filter and
// search are on.
func (m *model) statusLine() string {
	if m.typing != nil {
		return draw(m.typing.line(m.width), m.width, plain, asIs)
	}
	var parts []string
	if m.count != "" {
		parts = append(parts, m.style.Say("回数 ", "count ")+strings.TrimLeft(m.count, "0"))
	}
	if m.message != "" {
		parts = append(parts, m.message)
	}
	if m.notice != "" {
		parts = append(parts, m.notice)
	}
	if words := m.warning(); words != "" {
		parts = append(parts, words)
	}
	if words := m.filter.words(m); words != "" {
		parts = append(parts, words)
	}
	if words := m.search.words(m); words != "" && m.message == "" {
		parts = append(parts, words)
	}
	if len(m.columns) > 0 && m.picker == nil && m.dialog == nil && !m.sizes.tiny {
		if words := m.focused().extent(m.style); words != "" {
			parts = append(parts, words)
		}
	}
	if words := m.undoWords(); words != "" && m.message == "" && m.dialog == nil && m.picker == nil && m.count == "" {
		parts = append(parts, words)
	}
	text := ""
	for i, part := range parts {
		part = "  " + cells.Sanitise(part)
		if i == 0 || cells.Width(text+part) <= m.width {
			text += part
		}
	}
	return draw(say(cells.Truncate(strings.TrimPrefix(text, " "), m.width)), m.width, plain, asIs)
}

// extent says which rows are on the screen, where not all are.
func (c *paneColumn) extent(s export.Style) string {
	n := c.laid.count()
	if n <= c.height {
		return ""
	}
	last := min(n, c.pane.top+c.height)
	words := fmt.Sprintf(s.Say("%d-%d/%d行", "rows %d-%d of %d"), c.pane.top+1, last, n)
	if last < n {
		words += s.Say("（続きあり）", " (more below)")
	}
	return words
}

// draw joins spans to one line, exactly as wide as it is asked for.
func draw(spans []span, width int, t tone, l look) string {
	spans = fill(fit(spans, width), width)
	var b strings.Builder
	for _, s := range spans {
		if s.tone == plain {
			s.tone = t
		}
		b.WriteString(paint(s.text, s.tone, l))
	}
	return b.String()
}

// exact is the last guard: characters of two columns may join where they meet.
func exact(line string, width int) string {
	if cells.Width(line) == width {
		return line
	}
	return cells.Pad(line, width)
}

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }
