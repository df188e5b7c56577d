package export

import "jobun/checker/review"

// ChangeWord is what became of a finding between two runs.
func ChangeWord(k ChangeKind) Text {
	switch k {
	case IsNew:
		return say("新規", "new")
	case Changed:
		return say("変化", "changed")
	case Gone:
		return say("なくなった", "gone")
	case NotComparable:
		return say("比較できない", "cannot compare")
	default:
		return say("変化なし", "unchanged")
	}
}

// AbsenceWord is why a run has no such finding.
func AbsenceWord(r AbsenceReason) Text {
	switch r {
	case FormatUnread:
		return say("書式の版が違い、読めない", "its format is of a version that is not read")
	case NoRule:
		return say("規則集にこの規則がない", "its rulebook has no such rule")
	case KindNotExamined:
		return say("この種類の対象物は調べた記載がない", "nobody says that such things were looked for")
	case NotStated:
		return say("報告にこの対象物の記載がない", "the report does not state the entity")
	case TriggerNotKnown:
		return say("適用の前提が分からないため、問えない", "it is not known whether the rule applies, so it is not asked")
	default:
		return say("適用の前提に当たらない", "the rule does not apply to it")
	}
}

// PartWord names a part of what a finding rests on.
func PartWord(p CausePart) Text {
	switch p {
	case RulePart:
		return say("規則", "rule")
	case LawPart:
		return say("法令データ", "law data")
	case TextPart:
		return say("条文", "law text")
	case EvidencePart:
		return say("証拠", "evidence")
	case TriggerPart:
		return say("前提の事実", "trigger")
	case StatementPart:
		return say("主張", "statement")
	case PersonPart:
		return say("人の意見", "person")
	case ReadPart:
		return say("他の指摘", "finding")
	default:
		return say("原因", "cause")
	}
}

// UntoldWord says why a part cannot be compared.
func UntoldWord(u Untold) Text {
	switch {
	case u.Reason == noRulebook && u.Part == TriggerPart:
		return say("書き出しだけでは、適用の前提が読んだ事実が分からない（--old-rules・--new-rules で元の規則集を示す）", "an export alone does not say which facts decide whether the rule applies (name its rulebook: --old-rules, --new-rules)")
	case u.Reason == noRulebook && u.Part == LawPart:
		return say("書き出しだけでは、その日の法令の版のデータが同じかどうか分からない（--old-rules・--new-rules で元の規則集を示す）", "an export alone does not tell whether the law's versions of the day are the same (name its rulebook: --old-rules, --new-rules)")
	case u.Reason == noRulebook:
		return say("規則集が違い、書き出しには規則ごとのハッシュがないため、この規則が同じかどうか分からない（--old-rules・--new-rules で元の規則集を示す）", "the rulebooks differ, and an export has no hash for each rule, so that it cannot be told whether this one is the same (name its rulebook: --old-rules, --new-rules)")
	case u.Reason == noJournal:
		return say("検討結果の記録が片方にしかない", "only one side has a journal of decisions")
	default:
		return say("比べた入力はすべて同じで、原因が分からない（書き出したプログラムの版の違いなど）", "everything that was compared is the same, and the cause cannot be told (another version of the program, perhaps)")
	}
}

// causesWord names causes of an opinion's being stale, one after another.
func (s Style) causesWord(causes []review.Cause) string {
	words := ""
	for i, c := range causes {
		if i > 0 {
			words += s.Say("、", ", ")
		}
		words += s.In(CauseWord(c))
	}
	return words
}
