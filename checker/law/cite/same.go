package cite

import (
	"slices"
	"strings"

	"jobun/checker/law"
)

// same reads 同法第14条, 同条第2項, 同項第3号 and 同250条: what stays is of the context.
// It is false of what does not point back.
func (r *Reader) same(s string, in Context, c Citation) (Citation, bool, error) {
	if word, ok := relative(s); ok {
		return c, true, wrong(ErrPlace, "「"+word+"」がどの箇所かは、書かれた所によるため分からない。番号で書く", word+" depends on where it stands: write the number")
	}
	if level, rest, ok := cutAny(s, "同条", "同項", "同号"); ok {
		cited, err := samePlace(level, rest, in, c)
		return cited, true, err
	}
	word, rest, ok := sameLaw(s)
	if after, isAct := strings.CutPrefix(s, "法"); !ok && isAct && c.Old && in.LawID != "" {
		word, rest, ok = "同法", after, true // 旧法3条: its 旧 is taken off
	}
	if !ok {
		return c, false, nil
	}
	id, err := r.meant(word, in)
	if err != nil {
		return c, true, err
	}
	cited, err := place(rest, c)
	cited.LawID = id
	return cited, true, err
}

// relative takes a word that says which place it means only by where it stands: 前条,
// 次項, 前二項, 本条.
func relative(s string) (word string, ok bool) {
	_, rest, ok := cutAny(s, "前", "次", "本")
	if !ok {
		return "", false
	}
	if _, after, ok := leading(rest); ok {
		rest = after
	}
	_, rest, ok = cutAny(strings.TrimPrefix(rest, "各"), "条", "項", "号")
	return s[:len(s)-len(rest)], ok
}

// sameLaw takes the word for a law that was cited before: 同法, 同法施行規則, or a bare 同
// before a number.
func sameLaw(s string) (word, rest string, ok bool) {
	word, rest, ok = cutAny(s, "同法施行令", "同法施行規則", "同施行令", "同施行規則", "同法律", "同法",
		"同政令", "同省令", "同令", "同規則", "同則", "この法律", "本法")
	if ok {
		return word, rest, true
	}
	rest, ok = strings.CutPrefix(s, "同")
	_, _, isNumber := leading(strings.TrimPrefix(rest, "第"))
	return "同", rest, ok && (isNumber || strings.HasPrefix(rest, "附則"))
}

// samePlace reads what stands behind 同条, 同項 or 同号.
func samePlace(word, rest string, in Context, c Citation) (Citation, error) {
	if in.LawID == "" {
		return c, nothingBefore(word, "法令")
	}
	kept, level := in.Place, strings.TrimPrefix(word, "同")
	p := law.Place{Suppl: kept.Suppl, Article: kept.Article}
	switch level {
	case "項":
		p.Paragraph = max(kept.Paragraph, 1)
	case "号":
		p.Paragraph, p.Item = kept.Paragraph, kept.Item
	}
	if p.Article == (law.Number{}) || level == "号" && p.Item == (law.Number{}) {
		return c, nothingBefore(word, level)
	}
	c.LawID = in.LawID
	if p.Suppl {
		c.SupplOf = in.SupplOf
	}
	return placeFrom(rest, p, level, c)
}

func nothingBefore(word, what string) error {
	if what == "法令" {
		return wrong(ErrNoLaw, "「"+word+"」の前に法令がない。法令の名から書く", "nothing stands before "+word+": write the name of the law")
	}
	return wrong(ErrPlace, "「"+word+"」の前に"+what+"がない", "nothing stands before "+word)
}

// meant is the law that 同法 or 同規則 means: of those cited before, the last one of that
// kind. 同法 behind 電子署名法施行規則 is 電子署名法, and 同法施行規則 the other way round.
func (r *Reader) meant(word string, in Context) (string, error) {
	if in.LawID == "" {
		return "", nothingBefore(word, "法令")
	}
	if word == "同" {
		return in.LawID, nil
	}
	for _, id := range append([]string{in.LawID}, backwards(in.Earlier)...) {
		if id, ok := r.ofKind(strings.TrimPrefix(word, "同"), id); ok {
			return id, nil
		}
	}
	return "", wrong(ErrNoLaw, "「"+word+"」に当たるものが前にない。法令の名から書く", "nothing before it is what "+word+" means: write the name of the law")
}

func backwards(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Reverse(ids)
	return ids
}

// ofKind is a law itself if it is of the kind that a word names, or the law that it
// belongs to, or the order or regulation that belongs to it.
func (r *Reader) ofKind(kind, id string) (string, bool) {
	l, ok := r.laws[id]
	if !ok {
		return id, kind == "法" // its title is not known
	}
	title := fold(l.Title.Ja)
	act, lower, _ := cutLower(title)
	switch {
	case strings.HasSuffix(kind, "施行令"):
		return r.titled(act + "施行令")
	case strings.HasSuffix(kind, "施行規則"):
		return r.titled(act + "施行規則")
	case strings.HasSuffix(kind, "規則"), kind == "則":
		return id, strings.HasSuffix(title, "規則")
	case kind == "省令":
		return id, strings.Contains(l.Number.Ja, "省令")
	case strings.HasSuffix(kind, "令"):
		return id, strings.HasSuffix(title, "令")
	case lower != "":
		return r.titled(act)
	default:
		return id, strings.HasSuffix(title, "法") || strings.HasSuffix(title, "法律")
	}
}

// cutLower parts 電子署名法施行規則.
func cutLower(title string) (act, lower string, ok bool) {
	for _, lower := range []string{"施行令", "施行規則"} {
		if act, ok := strings.CutSuffix(title, lower); ok {
			return act, lower, true
		}
	}
	return title, "", false
}

func (r *Reader) titled(title string) (string, bool) {
	id, err := r.id(nameKey(title))
	return id, err == nil
}
