package listing

import "strings"

// coverIndex finds the complete list in which an entity would stand.
type coverIndex map[coverKey]Coverage

type coverKey struct {
	kind  Kind
	scope string
	tree  bool
}

func indexCovers(s Snapshot) coverIndex {
	index := coverIndex{}
	for _, c := range s.Covered {
		key := coverKey{c.Kind, c.Scope, c.Tree}
		// Of two lists of one scope, the one that leaves nothing out counts.
		if old, ok := index[key]; !ok || old.noDollar {
			index[key] = c
		}
	}
	return index
}

func (x coverIndex) find(e Entity) (Coverage, bool) {
	if e.Kind == Group && (e.Name == "" || e.Name == e.SID) {
		return Coverage{}, false // no list of names says anything of a group without one
	}
	if c, ok := x[coverKey{e.Kind, "", false}]; ok && !(c.noDollar && strings.HasSuffix(e.Name, "$")) {
		return c, true
	}
	scope := e.scope
	if e.Kind == Account {
		scope = e.id
	}
	if scope == "" {
		return Coverage{}, false
	}
	if c, ok := x[coverKey{e.Kind, scope, false}]; ok {
		return c, true
	}
	for up := 0; scope != "" && up < 4096; up++ {
		if c, ok := x[coverKey{e.Kind, scope, true}]; ok {
			return c, true
		}
		at := strings.LastIndexByte(strings.TrimSuffix(scope, `\`), '\\')
		if at < 0 {
			break
		}
		if drive := scope[:at+1]; x.has(coverKey{e.Kind, drive, true}) { // C:\ keeps its backslash
			return x[coverKey{e.Kind, drive, true}], true
		}
		scope = scope[:at]
	}
	return Coverage{}, false
}

func (x coverIndex) has(k coverKey) bool {
	_, ok := x[k]
	return ok
}
