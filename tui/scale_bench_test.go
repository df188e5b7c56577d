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

// BenchmarkKeyToFrame presses keys in a case of 10,000 findings and 1,000,000
// observations and draws the screen after each. It gives the 99th percentile of Update
// and View together in milliseconds, the slowest, and how much memory the program takes
// as a part of what the loaded case takes.
func BenchmarkKeyToFrame(b *testing.B) {
	empty := heap()
	result := largeCase(b, 10_000, 1_000_000)
	loaded := heap() - empty
	m := reviewing(b, result, "ja", 120, 40)
	m.View()
	keys := []string{"j", "j", "j", "pgdown", "k", "l", "j", "v", "h", "h", "G", "g", "space", "}", "2", "j", "pgdown", "1", "t", "h", "B", "h", "5", "1"}
	var times []time.Duration
	i := 0
	for b.Loop() {
		begun := time.Now()
		m.Update(keyMsg(keys[i%len(keys)]))
		m.View()
		times = append(times, time.Since(begun))
		i++
	}
	slices.Sort(times)
	milliseconds := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(milliseconds(times[len(times)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(times[len(times)-1]), "max-ms")
	b.ReportMetric((heap()-empty)/loaded, "memory/case")
	runtime.KeepAlive(result)
	runtime.KeepAlive(m)
}
