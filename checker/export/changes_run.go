package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/review"
	"jobun/internal/day"
	"jobun/internal/source"
)

// Run is one of two runs that are compared. It is always what its JSON export says,
// so that a report and an export are compared by the same words; and beside that, as
// far as it is at hand, what the export was made from.
type Run struct {
	doc       jsonDocument
	unread    int
	result    *checker.Result // nil: the rulebook of an export is not at hand
	review    *review.Review  // nil: no journal was read
	keys      []review.Key    // the findings, in the export's order
	findings  map[review.Key]*jsonFinding
	rules     map[string]bool                 // every rule of the rulebook
	ruleOrder []string                        // those of findings at least, in the rulebook's order
	checked   map[review.Key]*checker.Finding // of the result
	entities  map[string]*jsonEntity
	examined  *audit.Facts // only what was examined
}

// RunOf is the run of a check, with the texts that the law store has for it and the
// decisions on it; either may be nil.
func RunOf(res *checker.Result, texts Provisions, rev *review.Review) (*Run, error) {
	if rev != nil {
		res = rev.Result
	}
	r := newRun()
	r.doc, r.result, r.review = jsonResult(res, texts), res, rev
	err := r.take()
	r.useResult()
	return r, err
}

func newRun() *Run {
	return &Run{findings: map[review.Key]*jsonFinding{}, entities: map[string]*jsonEntity{}, examined: audit.NewFacts()}
}

// exportSchema begins the names of all versions of the export's form.
const exportSchema = "https://jobun.invalid/schema/result-"

// IsExport reports whether a text is a JSON export, of whatever version, and not a
// report.
func IsExport(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // as programs of Windows write it
	var head struct {
		Schema string `json:"$schema"`
	}
	return json.Unmarshal(text, &head) == nil && strings.HasPrefix(head.Schema, exportSchema)
}

// ReadRun reads a JSON export. If its rulebook is among those given, its report is
// gone through again, and if that comes to what the export says, nothing that it
// rests on is out of sight. An export of another version is a run of which nothing
// can be compared. Errors say what is wrong with the export.
func ReadRun(text []byte, books ...*checker.Rulebook) (*Run, error) {
	r := newRun()
	if err := r.read(bytes.TrimPrefix(text, []byte("\ufeff"))); err != nil || r.unread != 0 {
		return r, err
	}
	for _, book := range books {
		if book != nil && book.Digest == r.doc.Rulebook.SHA256 && r.doc.AsRead != nil {
			r.result = r.again(book)
			break
		}
	}
	r.useResult()
	return r, nil
}

// Result is the check that the run comes to; nil for an export whose rulebook is not
// at hand.
func (r *Run) Result() *checker.Result { return r.result }

// read reads an export, which must be whole.
func (r *Run) read(text []byte) error {
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return fmt.Errorf("read the export: %w", err)
	}
	if head.Format != 1 {
		r.unread = head.Format
		if r.unread == 0 {
			return fmt.Errorf("read the export: it does not say its format")
		}
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&r.doc); err != nil {
		return fmt.Errorf("read the export: %w", err)
	}
	if r.doc.Findings == nil || r.doc.NotAsked == nil || r.doc.Declined == nil || r.doc.Entities == nil || r.doc.Rulebook.SHA256 == "" {
		return fmt.Errorf("read the export: it is not whole: findings, not_asked, declined, entities or the rulebook are not there")
	}
	return r.take()
}

// take sorts what the export says, and checks that it is sound.
func (r *Run) take() error {
	for i := range r.doc.Entities {
		r.entities[r.doc.Entities[i].ID] = &r.doc.Entities[i]
	}
	for i := range r.doc.Findings {
		if err := r.readFinding(&r.doc.Findings[i]); err != nil {
			return fmt.Errorf("read the export: finding %d: %w", i+1, err)
		}
	}
	r.orderRules()
	return r.readExamined()
}

func (r *Run) readFinding(f *jsonFinding) error {
	key := review.Key{Rule: f.Rule, Entity: f.Entity}
	if r.findings[key] != nil {
		return fmt.Errorf("%s on %s is there twice", f.Rule, f.Entity)
	}
	if r.entities[f.Entity] == nil {
		return fmt.Errorf("there is no entity %q", f.Entity)
	}
	if !slices.Contains(checker.Assessments(), checker.Assessment(f.Assessment)) {
		return fmt.Errorf("there is no pre-assessment %q", f.Assessment)
	}
	clauses := map[string]bool{}
	for _, a := range slices.Concat(f.Elements, f.Exceptions) {
		if !slices.Contains(checker.Codes(), checker.Code(a.Answer)) {
			return fmt.Errorf("clause %s: there is no answer %q", a.Clause, a.Answer)
		}
		if clauses[a.Clause] {
			return fmt.Errorf("clause %s is there twice", a.Clause)
		}
		clauses[a.Clause] = true
	}
	r.keys, r.findings[key] = append(r.keys, key), f
	return nil
}

// orderRules lists the rules. Each rule of a rulebook is asked, not asked or declined,
// so that an export names all of them; in order it has those of its findings.
func (r *Run) orderRules() {
	r.rules = map[string]bool{}
	for _, f := range r.doc.Findings {
		if !r.rules[f.Rule] {
			r.rules[f.Rule] = true
			r.ruleOrder = append(r.ruleOrder, f.Rule)
		}
	}
	for _, n := range r.doc.NotAsked {
		r.rules[n.Rule] = true
	}
	for _, d := range r.doc.Declined {
		r.rules[d.Rule] = true
	}
}

// useResult takes from the check itself what the export does not hold.
func (r *Run) useResult() {
	r.checked = map[review.Key]*checker.Finding{}
	if r.result == nil {
		return
	}
	r.ruleOrder = r.result.Rulebook.RuleIDs()
	for _, f := range r.result.Findings {
		r.checked[review.KeyOf(f)] = f
	}
}

func (r *Run) readExamined() error {
	for i, x := range r.doc.Examined {
		e := audit.Examination{Exhibit: x.Exhibit, Basis: audit.Basis(x.Basis), Note: x.Note, Path: fmt.Sprint(i)}
		for _, limit := range []struct {
			text string
			into *audit.When
		}{{x.From, &e.From}, {x.Until, &e.Until}} {
			if limit.text == "" {
				continue
			}
			span, err := day.ParseSpan(limit.text)
			if err != nil {
				return fmt.Errorf("read the export: what was examined: %w", err)
			}
			limit.into.Span = span
		}
		for _, kind := range x.Kinds {
			r.examined.Examine(kind, e)
		}
	}
	return nil
}

// again checks the report of an export with its rulebook and its people's answers.
// It is nil if that does not come to what the export says: then the program that
// wrote it worked otherwise, and only what is written counts.
func (r *Run) again(book *checker.Rulebook) *checker.Result {
	text, err := json.Marshal(r.doc.AsRead)
	if err != nil {
		return nil
	}
	report, problems := audit.Read(source.File{Name: "report.json", Text: text})
	if len(problems) > 0 {
		return nil
	}
	answers := checker.Answers{}
	for _, f := range r.doc.Findings {
		for _, a := range slices.Concat(f.Elements, f.Exceptions) {
			if p := a.Person; p != nil {
				answers[checker.ClauseKey{Rule: f.Rule, Entity: f.Entity, Clause: a.Clause}] = checker.PersonAnswer{Yes: p.Yes, By: p.By, At: p.At, Note: p.Note}
			}
		}
	}
	result, err := book.Check(report, answers)
	if err != nil || !r.isSame(jsonResult(result, nil)) {
		return nil
	}
	return result
}

// isSame reports whether another export has the same entities and findings, whatever
// the law store says of their texts and people have decided.
func (r *Run) isSame(other jsonDocument) bool {
	comparable := func(doc jsonDocument) []any {
		parts := []any{doc.Entities, doc.NotAsked, doc.Declined, doc.Statements, doc.Examined}
		for _, f := range doc.Findings {
			parts = append(parts, f.ID, f.Rule, f.Entity, f.Assessment, f.Anchor, f.OnAllegation, f.Elements, f.Exceptions, f.Statements)
			for _, p := range f.Provisions {
				p.Texts = nil
				parts = append(parts, p)
			}
		}
		return parts
	}
	return sameJSON(comparable(r.doc), comparable(other))
}

// seen is what the summary says of the run.
func (r *Run) seen() RunSeen {
	return RunSeen{
		Title: r.doc.Report.Title, Report: r.doc.Report.SHA256,
		Rulebook: r.doc.Rulebook.Name, Version: r.doc.Rulebook.Version, RulebookDigest: r.doc.Rulebook.SHA256,
		Findings: len(r.doc.Findings), Unread: r.unread, Whole: r.result != nil, Journal: r.review != nil,
	}
}

func (r *Run) label(entity string) string {
	if e := r.entities[entity]; e != nil {
		return e.Label
	}
	return ""
}

// seenOf is a finding as the run has it.
func (r *Run) seenOf(f *jsonFinding) *Seen {
	if f == nil {
		return nil
	}
	s := &Seen{ID: f.ID, Assessment: f.Assessment, OnAllegation: f.OnAllegation, Day: f.Anchor.Date, Provisions: []Words{}, Heading: r.heading(f)}
	for _, a := range f.Elements {
		if a.Answer == string(checker.Supported) {
			s.Supported++
		}
	}
	for _, p := range f.Provisions {
		s.Provisions = append(s.Provisions, placeWords(p))
	}
	if r.review != nil {
		s.Decision = r.decisionSeen(review.Key{Rule: f.Rule, Entity: f.Entity})
	}
	return s
}

// heading is the finding's citation for a list. An export alone has the long form of
// it.
func (r *Run) heading(f *jsonFinding) Words {
	if is := r.checked[review.Key{Rule: f.Rule, Entity: f.Entity}]; is != nil {
		return Words{Style{Lang: "ja"}.Heading(is), Style{Lang: "en"}.Heading(is)}
	}
	var ja, en []string
	for _, p := range f.Provisions {
		ja, en = append(ja, p.Cite.Ja), append(en, p.Cite.En)
	}
	return Words{strings.Join(ja, "／"), strings.Join(en, " / ")}
}

// placeWords is a provision with its days in force and its penalty, on one line.
func placeWords(p jsonPlace) Words {
	w := p.Cite
	if p.From != "" || p.Until != "" {
		w.Ja += "（" + p.From + "〜" + p.Until + "）"
		w.En += " (from " + orDash(p.From) + " until " + orDash(p.Until) + ")"
	}
	if p.Penalty != nil {
		w.Ja += "　罰条: " + p.Penalty.Ja
		w.En += "  penalty: " + p.Penalty.En
	}
	return w
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (r *Run) decisionSeen(key review.Key) *DecisionSeen {
	s := r.review.Of(r.checked[key])
	seen := &DecisionSeen{Status: s.Status(), Causes: s.Causes}
	if s.Decision != nil {
		seen.Reason, seen.By, seen.At = s.Decision.Reason, s.Decision.By, s.Decision.At
	}
	return seen
}

// absence is why the run has no finding of a rule on an entity.
func (r *Run) absence(side string, key review.Key) *Absence {
	a := &Absence{Side: side, Reason: DoesNotApply}
	if r.unread != 0 {
		a.Reason = FormatUnread
		return a
	}
	if !r.rules[key.Rule] {
		a.Reason = NoRule
		return a
	}
	for _, n := range r.doc.NotAsked {
		if n.Rule != key.Rule {
			continue
		}
		if n.Reason == string(checker.NotExamined) {
			a.Reason = KindNotExamined
			return a
		}
		if slices.Contains(n.Entities, key.Entity) {
			a.Reason, a.Missing = TriggerNotKnown, ofEntity(n.Missing, key.Entity)
			return a
		}
	}
	if r.entities[key.Entity] == nil {
		kind, _, _ := strings.Cut(key.Entity, ":")
		examined := r.examined.Examined(kind, day.Span{})
		isRecorded := slices.ContainsFunc(examined, func(e audit.Examination) bool { return e.Basis != audit.Alleged })
		a.Reason, a.Unexamined, a.ByAllegation = NotStated, len(examined) == 0, len(examined) > 0 && !isRecorded
		return a
	}
	a.ByAllegation = r.isAllegedNot(key)
	return a
}

// isAllegedNot reports whether a rule does not apply to an entity by allegation alone.
// An export counts such entities without naming them; where it has both kinds, only
// the trigger itself tells.
func (r *Run) isAllegedNot(key review.Key) bool {
	alleged, recorded := false, false
	for _, d := range r.doc.Declined {
		if d.Rule == key.Rule {
			alleged, recorded = alleged || d.Alleged, recorded || !d.Alleged
		}
	}
	if !alleged || !recorded || r.result == nil {
		return alleged && !recorded
	}
	entity, stated := r.result.Facts.ByID(key.Entity)
	rule, known := r.result.Rulebook.Rule(key.Rule)
	if !stated || !known {
		return false
	}
	why, err := r.result.Trigger(rule, entity) // an error comes up again where the causes are found
	return err == nil && why != nil && why.Alleged()
}

// ofEntity gives the missing facts of a trigger for one of its entities: the list
// keeps each name once, of the first entity that lacks it.
func ofEntity(missing []MissingSeen, entity string) []MissingSeen {
	kind, _, _ := strings.Cut(entity, ":")
	list := slices.Clone(missing)
	for i, m := range list {
		if of, _, _ := strings.Cut(m.Entity, ":"); m.Entity != "" && of == kind {
			list[i].Entity = entity
		}
	}
	return list
}
