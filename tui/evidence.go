package tui

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
)

// evidencePage is everything behind one answer: what is missing, every origin
// with its exhibit, what the parties say, and the reasoning.
func (m *model) evidencePage(f *checker.Finding, a *checker.Answer) *page {
	s := m.style
	w := newWriter(f.ID + "  " + s.ClauseName(f, a))
	w.add(block{lead: []span{{export.CodeGlyph(a.Code, s.Glyphs) + " ", toneOf(a.Code)}}, text: []span{
		{a.Clause.Phrase(s.Lang) + "  ", strong}, {s.In(export.AnswerWord(a)), toneOf(a.Code)}}})
	m.clauseKind(w, f, a, 2)
	if question := s.In(a.Clause.Ask); question != "" {
		w.text(2, span{text: s.Say("問い: ", "question: ") + question})
	}
	m.warn(w, exhibitsOf(a)...)
	if len(a.Missing) > 0 {
		w.section(s.Say("足りないものと、分かる所", "What is missing, and who or what could tell"))
		for _, x := range a.Missing {
			m.missing(w, f, x, 0)
		}
	}
	facts := export.FactsBehind(a)
	n := 0
	for _, x := range facts {
		n += len(x.Fact.Origins)
	}
	w.section(fmt.Sprintf(s.Say("証拠 %d件", "Evidence: %d"), n))
	if n == 0 {
		w.text(0, span{text: s.Say("この答えの基になる記録はまだありません。", "No record stands behind this answer yet.")})
	}
	for _, x := range facts {
		m.factEvidence(w, x)
	}
	if len(a.Statements) > 0 {
		w.section(s.Say("主張と応答", "Statements and replies"))
		m.thread(w, f, a)
	}
	w.section(s.Say("なぜ", "Why"))
	m.why(w, f, a, 0)
	return &w.page
}

// factEvidence writes a fact and every origin of it.
func (m *model) factEvidence(w *writer, x export.Behind) {
	s := m.style
	sentence := s.FactSentence(x.Fact)
	if x.Side != "" {
		sentence = s.In(export.SideWord(x.Side)) + ": " + sentence
	}
	w.text(0, span{sentence, strong})
	for i := range x.Fact.Origins {
		m.origin(w, x.Fact, x.Fact.Origins[i])
	}
}

// origin writes where a fact was read: the exhibit and its standing, the place
// in it, and the words as they are.
func (m *model) origin(w *writer, f *audit.Fact, o audit.Origin) {
	s := m.style
	exhibit := m.exhibits[o.Exhibit]
	title := ""
	if exhibit != nil {
		title = "  " + exhibit.Title
	}
	w.begin(spot{screen: exhibitScreen, exhibit: o.Exhibit}, func() string { return o.Excerpt + " " + o.Record })
	defer w.end()
	w.text(0, span{text: "[" + s.OriginWord(o) + "]"}, m.mark(o.Exhibit), span{text: title})
	words := s.Say("根拠 ", "basis ") + s.In(o.Basis.Title())
	if !o.At.IsZero() {
		words += "  " + s.Date(o.At)
	}
	if o.Why != "" {
		words += s.Say("  帰属 ", "  attributed by ") + o.Why
	}
	if f.Disputed {
		words += s.Say("  値 ", "  value ") + s.Value(o.Value)
	}
	words += s.Say("  記録 ", "  record ") + o.Record
	w.text(2, span{text: words})
	if o.Excerpt != "" {
		w.add(block{indent: 2, lead: say("| "), text: say(o.Excerpt)})
	}
	if exhibit != nil {
		m.exhibitStanding(w, exhibit, 2)
	}
}

// exhibitStanding is what an exhibit is, from whom, from when, and by whom it
// was kept.
func (m *model) exhibitStanding(w *writer, e *audit.Exhibit, indent int) {
	s := m.style
	parts := []string{s.In(export.RoleWord(e.Role)), s.Say("形式 ", "form ") + s.In(export.FormWord(e.Form))}
	if branch := s.BranchWord(*e); branch != "" {
		parts = append(parts, branch)
	}
	if e.Author != "" {
		parts = append(parts, s.Say("作成 ", "by ")+export.PartyName(m.result.Report, e.Author))
	}
	date := s.Say("日付の記載なし", "no date stated")
	if !e.DocumentDate.IsZero() {
		date = s.Date(e.DocumentDate.Span)
	}
	parts = append(parts, date)
	w.text(indent, span{text: strings.Join(parts, "  ")})
	if e.DateSource != "" {
		w.text(indent, span{text: s.Say("日付の根拠 ", "date known by ") + e.DateSource})
	}
	if len(e.Custody) == 0 {
		w.text(indent, span{text: s.Say("保管の経緯の記載なし", "nothing stated of custody")})
	}
	for _, c := range e.Custody {
		w.text(indent, span{text: m.custody(c)})
	}
	if e.File != "" {
		w.text(indent, span{text: s.Say("ファイル ", "file ") + e.File})
	}
	if e.SHA256 != "" {
		w.add(block{indent: indent, lead: say("sha256 "), text: say(e.SHA256)})
	}
	w.text(indent, m.verified(e))
}

func (m *model) custody(c audit.Custody) string {
	s := m.style
	words := s.Say("保管 ", "custody ") + export.PartyName(m.result.Report, c.By)
	if !c.At.IsZero() {
		words += "  " + s.Date(c.At.Span)
	}
	for _, part := range []string{c.How, c.Tool} {
		if part != "" {
			words += "  " + part
		}
	}
	if c.ClockOffset != "" {
		words += s.Say("  時計のずれ ", "  clock off by ") + c.ClockOffset
	}
	if c.HandedTo != "" {
		words += s.Say("  引渡し先 ", "  handed to ") + export.PartyName(m.result.Report, c.HandedTo)
	}
	return words
}
