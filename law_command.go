package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/internal/day"
)

func (s *session) lawCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "law", Short: "show laws: citation, versions, what moved", Args: cobra.ArbitraryArgs, RunE: oneOf}
	var on string
	show := &cobra.Command{
		Use:     "show [LAW [PLACE]]",
		Short:   "show a law or a place in it, as numbered on a day and now",
		Example: "  jobun law show\n  jobun law show penal-code \"168-2(2)\" --on 2012-02-05\n  jobun law show 不正アクセス禁止法 \"3(2)(ii)\" --on 2012-02-05",
		Args:    cobra.MaximumNArgs(2),
		RunE:    func(_ *cobra.Command, args []string) error { return s.lawShow(args, on) },
	}
	show.Flags().StringVar(&on, "on", "", "the day whose numbering and version are meant; left out: the rulebook's day")
	cmd.AddCommand(show)
	return cmd
}

func (s *session) lawShow(args []string, on string) error {
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		for _, l := range book.Laws.Laws() {
			s.wrapped(0, l.ID+"  "+l.Name(law.Style{Lang: law.Lang(s.lang)}))
		}
		return nil
	}
	l, ok := book.Laws.Find(args[0])
	if !ok {
		var ids []string
		for _, l := range book.Laws.Laws() {
			ids = append(ids, l.ID)
		}
		return fail(exitUsage, fmt.Errorf("there is no law %q here%s; jobun law show lists them", args[0], didYouMean(args[0], ids)))
	}
	d := book.AsOf
	if on != "" {
		if d, err = day.ParseDate(on); err != nil {
			return fail(exitUsage, fmt.Errorf("--on: %w", err))
		}
	}
	style := export.Style{Lang: s.lang}
	if len(args) == 1 {
		s.printLaw(l, style)
		return nil
	}
	return s.printPlace(book, l, args[1], d, style)
}

func (s *session) printLaw(l *law.Law, style export.Style) {
	s.wrapped(0, l.Name(style.Cites(law.Full)))
	s.wrapped(0, style.In(audit.Text(l.Translation)))
	for _, v := range l.Versions {
		by := style.In(audit.Text(v.By))
		s.wrapped(2, style.Interval(v.From, v.Until)+"  "+by+" "+v.Title+export.GradeWord(v.Grade, style))
		s.wrapped(4, style.In(audit.Text(v.Note)))
	}
	if address := l.Address(law.Place{}); address != "" {
		s.wrapped(0, address)
	}
}

func (s *session) printPlace(book *checker.Rulebook, l *law.Law, notation string, on day.Date, style export.Style) error {
	place, err := law.ParsePlace(notation)
	if err != nil {
		return fail(exitUsage, err)
	}
	s.wrapped(0, l.Cite(place, style.Cites(law.Full)))
	s.wrapped(0, l.Cite(place, style.Cites(law.Short)))
	for _, d := range l.Check(place, on) {
		s.wrapped(2, "! "+style.In(audit.Text(d.Says)))
	}
	if v, ok := l.VersionOn(on); ok {
		s.wrapped(2, style.Say("版: ", "version: ")+style.Interval(v.From, v.Until)+" "+style.In(audit.Text(v.By))+export.GradeWord(v.Grade, style))
	} else if l.Kind != law.Instrument {
		s.wrapped(2, style.Say("この日には施行されていない。", "Not in force on that day."))
	}
	if l.At(place, book.AsOf, on).Now.IsZero() {
		s.wrapped(2, style.Say("この日には、この条項はまだない。", "There was no such provision yet on that day."))
	}
	n := l.At(place, on, book.AsOf)
	switch {
	case n.Now.IsZero():
		s.wrapped(2, style.Say("現行に対応する条項はない。", "There is no such provision now."))
	case n.Moved:
		s.wrapped(2, style.Say("現行: ", "now: ")+l.CitePlaces(append([]law.Place{n.Now}, n.Also...), style.Cites(law.Full))+" "+style.In(audit.Text(n.By.By)))
		s.wrapped(2, style.In(audit.Text(n.Note)))
	}
	if address := l.Address(n.Now); address != "" {
		s.wrapped(2, address)
	}
	s.wrapped(2, style.Say("条文の本文は収録していません（法令ストアは今後の版で読みます）。本文は上の所在で確認してください。", "The text is not here: a later version reads it from a law store. See the address above."))
	var used []string
	for _, r := range book.Rules {
		if r.Law == l.ID && asks(r, place, on) {
			used = append(used, r.ID)
		}
	}
	if len(used) > 0 {
		s.wrapped(2, style.Say("この条項を問う規則: ", "asked by: ")+strings.Join(used, ", "))
	}
	return nil
}

// asks reports whether a rule cites a place in the numbering of a day.
func asks(r *checker.Rule, place law.Place, on day.Date) bool {
	for i := range r.Places {
		p := &r.Places[i]
		isThen := !on.Before(p.From.Date) && (p.Until.IsZero() || on.Before(p.Until.Date))
		if isThen && slices.Contains(p.All(), place) {
			return true
		}
	}
	return false
}
