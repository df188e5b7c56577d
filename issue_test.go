package main

import (
	"strings"
	"testing"

	"jobun/checker"
)

// What the papers on the matter of 2012 must print, provision by provision: the
// number of that day and the number it has now, what is unverified, what is only
// alleged, what is a matter of discretion.
func TestMustPrint(t *testing.T) {
	const report = "fixtures/certificate-tool-2012/report.toml"
	result := checked(t, ownRulebook(t), "report.toml", readText(t, report))
	for _, c := range []struct {
		rule, entity string
		want         []string
	}{
		{"unauthorized-access/making-an-account", "account:管理者アカウント", []string{
			"不正アクセス行為の禁止等に関する法律（平成11年法律第128号）第3条第1項、第2項第2号",
			"現行の番号: 第2条第4項第2号、第3条（平成24年法律第12号により移動）",
			"| 電気通信回線を通じて | 客観 | 検察官 | ? 未確認 |",
			"| 特定電子計算機 | 客観 | 検察官 | \" 主張のみ |",
			"一年以下の懲役又は五十万円以下の罰金",
			"両罰規定なし", "刑事訴訟法250条2項6号", "要確認",
		}},
		{"penal-code/run-on-the-unknowing", "release:faulted-tool", []string{
			"刑法（明治40年法律第45号）第168条の2第2項", "主張のみによる", "三年以下の懲役", "| その意図に沿うべき動作をさせず、又はその意図に反する動作をさせるべき | 評価 | 検察官 | \" 主張のみ |",
		}},
		{"penal-code/fraud-of-property", "fee:first-fee", []string{"刑法（明治40年法律第45号）第246条第1項", "十年以下の懲役", "! 争いあり"}},
		{"penal-code/fraud-of-benefit", "agreement:first-application", []string{"刑法（明治40年法律第45号）第246条第2項", "主張のみ"}},
		{"electronic-signature/explanation", "agreement:first-application", []string{
			"平成13年総務省・法務省・経済産業省令第2号）第6条第1号", "第6条は1項のみの条であり、項番号を付けない", "主張のみ",
		}},
		{"electronic-signature/key-delivery", "release:faulted-tool", []string{"第6条第3号", "第6条は1項のみの条であり、項番号を付けない", "利用者署名符号"}},
		{"electronic-signature/published-terms", "agreement:first-application", []string{"第6条第13号", "第6条は1項のみの条であり、項番号を付けない"}},
		{"electronic-signature/accreditation-standard", "release:faulted-tool", []string{"電子署名及び認証業務に関する法律（平成12年法律第102号）第6条第1項第3号"}},
		{"electronic-signature/change-without-accreditation", "release:bundled-version", []string{
			"電子署名及び認証業務に関する法律（平成12年法律第102号）第9条第1項", "| 第四条第二項第二号又は第三号の事項を | 客観 | ? 未確認 |",
		}},
		{"electronic-signature/revocation-for-nonconformity", "release:faulted-tool", []string{"第14条第1項第2号", "取り消すことができる（裁量）"}},
		{"civil-code/mistake-void", "agreement:first-application", []string{
			"民法（明治29年法律第89号）第95条", "令和2年3月31日まで", "無効", "意思表示時: 平成23年11月1日", "主張のみ",
		}},
		{"civil-code/fraud-rescission", "agreement:first-application", []string{"民法（明治29年法律第89号）第96条第1項", "取り消すことができる", "令和2年3月31日まで", "主張のみ"}},
		{"judicial-scriveners/scope-of-purpose", "entrustment:registration-work", []string{"司法書士法（昭和25年法律第197号）第62条第2項", "主張のみ"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := findingOf(t, result, c.rule, c.entity)
			paper := ran(t, []string{"export", report, "-o", "-", "--only", f.ID})
			for _, want := range c.want {
				if !strings.Contains(paper, want) {
					t.Errorf("the section on %s does not print %s", f.ID, want)
				}
			}
		})
	}
	text := ran(t, []string{"check", report})
	for _, want := range []string{
		"不正アクセス禁止法第3条第1項、第2項第2号", "第2条第4項第2号、第3条（平成24年法律第12号により移動）", "? 3 電気通信回線を通じて　未確認",
		"刑法第168条の2第2項", "刑法第246条第1項", "刑法第246条第2項",
		"電子署名法施行規則第6条第1号", "電子署名法施行規則第6条第3号", "電子署名法施行規則第6条第13号", "第6条は1項のみの条であり",
		"電子署名法第9条第1項", "第14条第1項第2号", "効果は裁量（できる）",
		"民法第95条", "無効", "民法第96条", "司法書士法第62条第2項", "主張のみ",
		"[E1]  .. - 2012-03-23  主張のみ", // what was looked for is alleged too
	} {
		if !strings.Contains(text, want) {
			t.Errorf("check does not print %s", want)
		}
	}
	// What would be too much: no record is there, so nothing criminal has all its
	// elements, and the numbers of 2012 are not silently those of today.
	if strings.Contains(text, "規則第6条第1項") {
		t.Error("check cites a paragraph of an article that has one")
	}
	for _, f := range result.Findings {
		if f.Assessment == checker.Indicated {
			t.Errorf("%s has every element supported, on a page that one party wrote", f.Rule.ID)
		}
	}
}

func findingOf(t *testing.T, result *checker.Result, rule, entity string) *checker.Finding {
	t.Helper()
	for _, f := range result.Findings {
		if f.Rule.ID == rule && f.Entity.ID == entity {
			return f
		}
	}
	t.Fatalf("there is no finding of %s on %s", rule, entity)
	return nil
}

// A party's citation with a paragraph that the article does not have is shown as
// the party wrote it, inside quotation marks, and nowhere else.
func TestPartysCitationStaysThePartys(t *testing.T) {
	paper := ran(t, []string{"export", "fixtures/certificate-tool-2012/report.toml", "-o", "-"})
	if !strings.Contains(paper, "規則」第6条1項1号・3号・13号に違反する疑いもあり") {
		t.Error("the citation as the complainant wrote it is not on the paper")
	}
}
