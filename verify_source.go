package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/export/paper"
	"jobun/checker/pack"
	"jobun/checker/review"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// remake makes a paper again from the report, the rulebook, the journal and the law
// store, with the settings that it was made with; nil where there is no report, or
// another one, or other rules: that is a difference itself, and all else would follow.
func (v *verification) remake(name string, carried *paper.Paper, options export.CompanionOptions) (*paper.Paper, error) {
	if v.source == nil {
		v.lacks(name+": 報告から作り直していない（--report 報告）", name+": it was not made again from its report (--report REPORT)")
		return nil, nil
	}
	if carried.Made.Tool != "jobun "+version {
		v.lacks(fmt.Sprintf("%s: 作ったプログラムは %s、照合したのは jobun %s", name, cells.Sanitise(carried.Made.Tool), version), fmt.Sprintf("%s: it was made by %s, and compared by jobun %s", name, cells.Sanitise(carried.Made.Tool), version))
	}
	if options.Redact && len(v.flags.redactWords) == 0 && hasWordMasks(carried) {
		v.lacks(name+": 伏せた語が分からないため、作り直していない（--redact-word）", name+": it was not made again, for the words that are masked are not known (--redact-word)")
		return nil, nil
	}
	options.RedactWords = v.flags.redactWords
	if made, ok := v.again[identity(carried)]; ok {
		return made, nil
	}
	made, list, err := v.fromSource(carried, options)
	v.add(name, list...)
	if err == nil {
		v.again[identity(carried)] = made
	}
	return made, err
}

// hasWordMasks reports whether a paper has masks of words that its user named.
func hasWordMasks(p *paper.Paper) bool {
	found := false
	p.Walk(func(s *paper.Span) {
		found = found || strings.Contains(s.Text, "伏字") || strings.Contains(s.Text, "masked ")
	})
	return found
}

// fromSource makes a paper from the source; or says what of the source is another.
func (v *verification) fromSource(carried *paper.Paper, options export.CompanionOptions) (*paper.Paper, []pack.Difference, error) {
	book, err := v.rulebook()
	if err != nil {
		return nil, nil, err
	}
	result, err := v.result(book)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range [][3]string{{"report_sha256", result.Report.Digest, carried.Made.Report}, {"rulebook_sha256", book.Digest, carried.Made.Rulebook}} {
		if x[1] != x[2] {
			return nil, []pack.Difference{{Kind: pack.Setting, Where: x[0], Want: x[1], Have: x[2]}}, nil
		}
	}
	journal, list, err := v.journalUpTo(carried.Made.Journal)
	if err != nil || len(list) > 0 {
		return nil, list, err
	}
	today := options.Dated
	if today.IsZero() {
		today = day.Of(v.now())
	}
	reviewed, err := review.Read(journal, review.Inputs{Result: result, Text: v.textDigest(book), Today: today})
	if err != nil {
		return nil, nil, fail(exitInput, err)
	}
	options.Review = ifRecorded(reviewed)
	options.Provisions = v.provisions(reviewed.Result)
	made, err := export.Make(reviewed.Result, carried.Kind, options)
	if err != nil {
		return nil, []pack.Difference{{Kind: pack.Setting, Where: carried.Kind, Have: v.says(err.Error())}}, nil
	}
	return made, nil, nil
}

// result checks the report of the source, with its exhibits hashed where they lie.
func (v *verification) result(book *checker.Rulebook) (*checker.Result, error) {
	report, err := v.readSource()
	if err != nil {
		return nil, err
	}
	result, err := book.Check(report, nil)
	if err != nil {
		return nil, fail(exitInput, err)
	}
	result.Exhibits = map[string]audit.ExhibitState{}
	for _, x := range audit.VerifyExhibits(report, v.source.exhibits) {
		result.Exhibits[x.Exhibit] = x.State
	}
	return result, nil
}

func (v *verification) readSource() (*audit.Report, error) {
	file, err := readReport(v.source.report)
	if err != nil {
		return nil, fail(exitInput, fmt.Errorf("read the report: %w", err))
	}
	report, problems := audit.Read(file)
	if len(problems) > 0 {
		return nil, fail(exitInput, problems)
	}
	return report, nil
}

// journalUpTo reads the journal as it was when its last line had a hash: what was
// recorded later is no part of the paper. No hash: there was nothing recorded.
func (v *verification) journalUpTo(head string) (*review.Journal, []pack.Difference, error) {
	if head == "" {
		journal, err := v.openJournal(filepath.Join(os.TempDir(), "jobun-no-journal", "none"))
		return journal, nil, err
	}
	text, err := os.ReadFile(v.source.journal)
	if err != nil {
		return nil, []pack.Difference{{Kind: pack.Setting, Where: "journal_head", Have: head, Want: v.words("検討の記録がない", "there is no journal")}}, nil
	}
	end := 0
	for line := range bytes.Lines(text) {
		end += len(line)
		if sum := sha256.Sum256(bytes.TrimSuffix(line, []byte("\n"))); hex.EncodeToString(sum[:]) == head {
			return v.journalOf(text[:end])
		}
	}
	return nil, []pack.Difference{{Kind: pack.Setting, Where: "journal_head", Have: head, Want: codeJournalHead + " " + v.words("その行は検討の記録にない", "the journal has no such line")}}, nil
}

// journalOf opens a part of a journal.
func (v *verification) journalOf(text []byte) (*review.Journal, []pack.Difference, error) {
	dir, err := os.MkdirTemp("", "jobun-verify-")
	if err != nil {
		return nil, nil, fail(exitInput, err)
	}
	defer os.RemoveAll(dir) // it is read when it is opened
	name := filepath.Join(dir, "journal.jsonl")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		return nil, nil, fail(exitInput, err)
	}
	journal, err := v.openJournal(name)
	return journal, nil, err
}
