package cite

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jobun/checker/law"

	"golang.org/x/text/unicode/norm"
)

// english reads "Penal Code art. 168-2(1)(i)", "Article 3, paragraph (2), item
// (ii) of the Act on … (Act No. 128 of 1999)" and "penal-code 168-2(1)(i)".
func (r *Reader) english(s string, in Context) (Citation, error) {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.Join(strings.Fields(strings.NewReplacer("‐", "-", "‑", "-", "–", "-").Replace(s)), " ")
	placeText, lawText := s, ""
	if at := regexp.MustCompile(`(^|[ ,])(suppl\. )?(art(icle)?|para(graph)?)\.? *\(?[0-9]`).FindStringIndex(s); at != nil {
		lawText, placeText = s[:at[0]], s[at[0]:]
		if lawText == "" {
			placeText, lawText = ofLaw(placeText)
		}
	} else if at := regexp.MustCompile(` (suppl\.)?[0-9(][0-9a-z()-]*$`).FindStringIndex(s); at != nil {
		lawText, placeText = s[:at[0]], strings.TrimSpace(s[at[0]:])
	} else if _, err := law.ParsePlace(s); err != nil {
		lawText, placeText = s, ""
	}
	id := in.LawID
	if lawText = strings.Trim(lawText, " ,"); lawText != "" {
		var err error
		if id, err = r.englishLaw(lawText); err != nil {
			return Citation{}, err
		}
	}
	if id == "" {
		return Citation{}, ErrNoLaw
	}
	p, err := englishPlace(strings.Trim(placeText, " ,"))
	return Citation{LawID: id, Place: p}, err
}

// ofLaw parts "article 3 of the supplementary provisions of the act on x". The
// names of laws have "of the" too, so the first that is not 附則 parts.
func ofLaw(s string) (place, name string) {
	place, name, ok := strings.Cut(s, " of the ")
	if !ok {
		return s, ""
	}
	if rest, suppl := strings.CutPrefix(name, "supplementary provisions"); suppl {
		return place + " of the supplementary provisions", strings.TrimPrefix(rest, " of the ")
	}
	return place, name
}

// englishLaw is the law of a name, with or without its number in parentheses.
func (r *Reader) englishLaw(s string) (string, error) {
	s = strings.TrimPrefix(s, "the ")
	names := []string{s}
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		names = append(names, s[:i], strings.TrimSuffix(s[i+2:], ")"))
	}
	var first error
	for _, name := range names {
		id, err := r.id(strings.Trim(name, " ,"))
		if err == nil {
			return id, nil
		}
		if first == nil {
			first = err
		}
	}
	return "", first
}

// englishPlace rewrites a place in the rulebook's notation and reads that.
func englishPlace(s string) (law.Place, error) {
	written := s
	rest, suppl := strings.CutSuffix(s, " of the supplementary provisions")
	if head, ok := strings.CutPrefix(rest, "suppl."); ok {
		rest, suppl = strings.TrimSpace(head), true
	}
	rest = regexp.MustCompile(`^art(icle)?s?\.? *`).ReplaceAllString(rest, "")
	rest = regexp.MustCompile(`,? *(paragraph|para\.?) *\(?([0-9]+)\)?`).ReplaceAllString(rest, "($2)")
	rest = regexp.MustCompile(`,? *item *\(?([ivxlcdm]+)\)?`).ReplaceAllString(rest, "($1)")
	// 第3号の2 is (iii)-2 in English and (iii-2) in the rulebook.
	rest = regexp.MustCompile(`\(([ivxlcdm]+)\)((-[0-9]+)+)`).ReplaceAllString(rest, "($1$2)")
	rest = regexp.MustCompile(`,? *\(([a-z])\)`).ReplaceAllString(rest, "($1)")
	rest = regexp.MustCompile(`\),? *([0-9]+)\.$`).ReplaceAllString(rest, ")($1)")
	rest = strings.ReplaceAll(rest, ") (", ")(")
	if suppl {
		rest = "suppl." + rest
	}
	p, err := law.ParsePlace(rest)
	if err != nil || p.Section != "" {
		return law.Place{}, fmt.Errorf("%w: %q is not understood", ErrPlace, shortened(written))
	}
	return p, nil
}

func positive(s string) (int, bool) {
	v, err := strconv.Atoi(s)
	return v, err == nil && v > 0 && v <= 9999
}
