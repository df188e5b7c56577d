package lawxml

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"jobun/checker/law"
)

// Text is the normalised text of a unit: NFC, every Sentence under it in order,
// no white space. Captions, titles and numbers are not part of it, nor readings
// of ruby. Pinned words are looked for in it and hashes are taken of it.
func (n *Node) Text() string {
	w := writer{normOnly: true}
	w.node(n, unitAt{})
	return w.norm.String()
}

// Display is the text as a reader sees it, with captions and numbers, a line for
// each numbered unit. It is not indented; a table has a line for each row.
func (n *Node) Display() string {
	var w writer
	w.node(n, unitAt{})
	return w.show.String()
}

// Caption is the caption that an article itself bears, 不正指令電磁的記録作成等; empty of one
// that has it in common with those before it.
func (n *Node) Caption() string {
	caption := n.Child("ArticleCaption")
	if caption == nil {
		return ""
	}
	s := strings.TrimSpace(caption.base())
	return strings.TrimSuffix(strings.TrimPrefix(s, "（"), "）")
}

// Part is a part of a unit that has no number of its own.
type Part string

// The parts of a unit.
const (
	Whole   Part = ""
	Chapeau Part = "chapeau" // 柱書, 各号列記以外の部分
	Main    Part = "main"    // 本文
	Proviso Part = "proviso" // ただし書
	First   Part = "first"   // 前段
	Second  Part = "second"  // 後段
)

// Words is a part as a citation names it; empty of the whole.
func (p Part) Words() law.Text {
	switch p {
	case Proviso:
		return law.Text{Ja: "ただし書", En: "proviso"}
	case Main:
		return law.Text{Ja: "本文", En: "main clause"}
	case First:
		return law.Text{Ja: "前段", En: "first sentence"}
	case Second:
		return law.Text{Ja: "後段", En: "second sentence"}
	case Chapeau:
		return law.Text{Ja: "柱書", En: "before the items"}
	default:
		return law.Text{}
	}
}

// Part is the normalised text of a part of an article, paragraph or item. An
// article, or 附則 without articles, has parts only if it has one paragraph. It is false if the unit has no
// such part.
func (n *Node) Part(part Part) (string, bool) {
	if part == Whole {
		return n.Text(), true
	}
	if n.Tag == "Article" || n.Tag == "SupplProvision" {
		var only *Node
		for _, c := range n.Children {
			if c.Tag == "Paragraph" {
				if only != nil {
					return "", false
				}
				only = c
			}
		}
		if only == nil {
			return "", false
		}
		n = only
	}
	own := n.Child(n.Tag + "Sentence")
	if own == nil {
		return "", false
	}
	if part == Chapeau && !n.hasItems() {
		return "", false
	}
	if part == Chapeau {
		return own.Text(), true
	}
	var b strings.Builder
	found := false
	sentences := own.sentences()
	for i, s := range sentences {
		if isOf(part, sentences, i) {
			b.WriteString(normalised(s.base()))
			found = true
		}
	}
	return b.String(), found
}

// hasItems reports whether something numbered lies under a paragraph or item.
func (n *Node) hasItems() bool {
	return slices.ContainsFunc(n.Children, func(c *Node) bool { return unitCode(c.Tag) != "" })
}

// sentences lists the sentences directly in a ParagraphSentence or ItemSentence. Of
// columns they are those of the last: what stands before it is a term that it explains.
func (n *Node) sentences() []*Node {
	var found []*Node
	for _, c := range n.Children {
		switch c.Tag {
		case "Sentence":
			found = append(found, c)
		case "Column":
			found = c.sentences()
		}
	}
	return found
}

// isOf reports whether a sentence belongs to a part. A main text has a proviso beside
// it. 前段 and 後段 are the first and the last of two or three sentences, of which a
// proviso is none.
func isOf(part Part, sentences []*Node, i int) bool {
	provisos, before := 0, 0
	for j, s := range sentences {
		if s.isProviso(j) {
			if provisos++; j < i {
				before++
			}
		}
	}
	own, isProviso := len(sentences)-provisos, sentences[i].isProviso(i)
	switch part {
	case Main:
		return !isProviso && provisos > 0
	case Proviso:
		return isProviso
	case First:
		return !isProviso && (own == 2 || own == 3) && i-before == 0
	case Second:
		return !isProviso && (own == 2 || own == 3) && i-before == own-1
	default:
		return false
	}
}

// isProviso reports whether a sentence, the i-th of its unit, is a ただし書. Copies of
// old texts do not mark it.
func (n *Node) isProviso(i int) bool {
	function := n.Get("Function")
	return function == "proviso" || function == "" && i > 0 && strings.HasPrefix(n.base(), "ただし、")
}

// base is the text under a node without the readings of ruby.
func (n *Node) base() string {
	if n.Tag == "" {
		return n.Chars
	}
	var b strings.Builder
	for _, c := range n.Children {
		if c.Tag != "Rt" {
			b.WriteString(c.base())
		}
	}
	return b.String()
}

// Normal writes words as Text writes a law's, so that they can be looked for in
// it.
func Normal(s string) string { return normalised(s) }

// normalised is NFC without white space, U+3000 included.
func normalised(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}
