package observe

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/bits"
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
	end    int32 // the value after it and all that lies in it
	kind   byte  // '{', '[', '"', '0' (a number), 't', 'f' or 'n'
	escape bool  // there are escapes in it
	name   []byte
	text   []byte // of numbers and strings, as they stand in the line
}

// jsonLine parses lines, with room that it uses again.
type jsonLine struct {
	in     []byte
	pos    int
	values []jsonValue
	room   []byte // strings whose escapes were undone
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
	p.values = append(p.values, jsonValue{parent: parent, end: at + 1, kind: b, name: name})
	switch b {
	case '{', '[':
		if depth >= mostJSONDepth {
			return errJSONDeep
		}
		p.pos++
		within := p.array
		if b == '{' {
			within = p.object
		}
		err := within(at, depth+1)
		p.values[at].end = int32(len(p.values))
		return err
	case '"':
		text, escaped, err := p.text()
		p.values[at].text, p.values[at].escape = text, escaped
		return err
	case 't':
		return p.word("true")
	case 'f':
		return p.word("false")
	case 'n':
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
	var met names
	for {
		if p.pos >= len(p.in) || p.in[p.pos] != '"' {
			return errJSON
		}
		name, escaped, err := p.text()
		if err != nil {
			return err
		}
		if escaped {
			name = p.plain(name)
		}
		p.space()
		if p.pos >= len(p.in) || p.in[p.pos] != ':' {
			return errJSON
		}
		p.pos++
		p.space()
		if met.many() {
			return errJSONMany
		}
		if met.perhaps(name) && p.has(at, name) {
			return errJSONTwice
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

// mostNamesOfOne is how many names an object may have: those that look alike are
// compared one with another, and no log has so many.
const mostNamesOfOne = 1024

// names is a sieve of the names of one object: a name that has come before is always
// found in it, one that has not hardly ever.
type names struct {
	bits  [4]uint64
	count int
}

// many reports whether there would be more names than an object may have.
func (n *names) many() bool {
	n.count++
	return n.count > mostNamesOfOne
}

// perhaps reports whether a name may have come before, and takes it.
func (n *names) perhaps(name []byte) bool {
	sum := uint32(len(name))
	for _, b := range name[max(0, len(name)-8):] { // names of one log differ in their ends
		sum = sum*31 + uint32(b)
	}
	sum ^= sum >> 11
	word, bit := &n.bits[sum>>6&3], uint64(1)<<(sum&63)
	met := *word&bit != 0
	*word |= bit
	return met
}

// has reports whether an object has a name already.
func (p *jsonLine) has(object int32, name []byte) bool {
	for i := object + 1; int(i) < len(p.values); i = p.values[i].end {
		if string(p.values[i].name) == string(name) {
			return true
		}
	}
	return false
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

// plainRun is how many bytes at the beginning are neither a quote, a backslash nor a
// control character. It looks at eight at a time: in each byte of the mask the high
// bit is set where it should be, and the lowest that is set is right.
func plainRun(in []byte) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; len(in)-n >= 8; n += 8 {
		x := binary.LittleEndian.Uint64(in[n:])
		quote, slash := x^(ones*'"'), x^(ones*'\\')
		mask := ((x-ones*0x20)&^x | (quote-ones)&^quote | (slash-ones)&^slash) & highs
		if mask != 0 {
			return n + bits.TrailingZeros64(mask)/8
		}
	}
	for n < len(in) && in[n] >= 0x20 && in[n] != '"' && in[n] != '\\' {
		n++
	}
	return n
}

// text checks a string and passes it. It gives the bytes between the quotes, and
// whether there are escapes among them: most strings are never asked for, so they are
// undone only then.
func (p *jsonLine) text() (raw []byte, escaped bool, err error) {
	in := p.in
	from := p.pos + 1
	for i := from; i < len(in); {
		if i += plainRun(in[i:]); i >= len(in) {
			break
		}
		switch b := in[i]; {
		case b == '"':
			p.pos = i + 1
			return in[from:i], escaped, nil
		case b != '\\' || i+1 >= len(in):
			return nil, false, errJSON
		default:
			escaped = true
			switch in[i+1] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
				i += 2
			case 'u':
				if _, ok := hex4(in[i+2:]); !ok {
					return nil, false, errJSON
				}
				i += 6
			default:
				return nil, false, errJSON
			}
		}
	}
	return nil, false, errJSON
}

// plain undoes the escapes of a string that text has checked.
func (p *jsonLine) plain(raw []byte) []byte {
	begin := len(p.room)
	for i := 0; i < len(raw); {
		at := bytes.IndexByte(raw[i:], '\\')
		if at < 0 {
			p.room = append(p.room, raw[i:]...)
			break
		}
		p.room = append(p.room, raw[i:i+at]...)
		i += at + 2
		switch b := raw[i-1]; b {
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
			r, n := character(raw[i:])
			p.room = utf8.AppendRune(p.room, r)
			i += n
		default:
			p.room = append(p.room, b)
		}
	}
	return p.room[begin:len(p.room):len(p.room)]
}

// character reads what follows \u, with the second half of a surrogate pair. Half a
// pair becomes U+FFFD.
func character(raw []byte) (r rune, n int) {
	r, _ = hex4(raw)
	if !utf16.IsSurrogate(r) {
		return r, 4
	}
	if len(raw) >= 10 && raw[4] == '\\' && raw[5] == 'u' {
		if low, ok := hex4(raw[6:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 10
			}
		}
	}
	return utf8.RuneError, 4
}

func hex4(in []byte) (rune, bool) {
	if len(in) < 4 {
		return 0, false
	}
	var r rune
	for _, b := range in[:4] {
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
	return r, true
}
