package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"jobun/checker/law/cite"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// asked are the columns that make a case, wanted those that it is compared in.
func asked() []string { return []string{"id", "law_ref", "citation", "date"} }
func wanted() []string {
	return []string{"result", "law_id", "revision_id", "path", "sha256", "first20", "defect"}
}

// citations looks every case of a file up, and prints a line for each miss.
func citations(file string, s *store.Store, out io.Writer) (right, total int, err error) {
	cases, err := readCases(file)
	if err != nil {
		return 0, 0, err
	}
	r, err := reader(s)
	if err != nil {
		return 0, 0, err
	}
	for _, c := range cases {
		total++
		have, err := answer(r, s, c)
		if err != nil {
			fmt.Fprintf(out, "%s %s%s on %s: %v\n", c["id"], c["law_ref"], c["citation"], c["date"], err)
			continue
		}
		var misses []string
		for _, column := range wanted() {
			if want, has := c[column]; has && want != have[column] {
				misses = append(misses, fmt.Sprintf("%s: want %q, have %q", column, want, have[column]))
			}
		}
		if len(misses) == 0 {
			right++
			continue
		}
		fmt.Fprintf(out, "%s %s%s on %s: %s\n", c["id"], c["law_ref"], c["citation"], c["date"], strings.Join(misses, "; "))
	}
	return right, total, nil
}

// answer is what the program says of a case, by column.
func answer(r *cite.Reader, s *store.Store, c map[string]string) (map[string]string, error) {
	on, err := day.ParseDate(c["date"])
	if err != nil {
		return nil, err
	}
	cited, err := r.Parse(strings.TrimSpace(c["law_ref"]+" "+c["citation"]), cite.Context{})
	if err != nil {
		return nil, err
	}
	found, err := r.Find(s, cited, on)
	if err != nil {
		return nil, err
	}
	t := found.Text
	have := map[string]string{"result": string(found.Result), "law_id": cited.LawID, "path": t.Path}
	if found.Result == cite.OK || found.Result == cite.NoSuchProvision {
		have["revision_id"] = t.Revision.ID
	}
	if found.Result == cite.OK {
		have["sha256"] = t.SHA256
		have["first20"] = string([]rune(t.Text)[:min(20, len([]rune(t.Text)))])
	}
	for _, d := range found.Defects {
		if slices.Contains([]string{cite.RedundantParagraph, cite.Deleted, cite.DeletedRange}, d.Code) {
			have["defect"] = d.Code
		}
	}
	return have, nil
}

// readCases reads a table whose first line names its columns.
func readCases(file string) ([]map[string]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	for _, column := range append(asked(), "result") {
		if !slices.Contains(rows[0], column) {
			return nil, fmt.Errorf("read %s: it has no column %s", file, column)
		}
	}
	var cases []map[string]string
	for _, row := range rows[1:] {
		c := map[string]string{}
		for i, name := range rows[0] {
			c[name] = ""
			if i < len(row) {
				c[name] = row[i]
			}
		}
		cases = append(cases, c)
	}
	return cases, nil
}
