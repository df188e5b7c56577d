package cite

import (
	"strings"
	"unicode/utf8"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
)

// iroha is the order of the level below 号.
const iroha = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノ"

// place reads a folded place: 附則第3条の2第1項第2号イ(1)ただし書.
func place(s string, c Citation) (Citation, error) {
	return placeFrom(s, law.Place{}, "", c)
}

// placeFrom reads the rest of a place of which a beginning is known, down to a
// level: 条, 項 or 号.
func placeFrom(s string, p law.Place, known string, c Citation) (Citation, error) {
	r := placeReader{rest: s}
	if known == "" {
		r.cut("の")
		if r.cut("旧") {
			c.Old = true
		}
		if p.Suppl = r.cut("附則") || r.cut("制定附則"); p.Suppl {
			r.amendedBy(&c)
		} else {
			r.cut("本則")
		}
		r.headings()
		p.Article = r.article()
		if p.Article != (law.Number{}) {
			c.Caption = r.caption()
		}
	}
	if known == "" || known == "条" {
		p.Paragraph = r.paragraph()
	}
	if known != "号" {
		p.Item = r.item()
	}
	if p.Item != (law.Number{}) {
		p.Letter, p.Sub = r.below()
	}
	c.Place = p
	if c.Part = r.part(); c.Part == lawxml.Whole {
		c.Each = r.each()
	}
	last, isRange := pastTo(r.rest)
	switch {
	case isRange && !p.IsZero() && c.Each == "":
		return ranged(c, last)
	case isAppended(r.rest):
		return c, wrong(ErrPlace, "別表・様式・前文は読まない。条・項・号を書く", "tables, forms and preambles are not read, only articles, paragraphs and items")
	case r.rest != "":
		return c, notUnderstood(r.rest)
	case p.IsZero():
		return c, wrong(ErrPlace, "条・項・号がない", "it names none")
	case p.Article == (law.Number{}) && !p.Suppl:
		return c, wrong(ErrPlace, "条がない", "it names no article")
	case c.Each == Paragraphs && p.Paragraph != 0, c.Each != "" && p.Item != (law.Number{}):
		return c, notUnderstood("各" + string(c.Each))
	}
	return c, nil
}

// pastTo takes the から of 3条から5条まで off. A hyphen is one only before a number with its
// unit: 168-2 is 168条の2.
func pastTo(s string) (rest string, ok bool) {
	mark, rest, ok := cutAny(s, "から", "ないし", "乃至", "~", "〜", "-")
	return rest, ok && (mark != "-" || strings.ContainsAny(rest, "条項号"))
}

// isAppended reports whether a place is none of those that have articles.
func isAppended(s string) bool {
	_, _, ok := cutAny(s, "別表", "別記", "別図", "様式", "付録", "附録", "前文")
	return ok
}

// placeReader takes a folded place from its beginning, piece by piece.
type placeReader struct{ rest string }

func (r *placeReader) cut(prefix string) bool {
	rest, ok := strings.CutPrefix(r.rest, prefix)
	r.rest = rest
	return ok
}

// number takes 第168 where a unit follows, or nothing.
func (r *placeReader) number(units ...string) (int, bool) {
	s := strings.TrimPrefix(r.rest, "第")
	v, rest, ok := leading(s)
	if !ok {
		return 0, false
	}
	for _, unit := range units {
		if after, ok := strings.CutPrefix(rest, unit); ok {
			r.rest = after
			return v, true
		}
	}
	return 0, false
}

// branches takes の2の3. A の before anything but a number stays, and behind a branch also
// one before a paragraph or item, 168条の2の1項; but not where a figure may have been
// meant for the branch, as in 168条の21項.
func (r *placeReader) branches(n *law.Number) {
	for i := 1; i < len(n); i++ {
		_, after, ok := cutAny(r.rest, "の", "ノ", "之")
		if !ok {
			return
		}
		v, rest, ok := leading(after)
		_, _, isBelow := cutAny(rest, "項", "号")
		if !ok || isBelow && i > 1 && v < 10 {
			return
		}
		n[i], r.rest = v, rest
	}
}

func cutAny(s string, prefixes ...string) (prefix, rest string, ok bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return p, rest, true
		}
	}
	return "", s, false
}

// headings takes 第二編第十九章の二, which no place needs.
func (r *placeReader) headings() {
	for {
		v, ok := r.number("編", "章", "節", "款", "目")
		if !ok {
			return
		}
		n := law.Number{v}
		r.branches(&n)
	}
}

// article takes 第168条の2, or 168の2 and 168-2 without 条.
func (r *placeReader) article() law.Number {
	if n := r.numbered("条"); n != (law.Number{}) {
		return n
	}
	v, rest, ok := leading(strings.TrimPrefix(r.rest, "第"))
	if !ok {
		return law.Number{}
	}
	before := r.rest
	n := law.Number{v}
	r.rest = rest
	if r.cut("-") {
		branch, rest, ok := leading(r.rest)
		if !ok {
			r.rest = before
			return law.Number{}
		}
		n[1], r.rest = branch, rest
	}
	r.branches(&n)
	r.cut("条")
	below := placeReader{rest: r.rest}
	hasBelow := strings.HasPrefix(r.rest, "第") || strings.HasPrefix(r.rest, "の") && (below.paragraph() != 0 || below.item() != (law.Number{}))
	if _, isRange := pastTo(r.rest); isRange || r.rest == "" || hasBelow {
		return n
	}
	r.rest = before
	return law.Number{}
}

// numbered takes 第3号の2.
func (r *placeReader) numbered(unit string) law.Number {
	v, ok := r.number(unit)
	if !ok {
		return law.Number{}
	}
	n := law.Number{v}
	r.branches(&n)
	return n
}

// item takes 第3号の2, with a の before it or not.
func (r *placeReader) item() law.Number {
	before := r.rest
	r.cut("の")
	n := r.numbered("号")
	if n == (law.Number{}) {
		r.rest = before
	}
	return n
}

// amendedBy takes the number of the law whose 附則 it is: 附則(平成29年法律第44号)第6条.
func (r *placeReader) amendedBy(c *Citation) {
	end := closing(r.rest)
	if !strings.HasPrefix(r.rest, "(") || end < 0 {
		return
	}
	if key, rest, ok := lawNumber(r.rest[1:end]); ok && rest == "" {
		c.SupplOf, r.rest = key, r.rest[end+1:]
	}
}

func (r *placeReader) paragraph() int {
	before := r.rest
	r.cut("の")
	v, ok := r.number("項")
	if !ok {
		r.rest = before
	}
	return v
}

// leadingLetter reads the イロハ that a text begins with, 1 for イ; 0 if there is none.
// Letters of other scripts that look the same are taken for it: nobody sees that へ is
// hiragana, and who reads a scanned paper writes 口 for ロ.
func leadingLetter(s string) (letter int, rest string) {
	first, size := utf8.DecodeRuneInString(s)
	if same, ok := map[rune]rune{'へ': 'ヘ', '口': 'ロ', '卜': 'ト', '力': 'カ', '夕': 'タ'}[first]; ok {
		first = same
	}
	for i, l := range []rune(iroha) {
		if l == first {
			return i + 1, s[size:]
		}
	}
	return 0, s
}

// below takes イ, which may stand in parentheses, and (1).
func (r *placeReader) below() (letter, sub int) {
	before := r.rest
	r.cut("の")
	if inside, rest, ok := strings.Cut(strings.TrimPrefix(r.rest, "("), ")"); ok && strings.HasPrefix(r.rest, "(") && len(inside) == len("イ") {
		r.rest = inside + rest
	}
	if letter, r.rest = leadingLetter(r.rest); letter == 0 {
		r.rest = before
		return 0, 0
	}
	if after, ok := strings.CutPrefix(r.rest, "("); ok {
		if v, rest, ok := leading(after); ok && strings.HasPrefix(rest, ")") {
			sub, r.rest = v, rest[1:]
		}
	}
	return letter, sub
}

// part takes ただし書 and the like.
func (r *placeReader) part() lawxml.Part {
	before := r.rest
	r.cut("の")
	for _, p := range []struct {
		word string
		part lawxml.Part
	}{
		{"ただし書き", lawxml.Proviso}, {"ただし書", lawxml.Proviso}, {"但し書き", lawxml.Proviso}, {"但し書", lawxml.Proviso},
		{"但書き", lawxml.Proviso}, {"但書", lawxml.Proviso},
		{"本文", lawxml.Main}, {"前段", lawxml.First}, {"後段", lawxml.Second},
		{"柱書き", lawxml.Chapeau}, {"柱書", lawxml.Chapeau}, {"各号列記以外の部分", lawxml.Chapeau}, {"各号以外の部分", lawxml.Chapeau},
	} {
		if r.cut(p.word) {
			return p.part
		}
	}
	// As the pocket law books have it: 38Ⅰ但.
	if p, ok := map[string]lawxml.Part{"但": lawxml.Proviso, "前": lawxml.First, "後": lawxml.Second, "柱": lawxml.Chapeau}[r.rest]; ok {
		r.rest = ""
		return p
	}
	r.rest = before
	return lawxml.Whole
}
