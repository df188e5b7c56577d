package day

import (
	"strings"
	"testing"
)

func TestParseWareki(t *testing.T) {
	for _, c := range []struct {
		in, want  string
		precision Precision
	}{
		{"平成24年3月21日", "2012-03-21", Day},
		{"平成２４年３月２１日", "2012-03-21", Day},
		{"平成24年 3月 7日", "2012-03-07", Day},
		{"平成　二十四年三月二十一日", "2012-03-21", Day},
		{"平成二四年三月二一日", "2012-03-21", Day},
		{"㍻24年3月21日", "2012-03-21", Day},
		{"H24.3.21", "2012-03-21", Day},
		{"h24/03/21", "2012-03-21", Day},
		{"Ｈ２４．３．２１", "2012-03-21", Day},
		{"平24.3.21", "2012-03-21", Day},
		{"平成24.3", "2012-03", Month},
		{"R元.5.1", "2019-05-01", Day},
		{"平成24年02月", "2012-02", Month},
		{"平成24年", "2012", Year},
		{"令和元年5月1日", "2019-05-01", Day},
		{"令和元年", "2019-05-01/2019-12-31", Range},
		{"平成元年1月", "1989-01-08/1989-01-31", Range},
		{"令和元年五月", "2019-05", Month},
		{"昭和64年1月7日", "1989-01-07", Day},
		{"平成元年1月8日", "1989-01-08", Day},
		{"平成31年4月30日", "2019-04-30", Day},
		{"平成32年3月31日", "2020-03-31", Day},
		{"明治四十年四月二十四日", "1907-04-24", Day},
		{"平成24年2月29日", "2012-02-29", Day},
		{"令和10年1月1日", "2028-01-01", Day},
		{"2012年3月21日", "2012-03-21", Day},
		{"西暦2012年3月", "2012-03", Month},
		{"二〇一二年三月二十一日", "2012-03-21", Day},
	} {
		got, err := ParseWareki(c.in)
		if err != nil || got.String() != c.want || got.Precision != c.precision || got.Written != c.in {
			t.Errorf("ParseWareki(%q) = %+v, %v, want %s", c.in, got, err, c.want)
		}
	}
}

func TestParseWarekiErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":             "want a date such as",
		"平成":           "want a date such as",
		"H24":          "want a date such as",
		"2012.3.21":    "want a date such as",
		"平成24年3月21":    "want a date such as",
		"平成24年3月21日頃":  "want a date such as",
		"平成24年3月21日1日": "want a date such as",
		"平成23年2月29日":   "February 2011 has no day 29",
		"平成24年13月":     "there is no month 13",
		"平成0年1月1日":     "there is no 平成0年",
		"平成元年1月7日":     "平成 began on 1989-01-08",
		"令和元年4月30日":    "令和 began on 2019-05-01",
		"令和元年4月":       "令和 began on 2019-05-01",
		"元年1月1日":       `"元" is not a number`,
		"平成24年元月1日":    `"元" is not a number`,
		"平成十十年1月1日":    `"十十" is not a number`,
		"平成-1年1月1日":    `"-1" is not a number`,
		"平成年1月1日":      `"" is not a number`,
		"平成99999年":     `"99999" is not a number`,
		"H24..1":       `"" is not a number`,
	} {
		got, err := ParseWareki(in)
		if err == nil || !strings.Contains(err.Error(), want) || got != (Span{}) {
			t.Errorf("ParseWareki(%q) = %+v, %v, want %s", in, got, err, want)
		}
	}
}

func FuzzParseWareki(f *testing.F) {
	for _, s := range []string{"", "平成24年3月21日", "H24.3.21", "平成24年02月", "令和元年5月1日", "平成二十四年三月二十一日", "西暦9999年", "明治元年", "R9999.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if s, err := ParseWareki(in); err == nil {
			checkRoundTrip(t, s)
		}
	})
}
