package observe

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"jobun/checker/audit/evtx"
)

const mostLine = 16 << 20

// readJSON gives every event of a stream of JSON lines. Each line stands alone: one
// that is not well formed is counted, and the next is read.
func (c *collector) readJSON(r io.Reader) {
	x := &jsonEvents{collector: c, interned: map[string]string{}}
	x.readLines(r)
}

func (x *jsonEvents) readLines(r io.Reader) {
	c := x.collector
	in := bufio.NewReaderSize(utf8Reader(r), 1<<18)
	var long []byte
	for line := 1; ; line++ {
		text, err := in.ReadSlice('\n')
		tooLong := false
		if errors.Is(err, bufio.ErrBufferFull) {
			long = append(long[:0], text...)
			for errors.Is(err, bufio.ErrBufferFull) {
				text, err = in.ReadSlice('\n')
				if tooLong = tooLong || len(long)+len(text) > mostLine; !tooLong {
					long = append(long, text...)
				}
			}
			text = long
		}
		switch {
		case tooLong:
			c.bad(line, "more than 16 MiB")
		case err == nil || errors.Is(err, io.EOF): // else the line is cut
			x.line(text, line)
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				c.lost(fmt.Sprintf("line %d: %v", line, err))
			}
			return
		}
	}
}

// jsonEvents turns lines into events.
type jsonEvents struct {
	*collector
	json     jsonLine
	interned map[string]string
	event    evtx.Event
	block    []byte // the values of the event, one after the other
	ends     [][2]int
	timeline timeline
	pointer  string              // where the event is in a document; "": lines are counted
	other    func(line int) bool // takes a line of a format that is no event log's
}

func (x *jsonEvents) line(text []byte, number int) {
	for len(text) > 0 && text[len(text)-1] <= ' ' {
		text = text[:len(text)-1]
	}
	if len(text) == 0 {
		return
	}
	if text[0] != '{' {
		if header := syslogHeader.Find(text); header != nil {
			text = text[len(header)-1:]
		}
	}
	if err := x.json.parse(text); err != nil {
		x.bad(number, err.Error())
		return
	}
	if x.other != nil {
		if !x.other(number) {
			x.bad(number, "not a line of this format")
		}
		return
	}
	x.event = evtx.Event{Data: x.event.Data[:0]}
	e := &event{Event: &x.event, line: number, pointer: x.pointer}
	ok, err := x.fill(e)
	x.settle(e)
	switch {
	case err != nil:
		x.bad(number, err.Error())
	case !ok:
		x.count("lines of JSON that are no Windows events")
	default:
		x.doubt(e)
		x.collector.event(e)
	}
}

// mostZoneSlip is how far two times of one moment may be apart: no two zones are nearer.
const mostZoneSlip = 20 * time.Minute

// doubt notes that the times of a file are not those that its own Sysmon records
// state in UTC: then what zone they are in is not known.
func (x *jsonEvents) doubt(e *event) {
	if e.local || !isSysmon(e) || e.Time.IsZero() {
		return
	}
	utc, _ := e.when()
	if off := utc.Sub(e.Time).Abs(); off > mostZoneSlip && off > x.zoneDoubt {
		x.zoneDoubt = off
	}
}
