package day

import (
	"fmt"
	"time"
)

// era is a Japanese era. It runs from its first day to the day before the next.
type era struct {
	name, short, letter string
	first               Date
}

// eras are those since Meiji, the oldest first.
func eras() []era {
	return []era{
		{"明治", "明", "M", Date{1868, 1, 25}},
		{"大正", "大", "T", Date{1912, 7, 30}},
		{"昭和", "昭", "S", Date{1926, 12, 25}},
		{"平成", "平", "H", Date{1989, 1, 8}},
		{"令和", "令", "R", Date{2019, 5, 1}},
	}
}

// year gives the year of d in its era: 平成24年, 令和元年, and 西暦1867年 before
// Meiji.
func (d Date) year() string {
	all := eras()
	for i := len(all) - 1; i >= 0; i-- {
		e := all[i]
		switch n := d.Year - e.first.Year + 1; {
		case d.Before(e.first):
			continue
		case n == 1:
			return e.name + "元年"
		default:
			return fmt.Sprintf("%s%d年", e.name, n)
		}
	}
	return fmt.Sprintf("西暦%d年", d.Year)
}

// Wareki gives the date in its era, such as 平成24年2月5日 and 令和元年5月1日; a
// day before Meiji as 西暦1867年12月31日; and "" for no date. Days before 1873
// are those of the Gregorian calendar, which Japan did not yet use then.
func (d Date) Wareki() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s%d月%d日", d.year(), d.Month, d.Day)
}

// English gives the date as "5 February 2012", and "" for no date.
func (d Date) English() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day, time.Month(d.Month), d.Year)
}
