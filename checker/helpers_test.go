package checker

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// The files that every small rulebook of these tests has: an act of two versions
// and an instrument without dates.
const (
	headerFile = "name = \"試験\"\nversion = \"1\"\nas_of = 2026-11-24\n"
	actFile    = `kind = "statute"
egov = "411AC0000000128"
title = { ja = "試験法", en = "Test Act" }
short = { ja = "試験法", en = "Test Act" }
number = { ja = "平成11年法律第128号", en = "Act No. 128 of 1999" }
translation = { ja = "仮訳", en = "ours" }
[[version]]
from = 2000-01-01
until = 2012-05-01
basis = "made up"
grade = "verified"
[[version]]
from = 2012-05-01
by = { ja = "平成24年法律第12号", en = "Act No. 12 of 2012" }
basis = "made up"
grade = "verified"
`
	termsFile = `kind = "instrument"
title = { ja = "規約", en = "Terms" }
short = { ja = "規約", en = "Terms" }
translation = { ja = "仮訳", en = "ours" }
[[version]]
basis = "made up"
grade = "unlisted"
`
)

// book loads a rulebook of some files beside the common ones.
func book(t testing.TB, files map[string]string) *Rulebook {
	t.Helper()
	b, problems := Load(folder(files))
	if err := problems.Err(); err != nil {
		t.Fatalf("load: %v", err)
	}
	return b
}

func folder(files map[string]string) fstest.MapFS {
	all := fstest.MapFS{}
	for name, text := range map[string]string{"rulebook.toml": headerFile, "laws/act.toml": actFile, "laws/terms.toml": termsFile} {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

// tiny is a rule in a few words. What is left out has a value that does not
// matter.
type tiny struct {
	law, regime, asks, when, at, atKind string
	places                              string // TOML
	clauses                             []string
}

func (r tiny) text() string {
	or := func(s, other string) string {
		if s == "" {
			return other
		}
		return s
	}
	var b strings.Builder
	asks := or(r.asks, "account")
	fmt.Fprintf(&b, "title = { ja = \"問い\", en = \"question\" }\nlaw = %q\nregime = %q\nasks = %q\n", or(r.law, "terms"), or(r.regime, "civil"), asks)
	if r.when != "" {
		fmt.Fprintf(&b, "when = '%s'\n", r.when)
	}
	fmt.Fprintf(&b, "at = %q\nat_kind = %q\nstatus = \"draft\"\n", or(r.at, "account.made_at"), or(r.atKind, "act"))
	b.WriteString(or(r.places, "[[place]]\ncite = \"1\"\n"))
	for _, c := range r.clauses {
		b.WriteString(c)
	}
	b.WriteString("[base]\n[[case]]\nsays = \"無\"\n")
	return b.String()
}

func element(id, when string) string {
	return fmt.Sprintf("[[element]]\nid = %q\nja = \"語\"\nwhen = '%s'\n", id, when)
}

// judged is an element that only a person can answer.
func judged(id string) string {
	return fmt.Sprintf("[[element]]\nid = %q\nja = \"語\"\nnature = \"evaluative\"\nask = { ja = \"問\", en = \"q\" }\n", id)
}

func exception(kind, id, when string) string {
	return fmt.Sprintf("[[exception]]\nid = %q\nkind = %q\nja = \"語\"\nwhen = '%s'\n", id, kind, when)
}

// reportHead is what every small report of these tests begins with.
const reportHead = `format = 1
title = "試験"
[subject]
name = "道具"
[[party]]
id = "利用者"
name = "利用者"
role = "user"
[[party]]
id = "提供者"
name = "提供者"
role = "publisher"
[[exhibit]]
id = "E1"
title = "記録"
role = "scene"
[[exhibit]]
id = "E2"
title = "別の記録"
role = "document"
`

// report reads a small report: TOML after the common head.
func report(t testing.TB, text string) *audit.Report {
	t.Helper()
	r, problems := audit.Read(source.File{Name: "report.toml", Text: []byte(reportHead + text)})
	if err := problems.Err(); err != nil {
		t.Fatalf("read the report: %v", err)
	}
	return r
}

// seen is an observation of the state of an account. Facts are TOML: made = true.
func seen(id, account, facts, basis string) string {
	return fmt.Sprintf("[[observation]]\nid = %q\naction = \"account.seen\"\ntarget = \"account:%s\"\nexhibit = \"E1\"\nbasis = %q\nshows = { %s }\n", id, account, basis, facts)
}

func kindNamed(t testing.TB, name string) *audit.Kind {
	t.Helper()
	kind, ok := audit.KindNamed(name)
	if !ok {
		t.Fatalf("there is no kind %q", name)
	}
	return kind
}

// condition compiles a condition of a rule that asks of accounts.
func condition(t testing.TB, text string) *Cond {
	t.Helper()
	cond, faults := compile(text, vocabulary{self: kindNamed(t, "account")})
	if len(faults) > 0 {
		t.Fatalf("compile %s: %+v", text, faults)
	}
	return cond
}

// ask evaluates a condition for the account "a" of some facts.
func ask(t testing.TB, cond *Cond, facts *audit.Facts) *Why {
	t.Helper()
	self := facts.Entity("account", "account:a", "a")
	why, err := cond.evaluate(env{run: newRun(&Rulebook{}, facts, nil), self: self})
	if err != nil {
		t.Fatalf("evaluate %s: %v", cond.Source, err)
	}
	return why
}

// check checks a report against a rulebook.
func check(t testing.TB, b *Rulebook, r *audit.Report, answers Answers) *Result {
	t.Helper()
	res, err := b.Check(r, answers)
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	return res
}

// only is the one finding of a result.
func only(t testing.TB, res *Result) *Finding {
	t.Helper()
	if len(res.Findings) != 1 {
		t.Fatalf("want one finding, have %d; not asked %d, declined %d", len(res.Findings), len(res.NotAsked), len(res.Declined))
	}
	return res.Findings[0]
}

func names(missing []Missing) []string {
	list := []string{}
	for _, m := range missing {
		list = append(list, m.Name)
	}
	return list
}
