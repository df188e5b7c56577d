package export

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/day"
)

// Line is one line of an explanation. Quoted text is not ours: it comes from a
// report, a provision or an authority.
type Line struct {
	Depth  int
	Text   string
	Quoted bool
}

// Why explains an answer: the condition's operands with their values, the facts
// with basis and origin, what is missing and who could tell, and what the
// parties say.
func (s Style) Why(f *checker.Finding, a *checker.Answer) []Line {
	w := &whyWriter{Style: s, finding: f, shown: map[*checker.Why]bool{}}
	switch {
	case a.Why != nil:
		w.tree(a.Why, 0)
	case a.Person != nil:
		w.add(0, s.Say("担当者 ", "reviewer ")+a.Person.By+" "+a.Person.At)
		w.quote(1, a.Person.Note)
	default:
		w.add(0, s.Say("問い: ", "question: ")+s.In(a.Clause.Ask))
		w.factors(a.For, s.Say("肯定方向", "for"))
		w.factors(a.Against, s.Say("否定方向", "against"))
	}
	if note := s.In(a.Clause.Note); note != "" {
		w.add(0, s.Say("注 ", "note ")+note)
	}
	w.statements(a.Statements)
	return w.lines
}

// whyWriter gathers the lines of one explanation.
type whyWriter struct {
	Style
	finding *checker.Finding
	lines   []Line
	shown   map[*checker.Why]bool // behaviours
}

func (w *whyWriter) add(depth int, text string) {
	if text != "" {
		w.lines = append(w.lines, Line{Depth: depth, Text: text})
	}
}

func (w *whyWriter) quote(depth int, text string) {
	if text != "" {
		w.lines = append(w.lines, Line{Depth: depth, Text: w.Say("「"+text+"」", "\""+text+"\""), Quoted: true})
	}
}

func (w *whyWriter) factors(list []checker.Factor, word string) {
	for _, factor := range list {
		for _, f := range factor.Facts {
			w.add(0, word+": "+w.FactSentence(f))
			w.origins(1, f)
		}
	}
}

// value is a truth value in words.
func (s Style) value(t checker.Tri) string {
	switch t {
	case checker.True:
		return s.Say("真", "true")
	case checker.False:
		return s.Say("偽", "false")
	default:
		return s.Say("不明", "unknown")
	}
}

func (w *whyWriter) tree(n *checker.Why, depth int) {
	suffix := ""
	if n.Alleged() {
		suffix = w.Say("（主張のみ）", " (alleged only)")
	}
	switch {
	case n.Fact != nil:
		w.add(depth, w.FactSentence(n.Fact)+suffix)
		w.origins(depth+1, n.Fact)
	case n.Missing != nil && !n.Missing.List && n.Lists == nil && n.Finding == nil && len(n.Kids) == 0:
		what, look := w.MissingWord(w.finding.Rule, *n.Missing)
		w.add(depth, w.Say("未確認: ", "unverified: ")+what+w.LookWord(look))
		w.aside(depth+1, n.Missing)
	default:
		w.add(depth, w.value(n.Value)+suffix+"  "+n.Text)
		if n.Behaviour != nil {
			if w.shown[n] {
				return // once is enough: behaviours that read others twice double at every level
			}
			w.shown[n] = true
		}
		w.lists(depth+1, n)
		w.found(depth+1, n)
		w.operands(n, depth+1)
	}
}

// operands writes those that bear the value, and counts the others: what could
// not change the value is not put beside what did.
func (w *whyWriter) operands(n *checker.Why, depth int) {
	idle := 0
	for _, kid := range n.Kids {
		if n.RestsOn(kid) {
			w.tree(kid, depth)
		} else {
			idle++
		}
	}
	if idle > 0 {
		w.add(depth, w.Say(fmt.Sprintf("（ほか%d個は結果を変えない）", idle), fmt.Sprintf("(%d more do not change it)", idle)))
	}
}

func (w *whyWriter) lists(depth int, n *checker.Why) {
	for _, list := range n.Lists {
		kind := w.In(list.Kind.Title)
		if len(list.Examined) == 0 {
			w.add(depth, w.Say(fmt.Sprintf("%s: 報告に %d件。調べた範囲の記載がない", kind, list.Members), fmt.Sprintf("%s: %d in the report; nobody says where it was looked for", kind, list.Members)))
		}
		for _, e := range list.Examined {
			basis := ""
			if e.Basis == audit.Alleged {
				basis = w.Say("（主張のみ）", " (alleged only)")
			}
			w.add(depth, w.Say(fmt.Sprintf("%s: 報告に %d件。調べた範囲 [%s]%s", kind, list.Members, e.Exhibit, basis), fmt.Sprintf("%s: %d in the report; examined [%s]%s", kind, list.Members, e.Exhibit, basis)))
		}
	}
}

func (w *whyWriter) found(depth int, n *checker.Why) {
	if n.Finding == nil {
		return
	}
	if len(n.Finding.Findings) == 0 {
		w.add(depth, n.Finding.Rule+w.Say(": 指摘なし", ": no finding"))
	}
	for _, f := range n.Finding.Findings {
		w.add(depth, f.ID+"  "+w.Heading(f)+"  "+w.In(FindingWord(f)))
	}
}

func (w *whyWriter) origins(depth int, f *audit.Fact) {
	for _, o := range f.Origins {
		line := "[" + w.OriginWord(o) + "] " + w.BasisWord(o)
		if f.Disputed {
			line += "  " + w.Value(o.Value)
		}
		if !o.At.IsZero() {
			line += "  " + w.Date(o.At)
		}
		w.add(depth, line)
		w.quote(depth+1, o.Excerpt)
	}
}

// aside shows what reproductions of another build showed: what the software can
// do, which is not what it did.
func (w *whyWriter) aside(depth int, m *checker.Missing) {
	if m.Entity == nil {
		return
	}
	for _, o := range m.Entity.Aside(m.Field.Name) {
		w.add(depth, w.Say("別の版による再現（できることを示すにとどまる） [", "reproduction with another build (shows what it can do only) [")+w.OriginWord(o)+"]")
	}
}

func (w *whyWriter) statements(list []*audit.Statement) {
	for _, st := range list {
		head := w.In(StanceWord(st.Stance)) + ": " + st.ID + " " + st.ByName
		if !st.At.IsZero() {
			head += " " + w.Date(st.At.Span)
		}
		w.add(0, head+" ["+st.Exhibit+"]")
		w.quote(1, st.Text)
	}
}

// Behind is a fact behind an answer, and which way it speaks.
type Behind struct {
	Fact *audit.Fact
	Side string // "" of a fact that decides; for or against of one that does not
}

// FactsBehind lists the facts that decide an answer, and those that speak for or
// against it.
func FactsBehind(a *checker.Answer) []Behind {
	var list []Behind
	if a.Why != nil {
		for _, f := range a.Why.Deciding() {
			list = append(list, Behind{Fact: f})
		}
	}
	for _, factor := range a.For {
		for _, f := range factor.Facts {
			list = append(list, Behind{f, "for"})
		}
	}
	for _, factor := range a.Against {
		for _, f := range factor.Facts {
			list = append(list, Behind{f, "against"})
		}
	}
	return list
}

// Origins lists the origins of the facts behind an answer.
func Origins(a *checker.Answer) []audit.Origin {
	var origins []audit.Origin
	for _, behind := range FactsBehind(a) {
		origins = append(origins, behind.Fact.Origins...)
	}
	return origins
}

// ExhibitsBehind lists the exhibits that a finding's answers rest on, in the
// order of the report.
func ExhibitsBehind(r *audit.Report, f *checker.Finding) []string {
	used := map[string]bool{}
	for _, a := range f.Answers() {
		for _, o := range Origins(a) {
			used[o.Exhibit] = true
		}
	}
	var ids []string
	for _, e := range r.Exhibits {
		if used[e.ID] {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// Pointers lists where an answer was read: the exhibits and places behind it, and
// the exhibits that were looked through in vain.
func (s Style) Pointers(a *checker.Answer) []string {
	var where []string
	for _, o := range Origins(a) {
		where = append(where, s.OriginWord(o))
	}
	if a.Why != nil {
		for _, x := range a.Why.Searched() {
			where = append(where, s.exhibit(x.Exhibit)+s.Say("を調べて", " searched"))
		}
	}
	return distinct(where)
}

// OtherDays says when the provision is in force, of a finding whose day is not
// among them.
func (s Style) OtherDays(f *checker.Finding) string {
	var parts []string
	for i := range f.Rule.Places {
		p := &f.Rule.Places[i]
		parts = append(parts, s.place(f.Law, p, law.Full)+s.Say("は", " ")+s.Interval(p.From.Date, p.Until.Date))
	}
	return strings.Join(parts, s.Say("、", "; ")) + s.Say("。当時の規定ではないため、要件は問わない。", ". It was not the law of that day, so its elements are not asked.")
}

// Notes are what a reader of a finding must be told, beside the rule's own note:
// the article has one paragraph, a company cannot be accused, an attempt is not
// punishable, a time limit may have run, the trigger is alleged only, an element rests
// on what was seen on another day.
func (s Style) Notes(f *checker.Finding) []string {
	var notes []string
	add := func(text string) {
		if text != "" {
			notes = append(notes, text)
		}
	}
	for _, p := range f.Anchor.Places {
		main, _ := p.Place()
		if main.Paragraph == 0 && f.Law.OneParagraph(main, p.From.Date) {
			main.Paragraph = 1
			for _, d := range f.Law.Check(main, p.From.Date) {
				add(s.In(audit.Text(d.Says)))
			}
		}
	}
	lim := f.Rule.Limits
	if f.Rule.Regime == "criminal" && lim.Corporate != nil && !*lim.Corporate {
		add(s.Say("両罰規定なし: 法人を被疑者とすることはできない。", "No corporate liability: a company cannot be the accused."))
	}
	if lim.Attempt != nil && !*lim.Attempt && f.Rule.Regime == "criminal" {
		add(s.Say("未遂を罰する規定なし。", "An attempt is not punishable."))
	}
	if l := lim.Limitation; l != nil {
		from := s.Say("起算日の記載なし", "start not stated")
		if !f.Anchor.Span.IsZero() {
			from = s.Days(f.Anchor.Span)
		}
		add(s.Say(
			fmt.Sprintf("期間の目安: %d年（%s）、起算 %s。要確認。%s", l.Years, l.Basis.Ja, from, l.Note.Ja),
			fmt.Sprintf("Time limit, to be checked: %d years (%s), from %s%s.", l.Years, l.Basis.En, from, after("; ", strings.TrimSuffix(l.Note.En, ".")))))
	}
	add(s.LaterPenalty(f))
	if f.TriggerAlleged {
		add(s.Say("この規則を適用する前提が主張のみによる。", "That the rule applies at all rests on allegation."))
	}
	return append(notes, s.otherDayNotes(f)...)
}

// after puts a mark before a text, if there is one.
func after(mark, text string) string {
	if text == "" {
		return ""
	}
	return mark + text
}

// AuthorityLine is an authority with its date, standing and whether it is later
// than the matter.
func (s Style) AuthorityLine(f *checker.Finding, a checker.Authority) string {
	line := s.public(s.In(a.Cite)) + s.Say("（", " (") + s.In(SideWord(a.Side)) + s.Say("、", ", ") + s.In(CheckedWord(a.Checked))
	if !f.Anchor.Span.IsZero() && f.Anchor.Span.To.Before(a.Date.Date) {
		line += s.Say("、後の時点の典拠", ", later than the act")
	}
	return line + s.Say("）: ", "): ") + s.In(a.Says)
}

// otherDayNotes says which elements rest only on what was seen of a standing thing, such
// as the publisher or the computer, on days other than that of the finding: how it stood
// on that day such a record does not show.
func (s Style) otherDayNotes(f *checker.Finding) []string {
	var notes []string
	for _, a := range f.Elements {
		for _, note := range s.otherDays(f, a) {
			notes = append(notes, s.Say(s.ClauseName(f, a)+"の", s.ClauseName(f, a)+": ")+note)
		}
	}
	return notes
}

// otherDays are these notes of one element.
func (s Style) otherDays(f *checker.Finding, a *checker.Answer) []string {
	if f.Anchor.Span.IsZero() || a.Code != checker.Supported && a.Code != checker.Alleged || a.Why == nil {
		return nil
	}
	var notes []string
	for _, fact := range a.Why.Deciding() {
		if !isSeenOnOtherDays(fact, f.Anchor.Span) {
			continue
		}
		var seen []string
		for _, o := range fact.Origins {
			seen = append(seen, s.Say(s.Date(o.At)+"の記録〔", "a record of "+s.Date(o.At)+" [")+s.OriginWord(o)+s.Say("〕", "]"))
		}
		notes = append(notes, s.Say("「"+s.In(fact.Field.Title)+"」は、"+strings.Join(distinct(seen), "、")+"による。基準の日（"+s.Date(f.Anchor.Span)+"）にどうであったかは、それだけでは示されない。",
			"\""+s.In(fact.Field.Title)+"\" rests on "+strings.Join(distinct(seen), ", ")+", which does not show by itself how it stood on the day of the finding ("+s.Date(f.Anchor.Span)+")."))
	}
	return notes
}

func isSeenOnOtherDays(fact *audit.Fact, on day.Span) bool {
	if kind, ok := audit.KindNamed(fact.Entity.Kind); !ok || !kind.Singleton || len(fact.Origins) == 0 {
		return false
	}
	for _, o := range fact.Origins {
		if o.Change || o.At.IsZero() || !o.At.To.Before(on.From) && !on.To.Before(o.At.From) {
			return false
		}
	}
	return true
}
