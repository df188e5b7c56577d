package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
)

// rulebookWriter writes every rule for a reader who does not read TOML.
type rulebookWriter struct {
	strings.Builder
	book  *checker.Rulebook
	style export.Style
}

func newRulebookWriter(book *checker.Rulebook, lang string) *rulebookWriter {
	return &rulebookWriter{book: book, style: export.Style{Lang: lang}}
}

func (w *rulebookWriter) all() string {
	fmt.Fprintf(w, w.style.Say("%s %s。規則 %d、挙動 %d、事例 %d。現行の条番号は %s 時点。\n\n", "%s %s: %d rules, %d behaviours, %d cases. Present numbers are those of %s.\n\n"),
		w.book.Name, w.book.Version, len(w.book.Rules), len(w.book.Behaviours), w.book.Cases(), w.style.Day(w.book.AsOf))
	for i, r := range w.book.Rules {
		w.rule(i+1, r)
	}
	return w.String()
}

func (w *rulebookWriter) rule(n int, r *checker.Rule) {
	s := w.style
	fmt.Fprintf(w, "## %d. %s\n\n", n, r.Title.In(s.Lang))
	status := s.Say("草案（弁護士の署名はまだない）", "draft: no lawyer has signed it")
	if r.Status == "signed" {
		status = s.Say("署名: ", "signed: ") + r.Signed
	}
	fmt.Fprintf(w, "`%s` — %s — %s\n\n", r.ID, s.In(export.RegimeWord(r.Regime)), status)
	fmt.Fprintf(w, "%s\n\n", s.Say("| 期間 | 条項 | 罰条 | 改正 |", "| in force | provision | penalty | change |")+"\n|---|---|---|---|\n"+w.places(r))
	w.line("問う対象", "asked of", s.In(r.Kind().Title))
	w.line("前提", "if", w.condition(r, r.When))
	w.line("時点", "day", s.In(export.AnchorWord(r.AtKind))+" — "+w.condition(r, r.At))
	w.line("効果", "effect", s.In(r.Effect)+map[bool]string{true: s.Say("（裁量）", " (discretionary)")}[r.Discretionary])
	w.line("限定", "limits", w.limits(r))
	w.line("注記", "note", s.In(r.Note))
	w.WriteString("\n")
	w.clauses(r, r.Elements, s.Say("| № | 名前 clause | 要件 | 性質 | 何で答えるか | 弱点・注記 |", "| no. | clause | element | nature | what answers it | weak points |"))
	w.clauses(r, r.Exceptions, s.Say("| № | 名前 clause | 除外事由 | 種別 | 何で答えるか | 弱点・注記 |", "| no. | clause | exception | kind | what answers it | weak points |"))
	for _, a := range r.Authorities {
		fmt.Fprintf(w, "- %s\n", s.Say("典拠: ", "authority: ")+s.In(a.Cite)+s.Say("（", " (")+strings.Join(slices.DeleteFunc([]string{
			s.Day(a.Date.Date), s.In(export.SideWord(a.Side)), s.In(export.CheckedWord(a.Checked)), w.clauseName(r, a.On),
		}, func(x string) bool { return x == "" }), s.Say("、", ", "))+s.Say("）", ") ")+s.In(a.Says))
	}
	w.WriteString("\n")
}

func (w *rulebookWriter) line(ja, en, what string) {
	if what != "" {
		fmt.Fprintf(w, "- %s: %s\n", w.style.Say(ja, en), what)
	}
}

func (w *rulebookWriter) places(r *checker.Rule) string {
	var b strings.Builder
	for i := range r.Places {
		p := &r.Places[i]
		penalty := ""
		if p.Penalty != nil {
			penalty = w.penalty(r, p.Penalty)
		}
		tableRow(&b, w.style.Interval(p.From.Date, p.Until.Date), w.style.Citation(r.OfLaw(), p), penalty, w.style.In(p.Note))
	}
	return strings.TrimSpace(b.String())
}

func (w *rulebookWriter) penalty(r *checker.Rule, p *checker.Penalty) string {
	of := r.OfLaw()
	if p.Law != "" {
		of, _ = w.book.Laws.Law(p.Law)
	}
	place, err := law.ParsePlace(p.Cite)
	if err != nil {
		return err.Error()
	}
	return of.Cite(place, w.style.Cites(law.Short)) + w.style.Say("　", ": ") + w.style.Say(p.Ja, p.En)
}

func (w *rulebookWriter) limits(r *checker.Rule) string {
	var parts []string
	for _, x := range []struct {
		is        *bool
		name, eng string
	}{
		{r.Limits.Attempt, "未遂", "attempt"}, {r.Limits.Negligence, "過失", "negligence"},
		{r.Limits.Corporate, "両罰規定", "corporate liability"}, {r.Limits.Complaint, "親告罪", "only on complaint"},
	} {
		if x.is != nil {
			parts = append(parts, w.style.Say(x.name+map[bool]string{true: "あり", false: "なし"}[*x.is], x.eng+map[bool]string{true: ": yes", false: ": no"}[*x.is]))
		}
	}
	if l := r.Limits.Limitation; l != nil {
		parts = append(parts, w.style.Say(fmt.Sprintf("期間 %d年（%s、要確認）", l.Years, l.Basis.Ja), fmt.Sprintf("time limit %d years (%s; to be checked)", l.Years, l.Basis.En)))
	}
	return strings.Join(parts, w.style.Say("、", "; "))
}

func (w *rulebookWriter) clauses(r *checker.Rule, list []*checker.Clause, head string) {
	if len(list) == 0 {
		return
	}
	w.WriteString(head + "\n|---|---|---|---|---|---|\n")
	for i, c := range list {
		nature := w.style.In(export.NatureWord(c.Nature))
		if c.Kind != "" {
			nature = w.style.In(export.ExceptionWord(c.Kind))
		}
		how := w.condition(r, c.When)
		if c.When == "" {
			how = w.style.Say("人が答える: ", "a person answers: ") + w.style.In(c.Ask)
		}
		tableRow(&w.Builder, fmt.Sprint(i+1), "`"+c.ID+"`", c.Phrase(w.style.Lang), nature, how, w.style.In(c.Note))
	}
	w.WriteString("\n")
}

func (w *rulebookWriter) clauseName(r *checker.Rule, id string) string {
	for _, c := range r.Clauses() {
		if c.ID == id {
			return w.style.Say("「"+c.Phrase("ja")+"」", "on '"+c.Phrase("en")+"'")
		}
	}
	return ""
}

var named = regexp.MustCompile(`(?:any|none)\(([a-z_]+)|([a-z_]*)\.([a-z_]+)`)

// condition is a condition with the facts that it reads put into words.
func (w *rulebookWriter) condition(r *checker.Rule, when string) string {
	if when == "" {
		return ""
	}
	var facts []string
	member := r.Kind()
	for _, m := range named.FindAllStringSubmatch(when, -1) {
		if m[1] != "" {
			member, _ = audit.KindOfList(m[1])
			continue
		}
		kind := member
		if m[2] != "" {
			kind, _ = audit.KindNamed(m[2])
		}
		if words := w.fact(kind, m[3]); words != "" && !slices.Contains(facts, words) {
			facts = append(facts, words)
		}
	}
	return strings.TrimSpace("`" + when + "` " + strings.Join(facts, w.style.Say("；", "; ")))
}

func (w *rulebookWriter) fact(kind *audit.Kind, name string) string {
	if kind == nil {
		return ""
	}
	for _, b := range w.book.Behaviours {
		if b.Fact == kind.Name+"."+name {
			return w.style.Say(kind.Title.Ja+"："+b.Title.Ja, kind.Title.En+": "+b.Title.En)
		}
	}
	field, ok := kind.Field(name)
	if !ok {
		return ""
	}
	return w.style.Say(kind.Title.Ja+"："+field.Title.Ja, kind.Title.En+": "+field.Title.En)
}
