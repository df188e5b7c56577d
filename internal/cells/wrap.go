package cells

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// wholeFrom is the width from which citations, dates and quantities are kept
// in one piece. In a narrower column that would leave too much of it empty.
const wholeFrom = 30

// Wrap breaks s into lines of at most w cells; a w under 2 counts as 2, since a
// wide character needs that much.
//
// Breaks are those of UAX #14, and no line starts or ends with a character that
// Japanese typesetting forbids there (kinsoku). Words are kept whole, and from
// 30 cells up citations, dates and numbers with their unit are too. Only what is
// wider than a whole line is broken inside.
//
// Nothing is lost: the lines joined are s without its newlines. A space that
// ends a word stays with the word. A newline in s ends a line, so "a\n" is two
// lines and "" is one. The text must be plain; styles are put on afterwards.
func Wrap(s string, w int) []string {
	w = max(w, 2)
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		out = append(out, wrapLine(strings.TrimSuffix(line, "\r"), w)...)
	}
	return out
}

func wrapLine(s string, w int) []string {
	if Width(s) <= w {
		return []string{s}
	}
	all := split(s)
	may := breaks(s, all, w)
	var out []string
	for len(s) > 0 {
		n := fill(all, may, w)
		size := 0
		for _, c := range all[:n] {
			size += len(c.text)
		}
		out = append(out, s[:size])
		s, all, may = s[size:], all[n:], may[n:]
	}
	return out
}

// fill gives the number of cells that go on the next line; may says before
// which cells a line may be broken.
func fill(all []cell, may []bool, w int) int {
	n, used, last := 0, 0, 0
	for n < len(all) && used+all[n].width <= w {
		if may[n] {
			last = n
		}
		used += all[n].width
		n++
	}
	switch {
	case n == len(all) || may[n]:
		return max(n, 1)
	case last > 0:
		return last
	}
	// One piece is wider than the line. Cut it where it hurts least.
	for k := n; k > 0; k-- {
		if !forbidden(all[k-1].text, all[k].text) {
			return k
		}
	}
	return max(n, 1)
}

// breaks says before which cells of s a line may be broken.
func breaks(s string, all []cell, w int) []bool {
	at := make([]bool, len(s)+1)
	rest, state, pos := s, -1, 0
	for len(rest) > 0 {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		pos += len(segment)
		at[pos] = true
	}
	if w >= wholeFrom {
		for _, m := range wholes.FindAllStringIndex(s, -1) {
			if Width(s[m[0]:m[1]]) <= w {
				clear(at[m[0]+1 : m[1]])
			}
		}
	}
	may := make([]bool, len(all))
	pos = 0
	for i, c := range all {
		may[i] = i > 0 && at[pos] && !forbidden(all[i-1].text, c.text)
		pos += len(c.text)
	}
	return may
}

// forbidden tells whether kinsoku forbids a break between two cells. UAX #14
// knows nearly all of it, but allows some of these after a space.
func forbidden(before, after string) bool {
	end, _ := utf8.DecodeLastRuneInString(before)
	start, _ := utf8.DecodeRuneInString(after)
	return strings.ContainsRune(neverLast, end) || strings.ContainsRune(neverFirst, start)
}

// The characters that no line starts with, and those that none ends with.
const (
	neverFirst = "、。，．,.」』）】〕〉》］｝)]}｣､｡!?！？‼⁇⁈⁉:;：；・･゠–〜～" +
		"ーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｯｬｭｮ々〻ゝゞヽヾ" + marks
	neverLast = "「『（【〔〈《［｛([{｢"
)
