package law

import (
	"strconv"
	"strings"

	"jobun/internal/day"
)

// Lang is a language of output. Anything but EN is Japanese.
type Lang string

// The two languages of output.
const (
	JA Lang = "ja"
	EN Lang = "en"
)

// Form is how much of a citation is written out.
type Form int

// The full form names the law by its title and number and writes 第 at every
// level; the short form is that of footnotes.
const (
	Full Form = iota
	Short
)

// Numerals are the figures of a Japanese citation.
type Numerals int

// Arabic figures belong to horizontal text, kanji to the statute's own style.
const (
	Arabic Numerals = iota
	Kanji
)

// Style is how a citation is written. The zero Style is full, Japanese, in
// Arabic figures. English citations have Arabic figures always.
type Style struct {
	Lang     Lang
	Form     Form
	Numerals Numerals
}

// Cite writes a place with its law.
//
//	full   不正アクセス行為の禁止等に関する法律（平成11年法律第128号）第3条第2項第2号
//	short  不正アクセス禁止法3条2項2号
//	full   Article 3, paragraph (2), item (ii) of the Act on Prohibition of
//	       Unauthorized Computer Access (Act No. 128 of 1999)
//	short  Act on Prohibition of Unauthorized Computer Access, art. 3(2)(ii)
//
// The Japanese forms follow 法律文献等の出典の表示方法 (法律編集者懇話会), the
// English ones the Ministry of Justice's translations. A 第1項 that no text of
// the law has is left out; Check says so.
func (l *Law) Cite(p Place, s Style) string {
	return l.CiteAll([]Place{p}, s)
}

// CiteAll writes several places of one law with the law named once.
func (l *Law) CiteAll(ps []Place, s Style) string {
	places, name := l.CitePlaces(ps, s), l.Name(s)
	switch {
	case places == "":
		return name
	case s.Lang == EN && s.Form == Full:
		return places + " of the " + name
	case s.Lang == EN:
		return name + ", " + places
	case endsInLatin(name) && places[0] < 0x80 && ps[0].Section != "":
		return name + " " + places
	}
	return name + places
}

// Name writes the law alone: its title with its number in the full form, its
// short title in the short one.
func (l *Law) Name(s Style) string {
	if s.Form == Short {
		return l.Short.In(s.Lang)
	}
	title, number := l.Title.In(s.Lang), l.Number.In(s.Lang)
	switch {
	case number == "":
		return title
	case s.Lang == EN:
		return title + " (" + number + ")"
	case s.Numerals == Kanji:
		number = l.Number.Kanji
	}
	return title + "（" + number + "）"
}

// CitePlace writes a place without its law: 第6条第15号ハ.
func (l *Law) CitePlace(p Place, s Style) string {
	return l.CitePlaces([]Place{p}, s)
}

// CitePlaces writes several places without their law. What a place shares with
// the one before it is not repeated, as long as both go on at the same level:
// 第3条第1項、第2項第2号, but 第2条第4項第2号、第3条.
func (l *Law) CitePlaces(ps []Place, s Style) string {
	var parts []string
	var before Place
	for i, p := range ps {
		// Where only some versions have one paragraph, a citation keeps what the rule
		// says, and Check with the day tells.
		p = l.WithoutRedundantParagraph(p, day.Date{})
		from := levelSuppl
		if i > 0 {
			from = firstOwnLevel(before, p)
		}
		if s.Lang == EN {
			parts = append(parts, englishPlace(p, from, s.Form))
		} else {
			parts = append(parts, japanesePlace(p, from, s))
		}
		before = p
	}
	if s.Lang == EN {
		return joinEnglish(parts, s.Form)
	}
	return strings.Join(parts, "、")
}

// The levels of a place from the outside in; a section of an instrument is
// never split.
const (
	levelSuppl = iota
	levelArticle
	levelParagraph
	levelItem
	levelLetter
	levelSub
	levels
)

// has reports whether the place is written at a level.
func (p Place) has(level int) bool {
	switch level {
	case levelSuppl:
		return p.Suppl
	case levelArticle:
		return p.Article != (Number{})
	case levelParagraph:
		return p.Paragraph != 0
	case levelItem:
		return p.Item != (Number{})
	case levelLetter:
		return p.Letter != 0
	default:
		return p.Sub != 0
	}
}

// upTo is the place without the levels from one on.
func (p Place) upTo(level int) Place {
	q := p
	if level <= levelSub {
		q.Sub = 0
	}
	if level <= levelLetter {
		q.Letter = 0
	}
	if level <= levelItem {
		q.Item = Number{}
	}
	if level <= levelParagraph {
		q.Paragraph = 0
	}
	if level <= levelArticle {
		q.Article = Number{}
	}
	if level <= levelSuppl {
		q.Suppl = false
	}
	return q
}

// firstOwnLevel is the level at which a place is written when another stands
// before it. If the two do not go on at the same level (第3条、第3条第1項) it is
// written whole.
func firstOwnLevel(before, p Place) int {
	if p.Section != "" || before.Section != "" {
		return levelSuppl
	}
	for level := levelArticle; level < levels; level++ {
		if p.upTo(level+1) == before.upTo(level+1) {
			continue
		}
		if level > levelArticle && p.has(level) && before.has(level) {
			return level
		}
		return levelSuppl
	}
	return levelSuppl
}

// japanesePlace writes the levels of a place from one on.
func japanesePlace(p Place, from int, s Style) string {
	if p.Section != "" {
		return p.section()
	}
	w := japaneseWriter{style: s}
	if from <= levelSuppl && p.Suppl {
		w.WriteString("附則")
	}
	if from <= levelArticle && p.has(levelArticle) {
		w.level(p.Article, "条")
	}
	if from <= levelParagraph && p.has(levelParagraph) {
		w.level(Number{p.Paragraph}, "項")
	}
	if from <= levelItem && p.has(levelItem) {
		w.level(p.Item, "号")
	}
	if from <= levelLetter {
		w.WriteString(iroha(p.Letter))
	}
	if from <= levelSub && p.has(levelSub) {
		w.WriteString("（" + fullWidth(p.Sub) + "）")
	}
	return w.String()
}

// japaneseWriter writes numbered levels and remembers whether 第 is due.
type japaneseWriter struct {
	strings.Builder
	style    Style
	branched bool // the level before ended in a branch number
}

// level writes 第168条の2. The short form has 第 only after a branch number.
func (w *japaneseWriter) level(n Number, unit string) {
	if w.style.Form == Full || w.branched {
		w.WriteString("第")
	}
	w.WriteString(w.figure(n[0]) + unit)
	for _, branch := range n[1:] {
		if branch != 0 {
			w.WriteString("の" + w.figure(branch))
		}
	}
	w.branched = n.branched()
}

func (w *japaneseWriter) figure(v int) string {
	if w.style.Numerals == Kanji {
		return kanji(v)
	}
	return strconv.Itoa(v)
}

// fullWidth writes the figure of （１）, which statutes print in full width.
func fullWidth(v int) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(v))
}

func endsInLatin(s string) bool {
	return s != "" && s[len(s)-1] < 0x80
}
