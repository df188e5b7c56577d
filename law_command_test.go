package main

import (
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/law"
	"jobun/checker/law/store"
	"jobun/internal/day"
	"jobun/rules"
)

// The store's place on each system.
func TestDataFolder(t *testing.T) {
	abs, err := filepath.Abs("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		system string
		env    map[string]string
		want   string
	}{
		{"linux", map[string]string{"HOME": "/h"}, filepath.Join("/h", ".local", "share")},
		{"linux", map[string]string{"HOME": "/h", "XDG_DATA_HOME": abs}, abs},
		{"linux", map[string]string{"HOME": "/h", "XDG_DATA_HOME": "relative"}, filepath.Join("/h", ".local", "share")},
		{"darwin", map[string]string{"HOME": "/h"}, filepath.Join("/h", "Library", "Application Support")},
		{"windows", map[string]string{"LocalAppData": "C:\\l", "HOME": "/h"}, "C:\\l"},
		{"windows", map[string]string{"HOME": "/h"}, ""},
		{"linux", nil, ""},
	} {
		have, err := dataFolder(c.system, func(name string) string { return c.env[name] })
		if have != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s %v: have %q %v, want %q", c.system, c.env, have, err, c.want)
		}
	}
}

func TestWordDiff(t *testing.T) {
	for _, c := range []struct{ was, now, want string }{
		{"三年以下の懲役又は五十万円以下の罰金", "三年以下の拘禁刑又は五十万円以下の罰金", "三年以下の[-懲役-]{+拘禁刑+}又は五十万円以下の罰金"},
		{"", "", ""},
		{"同じ", "同じ", "同じ"},
		{"", "新設。", "{+新設。+}"},
		{"削除。", "", "[-削除。-]"},
		{"一年以下\n二", "三年以下\n二", "[-一年以下-]{+三年以下+}\n二"},
		{"プログラム及びデータ", "プログラム若しくはデータ", "プログラム[-及び-]{+若しくは+}データ"},
	} {
		if have := marked(wordDiff(c.was, c.now)); have != c.want {
			t.Errorf("%q to %q: have %q, want %q", c.was, c.now, have, c.want)
		}
	}
}

// A comparison has both texts in it, letter by letter, whatever they are.
func TestWordDiffLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("三年懲役拘禁刑又は及びア1a、。\n\x80𠮷")))
		was, now := text.Draw(t, "was"), text.Draw(t, "now")
		var before, after strings.Builder
		for _, c := range wordDiff(was, now) {
			before.WriteString(c.Same + c.Was)
			after.WriteString(c.Same + c.Now)
		}
		if before.String() != was || after.String() != now {
			t.Fatalf("have %q and %q of %q and %q", before.String(), after.String(), was, now)
		}
	})
}

// A number that was another provision's on the day is no provision yet to come.
func TestNotYet(t *testing.T) {
	book, problems := checker.Load(rules.Files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct {
		law, place string
		on         day.Date
		want       bool
	}{
		{"unauthorized-access", "4", day.Date{Year: 2012, Month: 4, Day: 30}, false},
		{"unauthorized-access", "6", day.Date{Year: 2012, Month: 4, Day: 30}, false},
		{"unauthorized-access", "7", day.Date{Year: 2012, Month: 4, Day: 30}, false},
		{"unauthorized-access", "12", day.Date{Year: 2012, Month: 4, Day: 30}, true},
		{"unauthorized-access", "12", day.Date{Year: 2012, Month: 5, Day: 1}, false},
		{"penal-code", "168-2(1)", day.Date{Year: 2011, Month: 7, Day: 13}, true},
		{"penal-code", "168-2(1)", day.Date{Year: 2011, Month: 7, Day: 14}, false},
	} {
		of, ok := book.Laws.Find(c.law)
		place, err := law.ParsePlace(c.place)
		if !ok || err != nil {
			t.Fatal(c.law, err)
		}
		p := &shownPlace{of: of, place: place, on: c.on}
		if have := p.notYet(book.AsOf); have != c.want {
			t.Errorf("%s %s on %s: have %v, want %v", c.law, c.place, c.on, have, c.want)
		}
	}
}

// What must be said beside a text names places as they are cited, and says that
// nobody knows how long a text without a day of fetching was current.
func TestTextNotes(t *testing.T) {
	day1 := day.Date{Year: 2000, Month: 2, Day: 13}
	for _, c := range []struct {
		text store.Text
		want string
	}{
		{store.Text{}, ""},
		{store.Text{Later: []store.Validity{{Path: "At_8-Pr_1-It_2", From: day1}}}, "このうち第8条第1項第2号は、この日より後の2000-02-13から効力を有する。"},
		{store.Text{Answer: store.Answer{Undated: true}}, "取得した日の記録がなく"},
		{store.Text{Answer: store.Answer{Revision: store.Revision{From: day1.Add(9)}}, Validity: &store.Validity{From: day1, Basis: "B"}}, "この版は2000-02-22施行であるが、この条項は2000-02-13から効力を有するとされる（B）。"},
	} {
		all := ""
		for _, n := range textNotes(&law.Law{}, c.text) {
			all += n.Ja
		}
		if !strings.Contains(all, c.want) || c.want == "" && all != "" {
			t.Errorf("have %q, want %q", all, c.want)
		}
	}
}
