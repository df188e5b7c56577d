package tui

import (
	"fmt"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/law"
)

// provisionPage is the provision of a finding through its versions: which one
// applies, its number then and now, what it says, and where that is to be read.
func (m *model) provisionPage(f *checker.Finding) *page {
	s := m.style
	w := newWriter(f.ID + "  " + s.Say("条文", "provision"))
	w.text(0, span{s.Heading(f), strong})
	w.text(0, span{text: m.anchorWords(f)})
	for i := range f.Rule.Places {
		p := &f.Rule.Places[i]
		w.section(m.applies(f, p) + "  " + s.Interval(p.From.Date, p.Until.Date))
		w.text(0, span{text: s.Citation(f.Law, p)})
		if now, moved := s.Present(f, p, m.result.Rulebook.AsOf); moved {
			w.field(s.Say("現行", "now"), m.labelWidth(), now)
		} else {
			w.field(s.Say("現行", "now"), m.labelWidth(), s.Say("番号は同じ", "the same number"))
		}
		if p.Penalty != nil {
			w.field(s.Say("罰条", "penalty"), m.labelWidth(), s.PenaltyWords(f, p))
		}
		w.field(s.Say("注", "note"), m.labelWidth(), s.In(p.Note))
		w.field("e-Gov", m.labelWidth(), s.Address(f, p, m.result.Rulebook.AsOf))
	}
	m.texts(w, f)
	m.versions(w, f.Law, f)
	return &w.page
}

// applies says what a version of the provision is to a finding.
func (m *model) applies(f *checker.Finding, p *checker.RulePlace) string {
	for _, of := range f.Anchor.Places {
		if of != p {
			continue
		}
		if f.Assessment == checker.Unanchored {
			return m.style.Say("> 候補", "> candidate")
		}
		return m.style.Say("> 適用", "> applies")
	}
	return m.style.Say("この時点では適用されない", "does not apply on that day")
}

// noText says plainly that a law's text is not shown here, and which commands
// show and get it.
func (m *model) noText(w *writer, l *law.Law) {
	w.section(m.style.Say("条文の本文", "Text"))
	w.text(0, span{text: m.style.NoText(l)})
}

// versions lists the versions of a law with the Acts that made them; of a
// finding, also which applies.
func (m *model) versions(w *writer, l *law.Law, f *checker.Finding) {
	s := m.style
	w.section(fmt.Sprintf(s.Say("法令の版 %d", "Versions of the law: %d"), len(l.Versions)))
	if f != nil {
		w.text(0, span{text: l.Name(s.Cites(law.Full))})
	}
	for _, v := range l.Versions {
		sign := "- "
		if f != nil && !f.Anchor.Span.IsZero() && f.Anchor.Span.Overlaps(v.From, v.Until) {
			sign = "> "
		}
		words := s.Interval(v.From, v.Until)
		if by := v.By.In(m.lawLang()); by != "" {
			words += s.Say("  改正 ", "  amended by ") + by
		}
		if s.Lang != "en" && v.Title != "" {
			words += "「" + v.Title + "」"
		}
		w.add(block{lead: say(sign), text: say(words)})
		if note := v.Note.In(m.lawLang()); note != "" {
			w.text(4, span{text: note})
		}
		w.text(4, span{text: s.Say("版の確かさ: ", "how well known: ") + s.In(export.GradeWord(v.Grade))})
	}
}

// lawsPage lists the laws of the rulebook: those that findings cite first.
func (m *model) lawsPage() *page {
	s := m.style
	w := newWriter(s.Say("法令（件数は指摘）", "laws (with findings)"))
	w.list()
	counts := map[*law.Law]int{}
	for _, f := range m.result.Findings {
		counts[f.Law]++
	}
	for _, cited := range []bool{true, false} {
		for _, l := range m.result.Rulebook.Laws.Laws() {
			if counts[l] > 0 != cited {
				continue
			}
			w.begin(spot{screen: lawScreen, law: l}, func() string { return l.ID + " " + l.Title.Ja + " " + l.Title.En + " " + l.Short.Ja })
			w.row(column(fmt.Sprintf(s.Say("%d件", "%d"), counts[l]), 5, plain), span{text: l.Name(s.Cites(law.Full))})
		}
	}
	w.end()
	return &w.page
}

// lawPage is a law with its versions.
func (m *model) lawPage(l *law.Law) *page {
	s := m.style
	w := newWriter(l.Short.In(m.lawLang()))
	w.text(0, span{l.Name(s.Cites(law.Full)), strong})
	w.field("e-Gov", m.labelWidth(), l.Address(law.Place{}))
	w.field(s.Say("英訳", "English"), m.labelWidth(), l.Translation.In(m.lawLang()))
	m.versions(w, l, nil)
	m.noText(w, l)
	return &w.page
}
