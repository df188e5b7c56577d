package evtx

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

const (
	chunkHeaderSize  = 512
	recordHeaderSize = 24
	minRecordSize    = recordHeaderSize + 4
	recordMagic      = 0x00002a2a
)

func le16(b []byte, at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
func le32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
func le64(b []byte, at int) uint64 { return binary.LittleEndian.Uint64(b[at:]) }

// chunk reads one 64 KiB step of the file, which may be shorter at its end.
func (d *decoder) chunk(data []byte, base int64) error {
	if len(data) < chunkHeaderSize || string(data[:8]) != chunkMagic {
		if !zero(data) {
			d.stats.BytesLost += int64(len(data))
			d.stats.problem(base, "%d bytes are not a chunk", len(data))
		}
		return nil
	}
	d.stats.Chunks++
	d.begin(data, base)
	free := int(min(le32(data, 48), chunkSize))
	if free < chunkHeaderSize {
		free = chunkSize
	}
	if free > len(data) {
		d.stats.BytesMissing += int64(free - len(data))
		d.stats.problem(base+int64(len(data)), "the chunk at byte %d states %d bytes and the file ends after %d", base, free, len(data))
	}
	d.verified = d.checksums(free)
	return d.records(free)
}

// checksums tells whether both of the chunk's checksums fit.
func (d *decoder) checksums(free int) bool {
	data := d.data
	head := crc32.Update(crc32.ChecksumIEEE(data[:120]), crc32.IEEETable, data[128:chunkHeaderSize])
	if head != le32(data, 124) {
		d.stats.BadChunks++
		d.stats.problem(d.base, "the checksum of the chunk's header does not fit")
		return false
	}
	if free > len(data) || crc32.ChecksumIEEE(data[chunkHeaderSize:free]) != le32(data, 52) {
		d.stats.BadChunks++
		d.stats.problem(d.base, "the checksum of the chunk's records does not fit")
		return false
	}
	return true
}

// records walks the records of the chunk. free is where its header says that
// they end.
func (d *decoder) records(free int) error {
	var last uint64
	pos := chunkHeaderSize
	for pos < len(d.data) {
		size := recordSize(d.data, pos)
		if size == 0 {
			next := d.resync(pos, free)
			if next < 0 {
				break
			}
			pos = next
			continue
		}
		id := le64(d.data, pos+8)
		if pos >= free {
			if last == 0 || id != last+1 {
				break // What is left of records that were here before.
			}
			d.verified = false
		}
		last = id
		if err := d.record(pos, size); err != nil {
			return err
		}
		pos += size
	}
	if stated := le64(d.data, 32); d.verified && last != stated {
		d.stats.problem(d.base, "the chunk states that its last record is %d and it is %d", stated, last)
	}
	return nil
}

// recordSize gives the length of the record at pos, and 0 if none is there.
func recordSize(data []byte, pos int) int {
	if len(data)-pos < minRecordSize || le32(data, pos) != recordMagic {
		return 0
	}
	size := int(le32(data, pos+4))
	if size < minRecordSize || size > len(data)-pos || le32(data, pos+size-4) != uint32(size) {
		return 0
	}
	return size
}

// resync looks for the next record after a place where none is, counts what
// lies between as lost, and gives a negative number at the end of the records.
func (d *decoder) resync(pos, free int) int {
	end := min(free, len(d.data))
	if pos >= end || zero(d.data[pos:end]) {
		return -1
	}
	next := pos + 1
	for ; next < end; next++ {
		i := bytes.IndexByte(d.data[next:end], '*')
		if i < 0 {
			next = end
			break
		}
		next += i
		if recordSize(d.data, next) != 0 {
			break
		}
	}
	next = min(next, end)
	d.stats.Skipped++
	d.stats.BytesLost += int64(next - pos)
	reason := "no record begins here"
	if end-pos >= recordHeaderSize && le32(d.data, pos) == recordMagic {
		reason = fmt.Sprintf("record %d does not end with its length", le64(d.data, pos+8))
		if int(le32(d.data, pos+4)) > len(d.data)-pos && len(d.data) < chunkSize {
			reason = fmt.Sprintf("the file ends inside record %d", le64(d.data, pos+8))
		}
	}
	d.stats.problem(d.base+int64(pos), "%s; %d bytes were left out", reason, next-pos)
	return next
}

// record decodes one record and gives it to the visitor, or says why not.
func (d *decoder) record(pos, size int) error {
	ev := &d.event
	ev.reset()
	ev.HeaderID = le64(d.data, pos+8)
	ev.Offset = d.base + int64(pos)
	ev.Unverified = !d.verified
	if err := d.extract(pos+recordHeaderSize, pos+size-4); err != nil {
		d.stats.Skipped++
		d.stats.BytesLost += int64(size)
		d.stats.problem(ev.Offset, "record %d: %v", ev.HeaderID, err)
		return nil
	}
	d.stats.Records++
	if ev.Unverified {
		d.stats.Unverified++
	}
	if t := ev.Time; !t.IsZero() {
		if d.stats.First.IsZero() || t.Before(d.stats.First) {
			d.stats.First = t
		}
		if t.After(d.stats.Last) {
			d.stats.Last = t
		}
	}
	return d.visit(ev)
}

// zero tells whether all of b is 0.
func zero(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b) != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
