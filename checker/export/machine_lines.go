package export

import (
	"regexp"
	"strconv"
	"strings"
)

// Locators name lines of a file in many ways; these cannot mean anything else: 5行目,
// 12-14行目, 9・14・17行目, line 89, lines 3-5. 「頁のL60」 is a line of a page as somebody
// counted it, and EventRecordID 70331 is no line.
var (
	linesJa   = regexp.MustCompile(`^(?:\d{1,9}(?:[-–~〜]\d{1,9})?(?:行目?)?[・、])*\d{1,9}(?:[-–~〜]\d{1,9})?行目?$`)
	linesEn   = regexp.MustCompile(`^lines? (\d{1,9}(?:[-–]\d{1,9})?)(?:,|$)`)
	lineRange = regexp.MustCompile(`(\d+)(?:[-–~〜](\d+))?`)
)

// lineSpan is the first and the last of lines that follow one another, from 1.
type lineSpan struct{ first, last int }

// lines reads the lines of a file that a locator names; none where it names none, or
// where what it says cannot be.
func lines(locator string) []lineSpan {
	text := strings.TrimSpace(locator)
	if found := linesEn.FindStringSubmatch(text); found != nil {
		text = found[1]
	} else if !linesJa.MatchString(text) {
		return nil
	}
	var spans []lineSpan
	for _, found := range lineRange.FindAllStringSubmatch(text, -1) {
		first, _ := strconv.Atoi(found[1]) // nine figures at most
		last := first
		if found[2] != "" {
			last, _ = strconv.Atoi(found[2])
		}
		if first < 1 || last < first {
			return nil
		}
		spans = append(spans, lineSpan{first, last})
	}
	return spans
}
