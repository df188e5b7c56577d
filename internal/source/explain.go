package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const longestMessage = 200

// explainTOML makes a parser's message plain and moves its place onto whole characters.
func explainTOML(d *doc, s span, message string) (at span, plain, hint string) {
	text := d.places.text
	s.off = min(s.off, len(text))
	for s.off > d.places.first && s.off < len(text) && !startsRune(text[s.off]) {
		s.off--
		s.len++
	}
	r, size := utf8.DecodeRuneInString(text[s.off:])
	if s.len < size {
		s.len = size
	}
	if r == '\\' && strings.Contains(message, "escape") {
		return span{s.off, min(2, len(text)-s.off)}, "a backslash in a string starts an escape, and this is not one",
			`write \\ for a backslash, or put the string in single quotes`
	}
	message = nameCharacter(message, r, size)
	message = strings.NewReplacer(" for int64", "", " for float64", "").Replace(message)
	return s, tidy(message), hintFor(r, message)
}

// nameCharacter puts the true character where go-toml names its first byte.
func nameCharacter(message string, r rune, size int) string {
	start := strings.Index(message, "U+")
	if start < 0 {
		return message
	}
	end := start + len("U+")
	for end < len(message) && strings.IndexByte("0123456789ABCDEF", message[end]) >= 0 {
		end++
	}
	if rest := message[end:]; strings.HasPrefix(rest, " '") {
		if n := strings.IndexByte(rest[2:], '\''); n >= 0 {
			end += 2 + n + 1
		}
	}
	return message[:start] + nameRune(r, size) + message[end:]
}

func nameRune(r rune, size int) string {
	switch {
	case size == 0:
		return "the end of the file"
	case r == '\n' || r == '\r':
		return "the end of the line"
	}
	return fmt.Sprintf("%q", string(r))
}

// tidy gives a library's message the form of ours: lower case, no full stop, not long.
func tidy(message string) string {
	message = strings.TrimSuffix(strings.TrimSpace(message), ".")
	if short := firstRunes(message, longestMessage); short != message {
		message = short + "…"
	}
	r, size := utf8.DecodeRuneInString(message)
	if r == utf8.RuneError || len(message) > size && unicode.IsUpper(rune(message[size])) {
		return message // an acronym stays
	}
	return string(unicode.ToLower(r)) + message[size:]
}

// hintFor helps with what a Japanese keyboard and a word processor put into files.
func hintFor(r rune, message string) string {
	plain := ""
	switch {
	case r >= '！' && r <= '～':
		plain = string(r - '！' + '!')
	case r == '\u3000':
		plain = " "
	case r == '“' || r == '”' || r == '„':
		plain = `"`
	case r == '‘' || r == '’':
		plain = "'"
	case unicode.IsLetter(r) && r >= utf8.RuneSelf && strings.Contains(message, "key"):
		return "put a name in other letters than a to z in quotes"
	}
	if plain == "" {
		return ""
	}
	return fmt.Sprintf("write the plain %q in place of %q", plain, string(r))
}

// explainJSON says what encoding/json means.
func explainJSON(message string, r rune, size int) string {
	if strings.HasPrefix(message, "unexpected end") {
		return "the file ends too early"
	}
	rest, found := strings.CutPrefix(message, "invalid character ")
	if !found {
		return tidy(message)
	}
	if n := strings.LastIndex(rest, "' "); n >= 0 {
		rest = rest[n+2:]
	}
	for _, said := range [][2]string{
		{"looking for beginning of value", "where a value should start"},
		{"looking for beginning of object key string", "where a name in quotes should start"},
		{"after object key:value pair", "where a comma or } should follow"},
		{"after object key", "where a colon should follow the name"},
		{"after array element", "where a comma or ] should follow"},
		{"after top-level value", "after the end of the data"},
		{"in string literal", "in a string"},
		{"in string escape code", "after a backslash in a string"},
		{"in numeric literal", "in a number"},
	} {
		if rest == said[0] {
			rest = said[1]
			break
		}
	}
	return "unexpected " + nameRune(r, size) + " " + rest
}
