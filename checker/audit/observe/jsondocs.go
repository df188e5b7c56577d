package observe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// isEventJSONDocument knows Windows events that are not one to a line: an array of
// them, perhaps with something around it, or values over several lines, as PowerShell's
// ConvertTo-Json and jq write them, and evtx_dump with a line before each.
func isEventJSONDocument(head []byte) bool {
	text := withoutCount(plainHead(head))
	return (bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("["))) && namesEvents(text)
}

// readJSONDocuments gives every event of an array, by its JSON pointer, or of values one
// after the other, by the line on which each begins. What follows a value that does not
// end cannot be read.
func (c *collector) readJSONDocuments(r io.Reader) error {
	in := bufio.NewReaderSize(utf8Reader(r), headSize)
	head, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	x := &jsonEvents{collector: c, interned: map[string]string{}}
	s := &jsonScanner{in: in, line: 1}
	begin, pointer, isList := listOfEvents(head)
	if isList {
		s.line += bytes.Count(head[:begin], []byte{'\n'})
		if _, err := in.Discard(begin); err != nil {
			return err
		}
	}
	for n := 0; ; n++ {
		value, err := s.next(isList, n == 0)
		if errors.Is(err, io.EOF) && isList {
			return c.afterList(s, pointer != "")
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if isList {
			x.pointer = fmt.Sprintf("JSON pointer %s/%d", pointer, n)
		}
		switch {
		case errors.Is(err, errTooLong):
			c.bad(s.begun, "more than 16 MiB")
		case err != nil:
			c.lost(fmt.Sprintf("line %d: %v", s.line, err))
			return nil
		default:
			x.line(value, s.begun)
		}
	}
}

// afterList says what follows a list and was not read: of what an exporter put around
// it only that it ends.
func (c *collector) afterList(s *jsonScanner, isAround bool) error {
	line, last := s.line, byte(0)
	for {
		b, err := s.space()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		last = b
	}
	switch {
	case isAround && last != '}':
		c.lost("the document does not end after its list")
	case !isAround && last != 0:
		c.lost(fmt.Sprintf("line %d: what follows the list was not read", line))
	}
	return nil
}

// around are the names under which exporters and interfaces put a list of events; expected
// is that of the tests of Elastic's integrations.
var around = []string{"hits", "events", "Events", "Event", "value", "records", "Records", "results", "rows", "items", "data", "logs", "expected"}

// listOfEvents finds the list in the beginning of a document: where its first member
// begins, and the JSON pointer to the list.
func listOfEvents(head []byte) (begin int, pointer string, ok bool) {
	d := json.NewDecoder(bytes.NewReader(head))
	t, err := d.Token()
	if err != nil || t == json.Delim('[') {
		return int(d.InputOffset()), "", err == nil
	}
	w := walker{d: d, meter: &meter{}}
	var path []string
	for t == json.Delim('{') || len(path) > 0 {
		if t, err = d.Token(); err != nil {
			return 0, "", false
		}
		name, isName := t.(string)
		switch {
		case !isName && len(path) == 0:
			return 0, "", false
		case !isName: // an object ends
			path = path[:len(path)-1]
			continue
		case !slices.Contains(around, name):
			if w.skip() != nil {
				return 0, "", false
			}
			t = json.Delim('{')
			continue
		}
		if t, err = d.Token(); err != nil {
			return 0, "", false
		}
		switch t {
		case json.Delim('['):
			if !bytes.HasPrefix(bytes.TrimLeft(head[d.InputOffset():], " \t\r\n"), []byte("{")) {
				return 0, "", false
			}
			for _, name := range append(path, name) {
				pointer += "/" + name
			}
			return int(d.InputOffset()), pointer, true
		case json.Delim('{'):
			path = append(path, name)
		default:
			t = json.Delim('{')
		}
	}
	return 0, "", false
}

// jsonScanner cuts a stream into JSON values: the members of a list, or values one after
// the other. It looks at brackets and quotes only; what it gives is parsed later.
type jsonScanner struct {
	in    *bufio.Reader
	buf   []byte
	line  int // of the last byte read
	begun int // the line on which the value began
}

var (
	errTooLong = errors.New("a value of more than 16 MiB")
	errBetween = errors.New("not well-formed between two values: what follows was not read")
)

// next gives the bytes of the next value. They are good until the next call. The error
// is io.EOF at the end, io.ErrUnexpectedEOF inside a value or a list, and errTooLong for
// a value that was passed over.
func (s *jsonScanner) next(inList, isFirst bool) ([]byte, error) {
	b, err := s.space()
	switch {
	case err != nil && inList && errors.Is(err, io.EOF):
		return nil, io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	case inList && b == ']':
		return nil, io.EOF
	case inList && !isFirst:
		if b != ',' {
			return nil, errBetween
		}
		if b, err = s.space(); err != nil {
			return nil, cutOff(err)
		}
	}
	s.begun, s.buf = s.line, s.buf[:0]
	if b != '{' && b != '[' {
		return nil, errBetween // no event is anything else
	}
	depth, isText, isEscaped, isLong := 0, false, false, false
	for {
		switch {
		case isEscaped:
			isEscaped = false
		case isText:
			isEscaped, isText = b == '\\', b != '"'
		case b == '"':
			isText = true
		case b == '{', b == '[':
			depth++
		case b == '}', b == ']':
			depth--
		}
		if isLong = isLong || len(s.buf) >= mostLine; !isLong {
			s.buf = append(s.buf, b)
		}
		if depth == 0 {
			break
		}
		if b, err = s.byte(); err != nil {
			return nil, cutOff(err)
		}
	}
	if isLong {
		return nil, errTooLong
	}
	return s.buf, nil
}

// cutOff is the error of a stream that ends where it should not.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// space passes white space over, and evtx_dump's counts, and gives the byte after it.
func (s *jsonScanner) space() (byte, error) {
	for {
		b, err := s.byte()
		switch {
		case err != nil:
			return b, err
		case b == 'R' && s.count():
		case b != ' ' && b != '\t' && b != '\r' && b != '\n':
			return b, nil
		}
	}
}

// count passes over the rest of a line "Record 1", if there is one.
func (s *jsonScanner) count() bool {
	rest, _ := s.in.Peek(len("ecord 18446744073709551615\r\n"))
	line := recordCount.Find(append([]byte("R"), rest...))
	if line == nil {
		return false
	}
	_, _ = s.in.Discard(len(line) - len("R")) // of what was peeked
	s.line++
	return true
}

func (s *jsonScanner) byte() (byte, error) {
	b, err := s.in.ReadByte()
	if b == '\n' {
		s.line++
	}
	return b, err
}
