package law

import (
	"strconv"
	"strings"
)

// Number is the number of an article or item with its branches: 168の2 is
// {168, 2}, 142の2の2 is {142, 2, 2}. A zero ends it; the zero Number is none.
// Four levels are more than any Japanese law in force uses.
type Number [4]int

// String writes the number in the rulebook's notation: "168-2".
func (n Number) String() string {
	var b strings.Builder
	for i, v := range n {
		if v == 0 {
			break
		}
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(strconv.Itoa(v))
	}
	return b.String()
}

// branched reports whether the number has a branch. After one, a citation
// writes 第 before the next level: without it 168条の2第1項 would read
// 168条の21項.
func (n Number) branched() bool { return n[1] != 0 }

// parseNumber reads "168-2" by reading each part with one.
func parseNumber(s string, one func(string) (int, bool)) (Number, bool) {
	var n Number
	parts := strings.Split(s, "-")
	if len(parts) > len(n) {
		return Number{}, false
	}
	for i, part := range parts {
		read := one
		if i > 0 {
			read = parseArabic
		}
		v, ok := read(part)
		if !ok {
			return Number{}, false
		}
		n[i] = v
	}
	return n, true
}

// parseArabic reads 1 to 9999 without leading zeros.
func parseArabic(s string) (int, bool) {
	if s == "" || len(s) > 4 || s[0] == '0' {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	v, err := strconv.Atoi(s)
	return v, err == nil
}

// parseRoman reads a small roman numeral, 1 to 9999, in its one canonical form, so that
// what is read is written back letter for letter.
func parseRoman(s string) (int, bool) {
	if s == "" || len(s) > 15 {
		return 0, false
	}
	v := 0
	rest := s
	for _, r := range romanDigits() {
		for strings.HasPrefix(rest, r.text) {
			v += r.value
			rest = rest[len(r.text):]
		}
	}
	if rest != "" || v > 9999 || roman(v) != s {
		return 0, false
	}
	return v, true
}

// roman writes a number as the Ministry of Justice's translations write items:
// (i), (iv), (xiii).
func roman(v int) string {
	var b strings.Builder
	for _, r := range romanDigits() {
		for v >= r.value {
			b.WriteString(r.text)
			v -= r.value
		}
	}
	return b.String()
}

type romanDigit struct {
	value int
	text  string
}

func romanDigits() []romanDigit {
	return []romanDigit{
		{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"},
		{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"},
		{10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"},
	}
}

// kanji writes 1 to 9999 as statutes do: 百二十八, 千四十四, not 一二八.
func kanji(v int) string {
	digits := []rune("〇一二三四五六七八九")
	if v <= 0 || v > 9999 {
		return strconv.Itoa(v)
	}
	var b strings.Builder
	for _, u := range []struct {
		value int
		text  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := v / u.value
		v %= u.value
		if d == 0 {
			continue
		}
		if d > 1 || u.value == 1 {
			b.WriteRune(digits[d])
		}
		b.WriteString(u.text)
	}
	return b.String()
}

// kanjiDigits rewrites every run of Arabic digits of s in kanji:
// 平成11年法律第128号 becomes 平成十一年法律第百二十八号. The first year of an
// era is already written 元年.
func kanjiDigits(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if j == i {
			b.WriteByte(s[i])
			i++
			continue
		}
		v, err := strconv.Atoi(s[i:j])
		if err != nil {
			b.WriteString(s[i:j])
		} else {
			b.WriteString(kanji(v))
		}
		i = j
	}
	return b.String()
}

// iroha gives イ for 1, ロ for 2: the level below an item, in the order of the
// old alphabet. The rulebook writes it (a), (b), as English translations do.
func iroha(letter int) string {
	order := []rune("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノ")
	if letter < 1 || letter > len(order) {
		return ""
	}
	return string(order[letter-1])
}
