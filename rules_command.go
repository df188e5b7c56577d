package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/law"
	"jobun/internal/cells"
	"jobun/internal/source"
)

func (s *session) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rules", Short: "list, show, lint and test the rules", Args: cobra.ArbitraryArgs, RunE: oneOf}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "list the rules", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error { return s.rulesList() }},
		&cobra.Command{Use: "show RULE", Short: "show a rule: its clauses, authorities and weak points", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error { return s.rulesShow(args[0]) }},
		&cobra.Command{Use: "lint", Short: "check that every rule is sound and every condition is tested by a case", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error { return s.rulesLint() }},
		&cobra.Command{Use: "test [RULE...]", Short: "run the cases of the rules", RunE: func(_ *cobra.Command, args []string) error { return s.rulesTest(args) }},
		s.rulesCoverageCommand(),
	)
	return cmd
}

func (s *session) rulesList() error {
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	width := 0
	for _, r := range book.Rules {
		width = max(width, cells.Width(r.ID))
	}
	for _, r := range book.Rules {
		fmt.Fprintf(s.out, "%s  %s\n", cells.Pad(r.ID, width), r.Title.In(s.lang))
	}
	fmt.Fprintf(s.out, "%d rules, %d behaviours, %d cases\n", len(book.Rules), len(book.Behaviours), book.Cases())
	return nil
}

func (s *session) rule(book *checker.Rulebook, id string) (*checker.Rule, error) {
	r, ok := book.Rule(strings.TrimSuffix(id, ".toml"))
	if !ok {
		return nil, fail(exitUsage, fmt.Errorf("there is no rule %q%s", id, didYouMean(id, book.RuleIDs())))
	}
	return r, nil
}

func (s *session) rulesShow(id string) error {
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	r, err := s.rule(book, id)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s\n%s\n", r.ID, r.Title.In(s.lang))
	for _, p := range r.Places {
		fmt.Fprintf(s.out, "  %s  %s\n", interval(p), r.OfLaw().CitePlaces(p.All(), law.Style{Lang: law.Lang(s.lang)}))
	}
	for _, c := range r.Clauses() {
		mark := "  "
		if c.Kind != "" {
			mark = "- "
		}
		fmt.Fprintf(s.out, "%s%s  %s\n", mark, cells.Pad(c.ID, 24), c.Phrase(s.lang))
		if c.When != "" {
			fmt.Fprintf(s.out, "    %s\n", c.When)
		} else {
			fmt.Fprintf(s.out, "    %s\n", c.Ask.In(s.lang))
		}
	}
	for _, a := range r.Authorities {
		fmt.Fprintf(s.out, "  %s: %s\n", a.Cite.In(s.lang), a.Says.In(s.lang))
	}
	return nil
}

func interval(p checker.RulePlace) string {
	switch {
	case p.From.IsZero() && p.Until.IsZero():
		return "(no dates)"
	case p.Until.IsZero():
		return p.From.String() + " –"
	default:
		return p.From.String() + " – " + p.Until.Add(-1).String()
	}
}

func (s *session) rulesLint() error {
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	if problems := append(book.TestCases(), book.Lint()...); len(problems) > 0 {
		return fail(exitInput, problems)
	}
	problems, says, err := s.pins(book)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fail(exitInput, problems)
	}
	fmt.Fprintf(s.out, "%d rules, %d behaviours, %d cases: nothing to complain of\n", len(book.Rules), len(book.Behaviours), book.Cases())
	for _, line := range says {
		fmt.Fprintln(s.out, line)
	}
	return nil
}

func (s *session) rulesTest(ids []string) error {
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	var problems source.Problems
	cases := 0
	if len(ids) == 0 {
		problems, cases = book.TestCases(), book.Cases()
	}
	for _, id := range ids {
		r, err := s.rule(book, id)
		if err != nil {
			return err
		}
		problems, cases = append(problems, book.TestRule(r)...), cases+1+len(r.Cases)
	}
	if len(problems) > 0 {
		return fail(exitInput, problems)
	}
	fmt.Fprintf(s.out, "%d cases: all as they must be\n", cases)
	return nil
}
