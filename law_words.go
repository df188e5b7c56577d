package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"jobun/checker/export"
)

// wordDiff compares two texts word by word, so that 懲役 became 拘禁刑 and not 懲
// became 拘禁 and 役 刑. The words are looked for as one letter each.
func wordDiff(was, now string) []export.Change {
	old, fresh := words(was), words(now)
	code := map[string]rune{}
	coded := func(words []string) string {
		var b strings.Builder
		for _, w := range words {
			if _, ok := code[w]; !ok {
				code[w] = firstCode + rune(len(code))
			}
			b.WriteRune(code[w])
		}
		return b.String()
	}
	before, after := coded(old), coded(fresh)
	if len(code) > unicode.MaxRune-firstCode {
		return []export.Change{{Was: was, Now: now}} // more words than there are letters
	}
	back := make([]string, len(code)) // of a letter, its word
	for w, r := range code {
		back[r-firstCode] = w
	}
	decoded := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteString(back[r-firstCode])
		}
		return b.String()
	}
	edits := udiff.Strings(before, after)
	udiff.SortEdits(edits)
	var changes []export.Change
	at := 0
	for _, e := range edits {
		if e.Start > at {
			changes = append(changes, export.Change{Same: decoded(before[at:e.Start])})
		}
		changes = joined(changes, export.Change{Was: decoded(before[e.Start:e.End]), Now: decoded(e.New)})
		at = e.End
	}
	if at < len(before) {
		changes = append(changes, export.Change{Same: decoded(before[at:])})
	}
	return changes
}

// firstCode begins the letters that stand for words: they take four bytes each.
const firstCode = 0x10000

// joined adds a change to the one right before it.
func joined(changes []export.Change, c export.Change) []export.Change {
	if n := len(changes); n > 0 && changes[n-1].Same == "" {
		changes[n-1].Was += c.Was
		changes[n-1].Now += c.Now
		return changes
	}
	return append(changes, c)
}

// words parts a Japanese text where its script changes, which is nearly where its
// words do, and around the conjunctions of legal Japanese. A mark is a word of its
// own; nothing is left out.
func words(s string) []string {
	var words []string
	before, apart := mark, true
	for len(s) > 0 {
		if c := conjunction(s); c != "" {
			words, s, apart = append(words, c), s[len(c):], true
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		is := scriptOf(r)
		if is == before && is != mark && !apart {
			words[len(words)-1] += s[:size]
		} else {
			words = append(words, s[:size])
		}
		s, before, apart = s[size:], is, false
	}
	return words
}

// conjunction is the conjunction that a text begins with, or nothing.
func conjunction(s string) string {
	for _, c := range [...]string{"又は", "若しくは", "及び", "並びに"} {
		if strings.HasPrefix(s, c) {
			return c
		}
	}
	return ""
}

type script int

const (
	mark script = iota // each on its own
	kanji
	hiragana
	katakana
	latin
)

func scriptOf(r rune) script {
	switch {
	case unicode.Is(unicode.Han, r):
		return kanji
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return katakana
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return latin
	default:
		return mark
	}
}

// marked writes changes in one line of text: [-懲役-]{+拘禁刑+}.
func marked(changes []export.Change) string {
	var b strings.Builder
	for _, c := range changes {
		b.WriteString(c.Same)
		if c.Was != "" {
			b.WriteString("[-" + c.Was + "-]")
		}
		if c.Now != "" {
			b.WriteString("{+" + c.Now + "+}")
		}
	}
	return b.String()
}
