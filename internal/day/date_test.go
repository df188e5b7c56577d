package day

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]Date{"2012-02-05": {2012, 2, 5}, "2012-02-29": {2012, 2, 29}, "2000-02-29": {2000, 2, 29}, "0001-01-01": {1, 1, 1}} {
		if got, err := ParseDate(in); got != want || err != nil {
			t.Errorf("ParseDate(%q) = %v, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{
		"":            `read date "": want YYYY-MM-DD`,
		"2012-2-5":    `read date "2012-2-5": want YYYY-MM-DD`,
		" 2012-02-05": `read date " 2012-02-05": want YYYY-MM-DD`,
		"2012/02/05":  `read date "2012/02/05": want YYYY-MM-DD`,
		"２０１２-02-05":  `read date "２０１２-02-05": want YYYY-MM-DD`,
		"2011-02-29":  `read date "2011-02-29": February 2011 has no day 29`,
		"1900-02-29":  `read date "1900-02-29": February 1900 has no day 29`,
		"2012-04-31":  `read date "2012-04-31": April 2012 has no day 31`,
		"2012-13-01":  `read date "2012-13-01": there is no month 13`,
		"2012-00-01":  `read date "2012-00-01": there is no month 0`,
		"2012-01-00":  `read date "2012-01-00": January 2012 has no day 0`,
		"0000-01-01":  `read date "0000-01-01": year 0 is not one of 1 to 9999`,
	} {
		if got, err := ParseDate(in); err == nil || err.Error() != want || got != (Date{}) {
			t.Errorf("ParseDate(%q) = %v, %v, want %s", in, got, err, want)
		}
	}
}

func TestOf(t *testing.T) {
	for in, want := range map[string]string{
		"2012-02-05T14:59:59Z":      "2012-02-05",
		"2012-02-05T15:00:00Z":      "2012-02-06",
		"2012-02-05T00:00:00+09:00": "2012-02-05",
		"2012-02-05T23:00:00-08:00": "2012-02-06",
	} {
		at, err := time.Parse(time.RFC3339, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := Of(at).String(); got != want {
			t.Errorf("Of(%s) = %s, want %s", in, got, want)
		}
	}
	if !Of(time.Time{}).IsZero() {
		t.Error("the zero time has a date")
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct{ got, want Date }{
		{Date{2012, 2, 28}.Add(1), Date{2012, 2, 29}},
		{Date{2012, 3, 1}.Add(-1), Date{2012, 2, 29}},
		{Date{2019, 4, 30}.Add(1), Date{2019, 5, 1}},
		{Date{9999, 12, 31}.Add(1), Date{}},
		{Date{1, 1, 1}.Add(-1), Date{}},
		{Date{2012, 1, 1}.Add(1 << 40), Date{}},
		{Date{}.Add(1), Date{}},
	} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
}

func TestDateText(t *testing.T) {
	type record struct{ At, None Date }
	in := record{At: Date{2012, 2, 5}}
	text, err := json.Marshal(in)
	if err != nil || string(text) != `{"At":"2012-02-05","None":""}` {
		t.Fatalf("got %s, %v", text, err)
	}
	var out record
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Fatalf("got %v, %v", out, err)
	}
	if _, err := (Date{2011, 2, 29}).MarshalText(); err == nil {
		t.Error("a day that does not exist was written")
	}
	if err := json.Unmarshal([]byte(`{"At":"2011-02-29"}`), &out); err == nil {
		t.Error("a day that does not exist was read")
	}
}

func TestWareki(t *testing.T) {
	for _, c := range []struct {
		date          Date
		want, english string
	}{
		{Date{}, "", ""},
		{Date{2012, 2, 5}, "平成24年2月5日", "5 February 2012"},
		{Date{1868, 1, 24}, "西暦1868年1月24日", "24 January 1868"},
		{Date{1868, 1, 25}, "明治元年1月25日", "25 January 1868"},
		{Date{1907, 4, 24}, "明治40年4月24日", "24 April 1907"},
		{Date{1912, 7, 29}, "明治45年7月29日", "29 July 1912"},
		{Date{1912, 7, 30}, "大正元年7月30日", "30 July 1912"},
		{Date{1926, 12, 24}, "大正15年12月24日", "24 December 1926"},
		{Date{1926, 12, 25}, "昭和元年12月25日", "25 December 1926"},
		{Date{1989, 1, 7}, "昭和64年1月7日", "7 January 1989"},
		{Date{1989, 1, 8}, "平成元年1月8日", "8 January 1989"},
		{Date{2019, 4, 30}, "平成31年4月30日", "30 April 2019"},
		{Date{2019, 5, 1}, "令和元年5月1日", "1 May 2019"},
		{Date{2029, 1, 1}, "令和11年1月1日", "1 January 2029"},
	} {
		if got := c.date.Wareki(); got != c.want {
			t.Errorf("%v: got %s, want %s", c.date, got, c.want)
		}
		if got := c.date.English(); got != c.english {
			t.Errorf("%v: got %s, want %s", c.date, got, c.english)
		}
	}
}

func dates(from, to Date) *rapid.Generator[Date] {
	days := int(to.midnight().Sub(from.midnight()).Hours() / 24)
	return rapid.Map(rapid.IntRange(0, days), from.Add)
}

func TestDateRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dates(Date{1600, 1, 1}, Date{2200, 12, 31}).Draw(t, "d")
		if got, err := ParseDate(d.String()); got != d || err != nil {
			t.Fatalf("%s: got %v, %v", d, got, err)
		}
		want := Span{From: d, To: d, Precision: Day, Written: d.Wareki()}
		if got, err := ParseWareki(d.Wareki()); got != want || err != nil {
			t.Fatalf("%s: got %v, %v", d.Wareki(), got, err)
		}
		n := rapid.IntRange(-100000, 100000).Draw(t, "n")
		if later := d.Add(n); later.Add(-n) != d || later.Compare(d) != sign(n) || d.Before(later) != (n > 0) || d.After(later) != (n < 0) {
			t.Fatalf("%s and %d days is %s", d, n, later)
		}
	})
}

func sign(n int) int {
	return min(1, max(-1, n))
}
