package cite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
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
		{"刑法54条1項前段", "2012-03-01", OK, NoSuchPart, ""},
		{"刑法246条1項柱書", "2012-03-01", OK, NoSuchPart, ""},
		{"個人情報保護法2条5項1号前段", "2024-01-01", OK, NoSuchPart, ""},
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

// What lies between the ends of a range is in the text of the day.
func TestSharedPlaces(t *testing.T) {
	s, r := shared(t)
	for _, c := range []struct{ says, on, want, defect string }{
		{"刑法235条から237条まで", "2024-01-01", "235 235-2 236 237", ""},
		{"刑法72条から77条まで", "2024-01-01", "72 73 74 75 76 77", ""},
		{"電子署名法施行規則6条3号から4号まで", "2012-03-21", "6(iii) 6(iii-2) 6(iv)", ""},
		{"電子署名法施行規則6条15号イからハまで", "2012-03-21", "6(xv)(a) 6(xv)(b) 6(xv)(c)", ""},
		{"刑法168条の2第1項各号", "2012-03-21", "168-2(1)(i) 168-2(1)(ii)", ""},
		{"刑法246条各項", "2012-03-21", "246(1) 246(2)", ""},
		{"刑法246条1項各号", "2012-03-21", "246(1)", NoneBelow},
		{"刑法235条から237条まで", "2014-01-01", "235 237", EndsOnly},
		{"刑法246条から999条まで", "2024-01-01", "246 999", EndsOnly},
	} {
		on, err := day.ParseDate(c.on)
		if err != nil {
			t.Fatal(err)
		}
		list, err := r.ParseList(c.says, Context{})
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %v, %v", c.says, list, err)
			continue
		}
		places, defects, err := r.Places(s, list[0], on)
		var have []string
		for _, p := range places {
			have = append(have, p.Place.String())
		}
		if err != nil || strings.Join(have, " ") != c.want || (len(defects) > 0) != (c.defect != "") || len(defects) > 0 && defects[0].Code != c.defect {
			t.Errorf("%s on %s: %v %v, %v", c.says, c.on, have, defects, err)
		}
	}
	on, _ := day.ParseDate("2024-01-01")
	wide, _ := r.ParseList("民法1条から400条まで", Context{})
	var e *Error
	if _, _, err := r.Places(s, wide[0], on); !errors.As(err, &e) || e.Written == "" {
		t.Errorf("400 articles at once: %v", err)
	}
}
