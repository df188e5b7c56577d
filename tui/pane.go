package tui

// pane is where a reader is on a page: which item, and which row is at the top.
type pane struct {
	item int
	top  int
	mark int // the row that a search stopped at, plus one; 0: none
}

// clamp keeps a pane inside a page of a height.
func (p *pane) clamp(l *laid, height int) {
	p.item = max(0, min(p.item, l.page.count()-1))
	p.top = max(0, min(p.top, l.count()-height))
	if p.mark > l.count() {
		p.mark = 0
	}
}

// visible reports whether a row is on the screen.
func (p *pane) visible(row, height int) bool { return row >= p.top && row < p.top+height }

// down goes to the next item. On a page that is read and not chosen from it goes
// there only if its beginning is on the screen, else one row further, so that
// nothing between two items is passed over. It reports whether anything moved.
func (p *pane) down(l *laid, height int) bool {
	p.mark = 0
	next, items := p.item+1, l.page.count()
	for !l.page.byItem && next < items && l.headOf(next) < p.top {
		next++
	}
	bottom := p.top+height >= l.count()
	switch {
	case next < items && (l.page.byItem || bottom || p.visible(l.headOf(next), height)):
		p.item = next
	case !bottom:
		p.top++
	default:
		return false
	}
	return true
}

// up is down in the other direction.
func (p *pane) up(l *laid, height int) bool {
	p.mark = 0
	before := p.item - 1
	for !l.page.byItem && before >= 0 && l.headOf(before) >= p.top+height {
		before--
	}
	switch {
	case before >= 0 && (l.page.byItem || p.top == 0 || p.visible(l.headOf(before), height)):
		p.item = before
	case p.top > 0:
		p.top--
	default:
		return false
	}
	return true
}

// show brings the beginning of the chosen item on the screen, if it is not. A page
// that is read stays where it is.
func (p *pane) show(l *laid, height int) {
	p.clamp(l, height)
	if !l.page.byItem || l.page.count() == 0 || p.visible(l.headOf(p.item), height) {
		return
	}
	p.top = l.headOf(p.item) - height/3
	p.clamp(l, height)
}

// reveal brings the chosen item on the screen, as much of it as fits, and moves
// the page no further than that needs.
func (p *pane) reveal(l *laid, height int) {
	p.clamp(l, height)
	if l.page.count() == 0 {
		return
	}
	head, last := l.headOf(p.item), l.lastOf(p.item)
	if last >= p.top+height {
		p.top = min(head, last-height+1)
	}
	if head < p.top {
		p.top = head
	}
	p.clamp(l, height)
	// The rows above the first item are its heading.
	if p.item == 0 && last < height {
		p.top = 0
	}
}

// scroll moves the page by rows; on a list the cursor moves with it.
func (p *pane) scroll(l *laid, height, rows int) {
	p.mark = 0
	p.top += rows
	if l.page.isList {
		p.item += rows
		p.reveal(l, height)
	}
	p.clamp(l, height)
}

// first and last go to the ends of the page.
func (p *pane) first(l *laid, height int) {
	*p = pane{}
	p.clamp(l, height)
}

func (p *pane) last(l *laid, height int) {
	*p = pane{item: l.page.count() - 1, top: l.count()}
	p.clamp(l, height)
}

// to goes to a row that a search found.
func (p *pane) to(l *laid, height, row int) {
	if item := l.row(row).item; item >= 0 {
		p.item = item
	}
	p.mark = row + 1
	if !p.visible(row, height) {
		p.top = row - height/3
	}
	p.clamp(l, height)
}
