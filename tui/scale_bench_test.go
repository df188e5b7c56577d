package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"jobun/checker"
	"jobun/checker/audit"
)

// largeCase is a case of so many findings: accounts that the software made, each seen
// in many records, and the rules of testdata.
func largeCase(tb testing.TB, findings, observations int) *checker.Result {
	tb.Helper()
	book, problems := checker.Load(os.DirFS(filepath.Join("testdata", "case", "rules")))
	if len(problems) > 0 {
		tb.Fatal(problems)
	}
	r := &audit.Report{
		Format: audit.Format, Title: "large", Subject: audit.Subject{Name: "the software", Publisher: "publisher"},
		Parties:  []audit.Party{{ID: "publisher", Name: "publisher", Role: "publisher"}},
		Exhibits: []audit.Exhibit{{ID: "E1", Title: "the log", Role: "scene"}},
	}
	var at audit.When
	if err := at.FromValue("2012-02-05T10:00:00+09:00"); err != nil {
		tb.Fatal(err)
	}
	for i := range observations {
		o := audit.Observation{
			ID: fmt.Sprintf("O%07d", i+1), Action: "account.seen", Target: fmt.Sprintf("account:利用者%05d", i%findings), At: at,
			Shows: map[string]any{"enabled": true}, Exhibit: "E1", Basis: audit.Recorded, Locator: fmt.Sprintf("EventRecordID %d", i+1), Excerpt: "the words of the record",
		}
		if i < findings {
			o.Action, o.Shows, o.Attribution = "account.create", nil, &audit.Attribution{To: "subject", Basis: "process-tree"}
		}
		r.Observed = append(r.Observed, o)
	}
	result, err := book.Check(r, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if len(result.Findings) < findings {
		tb.Fatalf("%d findings, and %d were wanted", len(result.Findings), findings)
	}
	return result
}

// heap is how many bytes are in use.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// sessions are what a reader of a large case does, by name: the keys of each begin and end
// on the list of findings.
var sessions = []struct {
	name string
	keys []string
}{
	{"list", []string{"j", "j", "j", "pgdown", "pgdown", "k", "pgup", "G", "g", "}", "{", "1"}},
	{"finding", []string{"l", "j", "j", "v", "h", "B", "h", "t", "h", "r", "h", "]", "[", "h", "1"}},
	{"timeline", []string{"2", "j", "pgdown", "pgdown", "l", "h", "G", "g", "1"}},
	{"exhibits", []string{"3", "l", "pgdown", "j", "j", "pgdown", "h", "T", "1"}},
	{"others", []string{"4", "l", "h", "5", "6", "l", "pgdown", "h", "1"}},
	{"marks", []string{"space", "space", "*", "*", "1"}},
	{"dialogs", []string{"a", "x", "y", "tab", "esc", "d", "j", "ctrl+x", "e", "ctrl+x", "a", "ctrl+x", "?", "t", "esc", "f", "esc", "s", "esc", "y", "esc", "1"}},
	{"search", []string{"/", "9", "9", "9", "enter", "n", "1", "2", "/", "9", "enter", "1", "f", "down", "enter", "9", "9", "enter", "1"}},
	{"language", []string{"E", "E", "w", "w", "p", "p", "z", "z", "1"}},
}

// BenchmarkKeyToFrame presses keys in a case of 10,000 findings and 1,000,000
// observations and draws the screen after each. It gives the 99th percentile of Update
// and View together in milliseconds over all keys, that of each session, the slowest key,
// and how much memory the program takes as a part of what the loaded case takes. What is
// worked out where the report is read, and beside the screen, is not in the times.
func BenchmarkKeyToFrame(b *testing.B) {
	empty := heap()
	result := largeCase(b, 10_000, 1_000_000)
	loaded := heap() - empty
	m := reviewing(b, result, "ja", 120, 40)
	m.View()
	times := map[string][]time.Duration{}
	i := 0
	for b.Loop() {
		session := sessions[i%len(sessions)]
		for _, key := range session.keys {
			begun := time.Now()
			m.Update(keyMsg(key))
			m.View()
			times[session.name] = append(times[session.name], time.Since(begun))
		}
		i++
	}
	milliseconds := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	var all []time.Duration
	for _, session := range sessions {
		if list := times[session.name]; len(list) > 0 {
			all = append(all, list...)
			slices.Sort(list)
			b.ReportMetric(milliseconds(list[len(list)*99/100]), session.name+"-p99-ms")
		}
	}
	slices.Sort(all)
	b.ReportMetric(milliseconds(all[len(all)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(all[len(all)-1]), "max-ms")
	b.ReportMetric((heap()-empty)/loaded, "memory/case")
	runtime.KeepAlive(result)
	runtime.KeepAlive(m)
}

// BenchmarkDecide records decisions and an answer in such a case: what each takes, of
// which writing the journal to the disk is a part.
func BenchmarkDecide(b *testing.B) {
	m := reviewing(b, largeCase(b, 10_000, 1_000_000), "ja", 120, 40)
	for _, kind := range []struct {
		name string
		keys []string
	}{{"decision", []string{"a", "x", "ctrl+s", "j"}}, {"answer", []string{"A", "y", "tab", "x", "ctrl+s", "j"}}} {
		b.Run(kind.name, func(b *testing.B) {
			for b.Loop() {
				for _, key := range kind.keys {
					m.Update(keyMsg(key))
					m.View()
				}
			}
		})
	}
}
