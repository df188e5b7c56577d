package export

import (
	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
)

// Text is one thing said in both languages.
type Text = audit.Text

func say(ja, en string) Text { return Text{Ja: ja, En: en} }

// Glyphs are the signs of the answers: words come first, signs beside them.
type Glyphs uint8

// The sets of signs.
const (
	Unicode Glyphs = iota
	ASCII
)

// CodeGlyph is the sign of an answer.
func CodeGlyph(c checker.Code, g Glyphs) string {
	switch c {
	case checker.Supported:
		if g == ASCII {
			return "+"
		}
		return "✓"
	case checker.Alleged:
		return "\""
	case checker.Contested:
		return "!"
	case checker.Contradicted:
		if g == ASCII {
			return "x"
		}
		return "✗"
	case checker.Judgement:
		return "~"
	default:
		return "?"
	}
}

// CodeWord is the answer in words.
func CodeWord(c checker.Code) Text {
	switch c {
	case checker.Supported:
		return say("裏付けあり", "supported")
	case checker.Alleged:
		return say("主張のみ", "alleged only")
	case checker.Contested:
		return say("争いあり", "contested")
	case checker.Contradicted:
		return say("反対資料あり", "contradicted")
	case checker.Judgement:
		return say("評価が必要", "for judgement")
	default:
		return say("未確認", "unverified")
	}
}

// AnswerWord is the answer to a clause in words: an exception that only an
// allegation denies is not said to have material against it.
func AnswerWord(a *checker.Answer) Text {
	switch {
	case a.ByAllegation:
		return say("否定の主張のみ", "denied by allegation only")
	case a.Person != nil && a.Person.Yes:
		return say("担当者の意見: 当たる", "reviewer's opinion: yes")
	case a.Person != nil:
		return say("担当者の意見: 当たらない", "reviewer's opinion: no")
	default:
		return CodeWord(a.Code)
	}
}

// AssessmentWord is the pre-assessment (一次整理) in words.
func AssessmentWord(a checker.Assessment) Text {
	switch a {
	case checker.NotInForce:
		return say("施行前・廃止後", "not in force")
	case checker.Unanchored:
		return say("時点不明", "date not known")
	case checker.ContradictedElement:
		return say("反対資料のある要件あり", "an element is contradicted")
	case checker.Excepted:
		return say("除外事由を示す資料あり", "material shows an exception")
	case checker.ContestedElement:
		return say("争いのある要件あり", "an element is contested")
	case checker.AllegedOnly:
		return say("主張のみによる", "rests on allegation")
	case checker.Indicated:
		return say("全要件に裏付け", "every element supported")
	case checker.ForJudgement:
		return say("評価が必要", "for judgement")
	case checker.Partial:
		return say("一部の要件に裏付け", "some elements supported")
	default:
		return say("裏付けのある要件なし", "no element supported")
	}
}

// FindingWord is the pre-assessment of a finding in words. A partial finding
// whose elements are at most alleged is said to be that.
func FindingWord(f *checker.Finding) Text {
	if f.Assessment == checker.Partial && f.Count(checker.Supported) == 0 {
		return say("一部の要件に主張のみ", "some elements alleged only")
	}
	return AssessmentWord(f.Assessment)
}

// StatusWord says whether a lawyer has signed a rule.
func StatusWord(r *checker.Rule) Text {
	if r.Status == "signed" {
		return say("署名 "+r.Signed, "signed by "+r.Signed)
	}
	return say("草案", "draft")
}

// GradeWord says how well the dates of a law's version are known.
func GradeWord(g law.Grade) Text {
	switch g {
	case law.Verified:
		return say("施行日は公的資料で確認", "dates verified")
	case law.Reconstructed:
		return say("条文は改正法からの復元", "text reconstructed")
	case law.Unlisted:
		return say("この間の改正は個別に収録していない", "amendments in between are not listed")
	default:
		return say("施行日は未確認", "dates not verified")
	}
}

// RegimeWord names a regime.
func RegimeWord(regime string) Text {
	switch regime {
	case "criminal":
		return say("刑事", "criminal")
	case "civil":
		return say("民事", "civil")
	case "administrative":
		return say("行政", "administrative")
	case "professional":
		return say("資格者法制", "professional")
	default:
		return say("契約・規程", "contractual")
	}
}

// SuspicionWord says in which way a finding concerns its conduct: a suspicion only
// where every element is supported, alleged, contested or left to a person; else,
// and of an instrument or a body's purposes, only that it is to be considered.
func SuspicionWord(f *checker.Finding) Text {
	isInstrument := f.Rule.Regime == "contractual" || f.Rule.Regime == "professional"
	switch f.Assessment {
	case checker.Indicated, checker.ForJudgement, checker.AllegedOnly, checker.ContestedElement:
		if !isInstrument {
			return say("疑い", "may be")
		}
	}
	return say("検討", "asked")
}

// BasisHeading is the heading above the citation: it follows the regime.
func BasisHeading(regime string) Text {
	switch regime {
	case "criminal":
		return say("罪名及び罰条", "Provision and penalty")
	case "civil":
		return say("請求の根拠", "Basis of the claim")
	case "administrative":
		return say("根拠条項", "Provision")
	case "professional":
		return say("根拠条項", "Provision")
	default:
		return say("契約・規程の条項", "Clause of the instrument")
	}
}

// BurdenWord says who has to show an element; "" where the regime has none.
func BurdenWord(regime string, isException bool, kind string) Text {
	switch {
	case regime == "criminal" && kind == "defence":
		return say("検察官（争点化された場合）", "prosecution (once raised)")
	case regime == "criminal":
		return say("検察官", "prosecution")
	case regime == "civil" && isException:
		return say("相手方", "respondent")
	case regime == "civil":
		return say("請求者", "claimant")
	default:
		return Text{}
	}
}

// NatureWord names the nature of a clause.
func NatureWord(nature string) Text {
	switch nature {
	case "subjective":
		return say("主観", "subjective")
	case "evaluative":
		return say("評価", "evaluative")
	case "procedural":
		return say("手続", "procedural")
	default:
		return say("客観", "objective")
	}
}

// AnchorWord says what the day of a finding is.
func AnchorWord(kind string) Text {
	switch kind {
	case "declaration":
		return say("意思表示時", "at the declaration")
	case "disposition":
		return say("処分時", "at the disposition")
	case "continuing":
		return say("継続中", "while it went on")
	default:
		return say("行為時", "at the act")
	}
}

// ExceptionWord names the kind of an exception.
func ExceptionWord(kind string) Text {
	if kind == "defence" {
		return say("抗弁・阻却", "defence")
	}
	return say("除外", "exclusion")
}

// StanceWord says what a statement does to a clause.
func StanceWord(stance string) Text {
	switch stance {
	case "opposes":
		return say("反対", "opposes")
	case "admits":
		return say("認める", "admits")
	case "supports":
		return say("支持", "supports")
	default:
		return say("応答", "replies")
	}
}

// RoleWord names the role of an exhibit.
func RoleWord(role string) Text {
	switch role {
	case "scene":
		return say("現場", "scene")
	case "reproduction":
		return say("再現", "reproduction")
	case "listing":
		return say("写し・一覧", "listing")
	default:
		return say("文書", "document")
	}
}

// FormWord names the form of an exhibit.
func FormWord(form string) Text {
	switch form {
	case "original":
		return say("原本", "original")
	case "copy":
		return say("写し", "copy")
	case "electronic":
		return say("電磁的記録", "electronic record")
	case "quoted":
		return say("引用のみ（原本未見）", "quoted only (original not seen)")
	default:
		return say("記載なし", "not stated")
	}
}

// ExhibitWord says what came of hashing an exhibit's file.
func ExhibitWord(state audit.ExhibitState) Text {
	switch state {
	case audit.HashAgrees:
		return say("一致", "agrees")
	case audit.HashDiffers:
		return say("不一致（報告の値と違う）", "DIFFERS from the report")
	case audit.FileMissing:
		return say("ファイルなし・未照合", "file missing, not checked")
	case audit.NotHashed:
		return say("ハッシュの記載なし", "no hash stated")
	default:
		return say("未照合", "not checked")
	}
}

// CheckedWord says how well an authority is known.
func CheckedWord(checked string) Text {
	switch checked {
	case "source":
		return say("出典で確認", "seen in a source")
	case "secondary":
		return say("二次資料による", "second-hand")
	default:
		return say("未確認", "not verified")
	}
}

// SideWord says which way an authority points.
func SideWord(side string) Text {
	switch side {
	case "for":
		return say("肯定方向", "for")
	case "against":
		return say("否定方向", "against")
	default:
		return say("中立", "neutral")
	}
}

// Notice is printed on every paper, word for word.
func Notice() Text {
	return say("本書は、入力された監査報告と規則から機械的に整理したもので、法的判断ではありません。判断は作成者欄の者が自らの責任で行います。引用条文は収録版であり、正文は官報によります。",
		"This paper was put together by machine from the audit report and the rules that were given to it. It is not a legal opinion; the person named as author judges, and is responsible. English titles and terms follow unofficial translations: only the Japanese text has legal effect.")
}
