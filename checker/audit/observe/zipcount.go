package observe

import (
	"bytes"
	"encoding/binary"
	"io"
)

// zipEntries is how many members a zip says that it has, in its last record: archive/zip
// reads them all before it gives one. 0: there is no such record, which archive/zip will
// say. (PKWARE, APPNOTE 6.3.10, 4.3.14 to 4.3.16.)
func zipEntries(in io.ReaderAt, size int64) uint64 {
	const record, longest, locator = 22, 22 + 65535, 20
	tail := make([]byte, min(size, longest))
	if _, err := in.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return 0
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < record {
		return 0
	}
	entries := uint64(binary.LittleEndian.Uint16(tail[at+10:]))
	if entries != 0xFFFF || at < locator || !bytes.HasPrefix(tail[at-locator:], []byte("PK\x06\x07")) {
		// The size of the directory bounds what a lying number could hide: an entry has
		// 46 bytes at least.
		return max(entries, uint64(binary.LittleEndian.Uint32(tail[at+12:]))/1024)
	}
	var long [56]byte
	if _, err := in.ReadAt(long[:], int64(binary.LittleEndian.Uint64(tail[at-locator+8:]))); err != nil || !bytes.HasPrefix(long[:], []byte("PK\x06\x06")) {
		return 0
	}
	return max(binary.LittleEndian.Uint64(long[32:]), binary.LittleEndian.Uint64(long[40:])/1024)
}
