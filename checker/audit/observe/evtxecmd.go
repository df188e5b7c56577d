package observe

import (
	"io"

	"jobun/checker/audit/evtx"
)

// EvtxECmd writes events as a table: EventRecordId, TimeCreated, EventId, Provider,
// Channel, Computer, UserId, and Payload, the data as JSON. Its other columns (MapDescription,
// PayloadData1 to 6, UserName) are words that its maps make of the data, and are not taken.
// The times are UTC as its documentation says, and the table does not: they stay without
// a zone. Source: EvtxECmd's documentation; no real file was to be had.

func (c *collector) readEvtxECmd(r io.Reader) error {
	x := &jsonEvents{collector: c, interned: map[string]string{}}
	return c.rows(r, func(r row) {
		e := &event{Event: &evtx.Event{Channel: r.get("Channel"), Provider: r.get("Provider"), Computer: r.get("Computer"), UserID: r.get("UserId")}, line: r.line}
		err := x.numbers(e, r.get("EventId"), r.get("EventRecordId"))
		if err == nil {
			x.time(e, r.get("TimeCreated"), "", "")
			err = x.within(e, r.get("Payload"))
		}
		if err != nil {
			c.bad(r.line, err.Error())
			return
		}
		c.event(e)
	})
}
