package phrases

import (
	"fmt"
	"maps"
	"strings"
)

// Mistakes are what is wrong with a table: a phrase that is there twice, or that has not
// the same places in both languages. A test wants none.
func Mistakes(table []Phrase) []string {
	var wrong []string
	seen := map[string]bool{}
	for _, p := range table {
		if seen[p.En()] {
			wrong = append(wrong, fmt.Sprintf("%q is there twice", p.En()))
		}
		seen[p.En()] = true
		en, enFault := places(p.En())
		ja, jaFault := places(p.Ja())
		switch {
		case enFault+jaFault != "":
			wrong = append(wrong, fmt.Sprintf("%q, %q: %s%s", p.En(), p.Ja(), enFault, jaFault))
		case !maps.Equal(en, ja):
			wrong = append(wrong, fmt.Sprintf("%q has the places %v, %q has %v", p.En(), en, p.Ja(), ja))
		case strings.Contains(strings.TrimSuffix(p.En(), "%e"), "%e"):
			wrong = append(wrong, fmt.Sprintf("%q has a place %%e that is not at its end", p.En()))
		}
	}
	return wrong
}

// places are the kinds of the places of a phrase, by their number.
func places(text string) (kinds map[int]string, fault string) {
	kinds = map[int]string{}
	for n, m := range place.FindAllStringSubmatch(text, -1) {
		if m[1] != "" {
			n = int(m[1][0] - '1')
		}
		if kinds[n] != "" {
			return kinds, "a place twice"
		}
		kinds[n] = m[2]
	}
	if strings.Contains(place.ReplaceAllString(text, ""), "%") {
		return kinds, "a place of no known kind"
	}
	return kinds, ""
}

// Fill gives the sentence that a phrase makes in English with texts in its places, which
// are made by their kinds. With it a test makes sentences of every phrase.
func (p Phrase) Fill(with func(kind string) string) string {
	return place.ReplaceAllStringFunc(p.En(), func(mark string) string { return with(mark[len(mark)-1:]) })
}
