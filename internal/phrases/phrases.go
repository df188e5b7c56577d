// Package phrases says finished English sentences in Japanese. What makes a sentence says
// it in English; here the phrase that it was made with is found again by its fixed words,
// and what stands in the places of the phrase is taken over byte for byte.
package phrases

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Phrase is a sentence in English and in Japanese, with places: %s a text, %i a word without a space, %d a number,
// %q a text in quotation marks, %a texts with an arrow between them, %w words of ours,
// which are looked up in their turn and quoted if they are not known, and at the end %e
// a sentence of ours: where it is not known, the whole is not.
// The Japanese has the same places, in order, or numbered as in %[2]s.
type Phrase [2]string

// En is the phrase in English.
func (p Phrase) En() string { return p[0] }

// Ja is the phrase in Japanese.
func (p Phrase) Ja() string { return p[1] }

var place = regexp.MustCompile(`%(?:\[([0-9])\])?([sidqawe])`)

// pattern is a phrase by which sentences are known.
type pattern struct {
	Phrase
	kinds []string // of the places
	fixed []string // what stands around them: one more
	size  int      // of what is fixed
	// Where a sentence can be divided in two ways, which is meant cannot be told. Few
	// patterns are ever tried so far that they need these.
	least, most func() *regexp.Regexp
	// The last place is %e: what stands before it is found by the rest of the pattern.
	goesOn bool
}

func newPattern(p Phrase) *pattern {
	made := &pattern{Phrase: p}
	en, goesOn := strings.CutSuffix(p.En(), "%e")
	made.goesOn = goesOn
	var least, most strings.Builder
	at := 0
	add := func(text string) {
		made.fixed = append(made.fixed, text)
		made.size += len(text)
		least.WriteString(regexp.QuoteMeta(text))
		most.WriteString(regexp.QuoteMeta(text))
	}
	for _, m := range place.FindAllStringSubmatchIndex(en, -1) {
		add(en[at:m[0]])
		kind := en[m[4]:m[5]]
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
	add(en[at:])
	made.least, made.most = whole(least.String()), whole(most.String())
	return made
}

func whole(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)^` + expression + `$`) })
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
	least := p.least().FindStringSubmatch(text)
	if least == nil || len(p.kinds) > 1 && !slices.Equal(least, p.most().FindStringSubmatch(text)) {
		return nil, false
	}
	return least[1:], true
}

// rank is how soon a pattern is tried: by its fixed text, and the sooner if all of it is
// the beginning of the sentence, which leaves nothing in doubt.
func (p *pattern) rank() int {
	if p.goesOn && len(p.kinds) == 0 {
		return mostSaid + p.size
	}
	return p.size
}

// Book finds phrases again: those without a place at once, the others by trying those
// with the most fixed text first.
type Book struct {
	whole    map[string]string
	patterns []*pattern
	lead     Phrase
}

// New makes a book of a table. The lead is how a sentence is said that something else and
// a colon lead: any text, as in {"%s: %e", "「%s」：%e"}, or words without a space, as in
// {"%i: %e", "%i: %e"}.
func New(lead Phrase, table []Phrase) *Book {
	b := &Book{whole: map[string]string{}, lead: lead}
	for _, p := range table {
		if !place.MatchString(p.En()) {
			b.whole[p.En()] = p.Ja()
			continue
		}
		b.patterns = append(b.patterns, newPattern(p))
	}
	slices.SortStableFunc(b.patterns, func(x, y *pattern) int { return y.rank() - x.rank() })
	return b
}

// Say gives a sentence in Japanese, and whether it is known. One that is not known stays
// as it is.
func (b *Book) Say(text string) (string, bool) {
	return (&speaker{Book: b, said: map[question]answer{}}).say(text)
}

// speaker says one sentence, and each part of it once, however often it is tried.
type speaker struct {
	*Book
	said map[question]answer
}

type question struct{ as, text string }

type answer struct {
	text    string
	isKnown bool
}

// once gives what a part was said as before, or else says it.
func (b *speaker) once(as, text string, say func(string) (string, bool)) (string, bool) {
	q := question{as, text}
	before, ok := b.said[q]
	if !ok {
		before.text, before.isKnown = say(text)
		b.said[q] = before
	}
	return before.text, before.isKnown
}

// mostSaid is how long a sentence may be that is taken apart: of a longer one the parts
// would be sought in text that is none of ours.
const mostSaid = 1000

// mostColons is at how many of its colons a sentence is divided: an error has a few.
const mostColons = 20

func (b *speaker) say(text string) (string, bool) {
	if ja, ok := b.inRow(text); ok || len(text) > mostSaid {
		return ja, ok
	}
	return b.because(text)
}

// inRow gives a sentence, or several in a row.
func (b *speaker) inRow(text string) (string, bool) { return b.once("in a row", text, b.sayInRow) }

func (b *speaker) sayInRow(text string) (string, bool) {
	if ja, ok := b.one(text); ok || len(text) > mostSaid {
		return ja, ok
	}
	for _, between := range [][2]string{{"; ", "。"}, {", ", "、"}, {" + ", " + "}} {
		if ja, ok := b.series(text, between[0], between[1]); ok {
			return ja, true
		}
	}
	return text, false
}

// one gives a sentence that is one phrase.
func (b *speaker) one(text string) (string, bool) { return b.once("one", text, b.sayOne) }

func (b *speaker) sayOne(text string) (string, bool) {
	if ja, ok := b.whole[text]; ok {
		return ja, true
	}
	for _, p := range b.patterns {
		if p.goesOn {
			if ja, ok := b.further(p, text); ok {
				return ja, true
			}
			continue
		}
		if found, ok := p.match(text); ok {
			return b.fill(p, found), true
		}
	}
	return text, false
}

// further gives a phrase that ends in a sentence of its own: the longest that is known,
// and rather one that nothing else leads, for that may be the end of a name.
func (b *speaker) further(p *pattern, text string) (string, bool) {
	if !strings.HasPrefix(text, p.fixed[0]) {
		return "", false
	}
	last := p.fixed[len(p.fixed)-1]
	for _, say := range []func(string) (string, bool){b.inRow, b.because} {
		at := 0
		for range mostColons {
			next := strings.Index(text[at:], last)
			if next < 0 {
				break
			}
			at += next + len(last)
			found, ok := p.match(text[:at])
			if !ok {
				continue
			}
			if rest, ok := say(text[at:]); ok {
				return b.fill(p, append(found, rest)), true
			}
		}
	}
	return "", false
}

// fill puts what was found into the places of the Japanese.
func (b *speaker) fill(p *pattern, found []string) string {
	next := 0
	return japanesePlace.ReplaceAllStringFunc(p.Ja(), func(mark string) string {
		n := next
		m := place.FindStringSubmatch(mark)
		if m[1] != "" {
			n = int(m[1][0] - '1')
		}
		next++
		text := found[n]
		switch m[2] {
		case "w":
			return b.quoted(text)
		case "q":
			text = strings.TrimSuffix(strings.TrimPrefix(text, `"`), `"`)
		}
		if strings.HasPrefix(mark, "「") {
			return InBrackets(text)
		}
		return text
	})
}

// japanesePlace is a place with the brackets that stand right around it.
var japanesePlace = regexp.MustCompile(`「` + place.String() + `」|` + place.String())

// InBrackets puts words of others in brackets, so that none of them can be taken for ours:
// those that have such a bracket themselves stand in quotation marks instead.
func InBrackets(text string) string {
	if strings.ContainsAny(text, "「」") {
		return strconv.Quote(text)
	}
	return "「" + text + "」"
}

// quoted gives words of ours, and those of others in brackets.
func (b *speaker) quoted(text string) string {
	if ja, ok := b.say(text); ok {
		return ja
	}
	return InBrackets(text)
}

// series is several phrases in a row, if each is known.
func (b *speaker) series(text, between, ja string) (string, bool) {
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
func (b *speaker) because(text string) (string, bool) { return b.once("because", text, b.sayBecause) }

func (b *speaker) sayBecause(text string) (string, bool) {
	colons := 0
	for at := range len(text) {
		if why, found := strings.CutPrefix(text[at:], ": "); found && colons < mostColons {
			colons++
			ja, ok := b.one(why)
			if !ok {
				ja, ok = b.series(why, "; ", "。")
			}
			if ok && b.mayLead(text[:at]) {
				before, _, _ := strings.Cut(b.lead.Ja(), "%e")
				return place.ReplaceAllLiteralString(before, text[:at]) + ja, true
			}
		}
	}
	return text, false
}

// mayLead reports whether a text may stand before the colon.
func (b *speaker) mayLead(text string) bool {
	return strings.HasPrefix(b.lead.En(), "%s") || !strings.Contains(strings.ReplaceAll(text, ": ", ""), " ")
}
