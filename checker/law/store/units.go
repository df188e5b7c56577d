package store

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"os"
	"slices"
	"sort"
	"strings"

	"jobun/checker/law/lawxml"
)

// A units file tells where each provision of a text is and what it says, so that
// one is found without reading the rest:
//
//	head     magic, hash of the law's text, hash of what follows, sizes
//	records  of recordSize bytes, in the order of the hashes of their paths
//	names    path, position and tag of each record
//	norm     the normalised text of the whole law, which records point into
//	show     the text as readers see it
//
// It is made of the text and can be made again; nothing rests on it alone, since
// every record has the hash of what it says, and that a provision is not there
// is said only when the hash of the whole is right.
const (
	unitsMagic  = "jobununits\x00\x03"
	headSize    = len(unitsMagic) + 2*sha256.Size + 4*4
	recordSize  = 8 + 7*4 + sha256.Size
	maxUnitPath = 500
	window      = 128 // how many records to each side are read at once
)

// unit is what a record tells.
type unit struct {
	lawxml.Unit
	text, show string
	sum        string // SHA-256 of text, in hexadecimal
}

var errUnits = errors.New("the file of units is not of this text")

// pathHash spreads paths evenly, so that a record's place can be reckoned.
func pathHash(path string) uint64 {
	sum := sha256.Sum256([]byte(path))
	return binary.BigEndian.Uint64(sum[:])
}

// encodeUnits makes the units file of a text.
func encodeUnits(hash string, d *lawxml.Document) ([]byte, error) {
	of, err := hex.DecodeString(hash)
	if err != nil || len(of) != sha256.Size {
		return nil, fmt.Errorf("%q is not a hash", hash)
	}
	layout := d.Layout()
	units, seen := layout.Units[:0:0], map[string]bool{}
	for _, u := range layout.Units { // of two with one path, the first in the law
		if !seen[u.Path] && len(u.Path) <= maxUnitPath && len(u.In) <= maxUnitPath {
			seen[u.Path] = true
			units = append(units, u)
		}
	}
	slices.SortFunc(units, func(a, b lawxml.Unit) int {
		return cmp.Or(cmp.Compare(pathHash(a.Path), pathHash(b.Path)), cmp.Compare(a.Path, b.Path))
	})
	var records, names bytes.Buffer
	for _, u := range units {
		records.Write(encodeRecord(u, names.Len(), layout))
		names.WriteString(unitName(u))
	}
	body := slices.Concat(records.Bytes(), names.Bytes(), []byte(layout.Norm), []byte(layout.Show))
	if len(body) > 1<<31 {
		return nil, fmt.Errorf("the text is too long to index")
	}
	sum := sha256.Sum256(body)
	head := slices.Concat([]byte(unitsMagic), of, sum[:])
	for _, n := range []int{len(units), names.Len(), len(layout.Norm), len(layout.Show)} {
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	return append(head, body...), nil
}

func unitName(u lawxml.Unit) string { return u.Path + "\n" + u.In + "\n" + u.Tag }

func encodeRecord(u lawxml.Unit, name int, l lawxml.Layout) []byte {
	flags := uint32(min(u.Paragraphs, 0xffff)) << 8
	if u.Deleted {
		flags |= 1
	}
	if u.Range {
		flags |= 2
	}
	record := binary.LittleEndian.AppendUint64(nil, pathHash(u.Path))
	for _, v := range []int{name, len(unitName(u)), u.Norm.From, u.Norm.To, u.Show.From, u.Show.To} {
		record = binary.LittleEndian.AppendUint32(record, uint32(v))
	}
	record = binary.LittleEndian.AppendUint32(record, flags)
	sum := recordSum(record, unitName(u), l.Norm[u.Norm.From:u.Norm.To], l.Show[u.Show.From:u.Show.To])
	return append(record, sum[:]...)
}

// recordSum is the hash of all that a record says.
func recordSum(fields []byte, name, text, show string) [sha256.Size]byte {
	return sha256.Sum256(slices.Concat(fields, []byte(name), []byte(text), []byte(show)))
}

// unitsFile reads a units file where it is, piece by piece.
type unitsFile struct {
	at                       io.ReaderAt
	count                    int
	names, norm, show, total int64 // where the parts begin, and the end
}

// openUnits reads the head of a units file and checks that it is of a text.
func openUnits(at io.ReaderAt, size int64, hash string) (*unitsFile, error) {
	head := make([]byte, headSize)
	if _, err := at.ReadAt(head, 0); err != nil {
		return nil, errUnits
	}
	rest := head[len(unitsMagic):]
	if string(head[:len(unitsMagic)]) != unitsMagic || hex.EncodeToString(rest[:sha256.Size]) != hash {
		return nil, errUnits
	}
	sizes := rest[2*sha256.Size:]
	n := func(i int) int64 { return int64(binary.LittleEndian.Uint32(sizes[4*i:])) }
	f := &unitsFile{at: at, count: int(n(0))}
	f.names = int64(headSize) + n(0)*int64(recordSize)
	f.norm = f.names + n(1)
	f.show = f.norm + n(2)
	f.total = f.show + n(3)
	if f.total != size {
		return nil, errUnits
	}
	return f, nil
}

// piece reads from one byte to another, both counted from a part's beginning.
func (f *unitsFile) piece(part, end int64, from, to uint32) (string, error) {
	if from > to || part+int64(to) > end {
		return "", errUnits
	}
	buf := make([]byte, to-from)
	if _, err := f.at.ReadAt(buf, part+int64(from)); err != nil && !(err == io.EOF && len(buf) == 0) {
		return "", errUnits
	}
	return string(buf), nil
}

// find looks a path up. Hashes are spread evenly, so its record is near where
// its hash lies among all hashes, and one reading of the records around there
// almost always has it.
func (f *unitsFile) find(path string) (*unit, bool, error) {
	hash := pathHash(path)
	low, high := 0, f.count // its record, if there is one, is in [low, high)
	guess, _ := bits.Mul64(hash, uint64(f.count))
	for low < high {
		from := max(low, int(guess)-window)
		to := min(high, max(from, int(guess))+window)
		records := make([]byte, (to-from)*recordSize)
		if _, err := f.at.ReadAt(records, int64(headSize)+int64(from)*int64(recordSize)); err != nil {
			return nil, false, errUnits
		}
		at := func(i int) uint64 { return binary.LittleEndian.Uint64(records[i*recordSize:]) }
		first := sort.Search(to-from, func(i int) bool { return at(i) >= hash })
		switch {
		case first == 0 && from > low:
			high = from + 1
		case first == to-from:
			low = to
		default:
			for i := first; i < to-from && at(i) == hash; i++ {
				u, err := f.unit(path, records[i*recordSize:][:recordSize])
				if u != nil || err != nil {
					return u, err == nil, err
				}
			}
			return nil, false, nil
		}
		guess = uint64(low+high) / 2
	}
	return nil, false, nil
}

// unit reads what a record points to; nil if it is of another path.
func (f *unitsFile) unit(path string, record []byte) (*unit, error) {
	field := func(i int) uint32 { return binary.LittleEndian.Uint32(record[8+4*i:]) }
	if field(1) > 3*maxUnitPath {
		return nil, errUnits
	}
	name, err := f.piece(f.names, f.norm, field(0), field(0)+field(1))
	if err != nil {
		return nil, err
	}
	parts := strings.Split(name, "\n")
	if len(parts) != 3 || parts[0] != path {
		return nil, nil
	}
	text, err1 := f.piece(f.norm, f.show, field(2), field(3))
	show, err2 := f.piece(f.show, f.total, field(4), field(5))
	if err1 != nil || err2 != nil {
		return nil, errUnits
	}
	if whole := recordSum(record[:8+7*4], name, text, show); !bytes.Equal(whole[:], record[8+7*4:]) {
		return nil, errUnits
	}
	sum := sha256.Sum256([]byte(text))
	flags := field(6)
	u := &unit{text: text, show: show, sum: hex.EncodeToString(sum[:])}
	u.Unit = lawxml.Unit{Path: path, In: parts[1], Tag: parts[2], Paragraphs: int(flags >> 8 & 0xffff), Deleted: flags&1 != 0, Range: flags&2 != 0}
	return u, nil
}

// find looks a path up in a text. The text's units are made if they are not there.
func (s *Store) find(hash, path string) (*unit, bool, error) {
	name := s.filePath(hash) + ".units"
	if f, err := os.Open(name); err == nil {
		u, found, err := findIn(f, hash, path)
		f.Close()
		if err == nil {
			return u, found, nil
		}
	}
	data, err := s.makeUnits(hash)
	if err != nil {
		return nil, false, err
	}
	// A store that may not be written to works too, only slower.
	_ = writeFile(name, data, false)
	f, err := openUnits(bytes.NewReader(data), int64(len(data)), hash)
	if err != nil {
		return nil, false, err
	}
	return f.find(path)
}

func findIn(f *os.File, hash, path string) (*unit, bool, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, false, err
	}
	units, err := openUnits(f, info.Size(), hash)
	if err != nil {
		return nil, false, err
	}
	u, found, err := units.find(path)
	if err == nil && !found {
		err = units.whole()
	}
	return u, found, err
}

// whole checks the hash of all that follows the head.
func (f *unitsFile) whole() error {
	want := make([]byte, sha256.Size)
	if _, err := f.at.ReadAt(want, int64(len(unitsMagic)+sha256.Size)); err != nil {
		return errUnits
	}
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(f.at, int64(headSize), f.total-int64(headSize))); err != nil || !bytes.Equal(h.Sum(nil), want) {
		return errUnits
	}
	return nil
}

func (s *Store) makeUnits(hash string) ([]byte, error) {
	d, err := s.Document(hash)
	if err != nil {
		return nil, err
	}
	return encodeUnits(hash, d)
}

// Document reads a whole text by its hash.
func (s *Store) Document(hash string) (*lawxml.Document, error) {
	if !isSHA256(hash) {
		return nil, fmt.Errorf("read the law store: %q is not a hash", hash)
	}
	data, err := s.readText(hash)
	if err != nil {
		return nil, err
	}
	d, err := lawxml.ReadAny(data, s.limits.Law)
	if err != nil {
		return nil, fmt.Errorf("%w: text %s: %w", ErrCorrupt, hash, err)
	}
	return d, nil
}
