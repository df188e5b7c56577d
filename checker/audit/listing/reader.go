package listing

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of what is read of one file.
const (
	mostBytes     = 64 << 20
	mostLines     = 2_000_000
	mostLineBytes = 10 << 20
	mostEntities  = 500_000
	mostLosses    = 100
	mostExcerpt   = 200 // characters
)

// line is one line of the decoded text.
type line struct {
	no   int
	text string // without its end, and without spaces at its end
}

func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// indented reports whether the line begins with space.
func (l line) indented() bool {
	return l.text != "" && (l.text[0] == ' ' || l.text[0] == '\t')
}

// reader reads one file into a snapshot.
type reader struct {
	name    string
	command string // that made the file, if it is known
	text    string
	lines   []line
	cut     bool // the end of the file is missing
	unended bool // the last line has no line end: it may be cut
	file    File
	snap    Snapshot
	taken   []bool // lines that belong to a listing
	formats map[string]bool
}

func newReader(name string, b []byte) *reader {
	r := &reader{name: name, file: File{Name: name}, formats: map[string]bool{}}
	over := len(b) - mostBytes
	if over > 0 {
		b = b[:mostBytes]
	}
	text, enc, err := Decode(b)
	r.file.Encoding = enc
	r.split(text)
	if over > 0 || err != nil {
		r.dropLast()
	}
	if over > 0 {
		r.lost(len(r.lines), fmt.Sprintf("the last %d bytes of the file were not read: it is too large", over))
	}
	if err != nil {
		r.lost(len(r.lines), err.Error()+": nothing after it was read")
	}
	if n := strings.Count(text, "\uFFFD"); n > 0 {
		r.lose(1, fmt.Sprintf("the file itself holds %d characters that were lost before (U+FFFD)", n))
	}
	return r
}

// split makes lines of the text. A line that is too long is kept empty, so that
// what stands on it is never half read.
func (r *reader) split(text string) {
	r.text = text
	for rest := text; rest != ""; {
		if len(r.lines) >= mostLines {
			r.lost(len(r.lines), "the lines after this were not read: the file has too many")
			break
		}
		var one string
		one, rest, _ = strings.Cut(rest, "\n")
		l := line{no: len(r.lines) + 1, text: strings.TrimRight(one, "\r \t\x00")}
		if len(l.text) > mostLineBytes {
			r.lose(l.no, fmt.Sprintf("a line of %d bytes was not read: it is too long", len(one)))
			l.text = ""
		}
		r.lines = append(r.lines, l)
	}
	r.unended = text != "" && !strings.HasSuffix(text, "\n")
	r.file.Lines = len(r.lines)
	r.taken = make([]bool, len(r.lines)+1)
}

// dropLast takes away a last line that is known to be cut, so that nothing half is
// read from it.
func (r *reader) dropLast() {
	if r.unended && len(r.lines) > 0 {
		r.lines = r.lines[:len(r.lines)-1]
	}
}

// last reports whether a line is the last one and has no end.
func (r *reader) last(l line) bool { return r.unended && l.no == r.file.Lines }

// lose records what was not understood.
func (r *reader) lose(no int, what string) {
	if len(r.file.Losses) >= mostLosses {
		r.file.MoreLost++
		return
	}
	r.file.Losses = append(r.file.Losses, Loss{no, what})
}

// lost records that the end of the file is missing, so that no list that reaches it
// is complete.
func (r *reader) lost(no int, what string) {
	r.cut = true
	r.lose(no, what)
}

// take marks a line as understood and gives its origin.
func (r *reader) take(l line) Origin {
	if l.no > 0 && l.no < len(r.taken) {
		r.taken[l.no] = true
	}
	return Origin{File: r.name, Line: l.no, Excerpt: excerpt(l.text)}
}

func excerpt(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= mostExcerpt {
		return s
	}
	n := 0
	for i := range s {
		if n == mostExcerpt {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

func (r *reader) format(name string) { r.formats[name] = true }

// add keeps an entity. Its id is its folded name unless it has another.
func (r *reader) add(e Entity) {
	if len(r.snap.Entities) >= mostEntities {
		if len(r.snap.Entities) == mostEntities {
			r.lost(e.Origin.Line, "there are more things than are kept of one file")
		}
		return
	}
	if e.id == "" {
		e.id = fold(e.Name)
	}
	r.snap.Entities = append(r.snap.Entities, e)
}

// cover records that a list is complete.
func (r *reader) cover(c Coverage) {
	if !r.cut {
		r.snap.Covered = append(r.snap.Covered, c)
	}
}

// snapshot ends the reading.
func (r *reader) snapshot() Snapshot {
	for name := range r.formats {
		r.file.Formats = append(r.file.Formats, name)
	}
	slices.Sort(r.file.Formats)
	for _, l := range r.lines {
		if !r.taken[l.no] && !l.blank() {
			r.file.Ignored++
		}
	}
	if len(r.file.Formats) == 0 && r.file.Lines > 0 {
		r.lose(1, "not a listing that is known here")
	}
	if r.cut {
		r.snap.Covered = nil
	}
	r.snap.Files = []File{r.file}
	return Merge(r.snap)
}

// facts makes a list of facts from names and values, leaving out empty values.
func facts(at Origin, pairs ...string) []Fact {
	var list []Fact
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			list = append(list, Fact{Name: pairs[i], Value: pairs[i+1], Origin: at})
		}
	}
	return list
}

// columns splits a line where two or more spaces stand together.
func columns(s string) []string {
	var cols []string
	for _, part := range strings.Split(strings.ReplaceAll(s, "\t", "  "), "  ") {
		if part = strings.TrimSpace(part); part != "" {
			cols = append(cols, part)
		}
	}
	return cols
}

// runes counts characters.
func runes(s string) int { return utf8.RuneCountInString(s) }
