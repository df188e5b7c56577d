package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Entry names a law of the store.
type Entry struct {
	ID     string   `json:"id"`
	Number string   `json:"number"` // 平成十一年法律第百二十八号
	Title  string   `json:"title"`  // of the latest text
	Titles []string `json:"titles,omitempty"`
	Abbrev []string `json:"abbrev,omitempty"`
	Texts  int      `json:"texts"`
}

// Laws lists the laws of the store by id, with every title and short title that
// their texts bear.
func (s *Store) Laws() ([]Entry, error) {
	data, err := os.ReadFile(s.namesPath())
	if err == nil {
		var entries []Entry
		if json.Unmarshal(data, &entries) == nil && s.allNamed(entries) {
			return entries, nil
		}
	}
	return s.readNames()
}

// allNamed reports whether the list of names has the laws that there are: it is
// written after them, and a crash may have come between.
func (s *Store) allNamed(entries []Entry) bool {
	ids, err := s.lawIDs()
	return err == nil && slices.EqualFunc(ids, entries, func(id string, e Entry) bool { return id == e.ID })
}

// lawIDs lists the laws that have a file.
func (s *Store) lawIDs() ([]string, error) {
	files, err := os.ReadDir(filepath.Join(s.dir, "laws"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the law store: %w", err)
	}
	var ids []string
	for _, f := range files {
		if id, ok := strings.CutSuffix(f.Name(), ".json"); ok && isLawID(id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// readNames makes the list from the law files.
func (s *Store) readNames() ([]Entry, error) {
	ids, err := s.lawIDs()
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(ids))
	for _, id := range ids {
		l, err := s.law(id)
		if err != nil {
			return nil, err
		}
		entries = append(entries, l.entry())
	}
	return entries, nil
}

func (l *lawFile) entry() Entry {
	e := Entry{ID: l.ID, Number: l.Number, Texts: len(l.Revisions)}
	add := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, r := range l.Revisions {
		e.Title = r.Title
		add(&e.Titles, r.Title)
		for _, a := range r.Abbrev {
			add(&e.Abbrev, a)
		}
	}
	return e
}

// writeNames replaces the list of names. The lock is held.
func (s *Store) writeNames() error {
	entries, err := s.readNames()
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(entries, "", " ")
	if err != nil {
		return fmt.Errorf("write the law store: %w", err)
	}
	return writeFile(s.namesPath(), append(data, '\n'), true)
}

// sameNames reports whether a file of names is what would be written now.
func (s *Store) sameNames(data []byte, entries []Entry) bool {
	want, err := json.MarshalIndent(entries, "", " ")
	return err == nil && string(append(want, '\n')) == string(data)
}
