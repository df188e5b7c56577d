package evtx

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// The types of values, as [MS-EVEN6] numbers them.
const (
	typeNull     = 0x00
	typeString   = 0x01
	typeAnsi     = 0x02
	typeInt8     = 0x03
	typeUint8    = 0x04
	typeInt16    = 0x05
	typeUint16   = 0x06
	typeInt32    = 0x07
	typeUint32   = 0x08
	typeInt64    = 0x09
	typeUint64   = 0x0a
	typeReal32   = 0x0b
	typeReal64   = 0x0c
	typeBool     = 0x0d
	typeBinary   = 0x0e
	typeGUID     = 0x0f
	typeSize     = 0x10
	typeFiletime = 0x11
	typeSystime  = 0x12
	typeSID      = 0x13
	typeHex32    = 0x14
	typeHex64    = 0x15
	typeHandle   = 0x20
	typeBinXML   = 0x21
	typeXML      = 0x23
	typeArray    = 0x80
)

// value is what a template instance gives for a substitution: a type and a
// place in the chunk.
type value struct {
	kind byte
	off  uint16
	size uint16
}

func (d *decoder) bytes(v value) []byte {
	return d.data[int(v.off) : int(v.off)+int(v.size)]
}

// width gives the length a type must have, and 0 if it may vary.
func width(kind byte) int {
	switch kind {
	case typeInt8, typeUint8:
		return 1
	case typeInt16, typeUint16:
		return 2
	case typeInt32, typeUint32, typeReal32, typeHex32:
		return 4
	case typeInt64, typeUint64, typeReal64, typeFiletime, typeHex64:
		return 8
	case typeGUID, typeSystime:
		return 16
	}
	return 0
}

// appendValue adds a value that is no array and no binary XML.
func appendValue(dst []byte, kind byte, b []byte) ([]byte, error) {
	if len(b) == 0 {
		return dst, nil
	}
	if w := width(kind); w != 0 && w != len(b) {
		return dst, fmt.Errorf("a value of type 0x%02x has %d bytes", kind, len(b))
	}
	switch kind {
	case typeNull:
		return dst, nil
	case typeString, typeXML:
		return appendUTF16(dst, trimNUL(b)), nil
	case typeAnsi:
		return appendAnsi(dst, b), nil
	case typeBinary:
		return appendHex(dst, b), nil
	case typeGUID:
		return appendGUID(dst, b), nil
	case typeSID:
		return appendSID(dst, b)
	case typeFiletime:
		return appendTime(dst, filetime(le64(b, 0)), 7), nil
	case typeSystime:
		t, err := systemtime(b)
		if err != nil {
			return dst, err
		}
		return appendTime(dst, t, 3), nil
	}
	return appendNumber(dst, kind, b)
}

// appendNumber adds a number or a truth value; the length has been checked for
// all types that have but one.
func appendNumber(dst []byte, kind byte, b []byte) ([]byte, error) {
	switch kind {
	case typeInt8:
		return strconv.AppendInt(dst, int64(int8(b[0])), 10), nil
	case typeInt16:
		return strconv.AppendInt(dst, int64(int16(le16(b, 0))), 10), nil
	case typeInt32:
		return strconv.AppendInt(dst, int64(int32(le32(b, 0))), 10), nil
	case typeInt64:
		return strconv.AppendInt(dst, int64(le64(b, 0)), 10), nil
	case typeReal32:
		return appendReal(dst, float64(math.Float32frombits(le32(b, 0))), 32), nil
	case typeReal64:
		return appendReal(dst, math.Float64frombits(le64(b, 0)), 64), nil
	}
	n, ok := unsigned(kind, b)
	if !ok {
		return dst, fmt.Errorf("a value of type 0x%02x has %d bytes", kind, len(b))
	}
	switch kind {
	case typeBool:
		return strconv.AppendBool(dst, n != 0), nil
	case typeSize, typeHex32, typeHex64, typeHandle:
		return strconv.AppendUint(append(dst, "0x"...), n, 16), nil
	}
	return strconv.AppendUint(dst, n, 10), nil
}

// unsigned gives the number in a value of an unsigned type.
func unsigned(kind byte, b []byte) (uint64, bool) {
	switch kind {
	case typeUint8, typeUint16, typeUint32, typeUint64, typeHex32, typeHex64:
		if len(b) != width(kind) {
			return 0, false
		}
	case typeBool:
		if len(b) != 4 && len(b) != 1 {
			return 0, false
		}
	case typeSize, typeHandle:
		if len(b) != 4 && len(b) != 8 {
			return 0, false
		}
	default:
		return 0, false
	}
	switch len(b) {
	case 1:
		return uint64(b[0]), true
	case 2:
		return uint64(le16(b, 0)), true
	case 4:
		return uint64(le32(b, 0)), true
	}
	return le64(b, 0), true
}

// appendReal adds a floating-point number, the odd ones as Windows' C library
// calls them.
func appendReal(dst []byte, f float64, bits int) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "-1.#IND"...)
	case math.IsInf(f, 1):
		return append(dst, "1.#INF"...)
	case math.IsInf(f, -1):
		return append(dst, "-1.#INF"...)
	}
	return strconv.AppendFloat(dst, f, 'g', -1, bits)
}

// appendAnsi adds a string in a code page that the file does not name.
func appendAnsi(dst, b []byte) []byte {
	b = bytes.TrimRight(b, "\x00")
	if utf8.Valid(b) {
		return append(dst, b...)
	}
	for _, c := range b {
		dst = utf8.AppendRune(dst, rune(c))
	}
	return dst
}

// member takes the first member off an array's bytes.
func member(kind byte, b []byte) (first, rest []byte, err error) {
	n := width(kind)
	switch kind {
	case typeString:
		for n = 0; n+1 < len(b); n += 2 {
			if b[n] == 0 && b[n+1] == 0 {
				return b[:n], b[n+2:], nil
			}
		}
		return b[:n], nil, nil
	case typeAnsi:
		if n = bytes.IndexByte(b, 0); n >= 0 {
			return b[:n], b[n+1:], nil
		}
		return b, nil, nil
	case typeBool:
		n = 4
	case typeSID:
		n = sidSize(b)
	case typeSize:
		return nil, nil, fmt.Errorf("an array of type 0x90 does not say how long its members are")
	}
	if n == 0 || n > len(b) {
		return nil, nil, fmt.Errorf("an array of type 0x%02x does not divide into members", kind|typeArray)
	}
	return b[:n], b[n:], nil
}
