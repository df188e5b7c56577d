package source

import (
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"
)

// readTOML reads the file twice: go-toml's unstable parser gives the places, and
// BurntSushi/toml, which runs only on what the first found sound, gives the values.
func readTOML(d *doc) (*node, Problems) {
	x := &tomlIndex{builder: builder{doc: d}}
	root := newRoot(d)
	if fault := guard(func() { x.read(root) }); fault != "" {
		return nil, Problems{d.readerFault(fault)}
	}
	if len(x.problems) > 0 {
		return nil, x.found(x.problems, x.left)
	}
	if p := fillTOML(d, root); p != nil {
		return nil, Problems{p}
	}
	return root, nil
}

// guard runs a library on untrusted text and turns a panic into a word.
func guard(do func()) (fault string) {
	defer func() {
		if r := recover(); r != nil {
			fault = fmt.Sprint(r)
		}
	}()
	do()
	return ""
}

func (d *doc) readerFault(fault string) *Problem {
	return d.problem(span{off: d.places.first}, CodeReader,
		"the file cannot be read: "+firstRunes(fault, 120), "please report this file as a bug of the program")
}

type tomlIndex struct {
	builder
	parser unstable.Parser
}

func (x *tomlIndex) read(root *node) {
	x.parser.Reset([]byte(x.body()))
	current := root
	for !x.stopped && x.parser.NextExpression() {
		e := x.parser.Expression()
		switch e.Kind {
		case unstable.Table:
			current = x.openTable(root, x.parts(e))
		case unstable.ArrayTable:
			current = x.openElement(root, x.parts(e))
		case unstable.KeyValue:
			x.keyValue(current, e)
		}
	}
	if err := x.parser.Error(); err != nil && !x.stopped {
		x.syntax(err)
	}
}

func (x *tomlIndex) syntax(err error) {
	s := span{off: x.places.first}
	var pe *unstable.ParserError
	if errors.As(err, &pe) {
		s = x.absolute(x.parser.Range(pe.Highlight))
	}
	s, message, hint := explainTOML(x.doc, s, err.Error())
	x.report(s, CodeSyntax, message, hint)
}

func (x *tomlIndex) absolute(r unstable.Range) span {
	return span{x.places.first + int(r.Offset), int(r.Length)}
}

func (x *tomlIndex) parts(e *unstable.Node) []part {
	var ps []part
	for it := e.Key(); it.Next(); {
		k := it.Node()
		p := part{string(k.Data), x.absolute(k.Raw)}
		if p.name == "" {
			// BurntSushi/toml 1.6.0 loses list members beside {"" = 0} without a word.
			x.report(p.at, CodeSyntax, "a key has no name", "")
		}
		ps = append(ps, p)
	}
	return ps
}

// openTable is the table that a [header] names. After a fault it is a table that nobody
// reads, so that one mistake is reported once.
func (x *tomlIndex) openTable(root *node, ps []part) *node {
	parent := x.descend(root, ps, byPath)
	last := ps[len(ps)-1]
	old := parent.kids[last.name]
	switch {
	case old == nil:
		n := x.add(parent, last, table)
		n.made = byHeader
		return n
	case old.kind == table && old.made == byPath:
		old.made, old.key, old.val = byHeader, last.at, last.at
		return old
	}
	x.duplicate(last, old)
	return newRoot(x.doc)
}

// openElement is the new table that a [[header]] adds to its list.
func (x *tomlIndex) openElement(root *node, ps []part) *node {
	parent := x.descend(root, ps, byPath)
	last := ps[len(ps)-1]
	l := parent.kids[last.name]
	if l == nil {
		l = x.add(parent, last, list)
		l.made = byElements
	}
	if l.made != byElements {
		x.conflict(last, l)
		return newRoot(x.doc)
	}
	n := x.item(l, last.at)
	n.kind, n.made, n.key, n.kids = table, byHeader, last.at, map[string]*node{}
	return n
}

// descend walks all parts of a key but the last, and makes the tables that are not there.
func (x *tomlIndex) descend(from *node, ps []part, how made) *node {
	n := from
	for _, p := range ps[:len(ps)-1] {
		next := n.kids[p.name]
		switch {
		case x.stopped:
			return newRoot(x.doc)
		case next == nil:
			next = x.add(n, p, table)
			next.made = how
		case next.made == byElements && how == byPath:
			next = next.items[len(next.items)-1]
		case next.kind != table || next.made == byValue || how == byKey && next.made != byKey:
			x.conflict(p, next)
			return newRoot(x.doc)
		}
		n = next
	}
	return n
}

func (x *tomlIndex) keyValue(in *node, e *unstable.Node) (end int) {
	ps := x.parts(e)
	parent := x.descend(in, ps, byKey)
	last := ps[len(ps)-1]
	if old := parent.kids[last.name]; old != nil {
		x.duplicate(last, old)
		parent = newRoot(x.doc)
	}
	n := x.add(parent, last, scalar)
	start := x.skip(last.at.end(), " \t=")
	return x.value(n, e.Value(), start)
}

// value gives a node its kind and place. The parser does not keep where a list starts and
// ends, so start is found by the caller and the end is returned.
func (x *tomlIndex) value(n *node, v *unstable.Node, start int) (end int) {
	const between = " \t\r\n,#"
	n.val = span{start, 1}
	if x.stopped {
		return start
	}
	switch v.Kind {
	case unstable.Array:
		n.kind = list
		end = start + 1
		for it := v.Children(); it.Next() && !x.stopped; {
			end = x.skip(end, between)
			end = x.value(x.item(n, span{end, 1}), it.Node(), end)
		}
		end = x.skip(end, between) + 1
	case unstable.InlineTable:
		n.kind, n.kids, n.made = table, map[string]*node{}, byHeader
		end = start + 1
		for it := v.Children(); it.Next() && !x.stopped; {
			end = x.keyValue(n, it.Node())
		}
		end = x.skip(end, between) + 1
		closeTable(n)
	default:
		s := x.absolute(v.Raw)
		start, end = s.off, s.end()
	}
	n.val = span{start, end - start}
	return end
}

// closeTable forbids that anything is added to an inline table later.
func closeTable(n *node) {
	n.made = byValue
	for _, kid := range n.kids {
		if kid.kind == table && kid.made == byKey {
			closeTable(kid)
		}
	}
}

// skip is the first offset that holds none of the characters. A # skips its whole line.
func (x *tomlIndex) skip(off int, chars string) int {
	text := x.places.text
	for off < len(text) {
		c := text[off]
		if !containsByte(chars, c) {
			break
		}
		if c == '#' {
			off = endOfLine(text, off)
			continue
		}
		off++
	}
	return off
}

func containsByte(s string, c byte) bool {
	for i := range len(s) {
		if s[i] == c {
			return true
		}
	}
	return false
}
