package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"jobun/checker/law/lawxml"
	"jobun/internal/day"
)

// indexName is the file that tells of the texts in a folder.
const indexName = "INDEX.tsv"

// indexOf is the folder whose INDEX.tsv tells of a folder's texts: itself, or, of the
// folder of one law, the one it lies in; the id is then that law's. Empty: there is none.
func indexOf(path string) (dir, lawID string) {
	has := func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, indexName))
		return err == nil
	}
	if has(path) {
		return path, ""
	}
	whole, err := filepath.Abs(path)
	dir, lawID = filepath.Split(whole)
	if err != nil || !regexp.MustCompile(`^[0-9]{3}[0-9A-Z]{12}$`).MatchString(lawID) || !has(dir) {
		return "", ""
	}
	return filepath.Clean(dir), lawID
}

// indexed imports a folder whose INDEX.tsv tells the law, days, source, grade and
// hash of every text, or, of a law that is named, its texts. PROVISION_VALIDITY.tsv
// beside it tells of single provisions that came into force on other days.
func (in *importer) indexed(dir, lawID string) error {
	rows, err := readTSV(filepath.Join(dir, indexName), "law_id", "revision_id", "in_force_from", "in_force_until", "sha256", "grade")
	if err != nil {
		in.refuse(dir, err)
		return nil
	}
	if lawID != "" {
		rows = slices.DeleteFunc(rows, func(row map[string]string) bool { return row["law_id"] != lawID })
	}
	if len(rows) == 0 {
		in.refuse(filepath.Join(dir, indexName), reason("この表に、取り込む条文がない", "it tells of no text to import"))
		return nil
	}
	validity, err := in.validity(dir)
	if err != nil {
		in.refuse(dir, err)
		return nil
	}
	for _, row := range rows {
		if err := in.count(); err != nil {
			return err
		}
		id := row["revision_id"]
		name := filepath.Join(dir, row["law_id"], id+".xml")
		r, err := indexRevision(row)
		if err == nil && (!isLawID(r.LawID) || !isFileName(id)) {
			err = errors.New("its ids are no names of files")
		}
		if err != nil {
			in.refuse(name, err)
			continue
		}
		r.Validity = validity[id]
		r.Fetched = in.options.Fetched
		data, err := os.ReadFile(name)
		if err == nil {
			sum := sha256.Sum256(data)
			if hex.EncodeToString(sum[:]) != row["sha256"] {
				err = errors.New("its hash is not that of INDEX.tsv")
			}
		}
		var d *lawxml.Document
		if err == nil {
			d, err = lawxml.ReadAny(data, in.options.Limits.Law)
		}
		if err != nil {
			in.refuse(name, err)
			continue
		}
		if err := in.keep(name, d, r, data); err != nil {
			return err
		}
	}
	return nil
}

func isFileName(s string) bool { return regexp.MustCompile(`^[0-9A-Za-z_-]{1,100}$`).MatchString(s) }

// indexRevision reads a row of INDEX.tsv.
func indexRevision(row map[string]string) (Revision, error) {
	r := Revision{
		LawID: row["law_id"], ID: row["revision_id"], AmendedBy: row["amending_law_id"], Source: row["source"],
		Basis: row["until_basis"], Note: row["note"], Ends: Asserted, Grade: Converted,
	}
	switch row["grade"] {
	case "official":
		r.Grade = Official
	case "converted":
	case "reconstructed", "reconstruction":
		r.Grade = Reconstruction
	default:
		r.Grade = User
	}
	var err error
	if r.From, err = day.ParseDate(row["in_force_from"]); err != nil {
		return r, err
	}
	if until := row["in_force_until"]; until != "" {
		if r.Until, err = day.ParseDate(until); err != nil {
			return r, err
		}
		if r.Until.Before(r.From) { // One that ends as it begins was never the text of a day, and is listed as that.
			return r, fmt.Errorf("it ends on %s, before it begins", until)
		}
	}
	r.Unverified = unverifiedPaths(row["unverified"])
	return r, nil
}

// unverifiedPaths takes the paths out of "At_5;At_6 (reconstructed); captions".
func unverifiedPaths(s string) []string {
	return regexp.MustCompile(`\bAt_[0-9A-Za-z_:-]+`).FindAllString(s, -1)
}

// validity reads PROVISION_VALIDITY.tsv by revision, if there is one.
func (in *importer) validity(dir string) (map[string][]Validity, error) {
	name := filepath.Join(dir, "PROVISION_VALIDITY.tsv")
	rows, err := readTSV(name, "revision_id", "path", "valid_from")
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	validity := map[string][]Validity{}
	for _, row := range rows {
		from, err := day.ParseDate(row["valid_from"])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		id := row["revision_id"]
		validity[id] = append(validity[id], Validity{Path: row["path"], From: from, Basis: row["basis"]})
	}
	return validity, nil
}

// readTSV reads a table with a row of names first, and checks that it has some.
func readTSV(name string, columns ...string) ([]map[string]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	records, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var rows []map[string]string
	for i, record := range records {
		row := map[string]string{}
		for j, field := range record {
			if j < len(records[0]) {
				row[records[0][j]] = strings.TrimSpace(field)
			}
		}
		for _, column := range columns {
			if _, ok := row[column]; !ok {
				return nil, fmt.Errorf("%s: line %d has no %s", name, i+1, column)
			}
		}
		if i > 0 {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// table replaces what is known of e-Gov's revisions of a law.
func (in *importer) table(name string, t lawxml.Table) error {
	if !isLawID(t.Law.ID) {
		in.refuse(name, errors.New("it does not say which law it is"))
		return nil
	}
	l, err := in.law(t.Law.ID)
	if err != nil {
		return err
	}
	var listed []Listed
	for _, r := range t.Revisions {
		from, err := day.ParseDate(r.Enforced)
		if err != nil {
			continue // its first day is not settled yet
		}
		by := r.By
		if strings.Trim(by, "0") == "" {
			by = ""
		}
		listed = append(listed, Listed{ID: r.ID, From: from, By: by})
		if date, err := day.ParseDate(r.Repealed); err == nil && r.Repeal != "None" {
			l.Repealed = date
		}
	}
	l.Listed = listed
	if l.Number == "" {
		l.Number = t.Law.Number
	}
	if date, err := day.ParseDate(t.Law.Promulgated); err == nil && l.Promulgated.IsZero() {
		l.Promulgated = date
	}
	in.report.Tables++
	return nil
}
