package export

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/review"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// ChangesOptions is how changes are written as text.
type ChangesOptions struct {
	Style
	Width   int  // columns; at least 40
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
	t := &changesWriter{&textWriter{TextOptions: TextOptions{Style: o.Style, Width: o.Width}}}
	if t.Width < 40 {
		t.Width = 80
	}
	for i := range c.Findings {
		f := &c.Findings[i]
		if !o.Summary && (o.All || f.Kind != Unchanged || !f.Causes.None() || len(f.Untold) > 0) {
			t.finding(f)
		}
	}
	t.summary(c)
	_, err := io.WriteString(w, t.b.String())
	return err
}

type changesWriter struct{ *textWriter }

// arrow stands between what was and what is.
func (t *changesWriter) arrow() string {
	if t.Glyphs == ASCII {
		return " -> "
	}
	return " → "
}

func (t *changesWriter) turn(was, is string) string { return was + t.arrow() + is }

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

// causes writes everything that is not the same, one line each.
func (t *changesWriter) causes(f *FindingChange) {
	c := &f.Causes
	t.ruleCause(f)
	if c.Law != nil {
		t.cause(LawPart, t.turn(t.lines(c.Law.Old), t.lines(c.Law.New)))
	}
	for _, x := range c.Texts {
		t.cause(TextPart, x.Place+"  sha256:"+t.turn(first(x.Old, 12), first(x.New, 12)))
	}
	switch c.Entity {
	case "added":
		t.cause(EvidencePart, t.entity(f.Entity, f.Label)+t.Say(" の記載が加わった", " is stated now"))
	case "removed":
		t.cause(EvidencePart, t.entity(f.Entity, f.Label)+t.Say(" の記載がなくなった", " is no longer stated"))
	}
	t.factCauses(f)
	for _, x := range c.Lists {
		t.listCause(f, x)
	}
	for _, x := range c.Exhibits {
		t.exhibitCause(x)
	}
	for _, x := range c.Statements {
		t.statementCause(f, x)
	}
	for _, x := range c.Answers {
		t.cause(PersonPart, t.clauseName(f, x.Clause)+": "+t.turn(t.person(x.Old)+t.stale(x.OldStale), t.person(x.New)+t.stale(x.NewStale)))
	}
	if d := c.Decision; d != nil {
		t.cause(PersonPart, t.Say("検討結果: ", "decision: ")+t.turn(t.decision(d.Old), t.decision(d.New)))
	}
	for _, x := range c.Findings {
		t.readCause(f, x)
	}
}

func (t *changesWriter) cause(part CausePart, words string) {
	t.field("原因", "cause", t.In(PartWord(part))+": "+words)
}

func (t *changesWriter) lines(list []Words) string {
	if len(list) == 0 {
		return t.Say("なし", "none")
	}
	var words []string
	for _, w := range list {
		words = append(words, t.In(Text(w)))
	}
	return strings.Join(words, t.Say("／", " / "))
}

func (t *changesWriter) ruleCause(f *FindingChange) {
	c := f.Causes.Rule
	if c == nil {
		return
	}
	digest := func(d string) string {
		if d == "" {
			return t.Say("（ハッシュなし）", "(no hash)")
		}
		return "sha256:" + first(d, 12)
	}
	words := f.Rule + "  " + t.turn(digest(c.Old), digest(c.New))
	if len(c.Clauses) > 0 {
		words += t.Say("（条件・文言・問いが違う: ", " (condition, words or question differ: ") + t.clauseNames(f, c.Clauses) + t.Say("）", ")")
	}
	t.cause(RulePart, words)
}

func (t *changesWriter) clauseNames(f *FindingChange, ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, t.clauseName(f, id))
	}
	return strings.Join(names, t.Say("・", ", "))
}

// readers says which clauses read a thing.
func (t *changesWriter) readers(f *FindingChange, clauses []string, isDay, isTrigger bool) string {
	var by []string
	if len(clauses) > 0 {
		by = append(by, t.clauseNames(f, clauses))
	}
	if isDay {
		by = append(by, t.Say("基準の日", "the day"))
	}
	if isTrigger {
		by = append(by, t.Say("適用の前提", "whether the rule applies"))
	}
	if len(by) == 0 {
		return ""
	}
	return t.Say("（", " (") + strings.Join(by, t.Say("・", ", ")) + t.Say("）", ")")
}

// factCauses writes the facts that have another value one by one, and those that only
// have other origins together.
func (t *changesWriter) factCauses(f *FindingChange) {
	var origins []string
	for _, x := range f.Causes.Facts {
		name := t.entity(x.Entity, x.Label) + " " + t.fact(x.Fact)
		if x.OriginsOnly && !x.Old.Disputed {
			origins = append(origins, name+t.readers(f, x.Clauses, x.Day, x.Trigger))
			continue
		}
		t.cause(EvidencePart, name+" "+t.turn(t.stated(x.Fact, x.Old, x.OldNames), t.stated(x.Fact, x.New, x.NewNames))+t.readers(f, x.Clauses, x.Day, x.Trigger))
	}
	if len(origins) > 0 {
		t.cause(EvidencePart, t.Say("値と根拠は同じで、出所（記録・箇所・引用・日時・帰属）だけが違う事実　", "facts with the same value and basis, whose origins (record, place, words, time, attribution) differ: ")+strings.Join(origins, t.Say("、", "; ")))
	}
}

// stated is a fact's value with where it was read.
func (t *changesWriter) stated(name string, f *FactSeen, names string) string {
	if f == nil {
		return t.Say("記載なし", "not stated")
	}
	value := names
	switch {
	case f.Disputed:
		value = t.Say("資料が食い違う", "the sources conflict")
	case value == "":
		value = t.value(name, f.Value)
	}
	var origins []string
	for _, o := range f.Origins {
		origin := t.Pointer(o.Exhibit, o.Locator)
		if f.Disputed {
			origin += t.Say("＝", ": ") + t.value(name, o.Value)
		}
		if o.Basis != f.Basis {
			origin += " " + t.In(audit.Basis(o.Basis).Title())
		}
		origins = append(origins, origin)
	}
	return value + t.Say("（", " (") + t.In(audit.Basis(f.Basis).Title()) + t.Say("）", ")") + " [" + strings.Join(distinct(origins), t.Say(" ", "; ")) + "]"
}

// value writes a fact's value out of an export.
func (t *changesWriter) value(name string, raw any) string {
	kindName, fieldName, _ := strings.Cut(name, ".")
	kind, _ := audit.KindNamed(kindName)
	if kind == nil {
		return fmt.Sprint(raw)
	}
	field, ok := kind.Field(fieldName)
	switch n := raw.(type) {
	case json.Number:
		raw, _ = n.Int64()
	case []string:
		list := make([]any, len(n))
		for i := range n {
			list[i] = n[i]
		}
		raw = list
	}
	v, err := audit.ValueOf(field.Type, raw)
	switch {
	case !ok || err != nil:
		return fmt.Sprint(raw)
	case field.Name == "covers" || field.Name == "conditions_told":
		return t.topics(v.List)
	default:
		return t.Value(v)
	}
}

func (t *changesWriter) listCause(f *FindingChange, x ListChange) {
	title := x.Kind
	if kind, ok := audit.KindNamed(x.Kind); ok {
		title = t.In(kind.Title)
	}
	words := title + t.Say("の一覧", ", the list")
	if len(x.Added) > 0 {
		words += t.Say("　加わった: ", "; added: ") + strings.Join(x.Added, t.Say("、", ", "))
	}
	if len(x.Removed) > 0 {
		words += t.Say("　なくなった: ", "; removed: ") + strings.Join(x.Removed, t.Say("、", ", "))
	}
	if len(x.OldExamined)+len(x.NewExamined) > 0 {
		words += t.Say("　調べた範囲: ", "; examined: ") + t.turn(t.examined(x.OldExamined), t.examined(x.NewExamined))
	}
	t.cause(EvidencePart, words+t.readers(f, x.Clauses, false, x.Trigger))
}

func (t *changesWriter) examined(list []ExaminedSeen) string {
	if len(list) == 0 {
		return t.Say("なし", "none")
	}
	var words []string
	for _, x := range list {
		word := x.Exhibit
		if x.From != "" || x.Until != "" {
			word += " " + x.From + "〜" + x.Until
		}
		words = append(words, word+t.Say("（", " (")+t.In(audit.Basis(x.Basis).Title())+t.Say("）", ")"))
	}
	return strings.Join(words, t.Say("、", ", "))
}

func (t *changesWriter) exhibitCause(x ExhibitChange) {
	words := func(e *ExhibitSeen) string {
		switch {
		case e == nil:
			return t.Say("なし", "none")
		case e.SHA256 == "":
			return e.Title + t.Say("（ハッシュの記載なし）", " (no hash stated)")
		default:
			return e.Title + "  sha256:" + first(e.SHA256, 12)
		}
	}
	was, is := words(x.Old), words(x.New)
	if was == is {
		t.cause(EvidencePart, x.ID+" "+is+t.Say("　記載（区分・原本性・作成者・日付など）が違う", "; what is said of it differs (role, form, author, date or note)"))
		return
	}
	t.cause(EvidencePart, x.ID+" "+t.turn(was, is))
}

func (t *changesWriter) statementCause(f *FindingChange, x StatementChange) {
	words := func(s *StatementSeen, clauses []string) string {
		if s == nil {
			return t.Say("なし", "none")
		}
		what := t.In(StanceWord(s.Stance))
		if s.Withdraws != "" {
			what = t.Say(s.Withdraws+" の取下げ", "withdraws "+s.Withdraws)
		}
		named := slices.DeleteFunc(slices.Clone(clauses), func(id string) bool { return id == "" })
		if len(named) > 0 {
			what += t.Say("・", ", ") + t.clauseNames(f, named)
		}
		return what + t.Say("「", " \"") + s.Text + t.Say("」", "\"")
	}
	t.cause(StatementPart, x.ID+" "+t.turn(words(x.Old, x.OldClauses), words(x.New, x.NewClauses)))
}

func (t *changesWriter) person(p *PersonSeen) string {
	switch {
	case p == nil:
		return t.Say("回答なし", "no answer")
	case p.Yes:
		return t.Say("当たる", "yes") + t.Say("（", " (") + p.By + t.Say("）", ")")
	default:
		return t.Say("当たらない", "no") + t.Say("（", " (") + p.By + t.Say("）", ")")
	}
}

func (t *changesWriter) decision(d DecisionSeen) string {
	words := t.In(DecisionWord(d.Status))
	if d.Reason != "" {
		words += t.Say("・", ", ") + t.In(ReasonWord(d.Reason))
	}
	if d.By != "" {
		words += t.Say("（", " (") + d.By + " " + d.At + t.Say("）", ")")
	}
	if len(d.Causes) > 0 {
		words += t.Say("　理由: ", "; because ") + t.causesWord(d.Causes)
	}
	return words
}

func (t *changesWriter) stale(causes []review.Cause) string {
	if len(causes) == 0 {
		return ""
	}
	return t.Say("［記録の回答は数えない: ", " [the recorded answer does not count: ") + t.causesWord(causes) + t.Say("］", "]")
}

func (t *changesWriter) readCause(f *FindingChange, x ReadChange) {
	word := func(a string) string {
		if a == "" {
			return t.Say("指摘なし", "no finding")
		}
		return t.In(AssessmentWord(checker.Assessment(a)))
	}
	of := x.Rule
	was, is := word(x.Old), word(x.New)
	if x.Entity == "" {
		was, is = t.asking(x.Old), t.asking(x.New)
	} else {
		of += t.Say("（", " (") + x.Entity + t.Say("）", ")")
	}
	t.cause(ReadPart, of+" "+t.turn(was, is)+t.readers(f, x.Clauses, false, x.Trigger))
}

func (t *changesWriter) asking(reason string) string {
	switch checker.NotAskedReason(reason) {
	case checker.TriggerUnknown:
		return t.Say("一部について適用の前提が分からない", "of some it is not known whether it applies")
	case checker.NotExamined:
		return t.Say("調べた記載がない", "nobody looked")
	default:
		return t.Say("全部について問えた", "asked of all")
	}
}

func (t *changesWriter) summary(c *Changes) {
	head := t.Say("-- 比較のまとめ ", "-- Comparison ")
	t.b.WriteString(head + strings.Repeat("-", max(0, t.Width-cells.Width(head))) + "\n")
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
