package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/rules"
	"jobun/tui"
)

// The documentation is run: its generated parts are made again and compared, its
// commands are given to run, its examples are read and checked, its links followed.
//
//	go test -run TestDocs . -update     writes the generated parts

var update = flag.Bool("update", false, "rewrite the generated parts of the documentation")

// documents lists the Markdown files that a reader is sent to.
func documents(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{"README.md", "README.en.md", "CHANGELOG.md"}, names...)
}

func readDoc(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

// sameFile compares a file with what it must be, or writes it under -update.
func sameFile(t *testing.T, name, have, want string) {
	t.Helper()
	switch {
	case have == want:
	case *update:
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s is stale: run go test -run TestDocs . -update and read the difference", name)
	}
}

// printed runs a command line and gives what it prints.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errOut); code != exitRan {
		t.Fatalf("jobun %s: exit code %d\n%s", strings.Join(args, " "), code, errOut.String())
	}
	return out.String()
}

var generated = regexp.MustCompile(`(?s)<!-- generated: ([^>]+?) -->\n.*?<!-- end -->`)

// TestDocsGenerated makes the generated parts again.
func TestDocsGenerated(t *testing.T) {
	book := loadRules(t, rules.Files)
	for _, name := range documents(t) {
		have := readDoc(t, name)
		want := generated.ReplaceAllStringFunc(have, func(block string) string {
			what := generated.FindStringSubmatch(block)[1]
			return "<!-- generated: " + what + " -->\n\n" + strings.TrimSpace(generate(t, book, what, have)) + "\n\n<!-- end -->"
		})
		sameFile(t, name, have, want)
	}
}

// TestDocsSchema keeps the shipped JSON Schema that the fixtures name.
// TestDocsResultSchema keeps the shipped schema of the JSON export true, and every
// kept export valid against it; one with a key too many, or too few, is refused.
func TestDocsResultSchema(t *testing.T) {
	const name = "fixtures/result.schema.json"
	have, err := os.ReadFile(name)
	if err != nil && !*update {
		t.Fatal(err)
	}
	text := printed(t, "schema", "--result")
	sameFile(t, name, string(have), text)
	read := func(text string) any {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("result.json", read(text)); err != nil {
		t.Fatal(err)
	}
	schema := compiler.MustCompile("result.json")
	results, err := filepath.Glob("fixtures/*/want/result.json")
	if err != nil || len(results) == 0 {
		t.Fatalf("no kept results: %v", err)
	}
	for _, result := range results {
		v := read(readDoc(t, result)).(map[string]any)
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", result, err)
		}
		v["more"] = 1
		if schema.Validate(v) == nil {
			t.Errorf("%s: a key too many is accepted", result)
		}
		delete(v, "more")
		delete(v, "findings")
		if schema.Validate(v) == nil {
			t.Errorf("%s: a result without findings is accepted", result)
		}
	}
}

func TestDocsSchema(t *testing.T) {
	const name = "fixtures/report.schema.json"
	have, err := os.ReadFile(name)
	if err != nil && !*update {
		t.Fatal(err)
	}
	sameFile(t, name, string(have), printed(t, "schema"))
	reports, err := filepath.Glob("fixtures/*/report.toml")
	if err != nil || len(reports) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, report := range reports {
		if !strings.HasPrefix(readDoc(t, report), "#:schema ../report.schema.json\n") {
			t.Errorf("%s does not name its schema in its first line", report)
		}
	}
}

func loadRules(t *testing.T, files fs.FS) *checker.Rulebook {
	t.Helper()
	book, problems := checker.Load(files)
	if len(problems) > 0 {
		t.Fatal(problems.Render(errorWidth))
	}
	return book
}

// generate makes one part. Its first word says what; the rest is of what.
func generate(t *testing.T, book *checker.Rulebook, what, document string) string {
	t.Helper()
	name, of, _ := strings.Cut(what, " ")
	switch name {
	case "keys":
		return keyTable(t, of)
	case "law-keys":
		return lawKeyTable(t, of)
	case "packages":
		return packageTable(t)
	case "levels":
		return levelTable(t, of)
	case "actions":
		return actionTable()
	case "kinds":
		return kindTables()
	case "behaviours":
		return behaviourTable(book)
	case "rulebook":
		return newRulebookWriter(book, of).all()
	case "errors":
		return errorTable()
	case "keymap":
		return tui.KeyTable(of)
	case "screen":
		return checkScreen(t, of)
	case "explain":
		return explainLines(t, of)
	case "view":
		return viewScreen(t, of)
	case "result":
		return exampleResult(t, document, of)
	default:
		t.Fatalf("nothing generates %q", what)
		return ""
	}
}

func tableRow(b *strings.Builder, columns ...string) {
	for _, c := range columns {
		b.WriteString("| " + tableCell(c) + " ")
	}
	b.WriteString("|\n")
}

func tableCell(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "|", `\|`), "\n", " ")
}

func inTicks(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return "`" + strings.Join(list, "` `") + "`"
}

func actionTable() string {
	var b strings.Builder
	b.WriteString("| action | 挙動 | in English | target | states | Windows | ATT&CK |\n|---|---|---|---|---|---|---|\n")
	for _, a := range audit.Actions() {
		if strings.HasSuffix(a.Name, ".seen") {
			continue
		}
		var sets []string
		for _, s := range a.Sets {
			sets = append(sets, fmt.Sprintf("%s = %v", s.Field, s.Value))
		}
		for _, field := range []string{a.At, a.By} {
			if field != "" {
				sets = append(sets, field)
			}
		}
		tableRow(&b, "`"+a.Name+"`", a.Title.Ja, a.Title.En, "`"+a.Kind+"`", inTicks(sets), strings.Join(a.Events, ", "), strings.Join(a.Attack, ", "))
	}
	return b.String()
}

func kindTables() string {
	var b strings.Builder
	for _, k := range audit.Kinds() {
		how := "`[[observation]]` の対象 `" + k.Name + ":名前` — folded from observations; list in conditions: `" + k.Plural + "`"
		switch {
		case k.Singleton:
			how = "一つの報告に一つだけ。対象は `" + k.Name + "` — exactly one in a report"
		case k.Record:
			how = "表 `[[" + k.Name + "]]` に書く — a table of its own; list in conditions: `" + k.Plural + "`"
		}
		fmt.Fprintf(&b, "### `%s` %s — %s\n\n%s\n\n", k.Name, k.Title.Ja, k.Title.En, how)
		b.WriteString("| 事実 fact | 型 type | 意味 | in English | どこを見るか | where to look |\n|---|---|---|---|---|---|\n")
		for _, f := range k.Fields {
			tableRow(&b, "`"+f.Name+"`", string(f.Type), f.Title.Ja, f.Title.En, f.Look.Ja, f.Look.En)
		}
		b.WriteString("\n")
		if slices.ContainsFunc(k.Fields, func(f audit.Field) bool { return f.OfTopics }) {
			b.WriteString(topicLine(k))
		}
	}
	return b.String()
}

// topicLine lists what the topics are called.
func topicLine(k audit.Kind) string {
	var of, names []string
	for _, f := range k.Fields {
		if f.OfTopics {
			of = append(of, "`"+f.Name+"`")
		}
	}
	for _, t := range audit.Topics() {
		names = append(names, "`"+t.Name+"` "+t.Title.Ja)
	}
	return strings.Join(of, "、") + " の語：" + strings.Join(names, "、") + "。ほかは `" + audit.OtherTopic + "` に続けて自由に書く。 Of these words; anything else after `" + audit.OtherTopic + "`.\n\n"
}

func behaviourTable(book *checker.Rulebook) string {
	var b strings.Builder
	b.WriteString("| 事実 fact | 意味 | in English | 条件 condition | Windows | ATT&CK |\n|---|---|---|---|---|---|\n")
	for _, x := range book.Behaviours {
		tableRow(&b, "`"+x.Fact+"`", x.Title.Ja, x.Title.En, "`"+x.When+"`", strings.Join(x.Events, ", "), strings.Join(x.Attack, ", "))
	}
	return b.String()
}

func errorTable() string {
	var b strings.Builder
	b.WriteString("| code | 意味 | in English |\n|---|---|---|\n")
	for _, c := range errorCodes() {
		tableRow(&b, "`"+c.code+"`", c.says.Ja, c.says.En)
	}
	return b.String()
}

// checkScreen is a capture of check: its first finding and the totals of its
// summary, word for word. The lines with hashes are left out: they change with
// every word of the rulebook.
func checkScreen(t *testing.T, lang string) string {
	t.Helper()
	const report = "fixtures/certificate-tool-2012/report.toml"
	out := printed(t, "check", report, "--lang", lang)
	finding, _, _ := strings.Cut(out, "\n\n")
	lines := strings.Split(out[strings.LastIndex(out, "\n\n")+2:], "\n")
	summary := []string{lines[0], "[…]"}
	for _, line := range lines[3:] {
		if strings.HasPrefix(line, "問えない") || strings.HasPrefix(line, "not asked") {
			break
		}
		summary = append(summary, line)
	}
	return "```text\n$ jobun check " + report + langFlag(lang) + "\n" + finding + "\n\n[…]\n\n" + strings.Join(summary, "\n") + "\n[…]\n```"
}

// explainLines are commands with the id of a finding that there is.
func explainLines(t *testing.T, lang string) string {
	t.Helper()
	const report = "fixtures/certificate-tool-2012/report.toml"
	id, _, _ := strings.Cut(printed(t, "check", report), " ")
	return "```sh\njobun explain " + id + " --report " + report + langFlag(lang) + "\njobun explain " + id + ".3 --report " + report + langFlag(lang) + "\n```"
}

func langFlag(lang string) string {
	if lang == "en" {
		return " --lang en"
	}
	return ""
}

// viewScreen is a screen of view, out of the goldens of package tui.
func viewScreen(t *testing.T, golden string) string {
	t.Helper()
	lines := strings.Split(strings.TrimRight(readDoc(t, filepath.Join("tui", "testdata", golden)), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return "```text\n" + strings.Join(lines, "\n") + "\n```"
}

// TestDocsCommands gives every command line in a sh block to run.
func TestDocsCommands(t *testing.T) {
	notIfShort(t)
	t.Setenv("NO_COLOR", "1")
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```")
	for _, name := range documents(t) {
		for _, block := range blocks.FindAllStringSubmatch(readDoc(t, name), -1) {
			for _, line := range strings.Split(strings.TrimSpace(block[1]), "\n") {
				t.Run(name+" "+line, func(t *testing.T) { runLine(t, line) })
			}
		}
	}
}

// elsewhere begins the lines that .ci/run runs, or that need a network, a
// terminal or another machine.
func elsewhere() []string {
	return []string{"go run . view ", "jobun view ", "go test ", "go install ", "go build ", "git clone ", "cd ", "GOOS="}
}

func runLine(t *testing.T, line string) {
	command, comment, _ := strings.Cut(line, "  #")
	for _, start := range elsewhere() {
		if strings.HasPrefix(command, start) {
			t.Skip("not run here")
		}
	}
	args, ok := strings.CutPrefix(command, "jobun ")
	if !ok {
		args, ok = strings.CutPrefix(command, "go run . ")
	}
	if !ok {
		t.Fatal("nobody tests this line")
	}
	want := exitRan
	if m := regexp.MustCompile(`(?:終了コード|exit code) (\d+)`).FindStringSubmatch(comment); m != nil {
		fmt.Sscan(m[1], &want)
	}
	words := splitLine(args)
	for i := range words[1:] {
		if words[i] == "-o" {
			words[i+1] = filepath.Join(t.TempDir(), words[i+1])
		}
	}
	var out, errOut bytes.Buffer
	if code := run(words, strings.NewReader(""), &out, &errOut); code != want {
		t.Errorf("exit code %d, not %d\n%s", code, want, errOut.String())
	}
}

// splitLine splits a command line at spaces outside double quotes.
func splitLine(line string) []string {
	var words []string
	for _, m := range regexp.MustCompile(`"([^"]*)"|(\S+)`).FindAllStringSubmatch(line, -1) {
		words = append(words, m[1]+m[2])
	}
	return words
}

// TestDocsMention wants every command, answer, pre-assessment and exit code in the
// pages that explain them, in the program's own words.
func TestDocsMention(t *testing.T) {
	pages := map[string][]string{}
	for _, cmd := range (&session{}).root().Commands() {
		if name := cmd.Name(); name != "help" && name != "completion" {
			pages["README.md"] = append(pages["README.md"], "`"+name)
			pages["README.en.md"] = append(pages["README.en.md"], "`"+name)
		}
	}
	for _, code := range checker.Codes() {
		word := export.CodeWord(code)
		pages["docs/findings.md"] = append(pages["docs/findings.md"], fmt.Sprintf("| %s | `%s` | %s | %s |", export.CodeGlyph(code, export.Unicode), code, word.Ja, word.En))
	}
	for _, a := range checker.Assessments() {
		word := export.AssessmentWord(a)
		pages["docs/findings.md"] = append(pages["docs/findings.md"], fmt.Sprintf("| `%s` | %s | %s |", a, word.Ja, word.En))
	}
	for _, code := range []int{exitRan, exitFound, exitUsage, exitInput, exitIntegrity, exitBug, exitInterrupted} {
		pages["README.md"] = append(pages["README.md"], fmt.Sprintf("| %d | ", code))
		pages["README.en.md"] = append(pages["README.en.md"], fmt.Sprintf("| %d | ", code))
	}
	for page, words := range pages {
		have := readDoc(t, page)
		for _, word := range words {
			if !strings.Contains(have, word) {
				t.Errorf("%s does not say %q", page, word)
			}
		}
	}
}

// TestDocsCodes wants every code of a problem, wherever in the tree it is a
// constant, to be explained once and in order.
func TestDocsCodes(t *testing.T) {
	explained, last := map[string]bool{}, ""
	for _, c := range errorCodes() {
		if c.code <= last {
			t.Errorf("%s stands after %s", c.code, last)
		}
		explained[c.code], last = true, c.code
	}
	isCode := regexp.MustCompile(`^"JB[0-9]{4}"$`)
	for dir, files := range packages(t) {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				literal, ok := n.(*ast.BasicLit)
				if ok && isCode.MatchString(literal.Value) && !explained[strings.Trim(literal.Value, `"`)] {
					t.Errorf("%s: nothing explains %s", dir, literal.Value)
				}
				return true
			})
		}
	}
}

// TestDocsLinks follows the links between pages.
func TestDocsLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	for _, name := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(readDoc(t, name), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", name, m[1])
			}
		}
	}
}
