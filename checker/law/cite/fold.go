package cite

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold writes a citation in one way: NFKC, no white space, 第1項 for ① and Ⅰ.
// White space between two figures parts two numbers, so 168条の2 1項 is not
// 168条の21項.
func fold(s string) string {
	var marked strings.Builder
	for _, r := range s {
		switch {
		case r >= '①' && r <= '⑳':
			marked.WriteString("第" + figure(int(r-'①')+1) + "項")
		case r >= 'Ⅰ' && r <= 'Ⅻ':
			marked.WriteString("第" + figure(int(r-'Ⅰ')+1) + "項")
		case r >= '\u2010' && r <= '\u2015', r == '\u2212':
			marked.WriteByte('-')
		default:
			marked.WriteRune(r)
		}
	}
	var b strings.Builder
	var before rune
	space := false
	for _, r := range norm.NFKC.String(marked.String()) {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			continue
		case space && isFigure(before) && isFigure(r):
			b.WriteString("第")
		}
		b.WriteRune(r)
		before, space = r, false
	}
	return b.String()
}

func figure(v int) string {
	if v >= 10 {
		return string(rune('0'+v/10)) + string(rune('0'+v%10))
	}
	return string(rune('0' + v))
}

// isEnglish reports whether a citation has no Japanese in it.
func isEnglish(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= '①' && r <= '⑳' || r >= 'Ⅰ' && r <= 'Ⅻ' {
			return false
		}
	}
	return true
}

// kanjiValue is the value of a kanji digit, or of 十百千 with unit.
func kanjiValue(r rune) (value int, unit, ok bool) {
	switch r {
	case '〇', '零':
		return 0, false, true
	case '十':
		return 10, true, true
	case '百':
		return 100, true, true
	case '千':
		return 1000, true, true
	}
	for i, d := range []rune("一二三四五六七八九") {
		if r == d {
			return i + 1, false, true
		}
	}
	return 0, false, false
}

func isFigure(r rune) bool {
	_, _, ok := kanjiValue(r)
	return ok || r >= '0' && r <= '9'
}

// leading reads the number that a text begins with, 1 to 9999: 168, 百六十八 or
// 一六八. Arabic and kanji figures do not mix in one number.
func leading(s string) (value int, rest string, ok bool) {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		i := 0
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			if i == 4 {
				return 0, s, false
			}
			value = 10*value + int(s[i]-'0')
			i++
		}
		return value, s[i:], value > 0 && s[0] != '0'
	}
	total, digits, units := 0, 0, false
	figures, end := 0, 0
	for i, r := range s {
		v, unit, is := kanjiValue(r)
		if !is {
			break
		}
		if figures++; figures > 8 {
			return 0, s, false
		}
		end = i + len(string(r))
		if !unit {
			digits = 10*digits + v
			continue
		}
		if digits > 9 || total%(10*v) != 0 {
			return 0, s, false
		}
		total, digits, units = total+max(digits, 1)*v, 0, true
	}
	value = total + digits
	if units && digits > 9 || value > 9999 || value == 0 {
		return 0, s, false
	}
	return value, s[end:], true
}
