package cells

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text string
		w          int
		want       []string
	}{
		{"empty", "", 10, []string{""}},
		{"newlines", "a\n\nb\r\n", 10, []string{"a", "", "b", ""}},
		{"ideographic space", "二　正当", 6, []string{"二　正", "当"}},
		{"ideographic space that does not fit stays with its word", "甲乙　丙", 5, []string{"甲", "乙　", "丙"}},
		{"comma", "あいう、え", 6, []string{"あい", "う、え"}},
		{"bracket", "ああ「い」", 6, []string{"ああ", "「い」"}},
		{"word", "専用 Installed by", 12, []string{"専用 ", "Installed by"}},
		{"hash", "hash 9f86d081884c", 8, []string{"hash ", "9f86d081", "884c"}},
		{"grapheme", "葛\U000E0100葛\U000E0100", 3, []string{"葛\U000E0100", "葛\U000E0100"}},
		{"under two", "あ", 0, []string{"あ"}},
		{"half-width marks", "ｶﾞｷﾞｸﾞ", 4, []string{"ｶﾞｷﾞ", "ｸﾞ"}},
		{"citation", "被疑事実は刑法（明治四十年法律第四十五号）第168条の2第1項第1号に", 44,
			[]string{"被疑事実は刑法（明治四十年法律第四十五号）", "第168条の2第1項第1号に"}},
	} {
		if got := Wrap(c.text, c.w); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWrapKeepsWhole(t *testing.T) {
	for _, whole := range []string{
		"第168条の2第1項第1号", "第百六十八条の二第一項", "第21条第1号イ", "平成24年3月21日", "平成二十四年三月二十一日", "令和元年5月1日",
		"2012年2月5日午前9時12分44秒", "2012-02-05", "2026-04-10T09:12:44+09:00", "5 February 2012",
		"7,245円", "５０万円", "3件", "12 MB", "50％", "3か月", "18,204件", "Article 168-2", "第3条ただし書", "第2項後段",
	} {
		for pad := range 40 {
			text := strings.Repeat("又", pad) + whole + "の件につき"
			for w := wholeFrom; w < 50; w++ {
				if lines := Wrap(text, w); !strings.Contains(strings.Join(lines, "\n"), whole) {
					t.Fatalf("%q is broken at %d cells: %q", whole, w, lines)
				}
			}
		}
	}
}

func checkWrap(t interface{ Fatalf(string, ...any) }, s string, w int) {
	lines := Wrap(s, w)
	for _, line := range lines {
		if Width(line) > max(w, 2) {
			t.Fatalf("%q at %d: line %q has %d cells", s, w, line, Width(line))
		}
	}
	want := strings.ReplaceAll(strings.ReplaceAll(s+"\n", "\r\n", "\n"), "\n", "")
	if got := strings.Join(lines, ""); got != want {
		t.Fatalf("%q at %d: lost something: %q", s, w, lines)
	}
}

func TestWrapLosesNothingAndIsNeverWider(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkWrap(t, texts().Draw(t, "s"), rapid.IntRange(-1, 60).Draw(t, "w"))
	})
}

func TestWrapKinsoku(t *testing.T) {
	// Prose: forbidden characters never stand so many in a row that a line is
	// too short for them.
	piece := rapid.SampledFrom([]string{"正当な理由", "電子計算機", "ユーザーアカウント", "ちょっと", "きゃっ", "人々", "いすゞ", "、", "。", "」", "）",
		"「不正", "『甲", "（刑法", "【乙", "〔丙", "Installed by", "第168条の2", "です！", "か？", " ", "　", "・", "ｶﾞｯ"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(piece, 1, 30).Draw(t, "s"), "字")
		w := rapid.IntRange(24, 80).Draw(t, "w")
		lines := Wrap(s, w)
		for i, line := range lines {
			start, _ := utf8.DecodeRuneInString(line)
			end, _ := utf8.DecodeLastRuneInString(line)
			if i > 0 && strings.ContainsRune("、。，．」』）】〕！？ーっゃゅょァィゥェォッャュョ々ゝゞ・", start) {
				t.Fatalf("line %d starts with %q: %q", i, start, lines)
			}
			if i < len(lines)-1 && strings.ContainsRune("「『（【〔", end) {
				t.Fatalf("line %d ends with %q: %q", i, end, lines)
			}
		}
	})
}

func FuzzWrap(f *testing.F) {
	for _, s := range []string{"", "第168条の2、平成24年3月21日。", "「「「」」」", "ｶﾞ\uff9e\uff9e", "\x1b[31mあ\x1b", "a\r\nb", "1\ufe0f\u200d", "\xff\x90あ"} {
		f.Add(s, 4)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		checkWrap(t, s, w%200)
	})
}

func BenchmarkWrap(b *testing.B) {
	s := strings.Repeat("刑法第168条の2は目的犯の規定で、専用ツールは「正当な目的」のために提供しており、Installed by gidtool.exe（平成24年2月5日）。", 200)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Wrap(s, 60)
	}
}
