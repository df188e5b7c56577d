package checker

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jobun/rules"
)

// The rulebook that the program carries passes its own cases, and every clause
// of it is turned by one: a condition that is changed is noticed.
func TestRulebookIsSound(t *testing.T) {
	b, problems := Load(rules.Files)
	if err := problems.Err(); err != nil {
		t.Fatalf("load:\n%v", err)
	}
	if err := b.TestCases().Err(); err != nil {
		t.Errorf("cases:\n%v", err)
	}
	if err := b.Lint().Err(); err != nil {
		t.Errorf("lint:\n%v", err)
	}
	if b.Cases() < 2*len(b.Rules) {
		t.Errorf("%d cases of %d rules", b.Cases(), len(b.Rules))
	}
}

// inMemory copies a rulebook, each file changed.
func inMemory(t *testing.T, change func(name, text string) string) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(rules.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(rules.Files, name)
		all[name] = &fstest.MapFile{Data: []byte(change(name, string(text)))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A rulebook whose rules keep only their first case is complained of, rule by
// rule.
func TestRulesWithoutTheirCases(t *testing.T) {
	b, problems := Load(inMemory(t, func(name, text string) string {
		if strings.Count(name, "/") != 1 || strings.HasPrefix(name, "laws/") {
			return text
		}
		parts := strings.SplitAfterN(text, "[[case]]", 3)
		if len(parts) < 3 {
			return text
		}
		return parts[0] + strings.TrimSuffix(parts[1], "[[case]]")
	}))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	complained := map[string]bool{}
	for _, p := range b.Lint() {
		complained[strings.TrimSuffix(p.File, ".toml")] = true
	}
	for _, r := range b.Rules {
		conditions := 0
		for _, c := range r.Clauses() {
			if c.cond != nil {
				conditions++
			}
		}
		if conditions > 1 && !complained[r.ID] {
			t.Errorf("%s has %d conditions and one case, and nothing is said", r.ID, conditions)
		}
	}
	if len(complained) < len(b.Rules)/2 {
		t.Errorf("of %d rules only %d are complained of", len(b.Rules), len(complained))
	}
}

// A criminal rule of which nothing is to be said.
const soundRule = `title = { ja = "作成罪", en = "making" }
law = "act"
regime = "criminal"
accused = "person"
asks = "account"
at = "account.made_at"
at_kind = "act"
status = "draft"
[[place]]
from = 2000-01-01
until = 2012-05-01
cite = "3"
penalty = { cite = "8", ja = "懲役", en = "p" }
[[place]]
from = 2012-05-01
cite = "2(4)"
penalty = { cite = "11", ja = "懲役", en = "p" }
[limits]
attempt = false
negligence = false
corporate = false
complaint = false
limitation = { years = 3, from = "account.made_at", basis = { ja = "刑訴法250条", en = "刑訴法250条" } }
[[element]]
id = "made"
ja = "作成"
when = "account.made_by_subject"
[[element]]
id = "hidden"
ja = "隠匿"
when = "account.hidden && account.enabled"
[[exception]]
id = "told"
kind = "exclusion"
ja = "告知"
when = "account.remote_sign_in_denied"
[[authority]]
cite = { ja = "判例", en = "case" }
date = 2005-03-25
on = "made"
says = { ja = "と述べる", en = "says so" }
checked = "source"
[base]
account = { made_by_subject = true, hidden = true, enabled = true, remote_sign_in_denied = false, made_at = 2012-04-30 }
want = "indicated"
[[case]]
says = "別の者が作成"
turns = ["made"]
set = { account.made_by_subject = false }
want = "contradicted"
[[case]]
says = "隠されていない"
turns = ["hidden"]
set = { account.hidden = false }
want = "contradicted"
[[case]]
says = "無効"
turns = ["hidden"]
set = { account.enabled = false }
want = "contradicted"
[[case]]
says = "告げた"
turns = ["told"]
set = { account.remote_sign_in_denied = true }
want = "excepted"
[[case]]
says = "施行の前日"
set = { account.made_at = 1999-12-31 }
want = "not-in-force"
[[case]]
says = "施行の日"
set = { account.made_at = 2000-01-01 }
cites = "第3条"
[[case]]
says = "改正の日"
set = { account.made_at = 2012-05-01 }
cites = "第2条第4項"
`

func withoutCase(says string) func(string) string {
	return func(text string) string {
		parts := strings.Split(text, "[[case]]")
		kept := slices.DeleteFunc(parts, func(part string) bool { return strings.Contains(part, says) })
		return strings.Join(kept, "[[case]]")
	}
}

func replaced(old, new string) func(string) string {
	return func(text string) string { return strings.Replace(text, old, new, 1) }
}

func both(a, b func(string) string) func(string) string {
	return func(text string) string { return b(a(text)) }
}

func TestLint(t *testing.T) {
	same := func(text string) string { return text }
	for _, c := range []struct {
		name   string
		weaken func(string) string
		want   map[string]string // code -> what one of its messages says
	}{
		{"nothing", same, map[string]string{}},
		{"a case removed", withoutCase("別の者が作成"), map[string]string{LintCases: `no case turns the element "made"`, LintMutant: ``}},
		{"the case of one operand removed", withoutCase("無効"), map[string]string{}}, // negating it contradicts the base
		{"an operand that no case tries", both(both(replaced("account.hidden && account.enabled", "(account.hidden || account.deleted) && account.enabled"), replaced("hidden = true,", "hidden = true, deleted = false,")), withoutCase("隠されていない")), map[string]string{LintMutant: `"account.deleted" can be negated`}},
		{"the case of an exception removed", withoutCase("告げた"), map[string]string{LintCases: `no case supports the exception "told"`, LintMutant: `"told" can be left out`}},
		{"the day before removed", withoutCase("施行の前日"), map[string]string{LintBoundary: "no case has its anchor on 1999-12-31"}},
		{"the day of the change removed", withoutCase("改正の日"), map[string]string{LintBoundary: "no case has its anchor on 2012-05-01"}},
		{"no authority", replaced("[[authority]]\ncite = { ja = \"判例\", en = \"case\" }\ndate = 2005-03-25\non = \"made\"\nsays = { ja = \"と述べる\", en = \"says so\" }\nchecked = \"source\"\n", ""), map[string]string{LintAuthority: "the rule names no authority"}},
		{"an authority on no clause", replaced(`on = "made"`, `on = "mad"`), map[string]string{LintAuthority: `there is no clause "mad"`}},
		{"nobody's conduct", both(replaced("account.made_by_subject\"", "account.made\""), func(s string) string { return strings.ReplaceAll(s, "made_by_subject", "made") }), map[string]string{LintConduct: "no element reads who did it"}},
		{"a place before the law", replaced("from = 2000-01-01", "from = 1990-01-01"), map[string]string{LintCitation: "the law has no version on 1990-01-01", LintBoundary: ""}},
		{"no penalty", replaced("penalty = { cite = \"8\", ja = \"懲役\", en = \"p\" }\n", ""), map[string]string{LintPenalty: "a criminal provision has a penalty"}},
		{"limits not stated", replaced("attempt = false\n", ""), map[string]string{LintPenalty: "a criminal rule states attempt"}},
	} {
		text := c.weaken(soundRule)
		if c.name != "nothing" && text == soundRule {
			t.Fatalf("%s: nothing was changed", c.name)
		}
		found := map[string]string{}
		for _, p := range book(t, map[string]string{"act/q.toml": text}).Lint() {
			found[p.Code] += p.Error() + "\n"
		}
		if have, want := slices.Sorted(maps.Keys(found)), slices.Sorted(maps.Keys(c.want)); !slices.Equal(have, want) {
			t.Errorf("%s: codes %v, want %v: %v", c.name, have, want, found)
		}
		for code, says := range c.want {
			if !strings.Contains(found[code], says) {
				t.Errorf("%s: %s does not say %q", c.name, found[code], says)
			}
		}
	}
}

// The cases of a rule are run: one that does not come out is said, with its
// place.
func TestCasesThatFail(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`want = "excepted"`, `want = "open"`, "want open, have excepted"},
		{`want = "indicated"`, `want = "open"`, "want open, have indicated"},
		{`turns = ["told"]`, `turns = []`, "turns [told], not []"},
		{`turns = ["made"]`, `turns = ["made", "told"]`, "turns [made], not [made told]"},
		{`cites = "第3条"`, `cites = "第2条"`, "want 第2条, have 第3条"},
		{`cites = "第2条第4項"`, "penalty = \"拘禁刑\"", "want a penalty with 拘禁刑, have 懲役"},
		{`want = "not-in-force"`, "asked = false", "want asked = false"},
		{`want = "not-in-force"`, `supported = ["made", "mad"]`, `there is no clause "mad"`},
		{`want = "excepted"`, `unknown = ["told"]`, "told: want unknown, have supported"},
		{`set = { account.hidden = false }`, `set = { account.hiden = false }`, `account has no fact "hiden"`},
		{`set = { account.hidden = false }`, `set = { account.hidden = 1 }`, `account.hidden: want true or false, have the number 1`},
		{`set = { account.hidden = false }`, `set = { file.made = false }`, `a case cannot state "file"`},
		{`set = { account.hidden = false }`, `set = { files = [1] }`, `files wants a list of tables`},
		{`set = { account.hidden = false }`, `unset = ["account.deleted"]`, `account.deleted cannot be unset: the base does not state it`},
		{`set = { account.hidden = false }`, `alleged = ["account.deleted"]`, `account.deleted cannot be alleged`},
		{`set = { account.hidden = false }`, `disputed = ["account.deleted"]`, `account.deleted cannot be disputed`},
	} {
		text := strings.Replace(soundRule, c.old, c.new, 1)
		if text == soundRule {
			t.Fatalf("the rule has no %q", c.old)
		}
		problems := book(t, map[string]string{"act/q.toml": text}).TestCases()
		if len(problems) == 0 || !strings.Contains(problems.Error(), c.want) || problems[0].Code != CodeCase || problems[0].Line < 40 {
			t.Errorf("%s for %s: have %v, want %q", c.new, c.old, problems, c.want)
		}
	}
}
