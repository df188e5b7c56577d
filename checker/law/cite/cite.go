// Package cite reads citations as people write them (刑法168条の2第1項1号,
// 不正アクセス禁止法三条二項二号, Penal Code art. 168-2(1)(i), addresses at e-Gov)
// and finds what they cite on a day, or says what is wrong with them.
package cite

import (
	"errors"
	"fmt"
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
	On            day.Date    // the day that an address names
	RevisionID    string      // the text that an address names
}

// Context is what 同法 and 同条 refer to.
type Context struct {
	LawID string
	Place law.Place
}

// The reasons for which a citation cannot be read, for errors.Is.
var (
	ErrNoLaw   = errors.New("it names no law that is known")
	ErrPlace   = errors.New("it is no place in a law")
	ErrUnclear = errors.New("more than one law goes by the name")
)

// maxLength is in bytes, and more than any citation has.
const maxLength = 2000

// Parse reads a citation. In a context, one that names no law is of its law.
func (r *Reader) Parse(s string, in Context) (Citation, error) {
	c, err := r.parse(s, in)
	if err != nil {
		return Citation{}, fmt.Errorf("read the citation %q: %w", shortened(s), err)
	}
	return c, nil
}

func (r *Reader) parse(s string, in Context) (Citation, error) {
	if len(s) > maxLength {
		return Citation{}, fmt.Errorf("%w: it is too long", ErrPlace)
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

func shortened(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

// japanese reads a folded citation: the law, then the place in it.
func (r *Reader) japanese(s string, in Context) (Citation, error) {
	c := Citation{}
	s, c.AmendedBefore = amendedBefore(s)
	for _, old := range []string{"改正前の", "改正前", "旧"} {
		if rest, ok := strings.CutPrefix(s, old); ok && !r.begins(s) {
			s, c.Old = rest, true
		}
	}
	if cited, ok, err := r.same(s, in, c); ok {
		return cited, err
	}
	var firstErr error
	for _, name := range r.prefixes(s) {
		id, err := r.id(name.key)
		if err == nil {
			var cited Citation
			if cited, err = place(afterName(s[name.length:]), c); err == nil {
				cited.LawID = id
				return cited, nil
			}
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	if firstErr != nil {
		return c, firstErr
	}
	if in.LawID != "" {
		cited, err := place(s, c)
		cited.LawID = in.LawID
		return cited, err
	}
	return c, ErrNoLaw
}

// same reads 同法第14条, 同条第2項, 同項第3号: what stays is of the context.
func (r *Reader) same(s string, in Context, c Citation) (Citation, bool, error) {
	for _, same := range []struct {
		word, level string
	}{
		{"同法", ""}, {"同令", ""}, {"同規則", ""}, {"同則", ""}, {"この法律", ""}, {"本法", ""},
		{"同条", "条"}, {"同項", "項"}, {"同号", "号"},
	} {
		rest, ok := strings.CutPrefix(s, same.word)
		if !ok {
			continue
		}
		if in.LawID == "" {
			return c, true, fmt.Errorf("%w: nothing stands before %s", ErrNoLaw, same.word)
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
			return c, true, fmt.Errorf("%w: nothing stands before %s", ErrPlace, same.word)
		}
		c.LawID = in.LawID
		cited, err := placeFrom(rest, p, same.level, c)
		return cited, true, err
	}
	return c, false, nil
}

// amendedBefore takes （平成24年法律第12号による改正前のもの） off the end.
func amendedBefore(s string) (rest, by string) {
	head, ok := strings.CutSuffix(s, "による改正前のもの)")
	if !ok {
		if head, ok = strings.CutSuffix(s, "による改正前)"); !ok {
			return s, ""
		}
	}
	i := strings.LastIndexByte(head, '(')
	if i < 0 {
		return s, ""
	}
	return head[:i], head[i+1:]
}

// afterName takes off what stands between a law's name and the place: its number
// in parentheses, 「以下…という。」, 旧 and の.
func afterName(s string) string {
	for strings.HasPrefix(s, "(") {
		depth, end := 0, -1
		for i, c := range s {
			switch c {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth == 0 {
				end = i + 1
				break
			}
		}
		if end < 0 || !strings.Contains(s[:end], "号") && !strings.Contains(s[:end], "以下") && !strings.Contains(s[:end], "改正") {
			return s
		}
		s = s[end:]
	}
	return strings.TrimPrefix(s, "の")
}
