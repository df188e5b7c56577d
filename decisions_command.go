package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"jobun/checker/export"
	"jobun/checker/review"
)

func (s *session) decisionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "decisions",
		Short: "what people decided of findings: list, add, verify",
		Args:  cobra.ArbitraryArgs,
		RunE:  oneOf,
	}
	cmd.AddCommand(s.decisionsListCommand(), s.decisionsAddCommand(), s.decisionsVerifyCommand())
	return cmd
}

// listFlags are the flags of decisions list.
type listFlags struct {
	format, finding string
	all             bool
}

func (s *session) decisionsListCommand() *cobra.Command {
	flags := listFlags{}
	cmd := &cobra.Command{
		Use:     "list REPORT",
		Short:   "list what is recorded on the findings of a report",
		Example: "  jobun decisions list report.toml\n  jobun decisions list report.toml --finding F-ABCDE --all --format json",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.listDecisions(args[0], flags) },
	}
	cmd.Flags().StringVar(&flags.format, "format", "text", "text or json")
	cmd.Flags().StringVar(&flags.finding, "finding", "", "of one finding, by its id")
	cmd.Flags().BoolVar(&flags.all, "all", false, "with what was taken back")
	return cmd
}

func (s *session) listDecisions(report string, flags listFlags) error {
	if flags.format != "text" && flags.format != "json" {
		return fail(exitUsage, fmt.Errorf("--format is text or json, not %q", flags.format))
	}
	r, err := s.reviewOf(report)
	if err != nil {
		return err
	}
	entries := slices.Clone(r.Journal().Entries())
	if flags.finding != "" {
		f, err := findingNamed(r.Result, flags.finding)
		if err != nil {
			return err
		}
		entries = slices.DeleteFunc(entries, func(e review.Entry) bool { return e.Finding != review.KeyOf(f) })
	}
	total := len(entries)
	if !flags.all {
		entries = slices.DeleteFunc(entries, func(e review.Entry) bool { return r.IsVoid(e.Seq) || e.Action == review.Undo })
	}
	if flags.format == "json" {
		return export.WriteJournalJSON(s.out, r, entries)
	}
	states := export.StatesOf(r)
	for _, e := range entries {
		s.printEntry(r, states[e.Finding], e)
	}
	if left := total - len(entries); left > 0 {
		s.wrapped(0, s.words(fmt.Sprintf("取り消されたもの・取消し %d件は出していません（--all）。", left), fmt.Sprintf("%d entries that were taken back, or take back, are left out (--all).", left)))
	}
	for _, line := range (export.Style{Lang: s.lang}).DecisionTotals(r) {
		s.wrapped(0, line)
	}
	return nil
}

// reviewOf reads a report and its journal.
func (s *session) reviewOf(report string) (*review.Review, error) {
	book, err := s.rulebook()
	if err != nil {
		return nil, err
	}
	result, err := s.load(book, report)
	if err != nil {
		return nil, err
	}
	return s.review(result, report)
}

// openReviewOf is reviewOf for a command that records, by an author.
func (s *session) openReviewOf(report, author string) (r *review.Review, by string, err error) {
	if by, err = s.author(author); err != nil {
		return nil, "", err
	}
	book, err := s.rulebook()
	if err != nil {
		return nil, "", err
	}
	result, err := s.load(book, report)
	if err != nil {
		return nil, "", err
	}
	r, err = s.openReview(result, report)
	return r, by, err
}

// printEntry prints an entry: what it does, on which finding, and what became of it.
func (s *session) printEntry(r *review.Review, st *review.State, e review.Entry) {
	style := export.Style{Lang: s.lang}
	s.wrapped(0, fmt.Sprintf("%d  %s  %s  %s", e.Seq, style.At(e.At), e.By, style.EntryWord(st.Finding, e)))
	if st.Finding == nil {
		s.wrapped(4, e.Finding.Rule+"  "+e.Finding.Entity+"  "+style.In(export.CauseWord(review.FindingGone)))
	} else {
		s.wrapped(4, st.Finding.ID+"  "+style.Heading(st.Finding)+"  "+style.In(st.Finding.Rule.Title)+s.words("（", " (")+style.EntityName(st.Finding.Entity)+s.words("）", ")"))
	}
	if e.Note != "" {
		s.wrapped(4, s.words("「"+e.Note+"」", "\""+e.Note+"\""))
	}
	if r.IsVoid(e.Seq) {
		s.wrapped(4, s.words("取り消された", "taken back"))
	}
	if causes := export.Stale(st, e); len(causes) > 0 {
		s.wrapped(4, s.words("要再確認: ", "to be looked at again: ")+style.CausesWord(causes))
	}
}
