package store

import (
	"errors"
	"fmt"
	"slices"

	"jobun/internal/day"
)

// Status is whether the store has the text of a day. The zero Status is not.
type Status int

// The statuses of a day.
const (
	NotHeld Status = iota // the store has no text of the law
	Before                // before the first text that is held
	Gap                   // none of the day is held: between texts, after the last, or none was ever in force
	Ended                 // after the repeal of the law
	Held                  // the text is held
)

// String is the status's name in answers for programs.
func (s Status) String() string {
	return [...]string{"not-held", "before", "gap", "ended", "held"}[s]
}

// Answer is which text of a law was in force on a day.
type Answer struct {
	Status      Status
	Revision    Revision  // the text; of the status Held only
	Previous    *Revision // the text held before the day, in a gap
	Next        *Revision // the text held after it
	Listed      string    // the revision that e-Gov names for the day; empty if its table is not held
	Promulgated day.Date  // of the law
	Beyond      bool      // the text was current when fetched, and the day is later
	Undated     bool      // no end of the text is known, nor the day on which it was fetched, and the day is after its first
}

// Revision is the text of a law on a day: from its first day, until excluded, of
// several of one day that with the highest amending-law id. A day of which no
// text is held is a gap and never filled with a neighbour. The error is of the
// store, not of the day.
func (s *Store) Revision(lawID string, on day.Date) (Answer, error) {
	l, err := s.law(lawID)
	if errors.Is(err, ErrNoLaw) {
		return Answer{}, nil
	}
	if err != nil {
		return Answer{}, err
	}
	return l.on(on), nil
}

// Revisions lists the texts of a law that are held, oldest first.
func (s *Store) Revisions(lawID string) ([]Revision, error) {
	l, err := s.law(lawID)
	if err != nil {
		return nil, err
	}
	return slices.Clone(l.Revisions), nil
}

// Listed lists the revisions of a law in e-Gov's table, oldest first, held or not.
func (s *Store) Listed(lawID string) ([]Listed, error) {
	l, err := s.law(lawID)
	if err != nil {
		return nil, err
	}
	return slices.Clone(l.Listed), nil
}

func (l *lawFile) on(on day.Date) Answer {
	a := Answer{Promulgated: l.Promulgated, Listed: l.listedOn(on)}
	if len(l.Revisions) == 0 {
		return a
	}
	best := -1
	for i, r := range l.Revisions { // oldest first, highest amending law last
		if r.From.After(on) {
			a.Next = &l.Revisions[i]
			break
		}
		if end := l.end(i); end.IsZero() || on.Before(end) {
			best = i
		} else if r.Until != r.From {
			a.Previous = &l.Revisions[i]
		}
	}
	switch {
	case !l.Repealed.IsZero() && !on.Before(l.Repealed):
		a.Status = Ended
	case best >= 0:
		a.Status, a.Revision = Held, l.Revisions[best]
		a.Previous, a.Next = nil, nil
		a.Undated = l.end(best).IsZero() && a.Revision.Fetched.IsZero() && on.After(a.Revision.From)
		a.Beyond = a.Revision.Until.IsZero() && !a.Revision.Fetched.IsZero() && on.After(a.Revision.Fetched)
	case a.Previous == nil && a.Next != nil:
		a.Status = Before
	default:
		a.Status = Gap
	}
	return a
}

// end is the first day on which a text is no longer known to be in force, its
// first day if it never was; zero if it is in force for all that is known.
func (l *lawFile) end(i int) day.Date {
	r := l.Revisions[i]
	if !r.Until.IsZero() {
		return r.Until
	}
	for _, other := range l.Listed {
		if r.Ends == Asserted && (r.Fetched.IsZero() || !other.From.After(r.Fetched)) {
			continue // whoever gave the text says that these change nothing in it
		}
		if other.From == r.From && other.By > r.AmendedBy {
			return r.From // another text is the text of that day
		}
		if other.From.After(r.From) {
			return other.From
		}
	}
	var next day.Date
	for _, other := range l.Revisions[i+1:] {
		if other.From.After(r.From) {
			next = other.From
			break
		}
	}
	listed := slices.ContainsFunc(l.Listed, func(o Listed) bool { return o.ID == r.ID })
	switch {
	case r.Ends == Asserted || listed:
		return next
	case r.Ends != Current:
		return r.From.Add(1) // known on its first day only
	case next.IsZero() || r.Fetched.IsZero() || !r.Fetched.Before(next):
		return next
	case r.Fetched.Before(r.From):
		return r.From.Add(1)
	default:
		return r.Fetched.Add(1)
	}
}

// listedOn is the revision that e-Gov's table has for a day.
func (l *lawFile) listedOn(on day.Date) string {
	id := ""
	for _, r := range l.Listed {
		if r.From.After(on) {
			break
		}
		id = r.ID
	}
	return id
}

// Says tells in Japanese and English why there is no text of the day; both are
// empty if there is one.
func (a Answer) Says(on day.Date) (ja, en string) {
	switch a.Status {
	case Held:
		return "", ""
	case NotHeld:
		return "この法令の条文は保存されていない。", "No text of this law is in the store."
	case Ended:
		return fmt.Sprintf("%sより前に廃止又は失効。", on), fmt.Sprintf("The law was repealed or lapsed on or before %s.", on)
	case Before:
		if !a.Promulgated.IsZero() && on.Before(a.Promulgated) {
			return fmt.Sprintf("%sは公布（%s）前。", on, a.Promulgated), fmt.Sprintf("%s is before promulgation (%s).", on, a.Promulgated)
		}
		return fmt.Sprintf("保存されている条文は%sから。それより前の条文は保存されていない。", a.Next.From),
			fmt.Sprintf("The texts in the store begin on %s; it has none of a day before.", a.Next.From)
	}
	if a.Previous == nil {
		return fmt.Sprintf("%sの条文は保存されていない。", on), fmt.Sprintf("No text of %s is in the store.", on)
	}
	ja = fmt.Sprintf("%sの条文は保存されていない（%sの版の後）。", on, a.Previous.From)
	en = fmt.Sprintf("No text of %s is in the store: the one before is of %s", on, a.Previous.From)
	if a.Next == nil {
		return ja, en + "."
	}
	return fmt.Sprintf("%sの条文は保存されていない（%sの版と%sの版の間）。", on, a.Previous.From, a.Next.From),
		en + fmt.Sprintf(", the next of %s.", a.Next.From)
}
