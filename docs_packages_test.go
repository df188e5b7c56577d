package main

import (
	"slices"
	"strings"
	"testing"
)

// holds says what each package is for, in the order of the table in docs/flow.md.
func holds() [][2]string {
	return [][2]string{
		{".", "flags, exit codes, one file a command"},
		{"rules", "the rulebook: TOML, embedded"},
		{"checker", "rules in, findings out: `Load`, `Check`, the three-valued evaluation, cases and lint"},
		{"checker/audit", "the report, its vocabulary (kinds, facts, actions), entities and facts"},
		{"checker/audit/evtx", "Windows event logs"},
		{"checker/audit/listing", "listings of a machine, and the script that makes them"},
		{"checker/audit/observe", "raw evidence in, an audit report out, for a person to complete"},
		{"checker/law", "laws, versions, places, citations, renumbering, e-Gov addresses"},
		{"checker/law/lawxml", "the text of a law, from 法令標準XML and the API's JSON"},
		{"checker/law/store", "the texts on disk, and which was in force on a day"},
		{"checker/law/cite", "citations as people write them, and what they find in the store"},
		{"checker/law/egov", "e-Gov's API: the only package that talks to a network"},
		{"checker/coverage", "which words of a provision the clauses of a rule read"},
		{"checker/review", "the journal: what people decided of findings, and whether that still rests on what now is"},
		{"checker/messages", "what goes wrong, in Japanese: errors and problems of every package"},
		{"checker/export", "everything in words: the terminal's text, papers, tables, JSON, SARIF, OSCAL, OCSF"},
		{"checker/export/paper", "what a paper says before any format, and its writers: DOCX, HTML, Markdown, text"},
		{"checker/export/docx", "word-processing documents"},
		{"checker/export/xlsx", "spreadsheets"},
		{"checker/pack", "a folder for filing, with the hash of each file, and whether one is as it was made"},
		{"tui", "the terminal program: one model, plain panes"},
		{"tui/linear", "the review as lines, for screen readers and pipes"},
		{"internal/score", "a program of its own, for developers: how many lines of a file of cases come out right"},
		{"internal/source", "file, tree, place, problem, caret"},
		{"internal/cells", "width, wrap, truncate, sanitise, fold for search"},
		{"internal/day", "dates, precision, 和暦"},
		{"internal/disk", "files replaced whole"},
		{"internal/phrases", "finds a phrase again in a finished English sentence, and says it in Japanese"},
		{"internal/phrases/phrasetest", "reads sentences out of Go source, for the tests that hold a table of phrases to be complete"},
		{"internal/crash", "a panic carried from a goroutine to the one that waits for it"},
	}
}

// packageTable lists the packages, and what TestLayout lets each import.
func packageTable(t *testing.T) string {
	t.Helper()
	allowed := layout()
	var b strings.Builder
	b.WriteString("| package | holds | may import |\n|---|---|---|\n")
	for _, row := range holds() {
		dir := row[0]
		may, ok := allowed[dir]
		if !ok {
			t.Errorf("%s is in the table and not in layout()", dir)
		}
		delete(allowed, dir)
		if dir == "." {
			dir = "main"
		}
		tableRow(&b, "`"+dir+"`", row[1], importWords(may))
	}
	for dir := range allowed {
		t.Errorf("%s is in layout() and holds() does not say what it is for", dir)
	}
	return b.String()
}

// importWords lists packages, the leaves as one.
func importWords(may []string) string {
	if len(may) == 0 {
		return "nothing"
	}
	isLeaf := func(p string) bool { return slices.Contains(leaves(), p) }
	rest := slices.DeleteFunc(slices.Clone(may), isLeaf)
	if len(may)-len(rest) < len(leaves()) {
		return "`" + strings.Join(may, "`, `") + "`"
	}
	words := "leaves"
	if len(rest) > 0 {
		words = "`" + strings.Join(rest, "`, `") + "`, leaves"
	}
	return words
}
