package tui

import (
	"fmt"

	"jobun/checker"
)

// rulesPage lists every rule by what came of it: nothing disappears. Rules that
// could not be asked come first, with who could tell.
func (m *model) rulesPage() *page {
	s, r := m.style, m.result
	w := newWriter(fmt.Sprintf(s.Say("規則 %d本  %s %s", "%d rules  %s %s"), len(r.Rulebook.Rules), r.Rulebook.Name, r.Rulebook.Version))
	w.section(fmt.Sprintf(s.Say("問えなかった規則 %d", "Rules that could not be asked: %d"), len(r.NotAsked)))
	for _, n := range r.NotAsked {
		m.ruleItem(w, n.Rule, spot{})
		w.text(2, span{text: s.NotAskedWord(n)})
		for _, x := range n.Missing {
			if _, look := s.MissingWord(n.Rule, x); look != "" {
				w.text(2, span{text: s.Say("分かる所: ", "who or what could tell: ") + look})
			}
		}
	}
	w.section(fmt.Sprintf(s.Say("対象のなかった規則 %d", "Rules that concern nothing here: %d"), len(r.Declined)))
	for _, d := range r.Declined {
		m.ruleItem(w, d.Rule, spot{})
		w.text(2, span{text: s.DeclinedWord(d)})
	}
	byRule := map[*checker.Rule][]*checker.Finding{}
	for _, f := range r.Findings {
		byRule[f.Rule] = append(byRule[f.Rule], f)
	}
	w.section(fmt.Sprintf(s.Say("指摘になった規則 %d", "Rules with findings: %d"), len(byRule)))
	for _, rule := range r.Rulebook.Rules {
		if list := byRule[rule]; len(list) > 0 {
			m.ruleItem(w, rule, spot{screen: findingScreen, finding: list[0]})
			ids := ""
			for _, f := range list {
				ids += f.ID + " "
			}
			w.text(2, span{text: ids})
		}
	}
	w.end()
	w.blank()
	for _, line := range s.Examined(r) {
		w.text(0, span{text: line})
	}
	return &w.page
}

func (m *model) ruleItem(w *writer, rule *checker.Rule, opens spot) {
	w.begin(opens, nil)
	w.text(0, span{m.style.In(rule.Title), strong}, span{text: "  " + rule.ID + m.draft(rule)})
}
