package day

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseSpan(t *testing.T) {
	for _, c := range []struct {
		in, from, to string
		precision    Precision
		zoned        bool
		wareki       string
	}{
		{"2012-02-05", "2012-02-05", "2012-02-05", Day, false, "平成24年2月5日"},
		{"2012-02", "2012-02-01", "2012-02-29", Month, false, "平成24年2月"},
		{"2012", "2012-01-01", "2012-12-31", Year, false, "平成24年"},
		{"1989", "1989-01-01", "1989-12-31", Year, false, "昭和64年又は平成元年"},
		{"2019-04", "2019-04-01", "2019-04-30", Month, false, "平成31年4月"},
		{"1989-01", "1989-01-01", "1989-01-31", Month, false, "昭和64年1月又は平成元年1月"},
		{"2012-02-05/2012-03-23", "2012-02-05", "2012-03-23", Range, false, "平成24年2月5日から同年3月23日まで"},
		{"2012-02-05/2012-02-23", "2012-02-05", "2012-02-23", Range, false, "平成24年2月5日から同月23日まで"},
		{"2012-12-05/2013-01-03", "2012-12-05", "2013-01-03", Range, false, "平成24年12月5日から平成25年1月3日まで"},
		{"2019-04-30/2019-05-01", "2019-04-30", "2019-05-01", Range, false, "平成31年4月30日から令和元年5月1日まで"},
		{"2012-02/2012-03", "2012-02-01", "2012-03-31", Range, false, "平成24年2月1日から同年3月31日まで"},
		{"2012-02-05/2012-02-05", "2012-02-05", "2012-02-05", Day, false, "平成24年2月5日"},
		{"2026-04-10T09:12:44+09:00", "2026-04-10", "2026-04-10", Instant, true, "令和8年4月10日9時12分44秒（+09:00）"},
		{"2026-04-10T15:00:00Z", "2026-04-11", "2026-04-11", Instant, true, "令和8年4月10日15時0分0秒（UTC。日本では令和8年4月11日）"},
		{"2026-04-10 20:00:00.25-08:00", "2026-04-11", "2026-04-11", Instant, true, "令和8年4月10日20時0分0.25秒（-08:00。日本では令和8年4月11日）"},
		{"2026-04-10T09:12:44", "2026-04-10", "2026-04-11", Instant, false, "令和8年4月10日9時12分44秒（時差の記載なし）"},
		{"2026-04-10T02:00:00", "2026-04-09", "2026-04-10", Instant, false, "令和8年4月10日2時0分0秒（時差の記載なし）"},
		{"2026-04-10T04:00:00.5", "2026-04-09", "2026-04-11", Instant, false, "令和8年4月10日4時0分0.5秒（時差の記載なし）"},
	} {
		got, err := ParseSpan(c.in)
		if err != nil || got.From.String() != c.from || got.To.String() != c.to || got.Precision != c.precision || got.ZoneStated != c.zoned || got.Written != c.in {
			t.Errorf("ParseSpan(%q) = %+v, %v", c.in, got, err)
		}
		if got.Wareki() != c.wareki {
			t.Errorf("%q: got %s, want %s", c.in, got.Wareki(), c.wareki)
		}
	}
}

func TestParseSpanErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "is not YYYY-MM-DD, YYYY-MM or YYYY",
		"12":                          "is not YYYY-MM-DD, YYYY-MM or YYYY",
		"2012-02-30":                  "February 2012 has no day 30",
		"2012-13":                     "there is no month 13",
		"0000":                        "year 0 is not one of 1 to 9999",
		"2012-03-23/2012-02-05":       "it ends on 2012-02-05, before it begins on 2012-03-23",
		"2012-02-05/":                 "is not YYYY-MM-DD",
		"2012-02-05/2012-02-06/":      "is not YYYY-MM-DD",
		"2012/03":                     "is not YYYY-MM-DD",
		"2026-04-10T24:00:00Z":        "there is no time of day 24:00:00",
		"2026-04-10T23:59:60Z":        "there is no time of day 23:59:60",
		"2026-02-30T00:00:00Z":        "February 2026 has no day 30",
		"2026-04-10T09:12":            "want a time such as",
		"2026-04-10T09:12:44.":        "want a time such as",
		"2026-04-10T09:12:44,5Z":      "want a time such as",
		"2026-04-10T09:12:44JST":      "want a time such as",
		"2026-04-10T09:12:44+24:00":   "there is no offset +24:00",
		"9999-12-31T23:00:00Z":        "in Tokyo it is not in the years 1 to 9999",
		"0001-01-01T00:00:00":         "in Tokyo it is not in the years 1 to 9999",
		"平成24年3月21日":                  "want a time such as",
		"2026-04-10T09:12:44/2026-05": "is not YYYY-MM-DD",
	} {
		got, err := ParseSpan(in)
		if err == nil || !strings.Contains(err.Error(), want) || got != (Span{}) {
			t.Errorf("ParseSpan(%q) = %+v, %v, want %s", in, got, err, want)
		}
	}
}

func span(t *testing.T, s string) Span {
	t.Helper()
	if s == "" {
		return Span{}
	}
	got, err := ParseSpan(s)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		order int
		known bool
	}{
		{"2012-02-05", "2012-02-06", -1, true},
		{"2012-02-05", "2012-02-05", 0, true},
		{"2012-02-05", "2012-02", 0, false},
		{"2012-02", "2012-02", 0, false},
		{"2012-02", "2012-03", -1, true},
		{"2012-02-05/2012-03-23", "2012-03-23", 0, false},
		{"2012-02-05/2012-03-23", "2012-03-24", -1, true},
		{"2026-04-10T09:12:44+09:00", "2026-04-10T00:12:44Z", 0, true},
		{"2026-04-10T09:12:44+09:00", "2026-04-10T00:12:44.001Z", -1, true},
		{"2026-04-10T09:12:44+09:00", "2026-04-10", 0, false},
		{"2026-04-10T09:12:44", "2026-04-10T09:12:44", 0, false},
		{"2026-04-10T09:12:44", "2026-04-10T09:12:45+09:00", 0, false},
		{"2026-04-10T09:12:44", "2026-04-12", -1, true},
		{"", "2012-02-05", 0, false},
		{"", "", 0, false},
	} {
		a, b := span(t, c.a), span(t, c.b)
		if order, known := Compare(a, b); order != c.order || known != c.known {
			t.Errorf("Compare(%s, %s) = %d, %v", c.a, c.b, order, known)
		}
		if order, known := Compare(b, a); order != -c.order || known != c.known {
			t.Errorf("Compare(%s, %s) = %d, %v", c.b, c.a, order, known)
		}
	}
}

func TestOverlapsAndContains(t *testing.T) {
	s := span(t, "2012-02-05/2012-03-23")
	for _, c := range []struct {
		from, until Date
		want        bool
	}{
		{Date{}, Date{}, true},
		{Date{}, Date{2012, 2, 5}, false},
		{Date{}, Date{2012, 2, 6}, true},
		{Date{2012, 3, 23}, Date{}, true},
		{Date{2012, 3, 24}, Date{}, false},
		{Date{2012, 3, 1}, Date{2012, 3, 2}, true},
		{Date{2012, 3, 1}, Date{2012, 3, 1}, false},
	} {
		if got := s.Overlaps(c.from, c.until); got != c.want {
			t.Errorf("Overlaps(%s, %s) = %v", c.from, c.until, got)
		}
	}
	for date, want := range map[Date]bool{{2012, 2, 4}: false, {2012, 2, 5}: true, {2012, 3, 23}: true, {2012, 3, 24}: false, {}: false} {
		if got := s.Contains(date); got != want {
			t.Errorf("Contains(%s) = %v", date, got)
		}
	}
	if none := (Span{Written: "日付不明"}); !none.IsZero() || none.Contains(Date{}) || none.Overlaps(Date{}, Date{}) || none.String() != "" || none.Wareki() != "" || none.Precision.String() != "none" {
		t.Error("a span without a date has one")
	}
}

func checkRoundTrip(t interface{ Fatalf(string, ...any) }, s Span) {
	got, err := ParseSpan(s.String())
	got.Written = s.Written
	if got != s || err != nil {
		t.Fatalf("%+v is written %q and read back %+v, %v", s, s.String(), got, err)
	}
	if !s.From.Valid() || !s.To.Valid() || s.To.Before(s.From) || s.Wareki() == "" || s.Precision == None {
		t.Fatalf("%+v is not a span", s)
	}
}

func TestSpanRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := dates(Date{1600, 1, 1}, Date{2200, 12, 31}).Draw(t, "from")
		to := dates(from, Date{2201, 1, 1}).Draw(t, "to")
		iso := from.String()
		for _, in := range []string{iso, iso[:7], iso[:4], iso + "/" + to.String(), iso + "T23:59:59.5Z", iso + "T00:00:00-12:00", iso + " 09:12:44"} {
			s, err := ParseSpan(in)
			if err != nil {
				t.Fatalf("%v", err)
			}
			checkRoundTrip(t, s)
		}
	})
}

func FuzzParseSpan(f *testing.F) {
	for _, s := range []string{"", "2012-02-05", "2012-02", "2012", "2012-02-05/2012-03-23", "2026-04-10T09:12:44+09:00", "2026-04-10 09:12:44.1Z", "9999-12-31T23:59:59", "2012/03"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if s, err := ParseSpan(in); err == nil {
			checkRoundTrip(t, s)
		}
	})
}
