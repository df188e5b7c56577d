package day

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Parse reads a day however people write it: 2012-02-05, 2012/2/5, 2012.2.5,
// 2012年2月5日, 平成24年2月5日, 平24.2.5 and H24.2.5, in digits of either width. A
// month or a year is no day.
func Parse(s string) (Date, error) {
	plain := strings.Map(hyphen, strings.TrimSpace(norm.NFKC.String(s)))
	if parts := western.FindStringSubmatch(plain); parts != nil && parts[2] == parts[4] {
		d := Date{digits(parts[1]), digits(parts[3]), digits(parts[5])}
		if err := d.check(); err != nil {
			return Date{}, fmt.Errorf("read date %q: %w", s, err)
		}
		return d, nil
	}
	span, err := ParseWareki(plain)
	if err != nil || span.Precision != Day {
		return Date{}, fmt.Errorf("read date %q: want a day such as 2012-02-05 or 平成24年2月5日", s)
	}
	return span.From, nil
}

var western = regexp.MustCompile(`^([0-9]{4})([-/.])([0-9]{1,2})([-/.])([0-9]{1,2})$`)

// hyphen writes the hyphens and the minus sign that look like one as one.
func hyphen(r rune) rune {
	if r >= '\u2010' && r <= '\u2015' || r == '\u2212' {
		return '-'
	}
	return r
}
