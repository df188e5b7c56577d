package tui

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
)

// hostOf runs a case with a journal of its own, and gives the journal's name. The
// functions of the case are those of files.
func hostOf(t testing.TB, result *checker.Result, files Case) (Host, string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "j.jsonl")
	return Host{Load: func(string) (*Case, error) {
		journal, err := review.Open(name)
		if err != nil {
			return nil, err
		}
		c := files
		c.Review, err = review.Read(journal, review.Inputs{Result: result})
		return &c, err
	}}, name
}

func begun(t testing.TB, host Host) *program {
	t.Helper()
	p := newProgram(host, Options{Style: export.Style{Lang: "ja"}, Name: "report.toml", Author: "審査者A", Now: time.Now})
	p.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return p
}

// While the report is read the screen says so; what is typed meanwhile is done after,
// and q leaves at once.
func TestLoading(t *testing.T) {
	host, _ := hostOf(t, smallCase(t), Case{})
	p := begun(t, host)
	if text := p.View().Content; !strings.Contains(text, "読み込んでいます: report.toml") {
		t.Errorf("the screen says %q", text)
	}
	p.Update(keyMsg("j"))
	p.Update(p.load())
	if p.m == nil || p.m.here().pane.item != 1 {
		t.Error("what was typed ahead is lost")
	}
	again := begun(t, host)
	if _, cmd := again.Update(keyMsg("q")); cmd == nil {
		t.Error("q does not leave while the report is read")
	}
}

func TestLoadingFails(t *testing.T) {
	p := begun(t, Host{Load: func(string) (*Case, error) { return nil, errors.New("no such report") }})
	_, cmd := p.Update(p.load())
	if p.failed == nil || cmd == nil {
		t.Error("a report that cannot be read does not end the program")
	}
}

// Another's entry appears; a report that changed is said to have, and read only by R.
func TestLookAround(t *testing.T) {
	changed := false
	host, name := hostOf(t, smallCase(t), Case{HasChanged: func() bool { return changed }})
	p := begun(t, host)
	p.Update(p.load())
	other := reviewingIn(t, name, smallCase(t), "ja", 80, 24)
	other.author = "審査者B"
	press(t, other, "a", "x", "ctrl+s")
	p.Update(lookMsg{})
	if p.m.review.Decided() != 1 || !strings.Contains(p.m.message, "審査者B") {
		t.Errorf("another's decision is not seen: %q", p.m.message)
	}
	changed = true
	p.Update(lookMsg{})
	if lines := strings.Join(checkFrame(t, p.m), "\n"); !strings.Contains(lines, "入力が変わりました") {
		t.Errorf("nobody says that the input changed:\n%s", lines)
	}
	_, cmd := p.Update(keyMsg("R"))
	if cmd == nil {
		t.Fatal("R does nothing")
	}
	p.Update(cmd())
	if p.m.message != "読み直しました" {
		t.Errorf("after R: %q", p.m.message)
	}
	checkFrame(t, p.m)
}

func TestVerifyAgain(t *testing.T) {
	host, _ := hostOf(t, smallCase(t), Case{Verify: func() map[string]audit.ExhibitState { return map[string]audit.ExhibitState{"E1": audit.HashDiffers} }})
	p := begun(t, host)
	p.Update(p.load())
	_, cmd := p.Update(keyMsg("#"))
	p.Update(cmd())
	if text := strings.Join(checkFrame(t, p.m), "\n"); !strings.Contains(text, "不一致") {
		t.Errorf("an exhibit that differs is not shown:\n%s", text)
	}
}

func TestExportAndCopy(t *testing.T) {
	asked := ""
	host, _ := hostOf(t, smallCase(t), Case{Ends: []string{".docx", ".html"}, Export: func(end string, _ *review.Review, _ export.Style) (string, error) {
		asked = end
		return "report-summary" + end, nil
	}})
	p := begun(t, host)
	p.Update(p.load())
	for _, key := range []string{"x", "down", "enter"} {
		p.Update(keyMsg(key))
		checkFrame(t, p.m)
	}
	if asked != ".html" || p.m.message != "書きました: report-summary.html" {
		t.Errorf("export was asked for %q: %q", asked, p.m.message)
	}
	p.Update(keyMsg("y"))
	if _, cmd := p.Update(keyMsg("enter")); cmd == nil || !strings.Contains(p.m.message, "OSC 52") {
		t.Errorf("copying says %q", p.m.message)
	}
}

// startHost is a host of some reports, of which one opens.
func startHost(t testing.TB) Host {
	host, _ := hostOf(t, smallCase(t), Case{})
	load := host.Load
	host.Load = func(name string) (*Case, error) {
		if strings.HasSuffix(name, "gone.toml") {
			return nil, errors.New("read the report: no such file")
		}
		return load(name)
	}
	list := []Recent{
		{Name: "/home/user/事件/専用ツール/report.toml", Decided: 4, Findings: 9, Drafts: 1, Opened: "2026-11-22"},
		{Name: "/home/user/very/long/way/to/a/folder/of/another/case/that/is/gone/gone.toml", Decided: 9, Findings: 9, Opened: "2026-11-20"},
		{Name: "/home/user/new/report.toml", Opened: "2026-11-19"},
		{Name: "/home/user/.local/share/jobun/view/practice/report.toml", IsPractice: true},
	}
	host.Recent = func() []Recent { return list }
	host.Forget = func(name string) error {
		list = slices.DeleteFunc(slices.Clone(list), func(r Recent) bool { return r.Name == name })
		return nil
	}
	return host
}

func checkStart(t failer, p *program) []string {
	t.Helper()
	lines, cursor := p.start.frame(p.width, p.height)
	if len(lines) != p.height {
		t.Fatalf("%dx%d: %d lines", p.width, p.height, len(lines))
	}
	for i := range lines {
		lines[i] = ourEscapes.ReplaceAllString(lines[i], "")
		if n := cellsOf(lines[i]); n != p.width {
			t.Fatalf("%dx%d: line %d is %d cells wide: %q", p.width, p.height, i, n, lines[i])
		}
	}
	if cursor != nil && (cursor.X < 0 || cursor.X >= p.width || cursor.Y < 0 || cursor.Y >= p.height) {
		t.Fatalf("%dx%d: the cursor is at %d,%d", p.width, p.height, cursor.X, cursor.Y)
	}
	return lines
}

func pressStart(t failer, p *program, keys ...string) []string {
	t.Helper()
	for _, key := range keys {
		p.Update(keyMsg(key))
		checkStart(t, p)
	}
	return checkStart(t, p)
}

func choosing(t testing.TB, lang string, width, height int) *program {
	t.Helper()
	p := newProgram(startHost(t), Options{Style: export.Style{Lang: lang}, Author: "審査者A", Now: time.Now})
	p.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return p
}

func TestStartScreen(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}, {180, 50}} {
			lines := pressStart(t, choosing(t, lang, size[0], size[1]), "j")
			checkGlyphs(t, lines)
			golden(t, fmt.Sprintf("start.%s.%dx%d.txt", lang, size[0], size[1]), lines)
		}
	}
	p := choosing(t, "ja", 80, 24)
	golden(t, "start-file.ja.80x24.txt", pressStart(t, p, "o", "事", "件", "/"))
}

// Choosing a report opens it; one that cannot be read is said on the start screen.
func TestStartOpens(t *testing.T) {
	p := choosing(t, "ja", 80, 24)
	_, cmd := p.Update(keyMsg("2"))
	p.Update(cmd())
	if p.m != nil || !strings.Contains(strings.Join(checkStart(t, p), "\n"), "no such file") {
		t.Error("a report that is gone is not said to be")
	}
	p.Update(keyMsg("k"))
	_, cmd = p.Update(keyMsg("enter"))
	p.Update(cmd())
	if p.m == nil || p.name != "/home/user/事件/専用ツール/report.toml" {
		t.Errorf("Enter opens %q", p.name)
	}
	p = choosing(t, "ja", 80, 24)
	p.Update(tea.PasteMsg{Content: "'/tmp/drop ped.toml'\n"})
	_, cmd = p.Update(keyMsg("enter"))
	p.Update(cmd())
	if p.m == nil || p.name != "/tmp/drop ped.toml" {
		t.Errorf("a dropped file opens %q", p.name)
	}
}

func TestStartForgets(t *testing.T) {
	p := choosing(t, "ja", 80, 24)
	lines := strings.Join(pressStart(t, p, "x"), "\n")
	if len(p.start.recent) != 3 || strings.Contains(lines, "専用ツール/report") {
		t.Errorf("after x:\n%s", lines)
	}
	pressStart(t, p, "j", "j", "j", "x")
	if len(p.start.recent) != 3 {
		t.Error("the report to practise on is taken off the list")
	}
}

func TestStartAnyKeysAnySizes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := choosing(t, "ja", 80, 24)
		for range rapid.IntRange(1, 30).Draw(r, "steps") {
			if rapid.Bool().Draw(r, "resize") {
				p.Update(tea.WindowSizeMsg{Width: rapid.IntRange(1, 300).Draw(r, "width"), Height: rapid.IntRange(1, 100).Draw(r, "height")})
			} else {
				p.Update(keyMsg(rapid.SampledFrom([]string{"j", "k", "o", "E", "x", "esc", "backspace", "条", "ｶﾞ", "left", "home", "tab"}).Draw(r, "key")))
			}
			checkStart(r, p)
		}
	})
}

// Whatever is read, and wherever: left and opened again, the same is on the screen.
func TestResumes(t *testing.T) {
	shorten(t, "30")
	cases := []*checker.Result{smallCase(t), hostileCase(t), emptyCase(t)}
	keys := []string{"j", "j", "k", "enter", "enter", "l", "esc", "v", "t", "r", "B", "L", "1", "2", "3", "4", "5", "6", "]", "[", "pgdown", "G", "g", "ctrl+d"}
	rapid.Check(t, func(r *rapid.T) {
		host, _ := hostOf(t, rapid.SampledFrom(cases).Draw(r, "case"), Case{})
		first := begun(t, host)
		first.Update(first.load())
		for range rapid.IntRange(0, 25).Draw(r, "steps") {
			first.Update(keyMsg(rapid.SampledFrom(keys).Draw(r, "key")))
		}
		text, err := json.Marshal(first.m.leave("report.toml").At)
		if err != nil {
			r.Fatal(err)
		}
		load := host.Load
		host.Load = func(name string) (*Case, error) {
			c, err := load(name)
			return c, errors.Join(err, json.Unmarshal(text, &c.Begin))
		}
		again := begun(t, host)
		again.Update(again.load())
		first.m.message, again.m.message = "", ""
		have, want := strings.Join(checkFrame(r, again.m), "\n"), strings.Join(checkFrame(r, first.m), "\n")
		if have != want {
			r.Fatalf("left at\n%s\nand begun at\n%s", want, have)
		}
	})
}

// A bookmark whose finding is gone leads as far as it can.
func TestResumesElsewhere(t *testing.T) {
	host, _ := hostOf(t, smallCase(t), Case{Begin: Bookmark{{Screen: "findings", Item: 99}, {Screen: "finding", Finding: "F-NONE1"}}})
	p := begun(t, host)
	p.Update(p.load())
	checkFrame(t, p.m)
	if len(p.m.stack) != 1 || p.m.here().pane.item != len(p.m.result.Findings)-1 {
		t.Errorf("it begins at %+v", p.m.here())
	}
}

// R keeps the reader where he is, and what he is writing.
func TestReloadKeepsThePlace(t *testing.T) {
	host, _ := hostOf(t, smallCase(t), Case{})
	p := begun(t, host)
	p.Update(p.load())
	for _, key := range []string{"enter", "j", "j", "v"} {
		p.Update(keyMsg(key))
	}
	before := p.m.here().spot
	_, cmd := p.Update(keyMsg("R"))
	p.Update(keyMsg("c"))
	p.Update(keyMsg("x"))
	p.Update(cmd())
	checkFrame(t, p.m)
	if p.m.dialog == nil || p.m.dialog.note.value() != "x" {
		t.Error("what was being written is gone")
	}
	if at := p.m.here().spot; at.screen != before.screen || at.clause.Clause.ID != before.clause.Clause.ID {
		t.Errorf("the reader is at %s", p.m.trail())
	}
}

// What was hashed again holds after an answer made another result.
func TestVerifiedHolds(t *testing.T) {
	host, _ := hostOf(t, smallCase(t), Case{Verify: func() map[string]audit.ExhibitState { return map[string]audit.ExhibitState{"L3": audit.HashDiffers} }})
	p := begun(t, host)
	p.Update(p.load())
	_, cmd := p.Update(keyMsg("#"))
	p.Update(cmd())
	for _, key := range []string{"A", "y", "ctrl+s", "u"} {
		p.Update(keyMsg(key))
		if text := strings.Join(checkFrame(t, p.m), "\n"); p.m.dialog == nil && !strings.Contains(text, "不一致") {
			t.Fatalf("after %s the exhibit that differs is forgotten:\n%s", key, text)
		}
	}
}

// An exhibit with more records than are written out has a row for each: every one is
// there, is found, and opens with its words whole.
func TestLargeExhibit(t *testing.T) {
	const n = 1000
	m := reviewing(t, largeCase(t, 300, n), "ja", 80, 24)
	press(t, m, "3", "enter")
	p := m.pageOf(m.here().spot)
	seen := map[string]bool{}
	for i := range p.count() {
		if x := p.at(i).opens.moment; x != nil {
			seen[recordOf(x)] = true
		}
	}
	if len(seen) != n {
		t.Errorf("%d records are in the list, of %d", len(seen), n)
	}
	press(t, m, "/")
	typeText(t, m, "EventRecordID 777")
	pressAndWait(t, m, "enter")
	press(t, m, "enter")
	if m.here().screen != momentScreen || recordOf(m.here().moment) != "O0000777" {
		t.Fatalf("the record led to %s", m.trail())
	}
	text := strings.Join(press(t, m), "\n")
	if !strings.Contains(text, "EventRecordID 777") || !strings.Contains(text, "the words of the record") {
		t.Errorf("its page is:\n%s", text)
	}
	press(t, m, "esc", "G")
	if last := press(t, m); !strings.Contains(strings.Join(last, "\n"), fmt.Sprintf("/%d行", m.focused().laid.count())) {
		t.Errorf("the end is:\n%s", strings.Join(last, "\n"))
	}
}

// pressAndWait presses a key and takes what it began beside the screen.
func pressAndWait(t *testing.T, m *model, key string) {
	t.Helper()
	_, cmd := m.Update(keyMsg(key))
	checkFrame(t, m)
	if cmd == nil {
		t.Fatalf("%q began nothing", key)
	}
	m.Update(cmd())
	checkFrame(t, m)
}

// A long list is searched and filtered while the reader goes on: with the same outcome as
// at once, and what he does meanwhile is not undone.
func TestSearchBeside(t *testing.T) {
	m := reviewing(t, largeCase(t, 300, 600), "ja", 80, 24)
	begin := func(keys ...string) tea.Cmd {
		press(t, m, keys...)
		typeText(t, m, "利用者00123")
		_, cmd := m.Update(keyMsg("enter"))
		if cmd == nil {
			t.Fatal("it is searched at once")
		}
		return cmd
	}
	cmd := begin("/")
	done := make(chan tea.Msg)
	go func() { done <- cmd() }()
	press(t, m, "j", "space", "a", "x", "esc", "c", "y", "ctrl+s", "3", "l", "2", "pgdown", "E", "E", "w", "w", "#", "1", "G")
	m.Update(<-done)
	checkFrame(t, m)
	if m.chosenFinding().Entity.Label != "利用者00299" {
		t.Errorf("what was found of another page moved the reader to %s", m.chosenFinding().Entity.Label)
	}
	m.Update(begin("/")())
	if f := m.chosenFinding(); f.Entity.Label != "利用者00123" {
		t.Errorf("found %s", f.Entity.Label)
	}
	want := m.search.in(m.focused().laid)
	if len(want) == 0 || !slices.Equal(want, m.search.rows) {
		t.Errorf("found in rows %v, not %v", m.search.rows, want)
	}
	cmd = begin("f", "down", "enter")
	if len(m.filter.findings) != 300 {
		t.Error("the list narrows before it is known how")
	}
	m.Update(cmd())
	if have := m.filter.findings; len(have) != 1 || have[0].Entity.Label != "利用者00123" {
		t.Errorf("%d findings", len(have))
	}
}

// A mistake of the program's own ends it with an error that says so and nothing of the
// case.
func TestCrash(t *testing.T) {
	host, _ := hostOf(t, smallCase(t), Case{})
	host.Load = func(string) (*Case, error) {
		var c *Case
		return c, c.Review.Journal().DropDraft("", review.Key{}) // nil
	}
	var out bytes.Buffer
	err := Run(t.Context(), host, Options{Style: export.Style{Lang: "ja"}, Name: "report.toml", Author: "A", Now: time.Now, Input: strings.NewReader(""), Output: &out})
	if !errors.Is(err, ErrCrashed) {
		t.Errorf("it ends with %v", err)
	}
}
