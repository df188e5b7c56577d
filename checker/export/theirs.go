package export

import (
	"strings"

	"jobun/checker/export/paper"
	"jobun/internal/cells"
)

// Between one of the first two characters and the third stands what somebody else said,
// in sentences of ours that a paper takes apart again. No text of a report holds them:
// they are written out where one comes in.
const theirsBegin, publicBegin, theirsEnd = "\x02", "\x04", "\x03"

// theirs puts words that are not ours into a sentence: a name, a title, an excerpt, a
// statement, a value. In a style that marks them they can be told from ours later.
func (s Style) theirs(text string) string { return s.quoted(theirsBegin, text) }

// public is theirs for the words of a provision and the titles of authorities.
func (s Style) public(text string) string { return s.quoted(publicBegin, text) }

func (s Style) quoted(begin, text string) string {
	if !s.marked || text == "" {
		return text
	}
	if strings.ContainsAny(text, theirsBegin+publicBegin+theirsEnd) {
		text = cells.SanitiseLines(text)
	}
	return begin + text + theirsEnd
}

// spansOf takes a sentence apart into words of ours and of others.
func spansOf(sentence string) []paper.Span {
	var spans []paper.Span
	add := func(s paper.Span) {
		if s.Text != "" {
			spans = append(spans, s)
		}
	}
	for {
		i := strings.IndexAny(sentence, theirsBegin+publicBegin)
		if i < 0 {
			add(paper.Span{Text: sentence})
			return spans
		}
		add(paper.Span{Text: sentence[:i]})
		words, after, _ := strings.Cut(sentence[i+1:], theirsEnd)
		add(paper.Span{Text: words, Quoted: true, Public: sentence[i:i+1] == publicBegin})
		sentence = after
	}
}

// exhibit is an exhibit as this paper names it: by a number of ours, or by the report's
// id, which is not.
func (s Style) exhibit(id string) string {
	if name, ok := s.exhibitNames[id]; ok {
		return name
	}
	return s.theirs(id)
}
