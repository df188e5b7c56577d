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
	"jobun/tui/linear"
)

// reviewFlags are the flags of review.
type reviewFlags struct {
	plain, iso bool
	by         string
}

func (s *session) reviewCommand() *cobra.Command {
	flags := reviewFlags{}
	cmd := &cobra.Command{
		Use:   "review REPORT",
		Short: "decide on the findings: in the terminal program, or with --plain line by line",
		Long: "With --plain the review is a dialogue of lines, for screen readers and pipes: nothing moves the\n" +
			"cursor, and commands may come from a file. It is chosen by itself where there is no terminal, with\n" +
			"TERM=dumb, JOBUN_ACCESSIBLE=1 or ACCESSIBLE=1. Both write the same journal.",
		Example: "  jobun review report.toml\n  jobun review --plain report.toml --by A",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if flags.plain || s.isPlain() {
				return s.reviewPlain(args[0], flags)
			}
			return s.view(args[0], viewFlags{iso: flags.iso, by: flags.by})
		},
	}
	cmd.Flags().BoolVar(&flags.plain, "plain", false, "line by line, without a screen")
	cmd.Flags().StringVar(&flags.by, "by", "", "who decides; else JOBUN_BY, else the user of the system")
	cmd.Flags().BoolVar(&flags.iso, "iso", false, "dates as 2012-02-05")
	return cmd
}

// isPlain reports whether a dialogue of lines serves better than a screen: there is no
// terminal at either end, it can do nothing, or the user has said so.
func (s *session) isPlain() bool {
	if os.Getenv("TERM") == "dumb" || os.Getenv("JOBUN_ACCESSIBLE") == "1" || os.Getenv("ACCESSIBLE") == "1" {
		return true
	}
	keys, ok := s.in.(*os.File)
	return !ok || !term.IsTerminal(int(keys.Fd())) || s.screen == nil || !term.IsTerminal(int(s.screen.Fd()))
}

func (s *session) reviewPlain(report string, flags reviewFlags) error {
	r, by, err := s.openReviewOf(report, flags.by)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err = linear.Run(ctx, s.in, s.out, r, linear.Options{
		Style: export.Style{Lang: s.lang, ISO: flags.iso}, By: by, Now: s.now, Provisions: s.provisions(r.Result),
	})
	switch {
	case errors.Is(err, context.Canceled):
		s.code = max(s.code, exitInterrupted)
		return nil
	case err != nil:
		return s.journalFailure(err)
	}
	return nil
}
