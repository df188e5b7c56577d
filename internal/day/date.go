// Package day has civil dates as Japanese law counts them: whole days in
// Asia/Tokyo, and spans of such days for what a record dates only roughly.
//
// Asia/Tokyo is UTC+09:00 throughout; no time zone data is read. The summer
// time of 1948 to 1951 and the local mean time before 1888 are not known here.
package day

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar in Asia/Tokyo. Dates are compared
// with ==. The zero value is no date.
type Date struct{ Year, Month, Day int }

// ParseDate reads a date written YYYY-MM-DD, and nothing else.
func ParseDate(s string) (Date, error) {
	if !shaped(s, "0000-00-00") {
		return Date{}, fmt.Errorf("read date %q: want YYYY-MM-DD", s)
	}
	d := Date{digits(s[:4]), digits(s[5:7]), digits(s[8:])}
	if err := d.check(); err != nil {
		return Date{}, fmt.Errorf("read date %q: %w", s, err)
	}
	return d, nil
}

// Of gives the date in Asia/Tokyo at the instant t. The zero time has no date.
func Of(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return civil(t.In(time.FixedZone("JST", 9*60*60)))
}

func civil(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, int(month), day}
}

// IsZero tells whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid tells whether d is a day that exists, in the years 1 to 9999.
func (d Date) Valid() bool { return d.check() == nil }

func (d Date) check() error {
	switch {
	case d.Year < 1 || d.Year > 9999:
		return fmt.Errorf("year %d is not one of 1 to 9999", d.Year)
	case d.Month < 1 || d.Month > 12:
		return fmt.Errorf("there is no month %d", d.Month)
	case d.Day < 1 || d.Day > monthDays(d.Year, d.Month):
		return fmt.Errorf("%s %d has no day %d", time.Month(d.Month), d.Year, d.Day)
	}
	return nil
}

func monthDays(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Compare is negative if d is before e, 0 if they are the same, positive if d
// is after e. No date comes before every date.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before tells whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After tells whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Add gives the date so many days later, or earlier if days is negative. No
// date stays no date, and so does what leaves the years 1 to 9999.
func (d Date) Add(days int) Date {
	const most = 9999 * 366
	if d.IsZero() || days > most || days < -most {
		return Date{}
	}
	return valid(civil(d.midnight().AddDate(0, 0, days)))
}

func valid(d Date) Date {
	if !d.Valid() {
		return Date{}
	}
	return d
}

func (d Date) midnight() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// String gives YYYY-MM-DD, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText gives String, and an error for a day that does not exist.
func (d Date) MarshalText() ([]byte, error) {
	if err := d.check(); err != nil && !d.IsZero() {
		return nil, fmt.Errorf("write date %s: %w", d, err)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes; an empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}

// shaped tells whether s has the shape of a pattern in which 0 is any digit and
// everything else itself.
func shaped(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		if pattern[i] == '0' && (s[i] < '0' || s[i] > '9') || pattern[i] != '0' && s[i] != pattern[i] {
			return false
		}
	}
	return true
}

// digits reads a number that is known to be at most nine ASCII digits.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		n = 10*n + int(s[i]-'0')
	}
	return n
}
