package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/internal/source"
	"jobun/rules"
)

// paperDate is the date printed on the golden papers.
const paperDate = "2026-11-25"

// fixtures lists the folders of example reports.
func fixtures(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("fixtures/*/report.toml")
	if err != nil {
		t.Fatal(err)
	}
	var dirs []string
	for _, name := range names {
		dirs = append(dirs, filepath.Dir(name))
	}
	if len(dirs) < 3 {
		t.Fatalf("found %d fixtures only", len(dirs))
	}
	return dirs
}

func ownRulebook(t *testing.T) *checker.Rulebook {
	t.Helper()
	book, problems := checker.Load(rules.Files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return book
}

func checked(t *testing.T, book *checker.Rulebook, name, text string) *checker.Result {
	t.Helper()
	report, problems := audit.Read(source.File{Name: name, Text: []byte(text)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	result, err := book.Check(report, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// goldens are the outputs kept beside a fixture, with the command lines that
// write them.
func goldens(report string) map[string][]string {
	return map[string][]string{
		"check.txt":     {"check", report},
		"check.en.txt":  {"check", report, "--lang", "en"},
		"summary.md":    {"export", report, "-o", "-", "--date", paperDate},
		"summary.en.md": {"export", report, "-o", "-", "--date", paperDate, "--lang", "en"},
		"result.json":   {"check", report, "--format", "json"},
	}
}

// ran runs a command line that must succeed and say nothing on stderr.
func ran(t *testing.T, args []string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errOut); code != exitRan || errOut.Len() > 0 {
		t.Fatalf("jobun %s: exit code %d\n%s", strings.Join(args, " "), code, errOut.String())
	}
	return out.String()
}

// TestGolden keeps the outputs of every fixture. go test -run Golden . -update
// rewrites them; findings.toml and changes.toml are written by hand, and are not
// touched.
func TestGolden(t *testing.T) {
	for _, dir := range fixtures(t) {
		for _, name := range slices.Sorted(maps.Keys(goldens(""))) {
			t.Run(filepath.Base(dir)+"/"+name, func(t *testing.T) {
				t.Parallel()
				args := goldens(filepath.Join(dir, "report.toml"))[name]
				have := ran(t, args)
				if again := ran(t, args); again != have {
					t.Error("a second run gives other bytes")
				}
				if strings.Contains(have, "\x1b") {
					t.Error("there is an escape character in it")
				}
				golden := filepath.Join(dir, "want", name)
				if *update {
					if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(golden, []byte(have), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				if diff := firstDifference(readText(t, golden), have); diff != "" {
					t.Errorf("%s differs; go test -run Golden . -update rewrites it, and you read the diff\n%s", golden, diff)
				}
			})
		}
	}
}

// Bytes do not depend on how the report is named or where it lies.
func TestSameReportElsewhere(t *testing.T) {
	dir := "fixtures/certificate-tool-2012"
	elsewhere := filepath.Join(t.TempDir(), "another-name.toml")
	if err := os.WriteFile(elsewhere, []byte(readText(t, filepath.Join(dir, "report.toml"))), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, args := range goldens(elsewhere) {
		if diff := firstDifference(readText(t, filepath.Join(dir, "want", name)), ran(t, args)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(want, have string) string {
	if want == have {
		return ""
	}
	a, b := strings.Split(want, "\n"), strings.Split(have, "\n")
	for i := 0; i < max(len(a), len(b)); i++ {
		x, y := "(no line)", "(no line)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("line %d\n  want %s\n  have %s", i+1, x, y)
		}
	}
	return "line ends differ"
}

// denied is how findings.toml writes an exception that is contradicted by an
// allegation alone: another word for a reader, the same code.
const denied = "denied"

// summary is what came of a check, in a form that can be compared.
type summary struct {
	answers     map[string]string // "rule entity clause" -> answer
	assessments map[string]string // "rule entity" -> pre-assessment
	notAsked    map[string]string // "rule" -> reason and entities
	declined    map[string]int    // "rule", or "rule (alleged)" -> entities
}

func summaryOf(result *checker.Result) summary {
	s := summary{map[string]string{}, map[string]string{}, map[string]string{}, map[string]int{}}
	for _, f := range result.Findings {
		key := f.Rule.ID + " " + f.Entity.ID
		s.assessments[key] = string(f.Assessment)
		for _, list := range [][]*checker.Answer{f.Elements, f.Exceptions} {
			for _, a := range list {
				code := string(a.Code)
				if a.ByAllegation {
					code = denied
				}
				s.answers[key+" "+a.Clause.ID] = code
			}
		}
	}
	for _, n := range result.NotAsked {
		var ids []string
		for _, e := range n.Entities {
			ids = append(ids, e.ID)
		}
		s.notAsked[n.Rule.ID] = notAskedWords(string(n.Reason), ids)
	}
	for _, d := range result.Declined {
		s.declined[declinedKey(d.Rule.ID, d.ByAllegation)] = d.Entities
	}
	return s
}

func declinedKey(rule string, byAllegation bool) string {
	if byAllegation {
		return rule + " (alleged)"
	}
	return rule
}

func notAskedWords(reason string, entities []string) string {
	return strings.TrimSpace(reason + " " + strings.Join(entities, " "))
}

// wanted is a findings.toml.
type wanted struct {
	Finding []struct {
		Rule, Entity, Assessment, Why string
		Elements, Exceptions          map[string]string
	}
	NotAsked []struct {
		Rule, Reason, Why string
		Entities          []string
	} `toml:"not_asked"`
	Declined             map[string]int
	DeclinedOnAllegation map[string]int `toml:"declined_on_allegation"`
}

func TestWantedFindings(t *testing.T) {
	book := ownRulebook(t)
	for _, dir := range fixtures(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			var w wanted
			decode(t, filepath.Join(dir, "want/findings.toml"), &w)
			want := summary{map[string]string{}, map[string]string{}, map[string]string{}, map[string]int{}}
			for rule, n := range w.Declined {
				want.declined[declinedKey(rule, false)] = n
			}
			for rule, n := range w.DeclinedOnAllegation {
				want.declined[declinedKey(rule, true)] = n
			}
			for _, f := range w.Finding {
				key := f.Rule + " " + f.Entity
				if want.assessments[key] != "" {
					t.Errorf("%s is there twice", key)
				}
				if f.Why == "" {
					t.Errorf("%s has no why", key)
				}
				want.assessments[key] = f.Assessment
				checkKinds(t, book, f.Rule, f.Elements, f.Exceptions)
				for _, list := range []map[string]string{f.Elements, f.Exceptions} {
					for clause, code := range list {
						want.answers[key+" "+clause] = code
					}
				}
			}
			for _, n := range w.NotAsked {
				want.notAsked[n.Rule] = notAskedWords(n.Reason, n.Entities)
			}
			have := summaryOf(checked(t, book, "report.toml", readText(t, filepath.Join(dir, "report.toml"))))
			compareMaps(t, "answer", want.answers, have.answers)
			compareMaps(t, "assessment", want.assessments, have.assessments)
			compareMaps(t, "not asked", want.notAsked, have.notAsked)
			compareMaps(t, "declined", want.declined, have.declined)
		})
	}
}

// checkKinds reports a clause listed among elements that is an exception, or the
// other way round.
func checkKinds(t *testing.T, book *checker.Rulebook, id string, elements, exceptions map[string]string) {
	t.Helper()
	rule, ok := book.Rule(id)
	if !ok {
		t.Errorf("there is no rule %s", id)
		return
	}
	for _, c := range rule.Elements {
		if exceptions[c.ID] != "" {
			t.Errorf("%s: %s is an element", id, c.ID)
		}
	}
	for _, c := range rule.Exceptions {
		if elements[c.ID] != "" {
			t.Errorf("%s: %s is an exception", id, c.ID)
		}
	}
}

func compareMaps[V comparable](t *testing.T, what string, want, have map[string]V) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if v, ok := have[key]; !ok {
			t.Errorf("%s %s: want %v, have none", what, key, want[key])
		} else if v != want[key] {
			t.Errorf("%s %s: want %v, have %v", what, key, want[key], v)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(have)) {
		if _, ok := want[key]; !ok {
			t.Errorf("%s %s: want none, have %v", what, key, have[key])
		}
	}
}

func decode(t *testing.T, name string, into any) {
	t.Helper()
	meta, err := toml.Decode(readText(t, name), into)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		t.Fatalf("%s: unknown keys %v", name, unknown)
	}
}

// changes is a changes.toml: one fact of the report written otherwise, and
// everything that must come of it.
type changes struct {
	Change []change
}

type change struct {
	Says, Old, New string
	// Turns are the answers that the fact decides, also those that follow from
	// it: "rule entity clause answer".
	Turns []string
	// Assessed are the pre-assessments that follow: "rule entity assessment".
	Assessed []string
	// Gone and Asked are findings, "rule entity", that there are no more, and
	// that there are now.
	Gone, Asked []string
}

// Changing one fact changes the answers that it should and no other.
func TestChanges(t *testing.T) {
	book := ownRulebook(t)
	for _, dir := range fixtures(t) {
		text := readText(t, filepath.Join(dir, "report.toml"))
		before := summaryOf(checked(t, book, "report.toml", text))
		var list changes
		decode(t, filepath.Join(dir, "want/changes.toml"), &list)
		if len(list.Change) < 8 {
			t.Errorf("%s: %d changes only", dir, len(list.Change))
		}
		for _, c := range list.Change {
			t.Run(filepath.Base(dir)+"/"+c.Says, func(t *testing.T) {
				if n := strings.Count(text, c.Old); n != 1 {
					t.Fatalf("the text to change is there %d times", n)
				}
				have := summaryOf(checked(t, book, "report.toml", strings.Replace(text, c.Old, c.New, 1)))
				want := summary{answers: maps.Clone(before.answers), assessments: maps.Clone(before.assessments)}
				for _, key := range c.Gone {
					if want.assessments[key] == "" {
						t.Errorf("gone: there was no %s", key)
					}
					delete(want.assessments, key)
					maps.DeleteFunc(want.answers, func(k, _ string) bool { return strings.HasPrefix(k, key+" ") })
				}
				for _, key := range c.Asked {
					if want.assessments[key] != "" {
						t.Errorf("asked: there was a %s before", key)
					}
					want.assessments[key] = have.assessments[key]
					for k, v := range have.answers {
						if strings.HasPrefix(k, key+" ") {
							want.answers[k] = v
						}
					}
				}
				turn(t, want.answers, c.Turns)
				turn(t, want.assessments, c.Assessed)
				compareMaps(t, "answer", want.answers, have.answers)
				compareMaps(t, "assessment", want.assessments, have.assessments)
			})
		}
	}
}

// turn applies "key value" lines that must change something.
func turn(t *testing.T, to map[string]string, lines []string) {
	t.Helper()
	for _, line := range lines {
		i := strings.LastIndex(line, " ")
		key, value := line[:i], line[i+1:]
		switch old, ok := to[key]; {
		case !ok:
			t.Errorf("there is no %q to turn", key)
		case old == value:
			t.Errorf("%q is %s already", key, value)
		}
		to[key] = value
	}
}
