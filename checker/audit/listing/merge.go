package listing

import (
	"cmp"
	"slices"
	"strings"
)

// Merge joins the snapshots of one moment: what two listings show of the same thing
// becomes one entity. Accounts and groups are the same if their SIDs are, or if one
// of them has no SID and their names are the same. Where two listings state a fact
// differently the first is kept, and the disagreement is said.
func Merge(snapshots ...Snapshot) Snapshot {
	m := merger{byID: map[string]int{}, bySID: map[string]int{}}
	for _, s := range snapshots {
		if m.out.Computer == "" {
			m.out.Computer = s.Computer
		} else if s.Computer != "" && !strings.EqualFold(s.Computer, m.out.Computer) {
			m.disagree("", "computer", Fact{Name: "name", Value: m.out.Computer}, Fact{Name: "name", Value: s.Computer})
		}
		m.out.Files = append(m.out.Files, s.Files...)
		m.out.Covered = append(m.out.Covered, s.Covered...)
		m.out.Disagreements = append(m.out.Disagreements, s.Disagreements...)
	}
	// Entities with a SID come first, so that those without find them by name.
	for _, withSID := range []bool{true, false} {
		for _, s := range snapshots {
			for _, e := range s.Entities {
				if (e.SID != "") == withSID {
					m.add(e)
				}
			}
		}
	}
	m.sort()
	return m.out
}

type merger struct {
	out   Snapshot
	byID  map[string]int
	bySID map[string]int
}

func (m *merger) disagree(kind Kind, name string, a, b Fact) {
	m.out.Disagreements = append(m.out.Disagreements, Disagreement{Kind: kind, Name: name, Facts: [2]Fact{a, b}})
}

func (m *merger) add(e Entity) {
	e.Facts = slices.Clone(e.Facts)
	e.Members = slices.Clone(e.Members)
	e.Caveats = slices.Clone(e.Caveats)
	at, ok := m.find(e)
	if !ok {
		at = len(m.out.Entities)
		facts := e.Facts
		e.Facts = nil
		m.out.Entities = append(m.out.Entities, e)
		m.facts(&m.out.Entities[at], facts)
	} else {
		m.join(&m.out.Entities[at], e)
	}
	joined := m.out.Entities[at]
	if _, taken := m.byID[string(joined.Kind)+joined.id]; !taken {
		m.byID[string(joined.Kind)+joined.id] = at
	}
	if joined.SID != "" {
		m.bySID[string(joined.Kind)+joined.SID] = at
	}
}

func (m *merger) find(e Entity) (int, bool) {
	kind := string(e.Kind)
	if e.SID != "" {
		if at, ok := m.bySID[kind+e.SID]; ok {
			return at, true
		}
	}
	at, ok := m.byID[kind+e.id]
	if ok && (e.SID == "" || m.out.Entities[at].SID == "") {
		return at, true
	}
	// A group that is known by its name only is taken for the builtin one if that is
	// listed by its SID only; the caveat stays.
	if by, known := e.Fact("sid by name"); known {
		if at, ok := m.bySID[kind+by.Value]; ok && m.out.Entities[at].Name == by.Value {
			return at, true
		}
	}
	return 0, false
}

func (m *merger) join(to *Entity, e Entity) {
	sameName := to.id == e.id
	if to.SID == "" {
		to.SID = e.SID
	}
	if to.Name == to.SID && e.Name != "" && e.Name != e.SID {
		to.Name, to.id = e.Name, e.id
	}
	m.facts(to, e.Facts)
	for _, c := range e.Caveats {
		if !slices.Contains(to.Caveats, c) {
			to.Caveats = append(to.Caveats, c)
		}
	}
	if to.SID != "" && sameName {
		to.Facts = slices.DeleteFunc(to.Facts, func(f Fact) bool { return f.Name == "sid by name" })
		to.Caveats = slices.DeleteFunc(to.Caveats, func(c string) bool { return strings.HasPrefix(c, "the group is ") })
	}
	for _, member := range e.Members {
		m.member(to, member)
	}
	if e.Kind == ACL && e.Security != nil && to.Security != nil {
		diffs, _ := diffACL(*to, e, names{}, names{})
		if len(diffs) > 0 {
			m.disagree(ACL, to.Name, Fact{"entries", "differ", to.Origin}, Fact{"entries", "differ", e.Origin})
		}
		if !to.Complete && e.Complete {
			to.Security, to.Origin = e.Security, e.Origin
		}
	}
	to.Complete = to.Complete || e.Complete
}

// facts adds facts to an entity; the first value of each stays.
func (m *merger) facts(to *Entity, more []Fact) {
	for _, f := range more {
		old, ok := to.Fact(f.Name)
		switch {
		case !ok:
			to.Facts = append(to.Facts, f)
		case old.Value != f.Value:
			m.disagree(to.Kind, to.Name, old, f)
		}
	}
	slices.SortStableFunc(to.Facts, func(a, b Fact) int { return cmp.Compare(a.Name, b.Name) })
}

// member adds a member that is not there yet. A name without SID is there if a
// member of this machine has it.
func (m *merger) member(to *Entity, add Member) {
	for i, old := range to.Members {
		switch {
		case old.SID != "" && old.SID == add.SID:
			return
		case old.SID != "" && add.SID != "":
		case fold(old.Name) == fold(add.Name), old.Local && add.Local && localName(old.Name) == localName(add.Name):
			if old.SID == "" {
				to.Members[i].SID = add.SID
			}
			return
		}
	}
	to.Members = append(to.Members, add)
}

// localName folds a name without what stands before its backslash.
func localName(name string) string {
	return fold(name[strings.LastIndexByte(name, '\\')+1:])
}

func (m *merger) sort() {
	order := map[Kind]int{}
	for i, k := range Kinds() {
		order[k] = i
	}
	slices.SortStableFunc(m.out.Entities, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(order[a.Kind], order[b.Kind]), cmp.Compare(a.id, b.id), cmp.Compare(a.SID, b.SID))
	})
	slices.SortStableFunc(m.out.Covered, func(a, b Coverage) int {
		return cmp.Or(cmp.Compare(order[a.Kind], order[b.Kind]), cmp.Compare(a.Scope, b.Scope))
	})
}
