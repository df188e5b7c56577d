package cells

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSanitise(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"刑法（明治40年）第１６８条の２、ｶﾞﾊﾟ〜…①㈱", "刑法（明治40年）第１６８条の２、ｶﾞﾊﾟ〜…①㈱"},
		{`C:\new\x`, `C:\new\x`},
		{"葛\U000E0100飾区 か\u3099 e\u0301", "葛\U000E0100飾区 か\u3099 e\u0301"},
		{"二\u3000正\u00a0当", "二\u3000正\u00a0当"},
		{"👨\u200d👩\u200d👧 ⚠\ufe0f ❤\ufe0f\u200d🔥", "👨\u200d👩\u200d👧 ⚠\ufe0f ❤\ufe0f\u200d🔥"},
		{"a\x1b[31mb", `a\x1B[31mb`},
		{"a\tb\nc\rd\x00\x7f", `a\x09b\x0Ac\x0Dd\x00\x7F`},
		{"a\u009b31m\u0085", `a\u{009B}31m\u{0085}`},
		{"exe\u202egpj", `exe\u{202E}gpj`},
		{"\u2066\u2069\u200e\u200f\u061c", `\u{2066}\u{2069}\u{200E}\u{200F}\u{061C}`},
		{"a\u200bb\u2060\ufeff\u200c\u00ad", `a\u{200B}b\u{2060}\u{FEFF}\u{200C}\u{00AD}`},
		{"a\u200db あ\u200d", `a\u{200D}b あ\u{200D}`},
		{"a\U000E0100 あ\ufe0f", `a\u{E0100} あ\u{FE0F}`},
		{"\u2028\u2029", `\u{2028}\u{2029}`},
		{"\xff\x9b\xe3\x81", `\xFF\x9B\xE3\x81`},
		{"\u3164\uffa0\u115f\U000E0041\ufffe", `\u{3164}\u{FFA0}\u{115F}\u{E0041}\u{FFFE}`},
		{"\u3099あ\x1b\u0301", `\u{3099}あ\x1B\u{0301}`},
		{"\ufffd", "\ufffd"},
	} {
		if got := Sanitise(c.in); got != c.want {
			t.Errorf("Sanitise(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestSanitiseLines(t *testing.T) {
	if got, want := SanitiseLines("a\r\nb\rc\n\u3099\x1b\n"), "a\nb\\x0Dc\n\\u{3099}\\x1B\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func checkSanitise(t interface{ Fatalf(string, ...any) }, s string) {
	got := Sanitise(s)
	if !utf8.ValidString(got) || got != Sanitise(got) {
		t.Fatalf("Sanitise(%q) = %q, which is not UTF-8 or not final", s, got)
	}
	for _, r := range got {
		if r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Fatalf("Sanitise(%q) = %q holds %U", s, got, r)
		}
	}
	for line := range strings.SplitSeq(SanitiseLines(s), "\n") {
		if line != Sanitise(line) {
			t.Fatalf("SanitiseLines(%q) has the line %q", s, line)
		}
	}
}

func TestSanitiseIsInert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkSanitise(t, texts().Draw(t, "s")) })
}

func FuzzSanitise(f *testing.F) {
	for _, s := range []string{"", "日本語", "\x1b[2J", "\u202e", "👨\u200d👩", "葛\U000E0100\U000E0100", "\xff\u200d", "a\ufe0f\u200d⚠"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkSanitise(t, s) })
}
