package tui

import (
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/review"
	"jobun/internal/cells"
)

// findingsPage is the list of findings, one row each.
func (m *model) findingsPage(width int) *page {
	c := m.findingColumns(width)
	w := newWriter(c.heading(m.style))
	w.list()
	list := m.filter.findings
	w.rows(len(list), func(i int) listRow {
		f := list[i]
		return listRow{item{spot{screen: findingScreen, finding: f}, func() string { return m.findingWords(f) }}, m.findingRow(i, c)}
	})
	switch {
	case len(m.result.Findings) == 0:
		w.title = ""
		m.nothingFound(w)
	case len(m.filter.findings) == 0:
		w.text(0, span{text: fmt.Sprintf(m.style.Say("絞込に合う指摘は 0 件です（全 %d 件）。F で解除します。", "No finding matches the filter (of %d). F shows all."), len(m.result.Findings))})
	}
	return &w.page
}

// measureList says how wide the widest cells of the list are, of a long one those of some
// findings spread over it and of one under each rule. It is kept until the list or the
// language changes.
func (m *model) measureList() *findingColumns {
	const looked = 400
	c := &findingColumns{id: 7, counts: 8}
	list := m.filter.findings
	seen := map[*checker.Rule]bool{}
	for i, f := range list {
		if i%(1+len(list)/looked) != 0 && seen[f.Rule] {
			continue
		}
		seen[f.Rule] = true
		c.id = max(c.id, cells.Width(f.ID))
		c.counts = max(c.counts, cells.Width(m.style.Counts(f)))
		c.cite = max(c.cite, cells.Width(m.cite(f, wideList)))
	}
	return c
}

// findingColumns is how wide the columns of the list are.
type findingColumns struct {
	mark, decision   int // 0: nothing is recorded here, or nothing marked
	id, counts, cite int // cite 0: no room for the citation
	conduct          int // what is left
}

func (m *model) findingColumns(width int) findingColumns {
	if m.widest == nil {
		m.widest = m.measureList()
	}
	c, most := findingColumns{id: m.widest.id, counts: m.widest.counts}, m.widest.cite
	if m.review != nil {
		for _, status := range review.Statuses() {
			c.decision = max(c.decision, cells.Width(m.shortDecision(status)))
		}
		if len(m.marked) > 0 {
			c.mark = 1
		}
	}
	before := c.id + 1 + c.counts + 1
	for _, extra := range []int{c.decision, c.mark} {
		if extra > 0 {
			before += extra + 1
		}
	}
	if width >= 70 {
		room := width - before - 1
		c.cite = min(most, max(room*2/5, min(room/2, 24)))
	}
	c.conduct = width - before
	if c.cite > 0 {
		c.conduct -= c.cite + 1
	}
	return c
}

func (c findingColumns) heading(s export.Style) string {
	title := ""
	if c.mark > 0 {
		title = "  "
	}
	title += cells.Pad("ID", c.id+1)
	if c.decision > 0 {
		title += cells.Pad(s.Say("決定", "decision"), c.decision+1)
	}
	title += cells.Pad(s.Say("要件", "elements"), c.counts+1)
	if c.cite > 0 {
		heading := s.Say("根拠条文（当時の版）", "provision of the day")
		if cells.Width(heading) > c.cite {
			heading = s.Say("根拠条文", "provision")
		}
		title += cells.Pad(heading, c.cite+1)
	}
	return title + s.Say("問い", "question")
}

func (m *model) findingRow(i int, c findingColumns) []span {
	f := m.filter.findings[i]
	var row []span
	if c.mark > 0 {
		sign := " "
		if m.marked[review.KeyOf(f)] {
			sign = "+"
		}
		row = append(row, column(sign, c.mark, strong))
	}
	row = append(row, column(f.ID, c.id, plain))
	if c.decision > 0 {
		row = append(row, m.decisionCell(f, c.decision))
	}
	row = append(row, m.counts(f, c.counts)...)
	if c.cite > 0 {
		row = append(row, column(m.cite(f, c.cite), c.cite, plain))
	}
	room := c.conduct
	if len(m.doubtful[f]) > 0 {
		row = append(row, m.rowMark())
		room -= cells.Width(m.rowMark().text)
	}
	return append(row, span{text: m.conductInRow(i, room)})
}

// cite is a finding's citation in a column: of one too long the law's name is cut,
// and not the number of the article.
func (m *model) cite(f *checker.Finding, width int) string {
	form := m.style.Cites(law.Short)
	name := f.Law.Name(form)
	if len(f.Anchor.Places) == 0 {
		return cells.Truncate(m.style.ShortHeading(f), width)
	}
	var places []string
	for _, p := range f.Anchor.Places {
		place := strings.ReplaceAll(f.Law.CitePlaces(p.All(), form), "art. ", "")
		if !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	number := strings.Join(places, m.style.Say("／", " / "))
	if m.style.Lang == "en" || number[0] < 0x80 && name[len(name)-1] < 0x80 {
		number = " " + number
	}
	if m.style.Lang == "en" && cells.Width(name+number) > width {
		// "Act on", with which most names begin, tells no law from another: the id does.
		name = strings.ToUpper(f.Law.ID[:1]) + strings.ReplaceAll(f.Law.ID[1:], "-", " ")
	}
	const least = 6
	return cells.Truncate(cells.Truncate(name, max(least, width-cells.Width(number)))+number, width)
}

// conductInRow is what a row of the list suspects. Of rows under one rule that
// stand together the object comes first, since only it differs; it leaves half of
// the room to what is suspected.
func (m *model) conductInRow(i, room int) string {
	list := m.filter.findings
	f := list[i]
	isSame := func(j int) bool { return j >= 0 && j < len(list) && list[j].Rule == f.Rule }
	if !isSame(i-1) && !isSame(i+1) || isSingleton(f) {
		return m.conduct(f)
	}
	words := m.style.In(f.Rule.Title)
	left := room - len(": ") - min(cells.Width(words), room/2)
	return cells.Truncate(cells.Sanitise(f.Entity.Label), max(8, left)) + ": " + words
}

func isSingleton(f *checker.Finding) bool {
	kind, ok := audit.KindNamed(f.Entity.Kind)
	return ok && kind.Singleton
}

// counts is a finding's elements counted by answer, each in its tone, filled to
// a width.
func (m *model) counts(f *checker.Finding, width int) []span {
	var spans []span
	for i, part := range strings.Fields(m.style.Counts(f)) {
		if i > 0 {
			part = " " + part
		}
		spans = append(spans, span{part, plain})
		for _, code := range checker.Codes() {
			if strings.HasPrefix(strings.TrimSpace(part), export.CodeGlyph(code, m.style.Glyphs)) {
				spans[i].tone = toneOf(code)
			}
		}
	}
	return fill(spans, width+1)
}

// conduct is what a finding suspects, of what.
func (m *model) conduct(f *checker.Finding) string {
	words := m.style.In(f.Rule.Title)
	if isSingleton(f) {
		return words
	}
	return words + m.style.Say("（"+f.Entity.Label+"）", " ("+f.Entity.Label+")")
}

// findingWords is what a finding is found by.
func (m *model) findingWords(f *checker.Finding) string {
	words := []string{f.ID, m.style.Heading(f), m.conduct(f), m.style.In(export.FindingWord(f)), f.Rule.ID}
	for _, p := range f.Anchor.Places {
		words = append(words, m.style.Citation(f.Law, p))
	}
	for _, a := range f.Answers() {
		words = append(words, m.clauseWords(a))
	}
	for _, st := range f.Statements {
		words = append(words, st.ID, st.Text)
	}
	return strings.Join(words, "\n")
}

// clauseWords is what a clause is found by.
func (m *model) clauseWords(a *checker.Answer) string {
	words := []string{a.Clause.Phrase(m.style.Lang), m.style.In(export.AnswerWord(a)), m.style.In(a.Clause.Ask), m.style.In(a.Clause.Note)}
	for _, o := range export.Origins(a) {
		words = append(words, m.style.OriginWord(o), o.Excerpt, o.Record)
		if x := m.exhibits[o.Exhibit]; x != nil {
			words = append(words, x.Title)
		}
	}
	for _, st := range a.Statements {
		words = append(words, st.ID, st.Text)
	}
	return strings.Join(words, "\n")
}

// nothingFound is the list without a finding: it must not look as if that meant
// anything.
func (m *model) nothingFound(w *writer) {
	s, r := m.style, m.result
	w.blank()
	w.text(0, span{s.Say("該当する疑いは 0 件です。", "0 findings."), strong})
	w.blank()
	w.text(0, span{text: fmt.Sprintf(s.Say("観察事実 %d件、主張 %d件、証拠 %d件。規則 %d本のうち、問えなかったもの %d本、対象のなかったもの %d本。",
		"%d observations, %d statements, %d exhibits. Of %d rules, %d could not be asked and %d found nothing to be asked of."),
		len(r.Report.Observed), len(r.Report.Statements), len(r.Report.Exhibits), len(r.Rulebook.Rules), len(r.NotAsked), len(r.Declined))})
	w.blank()
	w.text(0, span{s.Say("0件は適法を意味しません。", "0 findings does not mean that nothing is wrong."), strong},
		span{text: s.Say("記載のない事実は「ない」ではなく「未確認」です。問えなかった規則を確認してください（6）。", " What is not stated is unverified, not absent. See the rules that could not be asked (6).")})
	w.blank()
	for _, line := range s.Examined(r) {
		w.text(0, span{text: line})
	}
	for _, n := range r.NotAsked {
		w.text(0, span{text: s.Say("問えない　", "not asked  ") + n.Rule.ID + " " + s.NotAskedWord(n)})
	}
}

// brief is a finding, or whatever an item leads to, in a few lines.
func (m *model) brief(at spot) *page {
	if at.screen != findingScreen {
		return m.page(at, shape{width: m.width})
	}
	f, s := at.finding, m.style
	w := newWriter("")
	hang := cells.Width(s.Say("要件別　", "elements  "))
	day := s.Say("時点不明", "date not stated")
	if !f.Anchor.Span.IsZero() {
		day = s.Date(f.Anchor.Span)
	}
	w.text(0, span{s.Heading(f), strong}, span{text: "  " + day})
	w.field(s.In(export.SuspicionWord(f)), hang, m.conduct(f))
	w.add(block{lead: say(s.Say("整理", "sorted")), hang: hang, text: m.standing(f)})
	if m.review != nil {
		if st := m.review.Of(f); st.Decision != nil {
			w.field(s.Say("決定", "decision"), hang, s.DecisionLines(st)[0])
		}
		if d, ok := m.unsent[review.KeyOf(f)]; ok {
			w.field(s.Say("下書き", "draft"), hang, s.In(export.ActionWord(d.Action)))
		}
	}
	w.add(block{lead: say(s.Say("要件別", "elements")), hang: hang, text: m.byAnswer(f)})
	w.add(block{lead: say(s.Say("証拠", "exhibits")), hang: hang, text: []span{{text: m.exhibitsBehind(f)}, m.differing(f)}})
	for i, x := range f.Missing() {
		what, look := s.MissingWord(f.Rule, x)
		label := ""
		if i == 0 {
			label = s.Say("不足", "missing")
		}
		w.field(label, hang, what+s.LookWord(look))
	}
	return &w.page
}

// exhibitsBehind names the exhibits that a finding rests on, and how much is said
// of it.
func (m *model) exhibitsBehind(f *checker.Finding) string {
	n := len(export.Thread(m.result.Report, f))
	return strings.Join(export.ExhibitsBehind(m.result.Report, f), " ") + fmt.Sprintf(m.style.Say("   主張 %d件", "   statements: %d"), n)
}

// differing names the exhibits behind a finding whose files differ.
func (m *model) differing(f *checker.Finding) span {
	if len(m.doubtful[f]) == 0 {
		return span{}
	}
	return span{"   " + m.differsMark() + " " + strings.Join(m.doubtful[f], " "), warned}
}

// byAnswer lists the numbers of a finding's elements by answer.
func (m *model) byAnswer(f *checker.Finding) []span {
	var spans []span
	for _, code := range checker.Codes() {
		var numbers []string
		for i, a := range f.Elements {
			if a.Code == code {
				numbers = append(numbers, fmt.Sprint(i+1))
			}
		}
		if len(numbers) > 0 {
			word := export.CodeGlyph(code, m.style.Glyphs) + " " + m.style.In(export.CodeWord(code)) + " "
			spans = append(spans, span{word, toneOf(code)}, span{text: strings.Join(numbers, m.style.Say("・", ",")) + "  "})
		}
	}
	return spans
}
