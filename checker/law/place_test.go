package law

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParsePlace(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Place
	}{
		{"15", Place{Article: Number{15}}},
		{"3(2)(ii)", Place{Article: Number{3}, Paragraph: 2, Item: Number{2}}},
		{"168-2(1)(i)", Place{Article: Number{168, 2}, Paragraph: 1, Item: Number{1}}},
		{"142-2-2", Place{Article: Number{142, 2, 2}}},
		{"6(xiii)", Place{Article: Number{6}, Item: Number{13}}},
		{"6(iii-2)", Place{Article: Number{6}, Item: Number{3, 2}}},
		{"6(xv)(c)", Place{Article: Number{6}, Item: Number{15}, Letter: 3}},
		{"12(1)(i)(a)(2)", Place{Article: Number{12}, Paragraph: 1, Item: Number{1}, Letter: 1, Sub: 2}},
		{"suppl.6(1)", Place{Suppl: true, Article: Number{6}, Paragraph: 1}},
		{"suppl.(2)", Place{Suppl: true, Paragraph: 2}},
		{"s:4.1.2", Place{Section: "4.1.2"}},
		{"s:2.4.2(3)", Place{Section: "2.4.2", Paragraph: 3}},
		{"s:2.4.2(c)", Place{Section: "2.4.2", Letter: 3}},
	} {
		got, err := ParsePlace(c.in)
		if err != nil || got != c.want {
			t.Errorf("ParsePlace(%q) = %+v, %v; want %+v", c.in, got, err, c.want)
		}
		if got.String() != c.in {
			t.Errorf("ParsePlace(%q).String() = %q", c.in, got)
		}
	}
}

func TestParsePlaceRefuses(t *testing.T) {
	for _, in := range []string{
		"", "0", "03", "3()", "3(0)", "3(01)", "3(2", "3)2(", "3(2)x", "3 (2)", "3(2)(2)", "3(ii)(2)",
		"3(iiii)", "3(vx)", "3(II)", "3(2)(ii)(A)", "3(2)(ii)(aa)", "3(ii)(c)(1)(1)", "3-", "-3", "3-0",
		"1-2-3-4-5", "第3条", "３", "(2)", "suppl.", "suppl.(ii)", "s:", "s:4.", "s:4..1", "s:a", "s:1(ii)",
		"99999", strings.Repeat("3(2)", 40),
	} {
		if p, err := ParsePlace(in); err == nil {
			t.Errorf("ParsePlace(%q) = %+v, want a refusal", in, p)
		}
	}
}

// Every place that can be written is read back the same, and every text that is
// read is written back the same.
func TestPlaceRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPlace().Draw(t, "place")
		got, err := ParsePlace(p.String())
		if err != nil || got != p {
			t.Fatalf("%q was read as %+v, %v; want %+v", p, got, err, p)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`(suppl\.|s:)?[0-9.-]{0,5}(\([0-9a-zivx-]{0,3}\)){0,4}`).Draw(t, "text")
		if p, err := ParsePlace(s); err == nil && p.String() != s {
			t.Fatalf("%q is written back as %q", s, p)
		}
	})
}

func anyPlace() *rapid.Generator[Place] {
	return rapid.Custom(func(t *rapid.T) Place {
		var p Place
		number := func(label string, most int) Number {
			var n Number
			for i := range rapid.IntRange(1, len(n)).Draw(t, label+" levels") {
				n[i] = rapid.IntRange(1, most).Draw(t, label)
			}
			return n
		}
		p.Suppl = rapid.Bool().Draw(t, "suppl")
		p.Article = number("article", 9999)
		p.Paragraph = rapid.IntRange(0, 99).Draw(t, "paragraph")
		if rapid.Bool().Draw(t, "has item") {
			p.Item = number("item", 60)
			p.Letter = rapid.IntRange(0, 26).Draw(t, "letter")
		}
		if p.Letter != 0 {
			p.Sub = rapid.IntRange(0, 20).Draw(t, "sub")
		}
		return p
	})
}

func FuzzParsePlace(f *testing.F) {
	for _, s := range []string{"3(2)(ii)", "6(iii-2)", "suppl.6(1)", "s:2.4.2(3)", "6(xv)(c)(1)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParsePlace(s); err == nil && p.String() != s {
			t.Errorf("%q is written back as %q", s, p)
		}
	})
}

func TestNumerals(t *testing.T) {
	for v, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 100: "百", 128: "百二十八", 168: "百六十八", 1000: "千", 1044: "千四十四", 9999: "九千九百九十九"} {
		if got := kanji(v); got != want {
			t.Errorf("kanji(%d) = %s, want %s", v, got, want)
		}
	}
	for i := 1; i < 4000; i++ {
		if v, ok := parseRoman(roman(i)); !ok || v != i {
			t.Fatalf("%d is written %s and read as %d", i, roman(i), v)
		}
	}
	if v, ok := parseRoman("mmmmmmmmmm"); ok {
		t.Errorf("an item is read as %d, which no citation can write", v)
	}
	if got := iroha(3) + iroha(26) + iroha(27); got != "ハノ" {
		t.Errorf("iroha: %s", got)
	}
}
