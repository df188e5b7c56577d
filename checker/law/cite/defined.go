package cite

import (
	"regexp"
	"strings"
)

// Defined is a name that a text gives to a law for what follows: （以下「法」という。）.
type Defined struct{ Name, LawID string }

// definition is what stands in parentheses, folded: the quotation marks are gone.
var definition = regexp.MustCompile(`\([^()]*以下(?:単に)?([^()、。0-9]{1,40}?)とい[うい][^()]*\)`)

// defined lists the names that a citation gives to its law, after those given before. A
// name that is given again means the law that it was given to last.
func defined(piece, lawID string, before []Defined) []Defined {
	all := before[:len(before):len(before)]
	for _, match := range definition.FindAllStringSubmatch(piece, -1) {
		all = append(all, Defined{match[1], lawID})
	}
	return all
}

// byDefinition reads a citation that begins with a name that was given before: 法2条4項2号.
// It is false of what only looks so, as 法の適用に関する通則法.
func (r *Reader) byDefinition(s string, in Context, c Citation) (Citation, bool) {
	best := Defined{}
	for _, d := range in.Defined {
		if strings.HasPrefix(s, d.Name) && len(d.Name) >= len(best.Name) {
			best = d
		}
	}
	if best.Name == "" {
		return c, false
	}
	cited, err := place(strings.TrimPrefix(s, best.Name), c)
	cited.LawID = best.LawID
	return cited, err == nil
}
