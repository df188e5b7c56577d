package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/source"
)

// diffFlags are the flags of diff.
type diffFlags struct {
	format           string
	exitCode         bool
	all, summary     bool
	iso, ascii       bool
	oldSide, newSide diffSide
}

// diffSide is one of the two runs, as the command line names it.
type diffSide struct {
	name                   string // old or new
	file                   string
	rules, lawDir, journal string // "" unless named
}

func (s *session) diffCommand() *cobra.Command {
	flags := diffFlags{oldSide: diffSide{name: "old"}, newSide: diffSide{name: "new"}}
	cmd := &cobra.Command{
		Use:     "diff OLD NEW",
		Short:   "print what changed between two runs, and why: two reports, two JSON exports, or one of each",
		Example: "  jobun diff old/report.toml new/report.toml\n  jobun diff result.json report.toml --exit-code\n  jobun diff report.toml report.toml --old-rules rules-1 --new-rules rules-2",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			flags.oldSide.file, flags.newSide.file = args[0], args[1]
			return s.diff(flags)
		},
	}
	cmd.Flags().StringVar(&flags.format, "format", "text", "text or json")
	cmd.Flags().BoolVar(&flags.exitCode, "exit-code", false, "exit 1 if there is any difference")
	cmd.Flags().BoolVar(&flags.all, "all", false, "write out the findings that are the same in every respect, too")
	cmd.Flags().BoolVarP(&flags.summary, "quiet", "q", false, "print the summary only")
	cmd.Flags().BoolVar(&flags.iso, "iso", false, "dates as 2012-02-05")
	cmd.Flags().BoolVar(&flags.ascii, "ascii", false, "signs in ASCII only")
	for _, side := range []*diffSide{&flags.oldSide, &flags.newSide} {
		cmd.Flags().StringVar(&side.rules, side.name+"-rules", "", "the folder with the rulebook of "+side.name+"; else --rules, else the program's own")
		cmd.Flags().StringVar(&side.lawDir, side.name+"-law-dir", "", "the folder of the law store of "+side.name+"; else --law-dir")
		cmd.Flags().StringVar(&side.journal, side.name+"-journal", "", "the journal of the decisions on "+side.name+", a report; else the one that lies beside it, if any")
	}
	return cmd
}

func (s *session) diff(flags diffFlags) error {
	if !slices.Contains([]string{"text", "json"}, flags.format) {
		return fail(exitUsage, fmt.Errorf("--format is text or json, not %q", flags.format))
	}
	before, err := s.runOf(flags.oldSide)
	if err != nil {
		return err
	}
	after, err := s.runOf(flags.newSide)
	if err != nil {
		return err
	}
	changes, err := export.Compare(before, after)
	if err != nil {
		return fail(exitBug, err)
	}
	if flags.exitCode && changes.Differs() {
		s.code = max(s.code, exitFound)
	}
	if flags.format == "json" {
		return export.WriteChangesJSON(s.out, changes)
	}
	options := export.ChangesOptions{Style: export.Style{Lang: s.lang, ISO: flags.iso}, Width: s.width(), All: flags.all, Summary: flags.summary}
	if flags.ascii {
		options.Glyphs = export.ASCII
	}
	return export.WriteChanges(s.out, changes, options)
}

// runOf reads one of the two runs: an export as it is, or a report, which is checked.
func (s *session) runOf(side diffSide) (*export.Run, error) {
	own := *s // with the folders of this side
	if side.rules != "" {
		own.rulesDir = side.rules
	}
	if side.lawDir != "" {
		own.lawDir = side.lawDir
	}
	run, err := own.readRun(side)
	s.code = max(s.code, own.code)
	return run, err
}

func (s *session) readRun(side diffSide) (*export.Run, error) {
	file, err := readInput(side.file, maxPaper)
	if err != nil {
		return nil, fail(exitInput, fmt.Errorf("read %s: %w", side.file, err))
	}
	book, err := s.rulebook()
	if err != nil {
		return nil, err
	}
	if export.IsExport(file.Text) {
		if side.journal != "" {
			return nil, fail(exitUsage, fmt.Errorf("--%s-journal: %s is an export; a journal goes with a report", side.name, side.file))
		}
		run, err := export.ReadRun(file.Text, book)
		if err != nil {
			return nil, fail(exitInput, fmt.Errorf("%s: %w", side.file, err))
		}
		return run, nil
	}
	result, err := s.checkFile(book, file)
	if err != nil {
		return nil, err
	}
	decided, err := s.journalOf(side, result)
	if err != nil {
		return nil, err
	}
	if decided != nil {
		result = decided.Result
	}
	run, err := export.RunOf(result, s.provisions(result), decided)
	if err != nil {
		return nil, fail(exitBug, err)
	}
	return run, nil
}

// checkFile checks a report that was read already: it may have come through a pipe.
func (s *session) checkFile(book *checker.Rulebook, file source.File) (*checker.Result, error) {
	report, problems := audit.Read(file)
	if len(problems) > 0 {
		return nil, fail(exitInput, problems)
	}
	for _, x := range exhibitsBeside(report, file.Name) {
		s.warnOf(x)
	}
	result, err := book.Check(report, nil)
	if err != nil {
		return nil, fail(exitInput, err)
	}
	return result, nil
}

// journalOf reads the decisions on a report: those that the user named, or those that
// lie beside it. It is nil if there are none. Whether opinions have expired is not
// asked: two runs compared tomorrow differ as they do today.
func (s *session) journalOf(side diffSide, result *checker.Result) (*review.Review, error) {
	name := side.journal
	if name == "" {
		name = review.Beside(side.file)
	}
	if _, err := os.Stat(name); err != nil {
		if side.journal == "" && errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
		return nil, fail(exitInput, fmt.Errorf("read the journal: %w", err))
	}
	journal, err := review.Open(name)
	var broken *review.BrokenError
	if errors.As(err, &broken) {
		return nil, fail(exitIntegrity, err)
	}
	if err != nil {
		return nil, fail(exitInput, err)
	}
	decided, err := review.Read(journal, review.Inputs{Result: result})
	if err != nil {
		return nil, fail(exitInput, err)
	}
	return decided, nil
}
