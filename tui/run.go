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

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
)

// Options is how the program talks to its user.
type Options struct {
	Style      export.Style      // language, dates and signs to begin with
	Provisions export.Provisions // what the law store says of the provisions
	Review     *review.Review    // where decisions go; nil: nothing is recorded
	Author     string            // who decides
	Now        func() time.Time  // the clock of what is recorded
	Input      io.Reader         // nil: the terminal
	Output     io.Writer         // nil: the terminal
}

// Run shows a result until the user quits or the context ends. The terminal is
// as it was before when Run returns, also after a panic.
func Run(ctx context.Context, result *checker.Result, options Options) error {
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
	m := newModel(result, options.Style)
	m.provisions = options.Provisions
	if options.Review != nil {
		m.recordIn(options.Review, options.Author, options.Now)
	}
	_, err := tea.NewProgram(m, settings...).Run()
	if errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil {
		return context.Canceled
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("run the terminal program: %w", err)
}
