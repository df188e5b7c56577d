// Command jobun (条文) reads an audit report of what a piece of software did to a
// machine, and tells which articles of law that behaviour may fall under: clause
// by clause, with the record behind each answer and what is missing.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"jobun/checker"
	"jobun/checker/messages"
	"jobun/internal/cells"
	"jobun/internal/source"
	"jobun/rules"
)

// Exit codes; the highest wins (DESIGN section 6).
const (
	exitRan         = 0   // ran, nothing at or above --fail-on
	exitFound       = 1   // something at or above --fail-on
	exitUsage       = 2   // the command line is wrong
	exitInput       = 3   // an input that cannot be read, or only in part
	exitIntegrity   = 4   // a hash, the rulebook or a law's data is not sound
	exitBug         = 5   // a mistake in this program
	exitInterrupted = 130 // stopped by the user
)

func main() {
	cobra.MousetrapHelpText = "" // started by a double click on Windows: no lecture
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// failure is an error with the exit code that it stands for.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }

func fail(code int, err error) error { return &failure{code, err} }

// session is what a command works with: the writers, and the flags that all
// commands share.
type session struct {
	in       io.Reader
	out, err io.Writer
	screen   *os.File // where out goes, if it is a file: perhaps a terminal
	lang     string
	rulesDir string
	lawDir   string
	now      func() time.Time
	// journalFile is the journal of decisions, if it does not lie beside the report.
	journalFile string
	code        int // what a command that ran wants as the exit code
}

// run runs one command line and gives its exit code. It reads and writes only
// what it is given; a panic anywhere becomes exit code 5.
func run(args []string, in io.Reader, out, errOut io.Writer) (code int) {
	sticky := &stickyWriter{w: out}
	s := &session{in: in, out: sticky, err: errOut, now: time.Now}
	if f, ok := out.(*os.File); ok {
		s.screen = f
	}
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(errOut, "jobun: a mistake in this program: %v\n%s", r, debug.Stack())
			code = exitBug
		}
	}()
	root := s.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(sticky)
	root.SetErr(errOut)
	err := root.Execute()
	if sticky.err != nil {
		fmt.Fprintf(errOut, "jobun: %s\n", s.says(fmt.Sprintf("write the output: %v", sticky.err)))
		return max(s.code, exitInput)
	}
	if err != nil {
		return s.report(err)
	}
	return s.code
}

// stickyWriter remembers that something could not be written, so that lost output
// never counts as success.
type stickyWriter struct {
	w   io.Writer
	err error
}

func (s *stickyWriter) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if err != nil && s.err == nil {
		s.err = err
	}
	return n, err
}

// report prints an error, problems with their places and carets, and gives the
// exit code that it stands for.
func (s *session) report(err error) int {
	code := exitUsage
	var f *failure
	if errors.As(err, &f) {
		code, err = f.code, f.err
	}
	var problems source.Problems
	if errors.As(err, &problems) {
		fmt.Fprintln(s.err, problems.RenderIn(errorWidth, s.says))
		s.explainCodes(problems)
		return code
	}
	for _, one := range several(err) {
		fmt.Fprintf(s.err, "jobun: %s\n", cells.Sanitise(s.says(one.Error())))
	}
	return code
}

// says gives what an error says in the language of the output.
func (s *session) says(text string) string { return messages.Say(s.lang, text) }

// several takes errors that were joined apart: each is a message of its own.
func several(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// explainCodes says in Japanese what the kinds of problems are, and that nothing was
// read.
func (s *session) explainCodes(problems source.Problems) {
	if s.lang != "ja" {
		return
	}
	fmt.Fprintf(s.err, "\n誤り %d件。示されたファイルは読み込んでいません。\n", len(problems))
	seen := map[string]bool{}
	for _, p := range problems {
		for _, c := range errorCodes() {
			if c.code == p.Code && !seen[p.Code] {
				seen[p.Code] = true
				s.wrappedTo(s.err, 2, p.Code+"  "+c.says.Ja)
			}
		}
	}
}

// printJSON prints a value as people and programs read it: indented, with < and > as
// they are, and with what would act on a terminal escaped.
func (s *session) printJSON(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(s.out, escaped(b.String()))
	return err
}

// escaped writes what is not plain in a JSON text as \u does, which stands for the same.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf || cells.Plain(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// errorWidth is the width of printed problems, in cells: that of an old terminal,
// so that a caret is never wrapped away from its line.
const errorWidth = 80

func (s *session) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "jobun REPORT",
		Short:         "条文: which articles of law may a software's behaviour fall under?",
		Long:          "条文 (jobun) reads an audit report and tells which articles of law the behaviour may fall\nunder, clause by clause, with the record behind each answer and what is missing.",
		Example:       "  jobun check fixtures/certificate-tool-2012/report.toml\n  jobun view fixtures/certificate-tool-2012/report.toml",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && s.isOnTerminal() {
				return s.view("", viewFlags{})
			}
			if len(args) == 0 {
				return cmd.Help()
			}
			if _, err := os.Stat(args[0]); err != nil || len(args) > 1 {
				return unknownCommand(cmd, args[0])
			}
			return s.view(args[0], viewFlags{})
		},
	}
	root.SetHelpFunc(s.help)
	root.SetFlagErrorFunc(unknownFlag)
	root.PersistentFlags().StringVar(&s.lang, "lang", "ja", "language of the output: ja or en")
	root.PersistentFlags().StringVar(&s.rulesDir, "rules", "", "a folder with a rulebook, in place of the program's own")
	root.PersistentFlags().StringVar(&s.lawDir, "law-dir", "", "the folder of the law store; else JOBUN_LAW, else the user's data folder")
	root.PersistentFlags().StringVar(&s.journalFile, "journal", "", "the journal of decisions; else the one beside the report, REPORT.decisions.jsonl")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if s.lang != "ja" && s.lang != "en" {
			return fmt.Errorf("--lang is ja or en, not %q", s.lang)
		}
		return nil
	}
	root.AddCommand(s.checkCommand(), s.viewCommand(), s.reviewCommand(), s.decisionsCommand(), s.exportCommand(), s.verifyCommand(), s.explainCommand(), s.diffCommand(), s.observeCommand(), s.rulesCommand(), s.lawCommand(), s.schemaCommand(), s.versionCommand())
	return root
}

func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("%q is neither a command nor a file%s", name, didYouMean(name, names))
}

// oneOf is the work of a command that only holds others: help, or an error.
func oneOf(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	return unknownCommand(cmd, args[0])
}

// didYouMean goes on from an error with the nearest right name, if one is near.
func didYouMean(name string, among []string) string {
	if hint := source.DidYouMean(name, among); hint != "" {
		return "; " + hint
	}
	return ""
}

// unknownFlag adds the nearest flag to an error about one.
func unknownFlag(cmd *cobra.Command, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !ok {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near, ok := source.Nearest(name, names); ok {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return err
}

// rulebook reads the program's rulebook, or the user's.
func (s *session) rulebook() (*checker.Rulebook, error) {
	var files fs.FS = rules.Files
	if s.rulesDir != "" {
		if err := s.isRulebook(s.rulesDir); err != nil {
			return nil, fail(exitIntegrity, err)
		}
		files = os.DirFS(s.rulesDir)
	}
	book, problems := checker.Load(files)
	if len(problems) > 0 {
		return nil, fail(exitIntegrity, problems)
	}
	return book, nil
}

// isRulebook says in plain words that a folder is not there or holds no rulebook.
func (s *session) isRulebook(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return errors.New(s.words(fmt.Sprintf("規則集のフォルダー「%s」がありません", dir), fmt.Sprintf("there is no folder %q of rules", dir)))
	}
	if _, err := os.Stat(filepath.Join(dir, "rulebook.toml")); err != nil {
		return errors.New(s.words(fmt.Sprintf("フォルダー「%s」に rulebook.toml がありません", dir), fmt.Sprintf("the folder %q holds no rulebook.toml", dir)))
	}
	return nil
}

func (s *session) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the version of the program and of its rulebook",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			book, err := s.rulebook()
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "jobun %s\n%s %s  sha256:%s\n", version, book.Name, book.Version, book.Digest)
			return nil
		},
	}
}

// version is the program's version.
const version = "0.1.0"
