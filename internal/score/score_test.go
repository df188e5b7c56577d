package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/law/store"
)

// All shared citations are right. The file is not in the repository.
func TestSharedCitations(t *testing.T) {
	dir := os.Getenv("JOBUN_SHARED")
	if dir == "" {
		t.Skip("JOBUN_SHARED is not set: citations.tsv is NOT scored")
	}
	var out, errs bytes.Buffer
	code := run([]string{"citations", filepath.Join(dir, "law", "citations.tsv")}, filepath.Join(dir, "law", "xml"), &out, &errs)
	if code != 0 || out.String() != "citations: 120 of 120 right (100.0 %)\n" {
		t.Errorf("exit %d\n%s%s", code, out.String(), errs.String())
	}
}

const sample = `<Law Era="Heisei" Year="11" Num="9" LawType="Act"><LawNum>平成十一年法律第九号</LawNum><LawBody><LawTitle>試し法</LawTitle><MainProvision><Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>する。</Sentence></ParagraphSentence></Paragraph></Article></MainProvision></LawBody></Law>`

func TestMisses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	s, err := store.Open(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	file := write("411AC0000000009_20000213_000000000000000.xml", sample)
	if _, err := s.Import(context.Background(), []string{file}, store.Options{Asserts: true}); err != nil {
		t.Fatal(err)
	}
	cases := write("cases.tsv", `id	law_ref	citation	date	result	path
a	試し法	1条	2001-01-01	OK	At_1
b	試し法	2条	2001-01-01	OK	At_2
c	ない法	2条	2001-01-01	OK	At_2
`)
	var out, errs bytes.Buffer
	if code := run([]string{"citations", cases}, s.Dir(), &out, &errs); code != 1 {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], `b 試し法2条 on 2001-01-01: result: want "OK", have "NO_SUCH_PROVISION"`) ||
		!strings.HasPrefix(lines[1], "c ") || lines[2] != "citations: 1 of 3 right (33.3 %)" {
		t.Errorf("%s", out.String())
	}
	for _, args := range [][]string{nil, {"rules", cases}, {"citations", "absent"}, {"citations", write("empty.tsv", "")}} {
		if code := run(args, s.Dir(), &out, &errs); code < 2 {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}
