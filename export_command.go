package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/export/paper"
	"jobun/checker/law"
	"jobun/checker/review"
	"jobun/internal/disk"
)

// exportFlags are the flags of export.
type exportFlags struct {
	outputs            []string
	date, author       string
	only, redactWords  []string
	geometry, exhibits string
	accepted, redact   bool
	preview            bool
	iso, kanji, both   bool
	companionFlags
}

func (s *session) exportCommand() *cobra.Command {
	flags := exportFlags{}
	cmd := &cobra.Command{
		Use:   "export REPORT -o FILE",
		Short: "write the legal citation summary: .docx, .html, .md, .txt or .json",
		Example: "  jobun export report.toml -o summary.docx --date 2026-11-25\n  jobun export report.toml -o summary.html -o result.json --lang en\n" +
			"  jobun export report.toml --preview --only F-AB2CD\n  jobun export report.toml -o summary.docx --both --exhibits 甲 --geometry court",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("only") && len(flags.only) == 0 {
				return fail(exitUsage, errors.New("--only names no finding"))
			}
			return s.export(args[0], flags)
		},
	}
	cmd.Flags().StringArrayVarP(&flags.outputs, "output", "o", nil, "a file to write, "+strings.Join(exportEnds(), ", ")+"; - is Markdown to standard output; may be repeated")
	cmd.Flags().BoolVar(&flags.preview, "preview", false, "print the paper as text, as wide as the terminal, and write no file")
	cmd.Flags().StringVar(&flags.date, "date", "", "the date on the paper, 2026-11-25; left blank if not given")
	cmd.Flags().StringVar(&flags.author, "author", "", "the person who judges, with qualification, as printed; left blank if not given")
	cmd.Flags().StringSliceVar(&flags.only, "only", nil, "only these findings, by their ids")
	cmd.Flags().BoolVar(&flags.accepted, "accepted", false, "only the findings that are taken up")
	cmd.Flags().BoolVar(&flags.redact, "redact", false, "mask the names of the parties")
	cmd.Flags().StringArrayVar(&flags.redactWords, "redact-word", nil, "mask this word too; may be repeated")
	cmd.Flags().StringVar(&flags.geometry, "geometry", "report", "the page of a .docx: report, or court (37 characters by 26 lines)")
	cmd.Flags().StringVar(&flags.exhibits, "exhibits", "", "number the exhibits: "+strings.Join(export.Numberings(), ", ")+"; the report's own names if not given")
	cmd.Flags().BoolVar(&flags.both, "both", false, "in Japanese, with an English translation after it")
	cmd.Flags().BoolVar(&flags.iso, "iso", false, "dates as 2012-02-05")
	cmd.Flags().BoolVar(&flags.kanji, "kanji", false, "article numbers in kanji")
	flags.register(cmd)
	return cmd
}

// exportEnds lists the ends of the names of files that export writes.
func exportEnds() []string {
	return []string{".docx", ".html", ".md", ".txt", ".json", ".sarif", ".oscal.json", ".ocsf.jsonl", ".csv"}
}

// endOf is the end of a file's name that tells its format; "" where none does.
func endOf(name string) string {
	lower := strings.ToLower(filepath.Base(name))
	for _, end := range []string{".oscal.json", ".ocsf.jsonl", ".sarif.json"} { // before .json
		if strings.HasSuffix(lower, end) {
			return end
		}
	}
	if ext := filepath.Ext(lower); slices.Contains(exportEnds(), ext) {
		return ext
	}
	return ""
}

func (s *session) export(name string, flags exportFlags) error {
	switch writes := len(flags.outputs) > 0 || flags.pack != ""; {
	case !writes && !flags.preview:
		return fail(exitUsage, errors.New("name a file to write: -o summary.docx"))
	case writes && flags.preview:
		return fail(exitUsage, errors.New("--preview writes nothing: it goes with neither -o nor --pack"))
	}
	if err := flags.number(); err != nil {
		return fail(exitUsage, err)
	}
	options, err := s.paperOptions(flags)
	if err != nil {
		return fail(exitUsage, err)
	}
	if err := flags.refuse(options); err != nil {
		return fail(exitUsage, err)
	}
	s.lookOn(options.Dated)
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	unreviewed, err := s.load(book, name)
	if err != nil {
		return err
	}
	reviewed, err := s.review(unreviewed, name)
	if err != nil {
		return err
	}
	for _, id := range severalIDs(strings.Join(flags.only, ",")) {
		f, err := findingNamed(reviewed.Result, id)
		if err != nil {
			return err
		}
		options.Only = append(options.Only, f.ID)
	}
	for _, output := range flags.outputs {
		if err := refuseOutput(output, name, reviewed); err != nil {
			return err
		}
	}
	options.Provisions = s.provisions(reviewed.Result)
	options.Review = ifRecorded(reviewed)
	companion := flags.options(options)
	if flags.preview {
		return s.preview(reviewed.Result, flags.kind, companion)
	}
	for _, output := range flags.outputs {
		if err := s.write(output, reviewed.Result, flags.kind, companion); err != nil {
			return err
		}
	}
	if flags.pack != "" {
		return s.pack(name, reviewed, flags.companionFlags, companion)
	}
	return nil
}

// paperOptions are the options of papers that the flags give.
func (s *session) paperOptions(flags exportFlags) (export.PaperOptions, error) {
	options := export.PaperOptions{
		Style: export.Style{Lang: s.lang, ISO: flags.iso}, Author: flags.author, Accepted: flags.accepted,
		Redact: flags.redact || len(flags.redactWords) > 0, RedactWords: flags.redactWords, Geometry: flags.geometry, Tool: "jobun " + version, Both: flags.both, Numbering: flags.exhibits,
	}
	if flags.exhibits != "" && !slices.Contains(export.Numberings(), flags.exhibits) {
		return options, fmt.Errorf("--exhibits is one of %s, not %q", strings.Join(export.Numberings(), ", "), flags.exhibits)
	}
	if _, ok := paper.Geometries()[flags.geometry]; !ok {
		return options, fmt.Errorf("--geometry is report or court, not %q", flags.geometry)
	}
	if flags.kanji {
		options.Numerals = law.Kanji
	}
	var err error
	options.Dated, err = s.dayFlag("--date", flags.date, options.Dated)
	return options, err
}

// refuseOutput refuses a name that tells no format, and one under which the report, its
// journal or one of its exhibits lies: a paper never replaces evidence.
func refuseOutput(output, name string, r *review.Review) error {
	if output != "-" && endOf(output) == "" && !strings.EqualFold(filepath.Ext(output), ".xlsx") {
		return fail(exitUsage, fmt.Errorf("%s: the name tells the format: %s", output, strings.Join(exportEnds(), ", ")))
	}
	there, err := os.Stat(output)
	if output == "-" || err != nil {
		return nil // there is no such file yet
	}
	inputs := []string{name, r.Journal().Name()}
	for _, e := range r.Result.Report.Exhibits {
		if e.File != "" {
			inputs = append(inputs, filepath.Join(filepath.Dir(name), e.File))
		}
	}
	for _, input := range inputs {
		if info, err := os.Stat(input); err == nil && os.SameFile(info, there) {
			return fail(exitUsage, fmt.Errorf("%s is the report, its journal or one of its exhibits; a paper does not replace it", output))
		}
	}
	return nil
}

// write writes one file in the format that its name tells, whole or not at all.
func (s *session) write(output string, result *checker.Result, kind string, options export.CompanionOptions) error {
	var b bytes.Buffer
	if err := writeKind(&b, output, result, kind, options); err != nil {
		return err
	}
	if output == "-" {
		_, err := io.Copy(s.out, &b)
		return err
	}
	if err := disk.Replace(output, b.Bytes()); err != nil {
		return fail(exitInput, err)
	}
	fmt.Fprintf(s.err, "jobun: %s%s\n", s.words("書き出しました: ", "wrote "), inert(output))
	return nil
}

// preview prints a paper as text, as wide as the terminal is.
func (s *session) preview(result *checker.Result, kind string, options export.CompanionOptions) error {
	made, err := makePaper(result, kind, options)
	if err != nil {
		return err
	}
	return made.PlainText(s.out, s.width())
}

// usage makes what a format cannot be asked for an error of the command line.
func usage(err error) error {
	if errors.Is(err, export.ErrUndated) || errors.Is(err, export.ErrMasked) {
		return fail(exitUsage, err)
	}
	return err
}

// writeFormat writes what a file of a name holds.
func writeFormat(w io.Writer, output string, result *checker.Result, options export.PaperOptions) error {
	switch endOf(output) {
	case ".json":
		if options.Redact || options.Accepted || len(options.Only) > 0 {
			return fail(exitUsage, fmt.Errorf("%s holds the whole report: it goes with neither --redact nor --only nor --accepted", output))
		}
		if options.Review != nil {
			return export.WriteReviewedJSON(w, options.Review, options.Provisions)
		}
		return export.WriteJSON(w, result, options.Provisions)
	case ".sarif", ".sarif.json":
		return usage(export.WriteSARIF(w, result, options))
	case ".oscal.json":
		return usage(export.WriteOSCAL(w, result, options))
	case ".ocsf.jsonl":
		return usage(export.WriteOCSF(w, result, options))
	case ".csv":
		return usage(export.WriteCSV(w, result, options))
	}
	format := paper.FormatOf(output)
	if output == "-" {
		format = paper.MarkdownFormat
	}
	summary, err := export.Summary(result, options)
	if err != nil {
		return fail(exitBug, err) // the findings that are asked for are there: see export
	}
	return summary.Write(w, format)
}
