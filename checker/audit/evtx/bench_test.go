package evtx

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"
)

// BenchmarkRead reads the whole corpus, and the logs of 1 MB and more, from
// memory, in one goroutine.
func BenchmarkRead(b *testing.B) {
	for _, part := range []struct {
		name string
		min  int64
	}{{"all", 0}, {"large", 1_000_000}} {
		b.Run(part.name, func(b *testing.B) { benchmarkRead(b, part.min) })
	}
}

func benchmarkRead(b *testing.B, least int64) {
	logs, size := load(b, least)
	b.SetBytes(size)
	b.ReportAllocs()
	records := 0
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		records += readAll(b, logs)
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(records), "allocs/record")
}

// TestSpeedAgainstEvtxexport measures both readers in the same run, because the
// machine may be busy. evtxexport is given each file in a process of its own;
// the time of as many processes that do nothing is taken off.
func TestSpeedAgainstEvtxexport(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("speed is not measured in a short or race-detecting run")
	}
	rival := evtxexport(t)
	for _, part := range []struct {
		name string
		min  int64
	}{{"all files", 0}, {"files of 1 MB and more", 1_000_000}} {
		logs, size := load(t, part.min)
		best := func(run func()) time.Duration {
			least := time.Hour
			for range 3 {
				start := time.Now()
				run()
				least = min(least, time.Since(start))
			}
			return least
		}
		each := func(args ...string) time.Duration {
			return best(func() {
				for file := range logs {
					rest := args
					if args[0] != "-V" {
						rest = append(args[:len(args):len(args)], file)
					}
					if err := exec.Command(rival, rest...).Run(); err != nil {
						t.Logf("evtxexport %s: %v", file, err)
					}
				}
			})
		}
		idle := each("-V")
		ours := best(func() { readAll(t, logs) })
		theirs := each("-f", "xml") - idle
		ratio := float64(theirs) / float64(ours)
		t.Logf("%s: %.1f MB; evtx %.0f MB/s, evtxexport %.1f MB/s, %.1f times", part.name, float64(size)/1e6,
			float64(size)/1e6/ours.Seconds(), float64(size)/1e6/theirs.Seconds(), ratio)
		if ratio < 8 {
			t.Errorf("%s: %.1f times as fast as evtxexport; at least 8 are wanted", part.name, ratio)
		}
	}
}

// load reads the logs of at least that size into memory.
func load(t testing.TB, least int64) (logs map[string][]byte, size int64) {
	logs = map[string][]byte{}
	for _, file := range corpus(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(data)) >= least {
			logs[file] = data
			size += int64(len(data))
		}
	}
	return logs, size
}

func readAll(t testing.TB, logs map[string][]byte) (records int) {
	for file, data := range logs {
		stats, err := Read(bytes.NewReader(data), int64(len(data)), func(*Event) error { return nil })
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		records += stats.Records
	}
	return records
}
