package cite

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The marks that stand behind a number that was written as ① or Ⅰ until it is known
// whether it is of a paragraph or of an item. No citation has these letters.
const (
	circledMark = '\uE000'
	romanMark   = '\uE001'
)

// fold writes a citation in one way: NFKC, no white space, 第1項 for ① and Ⅰ, and
// 第1項第1号 for ①一 and Ⅰ①, as the pocket law books write them. White space between
// two figures parts two numbers, so 168条の2 1項 is not 168条の21項.
func fold(s string) string {
	var marked strings.Builder
	for _, r := range s {
		switch {
		case r >= '①' && r <= '⑳':
			marked.WriteString("第" + figure(int(r-'①')+1) + string(circledMark))
		case r >= 'Ⅰ' && r <= 'Ⅻ':
			marked.WriteString("第" + figure(int(r-'Ⅰ')+1) + string(romanMark))
		case r >= '\u2010' && r <= '\u2015', r == '\u2212':
			marked.WriteByte('-')
		case r == '條':
			marked.WriteRune('条')
		case r == '號':
			marked.WriteRune('号')
		case strings.ContainsRune("「」『』", r): // 「刑法」246条
		case r == '§':
			marked.WriteRune('第')
		case r == circledMark, r == romanMark: // would be mistaken for ours
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
	return unmarked(b.String())
}

// unmarked writes 項 and 号 where marks stand: 項 for the first of a place, and 号 for
// ① behind Ⅰ and for a bare number behind either.
func unmarked(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexFunc(s, func(r rune) bool { return r == circledMark || r == romanMark })
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		isRoman := strings.HasPrefix(s[i:], string(romanMark))
		b.WriteString(s[:i] + "項")
		s = s[i+len(string(circledMark)):]
		number, rest, ok := bareNumber(s)
		after, isCircled := strings.CutPrefix(rest, string(circledMark))
		switch {
		case ok && isCircled && isRoman && strings.HasPrefix(s, "第"):
			b.WriteString(number + "号")
			s = after
		case ok && !isCircled && !strings.HasPrefix(s, "第") && !startsUnit(rest):
			b.WriteString("第" + number + "号")
			s = moreItems(&b, rest, strings.HasPrefix(s, "("))
		}
	}
}

// moreItems writes 第二号 and so on where a bare 一 goes on as 一・二, or (1) as (1)・(2).
// It returns what follows.
func moreItems(b *strings.Builder, s string, inside bool) string {
	for {
		mark, after, _ := cutAny(s, "・", "、", ",")
		number, rest, ok := bareNumber(after)
		isKanji := ok && number[0] > '9'
		if mark == "" || !ok || startsUnit(rest) || strings.HasPrefix(after, "第") || strings.HasPrefix(after, "(") != inside || !inside && !isKanji {
			return s
		}
		b.WriteString(mark + "第" + number + "号")
		s = rest
	}
}

// bareNumber takes a number, with 第 before it or in parentheses, as it is written.
func bareNumber(s string) (number, rest string, ok bool) {
	inside, isIn := strings.CutPrefix(s, "(")
	_, rest, ok = leading(strings.TrimPrefix(inside, "第"))
	if !ok {
		return "", s, false
	}
	number = inside[:len(inside)-len(rest)]
	if isIn {
		rest, ok = strings.CutPrefix(rest, ")")
	}
	return number, rest, ok
}

// startsUnit reports whether what follows a number says what it counts.
func startsUnit(s string) bool {
	_, _, ok := cutAny(s, "条", "項", "号", "編", "章", "節", "款", "目", "年", string(romanMark))
	return ok
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

// readsEnglish reports whether a citation is in English, where the number of an amending
// law may be in Japanese.
func readsEnglish(s string) bool {
	rest := regexp.MustCompile(`\([^()]*第[0-9]+号\)`).ReplaceAllString(s, "")
	return isEnglish(rest) && (rest == s || strings.ContainsFunc(rest, unicode.IsLetter))
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
