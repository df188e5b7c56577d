// Package source reads a text file that a person wrote, in TOML or JSON, and
// remembers the place of everything in it. A mistake becomes a Problem that names
// the file, the line and the column and shows the line itself. Every file is
// untrusted: it is measured before it is parsed, and no input makes the package
// panic, hang or run out of memory.
package source

import (
	"fmt"
	"path"
	"strings"
)

// File is a text file as it was read. Name is shown to the user as it was given.
type File struct {
	Name string
	Text []byte
}

// Limits is how large a file may be. A field that is zero has its default.
type Limits struct {
	// Bytes is the size of the whole file.
	Bytes int
	// Depth is how many tables and lists may stand inside one another.
	Depth int
	// Nodes is how many keys and list members there may be.
	Nodes int
}

// DefaultLimits are far above what a person writes and far below what hurts.
func DefaultLimits() Limits {
	return Limits{Bytes: 16 << 20, Depth: 64, Nodes: 500_000}
}

// Parse reads the whole file or nothing: the tree is nil if there is a problem.
// A name that ends in .json, or a text that starts with a brace, is JSON; anything
// else is TOML.
func Parse(f File, limits Limits) (*Tree, Problems) {
	limits = limits.orDefault()
	if len(f.Text) > limits.Bytes {
		d := &doc{file: f, places: newPlaces("")}
		return nil, Problems{d.problem(span{}, CodeLimit,
			fmt.Sprintf("the file has %d bytes, more than the %d that are read", len(f.Text), limits.Bytes), "")}
	}
	d := &doc{file: f, places: newPlaces(string(f.Text)), limits: limits}
	d.json = isJSON(f.Name, d.body())
	if ps := checkText(d); len(ps) > 0 {
		return nil, ps
	}
	if p := checkNesting(d); p != nil {
		return nil, Problems{p}
	}
	read := readTOML
	if d.json {
		read = readJSON
	}
	root, ps := read(d)
	if len(ps) > 0 {
		return nil, ps
	}
	return &Tree{doc: d, root: root}, nil
}

func (l Limits) orDefault() Limits {
	def := DefaultLimits()
	if l.Bytes <= 0 {
		l.Bytes = def.Bytes
	}
	if l.Depth <= 0 {
		l.Depth = def.Depth
	}
	if l.Nodes <= 0 {
		l.Nodes = def.Nodes
	}
	return l
}

func isJSON(name, text string) bool {
	if strings.EqualFold(path.Ext(name), ".json") {
		return true
	}
	return strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{")
}

// doc is a file on its way to becoming a tree.
type doc struct {
	file   File
	places *places
	limits Limits
	json   bool
}

// body is the text without a byte order mark; it starts at places.first.
func (d *doc) body() string { return d.places.text[d.places.first:] }

func (d *doc) raw(s span) string { return d.places.text[s.off : s.off+s.len] }

func (d *doc) problem(s span, code, message, hint string) *Problem {
	return d.problemAt(d.places.at(s), code, message, hint)
}

func (d *doc) problemAt(pos Pos, code, message, hint string) *Problem {
	return &Problem{File: d.file.Name, Pos: pos, Code: code, Message: message, Hint: hint,
		Source: d.places.line(pos.Line)}
}

// found sorts what was found and says how many problems were not kept.
func (d *doc) found(ps Problems, left int) Problems {
	ps.Sort()
	if left == 0 {
		return ps
	}
	return append(ps, d.problemAt(ps[len(ps)-1].Pos, CodeTooMany,
		fmt.Sprintf("%d more problems are not listed", left), ""))
}
