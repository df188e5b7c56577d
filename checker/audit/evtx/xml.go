package evtx

import (
	"fmt"
	"unicode/utf8"
)

// xmlWriter writes records as XML.
type xmlWriter struct {
	d   *decoder
	out []byte
}

// xml gives the binary XML of a record as XML.
func (d *decoder) xml(pos, end int) ([]byte, error) {
	d.work, d.room = maxWork, maxText
	d.values = d.values[:0]
	w := &xmlWriter{d: d}
	err := d.fragment(pos, end, inDocument, 0, w.template)
	return w.out, err
}

func (w *xmlWriter) template(p program, values []value, in place, depth int) error {
	if w.d.work -= p.nodes.to - p.nodes.from; w.d.work < 0 {
		return errTooMuch
	}
	return w.element(p.nodes.from, values, in, depth)
}

// element writes one element, or one for each member of an array.
func (w *xmlWriter) element(at int, values []value, in place, depth int) error {
	n := w.d.nodes[at]
	if n.depend != noDepend {
		if int(n.depend) >= len(values) {
			return fmt.Errorf("the template has a place for value %d of %d", n.depend, len(values))
		}
		if values[n.depend].kind == typeNull {
			return nil
		}
	}
	from, to := w.d.content(at), int(n.end)
	if to-from == 1 && w.d.nodes[from].kind == nodeValue {
		number := int(w.d.nodes[from].number)
		if number < len(values) && values[number].kind&typeArray != 0 && values[number].size > 0 {
			return w.repeat(at, values, values[number], in, depth)
		}
	}
	if err := w.open(at, values); err != nil {
		return err
	}
	if n.empty {
		w.out = append(w.out, "/>"...)
		return nil
	}
	w.out = append(w.out, '>')
	for i := from; i < to; i = int(w.d.nodes[i].end) {
		if err := w.node(i, values, in, depth); err != nil {
			return err
		}
	}
	w.close(n.text)
	return nil
}

// repeat writes an element for each member of an array.
func (w *xmlWriter) repeat(at int, values []value, v value, in place, depth int) error {
	kind := v.kind &^ typeArray
	for rest := w.d.bytes(v); len(rest) > 0; {
		var one []byte
		var err error
		if one, rest, err = member(kind, rest); err != nil {
			return err
		}
		if err := w.open(at, values); err != nil {
			return err
		}
		w.out = append(w.out, '>')
		if err := w.escape(kind, one); err != nil {
			return err
		}
		w.close(w.d.nodes[at].text)
	}
	return nil
}

// open writes a start tag up to where it closes.
func (w *xmlWriter) open(at int, values []value) error {
	if len(w.out) > 8*maxText {
		return errTooMuch
	}
	w.out = append(append(w.out, '<'), w.d.nodes[at].text...)
	for i := at + 1; i < w.d.content(at); i = int(w.d.nodes[i].end) {
		a := w.d.nodes[i]
		if w.absent(i, values) {
			continue
		}
		w.out = append(append(append(w.out, ' '), a.text...), `="`...)
		for j := i + 1; j < int(a.end); j++ {
			if err := w.node(j, values, inNothing, maxNesting); err != nil {
				return err
			}
		}
		w.out = append(w.out, '"')
	}
	return nil
}

func (w *xmlWriter) close(name string) {
	w.out = append(append(append(w.out, "</"...), name...), '>')
}

// absent tells whether an attribute holds nothing but optional values that are
// null.
func (w *xmlWriter) absent(at int, values []value) bool {
	end := int(w.d.nodes[at].end)
	for _, n := range w.d.nodes[at+1 : end] {
		if n.kind != nodeValue || !n.optional || int(n.number) >= len(values) || values[n.number].kind != typeNull {
			return false
		}
	}
	return end > at+1
}

// node writes an element, a text or a value.
func (w *xmlWriter) node(at int, values []value, in place, depth int) error {
	n := w.d.nodes[at]
	switch n.kind {
	case nodeElement:
		return w.element(at, values, in, depth)
	case nodeText:
		w.out = appendEscaped(w.out, n.text)
		return nil
	case nodePI:
		w.out = append(append(append(w.out, "<?"...), n.text...), "?>"...)
		return nil
	}
	if int(n.number) >= len(values) {
		return fmt.Errorf("the template has a place for value %d of %d", n.number, len(values))
	}
	v := values[n.number]
	switch {
	case v.kind == typeBinXML && v.size > 0:
		return w.d.fragment(int(v.off), int(v.off)+int(v.size), inNothing, depth+1, w.template)
	case v.kind&typeArray != 0:
		text, err := appendMembers(nil, v.kind&^typeArray, w.d.bytes(v))
		w.out = appendEscaped(w.out, string(text))
		return err
	}
	return w.escape(v.kind, w.d.bytes(v))
}

func (w *xmlWriter) escape(kind byte, b []byte) error {
	var err error
	if w.d.scratch, err = appendValue(w.d.scratch[:0], kind, b); err != nil {
		return err
	}
	if w.d.room -= len(w.d.scratch); w.d.room < 0 {
		return errTooMuch
	}
	w.out = appendEscaped(w.out, string(w.d.scratch))
	return nil
}

// appendEscaped adds text so that XML reads it back. What XML 1.0 cannot hold
// becomes U+FFFD.
func appendEscaped(dst []byte, text string) []byte {
	for _, r := range text {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == '\r':
			dst = append(dst, "&#13;"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			dst = append(dst, "\ufffd"...)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
