package cite

import (
	"strings"

	"jobun/checker/law"
)

// Cite writes a citation with its law as law.Law.Cite does, with what that does not
// know of: ただし書 and other parts, and which law's 附則 is meant. What it writes is read
// as the same citation.
//
//	刑法第38条第1項ただし書
//	民法附則（平成29年法律第44号）第6条第1項
//	Article 38, paragraph (1), proviso of the Penal Code (Act No. 45 of 1907)
func (c Citation) Cite(l *law.Law, s law.Style) string {
	written := l.Cite(c.Place, s)
	part, english := c.Part.Words(), s.Lang == law.EN
	if c.SupplOf != "" {
		written = c.withAmending(l, s, written)
	}
	switch {
	case part.Ja == "":
		return written
	case !english:
		return written + part.Ja
	case s.Form == law.Short:
		return written + ", " + part.En
	default:
		name := " of the " + l.Name(s)
		return strings.TrimSuffix(written, name) + ", " + part.En + name
	}
}

// withAmending writes whose 附則 it is.
func (c Citation) withAmending(l *law.Law, s law.Style, written string) string {
	name := l.Name(s)
	number := englishNumber(c.SupplOf)
	// Of an order, and in a year of two eras, only the Japanese number says which it is.
	if japaneseNumber(strings.ToLower(number)) != c.SupplOf {
		number = c.SupplOf
	}
	const supplementary = "Supplementary Provisions"
	switch {
	case s.Lang != law.EN:
		return strings.Replace(written, name+"附則", name+"附則（"+c.SupplOf+"）", 1)
	case s.Form == law.Short:
		return strings.Replace(written, name+", suppl.", name+", suppl. ("+number+")", 1)
	default:
		return strings.TrimSuffix(written, supplementary+" of the "+name) + supplementary + " (" + number + ") of the " + name
	}
}
