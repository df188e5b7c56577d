package observe

import (
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

// A line of JSON is read into one flat list of its values, without a map: each value
// knows its name and what it lies in. Everything is checked that RFC 8259 asks for;
// names that come twice in one object are an error, because readers differ on
// which of them counts.

// jsonValue is one value of a line.
type jsonValue struct {
	parent int32 // the object or array that it lies in; -1 for the outermost
	kind   byte  // '{', '[', '"', '0' (a number), 't', 'f' or 'n'
	name   []byte
	text   []byte // of strings and numbers
}

// jsonLine parses lines, with room that it uses again.
type jsonLine struct {
	in     []byte
	pos    int
	values []jsonValue
	room   []byte // unescaped strings
}

const (
	mostJSONDepth  = 64
	mostJSONValues = 100_000
)

var (
	errJSON      = errors.New("not well-formed JSON")
	errJSONDeep  = errors.New("nested too deep")
	errJSONMany  = errors.New("too many values")
	errJSONTwice = errors.New("a name comes twice in one object")
	errJSONUTF8  = errors.New("not UTF-8")
)

// parse reads a whole line. What it gives is good until the next call.
func (p *jsonLine) parse(line []byte) error {
	p.in, p.pos, p.values, p.room = line, 0, p.values[:0], p.room[:0]
	if cap(p.room) < len(line) { // unescaped text is never longer, so it never moves
		p.room = make([]byte, 0, len(line))
	}
	if !utf8.Valid(line) {
		return errJSONUTF8
	}
	p.space()
	if err := p.value(-1, nil, 0); err != nil {
		return err
	}
	p.space()
	if p.pos != len(p.in) {
		return errJSON
	}
	return nil
}

func (p *jsonLine) space() {
	for p.pos < len(p.in) {
		switch p.in[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

func (p *jsonLine) value(parent int32, name []byte, depth int) error {
	if p.pos >= len(p.in) {
		return errJSON
	}
	if len(p.values) >= mostJSONValues {
		return errJSONMany
	}
	at := int32(len(p.values))
	b := p.in[p.pos]
	p.values = append(p.values, jsonValue{parent: parent, kind: b, name: name})
	switch {
	case b == '{' || b == '[':
		if depth >= mostJSONDepth {
			return errJSONDeep
		}
		p.pos++
		if b == '{' {
			return p.object(at, depth+1)
		}
		return p.array(at, depth+1)
	case b == '"':
		text, err := p.text()
		p.values[at].text = text
		return err
	case b == 't':
		return p.word("true")
	case b == 'f':
		return p.word("false")
	case b == 'n':
		return p.word("null")
	default:
		p.values[at].kind = '0'
		text, err := p.number()
		p.values[at].text = text
		return err
	}
}

func (p *jsonLine) word(w string) error {
	if len(p.in)-p.pos < len(w) || string(p.in[p.pos:p.pos+len(w)]) != w {
		return errJSON
	}
	p.pos += len(w)
	return nil
}

// comma passes a comma or the closing sign; it reports whether more comes.
func (p *jsonLine) comma(closing byte) (more bool, err error) {
	p.space()
	if p.pos >= len(p.in) {
		return false, errJSON
	}
	b := p.in[p.pos]
	p.pos++
	switch b {
	case ',':
		p.space()
		return true, nil
	case closing:
		return false, nil
	default:
		return false, errJSON
	}
}

func (p *jsonLine) object(at int32, depth int) error {
	p.space()
	if p.pos < len(p.in) && p.in[p.pos] == '}' {
		p.pos++
		return nil
	}
	for {
		if p.pos >= len(p.in) || p.in[p.pos] != '"' {
			return errJSON
		}
		name, err := p.text()
		if err != nil {
			return err
		}
		p.space()
		if p.pos >= len(p.in) || p.in[p.pos] != ':' {
			return errJSON
		}
		p.pos++
		p.space()
		if err := p.once(at, name); err != nil {
			return err
		}
		if err := p.value(at, name, depth); err != nil {
			return err
		}
		more, err := p.comma('}')
		if err != nil || !more {
			return err
		}
	}
}

// mostPlain is up to how many values names are compared one with another.
const mostPlain = 1024

// once refuses a name that the object has already. In a line with very many values,
// which no log has, the check would take too long: then it is refused as it is.
func (p *jsonLine) once(object int32, name []byte) error {
	values := p.values[object+1:]
	if len(values) > mostPlain {
		return errJSONMany
	}
	for i := range values {
		v := &values[i]
		if len(v.name) == len(name) && v.parent == object && string(v.name) == string(name) {
			return errJSONTwice
		}
	}
	return nil
}

func (p *jsonLine) array(at int32, depth int) error {
	p.space()
	if p.pos < len(p.in) && p.in[p.pos] == ']' {
		p.pos++
		return nil
	}
	for {
		if err := p.value(at, nil, depth); err != nil {
			return err
		}
		more, err := p.comma(']')
		if err != nil || !more {
			return err
		}
	}
}

func (p *jsonLine) number() ([]byte, error) {
	from := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	switch b := p.peek(); {
	case b == '0':
		p.pos++
	case b >= '1' && b <= '9':
		p.digits()
	default:
		return nil, errJSON
	}
	if p.peek() == '.' {
		p.pos++
		if !p.digits() {
			return nil, errJSON
		}
	}
	if b := p.peek(); b == 'e' || b == 'E' {
		p.pos++
		if b := p.peek(); b == '+' || b == '-' {
			p.pos++
		}
		if !p.digits() {
			return nil, errJSON
		}
	}
	return p.in[from:p.pos], nil
}

func (p *jsonLine) peek() byte {
	if p.pos < len(p.in) {
		return p.in[p.pos]
	}
	return 0
}

func (p *jsonLine) digits() bool {
	from := p.pos
	for p.pos < len(p.in) && p.in[p.pos] >= '0' && p.in[p.pos] <= '9' {
		p.pos++
	}
	return p.pos > from
}

// text reads a string. One without escapes is a part of the line itself.
func (p *jsonLine) text() ([]byte, error) {
	p.pos++
	from := p.pos
	for i := p.pos; i < len(p.in); i++ {
		switch b := p.in[i]; {
		case b == '"':
			p.pos = i + 1
			return p.in[from:i], nil
		case b == '\\':
			p.pos = i
			return p.escaped(from)
		case b < 0x20:
			return nil, errJSON
		}
	}
	return nil, errJSON
}

func (p *jsonLine) escaped(from int) ([]byte, error) {
	begin := len(p.room)
	p.room = append(p.room, p.in[from:p.pos]...)
	for p.pos < len(p.in) {
		b := p.in[p.pos]
		switch {
		case b == '"':
			p.pos++
			return p.room[begin:len(p.room):len(p.room)], nil
		case b < 0x20:
			return nil, errJSON
		case b != '\\':
			run := p.pos
			for p.pos < len(p.in) && p.in[p.pos] != '"' && p.in[p.pos] != '\\' && p.in[p.pos] >= 0x20 {
				p.pos++
			}
			p.room = append(p.room, p.in[run:p.pos]...)
		default:
			if err := p.escape(); err != nil {
				return nil, err
			}
		}
	}
	return nil, errJSON
}

func (p *jsonLine) escape() error {
	if p.pos+1 >= len(p.in) {
		return errJSON
	}
	b := p.in[p.pos+1]
	p.pos += 2
	switch b {
	case '"', '\\', '/':
		p.room = append(p.room, b)
	case 'b':
		p.room = append(p.room, '\b')
	case 'f':
		p.room = append(p.room, '\f')
	case 'n':
		p.room = append(p.room, '\n')
	case 'r':
		p.room = append(p.room, '\r')
	case 't':
		p.room = append(p.room, '\t')
	case 'u':
		r, ok := p.hex4()
		if !ok {
			return errJSON
		}
		if utf16.IsSurrogate(r) {
			r = p.pair(r)
		}
		p.room = utf8.AppendRune(p.room, r)
	default:
		return errJSON
	}
	return nil
}

// pair reads the second half of a surrogate pair, if it follows.
func (p *jsonLine) pair(high rune) rune {
	if p.pos+1 < len(p.in) && p.in[p.pos] == '\\' && p.in[p.pos+1] == 'u' {
		at := p.pos
		p.pos += 2
		if low, ok := p.hex4(); ok {
			if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
				return r
			}
		}
		p.pos = at
	}
	return utf8.RuneError
}

func (p *jsonLine) hex4() (rune, bool) {
	if p.pos+4 > len(p.in) {
		return 0, false
	}
	var r rune
	for _, b := range p.in[p.pos : p.pos+4] {
		switch {
		case b >= '0' && b <= '9':
			b -= '0'
		case b >= 'a' && b <= 'f':
			b -= 'a' - 10
		case b >= 'A' && b <= 'F':
			b -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(b)
	}
	p.pos += 4
	return r, true
}
