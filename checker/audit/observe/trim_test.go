package observe

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

// However many files there are, no more is held than a report can have, and what is let
// go is counted. The subject's own acts in the last file are in the report.
func TestHeldDoesNotGrowWithFiles(t *testing.T) {
	const files = 30
	held := map[int]int{}
	for _, many := range []int{10, files} {
		b := newBuilder(Options{})
		for n := range many {
			r := newReading(fmt.Sprint(n, ".json"), Subject{})
			r.source.Format, r.source.SHA256 = "event JSON lines", fmt.Sprintf("%064d", n)
			for i := range mostObservations / 5 {
				for _, s := range []seen{{asked: "x"}, {}, {own: n == many-1}} {
					s.action, s.kind, s.name, s.computer = "service.create", "service", fmt.Sprint(n, "-", i), fmt.Sprint("PC", n)
					r.seen = append(r.seen, s)
				}
			}
			b.add(r)
		}
		for _, r := range b.readings {
			held[many] += len(r.seen)
		}
		result := b.result()
		left := 0
		for _, s := range result.Sources {
			left += s.Left
		}
		own := 0
		for _, k := range b.readings[many-1].seen {
			if k.own {
				own++
			}
		}
		if want := many * 3 * (mostObservations / 5); len(result.Report.Observed)+left != want || own != mostObservations/5 || len(b.machines) != many {
			t.Errorf("%d files: %d observations and %d left are not %d; %d of the subject; %d machines", many, len(result.Report.Observed), left, want, own, len(b.machines))
		}
	}
	if held[files] != held[10] || held[files] > int(undecided+1)*mostObservations {
		t.Errorf("held: %v", held)
	}
}

// While one file takes long, few others are read ahead of it, and all are taken in order.
func TestFewAreReadAhead(t *testing.T) {
	var begun, ended, most atomic.Int64
	var taken []string
	inTurn(100, func(i int) *reading {
		if ahead := begun.Add(1) - ended.Load(); ahead > most.Load() {
			most.Store(ahead)
		}
		if i%25 == 0 {
			time.Sleep(20 * time.Millisecond)
		}
		return newReading(fmt.Sprintf("%02d", i), Subject{})
	}, func(r *reading) {
		taken = append(taken, r.source.File)
		ended.Add(1)
	})
	if len(taken) != 100 || !slices.IsSorted(taken) || most.Load() > int64(2*workers()+2) {
		t.Errorf("%d ahead; taken: %v", most.Load(), taken)
	}
}
