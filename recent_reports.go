package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"jobun/internal/day"
	"jobun/internal/disk"
	"jobun/tui"
)

// recents remembers which reports were opened in the terminal program, and where their
// readers were, in the user's data folder. It holds places of files, ids, counts and days,
// and no words of a case.
type recents struct{ dir string }

// mostRecents is how many reports are remembered.
const mostRecents = 20

// recentReport is a report in the list. The last opened is the first.
type recentReport struct {
	Path     string `json:"path"` // absolute
	Decided  int    `json:"decided"`
	Findings int    `json:"findings"`
	Drafts   int    `json:"drafts"`
	Opened   string `json:"opened"` // the day
}

// recents is where this user's list is kept.
func (s *session) recents() (recents, error) {
	dir, err := dataFolder(runtime.GOOS, os.Getenv)
	if err != nil {
		return recents{}, err
	}
	return recents{filepath.Join(dir, "jobun", "view")}, nil
}

func (r recents) listName() string   { return filepath.Join(r.dir, "recent.json") }
func (r recents) placesName() string { return filepath.Join(r.dir, "places.json") }

// list reads the list. One that is not there is empty.
func (r recents) list() ([]recentReport, error) {
	var list []recentReport
	return list, readKept(r.listName(), &list)
}

// places reads where readers were, by report.
func (r recents) places() (map[string]tui.Bookmark, error) {
	places := map[string]tui.Bookmark{}
	return places, readKept(r.placesName(), &places)
}

// readKept reads a file of ours into a value. What is no longer readable is treated as
// not there: it is replaced when the next report is opened, and no case depends on it.
func readKept(name string, to any) error {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the list of reports: %w", err)
	}
	_ = json.Unmarshal(text, to)
	return nil
}

// remember puts a report at the head of the list, with where its reader was; an empty
// bookmark leaves that as it was.
func (r recents) remember(report recentReport, at tui.Bookmark) error {
	list, err := r.list()
	if err != nil {
		return err
	}
	if len(at) == 0 {
		for _, old := range list {
			if old.Path == report.Path { // it was only opened: what was known of it holds
				report.Decided, report.Findings, report.Drafts = old.Decided, old.Findings, old.Drafts
			}
		}
	}
	list = slices.DeleteFunc(list, func(x recentReport) bool { return x.Path == report.Path })
	list = append([]recentReport{report}, list...)
	return r.keep(list[:min(len(list), mostRecents)], report.Path, at)
}

// forget takes a report off the list.
func (r recents) forget(path string) error {
	list, err := r.list()
	if err != nil {
		return err
	}
	return r.keep(slices.DeleteFunc(list, func(x recentReport) bool { return x.Path == path }), path, nil)
}

// keep writes the list, and where the reader of one report was. Reports that are not
// listed are forgotten in both.
func (r recents) keep(list []recentReport, path string, at tui.Bookmark) error {
	places, err := r.places()
	if err != nil {
		return err
	}
	if len(at) > 0 {
		places[path] = at
	}
	for known := range places {
		if !slices.ContainsFunc(list, func(x recentReport) bool { return x.Path == known }) {
			delete(places, known)
		}
	}
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return fmt.Errorf("keep the list of reports: %w", err)
	}
	for name, value := range map[string]any{r.listName(): list, r.placesName(): places} {
		text, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			return fmt.Errorf("keep the list of reports: %w", err)
		}
		if err := disk.Replace(name, append(text, '\n')); err != nil {
			return fmt.Errorf("keep the list of reports: %w", err)
		}
	}
	return nil
}

// practiceName is where the report to practise on is kept.
func (r recents) practiceName() string { return filepath.Join(r.dir, "practice", "report.toml") }

// practise writes the report to practise on, unless it is there as it is shipped. Its
// journal lies beside it like any other.
func (r recents) practise(report []byte) error {
	name := r.practiceName()
	if have, err := os.ReadFile(name); err == nil && string(have) == string(report) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return fmt.Errorf("write the report to practise on: %w", err)
	}
	return disk.Replace(name, report)
}

// shown is the list as the start screen shows it, with the report to practise on last.
func (r recents) shown() []tui.Recent {
	list, _ := r.list() // a list that cannot be read is an empty one: reports open by name
	var shown []tui.Recent
	for _, x := range list {
		if x.Path != r.practiceName() {
			shown = append(shown, tui.Recent{Name: x.Path, Decided: x.Decided, Findings: x.Findings, Drafts: x.Drafts, Opened: x.Opened})
		}
	}
	return append(shown, tui.Recent{Name: r.practiceName(), IsPractice: true})
}

// today is the day on which something is opened or left.
func (s *session) today() string { return day.Of(s.now()).String() }
