package observe

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// grow writes a log of at least so many bytes from the sound chunks of real ones, again
// and again: each time with new numbers of records, in the chunk's header and in every
// record (also in EventRecordID, where its number is large and is found in the record just once),
// and with new checksums.
func grow(w io.Writer, least int64, logs ...[]byte) (records int, err error) {
	const headerSize, chunkSize = 4096, 65536
	var chunks [][]byte
	for _, log := range logs {
		for at := headerSize; at+chunkSize <= len(log); at += chunkSize {
			c := log[at : at+chunkSize]
			free := binary.LittleEndian.Uint32(c[48:])
			if string(c[:8]) == "ElfChnk\x00" && free >= 512 && free <= chunkSize && crc32.ChecksumIEEE(c[512:free]) == binary.LittleEndian.Uint32(c[52:]) {
				chunks = append(chunks, c)
			}
		}
	}
	head := bytes.Clone(logs[0][:headerSize])
	count := least/chunkSize + 1
	binary.LittleEndian.PutUint16(head[42:], uint16(min(count, 65535)))
	binary.LittleEndian.PutUint32(head[120:], 0)
	binary.LittleEndian.PutUint32(head[124:], crc32.ChecksumIEEE(head[:120]))
	if _, err := w.Write(head); err != nil {
		return 0, err
	}
	next := uint64(1_000_000)
	for i := range count {
		c := bytes.Clone(chunks[int(i)%len(chunks)])
		n := renumber(c, next)
		next += uint64(n)
		records += n
		if _, err := w.Write(c); err != nil {
			return records, err
		}
	}
	return records, nil
}

// renumber gives the records of a chunk the numbers from next on.
func renumber(c []byte, next uint64) (records int) {
	le := binary.LittleEndian
	free := int(le.Uint32(c[48:]))
	for at := 512; at+24 <= free && le.Uint32(c[at:]) == 0x2a2a; {
		size := int(le.Uint32(c[at+4:]))
		if size < 28 || at+size > free {
			break
		}
		old := bytes.Clone(c[at+8 : at+16])
		if body := c[at+24 : at+size-4]; le.Uint64(old) > 1<<12 && bytes.Count(body, old) == 1 {
			le.PutUint64(body[bytes.Index(body, old):], next+uint64(records))
		}
		le.PutUint64(c[at+8:], next+uint64(records))
		records++
		at += size
	}
	last := next + uint64(max(records, 1)) - 1
	for i, id := range []uint64{next, last, next, last} {
		le.PutUint64(c[8+8*i:], id)
	}
	le.PutUint32(c[52:], crc32.ChecksumIEEE(c[512:free]))
	le.PutUint32(c[124:], crc32.Update(crc32.ChecksumIEEE(c[:120]), crc32.IEEETable, c[128:512]))
	return records
}

// realLogs are logs of several kinds with many records each.
func realLogs(t testing.TB) [][]byte {
	t.Helper()
	var logs [][]byte
	for _, name := range []string{"post-Security.evtx", "Security.evtx", "cape_9088f800_Microsoft-Windows-Sysmon%4Operational.evtx", "system.evtx", "ID4688-5447-4950-Firewall disabled (command).evtx"} {
		text, err := os.ReadFile(filepath.Join(corpus(t), "evtx", name))
		if err != nil {
			t.Fatal(err)
		}
		logs = append(logs, text)
	}
	return logs
}

// TestGrow writes a log for .ci/scale: JOBUN_GROW is the file, JOBUN_GROW_MB its size.
func TestGrow(t *testing.T) {
	name := os.Getenv("JOBUN_GROW")
	if name == "" {
		t.Skip("JOBUN_GROW names no file to write")
	}
	mb, err := strconv.ParseInt(os.Getenv("JOBUN_GROW_MB"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	records, err := grow(w, mb*1_000_000, realLogs(t)...)
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d records", records)
}

// What is held after four times as much input is hardly more: the entities are the
// same. Of text a quarter is read: it is slower. Bigger inputs are measured by .ci/scale.
func TestMemory(t *testing.T) {
	megabytes := []int64{16, 64}
	if testing.Short() {
		megabytes = []int64{4, 16}
	}
	for _, c := range []struct {
		name  string
		write func(t *testing.T, w io.Writer, least int64) error
	}{
		{"log.json", func(_ *testing.T, w io.Writer, least int64) error { return repeat(w, oneLineOf, least/4) }},
		{"log.xml", func(_ *testing.T, w io.Writer, least int64) error { return repeat(w, oneEvent, least/4) }},
		{"log.evtx", func(t *testing.T, w io.Writer, least int64) error {
			_, err := grow(w, least, realLogs(t)...)
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var held []uint64
			read := 0
			for _, mb := range megabytes {
				name := filepath.Join(t.TempDir(), c.name)
				f, err := os.Create(name)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { f.Close() }) // Windows removes no open file
				if err := c.write(t, f, mb<<20); err != nil {
					t.Fatal(err)
				}
				if err := f.Close(); err != nil {
					t.Fatal(err)
				}
				// Programs that do much, so that much is kept.
				r, err := Run(Options{Paths: []string{name}, Subject: Subject{Processes: []string{"svchost.exe", "services.exe", "python.exe"}}})
				if err != nil || r.Partial || r.Sources[0].Read <= read {
					t.Fatalf("%v, %+v", err, r)
				}
				read = r.Sources[0].Read
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				held = append(held, m.HeapAlloc)
				runtime.KeepAlive(r)
			}
			if t.Logf("held: %d bytes, of the last input of %d records", held, read); held[1] > held[0]+8<<20 {
				t.Errorf("%d MB hold %d bytes and %d MB hold %d", megabytes[0], held[0], megabytes[1], held[1])
			}
		})
	}
}

func repeat(w io.Writer, text string, least int64) error {
	block := strings.Repeat(text, 1+1<<20/len(text))
	for n := int64(0); n < least; n += int64(len(block)) {
		if _, err := io.WriteString(w, block); err != nil {
			return err
		}
	}
	return nil
}

// A log read by several workers gives the report that one gives.
func TestWorkers(t *testing.T) {
	var b bytes.Buffer
	if _, err := grow(&b, 4<<20, realLogs(t)...); err != nil {
		t.Fatal(err)
	}
	sameByAll(t, file(t, "log.evtx", b.Bytes()))
}

// Events of XML that several workers parse stand in the order of the file, and so does
// what is said of those that cannot be read.
func TestWorkersOnXML(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		if i%97 == 5 {
			b.WriteString("<Event><System><EventID>x</EventID></System></Event>\n")
		}
		r := account(4720, fmt.Sprintf("S-1-5-21-1-2-3-%d", 1000+i), fmt.Sprintf("u%d", i))
		r.record = i + 1
		b.WriteString(r.xml())
	}
	name := file(t, "log.xml", []byte(b.String()))
	sameByAll(t, name)
	r := run(t, nil, name)
	if r.Sources[0].Read != 1000 || r.Sources[0].Bad != 11 {
		t.Errorf("%+v", r.Sources[0])
	}
	for i, o := range r.Report.Observed {
		if want := fmt.Sprintf("EventRecordID %d,", i+1); !strings.Contains(o.Locator, want) {
			t.Fatalf("observation %d: %q", i, o.Locator)
		}
	}
}

// sameByAll checks that the report on a file is the same with any number of processors.
func sameByAll(t *testing.T, name string) {
	t.Helper()
	all := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(all)
	var reports []string
	for _, n := range []int{1, 2, 4} {
		runtime.GOMAXPROCS(n)
		var text bytes.Buffer
		if err := WriteTOML(&text, run(t, []string{"process:tasksche.exe"}, name).Report); err != nil {
			t.Fatal(err)
		}
		if reports = append(reports, text.String()); reports[0] != text.String() {
			t.Errorf("%d processors give another report", n)
		}
	}
}
