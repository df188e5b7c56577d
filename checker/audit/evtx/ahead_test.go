package evtx

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"jobun/internal/crash"
)

// repeated is a log of n chunks, each with three records.
func repeated(t testing.TB, n int) []byte {
	t.Helper()
	var chunks [][]byte
	for i := range n {
		w := newChunk(uint64(3*i + 1))
		for range 3 {
			w.event(w.last+1, data(2, []string{"TargetUserName", "n"}, text("maint"), text("x")))
		}
		chunks = append(chunks, w.done())
	}
	return logOf(chunks...)
}

// sameAhead reads a log one way and the other, and both ways stopped in the middle.
func sameAhead(t *testing.T, name string, data []byte) {
	t.Helper()
	errStop := errors.New("stop")
	for _, stop := range []int{0, 7} {
		var want, have []Event
		reader := func(to *[]Event) func(*Event) error {
			return func(e *Event) error {
				if *to = append(*to, kept(e)); len(*to) == stop {
					return errStop
				}
				return nil
			}
		}
		wantStats, wantErr := Read(bytes.NewReader(data), int64(len(data)), reader(&want))
		haveStats, haveErr := ReadAhead(bytes.NewReader(data), int64(len(data)), 3, reader(&have))
		if !reflect.DeepEqual(want, have) || fmt.Sprint(wantErr) != fmt.Sprint(haveErr) {
			t.Errorf("%s: %d events (%v) and %d (%v)", name, len(want), wantErr, len(have), haveErr)
		}
		if stop == 0 && !reflect.DeepEqual(wantStats, haveStats) {
			t.Errorf("%s: %+v\n%+v", name, wantStats, haveStats)
		}
	}
}

// Several workers give the same events, in the same order, with the same statistics,
// also of a damaged log.
func TestReadAhead(t *testing.T) {
	data := repeated(t, 40)
	sameAhead(t, "made", data)
	random := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		b := bytes.Clone(data)
		for range 200 {
			b[4096+random.IntN(len(b)-4096)] = byte(random.Uint32())
		}
		sameAhead(t, "damaged", b[:len(b)-random.IntN(chunkSize)])
	}
}

// A chunk whose names are beyond its budget loses its record whichever worker reads it,
// also one that has met the names in a chunk before.
func TestReadAheadAtTheLimit(t *testing.T) {
	long := func(first, last rune) string { return strings.Repeat("鍵", 505) + string(first) + string(last) }
	root := elem{name: "EventData"}
	for i := range rune(20) {
		e := elem{name: long('要', '一'+i)}
		for j := range rune(20) {
			e.attrs = append(e.attrs, attr{long('属', '一'+j), "v"})
		}
		root.content = append(root.content, e)
	}
	var chunks [][]byte
	for i := range uint64(40) {
		w := newChunk(i + 1)
		w.event(i+1, nested(template{id: 2, root: root}))
		chunks = append(chunks, w.done())
	}
	data := logOf(chunks...)
	if _, stats := read(t, data); stats.Skipped != 40 {
		t.Errorf("%d of 40 records are left out: each is beyond the budget", stats.Skipped)
	}
	sameAhead(t, "at the limit", data)
}

func TestReadAheadOnCorpus(t *testing.T) {
	for _, file := range corpus(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sameAhead(t, file, data)
	}
}

// breaks is a log that panics behind its header.
type breaks struct{ *bytes.Reader }

func (b breaks) ReadAt(p []byte, at int64) (int, error) {
	if at > headerSize {
		panic("the mistake")
	}
	return b.Reader.ReadAt(p, at)
}

// A mistake of a worker is one of whoever called ReadAhead.
func TestPanicOfAWorkerReachesTheCaller(t *testing.T) {
	log := bytes.NewReader(repeated(t, 2*leastAhead/chunkSize))
	p := crash.In(func() {
		_, _ = ReadAhead(breaks{log}, log.Size(), 4, func(*Event) error { return nil })
	})
	if p == nil || p.Value != "the mistake" {
		t.Errorf("%v", p)
	}
}
