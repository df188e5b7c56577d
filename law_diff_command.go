package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/cite"
	"jobun/checker/law/lawxml"
	"jobun/internal/day"
)

func (s *session) lawDiffCommand() *cobra.Command {
	var from, to, format string
	cmd := &cobra.Command{
		Use:     "diff CITATION --from DATE --to DATE",
		Short:   "compare what a provision said on two days, word by word",
		Long:    "Diff compares a provision's text on two days. The number is that of the first day, or, if\nthere is none of it, of the second; where the provision moved in between, it is followed.",
		Example: "  jobun law diff 刑法168条の2第1項 --from 2012-02-05 --to 2025-06-01\n  jobun law diff 不正アクセス禁止法3条2項2号 --from 2012-04-30 --to 2012-05-01",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("--format is text or json, not %q", format)
			}
			return s.lawDiff(args, from, to, format)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the first day")
	cmd.Flags().StringVar(&to, "to", "", "the other day; left out: the rulebook's")
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

// compared is two texts of one provision.
type compared struct {
	From    *shownPlace     `json:"from"`
	To      *shownPlace     `json:"to"`
	Same    bool            `json:"same"`              // word for word, whatever its number and caption
	Heading *export.Change  `json:"heading,omitempty"` // its number and caption, if they differ
	Changes []export.Change `json:"changes"`
}

func (s *session) lawDiff(args []string, from, to, format string) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	c, of, err := l.citation(args)
	if err != nil {
		return fail(exitUsage, s.citationError(args, err))
	}
	if from == "" {
		return fail(exitUsage, errors.New(s.words("比べる日を示してください: --from DATE --to DATE", "name the days: --from DATE --to DATE")))
	}
	first, err := s.dayFlag("--from", from, day.Date{})
	if err != nil {
		return err
	}
	other, err := s.dayFlag("--to", to, l.book.AsOf)
	if err != nil {
		return err
	}
	pair, err := l.compare(c, of, first, other)
	switch {
	case cite.IsUnread(err):
		return fail(exitUsage, s.citationError(args, err))
	case err != nil:
		return err
	}
	if format == "json" {
		if err := s.printJSON(pair); err != nil {
			return err
		}
	} else {
		s.printDiff(pair, export.Style{Lang: s.lang})
	}
	if !pair.isCompared() {
		s.code = exitInput
	}
	return nil
}

// compare finds the provision on both days and compares what it says.
func (l *laws) compare(c cite.Citation, of *law.Law, first, other day.Date) (compared, error) {
	pair := compared{Changes: []export.Change{}}
	err := l.reader.CheckCaption(l.store, c, first)
	if cite.IsUnread(err) {
		err = l.reader.CheckCaption(l.store, c, other) // the number may be that of the other day
	}
	if err != nil {
		return pair, unreadOr(err)
	}
	if pair.From, err = l.shown(c, of, first); err != nil {
		return pair, err
	}
	if pair.From.Text == nil {
		// The number may be that of the other day.
		if back := of.At(c.Place, other, first); back.Moved && !back.Now.IsZero() {
			there := c
			there.Place = back.Now
			if moved, err := l.shown(there, of, first); err != nil || moved.Text != nil {
				if err != nil {
					return pair, err
				}
				pair.From = moved
				pair.To, err = l.shown(c, of, other)
				if err != nil {
					return pair, err
				}
			}
		}
	}
	if pair.To == nil {
		there := c
		if n := of.At(pair.From.place, first, other); n.Moved && !n.Now.IsZero() {
			there.Place = n.Now
		}
		if pair.To, err = l.shown(there, of, other); err != nil {
			return pair, err
		}
	}
	if pair.isCompared() {
		was, now := pair.From.words(), pair.To.words()
		if was.heading != now.heading {
			pair.Heading = &export.Change{Was: was.heading, Now: now.heading}
		}
		pair.Changes = wordDiff(was.body, now.body)
		pair.Same = !slices.ContainsFunc(pair.Changes, func(c export.Change) bool { return c.Same == "" })
	}
	return pair, nil
}

// isCompared reports whether both days have what is cited: of a ただし書 that one of them
// lacks, the whole provision is no counterpart.
func (c compared) isCompared() bool {
	has := func(p *shownPlace) bool {
		return p.Text != nil && (p.cite.Part == lawxml.Whole || p.Text.Part != "")
	}
	return has(c.From) && has(c.To)
}

// headed is what a provision says, apart from its number and caption.
type headed struct{ heading, body string }

// words parts what is compared from its number and caption: these are another when the
// provision moved, and are no change of its words.
func (p *shownPlace) words() headed {
	if p.Text.Part != "" {
		return headed{body: p.Text.Part}
	}
	display := p.Text.Display
	end := len(heading(p.place).FindString(display))
	return headed{heading: strings.TrimRight(display[:end], "　\n"), body: display[end:]}
}

// heading is what a provision's number and caption look like.
func heading(p law.Place) *regexp.Regexp {
	const caption = `^(?:（[^\n]*）\n)?`
	switch {
	case p.Sub != 0:
		return regexp.MustCompile(`^(?:（[０-９]+）　)?`)
	case p.Letter != 0:
		return regexp.MustCompile(`^(?:[ァ-ヶ]　)?`)
	case p.Item != (law.Number{}):
		return regexp.MustCompile(`^(?:[一二三四五六七八九十百千の]+　)?`)
	case p.Paragraph != 0:
		return regexp.MustCompile(caption + `(?:[０-９]+　)?`)
	default:
		return regexp.MustCompile(caption + `(?:第[^\n　]*　)?`)
	}
}

// elsewhere tells what the comparison does not show: where else the provision went
// than to the place that is compared, or that nobody here knows of moves in this law.
func (c compared) elsewhere(style export.Style) string {
	of := c.From.of
	if len(of.Versions) == 0 {
		return style.Say("この法令の条番号の移動は規則集になく、同じ番号どうしを比べた。移った条項かどうかは確かめられていない。",
			"The rulebook does not know of moves in this law: what has the same number was compared. Whether the provision moved is not known.")
	}
	n := of.At(c.From.place, c.From.on, c.To.on)
	shown := of.WithoutRedundantParagraph(c.To.place, c.To.on)
	others := slices.DeleteFunc(append([]law.Place{n.Now}, n.Also...), func(p law.Place) bool { return p == shown })
	if len(n.Also) == 0 || len(others) == 0 {
		return ""
	}
	also := of.CitePlaces(others, style.Cites(law.Full))
	return style.Say("ほかに"+also+"に移った部分があり、ここには示していない。", "Parts of it moved to "+also+" too, which is not shown here.")
}

func (s *session) printDiff(pair compared, style export.Style) {
	for _, side := range []struct {
		mark string
		p    *shownPlace
	}{{"-", pair.From}, {"+", pair.To}} {
		p := side.p
		s.wrapped(0, side.mark+" "+p.On+"  "+p.cite.Cite(p.of, style.Cites(law.Short)))
		for _, d := range p.Defects {
			s.wrapped(2, "! "+style.Say(d.Ja, d.En))
		}
		if p.Text != nil {
			s.wrapped(2, s.textIs(p.Text, style))
			for _, note := range p.Text.Notes {
				s.wrapped(2, style.Say(note.Ja, note.En))
			}
			continue
		}
		s.wrapped(2, style.Say(p.Why.Ja, p.Why.En))
		if p.Command != "" {
			s.command(4, p.Command)
		}
	}
	switch {
	case !pair.isCompared():
		s.wrapped(0, style.Say("両日の条文がそろわないため、比べていない。", "The texts of both days are not there: nothing was compared."))
	case pair.Same:
		s.headingChanged(pair, style)
		s.wrapped(0, pair.sameness(style))
	default:
		s.headingChanged(pair, style)
		for line := range strings.SplitSeq(marked(pair.Changes), "\n") {
			s.wrapped(2, line)
		}
		s.note(0, pair.elsewhere(style))
	}
}

// sameness says that the texts are the same, and no more than is known: that neither was
// amended by its day, nobody may have asked.
func (c compared) sameness(style export.Style) string {
	if c.From.Text.open || c.To.Text.open {
		return style.Say("上の二つの条文は一字も違わない。ただし、その日までの改正の有無が確かめられていないものがある。",
			"The two texts above are the same, letter by letter; but of one of them it is not known whether it was amended by its day.")
	}
	return style.Say("両日の条文は一字も違わない。", "The two texts are the same, letter by letter.")
}

// headingChanged says that the number or caption is another, which is no change of words.
func (s *session) headingChanged(pair compared, style export.Style) {
	if pair.Heading == nil {
		return
	}
	one := func(heading string) string { return strings.ReplaceAll(heading, "\n", "") }
	s.wrapped(0, style.Say("条番号・見出し: 「"+one(pair.Heading.Was)+"」→「"+one(pair.Heading.Now)+"」（文言の比較には含めない）",
		"Number and caption: 「"+one(pair.Heading.Was)+"」 became 「"+one(pair.Heading.Now)+"」 (not among the words compared)"))
}
