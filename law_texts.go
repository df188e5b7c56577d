package main

import (
	"errors"
	"fmt"

	"jobun/checker"
	"jobun/checker/coverage"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/store"
)

// provisions reads from the law store what the provisions of every finding say on
// the days of the matter. A text that is not there is said with the command that
// gets it and is no failure; a store that cannot be read is warned of once.
func (s *session) provisions(result *checker.Result) export.Provisions {
	kept, err := s.lawStore()
	if err != nil {
		if s.lawDir != "" { // a place that the user named; else he may not know of any
			s.warnOfStore(err)
		}
		return nil
	}
	t := &texts{
		laws:  &laws{book: result.Rulebook, store: kept},
		cover: coverage.New(kept),
		known: map[textKey][]export.Provision{},
	}
	all := export.Provisions{}
	for _, f := range result.Findings {
		if f.Assessment == checker.NotInForce {
			continue
		}
		for _, at := range f.Anchor.Places {
			list, err := t.of(f, at)
			if err != nil {
				s.warnOfStore(err)
				return all
			}
			all[export.ProvisionKey{Finding: f.ID, Place: at}] = list
		}
	}
	return all
}

// warnOfStore says that the store cannot be read; the findings do not rest on it.
func (s *session) warnOfStore(err error) {
	code := exitInput
	var f *failure
	if errors.As(err, &f) {
		code, err = f.code, f.err
	}
	s.code = max(s.code, code)
	fmt.Fprintln(s.err, s.words("jobun: 法令ストアを読めないため、条文を示していません: ", "jobun: the law store cannot be read, so that texts of provisions are left out: ")+s.says(err.Error()))
}

// texts reads provisions for findings, each once.
type texts struct {
	*laws
	cover *coverage.Checker
	known map[textKey][]export.Provision
}

type textKey struct {
	at   *checker.RulePlace
	days coverage.Days
}

// of reads what a place of a finding's rule says on the days of the matter, or
// while it is in force if these are not stated.
func (t *texts) of(f *checker.Finding, at *checker.RulePlace) ([]export.Provision, error) {
	if f.Law.EGov == "" {
		var list []export.Provision
		for _, place := range at.All() {
			list = append(list, export.Provision{Place: place, Why: noLawText()})
		}
		return list, nil
	}
	days := coverage.Days{From: at.From.Date, Until: at.Until.Date}
	if span := f.Anchor.Span; !span.IsZero() {
		if days.From.Before(span.From) {
			days.From = span.From
		}
		if end := span.To.Add(1); days.Until.IsZero() || end.Before(days.Until) {
			days.Until = end
		}
	}
	key := textKey{at, days}
	if list, ok := t.known[key]; ok {
		return list, nil
	}
	said, err := t.cover.Said(f.Rule, at, days)
	if err != nil {
		return nil, storeFailure(err)
	}
	var list []export.Provision
	for _, x := range said {
		p, err := t.provision(f.Law, x)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	t.known[key] = list
	return list, nil
}

// provision puts what a place says into the form that exports and screens read.
func (t *texts) provision(of *law.Law, said coverage.Said) (export.Provision, error) {
	p := export.Provision{Place: said.Place, From: said.Days.From, Until: said.Days.Until}
	if said.Unit == nil {
		var err error
		p.Why, p.Command, err = t.lacks(of, p.From, said.Text)
		return p, err
	}
	p.Chapeau, p.Is, p.Notes = said.Unit.Chapeau, textSource(said.Text), textNotes(of, said.Text)
	for _, m := range said.Unit.Marks {
		ph := export.Phrase{Text: said.Unit.Text[m.From:m.To]}
		for _, id := range m.Clauses {
			if id == coverage.PenaltyClause {
				ph.Penalty = true
			} else {
				ph.Clauses = append(ph.Clauses, id)
			}
		}
		p.Phrases = append(p.Phrases, ph)
	}
	present, err := t.present(of, said)
	p.Present = present
	return p, err
}

// present compares a provision with what it says on the rulebook's day.
func (t *texts) present(of *law.Law, said coverage.Said) (*export.Present, error) {
	now := &export.Present{On: t.book.AsOf, Place: of.At(said.Place, said.Days.From, t.book.AsOf).Now}
	if now.Place.IsZero() {
		return now, nil
	}
	words, text, err := t.cover.Read(of.EGov, now.On, now.Place, said.Unit.Chapeau)
	switch {
	case err != nil:
		return nil, storeFailure(err)
	case text.Found != store.Provision:
		now.Why, now.Command, err = t.lacks(of, now.On, text)
		return now, err
	}
	now.Is = textSource(text)
	now.Notes = presentNotes(of, text)
	now.Changes = wordDiff(said.Unit.Text, words)
	now.Same = said.Unit.Text == words
	return now, nil
}

// presentNotes is what must be said beside the text of the rulebook's day: also as of
// which day that text was fetched, since nothing after it is known.
func presentNotes(of *law.Law, text store.Text) []checker.Text {
	notes := textNotes(of, text)
	fetched := text.Revision.Fetched
	switch {
	case text.Beyond, text.Undated: // says so already
	case fetched.IsZero():
		notes = append(notes, checker.Text{Ja: "この条文を取得した日の記録はない。", En: "No day is recorded on which this text was fetched."})
	default:
		notes = append(notes, checker.Text{Ja: fmt.Sprintf("%sに取得した条文による。", fetched), En: fmt.Sprintf("As the text was fetched on %s.", fetched)})
	}
	return notes
}

// noLawText says why an instrument has no text here.
func noLawText() checker.Text {
	return checker.Text{
		Ja: "法令ではないため、法令ストアに本文はない。本文は、証拠により、又はその規程を定めた者から得て確かめる。",
		En: "It is no law: its text is not in the law store. Read it in an exhibit, or get it from whoever made the instrument.",
	}
}
