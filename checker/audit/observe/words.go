package observe

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"jobun/checker/audit"
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
	said, _ := phrasesJa().say(text)
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
			quote = "「" + quote + "」"
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

// phrase is a sentence with places: %s a text, %i a word without a space, %d a number,
// %q a text in quotation marks, %a texts with an arrow between them, and %w words of ours,
// which are looked up in their turn.
// The Japanese has the same places, in order, or numbered as in %[2]s.
type phrase struct{ en, ja string }

var place = regexp.MustCompile(`%(?:\[([0-9])\])?([sidqaw])`)

// pattern is a phrase by which sentences are known.
type pattern struct {
	phrase
	kinds []string // of the places
	fixed []string // what stands around them: one more
	size  int      // of what is fixed
	// Where a sentence can be divided in two ways, which is meant cannot be told.
	least, most *regexp.Regexp
}

func newPattern(p phrase) *pattern {
	made := &pattern{phrase: p}
	var least, most strings.Builder
	at := 0
	add := func(text string) {
		made.fixed = append(made.fixed, text)
		made.size += len(text)
		least.WriteString(regexp.QuoteMeta(text))
		most.WriteString(regexp.QuoteMeta(text))
	}
	for _, m := range place.FindAllStringSubmatchIndex(p.en, -1) {
		add(p.en[at:m[0]])
		kind := p.en[m[4]:m[5]]
		made.kinds = append(made.kinds, kind)
		short, long := ".*?", ".*"
		switch kind {
		case "i":
			short, long = `\S+?`, `\S+`
		case "d":
			short, long = `-?[0-9]+`, `-?[0-9]+`
		case "a":
			short, long = ".* → .*", ".* → .*"
		case "q": // the end may have been cut off
			short, long = `".*?"|".*?…`, `".*"|".*…`
		}
		least.WriteString("(" + short + ")")
		most.WriteString("(" + long + ")")
		at = m[1]
	}
	add(p.en[at:])
	made.least, made.most = regexp.MustCompile(`(?s)^`+least.String()+`$`), regexp.MustCompile(`(?s)^`+most.String()+`$`)
	return made
}

// match gives what stands in the places.
func (p *pattern) match(text string) ([]string, bool) {
	if !strings.HasPrefix(text, p.fixed[0]) || !strings.HasSuffix(text, p.fixed[len(p.fixed)-1]) || len(text) < p.size {
		return nil, false
	}
	for _, part := range p.fixed {
		if !strings.Contains(text, part) {
			return nil, false
		}
	}
	least := p.least.FindStringSubmatch(text)
	if least == nil || len(p.kinds) > 1 && !slices.Equal(least, p.most.FindStringSubmatch(text)) {
		return nil, false
	}
	return least[1:], true
}

// phrasebook finds phrases again: those without a place at once, the others by trying
// those with the most fixed text first.
type phrasebook struct {
	whole    map[string]string
	patterns []*pattern
}

// phrasesJa is made when it is first asked for: few commands need it.
var phrasesJa = sync.OnceValue(func() *phrasebook { return newPhrasebook(japanesePhrases()) })

func newPhrasebook(phrases []phrase) *phrasebook {
	b := &phrasebook{whole: map[string]string{}}
	for _, p := range phrases {
		if !place.MatchString(p.en) {
			b.whole[p.en] = p.ja
			continue
		}
		b.patterns = append(b.patterns, newPattern(p))
	}
	slices.SortStableFunc(b.patterns, func(x, y *pattern) int { return y.size - x.size })
	return b
}

// mostSaid is how long a sentence may be that is taken apart: of a longer one the parts
// would be sought in text that is none of ours.
const mostSaid = 1000

// say gives a sentence in Japanese, and whether it is known.
func (b *phrasebook) say(text string) (string, bool) {
	if ja, ok := b.one(text); ok || len(text) > mostSaid {
		return ja, ok
	}
	for _, between := range [][2]string{{"; ", "。"}, {", ", "、"}, {" + ", " + "}} {
		if ja, ok := b.series(text, between[0], between[1]); ok {
			return ja, true
		}
	}
	return b.because(text)
}

// one gives a sentence that is one phrase.
func (b *phrasebook) one(text string) (string, bool) {
	if ja, ok := b.whole[text]; ok {
		return ja, true
	}
	for _, p := range b.patterns {
		if found, ok := p.match(text); ok {
			return b.fill(p, found), true
		}
	}
	return text, false
}

// fill puts what was found into the places of the Japanese.
func (b *phrasebook) fill(p *pattern, found []string) string {
	next := 0
	return place.ReplaceAllStringFunc(p.ja, func(mark string) string {
		n := next
		if m := place.FindStringSubmatch(mark); m[1] != "" {
			n = int(m[1][0] - '1')
		}
		next++
		switch p.kinds[n] {
		case "w":
			return b.quoted(found[n])
		case "q":
			return strings.TrimSuffix(strings.TrimPrefix(found[n], `"`), `"`)
		default:
			return found[n]
		}
	})
}

// quoted gives words of ours, and those of others in quotation marks.
func (b *phrasebook) quoted(text string) string {
	if ja, ok := b.say(text); ok {
		return ja
	}
	return "「" + text + "」"
}

// series is several phrases in a row, if each is known.
func (b *phrasebook) series(text, between, ja string) (string, bool) {
	first, rest, more := strings.Cut(text, between)
	for more {
		if said, ok := b.one(first); ok {
			after, ok := b.one(rest)
			if !ok {
				after, ok = b.series(rest, between, ja)
			}
			return said + ja + after, ok
		}
		var next string
		next, rest, more = strings.Cut(rest, between)
		first += between + next
	}
	return "", false
}

// because is a sentence that says first where or what, then why: "a.xml: unexpected EOF".
func (b *phrasebook) because(text string) (string, bool) {
	for at := range len(text) {
		if why, found := strings.CutPrefix(text[at:], ": "); found {
			ja, ok := b.one(why)
			if !ok {
				ja, ok = b.series(why, "; ", "。")
			}
			if ok {
				return "「" + text[:at] + "」：" + ja, true
			}
		}
	}
	return text, false
}
