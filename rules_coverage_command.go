package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/coverage"
	"jobun/internal/disk"
	"jobun/internal/source"
)

func (s *session) rulesCoverageCommand() *cobra.Command {
	var page string
	cmd := &cobra.Command{
		Use:   "coverage [RULE|LAW]...",
		Short: "show the cited provisions' text with what each clause reads, and what none reads",
		Long: "Coverage shows the smallest unit that a rule cites, in every wording that the law store\n" +
			"holds: the words that an element, an exception or the penalty reads, those that the rule\n" +
			"leaves out with a reason, and those that nothing reads.",
		Example: "  jobun rules coverage penal-code/run-on-the-unknowing\n  jobun rules coverage 不正アクセス禁止法 --html coverage.html",
		RunE:    func(_ *cobra.Command, args []string) error { return s.rulesCoverage(args, page) },
	}
	cmd.Flags().StringVar(&page, "html", "", "write one page for a browser or a printer to this file")
	return cmd
}

func (s *session) rulesCoverage(names []string, page string) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	rules, err := s.ruled(l, names)
	if err != nil {
		return err
	}
	c := coverage.New(l.store)
	var all []coverage.Covered
	units, whole, bare := 0, 0, 0
	for _, r := range rules {
		covered, err := c.Cover(r)
		if err != nil {
			return storeFailure(err)
		}
		all = append(all, covered)
		for _, u := range covered.Units {
			_, _, n := u.Counts()
			if units++; n == 0 {
				whole++
			}
			bare += n
		}
	}
	if page != "" {
		if err := writePage(page, s.lang, all); err != nil {
			return fail(exitInput, err)
		}
	} else {
		for _, covered := range all {
			for _, line := range covered.Lines(s.lang) {
				indent := len(line) - len(trimmed(line))
				s.wrapped(indent, trimmed(line))
			}
			fmt.Fprintln(s.out)
		}
	}
	s.wrapped(0, s.words(fmt.Sprintf("%d規則、%d単位（項・号・柱書）: 全て説明済み%d、読まれない字%d", len(rules), units, whole, bare),
		fmt.Sprintf("%d rules, %d units: %d accounted for whole, %d characters read by nothing", len(rules), units, whole, bare)))
	return nil
}

func trimmed(line string) string {
	for len(line) > 0 && line[0] == ' ' {
		line = line[1:]
	}
	return line
}

// writePage writes a page beside its place first, so that a broken write leaves
// no half of one.
func writePage(name, lang string, all []coverage.Covered) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".part-")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	if err := errors.Join(coverage.WriteHTML(f, lang, all), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return disk.Rename(f.Name(), name)
}

// ruled lists the rules of names of rules and laws; all of them for no name.
func (s *session) ruled(l *laws, names []string) ([]*checker.Rule, error) {
	if len(names) == 0 {
		return l.book.Rules, nil
	}
	var found []*checker.Rule
	for _, name := range names {
		of, isLaw := l.isLaw(name)
		if !isLaw {
			r, err := s.rule(l.book, name)
			if err != nil {
				return nil, err
			}
			found = append(found, r)
			continue
		}
		for _, r := range l.book.Rules {
			if r.Law == of.ID && !slices.Contains(found, r) {
				found = append(found, r)
			}
		}
	}
	return found, nil
}

// pins looks for the rules' phrases in the texts of the store: problems, and which
// rules could not be checked.
func (s *session) pins(book *checker.Rulebook) (source.Problems, []string, error) {
	kept, err := s.lawStore()
	if err != nil {
		return nil, nil, err
	}
	c := coverage.New(kept)
	var problems source.Problems
	var says, unchecked []string
	checked, phrases, texts, partly, no := 0, 0, 0, 0, 0
	for _, r := range book.Rules {
		p, err := c.Pins(r)
		if err != nil {
			return nil, nil, storeFailure(err)
		}
		covered, err := c.Cover(r)
		if err != nil {
			return nil, nil, storeFailure(err)
		}
		for _, f := range append(p.Faults, covered.Stale...) {
			problems = append(problems, book.Problem(r, f.Path, checker.LintPin, f.Says))
		}
		for _, f := range p.Around {
			says = append(says, r.ID+"."+f.Clause+": "+f.Says)
		}
		switch {
		case p.NoLaw:
			no++
		case p.Unchecked():
			unchecked = append(unchecked, r.ID)
		default:
			checked, phrases, texts = checked+1, phrases+p.Phrases, texts+len(p.Texts)
			if len(p.Without) > 0 {
				partly++
			}
		}
	}
	says = append(says, fmt.Sprintf("phrases: %d of %d rules found in %d texts, for %d of them some days have no text; %d rules are of no law", phrases, checked, texts, partly, no))
	switch {
	case len(unchecked) > 0 && checked == 0:
		says = append(says, fmt.Sprintf("the law store holds no text of any: the phrases of %d rules are NOT checked (jobun law pull or jobun law import gets the texts)", len(unchecked)))
	default:
		for _, id := range unchecked {
			says = append(says, "no text is held, so its phrases are NOT checked: "+id)
		}
	}
	problems.Sort()
	return problems, says, nil
}
