package cite

import (
	"regexp"
	"slices"
	"strings"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
)

// maxList is more citations than anyone writes in one text.
const maxList = 100

// ParseList reads citations that stand in one text: 刑法246条1項・2項, 電子署名法施行規則
// 6条1号、3号, 刑法38条及び同法66条, and ranges among them. A piece that begins with a paragraph or an item is of
// the article, or paragraph, of the piece before it. A text that is one citation is a
// list of one; of a text that cannot be read, the error is that of the piece at fault.
func (r *Reader) ParseList(s string, in Context) ([]Citation, error) {
	whole, err := r.parse(s, in)
	if err == nil {
		return []Citation{whole}, nil
	}
	err = written(err, s)
	if len(s) > maxLength || strings.Contains(s, "e-gov.go.jp/") {
		return nil, err
	}
	text := strings.Trim(strings.TrimSpace(s), "「」")
	if readsEnglish(text) {
		return r.englishList(text, in, err)
	}
	return r.list(sharedUnits(fold(text)), in, err)
}

// sharedUnits writes the unit behind each of several numbers that have it in common:
// 1、2項 and 709～711条. A number behind の is a branch.
func sharedUnits(s string) string {
	for {
		at := unitless.FindStringSubmatchIndex(s)
		if at == nil {
			return s
		}
		s = s[:at[3]] + s[at[6]:at[7]] + s[at[3]:]
	}
}

var unitless = regexp.MustCompile(`(?:^|[^のノ之第0-9〇零一二三四五六七八九十百千])(第?[0-9〇零一二三四五六七八九十百千]+)` +
	`(?:、|,|・|及び|又は|若しくは|並びに|と|から|ないし|乃至|~|〜)(第?[0-9〇零一二三四五六七八九十百千]+)(条|項|号)`)

// list takes a folded text from its beginning, citation by citation. The name of a law
// may hold what parts citations, 電子署名及び認証業務に関する法律; so a piece ends at the
// first such place up to which it is a citation.
func (r *Reader) list(s string, in Context, whole error) ([]Citation, error) {
	var list []Citation
	var behind []bool // of each, whether it says behind its place that an earlier text is meant
	for s != "" {
		if len(list) == maxList {
			return nil, written(tooMany(), s)
		}
		c, piece, rest, err := r.first(s, in, list)
		if err != nil && len(list) == 0 {
			return nil, whole
		}
		if err != nil {
			return nil, written(err, s)
		}
		list = append(list, c)
		in = Context{LawID: c.LawID, Place: c.end(), SupplOf: c.SupplOf, Earlier: append(in.Earlier, c.LawID), Defined: defined(piece, c.LawID, in.Defined)}
		behind = append(behind, saysEarlierBehind(piece))
		s = rest
	}
	shareEarlier(list, behind)
	return list, nil
}

// end is the place that what follows a citation goes on from.
func (c Citation) end() law.Place {
	if !c.Last.IsZero() {
		return c.Last
	}
	return c.Place
}

func tooMany() error { return wrong(ErrPlace, "引用が多すぎる", "it is too many citations") }

// first takes the first citation off a text. The error is that of the shortest piece.
func (r *Reader) first(s string, in Context, before []Citation) (c Citation, piece, rest string, err error) {
	for _, end := range append(ends(s), len(s)) {
		c, wrong := r.piece(s[:end], in, before)
		if wrong == nil {
			return c, s[:end], pastMarks(s[end:]), nil
		}
		if err == nil {
			err = wrong
		}
	}
	return Citation{}, "", s, err
}

// piece reads one of several citations.
func (r *Reader) piece(s string, in Context, before []Citation) (Citation, error) {
	if len(before) == 0 {
		return r.japanese(s, in)
	}
	last := before[len(before)-1]
	if c, ok := goesOn(s, last); ok {
		return c, nil
	}
	if isUnclear(s, last.end()) {
		return last, unclear(s)
	}
	c, err := r.japanese(s, in)
	// 附則3条及び4条 are both in 附則; 本則4条 would say that it is not.
	if _, isArticle := (&placeReader{rest: s}).number("条"); err == nil && isArticle && last.Place.Suppl {
		c.Place.Suppl, c.SupplOf = true, last.SupplOf
		c.Last.Suppl = !c.Last.IsZero()
	}
	return c, err
}

// isUnclear reports whether a piece is a number that does not say what it counts. It is
// an article behind 709, and may be anything behind 246条1項 or 168条の2; but no paragraph
// or item has three figures, and 168の3 is no branch of 168の2.
func isUnclear(s string, before law.Place) bool {
	r := placeReader{rest: s}
	n := r.article()
	switch {
	case n == (law.Number{}) || r.rest != "" || strings.Contains(s, "条"):
		return false
	case before.Article[1] == 0 && before.Paragraph == 0 && before.Item == (law.Number{}):
		return false
	case n[0] >= 100 && n[0] > before.Article[0], n[0] == before.Article[0] && n[1] != 0:
		return false
	default:
		return true
	}
}

func unclear(s string) error {
	return wrong(ErrPlace, "「"+s+"」が条・項・号のどれかが分からない。条・項・号を書く", "is "+s+" an article, a paragraph or an item? write which")
}

// goesOn reads a piece that leaves unsaid what it shares with the one before it: 2項, 3号,
// ロ, ただし書.
func goesOn(s string, before Citation) (Citation, bool) {
	before.Place = before.end()
	before.Last, before.Each = law.Place{}, ""
	p, known := before.Place, ""
	letter, _ := leadingLetter(strings.TrimPrefix(s, "("))
	switch r := (&placeReader{rest: s}); {
	case r.paragraph() != 0:
		p, known = law.Place{Suppl: p.Suppl, Article: p.Article}, "条"
	case r.numbered("号") != (law.Number{}):
		p, known = law.Place{Suppl: p.Suppl, Article: p.Article, Paragraph: p.Paragraph}, "項"
	case p.Item != (law.Number{}) && letter != 0:
		p, known = law.Place{Suppl: p.Suppl, Article: p.Article, Paragraph: p.Paragraph, Item: p.Item}, "号"
	case r.part() != lawxml.Whole && r.rest == "":
		known = "号"
	default:
		return before, false
	}
	before.Part = lawxml.Whole
	c, err := placeFrom(s, p, known, before)
	return c, err == nil
}

// marks part citations.
func marks() []string {
	return []string{"並びに", "ならびに", "若しくは", "もしくは", "及び", "および", "又は", "または", "かつ", "と", "、", ",", "・", "/", ";", "；", "&"}
}

// ends lists where a text may be parted, outside parentheses.
func ends(s string) []int {
	var list []int
	depth := 0
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if _, _, ok := cutAny(s[i:], marks()...); ok && depth == 0 && i > 0 {
			list = append(list, i)
		}
	}
	return list
}

// pastMarks takes the marks off that a text begins with: 、及び.
func pastMarks(s string) string {
	for {
		_, rest, ok := cutAny(s, marks()...)
		if !ok {
			return s
		}
		s = rest
	}
}

// saysEarlierBehind reports whether a citation ends with （平成24年法律第12号による改正前のもの）,
// （旧法） or the like. What says so before the number, as 旧, is of that number only.
func saysEarlierBehind(piece string) bool {
	open := opening(piece)
	return strings.HasSuffix(piece, ")") && open > 0 && (&Citation{}).saysEarlier(piece[open+1:len(piece)-1])
}

// shareEarlier gives all that are of one law what the last says behind them all:
// 3条及び4条（平成24年法律第12号による改正前のもの）.
func shareEarlier(list []Citation, behind []bool) {
	for i, c := range slices.Backward(list) {
		if i+1 == len(list) || !behind[i+1] {
			continue
		}
		if next := list[i+1]; next.LawID == c.LawID && c.AmendedBefore == "" && !c.Old {
			list[i].AmendedBefore, list[i].Old = next.AmendedBefore, next.Old
			behind[i] = true
		}
	}
}
