package main

import (
	"fmt"
	"slices"

	"jobun/checker/law"
	"jobun/checker/law/cite"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// meantDay is the day of whose text a citation speaks: the one that the user names, that
// of an address, the day before the amendment that the citation names, or the rulebook's.
// It is zero if an earlier text is meant and nothing says of which day; eves are then
// the last days of the texts that may be meant, oldest first.
func (l *laws) meantDay(x citedLaw, named day.Date) (on day.Date, eves []day.Date, err error) {
	switch c := x.cite; {
	case !named.IsZero():
		return named, nil, nil
	case !c.On.IsZero():
		return c.On, nil, nil
	case !c.Old && c.AmendedBefore == "":
		return l.book.AsOf, nil, nil
	}
	by, all, err := l.eves(x)
	if err != nil {
		return on, nil, err
	}
	if len(by) == 0 {
		eves, err = l.changed(x, all)
		return on, eves, err
	}
	// An amendment may come into force in stages, of which not all touch the provision.
	stages, err := l.changed(x, by)
	switch {
	case err != nil:
		return on, nil, err
	case len(stages) > 0:
		by = stages
	}
	if len(by) == 1 {
		return by[0], nil, nil
	}
	return on, by, nil
}

// tooLate says of a day that the user names that the amendment is in force on it before
// which the citation means the text, or that the text of that day is no old one.
func (l *laws) tooLate(x citedLaw, on day.Date) ([]law.Defect, error) {
	if x.cite.Old {
		return l.stillSo(x, on)
	}
	if x.cite.AmendedBefore == "" {
		return nil, nil
	}
	by, _, err := l.eves(x)
	if err != nil || len(by) == 0 || slices.ContainsFunc(by, func(eve day.Date) bool { return !on.After(eve) }) {
		return nil, err
	}
	return []law.Defect{{Code: "amended-already", Says: law.Text{
		Ja: fmt.Sprintf("引用は%sによる改正前の条文を指すが、%sの条文は改正後のもの", x.cite.AmendedBefore, on),
		En: fmt.Sprintf("it means the text before %s, and that of %s is the text after it", x.cite.AmendedBefore, on),
	}}}, nil
}

// stillSo says that what a citation calls old is what the provision says on the
// rulebook's day.
func (l *laws) stillSo(x citedLaw, on day.Date) ([]law.Defect, error) {
	then, err := l.reader.Find(l.store, x.cite, on)
	if err != nil {
		return nil, storeFailure(err)
	}
	now, err := l.reader.Find(l.store, x.cite, l.book.AsOf)
	if err != nil {
		return nil, storeFailure(err)
	}
	if then.Result != cite.OK || now.Result != cite.OK || then.Text.SHA256 != now.Text.SHA256 {
		return nil, nil
	}
	return []law.Defect{{Code: "not-earlier", Says: law.Text{
		Ja: fmt.Sprintf("引用は改正前の条文を指すが、%sの条文は%sのものと同じ", on, l.book.AsOf),
		En: fmt.Sprintf("it means an earlier text, and that of %s is the same as that of %s", on, l.book.AsOf),
	}}}, nil
}

// eves lists the days before a version of a law began: those before the amendment that
// the citation names, and all.
func (l *laws) eves(x citedLaw) (by, all []day.Date, err error) {
	number := x.cite.AmendedBefore
	add := func(from day.Date, isBy bool) {
		if from.IsZero() || slices.Contains(all, from.Add(-1)) {
			return
		}
		all = append(all, from.Add(-1))
		if isBy {
			by = append(by, from.Add(-1))
		}
	}
	for i, v := range x.of.Versions {
		if i > 0 {
			add(v.From, number != "" && v.AmendedBy(number))
		}
	}
	if len(x.of.Versions) > 0 || x.of.EGov == "" {
		return by, all, nil
	}
	periods, err := l.periods(x.of.EGov)
	for i, p := range periods {
		if i > 0 && p.Answer.Status == store.Held {
			add(p.From, number != "" && cite.ActNumber(p.Answer.Revision.AmendedBy) == number)
		}
	}
	return by, all, err
}

// changed leaves out the days after which the provision is known to say the same under
// the same number.
func (l *laws) changed(x citedLaw, eves []day.Date) ([]day.Date, error) {
	var kept []day.Date
	for _, eve := range eves {
		before, err := l.reader.Find(l.store, x.cite, eve)
		if err != nil {
			return nil, storeFailure(err)
		}
		after, err := l.reader.Find(l.store, x.cite, eve.Add(1))
		if err != nil {
			return nil, storeFailure(err)
		}
		if before.Result != cite.OK || after.Result != cite.OK || before.Text.SHA256 != after.Text.SHA256 {
			kept = append(kept, eve)
		}
	}
	return kept, nil
}

// whichDay says that the citation speaks of an earlier text, and with which commands
// those are shown that may be meant. No text is shown: it would be one that the citation
// does not mean.
func (l *laws) whichDay(x citedLaw, eves []day.Date) []*shownPlace {
	if last := x.cite.Last; !last.IsZero() {
		first, end := x, x
		first.cite.Last, end.cite.Last, end.cite.Place = law.Place{}, law.Place{}, last
		return append(l.whichDay(first, eves), l.whichDay(end, eves)...)
	}
	p := &shownPlace{
		LawID: x.of.EGov, Citation: cited(x, law.Full), Place: x.cite.Place.String(), Defects: []shownDefect{},
		of: x.of, cite: x.cite,
	}
	said := "「旧」「改正前」"
	if x.cite.AmendedBefore != "" {
		said = x.cite.AmendedBefore + "による改正前"
	}
	p.Why = &bothTexts{
		Ja: said + "の条文を指すが、どの日の条文かが決まらないため、条文を示さない。--on で日を示す。",
		En: "It means an earlier text (" + said + "), and nothing says of which day: no text is shown. Name the day with --on.",
	}
	for _, eve := range eves {
		p.Commands = append(p.Commands, l.showCommand(x.cite, x.of, eve))
	}
	return []*shownPlace{p}
}

// cited writes a citation in both languages.
func cited(x citedLaw, form law.Form) bothTexts {
	return bothTexts{Ja: x.cite.Cite(x.of, law.Style{Lang: law.JA, Form: form}), En: x.cite.Cite(x.of, law.Style{Lang: law.EN, Form: form})}
}
