package cite

import (
	"fmt"
	"strings"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// Level is a level below articles.
type Level string

// The levels of which a citation may mean all.
const (
	Paragraphs Level = "項" // 各項
	Items      Level = "号" // 各号
)

// The codes of what may be wrong with several places in one.
const (
	EndsOnly  = "ENDS_ONLY"  // of a range only the ends are known
	NoneBelow = "NONE_BELOW" // 各号 of what has no items
)

// IsSeveral reports whether a citation means several places in one: a range or 各号.
func (c Citation) IsSeveral() bool { return !c.Last.IsZero() || c.Each != "" }

// each takes 各号, which may be said to be one of them.
func (r *placeReader) each() Level {
	before := r.rest
	r.cut("の")
	for _, level := range []Level{Items, Paragraphs} {
		if r.cut("各" + string(level)) {
			r.cut("のいずれか")
			return level
		}
	}
	r.rest = before
	return ""
}

// ranged reads the last place of a range of which the first is read: 第2号から第4号まで.
func ranged(c Citation, s string) (Citation, error) {
	s = strings.TrimSuffix(s, "まで")
	if isUnclear(s, c.Place) {
		return c, unclear(s)
	}
	last, ok := goesOn(s, c)
	if !ok {
		var err error
		if last, err = place(s, Citation{}); err != nil {
			return c, err
		}
		last.Place.Suppl = c.Place.Suppl
	}
	return c.until(last)
}

// until makes a range of its first and last place, which are of one level and lie in one
// place.
func (c Citation) until(last Citation) (Citation, error) {
	if last.IsSeveral() || last.Part != lawxml.Whole || c.Part != lawxml.Whole || above(last.Place) != above(c.Place) {
		return c, wrong(ErrPlace, "範囲の両端は、条と条、同じ条の項と項、同じ項の号と号のいずれかで書く",
			"the ends of a range are two articles, two paragraphs of one article or two items of one paragraph")
	}
	if c.Place.Compare(last.Place) >= 0 {
		return c, wrong(ErrPlace, "範囲の終わりが始めより後にない", "the range does not end behind its beginning")
	}
	c.Last = last.Place
	return c, nil
}

// above is the place that a place lies in, with a mark of the level that is left out, so
// that only siblings have the same.
func above(p law.Place) law.Place {
	switch {
	case p.Sub != 0:
		p.Sub = -1
	case p.Letter != 0:
		p.Letter = -1
	case p.Item != (law.Number{}):
		p.Item = law.Number{-1}
	case p.Paragraph != 0:
		p.Paragraph = -1
	default:
		p.Article = law.Number{-1}
	}
	return p
}

// Places lists the places that a range or 各号 means on a day, in the order of the law.
// What lies between the ends of a range only a text can tell, 3条の2 or not: without one,
// the ends are listed, and the defect says so.
func (r *Reader) Places(s *store.Store, c Citation, on day.Date) ([]Citation, []law.Defect, error) {
	one := c
	one.Last, one.Each = law.Place{}, ""
	if !c.IsSeveral() {
		return []Citation{one}, nil, nil
	}
	first, err := text(s, one, on)
	if err != nil {
		return nil, nil, err
	}
	if c.Each != "" {
		return below(s, c, one, first)
	}
	end := one
	end.Place = c.Last
	last, err := text(s, end, on)
	if err != nil {
		return nil, nil, err
	}
	list := []Citation{one, end}
	if first.Found != store.Provision || last.Found != store.Provision {
		return list, []law.Defect{{Code: EndsOnly, Says: law.Text{
			Ja: "範囲の両端だけを示す。間に何があるかは、両端のある条文がなければ分からない",
			En: "only the ends of the range are shown: what lies between them only a text can tell that has both",
		}}}, nil
	}
	paths, err := siblings(s, first, parent(first.Path))
	if err != nil {
		return nil, nil, err
	}
	list = nil
	for _, path := range paths {
		if path == first.Path || len(list) > 0 {
			list = append(list, at(one, path))
		}
		if path == last.Path {
			break
		}
	}
	return list, nil, tooWide(list, c.Place.String()+" – "+c.Last.String())
}

// below lists what lies a level below a place.
func below(s *store.Store, c, one Citation, t store.Text) ([]Citation, []law.Defect, error) {
	list := []Citation{one}
	if t.Found != store.Provision {
		return list, nil, nil // what is said of the place itself is said of all
	}
	in := t.Path
	if c.Each == Items && c.Place.Paragraph == 0 && c.Place.Article != (law.Number{}) {
		in += "-Pr_1"
	}
	paths, err := siblings(s, t, in)
	if err != nil {
		return nil, nil, err
	}
	code, name := "It_", "items"
	if c.Each == Paragraphs {
		code, name = "Pr_", "paragraphs"
	}
	var all []Citation
	for _, path := range paths {
		if strings.HasPrefix(path[len(in):], "-"+code) {
			all = append(all, at(one, path))
		}
	}
	if len(all) == 0 {
		return list, []law.Defect{{Code: NoneBelow, Says: law.Text{
			Ja: printed(c.Place, law.JA) + "に" + string(c.Each) + "はない",
			En: printed(c.Place, law.EN) + " has no " + name,
		}}}, nil
	}
	return all, nil, tooWide(all, c.Place.String())
}

// siblings lists the paths of the units right under a path, in the order of the law.
func siblings(s *store.Store, t store.Text, in string) ([]string, error) {
	d, err := s.Document(t.Revision.SHA256)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, u := range d.Layout().Units {
		if parent(u.Path) == in {
			paths = append(paths, u.Path)
		}
	}
	return paths, nil
}

// parent is the path of what a unit lies in.
func parent(path string) string { return path[:max(0, strings.LastIndex(path, "-"))] }

// at is a citation of a unit that lies beside or under the one that is cited. The first
// paragraph of an article stays unwritten where it was.
func at(c Citation, path string) Citation {
	if c.SupplOf != "" {
		path = "Sp" + path[strings.Index(path, "]")+1:]
	}
	p, _ := PathPlace(path)
	if c.Place.Paragraph == 0 && p.Item != (law.Number{}) {
		p.Paragraph = 0
	}
	c.Place = p
	return c
}

// tooWide refuses more places than anyone reads at once.
func tooWide(list []Citation, cited string) error {
	if len(list) > maxList {
		return written(wrong(ErrPlace, fmt.Sprintf("範囲が広すぎる。一度に示すのは%d箇所まで", maxList), fmt.Sprintf("the range is too wide: at most %d places are shown at once", maxList)), cited)
	}
	return nil
}
