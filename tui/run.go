// Package tui is the terminal program: the findings of a check, each with its
// elements, why each answer is what it is, the evidence, what the parties say,
// and the versions of the provision; and what people think of them, which it records in
// the journal. It works nothing out that checker or review has not.
package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
)

// Case is a report that was read: what came of it, what people think of it, and what can
// be asked of its files. A function that is nil is not offered.
type Case struct {
	Review     *review.Review
	Provisions export.Provisions // what the law store says of the provisions
	// HasChanged reports whether the report's file is no longer the one that was read.
	HasChanged func() bool
	// Verify hashes the files of the exhibits again. It may take long, and is called
	// beside everything else.
	Verify func() map[string]audit.ExhibitState
	// Open opens an exhibit's file, named as the report has it, in its own program.
	Open func(file string) error
	// Compare says what changed between an earlier run, a report or an export in a file
	// of that name, and the review. It is called beside everything else.
	Compare func(old string, r *review.Review) (*export.Changes, error)
	// Export writes a paper beside the report, in the format of an end such as .docx,
	// and gives the name of its file.
	Export func(end string, r *review.Review, style export.Style) (string, error)
	// Ends are what Export takes.
	Ends []string
	// Begin is where its reader left it the last time.
	Begin Bookmark
}

// Host is what the program asks of whoever runs it. It reads and writes no file itself,
// but for the journal and its drafts. A function that is nil is not offered.
type Host struct {
	// Load reads a report and its journal, also again.
	Load func(name string) (*Case, error)
	// Recent lists the reports that were opened before, the last first, and one to
	// practise on.
	Recent func() []Recent
	// Forget takes a report off that list; the report stays where it is.
	Forget func(name string) error
	// Left is told how the reader left a report.
	Left func(Left)
	// Editor gives a command that edits a text, and what reads the text after it.
	Editor func(text string) (*exec.Cmd, func() (string, error), error)
}

// Recent is a report that was opened before.
type Recent struct {
	Name                      string // of its file
	Decided, Findings, Drafts int    // when it was left
	Opened                    string // the day, as 2026-11-25
	IsPractice                bool
}

// Left is a report as its reader left it.
type Left struct {
	Name                      string // of its file, as it was given to Load
	Decided, Findings, Drafts int
	At                        Bookmark
}

// Options is how the program talks to its user.
type Options struct {
	Style    export.Style     // language, dates and signs to begin with
	Name     string           // of the report's file; "": the user chooses one on the start screen
	Author   string           // who decides; "": nothing is recorded
	Now      func() time.Time // the clock of what is recorded
	Contrast bool             // no colours: bold, underlined and reversed only
	Input    io.Reader        // nil: the terminal
	Output   io.Writer        // nil: the terminal
}

// ErrCrashed says that the program failed by a mistake of its own. The terminal is as it
// was before, and everything recorded is on the disk.
var ErrCrashed = errors.New("the terminal program crashed by a mistake of its own; everything recorded is kept")

// Run shows a report, or the start screen, until the user quits or the context ends. The
// terminal is as it was before when Run returns, also after a panic. The error of Load is
// given as it is, of a report that was named in the options.
func Run(ctx context.Context, host Host, options Options) error {
	if options.Style.Lang == "" {
		options.Style.Lang = "ja"
	}
	settings := []tea.ProgramOption{tea.WithContext(ctx)}
	if options.Input != nil {
		settings = append(settings, tea.WithInput(options.Input))
	}
	if options.Output != nil {
		settings = append(settings, tea.WithOutput(options.Output))
	}
	if options.Contrast {
		settings = append(settings, tea.WithEnvironment(append(os.Environ(), "NO_COLOR=1", "CLICOLOR_FORCE=0")))
	}
	p := newProgram(host, options)
	_, err := tea.NewProgram(p, settings...).Run()
	if p.m != nil && host.Left != nil {
		host.Left(p.m.leave(p.name))
	}
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return ErrCrashed
	case errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil:
		return context.Canceled
	case err != nil:
		return fmt.Errorf("run the terminal program: %w", err)
	}
	return p.failed
}
