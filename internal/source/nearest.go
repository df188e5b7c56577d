package source

import (
	"fmt"
	"strings"
)

const longestGuess = 80 // code points; a longer name is not a slip of the finger

// Nearest is the name that was most likely meant: the one that takes the fewest slips
// (a letter too many, missing, wrong, or two exchanged), at most one in three letters.
// Of two equally near it is the first in order of the alphabet.
func Nearest(name string, among []string) (string, bool) {
	a := []rune(firstRunes(name, longestGuess+1))
	if len(a) > longestGuess {
		return "", false
	}
	best, least := "", -1
	for _, other := range among {
		b := []rune(other)
		if len(b) > longestGuess {
			continue
		}
		slips := 0
		if !strings.EqualFold(name, other) {
			slips = distance(a, b)
		}
		if slips > max(len(a), len(b))/3 {
			continue
		}
		if least < 0 || slips < least || slips == least && other < best {
			best, least = other, slips
		}
	}
	return best, least >= 0
}

// DidYouMean asks for the nearest name, as the hint of a problem: did you mean "hidden"?
// It is "" if none is near.
func DidYouMean(name string, among []string) string {
	if near, ok := Nearest(name, among); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// distance counts the slips between two words.
func distance(a, b []rune) int {
	older, old, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			now[j] = min(old[j]+1, now[j-1]+1, old[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], older[j-2]+1)
			}
		}
		older, old, now = old, now, older
	}
	return old[len(b)]
}

// guess is a hint that offers the nearest name, or else lists what there is.
func guess(name string, among []string) string {
	if near, ok := Nearest(name, among); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(among) == 0 || len(among) > 12 {
		return ""
	}
	return "want one of " + strings.Join(among, ", ")
}
