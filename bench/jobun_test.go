package bench

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/rules"
)

// jobunRulebook is the program's laws and behaviours with one rule a kind, whose
// elements are the conditions.
func jobunRulebook(tb testing.TB) *checker.Rulebook {
	tb.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(rules.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name != "rulebook.toml" && !strings.HasPrefix(name, "laws/") && !strings.HasPrefix(name, "behaviours/") {
			return err
		}
		text, err := fs.ReadFile(rules.Files, name)
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	for _, kind := range kinds() {
		text := fmt.Sprintf(`title   = { ja = "測定", en = "bench" }
law     = "civil-code"
regime  = "civil"
asks    = %[1]q
at      = "%[1]s.%[2]s"
at_kind = "act"
status  = "draft"
[[place]]
cite = "1"
`, kind.name, kind.anchor)
		for _, c := range ofKind(kind.name) {
			text += fmt.Sprintf("[[element]]\nid   = %[1]q\nname = { ja = %[1]q, en = %[1]q }\nwhen = '''%[2]s'''\n", c.name, c.jobun)
		}
		files["bench/"+kind.name+".toml"] = &fstest.MapFile{Data: []byte(text + "[base]\n[[case]]\nsays = \"none\"\n")}
	}
	book, problems := checker.Load(files)
	if len(problems) > 0 {
		tb.Fatal(problems.Render(80))
	}
	return book
}

func jobunAnswers(tb testing.TB, book *checker.Rulebook, r *audit.Report) answers {
	tb.Helper()
	result, err := book.Check(r, nil)
	if err != nil {
		tb.Fatal(err)
	}
	var list answers
	for _, c := range conditions() {
		for _, f := range result.Findings {
			if f.Entity.Kind != c.kind {
				continue
			}
			a, ok := f.Answer(c.name)
			if !ok {
				tb.Fatalf("%s is not answered of %s", c.name, f.Entity.ID)
			}
			list = append(list, a.Why.Value.String())
		}
	}
	return list
}
