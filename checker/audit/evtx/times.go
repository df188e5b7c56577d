package evtx

import (
	"errors"
	"time"
)

// unixEpoch is 1970-01-01 in units of 100 ns since 1601-01-01.
const unixEpoch = 116444736000000000

// filetime gives the time of a count of 100 ns since 1601.
func filetime(v uint64) time.Time {
	seconds := int64(v/10_000_000) - unixEpoch/10_000_000
	return time.Unix(seconds, int64(v%10_000_000)*100).UTC()
}

// systemtime gives the time of a SYSTEMTIME. src has 16 bytes.
func systemtime(src []byte) (time.Time, error) {
	month, day := le16(src, 2), le16(src, 6)
	hour, minute, second, milli := le16(src, 8), le16(src, 10), le16(src, 12), le16(src, 14)
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 || milli > 999 {
		return time.Time{}, errors.New("a system time is not sound")
	}
	return time.Date(int(le16(src, 0)), time.Month(month), int(day), int(hour), int(minute), int(second), int(milli)*1e6, time.UTC), nil
}

// appendTime adds a time in UTC with so many digits after the second.
func appendTime(dst []byte, t time.Time, digits int) []byte {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	dst = appendPadded(dst, year, 4)
	dst = appendPadded(append(dst, '-'), int(month), 2)
	dst = appendPadded(append(dst, '-'), day, 2)
	dst = appendPadded(append(dst, 'T'), hour, 2)
	dst = appendPadded(append(dst, ':'), minute, 2)
	dst = appendPadded(append(dst, ':'), second, 2)
	fraction := t.Nanosecond()
	for range 9 - digits {
		fraction /= 10
	}
	return append(appendPadded(append(dst, '.'), fraction, digits), 'Z')
}

// appendPadded adds a number that is not negative, with zeros before it.
func appendPadded(dst []byte, n, width int) []byte {
	var b [20]byte
	at := len(b)
	for n > 0 || width > 0 {
		at--
		b[at] = byte('0' + n%10)
		n /= 10
		width--
	}
	return append(dst, b[at:]...)
}
