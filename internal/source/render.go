package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jobun/internal/cells"
)

const (
	tabMark  = "⇥ "
	leastFor = 20 // cells for the line itself, however narrow the terminal
)

// Render gives the problem, then its line with a caret under the place. The line is cut
// around the place to fit into width terminal cells; the message is not cut. A width of
// 0 is taken as 100.
func (p *Problem) Render(width int) string {
	head := "error "
	if p.Code != "" {
		head = "error[" + p.Code + "] "
	}
	head += p.Error()
	if p.Source == "" {
		return head
	}
	if width <= 0 {
		width = 100
	}
	number := fmt.Sprintf("%5d | ", p.Line)
	shown, indent, carets := p.excerpt(max(width-len(number), leastFor))
	margin := strings.Repeat(" ", len(number)-len("| ")) + "| "
	return head + "\n" +
		strings.TrimRight(number+shown, " ") + "\n" +
		margin + strings.Repeat(" ", indent) + strings.Repeat("^", carets)
}

// excerpt is the part of the line that fits into room cells, how many cells stand
// before the place, and how many carets are under it.
func (p *Problem) excerpt(room int) (shown string, indent, carets int) {
	before, fault, after := p.split()
	before, cut := lastRunes(before, 4*room)
	fault, after = firstRunes(fault, 4*room), firstRunes(after, 4*room)
	b, f, a := visible(before), visible(fault), visible(after)
	if cut || cells.Width(b+f+a) > room {
		tail := min(cells.Width(f)+min(cells.Width(a), room/4), room*2/3)
		if cut {
			b = ".." + b
		}
		b = cells.TruncateLeft(b, room-tail)
	}
	rest := cells.Truncate(f+a, room-cells.Width(b))
	return b + rest, cells.Width(b), max(1, min(cells.Width(f), cells.Width(rest)))
}

// split divides the line into what stands before the fault, the fault, and the rest.
func (p *Problem) split() (before, fault, after string) {
	at := 0
	for n := 1; n < p.Col && at < len(p.Source); n++ {
		_, size := utf8.DecodeRuneInString(p.Source[at:])
		at += size
	}
	end := min(at+max(p.Length, 0), len(p.Source))
	return p.Source[:at], p.Source[at:end], p.Source[end:]
}

func visible(s string) string {
	return cells.Sanitise(strings.ReplaceAll(s, "\t", tabMark))
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRunes(s string, n int) (tail string, cut bool) {
	i := len(s)
	for ; i > 0 && n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:], i > 0
}
