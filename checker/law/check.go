package law

import (
	"fmt"

	"jobun/internal/day"
)

// Defect is something wrong with a citation, said for a reader in both
// languages. Code is for programs: "one-paragraph", "no-paragraph",
// "not-a-section".
type Defect struct {
	Code string
	Says Text
}

// Check says what is wrong with a place of this law in the numbering of a day.
// It knows only what the law file states: an article it does not list may have
// any number of paragraphs. A zero day asks of every version at once, so that
// only what no version has is a defect: 民法95条1項 is one on 2012-03-19, but not
// on 2020-04-01, and not for a zero day.
//
// That no paragraph is written for an article that has one is the practice of
// 法制執務: 規則第6条第1号, never 規則第6条第1項第1号.
func (l *Law) Check(p Place, on day.Date) []Defect {
	if p.Section != "" {
		if l.Kind == Instrument {
			return nil
		}
		return []Defect{{Code: "not-a-section", Says: Text{
			Ja: fmt.Sprintf("%sは条で引用する（%sは節番号）", l.Short.Ja, p.section()),
			En: fmt.Sprintf("%s is cited by article; %s is the number of a section", l.Short.En, p.section()),
		}}}
	}
	var defects []Defect
	one := l.OneParagraph(p, on)
	article := p.upTo(levelParagraph)
	if one && p.Paragraph == 1 {
		defects = append(defects, Defect{Code: "one-paragraph", Says: Text{
			Ja: fmt.Sprintf("%sは1項のみの条であり、項番号を付けない", l.called(article, JA)),
			En: fmt.Sprintf("%s has one paragraph: it is cited without a paragraph number", l.called(article, EN)),
		}})
	}
	if one && p.Paragraph > 1 {
		defects = append(defects, Defect{Code: "no-paragraph", Says: Text{
			Ja: fmt.Sprintf("%sは1項のみの条であり、第%d項はない", l.called(article, JA), p.Paragraph),
			En: fmt.Sprintf("%s has one paragraph: there is no paragraph (%d)", l.called(article, EN), p.Paragraph),
		}})
	}
	return defects
}

// called names an article within a sentence: 電子署名法施行規則第6条.
func (l *Law) called(article Place, lang Lang) string {
	place := l.CitePlace(article, Style{Lang: lang})
	if lang == EN {
		return place + " of the " + l.Short.En
	}
	return l.Short.Ja + place
}

// paragraphs are the articles that have one paragraph, from one day until
// another.
type paragraphs struct {
	from, until day.Date
	one         map[Number]bool
}

// OneParagraph reports whether the article of a place has one paragraph on a
// day, or, for a zero day, in every version.
func (l *Law) OneParagraph(p Place, on day.Date) bool {
	if p.Suppl || p.Section != "" {
		return false
	}
	if !on.IsZero() {
		return l.oneParagraphOn(p.Article, on)
	}
	for _, v := range l.Versions {
		if !l.oneParagraphOn(p.Article, v.From) {
			return false
		}
	}
	return len(l.Versions) > 0
}

func (l *Law) oneParagraphOn(article Number, on day.Date) bool {
	for _, listed := range l.paragraphs {
		if listed.one[article] && within(on, listed.from, listed.until) {
			return true
		}
	}
	return false
}

// WithoutRedundantParagraph drops the 第1項 of an article that has one paragraph on
// a day, or, for a zero day, in every version.
func (l *Law) WithoutRedundantParagraph(p Place, on day.Date) Place {
	if p.Paragraph == 1 && l.OneParagraph(p, on) {
		p.Paragraph = 0
	}
	return p
}
