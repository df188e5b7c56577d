package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestKeysDoNotConflict checks that no key means two things in one mode.
func TestKeysDoNotConflict(t *testing.T) {
	seen := map[string]string{}
	ids := map[string]bool{}
	for _, a := range actions() {
		if ids[a.id] {
			t.Errorf("two actions are called %s", a.id)
		}
		ids[a.id] = true
		if a.says.Ja == "" || a.says.En == "" || a.hint.Ja != "" && (a.hint.En == "" || a.shown == "") {
			t.Errorf("%s lacks words", a.id)
		}
		for _, key := range a.keys {
			where := string(rune('0'+a.mode)) + key
			if other, ok := seen[where]; ok && !(other == "back" && a.id == "unfind") { // one works only where the other does not
				t.Errorf("%s and %s are both on %q", other, a.id, key)
			}
			seen[where] = a.id
		}
	}
}

// TestEveryActionIsDocumented checks help and the table of keys against the
// actions.
func TestEveryActionIsDocumented(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		table := KeyTable(lang)
		for _, a := range actions() {
			if !strings.Contains(table, a.says.In(lang)) {
				t.Errorf("%s: the table of keys lacks %s", lang, a.id)
			}
			for _, name := range a.keyNames() {
				if !strings.Contains(table, "`"+name+"`") {
					t.Errorf("%s: the table of keys lacks the key %s", lang, name)
				}
			}
		}
	}
}

// TestFooterHasWholeHints checks that hints are never cut, at any width.
func TestFooterHasWholeHints(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	var hints []string
	for _, a := range m.actions {
		if a.hint.Ja != "" {
			hints = append(hints, strings.Fields(a.shown+" "+a.hint.Ja)...)
		}
	}
	for width := 3; width <= 200; width++ {
		m.resize(width, 24)
		lines := checkFrame(t, m)
		for _, word := range strings.Fields(lines[len(lines)-1]) {
			if !slices.Contains(hints, word) {
				t.Errorf("at %d cells the last line has %q: %s", width, word, lines[len(lines)-1])
			}
		}
	}
}

func TestCommandKey(t *testing.T) {
	for text, want := range map[string]string{"ａ": "a", "あ": "a", "え": "e", "？": "?", "／": "/", "　": "space", " ": "space", "Ｇ": "G", "j": "j", "［": "[", "か": "か"} {
		if got, _ := commandKey(tea.KeyPressMsg{Text: text, Code: []rune(text)[0]}); got != want {
			t.Errorf("commandKey(%q) = %q, want %q", text, got, want)
		}
	}
	if got, _ := commandKey(tea.KeyPressMsg{Code: 'd', Mod: tea.ModCtrl}); got != "ctrl+d" {
		t.Errorf("Ctrl+D is %q", got)
	}
}
