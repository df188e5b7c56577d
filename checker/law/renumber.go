package law

import "jobun/internal/day"

// Numbering is a place in the numbering of one day, followed to another day.
type Numbering struct {
	Then  Place   // as numbered on the first day
	Now   Place   // as numbered on the other; zero if it has no counterpart
	Also  []Place // further places that carry the same provision on
	Moved bool    // the number is another, or there is none
	By    Version // the version that moved it last; zero if nothing did
	Note  Text    // what the law file says of the move, as that it was rewritten too
}

// At follows a place from the numbering of one day to that of another, forwards
// or backwards: the old 3条2項2号 of 2012-03-01 is 2条4項2号 as of today. Where
// nothing moved it is the place itself. A provision that does not exist on the
// other day (a new article, asked of a day before it) has a zero Now.
func (l *Law) At(p Place, on, asOf day.Date) Numbering {
	n := Numbering{Then: p, Now: p}
	for _, date := range l.renumberingDays(on, asOf) {
		l.step(&n, date, on.Before(asOf))
		if n.Now.IsZero() {
			break
		}
	}
	return n
}

// move is one line of the law file's renumbering: from a day on, what was one
// place is now another. A zero was is a new provision, a zero now a deleted one.
type move struct {
	on       day.Date
	was, now Place
	note     Text
}

// renumberingDays lists the days of renumbering that lie between two days, in
// the order in which they are crossed.
func (l *Law) renumberingDays(on, asOf day.Date) []day.Date {
	early, late := on, asOf
	if asOf.Before(on) {
		early, late = asOf, on
	}
	var days []day.Date
	for _, m := range l.moves {
		if !early.Before(m.on) || late.Before(m.on) {
			continue
		}
		if len(days) == 0 || days[len(days)-1] != m.on {
			days = append(days, m.on)
		}
	}
	if asOf.Before(on) {
		for i, j := 0, len(days)-1; i < j; i, j = i+1, j-1 {
			days[i], days[j] = days[j], days[i]
		}
	}
	return days
}

// step applies the renumbering of one day. The line that names most of the
// place decides; of equals, the one whose other side is the most exact. The
// lines write no paragraph of an article that has one, so neither does the place.
func (l *Law) step(n *Numbering, date day.Date, forward bool) {
	eve := date
	if forward {
		eve = date.Add(-1)
	}
	from := l.WithoutRedundantParagraph(n.Now, eve)
	var best *move
	var also []Place
	for i := range l.moves {
		m := &l.moves[i]
		if m.on != date || !m.source(forward).covers(from) {
			continue
		}
		switch {
		case best == nil || m.source(forward).depth() > best.source(forward).depth():
			best, also = m, nil
		case m.source(forward).depth() < best.source(forward).depth():
		case !forward && m.was.depth() > best.was.depth():
			best = m
		case forward:
			also = append(also, from.moved(m.was, m.now))
		}
	}
	if best == nil {
		return
	}
	n.Also, n.Note = also, best.note
	if now := from.moved(best.source(forward), best.target(forward)); now != from || len(also) > 0 {
		n.Now, n.Moved = now, true
		n.By, _ = l.VersionOn(date)
	}
}

// source is the side of the move that a place is looked up on.
func (m *move) source(forward bool) Place {
	if forward {
		return m.was
	}
	return m.now
}

func (m *move) target(forward bool) Place { return m.source(!forward) }

// covers reports whether q is the place p or lies in it: 3(2) covers 3(2)(ii).
// A zero place covers nothing.
func (p Place) covers(q Place) bool {
	if p.IsZero() || p.Section != "" {
		return false
	}
	return q.upTo(p.innermost()+1) == p
}

// innermost is the deepest level at which the place is written.
func (p Place) innermost() int {
	for level := levelSub; level > levelSuppl; level-- {
		if p.has(level) {
			return level
		}
	}
	return levelSuppl
}

// depth counts the levels at which the place is written.
func (p Place) depth() int {
	depth := 0
	for level := range levels {
		if p.has(level) {
			depth++
		}
	}
	return depth
}

// moved is the place with the part it shares with was replaced by now, and what
// lies below kept. It is zero where there is no now.
func (p Place) moved(was, now Place) Place {
	if now.IsZero() {
		return Place{}
	}
	if was.innermost() < levelParagraph && p.has(levelParagraph) {
		now.Paragraph = p.Paragraph
	}
	if was.innermost() < levelItem && p.has(levelItem) {
		now.Item = p.Item
	}
	if was.innermost() < levelLetter && p.has(levelLetter) {
		now.Letter = p.Letter
	}
	if was.innermost() < levelSub && p.has(levelSub) {
		now.Sub = p.Sub
	}
	return now
}
