package tui

import (
	"fmt"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/internal/cells"
)

// use is a clause that rests on an exhibit.
type use struct {
	finding *checker.Finding
	clause  *checker.Answer
}

// usesOf lists the clauses that rest on an exhibit, by exhibit, and on what a record
// states, by record.
func usesOf(r *checker.Result) (exhibits, records map[string][]use) {
	exhibits, records = map[string][]use{}, map[string][]use{}
	for _, f := range r.Findings {
		for _, a := range f.Answers() {
			for _, id := range exhibitsOf(a) {
				exhibits[id] = append(exhibits[id], use{f, a})
			}
			seen := map[string]bool{}
			for _, o := range export.Origins(a) {
				if !seen[o.Record] {
					seen[o.Record] = true
					records[o.Record] = append(records[o.Record], use{f, a})
				}
			}
		}
	}
	return exhibits, records
}

// exhibitsPage lists the exhibits.
func (m *model) exhibitsPage(width int) *page {
	s, list := m.style, m.result.Report.Exhibits
	id, date, role := 3, cells.Width(s.Say("日付の記載なし", "no date stated")), 0
	for _, e := range list {
		id = max(id, cells.Width(cells.Sanitise(e.ID)))
		date = max(date, cells.Width(s.Date(e.DocumentDate.Span)))
		role = max(role, cells.Width(s.In(export.RoleWord(e.Role))))
	}
	id, date = min(id, 12), min(date, 20)
	w := newWriter("")
	w.list()
	row := func(a, b, c string, title ...span) []span {
		spans := []span{column(a, id, plain), column(b, date, plain)}
		if width >= 60 {
			spans = append(spans, column(c, role, plain))
		}
		return append(spans, title...)
	}
	w.title = join(row("ID", s.Say("文書の日付", "dated"), s.Say("区分", "role"), span{text: s.Say("標目", "title")}))
	for _, e := range list {
		w.begin(spot{screen: exhibitScreen, exhibit: e.ID}, func() string { return e.Note + " " + e.SHA256 + " " + e.File })
		title := []span{{text: e.Title}}
		if m.differs(e.ID) {
			title = []span{m.rowMark(), {text: e.Title}}
		}
		w.row(row(e.ID, s.Date(e.DocumentDate.Span), s.In(export.RoleWord(e.Role)), title...)...)
	}
	w.end()
	if len(w.items) == 0 {
		w.text(0, span{text: s.Say("報告に証拠の記載がありません。", "The report names no exhibit.")})
	}
	return &w.page
}

// exhibitPage is an exhibit: its standing, what was read in it, and the clauses
// that rest on it.
func (m *model) exhibitPage(id string) *page {
	s := m.style
	w := newWriter(id)
	e := m.exhibits[id]
	if e == nil {
		w.text(0, span{text: s.Say("この証拠は報告にありません。", "The report has no such exhibit.")})
		return &w.page
	}
	w.text(0, span{e.Title, strong})
	m.warn(w, id)
	m.exhibitStanding(w, e, 0)
	if !e.Received.IsZero() {
		w.text(0, span{text: s.Say("受領 ", "received ") + s.Date(e.Received.Span)})
	}
	if e.Build != "" {
		w.text(0, span{text: s.Say("再現した版 sha256 ", "build reproduced sha256 ") + e.Build})
	}
	if e.Note != "" {
		w.text(0, span{text: s.Say("注 ", "note ") + e.Note})
	}
	m.readFrom(w, id)
	w.section(fmt.Sprintf(s.Say("この証拠による要件 %d", "Clauses that rest on it: %d"), len(m.uses[id])))
	m.listUses(w, m.uses[id])
	return &w.page
}

// listUses lists clauses that rest on something, each to be opened.
func (m *model) listUses(w *writer, uses []use) {
	s := m.style
	for _, u := range uses {
		w.begin(spot{screen: evidenceScreen, finding: u.finding, clause: u.clause}, nil)
		w.text(0, span{text: u.finding.ID + " " + s.ClauseName(u.finding, u.clause) + " "},
			span{export.CodeGlyph(u.clause.Code, s.Glyphs) + " " + s.In(export.AnswerWord(u.clause)), toneOf(u.clause.Code)},
			span{text: "  " + u.clause.Clause.Phrase(s.Lang)})
	}
	w.end()
}

// readFrom lists the observations, records and statements read in an exhibit,
// with their words as they are.
func (m *model) readFrom(w *writer, id string) {
	s, r := m.style, m.result.Report
	w.section(s.Say("読み取ったもの", "What was read in it"))
	before := len(w.blocks)
	entry := func(head, basis, excerpt, note string) {
		w.text(0, span{head, strong}, span{text: "  " + basis})
		if excerpt != "" {
			w.add(block{indent: 2, lead: say("| "), text: say(excerpt)})
		}
		if note != "" {
			w.text(2, span{text: s.Say("注 ", "note ") + note})
		}
	}
	for _, o := range r.Observed {
		if o.Exhibit == id {
			entry(head(o.Locator, o.ID)+s.MomentWord(m.result, export.Moment{Observation: &o}), s.In(o.Basis.Title()), o.Excerpt, o.Note)
		}
	}
	for _, group := range r.Records() {
		for _, row := range group.Rows {
			if row.Exhibit == id {
				kind, _ := audit.KindNamed(group.Kind)
				entry(head(row.Locator, row.ID)+s.In(kind.Title)+" "+row.Label, s.In(row.Basis.Title()), row.Excerpt, row.Note)
			}
		}
	}
	for _, e := range r.Events {
		if e.Exhibit == id {
			entry(head(e.Locator, e.ID)+e.What, s.In(e.Basis.Title()), "", e.Note)
		}
	}
	for _, st := range r.Statements {
		if st.Exhibit == id {
			entry(head(st.Locator, st.ID)+export.PartyName(r, st.By), s.In(export.StanceWord(st.Stance)), st.Text, st.Note)
		}
	}
	if len(w.blocks) == before {
		w.text(0, span{text: s.Say("報告にはありません。", "Nothing in the report.")})
	}
}

func head(locator, id string) string {
	if locator == "" {
		return id + "  "
	}
	return locator + "  " + id + "  "
}
