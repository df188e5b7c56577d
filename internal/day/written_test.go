package day

import "testing"

func TestParse(t *testing.T) {
	for _, s := range []string{
		"2012-02-05", "2012-2-5", "2012/2/5", "2012/02/05", "2012.2.5", "２０１２－０２－０５", "２０１２／２／５", "2012−02−05", "2012‐02‐05", " 2012-02-05 ",
		"平成24年2月5日", "平成２４年２月５日", "平成二十四年二月五日", "平24.2.5", "H24.2.5", "Ｈ24.2.5", "Ｈ２４．２．５", "h24/2/5", "2012年2月5日", "西暦2012年2月5日",
	} {
		if d, err := Parse(s); err != nil || d != (Date{2012, 2, 5}) {
			t.Errorf("%q: %s, %v", s, d, err)
		}
	}
	if d, err := Parse("令和元年5月1日"); err != nil || d != (Date{2019, 5, 1}) {
		t.Errorf("%s, %v", d, err)
	}
	for _, s := range []string{
		"", "2012", "2012-02", "2012/2", "平成24年", "平成24年2月", "24.2.5", "5/2/2012", "12/2/5", "2012-2/5", "2012-02-30", "平成24年2月30日", "令和元年4月30日",
		"2012-02-05T00:00:00", "2012-02-05/2012-02-06", "20120205", "tomorrow", "0000-01-01", "2012-13-01",
	} {
		if d, err := Parse(s); err == nil || !d.IsZero() {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}

// What Date writes, in either calendar, is read as it was.
func TestParseWritten(t *testing.T) {
	for d := (Date{1868, 1, 25}); d.Before(Date{2100, 1, 1}); d = d.Add(13) {
		for _, s := range []string{d.String(), d.Wareki()} {
			if read, err := Parse(s); err != nil || read != d {
				t.Fatalf("%s: %s, %v", s, read, err)
			}
		}
	}
}
