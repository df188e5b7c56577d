package cells

import (
	"strings"
	"testing"
)

func TestFoldSame(t *testing.T) {
	for _, same := range [][]string{
		{"第百六十八条の二", "168条の2", "第１６８条の２", "168-2", "第百六十八條ノ二", "第一六八条の二", "168‐2"},
		{"第168条の2第1項第1号", "第百六十八条の二第一項第一号", "168条の2第1項1号", "168-2第1項第1号"},
		{"第三条の二の三", "3条の2の3"},
		{"平成二十四年三月二十一日", "平成24年3月21日", "平成２４年３月２１日"},
		{"ｶﾞｲﾄﾞ", "ガイド", "がいど", "か\u3099いど"},
		{"KeyLogger.EXE", "ｋｅｙlogger.exe"},
		{"齋藤", "斎藤"}, {"葛\U000E0100城", "葛城"}, {"㈱", "(株)"}, {"1〜2", "1～2"}, {"三千円", "3000円"}, {"二百五十万円", "250万円"},
		{"co\u200boperate", "cooperate"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("Fold(%q) = %q, but Fold(%q) = %q", s, Fold(s), same[0], Fold(same[0]))
			}
		}
	}
}

func TestFoldFinds(t *testing.T) {
	for _, c := range []struct {
		text, query string
		want        bool
	}{
		{"刑法第168条の2第1項第1号", "168-2", true},
		{"刑法第168条の2第1項第1号", "第1項", true},
		{"刑法第168条の2第1項第1号", "168条", true},
		{"刑法第168条の21", "168条の2第1項", false},
		{"刑法第168条の2第1項", "168条の21", false},
		{"同条の一部を改正", "一部", true},
		{"第百六十八条の一部を改正", "一部", true},
		{"一般の", "一般", true},
		{"2012-02-05", "2012-02", true},
		{"x86-64", "86-64", false},
		{"03-1234-5678", "03-1234", true},
	} {
		if got := strings.Contains(Fold(c.text), Fold(c.query)); got != c.want {
			t.Errorf("%q in %q: got %v (%q in %q)", c.query, c.text, got, Fold(c.query), Fold(c.text))
		}
	}
}

func TestOldAndNew(t *testing.T) {
	for _, pair := range strings.Fields(oldAndNew) {
		r := []rune(pair)
		if len(r) != 2 || newForm(r[0]) != r[1] || newForm(r[1]) != r[1] {
			t.Errorf("entry %q: want an old form and its final new form", pair)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("第百六十八条の二")
	f.Add("第第一の168-2-")
	f.Fuzz(func(t *testing.T, s string) { Fold(s) })
}
