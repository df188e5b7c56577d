package source

import (
	"sort"
	"strings"
)

// Pos is a place in a file. Line counts from 1. Col counts code points from 1, and a
// byte order mark is not one. Offset and Length are in bytes of the file as given.
type Pos struct {
	Line, Col      int
	Offset, Length int
}

// span is a stretch of bytes of the file.
type span struct{ off, len int }

func (s span) end() int { return s.off + s.len }

// stride is the distance, in bytes, between two remembered counts of code points.
// Without them a column in a file that is one long line would cost the whole line.
const stride = 1024

// places turns byte offsets into lines and columns.
type places struct {
	text   string
	first  int   // where the text starts, after a byte order mark
	starts []int // where each line starts
	counts []int // counts[i] is how many code points start before byte i*stride
}

const byteOrderMark = "\ufeff"

func newPlaces(text string) *places {
	p := &places{text: text}
	if strings.HasPrefix(text, byteOrderMark) {
		p.first = len(byteOrderMark)
	}
	p.starts = append(p.starts, p.first)
	n := 0
	for i := range len(text) {
		if i%stride == 0 {
			p.counts = append(p.counts, n)
		}
		if startsRune(text[i]) {
			n++
		}
		if text[i] == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	p.counts = append(p.counts, n)
	return p
}

// startsRune is false inside a code point.
func startsRune(b byte) bool { return b&0xC0 != 0x80 }

// before is how many code points start before the byte at off.
func (p *places) before(off int) int {
	n := p.counts[off/stride]
	for i := off / stride * stride; i < off; i++ {
		if startsRune(p.text[i]) {
			n++
		}
	}
	return n
}

// at is the place of a span; what lies outside the file is moved to its edge.
func (p *places) at(s span) Pos {
	off := min(max(s.off, p.first), len(p.text))
	line := sort.SearchInts(p.starts, off+1)
	return Pos{
		Line:   line,
		Col:    p.before(off) - p.before(p.starts[line-1]) + 1,
		Offset: off,
		Length: min(max(s.len, 0), len(p.text)-off),
	}
}

// line is the text of a line, counted from 1, without its end.
func (p *places) line(n int) string {
	if n < 1 || n > len(p.starts) {
		return ""
	}
	end := len(p.text)
	if n < len(p.starts) {
		end = p.starts[n] - 1
	}
	return strings.TrimSuffix(p.text[p.starts[n-1]:end], "\r")
}
