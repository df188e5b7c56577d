package cite

import (
	"errors"
	"os"
	"strings"
	"testing"

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
		{"Penal Code, art. 168-2 (1) (i)", penal, "168-2(1)(i)"},
		{"Penal Code, Article 3, item (xv), sub-item (c)", penal, "3(xv)(c)"},
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
