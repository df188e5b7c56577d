package export

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/review"
)

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
