package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"jobun/checker"
	"jobun/checker/coverage"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/day"
)

// The codes of what can be wrong with a journal.
const (
	codeJournalBroken = "JB4001"
	codeJournalHead   = "JB4002"
)

// review reads the journal of a report and gives what it comes to: with people's
// answers in the result. A report without a journal has a review without entries; a
// journal that the user named and that is not there is an error.
func (s *session) review(result *checker.Result, report string) (*review.Review, error) {
	if s.journalFile != "" {
		if _, err := os.Stat(s.journalFile); errors.Is(err, fs.ErrNotExist) {
			return nil, fail(exitInput, errors.New(s.words("検討の記録「"+s.journalFile+"」がありません", "there is no journal "+s.journalFile)))
		}
	}
	return s.openReview(result, report)
}

// openReview is review for a command that records: a journal that is not there is
// made by the first entry.
func (s *session) openReview(result *checker.Result, report string) (*review.Review, error) {
	journal, err := s.openJournal(s.journalName(report))
	if err != nil {
		return nil, err
	}
	r, err := review.Read(journal, review.Inputs{Result: result, Text: s.textDigest(result.Rulebook), Today: day.Of(s.now())})
	if err != nil {
		return nil, fail(exitInput, err)
	}
	return r, nil
}

func (s *session) journalName(report string) string {
	if s.journalFile != "" {
		return s.journalFile
	}
	return review.Beside(report)
}

func (s *session) openJournal(name string) (*review.Journal, error) {
	journal, err := review.Open(name)
	if err != nil {
		return nil, s.journalFailure(err)
	}
	if n := journal.Torn(); n > 0 {
		fmt.Fprintln(s.err, s.words(
			fmt.Sprintf("jobun: %s の末尾に書きかけの %dバイトがあります。記録されたものには数えません。次に記録するときに %s.torn へ移します", inert(name), n, inert(filepath.Base(name))),
			fmt.Sprintf("jobun: %s ends in %d bytes of an entry that was cut off. It does not count; the next entry moves it to %s.torn", inert(name), n, inert(filepath.Base(name)))))
	}
	return journal, nil
}

// journalFailure puts what went wrong with a journal into words, with its exit code.
// Nothing was recorded.
func (s *session) journalFailure(err error) error {
	var broken *review.BrokenError
	if errors.As(err, &broken) {
		return fail(exitIntegrity, errors.New(s.words(
			fmt.Sprintf("%s %s の%d行目で、検討の記録が書かれたときのままではありません（書換え・抜取り・差込み・末尾の切取りのいずれか）。写しと比べてください。内容: %s", codeJournalBroken, broken.Name, broken.Line, s.says(broken.Why)),
			fmt.Sprintf("%s %v; compare it with a copy", codeJournalBroken, broken))))
	}
	return fail(exitInput, errors.New(s.words("検討の記録を読み書きできません。何も記録していません: ", "")+s.says(err.Error())))
}

// textDigest gives the digests of provisions' texts to which opinions are pinned: of
// all that the law store holds of a finding's places on its day, or nothing where it
// does not hold them all. The store is opened when the first is asked for; one that
// cannot be read is warned of once.
func (s *session) textDigest(book *checker.Rulebook) func(*checker.Finding) string {
	var t *texts
	isShut := false
	return func(f *checker.Finding) string {
		if t == nil && !isShut {
			kept, err := s.lawStore()
			if err != nil {
				isShut = true // whoever shows the texts says so
				return ""
			}
			t = &texts{laws: &laws{book: book, store: kept}, cover: coverage.New(kept), known: map[textKey][]export.Provision{}}
		}
		if isShut {
			return ""
		}
		digest, err := t.digest(f)
		if err != nil {
			isShut = true
			s.warnOfStore(err)
		}
		return digest
	}
}

// digest is of the texts of all places of a finding; empty if one is not there.
func (t *texts) digest(f *checker.Finding) (string, error) {
	var sums []string
	for _, at := range f.Anchor.Places {
		list, err := t.of(f, at)
		if err != nil {
			return "", err
		}
		for _, p := range list {
			if p.Is.SHA256 == "" {
				return "", nil
			}
			sums = append(sums, p.Is.SHA256)
		}
	}
	if len(sums) == 0 {
		return "", nil
	}
	sum := sha256.Sum256([]byte(strings.Join(sums, "\n")))
	return hex.EncodeToString(sum[:]), nil
}

// ifRecorded is a review that something is recorded in, else nil.
func ifRecorded(r *review.Review) *review.Review {
	if r == nil || len(r.Journal().Entries()) == 0 {
		return nil
	}
	return r
}

// author is who decides: named by the flag, else by JOBUN_BY, else the user of the
// system.
func (s *session) author(flag string) (string, error) {
	for _, name := range []string{flag, os.Getenv("JOBUN_BY")} {
		if strings.TrimSpace(name) != "" {
			return strings.TrimSpace(name), nil
		}
	}
	if u, err := user.Current(); err == nil {
		for _, name := range []string{u.Name, u.Username} {
			if strings.TrimSpace(name) != "" {
				return strings.TrimSpace(name), nil
			}
		}
	}
	return "", fail(exitUsage, errors.New(s.words("誰の検討か分かりません。--by 名前 又は JOBUN_BY で示してください", "it is not known who decides: say --by NAME, or set JOBUN_BY")))
}
