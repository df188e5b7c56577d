package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"jobun/tui"
)

func TestRecentReports(t *testing.T) {
	kept := recents{filepath.Join(t.TempDir(), "made", "when", "needed")}
	if list := kept.shown(); len(list) != 1 || !list[0].IsPractice {
		t.Errorf("before anything was opened there is %+v", list)
	}
	at := tui.Bookmark{{Screen: "findings", Finding: "F-AAAAA", Item: 3}, {Screen: "finding", Finding: "F-AAAAA"}}
	for i := range mostRecents + 5 {
		name := "/case/" + strings.Repeat("x", i) + "/report.toml"
		if err := kept.remember(recentReport{Path: name, Decided: i, Findings: 99, Drafts: 1, Opened: "2026-11-25"}, at); err != nil {
			t.Fatal(err)
		}
	}
	last := "/case/" + strings.Repeat("x", mostRecents+4) + "/report.toml"
	list := kept.shown()
	if len(list) != mostRecents+1 || list[0].Name != last || list[0].Decided != mostRecents+4 {
		t.Errorf("there are %d, the first %+v", len(list), list[0])
	}
	places, err := kept.places()
	if err != nil || len(places) != mostRecents || len(places[last]) != 2 || places[last][0].Item != 3 {
		t.Errorf("places: %v %v", places[last], err)
	}
	// Opened again, it is first, and what was known of it holds.
	third := list[2].Name
	if err := kept.remember(recentReport{Path: third, Opened: "2026-11-26"}, nil); err != nil {
		t.Fatal(err)
	}
	if first := kept.shown()[0]; first.Name != third || first.Findings != 99 || first.Opened != "2026-11-26" {
		t.Errorf("opened again: %+v", first)
	}
	if places, _ := kept.places(); len(places[third]) != 2 {
		t.Error("opening it forgot where its reader was")
	}
	if err := kept.forget(third); err != nil {
		t.Fatal(err)
	}
	if places, _ := kept.places(); len(kept.shown()) != mostRecents || places[third] != nil {
		t.Error("what was taken off the list is still known")
	}
}

// The files hold what they say that they hold, and no words of a case.
func TestRecentReportsHoldNoWords(t *testing.T) {
	s := &session{lang: "ja", now: func() time.Time { return time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC) }, err: &strings.Builder{}, lawDir: t.TempDir()}
	name := filepath.Join(t.TempDir(), "report.toml")
	if err := os.WriteFile(name, practiceReport, 0o644); err != nil {
		t.Fatal(err)
	}
	kept := recents{t.TempDir()}
	c, err := s.loadCase(name, &kept)
	if err != nil {
		t.Fatal(err)
	}
	var at tui.Bookmark
	for _, f := range c.Review.Result.Findings {
		at = append(at, tui.Step{Screen: "finding", Finding: f.ID})
	}
	if err := kept.remember(recentReport{Path: name, Findings: len(at), Opened: s.today()}, at); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{kept.listName(), kept.placesName()} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(strings.ReplaceAll(string(text), name, ""), func(r rune) bool { return r > 0x7f }) {
			t.Errorf("%s holds words of the case:\n%s", file, text)
		}
	}
	again, err := s.loadCase(name, &kept)
	if err != nil || len(again.Begin) != len(at) {
		t.Errorf("opened again it begins at %v (%v)", again.Begin, err)
	}
}

// A list that another program broke, or that cannot be read, hinders nothing.
func TestRecentReportsBroken(t *testing.T) {
	kept := recents{t.TempDir()}
	if err := os.WriteFile(kept.listName(), []byte("{not a list"), 0o644); err != nil {
		t.Fatal(err)
	}
	if len(kept.shown()) != 1 {
		t.Errorf("of a broken list %+v is shown", kept.shown())
	}
	if err := kept.remember(recentReport{Path: "/a", Opened: "2026-11-25"}, nil); err != nil || len(kept.shown()) != 2 {
		t.Errorf("a broken list is not replaced: %v", err)
	}
	if err := os.RemoveAll(kept.placesName()); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(kept.placesName(), 0o755); err != nil { // a folder cannot be read as a file
		t.Fatal(err)
	}
	if err := kept.remember(recentReport{Path: "/b"}, nil); err == nil {
		t.Error("what cannot be kept is not said")
	}
}

// The report to practise on is written when it is opened, with its journal beside it; a
// journal that is there stays.
func TestPractice(t *testing.T) {
	s := &session{lang: "ja", now: time.Now, err: &strings.Builder{}, lawDir: t.TempDir()}
	kept := recents{t.TempDir()}
	c, err := s.loadCase(kept.practiceName(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Review.Result.Findings) == 0 || filepath.Dir(c.Review.Journal().Name()) != filepath.Dir(kept.practiceName()) {
		t.Errorf("%d findings, journal %s", len(c.Review.Result.Findings), c.Review.Journal().Name())
	}
	if c.HasChanged() {
		t.Error("what was just read has changed")
	}
	if err := os.WriteFile(kept.practiceName(), append(practiceReport, "# more\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	if !c.HasChanged() {
		t.Error("a report that grew has not changed")
	}
}

// The editor gets the text in a file for its eyes only, and the file is gone after.
func TestEditor(t *testing.T) {
	if editor(func(string) string { return "" }) != nil {
		t.Error("without VISUAL and EDITOR there is an editor")
	}
	edit := editor(func(name string) string { return map[string]string{"EDITOR": "sed -i s/x/条/"}[name] })
	command, read, err := edit("axb")
	if err != nil {
		t.Fatal(err)
	}
	file := command.Args[len(command.Args)-1]
	// Windows has no such bits: there the folder for temporary files is the user's own.
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read %s: %v", file, info.Mode())
	}
	if err := command.Run(); err != nil {
		os.Remove(file)
		t.Skipf("there is no sed -i here: %v", err)
	}
	if text, err := read(); text != "a条b" || err != nil {
		t.Errorf("the editor gave %q, %v", text, err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the file is still there")
	}
}
