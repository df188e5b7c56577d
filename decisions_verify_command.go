package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker/export"
	"jobun/checker/review"
)

func (s *session) decisionsVerifyCommand() *cobra.Command {
	head := ""
	cmd := &cobra.Command{
		Use:   "verify REPORT|JOURNAL",
		Short: "verify that a journal is as it was written, and which decisions still rest on what now is",
		Example: "  jobun decisions verify report.toml\n" +
			"  jobun decisions verify report.decisions.jsonl --head 0f3c...",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return s.verifyDecisions(args[0], strings.ToLower(head)) },
	}
	cmd.Flags().StringVar(&head, "head", "", "a hash of the last line as a paper printed it: the journal must still hold that line")
	return cmd
}

func (s *session) verifyDecisions(name, head string) error {
	journalName, isReport := name, filepath.Ext(name) != ".jsonl"
	if isReport {
		journalName = s.journalName(name)
	}
	if _, err := os.Stat(journalName); errors.Is(err, fs.ErrNotExist) {
		return fail(exitInput, errors.New(s.words("検討の記録「"+journalName+"」がありません", "there is no journal "+journalName)))
	}
	if !isReport {
		journal, err := s.openJournal(journalName)
		if err != nil {
			return err
		}
		s.printSound(journal)
		return s.verifyHead(journal, head)
	}
	r, err := s.reviewOf(name)
	if err != nil {
		return err
	}
	s.printSound(r.Journal())
	s.printStale(r)
	return s.verifyHead(r.Journal(), head)
}

func (s *session) printSound(journal *review.Journal) {
	style := export.Style{Lang: s.lang}
	s.wrapped(0, s.words("各行の形式と、前の行からのつながりは合っています。", "Every line has its form, and follows the one before."))
	s.wrapped(0, style.JournalWord(journal))
	if entries := journal.Entries(); len(entries) > 0 {
		s.wrapped(0, s.words("最初 ", "first ")+style.At(entries[0].At)+s.words("、最後 ", ", last ")+style.At(entries[len(entries)-1].At))
	}
	s.wrapped(0, s.words("最後の行だけは、次の行に守られていません。書面に印字したハッシュと比べてください（--head）。", "The last line alone has none after it that would protect it: compare its hash with one on paper (--head)."))
}

// printStale names the opinions that no longer rest on what now is, and why.
func (s *session) printStale(r *review.Review) {
	states := export.StatesOf(r)
	n := 0
	for _, e := range r.Journal().Entries() {
		if st := states[e.Finding]; len(export.Stale(st, e)) > 0 {
			s.printEntry(r, st, e)
			n++
		}
	}
	if n == 0 {
		s.wrapped(0, s.words("要再確認のものはありません。", "Nothing is to be looked at again."))
		return
	}
	s.wrapped(0, s.words(fmt.Sprintf("要再確認 %d件。", n), fmt.Sprintf("To be looked at again: %d.", n)))
}

// verifyHead wants a line with a hash in a journal: what was printed with that hash
// is still there, word for word, with all before it.
func (s *session) verifyHead(journal *review.Journal, head string) error {
	if head == "" {
		return nil
	}
	entries := journal.Entries()
	for i, e := range entries {
		hash := journal.Head()
		if i+1 < len(entries) {
			hash = entries[i+1].Prev
		}
		if hash == head {
			s.wrapped(0, s.words(fmt.Sprintf("そのハッシュの行は %d番です。%d番までは、そのときのままです。", e.Seq, e.Seq), fmt.Sprintf("The line with that hash is no. %d. All up to no. %d is as it was then.", e.Seq, e.Seq)))
			return nil
		}
	}
	return fail(exitIntegrity, errors.New(s.words(
		codeJournalHead+" そのハッシュの行は、検討の記録にありません。書面の後で、書き換えられたか切り取られています",
		codeJournalHead+" the journal has no line with that hash: it was changed or cut after the paper was made")))
}
