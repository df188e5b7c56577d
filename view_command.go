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

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/day"
	"jobun/internal/disk"
	"jobun/tui"
)

// viewFlags are the flags of view.
type viewFlags struct {
	iso, ascii bool
	by         string // who decides
	at         string // the finding to begin at
}

func (s *session) viewCommand() *cobra.Command {
	flags := viewFlags{}
	cmd := &cobra.Command{
		Use:     "view REPORT",
		Short:   "walk through the findings in the terminal, and record decisions",
		Example: "  jobun view fixtures/certificate-tool-2012/report.toml",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.view(args[0], flags) },
	}
	cmd.Flags().BoolVar(&flags.iso, "iso", false, "dates as 2012-02-05")
	cmd.Flags().StringVar(&flags.by, "by", "", "who decides; else JOBUN_BY, else the user of the system")
	cmd.Flags().BoolVar(&flags.ascii, "ascii", false, "signs in ASCII only")
	return cmd
}

func (s *session) view(name string, flags viewFlags) error {
	if s.screen == nil || !term.IsTerminal(int(s.screen.Fd())) || os.Getenv("TERM") == "dumb" {
		return fail(exitUsage, errors.New("view needs a terminal; where there is none: jobun check "+name))
	}
	author, err := s.author(flags.by)
	if err != nil {
		return err
	}
	style := export.Style{Lang: s.lang, ISO: flags.iso}
	if flags.ascii {
		style.Glyphs = export.ASCII
	}
	// What is warned of while the report is read would stand on the screen: it waits.
	var warnings bytes.Buffer
	stderr := s.err
	s.err = &warnings
	defer func() {
		s.err = stderr
		fmt.Fprint(stderr, warnings.String())
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err = tui.Run(ctx, s.host(name), tui.Options{Style: style, Name: filepath.Base(name), Author: author, Now: s.now, At: flags.at, Output: s.screen})
	if errors.Is(err, context.Canceled) {
		s.code = exitInterrupted
		return nil
	}
	return err
}

// host does for the terminal program what touches files.
func (s *session) host(name string) tui.Host {
	v := &viewed{session: s, name: name}
	return tui.Host{Load: v.load, HasChanged: v.hasChanged, Verify: v.verify, Export: v.export, Ends: []string{".docx", ".html", ".md", ".txt"}}
}

// viewed is a report in the terminal program.
type viewed struct {
	*session
	name   string
	seen   os.FileInfo // the report's file as it was read
	result *review.Review
}

func (v *viewed) load() (*tui.Case, error) {
	book, err := v.rulebook()
	if err != nil {
		return nil, err
	}
	seen, err := os.Stat(v.name)
	if err != nil {
		return nil, fail(exitInput, fmt.Errorf("read the report: %w", err))
	}
	result, err := v.session.load(book, v.name)
	if err != nil {
		return nil, err
	}
	reviewed, err := v.openReview(result, v.name)
	if err != nil {
		return nil, err
	}
	v.seen, v.result = seen, reviewed
	return &tui.Case{Review: reviewed, Provisions: v.provisions(reviewed.Result)}, nil
}

// hasChanged compares size and time of the report's file: whether the words differ, R
// tells.
func (v *viewed) hasChanged() bool {
	now, err := os.Stat(v.name)
	return err != nil || v.seen != nil && (now.Size() != v.seen.Size() || !now.ModTime().Equal(v.seen.ModTime()))
}

func (v *viewed) verify() map[string]audit.ExhibitState {
	states := map[string]audit.ExhibitState{}
	for _, x := range exhibitsBeside(v.result.Result.Report, v.name) {
		states[x.Exhibit] = x.State
	}
	return states
}

// export writes a paper beside the report, under a name that nothing has.
func (v *viewed) export(end string, r *review.Review, style export.Style) (string, error) {
	options := export.PaperOptions{Style: style, Geometry: "report", Dated: day.Of(v.now()), Author: "", Tool: "jobun " + version, Provisions: v.provisions(r.Result), Review: ifRecorded(r)}
	var b bytes.Buffer
	if err := writeFormat(&b, end, r.Result, options); err != nil {
		return "", err
	}
	base := strings.TrimSuffix(v.name, filepath.Ext(v.name)) + ".summary"
	output := base + end
	for n := 2; ; n++ {
		if _, err := os.Stat(output); errors.Is(err, os.ErrNotExist) {
			break
		}
		output = fmt.Sprintf("%s-%d%s", base, n, end)
	}
	return output, disk.Replace(output, b.Bytes())
}
