package tui

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/law"
)

// texts writes what the provisions of a finding say, as the law store has it, or
// what gets that.
func (m *model) texts(w *writer, f *checker.Finding) {
	var list []export.Provision
	for _, at := range f.Anchor.Places {
		list = append(list, m.provisions.Of(f, at)...)
	}
	if len(list) == 0 {
		m.noText(w, f.Law)
		return
	}
	for i := range list {
		if len(list[i].Phrases) > 0 {
			m.provisionText(w, f, &list[i])
		}
	}
	if lacks := m.style.Lacks(f, list); len(lacks) > 0 {
		w.section(m.style.Say("条文の本文", "Text"))
		for _, lack := range lacks {
			m.lack(w, lack.Words, lack.Command)
		}
	}
}

// lack says why there is no text; the command that gets it stands on one line.
func (m *model) lack(w *writer, why, command string) {
	w.text(0, span{text: why})
	if command != "" {
		w.text(2, span{command, strong})
	}
}

// provisionText writes a provision's text with each phrase in the sign, number and
// tone of its answer; below it the answers in words, where the text is from, and
// what it says now.
func (m *model) provisionText(w *writer, f *checker.Finding, p *export.Provision) {
	s := m.style
	w.section(s.Say("条文の本文", "Text"))
	w.text(0, span{text: s.UnitWord(f, p)})
	var text []span
	var said []export.Reader
	for i, ph := range p.Phrases {
		readers := p.Readers(f, i)
		if len(readers) == 0 {
			text = append(text, span{text: ph.Text})
			continue
		}
		var marks []string
		for _, r := range readers {
			if r.Begins {
				marks = append(marks, m.reader(r))
			}
			if !isIn(said, r) {
				said = append(said, r)
			}
		}
		of := toneOfReader(readers[0])
		if len(marks) > 0 {
			text = append(text, span{"［" + strings.Join(marks, " ") + "］", of})
		}
		text = append(text, span{ph.Text, of})
	}
	w.text(0, text...)
	var answers []span
	for _, r := range said {
		word := s.Say("法定刑", "penalty")
		if r.Answer != nil {
			word = s.In(export.AnswerWord(r.Answer))
		}
		answers = append(answers, span{m.reader(r) + " " + word, toneOfReader(r)}, span{text: "  "})
	}
	if len(answers) > 0 {
		w.add(block{lead: say(s.Say("凡例", "signs")), hang: m.labelWidth(), text: answers})
	}
	w.field(s.Say("出典", "source"), m.labelWidth(), m.sourceWords(p.Is))
	for _, note := range p.Notes {
		w.field(s.Say("注", "note"), m.labelWidth(), s.In(note))
	}
	m.presentText(w, f, p)
}

// sourceWords is without the sign of what is left out, whose width terminals do not
// agree on.
func (m *model) sourceWords(t export.TextSource) string {
	return strings.ReplaceAll(m.style.SourceWords(t), "…", "..")
}

// reader is the number of what reads a phrase and the sign of its answer: 1✓, 除1?,
// 罰. In this order no line is broken between the two.
func (m *model) reader(r export.Reader) string {
	switch {
	case r.Answer == nil:
		return m.style.Say("罰", "pen.")
	case r.IsException():
		return fmt.Sprintf("%s%d%s", m.style.Say("除", "exc."), r.Number, export.CodeGlyph(r.Answer.Code, m.style.Glyphs))
	default:
		return fmt.Sprintf("%d%s", r.Number, export.CodeGlyph(r.Answer.Code, m.style.Glyphs))
	}
}

func toneOfReader(r export.Reader) tone {
	if r.Answer == nil {
		return strong
	}
	return toneOf(r.Answer.Code)
}

func isIn(list []export.Reader, r export.Reader) bool {
	for _, x := range list {
		if x.Answer == r.Answer {
			return true
		}
	}
	return false
}

// presentText writes the provision as of the rulebook's day with the words that
// differ marked: [-懲役-]{+拘禁刑+}.
func (m *model) presentText(w *writer, f *checker.Finding, p *export.Provision) {
	s, now := m.style, p.Present
	if now == nil {
		return
	}
	label, hang := s.Day(now.On), m.labelWidth()
	switch {
	case now.Place.IsZero():
		w.field(s.Say("現行", "now"), hang, s.Say(label+"に対応する条項はない", "no such provision on "+label))
	case len(now.Changes) == 0:
		w.field(s.Say("現行", "now"), hang, s.In(now.Why))
		if now.Command != "" {
			w.text(hang, span{now.Command, strong})
		}
	case now.Same:
		w.field(s.Say("現行", "now"), hang, s.Say(label+"の"+m.presentPlace(f, now)+"も一字も違わない（", m.presentPlace(f, now)+" of "+label+" is the same, letter by letter (")+now.Is.Revision+s.Say("）", ")"))
		m.presentNotes(w, now, hang)
	default:
		w.blank()
		w.text(0, span{s.Say("現行との違い  "+label+"  "+m.presentPlace(f, now), "Against the text of "+label+"  "+m.presentPlace(f, now)), strong})
		w.text(0, changes(now.Changes)...)
		w.field(s.Say("出典", "source"), hang, m.sourceWords(now.Is))
		m.presentNotes(w, now, hang)
	}
}

// presentNotes is what must be said beside the text of the rulebook's day.
func (m *model) presentNotes(w *writer, now *export.Present, hang int) {
	for _, note := range now.Notes {
		w.field("", hang, m.style.In(note))
	}
}

func (m *model) presentPlace(f *checker.Finding, now *export.Present) string {
	return f.Law.CitePlace(now.Place, m.style.Cites(law.Full))
}

// changes is two texts in one: what was taken out, and what was put in.
func changes(list []export.Change) []span {
	var spans []span
	for _, c := range list {
		if c.Same != "" {
			spans = append(spans, span{text: c.Same})
		}
		if c.Was != "" {
			spans = append(spans, span{"[-" + c.Was + "-]", warned})
		}
		if c.Now != "" {
			spans = append(spans, span{"{+" + c.Now + "+}", strong})
		}
	}
	return spans
}
