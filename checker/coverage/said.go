package coverage

import (
	"jobun/checker"
	"jobun/checker/law"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// Said is what a cited place says on days of one wording, or why that is not known.
type Said struct {
	Place law.Place
	Days  Days
	Unit  *Unit      // nil: there is no text
	Text  store.Text // the whole provision with the text that it is in, or why there is none
}

// Said reads what each place that a rule cites says on some days of one of its
// places: once for each wording, and once for all days together of which there is
// no text for the same reason.
func (c *Checker) Said(r *checker.Rule, at *checker.RulePlace, days Days) ([]Said, error) {
	of := r.OfLaw()
	phrases, err := phrasesOf(r, at)
	if err != nil {
		return nil, err
	}
	periods, err := c.periods(of.EGov, days.From, days.Until)
	if err != nil {
		return nil, err
	}
	var all []Said
	places := citedPlaces(at, phrases)
	for _, place := range places {
		first := len(all)
		for _, d := range periods {
			u, text, err := c.unit(of.EGov, d, place, places)
			if err != nil {
				return nil, err
			}
			if n := len(all) - 1; n >= first && all[n].goesOn(u, text) {
				all[n].Days.Until = d.Until
				continue
			}
			if u != nil {
				u.mark(r, phrases, map[*checker.Omitted]bool{})
			}
			all = append(all, Said{Place: place, Days: d, Unit: u, Text: text})
		}
	}
	return all, nil
}

// goesOn reports whether what a place says on the next days is the same.
func (s Said) goesOn(u *Unit, text store.Text) bool {
	if s.Unit == nil || u == nil {
		return s.Unit == u && s.Text.Status == text.Status && s.Text.Found == text.Found
	}
	return s.Unit.Text == u.Text
}

// Read reads a place on a day by itself; of a chapeau, the part before the items.
// The text is empty if there is none, and the store says why.
func (c *Checker) Read(lawID string, on day.Date, place law.Place, chapeau bool) (string, store.Text, error) {
	text, err := c.store.Text(lawID, on, place)
	if err != nil || text.Found != store.Provision {
		return "", text, err
	}
	if chapeau {
		own, err := c.chapeau(text.Revision.SHA256, place)
		if err != nil || own != "" {
			return own, text, err
		}
	}
	return text.Text, text, nil
}
