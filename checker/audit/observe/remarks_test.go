package observe

import (
	"fmt"
	"strings"
	"testing"
)

// However many lines cannot be read, what is said of the whole file is said, and what is
// not written is counted.
func TestManyBadLinesLeaveRoomForTheVerdict(t *testing.T) {
	const bad = 57
	r := run(t, nil, file(t, "a.xml", []byte(oneEvent+strings.Repeat("<Event><System><EventID>x</EventID></System></Event>\n", bad)+oneEvent[:200])))
	notes := strings.Join(r.Sources[0].Notes, "\n")
	if more := fmt.Sprintf("%d further remarks", bad-mostComplaints); !strings.Contains(notes, more) || r.Sources[0].Bad != bad+1 {
		t.Errorf("%d bad, and no %q in %s", r.Sources[0].Bad, more, notes)
	}
	if first, _, _ := strings.Cut(notes, "\n"); !strings.Contains(first, "the file ends inside the event that begins here") {
		t.Errorf("nothing is said of the end of the file: %s", first)
	}
}
