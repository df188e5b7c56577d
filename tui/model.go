package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/review"
)

// model is the whole program: what is read, where the reader is, and what is
// being typed. Update changes it, View only shows it.
type model struct {
	result  *checker.Result
	style   export.Style
	byKey   map[review.Key]*checker.Finding // the findings, by what the journal calls them
	review  *review.Review                  // nil: nothing can be recorded
	decided int                             // how many findings are decided
	next    []review.Entry                  // what undo would record
	author  string
	now     func() time.Time
	marked  map[review.Key]bool         // findings that the next decision is on
	unsent  map[review.Key]review.Draft // the drafts of the author
	dialog  *dialog                     // a decision is being written
	host    Host
	files   Case           // what can be asked of the case's files
	reload  func() tea.Msg // nil: the report cannot be read again
	// rehashed is what came of hashing the exhibits again; nil: nobody did.
	rehashed map[string]audit.ExhibitState
	// provisions is what the law store says of the provisions.
	provisions export.Provisions
	exhibits   map[string]*audit.Exhibit
	*index
	actions []action

	width, height int
	stack         []place          // from a root screen to where the reader is
	left          map[screen]place // where the reader left the other root screens

	filter    filter
	search    search
	zoomed    bool
	noPreview bool
	typing    *prompt // a line of text is being typed
	picker    *picker // a list to choose from stands over the screen
	count     string  // digits of a count, begun by 0
	message   string  // what just happened; until the next key
	notice    string  // what others did that waits for the reader
	saidIME   bool

	compared *comparison     // with an earlier run; nil: nobody asked
	flips    *flipsMsg       // of one finding, as worked out last
	widest   *findingColumns // of the list; nil: to be measured
	sizes    sizes
	columns  []paneColumn
	kept     map[layKey]*laid
	pages    map[spot]*page
}

func newModel(x *index, style export.Style) *model {
	result := x.of
	m := &model{
		index: x, result: result, style: style, actions: actions(),
		left: map[screen]place{}, kept: map[layKey]*laid{}, pages: map[spot]*page{},
		exhibits: map[string]*audit.Exhibit{}, marked: map[review.Key]bool{}, unsent: map[review.Key]review.Draft{},
	}
	for i := range result.Report.Exhibits {
		m.exhibits[result.Report.Exhibits[i].ID] = &result.Report.Exhibits[i]
	}
	m.indexFindings()
	m.filter = noFilter(result)
	m.stack = []place{{spot: spot{screen: findingsScreen}}}
	return m
}

// recordIn makes decisions possible: they go to the journal of a review, under a name.
func (m *model) recordIn(r *review.Review, author string, now func() time.Time) {
	m.review, m.author, m.now = r, author, now
	m.countJournal()
	for _, d := range r.Journal().Drafts(author) {
		m.unsent[d.Finding] = d
	}
}

// countJournal works out what every screen says of the journal.
func (m *model) countJournal() {
	m.decided, m.next = m.review.Decided(), m.review.Undoing(m.author)
}

// Init asks for nothing: the size comes by itself.
func (m *model) Init() tea.Cmd { return nil }

// Update takes a message and works out the screen anew.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case tea.KeyPressMsg:
		cmd = m.press(msg)
	case tea.PasteMsg:
		m.paste(msg.Content)
	case flipsMsg:
		m.takeFlips(msg)
	case foundMsg:
		m.takeFound(msg)
	case filteredMsg:
		m.takeFiltered(msg)
	case openedMsg:
		m.takeOpened(msg)
	case comparedMsg:
		m.takeCompared(msg)
	case verifiedMsg:
		m.takeVerified(msg)
	case editedMsg:
		m.takeEdited(msg)
	}
	return m, cmd
}

func (m *model) resize(width, height int) {
	m.width, m.height = width, height
	m.forget()
	m.show()
}

// press does what a key means now.
func (m *model) press(msg tea.KeyPressMsg) tea.Cmd {
	m.message = ""
	if msg.Code == tea.KeyEscape {
		msg.Mod = 0 // twice in haste it arrives as one, with Alt
	}
	var cmd tea.Cmd
	switch {
	case m.dialog != nil:
		cmd = m.pressInDialog(msg)
	case m.picker != nil:
		cmd = m.pressInPicker(msg)
	case m.typing != nil:
		cmd = m.pressInPrompt(msg)
	default:
		cmd = m.pressToRead(msg)
	}
	m.arrange()
	return cmd
}

// pressToRead does what a key means while nothing is being typed.
func (m *model) pressToRead(msg tea.KeyPressMsg) tea.Cmd {
	key, byIME := commandKey(msg)
	if byIME && !m.saidIME {
		m.saidIME = true
		m.message = m.style.Say("IMEがオンです（半角/全角 で切替）。このまま操作できます", "The IME is on. Keys work all the same")
	}
	if m.count != "" && len(key) == 1 && key[0] >= '0' && key[0] <= '9' {
		if len(m.count) < 5 {
			m.count += key
		}
		return nil
	}
	a, ok := m.actionFor(reading, key)
	if !ok {
		m.count = ""
		return nil
	}
	cmd := a.do(m)
	if a.id != "count" {
		m.count = ""
	}
	return cmd
}

// here is the place where the reader is.
func (m *model) here() *place { return &m.stack[len(m.stack)-1] }

// focused is the column that the reader is in.
func (m *model) focused() *paneColumn {
	for i := range m.columns {
		if m.columns[i].isFocused {
			return &m.columns[i]
		}
	}
	return &m.columns[0]
}

// open goes to a place that the chosen item leads to.
func (m *model) open(at spot) {
	m.here().pane.mark = 0
	m.stack = append(m.stack, place{spot: at})
	m.show()
}

// show brings the row of the cursor on the screen, if it is not.
func (m *model) show() {
	m.arrange()
	if len(m.columns) > 0 {
		m.here().pane.show(m.focused().laid, m.focused().height)
		m.arrange()
	}
}

// back goes to where the reader came from.
func (m *model) back() {
	if len(m.stack) > 1 {
		m.stack = m.stack[:len(m.stack)-1]
		m.arrange()
		column := m.focused()
		m.here().pane.clamp(column.laid, column.height)
	}
}

// goTo goes to a root screen, to the row where the reader left it.
func (m *model) goTo(s screen) {
	m.left[m.stack[0].screen] = m.stack[0]
	to, ok := m.left[s]
	if !ok {
		to = place{spot: spot{screen: s}}
	}
	m.stack = []place{to}
	m.show()
}

// sibling goes to the next thing of the list that the reader came by.
func (m *model) sibling(step int) {
	from := &m.stack[len(m.stack)-2]
	p := m.pageOf(from.spot)
	for i := from.pane.item + step; i >= 0 && i < p.count(); i += step {
		opens := p.at(i).opens
		if opens.screen != m.here().screen {
			continue
		}
		from.pane.item = i
		from.pane.mark = 0
		m.stack[len(m.stack)-1] = place{spot: opens}
		m.show()
		return
	}
	m.message = m.style.Say("これより先はありません", "nothing further this way")
}

// pageOf is a page of a spot for its items, which are the same at any width.
func (m *model) pageOf(at spot) *page {
	p, ok := m.pages[at]
	if !ok {
		p = m.page(at, shape{width: measure})
		m.pages[at] = p
	}
	return p
}

// hasSiblings reports whether sibling can lead anywhere.
func (m *model) hasSiblings() bool {
	if len(m.stack) < 2 {
		return false
	}
	from := m.stack[len(m.stack)-2]
	p := m.pageOf(from.spot)
	return from.pane.item < p.count() && p.at(from.pane.item).opens.screen == m.here().screen
}

// move moves the cursor some times. A chosen clause unfolds, so that the page is
// laid out again after each step; what is chosen stays where it was on the screen.
func (m *model) move(step func(*pane, *laid, int) bool) {
	p := &m.here().pane
	for range m.takeCount() {
		column := m.focused()
		before := p.item
		if !step(p, column.laid, column.height) {
			break
		}
		if p.item == before || column.laid.page.isList {
			continue
		}
		offset := column.laid.headOf(p.item) - p.top
		m.arrange()
		p.top = m.focused().laid.headOf(p.item) - offset
		m.reveal()
	}
	m.arrange()
	if m.focused().laid.page.isList {
		m.reveal()
	}
}

func (m *model) reveal() {
	if len(m.columns) == 0 {
		return
	}
	column := m.focused()
	m.here().pane.reveal(column.laid, column.height)
	m.arrange()
}

func (m *model) takeCount() int {
	n := 0
	for _, digit := range m.count {
		n = n*10 + int(digit-'0')
	}
	return max(1, min(n, 9999))
}

// chosenFinding is the finding that the reader is at, on any screen.
func (m *model) chosenFinding() *checker.Finding {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if f := m.stack[i].finding; f != nil {
			return f
		}
	}
	if at, ok := m.chosen(); ok {
		return at.finding
	}
	return nil
}

// chosenClause is the clause that the reader is at, if any.
func (m *model) chosenClause() (spot, bool) {
	if at, ok := m.chosen(); ok && at.screen == evidenceScreen {
		return at, true
	}
	if m.here().screen == evidenceScreen {
		return m.here().spot, true
	}
	return spot{}, false
}

// chosen is where the chosen item of the screen leads.
func (m *model) chosen() (spot, bool) {
	if len(m.columns) == 0 {
		return spot{}, false
	}
	return m.focused().chosen()
}

func (m *model) lawLang() law.Lang { return law.Lang(m.style.Lang) }
