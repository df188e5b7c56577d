package observe

import (
	"slices"
	"strings"
	"sync"

	"jobun/checker/audit"
	"jobun/internal/phrases"
)

// The readers say what they found in English. Here a finished sentence becomes Japanese:
// the phrase of words_ja.go that it was made with is found again, and what stands in the
// places of the phrase is taken over byte for byte.

// Say gives a sentence of this package in a language: ja, or else English, as it is. A
// sentence that is not known stays as it is.
func Say(lang, text string) string {
	if lang != "ja" {
		return text
	}
	said, _ := phrasesJa().Say(text)
	return said
}

// in gives words that the program itself puts into a report, in its language.
func (o Options) in(ja, en string) string {
	if o.Lang == "ja" {
		return ja
	}
	return en
}

// said is a whole note: the sentences, and the record's own words between them.
func (s *seen) said(lang string) string {
	var access, parts []string
	for _, text := range s.access {
		access = append(access, Say(lang, cut(text, 500)))
	}
	quote := cut(s.quote, 300)
	between, strokes := "; ", " / "
	if lang == "ja" {
		between, strokes = "。", "。"
		if quote != "" {
			quote = phrases.InBrackets(quote)
		}
	}
	parts = append(parts, Say(lang, cut(s.note, 600)), quote, strings.Join(access, strokes))
	for _, text := range s.also {
		parts = append(parts, Say(lang, cut(text, 600)))
	}
	return strings.Join(slices.DeleteFunc(parts, func(text string) bool { return text == "" }), between)
}

// asWritten is the record's own words for the time, which are never translated, with ours
// on it behind them.
func (s *seen) asWritten(lang string) string {
	written, remark := cut(s.written, 100), Say(lang, cut(s.remark, 100))
	switch {
	case written == "" || remark == "":
		return written + remark
	case lang == "ja":
		return written + "（" + remark + "）"
	default:
		return written + " (" + remark + ")"
	}
}

// translate gives what is written of a reading in the language of the report.
func (r *reading) translate(lang string) {
	for i := range r.seen {
		s := &r.seen[i]
		s.note = s.said(lang)
		s.quote, s.access, s.also = "", nil, nil
		if s.attribution != nil {
			s.attribution = &audit.Attribution{To: s.attribution.To, Basis: s.attribution.Basis, Note: Say(lang, s.attribution.Note)}
		}
	}
	for i := range r.matters {
		r.matters[i].what = Say(lang, r.matters[i].what)
	}
	for i, note := range r.source.Notes {
		r.source.Notes[i] = Say(lang, note)
	}
}

type phrase = phrases.Phrase

// phrasesJa is made when it is first asked for: few commands need it.
var phrasesJa = sync.OnceValue(func() *phrases.Book { return phrases.New(phrase{"%s: %e", "「%s」：%e"}, japanesePhrases()) })
