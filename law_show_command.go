package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/cite"
	"jobun/internal/cells"
	"jobun/internal/day"
)

func (s *session) lawShowCommand() *cobra.Command {
	var on, format string
	cmd := &cobra.Command{
		Use:   "show [LAW | CITATION | LAW PLACE]",
		Short: "show a law, or what a place in it says on a day",
		Long: "Show lists the laws, shows one, or shows a place in one: its citation, the version of the\n" +
			"day, its number now, and its text from the law store. A citation may be written as people\n" +
			"write it, and may be an address at e-Gov.",
		Example: "  jobun law show\n  jobun law show 刑法168条の2第1項1号 --on 2012-02-05\n  jobun law show 不正アクセス禁止法三条二項二号 --on 2012-02-05\n  jobun law show penal-code \"168-2(2)\" --on 2012-02-05 --format json",
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("--format is text or json, not %q", format)
			}
			return s.lawShow(args, on, format)
		},
	}
	cmd.Flags().StringVar(&on, "on", "", "the day whose numbering and text are meant; left out: the rulebook's day")
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (s *session) lawShow(args []string, on, format string) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	style := export.Style{Lang: s.lang}
	if len(args) == 0 {
		return s.listLaws(l, style)
	}
	if len(args) == 1 {
		if found, ok := l.isLaw(args[0]); ok {
			return s.printLaw(l, found, style)
		}
	}
	list, err := l.citations(args)
	if err != nil {
		return fail(exitUsage, s.citationError(args, err))
	}
	named, err := s.dayFlag("--on", on, day.Date{})
	if err != nil {
		return err
	}
	var all []*shownPlace
	for _, x := range list {
		if x.cite.Place.IsZero() {
			return s.printLaw(l, x.of, style)
		}
		shown, err := l.shownOn(x, named)
		switch {
		case cite.IsUnread(err):
			return fail(exitUsage, s.citationError(args, err))
		case err != nil:
			return err
		}
		all = append(all, shown...)
	}
	switch {
	case format == "json" && len(all) == 1:
		return s.printJSON(all[0])
	case format == "json":
		return s.printJSON(all)
	}
	for i, shown := range all {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		s.printPlace(l, shown, style)
	}
	return nil
}

// citedLaw is a citation with the law that it is of.
type citedLaw struct {
	cite cite.Citation
	of   *law.Law
}

// citationError says why a citation could not be read, in the user's language.
func (s *session) citationError(args []string, err error) error {
	text := strings.Join(args, " ")
	var e *cite.Error
	var noLaw *noLawError
	switch {
	case s.lang != "ja":
		return err
	case errors.Is(err, errSeveral):
		return errors.New("比べる箇所は一つだけ書いてください（" + text + "）")
	case errors.Is(err, cite.ErrNoLaw) && strings.HasPrefix(text, "同"):
		return fmt.Errorf("「%s」: 何と同じかが分かりません。前に法令を書いてください（例 刑法246条1項・同条2項）", text)
	case errors.As(err, &noLaw):
		return errors.New(noLaw.ja())
	case errors.As(err, new(*unknownLawError)):
		return err // reported in Japanese
	case errors.As(err, &e):
		return errors.New(e.In(law.JA))
	default:
		return fmt.Errorf("「%s」は、法令の箇所として読めません（%s）", text, s.says(err.Error()))
	}
}

// errSeveral is the reason of a command that shows one place only.
var errSeveral = errors.New("one place is wanted here, not several")

// listLaws lists the rulebook's laws, and then those that only the store has.
func (s *session) listLaws(l *laws, style export.Style) error {
	for _, known := range l.book.Laws.Laws() {
		s.wrapped(0, known.ID+"  "+known.Name(style.Cites(law.Full)))
	}
	entries, err := l.store.Laws()
	if err != nil {
		return storeFailure(err)
	}
	for _, e := range entries {
		if _, ok := l.book.Laws.Find(e.ID); !ok {
			s.wrapped(0, e.ID+"  "+e.Title+style.Say("（"+e.Number+"）（規則集にない法令）", " ("+e.Number+"; no rule asks of it)"))
		}
	}
	return nil
}

// citation reads the one place that is written on the command line: a law and a place
// in the rulebook's notation, or any citation.
func (l *laws) citation(args []string) (cite.Citation, *law.Law, error) {
	list, err := l.citations(args)
	if err != nil {
		return cite.Citation{}, nil, err
	}
	if len(list) > 1 || list[0].cite.IsSeveral() {
		return cite.Citation{}, nil, errSeveral
	}
	return list[0].cite, list[0].of, nil
}

// citations is citation for several places.
func (l *laws) citations(args []string) ([]citedLaw, error) {
	if len(args) == 2 {
		if of, ok := l.isLaw(args[0]); ok {
			if place, err := law.ParsePlace(args[1]); err == nil || of.EGov == "" {
				return []citedLaw{{cite.Citation{LawID: of.EGov, Place: place}, of}}, err
			}
		}
	}
	text := strings.Join(args, " ")
	list, err := l.reader.ParseList(text, cite.Context{})
	var e *cite.Error
	if errors.As(err, &e) && e.Kind == cite.ErrNoLaw && e.Says == (law.Text{}) {
		return nil, l.unknown(text, args[0])
	}
	if err != nil {
		return nil, err
	}
	var cited []citedLaw
	for _, c := range list {
		of, ok := l.reader.Law(c.LawID)
		if !ok {
			name := c.LawID + "（題名は手元にない）"
			of = &law.Law{ID: c.LawID, EGov: c.LawID, Title: law.Text{Ja: name, En: c.LawID + " (title not held)"}, Short: law.Text{Ja: name, En: c.LawID}}
		}
		cited = append(cited, citedLaw{c, of})
	}
	return cited, nil
}

func (s *session) printLaw(l *laws, of *law.Law, style export.Style) error {
	s.wrapped(0, of.Name(style.Cites(law.Full)))
	s.note(0, style.In(audit.Text(of.Translation)))
	s.printVersions(of, style)
	if address := of.Address(law.Place{}); address != "" {
		s.wrapped(0, address)
	}
	if of.EGov == "" {
		return nil
	}
	held, err := l.held(of.EGov)
	if err != nil {
		return err
	}
	s.wrapped(0, style.Say(fmt.Sprintf("法令ストアの条文: %d版（jobun law versions %s）", held, l.called(of, of.ID)), fmt.Sprintf("texts in the law store: %d (jobun law versions %s)", held, l.called(of, of.ID))))
	return nil
}

// called is the name by which a command finds a law: in Japanese the one that people
// write, if that finds it, else an id.
func (l *laws) called(of *law.Law, id string) string {
	if l.lang != "ja" || strings.ContainsAny(of.Short.Ja, " ()'\"") {
		return id
	}
	if found, ok := l.isLaw(of.Short.Ja); !ok || found != of {
		return id
	}
	return of.Short.Ja
}

// toGet is the name of a law in a command that gets its text. Papers, which are of no one
// language, have the id at e-Gov.
func (l *laws) toGet(of *law.Law) string { return l.called(of, of.EGov) }

// printVersions prints the versions of a law that the rulebook knows.
func (s *session) printVersions(of *law.Law, style export.Style) {
	for _, v := range of.Versions {
		by := style.In(audit.Text(v.By))
		s.wrapped(2, style.Interval(v.From, v.Until)+"  "+by+" "+v.Title+gradeNote(v, style))
		if note := style.In(audit.Text(v.Note)); note != style.In(export.GradeWord(v.Grade)) {
			s.note(4, note)
		}
	}
}

// printPlace prints a place as it was cited, what is wrong with that, the version
// of the day, the number now, the text, and which rules ask of it.
func (s *session) printPlace(l *laws, p *shownPlace, style export.Style) {
	of, on := p.of, p.on
	s.wrapped(0, p.cite.Cite(of, style.Cites(law.Full)))
	s.wrapped(0, p.cite.Cite(of, style.Cites(law.Short)))
	if on.IsZero() {
		s.wrapped(2, style.Say(p.Why.Ja, p.Why.En))
		for _, command := range p.Commands {
			s.command(4, command)
		}
		return
	}
	s.note(2, style.In(audit.Text(p.meant)))
	for _, d := range p.Defects {
		s.wrapped(2, "! "+style.Say(d.Ja, d.En))
	}
	if p.Instead != nil {
		s.command(4, p.Instead.Then)
		s.command(4, p.Instead.Now)
	}
	if v, ok := of.VersionOn(on); ok {
		s.wrapped(2, style.Say("版: ", "version: ")+style.Interval(v.From, v.Until)+" "+style.In(audit.Text(v.By))+gradeNote(v, style))
	} else if of.Kind != law.Instrument && len(of.Versions) > 0 {
		s.wrapped(2, style.Say("この日には施行されていない。", "Not in force on that day."))
	}
	if p.notYet(l.book.AsOf) {
		s.wrapped(2, style.Say("この日には、この条項はまだない。", "There was no such provision yet on that day."))
	}
	n := of.At(p.place, on, l.book.AsOf)
	switch {
	case n.Now.IsZero():
		s.wrapped(2, style.Say("現行に対応する条項はない。", "There is no such provision now."))
	case n.Moved:
		s.wrapped(2, style.Say("現行: ", "now: ")+of.CitePlaces(append([]law.Place{n.Now}, n.Also...), style.Cites(law.Full))+" "+style.In(audit.Text(n.By.By)))
		s.note(2, style.In(audit.Text(n.Note)))
	}
	if address := of.Address(n.Now); address != "" && (p.Result != cite.NoSuchProvision || n.Moved) {
		s.wrapped(2, style.Say("現行の条文:", "present text:"))
		s.command(4, address)
	}
	s.printText(p, style)
	var used []string
	for _, r := range l.book.Rules {
		if r.Law == of.ID && asks(r, p.place, on) {
			used = append(used, r.ID)
		}
	}
	if len(used) > 0 {
		s.wrapped(2, style.Say("この条項を問う規則: ", "asked by: ")+strings.Join(used, ", "))
	}
}

// printText prints the provision's text with what it is, or why there is none.
func (s *session) printText(p *shownPlace, style export.Style) {
	if p.Text == nil {
		s.wrapped(2, style.Say(p.Why.Ja, p.Why.En))
		if p.Command != "" {
			s.command(4, p.Command)
		}
		return
	}
	t := p.Text
	s.wrapped(2, style.Say("条文（", "text (")+s.textIs(t, style)+style.Say("）", ")"))
	display := t.Display
	if t.Part != "" {
		display = t.Part
	}
	for line := range strings.SplitSeq(display, "\n") {
		s.wrapped(4, line)
	}
	if t.Part != "" {
		s.wrapped(2, style.Say("引用された部分だけを示す。SHA-256は条項全体の本文のもの。", "Only the part that is cited is shown; the SHA-256 is of the whole provision's text."))
	}
	for _, note := range t.Notes {
		s.wrapped(2, style.Say(note.Ja, note.En))
	}
}

// command prints a command line to type, on one line however long it is.
func (s *session) command(indent int, line string) {
	fmt.Fprintf(s.out, "%s%s\n", strings.Repeat(" ", indent), cells.Sanitise(line))
}

// gradeNote says after a version how well its dates are known.
func gradeNote(v law.Version, style export.Style) string {
	return style.Say("（", " (") + style.In(export.GradeWord(v.Grade)) + style.Say("）", ")")
}

// note prints a paragraph if there is one.
func (s *session) note(indent int, text string) {
	if text != "" {
		s.wrapped(indent, text)
	}
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
