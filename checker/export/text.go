package export

import (
	"fmt"
	"io"
	"strings"

	"jobun/checker"
	"jobun/checker/review"
	"jobun/internal/cells"
)

// TextOptions is what a findings text shows.
type TextOptions struct {
	Style
	Width   int    // columns; at least 40
	Show    string // all, open, supported or none: which findings are written out
	Verbose bool   // with the reason for each answer
	Summary string // "" is after the findings; "only" leaves the findings out
	// Provisions is what the law store says of the provisions; shown if verbose.
	Provisions Provisions
	// Review is what people decided of the result; nil if nothing is recorded.
	Review *review.Review
}

// WriteText writes the findings for a terminal or a pipe: a block for each, then a
// summary that also says which rules were not asked, and why.
func WriteText(w io.Writer, res *checker.Result, o TextOptions) error {
	t := &textWriter{TextOptions: o, res: res}
	if t.Width < 40 {
		t.Width = 80
	}
	if o.Summary != "only" {
		for _, f := range res.Findings {
			if shown(f, o.Show) {
				t.finding(f)
			}
		}
	}
	t.summary()
	_, err := io.WriteString(w, t.b.String())
	return err
}

// Choice is a value of a flag and what it is for.
type Choice struct {
	Name string
	Says Text
}

// Names lists the values.
func Names(choices []Choice) []string {
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = c.Name
	}
	return names
}

// ShowChoices is what --show can be, and the findings that are written out then.
func ShowChoices() []Choice {
	return []Choice{
		{Name: "all", Says: Text{Ja: "全部（既定）", En: "all (the default)"}},
		{Name: "open", Says: Text{Ja: "「反対資料のある要件あり」「除外事由を示す資料あり」「施行前・廃止後」を除いたもの", En: "all but those with an element contradicted, with an exception shown, or not in force"}},
		{Name: "supported", Says: Text{Ja: "「全要件に裏付け」「評価が必要」「主張のみによる」だけ", En: "only those with every element supported, for judgement, or resting on allegation"}},
		{Name: "none", Says: Text{Ja: "書き出さない。まとめだけ", En: "none: the summary only"}},
	}
}

// Shows lists what --show can be.
func Shows() []string { return Names(ShowChoices()) }

func shown(f *checker.Finding, show string) bool {
	switch show {
	case "none":
		return false
	case "supported":
		return f.Assessment == checker.Indicated || f.Assessment == checker.ForJudgement || f.Assessment == checker.AllegedOnly
	case "open":
		return f.Assessment != checker.ContradictedElement && f.Assessment != checker.Excepted && f.Assessment != checker.NotInForce
	default:
		return true
	}
}

// textWriter writes lines of at most its width.
type textWriter struct {
	TextOptions
	res *checker.Result
	b   strings.Builder
}

// line writes text after a label, wrapped and indented under itself. Everything
// that comes from a report passes through cells.Sanitise here.
func (t *textWriter) line(label string, labelWidth int, text string) {
	indent := strings.Repeat(" ", labelWidth)
	for i, part := range cells.Wrap(cells.Sanitise(text), max(10, t.Width-labelWidth)) {
		if i == 0 {
			t.b.WriteString(strings.TrimRight(cells.Pad(label, labelWidth)+part, " ") + "\n")
			continue
		}
		t.b.WriteString(strings.TrimRight(indent+part, " ") + "\n")
	}
}

const labelWidth = 8

func (t *textWriter) field(ja, en, text string) {
	if text != "" {
		t.line("  "+t.Say(ja, en), labelWidth+t.extra(), text)
	}
}

// extra widens the label column in English.
func (t *textWriter) extra() int {
	if t.Lang == "en" {
		return 4
	}
	return 0
}

func (t *textWriter) finding(f *checker.Finding) {
	where := f.ID + "  "
	t.line(where, cells.Width(where), t.Heading(f)+"  "+t.anchorWords(f))
	suspicion := SuspicionWord(f)
	t.field(suspicion.Ja, suspicion.En, t.In(f.Rule.Title)+t.Say("（", " (")+t.EntityName(f.Entity)+t.Say("）", ")"))
	t.field("整理", "sorted", t.assessmentLine(f))
	t.decision(f)
	for _, p := range f.Anchor.Places {
		t.place(f, p)
	}
	if t.Verbose && f.Assessment != checker.NotInForce {
		t.provisionTexts(f)
	}
	if f.Assessment == checker.NotInForce {
		t.field("注意", "note", t.OtherDays(f))
		t.b.WriteString("\n")
		return
	}
	for i, a := range f.Elements {
		t.answer(f, a, i+1, t.Say("要件", "elem."))
	}
	for i, a := range f.Exceptions {
		t.answer(f, a, i+1, t.Say("除外", "exc."))
	}
	if t.Verbose {
		t.field("注意", "note", t.In(f.Rule.Note))
	}
	t.field("効果", "effect", t.In(f.Rule.Effect))
	for _, n := range t.Notes(f) {
		t.field("注意", "note", n)
	}
	t.next(f)
	t.b.WriteString("\n")
}

func (t *textWriter) anchorWords(f *checker.Finding) string {
	if f.Anchor.Span.IsZero() {
		return t.Say("日付の記載なし", "no date stated")
	}
	return f.Anchor.Span.String()
}

func (t *textWriter) assessmentLine(f *checker.Finding) string {
	words := t.In(FindingWord(f)) + "  " + t.Counts(f)
	if n := f.UnverifiedExceptions(); n > 0 {
		words += t.Say(fmt.Sprintf("  除外事由未了 %d", n), fmt.Sprintf("  exceptions open: %d", n))
	}
	if f.Rule.Discretionary {
		words += t.Say("  効果は裁量（できる）", "  effect discretionary (may)")
	}
	return words + t.Say("  ［規則: ", "  [rule: ") + t.In(StatusWord(f.Rule)) + t.Say("］", "]")
}

// decision writes what people think of a finding, where a journal is kept.
func (t *textWriter) decision(f *checker.Finding) {
	if t.Review == nil {
		return
	}
	ja, en := "結果", "decision" // 検討結果: the label has room for two characters
	for _, line := range t.DecisionLines(t.Review.Of(f)) {
		t.field(ja, en, line)
		ja, en = "", ""
	}
}

// place writes the provision of the day, its present number and its penalty.
func (t *textWriter) place(f *checker.Finding, p *checker.RulePlace) {
	t.field("条文", "law", t.Citation(f.Law, p)+t.Say("　", "  ")+t.Interval(p.From.Date, p.Until.Date))
	if now, moved := t.Present(f, p, t.res.Rulebook.AsOf); moved {
		t.field("現行", "now", now)
	}
	if p.Penalty != nil {
		t.field("罰条", "penalty", t.PenaltyWords(f, p))
	}
	if note := t.In(p.Note); note != "" {
		t.field("", "", note)
	}
}

// provisionTexts writes what the provision says, with the numbers of the clauses
// before what they read, or why that is not here.
func (t *textWriter) provisionTexts(f *checker.Finding) {
	list := t.Provisions.ofFinding(f)
	if len(list) == 0 {
		t.field("本文", "text", t.NoText(f.Law))
	}
	for i := range list {
		text := &list[i]
		if len(text.Phrases) == 0 {
			continue
		}
		t.field("本文", "text", t.UnitWord(f, text))
		t.field("", "", t.numbered(f, text))
		t.field("", "", t.SourceWords(text.Is))
		for _, note := range text.Notes {
			t.field("", "", t.In(note))
		}
	}
	for _, lack := range t.Lacks(f, list) {
		t.field("本文", "text", lack.Words)
		if lack.Command != "" { // on one line however long it is, to be copied
			t.b.WriteString(strings.Repeat(" ", labelWidth+t.extra()+2) + cells.Sanitise(lack.Command) + "\n")
		}
	}
}

// whereTexts says where the provisions' texts are, if they are not above.
func (t *textWriter) whereTexts() string {
	if t.Verbose && t.Summary != "only" {
		return ""
	}
	return t.Say("条文の本文はここには出ません（jobun law show）。", "")
}

func (t *textWriter) answer(f *checker.Finding, a *checker.Answer, n int, label string) {
	phrase := a.Clause.Phrase(t.Lang)
	head := "  "
	if n == 1 {
		head = "  " + label
	}
	width := labelWidth + t.extra()
	lead := cells.Pad(head, width) + fmt.Sprintf("%s %d ", CodeGlyph(a.Code, t.Glyphs), n)
	t.line(lead, cells.Width(lead), phrase+t.Say("　", "  ")+t.In(AnswerWord(a))+t.pointers(a))
	if t.Verbose {
		for _, line := range t.Why(f, a) {
			t.line("", cells.Width(lead)+2*line.Depth, line.Text)
		}
	}
}

// pointers lists the exhibits behind an answer.
func (t *textWriter) pointers(a *checker.Answer) string {
	where := t.Pointers(a)
	if len(where) > 4 {
		where = append(where[:4], t.Say(fmt.Sprintf("ほか%d", len(where)-4), fmt.Sprintf("and %d more", len(where)-4)))
	}
	if len(where) == 0 {
		return ""
	}
	return "  [" + strings.Join(where, t.Say(" ", "; ")) + "]"
}

// next says which facts would have to be known.
func (t *textWriter) next(f *checker.Finding) {
	missing := f.Missing()
	for i, m := range missing {
		label := ""
		if i == 0 {
			label = t.Say("不足", "missing")
		}
		if i == 6 {
			t.field("", "", t.Say(fmt.Sprintf("ほか%d件（jobun explain %s）", len(missing)-i, f.ID), fmt.Sprintf("and %d more (jobun explain %s)", len(missing)-i, f.ID)))
			return
		}
		what, look := t.MissingWord(f.Rule, m)
		t.line("  "+label, labelWidth+t.extra(), what+t.LookWord(look))
	}
}

// summary counts everything, and says what was not asked.
func (t *textWriter) summary() {
	res := t.res
	t.b.WriteString(t.Say("-- まとめ ", "-- Summary ") + strings.Repeat("-", max(0, t.Width-cells.Width(t.Say("-- まとめ ", "-- Summary ")))) + "\n")
	t.line("", 0, t.Say("報告　", "report  ")+res.Report.Title+"  sha256:"+res.Report.Digest[:12])
	t.line("", 0, t.Say("規則集　", "rules   ")+fmt.Sprintf("%s %s  sha256:%s", res.Rulebook.Name, res.Rulebook.Version, res.Rulebook.Digest[:12]))
	for _, warning := range t.ExhibitWarnings(t.res) {
		t.line("", 0, warning)
	}
	t.line("", 0, t.totals())
	if t.Review != nil {
		for _, line := range t.DecisionTotals(t.Review) {
			t.line("", 0, line)
		}
	}
	t.notAsked()
	for _, line := range t.Examined(res) {
		t.line("", 0, line)
	}
	t.line("", 0, t.Say("0件や「未確認」は、問題がないことを意味しません。", "No finding, or \"unverified\", does not mean that nothing is wrong.")+t.whereTexts())
}

func (t *textWriter) totals() string {
	counts := map[string]int{}
	var order []string
	for _, f := range t.res.Findings {
		word := t.In(FindingWord(f))
		if counts[word] == 0 {
			order = append(order, word)
		}
		counts[word]++
	}
	var parts []string
	for _, word := range order {
		parts = append(parts, fmt.Sprintf("%s %d", word, counts[word]))
	}
	kinds := ""
	if len(parts) > 0 {
		kinds = t.Say("（"+strings.Join(parts, "、")+"）", " ("+strings.Join(parts, ", ")+")")
	}
	asked := map[*checker.Rule]bool{}
	for _, f := range t.res.Findings {
		asked[f.Rule] = true
	}
	return t.Say(
		fmt.Sprintf("指摘 %d件%s。規則 %d本のうち %d本を適用。観察事実 %d件、主張 %d件、証拠 %d件。", len(t.res.Findings), kinds, len(t.res.Rulebook.Rules), len(asked), len(t.res.Report.Observed), len(t.res.Report.Statements), len(t.res.Report.Exhibits)),
		fmt.Sprintf("findings: %d%s. %d of %d rules applied. %d observations, %d statements, %d exhibits.", len(t.res.Findings), kinds, len(asked), len(t.res.Rulebook.Rules), len(t.res.Report.Observed), len(t.res.Report.Statements), len(t.res.Report.Exhibits)))
}

// notAsked says which rules could not be asked, and which concern nothing: one
// line a reason, so that what to write in the report is seen at once.
func (t *textWriter) notAsked() {
	t.grouped(t.Say("問えない", "not asked"), func(add func(reason, rule string)) {
		for _, n := range t.res.NotAsked {
			add(t.NotAskedWord(n), n.Rule.ID)
		}
	})
	t.grouped(t.Say("対象なし", "none"), func(add func(reason, rule string)) {
		for _, d := range t.res.Declined {
			add(t.DeclinedWord(d), d.Rule.ID)
		}
	})
}

func (t *textWriter) grouped(label string, each func(add func(reason, rule string))) {
	var order []string
	rules := map[string][]string{}
	each(func(reason, rule string) {
		if rules[reason] == nil {
			order = append(order, reason)
		}
		rules[reason] = append(rules[reason], rule)
	})
	for _, reason := range order {
		t.line(label+"  ", 11, reason+": "+strings.Join(rules[reason], ", "))
	}
}
