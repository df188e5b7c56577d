package export

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// leastChangeWidth is the width below which lines of changes are not wrapped further.
const leastChangeWidth = 30

// ChangesOptions is how changes are written as text.
type ChangesOptions struct {
	Style
	Width   int  // columns, at least 30; 0: 80
	All     bool // findings that are the same in every respect, too
	Summary bool // nothing but the summary
}

// WriteChangesJSON writes changes as JSON, with keys in a fixed order.
func WriteChangesJSON(w io.Writer, c *Changes) error {
	enc := json.NewEncoder(visible{w})
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(c)
}

// WriteChanges writes changes for a terminal or a pipe: a block for each finding that
// is not the same in every respect, then the counts.
func WriteChanges(w io.Writer, c *Changes, o ChangesOptions) error {
	t := newChangesWriter(o.Style, o.Width)
	for i := range c.Findings {
		f := &c.Findings[i]
		if !o.Summary && (o.All || f.Differs()) {
			t.finding(f)
		}
	}
	t.summary(c)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// ChangeText is what became of a finding, in lines of a width of at least 30 columns:
// what it is first, then each thing that changed, then why.
func (s Style) ChangeText(f *FindingChange, width int) []string {
	t := newChangesWriter(s, width)
	t.finding(f)
	return strings.Split(strings.TrimRight(t.b.String(), "\n"), "\n")
}

// ChangesSummary is what was compared and the counts, in lines of a width of at least 30
// columns.
func (s Style) ChangesSummary(c *Changes, width int) []string {
	t := newChangesWriter(s, width)
	t.totals(c)
	return strings.Split(strings.TrimRight(t.b.String(), "\n"), "\n")
}

type changesWriter struct{ *textWriter }

func newChangesWriter(s Style, width int) *changesWriter {
	if width == 0 {
		width = 80
	}
	return &changesWriter{&textWriter{TextOptions: TextOptions{Style: s, Width: max(width, leastChangeWidth)}}}
}

// turn writes what was and what is. The arrow is of two signs because many Japanese
// terminals draw the one sign two cells wide.
func (t *changesWriter) turn(was, is string) string { return was + " -> " + is }

func (t *changesWriter) finding(f *FindingChange) {
	seen := f.New
	if seen == nil {
		seen = f.Old
	}
	where := t.In(ChangeWord(f.Kind)) + "  " + seen.ID + "  "
	t.line(where, cells.Width(where), t.In(Text(seen.Heading)))
	t.field("問い", "asked", t.In(Text(f.Title))+t.Say("（", " (")+t.entity(f.Entity, f.Label)+t.Say("）", ")"))
	t.outcome(f)
	for _, c := range f.Clauses {
		if f.Old != nil && f.New != nil && c.Differs() {
			t.clause(f, c)
		}
	}
	t.absence(f.Absent)
	t.causes(f)
	for _, u := range f.Untold {
		t.field("不明", "not told", t.In(PartWord(u.Part))+": "+t.In(UntoldWord(u)))
	}
	t.b.WriteString("\n")
}

// outcome writes the pre-assessment, day, provisions and decision, each with what it
// was where it is another.
func (t *changesWriter) outcome(f *FindingChange) {
	o, n := f.Old, f.New
	if o == nil || n == nil {
		seen := n
		if seen == nil {
			seen = o
		}
		t.field("整理", "sorted", t.assessment(seen))
		t.field("日付", "day", t.span(seen.Day))
		if seen.Decision != nil {
			t.field("検討", "decision", t.In(DecisionWord(seen.Decision.Status)))
		}
		return
	}
	t.pair("整理", "sorted", t.assessment(o), t.assessment(n), true)
	t.pair("日付", "day", t.span(o.Day), t.span(n.Day), false)
	if !slices.Equal(o.Provisions, n.Provisions) {
		t.field("条文", "law", t.turn(t.provisions(o), t.provisions(n)))
	}
	if o.Decision != nil && n.Decision != nil && o.Decision.Status != n.Decision.Status {
		t.field("検討", "decision", t.turn(t.In(DecisionWord(o.Decision.Status)), t.In(DecisionWord(n.Decision.Status))))
	}
}

// pair writes what was and what is, or both at once where they are the same and that
// is to be said.
func (t *changesWriter) pair(ja, en, was, is string, always bool) {
	switch {
	case was != is:
		t.field(ja, en, t.turn(was, is))
	case always:
		t.field(ja, en, is+t.Say("（変化なし）", " (unchanged)"))
	}
}

func (t *changesWriter) assessment(s *Seen) string {
	word := t.In(AssessmentWord(checker.Assessment(s.Assessment)))
	if s.Assessment == string(checker.Partial) && s.Supported == 0 {
		word = t.Say("一部の要件に主張のみ", "some elements alleged only")
	}
	if s.OnAllegation {
		word += t.Say("（適用の前提は主張のみ）", " (that the rule applies is alleged only)")
	}
	return word
}

func (t *changesWriter) span(text string) string {
	if text == "" {
		return t.Say("日付の記載なし", "no date stated")
	}
	span, err := day.ParseSpan(text)
	if err != nil {
		return text
	}
	return t.Date(span)
}

func (t *changesWriter) provisions(s *Seen) string {
	if len(s.Provisions) == 0 {
		return t.Say("当時の条項なし", "no provision at that time")
	}
	var words []string
	for _, w := range s.Provisions {
		words = append(words, t.In(Text(w)))
	}
	return strings.Join(words, t.Say("／", " / "))
}

func (t *changesWriter) entity(id, label string) string {
	kindName, _, _ := strings.Cut(id, ":")
	kind, ok := audit.KindNamed(kindName)
	if !ok {
		return id
	}
	return t.EntityName(&audit.Entity{Kind: kind.Name, ID: id, Label: label})
}

func (t *changesWriter) clause(f *FindingChange, c ClauseChange) {
	t.field(t.clauseName(f, c.Clause), t.clauseName(f, c.Clause), t.In(Text(c.Phrase))+t.Say("　", "  ")+t.turn(t.answer(c.Old), t.answer(c.New)))
}

// clauseName numbers a clause as it is printed now, or was if there is none now.
func (t *changesWriter) clauseName(f *FindingChange, id string) string {
	for _, c := range f.Clauses {
		if c.Clause != id {
			continue
		}
		a := c.New
		if a == nil {
			a = c.Old
		}
		if c.Exception {
			return t.Say("除外", "exc. ") + fmt.Sprint(a.Number)
		}
		return t.Say("要件", "elem. ") + fmt.Sprint(a.Number)
	}
	return id
}

func (t *changesWriter) answer(a *AnswerSeen) string {
	if a == nil {
		return t.Say("この要件なし", "no such clause")
	}
	is := &checker.Answer{Code: checker.Code(a.Answer), ByAllegation: a.ByAllegation}
	if a.Person != nil {
		is.Person = &checker.PersonAnswer{Yes: a.Person.Yes}
	}
	return CodeGlyph(is.Code, t.Glyphs) + " " + t.In(AnswerWord(is))
}

func (t *changesWriter) side(side string) string {
	if side == "old" {
		return t.Say("旧", "old")
	}
	return t.Say("新", "new")
}

func (t *changesWriter) absence(a *Absence) {
	if a == nil {
		return
	}
	words := t.side(a.Side) + ": " + t.In(AbsenceWord(a.Reason))
	var missing []string
	for _, m := range a.Missing {
		missing = append(missing, t.missing(m))
	}
	if len(missing) > 0 {
		words += t.Say("。足りない事実: ", "; missing: ") + strings.Join(missing, t.Say("、", "; "))
	}
	if a.ByAllegation {
		words += t.Say("（主張のみ）", " (alleged only)")
	}
	if a.Unexamined {
		words += t.Say("。この種類は調べた記載がなく、記載がないことは、ないことを意味しない", "; such things were not looked for, so that it is not stated does not mean that it is not there")
	}
	t.field("不在", "absent", words)
}

func (t *changesWriter) missing(m MissingSeen) string {
	if kind, ok := audit.KindOfList(m.Name); ok {
		return t.In(kind.Title) + t.Say("の有無", ": whether there is any")
	}
	if rule, ok := strings.CutPrefix(m.Name, "finding:"); ok {
		return t.Say("指摘の結果: ", "the outcome of ") + rule
	}
	return t.fact(m.Name) + t.Say("（", " (") + m.Entity + t.Say("）", ")")
}

// fact is what a fact is called.
func (t *changesWriter) fact(name string) string {
	kindName, fieldName, _ := strings.Cut(name, ".")
	if kind, ok := audit.KindNamed(kindName); ok {
		if field, ok := kind.Field(fieldName); ok {
			return t.Say("「", "\"") + t.In(field.Title) + t.Say("」", "\"")
		}
	}
	return name
}

func (t *changesWriter) summary(c *Changes) {
	head := t.Say("-- 比較のまとめ ", "-- Comparison ")
	t.b.WriteString(head + strings.Repeat("-", max(0, t.Width-cells.Width(head))) + "\n")
	t.totals(c)
}

// totals writes what was compared, and the findings counted by what became of them.
func (t *changesWriter) totals(c *Changes) {
	t.run(t.Say("旧　", "old  "), c.Old)
	t.run(t.Say("新　", "new  "), c.New)
	n := c.Count
	var parts []string
	for _, kind := range ChangeKinds() {
		parts = append(parts, fmt.Sprintf("%s %d", t.In(ChangeWord(kind)), n.Of(kind)))
	}
	t.line("", 0, t.Say(
		fmt.Sprintf("指摘 %d件: %s。", n.Total, strings.Join(parts, "、")),
		fmt.Sprintf("findings: %d: %s.", n.Total, strings.Join(parts, ", "))))
	if n.OtherGround > 0 {
		t.line("", 0, t.Say(
			fmt.Sprintf("変化なしのうち %d件は、結果は同じだが、よりどころが変わった（規則・証拠・主張など）。", n.OtherGround),
			fmt.Sprintf("Of the unchanged, %d come to the same on another ground (rule, evidence, statements and so on).", n.OtherGround)))
	}
	if c.Old.Report != c.New.Report && !c.Differs() {
		t.line("", 0, t.Say("報告は同じではない（SHA-256 が違う）。違いは、どの指摘も読んでいない記載にある。", "The reports are not the same (their SHA-256 differ): the difference is in what no finding reads."))
	}
	t.line("", 0, t.Say("「新規」「なくなった」「変化なし」は、問題がないことを意味しません。", "That a finding is new, gone or unchanged does not mean that nothing is wrong."))
}

func (t *changesWriter) run(label string, r RunSeen) {
	if r.Unread != 0 {
		t.line(label, cells.Width(label), t.Say(fmt.Sprintf("書式の版 %d の書き出し。この版は読めないため、比較できない。", r.Unread), fmt.Sprintf("an export of format %d, which is not read: nothing can be compared", r.Unread)))
		return
	}
	words := r.Title + "  sha256:" + first(r.Report, 12) + "  " + t.Say(fmt.Sprintf("指摘 %d件", r.Findings), fmt.Sprintf("findings: %d", r.Findings))
	t.line(label, cells.Width(label), words)
	words = fmt.Sprintf("%s %s  sha256:%s", r.Rulebook, r.Version, first(r.RulebookDigest, 12))
	if !r.Whole {
		words += t.Say("（手元になし）", " (not at hand)")
	}
	t.line("", cells.Width(label), t.Say("規則集 ", "rulebook ")+words)
}
