package audit

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"jobun/internal/source"
)

// head is what every small report of these tests begins with: 17 lines.
const head = `format = 1
title = "試験"
subject = { name = "道具" }
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
title = "再現"
role = "reproduction"
`

func read(t testing.TB, text string) *Report {
	t.Helper()
	r, problems := Read(source.File{Name: "report.toml", Text: []byte(head + text)})
	if err := problems.Err(); err != nil {
		t.Fatalf("read:\n%v\n%s", err, text)
	}
	return r
}

// observed writes an observation whose keys after the common ones are given.
func observed(id, action, target, more string) string {
	return fmt.Sprintf("[[observation]]\nid = %q\naction = %q\ntarget = %q\nexhibit = \"E1\"\nbasis = \"recorded\"\n%s\n", id, action, target, more)
}

func TestReadRefuses(t *testing.T) {
	first := strings.Count(head, "\n") + 1
	statement := func(id, more string) string {
		return fmt.Sprintf("[[statement]]\nid = %q\nby = \"提供者\"\nexhibit = \"E1\"\ntext = \"争う\"\n%s\n", id, more)
	}
	branch := func(id, of string) string {
		return fmt.Sprintf("[[exhibit]]\nid = %q\ntitle = \"t\"\nrole = \"scene\"\nbranch_of = %q\n", id, of)
	}
	on := "stance = \"opposes\"\non = [{ rule = \"a/b\", clause = \"c\" }]"
	notice := "[[notice]]\nid = \"n1\"\nexhibit = \"E1\"\nbasis = \"recorded\"\n"
	for _, c := range []struct {
		name, text string
		line, col  int // counted from the line after the head
		code, want string
	}{
		{"double id", observed("E1", "account.create", "account:a", ""), 2, 6, CodeTwice, `the id "E1" is already used by an exhibit`},
		{"double id of parties", "[[party]]\nid = \"利用者\"\nname = \"別人\"\nrole = \"user\"\n", 2, 6, CodeTwice, `the id "利用者" is already used by a party`},
		{"an id with a space", observed("観 察", "account.create", "account:a", ""), 2, 6, CodeFact, `"観 察" is not an id`},
		{"an id too long", observed(strings.Repeat("a", 41), "account.create", "account:a", ""), 2, 6, CodeFact, "is not an id"},
		{"exhibit that is not there", strings.Replace(observed("o", "account.create", "account:a", ""), `"E1"`, `"E3"`, 1), 5, 11, CodeDangling, `there is no exhibit "E3"`},
		{"a party as an exhibit", strings.Replace(observed("o", "account.create", "account:a", ""), `"E1"`, `"利用者"`, 1), 5, 11, CodeDangling, `"利用者" is a party, not an exhibit`},
		{"author that is not there", "[[exhibit]]\nid = \"E3\"\ntitle = \"t\"\nrole = \"scene\"\nauthor = \"提供社\"\n", 5, 10, CodeDangling, `there is no party "提供社"; did you mean "提供者"?`},
		{"custody by nobody", "[[exhibit]]\nid = \"E3\"\ntitle = \"t\"\nrole = \"scene\"\n[[exhibit.custody]]\nby = \"x\"\nhanded_to = \"E1\"\n", 6, 6, CodeDangling, `there is no party "x"`},
		{"branch of nothing", branch("E3", "E9"), 5, 13, CodeDangling, `there is no exhibit "E9"`},
		{"branch of a party", branch("E3", "利用者"), 5, 13, CodeDangling, `"利用者" is a party, not an exhibit`},
		{"branch of itself", branch("E3", "E3"), 5, 13, CodeBranch, "E3 cannot be a branch of itself"},
		{"branch of a branch", branch("E3", "E1") + branch("E4", "E3"), 10, 13, CodeBranch, "E4 cannot be a branch of E3, which is a branch of E1"},
		{"branches of each other", branch("E3", "E4") + branch("E4", "E3"), 5, 13, CodeBranch, "E3 cannot be a branch of E4, which is a branch of E3"},
		{"branch before the first", branch("E3", "E4") + branch("E4", ""), 5, 13, CodeBranch, "E3 cannot be a branch of E4, which the report states after it"},
		{"examined where there is nothing", "[[examined]]\nkinds = [\"account\"]\nexhibit = \"E9\"\n", 3, 11, CodeDangling, `there is no exhibit "E9"`},
		{"examined for no kind", "[[examined]]\nkinds = [\"account\", \"acount\"]\nexhibit = \"E1\"\n", 2, 21, CodeKind, `there is no kind of entity "acount"; did you mean "account"?`},
		{"record in no exhibit", strings.Replace(notice, "E1", "E9", 1), 3, 11, CodeDangling, `there is no exhibit "E9"`},
		{"record by nobody", notice + "by = \"提供社\"\n", 5, 6, CodeDangling, `there is no party "提供社"`},
		{"event in no exhibit", "[[event]]\nid = \"v\"\nat = 2012-02-05\nwhat = \"w\"\nexhibit = \"E9\"\nbasis = \"alleged\"\n", 5, 11, CodeDangling, `there is no exhibit "E9"`},
		{"statement by nobody", strings.Replace(statement("s", ""), "提供者", "誰か", 1), 3, 6, CodeDangling, `there is no party "誰か"`},
		{"answer to nothing", statement("s", `answers = ["t"]`), 6, 12, CodeDangling, `there is no statement "t"`},
		{"withdrawal of nothing", statement("s", `withdraws = "t"`), 6, 13, CodeDangling, `there is no statement "t"`},
		{"withdrawal of another's", statement("s", on) + strings.Replace(statement("t", `withdraws = "s"`), "提供者", "利用者", 1), 13, 13, CodeStatement, "t cannot withdraw s: another party made it"},
		{"stance without a clause", statement("s", `stance = "opposes"`), 6, 10, CodeStatement, "the statement s has a stance but names no clause"},
		{"clause without a stance", statement("s", `on = [{ rule = "a/b" }]`), 1, 3, CodeStatement, "the statement s names clauses but no stance"},
		{"answers itself", statement("s", `answers = ["s"]`), 1, 3, CodeCycle, "statements answer one another in a circle through s"},
		{"two in a circle", statement("s", `answers = ["t"]`) + statement("t", `answers = ["s"]`), 1, 3, CodeCycle, "in a circle through s"},
		{"a withdrawal in a circle", statement("s", `answers = ["t"]`) + statement("t", `withdraws = "s"`), 1, 3, CodeCycle, "in a circle through s"},
		{"unknown action", observed("o", "acount.create", "account:a", ""), 3, 10, CodeAction, `there is no action "acount.create"; did you mean "account.create"?`},
		{"wrong target", observed("o", "account.create", "file:a", ""), 4, 10, CodeTarget, `account.create happens to account:name, not to "file:a"`},
		{"target without a name", observed("o", "account.create", "account: ", ""), 4, 10, CodeTarget, "account.create happens to account:name"},
		{"target of a singleton", observed("o", "computer.seen", "computer:a", ""), 4, 10, CodeTarget, `computer.seen happens to computer, not to "computer:a"`},
		{"target that is no record", observed("o", "notice.seen", "notice:n2", "") + notice, 4, 10, CodeDangling, `there is no notice "n2"`},
		{"group by name", observed("o", "group.add", "account:a", `group = "Administrators"`), 7, 9, CodeTarget, "group.add needs the SID of the group"},
		{"group left out", observed("o", "group.add", "account:a", ""), 1, 3, CodeTarget, "group.add needs the SID of the group"},
		{"group of another action", observed("o", "account.create", "account:a", `group = "S-1-5-32-544"`), 7, 9, CodeTarget, "only group.add and group.remove have a group"},
		{"unknown fact", observed("o", "account.seen", "account:a", "shows = { sid = \"管理者\", hiden = true }"), 7, 24, CodeFact, `account has no fact "hiden"; did you mean "hidden"?`},
		{"fact of the wrong type", observed("o", "account.seen", "account:a", `shows = { hidden = "はい" }`), 7, 20, CodeFact, `account.hidden: want true or false, have the string "はい"`},
		{"list of the wrong type", observed("o", "account.seen", "account:a", `shows = { groups = ["S-1", 2] }`), 7, 20, CodeFact, "account.groups: want a list of strings, have the number 2 in it"},
		{"date of the wrong type", observed("o", "account.seen", "account:a", `shows = { made_at = "昨日" }`), 7, 21, CodeFact, `account.made_at: read time "昨日"`},
		{"a topic in other words", notice + "covers = [\"fee\", \"アカウント\"]\n", 5, 18, CodeFact, `"アカウント" is no topic; want one of account, administrator`},
		{"a topic of one's own without words", notice + "covers = [\"other: \"]\n", 5, 11, CodeFact, `"other: " is no topic`},
		{"unknown fact of a record", notice + "form = \"紙\"\n", 5, 1, CodeFact, `notice has no fact "form"`},
		{"impossible date", observed("o", "account.create", "account:a", `at = "2012-02-30"`), 7, 6, source.CodeValue, "February 2012 has no day 30"},
		{"a time that is not a time", observed("o", "account.create", "account:a", "at = 09:00:00"), 7, 6, source.CodeValue, "observation[0].at"},
		{"not a hash", "[[exhibit]]\nid = \"E3\"\ntitle = \"t\"\nrole = \"scene\"\nsha256 = \"abc\"\n", 5, 10, CodeHash, "a SHA-256 is 64 hexadecimal digits"},
		{"not a basis", strings.Replace(observed("o", "account.create", "account:a", ""), "recorded", "recordd", 1), 6, 9, source.CodeChoice, `basis cannot be "recordd"; did you mean "recorded"?`},
		{"unknown key", observed("o", "account.create", "account:a", "excerp = \"x\""), 7, 1, source.CodeUnknownKey, `has no key "excerp"; did you mean "excerpt"?`},
		{"missing key", "[[event]]\nid = \"v\"\nwhat = \"w\"\nexhibit = \"E1\"\nbasis = \"alleged\"\n", 1, 3, source.CodeMissing, `needs a key "at"`},
	} {
		_, problems := Read(source.File{Name: "report.toml", Text: []byte(head + c.text)})
		found := false
		for _, p := range problems {
			found = found || p.Line == first+c.line-1 && p.Col == c.col && p.Code == c.code && strings.Contains(p.Error(), c.want)
		}
		if !found {
			t.Errorf("%s:\nhave %v\nwant report.toml:%d:%d: %s %s", c.name, problems, first+c.line-1, c.col, c.code, c.want)
		}
	}
	_, problems := Read(source.File{Name: "r.toml", Text: []byte(strings.Replace(head, "format = 1", "format = 2", 1))})
	if len(problems) != 1 || problems[0].Code != CodeFormat || problems[0].Line != 1 || problems[0].Col != 10 {
		t.Errorf("another format: %v", problems)
	}
}

// One reading finds every mistake, in the order of the file.
func TestReadFindsAllAtOnce(t *testing.T) {
	text := observed("o", "acount.create", "account:a", "") + observed("o", "account.seen", "account:b", "shows = { hiden = true, made = 1 }") +
		strings.Replace(observed("p", "account.create", "file:a", ""), "E1", "E9", 1)
	_, problems := Read(source.File{Name: "report.toml", Text: []byte(head + text)})
	var have []string
	for i, p := range problems {
		have = append(have, p.Code)
		if i > 0 && problems[i-1].Line > p.Line {
			t.Errorf("%v stands after %v", p, problems[i-1])
		}
	}
	if want := "JB1104 JB1102 JB1106 JB1106 JB1105 JB1103"; strings.Join(have, " ") != want {
		t.Errorf("have %v, want %s:\n%v", have, want, problems)
	}
}

// What could be cubed or squared is not: a report of nothing but mistakes, and a
// circle of many statements. The work is bounded by counting it.
func TestReadOfManyMistakes(t *testing.T) {
	const n = 20_000
	var dangling, circle strings.Builder
	for i := range n / 2 {
		fmt.Fprintf(&dangling, "[[exhibit]]\nid = \"exhibit-%d\"\ntitle = \"t\"\nrole = \"scene\"\nauthor = \"patry-%d\"\n[[party]]\nid = \"party-%d\"\nname = \"n\"\nrole = \"user\"\n", i, i, i)
	}
	for i := range n {
		fmt.Fprintf(&circle, "[[statement]]\nid = \"s%d\"\nby = \"提供者\"\nexhibit = \"E1\"\ntext = \"争う\"\nanswers = [\"s%d\"]\n", i, (i+1)%n)
	}
	_, problems := Read(source.File{Name: "report.toml", Text: []byte(head + dangling.String())})
	if len(problems) != n/2 {
		t.Errorf("%d problems, want %d", len(problems), n/2)
	}
	hints := 0
	for _, p := range problems {
		if p.Hint != "" {
			hints++
		}
	}
	if hints == 0 || hints > mostHints {
		t.Errorf("%d problems have a hint, want at most %d: each is a look at every name", hints, mostHints)
	}
	_, problems = Read(source.File{Name: "report.toml", Text: []byte(head + circle.String())})
	if len(problems) != 1 || problems[0].Code != CodeCycle {
		t.Errorf("a circle of %d: %d problems, first %v", n, len(problems), problems[:1])
	}
}

func TestVerifyExhibits(t *testing.T) {
	const sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" // of hello
	dir := fstest.MapFS{
		"a.txt": {Data: []byte("hello")}, "b.txt": {Data: []byte("hullo")}, "sub/c.txt": {Data: []byte("hello")},
		"folder": {Mode: 0o755 | 1<<31}, "pipe": {Mode: 1 << 25},
	}
	for _, c := range []struct {
		file, sum string
		want      ExhibitState
	}{
		{"a.txt", sum, HashAgrees},
		{"a.txt", strings.ToUpper(sum), HashAgrees},
		{"./a.txt", sum, HashAgrees},
		{`sub\c.txt`, sum, HashAgrees},
		{"sub/../a.txt", sum, HashAgrees},
		{"b.txt", sum, HashDiffers},
		{"none.txt", sum, FileMissing},
		{"../a.txt", sum, FileMissing},
		{`..\a.txt`, sum, FileMissing},
		{"sub/../../a.txt", sum, FileMissing},
		{"/a.txt", sum, FileMissing},
		{"folder", sum, FileMissing},
		{"pipe", sum, FileMissing},
		{"sub", sum, FileMissing},
		{"", sum, NotHashed},
		{"a.txt", "", NotHashed},
	} {
		r := &Report{Exhibits: []Exhibit{{ID: "E1", File: c.file, SHA256: c.sum}}}
		if have := VerifyExhibits(r, regular{t, dir}); len(have) != 1 || have[0].State != c.want || have[0].Exhibit != "E1" || have[0].File != c.file {
			t.Errorf("%s: %+v, want %s", c.file, have, c.want)
		}
	}
}
