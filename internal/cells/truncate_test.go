package cells

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTruncate(t *testing.T) {
	for _, c := range []struct {
		f    func(string, int) string
		text string
		w    int
		want string
	}{
		{Truncate, "違法性について", 14, "違法性について"},
		{Truncate, "違法性について", 13, "違法性につ.."},
		{Truncate, "違法性について", 7, "違法.."},
		{Truncate, "違法性について", 2, ".."},
		{Truncate, "違法性について", 1, "."},
		{Truncate, "違法性について", 0, ""},
		{Truncate, "違法性について", -5, ""},
		{Truncate, "ｶﾞｶﾞｶﾞ", 5, "ｶﾞ.."},
		{Truncate, "葛\U000E0100葛\U000E0100葛", 5, "葛\U000E0100.."},
		{Truncate, "\x1b[31mabcdef\x1b[m", 5, "\x1b[31mabc..\x1b[m"},
		{TruncateLeft, `C:\Users\太郎\evil.exe`, 10, `..evil.exe`},
		{TruncateLeft, `C:\Users\太郎\evil.exe`, 12, `..\evil.exe`},
		{TruncateLeft, "あいう", 5, "..う"},
		{Pad, "あ", 4, "あ  "}, {Pad, "あいう", 5, "あ.. "}, {Pad, "x", 0, ""}, {Pad, "", 2, "  "},
	} {
		if got := c.f(c.text, c.w); got != c.want {
			t.Errorf("(%q, %d) = %q, want %q", c.text, c.w, got, c.want)
		}
	}
}

func checkTruncate(t interface{ Fatalf(string, ...any) }, s string, w int) {
	for i, f := range []func(string, int) string{Truncate, TruncateLeft} {
		got := f(s, w)
		if Width(got) > max(w, 0) {
			t.Fatalf("%d: %q cut to %d is %q, %d cells", i, s, w, got, Width(got))
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Fatalf("%d: %q cut to %d is %q, not UTF-8", i, s, w, got)
		}
	}
	if got := Pad(s, w); !hasEscapeByte(s) && Width(got) != max(w, 0) {
		t.Fatalf("Pad(%q, %d) = %q, %d cells", s, w, got, Width(got))
	}
}

// hasEscapeByte reports whether a string has a byte that may begin an escape
// sequence, of which Pad cannot know the width.
func hasEscapeByte(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case 0x1b, 0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f:
			return true
		}
	}
	return false
}

func TestTruncateIsNeverWider(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkTruncate(t, texts().Draw(t, "s"), rapid.IntRange(-2, 40).Draw(t, "w"))
	})
}

func FuzzTruncate(f *testing.F) {
	for _, s := range []string{"", "違法性", "ｶﾞｷﾞ", "\x1b[31mあ", "\x1b]0;", "1\ufe0f", "\xff\x9b", "🇯🇵🇯"} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		checkTruncate(t, s, w%1000)
	})
}
