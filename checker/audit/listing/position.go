package listing

import "sort"

// lineStarts finds the line of a place in a text.
type lineStarts []int

func positions(text string) lineStarts {
	starts := lineStarts{0}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// line gives the line of an offset, from 1.
func (p lineStarts) line(offset int) int {
	return sort.SearchInts(p, offset+1)
}
