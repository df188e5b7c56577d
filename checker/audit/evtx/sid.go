package evtx

import (
	"encoding/binary"
	"errors"
	"strconv"
)

// appendSID adds a security identifier in its S-1-… form. An authority that
// does not fit in 32 bits is written in hex, as Windows does.
func appendSID(dst, src []byte) ([]byte, error) {
	if len(src) < 8 || src[0] != 1 || src[1] > 15 || len(src) < 8+4*int(src[1]) {
		return dst, errors.New("a SID is not sound")
	}
	dst = append(dst, "S-1-"...)
	authority := uint64(binary.BigEndian.Uint16(src[2:]))<<32 | uint64(binary.BigEndian.Uint32(src[4:]))
	if authority>>32 == 0 {
		dst = strconv.AppendUint(dst, authority, 10)
	} else {
		dst = append(dst, "0x"...)
		dst = strconv.AppendUint(dst, authority, 16)
	}
	for i := range int(src[1]) {
		dst = append(dst, '-')
		dst = strconv.AppendUint(dst, uint64(le32(src, 8+4*i)), 10)
	}
	return dst, nil
}

// sidSize gives the length of the SID that src begins with, and 0 if none does.
func sidSize(src []byte) int {
	if len(src) < 8 || src[1] > 15 {
		return 0
	}
	return 8 + 4*int(src[1])
}

const upperHex = "0123456789ABCDEF"

// appendGUID adds a GUID in braces. src has 16 bytes.
func appendGUID(dst, src []byte) []byte {
	order := [16]byte{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15}
	var b [38]byte
	b[0] = '{'
	at := 1
	for i, from := range order {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			b[at] = '-'
			at++
		}
		c := src[from]
		b[at], b[at+1] = upperHex[c>>4], upperHex[c&15]
		at += 2
	}
	b[37] = '}'
	return append(dst, b[:]...)
}

// appendHex adds bytes as upper-case hex.
func appendHex(dst, src []byte) []byte {
	for _, c := range src {
		dst = append(dst, upperHex[c>>4], upperHex[c&15])
	}
	return dst
}
