package main

import (
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/cite"
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

// What an index says in its own form is said in the reader's language; any other English
// is a quotation. [K] is written out.
func TestBasis(t *testing.T) {
	for basis, want := range map[string][2]string{
		"text of 平成16法147 (in force 2005-04-01 [K]); not touched by 平成23法61 (親権) (earlier than the document)": {
			"平成16法147（2005-04-01施行、未確認（一般的知識による））による条文。平成23法61（親権に関する改正）はこの条項に及ばない",
			"text of 平成16法147 (in force 2005-04-01 (general knowledge, not verified)); not touched by 平成23法61 (親権) (earlier than the document)"},
		"附則ただし書 (later than the document)": {"附則ただし書", "附則ただし書 (later than the document)"},
		"next-amendment[K]":                {"次の改正の施行日による（未確認（一般的知識による））", "next-amendment (general knowledge, not verified)"},
		"seen in a library [K]":            {"原文のまま「seen in a library 未確認（一般的知識による）」", "seen in a library (general knowledge, not verified)"},
	} {
		if ja, en := basisJa(basis), basisEn(basis); ja != want[0] || en != want[1] {
			t.Errorf("%q: have %q and %q", basis, ja, en)
		}
	}
}

// A provision's number and caption are told from its words at every level.
func TestHeading(t *testing.T) {
	for _, c := range []struct{ place, display, heading, body string }{
		{"3", "（見出し）\n第三条の二　何人も、（ただし書）\n２　次項", "（見出し）\n第三条の二", "何人も、（ただし書）\n２　次項"},
		{"3", "第七十三条から第七十六条まで　削除", "第七十三条から第七十六条まで", "削除"},
		{"3(1)", "何人も、", "", "何人も、"},
		{"3(2)", "２　前項　の", "２", "前項　の"},
		{"3(2)(iii-2)", "三の二　一　の", "三の二", "一　の"},
		{"3(2)(iii)(a)", "イ　ロ", "イ", "ロ"},
		{"3(2)(iii)(a)(1)", "（１）　あ", "（１）", "あ"},
	} {
		place, err := law.ParsePlace(c.place)
		if err != nil {
			t.Fatal(err)
		}
		p := &shownPlace{place: place, Text: &shownText{Display: c.display}}
		if have := p.words(); have.heading != c.heading || have.body != c.body {
			t.Errorf("%s: have %q and %q", c.place, have.heading, have.body)
		}
	}
}

// Beside the text of the rulebook's day stands as of which day it was fetched, or that
// this is not known, whatever else is said.
func TestPresentNotes(t *testing.T) {
	day1 := day.Date{Year: 2026, Month: 6, Day: 24}
	for _, c := range []struct {
		text store.Text
		want string
	}{
		{store.Text{}, "この条文を取得した日の記録はない。"},
		{store.Text{Answer: store.Answer{Undated: true}}, "取得した日の記録がなく"},
		{store.Text{Answer: store.Answer{Revision: store.Revision{Fetched: day1}}}, "2026-06-24に取得した条文による。"},
		{store.Text{Answer: store.Answer{Beyond: true, Revision: store.Revision{Fetched: day1}}}, "取得した日（2026-06-24）の後の改正は確かめられていない。"},
	} {
		notes := presentNotes(&law.Law{}, c.text)
		if len(notes) != 1 || !strings.Contains(notes[0].Ja, c.want) {
			t.Errorf("have %v, want %q", notes, c.want)
		}
	}
}

// A comparison says where else the provision went, and of a law whose moves nobody here
// knows, that it does not follow them.
func TestElsewhere(t *testing.T) {
	book, problems := checker.Load(rules.Files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	of, _ := book.Laws.Find("unauthorized-access")
	then, now := day.Date{Year: 2012, Month: 4, Day: 30}, day.Date{Year: 2012, Month: 5, Day: 1}
	for _, c := range []struct {
		of    *law.Law
		place law.Place
		to    law.Place
		want  string
	}{
		{of, law.Place{Article: law.Number{3}}, law.Place{Article: law.Number{3}}, "ほかに第2条第4項に移った部分があり、ここには示していない。"},
		{of, law.Place{Article: law.Number{4}}, law.Place{Article: law.Number{5}}, ""},
		{of, law.Place{Article: law.Number{9}}, law.Place{Article: law.Number{13}}, "ほかに第12条第2号に移った部分があり、ここには示していない。"},
		{of, law.Place{Article: law.Number{9}}, law.Place{Article: law.Number{12}, Item: law.Number{2}}, "ほかに第13条に移った部分があり、ここには示していない。"},
		{of, law.Place{Article: law.Number{9}}, law.Place{Article: law.Number{12}, Paragraph: 1, Item: law.Number{2}}, "ほかに第13条に移った部分があり、ここには示していない。"},
		{&law.Law{}, law.Place{Article: law.Number{4}}, law.Place{Article: law.Number{4}}, "同じ番号どうしを比べた。移った条項かどうかは確かめられていない。"},
	} {
		pair := compared{From: &shownPlace{of: c.of, place: c.place, on: then}, To: &shownPlace{of: c.of, place: c.to, on: now}}
		if have := pair.elsewhere(export.Style{Lang: "ja"}); !strings.HasSuffix(have, c.want) || c.want == "" && have != "" {
			t.Errorf("%s: have %q, want %q", c.place, have, c.want)
		}
	}
}

// A command that is advised shows what is meant when it is pasted, in either language.
func TestShowCommand(t *testing.T) {
	book, problems := checker.Load(rules.Files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	on := day.Date{Year: 2020, Month: 4, Day: 2}
	for _, lang := range []string{"ja", "en"} {
		l := &laws{book: book, reader: cite.NewReader(book.Laws, nil), lang: lang}
		for _, r := range book.Rules {
			of, _ := book.Laws.Law(r.Law)
			for i := range r.Places {
				for _, place := range r.Places[i].All() {
					command := l.showCommand(cite.Citation{LawID: of.EGov, Place: place}, of, on)
					args := strings.Fields(strings.ReplaceAll(command, `"`, ""))
					list, err := l.citations(args[3 : len(args)-2])
					if err != nil || len(list) != 1 || list[0].of != of || list[0].cite.Place != place {
						t.Errorf("%s shows %+v, %v", command, list, err)
					}
					if of.EGov != "" && lang == "ja" && strings.Contains(command, of.ID) {
						t.Errorf("%s names an id", command)
					}
				}
			}
		}
	}
	l := &laws{book: book, reader: cite.NewReader(book.Laws, nil), lang: "ja"}
	for _, of := range book.Laws.Laws() {
		if id, err := l.id(l.toGet(of)); of.EGov != "" && (err != nil || id != of.EGov || l.toGet(of) == id) {
			t.Errorf("%s is got by %s, %v", of.ID, l.toGet(of), err)
		}
	}
	for written, want := range map[string]string{
		"刑法38条1項ただし書":           "jobun law show 刑法38条1項ただし書 --on 2020-04-02",
		"民法附則(平成29年法律第44号)6条1項": "jobun law show 民法附則（平成29年法律第44号）6条1項 --on 2020-04-02",
		"電子署名則6条15号ハ":           "jobun law show 電子署名法施行規則6条15号ハ --on 2020-04-02",
	} {
		c, of, err := l.citation([]string{written})
		if err != nil || l.showCommand(c, of, on) != want {
			t.Errorf("%s: have %s, %v", written, l.showCommand(c, of, on), err)
		}
	}
}
