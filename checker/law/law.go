// Package law knows the laws that rules cite: their titles and numbers, which
// version was in force on a day, how a place is written in a citation, what its
// number was on another day, and its address at e-Gov 法令検索. It does not know
// what the laws say; their text is read elsewhere.
//
// Every law is one TOML file of the rulebook, in rules/laws.
package law

// Text is a text in both languages.
type Text struct {
	Ja string `toml:"ja" need:"yes" doc:"in Japanese"`
	En string `toml:"en" need:"yes" doc:"in English"`
}

// In is the text in a language; anything but EN is Japanese.
func (t Text) In(lang Lang) string {
	if lang == EN {
		return t.En
	}
	return t.Ja
}

// Kind is what sort of law a law is. The zero Kind is none of them.
type Kind string

// The kinds of law. An instrument is a text that binds by agreement or
// membership: terms of use, a certificate policy, articles of an association.
const (
	Statute    Kind = "statute"    // 法律
	Order      Kind = "order"      // 政令
	Ordinance  Kind = "ordinance"  // 省令・規則
	Instrument Kind = "instrument" // 規定・規程・会則
)

// LawNumber is the number of a law, 平成11年法律第128号; empty for an instrument.
type LawNumber struct {
	Ja    string // with Arabic figures, for horizontal text
	Kanji string // 平成十一年法律第百二十八号
	En    string // Act No. 128 of 1999
}

// In is the number in a language; anything but EN is Japanese in Arabic figures.
func (n LawNumber) In(lang Lang) string {
	if lang == EN {
		return n.En
	}
	return n.Ja
}

// Law is one law as its law file states it.
type Law struct {
	ID          string // the name of its file: unauthorized-access
	EGov        string // its id at e-Gov 法令検索; empty for an instrument
	Kind        Kind
	Title       Text
	Short       Text
	Aliases     []string // further names it is cited by, for Find
	Number      LawNumber
	Translation Text      // what the English names rest on, to be printed with them
	Versions    []Version // oldest first; each begins where the one before ends
	Digest      string    // SHA-256 of the law file's bytes, in hexadecimal

	moves      []move
	paragraphs []paragraphs
	structure  map[Number]string
}
