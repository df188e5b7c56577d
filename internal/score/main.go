// Command score is for developers: it tells how many lines of a file of cases
// the program gets right.
//
//	go run ./internal/score citations FILE
//	go run ./internal/score evidence DIR [docs/scores.md]
//
// DIR holds a LABELS.tsv and the corpus/ that it describes, as the shared evidence.
// FILE has the columns of the shared citations.tsv. The law store is the folder
// that JOBUN_LAW names; a folder with an INDEX.tsv is imported into a store of
// its own for the time of the run.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"jobun/checker/law"
	"jobun/checker/law/cite"
	"jobun/checker/law/store"
	"jobun/rules"
)

func main() {
	os.Exit(run(os.Args[1:], os.Getenv("JOBUN_LAW"), os.Stdout, os.Stderr))
}

func run(args []string, lawDir string, out, errs io.Writer) int {
	if len(args) >= 2 && len(args) <= 3 && args[0] == "evidence" {
		var kept bytes.Buffer
		reached, err := evidence(args[1], io.MultiWriter(out, &kept))
		if err == nil && len(args) == 3 {
			err = os.WriteFile(args[2], scorePage(kept.String()), 0o644)
		}
		switch {
		case err != nil:
			fmt.Fprintln(errs, err)
			return 3
		case !reached:
			return 1
		default:
			return 0
		}
	}
	if len(args) != 2 || args[0] != "citations" {
		fmt.Fprintln(errs, "usage: score evidence DIR, or JOBUN_LAW=DIR score citations FILE")
		return 2
	}
	if lawDir == "" {
		fmt.Fprintln(errs, "JOBUN_LAW names no law store")
		return 2
	}
	s, done, err := openStore(lawDir, errs)
	if err != nil {
		fmt.Fprintln(errs, err)
		return 3
	}
	defer done()
	right, total, err := citations(args[1], s, out)
	if err != nil {
		fmt.Fprintln(errs, err)
		return 3
	}
	if total == 0 {
		fmt.Fprintln(errs, "the file holds no case")
		return 3
	}
	percent := fmt.Sprintf("%.1f", float64(right)*100/float64(total))
	if right < total && percent == "100.0" {
		percent = "99.9"
	}
	fmt.Fprintf(out, "citations: %d of %d right (%s %%)\n", right, total, percent)
	if right < total {
		return 1
	}
	return 0
}

// openStore opens a store, or makes one of a folder with an INDEX.tsv.
func openStore(dir string, errs io.Writer) (s *store.Store, done func(), err error) {
	done = func() {}
	if _, err := os.Stat(filepath.Join(dir, "INDEX.tsv")); errors.Is(err, os.ErrNotExist) {
		s, err := store.Open(dir)
		return s, done, err
	}
	temp, err := os.MkdirTemp("", "jobun-score-")
	if err != nil {
		return nil, done, err
	}
	done = func() { os.RemoveAll(temp) }
	if s, err = store.Open(temp); err != nil {
		return nil, done, err
	}
	report, err := s.Import(context.Background(), []string{dir}, store.Options{})
	if err != nil {
		return nil, done, err
	}
	fmt.Fprintf(errs, "%s: imported %d texts for this run\n", dir, len(report.Imported))
	for _, r := range report.Refused {
		fmt.Fprintf(errs, "%s: %v\n", r.File, r.Why)
	}
	return s, done, nil
}

// reader knows the laws of the rulebook and of the store.
func reader(s *store.Store) (*cite.Reader, error) {
	book, problems := law.Load(rules.Files, "laws")
	if err := problems.Err(); err != nil {
		return nil, err
	}
	entries, err := s.Laws()
	if err != nil {
		return nil, err
	}
	return cite.NewReader(book, entries), nil
}
