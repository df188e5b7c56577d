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

// inFull is how many clauses or records of an exhibit are written out; where there are
// more, each has a row, cut.
const inFull = 200

// listUses lists clauses that rest on something, each to be opened.
func (m *model) listUses(w *writer, uses []use) {
	if len(uses) > inFull {
		w.rows(len(uses), func(i int) listRow { return listRow{item: item{opens: uses[i].opens()}, spans: m.useWords(uses[i])} })
		return
	}
	for _, u := range uses {
		w.begin(u.opens(), nil)
		w.text(0, m.useWords(u)...)
	}
	w.end()
}

func (u use) opens() spot { return spot{screen: evidenceScreen, finding: u.finding, clause: u.clause} }

func (m *model) useWords(u use) []span {
	s := m.style
	return []span{{text: u.finding.ID + " " + s.ClauseName(u.finding, u.clause) + " "},
		{export.CodeGlyph(u.clause.Code, s.Glyphs) + " " + s.In(export.AnswerWord(u.clause)), toneOf(u.clause.Code)},
		{text: "  " + u.clause.Clause.Phrase(s.Lang)}}
}

// passage is what was read at one place of an exhibit.
type passage struct {
	export.Moment
	head, basis, excerpt, note string
}

// readFrom lists the observations, records, events and statements read in an exhibit, with
// their words as they are.
func (m *model) readFrom(w *writer, id string) {
	w.section(m.style.Say("読み取ったもの", "What was read in it"))
	list := m.passagesOf(id)
	switch {
	case list.count() == 0:
		w.text(0, span{text: m.style.Say("報告にはありません。", "Nothing in the report.")})
	case list.count() > inFull:
		w.rows(list.count(), func(i int) listRow {
			x := m.passage(list.at(i))
			opens := spot{screen: momentScreen, moment: m.held(x.Moment)}
			return listRow{item{opens: opens}, []span{{x.head, strong}, {text: "  " + x.basis + "  " + x.excerpt}}}
		})
	default:
		for i := range list.count() {
			m.passageBlocks(w, m.passage(list.at(i)))
		}
	}
}

func (m *model) passageBlocks(w *writer, x passage) {
	w.text(0, span{x.head, strong}, span{text: "  " + x.basis})
	if x.excerpt != "" {
		w.add(block{indent: 2, lead: say("| "), text: say(x.excerpt)})
	}
	if x.note != "" {
		w.text(2, span{text: m.style.Say("注 ", "note ") + x.note})
	}
}

// passage puts a moment into the words of its exhibit's page.
func (m *model) passage(x export.Moment) passage {
	s, r, basis := m.style, m.result.Report, m.style.In(x.Basis.Title())
	switch {
	case x.Observation != nil:
		o := x.Observation
		return passage{x, head(x.Locator, o.ID) + s.MomentWord(m.result, export.Moment{Observation: o}), basis, o.Excerpt, o.Note}
	case x.Record != nil:
		kind, _ := audit.KindNamed(x.Kind)
		return passage{x, head(x.Locator, x.Record.ID) + s.In(kind.Title) + " " + x.Record.Label, basis, x.Record.Excerpt, x.Record.Note}
	case x.Event != nil:
		return passage{x, head(x.Locator, x.Event.ID) + x.Event.What, basis, "", x.Event.Note}
	default:
		st := x.Statement
		return passage{x, head(x.Locator, st.ID) + export.PartyName(r, st.By), s.In(export.StanceWord(st.Stance)), st.Text, st.Note}
	}
}

// passages is what was read in an exhibit, as the report has it: the places of its
// observations in the report, of which there may be a million, and everything else.
type passages struct {
	report   *audit.Report
	observed []int32
	others   []export.Moment
}

func (p *passages) count() int { return len(p.observed) + len(p.others) }

func (p *passages) at(i int) export.Moment {
	if i < len(p.observed) {
		return export.OfObservation(&p.report.Observed[p.observed[i]])
	}
	return p.others[i-len(p.observed)]
}

// passagesOf are those of an exhibit, which the report alone decides.
func (m *model) passagesOf(id string) *passages {
	if m.read[id] == nil {
		m.read[id] = passagesIn(m.result, id)
	}
	return m.read[id]
}

func passagesIn(res *checker.Result, id string) *passages {
	r := res.Report
	p := &passages{report: r}
	for i := range r.Observed {
		if r.Observed[i].Exhibit == id {
			p.observed = append(p.observed, int32(i))
		}
	}
	add := func(m export.Moment) {
		if m.Exhibit == id {
			p.others = append(p.others, m)
		}
	}
	for _, group := range r.Records() {
		for i := range group.Rows {
			add(export.OfRecord(res, group.Kind, &group.Rows[i]))
		}
	}
	for i := range r.Events {
		add(export.OfEvent(&r.Events[i]))
	}
	for i := range r.Statements {
		add(export.OfStatement(&r.Statements[i]))
	}
	return p
}

// held is a moment that is no part of the timeline, the same each time, so that its page
// is too.
func (m *model) held(x export.Moment) *export.Moment {
	id := recordOf(&x)
	if m.moment[id] == nil {
		m.moment[id] = &x
	}
	return m.moment[id]
}

func head(locator, id string) string {
	if locator == "" {
		return id + "  "
	}
	return locator + "  " + id + "  "
}
