package observe

import (
	"context"
	"os"
	"sync/atomic"
)

// Meter counts what has been read so far, for whoever watches meanwhile.
type Meter struct {
	Total   atomic.Int64 // bytes of all files that are named
	Bytes   atomic.Int64 // bytes read of them
	Records atomic.Int64
}

// weigh sets the total from the files' sizes.
func (m *Meter) weigh(files []input) {
	if m == nil {
		return
	}
	for _, f := range files {
		if info, err := os.Stat(f.name); err == nil && f.why == "" {
			m.Total.Add(info.Size())
		}
	}
}

// metered counts what is read of a file, until its context ends.
type metered struct {
	*os.File
	meter *Meter
	ctx   context.Context
}

func (f metered) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.File.Read(p)
	f.count(n)
	return n, err
}

func (f metered) ReadAt(p []byte, at int64) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.File.ReadAt(p, at)
	f.count(n)
	return n, err
}

func (f metered) count(n int) {
	if f.meter != nil {
		f.meter.Bytes.Add(int64(n))
	}
}
