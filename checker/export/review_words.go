package export

import "jobun/checker/review"

// DecisionWord is what became of a finding, in the words of DESIGN section 2.
func DecisionWord(s review.Status) Text {
	switch s {
	case review.Undecided:
		return say("未検討", "undecided")
	case review.Proposed:
		return say("同意待ち", "awaits a second reviewer")
	case review.Recheck:
		return say("要再確認", "to be looked at again")
	case review.Expired:
		return say("期限経過", "expired")
	default:
		return ActionWord(review.Action(s))
	}
}

// ActionWord is what an entry of the journal does.
func ActionWord(a review.Action) Text {
	switch a {
	case review.TakeUp:
		return say("取上げ", "take up")
	case review.SetAside:
		return say("見送り", "set aside")
	case review.NeedsEvidence:
		return say("要証拠", "needs evidence")
	case review.Note:
		return say("メモ", "note")
	case review.Answer:
		return say("回答", "answer")
	case review.Approve:
		return say("同意", "agrees")
	default:
		return say("取消し", "undo")
	}
}

// ReasonWord is why a finding is set aside.
func ReasonWord(r review.Reason) Text {
	switch r {
	case review.ElementLacking:
		return say("要件に当たらないと考える", "an element is thought not to be met")
	case review.EvidenceLacking:
		return say("証拠が足りない", "the evidence is not enough")
	case review.RecordMisread:
		return say("記録の読み違い", "the record was misread")
	case review.ExceptionApplies:
		return say("除外事由に当たると考える", "an exception is thought to apply")
	case review.OutOfScope:
		return say("対象外（期間・主体・管轄）", "out of scope (time, person, jurisdiction)")
	default:
		return say("他の指摘と重複", "the same as another finding")
	}
}

// CauseWord is what has changed since an opinion was formed.
func CauseWord(c review.Cause) Text {
	switch c {
	case review.RuleChanged:
		return say("規則が変わった", "the rule has changed")
	case review.LawChanged:
		return say("条項・版・罰条のデータが変わった", "the provision, version or penalty on record has changed")
	case review.TextChanged:
		return say("条文のデータが変わった", "the text of the provision on record has changed")
	case review.EvidenceChanged:
		return say("証拠・事実が変わった", "the evidence has changed")
	case review.StatementsChanged:
		return say("当事者の主張が変わった", "the parties' statements have changed")
	case review.AnswersChanged:
		return say("評価の回答又は読んでいる指摘が変わった", "an answer, or a finding that it reads, has changed")
	default:
		return say("この指摘はもうない", "there is no such finding any more")
	}
}
