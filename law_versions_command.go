package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/store"
)

func (s *session) lawVersionsCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "versions LAW",
		Short:   "list the texts of a law: held, missing, and the gaps between them",
		Example: "  jobun law versions 刑法",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.lawVersions(args[0]) },
	}
}

func (s *session) lawVersions(name string) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	of, ok := l.isLaw(name)
	if !ok {
		return fail(exitUsage, s.citationError([]string{name}, l.unknown(name, name)))
	}
	style := export.Style{Lang: s.lang}
	s.wrapped(0, of.Name(style.Cites(law.Full)))
	if of.EGov == "" {
		s.wrapped(2, style.Say("法令ではないため、法令ストアに条文はない。", "It is no law: the law store has no texts of it."))
		return nil
	}
	periods, err := l.periods(of.EGov)
	if err != nil {
		return err
	}
	if len(periods) == 0 {
		s.noTexts(l, of, style)
	}
	for _, p := range periods {
		s.printPeriod(p, style)
	}
	listed, err := l.listed(of.EGov)
	if err != nil {
		return err
	}
	return s.printListed(l, of, listed, style)
}

// noTexts says with which commands texts are got, and which versions the rulebook knows
// of without any.
func (s *session) noTexts(l *laws, of *law.Law, style export.Style) {
	s.wrapped(2, style.Say("条文は保存されていない。e-Govから取得するか、手元のファイルを取り込む:", "No text is held. Get them from e-Gov, or import files that you have:"))
	s.command(4, "jobun law pull "+l.toGet(of))
	s.command(4, "jobun law import FILE --law "+l.toGet(of)+" --from DATE --until DATE")
	if len(of.Versions) > 0 {
		s.wrapped(0, style.Say("規則集が知る版（条文はない）:", "Versions that the rulebook knows, without their texts:"))
		s.printVersions(of, style)
	}
}

// printPeriod prints a stretch of days with its text, or says that there is none.
func (s *session) printPeriod(p store.Period, style export.Style) {
	days := p.From.String() + style.Say("～", " – ")
	if !p.Until.IsZero() {
		days += p.Until.Add(-1).String()
	}
	switch r := p.Answer.Revision; p.Answer.Status {
	case store.Held:
		s.wrapped(2, fmt.Sprintf("%s  %s  %s  SHA-256 %s…", days, r.ID, storeGrade(r.Grade, style), r.SHA256[:16]))
		s.note(4, r.AmendTitle)
		if r.Note != "" {
			s.note(4, style.In(basisNote(r.Note)))
		}
		if p.Until.IsZero() {
			s.note(4, lastDay(r, style))
		}
	case store.Ended:
		s.wrapped(2, days+"  "+style.Say("廃止又は失効", "repealed or lapsed"))
	default:
		s.wrapped(2, days+"  "+style.Say("――― 条文なし（保存されていない）", "——— no text is held"))
	}
}

// lastDay says of a text with no end until when it is known to be in force.
func lastDay(r store.Revision, style export.Style) string {
	if r.Fetched.IsZero() {
		return style.Say("取得した日の記録がなく、いつまでの条文かは確かめられていない。", "No day is recorded on which it was fetched: until when it is in force is not known.")
	}
	return style.Say(fmt.Sprintf("%sに取得。その後の改正は確かめられていない。", r.Fetched), fmt.Sprintf("Fetched on %s. Whether it was amended since is not known.", r.Fetched))
}

// printListed prints what e-Gov lists and the store does not hold.
func (s *session) printListed(l *laws, of *law.Law, listed []store.Listed, style export.Style) error {
	if len(listed) == 0 {
		return nil
	}
	revisions, err := l.store.Revisions(of.EGov)
	if err != nil {
		return storeFailure(err)
	}
	var missing []store.Listed
	for _, e := range listed {
		if !slices.ContainsFunc(revisions, func(r store.Revision) bool { return r.ID == e.ID }) {
			missing = append(missing, e)
		}
	}
	s.wrapped(0, style.Say(fmt.Sprintf("e-Govの一覧: %d版、うち保存していないもの%d版", len(listed), len(missing)), fmt.Sprintf("e-Gov lists %d texts, of which %d are not held", len(listed), len(missing))))
	for _, e := range missing {
		s.wrapped(2, e.From.String()+"  "+e.ID)
	}
	return nil
}

// periods parts the days of a law by its texts; none if there are none.
func (l *laws) periods(lawID string) ([]store.Period, error) {
	periods, err := l.store.Periods(lawID)
	if err != nil && !errors.Is(err, store.ErrNoLaw) {
		return nil, storeFailure(err)
	}
	return periods, nil
}

// listed is e-Gov's table of a law, if it is held.
func (l *laws) listed(lawID string) ([]store.Listed, error) {
	listed, err := l.store.Listed(lawID)
	if err != nil && !errors.Is(err, store.ErrNoLaw) {
		return nil, storeFailure(err)
	}
	return listed, nil
}

// held counts the texts of a law that some day has.
func (l *laws) held(lawID string) (int, error) {
	periods, err := l.periods(lawID)
	seen := map[string]bool{}
	for _, p := range periods {
		if p.Answer.Status == store.Held {
			seen[p.Answer.Revision.ID] = true
		}
	}
	return len(seen), err
}
