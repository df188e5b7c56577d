package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/source"
	"jobun/rules"
)

// The examples of docs/report.md and docs/rules.md are read, loaded and checked.

// exampleOf is the code block that follows a mark.
func exampleOf(t *testing.T, document, mark string) string {
	t.Helper()
	_, rest, ok := strings.Cut(document, "<!-- example: "+mark+" -->")
	_, rest, fenced := strings.Cut(rest, "```toml\n")
	body, _, closed := strings.Cut(rest, "\n```")
	if !ok || !fenced || !closed {
		t.Fatalf("no example %q", mark)
	}
	return body + "\n"
}

// exampleResult is what check says of the example report of a document.
func exampleResult(t *testing.T, document, mark string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "report.toml")
	if err := os.WriteFile(name, []byte(exampleOf(t, document, mark)), 0o644); err != nil {
		t.Fatal(err)
	}
	finding, _, _ := strings.Cut(printed(t, "check", name), "\n\n")
	return "```text\n" + finding + "\n```"
}

// exampleBook is the example files of docs/rules.md, with all files of another
// rulebook beside them.
func exampleBook(t *testing.T, beside fs.FS) fstest.MapFS {
	t.Helper()
	document := readDoc(t, "docs/rules.md")
	files := fstest.MapFS{
		"rulebook.toml":              {Data: []byte(exampleOf(t, document, "rulebook"))},
		"contract/fee-kept.toml":     {Data: []byte(exampleOf(t, document, "rule"))},
		"behaviours/kept.toml":       {Data: []byte(exampleOf(t, document, "behaviour"))},
		"laws/subscriber-terms.toml": {Data: []byte(exampleOf(t, document, "law"))},
	}
	err := fs.WalkDir(beside, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(beside, name)
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestDocsExampleRule loads the example rule of docs/rules.md, alone and beside the
// rules that the program carries: its cases pass, and lint has nothing to say.
func TestDocsExampleRule(t *testing.T) {
	for name, beside := range map[string]fs.FS{"alone": fstest.MapFS{}, "beside the carried rules": rules.Files} {
		t.Run(name, func(t *testing.T) {
			book := loadRules(t, exampleBook(t, beside))
			if _, ok := book.Rule("contract/fee-kept"); !ok {
				t.Error("the rule is not among those that were read")
			}
			if problems := append(book.TestCases(), book.Lint()...); len(problems) > 0 {
				t.Error(problems.Render(errorWidth))
			}
		})
	}
}

// TestDocsLawFile reads the example law file of docs/rules.md.
func TestDocsLawFile(t *testing.T) {
	text := exampleOf(t, readDoc(t, "docs/rules.md"), "law-file")
	book, problems := law.Load(fstest.MapFS{"laws/unauthorized-access.toml": {Data: []byte(text)}}, "laws")
	if len(problems) > 0 {
		t.Fatal(problems.Render(errorWidth))
	}
	if _, ok := book.Law("unauthorized-access"); !ok {
		t.Error("the law is not there")
	}
}

// TestDocsSeen adds the second example of docs/report.md to the first: the fact has
// both origins, and the stronger basis.
func TestDocsSeen(t *testing.T) {
	document := readDoc(t, "docs/report.md")
	text := exampleOf(t, document, "report") + exampleOf(t, document, "seen")
	report, problems := audit.Read(source.File{Name: "report.toml", Text: []byte(text)})
	if len(problems) > 0 {
		t.Fatal(problems.Render(errorWidth))
	}
	notice, ok := audit.Fold(report).ByID("notice:N1")
	if !ok {
		t.Fatal("there is no notice N1")
	}
	if f := notice.Fact("to_users"); f.Basis != audit.Admitted || len(f.Origins) != 2 || f.Disputed {
		t.Errorf("the fact is %+v", f)
	}
}

// TestDocsOtherRules holds docs/rules.md to what it says of a report whose
// statements name rules that a rulebook does not have.
func TestDocsOtherRules(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, exampleBook(t, fstest.MapFS{})); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	code := run([]string{"check", "fixtures/certificate-tool-2012/report.toml", "--rules", dir}, strings.NewReader(""), &out, &errOut)
	if code != exitInput || out.Len() > 0 || !strings.Contains(errOut.String(), checker.CodeReference) {
		t.Errorf("exit code %d, not %d with %s\n%s%s", code, exitInput, checker.CodeReference, out.String(), errOut.String())
	}
}
