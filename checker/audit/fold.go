package audit

import (
	"maps"
	"slices"
	"strings"
)

// Fold turns a report that Read accepted into entities with facts. Nothing is
// concluded: each fact is what an observation or record states, with its origin.
func Fold(r *Report) *Facts {
	f := NewFacts()
	exhibits := map[string]*Exhibit{}
	for i := range r.Exhibits {
		exhibits[r.Exhibits[i].ID] = &r.Exhibits[i]
	}
	builds := map[string]bool{}
	for _, file := range r.Subject.Files {
		builds[strings.ToLower(file.SHA256)] = file.SHA256 != ""
	}
	for _, e := range r.Examined {
		if e.Basis == "" {
			e.Basis = Recorded
		}
		for _, kind := range e.Kinds {
			f.Examine(kind, e)
		}
	}
	for _, group := range r.Records() {
		for i := range group.Rows {
			foldRecord(f, group.Kind, &group.Rows[i])
		}
	}
	for i := range r.Observed {
		foldObservation(f, &r.Observed[i], capability(builds, exhibits[r.Observed[i].Exhibit]))
	}
	f.Settle()
	f.markUnseen(exhibits)
	f.label(r)
	return f
}

// markUnseen marks what was read in an exhibit that nobody has seen: a paper that
// another exhibit quotes.
func (f *Facts) markUnseen(exhibits map[string]*Exhibit) {
	for _, e := range f.byID {
		for _, fact := range e.facts {
			for i, o := range fact.Origins {
				if x := exhibits[o.Exhibit]; x != nil {
					fact.Origins[i].Unseen = x.Form == "quoted"
				}
			}
		}
	}
}

// label gives values that hold ids of parties the parties' names, for print.
func (f *Facts) label(r *Report) {
	names := map[string]string{}
	for _, p := range r.Parties {
		names[p.ID] = p.Name
	}
	for _, e := range f.byID {
		for _, fact := range e.facts {
			fact.Value.label(names)
			for i := range fact.Origins {
				fact.Origins[i].Value.label(names)
			}
		}
	}
}

func (v *Value) label(names map[string]string) {
	items := v.List
	if v.Type == String {
		items = []string{v.Text}
	}
	labels, isNamed := make([]string, len(items)), false
	for i, item := range items {
		labels[i] = item
		if name, ok := names[item]; ok {
			labels[i], isNamed = name, true
		}
	}
	if isNamed {
		v.Label = strings.Join(labels, "、")
	}
}

// Withdrawn says which statements are withdrawn: by one that is not withdrawn in
// its turn. Read has refused circles.
func (r *Report) Withdrawn() map[string]bool {
	by := map[string][]string{}
	for _, s := range r.Statements {
		if s.Withdraws != "" {
			by[s.Withdraws] = append(by[s.Withdraws], s.ID)
		}
	}
	known := map[string]bool{}
	var isWithdrawn func(id string) bool
	isWithdrawn = func(id string) bool {
		if w, ok := known[id]; ok {
			return w
		}
		w := false
		for _, other := range by[id] {
			w = w || !isWithdrawn(other)
		}
		known[id] = w
		return w
	}
	for _, s := range r.Statements {
		isWithdrawn(s.ID)
	}
	return known
}

// RecordGroup is the records of one kind.
type RecordGroup struct {
	Kind string
	Rows []Record
}

// Records lists the tables of entities that the report states itself.
func (r *Report) Records() []RecordGroup {
	return []RecordGroup{
		{"sign_in", r.SignIns}, {"release", r.Releases}, {"notice", r.Notices}, {"agreement", r.Agreements},
		{"consent", r.Consents}, {"fee", r.Fees}, {"entrustment", r.Entrusted},
	}
}

// capability reports whether an exhibit shows only what the software can do: a
// reproduction whose build is not one of the subject's files (DESIGN 3.8).
func capability(builds map[string]bool, e *Exhibit) bool {
	return e != nil && e.Role == "reproduction" && !builds[strings.ToLower(e.Build)]
}

func foldObservation(f *Facts, o *Observation, aside bool) {
	action, _ := ActionNamed(o.Action)
	kind, _ := KindNamed(action.Kind)
	entity := f.Entity(kind.Name, o.Target, targetLabel(o.Target))
	origin := Origin{Record: o.ID, Exhibit: o.Exhibit, Locator: o.Locator, Excerpt: o.Excerpt, Basis: o.Basis, At: o.At.Span, Change: action.Changes()}
	state := func(name string, v Value, why string) {
		field, ok := kind.Field(name)
		if !ok {
			return
		}
		origin := origin
		origin.Value, origin.Why = v, why
		if aside {
			entity.SetAside(field, origin)
			return
		}
		entity.State(field, origin)
	}
	for _, s := range action.Sets {
		state(s.Field, Value{Type: Bool, Bool: s.Value}, "")
	}
	if action.At != "" && !o.At.IsZero() {
		state(action.At, Value{Type: Date, Date: o.At.Span}, "")
	}
	if action.By != "" && o.Attribution != nil {
		state(action.By, Value{Type: Bool, Bool: o.Attribution.To == "subject"}, o.Attribution.Basis)
	}
	foldMembership(o, action.Name, state)
	for _, name := range slices.Sorted(maps.Keys(o.Shows)) {
		field, _ := kind.Field(name)
		v, err := valueOf(field.Type, o.Shows[name])
		if err == nil {
			state(name, v, "")
		}
	}
}

// foldMembership reads group actions: only S-1-5-32-544 makes an administrator.
func foldMembership(o *Observation, action string, state func(string, Value, string)) {
	if action != "group.add" && action != "group.remove" {
		return
	}
	joined := action == "group.add"
	if joined {
		state("groups", Value{Type: List, List: []string{o.Group}}, "")
	}
	if o.Group != AdministratorsSID {
		return
	}
	state("administrator", Value{Type: Bool, Bool: joined}, "")
	if joined && o.Attribution != nil {
		state("made_administrator_by_subject", Value{Type: Bool, Bool: o.Attribution.To == "subject"}, o.Attribution.Basis)
	}
}

func foldRecord(f *Facts, kindName string, r *Record) {
	kind, _ := KindNamed(kindName)
	label := r.Label
	if label == "" {
		label = r.ID
	}
	entity := f.Entity(kindName, kindName+":"+r.ID, label)
	for _, field := range kind.Fields {
		raw, ok := r.Facts[field.Name]
		if !ok {
			continue
		}
		v, err := valueOf(field.Type, raw)
		if err != nil {
			continue
		}
		origin := Origin{Record: r.ID, Exhibit: r.Exhibit, Locator: r.Locator, Excerpt: r.Excerpt, Basis: r.Basis, Value: v}
		if at, ok := r.Facts["at"]; ok {
			if w, err := valueOf(Date, at); err == nil {
				origin.At = w.Date
			}
		}
		entity.State(field, origin)
	}
}

func targetLabel(target string) string {
	if _, name, ok := strings.Cut(target, ":"); ok {
		return name
	}
	kind, _ := KindNamed(target)
	return kind.Title.Ja
}
