package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/audit/observe"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/cells"
	"jobun/internal/disk"
	"jobun/internal/source"
)

// checkFlags are the flags of check.
type checkFlags struct {
	show, failOn, format string
	summary, verbose     bool
	iso, ascii           bool
	subject              []string // for evidence in place of reports
}

func (s *session) checkCommand() *cobra.Command {
	flags := checkFlags{}
	cmd := &cobra.Command{
		Use:     "check REPORT...",
		Short:   "print the findings of audit reports",
		Example: "  jobun check fixtures/certificate-tool-2012/report.toml\n  jobun check --fail-on indicated report.toml\n  jobun check --format json report.toml",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.check(args, flags) },
	}
	cmd.Flags().StringVar(&flags.show, "show", "all", "which findings to write out: "+strings.Join(export.Shows(), ", "))
	cmd.Flags().StringVar(&flags.failOn, "fail-on", "none", "exit 1 if a finding is at least: "+strings.Join(failLevels(), ", "))
	cmd.Flags().StringVar(&flags.format, "format", "text", "text, json or md")
	cmd.Flags().BoolVarP(&flags.summary, "quiet", "q", false, "print the summary only")
	cmd.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "print why each answer is what it is")
	cmd.Flags().BoolVar(&flags.iso, "iso", false, "dates as 2012-02-05")
	cmd.Flags().BoolVar(&flags.ascii, "ascii", false, "signs in ASCII only")
	cmd.Flags().StringArrayVar(&flags.subject, "subject", nil, "check evidence in place of reports, as observe reads it; the software: file:NAME, sha256:HASH and so on")
	return cmd
}

// failChoices is what --fail-on can be, and when the exit code is 1 then. Each but the
// last includes those before it.
func failChoices() []export.Choice {
	return []export.Choice{
		{Name: "none", Says: export.Text{Ja: "ならない（既定）", En: "never (the default)"}},
		{Name: "indicated", Says: export.Text{Ja: "「全要件に裏付け」の指摘がある", En: "a finding with every element supported"}},
		{Name: "judgement", Says: export.Text{Ja: "上か、「評価が必要」の指摘がある", En: "that, or one for judgement"}},
		{Name: "alleged", Says: export.Text{Ja: "上か、「主張のみによる」指摘がある", En: "those, or one that rests on allegation"}},
		{Name: "partial", Says: export.Text{Ja: "上か、「一部の要件に裏付け」（又は「主張のみ」）の指摘がある", En: "those, or one with some elements supported or alleged"}},
		{Name: "any", Says: export.Text{Ja: "指摘が一つでもある（争いあり、反対資料あり、時点不明なども含む）", En: "any finding at all: also contested, contradicted, undated ones"}},
		{Name: "undecided", Says: export.Text{Ja: "人の決定がまだない（又は要再確認の）指摘がある。決定済みの指摘は、どの一次整理でも数えない", En: "a finding that nobody has decided, or whose decision has to be looked at again; decided ones do not count, whatever their pre-assessment"}},
	}
}

func failLevels() []string { return export.Names(failChoices()) }

func (s *session) check(names []string, flags checkFlags) error {
	if !slices.Contains(failLevels(), flags.failOn) {
		return fail(exitUsage, fmt.Errorf("--fail-on is one of %s, not %q%s", strings.Join(failLevels(), ", "), flags.failOn, didYouMean(flags.failOn, failLevels())))
	}
	if !slices.Contains(export.Shows(), flags.show) {
		return fail(exitUsage, fmt.Errorf("--show is one of %s, not %q%s", strings.Join(export.Shows(), ", "), flags.show, didYouMean(flags.show, export.Shows())))
	}
	if len(names) > 1 && flags.format == "json" {
		return fail(exitUsage, fmt.Errorf("--format json takes one report"))
	}
	if s.journalFile != "" && (len(names) > 1 || len(flags.subject) > 0) {
		return fail(exitUsage, fmt.Errorf("--journal takes one report"))
	}
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	if len(flags.subject) > 0 {
		return s.checkEvidence(book, names, flags)
	}
	for _, name := range names {
		result, err := s.load(book, name)
		if err != nil {
			return err
		}
		r, err := s.review(result, name)
		if err != nil {
			return err
		}
		if err := s.printResult(r.Result, ifRecorded(r), flags); err != nil {
			return err
		}
		if reaches(r.Result, r, flags.failOn) {
			s.code = max(s.code, exitFound)
		}
	}
	return nil
}

// printResult prints a result, with what people decided of it; the review is nil if
// nothing is recorded.
func (s *session) printResult(result *checker.Result, r *review.Review, flags checkFlags) error {
	style := export.Style{Lang: s.lang, ISO: flags.iso}
	if flags.ascii {
		style.Glyphs = export.ASCII
	}
	switch flags.format {
	case "json":
		if r != nil {
			return export.WriteReviewedJSON(s.out, r, s.provisions(result))
		}
		return export.WriteJSON(s.out, result, s.provisions(result))
	case "md":
		summary, err := export.Summary(result, export.PaperOptions{Style: style, Provisions: s.provisions(result), Review: r})
		if err != nil {
			return fail(exitBug, err)
		}
		return summary.Markdown(s.out)
	case "text":
		options := export.TextOptions{Style: style, Width: s.width(), Show: flags.show, Verbose: flags.verbose, Review: r}
		if flags.summary {
			options.Summary = "only"
		} else if flags.verbose {
			options.Provisions = s.provisions(result)
		}
		return export.WriteText(s.out, result, options)
	default:
		return fail(exitUsage, fmt.Errorf("--format is text, json or md, not %q", flags.format))
	}
}

// width is that of the terminal, at most 100 columns; 80 where there is none.
func (s *session) width() int {
	if s.screen != nil {
		if w, _, err := term.GetSize(int(s.screen.Fd())); err == nil && w > 0 {
			return min(w, 100)
		}
	}
	return 80
}

// load reads a report, re-hashes the exhibits that lie beside it, and checks it.
func (s *session) load(book *checker.Rulebook, name string) (*checker.Result, error) {
	file, err := readReport(name)
	if err != nil {
		return nil, fail(exitInput, fmt.Errorf("read the report: %w", err))
	}
	if what := s.noReport(file); what != "" {
		return nil, fail(exitInput, errors.New(what))
	}
	report, problems := audit.Read(file)
	if len(problems) > 0 {
		return nil, fail(exitInput, problems)
	}
	s.toFill(report)
	states := map[string]audit.ExhibitState{}
	for _, x := range exhibitsBeside(report, name) {
		states[x.Exhibit] = x.State
		s.warnOf(x)
	}
	result, err := book.Check(report, nil)
	if err != nil {
		return nil, fail(exitInput, err)
	}
	result.Exhibits = states
	return result, nil
}

// noReport says of a file that can be no report what it is, and which command takes it.
func (s *session) noReport(file source.File) string {
	name, head := inert(file.Name), file.Text[:min(len(file.Text), 512)]
	switch {
	case export.IsExport(file.Text):
		return s.words(fmt.Sprintf("「%s」は、このプログラムの JSON の書き出しです。元の報告を指定してください（比べるのは jobun diff）", name),
			fmt.Sprintf("%s is a JSON export of this program: name the report that it was made of (jobun diff compares)", name))
	case bytes.HasPrefix(head, []byte("ElfFile\x00")), bytes.IndexByte(head, 0) >= 0, bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")):
		return s.words(fmt.Sprintf("「%s」は監査報告ではありません。記録であれば、先に報告を作ります：jobun observe %s -o report.toml", name, name),
			fmt.Sprintf("%s is no audit report; of a record one is made first: jobun observe %s -o report.toml", name, name))
	}
	return ""
}

// toFill warns of what a draft by observe left to a person.
func (s *session) toFill(report *audit.Report) {
	if report.Title == observe.ToComplete || report.Subject.Name == observe.ToComplete {
		fmt.Fprintln(s.err, s.words("jobun: 報告の件名又は対象が「"+observe.ToComplete+"」のままです", "jobun: the title or the subject of the report is still to be filled in"))
	}
}

// warnOf warns of an exhibit whose file is not what the report says.
func (s *session) warnOf(x audit.ExhibitCheck) {
	switch x.State {
	case audit.HashDiffers:
		s.code = max(s.code, exitIntegrity)
		fmt.Fprintln(s.err, s.words(
			fmt.Sprintf("jobun: 証拠 %s: %s のSHA-256が、報告に記載の値と違います", x.Exhibit, inert(x.File)),
			fmt.Sprintf("jobun: exhibit %s: %s has another SHA-256 than the report states", x.Exhibit, inert(x.File))))
	case audit.FileMissing:
		fmt.Fprintln(s.err, s.words(
			fmt.Sprintf("jobun: 証拠 %s: %s がありません。ハッシュは照合していません", x.Exhibit, inert(x.File)),
			fmt.Sprintf("jobun: exhibit %s: %s is not there; its hash was not checked", x.Exhibit, inert(x.File))))
	}
}

// words picks the words of the user's language.
func (s *session) words(ja, en string) string { return export.Style{Lang: s.lang}.Say(ja, en) }

// exhibitsBeside hashes the exhibits that lie beside a report. It does not follow
// a link that leads out of the report's folder.
func exhibitsBeside(report *audit.Report, name string) []audit.ExhibitCheck {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return nil
	}
	defer root.Close()
	return audit.VerifyExhibits(report, root.FS())
}

// reaches reports whether a finding is at or above a level. At the last, undecided, is
// a finding of any kind that nobody has decided, or whose decision no longer counts.
func reaches(result *checker.Result, r *review.Review, level string) bool {
	switch {
	case level == "undecided" && r != nil:
		return r.Decided() < len(result.Findings)
	case level == "any" || level == "undecided":
		return len(result.Findings) > 0
	}
	most := slices.Index(failLevels(), level)
	return slices.ContainsFunc(result.Findings, func(f *checker.Finding) bool {
		at := slices.Index(failLevels(), string(f.Assessment)) // -1: such a finding is at no level but any
		return at >= 0 && at <= most
	})
}

func (s *session) schemaCommand() *cobra.Command {
	output, isResult := "-", false
	cmd := &cobra.Command{
		Use:     "schema",
		Short:   "print the JSON Schema of the audit report format, or of the JSON export",
		Example: "  jobun schema -o report.schema.json\n  jobun schema --result -o result.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if isResult {
				return s.schema(export.ResultSchema(), output)
			}
			return s.schema(audit.Schema(), output)
		},
	}
	cmd.Flags().BoolVar(&isResult, "result", false, "the schema of what export writes as JSON")
	cmd.Flags().StringVarP(&output, "output", "o", "-", "the file to write; - is the standard output")
	return cmd
}

func (s *session) schema(schema map[string]any, output string) error {
	if output == "-" {
		return s.printJSON(schema)
	}
	var b bytes.Buffer
	if err := (&session{out: &b}).printJSON(schema); err != nil {
		return err
	}
	if err := disk.Replace(output, b.Bytes()); err != nil {
		return fail(exitInput, err)
	}
	fmt.Fprintf(s.err, "jobun: %s%s\n", s.words("書き出しました: ", "wrote "), inert(output))
	return nil
}

// readReport reads a report, which may come through a pipe, but not without end.
func readReport(name string) (source.File, error) {
	return readInput(name, source.DefaultLimits().Bytes)
}

// maxPaper bounds what the program wrote itself, papers and JSON exports: these say of
// each finding what the report says once, and are much larger than that.
const maxPaper = 512 << 20

// readInput reads a file or a pipe that has at most so many bytes.
func readInput(name string, most int) (source.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return source.File{}, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return source.File{}, fmt.Errorf("%s is a folder", name)
	}
	return source.ReadAtMost(name, f, most)
}

// inert makes text from a report or a command line safe to print in a message.
func inert(text string) string { return cells.Truncate(cells.Sanitise(text), 200) }
