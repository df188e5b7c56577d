package export

import (
	"fmt"

	"jobun/checker"
	"jobun/checker/audit"
)

// OtherSideLines writes a finding from the seat of the other side: exceptions, what
// speaks against the elements, the statements that oppose, and the elements that no
// record supports.
func (s Style) OtherSideLines(o *checker.OtherSide) []Line {
	w := &whyWriter{Style: s, finding: o.Finding}
	f := o.Finding
	clause := func(a *checker.Answer) string {
		return fmt.Sprintf("%s %s  %s  %s", CodeGlyph(a.Code, s.Glyphs), s.ClauseName(f, a), a.Clause.Phrase(s.Lang), s.In(AnswerWord(a)))
	}
	w.heading(len(o.Exceptions), "除外事由・阻却事由（強い順）", "exceptions, the strongest first")
	for _, a := range o.Exceptions {
		w.add(1, clause(a))
		for _, behind := range FactsBehind(a) {
			w.add(2, s.FactSentence(behind.Fact))
			w.origins(3, behind.Fact)
		}
		for _, m := range a.Missing {
			what, look := s.MissingWord(f.Rule, m)
			w.add(2, s.Say("未確認: ", "unverified: ")+what+s.LookWord(look))
		}
	}
	w.heading(len(o.Contrary), "要件に反する資料（強い順）", "material against the elements, the strongest first")
	for _, c := range o.Contrary {
		w.add(1, clause(c.Answer)+s.Say("　", "  ")+s.In(ContraryWord(c.As)))
		for _, fact := range c.Facts {
			w.add(2, s.FactSentence(fact))
			w.origins(3, fact)
		}
	}
	w.heading(len(o.Rebuttals), "反論", "statements that oppose")
	for _, r := range o.Rebuttals {
		w.rebuttal(r)
	}
	w.heading(len(o.Weak), "記録の裏付けのない要件", "elements that no record supports")
	for _, a := range o.Weak {
		w.add(1, clause(a))
		w.add(2, s.In(a.Clause.Note))
	}
	return w.lines
}

// heading begins a part, and says so where there is nothing in it.
func (w *whyWriter) heading(n int, ja, en string) {
	text := w.Say(ja, en)
	if n == 0 {
		text += w.Say(": なし", ": none")
	}
	w.add(0, text)
}

func (w *whyWriter) rebuttal(r checker.Rebuttal) {
	on := w.Say("規則全体に対し", "on the rule as a whole")
	if r.Answer != nil {
		on = w.ClauseName(w.finding, r.Answer) + w.Say("に対し", "")
		on = w.Say("", "on ") + on
	}
	head := w.theirs(r.Statement.ID) + " " + w.theirs(r.Statement.ByName) + "  " + on + "  [" + w.OriginWord(audit.Origin{Exhibit: r.Statement.Exhibit, Locator: r.Statement.Locator}) + "]"
	if !r.Stands {
		head += w.Say("（撤回又は自認により効力なし）", " (withdrawn, or overtaken by an admission)")
	}
	w.add(1, head)
	w.quote(2, r.Statement.Text)
	for _, reply := range r.Replies {
		w.add(2, w.Say("応答 ", "reply ")+w.theirs(reply.ID)+" "+w.theirs(reply.ByName))
		w.quote(3, reply.Text)
	}
}

// ContraryWord says how strongly material speaks against an element.
func ContraryWord(as checker.ContraryAs) Text {
	switch as {
	case checker.Contradicts:
		return say("要件に反する", "decides against it")
	case checker.Disputes:
		return say("資料が食い違う", "the sources conflict")
	case checker.OnlyAlleged:
		return say("反する主張のみ", "only an allegation decides against it")
	default:
		return say("否定方向の事実", "speaks against it")
	}
}
