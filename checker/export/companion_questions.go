package export

import (
	"fmt"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
)

// questions is 照会書: the missing facts as questions, by whom to ask. Which clauses an
// answer would serve stands on a part that is not sent.
func (p *paperWriter) questions() {
	blank := p.Say("（空欄）", "(blank)")
	p.paragraph(p.Say("年月日: ", "Date: ") + blank)
	p.paragraph(p.Say("差出人: ", "From: ") + blank)
	p.paragraph(p.Say("事件名: ", "Matter: ") + p.theirs(p.res.Report.Title))
	p.paragraph(p.Say("下記の事実について、記録を示して回答されたい。分からない事項は「不明」と、記録がない事項は「記録なし」と書かれたい。宛先ごとに分けて送る。", "Please answer the following, with the records on which the answer rests. Write \"not known\" where it is not known, and \"no record\" where there is none. Each part goes to its own addressee."))
	p.cautions()
	groups := p.res.Questions(p.chosen)
	if len(groups) == 0 {
		p.section("asked", "", "照会事項", "Questions")
		p.paragraph(p.Say("照会事項なし（足りない事実の記載がない）。", "No questions: no fact is listed as missing."))
	}
	var kept [][]paper.Cell
	for _, group := range groups {
		p.section("asked", "", "照会先: "+group.Asked.Title().Ja, "To: "+group.Asked.Title().En)
		p.paragraph(p.Say("宛名: ", "Addressee: ") + blank)
		for i, q := range group.Questions {
			p.question(q)
			kept = append(kept, []paper.Cell{cell(p.In(group.Asked.Title()) + fmt.Sprintf(" (%d)", i+1)), cell(p.QuestionWord(q.Missing)), cell(p.ServesWord(q.Serves))})
		}
	}
	p.add(paper.Block{Kind: paper.Heading, Level: 1, Section: "kept", Break: true, Spans: paper.Own(p.Say("控え（送付しない）", "Our copy (not sent)"))})
	p.paragraph(p.Say(fmt.Sprintf("照会事項 計 %d件。", len(kept)), fmt.Sprintf("Questions: %d in all.", len(kept))))
	p.table([]column{{p.Say("照会先・番号", "To, number"), 20}, {p.Say("照会事項", "Question"), 40}, {p.Say("関係する指摘と要件", "Findings and clauses that it serves"), 30}}, kept)
}

func (p *paperWriter) question(q checker.Question) {
	p.add(paper.Block{Kind: paper.Item, Counted: true, Spans: spansOf(p.QuestionWord(q.Missing))})
	if looks := p.looks(q.Looks); looks != "" {
		p.item(1, p.Say("示すもの: ", "What would show it: ")+looks)
	}
	p.item(1, p.Say("回答: （空欄）", "Answer: (blank)"))
}

// auditSurvey is the survey against the criteria of accreditation: a row for each
// element of a provision of an authority or of an instrument, with what was seen. The
// last columns are the auditor's.
func (p *paperWriter) auditSurvey() {
	p.head()
	p.section("survey", "", "調査項目", "Items")
	var rows [][]paper.Cell
	n := 0
	for _, f := range p.chosen {
		if f.Assessment == checker.NotInForce || f.Rule.Regime != "administrative" && f.Rule.Regime != "contractual" {
			continue
		}
		n++
		for _, a := range f.Elements {
			rows = append(rows, p.surveyRow(f, a))
		}
	}
	p.table([]column{
		{p.Say("条項", "Provision"), p.wide(12, 16)}, {p.Say("基準（原文）", "Criterion (words)"), 14}, {p.Say("調査項目（問い）", "Item (question)"), 14}, {p.Say("確認方法", "Method"), p.wide(9, 12)},
		{p.Say("証跡", "Evidence"), 15}, {p.Say("所見（記録から）", "Seen (from the records)"), 12}, {p.Say("適合性（調査者が記入）", "Conformity (the auditor's)"), 13}, {p.Say("裁量上の考慮要素", "Factors for discretion"), 12},
	}, rows)
	p.paragraph(p.Say(fmt.Sprintf("指摘 計 %d件、調査項目 計 %d件。", n, len(rows)), fmt.Sprintf("Findings: %d; items: %d.", n, len(rows))))
	p.paragraph(p.Say("適合性の欄は、調査者が「適合と考える」「適合しないと考える」「要確認」「対象外」のどれかを記入する。所見の欄は記録から分かることだけで、適合性についての意見ではない。", "The auditor writes one of: considered to conform, considered not to conform, to be checked, not applicable. What is seen is from the records alone and no opinion on conformity."))
}

func (p *paperWriter) surveyRow(f *checker.Finding, a *checker.Answer) []paper.Cell {
	ask := p.In(a.Clause.Ask)
	if ask == "" {
		ask = p.In(f.Rule.Title)
	}
	factors := p.Say("定めなし", "none provided")
	if f.Rule.Discretionary {
		factors = firstOf(p.In(f.Rule.Effect), p.Say("行政庁の裁量", "at the authority's discretion"))
	}
	for _, factor := range a.For {
		factors += p.Say("。肯定の方向: ", "; for: ") + p.In(factor.Title)
	}
	for _, factor := range a.Against {
		factors += p.Say("。否定の方向: ", "; against: ") + p.In(factor.Title)
	}
	seen := CodeGlyph(a.Code, p.Glyphs) + " " + p.In(AnswerWord(a))
	for _, note := range p.otherDays(f, a) {
		seen += p.Say("。", ". ") + note
	}
	return []paper.Cell{
		cell(p.Heading(f) + p.Say("（"+f.ID+"）", " ("+f.ID+")")), p.phraseCell(a), cell(ask), cell(p.methods(a)), cell(p.pointers(a)),
		{{Text: seen, Tone: string(a.Code)}}, cell(p.Say("（空欄）", "(blank)")), cell(factors),
	}
}

// methods says how an element was looked at, from what its exhibits are.
func (p *paperWriter) methods(a *checker.Answer) string {
	roles := map[string]string{}
	for _, e := range p.res.Report.Exhibits {
		roles[e.ID] = e.Role
	}
	var words []string
	for _, o := range Origins(a) {
		words = append(words, p.In(methodWord(roles[o.Exhibit])))
	}
	if a.Why != nil {
		for _, x := range a.Why.Searched() {
			words = append(words, p.In(methodWord(roles[x.Exhibit])))
		}
	}
	return firstOf(joined(p.Say("・", ", "), distinct(words)...), p.Say("（空欄）", "(blank)"))
}

// methodWord is the method of an investigation that a kind of exhibit comes of.
func methodWord(role string) audit.Text {
	switch role {
	case "document":
		return say("書類", "documents")
	case "reproduction":
		return say("試験", "test")
	case "scene", "listing":
		return say("実地の記録", "records of the site")
	default:
		return say("記載なし", "not stated")
	}
}
