package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// decide runs jobun and wants it to succeed.
func decide(t *testing.T, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errOut); code != exitRan {
		t.Fatalf("jobun %s: exit code %d\n%s", strings.Join(args, " "), code, errOut.String())
	}
	return out.String()
}

// A JSON export with decisions is valid against the shipped schema.
func TestDecisionsInJSON(t *testing.T) {
	const report = "fixtures/certificate-tool-2012/report.toml"
	journal := filepath.Join(t.TempDir(), "j.jsonl")
	add := func(args ...string) {
		decide(t, append([]string{"decisions", "add", report, "--journal", journal, "--by", "A"}, args...)...)
	}
	add("F-S5F37", "見送り", "--reason", "evidence-lacking", "--note", "記録がない")
	add("F-S5F37", "answer", "--clause", "8", "--answer", "no")
	add("F-D3JKK", "要証拠", "--needs", "ログ", "--clause", "3", "--expires", "2099-03-31")
	add("--undo", "3")
	text := decide(t, "check", report, "--journal", journal, "--format", "json")
	for _, want := range []string{`"status": "recheck"`, `"taken_back": true`, `"decision": {`, `"undo_of": 3`} {
		if !strings.Contains(text, want) {
			t.Errorf("the export does not hold %s", want)
		}
	}
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(readDoc(t, "fixtures/result.schema.json")))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("result.json", schema); err != nil {
		t.Fatal(err)
	}
	result, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.MustCompile("result.json").Validate(result); err != nil {
		t.Error(err)
	}
}

// An opinion with a last day counts on that day, in Tokyo, and not on the next.
func TestDecisionExpires(t *testing.T) {
	journal := filepath.Join(t.TempDir(), "j.jsonl")
	const report = "fixtures/certificate-tool-2012/report.toml"
	decide(t, "decisions", "add", report, "F-S5F37", "見送り", "--reason", "duplicate", "--note", "n", "--expires", "2099-03-31", "--journal", journal, "--by", "A")
	for _, c := range []struct {
		now  string
		want string
	}{
		{"2099-03-31T14:59:59Z", "見送り 1）"}, // still the 31st in Tokyo
		{"2099-03-31T15:00:00Z", "期限経過 1）"},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		s := &session{in: strings.NewReader(""), out: &out, err: &out, lang: "ja", journalFile: journal, now: func() time.Time { return now }}
		if err := s.check([]string{report}, checkFlags{show: "none", failOn: "none", format: "text"}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("at %s it does not say %q:\n%s", c.now, c.want, out.String())
		}
	}
}

// Who decides is named by the flag before the environment before the system.
func TestAuthor(t *testing.T) {
	s := &session{lang: "ja"}
	t.Setenv("JOBUN_BY", " 乙 ")
	for flag, want := range map[string]string{" 甲": "甲", "": "乙", " ": "乙"} {
		if have, err := s.author(flag); err != nil || have != want {
			t.Errorf("--by %q gives %q (%v), not %q", flag, have, err, want)
		}
	}
	if err := os.Unsetenv("JOBUN_BY"); err != nil {
		t.Fatal(err)
	}
	if have, err := s.author(""); err != nil || have == "" {
		t.Errorf("the user of the system is %q (%v)", have, err)
	}
}
