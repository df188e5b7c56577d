package observe

import "slices"

// class is what is known of whose an observation is while other files are still to be read.
type class int

const (
	others class = iota
	owns
	undecided // it turns on other files: on a command, on the record of the same act
)

// class puts certificates with what is not decided: one taken out can be put back later.
func (s *seen) class() class {
	switch {
	case s.own:
		return owns
	case s.asked != "" || s.rule != "" || s.groupName != "" || s.kind == "certificate":
		return undecided
	default:
		return others
	}
}

// share is what has been kept of one class, over all files so far.
type share struct{ count, text int }

// trim leaves out of a reading what the report cannot have room for, whatever comes after:
// so that what is in memory does not grow with the number of files. Of each class there is
// as much as the whole report may have.
func (b *builder) trim(r *reading) {
	r.machines = r.machineNames()
	kept := slices.DeleteFunc(r.seen, func(s seen) bool {
		of, size := &b.shares[s.class()], s.measure()
		if of.count >= mostObservations || of.text+size > mostText {
			r.source.Left++
			return true
		}
		of.count++
		of.text += size
		return false
	})
	r.seen = slices.Clone(kept)
}
