package law

import "testing"

func TestCite(t *testing.T) {
	book := rulebook(t)
	full, short := Style{}, Style{Form: Short}
	kanji, kanjiShort := Style{Numerals: Kanji}, Style{Form: Short, Numerals: Kanji}
	en, enShort := Style{Lang: EN}, Style{Lang: EN, Form: Short}
	for _, c := range []struct {
		law, places string
		style       Style
		want        string
	}{
		{"unauthorized-access", "3(2)(ii)", full, "不正アクセス行為の禁止等に関する法律（平成11年法律第128号）第3条第2項第2号"},
		{"unauthorized-access", "3(2)(ii)", short, "不正アクセス禁止法3条2項2号"},
		{"unauthorized-access", "3(2)(ii)", kanji, "不正アクセス行為の禁止等に関する法律（平成十一年法律第百二十八号）第三条第二項第二号"},
		{"unauthorized-access", "3(2)(ii)", en, "Article 3, paragraph (2), item (ii) of the Act on Prohibition of Unauthorized Computer Access (Act No. 128 of 1999)"},
		{"unauthorized-access", "3(2)(ii)", enShort, "Act on Prohibition of Unauthorized Computer Access, art. 3(2)(ii)"},
		{"unauthorized-access", "3(1) 3(2)(ii)", short, "不正アクセス禁止法3条1項、2項2号"},
		{"unauthorized-access", "3(1) 3(2)(ii)", enShort, "Act on Prohibition of Unauthorized Computer Access, art. 3(1), (2)(ii)"},
		{"penal-code", "168-2(1)(i)", full, "刑法（明治40年法律第45号）第168条の2第1項第1号"},
		{"penal-code", "168-2(1)(i)", short, "刑法168条の2第1項1号"},
		{"penal-code", "168-2(1)(i)", kanjiShort, "刑法百六十八条の二第一項一号"},
		{"penal-code", "246", short, "刑法246条"},
		{"penal-code", "168-2(2)", enShort, "Penal Code, art. 168-2(2)"},
		{"electronic-signature-regulation", "6(xv)(c)", short, "電子署名法施行規則6条15号ハ"},
		{"electronic-signature-regulation", "6(1)(i)", short, "電子署名法施行規則6条1号"},
		{"electronic-signature-regulation", "6(i)", full, "電子署名及び認証業務に関する法律施行規則（平成13年総務省・法務省・経済産業省令第2号）第6条第1号"},
		{"civil-code", "95", en, "Article 95 of the Civil Code (Act No. 89 of 1896)"},
		{"civil-code", "suppl.6(1)", short, "民法附則6条1項"},
		{"civil-code", "suppl.6(1)", en, "Article 6, paragraph (1) of the Supplementary Provisions of the Civil Code (Act No. 89 of 1896)"},
		{"civil-code", "suppl.6(1)", enShort, "Civil Code, suppl. art. 6(1)"},
		{"subscriber-terms", "6", full, "加入者利用規定第6条"},
		{"association-rules", "67-2(1)", short, "会則67条の2第1項"},
		{"practice-statement", "s:2.4.2(3)", full, "認証業務運用規程（CPS）2.4.2(3)"},
		{"practice-statement", "s:2.4.2(3)", short, "CPS 2.4.2(3)"},
		{"practice-statement", "s:2.4.2(3)", en, "Section 2.4.2(3) of the Certification Practice Statement (CPS)"},
		{"practice-statement", "s:2.4.2(3)", enShort, "CPS, s. 2.4.2(3)"},
		{"certificate-policy", "s:4.1.2", short, "CP 4.1.2"},
		{"certificate-policy", "s:4.1.2 s:2.1", short, "CP 4.1.2、2.1"},
	} {
		if got := must(t, book, c.law).CiteAll(places(t, c.places), c.style); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.law, c.places, got, c.want)
		}
	}
}

func TestCitePlaces(t *testing.T) {
	book := rulebook(t)
	full, kanji, en, enShort := Style{}, Style{Numerals: Kanji}, Style{Lang: EN}, Style{Lang: EN, Form: Short}
	for _, c := range []struct {
		law, places string
		style       Style
		want        string
	}{
		{"unauthorized-access", "3(1) 3(2)(ii)", full, "第3条第1項、第2項第2号"},
		{"unauthorized-access", "2(4)(ii) 3", full, "第2条第4項第2号、第3条"},
		{"unauthorized-access", "2(4)(i) 2(4)(ii)", full, "第2条第4項第1号、第2号"},
		{"unauthorized-access", "2(4) 2(4)(ii)", full, "第2条第4項、第2条第4項第2号"},
		{"unauthorized-access", "3 3(1)", full, "第3条、第3条第1項"},
		{"unauthorized-access", "3(2)(ii) 3", full, "第3条第2項第2号、第3条"},
		{"unauthorized-access", "3(1) 3(1)", full, "第3条第1項、第3条第1項"},
		{"electronic-signature-regulation", "6(i) 6(iii) 6(xiii)", full, "第6条第1号、第3号、第13号"},
		{"electronic-signature-regulation", "6(iii-2) 6(xv)(c) 6(xv)(d)", full, "第6条第3号の2、第15号ハ、ニ"},
		{"electronic-signature-regulation", "12(1)(i)(a)(2)", kanji, "第十二条第一項第一号イ（２）"},
		{"electronic-signature-regulation", "6(xv)(c)", en, "Article 6, item (xv), (c)"},
		{"electronic-signature-regulation", "6(iii-2)", en, "Article 6, item (iii)-2"},
		{"electronic-signature-regulation", "6(i) 6(iii) 6(xiii)", en, "Article 6, item (i); item (iii); and item (xiii)"},
		{"electronic-signature-regulation", "6(i) 6(iii) 9(1)", enShort, "art. 6(i), (iii), art. 9"},
		{"penal-code", "168-2(1)(i)", full, "第168条の2第1項第1号"},
		{"penal-code", "168-2(1)(i)", kanji, "第百六十八条の二第一項第一号"},
		{"penal-code", "168-2(1)(i) 168-2(3)", Style{Form: Short}, "168条の2第1項1号、3項"},
		{"penal-code", "142-2-2(1)", Style{Form: Short}, "142条の2の2第1項"},
		{"penal-code", "suppl.2 2", full, "附則第2条、第2条"},
		{"penal-code", "suppl.(2)", full, "附則第2項"},
		{"unauthorized-access", "3(1) 3(2)(ii)", en, "Article 3, paragraph (1) and paragraph (2), item (ii)"},
		{"unauthorized-access", "", full, ""},
	} {
		if got := must(t, book, c.law).CitePlaces(places(t, c.places), c.style); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.law, c.places, got, c.want)
		}
	}
}
