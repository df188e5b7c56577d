package store

import (
	"strings"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/internal/day"
)

// Found is whether a text has a provision. The zero Found says that there is no
// text to look in.
type Found int

// What may be found.
const (
	NoText      Found = iota
	NoProvision       // the text of the day has no such provision
	NotYet            // the text has it, but it came into force later
	Provision         // it is there
)

// Text is a provision as it was on a day.
type Text struct {
	Answer
	Found      Found
	Path       string     // At_168_2-Pr_1-It_1
	In         string     // Pa_2-Ch_19_2, where its article stands
	Text       string     // normalised: what words are looked for in
	Display    string     // with captions and numbers, in lines
	SHA256     string     // of Text
	Paragraphs int        // of its article
	Deleted    bool       // 削除
	Range      bool       // several numbers in one: 第七十三条から第七十六条まで
	Validity   *Validity  // if it came into force on another day than the text
	Later      []Validity // parts of it that came into force later than the day
	Unverified bool       // nobody has compared this provision's text
}

// Text is the text of a place of a law on a day. The error is of the store.
func (s *Store) Text(lawID string, on day.Date, place law.Place) (Text, error) {
	return s.Path(lawID, on, lawxml.Path(place))
}

// Path is the text of a unit by its path, At_168_2-Pr_1, on a day.
func (s *Store) Path(lawID string, on day.Date, path string) (Text, error) {
	t := Text{Path: path}
	answer, err := s.Revision(lawID, on)
	t.Answer = answer
	if err != nil || answer.Status == NotHeld || answer.Status == Ended {
		return t, err
	}
	if answer.Status != Held {
		// A provision may be known for longer than the text it is in.
		r, v, ok := s.earlier(lawID, on, path)
		if !ok {
			return t, nil
		}
		t.Answer = Answer{Status: Held, Revision: r, Listed: answer.Listed, Promulgated: answer.Promulgated}
		t.Validity = &v
	}
	r := t.Revision
	for _, v := range r.Validity {
		switch {
		case !on.Before(v.From):
		case within(path, v.Path):
			t.Found, t.Validity = NotYet, &v
		case within(v.Path, path):
			t.Later = append(t.Later, v)
		}
	}
	if t.Found == NotYet {
		return t, nil
	}
	u, found, err := s.find(r.SHA256, path)
	if err != nil {
		return t, err
	}
	if !found {
		t.Found = NoProvision
		return t, nil
	}
	t.Found = Provision
	t.In, t.Text, t.Display, t.SHA256 = u.In, u.text, u.show, u.sum
	t.Paragraphs, t.Deleted, t.Range = u.Paragraphs, u.Deleted, u.Range
	for _, p := range r.Unverified {
		t.Unverified = t.Unverified || within(path, p) || within(p, path)
	}
	return t, nil
}

// earlier finds a text that begins later than the day but has the provision as
// it already was on it.
func (s *Store) earlier(lawID string, on day.Date, path string) (Revision, Validity, bool) {
	l, err := s.law(lawID)
	if err != nil {
		return Revision{}, Validity{}, false
	}
	for _, r := range l.Revisions {
		if !r.From.After(on) {
			continue
		}
		for _, v := range r.Validity {
			if within(path, v.Path) && !on.Before(v.From) {
				return r, v, true
			}
		}
		break
	}
	return Revision{}, Validity{}, false
}

// within reports whether a path is another or lies under it.
func within(path, in string) bool {
	return path == in || strings.HasPrefix(path, in+"-")
}
