package cite

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"

	"golang.org/x/text/unicode/norm"
)

// english reads "Penal Code art. 168-2(1)(i)", "Article 3, paragraph (2), item (ii)
// of the Act on … (Act No. 128 of 1999)" and "penal-code 168-2(1)(i)".
func (r *Reader) english(s string, in Context) (Citation, error) {
	lawText, placeText := parted(englishFold(s))
	id, err := r.englishID(lawText, in)
	if err != nil {
		return Citation{}, err
	}
	c, err := englishRange(placeText, law.Place{})
	c.LawID = id
	return c, err
}

// englishID is the law of a text, or that of the context for none.
func (r *Reader) englishID(lawText string, in Context) (string, error) {
	if lawText == "" && in.LawID == "" {
		return "", wrong(ErrNoLaw, "", "")
	}
	if lawText == "" {
		return in.LawID, nil
	}
	return r.englishLaw(lawText)
}

// englishFold writes an English citation in one way.
func englishFold(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.NewReplacer("‐", "-", "‑", "-", "–", "-", "(japan)", " ", "§§", " arts. ", "§", " art. ").Replace(s)
	s = strings.Join(strings.Fields(s), " ")
	return regexp.MustCompile(`\bact no\.? *([0-9]+) of ([a-z]+ [0-9]+, *)?([0-9]{4})\b`).ReplaceAllString(s, "act no. $1 of $3")
}

// parted tells a law from a place in it, whichever comes first.
func parted(s string) (lawText, placeText string) {
	// "the proviso to article 95" names its part first.
	if at := regexp.MustCompile(`^(the )?(.+?) (to|of|in) (the )?(art(?:icle)?\b.*)$`).FindStringSubmatch(s); at != nil {
		if part, ok := partOf(at[2]); ok {
			lawText, placeText = parted(at[5])
			return lawText, placeText + ", " + part
		}
	}
	if at := regexp.MustCompile(`^(?:the )?supplementary provisions( ` + amendingLaw + `)?(, [a-z ]+)?(?: of the (.*))?$`).FindStringSubmatch(s); at != nil {
		return at[4], "suppl." + at[1] + at[3]
	}
	lawText, placeText = "", s
	place := regexp.MustCompile(`(^|[ ,])(suppl\. (\([^()]*\) )?)?(art(icle)?s?|para(graph)?s?)\.? *\(?[0-9]`)
	if at := place.FindStringIndex(s); at != nil {
		lawText, placeText = s[:at[0]], s[at[0]:]
		if strings.Trim(lawText, " ,") == "" {
			placeText, lawText = ofLaw(placeText)
		}
	} else if at := regexp.MustCompile(`[ ,]suppl\.( ` + amendingLaw + `)?(, [a-z ]+)?$`).FindStringIndex(s); at != nil {
		lawText, placeText = s[:at[0]], s[at[0]:]
	} else if at := regexp.MustCompile(` (suppl\.)?[0-9(][0-9a-z()-]*$`).FindStringIndex(s); at != nil {
		lawText, placeText = s[:at[0]], s[at[0]:]
	} else if _, err := law.ParsePlace(s); err != nil {
		lawText, placeText = s, ""
	}
	return strings.Trim(lawText, " ,"), strings.Trim(placeText, " ,")
}

// ofLaw parts "article 3 of the supplementary provisions of the act on x". The
// names of laws have "of the" too, so the first that is not 附則 parts. A law may
// stand behind its place without it: "art. 3 penal code".
func ofLaw(s string) (place, name string) {
	place, name, ok := strings.Cut(s, " of the ")
	if !ok {
		if at := regexp.MustCompile(`^[ ,]*art(icle)?\.? *[0-9][0-9a-z()-]*,? (of )?([a-z].*)$`).FindStringSubmatchIndex(s); at != nil && !isLevel(s[at[6]:]) {
			return strings.TrimSuffix(strings.TrimSpace(s[:at[6]]), " of"), s[at[6]:]
		}
		return s, ""
	}
	rest, suppl := strings.CutPrefix(name, "supplementary provisions")
	if !suppl {
		return place, name
	}
	place += " of the supplementary provisions"
	if at := regexp.MustCompile(`^ ` + amendingLaw).FindString(rest); at != "" {
		place, rest = place+at, rest[len(at):]
	}
	if part, after, ok := strings.Cut(strings.TrimPrefix(rest, ", "), " of the "); ok && part != "" {
		return place + ", " + part, after
	}
	return place, strings.TrimPrefix(rest, " of the ")
}

// isLevel reports whether words go on with a place and name no law.
func isLevel(s string) bool {
	if _, ok := partOf(s); ok {
		return true
	}
	for _, level := range []string{"para", "item", "and ", "art"} {
		if strings.HasPrefix(s, level) {
			return true
		}
	}
	return false
}

// englishLaw is the law of a name, with or without its number; of a name and a number
// that are of two laws one is a slip.
func (r *Reader) englishLaw(s string) (string, error) {
	s = strings.TrimPrefix(s, "the ")
	whole, err := r.id(s)
	if err == nil {
		return whole, nil
	}
	var ids []string
	for piece := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("[](),;", r) }) {
		if id, err := r.id(strings.TrimPrefix(strings.TrimSpace(piece), "the ")); err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	numbered := regexp.MustCompile(`act no\. [0-9]+ of [0-9]{4}`).FindString(s)
	switch {
	case len(ids) > 1:
		return "", wrong(ErrNumber, strings.Join(ids, "、"), strings.Join(ids, ", "))
	case len(ids) == 1 && numbered != "" && !r.isNumbered(ids[0], numbered):
		return "", wrong(ErrNumber, numbered, numbered)
	case len(ids) == 1 && strings.ContainsAny(s, "[("):
		return ids[0], nil
	case len(ids) == 1 && numbered != "":
		return ids[0], nil
	}
	return "", err
}

// isNumbered reports whether an English number is that of a law, as far as that is
// known.
func (r *Reader) isNumbered(id, number string) bool {
	l, ok := r.laws[id]
	return !ok || l.Number.En == "" || strings.EqualFold(l.Number.En, number) || slices.Contains(r.names[number], id)
}

// partOf is a part of a provision in the words of this program.
func partOf(s string) (string, bool) {
	switch strings.Trim(s, " ,()") {
	case "proviso":
		return lawxml.Proviso.Words().En, true
	case "main clause", "main text", "main part":
		return lawxml.Main.Words().En, true
	case "first sentence", "1st sentence", "first part":
		return lawxml.First.Words().En, true
	case "second sentence", "2nd sentence", "latter part", "second part":
		return lawxml.Second.Words().En, true
	case "before the items", "chapeau", "the part before the items":
		return lawxml.Chapeau.Words().En, true
	}
	return "", false
}

// englishPart takes a part off the end of a place.
func englishPart(s string) (rest string, part lawxml.Part) {
	i := strings.LastIndex(s, ",")
	if i < 0 { // art. 38(1) proviso
		i = strings.LastIndex(s, ") ") + 1
	}
	words, ok := partOf(s[max(i, 0):])
	if !ok {
		return s, lawxml.Whole
	}
	for _, p := range []lawxml.Part{lawxml.Proviso, lawxml.Main, lawxml.First, lawxml.Second, lawxml.Chapeau} {
		if p.Words().En == words {
			return strings.TrimSpace(s[:i]), p
		}
	}
	return s, lawxml.Whole
}

// englishPlace rewrites a place in the rulebook's notation and reads that.
func englishPlace(s string) (Citation, error) {
	c := Citation{}
	var rest string
	rest, c.Part = englishPart(s)
	number := regexp.MustCompile(` ?` + amendingLaw)
	if at := number.FindStringSubmatch(rest); at != nil && strings.Contains(rest, "suppl") {
		if c.SupplOf = amendingNumber(at[1]); c.SupplOf == "" {
			return c, notUnderstood(at[1])
		}
		rest = number.ReplaceAllString(rest, "")
	}
	rest, suppl := strings.CutSuffix(rest, " of the supplementary provisions")
	if head, ok := strings.CutPrefix(rest, "suppl."); ok {
		rest, suppl = strings.TrimSpace(head), true
	}
	if suppl && rest == "" {
		c.Place.Suppl = true
		return c, nil
	}
	rest = regexp.MustCompile(`^art(icle)?s?\.? *`).ReplaceAllString(rest, "")
	rest = regexp.MustCompile(`,? *(paragraph|para\.?)s? *\(?([0-9]+)\)?`).ReplaceAllString(rest, "($2)")
	rest = regexp.MustCompile(`,? *sub-?item *\(`).ReplaceAllString(rest, "(")
	rest = regexp.MustCompile(`,? *items? *\(?([ivxlcdm]+(?:-[0-9]+)*)\)?`).ReplaceAllString(rest, "($1)")
	rest = regexp.MustCompile(`,? *items? *\(?([0-9]{1,4})\)?`).ReplaceAllStringFunc(rest, romanItem)
	// 第3号の2 is (iii)-2 in English and (iii-2) in the rulebook.
	rest = regexp.MustCompile(`\(([ivxlcdm]+)\)((-[0-9]+)+)`).ReplaceAllString(rest, "($1$2)")
	rest = strings.ReplaceAll(rest, " (", "(")
	rest = regexp.MustCompile(`,? *\(([a-z])\)`).ReplaceAllString(rest, "($1)")
	rest = regexp.MustCompile(`\),? *([0-9]+)\.$`).ReplaceAllString(rest, ")($1)")
	if suppl {
		rest = "suppl." + rest
	}
	p, err := law.ParsePlace(rest)
	if err != nil || p.Section != "" {
		return c, notUnderstood(s)
	}
	c.Place = p
	return c, nil
}

// romanItem writes item 2 as (ii).
func romanItem(s string) string {
	v, ok := positive(strings.Trim(strings.TrimLeft(s, ", items"), "() "))
	if !ok {
		return s
	}
	return strings.TrimPrefix(law.Place{Article: law.Number{1}, Item: law.Number{v}}.String(), "1")
}

// amendingLaw is the number of the law whose 附則 it is, in Japanese where there is none
// in English, as of an order of a ministry.
const amendingLaw = `\((act no\. [0-9]+ of [0-9]+|[^()]*第[0-9]+号)\)`

// amendingNumber is 平成29年法律第44号 for a number in either language.
func amendingNumber(s string) string {
	if key, rest, ok := lawNumber(s); ok && rest == "" {
		return key
	}
	return japaneseNumber(s)
}

// japaneseNumber is 平成29年法律第44号 for Act No. 44 of 2017; of a year in which the era
// changed it is empty, since nobody can say of which era the number is.
func japaneseNumber(english string) string {
	var number, year int
	if _, err := fmt.Sscanf(english, "act no. %d of %d", &number, &year); err != nil {
		return ""
	}
	for _, e := range []struct {
		era         string
		first, last int
	}{{"明治", 1868, 1911}, {"大正", 1913, 1925}, {"昭和", 1927, 1988}, {"平成", 1990, 2018}, {"令和", 2020, 9999}} {
		if year >= e.first && year <= e.last {
			return fmt.Sprintf("%s%d年法律第%d号", e.era, year-eraStart(e.era), number)
		}
	}
	return ""
}

// englishList reads several places of one law: "Penal Code, arts. 246(1), 248",
// "Article 3 and Article 4 of the Penal Code". whole is the error of the text as one.
func (r *Reader) englishList(s string, in Context, whole error) ([]Citation, error) {
	lawText, placeText := parted(englishFold(s))
	id, err := r.englishID(lawText, in)
	if err != nil {
		return nil, written(err, s)
	}
	marks := `;? and |; |, (art|suppl)|, \(| & `
	if !strings.Contains(placeText, "paragraph") && !strings.Contains(placeText, "item") {
		marks += `|, [0-9]`
	}
	var list []Citation
	at, part := 0, regexp.MustCompile(marks)
	for at < len(placeText) {
		if len(list) == maxList {
			return nil, written(tooMany(), s)
		}
		end, next := len(placeText), len(placeText)
		if found := part.FindStringIndex(placeText[at:]); found != nil {
			end, next = at+found[0], at+found[1]
			switch mark := placeText[end:next]; {
			case strings.HasSuffix(mark, "art"):
				next -= len("art")
			case strings.HasSuffix(mark, "suppl"):
				next -= len("suppl")
			case strings.HasPrefix(mark, ", "):
				next--
			}
		}
		before := Citation{}
		if len(list) > 0 {
			before = list[len(list)-1]
		}
		c, err := englishRange(strings.Trim(placeText[at:end], " ,"), before.end())
		if err != nil {
			return nil, whole
		}
		c.LawID = id
		list, at = append(list, c), next
	}
	if len(list) < 2 {
		return nil, whole
	}
	return list, nil
}

// englishRange reads a place, or a range: arts. 235 to 237, items (i) through (iii).
func englishRange(s string, before law.Place) (Citation, error) {
	first, last, isRange := cutRange(s)
	c, err := englishPlace(wholePlace(first, before))
	if err != nil || !isRange {
		return c, err
	}
	end, err := englishPlace(wholePlace(last, c.Place))
	if err != nil {
		return c, err
	}
	return c.until(end)
}

// cutRange parts a range. In arts. 235-237 the hyphen is one, which in art. 168-2 marks a
// branch.
func cutRange(s string) (first, last string, ok bool) {
	for _, mark := range []string{" to ", " through ", " until "} {
		if first, last, ok := strings.Cut(s, mark); ok {
			return first, last, true
		}
	}
	at := regexp.MustCompile(`^(art(?:icle)?s\.? *([0-9]+))-([0-9]+)$`).FindStringSubmatch(s)
	if at == nil {
		return s, "", false
	}
	from, ok1 := positive(at[2])
	to, ok2 := positive(at[3])
	return at[1], at[3], ok1 && ok2 && from < to
}

// wholePlace puts what a piece leaves unsaid before it: (2) is of the same article.
func wholePlace(s string, before law.Place) string {
	article := strings.TrimPrefix(law.Place{Suppl: before.Suppl, Article: before.Article}.String(), "suppl.")
	if before.Suppl {
		article = "suppl." + article
	}
	paragraph := ""
	if before.Paragraph > 0 {
		paragraph = "(" + strconv.Itoa(before.Paragraph) + ")"
	}
	switch {
	case before.IsZero():
		return s
	case regexp.MustCompile(`^(\([0-9]|para)`).MatchString(s):
		return article + s
	case regexp.MustCompile(`^(\([ivx]|item)`).MatchString(s):
		return article + paragraph + s
	}
	return s
}

func positive(s string) (int, bool) {
	v, err := strconv.Atoi(s)
	return v, err == nil && v > 0 && v <= 9999
}
