package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jobun/checker/export"
	"jobun/internal/cells"
)

// start is the screen of a program that was started without a report: the reports that
// were opened before, one to practise on, and a line for another.
type start struct {
	host    Host
	style   export.Style
	recent  []Recent
	at      int // the chosen one
	typing  *input
	trouble string // why a report could not be read
	message string
	chosen  string // the report to open now
}

func newStart(host Host, style export.Style) *start {
	s := &start{host: host, style: style}
	s.list()
	return s
}

func (s *start) list() {
	if s.host.Recent != nil {
		s.recent = s.host.Recent()
	}
	s.at = max(0, min(s.at, len(s.recent)-1))
}

// startActions are those of the start screen, which does them by their ids: a model is
// not there yet.
func startActions() []action {
	return []action{
		{"start-open", starting, []string{"enter", "l", "right"}, "Enter", ja("開く", "open"), ja("選んだ報告を開く", "open the chosen report"), always, nil},
		{"start-number", starting, []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "1-9", ja("番号で開く", "by number"), ja("その番号の報告を開く", "open the report of that number"), always, nil},
		{"start-file", starting, []string{"o"}, "o", ja("ファイル..", "file.."), ja("報告のファイルの名前を入れて開く", "open a report by the name of its file"), always, nil},
		{"start-down", starting, []string{"j", "down", "ctrl+n", "tab"}, "j/k", ja("選ぶ", "choose"), ja("次へ", "next"), always, nil},
		{"start-up", starting, []string{"k", "up", "ctrl+p", "shift+tab"}, "", export.Text{}, ja("前へ", "previous"), always, nil},
		{"start-language", starting, []string{"E"}, "E", ja("English", "日本語"), ja("日本語／英語", "Japanese or English"), always, nil},
		{"start-forget", starting, []string{"x", "delete"}, "x", ja("一覧から外す", "take off the list"), ja("選んだ報告を一覧から外す（ファイルはそのまま）", "take the chosen report off the list (the file stays)"), always, nil},
		{"start-quit", starting, []string{"q", "ctrl+c"}, "q", ja("終了", "quit"), ja("終了する", "quit"), always, nil},
	}
}

// actionID is the action of a key in a mode, by the table.
func actionID(in mode, key string) string {
	for _, a := range append(startActions(), programActions()...) {
		if a.mode != in {
			continue
		}
		for _, k := range a.keys {
			if k == key {
				return a.id
			}
		}
	}
	return ""
}

// press takes a key. A report that is to be opened is then in chosen.
func (s *start) press(msg tea.KeyPressMsg) tea.Cmd {
	s.message = ""
	if s.typing != nil {
		return s.pressInName(msg)
	}
	key, _ := commandKey(msg)
	switch actionID(starting, key) {
	case "start-open":
		s.open(s.at)
	case "start-number":
		s.open(int(key[0] - '1'))
	case "start-file":
		s.typing = &input{}
	case "start-down":
		s.at = max(0, min(s.at+1, len(s.recent)-1))
	case "start-up":
		s.at = max(0, s.at-1)
	case "start-language":
		s.style.Lang = map[string]string{"ja": "en", "en": "ja"}[s.style.Lang]
	case "start-forget":
		s.forget()
	case "start-quit":
		return tea.Quit
	}
	return nil
}

func (s *start) open(i int) {
	if i < len(s.recent) {
		s.at, s.chosen, s.trouble = i, s.recent[i].Name, ""
	}
}

func (s *start) forget() {
	if s.at >= len(s.recent) || s.recent[s.at].IsPractice || s.host.Forget == nil {
		return
	}
	if err := s.host.Forget(s.recent[s.at].Name); err != nil {
		s.trouble = s.style.Trouble(err)
		return
	}
	s.message = s.style.Say("一覧から外しました。報告と記録のファイルはそのままです", "taken off the list; the report and its journal are as they were")
	s.list()
}

func (s *start) pressInName(msg tea.KeyPressMsg) tea.Cmd {
	switch actionID(asking, msg.Keystroke()) {
	case "prompt-done":
		name := strings.Trim(strings.TrimSpace(s.typing.value()), `"'`)
		s.typing = nil
		s.chosen, s.trouble = name, ""
	case "prompt-leave":
		s.typing = nil
	case "prompt-quit":
		return tea.Quit
	default:
		s.typing.press(msg)
	}
	return nil
}

// paste takes pasted text as the name of a file: so a file can be dropped on the window.
func (s *start) paste(text string) {
	if s.typing == nil {
		s.typing = &input{}
	}
	s.typing.put(strings.TrimSpace(text))
}

func (s *start) view(width, height int) tea.View {
	lines, cursor := s.frame(width, height)
	view := tea.NewView(strings.Join(lines, "\n"))
	view.AltScreen = true
	view.WindowTitle = "jobun"
	view.Cursor = cursor
	return view
}

// frame draws the screen: exactly as many lines as it is high, each exactly as wide as it
// is.
func (s *start) frame(width, height int) ([]string, *tea.Cursor) {
	if width < 1 || height < 1 {
		return nil, nil
	}
	body, at := s.body(width)
	room := max(0, height-2)
	top := 0
	if at >= room {
		top = min(at-room/2, len(body)-room)
	}
	var lines []string
	for i := range room {
		var spans []span
		if top+i < len(body) {
			spans = body[top+i]
		}
		l := asIs
		if top+i == at {
			l = chosen
		}
		lines = append(lines, draw(spans, width, plain, l))
	}
	cursor := tea.NewCursor(1, max(0, at-top))
	if height >= 2 {
		status := span{text: " " + cells.Sanitise(s.message)}
		if s.typing != nil {
			label := s.style.Say(" 報告のファイル: ", " file of the report: ")
			text, x := s.typing.shown(max(1, width-cells.Width(label)))
			status, cursor = span{text: label + text}, tea.NewCursor(cells.Width(label)+x, len(lines))
		}
		lines = append(lines, draw([]span{status}, width, plain, asIs))
	}
	in := starting
	if s.typing != nil {
		in = asking
	}
	lines = append(lines, draw(say(s.footer(in, width)), width, plain, asIs))
	for i := range lines {
		lines[i] = exact(lines[i], width)
	}
	return lines, keepInside(cursor, width, height)
}

func (s *start) footer(in mode, width int) string {
	hasChoice := func(a *action) bool {
		chosenOne := s.at < len(s.recent)
		switch a.id {
		case "start-open", "start-number", "start-down":
			return chosenOne
		case "start-forget":
			return chosenOne && !s.recent[s.at].IsPractice && s.host.Forget != nil
		default:
			return true
		}
	}
	return footerLine(append(startActions(), programActions()...), in, hasChoice, width, s.style)
}

// body is what stands above the last two lines, and the row of the chosen report.
func (s *start) body(width int) (lines [][]span, at int) {
	st := s.style
	add := func(spans ...span) { lines = append(lines, spans) }
	text := func(t tone, words string) {
		for _, line := range cells.Wrap(cells.SanitiseLines(words), max(2, min(width, measure)-3)) {
			add(span{"   " + line, t})
		}
	}
	add(span{" jobun 条文", strong})
	add()
	text(plain, st.Say("監査報告を開いて、指摘ごとに根拠を確かめ、検討結果を記録します。", "Open an audit report, look at what each finding rests on, and record what you think of it."))
	add()
	if len(s.recent) > 0 {
		add(span{" " + st.Say("報告", "Reports"), strong})
	}
	at = len(lines)
	for i := range s.recent {
		sign := "  "
		if i == s.at {
			sign, at = " >", len(lines)
		}
		add(span{text: fmt.Sprintf("%s %s %s", sign, number(i), s.row(i, max(1, width-6)))})
	}
	if len(s.recent) == 0 {
		text(plain, st.Say("まだ開いた報告がありません。o でファイルを指定します。", "No report was opened yet: o takes the name of one."))
	}
	if s.trouble != "" {
		add()
		text(warned, st.Say("開けません: ", "it cannot be opened: ")+s.trouble)
	}
	add()
	text(plain, st.Say("すべてこの端末の中で処理します。外部と通信するのは jobun law pull だけです。", "Everything is done on this machine. Only jobun law pull uses the network."))
	text(plain, st.Say("覚えるのは、ファイルの場所・件数・日付・見ていた位置だけです。", "What is kept: places of files, counts, dates, and where you were; nothing else."))
	text(plain, st.Say("出力は法律専門家の判断を補助するもので、法的助言ではありません。", "The output assists a lawyer's judgement; it is no legal advice."))
	return lines, at
}

// number is the digit that opens a report; nothing from the tenth on.
func number(i int) string {
	if i < 9 {
		return fmt.Sprint(i + 1)
	}
	return " "
}

// row is one report in a width: where it is, the end of which tells most, and how far it
// is.
func (s *start) row(i, width int) string {
	r, st := s.recent[i], s.style
	if r.IsPractice {
		return cells.Truncate(st.Say("（見本）専用ツールの事案　練習用。何をしても元に戻せます", "(sample) the download tool: to practise on; everything can be undone"), width)
	}
	far := "  " + r.Opened
	if r.Findings > 0 {
		far = fmt.Sprintf("  "+st.Say("決定 %d/%d", "decided %d/%d"), r.Decided, r.Findings) + far
	}
	if r.Drafts > 0 {
		far += fmt.Sprintf(st.Say("  下書き %d", "  drafts %d"), r.Drafts)
	}
	if room := width - cells.Width(far); room >= 12 {
		return cells.Pad(cells.TruncateLeft(cells.Sanitise(r.Name), room), room) + far
	}
	return cells.TruncateLeft(cells.Sanitise(r.Name), width)
}
