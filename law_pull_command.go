package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"jobun/checker/law/egov"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// pullFlags are the flags of law pull.
type pullFlags struct {
	on, server string
	refresh    bool
	pause      time.Duration
}

func (s *session) lawPullCommand() *cobra.Command {
	var flags pullFlags
	cmd := &cobra.Command{
		Use:   "pull [LAW...]",
		Short: "get texts from e-Gov's 法令API into the law store",
		Long: "Pull asks e-Gov for the texts of laws, by default those of the rulebook, and keeps what the\n" +
			"store does not hold. Stopped, it goes on where it stopped. A proxy is taken from HTTPS_PROXY.\n" +
			"e-Gov is said to have few texts from before 2016 or 2017: see jobun law import.",
		Example: "  jobun law pull\n  jobun law pull 刑法 --on 2025-06-01",
		RunE:    func(_ *cobra.Command, args []string) error { return s.lawPull(args, flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.on, "on", "", "only the text of this day; left out: every text that has been in force")
	f.BoolVar(&flags.refresh, "refresh", false, "ask again for texts that are held, in case e-Gov corrected them")
	f.DurationVar(&flags.pause, "pause", time.Second, "how long to wait between two requests")
	f.StringVar(&flags.server, "server", egov.Official, "the API's address; texts of another are not held as official")
	return cmd
}

func (s *session) lawPull(names []string, flags pullFlags) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	on, err := s.dayFlag("--on", flags.on, day.Date{})
	if err != nil {
		return err
	}
	ids, err := l.toPull(names)
	if err != nil {
		return fail(exitUsage, s.citationError(names, err))
	}
	client := egov.New(flags.server, "jobun/"+version)
	client.Pause = flags.pause
	p := &egov.Puller{Client: client, Store: l.store, Today: day.Of(time.Now()), Refresh: flags.refresh, Progress: s.progress()}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	for _, id := range ids {
		pulled, err := p.Law(ctx, id, on)
		s.clearLine()
		switch {
		case err == nil:
			s.printPulled(l, pulled, on)
		case errors.Is(err, egov.ErrNoNetwork):
			return fail(exitInput, fmt.Errorf("%w\nwithout a network, texts that were got elsewhere can be imported: jobun law import FILE; behind a proxy, set HTTPS_PROXY", err))
		case errors.Is(err, egov.ErrNotFound), errors.Is(err, egov.ErrBroken), errors.Is(err, egov.ErrRefused), errors.Is(err, egov.ErrBusy), errors.Is(err, egov.ErrTooLong):
			fmt.Fprintf(s.err, "jobun: %s\n", cells.Sanitise(s.says(err.Error())))
			s.code = max(s.code, exitInput)
		default:
			return interrupted(err, storeFailure(err))
		}
	}
	return nil
}

// idOf is the e-Gov id of a law that goes by a name that lawyers use, whether or not
// anything else is known of it here; empty for another name.
func (l *laws) idOf(name string) string {
	id, err := l.reader.LawID(name)
	if err != nil {
		return ""
	}
	return id
}

// id is the e-Gov id of the law that a user names: by a name that is known here, or, of a
// law that is not, by the id.
func (l *laws) id(name string) (string, error) {
	of, ok := l.isLaw(name)
	switch {
	case ok && of.EGov != "":
		return of.EGov, nil
	case ok:
		return "", &noLawError{of.Short}
	case regexp.MustCompile(`^[0-9]{3}[0-9A-Z]{12}$`).MatchString(name):
		return name, nil
	case l.idOf(name) != "":
		return l.idOf(name), nil
	default:
		return "", l.unknown(name, name)
	}
}

// toPull are the e-Gov ids of the laws that are named, or of the rulebook's.
func (l *laws) toPull(names []string) ([]string, error) {
	var ids []string
	for _, name := range names {
		id, err := l.id(name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(names) == 0 {
		for _, of := range l.book.Laws.Laws() {
			if of.EGov != "" {
				ids = append(ids, of.EGov)
			}
		}
	}
	return ids, nil
}

func (s *session) printPulled(l *laws, p egov.Pulled, on day.Date) {
	name := p.LawID
	if of, ok := l.reader.Law(p.LawID); ok {
		name = of.Short.Ja
		if s.lang == "en" {
			name = of.Short.En
		}
	}
	s.wrapped(0, s.words(
		fmt.Sprintf("%s: e-Govの一覧%d版、取得%d、保存済み%d、変更なし%d、取得できず%d", name, p.Listed, len(p.Added), p.Held, p.Same, len(p.Failed)),
		fmt.Sprintf("%s: e-Gov lists %d texts; %d fetched, %d held before, %d not changed, %d not to be had", name, p.Listed, len(p.Added), p.Held, p.Same, len(p.Failed))))
	for _, f := range p.Failed {
		fmt.Fprintf(s.err, "jobun: %s: %s\n", f.Revision, cells.Sanitise(f.Why.Error()))
		s.code = max(s.code, exitInput)
	}
	if p.NoneOn && !on.IsZero() {
		fmt.Fprintln(s.err, "jobun: "+s.words(fmt.Sprintf("e-Govに%sの条文はない（最も古いものは%s）。手元のファイルは jobun law import で取り込む。", on, p.Earliest),
			fmt.Sprintf("e-Gov has no text of %s (its first is of %s); import a file that you have: jobun law import", on, p.Earliest)))
		s.code = max(s.code, exitInput)
	}
}

// progress shows on one line of a terminal how far a pull has come. Elsewhere it
// shows nothing.
func (s *session) progress() func(egov.Progress) {
	if !s.onTerminal() {
		return nil
	}
	return func(p egov.Progress) {
		line := p.LawID
		if p.Text != "" {
			line = fmt.Sprintf("%s  %d/%d", p.Text, p.Done+1, p.Total)
		}
		fmt.Fprintf(s.err, "\r\x1b[K%s", line)
	}
}

func (s *session) clearLine() {
	if s.onTerminal() {
		fmt.Fprint(s.err, "\r\x1b[K")
	}
}

// onTerminal reports whether messages go to a terminal.
func (s *session) onTerminal() bool {
	f, ok := s.err.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
