// Package lawxml reads the text of a law: 法令標準XML (stdLaw.xsd version 3) and
// the JSON of the 法令API version 2, which is the same tree in other brackets.
//
// The tree is kept as it is written: every element, every attribute, every
// character of text, in order. What the schema knows of meaning is asked of the
// tree: the element of a place, the normalised text that pinned words and hashes
// rest on, and the text as a reader sees it. Only white space between elements,
// which is the printer's, is not kept.
package lawxml

import (
	"iter"
	"strings"

	"jobun/checker/law"
	"jobun/internal/day"
)

// Document is one text of one law.
type Document struct {
	LawID      string // e-Gov's id; empty if the file does not say
	RevisionID string // e-Gov's id of the text; empty if the file does not say
	LawNum     string // 平成十一年法律第百二十八号
	Title      string // the title that this text bears, not today's
	Kana       string
	Abbrev     []string // 不正アクセス禁止法, as e-Gov lists them
	LawType    string   // Act, CabinetOrder, ...
	Promulgated,
	InForce day.Date // zero if the file does not say
	AmendedBy  string // the amending law's id
	AmendTitle string // the amending law's title
	Status     string // CurrentEnforced, PreviousEnforced, UnEnforced, Repeal; empty if not said
	Root       *Node  // the Law element
}

// Node is an element, or, with an empty Tag, a run of text.
type Node struct {
	Tag      string
	Attr     []Attr
	Chars    string // of a run of text only
	Children []*Node
}

// Attr is an attribute of an element.
type Attr struct{ Name, Value string }

// Get is the value of an attribute, empty if it is not there.
func (n *Node) Get(name string) string {
	for _, a := range n.Attr {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Child is the first child element with a tag, or nil.
func (n *Node) Child(tag string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Tag == tag {
			return c
		}
	}
	return nil
}

// All walks the node and everything under it in the order of the document.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.walk(yield) }
}

func (n *Node) walk(yield func(*Node) bool) bool {
	if n == nil {
		return true
	}
	if !yield(n) {
		return false
	}
	for _, c := range n.Children {
		if !c.walk(yield) {
			return false
		}
	}
	return true
}

// Body is the LawBody element, or nil.
func (d *Document) Body() *Node { return d.Root.Child("LawBody") }

// Main is the main provisions 本則, or nil.
func (d *Document) Main() *Node { return d.Body().Child("MainProvision") }

// Supplementary lists the supplementary provisions 附則: the law's own first,
// then those of the laws that amended it, which repeat its numbers.
func (d *Document) Supplementary() []*Node {
	var found []*Node
	if body := d.Body(); body != nil {
		for _, c := range body.Children {
			if c.Tag == "SupplProvision" {
				found = append(found, c)
			}
		}
	}
	return found
}

// Number reads the Num of an element: 168_2 is 168の2. A deleted range 73:76 has
// a last number too. It is false for what is not a number.
func (n *Node) Number() (first, last law.Number, ok bool) {
	from, to, isRange := strings.Cut(n.Get("Num"), ":")
	if first, ok = number(from); !ok {
		return law.Number{}, law.Number{}, false
	}
	if isRange {
		last, ok = number(to)
	}
	return first, last, ok
}

// number reads 168_2.
func number(s string) (law.Number, bool) {
	var n law.Number
	parts := strings.Split(s, "_")
	if len(parts) > len(n) {
		return law.Number{}, false
	}
	for i, part := range parts {
		v := 0
		for _, c := range []byte(part) {
			if c < '0' || c > '9' || v > 99999 {
				return law.Number{}, false
			}
			v = 10*v + int(c-'0')
		}
		if v == 0 {
			return law.Number{}, false
		}
		n[i] = v
	}
	return n, true
}
