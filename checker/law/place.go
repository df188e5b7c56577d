package law

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Place is a place in a law: article 条, paragraph 項, item 号, and below it
// イロハ and （１）. It says nothing of which law, nor of which day's numbering.
// Places are comparable with ==.
type Place struct {
	Suppl     bool   // in the supplementary provisions 附則
	Section   string // "2.4.2": a numbered section of an instrument; it then has no article
	Article   Number // the zero Number for a supplementary provision that has paragraphs only
	Paragraph int    // 0: none written. Of a section: the (3) of 2.4.2(3)
	Item      Number
	Letter    int // 1 is イ, written (a)
	Sub       int // 1 is （１） below イ
}

// The notations of a place outside the main provisions' articles.
const (
	supplMark   = "suppl."
	sectionMark = "s:"
)

// ParsePlace reads the rulebook's notation, which follows the way English
// translations of Japanese laws number their levels:
//
//	3(2)(ii)        第3条第2項第2号
//	168-2(1)(i)     第168条の2第1項第1号
//	6(xiii)         第6条第13号, in an article that has one paragraph
//	6(iii-2)        第6条第3号の2
//	6(xv)(c)        第6条第15号ハ; a further (1) is （１） below it
//	suppl.6(1)      附則第6条第1項; suppl.(2) is 附則第2項
//	s:2.4.2(3)      section 2.4.2(3) of an instrument
//
// What it accepts, String writes back unchanged.
func ParsePlace(s string) (Place, error) {
	var p Place
	rest := s
	if cut, ok := strings.CutPrefix(rest, sectionMark); ok {
		return parseSection(s, cut)
	}
	if cut, ok := strings.CutPrefix(rest, supplMark); ok {
		p.Suppl, rest = true, cut
	}
	head, groups, err := splitGroups(rest)
	if err != nil {
		return Place{}, placeError(s, err.Error())
	}
	if head != "" {
		n, ok := parseNumber(head, parseArabic)
		if !ok {
			return Place{}, placeError(s, fmt.Sprintf("%q is not the number of an article", head))
		}
		p.Article = n
	} else if !p.Suppl {
		return Place{}, placeError(s, "it begins with no article")
	} else if len(groups) == 0 {
		return Place{}, placeError(s, "it names no article or paragraph of the supplementary provisions")
	}
	if len(groups) > 0 {
		if v, ok := parseArabic(groups[0]); ok {
			p.Paragraph, groups = v, groups[1:]
		} else if p.Article == (Number{}) {
			return Place{}, placeError(s, "without an article, a paragraph in digits comes first")
		}
	}
	if len(groups) > 0 {
		n, ok := parseNumber(groups[0], parseRoman)
		if !ok {
			return Place{}, placeError(s, fmt.Sprintf("(%s) is neither a paragraph in digits nor an item in small roman numerals", groups[0]))
		}
		p.Item, groups = n, groups[1:]
	}
	if p.Letter, p.Sub, err = parseBelow(groups); err != nil {
		return Place{}, placeError(s, err.Error())
	}
	return p, nil
}

// String writes the place in the notation that ParsePlace reads.
func (p Place) String() string {
	var b strings.Builder
	if p.Section != "" {
		b.WriteString(sectionMark)
		b.WriteString(p.section())
		return b.String()
	}
	if p.Suppl {
		b.WriteString(supplMark)
	}
	b.WriteString(p.Article.String())
	if p.Paragraph != 0 {
		fmt.Fprintf(&b, "(%d)", p.Paragraph)
	}
	if p.Item != (Number{}) {
		fmt.Fprintf(&b, "(%s)", romanNumber(p.Item))
	}
	b.WriteString(p.below())
	return b.String()
}

// IsZero reports whether p names no place.
func (p Place) IsZero() bool { return p == Place{} }

// section writes 2.4.2(3)(a) without the notation's mark.
func (p Place) section() string {
	s := p.Section
	if p.Paragraph != 0 {
		s += fmt.Sprintf("(%d)", p.Paragraph)
	}
	return s + p.below()
}

// below writes the levels under an item: (c)(1).
func (p Place) below() string {
	s := ""
	if p.Letter != 0 {
		s += "(" + string(rune('a'+p.Letter-1)) + ")"
	}
	if p.Sub != 0 {
		s += fmt.Sprintf("(%d)", p.Sub)
	}
	return s
}

// romanNumber writes an item's number: iii-2.
func romanNumber(n Number) string {
	_, branch, _ := strings.Cut(n.String(), "-")
	s := roman(n[0])
	if branch != "" {
		s += "-" + branch
	}
	return s
}

// parseSection reads what follows "s:" in a place of an instrument.
func parseSection(whole, s string) (Place, error) {
	var p Place
	head, groups, err := splitGroups(s)
	if err != nil {
		return Place{}, placeError(whole, err.Error())
	}
	for part := range strings.SplitSeq(head, ".") {
		if _, ok := parseArabic(part); !ok {
			return Place{}, placeError(whole, fmt.Sprintf("%q is not the number of a section", head))
		}
	}
	p.Section = head
	if len(groups) > 0 {
		if v, ok := parseArabic(groups[0]); ok {
			p.Paragraph, groups = v, groups[1:]
		}
	}
	if p.Letter, p.Sub, err = parseBelow(groups); err != nil {
		return Place{}, placeError(whole, err.Error())
	}
	return p, nil
}

// parseBelow reads the last levels, a letter and a number under it.
func parseBelow(groups []string) (letter, sub int, err error) {
	if len(groups) == 0 {
		return 0, 0, nil
	}
	if g := groups[0]; len(g) == 1 && g[0] >= 'a' && g[0] <= 'z' {
		letter = int(g[0]-'a') + 1
	} else {
		return 0, 0, fmt.Errorf("(%s) is not a letter for イロハ", g)
	}
	if len(groups) > 1 {
		v, ok := parseArabic(groups[1])
		if !ok {
			return 0, 0, fmt.Errorf("(%s) is not a number for （１）", groups[1])
		}
		sub = v
	}
	if len(groups) > 2 {
		return 0, 0, fmt.Errorf("(%s) is a level too deep", groups[2])
	}
	return letter, sub, nil
}

// splitGroups parts "3(2)(ii)" into "3" and ["2", "ii"].
func splitGroups(s string) (head string, groups []string, err error) {
	if len(s) > 100 {
		return "", nil, fmt.Errorf("it is longer than any place")
	}
	head, rest := s, ""
	if i := strings.IndexByte(s, '('); i >= 0 {
		head, rest = s[:i], s[i:]
	}
	for rest != "" {
		end := strings.IndexByte(rest, ')')
		if rest[0] != '(' || end < 0 {
			return "", nil, fmt.Errorf("%s is not in parentheses", strconv.Quote(rest))
		}
		groups = append(groups, rest[1:end])
		rest = rest[end+1:]
	}
	return head, groups, nil
}

func placeError(s, why string) error {
	return fmt.Errorf("place %q: %s; want the form 3(2)(ii), 168-2(1)(i), 6(xv)(c), suppl.6(1) or s:2.4.2(3)", s, why)
}

// Compare orders places as a law lists them: by article, paragraph, item and
// what lies below; sections by their text.
func (p Place) Compare(q Place) int {
	return cmp.Or(
		boolCompare(p.Suppl, q.Suppl),
		strings.Compare(p.Section, q.Section),
		slices.Compare(p.Article[:], q.Article[:]),
		cmp.Compare(p.Paragraph, q.Paragraph),
		slices.Compare(p.Item[:], q.Item[:]),
		cmp.Compare(p.Letter, q.Letter),
		cmp.Compare(p.Sub, q.Sub),
	)
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}
