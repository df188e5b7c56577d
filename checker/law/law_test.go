package law

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"jobun/internal/day"
)

// rulebook loads the laws that the program carries.
func rulebook(t *testing.T) *Book {
	t.Helper()
	book, problems := Load(os.DirFS("../../rules"), "laws")
	if len(problems) > 0 {
		t.Fatal(problems.Render(100))
	}
	return book
}

func must(t *testing.T, b *Book, id string) *Law {
	t.Helper()
	l, ok := b.Law(id)
	if !ok {
		t.Fatalf("no law %s", id)
	}
	return l
}

func places(t *testing.T, notation string) []Place {
	t.Helper()
	var ps []Place
	for s := range strings.FieldsSeq(notation) {
		p, err := ParsePlace(s)
		if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
	return ps
}

func date(t *testing.T, s string) day.Date {
	t.Helper()
	if s == "" {
		return day.Date{}
	}
	d, err := day.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRulebookLaws(t *testing.T) {
	book := rulebook(t)
	var ids []string
	for _, l := range book.Laws() {
		ids = append(ids, l.ID)
		if len(l.Digest) != 64 {
			t.Errorf("%s: digest %q", l.ID, l.Digest)
		}
		if last := l.Versions[len(l.Versions)-1]; last.Until != (day.Date{}) {
			t.Errorf("%s: the last version ends on %s", l.ID, last.Until)
		}
		if l.Kind != Instrument && !yearsAgree(l.Number.Ja, l.Number.En) {
			t.Errorf("%s: %s is not %s", l.ID, l.Number.Ja, l.Number.En)
		}
		for _, v := range l.Versions {
			if v.By.Ja != "" && !yearsAgree(v.By.Ja, v.By.En) {
				t.Errorf("%s, %s: %s is not %s", l.ID, v.From, v.By.Ja, v.By.En)
			}
		}
	}
	want := "association-rules certificate-policy civil-code code-of-criminal-procedure " +
		"electronic-signature-act electronic-signature-order electronic-signature-regulation " +
		"judicial-scriveners-act penal-code practice-statement subscriber-terms unauthorized-access"
	if got := strings.Join(ids, " "); got != want {
		t.Errorf("laws are\n%s\nwant\n%s", got, want)
	}
	for name, id := range map[string]string{
		"不正アクセス": "unauthorized-access", "平成十一年法律第百二十八号": "unauthorized-access", "民": "civil-code",
		"412AC0000000102": "electronic-signature-act", "CPS": "practice-statement", "Penal Code": "penal-code",
	} {
		if l, ok := book.Find(name); !ok || l.ID != id {
			t.Errorf("Find(%s) is not %s", name, id)
		}
	}
	if l, ok := book.Find(""); ok {
		t.Errorf("Find of nothing is %s", l.ID)
	}
}

// yearsAgree compares each number of a law in Japanese with the English one.
func yearsAgree(ja, en string) bool {
	era := map[string]int{"明治": 1867, "昭和": 1925, "平成": 1988, "令和": 2018}
	japanese := regexp.MustCompile(`(明治|昭和|平成|令和)(元|[0-9]+)年[^第]*第([0-9]+)号`).FindAllStringSubmatch(ja, -1)
	english := regexp.MustCompile(`No\. ([0-9]+) of ([0-9]{4})`).FindAllStringSubmatch(en, -1)
	if len(japanese) != len(english) || len(japanese) == 0 {
		return false
	}
	for i, j := range japanese {
		year := 1
		if j[2] != "元" {
			year, _ = parseArabic(j[2])
		}
		if e, _ := parseArabic(english[i][2]); e != era[j[1]]+year || english[i][1] != j[3] {
			return false
		}
	}
	return true
}

func TestVersionOn(t *testing.T) {
	book := rulebook(t)
	for _, c := range []struct{ law, on, by string }{
		{"unauthorized-access", "2000-02-12", "none"},
		{"unauthorized-access", "2000-02-13", ""},
		{"unauthorized-access", "2012-04-30", ""},
		{"unauthorized-access", "2012-05-01", "平成24年法律第12号"},
		{"unauthorized-access", "2012-10-31", "平成24年法律第12号"},
		{"unauthorized-access", "2012-11-01", "平成23年法律第74号"},
		{"unauthorized-access", "2025-05-31", "平成23年法律第74号"},
		{"unauthorized-access", "2025-06-01", "令和4年法律第68号"},
		{"penal-code", "2011-07-13", ""},
		{"penal-code", "2011-07-14", "平成23年法律第74号"},
		{"civil-code", "2020-03-31", "平成30年法律第72号"},
		{"civil-code", "2020-04-01", "平成29年法律第44号"},
		{"electronic-signature-act", "2012-03-21", "平成18年法律第10号"},
		{"subscriber-terms", "2012-03-21", ""},
	} {
		v, ok := must(t, book, c.law).VersionOn(date(t, c.on))
		if ok == (c.by == "none") || ok && v.By.Ja != c.by {
			t.Errorf("%s on %s: %v %q, want %q", c.law, c.on, ok, v.By.Ja, c.by)
		}
	}
}

func TestVersionsOn(t *testing.T) {
	l := must(t, rulebook(t), "unauthorized-access")
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"1999-01-01", "2000-02-12", 0},
		{"1999-01-01", "2000-02-13", 1},
		{"2012-01-05", "2012-04-30", 1},
		{"2012-01-05", "2012-05-01", 2},
		{"2012-05-01", "2012-05-01", 1},
		{"2012-04-30", "2025-06-01", 4},
	} {
		got := l.VersionsOn(day.Span{From: date(t, c.from), To: date(t, c.to)})
		if len(got) != c.want {
			t.Errorf("%s to %s: %d versions, want %d", c.from, c.to, len(got), c.want)
		}
	}
}

func TestAddress(t *testing.T) {
	book := rulebook(t)
	for _, c := range []struct{ law, place, want string }{
		{"unauthorized-access", "2(4)(ii)", "411AC0000000128#Mp-At_2-Pr_4-It_2"},
		{"penal-code", "168-2(1)(i)", "140AC0000000045#Mp-Pa_2-Ch_19_2-At_168_2-Pr_1-It_1"},
		{"penal-code", "246", "140AC0000000045#Mp-Pa_2-Ch_37-At_246"},
		{"civil-code", "95", "129AC0000000089#Mp-Pa_1-Ch_5-Se_2-At_95"},
		{"electronic-signature-act", "6(1)(iii)", "412AC0000000102#Mp-Ch_3-Se_1-At_6-Pr_1-It_3"},
		{"electronic-signature-act", "14(1)(ii)", "412AC0000000102#Mp-Ch_3-Se_1-At_14-Pr_1-It_2"},
		{"electronic-signature-regulation", "6(iii)", "413M60000418002#Mp-At_6-Pr_1-It_3"},
		{"electronic-signature-regulation", "6(iii-2)", "413M60000418002#Mp-At_6-Pr_1-It_3_2"},
		{"electronic-signature-regulation", "6(xv)(c)", "413M60000418002#Mp-At_6-Pr_1-It_15-Si1_3"},
		{"judicial-scriveners-act", "62(2)", "325AC1000000197#Mp-Ch_8-At_62-Pr_2"},
		{"civil-code", "1044", "129AC0000000089"},
		{"civil-code", "suppl.6(1)", "129AC0000000089"},
	} {
		if got := must(t, book, c.law).Address(places(t, c.place)[0]); got != site+c.want {
			t.Errorf("%s %s: %s, want %s", c.law, c.place, got, c.want)
		}
	}
	if got := must(t, book, "certificate-policy").Address(places(t, "s:4.1.2")[0]); got != "" {
		t.Errorf("an instrument has the address %s", got)
	}
}

func TestCheck(t *testing.T) {
	book := rulebook(t)
	for _, c := range []struct{ law, place, on, want string }{
		{"electronic-signature-regulation", "6(1)(i)", "2012-03-01", "電子署名法施行規則第6条は1項のみの条であり、項番号を付けない"},
		{"electronic-signature-regulation", "6(1)(i)", "", "電子署名法施行規則第6条は1項のみの条であり、項番号を付けない"},
		{"electronic-signature-regulation", "6(2)", "2012-03-01", "電子署名法施行規則第6条は1項のみの条であり、第2項はない"},
		{"electronic-signature-regulation", "6(i)", "2012-03-01", ""},
		{"civil-code", "95(1)", "2012-03-19", "民法第95条は1項のみの条であり、項番号を付けない"},
		{"civil-code", "95(1)", "2020-04-01", ""},
		{"civil-code", "95(1)", "", ""},
		{"unauthorized-access", "3(1)", "2012-04-30", ""},
		{"unauthorized-access", "3(1)", "2012-05-01", "不正アクセス禁止法第3条は1項のみの条であり、項番号を付けない"},
		{"penal-code", "s:4.1.2", "", "刑法は条で引用する（4.1.2は節番号）"},
		{"certificate-policy", "s:4.1.2", "", ""},
		{"penal-code", "suppl.6(1)", "2012-03-01", ""},
	} {
		got := ""
		for _, d := range must(t, book, c.law).Check(places(t, c.place)[0], date(t, c.on)) {
			got += d.Says.Ja
			if d.Code == "" || d.Says.En == "" {
				t.Errorf("%s %s: a defect without code or English", c.law, c.place)
			}
		}
		if got != c.want {
			t.Errorf("%s %s on %s: %q, want %q", c.law, c.place, c.on, got, c.want)
		}
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	head := `kind = "statute"
egov = "411AC0000000128"
title = { ja = "甲法", en = "Act A" }
short = { ja = "甲法", en = "Act A" }
number = { ja = "平成11年法律第128号", en = "Act No. 128 of 1999" }
translation = { ja = "参考", en = "unofficial" }
`
	version := "[[version]]\nfrom = 2000-01-01\nbasis = \"b\"\ngrade = \"verified\"\n"
	for name, c := range map[string]struct{ text, code, says string }{
		"no versions":   {head, "", `"version"`},
		"none":          {"version = []\n" + head, CodeVersions, "at least one"},
		"gap":           {head + strings.Replace(version, "basis", "until = 2001-01-01\nbasis", 1) + strings.Replace(version, "2000", "2002", 1), CodeVersions, "a.toml:13:"},
		"backwards":     {head + "[[version]]\nfrom = 2000-01-01\nuntil = 1999-01-01\nbasis = \"b\"\ngrade = \"verified\"\n", CodeVersions, "ends before it begins"},
		"no number":     {strings.Replace(head, "number", "#", 1) + version, CodeIdentity, "number"},
		"no id":         {strings.Replace(head, "411AC0000000128", "411", 1) + version, CodeIdentity, "15 digits"},
		"bad place":     {head + version + "[[renumbered]]\non = 2000-01-01\nwas = \"3(1\"\nnow = \"4\"\n", CodePlace, "a.toml:13:"},
		"no such day":   {head + version + "[[renumbered]]\non = 2000-01-02\nwas = \"3\"\nnow = \"4\"\n", CodeVersions, "2000-01-02"},
		"bad structure": {head + version + "[[structure]]\nin = \"Chapter 2\"\narticles = [\"3\"]\n", CodePlace, "Chapter 2"},
		"bad article":   {head + version + "[[one_paragraph]]\narticles = [\"第3条\"]\n", CodePlace, "第3条"},
		"twice placed":  {head + version + "[[structure]]\narticles = [\"3\", \"3\"]\n", CodePlace, "twice"},
		"unknown key":   {head + "verzion = 1\n" + version, "", "verzion"},
	} {
		t.Run(name, func(t *testing.T) {
			book, problems := Load(fstest.MapFS{"laws/a.toml": {Data: []byte(c.text)}}, "laws")
			if len(problems) == 0 || len(book.Laws()) != 0 {
				t.Fatal("the file was accepted")
			}
			if !strings.Contains(problems.Error(), c.says) {
				t.Errorf("%s\ndoes not say %q", problems.Error(), c.says)
			}
			if c.code != "" && problems[0].Code != c.code {
				t.Errorf("code %s, want %s", problems[0].Code, c.code)
			}
		})
	}
	both := fstest.MapFS{"laws/a.toml": {Data: []byte(head + version)}, "laws/b.toml": {Data: []byte(head + version)}}
	if _, problems := Load(both, "laws"); len(problems) == 0 || problems[0].Code != CodeName {
		t.Errorf("two laws of one name: %v", problems)
	}
	if _, problems := Load(fstest.MapFS{"laws/a.txt": {}}, "laws"); len(problems) != 1 || problems[0].Code != CodeFolder {
		t.Errorf("a folder without laws: %v", problems)
	}
	if _, problems := Load(fstest.MapFS{}, "laws"); len(problems) != 1 {
		t.Errorf("no folder: %v", problems)
	}
}

// No law file, however wrong, makes the package panic.
func FuzzLoad(f *testing.F) {
	for _, id := range []string{"unauthorized-access", "certificate-policy"} {
		text, err := os.ReadFile("../../rules/laws/" + id + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		book, _ := Load(fstest.MapFS{"laws/a.toml": {Data: text}}, "laws")
		old, now := day.Date{Year: 2012, Month: 1, Day: 1}, day.Date{Year: 2026, Month: 1, Day: 1}
		for _, l := range book.Laws() {
			for _, p := range []Place{{Article: Number{3}, Paragraph: 2, Item: Number{2}}, {Section: "4.1.2"}, {}} {
				moved := l.At(p, old, now)
				l.At(p, now, old)
				l.Check(moved.Now, now)
				_ = l.Cite(moved.Now, Style{}) + l.Cite(p, Style{Lang: EN, Form: Short}) + l.Address(p)
			}
		}
	})
}
