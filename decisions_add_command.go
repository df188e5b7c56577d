package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/day"
)

// addFlags are the flags of decisions add.
type addFlags struct {
	clause, answer, reason, note, needs, expires, by string
	approves, undo                                   int
}

func (s *session) decisionsAddCommand() *cobra.Command {
	flags := addFlags{}
	cmd := &cobra.Command{
		Use:   "add REPORT FINDING... ACTION",
		Short: "record a decision, note, answer or approval on findings, or take an entry back",
		Long: "Record what somebody thinks of findings, all at one stroke or none. FINDING is an id, or several\n" +
			"with commas between. ACTION is one of " + actionWords() + ".\n" +
			"--reason is one of " + reasonWords() + ".",
		Example: "  jobun decisions add report.toml F-ABCDE set-aside --reason evidence-lacking --note \"no log of the day\" --by A\n" +
			"  jobun decisions add report.toml F-ABCDE,F-FGHIJ 要証拠 --needs \"security.evtx\"\n" +
			"  jobun decisions add report.toml F-ABCDE answer --clause intent --answer no\n" +
			"  jobun decisions add report.toml --undo 3",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return s.addDecisions(args[0], args[1:], flags) },
	}
	cmd.Flags().StringVar(&flags.clause, "clause", "", "the element or exception, by its id or as 3: of an answer, or of what needs evidence")
	cmd.Flags().StringVar(&flags.answer, "answer", "", "yes or no")
	cmd.Flags().StringVar(&flags.reason, "reason", "", "why a finding is set aside")
	cmd.Flags().StringVar(&flags.note, "note", "", "in your own words")
	cmd.Flags().StringVar(&flags.needs, "needs", "", "what evidence is needed")
	cmd.Flags().StringVar(&flags.expires, "expires", "", "the last day on which the opinion counts, 2027-03-31")
	cmd.Flags().IntVar(&flags.approves, "approves", 0, "the number of the decision that is agreed with; left out, the one in force")
	cmd.Flags().IntVar(&flags.undo, "undo", 0, "the number of the entry that is taken back")
	cmd.Flags().StringVar(&flags.by, "by", "", "who decides; else JOBUN_BY, else the user of the system")
	return cmd
}

func actionWords() string {
	var words []string
	for _, a := range review.Actions() {
		words = append(words, string(a)+"（"+export.ActionWord(a).Ja+"）")
	}
	return strings.Join(words, ", ")
}

func reasonWords() string {
	var words []string
	for _, reason := range review.Reasons() {
		words = append(words, string(reason)+"（"+export.ReasonWord(reason).Ja+"）")
	}
	return strings.Join(words, ", ")
}

func (s *session) addDecisions(report string, args []string, flags addFlags) error {
	r, by, err := s.openReviewOf(report, flags.by)
	if err != nil {
		return err
	}
	entries, err := s.entries(r, args, flags)
	if err != nil {
		return err
	}
	for i := range entries {
		entries[i].By = by
	}
	return s.record(r, entries)
}

// entries are what the arguments ask to record.
func (s *session) entries(r *review.Review, args []string, flags addFlags) ([]review.Entry, error) {
	action := review.Undo
	if flags.undo == 0 || len(args) > 0 {
		if len(args) == 0 {
			return nil, fail(exitUsage, errors.New(s.words("指摘と、することを示してください: jobun decisions add 報告 指摘 "+string(review.TakeUp), "name a finding and an action: jobun decisions add REPORT FINDING "+string(review.TakeUp))))
		}
		word := args[len(args)-1]
		named, ok := export.ActionNamed(word)
		if !ok {
			return nil, fail(exitUsage, errors.New(s.words(fmt.Sprintf("「%s」という操作はありません。あるのは %s です", inert(word), actionWords()), fmt.Sprintf("there is no action %q: there are %s", word, actionWords()))))
		}
		action, args = named, args[:len(args)-1]
	}
	if (action == review.Undo) != (flags.undo != 0) {
		return nil, fail(exitUsage, errors.New(s.words("取消しは、--undo で番号を示します", "what is taken back is named by its number: --undo 3")))
	}
	if action == review.Undo {
		return s.undoEntry(r, args, flags)
	}
	expires, err := s.dayFlag("--expires", flags.expires, day.Date{})
	if err != nil {
		return nil, err
	}
	entry := review.Entry{Action: action, Answer: flags.answer, Note: flags.note, Needs: flags.needs, Expires: expires.String(), Approves: flags.approves}
	if flags.reason != "" {
		reason, ok := export.ReasonNamed(flags.reason)
		if !ok {
			return nil, fail(exitUsage, errors.New(s.words(fmt.Sprintf("「%s」という理由はありません。あるのは %s です", inert(flags.reason), reasonWords()), fmt.Sprintf("there is no reason %q: there are %s", flags.reason, reasonWords()))))
		}
		entry.Reason = reason
	}
	var entries []review.Entry
	for _, id := range severalIDs(strings.Join(args, ",")) {
		f, err := findingNamed(r.Result, id)
		if err != nil {
			return nil, err
		}
		on := entry
		on.Finding, on.Clause = review.KeyOf(f), clauseNamed(f, flags.clause)
		if !slices.ContainsFunc(entries, func(e review.Entry) bool { return e.Finding == on.Finding }) {
			entries = append(entries, on)
		}
	}
	return entries, nil
}

// clauseNamed gives the id of a clause that is named by it or by the number of an
// element.
func clauseNamed(f *checker.Finding, name string) string {
	for i, a := range f.Elements {
		if name == fmt.Sprint(i+1) {
			return a.Clause.ID
		}
	}
	return name
}

func (s *session) undoEntry(r *review.Review, args []string, flags addFlags) ([]review.Entry, error) {
	e := review.Entry{Action: review.Undo, UndoOf: flags.undo}
	entries := r.Journal().Entries()
	if flags.undo >= 1 && flags.undo <= len(entries) {
		e.Finding = entries[flags.undo-1].Finding
	}
	for _, id := range args {
		if f, err := findingNamed(r.Result, id); err != nil {
			return nil, err
		} else if review.KeyOf(f) != e.Finding {
			return nil, fail(exitUsage, errors.New(s.words(fmt.Sprintf("%d番は %s の記録ではありません", flags.undo, f.ID), fmt.Sprintf("no. %d is not an entry on %s", flags.undo, f.ID))))
		}
	}
	return []review.Entry{e}, nil
}

// maxTries bounds how often an entry is tried again because others were quicker.
const maxTries = 100

// record records entries, also if others record at the same time: what they add is
// read first, and the entries are checked against that.
func (s *session) record(r *review.Review, entries []review.Entry) error {
	others := 0
	for range maxTries {
		for i, e := range entries {
			refused := export.Refusal(r, e)
			if e.Action == review.Undo {
				refused = export.UndoRefusal(r, e)
			}
			if refused != (export.Text{}) {
				return fail(exitUsage, errors.New(s.words("記録できません。", "this cannot be recorded. ")+s.words(refused.Ja, refused.En)))
			}
			entries[i].At = s.now().Format(time.RFC3339)
		}
		again, err := r.Record(entries...)
		var moved *review.MovedError
		if errors.As(err, &moved) {
			others += len(moved.Added)
			r = again
			continue
		}
		if err != nil {
			return s.journalFailure(err)
		}
		if others > 0 {
			fmt.Fprintln(s.err, s.words(fmt.Sprintf("jobun: この間に、ほかの %d件が先に記録されました", others), fmt.Sprintf("jobun: others have recorded %d entries just before", others)))
		}
		s.printRecorded(again, len(entries))
		return nil
	}
	return fail(exitInput, errors.New(s.words("ほかのプログラムが記録し続けているため、記録できませんでした。何も記録していません", "others keep recording; nothing was recorded")))
}

// printRecorded prints the last entries of a journal, which were just recorded.
func (s *session) printRecorded(r *review.Review, n int) {
	states := export.StatesOf(r)
	entries := r.Journal().Entries()
	for _, e := range entries[len(entries)-n:] {
		s.printEntry(r, states[e.Finding], e)
	}
	s.wrapped(0, s.words(fmt.Sprintf("記録しました: %s", filepath.Base(r.Journal().Name())), "recorded in "+filepath.Base(r.Journal().Name())))
}
