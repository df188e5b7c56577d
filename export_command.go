package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
		if err := s.write(output, result, options); err != nil {
			return err
		}
	}
	return nil
}

// write writes one file in the format that its name tells, whole or not at all.
func (s *session) write(output string, result *checker.Result, options export.PaperOptions) error {
	var b bytes.Buffer
	var err error
	switch ext := strings.ToLower(filepath.Ext(output)); {
	case output == "-" || ext == ".md":
		err = export.WriteMarkdown(&b, result, options)
	case ext == ".json":
		err = export.WriteJSON(&b, result)
	default:
		return fail(exitUsage, fmt.Errorf("%s: the name tells the format: .md or .json", output))
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
	fmt.Fprintf(s.err, "jobun: wrote %s\n", output)
	return nil
}

// writeFile replaces a file in one step: a crash leaves the old one or the new.
func writeFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".jobun-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
