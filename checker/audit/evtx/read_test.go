package evtx

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// read gives copies of all events of a log.
func read(t testing.TB, log []byte) ([]*Event, Stats) {
	t.Helper()
	var events []*Event
	stats, err := Read(bytes.NewReader(log), int64(len(log)), func(e *Event) error {
		copied := kept(e)
		events = append(events, &copied)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if stats.Records != len(events) {
		t.Errorf("%d records are counted and %d were given", stats.Records, len(events))
	}
	return events, stats
}

// kept is a copy of an event for after its visit.
func kept(e *Event) Event {
	c := *e
	c.Data = append([]Field{}, e.Data...)
	return c
}

// whole tells that nothing was left out and checksums vouch for all of it.
func whole(s *Stats) bool {
	return s.Skipped == 0 && s.Unverified == 0 && s.BytesLost == 0 && s.BytesMissing == 0 && s.BadChunks == 0 && s.ProblemCount == 0
}

func TestSystem(t *testing.T) {
	w := newChunk(1)
	at := w.event(77, val{})
	events, stats := read(t, logOf(w.done()))
	want := &Event{
		RecordID: 77, HeaderID: 1, EventID: 4720, Qualifiers: 16384, Level: 4,
		Time:     time.Date(2019, 4, 17, 18, 40, 0, 123456700, time.UTC),
		Provider: "Test-Provider", ProviderGUID: "{00000000-0000-0000-0000-000000000001}",
		Channel: "Test/Channel", Computer: "PC", UserID: "S-1-5-18", ProcessID: 12, ThreadID: 34,
		Data: []Field{}, Offset: int64(4096 + at),
	}
	got := events[0]
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if !whole(&stats) || !stats.First.Equal(want.Time) || !stats.Last.Equal(want.Time) {
		t.Errorf("stats %+v", stats)
	}
}

// TestValues renders each type, as one field or, for arrays, several.
func TestValues(t *testing.T) {
	guidBytes := []byte{0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}
	sysTime := []byte{0xe7, 7, 2, 0, 0, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0}
	for _, c := range []struct {
		value val
		want  string
	}{
		{val{}, `[""]`},
		{text(""), `[""]`},
		{text("abc\x00\x00"), `["abc"]`},
		{text("a<b>&\"'\r\n\tz"), `["a<b>&\"'\r\n\tz"]`},
		{text("管理者を追加しました😀"), `["管理者を追加しました😀"]`},
		{text("12345678管90"), `["12345678管90"]`},
		{val{kind: typeString, bytes: []byte{0x3d, 0xd8, 'a', 0}}, `["�a"]`},
		{val{kind: typeString, bytes: []byte{'a', 0, 0x3d, 0xd8}}, `["a�"]`},
		{val{kind: typeString, bytes: []byte{'a', 0, 'b'}}, `["a"]`},
		{val{kind: typeAnsi, bytes: []byte("abc\x00")}, `["abc"]`},
		{val{kind: typeAnsi, bytes: []byte("caf\xe9")}, `["café"]`},
		{number(typeInt8, 0xff, 1), `["-1"]`},
		{number(typeUint8, 0xff, 1), `["255"]`},
		{number(typeInt16, 0x8000, 2), `["-32768"]`},
		{number(typeUint16, 0x8000, 2), `["32768"]`},
		{number(typeInt32, 0xfffffffe, 4), `["-2"]`},
		{number(typeUint32, 0xfffffffe, 4), `["4294967294"]`},
		{number(typeInt64, 1<<63, 8), `["-9223372036854775808"]`},
		{number(typeUint64, 1<<63, 8), `["9223372036854775808"]`},
		{number(typeReal32, 0x3e99999a, 4), `["0.3"]`},
		{number(typeReal64, 0x7ff0000000000000, 8), `["1.#INF"]`},
		{number(typeBool, 1, 4), `["true"]`},
		{number(typeBool, 0, 4), `["false"]`},
		{val{kind: typeBinary, bytes: []byte{0, 0xab, 0x1f}}, `["00AB1F"]`},
		{val{kind: typeGUID, bytes: guidBytes}, `["{00112233-4455-6677-8899-AABBCCDDEEFF}"]`},
		{number(typeSize, 0x1f, 4), `["0x1f"]`},
		{number(typeSize, 0x1f00000000, 8), `["0x1f00000000"]`},
		{number(typeFiletime, 0, 8), `["1601-01-01T00:00:00.0000000Z"]`},
		{number(typeFiletime, 132000000001234567, 8), `["2019-04-17T18:40:00.1234567Z"]`},
		{val{kind: typeSystime, bytes: sysTime}, `["2023-02-03T04:05:06.007Z"]`},
		{val{kind: typeSID, bytes: sidBytes(32, 544)}, `["S-1-5-32-544"]`},
		{val{kind: typeSID, bytes: []byte{1, 0, 1, 0, 0, 0, 0, 5}}, `["S-1-0x10000000005"]`},
		{number(typeHex32, 0x3e7, 4), `["0x3e7"]`},
		{number(typeHex64, 0x8020000000000000, 8), `["0x8020000000000000"]`},
		{val{kind: typeString | typeArray, bytes: wide("a\x00\x00管\x00")}, `["a" "" "管"]`},
		{val{kind: typeString | typeArray, bytes: wide("a\x00b")}, `["a" "b"]`},
		{val{kind: typeString | typeArray}, `[""]`},
		{val{kind: typeUint16 | typeArray, bytes: []byte{1, 0, 2, 0}}, `["1" "2"]`},
		{val{kind: typeSID | typeArray, bytes: append(sidBytes(18), sidBytes(32, 544)...)}, `["S-1-5-18" "S-1-5-32-544"]`},
		{val{kind: typeHex64 | typeArray, bytes: make([]byte, 8)}, `["0x0"]`},
	} {
		w := newChunk(1)
		w.event(1, data(2, []string{"X"}, c.value))
		events, stats := read(t, logOf(w.done()))
		if len(events) != 1 {
			t.Errorf("%+v: %v", c.value, stats.Problems)
			continue
		}
		var got []string
		for _, f := range events[0].Data {
			got = append(got, f.Value)
			if f.Name != "X" {
				t.Errorf("%+v: a field named %q", c.value, f.Name)
			}
		}
		if fmt.Sprintf("%q", got) != c.want {
			t.Errorf("%+v: got %q, want %s", c.value, got, c.want)
		}
	}
}

// TestLayout shows what becomes of each shape of data.
func TestLayout(t *testing.T) {
	user := func(children ...any) elem { return elem{name: "UserData", content: children} }
	for _, c := range []struct {
		name   string
		value  val
		fields string
	}{
		{"unnamed", data(2, []string{"", "", "N"}, text("a"), text("b"), text("c")),
			`EventData  ["=a" "=b" "N=c"]`},
		{"array in place", data(2, []string{"A", "B"}, val{kind: typeString | typeArray, bytes: wide("x\x00y\x00")}, text("z")),
			`EventData  ["A=x" "A=y" "B=z"]`},
		{"dropped when null", nested(template{2, elem{name: "EventData", content: []any{
			elem{name: "Data", attrs: []attr{{"Name", "A"}}, depend: 1, content: []any{sub{0, true}}},
			elem{name: "Data", attrs: []attr{{"Name", "B"}}, content: []any{sub{0, true}}},
			elem{name: "Binary", depend: 2, content: []any{sub{1, true}}},
		}}}, val{}, val{kind: typeBinary, bytes: []byte{0xde, 0xad}}),
			`EventData  ["B=" "Binary=DEAD"]`},
		{"parts", nested(template{2, elem{name: "EventData", attrs: []attr{{"Name", "Set"}}, content: []any{
			elem{name: "Data", attrs: []attr{{"Name", sub{1, false}}}, content: []any{"<", sub{0, false}, entity("amp"), charRef('é'), ">"}},
			elem{name: "Data", attrs: []attr{{"Name", sub{1, false}}}, content: []any{sub{0, false}}},
			elem{name: "Data", content: []any{"only text"}},
			elem{name: "Data"},
		}}}, number(typeUint32, 7, 4), text("Dyn")),
			`EventData Set ["Dyn=<7&é>" "Dyn=7" "=only text" "="]`},
		{"UserData", nested(template{2, user(elem{name: "LogFileCleared", attrs: []attr{{"xmlns", "urn:y"}}, content: []any{
			elem{name: "SubjectUserSid", content: []any{sub{0, false}}},
			elem{name: "Group", content: []any{"\r\n ", elem{name: "Leaf", content: []any{"in"}}, "beside"}},
			elem{name: "Certificate", attrs: []attr{{"subjectName", sub{1, false}}, {"gone", sub{2, true}}}},
			elem{name: "Item", attrs: []attr{{"n", "1"}}, content: []any{"v"}},
		}})}, val{kind: typeSID, bytes: sidBytes(18)}, text("CN=\"x\""), val{}),
			`UserData LogFileCleared ["SubjectUserSid=S-1-5-18" "Leaf=in" "Group=beside" "Certificate@subjectName=CN=\"x\"" "Item@n=1" "Item=v"]`},
		{"binary XML in UserData", nested(template{2, user(sub{0, false})}, nested(template{3, elem{name: "Auto", content: []any{
			elem{name: "TaskName", content: []any{sub{0, false}}}}}}, text(`\T`))),
			`UserData Auto ["TaskName=\\T"]`},
		{"elements without a template", val{kind: typeBinXML, fill: func(w *chunkWriter) {
			w.fragment(elem{name: "EventData", content: []any{elem{name: "Data", attrs: []attr{{"Name", "A"}}, content: []any{"1"}}}}, false)
		}},
			`EventData  ["A=1"]`},
		{"another section", nested(template{2, elem{name: "ProcessingErrorData", content: []any{
			elem{name: "ErrorCode", content: []any{sub{0, false}}}}}}, number(typeUint32, 15003, 4)),
			`ProcessingErrorData  ["ErrorCode=15003"]`},
		{"rendering is no data", nested(template{2, elem{name: "RenderingInfo", content: []any{
			elem{name: "Message", content: []any{"hello"}}}}}),
			`  []`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newChunk(1)
			w.event(1, c.value)
			w.event(2, c.value) // Now the templates and names are elsewhere in the chunk.
			log := logOf(w.done())
			stats, err := Read(bytes.NewReader(log), int64(len(log)), func(e *Event) error {
				fields := []string{}
				for _, f := range e.Data {
					fields = append(fields, f.Name+"="+f.Value)
				}
				if got := fmt.Sprintf("%s %s %q", e.Section, e.DataName, fields); got != c.fields {
					t.Errorf("record %d:\ngot  %s\nwant %s", e.RecordID, got, c.fields)
				}
				return nil
			})
			if err != nil || stats.Records != 2 || !whole(&stats) {
				t.Errorf("%v, %+v", err, stats)
			}
		})
	}
}

func TestStringsStay(t *testing.T) {
	var chunks [][]byte
	for n := range uint64(20) {
		w := newChunk(10*n + 1)
		for i := range uint64(10) {
			w.event(10*n+i+1, data(2, []string{"N"}, text(fmt.Sprintf("value %d %s", 10*n+i+1, strings.Repeat("x", 900)))))
		}
		chunks = append(chunks, w.done())
	}
	log := logOf(chunks...)
	var values []string
	var events []Event
	if _, err := Read(bytes.NewReader(log), int64(len(log)), func(e *Event) error {
		values = append(values, e.Data[0].Value)
		events = append(events, kept(e))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i := range values {
		want := fmt.Sprintf("value %d %s", i+1, strings.Repeat("x", 900))
		if v, ok := events[i].Get("N"); !ok || v != want || values[i] != want || events[i].RecordID != uint64(i+1) {
			t.Errorf("record %d: %.20q and %.20q", i+1, values[i], v)
		}
	}
	if _, ok := events[0].Get("M"); ok {
		t.Error("a field that is not there")
	}
}

func TestVisitorStops(t *testing.T) {
	w := newChunk(1)
	w.event(1, val{})
	w.event(2, val{})
	log := logOf(w.done())
	stop := errors.New("stop")
	stats, err := Read(bytes.NewReader(log), int64(len(log)), func(*Event) error { return stop })
	if !errors.Is(err, stop) || stats.Records != 1 {
		t.Errorf("%v after %d records", err, stats.Records)
	}
}

func TestNotALog(t *testing.T) {
	for _, log := range [][]byte{nil, []byte("MZ"), make([]byte, 100_000), []byte("ElfFile\x00")} {
		if _, err := Read(bytes.NewReader(log), int64(len(log)), func(*Event) error { return nil }); err == nil {
			t.Errorf("%d bytes: no error", len(log))
		}
	}
}

func put32(b []byte, at int, v uint32) { binary.LittleEndian.PutUint32(b[at:], v) }
