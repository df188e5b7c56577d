package observe

import (
	"bytes"
	"errors"
	"io"
	"sync"

	"jobun/internal/crash"
)

// xmlBatch is some events of a stream of XML, cut out by one goroutine and parsed by
// another.
type xmlBatch struct {
	texts  [][]byte
	lines  []int // on which each begins
	events []*event
	errs   []error
	failed *crash.Panic
	done   chan struct{}
}

const (
	mostXMLBatch   = 64 // events
	mostBatchBytes = 256 << 10
)

// xmlAhead cuts a stream into events in one goroutine, which has to go through it in
// order, parses them in as many as there are processors, and gives them to visit in the
// order of the stream, in the goroutine that called it. The error is that of the scanner.
func xmlAhead(s *xmlScanner, visit func(b *xmlBatch, i int)) error {
	most := 2 * workers()
	work, ready := make(chan *xmlBatch, most), make(chan *xmlBatch, most)
	var all sync.WaitGroup
	var trouble error
	var failed *crash.Panic
	all.Go(func() {
		defer close(work)
		defer close(ready)
		failed = crash.In(func() {
			for trouble == nil {
				var b *xmlBatch
				if b, trouble = s.batch(); len(b.texts) > 0 {
					ready <- b
					work <- b
				}
			}
		})
	})
	for range workers() {
		all.Go(func() {
			for b := range work {
				b.failed = crash.In(b.parse)
				close(b.done)
			}
		})
	}
	for b := range ready {
		<-b.done
		b.failed.Again()
		for i := range b.texts {
			visit(b, i)
		}
	}
	all.Wait()
	failed.Again()
	if errors.Is(trouble, io.EOF) {
		return nil
	}
	return trouble
}

// batch gives the events that come next, also before an error.
func (s *xmlScanner) batch() (*xmlBatch, error) {
	b := &xmlBatch{done: make(chan struct{})}
	for size := 0; len(b.texts) < mostXMLBatch && size < mostBatchBytes; {
		text, err := s.next()
		if err != nil {
			return b, err
		}
		size += len(text)
		b.texts, b.lines = append(b.texts, bytes.Clone(text)), append(b.lines, s.begun)
	}
	return b, nil
}

func (b *xmlBatch) parse() {
	b.events, b.errs = make([]*event, len(b.texts)), make([]error, len(b.texts))
	for i, text := range b.texts {
		b.events[i], b.errs[i] = parseEventXML(text)
	}
}
