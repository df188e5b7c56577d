package cells

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sanitise makes untrusted text inert and visible, for one line or one table
// cell. What could move the cursor, change the order of the text or hide in it
// is written out in ASCII: a control character below U+0080 and a byte that is
// not UTF-8 as \x1B, everything else as \u{202E}. That includes tab, newline
// and carriage return (\x09, \x0A, \x0D): they are not written \t or \n,
// because C:\new is a path. A text may hold such a sequence itself; which it
// was, the raw record tells.
//
// Written out are the C0 and C1 controls, DEL, line and paragraph separators,
// every format character (bidirectional controls, zero-width spaces and
// joiners, soft hyphen, byte order mark, tags), blank fillers, noncharacters,
// and a combining mark that has nothing to combine with. A variation selector
// after a kanji or a symbol and a joiner between emoji are kept. Sanitise is
// idempotent, leaves ordinary Japanese and English text as it is, and always
// gives valid UTF-8.
func Sanitise(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	before := rune(0) // The character just before, 0 if there is none or it was written out.
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		after, n := utf8.DecodeRuneInString(s[i+size:])
		if after == utf8.RuneError && n <= 1 {
			after = 0
		}
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02X`, s[i])
			before = 0
		case harmless(before, r, after):
			b.WriteRune(r)
			before = r
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02X`, r)
			before = 0
		default:
			fmt.Fprintf(&b, `\u{%04X}`, r)
			before = 0
		}
		i += size
	}
	return b.String()
}

// SanitiseLines is Sanitise for a text of several lines: it keeps "\n", and
// "\r\n" becomes "\n".
func SanitiseLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if i < len(lines)-1 {
			line = strings.TrimSuffix(line, "\r")
		}
		lines[i] = Sanitise(line)
	}
	return strings.Join(lines, "\n")
}

// harmless tells whether r may stand as it is between its neighbours.
func harmless(before, r, after rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= ' ' && r != '\x7f'
	case r == '\u200d': // Zero width joiner.
		return (pictograph(before) || before == '\ufe0f') && pictograph(after)
	case r >= '\ufe00' && r <= '\ufe0f', r >= 0xe0100 && r <= 0xe01ef: // Variation selectors.
		return unicode.Is(unicode.Han, before) || (r >= '\ufe0e' && r <= '\ufe0f' && presentable(before))
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point):
		return false
	case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r): // Blank fillers.
		return false
	case unicode.In(r, unicode.Mn, unicode.Me):
		return before != 0
	}
	return true
}

// Plain tells whether r stands for itself alone: it controls nothing, is no mark of
// direction or layout, and can be seen.
func Plain(r rune) bool {
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point, unicode.Other_Default_Ignorable_Code_Point)
}

func pictograph(r rune) bool {
	return r >= '\u2190' && unicode.IsSymbol(r)
}

// presentable tells whether r has both a text and an emoji form.
func presentable(r rune) bool {
	return r >= '\u00a9' && unicode.IsSymbol(r) || strings.ContainsRune("#*0123456789‼⁉〰", r) && r != 0
}
