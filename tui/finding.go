package tui

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/export"
)

// findingPage is a finding with its elements and exceptions, unless its provision
// was not the law of the day. The chosen one explains itself below its row, unless
// a column beside it does.
func (m *model) findingPage(f *checker.Finding, s shape) *page {
	w := newWriter(f.ID + "  " + m.style.In(export.FindingWord(f)))
	w.byItem = true
	m.warn(w, m.doubtful[f]...)
	m.findingHead(w, f)
	if f.Assessment == checker.NotInForce {
		w.text(0, span{text: m.style.OtherDays(f)})
		m.findingRest(w, f)
		return &w.page
	}
	w.section(fmt.Sprintf("%s %d  %s", m.style.Say("要件", "Elements"), len(f.Elements), m.style.Counts(f)))
	for i, a := range f.Elements {
		m.clause(w, f, a, i+1, s)
	}
	if len(f.Exceptions) > 0 {
		w.section(fmt.Sprintf("%s %d  %s", m.style.Say("除外事由", "Exceptions"), len(f.Exceptions), m.unverified(f)))
		for i, a := range f.Exceptions {
			m.clause(w, f, a, i+1, s)
		}
	}
	m.findingRest(w, f)
	return &w.page
}

// labelWidth is the width of the labels of a finding.
func (m *model) labelWidth() int {
	if m.style.Lang == "en" {
		return 11
	}
	return 8
}

// findingHead is what is asked or suspected, under which provision of which day, and how
// the answers add up.
func (m *model) findingHead(w *writer, f *checker.Finding) {
	s, hang := m.style, m.labelWidth()
	w.text(0, span{s.Heading(f), strong})
	w.field(s.In(export.SuspicionWord(f)), hang, m.conduct(f))
	w.add(block{lead: say(s.Say("整理", "sorted")), hang: hang, text: m.standing(f)})
	if m.review != nil {
		w.add(block{lead: say(s.Say("決定", "decision")), hang: hang, text: []span{m.decisionCell(f, 0)}})
	}
	w.field(s.In(export.AnchorWord(f.Rule.AtKind)), hang, m.anchorWords(f))
	for i, p := range f.Anchor.Places {
		label := s.Say("条文", "provision")
		if i > 0 {
			label = s.Say("又は", "or")
			if f.Assessment != checker.Unanchored {
				label = s.Say("及び", "and")
			}
		}
		w.field(label, hang, s.Citation(f.Law, p)+"  "+s.Interval(p.From.Date, p.Until.Date))
		if now, moved := s.Present(f, p, m.result.Rulebook.AsOf); moved {
			w.field(s.Say("現行", "now"), hang, now)
		}
		if p.Penalty != nil {
			w.field(s.Say("罰条", "penalty"), hang, s.PenaltyWords(f, p))
		}
		w.field("", hang, s.In(p.Note))
	}
	w.field(s.Say("効果", "effect"), hang, s.In(f.Rule.Effect))
	w.field(s.Say("規則", "rule"), hang, f.Rule.ID+"  "+s.In(export.RegimeWord(f.Rule.Regime))+m.draft(f.Rule))
}

func (m *model) draft(r *checker.Rule) string {
	if r.Status == "draft" {
		return m.style.Say("  草案（法律専門家の確認前）", "  draft (not yet signed by a lawyer)")
	}
	return m.style.Say("  確認者 ", "  signed by ") + r.Signed
}

// standing is the pre-assessment with the counts, and what stands beside it.
func (m *model) standing(f *checker.Finding) []span {
	spans := append([]span{{m.style.In(export.FindingWord(f)) + "  ", strong}}, m.counts(f, 0)...)
	if words := m.unverified(f); words != "" {
		spans = append(spans, span{text: " " + words})
	}
	if f.Rule.Discretionary {
		spans = append(spans, span{text: m.style.Say("  効果は裁量（できる）", "  effect discretionary (may)")})
	}
	return spans
}

func (m *model) unverified(f *checker.Finding) string {
	if n := f.UnverifiedExceptions(); n > 0 {
		return fmt.Sprintf(m.style.Say("除外事由未了 %d", "exceptions open: %d"), n)
	}
	return ""
}

// anchorWords is the day of the matter and on what it rests.
func (m *model) anchorWords(f *checker.Finding) string {
	if f.Anchor.Span.IsZero() {
		return m.style.Say("時点不明", "date not stated")
	}
	words := m.style.Date(f.Anchor.Span)
	if fact := f.Anchor.Stated; fact != nil {
		words += "  " + m.style.In(fact.Basis.Title())
		for _, o := range fact.Origins {
			words += " [" + m.style.OriginWord(o) + "]"
		}
	}
	return words
}

// pointers names the exhibits behind an answer.
func (m *model) pointers(a *checker.Answer) string {
	where := m.style.Pointers(a)
	if len(where) == 0 {
		return ""
	}
	if more := len(where) - 4; more > 0 {
		where = append(where[:4], fmt.Sprintf(m.style.Say("ほか%d", "and %d more"), more))
	}
	return "  [" + strings.Join(where, m.style.Say(" ", "; ")) + "]"
}

// clause writes a clause, and below it, if it is the chosen one, why.
func (m *model) clause(w *writer, f *checker.Finding, a *checker.Answer, n int, s shape) {
	w.begin(spot{screen: evidenceScreen, finding: f, clause: a}, func() string { return m.clauseWords(a) })
	defer w.end()
	lead := []span{{export.CodeGlyph(a.Code, m.style.Glyphs), toneOf(a.Code)}, {text: fmt.Sprintf(" %d ", n)}}
	w.add(block{lead: lead, text: []span{
		{text: a.Clause.Phrase(m.style.Lang) + "  "}, {m.style.In(export.AnswerWord(a)), toneOf(a.Code)}, {text: m.pointers(a)}, m.mark(exhibitsOf(a)...)}})
	if s.inside && s.chosen == len(w.items)-1 {
		m.explain(w, f, a, 4)
	}
}

// explain says of an answer why it is so, and what is missing and who could
// tell where the reasons do not say it already.
func (m *model) explain(w *writer, f *checker.Finding, a *checker.Answer, indent int) {
	m.clauseKind(w, f, a, indent)
	var reasons strings.Builder
	for _, line := range m.style.Why(f, a) {
		reasons.WriteString(line.Text + "\n")
	}
	for _, x := range a.Missing {
		if what, _ := m.style.MissingWord(f.Rule, x); !strings.Contains(reasons.String(), what) {
			m.missing(w, f, x, indent)
		}
	}
	m.why(w, f, a, indent)
}

// clauseKind is what sort of clause it is and who has to show it.
func (m *model) clauseKind(w *writer, f *checker.Finding, a *checker.Answer, indent int) {
	s := m.style
	words := s.In(export.NatureWord(a.Clause.Nature))
	exception := a.Clause.Kind != ""
	if exception {
		words = s.In(export.ExceptionWord(a.Clause.Kind))
	}
	if burden := s.In(export.BurdenWord(f.Rule.Regime, exception, a.Clause.Kind)); burden != "" {
		words += s.Say("　立証: ", "  to be shown by: ") + burden
	}
	w.text(indent, span{text: words})
}

// missing says of a fact that is not known what it is and who could tell.
func (m *model) missing(w *writer, f *checker.Finding, x checker.Missing, indent int) {
	what, look := m.style.MissingWord(f.Rule, x)
	w.add(block{indent: indent, lead: say(m.style.Say("不足 ", "missing ")), text: say(what + m.style.LookWord(look))})
}

// why writes the explanation of an answer, as the export makes it.
func (m *model) why(w *writer, f *checker.Finding, a *checker.Answer, indent int) {
	for _, line := range m.style.Why(f, a) {
		lead := ""
		if line.Quoted {
			lead = "| "
		}
		w.add(block{indent: indent + 2*min(line.Depth, 8), lead: say(lead), text: say(line.Text)})
	}
}

// findingRest is what must be known of a finding as a whole, and where else to
// look.
func (m *model) findingRest(w *writer, f *checker.Finding) {
	s := m.style
	m.decisionPart(w, f)
	notes := s.Notes(f)
	if note := s.In(f.Rule.Note); note != "" {
		notes = append([]string{note}, notes...)
	}
	if len(notes) > 0 {
		w.section(s.Say("注意", "Notes"))
		for _, note := range notes {
			w.add(block{lead: say("- "), text: say(note)})
		}
	}
	if len(f.Rule.Authorities) > 0 {
		w.section(s.Say("典拠", "Authorities"))
		for _, a := range f.Rule.Authorities {
			w.add(block{lead: say("- "), text: say(s.AuthorityLine(f, a))})
		}
	}
	w.section(s.Say("さらに見る", "See also"))
	w.begin(spot{screen: provisionScreen, finding: f}, nil)
	w.row(span{text: s.Say("t 条文の版、当時と現在の番号", "t versions of the provision, its number then and now")})
	w.begin(spot{screen: statementsScreen, finding: f}, nil)
	w.row(span{text: fmt.Sprintf(s.Say("r 主張と応答 %d件", "r %d statements and replies"), len(export.Thread(m.result.Report, f)))})
	w.end()
}
