package evtx

import "time"

// Event is one record. The Event given to a visitor is reused for the next
// record: keep a copy, also of its Data, and not the pointer. Its strings may be
// kept, though each of them holds a block of up to 64 KiB in memory.
type Event struct {
	RecordID   uint64 // RecordID is System/EventRecordID; in exported logs it is not the id in the record's header.
	HeaderID   uint64 // HeaderID is the id in the record's header.
	EventID    uint32
	Qualifiers uint16
	Version    uint8
	Level      uint8
	Opcode     uint8
	Task       uint16
	Keywords   uint64
	Time       time.Time // Time is TimeCreated in UTC, exact to 100 ns, and zero where it is not stated.

	Provider     string
	ProviderGUID string
	SourceName   string // SourceName is Provider/@EventSourceName, which classic sources have.
	Channel      string
	Computer     string
	UserID       string // UserID is the SID in Security/@UserID.

	ProcessID         uint32
	ThreadID          uint32
	ActivityID        string
	RelatedActivityID string

	Section  string  // Section is the element the data come from: EventData, UserData and so on.
	DataName string  // DataName is the element inside UserData, or EventData's Name.
	Data     []Field // Data are the values in the order of the record.

	Offset     int64 // Offset is where the record begins in the file.
	Unverified bool  // Unverified tells that the chunk's checksums do not vouch for this record.
}

// Field is a named value. Names repeat for arrays.
type Field struct {
	Name, Value string
}

// Get gives the first value with a name, and whether there is one.
func (e *Event) Get(name string) (string, bool) {
	for i := range e.Data {
		if e.Data[i].Name == name {
			return e.Data[i].Value, true
		}
	}
	return "", false
}

// reset empties the event and keeps the room for its fields.
func (e *Event) reset() {
	*e = Event{Data: e.Data[:0]}
}
