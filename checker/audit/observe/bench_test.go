package observe

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// jsonSample is lines of the shared corpus, or made ones where it is not there.
func jsonSample(b *testing.B) []byte {
	b.Helper()
	z, err := zip.OpenReader(filepath.Join(os.Getenv("JOBUN_SHARED"), "evidence/corpus/mordor_jsonl/aptsimulator_cobaltstrike.zip"))
	if err != nil {
		b.Log("JOBUN_SHARED does not name the evidence: made lines are read")
		return bytes.Repeat([]byte(oneLineOf), 10_000)
	}
	defer z.Close()
	f, err := z.File[0].Open()
	if err != nil {
		b.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// BenchmarkJSONLines reads lines as observe does: checked, and turned into events.
func BenchmarkJSONLines(b *testing.B) {
	text := jsonSample(b)
	records := 0
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		c := &collector{reading: newReading("x", Subject{}), repeats: map[string]*repeats{}}
		c.readJSON(bytes.NewReader(text))
		records = c.source.Read
	}
	b.ReportMetric(float64(records), "records")
}

// BenchmarkEncodingJSON reads the same lines into maps with encoding/json.
func BenchmarkEncodingJSON(b *testing.B) {
	text := jsonSample(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range bytes.Split(text, []byte("\n")) {
			var m map[string]any
			if len(line) > 0 && json.Unmarshal(line, &m) != nil {
				b.Fatal("a line cannot be read")
			}
		}
	}
}

// BenchmarkReaders reads a small made input of each format, many times over, as observe
// does: recognised, read, and kept what is kept. With JOBUN_SHARED also real files.
func BenchmarkReaders(b *testing.B) {
	for _, f := range madeSamples() {
		b.Run(f.name+"/made", func(b *testing.B) { benchmarkReader(b, f.text) })
	}
	shared := os.Getenv("JOBUN_SHARED")
	if shared == "" {
		b.Log("NOT MEASURED: JOBUN_SHARED does not name the folder with the evidence")
		return
	}
	for _, name := range []string{
		"evtx/cape_9088f800_Microsoft-Windows-Sysmon%4Operational.evtx", "evtx/post-Security.evtx", "winevent_xml/osq_Security_4738.xml",
		"mordor_jsonl/aptsimulator_cobaltstrike.zip", "procmon_csv/Noriben_09_Apr_13.csv", "asa_json/asa_output.json",
		"vt_behaviour_json/example_drweb_api_with_net.json", "cape_json/8b9aaf4fad227cde7a7dabce7ba187b0b923301718d9d40de04bdd15c9b22905.json.gz",
	} {
		text, err := os.ReadFile(filepath.Join(shared, "evidence/corpus", name))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(path.Dir(name)+"/"+cut(path.Base(name), 12), func(b *testing.B) { benchmarkReader(b, text) })
	}
}

// benchmarkReader gives MB of the file a second (of an archive: packed) and what is
// allocated for each record.
func benchmarkReader(b *testing.B, text []byte) {
	subject := Subject{Processes: []string{"tool.exe"}}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	records := 0
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		in := bytes.NewReader(text)
		c := &collector{reading: newReading("x", subject), repeats: map[string]*repeats{}}
		if err := c.read(content{stream: in, at: bytes.NewReader(text), size: int64(len(text)), name: "x"}, &budget{left: 1 << 30}); err != nil {
			b.Fatal(err)
		}
		if c.source.Read == 0 {
			b.Fatalf("nothing is read: %+v", c.source)
		}
		records += c.source.Read
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(records), "allocs/record")
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}

type sample struct {
	name string
	text []byte
}

// madeSamples are some thousand records of each text format.
func madeSamples() []sample {
	const n = 2000
	lines := func(head, line, tail string) []byte { return []byte(head + strings.Repeat(line, n) + tail) }
	list := func(head, member, tail string) []byte {
		return []byte(head + strings.Repeat(member+",", n-1) + member + tail)
	}
	// A record that a timeline has twice is one record.
	numbered := func(head, line string) []byte {
		text := []byte(head)
		for i := range n {
			text = fmt.Appendf(text, line, i+1)
		}
		return text
	}
	const userList = `SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList\maint`
	escaped := strings.ReplaceAll(userList, `\`, `\\`)
	return []sample{
		{"xml", lines("<Events>", oneEvent, "</Events>")},
		{"json", lines("", oneLineOf, "")},
		{"hayabusa-csv", numbered("Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details,ExtraFieldInfo,RuleID\n",
			`"2024-05-01 10:00:00.000 +09:00","User made",high,PC,Sec,4720,%d,"TgtUser: maint ¦ TgtSID: S-1-5-21-1-2-3-1002","SubjectUserSid: S-1-5-18",x`+"\n")},
		{"hayabusa-jsonl", lines("", `{"Timestamp":"2024-05-01 10:00:00.000 +09:00","RuleTitle":"User made","Level":"high","Computer":"PC","Channel":"Sec","EventID":4720,"RecordID":7,"Details":{"TgtUser":"maint","TgtSID":"S-1-5-21-1-2-3-1002"}}`+"\n", "")},
		{"procmon", lines(`"Time of Day","Process Name","PID","Operation","Path","Result","Detail"`+"\n",
			`"1:00:01.0 PM","tool.exe","11","RegSetValue","HKLM\`+userList+`","SUCCESS","Type: REG_DWORD, Length: 4, Data: 0"`+"\n", "")},
		{"regshot", lines("Regshot 1.9.0 x64 Unicode\nComments:\nDatetime: 2020/10/9 19:39:32  ,  2020/10/9 19:47:15\n\n----------------------------------\nValues added: 2000\n----------------------------------\n",
			`HKLM\`+userList+`: 0x00000000`+"\n", "\nTotal changes: 2000\n")},
		{"osquery", lines("", `{"name":"users","hostIdentifier":"PC","calendarTime":"Wed May 1 10:00:00 2024 UTC","unixTime":1,"action":"added","columns":{"username":"maint","uuid":"S-1-5-21-1-2-3-1002","uid":"1002"}}`+"\n", "")},
		{"osquery-batch", list(`{"name":"users","hostIdentifier":"PC","calendarTime":"Wed May 1 10:00:00 2024 UTC","unixTime":1,"diffResults":{"removed":[],"added":[`, `{"username":"maint","uuid":"S-1-5-21-1-2-3-1002","uid":"1002"}`, "]}}\n")},
		{"asa", list(`{"results":{"USER_CREATED":[`, `{"Identity":"maint","Compare":{"Name":"maint","SID":"S-1-5-21-1-2-3-1002","Hidden":true}}`, "]}}")},
		{"asa-sarif", list(`{"runs":[{"tool":{"driver":{"name":"Attack Surface Analyzer"}},"artifacts":[`,
			`{"location":{"description":{"text":"maint"}},"properties":{"ChangeType":"CREATED","ResultType":"USER","Compare":{"Name":"maint","SID":"S-1-5-21-1-2-3-1002"}}}`, "]}]}")},
		{"virustotal", list(`{"data":{"attributes":{"sandbox_name":"s","registry_keys_set":[`, `{"key":"<HKLM>\\`+escaped+`","value":"0"}`, `]},"type":"file_behaviour"}}`)},
		{"cape", list(`{"statistics":{},"target":{"file":{"name":"x"}},"behavior":{"processes":[{"process_id":10,"process_name":"tool.exe","parent_id":1,"module_path":"C:\\t\\tool.exe","calls":[`,
			`{"timestamp":"2023-07-13 18:12:25,338","api":"RegSetValueExA","status":true,"arguments":[{"name":"Type","value":"4"},{"name":"Buffer","value":"0"},{"name":"FullName","value":"HKEY_LOCAL_MACHINE\\`+escaped+`"}]}`, `]}]}}`)},
	}
}
