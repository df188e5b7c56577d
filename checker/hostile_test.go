package checker

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// Conditions that would kill or stall a parser are refused before it runs, or
// after it by their size.
func TestHostileConditions(t *testing.T) {
	rep := strings.Repeat
	for _, c := range []struct{ name, cond, want string }{
		{"a million brackets", rep("(", 1_000_000), "characters; at most 600"},
		{"a million brackets, closed", rep("(", 500_000) + "true" + rep(")", 500_000), "characters; at most 600"},
		{"brackets within the length", rep("(", 500), "nested brackets"},
		{"lists in lists", rep("[", 500), "nested brackets"},
		{"maps in maps", rep("{", 500), "nested brackets"},
		{"brackets after brackets closed", rep(")", 300) + rep("(", 300), ""},
		{"not not", rep("not ", 148) + "true", "more than 120 parts"},
		{"! !", rep("!", 590) + "true", "more than 120 parts"},
		{"- -", rep("-", 590) + "1 == 1", ""},
		{"a huge list", `account.sid in [` + rep(`"a",`, 1_000_000) + `"a"]`, "characters; at most 600"},
		{"a list within the length", `account.sid in [` + rep(`"",`, 190) + `""]`, "sound"},
		{"dots", "account" + rep(".a", 290), ""},
		{"?: in ?:", rep("true?", 100) + "true" + rep(":true", 100), ""},
		{"pipes", "true" + rep("|a()", 140), ""},
		{"a pattern bomb", `account.sid matches "(((((a{1,10}){1,10}){1,10}){1,10}){1,10})"`, "the pattern cannot be read"},
		{"a pattern that grows", `account.sid matches "(x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?){1000}"`, "the pattern is too large"},
		{"a pattern of classes", `account.sid matches "([\\pL\\pN\\pM\\pS\\pP]{500}){2}"`, "the pattern is too large"},
		{"a long number", rep("9", 590) + " == 1", ""},
		{"a string without end", `account.sid == "` + rep(`\\`, 200), ""},
		{"comments", rep("/**/", 100) + rep("/*", 90), ""},
		{"not UTF-8 in all but name", "account.\u202emade", ""},
		{"nothing", "", ""},
		{"spaces", rep(" ", 600), ""},
	} {
		cond, faults := compile(c.cond, vocabulary{self: kindNamed(t, "account")})
		switch {
		case c.want == "sound":
			if cond == nil {
				t.Errorf("%s is refused: %+v", c.name, faults)
			}
		case cond != nil || len(faults) == 0:
			t.Errorf("%s is accepted", c.name)
		case !strings.Contains(faults[0].message, c.want):
			t.Errorf("%s: %q, want %q", c.name, faults[0].message, c.want)
		}
	}
}

// A rule file that is too large is refused unread; one that is nearly so is read.
func TestHostileRuleFiles(t *testing.T) {
	sound := tiny{clauses: []string{element("e", "account.hidden")}}.text()
	for _, c := range []struct{ name, text, want string }{
		{"20 MB", sound + strings.Repeat("#", 20<<20), "more than the 16777216 bytes"},
		{"a condition of 10 MB", strings.Replace(sound, "account.hidden", strings.Repeat("(", 10<<20), 1), "characters; at most 600"},
		{"a million keys", sound + strings.Repeat("[[case]]\nsays=\"a\"\n", 400_000), "more than"},
		{"brackets", sound + "x = " + strings.Repeat("[", 1_000_000), ""},
	} {
		_, problems := Load(folder(map[string]string{"terms/q.toml": c.text}))
		if len(problems) == 0 || !strings.Contains(problems.Error(), c.want) {
			t.Errorf("%s: %v", c.name, problems)
		}
		for _, p := range problems {
			if len(p.Error()) > 2000 {
				t.Errorf("%s: a problem of %d bytes", c.name, len(p.Error()))
			}
		}
	}
}

// members states many accounts, each with a fact.
func members(n int, facts string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(seen(fmt.Sprint("o", i), fmt.Sprint("n", i), facts, "recorded"))
	}
	return b.String()
}

// A walk over a big list in a big list stops, and says so. What stops it is a
// count of steps, so that it stops at the same place everywhere.
func TestTooManySteps(t *testing.T) {
	r := report(t, members(5000, `made = true, sid = "s"`)+lookedFor)
	long := report(t, fmt.Sprintf("[[observation]]\nid = \"d\"\naction = \"subject.seen\"\ntarget = \"subject\"\nexhibit = \"E1\"\nbasis = \"recorded\"\nshows = { described_as = %q }\n", strings.Repeat("x", 1_000_000))+members(5000, "made = true")+lookedFor)
	nested := "any(accounts, any(accounts, not .made))"
	factor := strings.TrimSuffix(judged("j"), "\n") + "\nfor = [\"account.slow\"]\n"
	behaviour := map[string]string{"behaviours/account.slow.toml": `fact = "account.slow"
title = { ja = "遅い", en = "slow" }
when = '` + nested + `'
[base]
[[case]]
says = "無"
want = "true"
`}
	for _, c := range []struct {
		name   string
		rule   tiny
		report *audit.Report
	}{
		{"an element", tiny{asks: "publisher", at: "publisher.knew_at", clauses: []string{element("e", nested)}}, r},
		{"a trigger", tiny{asks: "publisher", at: "publisher.knew_at", when: nested, clauses: []string{element("e", "publisher.accredited")}}, r},
		{"a behaviour", tiny{clauses: []string{element("e", "account.slow")}}, r},
		{"a fact that speaks for a clause", tiny{clauses: []string{factor}}, r},
		{"a long text for every member", tiny{asks: "publisher", at: "publisher.knew_at", clauses: []string{element("e", `any(accounts, subject.described_as contains "y" && .made)`)}}, long},
		{"a pattern on a long text for every member", tiny{asks: "publisher", at: "publisher.knew_at", clauses: []string{element("e", `any(accounts, subject.described_as matches "(x|xx)+y" && .made)`)}}, long},
	} {
		files := map[string]string{"terms/q.toml": c.rule.text()}
		for name, text := range behaviour {
			files[name] = text
		}
		_, err := book(t, files).Check(c.report, nil)
		if !errors.Is(err, errTooMuch) || !strings.HasPrefix(err.Error(), "ask terms/q: ") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A list of many members that is walked once is no trouble.
func TestManyMembers(t *testing.T) {
	r := report(t, members(20_000, "made = false")+lookedFor)
	b := book(t, map[string]string{"terms/q.toml": tiny{asks: "publisher", at: "publisher.knew_at", clauses: []string{element("e", "any(accounts, .made)")}}.text()})
	res := check(t, b, r, nil)
	e, _ := only(t, res).Answer("e")
	if e.Code != Contradicted || len(e.Why.Kids) > maxShown || e.Why.Lists[0].Members != 20_000 {
		t.Errorf("%s, %d kids, %+v", e.Code, len(e.Why.Kids), e.Why.Lists)
	}
}

// Behaviours that read one another twice are worked out once each, and an
// explanation visits each once: thirty of them would else be a thousand million.
func TestBehavioursThatDouble(t *testing.T) {
	files := map[string]string{}
	reads := "account.made"
	for i := range 40 {
		name := fmt.Sprintf("account.b%d", i)
		files["behaviours/"+name+".toml"] = fmt.Sprintf("fact = %q\ntitle = { ja = \"型\", en = \"p\" }\nwhen = '%s && (%s || account.deleted)'\n[base]\n[[case]]\nsays = \"無\"\nwant = \"true\"\n", name, reads, reads)
		reads = name
	}
	files["terms/q.toml"] = tiny{clauses: []string{element("e", reads)}}.text()
	b := book(t, files)
	for _, c := range []struct {
		facts   string
		want    Code
		missing string
	}{
		{"sid = \"s\"", Unverified, "account.made account.deleted"},
		{"made = true", Supported, ""},
		{"made = false", Contradicted, ""},
	} {
		e, _ := only(t, check(t, b, report(t, seen("o", "a", c.facts, "recorded")), nil)).Answer("e")
		if missing := strings.Join(names(e.Missing), " "); e.Code != c.want || missing != c.missing {
			t.Errorf("%s: %s, missing %q", c.facts, e.Code, missing)
		}
		if n := len(e.Why.Searched()); n != 0 {
			t.Errorf("%s: rests on %d examinations", c.facts, n)
		}
		if len(e.Why.Deciding()) > 1 {
			t.Errorf("%s: rests on %d facts", c.facts, len(e.Why.Deciding()))
		}
	}
}

// Long chains of statements, of findings and of behaviours are read and sorted
// without recursion that grows with the square.
func TestLongChains(t *testing.T) {
	var statements strings.Builder
	for i := range 20_000 {
		answers := ""
		if i > 0 {
			answers = fmt.Sprintf("answers = [\"s%d\"]\n", i-1)
		}
		fmt.Fprintf(&statements, "[[statement]]\nid = \"s%d\"\nby = \"提供者\"\nexhibit = \"E1\"\ntext = \"争う\"\nstance = \"opposes\"\non = [{ rule = \"terms/q\", clause = \"e\" }]\n%s", i, answers)
	}
	files := map[string]string{}
	before := "account.hidden"
	for i := range 300 {
		files[fmt.Sprintf("terms/r%d.toml", i)] = tiny{clauses: []string{element("e", before)}}.text()
		before = fmt.Sprintf(`finding("terms/r%d")`, i)
	}
	files["terms/q.toml"] = tiny{clauses: []string{element("e", before)}}.text()
	res := check(t, book(t, files), report(t, statements.String()+lookedFor+seen("o", "a", "hidden = true", "recorded")), nil)
	if len(res.Findings) != 301 {
		t.Fatalf("%d findings", len(res.Findings))
	}
	for _, f := range res.Findings {
		want := Indicated
		if f.Rule.ID == "terms/q" {
			want = ContestedElement
		}
		if f.Assessment != want {
			t.Fatalf("%s: %s", f.Rule.ID, f.Assessment)
		}
	}
}

func FuzzCondition(f *testing.F) {
	for _, s := range []string{
		"account.made && account.hidden", `any(consents, .given && "account" in .covers && .at <= account.made_at)`, `finding("x/y") or not (account.sid in ["a"])`,
		`account.sid matches "^[a-z]+$"`, `"2012-05-01" <= account.made_at`, "none(files, any(accounts, .made))", "account?.made ?? true", "let x = 1; x", "all(accounts, .made)",
		"#.made", "account[0]", "1..2", "((((", "a ? b : c", "\xff\x00", "日本 == 本", "if true {1} else {2}", "account.made_at == account.deleted_at", "1e9 == 1", "any(accounts, {.made | x()})",
	} {
		f.Add(s)
	}
	r := report(f, seen("o", "a", `made = true, sid = "s", made_at = "2012-02", groups = ["S-1"]`, "recorded")+consent("c", `given = true
covers = ["account"]
at = 2012-02-04`, "alleged")+lookedFor)
	f.Fuzz(func(t *testing.T, text string) {
		kind := kindNamed(t, "account")
		cond, faults := compile(text, vocabulary{self: kind})
		if (cond == nil) == (len(faults) == 0) {
			t.Fatalf("%q: condition %v and %d faults", text, cond != nil, len(faults))
		}
		if cond == nil {
			return
		}
		facts := audit.Fold(r)
		why := ask(t, cond, facts)
		if why.Strict != Unknown && why.Strict != why.Value {
			t.Fatalf("%q is %s, by records %s", text, why.Value, why.Strict)
		}
		if (why.Value == Unknown) != (len(why.MissingFacts()) > 0) {
			t.Fatalf("%q is %s and misses %v", text, why.Value, names(why.MissingFacts()))
		}
		why.Deciding()
		// What a condition is said to be can be read again, and means the same.
		again, faults := compile(cond.root.text, vocabulary{self: kind})
		if len(faults) == 0 && ask(t, again, facts).Value != why.Value {
			t.Fatalf("%q is %s, and shown as %q it is %s", text, why.Value, cond.root.text, ask(t, again, facts).Value)
		}
	})
}

func FuzzRule(f *testing.F) {
	f.Add(tiny{clauses: []string{element("e", "account.hidden")}}.text())
	f.Add(soundRule)
	f.Add(strings.Replace(faulty, "CONDITION", "account.hiden", 1))
	f.Add("title = 1\n[[element]]\n[[element]]\nid = \"x\"\n[case]\n")
	f.Add("{\"title\": []}")
	f.Add("element = [[[1]]]\nplace = [{ with = [1] }]\nbase = { findings = 1 }\n")
	r := report(f, seen("o", "a", `made = true, hidden = true, made_at = "2012"`, "recorded")+lookedFor)
	f.Fuzz(func(t *testing.T, text string) {
		b, problems := Load(folder(map[string]string{"act/q.toml": text}))
		if (b == nil) == (len(problems) == 0) {
			t.Fatalf("a rulebook %v and %d problems", b != nil, len(problems))
		}
		_ = problems.Error()
		_ = problems.Render(80)
		if b == nil {
			return
		}
		if _, err := b.Check(r, nil); err != nil && !errors.Is(err, errTooMuch) {
			t.Fatal(err)
		}
		_ = b.TestCases().Error()
		_ = b.Lint().Error()
	})
}

func FuzzReport(f *testing.F) {
	files := map[string]string{
		"act/q.toml":   soundRule,
		"terms/a.toml": tiny{when: "account.made", clauses: []string{element("e", `any(consents, .given && "account" in .covers && .at <= account.made_at)`), judged("j"), exception("defence", "x", `finding("act/q")`)}}.text(),
		"terms/r.toml": tiny{asks: "release", at: "release.at", clauses: []string{element("e", `release.of_subject && none(notices, .to_users && .at <= release.at)`)}}.text(),
	}
	b := book(f, files)
	f.Add(reportHead + seen("o", "a", "made = true, hidden = true, made_at = 2012-02-05", "recorded") + lookedFor)
	f.Add(reportHead + consent("c", "given = true\nat = \"2012-02\"\ncovers = [\"account\"]", "alleged") + strings.ReplaceAll(says("s", "提供者", "opposes", "e", "withdraws = \"s\""), "terms/q", "act/q"))
	f.Add(reportHead + "[[release]]\nid = \"r\"\nexhibit = \"E1\"\nbasis = \"recorded\"\nat = 2012-01-10T00:00:00Z\nof_subject = true\n[[notice]]\nid = \"n\"\nexhibit = \"E2\"\nbasis = \"admitted\"\nto_users = true\n")
	f.Add(reportHead + "[[observation]]\nid = \"g\"\naction = \"group.add\"\ntarget = \"account:a\"\ngroup = \"S-1-5-32-544\"\nattribution = { to = \"subject\", basis = \"hash\" }\nat = 2012-02-05\nexhibit = \"E1\"\nbasis = \"recorded\"\n")
	f.Add(`{"format":1,"title":"t","subject":{"name":"s"},"exhibit":[{"id":"E","title":"t","role":"scene"}],"observation":[{"id":"o","action":"account.create","target":"account:a","exhibit":"E","basis":"alleged","at":"2012"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, problems := audit.Read(source.File{Name: "report.toml", Text: []byte(text)})
		if (r == nil) == (len(problems) == 0) {
			t.Fatalf("a report %v and %d problems", r != nil, len(problems))
		}
		_ = problems.Error()
		if r == nil {
			return
		}
		res, err := b.Check(r, nil)
		if err != nil {
			return // statements on rules that are not there, or too much
		}
		accountedFor(t, res)
		again, err := b.Check(r, nil)
		if err != nil || dump(again) != dump(res) {
			t.Fatalf("checked twice, it comes to something else: %v", err)
		}
	})
}
