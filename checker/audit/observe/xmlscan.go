package observe

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

const mostEventXML = 4 << 20

// xmlScanner cuts a stream of XML into its <Event> elements: one root <Events>, or
// several roots as wevtutil writes them. It looks at markup only; comments,
// CDATA and processing instructions are passed over, so that nothing in them is
// taken for a record. A document type, which no log has, is refused.
type xmlScanner struct {
	in     *bufio.Reader
	buf    []byte
	line   int // of the last byte read
	begun  int // the line on which the event began
	tooBig int // events left out for their size
	cut    int // bytes of text of the event that the file ends in
}

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{in: bufio.NewReaderSize(r, 1<<16), line: 1}
}

var errDoctype = errors.New("the file has a document type declaration: event logs have none")

// next gives the bytes of the next event. They are good until the next call. The
// error is io.EOF at the end and io.ErrUnexpectedEOF inside an event.
func (s *xmlScanner) next() ([]byte, error) {
	s.buf = s.buf[:0]
	depth, big := 0, false
	for {
		text, err := s.upTo('<', depth > 0 && !big)
		if err != nil {
			if depth > 0 && errors.Is(err, io.EOF) {
				s.cut = len(s.buf)
				return nil, io.ErrUnexpectedEOF
			}
			return nil, err
		}
		big = big || text
		tag, whole, err := s.tag(depth > 0 && !big)
		if err != nil {
			if errors.Is(err, io.EOF) {
				s.cut = len(s.buf) + len(tag.text)
				return nil, io.ErrUnexpectedEOF
			}
			return nil, err
		}
		big = big || !whole
		switch {
		case tag.name != "Event":
		case tag.closes:
			depth--
		case depth == 0:
			s.begun = s.line
			s.buf = append(append(s.buf[:0], '<'), tag.text...)
			big = false
			if !tag.empty {
				depth++
			}
		case !tag.empty:
			depth++
		}
		if tag.name == "Event" && depth <= 0 {
			done := depth == 0 && !tag.empty
			depth = 0
			if big {
				s.tooBig++
				big = false
				continue
			}
			if done {
				return s.buf, nil
			}
		}
	}
}

// upTo reads to a byte, which is kept too if anything is. It reports whether there
// was more than an event may have.
func (s *xmlScanner) upTo(stop byte, keep bool) (big bool, err error) {
	for {
		part, err := s.in.ReadSlice(stop)
		s.line += bytes.Count(part, []byte{'\n'})
		if keep && !big {
			s.buf = append(s.buf, part...)
			big = len(s.buf) > mostEventXML
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return big, err
		}
	}
}

// xmlTag is a piece of markup.
type xmlTag struct {
	name          string // "" for all that is not an element
	text          []byte // without its <
	closes, empty bool
}

// tag reads markup after its <. It keeps it in the event if told to, and reports
// whether there was room.
func (s *xmlScanner) tag(keep bool) (tag xmlTag, whole bool, err error) {
	head, _ := s.in.Peek(9)
	end := ""
	switch {
	case bytes.HasPrefix(head, []byte("!--")):
		end = "-->"
	case bytes.HasPrefix(head, []byte("![CDATA[")):
		end = "]]>"
	case bytes.HasPrefix(head, []byte("?")):
		end = "?>"
	case bytes.HasPrefix(head, []byte("!")):
		return tag, true, errDoctype
	}
	if end != "" {
		whole, err := s.upToText(end, keep)
		return tag, whole, err
	}
	var quote byte
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			return tag, true, err
		}
		if b == '\n' {
			s.line++
		}
		if len(tag.text) > mostEventXML {
			return tag, false, errors.New("a tag of more than 4 MiB")
		}
		tag.text = append(tag.text, b)
		switch {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			tag.read()
			if keep {
				s.buf = append(s.buf, tag.text...)
			}
			return tag, len(s.buf) <= mostEventXML, nil
		}
	}
}

func (s *xmlScanner) upToText(end string, keep bool) (whole bool, err error) {
	matched := make([]byte, 0, len(end))
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			return true, err
		}
		if b == '\n' {
			s.line++
		}
		if keep && len(s.buf) <= mostEventXML {
			s.buf = append(s.buf, b)
		}
		if len(matched) == len(end) {
			copy(matched, matched[1:])
			matched = matched[:len(end)-1]
		}
		matched = append(matched, b)
		if string(matched) == end {
			return len(s.buf) <= mostEventXML, nil
		}
	}
}

// read finds the name in the text of a tag. A prefix is not part of it.
func (t *xmlTag) read() {
	body := t.text[:len(t.text)-1]
	if len(body) > 0 && body[0] == '/' {
		t.closes = true
		body = body[1:]
	} else if len(body) > 0 && body[len(body)-1] == '/' {
		t.empty = true
	}
	if i := bytes.IndexAny(body, " \t\r\n/"); i >= 0 {
		body = body[:i]
	}
	if i := bytes.LastIndexByte(body, ':'); i >= 0 {
		body = body[i+1:]
	}
	t.name = string(body)
}

// utf8Reader turns a stream into UTF-8, as its mark says: UTF-16 of either order, and
// UTF-16LE without a mark if its first character is a < so written. Half a
// surrogate pair becomes U+FFFD.
func utf8Reader(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 1<<16)
	head, _ := b.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, _ = b.Discard(3) // of what was peeked
		return b
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		_, _ = b.Discard(2)
		return &utf16Reader{in: b}
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		_, _ = b.Discard(2)
		return &utf16Reader{in: b, big: true}
	case len(head) == 4 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0:
		return &utf16Reader{in: b}
	case len(head) == 4 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0:
		return &utf16Reader{in: b, big: true}
	default:
		return b
	}
}

type utf16Reader struct {
	in   *bufio.Reader
	big  bool
	high rune
	out  []byte
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) < len(p) && len(u.out) < 1<<15 {
		var pair [2]byte
		if _, err := io.ReadFull(u.in, pair[:]); err != nil {
			if u.high != 0 || errors.Is(err, io.ErrUnexpectedEOF) {
				u.high = 0
				u.out = utf8.AppendRune(u.out, utf8.RuneError)
			}
			if len(u.out) > 0 {
				break
			}
			return 0, err
		}
		unit := rune(pair[0]) | rune(pair[1])<<8
		if u.big {
			unit = rune(pair[1]) | rune(pair[0])<<8
		}
		u.unit(unit)
	}
	n := copy(p, u.out)
	u.out = u.out[:copy(u.out, u.out[n:])]
	return n, nil
}

func (u *utf16Reader) unit(unit rune) {
	if u.high != 0 {
		if r := utf16.DecodeRune(u.high, unit); r != utf8.RuneError {
			u.out = utf8.AppendRune(u.out, r)
			u.high = 0
			return
		}
		u.out = utf8.AppendRune(u.out, utf8.RuneError)
		u.high = 0
	}
	switch {
	case unit >= 0xD800 && unit < 0xDC00:
		u.high = unit
	case utf16.IsSurrogate(unit):
		u.out = utf8.AppendRune(u.out, utf8.RuneError)
	default:
		u.out = utf8.AppendRune(u.out, unit)
	}
}
