package source

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readJSON checks the syntax first, because only a check of the whole text gives a true
// offset, and then reads token by token for places and doubled keys.
func readJSON(d *doc) (*node, Problems) {
	if p := checkJSON(d); p != nil {
		return nil, Problems{p}
	}
	x := &jsonReader{builder: builder{doc: d}}
	root := newRoot(d)
	if fault := guard(func() { x.read(root) }); fault != "" {
		return nil, Problems{d.readerFault(fault)}
	}
	if len(x.problems) > 0 {
		return nil, x.found(x.problems, x.left)
	}
	return root, nil
}

func checkJSON(d *doc) *Problem {
	var whole json.RawMessage
	err := json.Unmarshal([]byte(d.body()), &whole)
	if err == nil {
		return nil
	}
	text := d.places.text
	s := span{off: len(text)}
	var se *json.SyntaxError
	if errors.As(err, &se) && !strings.HasPrefix(se.Error(), "unexpected end") {
		s.off = min(d.places.first+max(int(se.Offset)-1, 0), len(text))
	}
	for s.off > d.places.first && s.off < len(text) && !startsRune(text[s.off]) {
		s.off--
	}
	r, size := utf8.DecodeRuneInString(text[s.off:])
	s.len = size
	return d.problem(s, CodeSyntax, explainJSON(err.Error(), r, size), hintFor(r, ""))
}

type jsonReader struct {
	builder
	dec *json.Decoder
}

func (x *jsonReader) read(root *node) {
	x.dec = json.NewDecoder(strings.NewReader(x.body()))
	x.dec.UseNumber()
	t, at, err := x.next()
	switch {
	case err != nil:
		x.report(at, CodeSyntax, tidy(err.Error()), "")
	case t != json.Delim('{'):
		x.report(at, CodeType, "want a table in braces, have "+haveToken(t), "")
	default:
		x.table(root, at)
	}
}

func haveToken(t json.Token) string {
	if t == json.Delim('[') {
		return "a list"
	}
	return "a single value"
}

// next is a token and where it stands.
func (x *jsonReader) next() (json.Token, span, error) {
	text := x.places.text
	start := x.places.first + int(x.dec.InputOffset())
	for start < len(text) && containsByte(" \t\r\n,:", text[start]) {
		start++
	}
	t, err := x.dec.Token()
	end := x.places.first + int(x.dec.InputOffset())
	if err == io.EOF {
		err = errors.New("the file ends too early")
	}
	return t, span{start, max(end-start, 0)}, err
}

func (x *jsonReader) table(n *node, open span) {
	n.kind, n.kids = table, map[string]*node{}
	values := map[string]any{}
	for !x.stopped {
		t, at, err := x.next()
		name, isName := t.(string)
		if err != nil || !isName {
			n.val = span{open.off, at.end() - open.off}
			break
		}
		x.checkString(at)
		p := part{name, at}
		if old := n.kids[name]; old != nil {
			x.duplicate(p, old)
			x.value(x.add(newRoot(x.doc), p, scalar))
			continue
		}
		kid := x.add(n, p, scalar)
		x.value(kid)
		values[name] = kid.value
	}
	n.value = values
}

func (x *jsonReader) list(n *node, open span) {
	n.kind = list
	values := []any{}
	for !x.stopped && x.dec.More() {
		item := x.item(n, span{x.places.first + int(x.dec.InputOffset()), 1})
		x.value(item)
		values = append(values, item.value)
	}
	n.value = values
	if x.stopped {
		return
	}
	_, at, _ := x.next()
	n.val = span{open.off, at.end() - open.off}
}

func (x *jsonReader) value(n *node) {
	if x.stopped {
		return
	}
	t, at, err := x.next()
	if err != nil {
		x.refuse(x.problem(at, CodeSyntax, tidy(err.Error()), ""))
		return
	}
	n.val = at
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			x.table(n, at)
		} else {
			x.list(n, at)
		}
	case json.Number:
		n.value = x.number(t.String(), at)
	case string:
		x.checkString(at)
		n.value = t
	default:
		n.value = t
	}
}

// number keeps a whole number whole. One that cannot be held exactly is refused.
func (x *jsonReader) number(s string, at span) any {
	var v any
	var err error
	if strings.ContainsAny(s, ".eE") {
		v, err = strconv.ParseFloat(s, 64)
	} else {
		v, err = strconv.ParseInt(s, 10, 64)
	}
	if err != nil {
		x.report(at, CodeValue, "the number is too large", "write it as a string")
	}
	return v
}

// checkString refuses half of a surrogate pair, which encoding/json would replace in
// silence.
func (x *jsonReader) checkString(s span) {
	e := newEscapes(x.raw(s), true)
	for e.next() {
		if e.broken {
			x.report(span{s.off + e.at, e.size}, CodeSyntax,
				"half of a surrogate pair is not a character", `write both halves, as in "\ud83d\ude00"`)
		}
	}
}
