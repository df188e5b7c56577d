package tui

import (
	"fmt"

	"jobun/checker"
	"jobun/checker/export"
)

// rulesPage lists every rule by what came of it: nothing disappears. Rules that
// could not be asked come first, with who could tell.
func (m *model) rulesPage() *page {
	s, r := m.style, m.result
	w := newWriter(fmt.Sprintf(s.Say("規則 %d本  %s %s", "%d rules  %s %s"), len(r.Rulebook.Rules), r.Rulebook.Name, r.Rulebook.Version))
	w.byItem = true
	if n := m.drafts(); n > 0 {
		w.text(0, span{text: fmt.Sprintf(s.Say("%d本のうち %d本は草案（法律専門家の確認前）。Enter で規則を開く。", "Of %d rules, %d are drafts (not yet signed by a lawyer). Enter opens a rule."), len(r.Rulebook.Rules), n)})
	}
	w.section(fmt.Sprintf(s.Say("問えなかった規則 %d", "Rules that could not be asked: %d"), len(r.NotAsked)))
	for _, n := range r.NotAsked {
		m.ruleItem(w, n.Rule)
		w.text(2, span{text: s.NotAskedWord(n)})
		for _, x := range n.Missing {
			if _, look := s.MissingWord(n.Rule, x); look != "" {
				w.text(2, span{text: s.Say("確認先: ", "ask: ") + look})
			}
		}
	}
	w.section(fmt.Sprintf(s.Say("対象のなかった規則 %d", "Rules that concern nothing here: %d"), len(r.Declined)))
	for _, d := range r.Declined {
		m.ruleItem(w, d.Rule)
		w.text(2, span{text: s.DeclinedWord(d)})
	}
	byRule := map[*checker.Rule][]*checker.Finding{}
	for _, f := range r.Findings {
		byRule[f.Rule] = append(byRule[f.Rule], f)
	}
	w.section(fmt.Sprintf(s.Say("指摘になった規則 %d", "Rules with findings: %d"), len(byRule)))
	for _, rule := range r.Rulebook.Rules {
		if list := byRule[rule]; len(list) > 0 {
			m.ruleItem(w, rule)
			w.text(2, span{text: m.someIDs(list)})
		}
	}
	w.end()
	w.blank()
	for _, line := range s.Examined(r) {
		w.text(0, span{text: line})
	}
	return &w.page
}

// someIDs names findings, and counts those that are too many to name.
func (m *model) someIDs(list []*checker.Finding) string {
	const most = 60
	ids := ""
	for _, f := range list[:min(most, len(list))] {
		ids += f.ID + " "
	}
	if more := len(list) - most; more > 0 {
		ids += fmt.Sprintf(m.style.Say("ほか%d件", "and %d more"), more)
	}
	return ids
}

func (m *model) drafts() int {
	n := 0
	for _, rule := range m.result.Rulebook.Rules {
		if rule.Status == "draft" {
			n++
		}
	}
	return n
}

func (m *model) ruleItem(w *writer, rule *checker.Rule) {
	w.begin(spot{screen: ruleScreen, rule: rule}, func() string { return m.ruleWords(rule) })
	signed := ""
	if rule.Status != "draft" {
		signed = m.draft(rule)
	}
	w.text(0, span{m.style.In(rule.Title), strong}, span{text: "  " + rule.ID + signed})
}

// ruleWords is what a rule is found by, beside what stands in the list.
func (m *model) ruleWords(rule *checker.Rule) string {
	words := ""
	if l, ok := m.result.Rulebook.Laws.Law(rule.Law); ok {
		for i := range rule.Places {
			words += m.style.Citation(l, &rule.Places[i]) + "\n"
		}
	}
	for _, c := range rule.Elements {
		words += c.Phrase(m.style.Lang) + "\n"
	}
	return words
}

// rulePage is a rule as the rulebook has it: what it is asked of, the provision
// from day to day, its clauses with their conditions and questions, and its
// authorities; then the findings that it led to.
func (m *model) rulePage(rule *checker.Rule) *page {
	s, hang := m.style, m.labelWidth()+2
	w := newWriter(rule.ID)
	w.text(0, span{s.In(rule.Title), strong})
	w.field(s.Say("規則", "rule"), hang, s.In(export.RegimeWord(rule.Regime))+m.draft(rule))
	w.field(s.Say("対象", "asked of"), hang, s.In(rule.Kind().Title))
	w.field(s.Say("前提", "applies if"), hang, rule.When)
	w.field(s.Say("時点", "day"), hang, s.In(export.AnchorWord(rule.AtKind))+"  "+rule.At)
	w.field(s.Say("効果", "effect"), hang, s.In(rule.Effect))
	w.field(s.Say("注", "note"), hang, s.In(rule.Note))
	m.rulePlaces(w, rule)
	w.section(fmt.Sprintf(s.Say("要件 %d", "Elements: %d"), len(rule.Elements)))
	for i, c := range rule.Elements {
		m.ruleClause(w, rule, c, i+1)
	}
	if len(rule.Exceptions) > 0 {
		w.section(fmt.Sprintf(s.Say("除外事由 %d", "Exceptions: %d"), len(rule.Exceptions)))
		for i, c := range rule.Exceptions {
			m.ruleClause(w, rule, c, i+1)
		}
	}
	if len(rule.Authorities) > 0 {
		w.section(s.Say("典拠", "Authorities"))
		for _, a := range rule.Authorities {
			w.add(block{lead: say("- "), text: say(s.AuthorityLine(&checker.Finding{Rule: rule}, a))})
		}
	}
	m.ruleFindings(w, rule)
	return &w.page
}

// rulePlaces lists the provision from day to day, with the penalty.
func (m *model) rulePlaces(w *writer, rule *checker.Rule) {
	s, hang := m.style, m.labelWidth()
	w.section(s.Say("条文", "Provision"))
	l, ok := m.result.Rulebook.Laws.Law(rule.Law)
	if !ok {
		return
	}
	// The rule asked of nothing: only its law and its places mean anything.
	of := &checker.Finding{Rule: rule, Law: l}
	for i := range rule.Places {
		p := &rule.Places[i]
		w.add(block{lead: say("- "), text: say(s.Citation(l, p) + "  " + s.Interval(p.From.Date, p.Until.Date))})
		for _, line := range [][2]string{{s.Say("罰条", "penalty"), m.penalty(of, p)}, {s.Say("注", "note"), s.In(p.Note)}} {
			if line[1] != "" {
				w.add(block{indent: 2, lead: say(line[0]), hang: hang, text: say(line[1])})
			}
		}
	}
}

func (m *model) penalty(f *checker.Finding, p *checker.RulePlace) string {
	if p.Penalty == nil {
		return ""
	}
	return m.style.PenaltyWords(f, p)
}

// ruleClause writes a clause as the rule has it.
func (m *model) ruleClause(w *writer, rule *checker.Rule, c *checker.Clause, n int) {
	s := m.style
	kind := s.In(export.NatureWord(c.Nature))
	if c.Kind != "" {
		kind = s.In(export.ExceptionWord(c.Kind))
	}
	w.add(block{lead: say(fmt.Sprintf("%d ", n)), text: []span{{c.Phrase(s.Lang), strong}, {text: "  " + kind}}})
	for _, line := range [][2]string{
		{s.Say("条件: ", "condition: "), c.When},
		{s.Say("問い: ", "question: "), s.In(c.Ask)},
		{s.Say("注: ", "note: "), s.In(c.Note)},
	} {
		if line[1] != "" {
			w.add(block{indent: 4, lead: say(line[0]), text: say(line[1])})
		}
	}
	for _, name := range c.For {
		w.text(4, span{text: s.In(export.SideWord("for")) + ": " + name})
	}
	for _, name := range c.Against {
		w.text(4, span{text: s.In(export.SideWord("against")) + ": " + name})
	}
}

// ruleFindings lists the findings under a rule, or says why there are none.
func (m *model) ruleFindings(w *writer, rule *checker.Rule) {
	s, r := m.style, m.result
	var list []*checker.Finding
	for _, f := range r.Findings {
		if f.Rule == rule {
			list = append(list, f)
		}
	}
	w.section(fmt.Sprintf(s.Say("指摘 %d", "Findings: %d"), len(list)))
	line := func(f *checker.Finding) []span {
		return []span{{text: f.ID + "  "}, {text: m.conduct(f) + "  "}, {s.In(export.FindingWord(f)), strong}}
	}
	if len(list) > inFull {
		w.rows(len(list), func(i int) listRow {
			return listRow{item{opens: spot{screen: findingScreen, finding: list[i]}}, line(list[i])}
		})
		list = nil
	}
	for _, f := range list {
		w.begin(spot{screen: findingScreen, finding: f}, nil)
		w.text(0, line(f)...)
	}
	w.end()
	for _, n := range r.NotAsked {
		if n.Rule == rule {
			w.text(0, span{text: s.Say("問えない　", "not asked  ") + s.NotAskedWord(n)})
		}
	}
	for _, d := range r.Declined {
		if d.Rule == rule {
			w.text(0, span{text: s.Say("対象なし　", "none  ") + s.DeclinedWord(d)})
		}
	}
}
