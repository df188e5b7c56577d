package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/internal/day"
)

// exportFlags are the flags of export.
type exportFlags struct {
	outputs            []string
	date, author, only string
	iso, kanji         bool
}

func (s *session) exportCommand() *cobra.Command {
	flags := exportFlags{}
	cmd := &cobra.Command{
		Use:     "export REPORT -o FILE",
		Short:   "write the legal citation summary: Markdown (.md) or JSON (.json)",
		Example: "  jobun export report.toml -o summary.md --date 2026-11-25\n  jobun export report.toml -o summary.en.md --lang en -o result.json",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.export(args[0], flags) },
	}
	cmd.Flags().StringArrayVarP(&flags.outputs, "output", "o", nil, "a file to write, .md or .json; - is Markdown to standard output; may be repeated")
	cmd.Flags().StringVar(&flags.date, "date", "", "the date on the paper, 2026-11-25; left blank if not given")
	cmd.Flags().StringVar(&flags.author, "author", "", "the person who judges, as printed; left blank if not given")
	cmd.Flags().StringVar(&flags.only, "only", "", "one finding, by its id")
	cmd.Flags().BoolVar(&flags.iso, "iso", false, "dates as 2012-02-05")
	cmd.Flags().BoolVar(&flags.kanji, "kanji", false, "article numbers in kanji")
	return cmd
}

func (s *session) export(name string, flags exportFlags) error {
	if len(flags.outputs) == 0 {
		return fail(exitUsage, errors.New("name a file to write: -o summary.md"))
	}
	options := export.PaperOptions{Style: export.Style{Lang: s.lang, ISO: flags.iso}, Author: flags.author, Only: flags.only}
	if flags.kanji {
		options.Numerals = law.Kanji
	}
	if flags.date != "" {
		d, err := day.ParseDate(flags.date)
		if err != nil {
			return fail(exitUsage, fmt.Errorf("--date: %w", err))
		}
		options.Dated = d
	}
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	result, err := s.load(book, name)
	if err != nil {
		return err
	}
	if flags.only != "" {
		if _, err := findingNamed(result, flags.only); err != nil {
			return err
		}
	}
	for _, output := range flags.outputs {
		if err := refuseOutput(output, name, result); err != nil {
			return err
		}
	}
	options.Provisions = s.provisions(result)
	for _, output := range flags.outputs {
		if err := s.write(output, result, options); err != nil {
			return err
		}
	}
	return nil
}

// refuseOutput refuses a name that tells no format, and one under which the
// report itself or one of its exhibits lies: a paper never replaces evidence.
func refuseOutput(output, name string, result *checker.Result) error {
	ext := strings.ToLower(filepath.Ext(output))
	if output != "-" && ext != ".md" && ext != ".json" {
		return fail(exitUsage, fmt.Errorf("%s: the name tells the format: .md or .json", output))
	}
	there, err := os.Stat(output)
	if output == "-" || err != nil {
		return nil // there is no such file yet
	}
	inputs := []string{name}
	for _, e := range result.Report.Exhibits {
		if e.File != "" {
			inputs = append(inputs, filepath.Join(filepath.Dir(name), e.File))
		}
	}
	for _, input := range inputs {
		if info, err := os.Stat(input); err == nil && os.SameFile(info, there) {
			return fail(exitUsage, fmt.Errorf("%s is the report or one of its exhibits; a paper does not replace it", output))
		}
	}
	return nil
}

// write writes one file in the format that its name tells, whole or not at all.
func (s *session) write(output string, result *checker.Result, options export.PaperOptions) error {
	var b bytes.Buffer
	var err error
	if output == "-" || strings.EqualFold(filepath.Ext(output), ".md") {
		err = export.WriteMarkdown(&b, result, options)
	} else {
		err = export.WriteJSON(&b, result, options.Provisions)
	}
	if err != nil {
		return err
	}
	if output == "-" {
		_, err := io.Copy(s.out, &b)
		return err
	}
	if err := writeFile(output, b.Bytes()); err != nil {
		return fail(exitInput, err)
	}
	fmt.Fprintf(s.err, "jobun: wrote %s\n", inert(output))
	return nil
}

// writeFile replaces a file in one step: a crash leaves the old one or the new. The
// new one has the rights that the user gives new files.
func writeFile(name string, data []byte) error {
	if err := replaceFile(name, data); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func replaceFile(name string, data []byte) error {
	f, err := newBeside(name)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is none
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// newBeside makes a new file beside another, under a name that nothing has.
func newBeside(name string) (*os.File, error) {
	for try := 0; ; try++ {
		temp := filepath.Join(filepath.Dir(name), fmt.Sprintf(".jobun-%d-%d", os.Getpid(), try))
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || try == 100 {
			return f, err
		}
	}
}
