package source

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Within is the place of a part of a string value, given in code points of the decoded
// string: the part that starts after runeOffset of them and is runeLen long. It is right
// for strings with escapes, on one line or several. A part outside the string is moved
// to its edge. If there is no string at the path it is the same as At.
func (t *Tree) Within(path string, runeOffset, runeLen int) Pos {
	n, exact := t.find(path)
	if _, ok := n.value.(string); !ok || !exact {
		return t.doc.places.at(n.val)
	}
	start, end := -1, -1
	e := newEscapes(t.doc.raw(n.val), t.doc.json)
	last := e.pos
	for i := 0; e.next(); i++ {
		last = e.at + e.size
		if i == runeOffset {
			start = e.at
		}
		if i >= runeOffset && i-runeOffset < runeLen {
			end = last
		}
	}
	switch {
	case runeOffset < 0:
		start, end = newEscapes(t.doc.raw(n.val), t.doc.json).pos, 0
	case start < 0:
		start = last
	}
	return t.doc.places.at(span{n.val.off + start, max(end-start, 0)})
}

// escapes steps through a string as it is written, one decoded code point at a time.
type escapes struct {
	raw     string
	json    bool
	literal bool // no backslash escapes
	long    bool // between triple quotes
	pos     int  // where the next code point starts
	stop    int  // where the closing quotes start

	at, size int  // the code point that next found, in bytes of raw
	broken   bool // it is half of a surrogate pair
}

func newEscapes(raw string, json bool) *escapes {
	e := &escapes{raw: raw, json: json, pos: 1, stop: len(raw) - 1}
	e.literal = !json && strings.HasPrefix(raw, "'")
	if !json && len(raw) >= 6 && (strings.HasPrefix(raw, `"""`) || strings.HasPrefix(raw, "'''")) {
		e.long, e.pos, e.stop = true, 3, len(raw)-3
		// The first line end after the quotes is not part of the string.
		if strings.HasPrefix(raw[3:], "\r\n") {
			e.pos += 2
		} else if strings.HasPrefix(raw[3:], "\n") {
			e.pos++
		}
	}
	return e
}

func (e *escapes) next() bool {
	if e.long && !e.literal {
		e.skipLineEnd()
	}
	if e.pos >= e.stop {
		return false
	}
	e.at, e.broken = e.pos, false
	if e.raw[e.pos] == '\\' && !e.literal {
		e.size = e.escapeSize()
	} else {
		_, e.size = utf8.DecodeRuneInString(e.raw[e.pos:e.stop])
	}
	e.size = min(e.size, e.stop-e.pos)
	e.pos += e.size
	return true
}

// skipLineEnd passes a backslash at the end of a line and all white space after it.
func (e *escapes) skipLineEnd() {
	for e.pos < e.stop && e.raw[e.pos] == '\\' {
		rest := e.raw[e.pos+1 : e.stop]
		kept := strings.TrimLeft(rest, " \t\r\n")
		if !strings.Contains(rest[:len(rest)-len(kept)], "\n") {
			return
		}
		e.pos = e.stop - len(kept)
	}
}

func (e *escapes) escapeSize() int {
	if e.pos+1 >= e.stop {
		return 1
	}
	switch e.raw[e.pos+1] {
	case 'x':
		if !e.json {
			return 4
		}
	case 'U':
		if !e.json {
			return 10
		}
	case 'u':
		if e.json {
			return e.jsonEscapeSize()
		}
		return 6
	}
	return 2
}

func (e *escapes) jsonEscapeSize() int {
	if !utf16.IsSurrogate(e.hex(e.pos)) {
		return 6
	}
	if utf16.DecodeRune(e.hex(e.pos), e.hex(e.pos+6)) != utf8.RuneError {
		return 12
	}
	e.broken = true
	return 6
}

// hex is the number of a \uXXXX that starts at i, or -1.
func (e *escapes) hex(i int) rune {
	if i+6 > e.stop || e.raw[i] != '\\' || e.raw[i+1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(e.raw[i+2:i+6], 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}
