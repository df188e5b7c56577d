package day

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ParseWareki reads a Japanese date, month or year: 平成24年3月21日,
// 平成24年02月, 令和元年, 平成二十四年三月二十一日, 平24.3.21, H24.3.21, 2012年3月21日
// and 西暦2012年3月21日, in digits of either width and with spaces between.
//
// A date before the first day of its era is an error. One after the last day is
// not: papers written before a change of era date what was to come after it in
// the old one (平成32年3月31日). Since no day of 平成元年 is before 8 January, that
// year is a Range from then. What it gives has s itself as its wording.
func ParseWareki(s string) (Span, error) {
	span, err := parseWareki(s)
	if err != nil {
		return Span{}, fmt.Errorf("read date %q: %w", s, err)
	}
	span.Written = s
	return span, nil
}

func parseWareki(s string) (Span, error) {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
	e, rest, short := cutEra(plain)
	parts, ok := takeApart(rest, short)
	if !ok {
		return Span{}, fmt.Errorf("want a date such as 平成24年3月21日")
	}
	precision := []Precision{Year, Month, Day}[len(parts)-1]
	from := [3]int{1, 1, 1}
	for i, part := range parts {
		n, ok := parseNumber(part)
		if i == 0 && part == "元" && e.name != "" {
			n, ok = 1, true
		}
		if !ok {
			return Span{}, fmt.Errorf("%q is not a number", part)
		}
		from[i] = n
	}
	d := Date{from[0], from[1], from[2]}
	if e.name != "" {
		if d.Year < 1 {
			return Span{}, fmt.Errorf("there is no %s%d年", e.name, d.Year)
		}
		d.Year += e.first.Year - 1
	}
	if err := d.check(); err != nil {
		return Span{}, err
	}
	to := lastDay(d, precision)
	if to.Before(e.first) {
		return Span{}, fmt.Errorf("%s began on %s", e.name, e.first)
	}
	if d.Before(e.first) {
		d = e.first
	}
	return between(d, to, precision), nil
}

// cutEra takes the era off s. The western calendar is an era without a name. A
// short name allows points between the numbers.
func cutEra(s string) (e era, rest string, short bool) {
	for _, e := range eras() {
		if rest, ok := strings.CutPrefix(s, e.name); ok {
			return e, rest, true
		}
		for _, name := range []string{e.short, e.letter, strings.ToLower(e.letter)} {
			if rest, ok := strings.CutPrefix(s, name); ok {
				return e, rest, true
			}
		}
	}
	return era{}, strings.TrimPrefix(s, "西暦"), false
}

// takeApart takes a date apart into year, month and day, as far as it has them.
func takeApart(s string, short bool) ([]string, bool) {
	if !strings.Contains(s, "年") {
		for _, separator := range []string{".", "・", "/", "-"} {
			if p := strings.Split(s, separator); short && len(p) > 1 && len(p) <= 3 {
				return p, true
			}
		}
		return nil, false
	}
	var out []string
	for _, unit := range []string{"年", "月", "日"} {
		part, rest, found := strings.Cut(s, unit)
		if !found {
			return nil, false
		}
		out = append(out, part)
		if s = rest; s == "" {
			return out, true
		}
	}
	return nil, false
}

// parseNumber reads at most four digits, or a kanji numeral.
func parseNumber(s string) (int, bool) {
	if len(s) > 0 && len(s) <= 4 && strings.Trim(s, "0123456789") == "" {
		n, err := strconv.Atoi(s)
		return n, err == nil
	}
	return kanjiNumber([]rune(s))
}

// kanjiNumber reads 二十四, 二四 and 二〇一二, up to 9999.
func kanjiNumber(s []rune) (int, bool) {
	const numerals = "〇一二三四五六七八九"
	if len(s) == 0 || strings.Trim(string(s), numerals+"十百千") != "" {
		return 0, false
	}
	value := func(r rune) int { return strings.IndexRune(numerals, r) / len("〇") }
	if strings.Trim(string(s), numerals) == "" {
		n := 0
		for _, r := range s[:min(len(s), 5)] {
			n = 10*n + value(r)
		}
		return n, len(s) <= 4
	}
	total, digit, last := 0, 0, 10000
	for _, r := range s {
		unit := 0
		switch r {
		case '十':
			unit = 10
		case '百':
			unit = 100
		case '千':
			unit = 1000
		default:
			if digit != 0 || r == '〇' {
				return 0, false
			}
			digit = value(r)
			continue
		}
		if unit >= last {
			return 0, false
		}
		total += max(digit, 1) * unit
		digit, last = 0, unit
	}
	return total + digit, true
}
