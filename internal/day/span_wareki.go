package day

import "fmt"

// Wareki gives the span in Japanese as far as it is dated: 平成24年2月5日,
// 平成24年2月, 平成24年, 平成24年2月5日から同年3月23日まで, or
// 令和8年4月10日9時12分44秒（+09:00）. A time keeps the date and the zone it was
// given in, and says （時差の記載なし） if it has no zone; where it was another day in
// Japan by then, that stands beside it. A month or year in which
// the era changed is given by both, as in 平成31年又は令和元年. A span without a
// date gives "".
func (s Span) Wareki() string {
	switch {
	case s.IsZero():
		return ""
	case s.Precision == Instant:
		return s.warekiTime()
	case s.Precision == Year:
		return either(s.From.year(), s.To.year())
	case s.Precision == Month:
		month := fmt.Sprintf("%d月", s.From.Month)
		return either(s.From.year()+month, s.To.year()+month)
	case s.From == s.To:
		return s.From.Wareki()
	}
	end := s.To.Wareki()
	if year := s.To.year(); year == s.From.year() {
		end = fmt.Sprintf("同年%d月%d日", s.To.Month, s.To.Day)
		if s.To.Month == s.From.Month {
			end = fmt.Sprintf("同月%d日", s.To.Day)
		}
	}
	return s.From.Wareki() + "から" + end + "まで"
}

// OtherDay is the day in Tokyo of a time whose zone had another day then. Laws and time
// limits go by the former, records by the latter.
func (s Span) OtherDay() (in Date, differs bool) {
	if s.Precision != Instant || !s.ZoneStated || len(s.Time) < len("2026-04-10") {
		return Date{}, false
	}
	written := Date{digits(s.Time[:4]), digits(s.Time[5:7]), digits(s.Time[8:10])}
	return s.From, s.From != written
}

func either(a, b string) string {
	if a == b {
		return a
	}
	return a + "又は" + b
}

func (s Span) warekiTime() string {
	if _, _, err := clock(s.Time); err != nil {
		return s.Time
	}
	t := s.Time
	date := Date{digits(t[:4]), digits(t[5:7]), digits(t[8:10])}
	fraction, zone := cutFraction(t[len("2026-04-10T09:12:44"):])
	switch zone {
	case "":
		zone = "時差の記載なし"
	case "Z":
		zone = "UTC"
	}
	if there, differs := s.OtherDay(); differs {
		zone += "。日本では" + there.Wareki()
	}
	return fmt.Sprintf("%s%d時%d分%d%s秒（%s）", date.Wareki(),
		digits(t[11:13]), digits(t[14:16]), digits(t[17:19]), fraction, zone)
}
