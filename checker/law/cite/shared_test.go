package cite

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"jobun/checker/law"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// shared is a store of the collected laws, which are not in the repository, and
// a reader of its names and the rulebook's.
func shared(t *testing.T) (*store.Store, *Reader) {
	t.Helper()
	dir := os.Getenv("JOBUN_SHARED")
	if dir == "" {
		t.Skip("JOBUN_SHARED is not set: citations are NOT looked up in the collected laws")
	}
	s, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(context.Background(), []string{filepath.Join(dir, "law", "xml")}, store.Options{}); err != nil {
		t.Fatal(err)
	}
	book, problems := law.Load(os.DirFS("../../../rules"), "laws")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	entries, err := s.Laws()
	if err != nil {
		t.Fatal(err)
	}
	return s, NewReader(book, entries)
}

func TestSharedFind(t *testing.T) {
	s, r := shared(t)
	for _, c := range []struct {
		says, on string
		result   Result
		defect   string
		instead  string
	}{
		{"電子署名法施行規則6条1項1号", "2012-03-21", OK, RedundantParagraph, ""},
		{"不正アクセス禁止法3条2項2号", "2012-04-30", OK, "", ""},
		{"不正アクセス禁止法3条2項2号", "2012-05-01", NoSuchProvision, Renumbered, "2(4)(ii)"},
		{"不正アクセス禁止法2条4項2号", "2012-04-30", NoSuchProvision, Renumbered, "3(2)(ii)"},
		{"不正アクセス禁止法11条", "2012-04-30", NoSuchProvision, Renumbered, "8(i)"},
		{"刑法91条", "2024-01-01", OK, DeletedRange, ""},
		{"刑法74条", "2012-03-01", OK, Deleted, ""},
		{"刑法168条の2第1項3号", "2012-03-01", NoSuchProvision, "", ""},
		{"刑法168条の2", "2014-01-01", Gap, "", ""},
		{"刑事訴訟法250条", "2014-01-01", NotHeld, "", ""},
		{"不正アクセス禁止法6条", "2000-06-30", NotInForce, "", ""},
		{"刑法38条3号", "2012-03-01", NoSuchProvision, "", ""},
		{"刑法176条5号", "2024-01-01", OK, MissingParagraph, ""},
		{"刑法38条1項ただし書", "2012-03-01", OK, "", ""},
		{"刑法246条1項ただし書", "2012-03-01", OK, NoSuchPart, ""},
	} {
		on, err := day.ParseDate(c.on)
		if err != nil {
			t.Fatal(err)
		}
		cited, err := r.Parse(c.says, Context{})
		if err != nil {
			t.Errorf("%s: %v", c.says, err)
			continue
		}
		f, err := r.Find(s, cited, on)
		defect := ""
		if len(f.Defects) > 0 {
			defect = f.Defects[0].Code
		}
		if err != nil || f.Result != c.result || defect != c.defect || f.Instead.String() != c.instead {
			t.Errorf("%s on %s: %s %q %q %+v, %v", c.says, c.on, f.Result, defect, f.Instead, f.Defects, err)
		}
	}
}
