package coverage

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jobun/checker"
	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
)

// Covered is a rule beside the words of its provisions.
type Covered struct {
	Rule    *checker.Rule
	Units   []*Unit
	Without []Days  // days of the rule of which no text is held
	NoLaw   bool    // an instrument: it is in no law store
	Stale   []Fault // words listed as left out that are in no text, or that a clause reads
}

// Unit is the smallest unit that is cited, a paragraph or item, in one wording.
type Unit struct {
	Place     law.Place
	Chapeau   bool // the part before the items, since a part of them is cited by itself
	Text      string
	Days      []Days
	Revisions []string
	Marks     []Mark // in the order of the text; together they are all of it
}

// Mark is a stretch of a unit's text and what reads it.
type Mark struct {
	Span
	Readers []string           // 1, 2, … of elements, 除1, … of exceptions, 罰 of the penalty; more than one where phrases overlap
	Clauses []string           // the ids of the same; PenaltyClause of the penalty
	Omitted []*checker.Omitted // where nothing reads it: it is left out on purpose
}

// Counts tells how many characters of a unit are read, left out and bare. Commas
// and full stops are not counted.
func (u *Unit) Counts() (read, omitted, bare int) {
	for _, m := range u.Marks {
		n := utf8.RuneCountInString(strings.Map(wordsOnly, u.Text[m.From:m.To]))
		switch {
		case len(m.Readers) > 0:
			read += n
		case len(m.Omitted) > 0:
			omitted += n
		default:
			bare += n
		}
	}
	return read, omitted, bare
}

// wordsOnly drops the marks that are no words.
func wordsOnly(r rune) rune {
	if strings.ContainsRune("、。，．「」", r) {
		return -1
	}
	return r
}

// Cover reads every provision that a rule cites, in every wording that is held.
func (c *Checker) Cover(r *checker.Rule) (Covered, error) {
	covered := Covered{Rule: r}
	of := r.OfLaw()
	if of.EGov == "" {
		covered.NoLaw = true
		return covered, nil
	}
	used := map[*checker.Omitted]bool{}
	for i := range r.Places {
		at := &r.Places[i]
		phrases, err := phrasesOf(r, at)
		if err != nil {
			return covered, err
		}
		places := citedPlaces(at, phrases)
		days, err := c.periods(of.EGov, at.From.Date, at.Until.Date)
		if err != nil {
			return covered, err
		}
		for _, d := range days {
			isHeld := false
			for _, place := range places {
				u, _, err := c.unit(of.EGov, d, place, places)
				if err != nil {
					return covered, err
				}
				if u == nil {
					continue
				}
				isHeld = true
				u.mark(r, phrases, used)
				covered.add(u)
			}
			if !isHeld {
				covered.Without = joined(covered.Without, d)
			}
		}
	}
	for i := range r.Omitted {
		if o := &r.Omitted[i]; !used[o] && len(covered.Units) > 0 {
			covered.Stale = append(covered.Stale, Fault{Path: o.Path, Clause: "omitted", Says: fmt.Sprintf("%q is in no text that is held, or a clause reads it", o.Words)})
		}
	}
	return covered, nil
}

// joined adds days to a list, to the last if they follow right on them.
func joined(list []Days, d Days) []Days {
	if n := len(list); n > 0 && list[n-1].Until == d.From {
		list[n-1].Until = d.Until
		return list
	}
	return append(list, d)
}

// citedPlaces lists the places that a rule cites, without repetition.
func citedPlaces(at *checker.RulePlace, phrases []phrase) []law.Place {
	places := at.All()
	for _, p := range phrases {
		if p.clause != PenaltyClause && !slices.Contains(places, p.place) {
			places = append(places, p.place)
		}
	}
	slices.SortFunc(places, law.Place.Compare)
	return places
}

// unit reads a place on days of one text; nil if no text of them is held, or it has
// no such place.
func (c *Checker) unit(lawID string, d Days, place law.Place, places []law.Place) (*Unit, store.Text, error) {
	text, err := c.store.Text(lawID, d.last(), place)
	if err != nil || text.Found != store.Provision {
		return nil, text, err
	}
	u := &Unit{Place: place, Text: text.Text, Days: []Days{d}, Revisions: []string{text.Revision.ID}}
	path := lawxml.Path(place)
	for _, other := range places {
		u.Chapeau = u.Chapeau || other != place && strings.HasPrefix(lawxml.Path(other), path+"-")
	}
	if !u.Chapeau {
		return u, text, nil
	}
	own, err := c.chapeau(text.Revision.SHA256, place)
	if err == nil && own != "" {
		u.Text = own
	}
	return u, text, err
}

// chapeau is the part of a place before its items.
func (c *Checker) chapeau(hash string, place law.Place) (string, error) {
	key := hash + " " + place.String()
	if text, ok := c.chapeaus[key]; ok {
		return text, nil
	}
	if c.hash != hash {
		d, err := c.store.Document(hash)
		if err != nil {
			return "", err
		}
		c.document, c.hash = d, hash
	}
	text := ""
	if n, ok := c.document.Find(place); ok {
		text, _ = n.Part(lawxml.Chapeau)
	}
	c.chapeaus[key] = text
	return text, nil
}

// add puts a unit beside the others, or its days to those of the same wording.
func (c *Covered) add(u *Unit) {
	for _, have := range c.Units {
		if have.Place != u.Place || have.Text != u.Text {
			continue
		}
		if last := &have.Days[len(have.Days)-1]; last.Until == u.Days[0].From {
			last.Until = u.Days[0].Until
		} else {
			have.Days = append(have.Days, u.Days...)
		}
		if !slices.Contains(have.Revisions, u.Revisions[0]) {
			have.Revisions = append(have.Revisions, u.Revisions...)
		}
		return
	}
	c.Units = append(c.Units, u)
}

// Name is how a clause is called beside a text: 1, 除1, 罰.
func Name(r *checker.Rule, clause string) string {
	for i, c := range r.Elements {
		if c.ID == clause {
			return fmt.Sprint(i + 1)
		}
	}
	for i, c := range r.Exceptions {
		if c.ID == clause {
			return fmt.Sprintf("除%d", i+1)
		}
	}
	return "罰"
}

// mark finds what reads the text, and what is left out on purpose.
func (u *Unit) mark(r *checker.Rule, phrases []phrase, used map[*checker.Omitted]bool) {
	type reading struct {
		Span
		name, clause string
	}
	var readings []reading
	in := finder{text: u.Text}
	for _, p := range phrases {
		if p.place != u.Place && !(p.clause == PenaltyClause && within(u.Place, p.place)) {
			continue
		}
		spans, _ := in.find(p)
		for _, s := range spans {
			readings = append(readings, reading{s, Name(r, p.clause), p.clause})
		}
	}
	cuts := []int{0, len(u.Text)}
	for _, x := range readings {
		cuts = append(cuts, x.From, x.To)
	}
	omitted := u.omitted(r)
	for _, x := range omitted {
		cuts = append(cuts, x.From, x.To)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := 1; i < len(cuts); i++ {
		m := Mark{Span: Span{cuts[i-1], cuts[i]}}
		for _, x := range readings {
			if x.From <= m.From && m.To <= x.To {
				m.Readers, m.Clauses = append(m.Readers, x.name), append(m.Clauses, x.clause)
			}
		}
		for _, x := range omitted {
			if len(m.Readers) == 0 && x.From <= m.From && m.To <= x.To && !slices.Contains(m.Omitted, x.why) {
				m.Omitted = append(m.Omitted, x.why)
				used[x.why] = true
			}
		}
		// Words that are left out may begin or end within a phrase; it is one phrase still.
		if n := len(u.Marks) - 1; n >= 0 && len(m.Clauses) > 0 && slices.Equal(u.Marks[n].Clauses, m.Clauses) {
			u.Marks[n].To = m.To
			continue
		}
		u.Marks = append(u.Marks, m)
	}
}

// leftOut is where words stand that are left out on purpose.
type leftOut struct {
	Span
	why *checker.Omitted
}

func (u *Unit) omitted(r *checker.Rule) []leftOut {
	var found []leftOut
	for i := range r.Omitted {
		o := &r.Omitted[i]
		words := lawxml.Normal(o.Words)
		if o.In != "" {
			if place, err := law.ParsePlace(o.In); err != nil || place != u.Place {
				continue
			}
		}
		for at := 0; words != ""; {
			j := strings.Index(u.Text[at:], words)
			if j < 0 {
				break
			}
			found = append(found, leftOut{Span{at + j, at + j + len(words)}, o})
			at += j + len(words)
		}
	}
	return found
}

// within reports whether a place is another or lies in it.
func within(p, in law.Place) bool {
	return p == in || strings.HasPrefix(lawxml.Path(p), lawxml.Path(in)+"-")
}
