package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/audit/listing"
	"jobun/checker/audit/observe"
	"jobun/internal/cells"
	"jobun/internal/disk"
	"jobun/internal/source"
)

// observeFlags are the flags of observe.
type observeFlags struct {
	output        string
	subject       []string
	before, after string
	role          string
	force         bool
	script        bool
}

func (s *session) observeCommand() *cobra.Command {
	flags := observeFlags{}
	cmd := &cobra.Command{
		Use:   "observe EVIDENCE... -o report.toml",
		Short: "make an audit report, to complete by hand, from event logs and listings",
		Long: "observe reads files, folders and globs, also in .gz, .zip and .tar.gz: Windows event logs\n" +
			"(.evtx, XML, JSON lines), and two folders of listings. It writes a report with every\n" +
			"observation and its exact origin; a person completes it. Nothing is attributed to the\n" +
			"software unless --subject says what the software is.\n\n" +
			"--script gives the PowerShell script that makes such a folder of listings on Windows. It\n" +
			"reads only, installs nothing and sends nothing. See docs/evidence.md.",
		Example: "  jobun observe logs/ --subject file:setup.exe -o report.toml\n" +
			"  jobun observe Security.evtx Sysmon.evtx --subject sha256:0123… --role reproduction -o report.toml\n" +
			"  jobun observe --before before/ --after after/ -o report.toml\n" +
			"  jobun observe --script -o collect.ps1",
		RunE: func(_ *cobra.Command, args []string) error { return s.observe(args, flags) },
	}
	cmd.Flags().StringVarP(&flags.output, "output", "o", "", "where to write the report; - is the standard output")
	cmd.Flags().StringArrayVar(&flags.subject, "subject", nil, "the software: file:NAME, path:PATH, sha256:HASH, process:NAME or signer:NAME (may be repeated)")
	cmd.Flags().StringVar(&flags.before, "before", "", "a folder of listings made before")
	cmd.Flags().StringVar(&flags.after, "after", "", "a folder of listings made after")
	cmd.Flags().StringVar(&flags.role, "role", "scene", "what the logs are of: scene or reproduction")
	cmd.Flags().BoolVar(&flags.force, "force", false, "write over a file that is there")
	cmd.Flags().BoolVar(&flags.script, "script", false, "give the script that makes listings on Windows; without -o on the standard output")
	return cmd
}

// giveScript writes the collecting script to a file, or to the standard output. A file
// is better on Windows: PowerShell changes the encoding of what it redirects.
func (s *session) giveScript(args []string, flags observeFlags) error {
	if len(args) > 0 || flags.before != "" || flags.after != "" {
		return fail(exitUsage, errors.New(s.words("--script は証拠を読みません", "--script reads no evidence")))
	}
	if flags.output == "" || flags.output == "-" {
		if _, err := s.out.Write(listing.Script()); err != nil {
			return fail(exitInput, err)
		}
		return nil
	}
	if err := s.free(flags); err != nil {
		return err
	}
	if err := disk.Replace(flags.output, listing.Script()); err != nil {
		return fail(exitInput, err)
	}
	return nil
}

// free refuses to write over a file: a report that somebody has completed is not lost
// to a second run.
func (s *session) free(flags observeFlags) error {
	if _, err := os.Stat(flags.output); err == nil && !flags.force {
		return fail(exitUsage, errors.New(s.words(
			fmt.Sprintf("「%s」は既にあります。上書きするには --force を付けてください", flags.output),
			fmt.Sprintf("%s is there already; --force writes over it", flags.output))))
	}
	return nil
}

// tooLarge refuses a report that could not be read again: each file is an exhibit, and
// there are too many for one report.
func (s *session) tooLarge(size int) error {
	return fail(exitInput, errors.New(s.words(
		fmt.Sprintf("報告が %dバイトになり、読める大きさを超えるので、書いていません。証拠を分けて、報告を分けてください", size),
		fmt.Sprintf("the report would have %d bytes, more than is read, and was not written: part the evidence, and make several reports", size))))
}

// writeReport writes the report where it is wanted. A file that came to be there while
// the evidence was read is somebody's too.
func (s *session) writeReport(text []byte, result *observe.Result, flags observeFlags) error {
	if flags.output == "-" {
		if _, err := s.out.Write(text); err != nil {
			return fail(exitInput, err)
		}
		return nil
	}
	if err := s.free(flags); err != nil {
		return err
	}
	if err := s.overEvidence(flags.output, result); err != nil {
		return err
	}
	if err := disk.Replace(flags.output, text); err != nil {
		return fail(exitInput, err)
	}
	return nil
}

// overEvidence refuses to write the report over one of the files that it is made of.
func (s *session) overEvidence(output string, result *observe.Result) error {
	to, err := os.Stat(output)
	if err != nil {
		return nil // it is not there yet
	}
	for _, source := range result.Sources {
		if of, err := os.Stat(source.File); err == nil && os.SameFile(to, of) {
			return fail(exitUsage, errors.New(s.words(fmt.Sprintf("「%s」は証拠そのものです。報告は別の名で書いてください", inert(output)),
				fmt.Sprintf("%s is the evidence itself: write the report under another name", inert(output)))))
		}
	}
	return nil
}

// wrongFlags says what is wrong with a command line, if anything is.
func (s *session) wrongFlags(args []string, flags observeFlags) string {
	switch {
	case flags.output == "":
		return s.words("報告の書出し先を -o ファイル名 で指定してください", "observe needs -o FILE for the report")
	case flags.role != "scene" && flags.role != "reproduction":
		return s.says(fmt.Sprintf("--role is scene or reproduction, not %q%s", flags.role, didYouMean(flags.role, []string{"scene", "reproduction"})))
	case len(args) == 0 && flags.before == "" && flags.after == "":
		return s.words("証拠を指定してください：ファイル、フォルダー、または --before と --after", "observe needs evidence: files, folders, or --before and --after")
	case (flags.before == "") != (flags.after == ""):
		return s.words("--before と --after は、両方を指定してください", "--before and --after go together")
	}
	return ""
}

// said is an error of package observe in the language of the output.
func (s *session) said(err error) error { return errors.New(observe.Say(s.lang, err.Error())) }

func (s *session) observe(args []string, flags observeFlags) error {
	if flags.script {
		return s.giveScript(args, flags)
	}
	if wrong := s.wrongFlags(args, flags); wrong != "" {
		return fail(exitUsage, errors.New(wrong))
	}
	subject, err := observe.ParseSubject(flags.subject)
	if err != nil {
		return fail(exitUsage, s.said(err))
	}
	base := "."
	if flags.output != "-" {
		base = filepath.Dir(flags.output)
		if err := s.free(flags); err != nil {
			return err
		}
	}
	result, err := s.read(observe.Options{
		Paths: args, Before: flags.before, After: flags.after, Subject: subject, Role: flags.role,
		Base: base,
	})
	if err != nil {
		return err
	}
	if result.Nothing() {
		s.tellSources(result, subject)
		return fail(exitInput, errors.New(s.words("読めるものがなかったので、報告は書いていません", "nothing could be read: no report was written")))
	}
	var text bytes.Buffer
	if err := observe.WriteTOML(&text, result.Report); err != nil {
		return fail(exitBug, err)
	}
	if text.Len() > source.DefaultLimits().Bytes {
		s.tellSources(result, subject)
		return s.tooLarge(text.Len())
	}
	if err := s.writeReport(text.Bytes(), result, flags); err != nil {
		return err
	}
	s.tellSources(result, subject)
	return nil
}

// read reads the evidence, and shows meanwhile how far it has come. What it copies out of
// archives is gone when it ends, also if the user stops it.
func (s *session) read(o observe.Options) (*observe.Result, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o.Context, o.Meter, o.Tool, o.Lang = ctx, &observe.Meter{}, "jobun "+version, s.lang
	unwatch := s.watch(o.Meter)
	defer unwatch()
	result, err := observe.Run(o)
	switch {
	case errors.Is(err, context.Canceled):
		return nil, fail(exitInterrupted, errors.New(s.words("中断しました。報告は作っていません", "interrupted; no report was made")))
	case err != nil:
		return nil, fail(exitInput, s.said(err))
	}
	return result, nil
}

// checkEvidence checks the report that observe would write, without writing it. A
// person has completed nothing in it, so most questions stay open.
func (s *session) checkEvidence(book *checker.Rulebook, paths []string, flags checkFlags) error {
	subject, err := observe.ParseSubject(flags.subject)
	if err != nil {
		return fail(exitUsage, s.said(err))
	}
	observed, err := s.read(observe.Options{Paths: paths, Subject: subject})
	if err != nil {
		return err
	}
	s.tellSources(observed, subject)
	var text bytes.Buffer
	if err := observe.WriteTOML(&text, observed.Report); err != nil {
		return fail(exitBug, err)
	}
	if text.Len() > source.DefaultLimits().Bytes {
		return s.tooLarge(text.Len())
	}
	report, problems := audit.Read(source.File{Name: "report.toml", Text: text.Bytes()})
	if len(problems) > 0 {
		return fail(exitBug, problems)
	}
	result, err := book.Check(report, nil)
	if err != nil {
		return fail(exitInput, err)
	}
	if err := s.printResult(result, nil, flags); err != nil {
		return err
	}
	if reaches(result, nil, flags.failOn) {
		s.code = max(s.code, exitFound)
	}
	return nil
}

// watch shows on one line of a terminal how much has been read, from half a second on;
// elsewhere one line in half a minute. What it gives ends it.
func (s *session) watch(m *observe.Meter) (stop func()) {
	if os.Getenv("CI") != "" {
		return func() {}
	}
	every, first := 30*time.Second, 30*time.Second
	begin, end := "", "\n"
	if s.onTerminal() {
		every, first, begin, end = 100*time.Millisecond, 500*time.Millisecond, "\r\x1b[K", ""
	}
	started, quit, done := time.Now(), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		next := time.NewTimer(first)
		defer next.Stop()
		for {
			select {
			case <-quit:
				return
			case <-next.C:
				const mib = 1 << 20
				passed := time.Since(started).Round(time.Second)
				fmt.Fprintf(s.err, "%s読込 %.1f/%.1f MiB  %d 記録  %02d:%02d%s", begin, float64(m.Bytes.Load())/mib, float64(m.Total.Load())/mib,
					m.Records.Load(), int(passed.Minutes()), int(passed.Seconds())%60, end)
				next.Reset(every)
			}
		}
	}()
	return func() {
		close(quit)
		<-done
		s.clearLine()
	}
}

// tellSources says what was read of each file, and what was not.
func (s *session) tellSources(result *observe.Result, subject observe.Subject) {
	for _, f := range result.Sources {
		fmt.Fprintln(s.err, cells.Sanitise(s.sourceLine(f)))
		for _, note := range f.Notes {
			fmt.Fprintln(s.err, "  "+cells.Sanitise(note))
		}
	}
	attributed := 0
	for _, o := range result.Report.Observed {
		if o.Attribution != nil && o.Attribution.To == "subject" {
			attributed++
		}
	}
	all := len(result.Report.Observed)
	fmt.Fprintln(s.err, s.words(fmt.Sprintf("観察 %d件、うち対象ソフトウェアの行為とみるもの %d件", all, attributed),
		fmt.Sprintf("%d observations, %d of them attributed to the software", all, attributed)))
	if machines := result.Machines; len(machines) > 1 {
		fmt.Fprintln(s.err, s.words(fmt.Sprintf("%d台のコンピューターの記録があります（%s）。対象の名の後に @ を付けて分けています", len(machines), inert(strings.Join(machines, "、"))),
			fmt.Sprintf("there are records of %d computers (%s): things are told apart by @ behind their names", len(machines), inert(strings.Join(machines, ", ")))))
	}
	if subject.Known() && attributed == 0 && all > 0 {
		fmt.Fprintln(s.err, s.words("対象ソフトウェアが行ったと示す記録は見つかりません。--subject の名が記録のとおりか確かめてください（フォルダーは \\ で終える）",
			"no record shows an act of the software: see that --subject names it as the records do (a folder ends in \\)"))
	}
	if !subject.Known() {
		forms := strings.Join(observe.SubjectForms(), ", ")
		fmt.Fprintln(s.err, s.words(fmt.Sprintf("--subject がないので、何も対象ソフトウェアの行為とはみません（%s）", forms),
			fmt.Sprintf("no --subject: nothing can be attributed to the software (%s)", forms)))
	}
	if result.Partial {
		fmt.Fprintln(s.err, s.words("一部は読み取れなかったか、報告に収まりませんでした。ほかは報告にあります", "not everything was read or had room: the rest is in the report"))
		s.code = max(s.code, exitInput)
	}
}

// sourceLine says how much was read of a file.
func (s *session) sourceLine(f observe.Source) string {
	what := s.words("読み取っていない", "not read")
	if f.Format != "" {
		what = observe.Say(s.lang, f.Format)
	}
	line := s.words(fmt.Sprintf("%s: %s: 読取り %d件、採録 %d件", f.File, what, f.Read, f.Kept),
		fmt.Sprintf("%s: %s: read %d, kept %d", f.File, what, f.Read, f.Kept))
	if f.Bad > 0 {
		line += s.words(fmt.Sprintf("、解釈不能 %d件", f.Bad), fmt.Sprintf(", not understood %d", f.Bad))
	}
	if f.Bytes > 0 {
		line += s.words(fmt.Sprintf("、欠落 %dバイト", f.Bytes), fmt.Sprintf(", lost %d bytes", f.Bytes))
	}
	if f.Left > 0 {
		line += s.words(fmt.Sprintf("、報告に収まらない観察 %d件", f.Left), fmt.Sprintf(", %d more observations than a report holds", f.Left))
	}
	return line
}
