package cells

import "strings"

// Pad fills s with spaces on the right to w cells. What is wider is cut by
// Truncate first. The result is exactly w cells wide, unless s ends within an
// escape sequence, which swallows the spaces.
func Pad(s string, w int) string {
	s = Truncate(s, w)
	// A few characters, such as U+0600, join with the first space.
	for range 2 {
		s += strings.Repeat(" ", max(0, w-Width(s)))
	}
	return s
}
