package export

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
)

func (p *paperWriter) finding(n int, f *checker.Finding) {
	p.heading(2, fmt.Sprintf("第%d　%s（%s）", n+1, p.In(f.Rule.Title), f.ID), fmt.Sprintf("%d. %s (%s)", n+1, p.In(f.Rule.Title), f.ID))
	p.provision(f)
	if f.Assessment == checker.NotInForce {
		return
	}
	p.facts(f)
	p.provisionTexts(f)
	p.elements(f)
	p.exceptionTable(f)
	p.thread(f)
	p.missing(f)
	p.dates(f)
	p.heading(3, "9　典拠", "9. Authorities")
	for _, a := range f.Rule.Authorities {
		p.item(0, Span{Text: p.AuthorityLine(f, a), Quoted: true})
	}
	p.heading(3, "10　検討結果（意見）", "10. Decision (opinion)")
	p.add(Block{Kind: Paragraph, Spans: own(p.Say("未検討。記録者・日時・理由の記載なし。", "Undecided. No reviewer, time or reason recorded."))})
}

func (p *paperWriter) provision(f *checker.Finding) {
	heading := BasisHeading(f.Rule.Regime)
	p.heading(3, "1　"+heading.Ja, "1. "+heading.En)
	p.item(0, own(p.Say("一次整理: ", "Pre-assessment: ")+p.In(FindingWord(f))+" "+p.Counts(f))...)
	for _, place := range f.Anchor.Places {
		p.item(0, own(p.Citation(f.Law, place))...)
		p.item(1, own(p.Say("適用期間: ", "In force: ")+p.Interval(place.From.Date, place.Until.Date))...)
		if now, moved := p.Present(f, place, p.res.Rulebook.AsOf); moved {
			p.item(1, own(p.Say("現行の番号: ", "Numbered now: ")+now)...)
		}
		for _, v := range p.versions(f, place) {
			p.item(1, own(v)...)
		}
		if place.Penalty != nil {
			p.item(1, Span{Text: p.Say("当時の法定刑: ", "Penalty of the day: ")}, Span{Text: p.PenaltyWords(f, place), Quoted: true})
		}
		if note := p.In(place.Note); note != "" {
			p.item(1, own(note)...)
		}
		if address := p.Address(f, place, p.res.Rulebook.AsOf); address != "" {
			p.item(1, Span{Text: p.Say("現行条文の所在: ", "Present text: ")}, Span{Text: address, Link: true})
		}
	}
	if f.Assessment == checker.NotInForce {
		p.item(0, own(p.OtherDays(f))...)
		return
	}
	if note := p.In(f.Rule.Note); note != "" {
		p.item(0, own(note)...)
	}
	if effect := p.In(f.Rule.Effect); effect != "" {
		p.item(0, own(p.Say("効果: ", "Effect: ")+effect)...)
	}
	for _, note := range p.Notes(f) {
		p.item(0, own(note)...)
	}
	if p.hasRun(f) {
		p.item(0, own(p.Say("上の期間は、作成日までに経過している可能性がある。起算・停止・中断を含め、要確認。", "By the date of this paper that time may have run out. To be checked, with its start and what stops it."))...)
	}
}

// hasRun reports whether the time limit, counted from the last day on which the
// matter may have been, is over on the date of the paper.
func (p *paperWriter) hasRun(f *checker.Finding) bool {
	l := f.Rule.Limits.Limitation
	if l == nil || p.Dated.IsZero() || f.Anchor.Span.IsZero() {
		return false
	}
	end := f.Anchor.Span.To
	end.Year += l.Years
	return end.Before(p.Dated)
}

// versions names the version of the law on the day, with its amending law and
// how well it is known.
func (p *paperWriter) versions(f *checker.Finding, place *checker.RulePlace) []string {
	span := f.Anchor.Span
	if span.IsZero() || f.Law.Kind == law.Instrument {
		return nil
	}
	var lines []string
	for _, v := range f.Law.VersionsOn(span) {
		by := p.In(audit.Text(v.By))
		if by == "" {
			by = p.Say("収録する最初の版", "the first version held")
		}
		lines = append(lines, p.Say("適用した版: ", "Version applied: ")+by+"  "+p.Interval(v.From, v.Until)+p.Say("（", " (")+p.In(GradeWord(v.Grade))+p.Say("）", ")"))
	}
	return lines
}

// facts says who did what, one fact a sentence, each with its origin.
func (p *paperWriter) facts(f *checker.Finding) {
	p.heading(3, "2　事実", "2. Facts")
	seen := map[*audit.Fact]bool{}
	for _, a := range f.Answers() {
		for _, behind := range FactsBehind(a) {
			if fact := behind.Fact; !seen[fact] {
				seen[fact] = true
				p.fact(fact)
			}
		}
	}
	if len(seen) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.Say("要件に関わる事実の記載なし。", "No fact is stated that an element turns on."))})
	}
}

func (p *paperWriter) fact(fact *audit.Fact) {
	p.item(0, Span{Text: p.FactSentence(fact), Quoted: true}, Span{Text: p.originsNote(fact)})
	for _, o := range fact.Origins {
		if o.Excerpt != "" {
			p.item(1, Span{Text: "[" + p.OriginWord(o) + "] "}, Span{Text: p.Say("「"+o.Excerpt+"」", "\""+o.Excerpt+"\""), Quoted: true})
		}
	}
}

func (p *paperWriter) originsNote(f *audit.Fact) string {
	var where []string
	for _, o := range f.Origins {
		where = append(where, p.OriginWord(o)+" "+p.BasisWord(o))
	}
	return p.Say("〔"+strings.Join(distinct(where), "、")+"〕", " ["+strings.Join(distinct(where), "; ")+"]")
}

func (p *paperWriter) elements(f *checker.Finding) {
	p.heading(3, "4　要件別検討表", "4. Elements")
	p.clauses(f, f.Elements)
}

func (p *paperWriter) exceptionTable(f *checker.Finding) {
	p.heading(3, "5　除外事由・阻却事由", "5. Exceptions")
	p.clauses(f, f.Exceptions)
}

func (p *paperWriter) clauses(f *checker.Finding, answers []*checker.Answer) {
	hasBurden := f.Rule.Regime == "criminal" || f.Rule.Regime == "civil"
	head := []string{"№", p.Say("条文の語句", "Words"), p.Say("性質", "Nature")}
	if hasBurden {
		head = append(head, p.Say("主張立証", "Burden"))
	}
	head = append(head, p.Say("状態", "State"), p.Say("証拠", "Exhibits"), p.Say("反対の資料・主張", "Against"), p.Say("注・問い", "Note, question"))
	var rows [][][]Span
	for i, a := range answers {
		row := [][]Span{own(circled(i + 1)), quoted(a.Clause.Phrase(p.Lang)), own(p.natureWord(a))}
		if hasBurden {
			row = append(row, own(p.In(BurdenWord(f.Rule.Regime, a.Clause.Kind != "", a.Clause.Kind))))
		}
		row = append(row,
			own(CodeGlyph(a.Code, p.Glyphs)+" "+p.In(AnswerWord(a))),
			own(p.pointers(a)), p.against(a), own(p.clauseNote(a)))
		rows = append(rows, row)
	}
	p.table(head, rows)
}

func (p *paperWriter) natureWord(a *checker.Answer) string {
	word := p.In(NatureWord(a.Clause.Nature))
	if a.Clause.Kind != "" {
		word = p.In(ExceptionWord(a.Clause.Kind)) + p.Say("・", ", ") + word
	}
	return word
}

func (p *paperWriter) clauseNote(a *checker.Answer) string {
	var parts []string
	if a.Why == nil && a.Person == nil {
		parts = append(parts, p.In(a.Clause.Ask))
	}
	if note := p.In(a.Clause.Note); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, " ")
}

func (p *paperWriter) pointers(a *checker.Answer) string {
	where := p.Pointers(a)
	if len(where) == 0 {
		return p.Say("なし", "none")
	}
	return strings.Join(where, p.Say(" ", "; "))
}

func (p *paperWriter) against(a *checker.Answer) []Span {
	var spans []Span
	for _, st := range a.Statements {
		if st.Stance == "opposes" {
			spans = append(spans, Span{Text: st.ID + " "}, Span{Text: PartyName(p.res.Report, st.By) + " ", Quoted: true})
		}
	}
	for _, factor := range a.Against {
		spans = append(spans, Span{Text: p.In(factor.Title) + " "})
	}
	if len(spans) == 0 {
		return own("-")
	}
	return spans
}

// circled is the number of an element as it stands in the margin of a provision.
func circled(n int) string {
	if n >= 1 && n <= 20 {
		return string(rune('①' + n - 1))
	}
	return fmt.Sprintf("(%d)", n)
}

// thread is what the parties say, with replies under what they answer.
func (p *paperWriter) thread(f *checker.Finding) {
	p.heading(3, "6　主張と反論", "6. What the parties say")
	list := Thread(p.res.Report, f)
	if len(list) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.Say("記載なし。", "Nothing stated."))})
	}
	for _, t := range list {
		st := t.Statement
		head := p.In(StanceWord(st.Stance)) + " " + st.ID + " "
		tail := " " + p.Date(st.At.Span) + " [" + p.Pointer(st.Exhibit, st.Locator) + "]"
		if t.On != "" {
			tail += p.Say("（"+t.On+"）", " ("+t.On+")")
		}
		if t.Withdrawn {
			tail += p.Say("　撤回", ", withdrawn")
		}
		p.item(t.Depth, Span{Text: head}, Span{Text: PartyName(p.res.Report, st.By), Quoted: true}, Span{Text: tail}, Span{Text: p.Say("　「"+st.Text+"」", ": \""+st.Text+"\""), Quoted: true})
	}
}

func (p *paperWriter) missing(f *checker.Finding) {
	p.heading(3, "7　不足する立証", "7. What is missing")
	list := f.Missing()
	if len(list) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.Say("条件で確かめる要件に、記載のない事実はない。", "No fact is missing that a condition asks for."))})
	}
	for _, m := range list {
		what, look := p.MissingWord(f.Rule, m)
		spans := []Span{{Text: what, Quoted: true}}
		if look != "" {
			spans = append(spans, Span{Text: p.LookWord(look)})
		}
		p.item(0, spans...)
	}
}

func (p *paperWriter) dates(f *checker.Finding) {
	p.heading(3, "8　時点に関する注意", "8. On dates")
	at := p.In(AnchorWord(f.Rule.AtKind)) + ": " + p.Date(f.Anchor.Span)
	if f.Anchor.Stated != nil {
		at += " " + p.originsNote(f.Anchor.Stated)
	}
	p.item(0, own(at)...)
	if f.Assessment == checker.Unanchored {
		p.item(0, own(p.Say("適用する版を一つに決められない。上記は候補である。", "The version that applies cannot be settled; those above are candidates."))...)
	}
}
