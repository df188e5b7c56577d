package checker

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// The rule in which the table below makes its mistakes. The condition stands
// after Japanese, so that a column that counts bytes is wrong.
const faulty = `title = { ja = "隠された管理者", en = "hidden administrator" }
law = "terms"
regime = "civil"
asks = "account"
at = "account.made_at"
at_kind = "act"
status = "draft"
element = [{ id = "要件", ja = "管理者として作成された「隠し」アカウント", when = 'CONDITION' }]
[[place]]
cite = "6"
[base]
[[case]]
says = "無"
`

func TestConditionErrors(t *testing.T) {
	before, _, _ := strings.Cut(faulty, "CONDITION")
	first := utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]) + 1 // the column of the condition's first character
	long := strings.Repeat("account.made || ", 40) + "account.made"
	for _, c := range []struct {
		cond string
		col  int // counted from the condition's first character
		want string
	}{
		{"account.hiden", 8, `account has no fact "hiden"; did you mean "hidden"?`},
		{`"管理者" == account.sid && account.isued_by`, 32, `account has no fact "isued_by"`},
		{"acount.made", 0, `there is no kind of entity "acount"; did you mean "account"?`},
		{"file.made", 0, "file is not what the rule asks about: write any(files, .made)"},
		{"account.made && account.sid", 13, "&& stands between true or false, not beside a string"},
		{`account.made == "x"`, 13, "true or false cannot be compared with a string"},
		{`account.sid < "x"`, 12, "< does not compare a string"},
		{`account.made_at < "昨日"`, 18, `"昨日" is not a date`},
		{`any(notices, "accounts" in .covers)`, 24, `"accounts" is no topic; want one of account`},
		{`account.sid in "S"`, 12, "in wants a string in a list, has a string in a string"},
		{"account.made contains \"x\"", 13, "contains wants strings, has true or false and a string"},
		{`account.sid matches "("`, 20, "the pattern cannot be read"},
		{`account.sid matches account.ordered_by`, 28, "a pattern is written out, in at most 100 characters"},
		{`account.sid matches "` + strings.Repeat("a", 101) + `"`, 20, "a pattern is written out, in at most 100 characters"},
		{"account.sid", 8, "a condition must be true or false; this is a string"},
		{"not account.sid", 0, "not stands before true or false, not before a string"},
		{"account?.made", 9, "?. is not part of the language"},
		{"account.made ?? true", 13, "?? is not part of the language"},
		{"account.made ? true : false", 26, "?: is not part of the language: make it two clauses"},
		{"account.made; true", 8, "; is not part of the language"},
		{"let x = true; x", 4, "let is not part of the language: make it a behaviour"},
		{"1..2 == 3", 1, ".. is not part of the language"},
		{"account.groups[0] == \"x\"", 14, "indexing is not part of the language"},
		{`account["made"]`, 7, "indexing is not part of the language"},
		{"account.made[1:2]", 12, "slices are not part of the language"},
		{"account.made == nil", 16, "nil is not part of the language"},
		{"1.5 == 1", 0, "numbers are whole"},
		{"-1 < 2", 0, "- is not part of the language"},
		{"1 + 1 == 2", 2, "+ is not part of the language"},
		{"{\"a\": 1}", 0, "maps are not part of the language"},
		{"all(accounts, .made)", 0, "all is not part of the language; it is true of an empty list: write none(list, not …)"},
		{"len(accounts) > 1", 0, "len is not part of the language; any and none are"},
		{"now() == 1", 0, "now is not part of the language"},
		{"foo(1)", 0, `the only function is finding("rule")`},
		{"finding(account.sid)", 0, "finding wants the name of one rule, as a string"},
		{"any(acounts, .made)", 4, `there is no list "acounts"; did you mean "accounts"?`},
		{"any(accounts, .made_at)", 0, "any wants a condition on the members, has a date"},
		{"any(accounts, any(files, any(tasks, .made)))", 25, "any and none nest at most 2 deep; make it a behaviour"},
		{".made", 0, `unexpected token Operator(".")`},
		{"accounts", 0, "accounts is a list: write any(accounts, …) or none(accounts, …)"},
		{"made", 0, `"made" is not a fact: facts are kind.fact`},
		{"account.made.hidden", 13, "facts have one dot: kind.fact"},
		{"account.made &&", 14, "unexpected token EOF"},
		{"any(accounts)", 12, "expected at least 2 arguments"},
		{`account.sid in [1]`, 16, "a list holds strings only"},
		{long, 0, "the condition has 652 characters; at most 600; make it two clauses or a behaviour"},
		{strings.Repeat("(", 17) + "true" + strings.Repeat(")", 17), 16, "more than 16 nested brackets"},
		{strings.Repeat("!", 130) + "true", 120, "the condition has more than 120 parts"},
	} {
		text := strings.Replace(faulty, "CONDITION", c.cond, 1)
		_, problems := Load(folder(map[string]string{"terms/隠し.toml": text}))
		want := fmt.Sprintf("terms/隠し.toml:8:%d: %s", first+c.col, c.want)
		if len(problems) != 1 || !strings.HasPrefix(problems.Error(), want) || problems[0].Code != CodeCondition {
			t.Errorf("%s\nhave %s\nwant %s", c.cond, problems.Error(), want)
		}
	}
}

func TestLoadErrors(t *testing.T) {
	sound := strings.Replace(faulty, "CONDITION", "account.hidden", 1)
	behaviour := func(fact, when string) string {
		return fmt.Sprintf("fact = %q\ntitle = { ja = \"型\", en = \"pattern\" }\nwhen = '%s'\n[base]\n[[case]]\nsays = \"無\"\nwant = \"true\"\n", fact, when)
	}
	edited := func(old, new string) map[string]string {
		if !strings.Contains(sound, old) {
			t.Fatalf("the rule has no %q", old)
		}
		return map[string]string{"terms/q.toml": strings.Replace(sound, old, new, 1)}
	}
	clause := `{ id = "要件", ja = "管理者として作成された「隠し」アカウント", when = 'account.hidden' }`
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"sound", edited(clause, clause), nil},
		{"unknown law", edited(`law = "terms"`, `law = "tems"`), []string{`terms/q.toml:2:7: there is no law "tems"`}},
		{"unknown kind", edited(`asks = "account"`, `asks = "acount"`), []string{`terms/q.toml:4:8: there is no kind of entity "acount"; did you mean "account"?`}},
		{"unknown place", edited(`cite = "6"`, `cite = "第六"`), []string{`terms/q.toml:10:8: `}},
		{"unknown place of a penalty", edited(`cite = "6"`, "cite = \"6\"\npenalty = { cite = \"x\", law = \"tems\", ja = \"罰\", en = \"p\" }"), []string{`terms/q.toml:11:20: `, `terms/q.toml:11:31: there is no law "tems"`}},
		{"places that overlap", edited(`cite = "6"`, "cite = \"6\"\nuntil = 2012-05-01\n[[place]]\nfrom = 2012-04-30\ncite = \"7\""), []string{`terms/q.toml:12:3: places follow one another without overlap`}},
		{"a place that ends before it begins", edited(`cite = "6"`, "cite = \"6\"\nfrom = 2012-05-01\nuntil = 2012-05-01"), []string{`terms/q.toml:12:9: until is not after from`}},
		{"an anchor that is no date", edited(`at = "account.made_at"`, `at = "account.made"`), []string{`terms/q.toml:5:6: account.made is not a date`}},
		{"an anchor that is no fact", edited(`at = "account.made_at"`, `at = "account.mad_at"`), []string{`terms/q.toml:5:15: account has no fact "mad_at"; did you mean "made_at"?`}},
		{"a part of a day as a date", edited(`cite = "6"`, "cite = \"6\"\nfrom = 2012-05-01T00:00:00Z"), []string{`terms/q.toml:11:8: place[0].from: want a whole day`}},
		{"clause named twice", edited(clause, clause+", "+clause), []string{`terms/q.toml:8:88: the clause "要件" is named twice`}},
		{"exception without a kind", edited("element = [", `exception = [{ id = "除外", ja = "但書", when = "account.made" }]`+"\nelement = ["), []string{`terms/q.toml:8:14: the exception "除外" needs a kind`}},
		{"element with a kind", edited(`{ id = "要件"`, `{ kind = "defence", id = "要件"`), []string{`terms/q.toml:8:21: only exceptions have a kind`}},
		{"clause without condition or question", edited(", when = 'account.hidden'", ""), []string{`terms/q.toml:8:12: the clause "要件" needs a condition, or a nature that a person judges and a question`}},
		{"judged without a question", edited("when = 'account.hidden'", `nature = "evaluative"`), []string{`terms/q.toml:8:12: the clause "要件" needs a condition`}},
		{"objective with a question only", edited("when = 'account.hidden'", `ask = { ja = "問", en = "q" }`), []string{`terms/q.toml:8:12: the clause "要件" needs a condition`}},
		{"clause without words", edited(`ja = "管理者として作成された「隠し」アカウント", `, ""), []string{`terms/q.toml:8:12: the clause "要件" needs the provision's words (ja) or a name`}},
		{"unknown key", edited(`id = "要件"`, `id = "要件", whn = "x"`), []string{`terms/q.toml:8:25: element[0] has no key "whn"; did you mean "when"?`}},
		{"missing keys", edited(`status = "draft"`, ""), []string{`terms/q.toml:1:1: the file needs a key "status"`}},
		{"unknown regime", edited(`regime = "civil"`, `regime = "civl"`), []string{`terms/q.toml:3:10: regime cannot be "civl"; did you mean "civil"?`}},
		{"evidence for what is no fact", edited("[base]", "[evidence]\n\"account.hiden\" = { ja = \"記録\", en = \"record\" }\n[base]"), []string{`terms/q.toml:12:19: account has no fact "hiden"; did you mean "hidden"?`}},
		{"fact for a clause that is none", edited("when = 'account.hidden'", `when = 'account.hidden', for = ["release.withdrawm"]`), []string{`terms/q.toml:8:95: release has no fact "withdrawm"; did you mean "withdrawn"?`}},
		{"finding of no rule", edited("account.hidden", `finding("terms/p")`), []string{`terms/q.toml:8:61: there is no rule "terms/p"; did you mean "terms/q"?`}},
		{"finding of itself", edited("account.hidden", `finding("terms/q")`), []string{`terms/q.toml:8:61: terms/q and terms/q rest on one another`}},
		{"circle of three, and a rule that is not there", map[string]string{
			"terms/a.toml": strings.Replace(sound, "account.hidden", `finding("terms/b")`, 1),
			"terms/b.toml": strings.Replace(sound, "account.hidden", `finding("terms/c")`, 1),
			"terms/c.toml": strings.Replace(sound, "account.hidden", `finding("terms/a") && finding("terms/z")`, 1),
		}, []string{`terms/c.toml:8:61: terms/c and terms/a rest on one another`, `terms/c.toml:8:61: there is no rule "terms/z"`}},
		{"circle of behaviours", map[string]string{
			"terms/q.toml":      sound,
			"behaviours/a.toml": behaviour("account.a", "account.b"),
			"behaviours/b.toml": behaviour("account.b", "account.a && account.made"),
			"behaviours/0.toml": behaviour("account.c", "account.a"), // reads the circle, and is not in it
		}, []string{`behaviours/b.toml:3:8: account.b and account.a rest on one another`}},
		{"behaviour of itself", map[string]string{"terms/q.toml": sound, "behaviours/a.toml": behaviour("account.a", "not account.a")}, []string{`behaviours/a.toml:3:8: account.a and account.a rest on one another`}},
		{"behaviour that reads a finding", map[string]string{"terms/q.toml": sound, "behaviours/a.toml": behaviour("account.a", `finding("terms/q")`)}, []string{`behaviours/a.toml:3:8: a behaviour does not read findings`}},
		{"behaviour named as a fact", map[string]string{"terms/q.toml": sound, "behaviours/a.toml": behaviour("account.made", "account.hidden")}, []string{`behaviours/a.toml:1:8: account.made is already a fact that a report states`}},
		{"behaviour of no kind", map[string]string{"terms/q.toml": sound, "behaviours/a.toml": behaviour("made", "account.hidden")}, []string{`behaviours/a.toml:1:8: "made" is not a name for a fact`}},
		{"two behaviours of one name", map[string]string{"terms/q.toml": sound, "behaviours/a.toml": behaviour("account.a", "account.hidden"), "behaviours/b.toml": behaviour("account.a", "account.made")}, []string{`behaviours/a.toml:1:8: account.a is already worked out by b`}},
		{"a rule outside a folder", map[string]string{"q.toml": sound}, []string{`q.toml:0:0: a rule lies in the folder of its law`}},
		{"a rule too deep", map[string]string{"terms/more/q.toml": sound}, []string{`terms/more/q.toml:0:0: a rule lies in the folder of its law`}},
		{"no rules", map[string]string{}, []string{`rules:0:0: there are no rules`}},
		{"several at once, in several files", map[string]string{
			"terms/a.toml": strings.Replace(strings.Replace(sound, "account.hidden", "account.hiden && account.mad", 1), `cite = "6"`, `cite = "x"`, 1),
			"terms/b.toml": strings.Replace(strings.Replace(sound, `law = "terms"`, `law = "tems"`, 1), "account.hidden", "acount.made", 1),
		}, []string{`terms/a.toml:8:70: account has no fact "hiden"`, `terms/a.toml:8:87: account has no fact "mad"`, `terms/a.toml:10:8: place "x"`, `terms/b.toml:2:7: there is no law "tems"`, `terms/b.toml:8:62: there is no kind of entity "acount"`}},
		{"decoding in several files", map[string]string{
			"terms/a.toml": strings.Replace(sound, "asks", "aks", 1),
			"terms/b.toml": strings.Replace(sound, `status = "draft"`, "status = 1", 1),
		}, []string{`terms/a.toml:1:1: the file needs a key "asks"`, `terms/a.toml:4:1: the file has no key "aks"; did you mean "asks"?`, `terms/b.toml:7:10: status: want a string, have an integer`}},
	} {
		_, problems := Load(folder(c.files))
		have := ""
		if len(problems) > 0 {
			have = problems.Error()
		}
		lines := strings.Split(have, "\n")
		if len(c.want) == 0 && have == "" {
			continue
		}
		if len(lines) != len(c.want) {
			t.Errorf("%s: want %d problems, have\n%s", c.name, len(c.want), have)
			continue
		}
		for i, want := range c.want {
			if !strings.HasPrefix(lines[i], want) {
				t.Errorf("%s:\nhave %s\nwant %s", c.name, lines[i], want)
			}
		}
	}
}

// The caret stands under the mistake, measured in the cells of a terminal.
func TestCaretUnderJapanese(t *testing.T) {
	_, problems := Load(folder(map[string]string{"terms/q.toml": strings.Replace(faulty, "CONDITION", "account.hiden", 1)}))
	lines := strings.Split(problems.Render(200), "\n")
	for i, line := range lines {
		if caret := strings.Index(line, "^"); caret >= 0 && i > 0 {
			cells := 0
			for _, r := range lines[i-1][:strings.Index(lines[i-1], "hiden")] {
				cells++
				if r >= 0x3000 {
					cells++
				}
			}
			if cells != caret && cells-1 != caret { // the caret may stand under the dot
				t.Errorf("the caret is in cell %d, the word in cell %d:\n%s", caret, cells, problems.Render(200))
			}
			return
		}
	}
	t.Errorf("there is no caret:\n%s", problems.Render(200))
}

// A file system that cannot be read is a problem, not a panic.
func TestLoadNothing(t *testing.T) {
	if _, problems := Load(fstest.MapFS{}); len(problems) == 0 {
		t.Error("an empty folder is a rulebook")
	}
}
