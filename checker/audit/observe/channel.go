package observe

import (
	"fmt"
	"strings"
	"time"
)

// channel is what was read of one channel of a log.
type channel struct {
	name        string
	computer    string // of its first record
	several     bool   // it has records of other computers too
	first, last time.Time
	records     int
	events      map[uint32]int
	local       bool
	cleared     bool
	low, high   uint64 // record ids
	ids         uint64 // the sum of their mixed, by which ids that repeat are told from a series
}

// from notes of which computer a record is. Record ids are those of one computer's log.
func (ch *channel) from(computer string) {
	switch {
	case computer == "" || strings.EqualFold(computer, ch.computer):
	case ch.computer == "":
		ch.computer = strings.Clone(computer)
	default:
		ch.several = true
	}
}

// gaps says whether record ids are missing between the first and the last. Where records
// of the file are lost, nothing is said of those that were read.
func (ch *channel) gaps(lost bool) string {
	switch {
	case ch.low == 0:
		return "; no record ids"
	case lost && !ch.several:
		return fmt.Sprintf("; EventRecordID %d–%d of those read", ch.low, ch.high)
	case ch.several:
		return fmt.Sprintf("; EventRecordID %d–%d of several computers", ch.low, ch.high)
	case ch.whole():
		return fmt.Sprintf("; EventRecordID %d–%d without a gap", ch.low, ch.high)
	default:
		return fmt.Sprintf("; EventRecordID %d–%d with gaps: a selection, or several machines", ch.low, ch.high)
	}
}

// whole reports whether each record id from the lowest to the highest is there once. The
// count alone would let a record that is there twice stand for one that is not.
func (ch *channel) whole() bool {
	if ch.several || ch.low == 0 || ch.high-ch.low+1 != uint64(ch.records) {
		return false
	}
	var all uint64
	for n := range uint64(ch.records) {
		all += mixed(ch.low + n)
	}
	return all == ch.ids
}

// mixed scatters a number (the finaliser of SplitMix64).
func mixed(n uint64) uint64 {
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}
