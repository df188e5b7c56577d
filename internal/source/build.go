package source

import "fmt"

// mostPathBytes bounds the length of all paths together. BurntSushi/toml keeps the whole
// path of every key, so a long name around many short ones would cost the square.
const mostPathBytes = 32 << 20

// made says how a table or list of TOML came to be, which decides who may add to it.
type made int

const (
	byValue    made = iota // whole, in one place: closed
	byPath                 // as a part of a longer header: its own header may follow
	byKey                  // as a part of a dotted key
	byHeader               // by its own header
	byElements             // a list by [[headers]]
)

// part is one part of a dotted key.
type part struct {
	name string
	at   span
}

// builder makes the nodes of one file and stops at its limits.
type builder struct {
	*doc
	problems Problems
	left     int // problems found but not kept
	nodes    int
	bytes    int
	stopped  bool
}

func newRoot(d *doc) *node {
	return &node{kind: table, made: byHeader, kids: map[string]*node{}, val: span{off: d.places.first}}
}

func (b *builder) report(s span, code, message, hint string) {
	if len(b.problems) >= mostKept {
		b.left++
		return
	}
	b.problems = append(b.problems, b.problem(s, code, message, hint))
}

func (b *builder) refuse(p *Problem) {
	if !b.stopped {
		b.problems, b.left = Problems{p}, 0
	}
	b.stopped = true
}

// add makes a member of a table. The caller has looked that the name is free.
func (b *builder) add(parent *node, p part, k kind) *node {
	n := b.within(parent, len(p.name)+1, p.at)
	n.kind, n.key, n.val = k, p.at, p.at
	if k == table {
		n.kids = map[string]*node{}
	}
	if parent.kids == nil {
		parent.kids = map[string]*node{}
	}
	parent.names = append(parent.names, p.name)
	parent.kids[p.name] = n
	return n
}

// item makes the next member of a list.
func (b *builder) item(parent *node, at span) *node {
	n := b.within(parent, 4, at)
	n.val = at
	parent.items = append(parent.items, n)
	return n
}

func (b *builder) within(parent *node, length int, at span) *node {
	n := &node{depth: parent.depth + 1, path: parent.path + length}
	b.nodes++
	b.bytes += n.path
	switch {
	case n.depth > b.limits.Depth:
		b.refuse(b.tooDeep(at))
	case b.nodes > b.limits.Nodes:
		b.refuse(b.tooMany(at))
	case b.bytes > mostPathBytes:
		b.refuse(b.problem(at, CodeLimit, "the keys of the file are too long", ""))
	}
	return n
}

func (b *builder) duplicate(p part, first *node) {
	b.report(p.at, CodeDuplicate, fmt.Sprintf("%s is set twice", quoteName(p.name)),
		fmt.Sprintf("it was set on line %d", b.places.at(first.keySpan()).Line))
}

func (b *builder) conflict(p part, first *node) {
	b.report(p.at, CodeDuplicate,
		fmt.Sprintf("%s is %s already, so nothing can be added to it here", quoteName(p.name), first.describe()),
		fmt.Sprintf("it was set on line %d", b.places.at(first.keySpan()).Line))
}

func (n *node) describe() string {
	switch n.kind {
	case table:
		return "a whole table"
	case list:
		return "a list"
	}
	return "a single value"
}

// quoteName is a name from the file, made safe and short enough for a message.
func quoteName(name string) string {
	const most = 60
	if short := firstRunes(name, most); short != name {
		name = short + "…"
	}
	return fmt.Sprintf("%q", name)
}
