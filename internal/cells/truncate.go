package cells

import "strings"

// mark stands for what was left out. It is ASCII, because the usual ellipsis
// takes two cells on many Japanese terminals.
const mark = ".."

// Truncate cuts s to at most w cells. It keeps the head, which suits prose, and
// puts ".." for the rest. Escape sequences are kept, also those in the part
// that is cut, so that a style is still ended. It gives "" if w is 0 or less.
func Truncate(s string, w int) string {
	return truncate(s, w, func(room int) (head, tail int) { return room, 0 })
}

// TruncateLeft is Truncate for paths: it keeps the tail.
func TruncateLeft(s string, w int) string {
	return truncate(s, w, func(room int) (head, tail int) { return 0, room })
}

// TruncateMiddle is Truncate for hashes: it keeps head and tail.
func TruncateMiddle(s string, w int) string {
	return truncate(s, w, func(room int) (head, tail int) { return room - room/2, room / 2 })
}

// truncate shares the room beside the mark out between head and tail.
func truncate(s string, w int, share func(room int) (head, tail int)) string {
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	all := split(s)
	for room := w - len(mark); room > 0; room-- {
		out := cut(all, room, share)
		// Parts that come to lie side by side may join to something wider, such
		// as a digit and an emoji selector. Then there is room for less.
		if Width(out) <= w {
			return out
		}
	}
	return mark[:min(w, len(mark))]
}

func cut(all []cell, room int, share func(room int) (head, tail int)) string {
	head, tail := share(room)
	from, used := 0, 0
	for from < len(all) && used+all[from].width <= head {
		used += all[from].width
		from++
	}
	// What a wide character left over at the end of the head goes to the tail.
	if tail > 0 {
		tail = room - used
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
