package tui

import (
	"fmt"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/export"
)

// account is what a report says of a moment beside when and where.
type account struct {
	id, excerpt, note, asWritten string
	more                         []string // lines of their own
	stated                       []*audit.Fact
}

// accountOf gathers what the report says of a moment.
func (m *model) accountOf(x *export.Moment) account {
	s := m.style
	switch {
	case x.Observation != nil:
		o := x.Observation
		a := account{id: o.ID, excerpt: o.Excerpt, note: o.Note, asWritten: o.AsWritten}
		if o.Actor != "" {
			a.more = append(a.more, s.Say("実行者 ", "done by ")+o.Actor)
		}
		if o.Attribution != nil && o.Attribution.Note != "" {
			a.more = append(a.more, s.Say("帰属の根拠 ", "attributed by ")+o.Attribution.Note)
		}
		if e, ok := m.result.Facts.ByID(o.Target); ok {
			a.stated = export.Stated(e, o.ID)
		}
		if strings.HasSuffix(o.Action, ".seen") {
			a.stated = nil // the heading says them
		}
		return a
	case x.Record != nil:
		a := account{id: x.Record.ID, excerpt: x.Record.Excerpt, note: x.Record.Note, asWritten: x.Record.AsWritten}
		if e, ok := m.result.Facts.ByID(x.Kind + ":" + x.Record.ID); ok {
			a.stated = export.Stated(e, x.Record.ID)
		}
		return a
	case x.Statement != nil:
		st := x.Statement
		return account{id: st.ID, excerpt: st.Text, note: st.Note, asWritten: st.AsWritten,
			more: []string{s.In(export.StanceWord(st.Stance)) + "  " + export.PartyName(m.result.Report, st.By)}}
	default:
		return account{id: x.Event.ID, note: x.Event.Note}
	}
}

// momentPage is one matter of the timeline: what happened, when, where it was read
// and in which words; then the exhibit, and the clauses that rest on it.
func (m *model) momentPage(x *export.Moment) *page {
	s, a, hang := m.style, m.accountOf(x), m.labelWidth()
	w := newWriter(a.id)
	if x.Statement == nil {
		w.text(0, span{s.MomentWord(m.result, *x), strong})
	} else {
		w.text(0, span{s.Say("主張 ", "statement ") + a.id, strong})
	}
	when := s.Say("日付の記載なし", "no date stated")
	if !x.At.IsZero() {
		when = s.Date(x.At)
	}
	if a.asWritten != "" {
		when += s.Say("  証拠の表記 ", "  as written: ") + a.asWritten
	}
	w.field(s.Say("時点", "when"), hang, when)
	w.add(block{lead: say(s.Say("所在", "read in")), hang: hang, text: []span{
		{text: "[" + s.Pointer(x.Exhibit, x.Locator) + "]"}, m.mark(x.Exhibit), {text: "  " + s.In(x.Basis.Title())}}})
	if a.excerpt != "" {
		w.add(block{indent: 2, lead: say("| "), text: say(a.excerpt)})
	}
	for _, line := range a.more {
		w.text(0, span{text: line})
	}
	if a.note != "" {
		w.text(0, span{text: s.Say("注 ", "note ") + a.note})
	}
	if len(a.stated) > 0 {
		w.section(s.Say("この記録が述べる事実", "Facts that it states"))
		for _, f := range a.stated {
			words := strings.TrimPrefix(s.FactSentence(f), s.EntityName(f.Entity))
			w.add(block{lead: say("- "), text: say(strings.TrimLeft(words, "：,: "))})
		}
	}
	m.momentExhibit(w, x)
	m.momentUses(w, a)
	return &w.page
}

func (m *model) momentExhibit(w *writer, x *export.Moment) {
	w.section(m.style.Say("証拠", "Exhibit"))
	e := m.exhibits[x.Exhibit]
	if e == nil {
		w.text(0, span{text: m.style.Say("この証拠は報告にありません。", "The report has no such exhibit.")})
		return
	}
	w.begin(spot{screen: exhibitScreen, exhibit: e.ID}, nil)
	w.text(0, span{e.ID + "  " + e.Title, strong})
	m.warn(w, e.ID)
	m.exhibitStanding(w, e, 2)
	w.end()
}

// momentUses lists the clauses that rest on what the record states.
func (m *model) momentUses(w *writer, a account) {
	uses := m.records[a.id]
	w.section(fmt.Sprintf(m.style.Say("これによる要件 %d", "Clauses that rest on it: %d"), len(uses)))
	m.listUses(w, uses)
}
