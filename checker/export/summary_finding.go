package export

import (
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
	"jobun/checker/law"
	"jobun/checker/review"
)

// finding is the section on one finding. In Japanese its parts follow the practice of
// citation papers; in English the same parts stand under Issue, Rule, Application and
// Conclusion.
func (p *paperWriter) finding(f *checker.Finding) {
	title := p.In(f.Rule.Title) + p.Say("（"+f.ID+"）", " ("+f.ID+")")
	p.section(SectionFinding, f.ID, title, title)
	if p.Lang == "en" {
		p.heading(2, "", "Issue")
		p.paragraph(p.issue(f))
		p.heading(2, "", "Rule")
	}
	heading := BasisHeading(f.Rule.Regime)
	p.part(f.ID+lawMark, heading.Ja, heading.En)
	p.provision(f)
	if f.Assessment == checker.NotInForce {
		p.item(0, p.OtherDays(f))
		p.opinion(f)
		return
	}
	if p.Lang == "en" {
		p.part("", "", "Text of the provision")
		p.provisionTexts(f)
		p.heading(2, "", "Application")
	}
	p.part("", "事実", "Facts")
	p.facts(f)
	if p.Lang != "en" {
		p.part("", "条文", "")
		p.provisionTexts(f)
	}
	p.part("", "要件別検討表", "Elements")
	p.clauses(f, f.Elements)
	p.part("", "除外事由・阻却事由", "Exceptions")
	p.clauses(f, f.Exceptions)
	p.part("", "主張と反論", "What the parties say")
	p.thread(f)
	p.part("", "不足する立証", "What is missing")
	p.missing(f)
	p.part("", "時点に関する注意", "On dates")
	p.dates(f)
	p.part(f.ID+authoritiesMark, "典拠", "Authorities")
	for _, a := range f.Rule.Authorities {
		p.item(0, p.AuthorityLine(f, a))
	}
	p.opinion(f)
}

// What is added to the id of a finding where a link leads to a part of its section.
const lawMark, authoritiesMark = "-law", "-authorities"

// part begins a part of a finding, with a mark if links lead to it: in English they
// stand one level deeper.
func (p *paperWriter) part(anchor, ja, en string) {
	level := 2
	if p.Lang == "en" {
		level = 3
	}
	p.add(paper.Block{Kind: paper.Heading, Level: level, Anchor: anchor, Spans: spansOf(p.Say(ja, en))})
}

func (p *paperWriter) issue(f *checker.Finding) string {
	return "Whether " + p.EntityName(f.Entity) + " may fall under " + p.Heading(f) + ": " + p.In(f.Rule.Title) + ". Pre-assessment: " + p.In(FindingWord(f)) + " " + p.Counts(f) + "."
}

func (p *paperWriter) provision(f *checker.Finding) {
	p.item(0, p.Say("対象: ", "Of: ")+p.EntityName(f.Entity))
	p.item(0, p.Say("一次整理: ", "Pre-assessment: ")+p.In(FindingWord(f))+p.countsWord(f))
	p.item(0, p.Say("規則: ", "Rule file: ")+f.Rule.ID+p.Say("（", " (")+p.In(StatusWord(f.Rule))+p.Say("）", ")"))
	for _, place := range f.Anchor.Places {
		p.item(0, p.Citation(f.Law, place))
		p.item(1, p.Say("適用期間: ", "In force: ")+p.Interval(place.From.Date, place.Until.Date))
		if now, moved := p.Present(f, place, p.res.Rulebook.AsOf); moved {
			p.item(1, p.Say("現行の番号: ", "Numbered now: ")+now)
		}
		if place.Penalty != nil {
			p.item(1, p.Say("当時の法定刑: ", "Penalty of the day: ")+p.PenaltyWords(f, place))
		}
		if note := p.In(place.Note); note != "" {
			p.item(1, note)
		}
		if address := p.Address(f, place, p.res.Rulebook.AsOf); address != "" {
			p.item(1, p.Say("現行条文の所在: ", "Present text: "), paper.Span{Text: address, Code: true})
		}
	}
	for _, v := range p.versions(f) {
		p.item(0, v)
	}
	if f.Assessment == checker.NotInForce {
		return
	}
	if note := p.In(f.Rule.Note); note != "" {
		p.item(0, note)
	}
	if effect := p.In(f.Rule.Effect); effect != "" {
		p.item(0, p.Say("効果: ", "Effect: ")+effect)
	}
	for _, note := range p.Notes(f) {
		p.item(0, note)
	}
	if p.hasRun(f) {
		p.item(0, p.Say("上の期間は、作成日までに経過している可能性がある。起算・停止・中断を含め、要確認。", "By the date of this paper that time may have run out. To be checked, with its start and what stops it."))
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

// versions names the versions of the law on the day, with its amending law and how
// well it is known.
func (p *paperWriter) versions(f *checker.Finding) []string {
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

// facts says who did what, one fact a sentence, each with its origin in a footnote.
func (p *paperWriter) facts(f *checker.Finding) {
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
		p.paragraph(p.Say("要件に関わる事実の記載なし。", "No fact is stated that an element turns on."))
	}
}

func (p *paperWriter) fact(fact *audit.Fact) {
	origins := spansOf(p.originsNote(fact))
	origins[len(origins)-1].Note = p.originsFootnote(fact)
	p.add(paper.Block{Kind: paper.Item, Counted: true, Spans: append(spansOf(p.FactSentence(fact)), origins...)})
}

// originsNote points to where a fact was read: 〔E03・L57 記録〕.
func (p *paperWriter) originsNote(f *audit.Fact) string {
	var where []string
	for _, o := range f.Origins {
		where = append(where, p.OriginWord(o)+" "+p.BasisWord(o))
	}
	return p.Say("〔"+strings.Join(distinct(where), "、")+"〕", " ["+strings.Join(distinct(where), "; ")+"]")
}

// originsFootnote quotes each origin of a fact, with the record's id and the beginning
// of the hash of its exhibit.
func (p *paperWriter) originsFootnote(f *audit.Fact) []paper.Span {
	var note []paper.Span
	for i, o := range f.Origins {
		if i > 0 {
			note = append(note, paper.Span{Text: p.Say("　／　", " / ")})
		}
		note = append(note, spansOf(p.OriginWord(o)+" "+p.BasisWord(o)+p.Say("（記録 ", " (record ")+p.theirs(o.Record)+p.Say("）", ")"))...)
		if o.Excerpt != "" {
			note = append(note, spansOf(p.Say("「", " \"")+p.theirs(o.Excerpt)+p.Say("」", "\""))...)
		}
		if hash := p.exhibitHash(o.Exhibit); hash != "" {
			note = append(note, paper.Span{Text: " SHA-256 "}, paper.Span{Text: short(hash), Code: true})
		}
	}
	return note
}

func (p *paperWriter) exhibitHash(id string) string {
	for _, e := range p.res.Report.Exhibits {
		if e.ID == id {
			return e.SHA256
		}
	}
	return ""
}

func short(hash string) string { return hash[:min(12, len(hash))] }

func (p *paperWriter) clauses(f *checker.Finding, answers []*checker.Answer) {
	hasBurden := f.Rule.Regime == "criminal" || f.Rule.Regime == "civil"
	columns := []column{{"№", 4}, {p.Say("条文の語句", "Words"), 17}, {p.Say("性質", "Nature"), p.wide(7, 11)}}
	if hasBurden {
		columns = append(columns, column{p.Say("主張立証", "Burden"), p.wide(9, 12)})
	}
	columns = append(columns, column{p.Say("状態", "State"), p.wide(11, 13)}, column{p.Say("証拠", "Exhibits"), 16}, column{p.Say("反対の資料・主張", "Against"), 12}, column{p.Say("注・問い・担当者の所見", "Note, question, reviewer"), 22})
	var rows [][]paper.Cell
	for i, a := range answers {
		row := []paper.Cell{{{Text: circled(i + 1)}}, p.phraseCell(a), cell(p.natureWord(a))}
		if hasBurden {
			row = append(row, cell(p.In(BurdenWord(f.Rule.Regime, a.Clause.Kind != "", a.Clause.Kind))))
		}
		rows = append(rows, append(row,
			paper.Cell{{Text: CodeGlyph(a.Code, p.Glyphs) + " " + p.In(AnswerWord(a)), Tone: string(a.Code)}},
			cell(p.pointers(a)), cell(p.against(a)), cell(p.clauseNote(a))))
	}
	p.table(columns, rows)
}

// phraseCell is the words of a clause: of the provision, or ours where it has none.
func (p *paperWriter) phraseCell(a *checker.Answer) paper.Cell {
	return paper.Cell{{Text: a.Clause.Phrase(p.Lang), Quoted: a.Clause.Ja != "", Public: a.Clause.Ja != ""}}
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
	if a.Person != nil {
		said := p.theirs(a.Person.By) + p.Say("、", ", ") + p.At(a.Person.At)
		if a.Person.Note != "" {
			said += p.Say("「", " \"") + p.theirs(a.Person.Note) + p.Say("」", "\"")
		}
		parts = append(parts, said)
	} else if a.Why == nil {
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
	return strings.Join(where, p.Say("、", "; "))
}

func (p *paperWriter) against(a *checker.Answer) string {
	var parts []string
	for _, st := range a.Statements {
		if st.Stance == "opposes" {
			parts = append(parts, p.theirs(st.ID)+" "+p.partyName(st.By))
		}
	}
	for _, factor := range a.Against {
		parts = append(parts, p.In(factor.Title))
	}
	if len(parts) == 0 {
		return p.Say("なし", "none")
	}
	return strings.Join(parts, p.Say("、", "; "))
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
	list := Thread(p.res.Report, f)
	if len(list) == 0 {
		p.paragraph(p.Say("記載なし。", "Nothing stated."))
	}
	for _, t := range list {
		st := t.Statement
		line := p.In(StanceWord(st.Stance)) + " " + p.theirs(st.ID) + " " + p.partyName(st.By) + " " + p.Date(st.At.Span) + " [" + p.Pointer(st.Exhibit, st.Locator) + "]"
		if t.On != "" {
			line += p.Say("（", " (") + p.onWord(f, t.On) + p.Say("）", ")")
		}
		if t.Withdrawn {
			line += p.Say("　撤回", ", withdrawn")
		}
		p.item(t.Depth, line+p.Say("　「", ": \"")+p.theirs(st.Text)+p.Say("」", "\""))
	}
}

// onWord names a clause that a statement speaks to by its number.
func (p *paperWriter) onWord(f *checker.Finding, clause string) string {
	if a, ok := f.Answer(clause); ok {
		return p.ClauseName(f, a)
	}
	return clause
}

func (p *paperWriter) missing(f *checker.Finding) {
	list := f.Missing()
	if len(list) == 0 {
		p.paragraph(p.Say("条件で確かめる要件に、記載のない事実はない。", "No fact is missing that a condition asks for."))
	}
	for _, m := range list {
		what, look := p.MissingWord(f.Rule, m)
		p.add(paper.Block{Kind: paper.Item, Counted: true, Spans: spansOf(what + p.LookWord(look) + p.lackedBy(f, m))})
	}
}

// lackedBy names the clauses that lack a fact, and who has to show each where the regime
// says so: 〔要件3（検察官）〕.
func (p *paperWriter) lackedBy(f *checker.Finding, m checker.Missing) string {
	var words []string
	for _, a := range f.Answers() {
		if !slices.ContainsFunc(a.Missing, func(x checker.Missing) bool { return x.Name == m.Name && x.Entity == m.Entity }) {
			continue
		}
		word := p.ClauseName(f, a)
		if burden := p.In(BurdenWord(f.Rule.Regime, a.Clause.Kind != "", a.Clause.Kind)); burden != "" {
			word += p.Say("（", " (") + burden + p.Say("）", ")")
		}
		words = append(words, word)
	}
	return p.Say("〔", " [") + strings.Join(words, p.Say("、", ", ")) + p.Say("〕", "]")
}

func (p *paperWriter) dates(f *checker.Finding) {
	at := p.In(AnchorWord(f.Rule.AtKind)) + ": " + p.Date(f.Anchor.Span)
	if f.Anchor.Stated != nil {
		at += " " + p.originsNote(f.Anchor.Stated)
	}
	p.item(0, at)
	p.item(0, p.Say("適用した版、期間の目安、その後の改正を示す箇所: ", "The version applied, time limits and later amendments: see "), paper.Span{To: f.ID + lawMark})
	if f.Assessment == checker.Unanchored {
		p.item(0, p.Say("適用する版を一つに決められない。上記は候補である。", "The version that applies cannot be settled; those above are candidates."))
	}
}

// opinion is what people decided of a finding, what they answered to its clauses and what
// they noted.
func (p *paperWriter) opinion(f *checker.Finding) {
	p.heading(2, "検討結果（意見）", "Conclusion (opinion)")
	if p.Review == nil {
		p.paragraph(p.Say("未検討。記録者・日時・理由の記載なし。", "Undecided. No reviewer, time or reason recorded."))
		return
	}
	state := p.Review.Of(f)
	if state.Decision == nil {
		p.paragraph(p.Say("未検討。記録者・日時・理由の記載なし。", "Undecided. No reviewer, time or reason recorded."))
	} else {
		p.decision(f, state)
	}
	for _, e := range AnswersOf(state) {
		line := p.Say("回答: ", "Answer: ") + p.clauseWord(f, e.Clause) + " " + p.YesWord(e.Answer == "yes") + p.Say("。", ", ") + p.signature(e)
		if causes, isStale := state.StaleAnswers[e.Clause]; isStale {
			line += p.Say("（要再確認。整理に入れていない: ", " (to be looked at again, not counted: ") + p.CausesWord(causes) + p.Say("）", ")")
		}
		p.item(0, line)
	}
	for _, e := range state.Notes {
		p.item(0, p.Say("メモ: ", "Note: ")+p.signature(e))
	}
}

// signature is who recorded an entry and when, with the note.
func (p *paperWriter) signature(e review.Entry) string {
	words := p.theirs(e.By) + p.Say("、", ", ") + p.At(e.At)
	if e.Note != "" {
		words += p.Say("「", " \"") + p.theirs(e.Note) + p.Say("」", "\"")
	}
	return words
}

// decision is what became of a finding, by whom, when and why.
func (p *paperWriter) decision(f *checker.Finding, state *review.State) {
	d := state.Decision
	p.item(0, p.Say("結果: ", "Decision: ")+p.In(DecisionWord(state.Status()))+p.decidedAs(state))
	p.item(0, p.Say("記録者: ", "Recorded by: ")+p.theirs(d.By)+p.Say("、", ", ")+p.At(d.At))
	if d.Reason != "" {
		p.item(0, p.Say("理由: ", "Reason: ")+p.In(ReasonWord(d.Reason)))
	}
	if d.Note != "" {
		p.item(0, p.Say("意見: 「", "Opinion: \"")+p.theirs(d.Note)+p.Say("」", "\""))
	}
	if d.Needs != "" {
		p.item(0, p.Say("必要な証拠: ", "Evidence needed: ")+p.theirs(d.Needs)+p.needsWord(f, d.Clause))
	}
	for _, e := range state.Approvals {
		p.item(0, p.Say("同意: ", "Agreed by: ")+p.signature(e))
	}
	if d.Expires != "" {
		p.item(0, p.Say("次回確認期限: ", "To be looked at again by: ")+p.dayWord(d.Expires))
	}
	for _, cause := range state.Causes {
		p.item(0, p.Say("要再確認: 記録の後に", "To be looked at again: since then ")+p.In(CauseWord(cause)))
	}
}

// decidedAs says what was decided where that no longer counts by itself.
func (p *paperWriter) decidedAs(s *review.State) string {
	if s.IsDecided() {
		return ""
	}
	return p.Say("（記録は", " (recorded as ") + p.In(ActionWord(s.Decision.Action)) + p.Say("）", ")")
}

func (p *paperWriter) needsWord(f *checker.Finding, clause string) string {
	if clause == "" {
		return ""
	}
	return p.Say("（", " (") + p.onWord(f, clause) + p.Say("）", ")")
}
