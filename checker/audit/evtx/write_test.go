package evtx

import (
	"encoding/binary"
	"hash/crc32"
	"unicode/utf16"
)

// What follows writes small logs, so that tests need no real ones. It is
// written from the format's description and shares nothing with the reader.

// elem is an element: attributes, then content of strings, subs and elems.
type elem struct {
	name    string
	attrs   []attr
	content []any
	depend  int // 1 + the value it depends on
}

type attr struct {
	name    string
	content any // a string, an entity or a sub
}

// sub is a place for a value.
type sub struct {
	number   int
	optional bool
}

// entity is a reference such as amp; charRef one such as &#38;
type (
	entity  string
	charRef uint16
)

// val is a value. If fill is set, it writes the bytes itself.
type val struct {
	kind  byte
	bytes []byte
	fill  func(w *chunkWriter)
}

// template is an element with a GUID.
type template struct {
	id   byte
	root elem
}

type chunkWriter struct {
	b         []byte
	names     map[string]int
	templates map[byte]int
	first     uint64
	last      uint64
}

func newChunk(first uint64) *chunkWriter {
	return &chunkWriter{b: make([]byte, 512), names: map[string]int{}, templates: map[byte]int{}, first: first, last: first - 1}
}

func (w *chunkWriter) u8(v ...byte) { w.b = append(w.b, v...) }
func (w *chunkWriter) u16(v int)    { w.b = binary.LittleEndian.AppendUint16(w.b, uint16(v)) }
func (w *chunkWriter) u32(v int)    { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(v)) }
func (w *chunkWriter) u64(v uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, v) }

// sized writes a 32-bit length before what write writes.
func (w *chunkWriter) sized(write func()) {
	at := len(w.b)
	w.u32(0)
	write()
	binary.LittleEndian.PutUint32(w.b[at:], uint32(len(w.b)-at-4))
}

func (w *chunkWriter) name(s string) {
	if at, ok := w.names[s]; ok {
		w.u32(at)
		return
	}
	w.names[s] = len(w.b) + 4
	w.u32(len(w.b) + 4)
	w.u32(0)
	hash := uint32(0)
	for _, c := range utf16.Encode([]rune(s)) {
		hash = hash*65599 + uint32(c)
	}
	w.u16(int(uint16(hash)))
	w.u16(len(utf16.Encode([]rune(s))))
	w.b = append(w.b, wide(s)...)
	w.u16(0)
}

func (w *chunkWriter) text(content any) {
	switch c := content.(type) {
	case string:
		w.u8(0x05, typeString)
		w.u16(len(wide(c)) / 2)
		w.b = append(w.b, wide(c)...)
	case sub:
		token := byte(0x0d)
		if c.optional {
			token = 0x0e
		}
		w.u8(token)
		w.u16(c.number)
		w.u8(typeString)
	case entity:
		w.u8(0x09)
		w.name(string(c))
	case charRef:
		w.u8(0x08)
		w.u16(int(c))
	}
}

// fragment writes a fragment header and the element. Only in a template do
// elements say what they depend on.
func (w *chunkWriter) fragment(e elem, inTemplate bool) {
	w.u8(0x0f, 1, 1, 0)
	w.element(e, inTemplate)
	w.u8(0)
}

func (w *chunkWriter) element(e elem, inTemplate bool) {
	token := byte(0x01)
	if len(e.attrs) > 0 {
		token = 0x41
	}
	w.u8(token)
	if inTemplate {
		w.u16(e.depend - 1)
	}
	w.sized(func() {
		w.name(e.name)
		if len(e.attrs) > 0 {
			w.sized(func() {
				for i, a := range e.attrs {
					token := byte(0x46)
					if i == len(e.attrs)-1 {
						token = 0x06
					}
					w.u8(token)
					w.name(a.name)
					w.text(a.content)
				}
			})
		}
		if len(e.content) == 0 {
			w.u8(0x03)
			return
		}
		w.u8(0x02)
		for _, c := range e.content {
			if child, ok := c.(elem); ok {
				w.element(child, inTemplate)
			} else {
				w.text(c)
			}
		}
		w.u8(0x04)
	})
}

// instance writes a template instance, and the template if the chunk has not
// got it yet.
func (w *chunkWriter) instance(t template, vals ...val) {
	w.u8(0x0f, 1, 1, 0, 0x0c, 1, t.id, 0, 0, 0)
	at, ok := w.templates[t.id]
	if !ok {
		at = len(w.b) + 4
		w.templates[t.id] = at
	}
	w.u32(at)
	if !ok {
		w.u32(0)
		w.b = append(w.b, append([]byte{t.id}, make([]byte, 15)...)...)
		w.sized(func() { w.fragment(t.root, true) })
	}
	w.u32(len(vals))
	table := len(w.b)
	w.b = append(w.b, make([]byte, 4*len(vals))...)
	for i, v := range vals {
		from := len(w.b)
		if v.fill != nil {
			v.fill(w)
		} else {
			w.b = append(w.b, v.bytes...)
		}
		binary.LittleEndian.PutUint16(w.b[table+4*i:], uint16(len(w.b)-from))
		w.b[table+4*i+2] = v.kind
	}
}

// record writes a record around what body writes, and gives its offset.
func (w *chunkWriter) record(body func()) int {
	at := len(w.b)
	w.last++
	w.u32(0x2a2a)
	w.u32(0)
	w.u64(w.last)
	w.u64(132000000000000000)
	body()
	w.u8(0)
	size := len(w.b) + 4 - at
	binary.LittleEndian.PutUint32(w.b[at+4:], uint32(size))
	w.u32(size)
	return at
}

// done gives the chunk with its header and checksums.
func (w *chunkWriter) done() []byte {
	free := len(w.b)
	c := append(w.b, make([]byte, 65536-free)...)
	copy(c, "ElfChnk\x00")
	for i, v := range []uint64{w.first, w.last, w.first, w.last} {
		binary.LittleEndian.PutUint64(c[8+8*i:], v)
	}
	binary.LittleEndian.PutUint32(c[40:], 128)
	binary.LittleEndian.PutUint32(c[48:], uint32(free))
	return seal(c)
}

// seal writes a chunk's checksums.
func seal(c []byte) []byte {
	binary.LittleEndian.PutUint32(c[52:], crc32.ChecksumIEEE(c[512:binary.LittleEndian.Uint32(c[48:])]))
	sum := crc32.Update(crc32.ChecksumIEEE(c[:120]), crc32.IEEETable, c[128:512])
	binary.LittleEndian.PutUint32(c[124:], sum)
	return c
}

// logOf gives a log of chunks.
func logOf(chunks ...[]byte) []byte {
	h := make([]byte, 4096)
	copy(h, "ElfFile\x00")
	binary.LittleEndian.PutUint32(h[32:], 128)
	binary.LittleEndian.PutUint16(h[36:], 1)
	binary.LittleEndian.PutUint16(h[38:], 3)
	binary.LittleEndian.PutUint16(h[40:], 4096)
	binary.LittleEndian.PutUint16(h[42:], uint16(len(chunks)))
	binary.LittleEndian.PutUint32(h[124:], crc32.ChecksumIEEE(h[:120]))
	for _, c := range chunks {
		h = append(h, c...)
	}
	return h
}

// wide gives UTF-16.
func wide(s string) []byte {
	var b []byte
	for _, c := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, c)
	}
	return b
}

func text(s string) val { return val{kind: typeString, bytes: wide(s)} }

// number gives a value of so many bytes.
func number(kind byte, v uint64, size int) val {
	return val{kind: kind, bytes: binary.LittleEndian.AppendUint64(nil, v)[:size]}
}

// system is a template like the one of all events; value 0 is the record id, 1
// the event id, 2 the qualifiers, 3 the time, 4 the user, 5 the rest.
func system() template {
	leaf := func(name string, content any) elem { return elem{name: name, content: []any{content}} }
	return template{id: 1, root: elem{name: "Event", attrs: []attr{{"xmlns", "urn:x"}}, content: []any{
		elem{name: "System", content: []any{
			elem{name: "Provider", attrs: []attr{{"Name", "Test-Provider"}, {"Guid", "{00000000-0000-0000-0000-000000000001}"}}},
			elem{name: "EventID", attrs: []attr{{"Qualifiers", sub{2, true}}}, content: []any{sub{1, false}}},
			leaf("Level", "4"),
			elem{name: "TimeCreated", attrs: []attr{{"SystemTime", sub{3, false}}}},
			leaf("EventRecordID", sub{0, false}),
			elem{name: "Correlation", attrs: []attr{{"ActivityID", sub{6, true}}}},
			elem{name: "Execution", attrs: []attr{{"ProcessID", "12"}, {"ThreadID", "34"}}},
			leaf("Channel", "Test/Channel"),
			leaf("Computer", "PC"),
			elem{name: "Security", attrs: []attr{{"UserID", sub{4, true}}}},
		}},
		sub{5, true},
	}}}
}

// event writes a record of the template system with data in it.
func (w *chunkWriter) event(id uint64, data val) int {
	return w.record(func() { w.instance(system(), systemValues(id, data)...) })
}

func systemValues(id uint64, data val) []val {
	return []val{
		number(typeUint64, id, 8), number(typeUint16, 4720, 2), number(typeUint16, 16384, 2),
		number(typeFiletime, 132000000001234567, 8), {kind: typeSID, bytes: sidBytes(18)}, data, {},
	}
}

// sidBytes gives S-1-5-…
func sidBytes(parts ...uint32) []byte {
	b := []byte{1, byte(len(parts)), 0, 0, 0, 0, 0, 5}
	for _, p := range parts {
		b = binary.LittleEndian.AppendUint32(b, p)
	}
	return b
}

// nested gives binary XML in a value: a template's instance.
func nested(t template, vals ...val) val {
	return val{kind: typeBinXML, fill: func(w *chunkWriter) { w.instance(t, vals...) }}
}

// data gives the template of an EventData with the named values in order, and
// a nested value of it.
func data(id byte, names []string, vals ...val) val {
	e := elem{name: "EventData"}
	for i, name := range names {
		d := elem{name: "Data", content: []any{sub{i, false}}}
		if name != "" {
			d.attrs = []attr{{"Name", name}}
		}
		e.content = append(e.content, d)
	}
	return nested(template{id: id, root: e}, vals...)
}
