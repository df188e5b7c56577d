package evtx

import (
	"errors"
	"io"
	"strings"
	"time"
)

// Event is one record. The Event given to a visitor is reused for the next
// record: keep a Clone, not the pointer and not its Data. Its strings may be
// kept, though each of them holds a block of up to 64 KiB in memory; those of a
// Clone do not.
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

	decoder  *decoder
	pos, end int
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

// Clone gives a copy that shares nothing with the reader. It has no XML.
func (e *Event) Clone() *Event {
	c := *e
	c.decoder = nil
	for _, s := range []*string{&c.Provider, &c.ProviderGUID, &c.SourceName, &c.Channel, &c.Computer,
		&c.UserID, &c.ActivityID, &c.RelatedActivityID, &c.Section, &c.DataName} {
		*s = strings.Clone(*s)
	}
	c.Data = make([]Field, len(e.Data))
	for i, f := range e.Data {
		c.Data[i] = Field{Name: strings.Clone(f.Name), Value: strings.Clone(f.Value)}
	}
	return &c
}

// XML writes the whole record as XML, on one line, without a declaration. It
// can be had only while the visitor the Event was given to runs.
func (e *Event) XML(w io.Writer) error {
	if e.decoder == nil {
		return errors.New("the XML of an event can be had only while it is being visited")
	}
	text, err := e.decoder.xml(e.pos, e.end)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// reset empties the event and keeps the room for its fields.
func (e *Event) reset() {
	*e = Event{Data: e.Data[:0], decoder: e.decoder}
}
