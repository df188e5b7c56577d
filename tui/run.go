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
	"time"

	tea "charm.land/bubbletea/v2"

	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
)

// Case is a report that was read: what came of it, and what people think of it.
type Case struct {
	Review     *review.Review
	Provisions export.Provisions // what the law store says of the provisions
}

// Host is what the program asks of whoever runs it. It reads and writes no file itself,
// but for the journal and its drafts. A function that is nil is not offered.
type Host struct {
	// Load reads the report and its journal, also again.
	Load func() (*Case, error)
	// HasChanged reports whether the report's file is not the one that was loaded.
	HasChanged func() bool
	// Verify hashes the files of the exhibits again.
	Verify func() map[string]audit.ExhibitState
	// Export writes a paper beside the report, in the format of an end such as .docx,
	// and gives the name of its file.
	Export func(end string, r *review.Review, style export.Style) (string, error)
	// Ends are what Export takes.
	Ends []string
	// Left is told on leaving where the reader was: a finding's id, or nothing.
	Left func(r *review.Review, finding string)
}

// Options is how the program talks to its user.
type Options struct {
	Style  export.Style     // language, dates and signs to begin with
	Name   string           // of the report, for the screen shown while it is read
	Author string           // who decides; "": nothing is recorded
	Now    func() time.Time // the clock of what is recorded
	At     string           // the id of the finding to begin at
	Input  io.Reader        // nil: the terminal
	Output io.Writer        // nil: the terminal
}

// Run shows a report until the user quits or the context ends. The terminal is as it
// was before when Run returns, also after a panic. The error of Load is given as it is.
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
	p := &program{host: host, options: options}
	_, err := tea.NewProgram(p, settings...).Run()
	if p.m != nil && host.Left != nil && p.m.review != nil {
		id := ""
		if f := p.m.chosenFinding(); f != nil {
			id = f.ID
		}
		host.Left(p.m.review, id)
	}
	switch {
	case errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil:
		return context.Canceled
	case err != nil:
		return fmt.Errorf("run the terminal program: %w", err)
	}
	return p.failed
}
