package evtx

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"jobun/internal/crash"
)

// leastAhead is from how many bytes a log is read by several workers: a smaller one
// is read before they have begun.
const leastAhead = 16 * chunkSize

// largeBatch is how many values of a chunk are kept room for. A chunk has some
// thousand; one made to have a million does not keep its memory.
const largeBatch = 1 << 16

// ReadAhead is Read with several workers, which decode the chunks that come next while
// visit, which runs where ReadAhead was called, has those before. What visit is given,
// in which order, and Stats are those of Read. Two chunks for each worker are in memory at a
// time.
func ReadAhead(r io.ReaderAt, size int64, workers int, visit func(*Event) error) (Stats, error) {
	if workers < 2 || size < leastAhead {
		return Read(r, size, visit)
	}
	var stats Stats
	if err := readHeader(r, size, make([]byte, headerSize), &stats); err != nil {
		return stats, err
	}
	a := &ahead{in: r, size: size, quit: make(chan struct{})}
	most := 2 * workers
	a.free, a.work, a.ready = make(chan *batch, most), make(chan *batch, most), make(chan *batch, most)
	for range most {
		a.free <- &batch{done: make(chan struct{}, 1)}
	}
	var all sync.WaitGroup
	all.Go(a.plan)
	for range workers {
		all.Go(a.decode)
	}
	err := a.visit(visit, &stats)
	close(a.quit)
	all.Wait()
	if err == nil && stats.Chunks < stats.StatedChunks {
		stats.problem(size, "the header states %d chunks and %d were found", stats.StatedChunks, stats.Chunks)
	}
	return stats, err
}

// batch is one chunk, decoded.
type batch struct {
	base   int64
	events []Event
	fields []Field
	stats  Stats
	err    error
	failed *crash.Panic
	done   chan struct{}
}

// ahead hands batches round: the plan gives each the next chunk, a worker decodes it,
// and they are visited in the order of the plan.
type ahead struct {
	in                io.ReaderAt
	size              int64
	free, work, ready chan *batch
	quit              chan struct{}
}

func (a *ahead) plan() {
	defer close(a.ready)
	defer close(a.work)
	for base := int64(headerSize); base < a.size; base += chunkSize {
		select {
		case <-a.quit:
			return
		case b := <-a.free:
			b.base = base
			a.work <- b // There is room for every batch.
			a.ready <- b
		}
	}
}

func (a *ahead) decode() {
	buf := make([]byte, chunkSize)
	var b *batch
	d := newDecoder(nil, func(e *Event) error {
		from := len(b.fields)
		b.fields = append(b.fields, e.Data...)
		b.events = append(b.events, *e)
		last := &b.events[len(b.events)-1]
		last.Data = b.fields[from:len(b.fields):len(b.fields)]
		return nil
	})
	for b = range a.work {
		d.stats = &b.stats
		b.failed = crash.In(func() {
			n, err := a.in.ReadAt(buf[:min(chunkSize, a.size-b.base)], b.base)
			if err != nil && !errors.Is(err, io.EOF) {
				b.err = fmt.Errorf("read the chunk at byte %d: %w", b.base, err)
			} else {
				b.err = d.chunk(buf[:n], b.base)
			}
		})
		b.done <- struct{}{}
	}
}

// visit gives the batches' events to visit and puts their statistics together.
func (a *ahead) visit(visit func(*Event) error, stats *Stats) error {
	for b := range a.ready {
		<-b.done
		b.failed.Again()
		if b.err != nil {
			return b.err
		}
		for i := range b.events {
			if err := visit(&b.events[i]); err != nil {
				return err
			}
		}
		stats.add(&b.stats)
		clear(b.events)
		clear(b.fields)
		b.events, b.fields, b.stats = b.events[:0], b.fields[:0], Stats{}
		if cap(b.fields) > largeBatch {
			b.events, b.fields = nil, nil
		}
		a.free <- b
	}
	return nil
}

// add puts the statistics of the next chunk behind those of the chunks before.
func (s *Stats) add(next *Stats) {
	s.Chunks += next.Chunks
	s.Records += next.Records
	s.Unverified += next.Unverified
	s.BadChunks += next.BadChunks
	s.Skipped += next.Skipped
	s.BytesLost += next.BytesLost
	s.BytesMissing += next.BytesMissing
	if !next.First.IsZero() && (s.First.IsZero() || next.First.Before(s.First)) {
		s.First = next.First
	}
	if next.Last.After(s.Last) {
		s.Last = next.Last
	}
	s.Problems = append(s.Problems, next.Problems[:min(len(next.Problems), maxProblems-len(s.Problems))]...)
	s.ProblemCount += next.ProblemCount
}
