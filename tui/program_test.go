package tui

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
)

// hostOf runs a case with a journal of its own, and gives the journal's name.
func hostOf(t testing.TB, result *checker.Result) (Host, string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "j.jsonl")
	return Host{Load: func() (*Case, error) {
		journal, err := review.Open(name)
		if err != nil {
			return nil, err
		}
		r, err := review.Read(journal, review.Inputs{Result: result})
		return &Case{Review: r}, err
	}}, name
}

func begun(t testing.TB, host Host) *program {
	t.Helper()
	p := &program{host: host, options: Options{Style: export.Style{Lang: "ja"}, Name: "report.toml", Author: "審査者A", Now: time.Now}}
	p.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return p
}

// While the report is read the screen says so; what is typed meanwhile is done after,
// and q leaves at once.
func TestLoading(t *testing.T) {
	host, _ := hostOf(t, smallCase(t))
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
	p := begun(t, Host{Load: func() (*Case, error) { return nil, errors.New("no such report") }})
	_, cmd := p.Update(p.load())
	if p.failed == nil || cmd == nil {
		t.Error("a report that cannot be read does not end the program")
	}
}

// Another's entry appears; a report that changed is said to have, and read only by R.
func TestLookAround(t *testing.T) {
	host, name := hostOf(t, smallCase(t))
	changed := false
	host.HasChanged = func() bool { return changed }
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
	host, _ := hostOf(t, smallCase(t))
	host.Verify = func() map[string]audit.ExhibitState { return map[string]audit.ExhibitState{"E1": audit.HashDiffers} }
	p := begun(t, host)
	p.Update(p.load())
	p.Update(keyMsg("#"))
	if text := strings.Join(checkFrame(t, p.m), "\n"); !strings.Contains(text, "不一致") {
		t.Errorf("an exhibit that differs is not shown:\n%s", text)
	}
}

func TestExportAndCopy(t *testing.T) {
	host, _ := hostOf(t, smallCase(t))
	asked := ""
	host.Ends = []string{".docx", ".html"}
	host.Export = func(end string, _ *review.Review, _ export.Style) (string, error) {
		asked = end
		return "report-summary" + end, nil
	}
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
