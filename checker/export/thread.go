package export

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/internal/day"
)

// Said is a statement in its thread: replies stand under what they answer.
type Said struct {
	Statement *audit.Statement
	Depth     int
	On        string // the clause that it speaks to, if one
	Withdrawn bool
}

// Thread lists what the parties say of a finding: statements on its clauses and
// on the rule, in the order of the report, and under each the statements that
// answer it. A statement stands once.
func Thread(r *audit.Report, f *checker.Finding) []Said {
	answers := map[string][]*audit.Statement{}
	withdrawn := r.Withdrawn()
	for i := range r.Statements {
		st := &r.Statements[i]
		for _, id := range st.Answers {
			answers[id] = append(answers[id], st)
		}
	}
	var list []Said
	seen := map[string]bool{}
	var visit func(st *audit.Statement, depth int, on string)
	visit = func(st *audit.Statement, depth int, on string) {
		if seen[st.ID] {
			return
		}
		seen[st.ID] = true
		list = append(list, Said{st, depth, on, withdrawn[st.ID]})
		for _, reply := range answers[st.ID] {
			visit(reply, depth+1, clauseOf(reply, f))
		}
	}
	var roots []*audit.Statement
	for i := range r.Statements {
		if st := &r.Statements[i]; speaksOf(st, f) {
			roots = append(roots, st)
		}
	}
	// A reply that also names the clause stands under what it answers.
	slices.SortStableFunc(roots, func(a, b *audit.Statement) int { return len(a.Answers) - len(b.Answers) })
	for _, st := range roots {
		visit(st, 0, clauseOf(st, f))
	}
	return list
}

func speaksOf(st *audit.Statement, f *checker.Finding) bool {
	return slices.ContainsFunc(st.On, func(ref audit.ClauseRef) bool { return isOf(ref, f) })
}

// clauseOf is the first clause of a finding that a statement speaks to.
func clauseOf(st *audit.Statement, f *checker.Finding) string {
	if i := slices.IndexFunc(st.On, func(ref audit.ClauseRef) bool { return isOf(ref, f) }); i >= 0 {
		return st.On[i].Clause
	}
	return ""
}

func isOf(ref audit.ClauseRef, f *checker.Finding) bool {
	return ref.Rule == f.Rule.ID && (ref.Entity == "" || ref.Entity == f.Entity.ID)
}

// Moment is a dated matter of the chronology.
type Moment struct {
	At               day.Span
	Observation      *audit.Observation
	Record           *audit.Record
	Kind             string // of a record
	Statement        *audit.Statement
	Event            *audit.Event
	Exhibit, Locator string
	Basis            audit.Basis
	AsWritten        string // the exhibit's own wording of the time
}

// OfObservation, OfRecord, OfStatement and OfEvent are each of these as a moment; At is
// zero where it has no date.

func OfObservation(o *audit.Observation) Moment {
	return Moment{At: o.At.Span, Observation: o, Exhibit: o.Exhibit, Locator: o.Locator, Basis: o.Basis, AsWritten: o.AsWritten}
}

// OfRecord is a record of a kind. When it was is a fact of its entity.
func OfRecord(res *checker.Result, kind string, row *audit.Record) Moment {
	m := Moment{Record: row, Kind: kind, Exhibit: row.Exhibit, Locator: row.Locator, Basis: row.Basis, AsWritten: row.AsWritten}
	if entity, ok := res.Facts.ByID(kind + ":" + row.ID); ok {
		if at := entity.Fact("at"); at != nil {
			m.At = at.Value.Date
		}
	}
	return m
}

func OfStatement(st *audit.Statement) Moment {
	return Moment{At: st.At.Span, Statement: st, Exhibit: st.Exhibit, Locator: st.Locator, Basis: audit.Alleged, AsWritten: st.AsWritten}
}

func OfEvent(e *audit.Event) Moment {
	return Moment{At: e.At.Span, Event: e, Exhibit: e.Exhibit, Locator: e.Locator, Basis: e.Basis, AsWritten: e.AsWritten}
}

// Chronology puts every dated observation, record, statement and event of a
// report in one order: by first day, then by last, then by the time of day, those
// without one first, then as the report has them.
func Chronology(res *checker.Result) []Moment {
	r := res.Report
	var list []Moment
	add := func(m Moment) {
		if !m.At.IsZero() {
			list = append(list, m)
		}
	}
	for i := range r.Observed {
		add(OfObservation(&r.Observed[i]))
	}
	for _, group := range r.Records() {
		for i := range group.Rows {
			add(OfRecord(res, group.Kind, &group.Rows[i]))
		}
	}
	for i := range r.Statements {
		add(OfStatement(&r.Statements[i]))
	}
	for i := range r.Events {
		add(OfEvent(&r.Events[i]))
	}
	sort.SliceStable(list, func(i, j int) bool { return isEarlier(list[i].At, list[j].At) })
	return list
}

func isEarlier(a, b day.Span) bool {
	if c := cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)); c != 0 {
		return c < 0
	}
	if aTimed, bTimed := a.Precision == day.Instant, b.Precision == day.Instant; aTimed != bTimed {
		return bTimed
	}
	order, known := day.Compare(a, b)
	return known && order < 0
}

// MomentWord says what happened at a moment.
func (s Style) MomentWord(res *checker.Result, m Moment) string {
	switch {
	case m.Observation != nil:
		action, _ := audit.ActionNamed(m.Observation.Action)
		entity, ok := res.Facts.ByID(m.Observation.Target)
		if !ok {
			return s.In(action.Title)
		}
		if seen := s.seen(entity, m.Observation); strings.HasSuffix(action.Name, ".seen") && seen != "" {
			if b := m.Observation.Basis; b == audit.Alleged || b == audit.Admitted {
				seen += s.Say("（と述べた日）", " (the day on which this was said)")
			}
			return seen
		}
		return s.In(action.Title) + s.Say("：", ": ") + s.EntityName(entity)
	case m.Record != nil:
		entity, _ := res.Facts.ByID(m.Kind + ":" + m.Record.ID)
		return s.EntityName(entity)
	case m.Statement != nil:
		return s.Say("主張 ", "statement ") + s.theirs(m.Statement.ID) + " " + s.theirs(PartyName(res.Report, m.Statement.By)) + s.Say("「", " \"") + s.theirs(m.Statement.Text) + s.Say("」", "\"")
	default:
		return s.theirs(m.Event.What)
	}
}

// seen says what an observation shows of its target: every fact that it states;
// "" where it states none.
func (s Style) seen(e *audit.Entity, o *audit.Observation) string {
	words := ""
	for _, stated := range Stated(e, o.ID) {
		predicate := s.predicate(stated.Field, stated.Origins[0].Value)
		if words == "" {
			words = s.EntityName(e) + predicate
			continue
		}
		words += s.Say("、", "; ") + strings.TrimLeft(predicate, "：,: ")
	}
	return words
}

// Stated lists the facts that a record of the report states of an entity, each
// with only that origin, in the order of the vocabulary.
func Stated(e *audit.Entity, record string) []*audit.Fact {
	kind, _ := audit.KindNamed(e.Kind)
	var facts []*audit.Fact
	for _, field := range kind.Fields {
		var origins []audit.Origin
		if f := e.Fact(field.Name); f != nil {
			origins = f.Origins
		}
		isOfRecord := func(o audit.Origin) bool { return o.Record == record }
		i := slices.IndexFunc(origins, isOfRecord)
		if i < 0 {
			origins = e.Aside(field.Name)
			i = slices.IndexFunc(origins, isOfRecord)
		}
		if i >= 0 {
			facts = append(facts, &audit.Fact{Entity: e, Field: field, Value: origins[i].Value, Basis: origins[i].Basis, Origins: origins[i : i+1 : i+1]})
		}
	}
	return facts
}
