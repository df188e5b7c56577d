package cite

import (
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
)

const (
	penal  = "140AC0000000045"
	access = "411AC0000000128"
	rule   = "413M60000418002"
	phones = "359AC0000000086"
)

// reader knows the rulebook's laws and two of a store.
func reader(t testing.TB) *Reader {
	t.Helper()
	book, problems := law.Load(os.DirFS("../../../rules"), "laws")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return NewReader(book, []store.Entry{
		{ID: phones, Number: "昭和五十九年法律第八十六号", Title: "電気通信事業法", Titles: []string{"電気通信事業法"}, Abbrev: []string{"電通事法"}},
		{ID: "360M50001000025", Number: "昭和六十年郵政省令第二十五号", Title: "電気通信事業法施行規則"},
	})
}

func TestParse(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ says, law, place string }{
		{"刑法168条の2第1項1号", penal, "168-2(1)(i)"},
		{"刑168条の2第1項1号", penal, "168-2(1)(i)"},
		{"刑法第百六十八条の二第一項第一号", penal, "168-2(1)(i)"},
		{"刑法 168条の2 1項 1号", penal, "168-2(1)(i)"},
		{"刑法168条ノ2①", penal, "168-2(1)"},
		{"刑法168の2", penal, "168-2"},
		{"刑法168-2", penal, "168-2"},
		{"刑法第二編第十九章の二第百六十八条の二", penal, "168-2"},
		{"明治四十年法律第四十五号91条", penal, "91"},
		{"明治40年法律第45号第91条", penal, "91"},
		{"刑法（明治40年法律第45号）第91条", penal, "91"},
		{"不正アクセス禁止法三条二項二号", access, "3(2)(ii)"},
		{"不正アクセス行為の禁止等に関する法律（平成11年法律第128号。以下「不正アクセス禁止法」という。）第3条第2項第2号（平成24年法律第12号による改正前のもの）", access, "3(2)(ii)"},
		{"電子署名法施行規則第６条第３号", rule, "6(iii)"},
		{"電子署名則6条3号の2イ", rule, "6(iii-2)(a)"},
		{"電子署名及び認証業務に関する法律施行規則第六条第十五号ト（１）", rule, "6(xv)(g)(1)"},
		{"平成十三年総務省・法務省・経済産業省令第二号6条", rule, "6"},
		{"電気通信事業法附則第3条第2項", phones, "suppl.3(2)"},
		{"電通法附則2項", phones, "suppl.(2)"},
		{"電気通信事業法施行規則22条", "360M50001000025", "22"},
		{"電通法施行規則22条", "360M50001000025", "22"},
		{"民旧95条", "129AC0000000089", "95"},
		{"特商法11条1号", "351AC0000000057", "11(i)"},
		{"同法第14条", access, "14"},
		{"同条第4項", access, "2(4)"},
		{"同項第2号", access, "2(4)(ii)"},
		{"第8条", access, "8"},
		{"Penal Code art. 168-2(1)(i)", penal, "168-2(1)(i)"},
		{"Article 3, paragraph (2), item (ii) of the Act on Prohibition of Unauthorized Computer Access (Act No. 128 of 1999)", access, "3(2)(ii)"},
		{"Act No. 128 of 1999, art. 2(4)(ii)", access, "2(4)(ii)"},
		{"Telecommunications Business Act, Article 68-4", phones, "68-4"},
		{"penal-code 168-2(1)(i)", penal, "168-2(1)(i)"},
		{"140AC0000000045 168条の2第1項1号", penal, "168-2(1)(i)"},
		{"UCAL3条2項", access, "3(2)"},
		{"Penal Code, Article 3, paragraph (2), item (iii-2)", penal, "3(2)(iii-2)"},
		{"Penal Code, Article 3, paragraph (2), item (iii)-2", penal, "3(2)(iii-2)"},
		{"https://laws.e-gov.go.jp/law/140AC0000000045#Mp-Pa_2-Ch_19_2-At_168_2-Pr_1-It_1", penal, "168-2(1)(i)"},
		{"https://laws.e-gov.go.jp/law/140AC0000000045/20250601_505AC0000000028#Mp-At_91", penal, "91"},
		{"https://elaws.e-gov.go.jp/document?lawid=140AC0000000045", penal, ""},
		{"http://law.e-gov.go.jp/htmldata/H11/H11HO128.html", access, ""},
		{"https://laws.e-gov.go.jp/api/2/law_data/411AC0000000128?asof=2012-11-01&elm=MainProvision-Article_2-Paragraph_4-Item_2", access, "2(4)(ii)"},
	} {
		cited, err := r.Parse(c.says, Context{LawID: access, Place: law.Place{Article: law.Number{2}, Paragraph: 4}})
		if err != nil || cited.LawID != c.law || cited.Place.String() != c.place {
			t.Errorf("%s: %s %s, %v", c.says, cited.LawID, cited.Place, err)
		}
	}
}

func TestParseMore(t *testing.T) {
	r := reader(t)
	c, err := r.Parse("不正アクセス禁止法旧3条2項2号（平成24年法律第12号による改正前のもの）", Context{})
	if err != nil || !c.Old || c.AmendedBefore != "平成24年法律第12号" {
		t.Errorf("%+v, %v", c, err)
	}
	for says, want := range map[string]lawxml.Part{
		"刑法38条1項ただし書": lawxml.Proviso, "民法95条但書": lawxml.Proviso, "刑法38条3項本文": lawxml.Main, "刑法66条前段": lawxml.First,
		"刑法25条1項柱書": lawxml.Chapeau, "刑法25条1項の各号列記以外の部分": lawxml.Chapeau,
	} {
		if c, err := r.Parse(says, Context{}); err != nil || c.Part != want {
			t.Errorf("%s: %q, %v", says, c.Part, err)
		}
	}
	c, err = r.Parse("https://laws.e-gov.go.jp/law/140AC0000000045/20250601_505AC0000000028#Mp-At_91", Context{})
	if err != nil || c.On.String() != "2025-06-01" || c.RevisionID != "140AC0000000045_20250601_505AC0000000028" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestParseRefuses(t *testing.T) {
	r := reader(t)
	for says, want := range map[string]error{
		"":                    nil,
		"存在しない法第1条":           ErrNoLaw,
		"第1条":                 ErrNoLaw,
		"同法第1条":               ErrNoLaw,
		"刑法":                  ErrPlace,
		"刑法第0条":               ErrPlace,
		"刑法168条の21項":          ErrPlace, // 168条の2第1項, or 168条の21
		"刑法第1項":               ErrPlace,
		"刑法3条及び4条":            ErrPlace, // ParseList reads both
		"刑法三百千条":              ErrPlace,
		"刑法12345条":            ErrPlace,
		"刑法3条1項ン":             ErrPlace,
		"Penal Code":          ErrPlace,
		"Nowhere Act, art. 3": ErrNoLaw,
		"https://example.com/e-gov.go.jp/law/140AC0000000045": ErrPlace,
		strings.Repeat("刑法", 2000):                            ErrPlace,
	} {
		c, err := r.Parse(says, Context{})
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%.60s: %+v, %v", says, c, err)
		}
	}
}

// styles are all the ways in which the program prints a citation.
func styles() []law.Style {
	var all []law.Style
	for _, form := range []law.Form{law.Full, law.Short} {
		all = append(all, law.Style{Lang: law.EN, Form: form}, law.Style{Lang: law.JA, Form: form}, law.Style{Lang: law.JA, Form: form, Numerals: law.Kanji})
	}
	return all
}

// What the program prints is read as what it printed.
func FuzzPrintParse(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"168-2(1)(i)", "6(xv)(c)(1)", "6(iii-2)", "suppl.6(1)", "suppl.(2)", "142-2-2(9999)(mmi)", "1(a)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := law.ParsePlace(s)
		if err != nil || p.Section != "" || p.Letter > 26 {
			return
		}
		if p.Letter != 0 && p.Item == (law.Number{}) {
			return // nobody writes イ of a paragraph
		}
		for _, style := range styles() {
			for _, id := range []string{penal, phones} {
				l, ok := r.Law(id)
				if !ok {
					t.Fatal("no law", id)
				}
				written := l.Cite(p, style)
				cited, err := r.Parse(written, Context{})
				want := p
				if l.OneParagraph(p, law.Version{}.From) && p.Paragraph == 1 {
					want.Paragraph = 0
				}
				if err != nil || cited.Place != want || cited.LawID != id {
					t.Fatalf("%s: printed %q, read as %s %s, %v", s, written, cited.LawID, cited.Place, err)
				}
			}
		}
	})
}

// Whatever is read can be printed, and is then read as the same.
func FuzzParse(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"刑法168条の2第1項1号", "不正アクセス禁止法三条二項二号", "Penal Code art. 168-2(1)(i)", "電子署名則６条③", "民旧95条但書",
		"https://laws.e-gov.go.jp/law/140AC0000000045#Mp-Pa_2-Ch_19_2-At_168_2-Pr_1-It_1", "Article 3 of the Penal Code", "suppl. art. 3",
		"刑法38条1項ただし書", "民法附則（平成29年法律第44号）6条1項", "the proviso to Article 38, paragraph (1) of the Penal Code", "民法附則前段", "刑法246条1項・2項、同法248条及び民法709条", "Penal Code, arts. 246(1), (2) and 248"} {
		f.Add(s)
	}
	in := Context{LawID: penal, Place: law.Place{Article: law.Number{2}, Paragraph: 1, Item: law.Number{1}}}
	f.Fuzz(func(t *testing.T, s string) {
		list, err := r.ParseList(s, in)
		if err == nil && len(list) == 0 {
			t.Fatalf("%q is read as no citation", s)
		}
		for _, cited := range list {
			if last := cited; !cited.Last.IsZero() {
				last.Place = cited.Last
				printParse(t, r, s, last)
				if above(cited.Place) != above(cited.Last) || cited.Place.Compare(cited.Last) >= 0 {
					t.Fatalf("%q: %s and %s are no ends of a range", s, cited.Place, cited.Last)
				}
			}
			printParse(t, r, s, cited)
		}
		if cited, err := r.Parse(s, in); err == nil {
			printParse(t, r, s, cited)
		}
	})
}

// printParse prints a citation in every style and reads it again.
func printParse(t interface{ Fatalf(string, ...any) }, r *Reader, s string, cited Citation) {
	l, known := r.Law(cited.LawID)
	if cited.Place.IsZero() || !known {
		return
	}
	p := cited.Place
	if p.Article == (law.Number{}) || p.Letter > 26 || p.Letter != 0 && p.Item == (law.Number{}) || p.Sub != 0 && p.Letter == 0 {
		return // an address may skip levels, which no citation can
	}
	if l.OneParagraph(p, law.Version{}.From) && p.Paragraph == 1 {
		p.Paragraph = 0
	}
	cited.Place = p
	for _, style := range styles() {
		written := cited.Cite(l, style)
		again, err := r.Parse(written, Context{})
		if err != nil || again.Place != p || again.LawID != cited.LawID || again.Part != cited.Part || again.SupplOf != cited.SupplOf {
			t.Fatalf("%q: read as %+v, printed %q, read as %+v, %v", s, cited, written, again, err)
		}
	}
}

// A place is read in every style of writing, and printed is read again.
func TestEveryStyle(t *testing.T) {
	r := reader(t)
	kanji := func(v int) string {
		p, _, _ := strings.Cut((&law.Law{}).CitePlace(law.Place{Article: law.Number{v}}, law.Style{Lang: law.JA, Numerals: law.Kanji}), "条")
		return strings.TrimPrefix(p, "第")
	}
	each := func(letters string) func(int) string {
		return func(v int) string {
			var b strings.Builder
			for _, c := range strconv.Itoa(v) {
				b.WriteRune([]rune(letters)[c-'0'])
			}
			return b.String()
		}
	}
	figures := []func(int) string{strconv.Itoa, kanji, each("〇一二三四五六七八九"), each("０１２３４５６７８９")}
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string) law.Number {
			n := law.Number{rapid.IntRange(1, 1050).Draw(t, name)}
			for i := range rapid.IntRange(0, 2).Draw(t, name+" branches") {
				n[i+1] = rapid.IntRange(2, 30).Draw(t, name+" branch")
			}
			return n
		}
		p := law.Place{Suppl: rapid.IntRange(0, 4).Draw(t, "suppl") == 0, Article: number("article"), Paragraph: rapid.IntRange(0, 40).Draw(t, "paragraph")}
		if rapid.Bool().Draw(t, "has item") {
			p.Item, p.Letter = number("item"), rapid.IntRange(0, 24).Draw(t, "letter")
		}
		if p.Letter != 0 {
			p.Sub = rapid.IntRange(0, 30).Draw(t, "sub")
		}
		write := func(v int) string { return figures[rapid.IntRange(0, len(figures)-1).Draw(t, "figures")](v) }
		space := rapid.SampledFrom([]string{"", " ", "　", "の"}).Draw(t, "between")
		numbered := func(n law.Number, unit string) string {
			s := "第" + write(n[0]) + unit
			for _, branch := range n[1:] {
				if branch != 0 {
					s += rapid.SampledFrom([]string{"の", "ノ", "之"}).Draw(t, "branch mark") + write(branch)
				}
			}
			return s
		}
		written := rapid.SampledFrom([]string{"刑法", "刑", "明治40年法律第45号", "明四〇法四五", penal}).Draw(t, "law")
		if p.Suppl {
			written += "附則"
		}
		written += numbered(p.Article, rapid.SampledFrom([]string{"条", "條"}).Draw(t, "条"))
		if p.Paragraph != 0 {
			written += space + "第" + write(p.Paragraph) + "項"
		}
		if p.Item != (law.Number{}) {
			written += space + numbered(p.Item, rapid.SampledFrom([]string{"号", "號"}).Draw(t, "号"))
		}
		if p.Letter != 0 {
			letter := string([]rune(iroha)[p.Letter-1])
			written += rapid.SampledFrom([]string{letter, "（" + letter + "）"}).Draw(t, "letter in")
		}
		if p.Sub != 0 {
			written += rapid.SampledFrom([]string{"（" + each("０１２３４５６７８９")(p.Sub) + "）", "(" + strconv.Itoa(p.Sub) + ")"}).Draw(t, "sub in")
		}
		cited, err := r.Parse(written, Context{})
		if err != nil || cited.Place != p || cited.LawID != penal {
			t.Fatalf("%s is read as %s %s, want %s (%v)", written, cited.LawID, cited.Place, p, err)
		}
		printParse(t, r, written, cited)
	})
}

// Several places in one text are read as one citation each, and what a piece leaves
// unsaid is of the piece before it.
func TestParseList(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"刑法246条1項":                "246(1)",
		"刑法246条1項・2項":             "246(1) 246(2)",
		"刑法246条1項及び2項":            "246(1) 246(2)",
		"電子署名法施行規則6条1号、3号":        "6(i) 6(iii)",
		"刑法168条の2第1項1号、2号":        "168-2(1)(i) 168-2(1)(ii)",
		"刑法38条、同法66条":             "38 66",
		"刑法38条及び66条":              "38 66",
		"民法95条・96条1項":             "95 96(1)",
		"刑法168条の2第1項、不正アクセス禁止法3条": "168-2(1) 3",
		"電子署名及び認証業務に関する法律3条及び電子署名及び認証業務に関する法律施行規則6条1号、3号": "3 6(i) 6(iii)",
		"電子署名法施行規則6条15号イ、ロ":                                                  "6(xv)(a) 6(xv)(b)",
		"民法附則3条及び4条、本則709条":                                                  "suppl.3 suppl.4 709",
		"刑法60条と第246条の2":                                                      "60 246-2",
		"刑法38条1項本文及びただし書":                                                    "38(1) 38(1)",
		"刑法3条、及び4条":                                                          "3 4",
		"刑法246条1、2項":                                                         "246(1) 246(2)",
		"民709、715条1・2項":                                                      "709 715(1) 715(2)",
		"民95③一・二、①":                                                          "95(3)(i) 95(3)(ii) 95(1)",
		"民95③(1)・(2)":                                                        "95(3)(i) 95(3)(ii)",
		"刑168の2・168の3、246①・248":                                              "168-2 168-3 246(1) 248",
		"刑法246条、同250条、同第252条":                                                "246 250 252",
		"電子署名法施行規則6条１５号（イ）、（ロ）":                                              "6(xv)(a) 6(xv)(b)",
		"民§709、第七〇九條":                                                        "709 709",
		"刑法38①但、38Ⅲ但":                                                        "38(1) 38(3)",
		"Penal Code, arts. 246(1), 248":                                      "246(1) 248",
		"Penal Code, art. 246(1), (2)":                                       "246(1) 246(2)",
		"Article 3, paragraph (1), item (i) and item (ii) of the Penal Code": "3(1)(i) 3(1)(ii)",
		"Article 3; Article 4; and Article 4-2 of the Penal Code":            "3 4 4-2",
	} {
		list, err := r.ParseList(text, Context{})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var have []string
		for _, c := range list {
			have = append(have, c.Place.String())
		}
		if strings.Join(have, " ") != want {
			t.Errorf("%s is read as %q, want %q", text, have, want)
		}
	}
	for _, text := range []string{"同法3条", "・", "刑法246条1項・あ", "刑法76条から74条まで", "刑法3条1項から4条2項まで", "刑法3条1項ただし書から3項まで", "刑法168条の2第1項、3", "刑法168条の2・3", "刑法3条から5条から7条まで", "刑法168条の2～3", "民法2条1項、3", "Penal Code, art. 3 and nothing",
		"Penal Code, art. 1" + strings.Repeat(" and art. 3", 120), "刑法1条" + strings.Repeat("、3条", 120)} {
		if list, err := r.ParseList(text, Context{}); err == nil {
			t.Errorf("%q is read as %v", text, list)
		}
	}
	list, err := r.ParseList("不正アクセス禁止法3条、4条（平成24年法律第12号による改正前のもの）", Context{})
	if err != nil || len(list) != 2 || list[0].AmendedBefore != "平成24年法律第12号" {
		t.Errorf("what is said behind both is not of both: %+v, %v", list, err)
	}
}

// What a list of places is printed as is read as the same list.
func TestPrintParseList(t *testing.T) {
	r := reader(t)
	l, _ := r.Law(penal)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Custom(func(t *rapid.T) law.Number {
			return law.Number{rapid.IntRange(1, 300).Draw(t, "number"), rapid.SampledFrom([]int{0, 0, 2, 12}).Draw(t, "branch")}
		})
		places := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) law.Place {
			p := law.Place{Suppl: rapid.IntRange(0, 4).Draw(t, "suppl") == 0, Article: number.Draw(t, "article"), Paragraph: rapid.IntRange(0, 3).Draw(t, "paragraph")}
			if rapid.Bool().Draw(t, "has item") {
				p.Item, p.Letter = number.Draw(t, "item"), rapid.IntRange(0, 3).Draw(t, "letter")
			}
			return p
		}), 1, 5).Draw(t, "places")
		slices.SortFunc(places, law.Place.Compare)
		for i, p := range places {
			if p.Paragraph == 1 && l.OneParagraph(p, law.Version{}.From) {
				places[i].Paragraph = 0
			}
		}
		for _, style := range []law.Style{{}, {Form: law.Short}, {Numerals: law.Kanji}} {
			written := l.CiteAll(places, style)
			list, err := r.ParseList(written, Context{})
			var have []law.Place
			for _, c := range list {
				have = append(have, c.Place)
			}
			if err != nil || !slices.Equal(have, places) {
				t.Fatalf("%s is read as %v, want %v (%v)", written, have, places, err)
			}
		}
	})
}

// Which text is meant, where the citation says: before which amendment, or only that it
// is an older one, or that its 附則 is that of an amending law.
func TestSaysWhichText(t *testing.T) {
	r := reader(t)
	for says, want := range map[string]Citation{
		"不正アクセス禁止法旧3条2項2号":                   {Old: true},
		"旧不正アクセス禁止法3条2項2号":                   {Old: true},
		"不正アクセス禁止法（旧）3条2項2号":                 {Old: true},
		"現行の不正アクセス禁止法3条2項2号":                 {},
		"平成24年改正前不正アクセス禁止法3条2項2号":            {Old: true},
		"改正前の不正アクセス禁止法3条2項2号":                {Old: true},
		"不正アクセス禁止法（平成24年法律第12号による改正前）3条2項2号": {AmendedBefore: "平成24年法律第12号"},
		"平成二十四年法律第十二号による改正前の不正アクセス禁止法3条2項2号": {AmendedBefore: "平成24年法律第12号"},
		"不正アクセス行為の禁止等に関する法律（平成11年法律第128号。平成24年法律第12号による改正前のもの。以下同じ。）3条2項2号": {AmendedBefore: "平成24年法律第12号"},
	} {
		c, err := r.Parse(says, Context{})
		if err != nil || c.LawID != access || c.Place.String() != "3(2)(ii)" || c.Old != want.Old || c.AmendedBefore != want.AmendedBefore {
			t.Errorf("%s: %+v, %v", says, c, err)
		}
	}
	for _, says := range []string{"平成29年法律第44号附則6条1項", "民法附則（平成29年法律第44号）6条1項", "民法の一部を改正する法律（平成29年法律第44号）附則第6条第1項",
		"民法附則（平成二九年六月二日法律第四四号）第六条第一項", "Civil Code, suppl. (Act No. 44 of 2017) art. 6(1)"} {
		c, err := r.Parse(says, Context{})
		if err != nil || c.LawID != "129AC0000000089" || c.SupplOf != "平成29年法律第44号" || c.Place.String() != "suppl.6(1)" {
			t.Errorf("%s: %+v, %v", says, c, err)
		}
	}
	// A law that amended several, or none that is known, is not guessed.
	for says, want := range map[string]error{"平成23年法律第74号附則1条": ErrUnclear, "平成1年法律第999号附則1条": ErrNoLaw, "刑法（平成11年法律第128号）3条": ErrNumber,
		"Penal Code (Act No. 128 of 1999), art. 3": ErrNumber} {
		if c, err := r.Parse(says, Context{}); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %+v, %v", says, c, err)
		}
	}
}

// An error says in both languages what is wrong, with the citation.
func TestErrorSays(t *testing.T) {
	r := reader(t)
	for says, want := range map[string][2]string{
		"同法3条":   {"「同法」の前に法令がない", "nothing stands before"},
		"刑法3条違反": {"「違反」の部分", "is not understood"},
		"存在しない法": {"知られた法令の名がありません", "names no law"},
		"令2条":    {"「令」だけではどの法令か", "does not say which"},
		"附則2条":   {"法令の名から書く", "write the name of the law"},
		"前条2項":   {"「前条」がどの箇所か", "depends on where it stands"},
		"民法別表第一": {"別表・様式・前文は読まない", "tables, forms and preambles"},
	} {
		_, err := r.Parse(says, Context{})
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.In(law.JA), want[0]) || !strings.Contains(e.Error(), want[1]) || !strings.Contains(e.In(law.JA), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

// The pocket law books write ①一 for the first item of the first paragraph.
func TestPocketStyle(t *testing.T) {
	r := reader(t)
	for says, want := range map[string]string{
		"刑法168の2①一": "168-2(1)(i)", "刑168の2①(1)": "168-2(1)(i)", "刑168の2Ⅰ①": "168-2(1)(i)", "司書3Ⅰ⑦": "3(1)(vii)",
		"電子署名則6①三の二": "6(iii-2)", "刑168の2①": "168-2(1)", "刑168の2①1号": "168-2(1)(i)", "刑168の2①一、二": "168-2(1)(i)",
	} {
		c, err := r.ParseList(says, Context{})
		if err != nil || c[0].Place.String() != want && strings.TrimSuffix(c[0].Place.String(), "(1)(iii-2)") != "6" {
			t.Errorf("%s: %v, %v", says, c, err)
		}
	}
}

// A range is its ends until a text tells what lies between them.
func TestRanges(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"刑法74条から76条まで":        "74–76",
		"刑法第二百三十五条ないし第二百三十七条": "235–237",
		"民709～711":         "709–711",
		"民法709乃至711条":      "709–711",
		"刑法246条-248条":      "246–248",
		"刑法26条の2から27条の7まで": "26-2–27-7",
		"不正アクセス禁止法2条4項1号から3号まで":                     "2(4)(i)–2(4)(iii)",
		"不正アクセス禁止法2条1項から3項まで、4項1号及び2号":              "2(1)–2(3) 2(4)(i) 2(4)(ii)",
		"電子署名則6条15号イ～ト":                             "6(xv)(a)–6(xv)(g)",
		"刑法60条、235条から237条まで、246条1項":                 "60 235–237 246(1)",
		"民法附則3条から5条まで及び7条":                          "suppl.3–suppl.5 suppl.7",
		"刑法168条の2第1項各号":                             "168-2(1)(*)",
		"電子署名法施行規則6条各号のいずれか、12条1項":                  "6(*) 12(1)",
		"Penal Code, arts. 235 to 237":              "235–237",
		"Penal Code, arts. 235-237":                 "235–237",
		"Penal Code, art. 168-2":                    "168-2",
		"Penal Code, arts. 60, 235 through 237":     "60 235–237",
		"Penal Code, art. 6(1), items (i) to (iii)": "6(1)(i)–6(1)(iii)",
	} {
		list, err := r.ParseList(text, Context{})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var have []string
		for _, c := range list {
			s := c.Place.String()
			if !c.Last.IsZero() {
				s += "–" + c.Last.String()
			}
			if c.Each != "" {
				s += "(*)"
			}
			have = append(have, s)
		}
		if strings.Join(have, " ") != want {
			t.Errorf("%s is read as %q, want %q", text, have, want)
		}
	}
}

// 同法 and 同規則 mean the last law of that kind, and nothing is guessed where none is.
func TestSameLaw(t *testing.T) {
	const act, regulation = "412AC0000000102", "413M60000418002"
	r := reader(t)
	for text, want := range map[string][]string{
		"電子署名法14条、同法施行規則6条、同法3条":       {act, regulation, act},
		"電子署名法施行規則6条、同法14条、同規則7条":      {regulation, act, regulation},
		"電子署名法14条、同施行規則6条、刑法60条、同規則7条": {act, regulation, penal, regulation},
		"電子署名法14条、同規則6条":               nil,
		"電子署名法14条、同令1条":                nil,
		"刑法246条、同法施行規則1条":              nil,
		"刑法246条、次条":                    nil,
		"刑法246条、前二項":                   nil,
	} {
		list, err := r.ParseList(text, Context{})
		var have []string
		for _, c := range list {
			have = append(have, c.LawID)
		}
		if !slices.Equal(have, want) || (err == nil) != (want != nil) {
			t.Errorf("%s: %v, %v", text, have, err)
		}
	}
}
