package listing

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// reg export KEY FILE.reg and regedit: "Windows Registry Editor Version 5.00" in
// UTF-16LE with a mark, or "REGEDIT4" in the code page of the machine, with the
// strings of hex(2) and hex(7) in UTF-16LE or in the code page likewise.
// (Microsoft: how to add, modify, or delete registry subkeys and values by using a
// .reg file.) The first key is the one that was exported, with all below it.
//
// Limits. An export ends in an empty line; without it nothing is called absent. A
// file that is cut just before a key looks whole. "-"
// deletes a key or a value when the file is imported. reg export never
// writes it: a file with it is an instruction, not a state, and counts for nothing
// but what it says to set. Permissions and times of keys are not exported. The key
// that was asked for is not in a file of a key that was not there: reg export then
// makes no file.

// mostStringLines bounds the lines of one string or name.
const mostStringLines = 200

const regVersion5 = "Windows Registry Editor Version 5.00"

func isReg(lines []line) bool {
	for _, l := range lines {
		text := strings.TrimSpace(l.text)
		if text == "" || strings.HasPrefix(text, ";") {
			continue
		}
		return text == regVersion5 || text == "REGEDIT4"
	}
	return false
}

// regState is where the reading of a .reg file stands.
type regState struct {
	key     string // the key whose values follow
	at      Origin
	ansi    bool
	roots   []Coverage
	program bool // the file deletes something: it is an instruction
}

func (r *reader) reg(s section) {
	r.format("reg export")
	var st regState
	for i := 0; i < len(s.lines); i++ {
		l := s.lines[i]
		text := strings.TrimSpace(l.text)
		switch {
		case text == "" || strings.HasPrefix(text, ";"):
			r.take(l)
		case text == regVersion5, text == "REGEDIT4":
			st.ansi = text == "REGEDIT4"
			r.take(l)
		case strings.HasPrefix(text, "["):
			r.regKey(&st, l, text)
		case strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "@"):
			i = r.regEntry(&st, s.lines, i)
		default:
			r.lose(l.no, "neither a key nor a value")
		}
	}
	if st.program {
		r.lose(1, "the file deletes keys or values when it is imported: it is no export, and shows no complete list")
		return
	}
	if n := len(s.lines); n == 0 || !s.lines[n-1].blank() || r.unended {
		r.lose(n, "the empty line that ends an export is missing: the file may be cut, and shows no complete list")
		return
	}
	for _, c := range st.roots {
		r.coverKey(c.Scope, c.Origin)
	}
}

// coverKey records that a key was listed with all below it.
func (r *reader) coverKey(key string, at Origin) {
	for _, kind := range []Kind{RegistryKey, RegistryValue, HiddenAccount} {
		r.cover(Coverage{Kind: kind, Scope: keyID(key), Tree: true, Origin: at})
	}
}

func (r *reader) regKey(st *regState, l line, text string) {
	st.key = ""
	if !strings.HasSuffix(text, "]") {
		r.lose(l.no, "the name of a key is cut")
		return
	}
	origin := r.take(l)
	key := text[1 : len(text)-1]
	if deleted, ok := strings.CutPrefix(key, "-"); ok {
		st.program = true
		r.lose(l.no, "an instruction to delete a key: "+excerpt(deleted))
		return
	}
	st.key, st.at = key, origin
	r.add(Entity{Kind: RegistryKey, Name: key, Origin: origin, id: keyID(key), scope: keyID(key)})
	if n := len(st.roots); n == 0 || !under(keyID(key), st.roots[n-1].Scope) {
		st.roots = append(st.roots, Coverage{Scope: keyID(key), Origin: origin})
	}
}

// regEntry reads one value with its continuation lines and gives the last index.
func (r *reader) regEntry(st *regState, lines []line, i int) int {
	l := lines[i]
	origin := r.take(l)
	name, data, last, whole := regLines(lines, i)
	for j := i; j <= last; j++ {
		r.take(lines[j])
	}
	switch {
	case !whole:
		r.lose(l.no, "a value is cut")
	case st.key == "":
		r.lose(l.no, "a value without its key")
	case strings.HasPrefix(data, "hex") && r.last(lines[last]):
		r.lose(l.no, "the last line has no end: the value may be cut")
	case data == "-":
		st.program = true
		r.lose(l.no, "an instruction to delete a value: "+excerpt(name))
	default:
		kind, value, err := regData(data, st.ansi)
		if err != nil {
			r.lose(l.no, err.Error())
			return last
		}
		r.addValue(st.key, name, kind, value, origin)
	}
	return last
}

// regLines joins the lines of a value: strings may hold line ends, binary data is
// continued after a backslash.
func regLines(lines []line, i int) (name, data string, last int, whole bool) {
	text := strings.TrimSpace(lines[i].text)
	rest := strings.TrimPrefix(text, "@")
	if strings.HasPrefix(text, `"`) {
		end := quoteEnd(text)
		for n := 0; end < 0 && i+1 < len(lines) && n < mostStringLines; n++ {
			i++
			text += "\n" + lines[i].text
			end = quoteEnd(text)
		}
		if end < 0 {
			return "", "", i, false
		}
		name, rest = unquote(text[1:end]), text[end+1:]
	}
	rest = strings.TrimSpace(rest)
	if !strings.HasPrefix(rest, "=") {
		return name, "", i, false
	}
	data = strings.TrimSpace(rest[1:])
	if strings.HasPrefix(data, `"`) {
		data, last, whole = regString(data, lines, i)
	} else {
		data, last, whole = regJoin(data, lines, i)
	}
	return name, data, last, whole
}

// regString joins a string over its line ends.
func regString(data string, lines []line, i int) (string, int, bool) {
	for n := 0; quoteEnd(data) < 0; n++ {
		if i+1 >= len(lines) || n >= mostStringLines || strings.HasPrefix(lines[i+1].text, "[HKEY_") {
			return "", i, false
		}
		i++
		data += "\n" + lines[i].text
	}
	return data, i, true
}

// regJoin joins binary data over the backslashes at the ends of its lines.
func regJoin(data string, lines []line, i int) (string, int, bool) {
	var parts []string
	for strings.HasSuffix(data, `\`) {
		if i+1 >= len(lines) || strings.HasPrefix(lines[i+1].text, "[") {
			return "", i, false
		}
		parts = append(parts, strings.TrimSuffix(data, `\`))
		i++
		data = strings.TrimSpace(lines[i].text)
	}
	return strings.Join(append(parts, data), ""), i, true
}

// quoteEnd finds the quote that ends the string that begins at 0.
func quoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

func unquote(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(s)
}

// regData reads the data of a value: its type and a readable, normal form.
func regData(s string, ansi bool) (kind, value string, err error) {
	switch {
	case strings.HasPrefix(s, `"`):
		end := quoteEnd(s)
		if end != len(s)-1 {
			return "", "", fmt.Errorf("text after the end of a string value")
		}
		return "REG_SZ", unquote(s[1:end]), nil
	case strings.HasPrefix(s, "dword:"):
		n, err := strconv.ParseUint(strings.TrimSpace(s[6:]), 16, 32)
		if err != nil || len(strings.TrimSpace(s[6:])) != 8 { // fewer digits are a cut file
			return "", "", fmt.Errorf("a dword that is no number: %q", excerpt(s))
		}
		return "REG_DWORD", strconv.FormatUint(n, 10), nil
	case strings.HasPrefix(s, "qword:"):
		n, err := strconv.ParseUint(strings.TrimSpace(s[6:]), 16, 64)
		if err != nil {
			return "", "", fmt.Errorf("a qword that is no number: %q", excerpt(s))
		}
		return "REG_QWORD", strconv.FormatUint(n, 10), nil
	case strings.HasPrefix(s, "hex"):
		return regHex(s, ansi)
	}
	return "", "", fmt.Errorf("a value of unknown form: %q", excerpt(s))
}

var regTypes = []string{"REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD",
	"REG_DWORD_BIG_ENDIAN", "REG_LINK", "REG_MULTI_SZ", "REG_RESOURCE_LIST",
	"REG_FULL_RESOURCE_DESCRIPTOR", "REG_RESOURCE_REQUIREMENTS_LIST", "REG_QWORD"}

// regHex reads hex:, which is binary, and hex(type):.
func regHex(s string, ansi bool) (kind, value string, err error) {
	head, digits, ok := strings.Cut(s, ":")
	if !ok {
		return "", "", fmt.Errorf("hexadecimal data without a colon")
	}
	kind = "REG_BINARY"
	if head != "hex" {
		number := strings.TrimSuffix(strings.TrimPrefix(head, "hex("), ")")
		n, err := strconv.ParseUint(number, 16, 32)
		if err != nil {
			return "", "", fmt.Errorf("a type that is no number: %q", excerpt(head))
		}
		kind = fmt.Sprintf("type 0x%x", n)
		if n < uint64(len(regTypes)) {
			kind = regTypes[n]
		}
	}
	data, err := hex.DecodeString(strings.NewReplacer(",", "", " ", "", "\t", "").Replace(digits))
	if err != nil {
		return "", "", fmt.Errorf("hexadecimal data: %w", err)
	}
	switch kind {
	case "REG_DWORD":
		if len(data) == 4 {
			return kind, strconv.FormatUint(uint64(binary.LittleEndian.Uint32(data)), 10), nil
		}
	case "REG_QWORD":
		if len(data) == 8 {
			return kind, strconv.FormatUint(binary.LittleEndian.Uint64(data), 10), nil
		}
	case "REG_SZ", "REG_EXPAND_SZ", "REG_MULTI_SZ":
		if text, ok := regText(data, ansi); ok {
			return kind, text, nil
		}
	}
	return kind, hex.EncodeToString(data), nil
}

// regText decodes the strings of hex(1), hex(2) and hex(7). The strings of a list
// are parted by line ends.
func regText(data []byte, ansi bool) (string, bool) {
	if !ansi {
		text, _, err := decodeUTF16(data, 0, UTF16LE)
		return strings.ReplaceAll(strings.TrimRight(text, "\x00"), "\x00", "\n"), err == nil
	}
	var parts []string
	for _, part := range bytes.Split(bytes.TrimRight(data, "\x00"), []byte{0}) {
		text, _, err := Decode(part)
		if err != nil {
			return "", false
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n"), true
}
