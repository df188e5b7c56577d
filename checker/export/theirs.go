package export

import (
	"strings"

	"jobun/checker/export/paper"
	"jobun/internal/cells"
)

// Between these two characters stands what somebody else said, in sentences of ours
// that a paper takes apart again. No text of a report holds them: they are written out
// where one comes in.
const theirsBegin, theirsEnd = "\x02", "\x03"

// theirs puts words that are not ours into a sentence: a name, a title, an excerpt, a
// statement, a value. In a style that marks them they can be told from ours later.
func (s Style) theirs(text string) string {
	if !s.marked || text == "" {
		return text
	}
	if strings.ContainsAny(text, theirsBegin+theirsEnd) {
		text = cells.SanitiseLines(text)
	}
	return theirsBegin + text + theirsEnd
}

// spansOf takes a sentence apart into words of ours and of others.
func spansOf(sentence string) []paper.Span {
	var spans []paper.Span
	add := func(text string, quoted bool) {
		if text != "" {
			spans = append(spans, paper.Span{Text: text, Quoted: quoted})
		}
	}
	for {
		ours, rest, more := strings.Cut(sentence, theirsBegin)
		add(ours, false)
		if !more {
			return spans
		}
		words, after, _ := strings.Cut(rest, theirsEnd)
		add(words, true)
		sentence = after
	}
}
