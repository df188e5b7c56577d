package tui

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jobun/internal/cells"
)

// program is the whole program: the start screen, unless a report was named; while the
// report is read it says so and can be left; then the model has the screen.
type program struct {
	host          Host
	options       Options
	name          string // of the report's file; "": the user chooses one
	start         *start // nil: a report was named
	m             *model // nil: no report is open
	failed        error  // why the report that was named could not be read
	width, height int
	ahead         []tea.KeyPressMsg // typed while the report was being read
}

func newProgram(host Host, options Options) *program {
	p := &program{host: host, options: options, name: options.Name}
	if p.name == "" {
		p.start = newStart(host, options.Style)
	}
	return p
}

// loadedMsg is a report that was read, or why it could not be.
type loadedMsg struct {
	name   string
	loaded *Case
	index  *index
	err    error
}

// lookMsg is the time to look whether others have changed anything.
type lookMsg struct{}

// lookEvery is how often that is.
const lookEvery = 2 * time.Second

// Init reads the report that was named.
func (p *program) Init() tea.Cmd {
	if p.name == "" {
		return nil
	}
	return p.load
}

func (p *program) load() tea.Msg {
	c, err := p.host.Load(p.name)
	if err != nil {
		return loadedMsg{name: p.name, err: err}
	}
	return loadedMsg{name: p.name, loaded: c, index: indexOf(c.Review.Result)}
}

func lookLater() tea.Cmd { return tea.Tick(lookEvery, func(time.Time) tea.Msg { return lookMsg{} }) }

// Update takes a message.
func (p *program) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = msg.Width, msg.Height
	case loadedMsg:
		return p, p.loaded(msg)
	case lookMsg:
		if p.m != nil {
			p.m.lookAround()
		}
		return p, lookLater()
	case tea.KeyPressMsg:
		if p.m == nil {
			return p, p.press(msg)
		}
	case tea.PasteMsg:
		if p.m == nil && p.isStarting() {
			p.start.paste(msg.Content)
		}
	}
	if p.m == nil {
		return p, nil
	}
	_, cmd := p.m.Update(msg)
	return p, cmd
}

// isStarting reports whether the start screen is shown.
func (p *program) isStarting() bool { return p.start != nil && p.name == "" }

// press takes a key while no report is open: on the start screen, or while one is read.
func (p *program) press(msg tea.KeyPressMsg) tea.Cmd {
	if p.isStarting() {
		cmd := p.start.press(msg)
		if p.start.chosen != "" {
			p.name, p.start.chosen = p.start.chosen, ""
			p.options.Style = p.start.style
			return p.load
		}
		return cmd
	}
	key, _ := commandKey(msg)
	switch {
	case key == "ctrl+c" || key == "q" && len(p.ahead) == 0:
		return tea.Quit
	case len(p.ahead) < 100:
		p.ahead = append(p.ahead, msg)
	}
	return nil
}

// loaded begins with a report that was read. One that could not be ends the program if
// it was named on the command line, else the start screen says why. One that was read
// again takes the place of the one before, and the reader stays where he is as far as
// that is still there.
func (p *program) loaded(msg loadedMsg) tea.Cmd {
	switch {
	case msg.err != nil && p.m != nil:
		p.m.message = p.m.style.Say("読み直せません（前の内容のままです）: ", "could not be read again (what was read before is shown): ") + p.m.style.Trouble(msg.err)
		return nil
	case msg.err != nil && p.start != nil:
		p.start.trouble, p.name, p.ahead = p.start.style.Trouble(msg.err), "", nil
		return nil
	case msg.err != nil:
		p.failed = msg.err
		return tea.Quit
	case p.m != nil:
		p.m.renewCase(msg.loaded, msg.index)
		return nil
	}
	m := newModel(msg.index, p.options.Style)
	m.take(msg.loaded)
	m.host, m.reload = p.host, p.load
	if p.options.Author != "" {
		m.recordIn(msg.loaded.Review, p.options.Author, p.options.Now)
	}
	m.resize(p.width, p.height)
	m.begin(msg.loaded.Begin)
	p.m = m
	cmds := []tea.Cmd{lookLater()}
	for _, key := range p.ahead {
		cmds = append(cmds, m.press(key))
	}
	p.ahead = nil
	return tea.Batch(cmds...)
}

// begin puts the reader where he left, and says what of his is unfinished.
func (m *model) begin(at Bookmark) {
	var words []string
	if m.goBack(at) && (len(at) > 1 || at[0].Item > 0 || at[0].Screen != screenNames()[findingsScreen]) {
		words = append(words, m.style.Say("前回の続きから", "where you left off"))
	}
	if n := len(m.unsent); n > 0 {
		words = append(words, fmt.Sprintf(m.style.Say("下書きが %d件あります（同じキーで続きを書けます）", "%d drafts are kept: the same key opens one again"), n))
	}
	m.message = strings.Join(words, m.style.Say("。", "; "))
	m.arrange()
	if len(m.columns) > 0 && m.focused().laid.page.isList {
		m.show() // the screen may be another; what is read stays where it was left
	}
}

// View shows the model, or that the report is being read.
func (p *program) View() tea.View {
	if p.m != nil {
		return p.m.View()
	}
	if p.isStarting() {
		return p.start.view(p.width, p.height)
	}
	view := tea.NewView(p.waiting())
	view.AltScreen = true
	view.WindowTitle = "jobun"
	return view
}

func (p *program) waiting() string {
	s := p.options.Style
	text := ""
	for _, line := range []string{" jobun", "", " " + s.Say("読み込んでいます: ", "reading ") + cells.Sanitise(filepath.Base(p.name)), "", " q " + s.Say("終了", "quit")} {
		text += cells.Truncate(line, max(1, p.width)) + "\n"
	}
	return text
}
