package export

import (
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
)

// reads is what a finding read in either run, and which of its clauses read it.
type reads struct {
	facts        named // by entity#fact
	lists        named // by kind
	completeness named // kinds of which only was read where they were looked for
	findings     named // by rule
}

// reader is who read something.
type reader struct {
	clauses      []string
	day, trigger bool
}

// named keeps names in the order in which they were first read.
type named struct {
	names []string
	by    map[string]reader
}

func (n *named) add(name string, by reader) {
	if n.by == nil {
		n.by = map[string]reader{}
	}
	is, ok := n.by[name]
	if !ok {
		n.names = append(n.names, name)
	}
	for _, clause := range by.clauses {
		if !slices.Contains(is.clauses, clause) {
			is.clauses = append(is.clauses, clause)
		}
	}
	is.day, is.trigger = is.day || by.day, is.trigger || by.trigger
	n.by[name] = is
}

// reads collects what decides a finding: for one that both runs have what its
// answers and its day read; for one that only one run has what its trigger read.
func (x *comparison) reads(isOnBoth bool) (*reads, error) {
	read := &reads{}
	if isOnBoth {
		for _, f := range []*jsonFinding{x.is, x.was} {
			read.finding(f)
		}
		if x.Old.OnAllegation == x.New.OnAllegation {
			return read, nil
		}
	}
	return read, x.trigger(read)
}

// trigger adds what the triggers of both runs read. Where a rulebook is not at hand
// only the facts that the export calls missing are known.
func (x *comparison) trigger(read *reads) error {
	by := reader{trigger: true}
	untold := false
	for _, r := range []*Run{x.new, x.old} {
		if r.entities[x.key.Entity] == nil {
			continue
		}
		if r.result == nil {
			untold = true
			continue
		}
		entity, stated := r.result.Facts.ByID(x.key.Entity)
		rule, known := r.result.Rulebook.Rule(x.key.Rule)
		if !stated || !known {
			continue
		}
		if why, err := r.result.Trigger(rule, entity); err != nil {
			return err
		} else if why != nil {
			read.why(whyJSON(why, map[*checker.Why]bool{}), by)
		}
		read.add(rule.At, x.key.Entity, by)
	}
	if x.Absent != nil {
		read.missing(x.Absent.Missing, by)
	}
	// An entity that only one run states is cause enough.
	isOfBoth := x.old.entities[x.key.Entity] != nil && x.new.entities[x.key.Entity] != nil
	if untold && isOfBoth && (x.Absent == nil || x.Absent.Reason != TriggerNotKnown) {
		x.untold(TriggerPart, noRulebook)
	}
	return nil
}

func (r *reads) finding(f *jsonFinding) {
	r.add(f.Anchor.Fact, f.Entity, reader{day: true})
	for _, a := range slices.Concat(f.Elements, f.Exceptions) {
		by := reader{clauses: []string{a.Clause}}
		r.why(a.Why, by)
		r.missing(a.Missing, by)
		for _, factor := range slices.Concat(a.For, a.Against) {
			for _, ref := range factor.Facts {
				r.fact(ref, by)
			}
		}
	}
}

// why adds what an explanation read.
func (r *reads) why(w *jsonWhy, by reader) {
	if w == nil {
		return
	}
	if w.Fact != "" {
		r.fact(w.Fact, by)
	}
	if w.List != nil {
		r.lists.add(w.List.Kind, by)
	}
	if w.Read != nil {
		r.findings.add(w.Read.Rule, by)
	}
	for _, kid := range w.Kids {
		r.why(kid, by)
	}
}

// missing adds facts that are not known.
func (r *reads) missing(list []MissingSeen, by reader) {
	for _, m := range list {
		if rule, ok := strings.CutPrefix(m.Name, "finding:"); ok {
			r.findings.add(rule, by)
		} else if kind, ok := audit.KindOfList(m.Name); ok {
			r.lists.add(kind.Name, by)
		} else {
			r.add(m.Name, m.Entity, by)
		}
	}
}

// add adds a fact by its full name: of the entity, or of the singleton of its kind.
func (r *reads) add(name, entity string, by reader) {
	kind, field, _ := strings.Cut(name, ".")
	if of, _, _ := strings.Cut(entity, ":"); of != kind {
		entity = kind
	}
	r.fact(entity+"#"+field, by)
}

// fact adds a fact; of a list also whether the list is complete.
func (r *reads) fact(ref string, by reader) {
	r.facts.add(ref, by)
	entity, name := cutRef(ref)
	kindName, _, _ := strings.Cut(entity, ":")
	if kind, ok := audit.KindNamed(kindName); ok {
		if field, ok := kind.Field(name); ok && field.Type == audit.List {
			r.completeness.add(kind.Name, by)
		}
	}
}

// cutRef takes account:a#hidden apart.
func cutRef(ref string) (entity, field string) {
	i := strings.LastIndex(ref, "#")
	if i < 0 {
		return ref, ""
	}
	return ref[:i], ref[i+1:]
}
