package law

import (
	"fmt"
	"strings"
)

// englishPlace writes the levels of a place from one on, as the Ministry of
// Justice's translations do: "Article 3, paragraph (2), item (ii)", in the
// short form "art. 3(2)(ii)". A place that does not begin with its article
// leaves out "art." too.
func englishPlace(p Place, from int, form Form) string {
	if p.Section != "" {
		if form == Short {
			return "s. " + p.section()
		}
		return "Section " + p.section()
	}
	if form == Short {
		return englishShort(p, from)
	}
	var parts []string
	if from <= levelArticle && p.has(levelArticle) {
		parts = append(parts, "Article "+p.Article.String())
	}
	if from <= levelParagraph && p.has(levelParagraph) {
		parts = append(parts, fmt.Sprintf("paragraph (%d)", p.Paragraph))
	}
	if from <= levelItem && p.has(levelItem) {
		parts = append(parts, "item "+englishItem(p.Item))
	}
	if from <= levelLetter && p.has(levelLetter) {
		parts = append(parts, englishLetter(p.Letter))
	}
	if from <= levelSub && p.has(levelSub) {
		parts = append(parts, fmt.Sprintf("%d.", p.Sub))
	}
	s := strings.Join(parts, ", ")
	switch {
	case from > levelSuppl || !p.Suppl:
		return s
	case s == "":
		return "Supplementary Provisions"
	default:
		return s + " of the Supplementary Provisions"
	}
}

// englishShort writes "art. 3(2)(ii)" or, from a lower level on, "(2)(ii)".
func englishShort(p Place, from int) string {
	var b strings.Builder
	if from <= levelSuppl && p == (Place{Suppl: true}) {
		return "suppl."
	}
	if from <= levelSuppl && p.Suppl {
		b.WriteString("suppl. ")
	}
	if from <= levelArticle && p.has(levelArticle) {
		b.WriteString("art. " + p.Article.String())
	} else if from <= levelArticle {
		b.WriteString("para. ")
	}
	if from <= levelParagraph && p.has(levelParagraph) {
		fmt.Fprintf(&b, "(%d)", p.Paragraph)
	}
	if from <= levelItem && p.has(levelItem) {
		b.WriteString(englishItem(p.Item))
	}
	if from <= levelLetter && p.has(levelLetter) {
		b.WriteString(englishLetter(p.Letter))
	}
	if from <= levelSub && p.has(levelSub) {
		fmt.Fprintf(&b, "%d.", p.Sub)
	}
	return b.String()
}

// englishItem writes (iii)-2 for 第3号の2.
func englishItem(n Number) string {
	_, branch, _ := strings.Cut(n.String(), "-")
	s := "(" + roman(n[0]) + ")"
	if branch != "" {
		s += "-" + branch
	}
	return s
}

func englishLetter(letter int) string {
	return "(" + string(rune('a'+letter-1)) + ")"
}

// joinEnglish joins places. Commas part the levels of a place, so more than two
// places in the full form are parted by semicolons.
func joinEnglish(parts []string, form Form) string {
	switch n := len(parts); {
	case form == Short:
		return strings.Join(parts, ", ")
	case n > 2:
		return strings.Join(parts[:n-1], "; ") + "; and " + parts[n-1]
	default:
		return strings.Join(parts, " and ")
	}
}
