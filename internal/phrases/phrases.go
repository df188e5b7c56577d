// Package phrases says finished English sentences in Japanese. What makes a sentence says
// it in English; here the phrase that it was made with is found again by its fixed words,
// and what stands in the places of the phrase is taken over byte for byte.
package phrases

import (
	"regexp"
	"slices"
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

// Book finds phrases again: those without a place at once, the others by trying those
// with the most fixed text first.
type Book struct {
	whole    map[string]string
	patterns []*pattern
	lead     string
}

// New makes a book of a table. The lead is how a sentence is said that any other text and
// a colon lead, as in "「%s」："; where it is empty such a sentence is not known.
func New(lead string, table []Phrase) *Book {
	b := &Book{whole: map[string]string{}, lead: lead}
	for _, p := range table {
		if !place.MatchString(p.En()) {
			b.whole[p.En()] = p.Ja()
			continue
		}
		b.patterns = append(b.patterns, newPattern(p))
	}
	slices.SortStableFunc(b.patterns, func(x, y *pattern) int { return y.size - x.size })
	return b
}

// Say gives a sentence in Japanese, and whether it is known. One that is not known stays
// as it is.
func (b *Book) Say(text string) (string, bool) {
	return (&speaker{Book: b, said: map[string]answer{}}).say(text)
}

// speaker says one sentence, and each part of it once, however often it is tried.
type speaker struct {
	*Book
	said map[string]answer
}

type answer struct {
	text    string
	isKnown bool
}

// mostSaid is how long a sentence may be that is taken apart: of a longer one the parts
// would be sought in text that is none of ours.
const mostSaid = 1000

func (b *speaker) say(text string) (string, bool) {
	if before, ok := b.said[text]; ok {
		return before.text, before.isKnown
	}
	ja, ok := b.divided(text)
	b.said[text] = answer{ja, ok}
	return ja, ok
}

// divided gives a sentence, or several in a row, or one that another text leads.
func (b *speaker) divided(text string) (string, bool) {
	if ja, ok := b.one(text); ok || len(text) > mostSaid {
		return ja, ok
	}
	for _, between := range [][2]string{{"; ", "。"}, {", ", "、"}, {" + ", " + "}} {
		if ja, ok := b.series(text, between[0], between[1]); ok {
			return ja, true
		}
	}
	if b.lead == "" {
		return text, false
	}
	return b.because(text)
}

// one gives a sentence that is one phrase.
func (b *speaker) one(text string) (string, bool) {
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

// further gives a phrase that ends in a sentence of its own: the longest that is known.
func (b *speaker) further(p *pattern, text string) (string, bool) {
	if !strings.HasPrefix(text, p.fixed[0]) {
		return "", false
	}
	last := p.fixed[len(p.fixed)-1]
	for at := 0; ; {
		next := strings.Index(text[at:], last)
		if next < 0 {
			return "", false
		}
		at += next + len(last)
		found, ok := p.match(text[:at])
		if !ok {
			continue
		}
		if rest, ok := b.say(text[at:]); ok {
			return b.fill(p, append(found, rest)), true
		}
	}
}

// fill puts what was found into the places of the Japanese.
func (b *speaker) fill(p *pattern, found []string) string {
	next := 0
	return place.ReplaceAllStringFunc(p.Ja(), func(mark string) string {
		n := next
		m := place.FindStringSubmatch(mark)
		if m[1] != "" {
			n = int(m[1][0] - '1')
		}
		next++
		switch m[2] {
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
func (b *speaker) quoted(text string) string {
	if ja, ok := b.say(text); ok {
		return ja
	}
	return "「" + text + "」"
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
func (b *speaker) because(text string) (string, bool) {
	for at := range len(text) {
		if why, found := strings.CutPrefix(text[at:], ": "); found {
			ja, ok := b.one(why)
			if !ok {
				ja, ok = b.series(why, "; ", "。")
			}
			if ok {
				return strings.ReplaceAll(b.lead, "%s", text[:at]) + ja, true
			}
		}
	}
	return text, false
}
