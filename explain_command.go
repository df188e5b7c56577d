package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/cells"
	"jobun/internal/source"
)

// explaining is what is asked of a finding beside why.
type explaining struct{ flip, otherSide, questions bool }

func (s *session) explainCommand() *cobra.Command {
	var report string
	var what explaining
	cmd := &cobra.Command{
		Use:     "explain ID [REPORT]",
		Short:   "explain a finding, a clause of it, or an error code",
		Example: "  jobun explain F-ABCDE report.toml\n  jobun explain F-ABCDE.through-the-line report.toml\n  jobun explain F-ABCDE report.toml --flip\n  jobun explain F-ABCDE,F-FGHIJ report.toml --questions\n  jobun explain JB1103",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 {
				if report != "" && report != args[1] {
					return fail(exitUsage, errors.New("name one report: after the finding or with --report"))
				}
				report = args[1]
			}
			return s.explain(args[0], report, what)
		},
	}
	cmd.Flags().StringVar(&report, "report", "", "the report that the finding is of")
	cmd.Flags().BoolVar(&what.flip, "flip", false, "which facts would change its pre-assessment, both ways")
	cmd.Flags().BoolVar(&what.otherSide, "other-side", false, "what the other side can point to, the strongest first")
	cmd.Flags().BoolVar(&what.questions, "questions", false, "its missing facts as questions by addressee; of several findings, or all")
	return cmd
}

func (s *session) explain(id, report string, what explaining) error {
	if code := plainID(id); strings.HasPrefix(code, "JB") {
		return s.explainCode(code)
	}
	if report == "" {
		return fail(exitUsage, errors.New("name the report: jobun explain "+id+" REPORT"))
	}
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	result, err := s.load(book, report)
	if err != nil {
		return err
	}
	r, err := s.review(result, report)
	if err != nil {
		return err
	}
	if what != (explaining{}) {
		return s.explainMore(r.Result, id, what)
	}
	return s.explainWhy(r, id)
}

// explainMore prints what would change findings, what the other side has, and the
// questions that are open. The id may be several, with commas, or all.
func (s *session) explainMore(result *checker.Result, id string, what explaining) error {
	findings := result.Findings
	if id != "all" {
		findings = nil
		for _, one := range severalIDs(id) {
			f, err := findingNamed(result, one)
			if err != nil {
				return err
			}
			findings = append(findings, f)
		}
	}
	style := export.Style{Lang: s.lang}
	for _, f := range findings {
		if !what.flip && !what.otherSide {
			break
		}
		s.wrapped(0, f.ID+"  "+style.Heading(f)+"  "+style.In(export.FindingWord(f)))
		if what.flip {
			flips, err := result.Flips(f)
			if err != nil {
				return err
			}
			s.explained(2, style.FlipLines(result, flips))
		}
		if what.otherSide {
			s.explained(2, style.OtherSideLines(result.OtherSide(f)))
		}
	}
	if what.questions {
		s.explained(0, style.QuestionLines(result.Questions(findings)))
	}
	return nil
}

func (s *session) explained(indent int, lines []export.Line) {
	for _, line := range lines {
		s.wrapped(indent+2*line.Depth, line.Text)
	}
}

func (s *session) explainWhy(r *review.Review, id string) error {
	findingID, clause, _ := strings.Cut(id, ".")
	f, err := findingNamed(r.Result, findingID)
	if err != nil {
		return err
	}
	style := export.Style{Lang: s.lang}
	s.wrapped(0, f.ID+"  "+style.Heading(f)+"  "+style.In(export.FindingWord(f)))
	if ifRecorded(r) != nil {
		for _, line := range style.DecisionLines(r.Of(f)) {
			s.wrapped(2, line)
		}
	}
	if f.Assessment == checker.NotInForce {
		s.wrapped(2, style.OtherDays(f))
		return nil
	}
	isFound := false
	for _, list := range [][]*checker.Answer{f.Elements, f.Exceptions} { // each numbered from 1
		for i, a := range list {
			if clause != "" && clause != a.Clause.ID && clause != fmt.Sprint(i+1) {
				continue
			}
			isFound = true
			s.wrapped(2, fmt.Sprintf("%s %s  %s  %s", export.CodeGlyph(a.Code, style.Glyphs), style.ClauseName(f, a), a.Clause.Phrase(s.lang), style.In(export.AnswerWord(a))))
			s.explained(4, style.Why(f, a))
		}
	}
	if !isFound {
		return fail(exitUsage, fmt.Errorf("%s has no clause %q: it has %s", f.ID, clause, strings.Join(f.Rule.ClauseIDs(), ", ")))
	}
	for _, a := range f.Rule.Authorities {
		s.wrapped(2, style.AuthorityLine(f, a))
	}
	return nil
}

// wrapped prints one paragraph with an indent, inert whatever it holds.
func (s *session) wrapped(indent int, text string) { s.wrappedTo(s.out, indent, text) }

func (s *session) wrappedTo(w io.Writer, indent int, text string) {
	for _, line := range cells.Wrap(cells.Sanitise(text), max(20, s.width()-indent)) {
		fmt.Fprintf(w, "%s%s\n", strings.Repeat(" ", indent), line)
	}
}

// findingNamed finds a finding by its id, or says which one may be meant.
func findingNamed(result *checker.Result, id string) (*checker.Finding, error) {
	id = plainID(id)
	if f, ok := result.Finding(id); ok {
		return f, nil
	}
	var ids []string
	for _, f := range result.Findings {
		ids = append(ids, f.ID)
	}
	hint := ""
	if near, ok := source.Nearest(id, ids); ok {
		hint = fmt.Sprintf("; did you mean %s?", near)
	}
	return nil, fail(exitUsage, fmt.Errorf("there is no finding %q%s", id, hint))
}

// severalIDs parts ids that were typed with commas of either width, or 、, between.
func severalIDs(ids string) []string {
	return strings.FieldsFunc(ids, func(r rune) bool { return strings.ContainsRune(",，、 　", r) })
}

// plainID is an id as it is printed, of one that was typed in full width or small letters.
func plainID(id string) string { return strings.ToUpper(strings.TrimSpace(norm.NFKC.String(id))) }

func (s *session) explainCode(code string) error {
	for _, c := range errorCodes() {
		if c.code == code {
			s.wrapped(0, code+"  "+export.Style{Lang: s.lang}.In(c.says))
			return nil
		}
	}
	return fail(exitUsage, fmt.Errorf("there is no error code %q", code))
}
