package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/store"
	"jobun/internal/source"
)

func (s *session) lawRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "remove LAW REVISION",
		Short: "take a text out of the store",
		Long: "Remove takes one text of a law out of the store: its file, unless another text is the same,\n" +
			"and what is known of it. The law goes by any name, the text by its id: see jobun law versions.",
		Example: "  jobun law remove 刑法 140AC0000000045_20110714_user",
		Args:    cobra.ExactArgs(2),
		RunE:    func(_ *cobra.Command, args []string) error { return s.lawRemove(args[0], args[1]) },
	}
}

func (s *session) lawRemove(name, revision string) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	id, err := l.id(name)
	if err != nil {
		return fail(exitUsage, s.citationError([]string{name}, err))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	removed, err := l.store.Remove(ctx, id, revision)
	switch {
	case errors.Is(err, store.ErrNoText):
		return fail(exitUsage, s.noSuchText(l, id, name, revision))
	case err != nil:
		return interrupted(err, storeFailure(err))
	}
	style := export.Style{Lang: s.lang}
	title := id
	if of, ok := l.reader.Law(id); ok {
		title = of.Name(style.Cites(law.Short))
	}
	is := style
	is.ISO = true
	s.wrapped(0, style.Say("法令ストアから除いた: ", "Removed from the law store: ")+title)
	s.wrapped(2, is.SourceWords(textSource(store.Text{Answer: store.Answer{Revision: removed}, SHA256: removed.SHA256})))
	return nil
}

// noSuchText says that the store does not hold a text, which one may be meant, and which
// command lists those that it holds.
func (s *session) noSuchText(l *laws, id, name, revision string) error {
	held, err := l.store.Revisions(id)
	if err != nil && !errors.Is(err, store.ErrNoLaw) {
		return err
	}
	var ids []string
	for _, r := range held {
		ids = append(ids, r.ID)
	}
	ja, en := "", ""
	if near, ok := source.Nearest(revision, ids); ok {
		ja, en = "「"+near+"」のことですか。", fmt.Sprintf("; did you mean %q?", near)
	}
	return errors.New(s.words("法令ストアの「"+name+"」に、版「"+revision+"」はありません。"+ja+"jobun law versions "+name+" で一覧を出せます",
		fmt.Sprintf("the law store holds no text %q of %s%s; jobun law versions %s lists what it holds", revision, name, en, name)))
}
