// Package coverage compares rules with the texts of the laws that they quote:
// every phrase of a clause has to stand in the provision, in every text of the
// days that the rule names, in order; and of the provision's words it tells which
// clause each is read by, and which no clause reads (条文カバレッジ).
//
// It says of a law what the law store holds, and nothing else. Where no text of
// some days is held, it says so.
package coverage

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// Checker compares rules with the texts of one store.
type Checker struct {
	store    *store.Store
	chapeaus map[string]string // by hash and path
	document *lawxml.Document  // the last that was read
	hash     string            // its hash
}

// New makes a checker. It is used by one goroutine.
func New(s *store.Store) *Checker { return &Checker{store: s, chapeaus: map[string]string{}} }

// Fault is a phrase that the text does not have as the rule says.
type Fault struct {
	Path   string // of the clause in the rule's file
	Clause string
	Says   string
}

// Days are days of which no text is held, from the first until the last, excluded.
type Days struct{ From, Until day.Date }

// Pins is what came of looking for the phrases of a rule.
type Pins struct {
	Rule    *checker.Rule
	Phrases int      // phrases looked for, each once whatever the number of texts
	Texts   []string // the revisions that were read
	Faults  []Fault
	Around  []Fault // phrases found only when parentheses of the text are read over
	Without []Days  // days of the rule of which no text is held
	NoLaw   bool    // an instrument: it is in no law store
}

// Unchecked reports whether no text at all was held.
func (p Pins) Unchecked() bool { return len(p.Texts) == 0 }

// phrase is words that a provision must have.
type phrase struct {
	path, clause string
	words        string // normalised
	place        law.Place
	own          bool // of the rule's own place
}

// Pins looks for the phrases of a rule in every text of every place of it. The
// error is of the store.
func (c *Checker) Pins(r *checker.Rule) (Pins, error) {
	p := Pins{Rule: r}
	of := r.OfLaw()
	if of.EGov == "" {
		p.NoLaw = true
		return p, nil
	}
	counted := map[string]bool{}
	for i := range r.Places {
		place := &r.Places[i]
		phrases, err := phrasesOf(r, place)
		if err != nil {
			return p, err
		}
		for _, ph := range phrases {
			if !counted[ph.clause] {
				counted[ph.clause] = true
				p.Phrases++
			}
		}
		texts, without, err := c.texts(of.EGov, place, phrases)
		if err != nil {
			return p, err
		}
		for _, d := range without {
			p.Without = joined(p.Without, d)
		}
		for _, t := range texts {
			if !slices.Contains(p.Texts, t.revision) {
				p.Texts = append(p.Texts, t.revision)
			}
			faults, around := t.look(of, phrases)
			p.Faults = append(p.Faults, faults...)
			p.Around = append(p.Around, around...)
		}
	}
	return p, nil
}

// phrasesOf lists what the texts of a place must say: the clauses in order, then
// the penalty.
func phrasesOf(r *checker.Rule, at *checker.RulePlace) ([]phrase, error) {
	own, _ := at.Place()
	var phrases []phrase
	for _, c := range r.Clauses() {
		if c.Ja == "" {
			continue
		}
		p := phrase{path: c.Path, clause: c.ID, words: lawxml.Normal(c.Ja), place: own, own: c.In == ""}
		if c.In != "" {
			place, err := law.ParsePlace(c.In)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", r.ID, c.ID, err)
			}
			p.place = place
		}
		phrases = append(phrases, p)
	}
	if at.Penalty != nil && at.Penalty.Law == "" {
		place, err := law.ParsePlace(at.Penalty.Cite)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.ID, err)
		}
		// Items of offences share a penalty, which stands in front of them.
		place.Item, place.Letter, place.Sub = law.Number{}, 0, 0
		phrases = append(phrases, phrase{path: at.Path, clause: PenaltyClause, words: lawxml.Normal(at.Penalty.Ja), place: place})
	}
	return phrases, nil
}

// PenaltyClause stands where a clause's name does for the words of the penalty.
const PenaltyClause = "penalty"

// textOf is what the phrases' places say in one text.
type textOf struct {
	revision string
	says     map[law.Place]store.Text
}

// texts reads the places of phrases in every text that is held of the days of a
// rule's place.
func (c *Checker) texts(lawID string, at *checker.RulePlace, phrases []phrase) (texts []textOf, without []Days, err error) {
	periods, err := c.periods(lawID, at.From.Date, at.Until.Date)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range periods {
		t := textOf{says: map[law.Place]store.Text{}}
		isHeld := false
		for _, ph := range phrases {
			if _, ok := t.says[ph.place]; ok {
				continue
			}
			// The last day, since a provision may come into force later than its text.
			text, err := c.store.Text(lawID, p.last(), ph.place)
			if err != nil {
				return nil, nil, err
			}
			t.says[ph.place] = text
			if text.Status == store.Held {
				t.revision, isHeld = text.Revision.ID, true
			}
		}
		if !isHeld {
			without = joined(without, p)
			continue
		}
		texts = append(texts, t)
	}
	return texts, without, nil
}

// last is the last day, or the first of days that do not end.
func (d Days) last() day.Date {
	if d.Until.IsZero() {
		return d.From
	}
	return d.Until.Add(-1)
}

// periods parts days by the texts that are held.
func (c *Checker) periods(lawID string, from, until day.Date) ([]Days, error) {
	periods, err := c.store.Periods(lawID)
	if errors.Is(err, store.ErrNoLaw) {
		return []Days{{from, until}}, nil
	}
	if err != nil {
		return nil, err
	}
	var days []Days
	at := from
	for _, p := range periods {
		first, end, ok := p.Overlaps(from, until)
		if !ok {
			continue
		}
		if at.Before(first) {
			days = append(days, Days{at, first}) // before the first text
		}
		days = append(days, Days{first, end})
		at = end
	}
	if len(days) == 0 {
		days = append(days, Days{from, until})
	} else if !at.IsZero() && (until.IsZero() || at.Before(until)) {
		days = append(days, Days{at, until})
	}
	return c.parted(lawID, days)
}

// parted parts days before a text where single provisions of it are known to be
// in force already.
func (c *Checker) parted(lawID string, days []Days) ([]Days, error) {
	revisions, err := c.store.Revisions(lawID)
	if err != nil {
		return nil, err
	}
	for _, r := range revisions {
		for _, v := range r.Validity {
			i := slices.IndexFunc(days, func(d Days) bool {
				return v.From.Before(r.From) && d.From.Before(v.From) && (d.Until.IsZero() || v.From.Before(d.Until))
			})
			if i >= 0 {
				days = slices.Insert(days, i+1, Days{v.From, days[i].Until})
				days[i].Until = v.From
			}
		}
	}
	return days, nil
}

// look looks for the phrases in order.
func (t textOf) look(of *law.Law, phrases []phrase) (faults, around []Fault) {
	finders := map[law.Place]*finder{}
	for _, p := range phrases {
		text := t.says[p.place]
		fault := func(format string, args ...any) Fault {
			return Fault{Path: p.path, Clause: p.clause, Says: fmt.Sprintf("%s (%s): %s", of.Cite(p.place, law.Style{Form: law.Short}), t.revision, fmt.Sprintf(format, args...))}
		}
		switch {
		case text.Status != store.Held:
			continue // of days before a text, one provision may be known and another not
		case text.Found != store.Provision:
			faults = append(faults, fault("the text has no such provision"))
			continue
		}
		if finders[p.place] == nil {
			finders[p.place] = &finder{text: text.Text}
		}
		switch spans, isAround := finders[p.place].find(p); {
		case isAround:
			around = append(around, fault("%q is there only if parentheses are read over", p.words))
		case len(spans) > 0:
		case strings.Contains(text.Text, p.words):
			faults = append(faults, fault("%q stands before the phrase of the clause before", p.words))
		default:
			faults = append(faults, fault("%q is not in the text", p.words))
		}
	}
	return faults, around
}

// Span is a stretch of a text, in bytes.
type Span struct{ From, To int }

// finder finds the phrases of one text.
type finder struct {
	text  string
	after int // where the last clause begins
}

// find gives where the words of a phrase are: those of a clause not before the clause
// before, those of the penalty anywhere. around reports that they are there only if
// parentheses are read over.
func (f *finder) find(p phrase) (spans []Span, around bool) {
	isPenalty, after := p.clause == PenaltyClause, f.after
	if isPenalty {
		after = 0
	}
	if i := strings.Index(f.text[after:], p.words); i >= 0 {
		spans = []Span{{after + i, after + i + len(p.words)}}
	} else if spans, around = findAround(f.text, p.words, after); !around {
		return nil, false
	}
	if !isPenalty {
		f.after = spans[0].From
	}
	return spans, around
}

// findAround finds words in a text whose parentheses are read over, from a byte
// on. The words then lie in several spans.
func findAround(text, words string, after int) ([]Span, bool) {
	var bare strings.Builder
	var back []int // of each byte of bare, where it is in the text
	depth := 0
	for i, r := range text {
		switch {
		case r == '（':
			depth++
		case r == '）' && depth > 0:
			depth--
		case depth == 0 && i >= after:
			for j := range len(string(r)) {
				back = append(back, i+j)
			}
			bare.WriteRune(r)
		}
	}
	at := strings.Index(bare.String(), words)
	if at < 0 || words == "" {
		return nil, false
	}
	var spans []Span
	for _, i := range back[at : at+len(words)] {
		if n := len(spans); n > 0 && spans[n-1].To == i {
			spans[n-1].To++
			continue
		}
		spans = append(spans, Span{i, i + 1})
	}
	return spans, true
}
