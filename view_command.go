package main

import (
	"bytes"
	"context"
	_ "embed" // the report to practise on
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
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

// practiceReport is the report of the fixture of 2012, to practise on.
//
//go:embed fixtures/certificate-tool-2012/report.toml
var practiceReport []byte

// viewFlags are the flags of view.
type viewFlags struct {
	iso, ascii, contrast bool
	by                   string // who decides
}

func (s *session) viewCommand() *cobra.Command {
	flags := viewFlags{}
	cmd := &cobra.Command{
		Use:   "view [REPORT]",
		Short: "walk through the findings in the terminal, and record decisions",
		Long: "Without a report the start screen lists those that were opened before, and one to practise on.\n" +
			"The list keeps places of files, counts and days in the user's data folder; x takes one off it.",
		Example: "  jobun view fixtures/certificate-tool-2012/report.toml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return s.view(strings.Join(args, ""), flags)
		},
	}
	cmd.Flags().BoolVar(&flags.iso, "iso", false, "dates as 2012-02-05")
	cmd.Flags().StringVar(&flags.by, "by", "", "who decides; else JOBUN_BY, else the user of the system")
	cmd.Flags().BoolVar(&flags.ascii, "ascii", false, "signs in ASCII only")
	cmd.Flags().BoolVar(&flags.contrast, "contrast", false, "no colours: bold, underlined and reversed only, as with NO_COLOR")
	return cmd
}

// isOnTerminal reports whether the screen of the terminal program can be shown.
func (s *session) isOnTerminal() bool {
	return s.screen != nil && term.IsTerminal(int(s.screen.Fd())) && os.Getenv("TERM") != "dumb"
}

// view shows a report, or without a name the start screen.
func (s *session) view(name string, flags viewFlags) error {
	if !s.isOnTerminal() {
		if name == "" {
			name = "REPORT"
		}
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
	warnings := &heldWarnings{}
	stderr := s.err
	s.err = warnings
	defer func() {
		s.err = stderr
		fmt.Fprint(stderr, warnings.text.String())
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err = tui.Run(ctx, s.host(), tui.Options{Style: style, Name: name, Author: author, Now: s.now, Contrast: flags.contrast, Output: s.screen})
	switch {
	case errors.Is(err, context.Canceled):
		s.code = exitInterrupted
		return nil
	case errors.Is(err, tui.ErrCrashed):
		return fail(exitBug, err)
	}
	return err
}

// heldWarnings keeps what is written until the screen is gone. A report may be read again
// while another thing is being warned of.
type heldWarnings struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (h *heldWarnings) Write(b []byte) (int, error) {
	h.lock.Lock()
	defer h.lock.Unlock()
	return h.text.Write(b)
}

// host does for the terminal program what touches files. Where the user has no data
// folder nothing is remembered.
func (s *session) host() tui.Host {
	host := tui.Host{Load: func(name string) (*tui.Case, error) { return s.loadCase(name, nil) }, Editor: editor(os.Getenv)}
	kept, err := s.recents()
	if err != nil {
		fmt.Fprintln(s.err, "jobun:", s.says(err.Error()))
		return host
	}
	host.Load = func(name string) (*tui.Case, error) { return s.loadCase(name, &kept) }
	host.Recent, host.Forget = kept.shown, kept.forget
	host.Left = func(l tui.Left) {
		path, err := filepath.Abs(l.Name)
		if err == nil {
			err = kept.remember(recentReport{Path: path, Decided: l.Decided, Findings: l.Findings, Drafts: l.Drafts, Opened: s.today()}, l.At)
		}
		if err != nil {
			fmt.Fprintln(s.err, "jobun:", s.says(err.Error()))
		}
	}
	return host
}

// loadCase reads a report and its journal for the terminal program, and remembers that it
// was opened. What the case can be asked later rests on what was read now, and on nothing
// that reading it again would change.
func (s *session) loadCase(name string, kept *recents) (*tui.Case, error) {
	if kept != nil && name == kept.practiceName() {
		if err := kept.practise(practiceReport); err != nil {
			return nil, fail(exitInput, err)
		}
	}
	book, err := s.rulebook()
	if err != nil {
		return nil, err
	}
	seen, err := os.Stat(name)
	if err != nil {
		return nil, fail(exitInput, fmt.Errorf("read the report: %w", err))
	}
	result, err := s.load(book, name)
	if err != nil {
		return nil, err
	}
	reviewed, err := s.openReview(result, name)
	if err != nil {
		return nil, err
	}
	c := &tui.Case{
		Review:     reviewed,
		Provisions: s.provisions(reviewed.Result),
		HasChanged: func() bool { return hasChanged(name, seen) },
		Verify:     func() map[string]audit.ExhibitState { return exhibitStates(result.Report, name) },
		Open:       func(file string) error { return openBeside(name, file) },
		Compare:    func(old string, r *review.Review) (*export.Changes, error) { return s.compareWith(old, r) },
		Export: func(end string, r *review.Review, style export.Style) (string, error) {
			return s.exportBeside(name, end, r, style)
		},
		Ends: []string{".docx", ".html", ".md", ".txt"},
	}
	if kept != nil {
		c.Begin = s.begin(*kept, name)
	}
	return c, nil
}

// compareWith says what changed between a run in a file and a review that is open. It
// may be called beside everything else.
func (s *session) compareWith(old string, r *review.Review) (*export.Changes, error) {
	if info, err := os.Stat(old); err == nil && !info.Mode().IsRegular() {
		return nil, errors.New(old + " is not a file") // a pipe or a terminal would take the reader's keys
	}
	own := *s // whose exit code is nobody's
	before, err := own.readRun(diffSide{name: "old", file: old})
	if err != nil {
		return nil, err
	}
	after, err := export.RunOf(r.Result, s.provisions(r.Result), r)
	if err != nil {
		return nil, err
	}
	return export.Compare(before, after)
}

// begin remembers that a report was opened, and gives where its reader was.
func (s *session) begin(kept recents, name string) tui.Bookmark {
	path, err := filepath.Abs(name)
	if err == nil {
		err = kept.remember(recentReport{Path: path, Opened: s.today()}, nil)
	}
	if err != nil {
		fmt.Fprintln(s.err, "jobun:", s.says(err.Error()))
		return nil
	}
	places, err := kept.places()
	if err != nil {
		fmt.Fprintln(s.err, "jobun:", s.says(err.Error()))
	}
	return places[path]
}

// hasChanged compares size and time of a report's file with what was read: whether the
// words differ, R tells.
func hasChanged(name string, seen os.FileInfo) bool {
	now, err := os.Stat(name)
	return err != nil || now.Size() != seen.Size() || !now.ModTime().Equal(seen.ModTime())
}

func exhibitStates(report *audit.Report, name string) map[string]audit.ExhibitState {
	states := map[string]audit.ExhibitState{}
	for _, x := range exhibitsBeside(report, name) {
		states[x.Exhibit] = x.State
	}
	return states
}

// editor gives a text to the user's editor in a file that only he can read, and takes it
// back and the file away after. Without VISUAL and EDITOR there is none.
func editor(env func(string) string) func(string) (*exec.Cmd, func() (string, error), error) {
	words := strings.Fields(env("VISUAL"))
	if len(words) == 0 {
		words = strings.Fields(env("EDITOR"))
	}
	if len(words) == 0 {
		return nil
	}
	return func(text string) (*exec.Cmd, func() (string, error), error) {
		f, err := os.CreateTemp("", "jobun-*.txt")
		if err != nil {
			return nil, nil, err
		}
		_, err = f.WriteString(text)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, nil, errors.Join(err, os.Remove(f.Name()))
		}
		read := func() (string, error) {
			after, err := os.ReadFile(f.Name())
			return string(after), errors.Join(err, os.Remove(f.Name()))
		}
		return exec.Command(words[0], append(words[1:], f.Name())...), read, nil
	}
}

// exportBeside writes a paper beside the report, under a name that nothing has.
func (s *session) exportBeside(name, end string, r *review.Review, style export.Style) (string, error) {
	options := export.PaperOptions{Style: style, Geometry: "report", Dated: day.Of(s.now()), Author: "", Tool: "jobun " + version, Provisions: s.provisions(r.Result), Review: ifRecorded(r)}
	var b bytes.Buffer
	if err := writeFormat(&b, end, r.Result, options); err != nil {
		return "", err
	}
	base := strings.TrimSuffix(name, filepath.Ext(name)) + ".summary"
	output := base + end
	for n := 2; ; n++ {
		if _, err := os.Stat(output); errors.Is(err, os.ErrNotExist) {
			break
		}
		output = fmt.Sprintf("%s-%d%s", base, n, end)
	}
	return output, disk.Replace(output, b.Bytes())
}
