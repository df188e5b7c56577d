package evtx

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// threeEvents gives a chunk of three events that share their templates, and
// the offsets of their records in the chunk.
func threeEvents() (chunk []byte, at [3]int) {
	w := newChunk(1)
	for i := range at {
		at[i] = w.event(uint64(i+1), data(2, []string{"A"}, text(fmt.Sprint("value ", i+1))))
	}
	return w.done(), at
}

// TestDamage breaks a log in one way each and states what is left, what is
// said, and what is counted.
func TestDamage(t *testing.T) {
	chunk, at := threeEvents()
	free := int(le32(chunk, 48))
	for _, c := range []struct {
		name       string
		log        func(c []byte) []byte // from a fresh chunk
		ids        string
		unverified int
		lost       int64
		missing    int64
		problems   []string
	}{
		{"nothing", func(c []byte) []byte { return logOf(c) }, "[1 2 3]", 0, 0, 0, nil},
		{"a bit in a text", func(c []byte) []byte { c[at[2]-12] ^= 1; return logOf(c) }, "[1 2 3]", 3, 0, 0,
			[]string{"checksum of the chunk's records"}},
		{"the chunk's header", func(c []byte) []byte { c[130] ^= 1; return logOf(c) }, "[1 2 3]", 3, 0, 0,
			[]string{"checksum of the chunk's header"}},
		{"a length at the end", func(c []byte) []byte { c[at[2]-4] ^= 1; return logOf(seal(c)) }, "[1 3]", 0, int64(at[2] - at[1]), 0,
			[]string{"record 2 does not end with its length"}},
		{"a length at the front", func(c []byte) []byte { put32(c, at[1]+4, 0xffffffff); return logOf(seal(c)) }, "[1 3]", 0, int64(at[2] - at[1]), 0,
			[]string{"record 2 does not end with its length"}},
		{"a signature", func(c []byte) []byte { c[at[1]] = 0; return logOf(seal(c)) }, "[1 3]", 0, int64(at[2] - at[1]), 0,
			[]string{"no record begins here"}},
		{"the template it refers to", func(c []byte) []byte { put32(c, at[1]+24+6, 99); return logOf(seal(c)) }, "[1 3]", 0, int64(at[2] - at[1]), 0,
			[]string{"not its template"}},
		{"where its template lies", func(c []byte) []byte { put32(c, at[1]+24+10, 70000); return logOf(seal(c)) }, "[1 3]", 0, int64(at[2] - at[1]), 0,
			[]string{"outside the chunk"}},
		{"how many values", func(c []byte) []byte { put32(c, at[1]+24+14, 1<<30); return logOf(seal(c)) }, "[1 3]", 0, int64(at[2] - at[1]), 0,
			[]string{"1073741824 values"}},
		{"how long a value is", func(c []byte) []byte { c[at[1]+24+18] = 7; return logOf(seal(c)) }, "[1 3]", 0, int64(at[2] - at[1]), 0,
			[]string{"record 2"}},
		{"a letter of a name", func(c []byte) []byte { i := bytes.Index(c, wide("Computer")); c[i] = 'c'; return logOf(seal(c)) }, "[]", 0,
			int64(free - 512), 0, []string{"does not fit its hash", "record 2", "record 3"}},
		{"cut in a record", func(c []byte) []byte { return logOf(c)[:4096+at[2]+100] }, "[1 2]", 2, 100, int64(free - at[2] - 100),
			[]string{"states", "checksum", "ends inside record 3"}},
		{"cut between records", func(c []byte) []byte { return logOf(c)[:4096+at[2]] }, "[1 2]", 2, 0, int64(free - at[2]),
			[]string{"states", "checksum"}},
		{"cut between chunks", func(c []byte) []byte { return logOf(c, c)[:4096+65536] }, "[1 2 3]", 0, 0, 0,
			[]string{"states 2 chunks and 1 were found"}},
		{"a chunk that is none", func(c []byte) []byte { return logOf(c, bytes.Repeat([]byte("x"), 65536), c) }, "[1 2 3 1 2 3]", 0, 65536, 0,
			[]string{"not a chunk", "states 3 chunks"}},
		{"empty chunks", func(c []byte) []byte { return logOf(make([]byte, 65536), c) }, "[1 2 3]", 0, 0, 0,
			[]string{"states 2 chunks"}},
		{"more chunks than the header says", func(c []byte) []byte { return append(logOf(c), c...) }, "[1 2 3 1 2 3]", 0, 0, 0, nil},
		{"the file's header", func(c []byte) []byte { return append(make([]byte, 4096), c...) }, "[1 2 3]", 0, 0, 0,
			[]string{"not that of an event log"}},
		{"a header that is behind", func(c []byte) []byte { put32(c, 48, uint32(at[1])); c[32] = 1; return logOf(seal(c)) }, "[1 2 3]", 2, 0, 0, nil},
		{"remains behind the end", func(c []byte) []byte {
			put32(c, 48, uint32(at[2]))
			c[32], c[at[2]+8] = 2, 9
			return logOf(seal(c))
		}, "[1 2]", 0, 0, 0, nil},
		{"a last record that is not there", func(c []byte) []byte { c[32] = 4; return logOf(seal(c)) }, "[1 2 3]", 0, 0, 0,
			[]string{"last record is 4 and it is 3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			events, stats := read(t, c.log(bytes.Clone(chunk)))
			ids := []uint64{}
			for _, e := range events {
				ids = append(ids, e.RecordID)
			}
			if fmt.Sprint(ids) != c.ids || stats.Unverified != c.unverified || stats.BytesLost != c.lost || stats.BytesMissing != c.missing {
				t.Errorf("got %v, %d unverified, %d bytes lost, %d missing; %v", ids, stats.Unverified, stats.BytesLost, stats.BytesMissing, stats.Problems)
			}
			if len(stats.Problems) != len(c.problems) {
				t.Fatalf("problems %v", stats.Problems)
			}
			for i, want := range c.problems {
				if !strings.Contains(stats.Problems[i].String(), want) {
					t.Errorf("problem %q, want %q", stats.Problems[i], want)
				}
			}
		})
	}
}

// TestLimits gives logs that are sound and grow beyond reason.
func TestLimits(t *testing.T) {
	var deep func(n int) val
	deep = func(n int) val {
		if n == 0 {
			return text("bottom")
		}
		return nested(template{byte(n + 1), elem{name: "A", content: []any{sub{0, false}}}}, deep(n-1))
	}
	elements := elem{name: "A"}
	for range 70 {
		elements = elem{name: "A", content: []any{elements}}
	}
	wide100 := elem{name: "EventData"}
	for range 100 {
		wide100.content = append(wide100.content, elem{name: "Data", content: []any{sub{0, false}}})
	}
	fan := func(inner val, id byte) val {
		e := elem{name: "U"}
		for range 40 {
			e.content = append(e.content, sub{0, false})
		}
		return nested(template{id, e}, inner)
	}
	for _, c := range []struct {
		name, reason string
		value        val
	}{
		{"binary XML in binary XML", "nests more than 16 deep", deep(20)},
		{"elements in elements", "nest more than 64 deep", nested(template{2, elements})},
		{"one long value a hundred times", "beyond its limits", nested(template{2, wide100}, text(strings.Repeat("x", 20_000)))},
		{"the same inside the same", "beyond its limits", fan(fan(fan(fan(text("x"), 5), 4), 3), 2)},
		{"a long name", "a name of 600 characters", nested(template{2, elem{name: strings.Repeat("n", 600)}})},
		{"an odd name", "is not a name", nested(template{2, elem{name: `a b="`}})},
		{"a value of an unknown type", "type 0x7f", data(2, []string{"A"}, val{kind: 0x7f, bytes: []byte{1}})},
		{"a number of the wrong length", "type 0x08 has 2 bytes", data(2, []string{"A"}, number(typeUint32, 1, 2))},
		{"a SID too short", "SID is not sound", data(2, []string{"A"}, val{kind: typeSID, bytes: sidBytes(1, 2)[:12]})},
		{"an array that does not divide", "does not divide", data(2, []string{"A"}, val{kind: typeUint32 | typeArray, bytes: make([]byte, 6)})},
		{"a value that is not there", "place for value 3 of 1", nested(template{2, elem{name: "EventData", content: []any{sub{3, false}}}}, text("a"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newChunk(1)
			w.event(1, c.value)
			w.event(2, data(9, []string{"A"}, text("sound")))
			events, stats := read(t, logOf(w.done()))
			if len(events) != 1 || events[0].RecordID != 2 || events[0].Data[0].Value != "sound" {
				t.Errorf("%d events; the sound one should be left", len(events))
			}
			if stats.Skipped != 1 || len(stats.Problems) != 1 || !strings.Contains(stats.Problems[0].Reason, c.reason) {
				t.Errorf("problems %v, want %q", stats.Problems, c.reason)
			}
		})
	}
}

func TestProblemsAreCapped(t *testing.T) {
	var chunks [][]byte
	for range 150 {
		chunk, _ := threeEvents()
		chunk[125] ^= 1
		chunks = append(chunks, chunk)
	}
	_, stats := read(t, logOf(chunks...))
	if stats.ProblemCount != 150 || len(stats.Problems) != 100 || stats.BadChunks != 150 || stats.Records != 450 {
		t.Errorf("%d problems, %d kept, %d records", stats.ProblemCount, len(stats.Problems), stats.Records)
	}
}

// digests gives, for each record that checksums vouch for, a hash of all that
// it says, by its offset.
func digests(t testing.TB, log []byte) (map[int64]uint64, Stats) {
	found := map[int64]uint64{}
	stats, err := Read(bytes.NewReader(log), int64(len(log)), func(e *Event) error {
		if e.Unverified {
			return nil
		}
		h := fnv.New64a()
		for _, f := range e.Data {
			_, _ = io.WriteString(h, f.Name+"\x00"+f.Value+"\x00")
		}
		c := *e
		c.Data = nil
		fmt.Fprintf(h, "%v", c)
		found[e.Offset] = h.Sum64()
		return nil
	})
	if err != nil && !strings.Contains(err.Error(), "not a Windows event log") {
		t.Error(err)
	}
	return found, stats
}

// TestMutated breaks real logs at random. Nothing panics, and a record that is
// not marked says what it said before.
func TestMutated(t *testing.T) {
	copies := 500
	if testing.Short() {
		copies = 60
	}
	files := corpus(t)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range copies {
		file := files[i%len(files)]
		log, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(log) > 200_000 { // Some chunks out of the middle are as good as all.
			from := 4096 + 65536*r.IntN((len(log)-4096)/65536-1)
			log = append(log[:4096:4096], log[from:from+2*65536]...)
		}
		before, _ := digests(t, log)
		what := mutate(r, log)
		if r.IntN(4) == 0 {
			log = log[:r.IntN(len(log))]
			what += ", cut"
		}
		after, stats := digests(t, log)
		for at, sum := range after {
			if before[at] != sum {
				t.Errorf("copy %d of %s (%s): the record at byte %d differs and is not marked", i, filepath.Base(file), what, at)
			}
		}
		if len(after) < len(before) && whole(&stats) && len(log) > 4096 && !strings.HasSuffix(what, "cut") {
			t.Errorf("copy %d of %s (%s): %d of %d records and nothing said", i, filepath.Base(file), what, len(after), len(before))
		}
	}
}

// mutate breaks a log in place and says how.
func mutate(r *rand.Rand, log []byte) string {
	body := log[4096:]
	at := r.IntN(len(body) - 8)
	switch r.IntN(5) {
	case 0:
		for range 1 + r.IntN(20) {
			body[r.IntN(len(body))] ^= 1 << r.IntN(8)
		}
		return "bits"
	case 1:
		put32(body, at, r.Uint32())
		return fmt.Sprint("word at ", at)
	case 2:
		clear(body[at:min(len(body), at+r.IntN(5000))])
		return fmt.Sprint("zeros at ", at)
	case 3: // A lying length or offset near a record's front, with sound checksums.
		if i := bytes.Index(body[at:], []byte{0x2a, 0x2a, 0, 0}); i >= 0 && at+i+100 < len(body) {
			put32(body, at+i+4+r.IntN(60), uint32(r.IntN(70000)))
			return fmt.Sprint("record at ", at+i)
		}
	}
	copy(body[at:], body[r.IntN(len(body)):])
	return fmt.Sprint("moved to ", at)
}

// FuzzRead reads anything, with the checksums made to fit so that what lies
// behind them is reached.
func FuzzRead(f *testing.F) {
	chunk, _ := threeEvents()
	f.Add(chunk[:le32(chunk, 48)])
	w := newChunk(1)
	w.event(1, data(2, []string{"A", ""}, val{kind: typeString | typeArray, bytes: wide("x\x00y\x00")}, val{kind: typeSID, bytes: sidBytes(18)}))
	w.event(2, nested(template{3, elem{name: "UserData", content: []any{sub{0, false}}}},
		nested(template{4, elem{name: "A", attrs: []attr{{"b", sub{0, true}}}, content: []any{elem{name: "C", depend: 1, content: []any{"t", entity("lt"), charRef(65)}}}}}, val{})))
	w.done()
	f.Add(w.b)
	f.Fuzz(func(t *testing.T, in []byte) {
		c := make([]byte, 65536)
		copy(c, in)
		copy(c, "ElfChnk\x00")
		put32(c, 48, uint32(max(512, min(len(in), 65536))))
		log := logOf(seal(c))
		stats, err := Read(bytes.NewReader(log), int64(len(log)), func(*Event) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		if stats.BytesLost > int64(len(log)) {
			t.Errorf("%d bytes lost of %d", stats.BytesLost, len(log))
		}
	})
}
