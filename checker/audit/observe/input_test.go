package observe

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

func zipped(t testing.TB, names []string, texts ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(texts[i])
	}
	z.Close()
	return b.Bytes()
}

func gzipped(text []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(text)
	z.Close()
	return b.Bytes()
}

func tarred(name string, text []byte) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o644, Typeflag: tar.TypeReg})
	w.Write(text)
	w.Close()
	return b.Bytes()
}

func wide(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

var (
	oneEvent  = events(account(4720, otherSID, "保守"))
	oneLineOf = `{"EventID":4720,"Channel":"Security","SourceName":"Microsoft-Windows-Security-Auditing","RecordNumber":7,"Hostname":"PC","EventTime":"2024-05-01 10:00:00","TargetUserName":"保守","TargetSid":"S-1-5-21-1-2-3-1002"}` + "\n"
)

// Every way in which the same event can be handed over.
func TestContainers(t *testing.T) {
	for name, text := range map[string][]byte{
		"roots.xml":     []byte(oneEvent),
		"events.xml":    []byte(`<?xml version="1.0" encoding="utf-8"?>` + "\r\n<Events>" + oneEvent + "</Events>"),
		"viewer.xml":    []byte(`<Events>` + strings.Replace(oneEvent, "</Event>", `<RenderingInfo Culture="ja-JP"><Message>アカウント</Message><Level>情報</Level></RenderingInfo></Event>`, 1) + "</Events>"),
		"utf16le.xml":   wide(`<?xml version="1.0" encoding="utf-16"?><Events>`+oneEvent+"</Events>", false),
		"utf16be.xml":   wide(oneEvent, true),
		"no-mark.xml":   wide(oneEvent, false)[2:],
		"prefix.xml":    []byte(strings.ReplaceAll(strings.ReplaceAll("<e:Events>"+oneEvent+"</e:Events>", "<Event ", `<e:Event xmlns:e="x" `), "</Event>", "</e:Event>")),
		"lines.json":    []byte(oneLineOf),
		"a.json.gz":     gzipped([]byte(oneLineOf)),
		"a.zip":         zipped(t, []string{"x/a.xml"}, []byte(oneEvent)),
		"a.tar.gz":      gzipped(tarred("x/a.json", []byte(oneLineOf))),
		"a.tar":         tarred("x/a.json", []byte(oneLineOf)),
		"nested.zip":    zipped(t, []string{"a.json.gz"}, gzipped([]byte(oneLineOf))),
		"no-name":       []byte(oneEvent),
		"winlogbeat7":   []byte(`{"@timestamp":"2024-05-01T10:00:00.1Z","winlog":{"channel":"Security","event_id":"4720","record_id":7,"computer_name":"PC","provider_name":"Microsoft-Windows-Security-Auditing","event_data":{"TargetUserName":"保守","TargetSid":"S-1-5-21-1-2-3-1002"}}}` + "\n"),
		"winlogbeat6":   []byte(`{"@timestamp":"2024-05-01T10:00:00.1Z","log_name":"Security","event_id":4720,"record_number":"7","computer_name":"PC","source_name":"Microsoft-Windows-Security-Auditing","event_data":{"TargetUserName":"保守","TargetSid":"S-1-5-21-1-2-3-1002"}}` + "\n"),
		"elastic":       []byte(`{"_index":"x","_source":{"@timestamp":"2024-05-01T10:00:00.1Z","winlog":{"channel":"Security","event_id":4720,"record_id":"7","computer_name":"PC","provider_name":"Microsoft-Windows-Security-Auditing","event_data":{"TargetUserName":"保守","TargetSid":"S-1-5-21-1-2-3-1002"}}}}` + "\n"),
		"evtx_dump":     []byte(`{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Security-Auditing"}},"EventID":{"#attributes":{"Qualifiers":0},"#text":4720},"TimeCreated":{"#attributes":{"SystemTime":"2024-05-01T10:00:00.1Z"}},"EventRecordID":7,"Channel":"Security","Computer":"PC"},"EventData":{"TargetUserName":"保守","TargetSid":"S-1-5-21-1-2-3-1002"}}}` + "\n"),
		"utf16.jsonl":   wide(oneLineOf, false),
		"sub/../up.xml": []byte(oneEvent),
	} {
		name = strings.ReplaceAll(name, "sub/../", "")
		r := run(t, nil, file(t, name, text))
		if have := lines(r.Report); have != "account.create account:保守" {
			t.Errorf("%s: %q, %+v", name, have, r.Sources)
		}
		if r.Partial {
			t.Errorf("%s: partial: %+v", name, r.Sources)
		}
	}
}

// A folder is read in the order of names; what is no evidence is said and no failure.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"b.xml": events(account(4720, otherSID, "b")), "a.xml": events(account(4720, "S-1-5-21-1-2-3-1003", "a")), "z.txt": "hello", "empty": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "*")} {
		r := run(t, nil, path)
		if have := lines(r.Report); have != "account.create account:a\naccount.create account:b" {
			t.Errorf("have %q", have)
		}
		if len(r.Sources) != 4 || len(r.Report.Exhibits) != 2 {
			t.Errorf("%d sources, %d exhibits", len(r.Sources), len(r.Report.Exhibits))
		}
	}
	if r := run(t, nil, filepath.Join(dir, "z.txt")); !r.Partial {
		t.Error("a file that the user names and that is not known is no failure")
	}
	if _, err := Run(Options{Paths: []string{filepath.Join(dir, "none")}}); err == nil {
		t.Error("a file that is not there is no error")
	}
}

// What is damaged is counted and said, and the rest is read.
func TestDamage(t *testing.T) {
	whole := events(account(4720, otherSID, "a"))
	for _, c := range []struct {
		says, name string
		text       []byte
		want       string
		bad        int
	}{
		{"a broken event among whole ones", "a.xml", []byte(whole + "<Event><System><EventID>4720</EventID></Sys></Event>" + events(account(4720, "S-1-5-21-1-2-3-1003", "b"))), "account.create account:a\naccount.create account:b", 1},
		{"an event in a comment, in CDATA and in a value", "a.xml", []byte("<Events><!-- " + whole + " --><x><![CDATA[" + whole + "]]></x></Events>" + events(record{log: "security", id: 4720, data: []string{"TargetUserName", whole, "TargetSid", otherSID}})), "", 0},
		{"a cut file", "a.xml", []byte(whole + whole[:200]), "account.create account:a", 1},
		{"an entity", "a.xml", []byte(strings.Replace(whole, ">user<", ">&lol;<", 1)), "", 1},
		{"an event id twice", "a.xml", []byte(strings.Replace(whole, "<EventID>4720</EventID>", "<EventID>4720</EventID><EventID>1</EventID>", 1)), "", 1},
		{"an id that is no number", "a.xml", []byte(strings.Replace(whole, "<EventRecordID>5000<", "<EventRecordID>x<", 1)), "", 1},
		{"a record id twice", "a.xml", []byte(strings.Replace(whole, "<Channel>", "<EventRecordID>7</EventRecordID><Channel>", 1)), "", 1},
		{"broken lines", "a.json", []byte(oneLineOf + "{\"EventID\":4720,\n" + "\n" + strings.Repeat("[", 100) + "\n" + "{\"EventID\":4720,\"EventID\":1}\n"), "account.create account:保守", 3},
		{"a line that is not UTF-8", "a.json", []byte(oneLineOf + "{\"a\":\"\xff\"}\n"), "account.create account:保守", 1},
		{"a cut gzip", "a.json.gz", gzipped([]byte(oneLineOf + strings.Repeat("{}\n", 50000)))[:150], "", 0},
	} {
		r := run(t, nil, file(t, c.name, c.text))
		have := lines(r.Report)
		if c.want != "" && have != c.want || r.Sources[0].Bad != c.bad {
			t.Errorf("%s: %q, %d bad; want %q, %d: %v", c.says, have, r.Sources[0].Bad, c.want, c.bad, r.Sources[0].Notes)
		}
		if c.says != "an event in a comment, in CDATA and in a value" && !r.Partial {
			t.Errorf("%s: not said to be partial", c.says)
		} else if c.says == "an event in a comment, in CDATA and in a value" && strings.Count(have, "\n") != 0 {
			t.Errorf("%s: %q", c.says, have)
		}
	}
	doctype := run(t, nil, file(t, "a.xml", []byte("<!DOCTYPE x [<!ENTITY a 'b'>]><Events>"+whole+"</Events>")))
	if len(doctype.Report.Observed) != 0 || !doctype.Partial {
		t.Error("a document type is not refused")
	}
}

// Archives that want to do harm.
func TestArchives(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "evil.xml")
	r := run(t, nil, file(t, "a.zip", zipped(t, []string{"../../evil.xml", `C:\evil.xml`, "/etc/evil.xml"}, []byte(oneEvent), []byte(oneEvent), []byte(oneEvent))))
	if len(r.Report.Observed) != 3 || !strings.Contains(strings.Join(r.Sources[0].Notes, "\n"), "leads out of the archive") {
		t.Errorf("%d observations, %v", len(r.Report.Observed), r.Sources[0].Notes)
	}
	if _, err := os.Stat(outside); !errors.Is(err, os.ErrNotExist) {
		t.Error("something was written")
	}
	deep := []byte(oneLineOf)
	for range 4 {
		deep = zipped(t, []string{"x.zip"}, deep)
	}
	if r := run(t, nil, file(t, "deep.zip", deep)); !r.Partial || len(r.Report.Observed) != 0 {
		t.Errorf("archives four deep: %+v", r.Sources)
	}
}

// A tar.gz whose last bytes are cut off is read, and it is said that nothing vouches
// for it.
func TestCutChecksum(t *testing.T) {
	whole := gzipped(tarred("a.json", []byte(oneLineOf)))
	if r := run(t, nil, file(t, "a.tar.gz", whole)); r.Partial || len(r.Report.Observed) != 1 {
		t.Errorf("%+v", r.Sources)
	}
	r := run(t, nil, file(t, "a.tar.gz", whole[:len(whole)-8]))
	if !r.Partial || len(r.Report.Observed) != 1 || !strings.Contains(strings.Join(r.Sources[0].Notes, ""), "no checksum vouches") {
		t.Errorf("%+v", r.Sources)
	}
}

// What an archive unpacks to is bounded, whatever it says of itself.
func TestBomb(t *testing.T) {
	c := &collector{reading: newReading("x", Subject{}), repeats: map[string]*repeats{}}
	bomb := zipped(t, []string{"a.json", "b.json"}, []byte(strings.Repeat(oneLineOf, 2000)), []byte(oneLineOf))
	err := c.read(content{stream: bytes.NewReader(bomb), at: bytes.NewReader(bomb), size: int64(len(bomb)), name: "x"}, &budget{left: 10_000})
	if !errors.Is(err, errBudget) && !c.source.Partial {
		t.Errorf("the bomb was read: %v", err)
	}
	if c.source.Read > 100 {
		t.Errorf("%d records", c.source.Read)
	}
}

// A very long line, and an event beyond the limit, are left out and said.
func TestLimits(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", mostLine+10) + "\"}\n"
	r := run(t, nil, file(t, "a.json", []byte(oneLineOf+long+strings.ReplaceAll(oneLineOf, "1002", "1003"))))
	if len(r.Report.Observed) != 2 || r.Sources[0].Bad != 1 || !r.Partial {
		t.Errorf("%+v", r.Sources[0])
	}
	big := strings.Replace(oneEvent, "保守", strings.Repeat("x", mostEventXML+10), 1)
	r = run(t, nil, file(t, "a.xml", []byte(big+events(account(4720, "S-1-5-21-1-2-3-1003", "b")))))
	if have := lines(r.Report); have != "account.create account:b" || !r.Partial {
		t.Errorf("%q, %+v", have, r.Sources[0])
	}
	var many []record
	for range 100 {
		many = append(many, account(4738, otherSID, "a"))
	}
	if r := run(t, nil, file(t, "a.xml", []byte(events(many...)))); len(r.Report.Observed) != mostOfOne || !strings.Contains(r.Report.Exhibits[0].Note, "\n80 repetitions of one action on one thing") {
		t.Errorf("%d observations: %s", len(r.Report.Observed), r.Report.Exhibits[0].Note)
	}
}

// What others do, however often and on however many things, never leaves out what the
// software itself did after them; and what finds no room is said.
func TestOthersPushNothingOut(t *testing.T) {
	run13 := func(image, value string) record {
		return record{log: "sysmon", id: 13, data: []string{"EventType", "SetValue", "Image", image, "ProcessGuid", "{" + image + "}",
			"TargetObject", `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run\` + value, "Details", "x"}}
	}
	var others, things []record
	for range mostOfOne + 5 {
		others = append(others, run13(`C:\other.exe`, "one"))
	}
	for n := range mostSeen + 7 {
		things = append(things, run13(`C:\other.exe`, fmt.Sprint("thing", n)))
	}
	for name, c := range map[string]struct {
		records  []record
		repeated int
		left     bool
	}{
		"of one thing":   {others, 5, false},
		"of many things": {things, 0, true},
	} {
		text := events(append(c.records, run13(`C:\app\setup.exe`, "one"))...)
		r := run(t, []string{"file:setup.exe"}, file(t, "log.xml", []byte(text)))
		if !strings.Contains(lines(r.Report), "[subject ") {
			t.Errorf("%s: the subject's own act is not in the report: %s", name, r.Report.Exhibits[0].Note)
		}
		if s := r.Sources[0]; len(r.Report.Observed)+s.Left+c.repeated != s.Read || s.Left > 0 != c.left || r.Partial != c.left {
			t.Errorf("%s: %d observations, %d left, of %d; partial %v", name, len(r.Report.Observed), s.Left, s.Read, r.Partial)
		}
	}
}

// A time without a zone stays without one; Sysmon's UTC shows that a file's are not.
func TestZones(t *testing.T) {
	r := run(t, nil, file(t, "a.json", []byte(oneLineOf)))
	if at := r.Report.Observed[0].At; at.ZoneStated || at.String() != "2024-05-01T10:00:00" {
		t.Errorf("%+v", at)
	}
	sysmon := `{"EventID":5,"Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","TimeCreated":"2024-05-01T10:00:00Z","UtcTime":"2024-05-02 02:00:00.000"}` + "\n"
	zoned := strings.Replace(oneLineOf, `"EventTime":"2024-05-01 10:00:00"`, `"TimeCreated":"2024-05-01T10:00:00Z"`, 1)
	if r := run(t, nil, file(t, "a.json", []byte(zoned))); !r.Report.Observed[0].At.ZoneStated {
		t.Error("a zone is lost")
	}
	if r := run(t, nil, file(t, "a.json", []byte(zoned+sysmon))); r.Report.Observed[0].At.ZoneStated {
		t.Error("a zone that the file itself speaks against is kept")
	}
}

// FuzzXML: no panic, no event that encoding/xml would not read, bounded notes.
func FuzzXML(f *testing.F) {
	f.Add([]byte(oneEvent))
	f.Add(wide(oneEvent, false))
	f.Add([]byte("<Events><Event><Event/></Event><!--"))
	f.Fuzz(func(_ *testing.T, text []byte) {
		c := &collector{reading: newReading("x", Subject{}), repeats: map[string]*repeats{}}
		c.readXML(bytes.NewReader(text))
	})
}

// FuzzJSON: a line is read if and only if encoding/json reads it, but for what the
// reader refuses by design; and strings are the same.
func FuzzJSON(f *testing.F) {
	for _, line := range []string{oneLineOf, `{"a":"\ud83d\ude00\u0041\n","b":[1,2.5e-3,true,null,{"c":""}]}`, `{"a":"\ud800"}`, `[]`, `-0`, `01`, `1.`, `"`, `{"a":1,}`} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := &collector{reading: newReading("x", Subject{}), repeats: map[string]*repeats{}}
		c.readJSON(bytes.NewReader(text))
		var p jsonLine
		err := p.parse(text)
		switch {
		case err == nil && !json.Valid(text):
			t.Fatalf("%q is read", text)
		case errors.Is(err, errJSON) && json.Valid(text):
			t.Fatalf("%q is refused", text)
		case err == nil && len(p.values) == 1 && p.values[0].kind == '"':
			var want string
			if have := string(p.plain(p.values[0].text)); json.Unmarshal(text, &want) == nil && want != have {
				t.Fatalf("%q is read as %q, not %q", text, have, want)
			}
		}
	})
}

// Mutated copies of a log of each format: no panic, and every report can be read back.
func TestMutated(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	random := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	for _, text := range [][]byte{
		[]byte(oneEvent + oneEvent), wide(oneEvent, false), []byte(oneLineOf + oneLineOf), gzipped([]byte(oneLineOf)),
		zipped(t, []string{"a.xml"}, []byte(oneEvent)), tarred("a.json", []byte(oneLineOf)),
	} {
		for range rounds {
			b := bytes.Clone(text)
			for range 1 + random.IntN(8) {
				at := random.IntN(len(b))
				switch random.IntN(3) {
				case 0:
					b[at] = byte(random.Uint32())
				case 1:
					b = b[:at+1]
				default:
					b = append(b[:at:at], append(bytes.Repeat([]byte{b[at]}, random.IntN(50)), b[at:]...)...)
				}
			}
			name := filepath.Join(dir, "x")
			if err := os.WriteFile(name, b, 0o644); err != nil {
				t.Fatal(err)
			}
			run(t, nil, name)
		}
	}
}

// The reader of UTF-16 agrees with the standard library.
func TestUTF16(t *testing.T) {
	for _, text := range []string{"", "a", "保守😀x", strings.Repeat("é😀", 40_000)} {
		for _, big := range []bool{false, true} {
			have, err := io.ReadAll(utf8Reader(bytes.NewReader(wide(text, big))))
			if err != nil || string(have) != text {
				t.Errorf("%d bytes: %v", len(text), err)
			}
		}
	}
}

// FuzzFormats: whatever a file holds, it is recognised and read without a panic, and
// nothing is attributed where nothing is known of the subject.
func FuzzFormats(f *testing.F) {
	for _, s := range madeSamples() {
		f.Add(s.text[:min(len(s.text), 1500)])
	}
	for _, text := range []string{
		"[" + accountMade + "," + accountMade + "]", spread, `{"hits":{"hits":[` + accountMade + "]}}", `{"body":` + accountMade + "}",
		`{"Event":{"System":{"EventID":{"#text":"4720"},"Channel":"Security"},"EventData":{"Data":[{"@Name":"TargetSid","#text":"x"}]}}}`,
		`{"_raw":"<Event><System><EventID>1</EventID></System></Event>"}`, `{"EventId":1,"Channel":"x","Payload":"{\"a\":1}"}`,
		"Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\x]\r\n\"a\"=dword:00000000\r\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := &collector{reading: newReading("x", Subject{}), repeats: map[string]*repeats{}}
		_ = c.read(content{stream: bytes.NewReader(text), at: bytes.NewReader(text), size: int64(len(text)), name: "x"}, &budget{left: 1 << 24})
		for _, s := range c.seen {
			if s.attribution != nil && s.attribution.To == "subject" {
				t.Fatalf("%q is attributed to nobody known", text)
			}
		}
	})
}

// The XML that a view shows, with its dashes and without the escapes of what a value
// quotes, is as good as a file that Windows saved.
func TestXMLOfAView(t *testing.T) {
	const text = `- <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
- <System>
  <Provider Name="Microsoft-Windows-Security-Auditing" />
  <EventID>4698</EventID>
  <TimeCreated SystemTime="2024-05-01T10:00:00.000000000Z" />
  <EventRecordID>7</EventRecordID>
  <Channel>Security</Channel>
  <Computer>PC</Computer>
  </System>
- <EventData>
  <Data Name="SubjectUserName">user</Data>
  <Data Name="TaskName">\App\Update</Data>
  <Data Name="TaskContent"><?xml version="1.0" encoding="UTF-16"?><Task version="1.2"><Principals><SubjectUserName>not the subject</SubjectUserName></Principals><Actions><Exec><Command>C:\App\update.exe</Command></Exec></Actions></Task></Data>
  <Data Name="SubjectUserSid">S-1-5-21-1-2-3-1001</Data>
  </EventData>
  </Event>
`
	r := run(t, nil, file(t, "e.xml", []byte(text)))
	if len(r.Report.Observed) != 1 {
		t.Fatalf("%+v", r.Sources)
	}
	o := r.Report.Observed[0]
	if o.Action != "task.create" || o.Actor != "user (S-1-5-21-1-2-3-1001)" || o.Note != `runs C:\App\update.exe` {
		t.Errorf("%+v", o)
	}
}

// Readers of logs that write XML write times in their own ways: python-evtx with a space,
// and its old versions without a zone.
func TestXMLTimes(t *testing.T) {
	for _, c := range []struct{ written, at, as string }{
		{"2024-05-01 10:00:00.123456+00:00", "2024-05-01T10:00:00.123456Z", ""},
		{"2024-05-01 10:00:00.123456", "2024-05-01T10:00:00.123456", "2024-05-01 10:00:00.123456 (no zone)"},
		{"2024-05-01T19:00:00.1234567+09:00", "2024-05-01T10:00:00.1234567Z", ""},
	} {
		text := strings.Replace(account(4720, otherSID, "maint").xml(), "2024-05-01T10:00:00Z", c.written, 1)
		r := run(t, nil, file(t, "e.xml", []byte(text)))
		if len(r.Report.Observed) != 1 {
			t.Errorf("%s: %+v", c.written, r.Sources)
			continue
		}
		if o := r.Report.Observed[0]; o.At.Span.String() != c.at || o.AsWritten != c.as {
			t.Errorf("%s: %s %q", c.written, o.At.Span, o.AsWritten)
		}
	}
}

// evtx_dump writes a line and a declaration before each event.
func TestXMLWithCounts(t *testing.T) {
	text := ""
	for i, sid := range []string{userSID, otherSID} {
		text += fmt.Sprintf("Record %d\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n%s", i+1, account(4720, sid, "maint").xml())
	}
	r := run(t, nil, file(t, "e.xml", []byte(text)))
	if len(r.Report.Observed) != 2 || r.Partial || !strings.HasPrefix(r.Report.Observed[1].Locator, "line 6, ") {
		t.Errorf("%+v", r.Sources)
	}
}
