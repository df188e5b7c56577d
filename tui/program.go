package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"jobun/internal/cells"
)

// program is the whole program: while the report is read it says so and can be left;
// then the model has the screen.
type program struct {
	host          Host
	options       Options
	m             *model // nil: the report is being read
	failed        error  // why it could not be
	width, height int
	ahead         []tea.KeyPressMsg // typed while the report was being read
}

// loadedMsg is a report that was read, or why it could not be.
type loadedMsg struct {
	loaded *Case
	err    error
}

// lookMsg is the time to look whether others have changed anything.
type lookMsg struct{}

// lookEvery is how often that is.
const lookEvery = 2 * time.Second

// Init reads the report.
func (p *program) Init() tea.Cmd { return p.load }

func (p *program) load() tea.Msg {
	c, err := p.host.Load()
	return loadedMsg{c, err}
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
		key, _ := commandKey(msg)
		switch {
		case p.m != nil:
		case key == "ctrl+c" || key == "q" && len(p.ahead) == 0:
			return p, tea.Quit
		case len(p.ahead) < 100:
			p.ahead = append(p.ahead, msg)
		}
	}
	if p.m == nil {
		return p, nil
	}
	_, cmd := p.m.Update(msg)
	return p, cmd
}

// loaded begins with a report that was read, or ends if the first could not be. One
// that was read again takes the place of the one before, and the reader stays where he
// is as far as that is still there.
func (p *program) loaded(msg loadedMsg) tea.Cmd {
	switch {
	case msg.err != nil && p.m == nil:
		p.failed = msg.err
		return tea.Quit
	case msg.err != nil:
		p.m.message = p.m.style.Say("読み直せません（前の内容のままです）: ", "could not be read again (what was read before is shown): ") + msg.err.Error()
		return nil
	case p.m != nil:
		p.m.renewCase(msg.loaded)
		return nil
	}
	m := newModel(msg.loaded.Review.Result, p.options.Style)
	m.provisions, m.host, m.reload = msg.loaded.Provisions, p.host, p.load
	if p.options.Author != "" {
		m.recordIn(msg.loaded.Review, p.options.Author, p.options.Now)
	}
	m.resize(p.width, p.height)
	m.beginAt(p.options.At)
	p.m = m
	cmds := []tea.Cmd{lookLater()}
	for _, key := range p.ahead {
		cmds = append(cmds, m.press(key))
	}
	p.ahead = nil
	return tea.Batch(cmds...)
}

// View shows the model, or that the report is being read.
func (p *program) View() tea.View {
	if p.m != nil {
		return p.m.View()
	}
	view := tea.NewView(p.waiting())
	view.AltScreen = true
	view.WindowTitle = "jobun"
	return view
}

func (p *program) waiting() string {
	s := p.options.Style
	text := ""
	for _, line := range []string{" jobun", "", " " + s.Say("読み込んでいます: ", "reading ") + cells.Sanitise(p.options.Name), "", " q " + s.Say("終了", "quit")} {
		text += cells.Truncate(line, max(1, p.width)) + "\n"
	}
	return text
}

// beginAt puts the cursor on a finding, if it is there.
func (m *model) beginAt(id string) {
	for i, f := range m.filter.findings {
		if f.ID == id {
			m.here().pane.item = i
			m.show()
			m.message = fmt.Sprintf(m.style.Say("前回の続きから（%s）", "where you left off (%s)"), id)
		}
	}
}
