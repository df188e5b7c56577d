package cite

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Several places in one text are read as one citation each, and what a piece leaves
// unsaid is of the piece before it.
func TestParseList(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"刑法246条1項":           "246(1)",
		"刑法246条1項・2項":        "246(1) 246(2)",
		"刑法168条の2の1項、168条の3": "168-2(1) 168-3",
		"刑法168の2の1項":         "168-2(1)",
		"刑法百六十八条の二の一項の二号":    "168-2(1)(ii)",
		"刑法第168条の2（不正指令電磁的記録作成等）第1項、2項":                            "168-2(1) 168-2(2)",
		"個人情報保護法23条（第三者提供の制限）1項":                                   "23(1)",
		"不正アクセス禁止法（以下「法」という。）3条1項、法2条4項2号及び法8条1号":                  "3(1) 2(4)(ii) 8(i)",
		"不正アクセス行為の禁止等に関する法律（平成11年法律第128号。以下単に「不正法」という。）3条、不正法8条":   "3 8",
		"電子署名法（以下「法」という。）3条、電子署名法施行規則（以下「規則」という。）6条3号、法6条、規則12条1項": "3 6(iii) 6 12(1)",
		"刑法（以下「電子」という。）3条、電子署名法17条":                                "3 17",
		"不正アクセス禁止法3条、旧法3条2項2号":                                     "3 3(2)(ii)",
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
		"「刑法」246条、『刑法』248条":                                                  "246 248",
		"電子署名則6条15号へ、口、卜":                                                    "6(xv)(f) 6(xv)(b) 6(xv)(g)",
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

// 旧 before a number is of that number, what stands behind the last of several is of all;
// 旧法 and a name that is defined are the law that they stand for.
func TestParseListEarlier(t *testing.T) {
	r := reader(t)
	const access, signature = "411AC0000000128", "412AC0000000102"
	for text, want := range map[string]string{
		"不正アクセス禁止法3条、旧法3条2項2号":               access + " 3 false, " + access + " 3(2)(ii) true",
		"不正アクセス禁止法3条、旧3条2項2号":                access + " 3 false, " + access + " 3(2)(ii) true",
		"不正アクセス禁止法3条及び4条（改正前のもの）":            access + " 3 true, " + access + " 4 true",
		"不正アクセス禁止法3条及び4条（改正前のもの）、電子署名法3条":    access + " 3 true, " + access + " 4 true, " + signature + " 3 false",
		"不正アクセス禁止法（以下「法」という。）3条、電子署名法3条、法8条": access + " 3 false, " + signature + " 3 false, " + access + " 8 false",
		"電子署名法3条、同法施行規則6条、旧法14条":             signature + " 3 false, 413M60000418002 6 false, " + signature + " 14 true",
	} {
		list, err := r.ParseList(text, Context{})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var have []string
		for _, c := range list {
			have = append(have, fmt.Sprintf("%s %s %v", c.LawID, c.Place, c.Old))
		}
		if strings.Join(have, ", ") != want {
			t.Errorf("%s is read as %q, want %q", text, have, want)
		}
	}
	for _, text := range []string{"法3条", "旧法3条", "刑法3条、法4条", "刑法168条の2（2号を除く）1項", "刑法168条の2（作成等）の", "刑法3条（以下「法」という。）1項"} {
		if list, err := r.ParseList(text, Context{}); err == nil {
			t.Errorf("%s is read as %+v", text, list)
		}
	}
}
