package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"jobun/checker/export"
	"jobun/internal/cells"
)

// commandKey names a key for the table of actions. With an input method left on,
// letters arrive in full width and vowels as kana: they mean the same keys.
func commandKey(msg tea.KeyPressMsg) (key string, byIME bool) {
	if msg.Text == "" || msg.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
		return msg.Keystroke(), false
	}
	key = norm.NFKC.String(msg.Text)
	if latin, ok := vowel(key); ok {
		key = latin
	}
	byIME = key != msg.Text
	if key == " " {
		key = "space"
	}
	return key, byIME
}

func vowel(kana string) (string, bool) {
	const vowels = "あaいiうuえeおo"
	i := strings.Index(vowels, kana)
	if i < 0 || len(kana) != len("あ") {
		return "", false
	}
	return vowels[i+len(kana) : i+len(kana)+1], true
}

// keyName writes a key for a reader.
func keyName(key string) string {
	switch key {
	case "up", "down", "left", "right", "home", "end", "enter", "tab", "esc", "space":
		return strings.ToUpper(key[:1]) + key[1:]
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	case "shift+tab":
		return "Shift+Tab"
	case "f1":
		return "F1"
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok {
		return "Ctrl+" + strings.ToUpper(rest)
	}
	return key
}

func (a *action) keyNames() []string {
	var names []string
	for _, key := range a.keys {
		names = append(names, keyName(key))
	}
	return names
}

// KeyTable writes the table of keys as Markdown, in a language: docs/keys.md is
// made from it.
func KeyTable(lang string) string {
	head := "| キー | すること |\n|---|---|\n"
	titles := []string{"## 画面を読むとき\n\n", "\n## 文字を入力しているとき\n\n", "\n## 選ぶ画面（ヘルプ・絞込）\n\n", "\n## 検討結果を書いているとき\n\n", "\n## 報告を選ぶとき（`jobun` だけで始めたとき）\n\n"}
	if lang == "en" {
		head = "| Key | Does |\n|---|---|\n"
		titles = []string{"## Reading a screen\n\n", "\n## Typing text\n\n", "\n## Choosing from a list (help, filter)\n\n", "\n## Writing a decision\n\n", "\n## Choosing a report (`jobun` alone)\n\n"}
	}
	var b strings.Builder
	for in, title := range titles {
		b.WriteString(title + head)
		for _, a := range actions() {
			if a.mode != mode(in) {
				continue
			}
			var keys []string
			for _, name := range a.keyNames() {
				keys = append(keys, "`"+name+"`")
			}
			b.WriteString("| " + strings.Join(keys, " ") + " | " + a.says.In(lang) + " |\n")
		}
	}
	return b.String()
}

// footer says which keys work now: whole hints only, as many as fit, help and
// quit always.
func (m *model) footer() string {
	in := reading
	switch {
	case m.dialog != nil:
		in = deciding
	case m.picker != nil:
		in = picking
	case m.typing != nil:
		in = asking
	}
	return draw(say(footerLine(m.actions, in, func(a *action) bool { return a.works(m) }, m.width, m.style)), m.width, plain, asIs)
}

// footerLine writes the hints of a mode's actions that work, as many as fit.
func footerLine(actions []action, in mode, works func(*action) bool, width int, s export.Style) string {
	var hints, fixed []string
	for i := range actions {
		a := &actions[i]
		if a.mode != in || a.hint.Ja == "" || !works(a) {
			continue
		}
		hint := a.shown + " " + s.In(a.hint)
		if a.isLast() {
			fixed = append(fixed, hint)
			continue
		}
		hints = append(hints, hint)
	}
	return hintLine(hints, fixed, in, width)
}

// isLast reports whether an action ends the last line and is always in it: how to get
// out, and help.
func (a *action) isLast() bool {
	switch a.id {
	case "help", "quit", "start-quit", "prompt-leave", "leave-dialog", "pick-leave":
		return true
	}
	return false
}

// hintLine joins the hints that fit.
func hintLine(hints, fixed []string, in mode, width int) string {
	gap := "  "
	if width < 80 {
		gap = " "
	}
	tail := strings.Join(fixed, gap)
	line := " "
	for _, hint := range hints {
		if cells.Width(line+hint+gap+tail) > width {
			continue
		}
		line += hint + gap
	}
	if cells.Width(line+tail) <= width {
		return line + tail
	}
	last := []string{tail, "? q", "q"}
	switch in {
	case reading:
	case starting:
		last = []string{tail, "q"}
	default:
		last = []string{tail, "Esc", "q"}
	}
	for _, short := range last {
		if cells.Width(short) <= width {
			return short
		}
	}
	return ""
}
