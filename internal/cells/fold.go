package cells

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the key under which s is searched: two texts that a reader takes
// for the same have the same key. It is for comparing only, never for showing.
//
//   - Width and compatibility forms go by NFKC, case to lower, hiragana to
//     katakana, dashes to "-", a wave dash to "~"; characters that show nothing
//     are dropped.
//   - Old forms of kanji become the new ones, by a small fixed table.
//   - Kanji numerals become Arabic where a statute or a date has them: after 第,
//     before 条, 項, 号, 年, 月, 日 and the like, and after 168条の. 一部 stays.
//   - 第 is dropped before a number, except where that would run two numbers
//     together, and 168-2 becomes 168条の2. So 第百六十八条の二, 168条の2 and
//     168-2 have one key, and the key of 168条 is part of it.
//
// Eras are not converted: 平成24年 and 2012年 have different keys.
func Fold(s string) string {
	var out []rune
	for _, r := range strings.ToLower(norm.NFKC.String(s)) {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			continue
		case r >= 'ぁ' && r <= 'ゖ', r == 'ゝ', r == 'ゞ':
			r += 'ァ' - 'ぁ'
		case r >= '\u2010' && r <= '\u2015', r == '\u2212':
			r = '-'
		case r == '〜':
			r = '~'
		default:
			r = newForm(r)
		}
		out = append(out, r)
	}
	// What was dropped may have kept a letter and its mark apart, so once more.
	return norm.NFKC.String(foldArticles(foldNumerals(out)))
}

// newForm gives the present form of an old or variant kanji, and any other
// character as it is.
func newForm(r rune) rune {
	before, _, found := strings.Cut(oldAndNew, string(r))
	if !found || r < '一' {
		return r
	}
	// Every entry is an old form, a new form and a space.
	if n := len([]rune(before)); n%3 == 0 {
		return []rune(oldAndNew)[n+1]
	}
	return r
}

const oldAndNew = "條条 號号 圓円 國国 會会 學学 證証 辯弁 辨弁 瓣弁 實実 發発 與与 據拠 當当 對対 應応 處処 權権 僞偽 變変 傳伝 團団 圖図 數数 觀観 關関 區区 醫医 獨独 廢廃 戰戦 " +
	"澤沢 濱浜 邊辺 邉辺 齋斎 齊斉 髙高 﨑崎 眞真 廣広 櫻桜 瀧滝 龍竜 嶋島 冨富 德徳 惠恵 榮栄 藏蔵 黑黒 靜静 淺浅 舊旧 續続 經経 總総 繼継 缺欠 辭辞 稅税 假仮 價価 " +
	"兩両 爲為 狀状 獻献 爭争 裝装 讓譲 釋釈 鐵鉄 體体 黨党 豫予 鹽塩 拂払 擔担 收収 敍叙 萬万 隱隠 壞壊 祕秘 竊窃 "
