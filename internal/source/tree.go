package source

// Tree is a file that was read in full: its values, and the place of each.
type Tree struct {
	doc  *doc
	root *node
}

// Root is the whole file as a table. Values are string, bool, int64, float64, time.Time,
// []any and map[string]any, and nil for the null of JSON. A time.Time that was written
// without an offset has a location named "datetime-local", "date-local" or "time-local".
func (t *Tree) Root() map[string]any {
	root, _ := t.root.value.(map[string]any)
	return root
}

// Value is the value at a path such as element[2].ask.ja, or nil if there is none.
func (t *Tree) Value(path string) any {
	if n, exact := t.find(path); exact {
		return n.value
	}
	return nil
}

// Has says whether the file states something at the path.
func (t *Tree) Has(path string) bool {
	_, exact := t.find(path)
	return exact
}

// Key is the place of the key at a path, or of the nearest thing around it that is there.
func (t *Tree) Key(path string) Pos {
	n, _ := t.find(path)
	return t.doc.places.at(n.keySpan())
}

// At is the place of the value at a path, or of the nearest thing around it that is there.
// The value of a table with a header is its header.
func (t *Tree) At(path string) Pos {
	n, _ := t.find(path)
	return t.doc.places.at(n.val)
}

// Problem is a mistake at a place in this file.
func (t *Tree) Problem(pos Pos, code, message, hint string) *Problem {
	return t.doc.problemAt(pos, code, message, hint)
}

// find follows a path as far as it goes; exact is false if it stops before the end.
func (t *Tree) find(path string) (n *node, exact bool) {
	n = t.root
	for path != "" {
		s, rest, ok := nextStep(path)
		if !ok {
			return n, false
		}
		next := n.child(s)
		if next == nil {
			return n, false
		}
		n, path = next, rest
	}
	return n, true
}

type kind int

const (
	scalar kind = iota
	table
	list
)

// node is a value in the file with its places.
type node struct {
	kind  kind
	key   span // of the key, or of the header; empty for a member of a list in brackets
	val   span
	value any
	names []string         // the keys of a table, in the order of the file
	kids  map[string]*node // the members of a table
	items []*node          // the members of a list
	made  made
	depth int
	path  int // the length of its path, roughly
}

func (n *node) child(s step) *node {
	if s.index < 0 {
		return n.kids[s.key]
	}
	if s.index < len(n.items) {
		return n.items[s.index]
	}
	return nil
}

// keySpan is where to point at a thing by name.
func (n *node) keySpan() span {
	if n.key.len > 0 {
		return n.key
	}
	return span{n.val.off, min(n.val.len, 1)}
}
