package observe

import (
	"slices"
	"strconv"
	"strings"
)

// repeats are what is kept of one action on one thing: the first ones, and of those after
// them the last. The last record of each action is always among them, and so is which of
// two opposite actions came last.
type repeats struct {
	first int
	last  []int // places in reading.seen, the oldest first
}

// mostOfOne is how many of them are kept.
const (
	mostOfOne = 20
	lastOfOne = mostOfOne / 2
)

// key is the same for one action on one thing that shows facts of the same names, the
// subject's own apart from others'.
func (s *seen) key() string {
	shows := strings.Join(sorted(s.shows), "\x00")
	return strconv.FormatBool(s.own) + "\x00" + s.action + "\x00" + s.kind + "\x00" + s.name + "\x00" + s.sid + "\x00" + s.group + "\x00" + s.computer + "\x00" + shows
}

// place is where in what is kept an observation goes; -1 if there is no room for it. One
// repeated too often takes the place of the oldest of the last.
func (c *collector) place(s *seen) int {
	key := s.key()
	of := c.repeats[key]
	switch {
	case of != nil && len(of.last) == lastOfOne:
		at := of.last[0]
		of.last = append(of.last[:0], append(of.last[1:], at)...)
		c.repeated++
		return at
	case c.kept[s.own] >= mostSeen:
		return -1
	case of == nil:
		of = &repeats{}
		c.repeats[key] = of
	}
	at := len(c.seen)
	c.seen = append(c.seen, seen{})
	c.kept[s.own]++
	if of.first < mostOfOne-lastOfOne {
		of.first++
	} else {
		of.last = append(of.last, at)
	}
	return at
}

// inOrder puts what is kept back into the order of the file.
func (r *reading) inOrder() {
	slices.SortFunc(r.seen, func(a, b seen) int { return a.order - b.order })
}
