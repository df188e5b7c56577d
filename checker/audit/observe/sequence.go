package observe

import "strings"

// Windows uses a process id again when its process has ended. Where a record of the log is
// missing, it could be that of the end, and another of a new start: then an id ties nothing.

// sequenceKey is one channel of one machine.
type sequenceKey struct{ channel, computer string }

// sequence is how the record ids of a channel follow each other.
type sequence struct {
	last uint64
	gaps int
}

// saw follows the ids of the records. What is no event log has no channel, and states all
// of its processes.
func (t *tree) saw(e *event) {
	t.sequence = nil
	if !t.subject.Known() || e.Channel == "" {
		return
	}
	key := sequenceKey{e.Channel, e.Computer}
	s := t.sequences[key]
	if s == nil && len(t.sequences) >= mostProcesses {
		key = sequenceKey{} // too many share one, in which each record follows a gap
		s = t.sequences[key]
	}
	if s == nil {
		s = &sequence{last: e.RecordID}
		t.sequences[sequenceKey{strings.Clone(key.channel), strings.Clone(key.computer)}] = s
	} else if e.RecordID == 0 || key.channel == "" || e.RecordID != s.last && e.RecordID != s.last+1 {
		s.gaps++ // one record can stand in a selection twice
	}
	s.last = e.RecordID
	t.sequence = s
}

// still reports whether the id of a process is still its own: no record is missing since it
// started.
func (p *process) still() bool { return p.sequence == nil || p.gaps == p.sequence.gaps }
