package cells

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0}, {"abc", 3}, {"ひらがな", 8}, {"カタカナ", 8}, {"漢字", 4}, {"𠮟る", 4},
		{"ｶﾞﾊﾟ", 4}, {"ﾊﾟｽﾜｰﾄﾞ", 7}, {"\uff9e", 1}, {"\uff9f", 1}, {"か\uff9e", 3}, {"ｱ\uff9e\uff9e", 3},
		{"葛\U000E0100", 2}, {"か\u3099", 2}, {"e\u0301", 1}, {"㈱", 2}, {"〜", 2}, {"～", 2},
		{"…", 1}, {"①", 1}, {"―", 1}, {"─", 1}, {"※", 1}, {"→", 1}, {"§", 1},
		{"👨\u200d👩\u200d👧", 2}, {"⚠", 1}, {"⚠\ufe0f", 2}, {"🇯🇵", 2},
		{"\t", 0}, {"\u00a0", 1}, {"\u3000", 2}, {"\u200b", 0}, {"\u202e", 0}, {"\ufeff", 0},
		{"\x1b[31m赤\x1b[m", 2}, {"\x1b]8;;http://x\x07ab\x1b]8;;\x07", 2},
	} {
		if got := Width(c.text); got != c.want {
			t.Errorf("Width(%q) = %d, want %d", c.text, got, c.want)
		}
	}
}

func TestDisplay(t *testing.T) {
	for in, want := range map[string]string{
		"":         "",
		"普通の日本語":   "普通の日本語",
		"ｶﾞ":       "ｶ\x1b[10mﾞ",
		"ﾊﾟ\uff9e": "ﾊ\x1b[10mﾟ\x1b[10mﾞ",
	} {
		if got := Display(in); got != want {
			t.Errorf("Display(%q) = %q, want %q", in, got, want)
		}
	}
}

// texts draws text of the kinds that have broken terminals before.
func texts() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"、", "。", "「", "」", "（", "）", "ー", "っ", "々", "\u3000", " ", "\n", "ｶﾞ", "ﾊﾟ", "\uff9e",
			"か\u3099", "葛\U000E0100", "👨\u200d👩\u200d👧", "⚠\ufe0f", "\ufe0f", "🇯", "\u200d", "\t", "\x1b", "\x1b[31m", "\x9b", "\xff",
			"第168条の2第1項第1号", "平成24年3月21日", "7,245円", "Installed", "C:\\Users\\taro\\evil.exe", "1", "…", "\u202e"}),
		rapid.StringMatching(`[ぁ-ん一-鿏a-z]{1,8}`),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) string {
		s := ""
		for _, p := range rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces") {
			s += p
		}
		return s
	})
}

func TestWidthIsWhatTheScreenLibraryFindsForDisplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := "\x1b[31m" + Sanitise(texts().Draw(t, "s")) + "\x1b[m"
		if got, want := Width(s), ansi.StringWidth(Display(s)); got != want {
			t.Fatalf("Width(%q) = %d, want %d", s, got, want)
		}
	})
}

func TestSplitLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Draw(t, "s")
		total, joined := 0, ""
		for _, c := range split(s) {
			total += c.width
			joined += c.text
		}
		if joined != s || total != Width(s) {
			t.Fatalf("split(%q) joins to %q and has %d cells, want %d", s, joined, total, Width(s))
		}
	})
}
