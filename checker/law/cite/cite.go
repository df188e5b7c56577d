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
}

// Context is what 同法 and 同条 refer to.
type Context struct {
	LawID   string
	Place   law.Place
	SupplOf string
}

// maxLength is in bytes, and more than any citation has.
const maxLength = 2000

// Parse reads a citation. In a context, one that names no law is of its law. The
// error is an *Error.
func (r *Reader) Parse(s string, in Context) (Citation, error) {
	c, err := r.parse(s, in)
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
	if isEnglish(s) {
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
	return c, wrong(ErrNoLaw, "", "")
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

// same reads 同法第14条, 同条第2項, 同項第3号: what stays is of the context.
func (r *Reader) same(s string, in Context, c Citation) (Citation, bool, error) {
	for _, same := range []struct {
		word, level string
	}{
		{"同法律", ""}, {"同法", ""}, {"同政令", ""}, {"同省令", ""}, {"同令", ""}, {"同規則", ""}, {"同則", ""}, {"この法律", ""}, {"本法", ""},
		{"同条", "条"}, {"同項", "項"}, {"同号", "号"},
	} {
		rest, ok := strings.CutPrefix(s, same.word)
		if !ok {
			continue
		}
		if in.LawID == "" {
			return c, true, wrong(ErrNoLaw, "「"+same.word+"」の前に法令がない。法令の名から書く", "nothing stands before "+same.word+": write the name of the law")
		}
		var p law.Place
		kept := in.Place
		switch same.level {
		case "条":
			p.Suppl, p.Article = kept.Suppl, kept.Article
		case "項":
			p.Suppl, p.Article, p.Paragraph = kept.Suppl, kept.Article, max(kept.Paragraph, 1)
		case "号":
			p.Suppl, p.Article, p.Paragraph, p.Item = kept.Suppl, kept.Article, kept.Paragraph, kept.Item
		}
		if same.level != "" && p.Article == (law.Number{}) || same.level == "号" && p.Item == (law.Number{}) {
			return c, true, wrong(ErrPlace, "「"+same.word+"」の前に"+same.level+"がない", "nothing stands before "+same.word)
		}
		c.LawID = in.LawID
		if p.Suppl {
			c.SupplOf = in.SupplOf
		}
		cited, err := placeFrom(rest, p, same.level, c)
		return cited, true, err
	}
	return c, false, nil
}
