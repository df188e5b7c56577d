package tui

// sizes is where everything stands on the screen.
type sizes struct {
	tiny    bool // too small for a list: a summary only
	rule    bool // a rule line under the first line
	heading bool // a heading above each column
	body    int  // rows between the first lines and the last two
	gutter  int  // cells before each row, for the cursor
	columns []int
	preview int // rows at the bottom of the body for the chosen item
}

const (
	leastWidth  = 40
	leastHeight = 10
	listWidth   = 52 // of the left column, where there are several
	wideList    = 68 // the same, of a list whose rows are sentences
	twoColumns  = 120
	three       = 180
)

// measureScreen works out all sizes from those of the terminal. zoomed is one
// column whatever the width; left is the width of the left one of several; listed
// is how many rows the list on the screen has, if what is chosen of it is to be
// shown at the bottom, else 0.
func measureScreen(width, height int, zoomed bool, left, listed int) sizes {
	s := sizes{gutter: 3}
	s.tiny = width < leastWidth || height < leastHeight
	s.rule = height >= 16
	s.heading = height >= leastHeight
	s.body = height - 3
	if s.rule {
		s.body--
	}
	s.body = max(1, s.body)
	if width < 60 {
		s.gutter = 2
	}
	s.columns = columnWidths(width, left, zoomed)
	if len(s.columns) == 1 && listed > 0 && height >= 20 {
		s.preview = 10
		if width < 80 {
			s.preview = 6
		}
		// What a short list leaves free goes to the preview.
		s.preview = max(s.preview, min(s.body-1-listed, s.body*2/3))
	}
	return s
}

func columnWidths(width, left int, zoomed bool) []int {
	switch {
	case zoomed || width < twoColumns:
		return []int{width}
	case width < three:
		return []int{left, width - left - 1}
	default:
		middle := min((width-left-2)/2, measure)
		return []int{left, middle, width - left - middle - 2}
	}
}
