package source

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const mostTextFaults = 20

// checkText finds what may not stand in any text: bytes that are not UTF-8, NUL, and
// in TOML the other control characters. It reports the first on each line.
func checkText(d *doc) Problems {
	text := d.places.text
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return Problems{d.problem(span{0, 2}, CodeText, "the file is UTF-16, not UTF-8", "save it as UTF-8")}
	}
	var ps Problems
	for i := d.places.first; i < len(text) && len(ps) < mostTextFaults; {
		r, size := utf8.DecodeRuneInString(text[i:])
		message, hint := textFault(d, i, r, size)
		if message == "" {
			i += size
			continue
		}
		ps = append(ps, d.problem(span{i, size}, CodeText, message, hint))
		next := strings.IndexByte(text[i:], '\n')
		if next < 0 {
			break
		}
		i += next + 1
	}
	return ps
}

func textFault(d *doc, i int, r rune, size int) (message, hint string) {
	text := d.places.text
	switch {
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf("the byte 0x%02X is not UTF-8 text", text[i]), "save the file as UTF-8"
	case r == 0:
		return "a NUL character is not text", "save the file as UTF-8"
	case d.json || r == '\t' || r == '\n':
		return "", ""
	case r == '\r':
		if i+1 < len(text) && text[i+1] == '\n' {
			return "", ""
		}
		return "a carriage return stands without a line feed", "end lines with LF or CR LF"
	case r < ' ' || r == 0x7f:
		return fmt.Sprintf("the control character U+%04X may not stand here", r),
			fmt.Sprintf(`in a string write "\u%04x"`, r)
	}
	return "", ""
}

// checkNesting measures the text before anything recursive reads it. On a text that is
// well formed it counts brackets exactly; on another it only has to end soon.
func checkNesting(d *doc) *Problem {
	text := d.places.text
	depth, parts, marks := 0, 0, 0
	for i := d.places.first; i < len(text); i++ {
		switch c := text[i]; c {
		case '#':
			if !d.json {
				i = endOfLine(text, i) - 1
			}
		case '"', '\'':
			if c == '"' || !d.json {
				i = endOfString(text, i) - 1
			}
		case '[', '{':
			depth, parts, marks = depth+1, 0, marks+1
			if depth > d.limits.Depth {
				return d.tooDeep(span{i, 1})
			}
		case ']', '}':
			depth, parts = max(0, depth-1), 0
		case ',', '=':
			parts, marks = 0, marks+1
		case '\n':
			parts = 0
		case '.':
			if parts++; parts >= d.limits.Depth {
				return d.tooDeep(span{i, 1})
			}
		}
		// A key with a list costs two marks for one node, so only twice the limit is sure.
		if marks > 2*d.limits.Nodes+2 {
			return d.tooMany(span{i, 1})
		}
	}
	return nil
}

func (d *doc) tooDeep(s span) *Problem {
	return d.problem(s, CodeLimit,
		fmt.Sprintf("tables and lists stand more than %d deep in one another", d.limits.Depth), "")
}

func (d *doc) tooMany(s span) *Problem {
	return d.problem(s, CodeLimit,
		fmt.Sprintf("the file has more than the %d keys and list members that are read", d.limits.Nodes), "")
}

func endOfLine(text string, i int) int {
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(text)
}

// endOfString is the offset after the string that starts at i, or after its line if it
// does not end.
func endOfString(text string, i int) int {
	quote := text[i]
	mark := strings.Repeat(string(quote), 3)
	long := strings.HasPrefix(text[i:], mark)
	if long {
		i += 2
	}
	for i++; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] == '\n' && !long:
			return i
		case text[i] == quote && !long:
			return i + 1
		case text[i] == quote && strings.HasPrefix(text[i:], mark):
			i += 3
			for n := 0; n < 2 && i < len(text) && text[i] == quote; n++ {
				i++
			}
			return i
		}
	}
	return len(text)
}
