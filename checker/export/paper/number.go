package paper

import (
	"fmt"
	"strconv"
)

// Part is the section of a heading that begins another paper inside the paper, such as
// its translation: it has no number, and those below it count anew.
const Part = "part"

// Number gives headings and counted items their numbers: 第1, 1, (1), ア as Japanese
// papers have them, or 1, 1.1, 1.1.1; counted items, (1), (2) under each heading. Spans
// that lead to a heading and have no text get its number, 第2の1, as their text.
func (p *Paper) Number() {
	var count [5]int
	items, lang := 0, p.Lang
	full := map[string]string{}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		switch {
		case b.Kind == Item && b.Counted:
			items++
			b.Number = fmt.Sprintf("(%d)", items)
		case b.Kind != Heading || b.Level < 1 || b.Level >= len(count):
		case b.Section == Part:
			count, items, lang = [5]int{}, 0, b.language(p.Lang)
		default:
			items = 0
			count[b.Level]++
			for deeper := b.Level + 1; deeper < len(count); deeper++ {
				count[deeper] = 0
			}
			b.Number = number(lang, b.Level, count)
			if b.Anchor != "" {
				full[b.Anchor] = fullNumber(lang, b.Level, count)
			}
		}
	}
	p.Walk(func(s *Span) {
		if s.Text == "" && s.To != "" {
			s.Text = full[s.To]
		}
	})
}

// language is the language from a heading on, of a paper in a language.
func (b *Block) language(lang string) string {
	if b.Lang != "" {
		return b.Lang
	}
	return lang
}

// fullNumber is a heading's number with those that it stands under: 第2の1(3).
func fullNumber(lang string, level int, count [5]int) string {
	text := number(lang, level, count)
	if lang == "en" {
		return text // it holds them
	}
	for above := level - 1; above >= 1; above-- {
		joint := ""
		if above == 1 {
			joint = "の"
		}
		text = number(lang, above, count) + joint + text
	}
	return text
}

// number is a heading's number at its level, from how many there are at each.
func number(lang string, level int, count [5]int) string {
	n := count[level]
	if lang == "en" {
		text := strconv.Itoa(count[1])
		for i := 2; i <= level; i++ {
			text += "." + strconv.Itoa(count[i])
		}
		return text
	}
	switch level {
	case 1:
		return "第" + strconv.Itoa(n)
	case 2:
		return strconv.Itoa(n)
	case 3:
		return fmt.Sprintf("(%d)", n)
	default:
		return kana(n)
	}
}

// kana is ア, イ, ウ; beyond ン, which no paper reaches, two of them.
func kana(n int) string {
	const row = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
	letters := []rune(row)
	if n <= len(letters) {
		return string(letters[n-1])
	}
	return kana((n-1)/len(letters)) + string(letters[(n-1)%len(letters)])
}

// lead is what stands before the words of a heading or of a counted item.
func (b Block) lead(lang string) string {
	switch {
	case b.Number == "":
		return ""
	case b.Kind == Item || lang == "en":
		return b.Number + " "
	default:
		return b.Number + "　"
	}
}
