package export

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
)

// FlipLines writes what would change the pre-assessment of a finding: towards
// indicated and away from it, a set each, with whom to ask and what would show it.
func (s Style) FlipLines(res *checker.Result, flips *checker.Flips) []Line {
	w := &whyWriter{Style: s, finding: flips.Finding}
	w.add(0, s.Say("現在の一次整理: ", "pre-assessment now: ")+s.In(FindingWord(flips.Finding)))
	w.add(0, s.Say("次の組は、仮にその全部がそのとおりなら一次整理がどう変わるかを、同じ評価で確かめたもの。事実がそうであるとはいわない。", "Each set was evaluated as the finding was: if all of it were so, the pre-assessment would be as stated. Nothing here says that it is so."))
	w.heading(len(flips.Up), "要件の裏付けが進む組", "sets with which more of the provision is supported")
	w.sets(res, flips.Up)
	w.heading(len(flips.Down), "指摘が弱まる組", "sets with which the finding becomes weaker")
	w.sets(res, flips.Down)
	for _, b := range flips.Bounds {
		w.add(0, s.Say("探索の限り: ", "limit of the search: ")+s.In(BoundWord(b)))
	}
	return w.lines
}

// BoundWord says what a search for what would change a finding left out.
func BoundWord(b checker.FlipBound) Text {
	switch b {
	case checker.BoundMembers:
		return say("対象物の多い一覧は初めの一部だけを試した", "of long lists only the first entities were tried")
	case checker.BoundUnits:
		return say("一つの要件について、二つ以上の事実の組の全部は試していない", "of sets of two or more facts of one clause not all were tried")
	case checker.BoundSize:
		return say(fmt.Sprintf("大きな組（%d個を超えるものなど）は一部又は全部を省いた", checker.MaxFlip), fmt.Sprintf("large sets (of more than %d facts, and others) were left out in part or whole", checker.MaxFlip))
	case checker.BoundSets:
		return say(fmt.Sprintf("一方向につき%d組まで示した", checker.MaxFlipSets), fmt.Sprintf("up to %d sets are shown each way", checker.MaxFlipSets))
	default:
		return say("試す回数の上限で打ち切った。示していない組がありうる", "it stopped at its limit of tries; there may be sets that are not shown")
	}
}

func (w *whyWriter) sets(res *checker.Result, flips []checker.Flip) {
	for i, flip := range flips {
		w.add(1, fmt.Sprintf("%d  %s%s", i+1, w.Say("→ ", "-> "), w.In(BecomesWord(flip))))
		for _, x := range flip.Supposed {
			w.add(2, w.SupposedWord(res, w.finding, x))
			w.add(3, w.askWord(res, x))
		}
	}
}

// BecomesWord is the pre-assessment that a set of facts leads to.
func BecomesWord(flip checker.Flip) Text {
	switch {
	case flip.Becomes == "":
		return say("規則の前提に当たらないか、前提が未確認となり、問われない", "the rule is not asked: what it applies to is not met, or unverified")
	case flip.Becomes == checker.Partial && flip.OnlyAlleged:
		return FindingWord(&checker.Finding{Assessment: checker.Partial})
	default:
		return AssessmentWord(flip.Becomes)
	}
}

// SupposedWord says what is supposed.
func (s Style) SupposedWord(res *checker.Result, f *checker.Finding, x *checker.Supposed) string {
	switch x.As {
	case checker.SupposedValue:
		return s.supposedValue(x)
	case checker.SupposedUnstated:
		stated := x.Entity.Fact(x.Of.Field.Name)
		return s.Say("この事実を示すものがなくなる: ", "nothing shows any longer: ") + s.FactSentence(stated)
	case checker.SupposedExamined:
		kind := s.In(x.Of.Kind.Title)
		if x.Of.Kind.Singleton {
			return s.Say(kind+"についての一覧がこれで全部であることが、記録で示される", "a record shows that the lists about "+kind+" are complete")
		}
		return s.Say(kind+"の有無を調べた記録があり、報告のほかにはない", "a record shows that "+kind+" was looked for, and there is no more than in the report")
	case checker.SupposedMember:
		kind := s.In(x.Of.Kind.Title)
		return s.Say("報告のほかに"+kind+"があり、次を満たす: ", "there is one more "+kind+", which meets: ") + x.Condition
	case checker.SupposedWithdrawn:
		return s.Say("主張 ", "statement ") + s.theirs(x.Statement.ID) + s.Say("（", " (") + s.theirs(PartyName(res.Report, x.Statement.By)) + s.Say("）が取り下げられる", ") is withdrawn")
	default:
		where := x.Clause.Phrase(s.Lang)
		if x.Rule != f.Rule {
			where = s.In(x.Rule.Title) + s.Say("：", ": ") + where
		}
		return s.Say("担当者の答え「", "the reviewer answers \"") + s.YesWord(x.Yes) + s.Say("」: ", "\": ") + where
	}
}

func (s Style) supposedValue(x *checker.Supposed) string {
	if x.Of.Field.Type == audit.Bool {
		return s.Say("記録で示される: ", "a record shows: ") + s.FactSentence(&audit.Fact{Entity: x.Entity, Field: x.Of.Field, Value: x.Value})
	}
	word := s.Say("記録で示される: ", "a record shows: ") + s.FactName(x.Entity, x.Of.Field)
	if x.Condition != "" {
		word += s.Say("（", " (") + x.Condition
		if x.Holds {
			word += s.Say(" を満たす値）", " holds of it)")
		} else {
			word += s.Say(" を満たさない値）", " does not hold of it)")
		}
	}
	if x.Example() {
		word += s.Say("　例 ", "  for example ") + s.Value(x.Value)
	}
	return word
}

// askWord says whom to ask about what is supposed and what would show it.
func (s Style) askWord(res *checker.Result, x *checker.Supposed) string {
	to := s.In(x.Asks().Title())
	look := ""
	switch x.As {
	case checker.SupposedAnswer:
		look = s.In(x.Clause.Ask)
	case checker.SupposedWithdrawn:
		to = s.theirs(PartyName(res.Report, x.Statement.By))
	default:
		_, look = s.MissingWord(x.Rule, x.Of)
	}
	parts := []string{s.Say("確認先: ", "ask: ") + to}
	if look != "" {
		parts = append(parts, s.Say("示すもの: ", "what would show it: ")+look)
	}
	return strings.Join(parts, s.Say("　", "; "))
}
