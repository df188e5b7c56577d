package law

import "strings"

// site is where e-Gov 法令検索 shows a law, by its law id.
const site = "https://laws.e-gov.go.jp/law/"

// Address is the place's address at e-Gov 法令検索, which is an address of the
// present text: give the place as it is numbered now. It is the law's address
// alone where the law file does not place the article in its structure, and
// empty for a law that e-Gov does not hold.
//
// The fragment is the whole path of the provision in the rendered page: Mp for
// the main provisions, Pa, Ch, Se, Ss, Di for 編章節款目, At, Pr, It and Si1, Si2
// for the levels below, branches joined with _. An item stands in paragraph 1
// even where the article has one paragraph and no citation names it.
func (l *Law) Address(p Place) string {
	if l.EGov == "" {
		return ""
	}
	address := site + l.EGov
	in, known := l.structure[p.Article]
	if !known || p.Suppl || p.Section != "" {
		return address
	}
	path := []string{"Mp"}
	if in != "" {
		path = append(path, in)
	}
	path = append(path, "At_"+underscored(p.Article))
	if p.Paragraph == 0 && p.has(levelItem) {
		p.Paragraph = 1
	}
	if p.has(levelParagraph) {
		path = append(path, "Pr_"+underscored(Number{p.Paragraph}))
	}
	if p.has(levelItem) {
		path = append(path, "It_"+underscored(p.Item))
	}
	if p.has(levelLetter) {
		path = append(path, "Si1_"+underscored(Number{p.Letter}))
	}
	if p.has(levelSub) {
		path = append(path, "Si2_"+underscored(Number{p.Sub}))
	}
	return address + "#" + strings.Join(path, "-")
}

// underscored writes 168-2 as 168_2, e-Gov's form of a branch.
func underscored(n Number) string {
	return strings.ReplaceAll(n.String(), "-", "_")
}
