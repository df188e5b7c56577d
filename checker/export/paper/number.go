package paper

import (
	"fmt"
	"strconv"
)

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

// lead is what stands before a heading's words.
func (b Block) lead(lang string) string {
	switch {
	case b.Number == "":
		return ""
	case lang == "en":
		return b.Number + " "
	default:
		return b.Number + "　"
	}
}
