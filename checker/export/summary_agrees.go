package export

import (
	"fmt"
	"slices"
	"strings"

	"jobun/checker/export/paper"
)

// CodeTotals says that a paper does not agree with itself: what it lists, what it counts
// and what it writes out are not the same findings.
const CodeTotals = "JB5001"

// agrees counts what a finished paper says of its findings, from the paper itself, and
// compares it with the findings that it is on: each is listed in the overview, has its
// section and no other does, in one order, and the totals add up to that. It reads the
// words that were written, so that a mistake in writing them is found.
func (p *paperWriter) agrees(made *paper.Paper) error {
	var want []string
	for _, f := range p.chosen {
		want = append(want, f.ID)
	}
	var listed, written []string
	section := SectionCover
	for _, b := range made.Blocks {
		switch {
		case b.Section != "":
			section = b.Section
			if section == SectionFinding {
				written = append(written, b.Anchor)
			}
		case section == SectionOverview && b.Kind == paper.Table:
			for _, row := range b.Rows {
				listed = append(listed, row[1][0].To)
			}
		case section == SectionOverview && b.Kind == paper.Paragraph:
			if err := addsUp(paper.Text(b.Spans), len(want)); err != nil {
				return err
			}
		}
	}
	if !slices.Equal(listed, want) {
		return fmt.Errorf("%s the overview lists the findings %s, and the paper is on %s", CodeTotals, strings.Join(listed, ", "), strings.Join(want, ", "))
	}
	if !slices.Equal(written, want) {
		return fmt.Errorf("%s there are sections on the findings %s, and the paper is on %s", CodeTotals, strings.Join(written, ", "), strings.Join(want, ", "))
	}
	return nil
}

// addsUp reports whether a line of totals, 「…: 甲 2、乙 1（計 3件）。」, adds up to how
// many findings there are. A paragraph without a colon has no totals.
func addsUp(line string, findings int) error {
	_, totals, isTotals := strings.Cut(line, ": ")
	if !isTotals {
		return nil
	}
	numbers := figures(totals)
	if len(numbers) == 0 {
		return fmt.Errorf("%s there are no numbers in %q", CodeTotals, line)
	}
	last := len(numbers) - 1
	sum := 0
	for _, n := range numbers[:last] {
		sum += n
	}
	if sum != findings || numbers[last] != findings {
		return fmt.Errorf("%s the overview counts %d and says %d, of %d findings: %s", CodeTotals, sum, numbers[last], findings, line)
	}
	return nil
}

// figures lists the numbers in a text.
func figures(text string) []int {
	var list []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		n := 0
		if _, err := fmt.Sscan(word, &n); err == nil {
			list = append(list, n)
		}
	}
	return list
}
