package lawxml

import (
	"strings"
)

// writer writes the texts of a tree, and notes where in them each unit lies.
type writer struct {
	normOnly bool
	norm     strings.Builder
	show     strings.Builder
	units    []Unit
	note     bool // whether units are wanted
	join     string
	inTitle  bool // the line so far is a label that the text goes on after
}

// node writes an element, at being the unit that it lies in.
func (w *writer) node(n *Node, at unitAt) {
	switch n.Tag {
	case "":
		w.chars(n.Chars)
		return
	case "Rt":
		return
	case "Sentence":
		base := n.base()
		w.norm.WriteString(normalised(base))
		w.chars(base)
		return
	}
	at, unit := at.enter(n)
	start := w.place()
	w.before(n)
	for i, c := range n.Children {
		if i > 0 && c.Tag == "Column" {
			w.between("　")
		}
		if i > 0 && (c.Tag == "TableColumn" || c.Tag == "TableHeaderColumn") {
			w.between("｜")
		}
		w.node(c, at)
	}
	w.after(n)
	if unit && w.note {
		w.unit(n, at, start)
	}
}

// before begins a line where the element stands on one of its own.
func (w *writer) before(n *Node) {
	if w.normOnly {
		return
	}
	switch kindOf(n.Tag) {
	case ownLine, label:
		// The number of a paragraph goes on after the title of its article.
		if n.Tag == "ParagraphNum" && w.inTitle {
			return
		}
		w.newLine()
	case block:
		if n.Tag == "Paragraph" && w.inTitle {
			return
		}
		w.newLine()
	}
	if n.Tag == "Fig" {
		w.chars("［図 " + n.Get("src") + "］")
	}
}

// after ends what before began.
func (w *writer) after(n *Node) {
	if w.normOnly {
		return
	}
	switch kindOf(n.Tag) {
	case ownLine:
		w.newLine()
	case label:
		if len(n.Children) > 0 {
			w.between("　")
			w.inTitle = true
		}
	}
}

type tagKind int

const (
	inline  tagKind = iota
	block           // begins a line
	ownLine         // has a line to itself
	label           // begins a line that the text goes on in
)

func kindOf(tag string) tagKind {
	switch tag {
	case "ArticleTitle", "ParagraphNum", "ItemTitle", "ClassTitle":
		return label
	case "Paragraph", "Item", "Class", "TableRow", "TableHeaderRow", "List", "Sublist1", "Sublist2", "Sublist3",
		"Article", "AmendProvision", "NewProvision", "Remarks", "Fig":
		return block
	case "LawNum", "ArticleCaption", "ParagraphCaption", "SupplNote", "RelatedArticleNum", "EnactStatement", "ArticleRange":
		return ownLine
	}
	switch {
	case strings.HasPrefix(tag, "Subitem") && strings.HasSuffix(tag, "Title"):
		return label
	case strings.HasPrefix(tag, "Subitem") && !strings.HasSuffix(tag, "Sentence"):
		return block
	case strings.HasSuffix(tag, "Title"), strings.HasSuffix(tag, "Label"):
		return ownLine
	}
	return inline
}

// newLine ends the line, if there is anything on it.
func (w *writer) newLine() {
	w.inTitle = false
	if w.show.Len() > 0 {
		w.join = "\n"
	}
}

// between puts something before the next text of the line.
func (w *writer) between(s string) {
	if w.join == "" {
		w.join = s
	} else if w.join != "\n" {
		w.join += s
	}
}

func (w *writer) chars(s string) {
	if w.normOnly || s == "" {
		return
	}
	w.inTitle = false
	w.show.WriteString(w.join)
	w.join = ""
	w.show.WriteString(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
}
