package evtx

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// appendUTF16 adds little-endian UTF-16 as UTF-8. Four ASCII characters are
// taken at a time; an odd last byte is not part of a character and is dropped.
func appendUTF16(dst, src []byte) []byte {
	const notASCII = 0xff80ff80ff80ff80
	for len(src) >= 8 {
		v := binary.LittleEndian.Uint64(src)
		if v&notASCII != 0 {
			return appendUTF16Slow(dst, src)
		}
		v |= v >> 8
		v &= 0x0000ffff0000ffff
		dst = binary.LittleEndian.AppendUint32(dst, uint32(v|v>>16))
		src = src[8:]
	}
	for len(src) >= 2 {
		if src[1] != 0 || src[0] >= utf8.RuneSelf {
			return appendUTF16Slow(dst, src)
		}
		dst = append(dst, src[0])
		src = src[2:]
	}
	return dst
}

// appendUTF16Slow is appendUTF16 for text of any kind.
func appendUTF16Slow(dst, src []byte) []byte {
	for len(src) >= 2 {
		r := rune(binary.LittleEndian.Uint16(src))
		src = src[2:]
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if len(src) >= 2 {
				low = rune(binary.LittleEndian.Uint16(src))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				src = src[2:]
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// trimNUL drops the NULs at the end of UTF-16 text.
func trimNUL(src []byte) []byte {
	n := len(src) &^ 1
	for n >= 2 && src[n-1] == 0 && src[n-2] == 0 {
		n -= 2
	}
	return src[:n]
}
