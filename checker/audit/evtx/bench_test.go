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

// BenchmarkAgainstEvtxexport measures both readers in the same run, because the
// machine may be busy. evtxexport takes one file to a process, so the time of
// as many processes that read nothing is taken off. Use -benchtime 1x.
func BenchmarkAgainstEvtxexport(b *testing.B) {
	for _, part := range []struct {
		name string
		min  int64
	}{{"all", 0}, {"large", 1_000_000}} {
		b.Run(part.name, func(b *testing.B) {
			rival := evtxexport(b)
			logs, size := load(b, part.min)
			each := func(args ...string) time.Duration {
				return best(func() {
					for file := range logs {
						if len(args) == 0 {
							_ = exec.Command(rival, file).Run() // It fails on two files; what it did counts.
							continue
						}
						_ = exec.Command(rival, args...).Run()
					}
				})
			}
			for b.Loop() {
				theirs := each() - each("-V")
				ours := best(func() { readAll(b, logs) })
				b.ReportMetric(float64(size)/1e6/ours.Seconds(), "MB/s")
				b.ReportMetric(float64(size)/1e6/theirs.Seconds(), "evtxexport-MB/s")
				ratio := float64(theirs) / float64(ours)
				if b.ReportMetric(ratio, "times"); ratio < 8 {
					b.Errorf("%.1f times as fast as evtxexport; at least 8 are wanted", ratio)
				}
			}
		})
	}
}

// best gives the shortest of three times.
func best(run func()) time.Duration {
	least := time.Hour
	for range 3 {
		start := time.Now()
		run()
		least = min(least, time.Since(start))
	}
	return least
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
