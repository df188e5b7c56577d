package main

import (
	"regexp"
	"strings"

	"jobun/checker/audit"
)

// basisNote says in the reader's language how a store's source knows a day.
func basisNote(basis string) audit.Text { return audit.Text{Ja: basisJa(basis), En: basisEn(basis)} }

// basisEn is how the source of a text knows a day, as it says itself, with [K] written
// out.
func basisEn(basis string) string {
	return strings.NewReplacer(" [K]", " (general knowledge, not verified)", "[K]", " (general knowledge, not verified)").Replace(basis)
}

// basisJa is the same for Japanese papers. What an index says in English of its own form
// is translated; any other English stays as it is, and is called a quotation.
func basisJa(basis string) string {
	const unverified = "未確認（一般的知識による）"
	s := basis
	for _, known := range [...]struct{ pattern, ja string }{
		{`text of ([^ ;()]+) \(in force ([0-9-]+)`, "${1}（${2}施行"},
		{`not touched by ([^ ;()]+) \(([^()]*)\)`, "${1}（${2}に関する改正）はこの条項に及ばない"},
		{`not touched by ([^ ;()]+)`, "${1}はこの条項に及ばない"},
		{` ?\((later|earlier) than the document\)`, ""},
		{` ?\[K\]\)`, "、" + unverified + "）による条文"},
		{` ?\[K\]`, "（" + unverified + "）"},
		{`; `, "。"},
		{`^next-revision$`, "次の版の施行日による"},
		{`^next-amendment(.*)$`, "次の改正の施行日による${1}"},
		{`^verified-through$`, "この日まで変更のないことを確認"},
		{`^same-day-superseded$`, "同日施行の別の版がその日の条文"},
		{`^current$`, "現行"},
	} {
		s = regexp.MustCompile(known.pattern).ReplaceAllString(s, known.ja)
	}
	if englishWords(s) {
		return "原文のまま「" + strings.ReplaceAll(basis, "[K]", unverified) + "」"
	}
	return s
}

// englishWords reports whether a text has a word of three or more small letters, which
// no id or number has.
func englishWords(s string) bool { return regexp.MustCompile(`\b[a-z]{3,}\b`).MatchString(s) }
