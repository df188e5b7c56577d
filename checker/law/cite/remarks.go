package cite

import (
	"slices"
	"strings"
)

// remarks takes what a citation says in parentheses behind its place off the end:
// （平成24年法律第12号による改正前のもの）, and what the provision is called, （詐欺）; so too
// の罪 and の規定, which name no place.
func (c *Citation) remarks(s string) string {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "の規定"), "の罪")
	for strings.HasSuffix(s, ")") {
		open := opening(s)
		if open <= 0 {
			return s
		}
		inside := s[open+1 : len(s)-1]
		if !c.saysEarlier(inside) && !isCaption(inside) {
			return s
		}
		s = s[:open]
	}
	return s
}

// opening is where the parenthesis opens that the text ends with; -1 if nowhere.
func opening(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isCaption reports whether words in parentheses only name the provision. Words that
// narrow it, or a number, are not passed over.
func isCaption(s string) bool {
	if len([]rune(s)) < 2 || strings.ContainsFunc(s, isFigure) {
		return false
	}
	for _, narrows := range []string{"除", "限", "含", "準用", "号", "項", "条"} {
		if strings.Contains(s, narrows) {
			return false
		}
	}
	return true
}

// saysEarlier reads that a text before an amendment is meant: 平成24年法律第12号による改正前
// のもの, or only 改正前 and 旧, which do not say before which.
func (c *Citation) saysEarlier(s string) bool {
	head, _, ok := strings.Cut(s, "改正前")
	if !ok {
		c.Old = c.Old || s == "旧" || s == "旧法"
		return s == "旧" || s == "旧法"
	}
	head = strings.TrimSuffix(strings.TrimSuffix(head, "の"), "による")
	if number := lastNumber(head); number != "" {
		c.AmendedBefore = number
	} else {
		c.Old = true
	}
	return true
}

// lastNumber is the law number that a text ends with; empty if there is none.
func lastNumber(s string) string {
	for i := range s {
		if key, rest, ok := lawNumber(s[i:]); ok && rest == "" {
			return key
		}
	}
	return ""
}

// earlier takes 現行, which is what no word for a text means, 旧, 改正前の and 平成24年法律第12号による改正前の off the beginning.
func (c *Citation) earlier(s string) string {
	if head, rest, ok := strings.Cut(s, "改正前"); ok {
		_, after, isNumber := lawNumber(head)
		if head == "" || isYear(head) || isNumber && (after == "" || after == "による") {
			c.saysEarlier(head + "改正前")
			return strings.TrimPrefix(rest, "の")
		}
	}
	if rest, ok := strings.CutPrefix(s, "旧"); ok {
		c.Old = true
		return rest
	}
	if rest, ok := strings.CutPrefix(s, "現行"); ok {
		return strings.TrimPrefix(rest, "の")
	}
	return s
}

// isYear reports whether a text is 平成29年 or 2017年, as in 平成29年改正前民法.
func isYear(s string) bool {
	_, after, _ := cutAny(s, "明治", "大正", "昭和", "平成", "令和")
	_, rest, ok := leading(after)
	return ok && rest == "年"
}

// between takes off what stands between a law's name and the place: its number in
// parentheses, 「以下…という。」, 旧, an amendment before which it is meant, and の.
func (c *Citation) between(s string) (rest, number string) {
	for strings.HasPrefix(s, "(") {
		end := closing(s)
		if end < 0 {
			return s, number
		}
		inside := s[1:end]
		key, _, isNumber := lawNumber(inside)
		switch {
		case c.saysEarlier(inside):
			// The number of the law may stand before the one that amended it.
			if isNumber && key != c.AmendedBefore {
				number = key
			}
		case isNumber:
			number = key
		case !strings.Contains(inside, "以下"):
			return s, number
		}
		s = s[end+1:]
	}
	return strings.TrimPrefix(s, "の"), number
}

// closing is where the parenthesis closes that the text begins with; -1 if nowhere.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// amending reads a citation of the supplementary provisions of a law that amended
// others, which stand in the texts of these: 平成29年法律第44号附則6条1項. It is false if
// the citation is none.
func (r *Reader) amending(s string, c Citation) (Citation, bool, error) {
	head, rest, ok := strings.Cut(s, "附則")
	if !ok {
		return c, false, nil
	}
	title, number := "", strings.TrimSuffix(head, "の")
	if open := opening(number); strings.HasSuffix(number, ")") && open >= 0 {
		title, number = number[:open], number[open+1:len(number)-1]
	}
	key, after, ok := lawNumber(number)
	if !ok || after != "" && !strings.HasPrefix(after, "。") || title != "" && !strings.HasSuffix(title, "法律") {
		return c, false, nil
	}
	example := "「民法附則(" + key + ")6条」のように、改正された法令の附則として書く"
	amended := r.amendedBy(key, title)
	switch len(amended) {
	case 0:
		return c, true, wrong(ErrNoLaw, example, "write it as supplementary provisions of the law that was amended: 民法附則("+key+")6条")
	case 1:
	default:
		return c, true, wrong(ErrUnclear, key+"は複数の法令を改正した。"+example, key+" amended several laws: name the one that is meant, 民法附則("+key+")6条")
	}
	c.LawID, c.SupplOf = amended[0], key
	cited, err := place("附則"+rest, c)
	return cited, true, err
}

// amendedBy lists the laws that a law amended, as far as the rulebook knows, or, if
// its title begins with the name of one, that one: 民法の一部を改正する法律.
func (r *Reader) amendedBy(number, title string) []string {
	for _, name := range r.prefixes(title) {
		if id, err := r.id(name.key); err == nil && strings.HasPrefix(title[name.length:], "の一部を改正する") {
			return []string{id}
		}
	}
	var ids []string
	for id, l := range r.laws {
		for _, v := range l.Versions {
			if v.AmendedBy(number) && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return ids
}
