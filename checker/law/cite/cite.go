// Package cite reads citations as people write them (刑法168条の2第1項1号,
// 不正アクセス禁止法三条二項二号, Penal Code art. 168-2(1)(i), addresses at e-Gov)
// and finds what they cite on a day, or says what is wrong with them.
package cite

import (
	"errors"
	"slices"
	"strings"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/internal/day"
)

// Citation is what a citation names.
type Citation struct {
	LawID         string // at e-Gov
	Place         law.Place
	Part          lawxml.Part // ただし書, 前段, …
	Old           bool        // 旧: the number is that of an earlier text
	AmendedBefore string      // 平成24年法律第12号, where it says による改正前
	SupplOf       string      // 平成29年法律第44号, where the 附則 is that of a law that amended this one
	On            day.Date    // the day that an address names
	RevisionID    string      // the text that an address names
	Caption       string      // what it says that the article is called, for CheckCaption

	// Of several places in one, which the text of a day has to tell: Places.
	Last law.Place // the last of a range, 74条から76条まで
	Each Level     // 各号: all the items of the place
}

// Context is what 同法 and 同条 refer to.
type Context struct {
	LawID   string
	Place   law.Place
	SupplOf string
	Earlier []string // laws cited before that one, the last one last
	Defined []Defined
}

// maxLength is in bytes, and more than any citation has.
const maxLength = 2000

// Parse reads a citation of one place. In a context, one that names no law is of its
// law. The error is an *Error.
func (r *Reader) Parse(s string, in Context) (Citation, error) {
	c, err := r.parse(s, in)
	if err == nil && c.IsSeveral() {
		err = wrong(ErrPlace, "一つの箇所ではない", "it is not one place")
	}
	if err != nil {
		return Citation{}, written(err, s)
	}
	return c, nil
}

// written adds what was written to an error.
func written(err error, s string) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	of := *e
	of.Written = shortened(strings.TrimSpace(s))
	return &of
}

func (r *Reader) parse(s string, in Context) (Citation, error) {
	if len(s) > maxLength {
		return Citation{}, tooLong()
	}
	s = strings.Trim(strings.TrimSpace(s), "「」")
	if strings.Contains(s, "e-gov.go.jp/") {
		return r.address(s)
	}
	if readsEnglish(s) {
		return r.english(s, in)
	}
	return r.japanese(fold(s), in)
}

func tooLong() error { return wrong(ErrPlace, "長すぎます", "it is too long") }

func shortened(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

// japanese reads a folded citation: the law, then the place in it.
func (r *Reader) japanese(s string, in Context) (Citation, error) {
	c := Citation{}
	s = c.remarks(s)
	if !r.begins(s) || strings.Contains(s, "改正前") {
		s = c.earlier(s)
	}
	if cited, ok := r.byDefinition(s, in, c); ok {
		return cited, nil
	}
	if cited, ok, err := r.same(s, in, c); ok {
		return cited, err
	}
	var firstErr error
	for _, name := range r.prefixes(s) {
		cited, err := r.named(name.key, s[name.length:], c)
		if err == nil {
			return cited, nil
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	if cited, ok, err := r.amending(s, c); ok {
		return cited, err
	}
	if firstErr != nil {
		return c, firstErr
	}
	if in.LawID != "" {
		cited, err := place(s, c)
		cited.LawID = in.LawID
		return cited, err
	}
	return c, nameless(s, c)
}

// nameless is the error of a citation that begins with no law's name: of 附則2条 and
// 令2条 it says what is missing.
func nameless(s string, c Citation) error {
	word, rest, isShort := cutAny(s, "法", "施行令", "政令", "省令", "令", "施行規則", "規則", "則")
	if _, err := place(rest, c); err != nil && !isAppended(rest) {
		return wrong(ErrNoLaw, "", "")
	}
	const ja, en = "法令の名から書く（例 刑法246条1項）", "write the name of the law first, as in 刑法246条1項"
	if isShort {
		return wrong(ErrNoLaw, "「"+word+"」だけではどの法令か分からない。"+ja, word+" alone does not say which: "+en)
	}
	return wrong(ErrNoLaw, ja, en)
}

// named reads what stands behind the name of a law.
func (r *Reader) named(name, rest string, c Citation) (Citation, error) {
	id, err := r.id(name)
	if err != nil {
		return c, err
	}
	rest, number := c.between(rest)
	if err := r.agrees(id, number); err != nil {
		return c, err
	}
	cited, err := place(rest, c)
	cited.LawID = id
	return cited, err
}

// agrees refuses a law with the number of another: one of the two is a slip, and
// nobody here can say which.
func (r *Reader) agrees(id, number string) error {
	own := ""
	if l, ok := r.laws[id]; ok {
		own = numberKey(fold(l.Number.Ja))
	}
	if number == "" || own == "" || number == own || slices.Contains(r.names[number], id) {
		return nil
	}
	return wrong(ErrNumber, number+"とあるが、この法令の番号は"+own, "it says "+number+", the number of the law is "+own)
}
