package evtx

import (
	"errors"
	"fmt"
	"strings"
)

const (
	maxNesting = 16      // How deep binary XML stands inside values of binary XML.
	maxFields  = 1 << 16 // How many fields an event has.
	maxWork    = 1 << 17 // How many steps an event takes.
	chunkWork  = 1 << 20 // How many steps all events of a chunk take.
	chunkText  = 1 << 23 // How much text they have.
	maxKnown   = 4096    // How many names are kept from one chunk to the next.
	arenaBlock = chunkSize
)

// decoder holds one chunk and everything that is made from it.
type decoder struct {
	stats    *Stats
	visit    func(*Event) error
	event    Event
	data     []byte // the chunk, or what the file has of it
	base     int64  // where it begins in the file
	verified bool   // whether its checksums fit

	names    map[string]name   // by their UTF-16 text
	texts    map[string]string // likewise
	joints   map[[2]string]string
	programs map[programKey]program
	nodes    []node
	steps    []step
	textLeft int // how much text the chunk's templates may still hold

	values  []value // of the instances that are being read, inner ones last
	scratch []byte  // where a single value is written
	parts   []byte  // where text of several parts is put together
	arena   strings.Builder
	work    int // how many steps the event may still take
	room    int // how much text it may still have

	workLeft, roomLeft int // the same of the chunk
}

func newDecoder(stats *Stats, visit func(*Event) error) *decoder {
	d := &decoder{stats: stats, visit: visit}
	d.names, d.texts, d.joints = map[string]name{}, map[string]string{}, map[[2]string]string{}
	d.programs = map[programKey]program{}
	return d
}

// begin takes a new chunk.
func (d *decoder) begin(data []byte, base int64) {
	d.data, d.base = data, base
	clear(d.programs)
	if len(d.names)+len(d.texts)+len(d.joints) > maxKnown {
		clear(d.names)
		clear(d.texts)
		clear(d.joints)
	}
	clear(d.nodes)
	clear(d.steps)
	d.nodes, d.steps = d.nodes[:0], d.steps[:0]
	d.textLeft, d.workLeft, d.roomLeft = maxText, chunkWork, chunkText
}

// extract fills the event from the binary XML of a record.
func (d *decoder) extract(pos, end int) error {
	work, room := min(maxWork, d.workLeft), min(maxText, d.roomLeft)
	d.work, d.room = work, room
	d.values, d.parts = d.values[:0], d.parts[:0]
	err := d.fragment(pos, end, inDocument, 0)
	d.workLeft -= work - d.work
	d.roomLeft -= room - d.room
	return err
}

// fragment reads binary XML of a record or of a value: any number of elements
// and template instances.
func (d *decoder) fragment(pos, end int, in place, depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("binary XML nests more than %d deep", maxNesting)
	}
	found := false
	for pos < end {
		var err error
		switch d.data[pos] &^ tokenMore {
		case tokenFragment:
			if end-pos < 4 || d.data[pos+1] != 1 {
				return errors.New("binary XML of an unknown version")
			}
			pos += 4
		case tokenTemplate:
			pos, err = d.instance(pos+1, end, in, depth)
			found = true
		case tokenOpen:
			pos, err = d.inline(pos, end, in, depth)
			found = true
		case tokenPITarget:
			p := parser{d: d, pos: pos, end: end}
			err = p.instruction()
			pos = p.pos
		case tokenEOF:
			end = pos
		default:
			return fmt.Errorf("token 0x%02x where an element or a template should be", d.data[pos])
		}
		if err != nil {
			return err
		}
	}
	if !found {
		return errShort
	}
	return nil
}

// inline reads an element that belongs to no template.
func (d *decoder) inline(pos, end int, in place, depth int) (int, error) {
	p, err := d.program(programKey{pos: pos, end: end, in: in})
	if err != nil {
		return 0, err
	}
	return p.next, d.run(p, nil, depth)
}

// instance reads a template instance, behind its token.
func (d *decoder) instance(pos, end int, in place, depth int) (int, error) {
	const head, definitionHead = 9, 24
	if end-pos < head {
		return 0, errShort
	}
	id, at := le32(d.data, pos+1), int(le32(d.data, pos+5))
	pos += head
	if at < chunkHeaderSize || at > len(d.data)-definitionHead {
		return 0, errors.New("a template lies outside the chunk")
	}
	size := int(le32(d.data, at+20))
	if size > len(d.data)-at-definitionHead {
		return 0, fmt.Errorf("a template states %d bytes", size)
	}
	if le32(d.data, at+4) != id {
		return 0, errors.New("what the record refers to is not its template")
	}
	if at == pos {
		if pos += definitionHead + size; pos > end {
			return 0, errShort
		}
	}
	begin := at + definitionHead
	p, err := d.program(programKey{pos: begin, end: begin + size, in: in, template: true})
	if err != nil {
		return 0, err
	}
	base := len(d.values)
	if pos, err = d.readValues(pos, end); err != nil {
		return 0, err
	}
	err = d.run(p, d.values[base:], depth)
	d.values = d.values[:base]
	return pos, err
}

// readValues reads the values of an instance and gives the place behind them.
func (d *decoder) readValues(pos, end int) (int, error) {
	if end-pos < 4 {
		return 0, errShort
	}
	count := int(le32(d.data, pos))
	pos += 4
	if count > (end-pos)/4 {
		return 0, fmt.Errorf("an instance states %d values", count)
	}
	if d.work -= count; d.work < 0 {
		return 0, errTooMuch
	}
	off := pos + 4*count
	for ; count > 0; count-- {
		v := value{size: le16(d.data, pos), kind: d.data[pos+2], off: uint16(off)}
		pos += 4
		if off += int(v.size); off > end {
			return 0, errors.New("the values of an instance are longer than the record")
		}
		d.values = append(d.values, v)
	}
	return off, nil
}

// keep makes a string of bytes that will be overwritten. Strings lie together
// in blocks, so that few are allocated.
func (d *decoder) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if d.arena.Cap()-d.arena.Len() < len(b) {
		d.arena = strings.Builder{}
		d.arena.Grow(max(arenaBlock, len(b)))
	}
	from := d.arena.Len()
	d.arena.Write(b)
	return d.arena.String()[from:]
}
