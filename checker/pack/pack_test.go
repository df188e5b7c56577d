package pack

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobun/checker/export/paper"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	w, err := New(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := w.Add(name, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(Manifest{}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestCompare(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	write(t, dir, map[string]string{"a.txt": "a", "甲/乙.txt": "b"})
	compare := func() []Kind {
		m, err := Read(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		list, err := Compare(os.DirFS(dir), m)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []Kind
		for _, d := range list {
			kinds = append(kinds, d.Kind)
		}
		return kinds
	}
	if have := compare(); len(have) > 0 {
		t.Errorf("a pack does not agree with itself: %v", have)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("甲/乙.txt", "c")
	put("new", "")
	if have := compare(); !slices.Equal(have, []Kind{Hash, FileAdded}) {
		t.Errorf("%v", have)
	}
	sums, err := os.ReadFile(filepath.Join(dir, SumsName))
	if err != nil {
		t.Fatal(err)
	}
	put(SumsName, string(sums)+"not a line\n"+strings.Repeat("0", 64)+"  ../outside\n")
	if have := compare(); !slices.Equal(have, []Kind{Form, Form, Hash, FileAdded}) {
		t.Errorf("%v", have)
	}
}

// What stops half-way leaves nothing under the name; somebody's file there stays.
func TestUnfinished(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "p")
	w, err := New(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add("a", strings.NewReader("a")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("there is something under the name before the end")
	}
	for _, name := range []string{"../a", "/a", "a", "A", "", "a/../b"} {
		if err := w.Add(name, strings.NewReader("")); err == nil {
			t.Errorf("%q is taken", name)
		}
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "theirs"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(Manifest{}, nil); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("finished over somebody's file: %v", err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) != 1 {
		t.Errorf("there is %v (%v)", left, err)
	}
	if _, err := New(dir); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("%v", err)
	}
}

func TestKindOf(t *testing.T) {
	quoted := []string{"管理者アカウントが作成された", "第三条の規定に違反した者"}
	for _, c := range []struct {
		want, have string
		kind       Kind
	}{
		{"刑法第168条の2第2項", "刑法第168条の2第3項", Citation},
		{"第三条第二項", "第三条第三項", Citation},
		{"art. 168-2, para. 1", "art. 168-3, para. 1", Citation},
		{"行為時 平成24年2月5日", "行為時 平成24年2月6日", Date},
		{"〔甲1の2・12行目〕", "〔甲1の3・12行目〕", Exhibits},
		{"資料2", "資料2の1", Exhibits},
		{"Exhibit A-2", "Exhibit A-3", Exhibits},
		{"on 5 February 2012", "on 6 February 2012", Date},
		{"2012-02-05", "2012-02-06", Date},
		{"SHA-256 0123456789ab", "SHA-256 0123456789ac", Hash},
		{"検討結果の内訳: 未検討 3（計 3件）。", "検討結果の内訳: 未検討 4（計 3件）。", Total},
		{"証拠 計 16点。", "証拠 計 17点。", Total},
		{"管理者アカウントが作成された", "管理者アカウントが作成されない", Quotation},
		{"「第三条の規定に違反した者", "「第四条の規定に違反した者", Quotation},
		{"管理者アカウントが作", "管理者アカウントは作", Quotation},
		{"この書面は", "この書類は", Wording},
		{"", "加えられた行", Wording},
		{"", "刑法第168条", Wording},
	} {
		have := kindOf(c.want, c.have, quoted)
		if have != c.kind && c.want != "" {
			t.Errorf("%q, %q: %s, want %s", c.want, c.have, have, c.kind)
		}
		if c.want == "" && have == "" {
			t.Errorf("%q has no kind", c.have)
		}
	}
}

func TestOfPapers(t *testing.T) {
	paperOf := func(text, note string) *paper.Paper {
		return &paper.Paper{Kind: "summary", Made: paper.Made{Settings: map[string]string{"date": "2026-11-25"}}, Blocks: []paper.Block{
			{Kind: paper.Paragraph, Spans: []paper.Span{{Text: "前"}}},
			{Kind: paper.Table, Head: []paper.Cell{paper.Own("頭")}, Rows: [][]paper.Cell{{{{Text: text, Note: paper.Own(note)}}}}},
			{Kind: paper.Paragraph, Spans: []paper.Span{{Text: "後"}}},
		}}
	}
	if list := OfPapers(paperOf("a", "b"), paperOf("a", "b")); len(list) > 0 {
		t.Errorf("%v", list)
	}
	for _, other := range []*paper.Paper{paperOf("c", "b"), paperOf("a", "c")} {
		if list := OfPapers(paperOf("a", "b"), other); len(list) != 1 {
			t.Errorf("%v", list)
		}
	}
	less := paperOf("a", "b")
	less.Blocks = less.Blocks[:2]
	if list := OfPapers(paperOf("a", "b"), less); len(list) != 1 || list[0].Have != "" || list[0].Want == "" {
		t.Errorf("%v", list)
	}
	set := paperOf("a", "b")
	set.Made.Settings["date"] = "2026-11-26"
	if list := OfPapers(paperOf("a", "b"), set); len(list) != 1 || list[0].Kind != Setting {
		t.Errorf("%v", list)
	}
	marked := paperOf("a", "b")
	marked.Blocks[0].Spans[0].Quoted = true
	if list := OfPapers(paperOf("a", "b"), marked); len(list) != 1 || list[0].Kind != Form {
		t.Errorf("%v", list)
	}
}
