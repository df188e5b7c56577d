package cells

import (
	"strconv"
	"strings"
	"unicode"
)

// foldNumerals writes kanji numerals in Arabic where a statute or date has them.
func foldNumerals(s []rune) []rune {
	var out []rune
	for i := 0; i < len(s); {
		n := run(s[i:], kanjiNumerals)
		if n == 0 {
			out = append(out, s[i])
			i++
			continue
		}
		value, ok := kanjiNumber(s[i : i+n])
		if ok && (i > 0 && s[i-1] == '第' || counted(s[i+n:]) || branched(out, s[i+n:])) {
			out = append(out, []rune(strconv.Itoa(value))...)
		} else {
			out = append(out, s[i:i+n]...)
		}
		i += n
	}
	return out
}

const (
	kanjiNumerals = "〇一二三四五六七八九十百千"
	arabic        = "0123456789"
	counters      = "編章節款目条項号年月日円万億"
	divisions     = "編章節款目条項号"
)

// counted tells whether what follows a number says what it counts.
func counted(after []rune) bool {
	return len(after) > 0 && strings.ContainsRune(counters, after[0])
}

// branched tells whether a number stands where a statute has a branch number:
// after 168条の or 168条の2の, and not in a word, as in 168条の一部.
func branched(before, after []rune) bool {
	n := len(before)
	if n < 3 || before[n-1] != 'ノ' {
		return false
	}
	if len(after) > 0 && unicode.Is(unicode.Han, after[0]) && !strings.ContainsRune("第前後本柱各中及又若並等", after[0]) {
		return false
	}
	division := before[n-2]
	return run(before[n-2:n-1], arabic) == 1 ||
		strings.ContainsRune(divisions, division) && run(before[n-3:n-2], arabic) == 1
}

// foldArticles drops 第 before a number and writes 168-2 as 168条の2.
func foldArticles(s []rune) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '第' && run(s[i+1:], arabic) > 0 && (i == 0 || run(s[i-1:i], arabic) == 0) {
			i++
			continue
		}
		n := run(s[i:], arabic)
		if n == 0 {
			b.WriteRune(s[i])
			i++
			continue
		}
		b.WriteString(string(s[i : i+n]))
		if branch := branchAt(s, i, n); branch > 0 {
			b.WriteString("条ノ" + string(s[i+n+1:i+n+1+branch]))
			n += 1 + branch
		}
		i += n
	}
	return b.String()
}

// branchAt gives the digits of the 2 in 168-2, if the n digits at i begin such
// an article number, else 0. Dates, telephone numbers and names such as x86-64
// do not: they have more parts, more digits, a leading zero or a letter.
func branchAt(s []rune, i, n int) int {
	if n > 4 || s[i] == '0' || i+n >= len(s) || s[i+n] != '-' {
		return 0
	}
	if i > 0 && (s[i-1] < 0x80 && s[i-1] != ' ' && s[i-1] != '(' && s[i-1] != '"') {
		return 0
	}
	rest := s[i+n+1:]
	m := run(rest, arabic)
	if m == 0 || m > 3 || rest[0] == '0' {
		return 0
	}
	if m < len(rest) && (rest[m] == '-' || rest[m] >= 'a' && rest[m] <= 'z') {
		return 0
	}
	return m
}

// run gives how many characters at the start of s are in set.
func run(s []rune, set string) int {
	for i, r := range s {
		if !strings.ContainsRune(set, r) {
			return i
		}
	}
	return len(s)
}

// kanjiNumber reads 百六十八, 一六八 and 一〇三, up to 9999.
func kanjiNumber(s []rune) (int, bool) {
	const digits = "〇一二三四五六七八九"
	if run(s, digits) == len(s) {
		n := 0
		for _, r := range s {
			n = 10*n + strings.IndexRune(digits, r)/len("〇")
		}
		return n, len(s) <= 4
	}
	total, digit, unit := 0, 0, 10000
	for _, r := range s {
		u := 0
		switch r {
		case '十':
			u = 10
		case '百':
			u = 100
		case '千':
			u = 1000
		default:
			if digit != 0 || r == '〇' {
				return 0, false
			}
			digit = strings.IndexRune(digits, r) / len("〇")
			continue
		}
		if u >= unit {
			return 0, false
		}
		total += max(digit, 1) * u
		digit, unit = 0, u
	}
	return total + digit, true
}
