package listing

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// The encodings that Decode tells apart.
const (
	UTF8    = "utf-8"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
	CP932   = "cp932"
	EUCJP   = "euc-jp"
)

// DecodeError says where the bytes stop being text of the encoding.
type DecodeError struct {
	Encoding string
	Offset   int // of the first byte that could not be decoded
	Why      string
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("decode as %s: byte %d: %s", e.Encoding, e.Offset, e.Why)
}

// Decode makes text of the bytes of a listing and says in which encoding they are:
// by the byte order mark, or else by a guess (UTF-16 by its zero bytes, UTF-8 by its
// form, CP932 or EUC-JP by which of them gives Japanese). Bytes that cannot be
// decoded are a *DecodeError; the text before them is returned with it. U+FFFD is in
// the text only if the file holds it.
//
// Other code pages are not tried: a Western listing in code page 437 or 1252 with
// accented letters is either an error or is read as Japanese, and the encoding that
// is reported tells which.
func Decode(b []byte) (text, enc string, err error) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return decodeUTF8(b, 3)
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE, 0, 0}) && len(b)%4 == 0 && len(b) > 4:
		return "", "utf-32le", &DecodeError{"utf-32le", 0, "UTF-32 is not read"}
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return decodeUTF16(b, 2, UTF16LE)
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return decodeUTF16(b, 2, UTF16BE)
	}
	if enc := guessUTF16(b); enc != "" {
		return decodeUTF16(b, 0, enc)
	}
	if utf8.Valid(b) || mostlyUTF8(b) {
		return decodeUTF8(b, 0)
	}
	return decodeJapanese(b)
}

func decodeUTF8(b []byte, from int) (string, string, error) {
	if n := from + validUTF8(b[from:]); n < len(b) {
		return string(b[from:n]), UTF8, &DecodeError{UTF8, n, "not UTF-8"}
	}
	return string(b[from:]), UTF8, nil
}

// validUTF8 is the length of the part at the beginning that is UTF-8.
func validUTF8(b []byte) int {
	n := 0
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 {
			return n
		}
		n += size
	}
	return n
}

// mostlyUTF8 reports whether bytes that are not UTF-8 to the end are so by damage:
// cut inside the last character, or after many characters that are longer than a
// byte, which text in another encoding does not give by chance.
func mostlyUTF8(b []byte) bool {
	n := validUTF8(b)
	long := n - utf8.RuneCount(b[:n])
	return long >= 16 || long > 0 && len(b)-n < utf8.UTFMax && !utf8.FullRune(b[n:])
}

// guessUTF16 tells UTF-16 without a mark by the zero bytes of its ASCII letters,
// which are on one side only.
func guessUTF16(b []byte) string {
	sample := b[:min(len(b), 8192)]
	var zeros [2]int
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case half < 2:
		return ""
	case zeros[1]*5 >= half && zeros[0]*20 <= zeros[1]:
		return UTF16LE
	case zeros[0]*5 >= half && zeros[1]*20 <= zeros[0]:
		return UTF16BE
	case zeros[0]+zeros[1] > 0:
		return guessKana(sample)
	}
	return ""
}

// guessKana tells UTF-16 that is Japanese nearly throughout: its line ends hold zero
// bytes, which no other encoding here has, and its characters make sense.
func guessKana(sample []byte) string {
	sample = sample[:len(sample)/2*2]
	for _, enc := range []string{UTF16LE, UTF16BE} {
		text, _, err := decodeUTF16(sample, 0, enc)
		score := 0
		for _, r := range text {
			score += japaneseness(r)
		}
		if err == nil && score*2 > len(sample)/2 {
			return enc
		}
	}
	return ""
}

func decodeUTF16(b []byte, from int, enc string) (string, string, error) {
	unit := func(i int) rune { return rune(b[i]) | rune(b[i+1])<<8 }
	if enc == UTF16BE {
		unit = func(i int) rune { return rune(b[i])<<8 | rune(b[i+1]) }
	}
	var text strings.Builder
	text.Grow(len(b) / 2)
	for i := from; i < len(b); i += 2 {
		if i+1 >= len(b) {
			return text.String(), enc, &DecodeError{enc, i, "half a character"}
		}
		r := unit(i)
		if utf16.IsSurrogate(r) {
			if i+3 >= len(b) || utf16.DecodeRune(r, unit(i+2)) == utf8.RuneError {
				return text.String(), enc, &DecodeError{enc, i, "half a surrogate pair"}
			}
			r = utf16.DecodeRune(r, unit(i+2))
			i += 2
		}
		text.WriteRune(r)
	}
	return text.String(), enc, nil
}

// candidate is a reading of the bytes in one Japanese encoding.
type candidate struct {
	enc   string
	text  string
	good  int // bytes that could be decoded
	score int // how Japanese it looks
}

// decodeJapanese decides between CP932 and EUC-JP: the one that decodes further, or
// if both decode all but a cut character, the one that looks like Japanese.
func decodeJapanese(b []byte) (string, string, error) {
	sjis := try(CP932, japanese.ShiftJIS, b, sizeCP932)
	euc := try(EUCJP, japanese.EUCJP, b, sizeEUC)
	best := sjis
	if near := len(b) - 2; sjis.good >= near && euc.good >= near {
		if euc.score > sjis.score {
			best = euc
		}
	} else if euc.good > sjis.good {
		best = euc
	}
	if best.good < len(b) {
		return best.text, best.enc, &DecodeError{best.enc, best.good, "not a character of the encoding"}
	}
	return best.text, best.enc, nil
}

func try(name string, enc encoding.Encoding, b []byte, size func(byte) int) candidate {
	good := len(b)
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		good = goodPrefix(enc, b, size)
		out, _ = enc.NewDecoder().Bytes(b[:good])
	}
	c := candidate{enc: name, text: string(out), good: good}
	for _, r := range c.text {
		c.score += japaneseness(r)
	}
	return c
}

// goodPrefix finds the first character that cannot be decoded. The decoders of
// x/text say that there is one, not where.
func goodPrefix(enc encoding.Encoding, b []byte, size func(byte) int) int {
	dec := enc.NewDecoder()
	for i := 0; i < len(b); {
		if b[i] < 0x80 {
			i++
			continue
		}
		n := size(b[i])
		if i+n > len(b) {
			return i
		}
		out, err := dec.Bytes(b[i : i+n])
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
			return i
		}
		i += n
	}
	return len(b)
}

func sizeCP932(lead byte) int {
	if lead >= 0x81 && lead <= 0x9F || lead >= 0xE0 && lead <= 0xFC {
		return 2
	}
	return 1
}

func sizeEUC(lead byte) int {
	switch {
	case lead == 0x8F:
		return 3
	case lead == 0x8E || lead >= 0xA1 && lead <= 0xFE:
		return 2
	}
	return 1
}

// japaneseness weighs a character: kana are sure signs, half-width katakana in
// number are what EUC-JP looks like when it is read as CP932.
func japaneseness(r rune) int {
	switch {
	case r >= 0x3041 && r <= 0x30FF:
		return 2
	case r >= 0x4E00 && r <= 0x9FFF:
		return 1
	case r >= 0xFF61 && r <= 0xFF9F:
		return -2
	case r >= 0xE000 && r <= 0xF8FF:
		return -4
	}
	return 0
}
