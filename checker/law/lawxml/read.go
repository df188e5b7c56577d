package lawxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits keep a hostile or broken file from using up the machine.
type Limits struct {
	Bytes int64 // the longest file
	Depth int   // the deepest nesting of elements
	Nodes int   // the most elements and pieces of text
}

// DefaultLimits are far above any law: the longest is some 20 MB and nests 15
// deep.
func DefaultLimits() Limits { return Limits{Bytes: 64 << 20, Depth: 60, Nodes: 8 << 20} }

func (l Limits) orDefault() Limits {
	if l == (Limits{}) {
		return DefaultLimits()
	}
	return l
}

// The limits that a file may pass, for errors.Is.
var (
	ErrTooLong = errors.New("the file is longer than any law")
	ErrTooDeep = errors.New("elements nest deeper than in any law")
	ErrTooMany = errors.New("the file has more elements and pieces of text than any law")
)

// Read reads 法令標準XML, also where it is wrapped in an answer of the API.
func Read(r io.Reader, limits Limits) (*Document, error) {
	limits = limits.orDefault()
	data, err := capped(r, limits.Bytes)
	if err != nil {
		return nil, err
	}
	root, err := readTree(data, limits)
	if err != nil {
		return nil, fmt.Errorf("read law XML: %w", err)
	}
	var lawNode *Node
	for n := range root.All() {
		if n.Tag == "Law" {
			lawNode = n
			break
		}
	}
	if lawNode == nil {
		return nil, fmt.Errorf("read law XML: there is no Law element in it, the outermost is %q", root.Tag)
	}
	d, err := newDocument(lawNode)
	if err != nil {
		return nil, fmt.Errorf("read law XML: %w", err)
	}
	if lawNode != root {
		d.wrapped(root, lawNode)
	}
	return d, nil
}

// ReadAny reads XML or JSON, told apart by the first character.
func ReadAny(data []byte, limits Limits) (*Document, error) {
	text := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if len(text) > 0 && text[0] == '{' {
		return ReadJSON(bytes.NewReader(data), limits)
	}
	return Read(bytes.NewReader(data), limits)
}

// capped reads everything up to a length, without a byte order mark.
func capped(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLong, most)
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// tree grows a tree of nodes within the limits.
type tree struct {
	limits Limits
	nodes  int
	open   []*Node
	run    strings.Builder // the text of the open element since its last child
}

func (t *tree) start(n *Node) error {
	t.endRun()
	if len(t.open) >= t.limits.Depth {
		return fmt.Errorf("%w: more than %d", ErrTooDeep, t.limits.Depth)
	}
	if err := t.count(); err != nil {
		return err
	}
	t.add(n)
	t.open = append(t.open, n)
	return nil
}

func (t *tree) end() {
	t.endRun()
	t.open = t.open[:len(t.open)-1]
}

// text adds a piece of text to the open element. White space alone is the printer's
// where the schema has elements only.
func (t *tree) text(s string) error {
	if len(t.open) == 0 || s == "" {
		return nil
	}
	top := t.open[len(t.open)-1]
	if !mixed(top.Tag) && strings.Trim(s, " \t\r\n") == "" {
		return nil
	}
	t.run.WriteString(s)
	return t.count()
}

// endRun makes one node of the pieces of text that nothing stands between, which may
// be as many as the file is long.
func (t *tree) endRun() {
	if t.run.Len() > 0 {
		t.add(&Node{Chars: t.run.String()})
		t.run.Reset()
	}
}

func (t *tree) add(n *Node) {
	if len(t.open) > 0 {
		top := t.open[len(t.open)-1]
		top.Children = append(top.Children, n)
	}
}

func (t *tree) count() error {
	if t.nodes++; t.nodes > t.limits.Nodes {
		return fmt.Errorf("%w: more than %d", ErrTooMany, t.limits.Nodes)
	}
	return nil
}

// mixed reports whether an element holds text of its own, by the schema.
func mixed(tag string) bool {
	switch tag {
	case "LawNum", "LawTitle", "EnactStatement", "ArticleRange", "ArticleTitle", "ArticleCaption",
		"ParagraphCaption", "ParagraphNum", "SupplNote", "Sentence", "TableHeaderColumn", "RelatedArticleNum",
		"Ruby", "Rt", "Line", "Sup", "Sub", "ArithFormula", "QuoteStruct", "Note", "Style", "Format":
		return true
	}
	return strings.HasSuffix(tag, "Title") || strings.HasSuffix(tag, "Label") || strings.HasSuffix(tag, "ArithFormulaNum")
}

// readTree reads one element with everything in it.
func readTree(data []byte, limits Limits) (*Node, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	t := &tree{limits: limits}
	var root *Node
	for {
		token, err := dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := &Node{Tag: token.Name.Local}
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					n.Attr = append(n.Attr, Attr{a.Name.Local, a.Value})
				}
			}
			if len(t.open) == 0 {
				if root != nil {
					return nil, fmt.Errorf("there is a second outermost element %q", n.Tag)
				}
				root = n
			}
			err = t.start(n)
		case xml.EndElement:
			if len(t.open) == 0 || t.open[len(t.open)-1].Tag != token.Name.Local {
				return nil, fmt.Errorf("byte %d: </%s> ends an element that is not open", dec.InputOffset(), token.Name.Local)
			}
			t.end()
		case xml.CharData:
			err = t.text(string(token))
		}
		if err != nil {
			return nil, fmt.Errorf("byte %d: %w", dec.InputOffset(), err)
		}
	}
	switch {
	case root == nil:
		return nil, errors.New("there is no element in it")
	case len(t.open) > 0:
		return nil, fmt.Errorf("it ends within %s", t.open[len(t.open)-1].Tag)
	}
	return root, nil
}
