package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// trail says in a line where the reader is.
func (m *model) trail() string {
	var parts []string
	for _, at := range m.stack {
		parts = append(parts, fmt.Sprintf("%s:%d", m.crumb(at.spot), at.pane.item))
	}
	return strings.Join(parts, " > ")
}

// TestKeys presses keys and looks where they lead.
func TestKeys(t *testing.T) {
	result := smallCase(t)
	for _, c := range []struct{ keys, want string }{
		{"", "指摘:0"},
		{"j", "指摘:1"},
		{"j j j", "指摘:1"},
		{"G", "指摘:1"},
		{"G g", "指摘:0"},
		{"0 1 j", "指摘:1"},
		{"3 0 2 j", "証拠:2"},
		{"3 0 2 G", "証拠:1"},
		{"3 down down up", "証拠:1"},
		{"enter", "指摘:0 > F-XIEIK:0"},
		{"enter j j", "指摘:0 > F-XIEIK:2"},
		{"enter j j enter", "指摘:0 > F-XIEIK:2 > 要件3:0"},
		{"enter j j enter esc", "指摘:0 > F-XIEIK:2"},
		{"enter j j enter ] ]", "指摘:0 > F-XIEIK:4 > 要件5:0"},
		{"enter j j enter ] ] esc", "指摘:0 > F-XIEIK:4"},
		{"enter ]", "指摘:1 > F-FRBP2:0"},
		{"enter ] [", "指摘:0 > F-XIEIK:0"},
		{"enter ] ] ]", "指摘:1 > F-FRBP2:0"},
		{"enter esc esc", "指摘:0"},
		{"t", "指摘:0 > 条文:0"},
		{"enter t", "指摘:0 > F-XIEIK:0 > 条文:0"},
		{"enter r enter", "指摘:0 > F-XIEIK:0 > 主張と応答:0 > E1:0"},
		{"enter v", "指摘:0 > F-XIEIK:0 > 要件1:0"},
		{"v", "指摘:0"},
		{"j 3 1", "指摘:1"},
		{"enter j 2 1", "指摘:0"},
		{"ｊ", "指摘:1"},
		{"/ 専 用 enter", "指摘:0"},
		{"/ 2 月 5 日 enter", "指摘:1"},
		{"/ esc j", "指摘:1"},
		{"/ q enter", "指摘:0"},
		{"enter / 作 動 enter", "指摘:0 > F-XIEIK:5"},
		{"/ f - f r enter", "指摘:1"},
		{"2 / l 3 enter", "時系列:1"},
		{"2 enter", "時系列:0 > 平成24年2月5日:0"},
		{"2 j enter enter esc", "時系列:1 > 平成24年2月5日 10:23:45:0"},
		{"6 enter", "規則:0 > remote-sign-in:0"},
		{"6 j enter G enter", "規則:1 > hidden-account:0 > F-XIEIK:0"},
		{"6 j enter esc", "規則:1"},
		{"6 enter ]", "規則:1 > hidden-account:0"},
		{"? esc j", "指摘:1"},
		{"? t i m e enter", "指摘:0"},
		{"f down down enter", "指摘:0"},
		{"E enter", "Findings:0 > F-XIEIK:0"},
	} {
		m := started(result, "ja", 80, 24)
		press(t, m, strings.Fields(c.keys)...)
		if got := m.trail(); got != c.want {
			t.Errorf("%q leads to %q, want %q", c.keys, got, c.want)
		}
	}
}

// TestHelpDoes checks that help narrows the actions and does the chosen one.
func TestHelpDoes(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "?")
	typeText(t, m, "時系列")
	press(t, m, "enter")
	if m.trail() != "時系列:0" {
		t.Errorf("help led to %s", m.trail())
	}
	press(t, m, "f1")
	typeText(t, m, "英語")
	press(t, m, "enter")
	if m.style.Lang != "en" {
		t.Error("help did not change the language")
	}
}

// TestFilter checks that a filter holds until it is lifted, and that the list
// does not change under the cursor.
func TestFilter(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "f", "down", "enter")
	typeText(t, m, "2月5日の")
	lines := press(t, m, "enter")
	if len(m.filter.findings) != 1 || !strings.Contains(strings.Join(lines, "\n"), "1/2件") {
		t.Errorf("%d findings are shown:\n%s", len(m.filter.findings), strings.Join(lines, "\n"))
	}
	press(t, m, "enter", "L", "w", "esc")
	if len(m.filter.findings) != 1 {
		t.Error("the filter changed by itself")
	}
	press(t, m, "F")
	if len(m.filter.findings) != 2 || m.here().pane.item != 1 {
		t.Errorf("after F: %d findings, at %d", len(m.filter.findings), m.here().pane.item)
	}
}

// TestTyping checks that keys are text while text is typed, and that the cursor
// of the terminal is where the text goes.
func TestTyping(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "/")
	typeText(t, m, "条文ｶﾞq")
	_, cursor := m.frame()
	if cursor == nil || cursor.X != len(" /")+4+2+1 || cursor.Y != 22 {
		t.Errorf("the cursor is at %+v", cursor)
	}
	press(t, m, "left", "backspace", "home", "delete")
	if got := m.typing.input.value(); got != "文ｶq" {
		t.Errorf("what is typed is %q", got)
	}
	m.Update(tea.PasteMsg{Content: "二行\nの貼付け"})
	if got := m.typing.input.value(); got != "二行 の貼付け文ｶq" {
		t.Errorf("after a paste: %q", got)
	}
}

// TestQuit checks that q leaves from anywhere but out of a text.
func TestQuit(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	press(t, m, "enter", "enter")
	if _, cmd := m.Update(keyMsg("q")); cmd == nil {
		t.Error("q does not quit")
	}
	press(t, m, "/")
	if _, cmd := m.Update(keyMsg("q")); cmd != nil {
		t.Error("q quits out of a text")
	}
	if _, cmd := m.Update(keyMsg("ctrl+c")); cmd == nil {
		t.Error("Ctrl+C does not quit")
	}
}

// TestIME checks that full-width keys work and are said once.
func TestIME(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	lines := press(t, m, "ｊ")
	if m.here().pane.item != 1 || !strings.Contains(lines[22], "IME") {
		t.Errorf("at %d, status %q", m.here().pane.item, lines[22])
	}
}

// TestNothingFound checks that an empty list says what it does not mean.
func TestNothingFound(t *testing.T) {
	m := started(emptyCase(t), "ja", 80, 24)
	text := strings.Join(press(t, m), "\n")
	for _, want := range []string{"0 件", "適法を意味しません", "問えない", "調べた範囲"} {
		if !strings.Contains(text, want) {
			t.Errorf("the empty list lacks %q:\n%s", want, text)
		}
	}
}

// TestRealCase walks through findings of the fixture of 2012.
func TestRealCase(t *testing.T) {
	result := realCase(t)
	for _, size := range [][2]int{{80, 24}, {180, 50}} {
		m := started(result, "ja", size[0], size[1])
		walked := min(len(result.Findings), 8)
		for range walked {
			press(t, m, "enter", "j", "v", "]", "esc", "t", "esc", "esc", "j")
		}
		if m.here().pane.item != min(walked, len(result.Findings)-1) {
			t.Errorf("the walk ended at %d after %d", m.here().pane.item, walked)
		}
	}
}

// TestSearchIsCleared checks that Esc forgets a search, only in a list, and that
// the last line says so.
func TestSearchIsCleared(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	footer := func(lines []string) string { return lines[len(lines)-1] }
	if strings.Contains(footer(press(t, m)), "検索を消す") {
		t.Error("there is nothing to clear yet")
	}
	lines := press(t, m, "/", "2", "月", "enter")
	if !strings.Contains(footer(lines), "Esc 検索を消す") {
		t.Errorf("the last line does not say what Esc does: %s", footer(lines))
	}
	if lines = press(t, m, "enter"); !strings.Contains(footer(lines), "Esc 戻る") {
		t.Errorf("the last line does not say what Esc does: %s", footer(lines))
	}
	press(t, m, "esc")
	if m.search.text != "2月" {
		t.Errorf("on the way back the search became %q", m.search.text)
	}
	lines = press(t, m, "esc")
	if m.search.text != "" || m.here().pane.mark != 0 || strings.Contains(strings.Join(lines, ""), "検索 「") || strings.Contains(footer(lines), "Esc") {
		t.Errorf("the search is still there:\n%s", strings.Join(lines, "\n"))
	}
}

// An exhibit that is a branch of another says so where it is shown.
func TestBranch(t *testing.T) {
	result := smallCase(t)
	exhibits := result.Report.Exhibits
	exhibits[2].BranchOf = exhibits[0].ID
	for lang, want := range map[string]string{"ja": exhibits[0].ID + " の枝番", "en": "a branch of " + exhibits[0].ID} {
		if text := strings.Join(press(t, started(result, lang, 80, 40), "3", "j", "j", "enter"), "\n"); !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestDiffers checks that an exhibit whose file is not that of the report shows
// wherever something rests on it, and nowhere else.
func TestDiffers(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"", "注意 証拠 L3 不一致"},
		{"", "[不一致] "},
		{"enter", "注意　証拠 L3 のファイルは"},
		{"enter j j j j", "[証拠不一致]"},
		{"enter j j j j v", "[証拠不一致]"},
		{"2", "[不一致] アカウント"},
		{"2 j", "[L3・記録 418] [証拠不一致]"},
		{"3", "[不一致] セキュリティログ"},
		{"3 j j enter", "照合: 不一致（報告の値と違う）"},
	} {
		keys := strings.Fields(c.keys)
		if text := strings.Join(press(t, started(alteredCase(t), "ja", 80, 40), keys...), "\n"); !strings.Contains(text, c.want) {
			t.Errorf("%q does not show %q:\n%s", c.keys, c.want, text)
		}
		if text := strings.Join(press(t, started(smallCase(t), "ja", 80, 40), keys...), "\n"); strings.Contains(text, "不一致") {
			t.Errorf("%q shows a difference where there is none:\n%s", c.keys, text)
		}
	}
	for keys, want := range map[string]string{"3 j j enter": "照合: ファイルなし・未照合", "3 enter": "照合: ファイルの記載なし・未照合", "3 j enter": "照合: ハッシュの記載なし"} {
		if text := strings.Join(press(t, started(smallCase(t), "ja", 80, 24), strings.Fields(keys)...), "\n"); !strings.Contains(text, want) {
			t.Errorf("%q does not show %q:\n%s", keys, want, text)
		}
	}
}

// TestTimeOfDay checks how times stand in a column.
func TestTimeOfDay(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	for at, want := range map[string]string{
		"2026-05-18":                    "令和8年5月18日",
		"2026-05-18T14:03:59.203+09:00": "令和8年5月18日 14:03:59",
		"2026-05-18T20:03:59Z":          "令和8年5月18日 20:03:59Z",
		"2026-05-18 14:03:59":           "令和8年5月18日 14:03:59 時差不明",
		"2026-05-18/2026-05-29":         "令和8年5月18日から",
		"2026-05":                       "令和8年5月",
	} {
		span, err := day.ParseSpan(at)
		if err != nil {
			t.Fatal(err)
		}
		if have := m.short(span); have != want {
			t.Errorf("%s: have %s, want %s", at, have, want)
		}
		if have, want := m.withoutYear(span, "令和8年"), strings.TrimPrefix(want, "令和8年"); have != want && span.Precision != day.Month {
			t.Errorf("%s without its year: have %s, want %s", at, have, want)
		}
	}
}

// TestCitationKeepsItsNumber checks that a narrow column cuts the law's name.
func TestCitationKeepsItsNumber(t *testing.T) {
	result := realCase(t)
	for lang, wanted := range map[string][]string{
		"ja": {"刑法168条の2第2項", "不正ア..3条1項、2項2号"},
		"en": {"Penal Code 168-2(2)", "Unauth.. 3(1), (2)(ii)"},
	} {
		m := started(result, lang, 80, 24)
		var have []string
		for _, f := range result.Findings {
			have = append(have, m.cite(f, 22))
			if cells.Width(m.cite(f, 22)) > 22 {
				t.Errorf("%q is too wide", m.cite(f, 22))
			}
		}
		for _, want := range wanted {
			if !slices.Contains(have, want) {
				t.Errorf("%s: no %q among %q", lang, want, have)
			}
		}
	}
}

// TestObjectComesFirst checks the rows of findings under one rule.
func TestObjectComesFirst(t *testing.T) {
	m := started(smallCase(t), "ja", 80, 24)
	if have, want := m.conductInRow(0, 60), "利用者に知らせないアカウントの作成（管理者アカウント）"; have != want {
		t.Errorf("alone: have %q, want %q", have, want)
	}
	m.filter.findings = []*checker.Finding{m.result.Findings[0], m.result.Findings[0]}
	for room, want := range map[int]string{60: "管理者アカウント: 利用者に知らせないアカウントの作成", 24: "管理者ア..: 利用者に知らせないアカウントの作成"} {
		if have := m.conductInRow(1, room); have != want {
			t.Errorf("at %d cells: have %q, want %q", room, have, want)
		}
	}
}

// Esc pressed twice in haste arrives as Alt and Esc.
func TestHastyEscape(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	press(t, m, "enter", "c")
	m.Update(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
	if m.dialog != nil {
		t.Error("the dialog stays open")
	}
}
