package cells

import "strings"

// mark stands for what was left out. It is ASCII, because the usual ellipsis
// takes two cells on many Japanese terminals.
const mark = ".."

// Truncate cuts s to at most w cells. It keeps the head, which suits prose, and
// puts ".." for the rest. Escape sequences are kept, also those in the part
// that is cut, so that a style is still ended. It gives "" if w is 0 or less.
func Truncate(s string, w int) string {
	return truncate(s, w, true)
}

// TruncateLeft is Truncate for paths: it keeps the tail.
func TruncateLeft(s string, w int) string {
	return truncate(s, w, false)
}

// truncate keeps the head or the tail in the room beside the mark.
func truncate(s string, w int, keepHead bool) string {
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	all := split(s)
	for room := w - len(mark); room > 0; room-- {
		out := cut(all, room, keepHead)
		// Parts that come to lie side by side may join to something wider, such
		// as a digit and an emoji selector. Then there is room for less.
		if Width(out) <= w {
			return out
		}
	}
	return mark[:min(w, len(mark))]
}

func cut(all []cell, room int, keepHead bool) string {
	head, tail := 0, room
	if keepHead {
		head, tail = room, 0
	}
	from, used := 0, 0
	for from < len(all) && used+all[from].width <= head {
		used += all[from].width
		from++
	}
	until, used := len(all), 0
	for until > from && used+all[until-1].width <= tail {
		used += all[until-1].width
		until--
	}
	var b strings.Builder
	for _, c := range all[:from] {
		b.WriteString(c.text)
	}
	if from < until {
		b.WriteString(mark)
	}
	for _, c := range all[from:until] {
		if c.escape {
			b.WriteString(c.text)
		}
	}
	for _, c := range all[until:] {
		b.WriteString(c.text)
	}
	return b.String()
}
