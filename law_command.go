package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/law"
	"jobun/checker/law/cite"
	"jobun/checker/law/store"
	"jobun/internal/day"
	"jobun/internal/source"
)

func (s *session) lawCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "law",
		Short: "show laws and keep their texts: citation, versions, what moved, what it says",
		Args:  cobra.ArbitraryArgs,
		RunE:  oneOf,
	}
	cmd.AddCommand(s.lawShowCommand(), s.lawVersionsCommand(), s.lawDiffCommand(), s.lawPullCommand(), s.lawImportCommand(), s.lawRemoveCommand(), s.lawVerifyCommand())
	return cmd
}

// lawFolder is where the law store is: --law-dir, JOBUN_LAW, or a folder of the
// user's data, made when something is first put into it.
func (s *session) lawFolder() (string, error) {
	if s.lawDir != "" {
		return s.lawDir, nil
	}
	if dir := os.Getenv("JOBUN_LAW"); dir != "" {
		return dir, nil
	}
	dir, err := dataFolder(runtime.GOOS, os.Getenv)
	if err != nil {
		return "", fail(exitUsage, fmt.Errorf("%w; name the folder of the law store with --law-dir or JOBUN_LAW", err))
	}
	return filepath.Join(dir, "jobun", "law"), nil
}

// dataFolder is where a system keeps what programs store for a user. The texts of
// laws are no settings and no cache: a cache may be emptied, and a finding rests
// on them.
func dataFolder(system string, env func(string) string) (string, error) {
	home := env("HOME")
	switch system {
	case "windows":
		if dir := env("LocalAppData"); dir != "" {
			return dir, nil
		}
		return "", errors.New("%LocalAppData% is not set")
	case "darwin":
		if home != "" {
			return filepath.Join(home, "Library", "Application Support"), nil
		}
	default:
		if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) { // the specification wants another to be ignored
			return dir, nil
		}
		if home != "" {
			return filepath.Join(home, ".local", "share"), nil
		}
	}
	return "", errors.New("HOME is not set")
}

// laws is what the law commands work with.
type laws struct {
	book   *checker.Rulebook
	store  *store.Store
	reader *cite.Reader
	lang   string // in which advice is written
}

// openLaws reads the rulebook, and opens the law store with the names it knows.
func (s *session) openLaws() (*laws, error) {
	book, err := s.rulebook()
	if err != nil {
		return nil, err
	}
	kept, err := s.lawStore()
	if err != nil {
		return nil, err
	}
	entries, err := kept.Laws()
	if err != nil {
		return nil, storeFailure(err)
	}
	return &laws{book: book, store: kept, reader: cite.NewReader(book.Laws, entries), lang: s.lang}, nil
}

// lawStore opens the law store.
func (s *session) lawStore() (*store.Store, error) {
	dir, err := s.lawFolder()
	if err != nil {
		return nil, err
	}
	kept, err := store.Open(dir)
	if err != nil {
		return nil, fail(exitInput, err)
	}
	return kept, nil
}

// storeFailure gives an error of the store its exit code.
func storeFailure(err error) error {
	if errors.Is(err, store.ErrCorrupt) {
		return fail(exitIntegrity, fmt.Errorf("%w; see jobun law verify", err))
	}
	return fail(exitInput, err)
}

// dayFlag reads the value of a flag that is a day, however it is written; empty is
// another day.
func (s *session) dayFlag(flag, value string, otherwise day.Date) (day.Date, error) {
	if value == "" {
		return otherwise, nil
	}
	d, err := day.Parse(value)
	if err != nil {
		return d, fail(exitUsage, errors.New(s.words(
			fmt.Sprintf("%s: 「%s」は日として読めません。2012-02-05 又は 平成24年2月5日 のように書いてください", flag, inert(value)),
			fmt.Sprintf("%s: %q is no day: write one as 2012-02-05 or 平成24年2月5日", flag, value))))
	}
	return d, nil
}

// isLaw finds a law by any name it has: the rulebook's, or one of the store.
func (l *laws) isLaw(name string) (*law.Law, bool) {
	if found, ok := l.book.Laws.Find(name); ok {
		return found, true
	}
	id, err := l.reader.LawID(name)
	if err != nil {
		return nil, false
	}
	return l.reader.Law(id)
}

// unknownLawError is that nobody here knows a law.
type unknownLawError struct {
	text string
	near string // a name that may be meant
}

// noLawError is that what is named is an instrument, of which there is no text.
type noLawError struct{ name law.Text }

func (e *noLawError) Error() string { return e.name.En + " is no law: e-Gov does not have it" }

func (e *noLawError) ja() string {
	return e.name.Ja + "は法令ではなく、e-Govに条文はありません"
}

// unknown is the error of a text that names no law, of which one word may be a slip.
func (l *laws) unknown(text, word string) error {
	near, _ := source.Nearest(word, l.names())
	return &unknownLawError{text: text, near: near}
}

func (e *unknownLawError) Error() string {
	said := fmt.Sprintf("there is no law %q here", e.text)
	if e.near != "" {
		said += fmt.Sprintf("; did you mean %q?", e.near)
	}
	return said + "; jobun law show lists them; any other goes by its id at e-Gov, as 405AC0000000088"
}

// names lists what laws are called, to offer the nearest.
func (l *laws) names() []string {
	var names []string
	for _, known := range l.book.Laws.Laws() {
		names = append(names, known.ID, known.Short.Ja, known.Title.Ja)
	}
	return names
}
