package evtx

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

const (
	headerSize  = 4096
	chunkSize   = 65536
	maxProblems = 100

	fileMagic  = "ElfFile\x00"
	chunkMagic = "ElfChnk\x00"

	flagDirty = 1
	flagFull  = 2
)

// Stats says what was found in a file and what was not read.
type Stats struct {
	Chunks       int // Chunks is how many chunks were found.
	StatedChunks int // StatedChunks is how many the file's header speaks of.
	Records      int // Records is how many records were given to the visitor.
	Unverified   int // Unverified is how many of them no checksum vouches for.
	BadChunks    int // BadChunks is how many chunks have a checksum that does not fit.
	Skipped      int // Skipped is how many records were left out.

	BytesLost    int64 // BytesLost counts bytes of records that were in the file and were not read.
	BytesMissing int64 // BytesMissing counts bytes that a chunk states and the file does not hold.

	Dirty bool // Dirty is the header's flag: Windows had not closed the log.
	Full  bool // Full is the header's flag: the log had reached its size.

	First, Last time.Time // First and Last are the earliest and latest time of the records read.

	Problems     []Problem // Problems are the first 100, in the order of the file.
	ProblemCount int       // ProblemCount is how many there were.
}

// Problem is something in the file that is not as it should be.
type Problem struct {
	Offset int64
	Reason string
}

// String gives the place and the reason.
func (p Problem) String() string { return fmt.Sprintf("byte %d: %s", p.Offset, p.Reason) }

func (s *Stats) problem(offset int64, format string, args ...any) {
	s.ProblemCount++
	if len(s.Problems) < maxProblems {
		s.Problems = append(s.Problems, Problem{Offset: offset, Reason: fmt.Sprintf(format, args...)})
	}
}

// Read gives every record of a log to visit, in the order of the file. It
// stops at the first error of visit and returns it as it is. Damage in the log
// is not an error: it is in Stats. Errors are a file that cannot be read and
// one that is not an event log.
func Read(r io.ReaderAt, size int64, visit func(*Event) error) (Stats, error) {
	var stats Stats
	buf := make([]byte, chunkSize)
	if err := readHeader(r, size, buf[:headerSize], &stats); err != nil {
		return stats, err
	}
	d := newDecoder(&stats, visit)
	for base := int64(headerSize); base < size; base += chunkSize {
		n, err := r.ReadAt(buf[:min(chunkSize, size-base)], base)
		if err != nil && !errors.Is(err, io.EOF) {
			return stats, fmt.Errorf("read the chunk at byte %d: %w", base, err)
		}
		if err := d.chunk(buf[:n], base); err != nil {
			return stats, err
		}
	}
	if stats.Chunks < stats.StatedChunks {
		stats.problem(size, "the header states %d chunks and %d were found", stats.StatedChunks, stats.Chunks)
	}
	return stats, nil
}

// readHeader takes what the file's header says. A log whose header is gone is
// still a log if a chunk stands where the first one should.
func readHeader(r io.ReaderAt, size int64, head []byte, stats *Stats) error {
	n, err := r.ReadAt(head[:min(headerSize, max(size, 0))], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the file's header: %w", err)
	}
	if n < 128 || string(head[:8]) != fileMagic {
		magic := make([]byte, 8)
		if _, err := r.ReadAt(magic, headerSize); err == nil && string(magic) == chunkMagic {
			stats.problem(0, "the file's header is not that of an event log; chunks were looked for all the same")
			return nil
		}
		return errors.New("not a Windows event log (.evtx)")
	}
	stats.StatedChunks = int(le16(head, 42))
	flags := le32(head, 120)
	stats.Dirty, stats.Full = flags&flagDirty != 0, flags&flagFull != 0
	if crc32.ChecksumIEEE(head[:120]) != le32(head, 124) {
		stats.problem(0, "the checksum of the file's header does not fit")
	}
	if major := le16(head, 38); major != 3 {
		stats.problem(0, "the format is version %d.%d; 3.x is known", major, le16(head, 36))
	}
	return nil
}
