package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"jobun/checker/export"
	"jobun/tui"
)

// viewFlags are the flags of view.
type viewFlags struct {
	iso, ascii bool
	by         string // who decides
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
	book, err := s.rulebook()
	if err != nil {
		return err
	}
	result, err := s.load(book, name)
	if err != nil {
		return err
	}
	reviewed, err := s.openReview(result, name)
	if err != nil {
		return err
	}
	author, err := s.author(flags.by)
	if err != nil {
		return err
	}
	result = reviewed.Result
	style := export.Style{Lang: s.lang, ISO: flags.iso}
	if flags.ascii {
		style.Glyphs = export.ASCII
	}
	provisions := s.provisions(result)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err = tui.Run(ctx, result, tui.Options{Style: style, Provisions: provisions, Review: reviewed, Author: author, Now: s.now, Output: s.screen})
	if errors.Is(err, context.Canceled) {
		s.code = exitInterrupted
		return nil
	}
	return err
}
