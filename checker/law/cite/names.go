package cite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"jobun/checker/law"
	"jobun/checker/law/store"
)

// Reader knows the names of laws: those of the rulebook, of the store, and the
// short names that lawyers use.
type Reader struct {
	laws    map[string]*law.Law // by e-Gov id, for printing
	names   map[string][]string // folded name → e-Gov ids
	ruled   map[string]bool     // e-Gov ids of laws of the rulebook
	longest int
}

// NewReader makes a reader. The book may be nil.
func NewReader(book *law.Book, entries []store.Entry) *Reader {
	r := &Reader{laws: map[string]*law.Law{}, names: map[string][]string{}, ruled: map[string]bool{}}
	if book != nil {
		for _, l := range book.Laws() {
			if l.EGov == "" {
				continue
			}
			r.laws[l.EGov], r.ruled[l.EGov] = l, true
			r.add(l.EGov, l.Title.Ja, l.Title.En, l.Short.Ja, l.Short.En, l.Number.Ja, l.Number.En, l.EGov, l.ID)
			r.add(l.EGov, l.Aliases...)
		}
	}
	for _, e := range entries {
		r.add(e.ID, e.Title, e.Number, e.ID)
		r.add(e.ID, e.Titles...)
		r.add(e.ID, e.Abbrev...)
		if _, ok := r.laws[e.ID]; !ok {
			r.laws[e.ID] = outside(e)
		}
		r.add(e.ID, englishNumber(e.Number))
	}
	for id, names := range shortNames() {
		r.add(id, names...)
		if _, ok := r.laws[id]; !ok {
			r.laws[id] = called(id, names)
		}
	}
	r.addLower()
	return r
}

// outside is a law that the rulebook does not have, as far as the store knows it.
// In English an Act goes by its number.
func outside(e store.Entry) *law.Law {
	l := &law.Law{ID: e.ID, EGov: e.ID, Title: law.Text{Ja: e.Title, En: e.Title}, Short: law.Text{Ja: e.Title, En: e.Title}}
	// e-Gov lists names of every age; one that lawyers use is the better.
	for _, name := range e.Abbrev {
		if slices.Contains(shortNames()[e.ID], name) {
			l.Short.Ja = name
			break
		}
	}
	l.Number = law.LawNumber{Ja: numberKey(fold(e.Number)), Kanji: e.Number}
	if en := englishNumber(e.Number); en != "" {
		l.Title.En, l.Short.En = en, en
	}
	return l
}

// called is a law of which only names are known. It is printed by the longest that ends
// as the title of an Act does.
func called(id string, names []string) *law.Law {
	title := id
	for _, name := range names {
		if isLonger := title == id || len(name) > len(title); isLonger && (strings.HasSuffix(name, "法") || strings.HasSuffix(name, "法律")) {
			title = name
		}
	}
	return &law.Law{ID: id, EGov: id, Title: law.Text{Ja: title, En: title}, Short: law.Text{Ja: title, En: title}}
}

// Law is a law by its e-Gov id, for printing citations. One that is outside the
// rulebook has no English title.
func (r *Reader) Law(id string) (*law.Law, bool) {
	l, ok := r.laws[id]
	return l, ok
}

// LawID is the law that goes by a name with no place behind it.
func (r *Reader) LawID(name string) (string, error) { return r.id(nameKey(name)) }

// MayBeNumber reports whether a law may have a number: it has, or nobody here knows that
// it has another or that another law has it.
func (r *Reader) MayBeNumber(id, number string) bool {
	key := nameKey(number)
	if l, ok := r.laws[id]; ok && l.Number.Ja != "" {
		return nameKey(l.Number.Ja) == key
	}
	other, err := r.id(key)
	return err != nil || other == id
}

// add gives a law names. Names of Latin letters are folded to lower case.
func (r *Reader) add(id string, names ...string) {
	for _, name := range names {
		key := nameKey(name)
		if key == "" || slices.Contains(r.names[key], id) {
			continue
		}
		r.names[key] = append(r.names[key], id)
		r.longest = max(r.longest, len(key))
	}
}

// nameKey is how a name is looked up.
func nameKey(name string) string {
	if isEnglish(name) {
		return strings.Join(strings.Fields(strings.ToLower(name)), " ")
	}
	return numberKey(fold(name))
}

// numberKey writes the figures of a law number in Arabic: 平成11年法律第128号.
// Anything else stays.
func numberKey(s string) string {
	key, rest, ok := lawNumber(s)
	if !ok || rest != "" {
		return s
	}
	return key
}

// lawNumber reads the law number that a folded text begins with, as 平成十一年法律第百二十八
// 号, 平成11年8月13日法律第128号 (so in e-Gov's texts), 平成11年法128号 or 平11法128.
func lawNumber(s string) (key, rest string, ok bool) {
	era, after, isShort, ok := eraOf(s)
	if !ok {
		return "", s, false
	}
	year := 1
	if rest, first := strings.CutPrefix(after, "元"); first {
		after = rest
	} else if year, after, ok = leading(after); !ok {
		return "", s, false
	}
	if after, ok = strings.CutPrefix(after, "年"); !ok && !isShort {
		return "", s, false
	}
	after = pastDay(after)
	i := strings.IndexFunc(after, func(r rune) bool { return r == '第' || isFigure(r) })
	if i <= 0 || i > 120 || strings.ContainsAny(after[:i], "条項号()") || strings.ContainsFunc(after[:i], hasCase) {
		return "", s, false
	}
	kind := after[:i]
	if kind == "法" {
		kind = "法律"
	}
	v, rest, ok := leading(strings.TrimPrefix(after[i:], "第"))
	if !ok {
		return "", s, false
	}
	if rest, ok = strings.CutPrefix(rest, "号"); !ok && !isShort {
		return "", s, false
	}
	return fmt.Sprintf("%s%d年%s第%d号", era, year, kind, v), rest, true
}

// hasCase reports whether a letter is of a script with capitals: no kind of law is
// written in one.
func hasCase(r rune) bool { return unicode.ToLower(r) != r || unicode.ToUpper(r) != r }

// eraOf takes the era off a text: 平成, or 平 and H, which have to stand before a year.
func eraOf(s string) (era, rest string, isShort, ok bool) {
	if era, rest, ok := cutAny(s, "明治", "大正", "昭和", "平成", "令和"); ok {
		return era, rest, false, true
	}
	for _, e := range [...]struct{ kanji, latin, era string }{
		{"明", "M", "明治"}, {"大", "T", "大正"}, {"昭", "S", "昭和"}, {"平", "H", "平成"}, {"令", "R", "令和"},
	} {
		if _, rest, ok := cutAny(s, e.kanji, e.latin); ok {
			if _, _, ok := leading(rest); ok {
				return e.era, rest, true, true
			}
		}
	}
	return "", s, false, false
}

// pastDay skips the 8月13日 of a law number.
func pastDay(s string) string {
	after := s
	for _, unit := range []string{"月", "日"} {
		_, rest, isNumber := leading(after)
		rest, ok := strings.CutPrefix(rest, unit)
		if !isNumber || !ok {
			return s
		}
		after = rest
	}
	return after
}

// englishNumber is Act No. 128 of 1999 for 平成十一年法律第百二十八号; empty for
// what is no Act.
func englishNumber(number string) string {
	key, rest, ok := lawNumber(fold(number))
	if !ok || rest != "" || !strings.Contains(key, "年法律第") {
		return ""
	}
	era := key[:len("平成")]
	year, number, _ := strings.Cut(key[len(era):], "年法律第")
	y, err := strconv.Atoi(year)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("Act No. %s of %d", strings.TrimSuffix(number, "号"), eraStart(era)+y)
}

// eraStart is the year before the first of an era.
func eraStart(era string) int {
	return map[string]int{"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}[era]
}

// addLower names orders and regulations after the short names of their laws:
// 電子署名法施行規則, 電子署名則.
func (r *Reader) addLower() {
	names := map[string][]string{}
	for name, ids := range r.names {
		for _, id := range ids {
			names[id] = append(names[id], name)
		}
	}
	for id, l := range r.laws {
		for _, lower := range []struct {
			title  string
			suffix []string
		}{
			{"施行令", []string{"令"}}, {"施行規則", []string{"則", "規則"}},
		} {
			for _, below := range r.names[fold(l.Title.Ja)+lower.title] {
				for _, name := range names[id] {
					if isEnglish(name) {
						continue
					}
					r.add(below, name+lower.title)
					for _, suffix := range lower.suffix {
						r.add(below, strings.TrimSuffix(name, "法")+suffix)
					}
				}
			}
		}
	}
}

// name is a name of a law that a text begins with.
type name struct {
	key    string
	length int
}

// prefixes lists the names that a folded citation begins with, longest first.
func (r *Reader) prefixes(s string) []name {
	var found []name
	if key, rest, ok := lawNumber(s); ok {
		if _, known := r.names[key]; known {
			found = append(found, name{key, len(s) - len(rest)})
		}
	}
	for end := min(len(s), r.longest); end > 0; end-- {
		key := s[:end]
		if isEnglish(key) { // an id, or APPI
			key = strings.ToLower(key)
		}
		if _, ok := r.names[key]; ok {
			found = append(found, name{key, end})
		}
	}
	return found
}

// begins reports whether a citation begins with the name of a law.
func (r *Reader) begins(s string) bool { return len(r.prefixes(s)) > 0 }

// id is the law of a name. The rulebook's laws go before others.
func (r *Reader) id(key string) (string, error) {
	ids := r.names[key]
	if len(ids) > 1 {
		if ruled := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !r.ruled[id] }); len(ruled) > 0 {
			ids = ruled
		}
	}
	switch len(ids) {
	case 0:
		return "", wrong(ErrNoLaw, "", "")
	case 1:
		return ids[0], nil
	}
	return "", wrong(ErrUnclear, strings.Join(ids, "、"), strings.Join(ids, ", "))
}
