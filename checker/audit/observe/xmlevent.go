package observe

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"jobun/checker/audit/evtx"
)

// readXML gives every event of a stream of XML.
func (c *collector) readXML(r io.Reader) {
	s := newXMLScanner(utf8Reader(r))
	err := xmlAhead(s, func(b *xmlBatch, i int) {
		switch e, err := b.events[i], b.errs[i]; {
		case err != nil:
			c.bad(b.lines[i], "an event is not well formed: "+cut(err.Error(), 150))
		case e == nil:
			c.bad(b.lines[i], "an element <Event> without System/EventID")
		default:
			e.line = b.lines[i]
			if e.Time.IsZero() && e.written != "" {
				c.count("records whose time cannot be read")
			}
			c.event(e)
		}
	})
	if errors.Is(err, io.ErrUnexpectedEOF) {
		c.source.Bad++
		c.lost(fmt.Sprintf("line %d: the file ends inside the event that begins here: %d bytes of its text were left out", s.begun, s.cut))
	} else if err != nil {
		c.lost(fmt.Sprintf("line %d: %v", s.line, err))
	}
	if s.tooBig > 0 {
		c.source.Bad += s.tooBig
		c.lost(fmt.Sprintf("%d events of more than 4 MiB", s.tooBig))
	}
}

// lost notes that a file was not read to its end, or not whole.
func (c *collector) lost(why string) {
	c.source.Partial = true
	c.note(why)
}

const (
	mostXMLDepth  = 64
	mostXMLFields = 65_536
)

// parseEventXML reads one event. Nil is an element of another kind. RenderingInfo,
// which is Windows' localised text, is left aside.
func parseEventXML(text []byte) (*event, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Entity = map[string]string{}
	// A declaration inside an event is of XML that it quotes, which is UTF-8 by now.
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	p := xmlEvent{event: &event{Event: &evtx.Event{}}, source: text, stated: map[string]bool{}}
	for {
		p.from = d.InputOffset()
		token, err := d.Token()
		p.to = d.InputOffset()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := p.token(token); err != nil {
			return nil, err
		}
	}
	if !p.hasID {
		return nil, nil
	}
	return p.event, nil
}

// xmlEvent fills an event from tokens.
type xmlEvent struct {
	event *event
	path  []string
	text  strings.Builder
	name  string // of the field that is open
	leaf  bool   // nothing but text has come since the element began
	hasID bool

	stated   map[string]bool // the elements of System that have come
	source   []byte
	from, to int64 // where the token is in it
	inside   int64 // where what is in the <Data> that is open begins
}

func (p *xmlEvent) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if len(p.path) >= mostXMLDepth {
			return errors.New("elements nest too deep")
		}
		p.path = append(p.path, t.Name.Local)
		p.text.Reset()
		p.leaf = true
		return p.begin(t)
	case xml.CharData:
		if len(p.path) > 1 && p.section() != "RenderingInfo" {
			p.text.Write(t)
		}
	case xml.EndElement:
		if err := p.end(); err != nil {
			return err
		}
		p.path = p.path[:len(p.path)-1]
		p.leaf = false
		p.text.Reset()
	}
	return nil
}

func (p *xmlEvent) section() string {
	if len(p.path) > 1 {
		return p.path[1]
	}
	return ""
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (p *xmlEvent) begin(t xml.StartElement) error {
	e := p.event
	switch p.section() {
	case "System":
		if len(p.path) != 3 {
			return nil
		}
		if p.stated[t.Name.Local] {
			return errors.New("an element of System stands there twice")
		}
		p.stated[t.Name.Local] = true
		switch t.Name.Local {
		case "Provider":
			e.Provider, e.SourceName = attribute(t, "Name"), attribute(t, "EventSourceName")
			e.ProviderGUID = attribute(t, "Guid")
		case "TimeCreated":
			at := attribute(t, "SystemTime")
			if at == "" {
				return nil
			}
			e.timeOf(at) // one that cannot be read stands as it was written
		case "Execution":
			e.ProcessID = number32(attribute(t, "ProcessID"))
			e.ThreadID = number32(attribute(t, "ThreadID"))
		case "Security":
			e.UserID = attribute(t, "UserID")
		}
	case "EventData", "UserData":
		if p.quoted() {
			return nil
		}
		p.inside = p.to
		e.Section = p.section()
		if len(p.path) == 3 && p.section() == "UserData" {
			e.DataName = t.Name.Local
		}
		p.name = t.Name.Local
		if named := attribute(t, "Name"); named != "" {
			p.name = named
		} else if p.name == "Data" {
			p.name = ""
		}
	}
	return nil
}

func (p *xmlEvent) end() error {
	e := p.event
	text := strings.TrimSpace(p.text.String())
	switch p.section() {
	case "System":
		return p.system(text)
	case "EventData", "UserData":
		if p.quoted() {
			return nil
		}
		if !p.leaf && len(p.path) == 3 && p.path[2] == "Data" {
			p.text.Reset()
			p.text.Write(p.source[p.inside:p.from])
			p.leaf = true
		}
		if !p.leaf || len(p.path) < 3 || len(p.path) == 3 && p.section() == "UserData" {
			return nil
		}
		if len(e.Data) >= mostXMLFields {
			return errors.New("too many fields")
		}
		e.Data = append(e.Data, evtx.Field{Name: p.name, Value: p.text.String()})
	}
	return nil
}

// quoted reports whether an element is part of a value: the definition of a task, copied
// from a view that shows it without its escapes.
func (p *xmlEvent) quoted() bool {
	return len(p.path) > 3 && p.path[1] == "EventData" && p.path[2] == "Data"
}

// system takes the text of an element of System. A number that is none, or one that
// is stated twice, makes the record unreadable rather than wrong.
func (p *xmlEvent) system(text string) error {
	if len(p.path) != 3 {
		return nil
	}
	e := p.event
	switch p.path[2] {
	case "EventID":
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil || p.hasID {
			return fmt.Errorf("the EventID %q", cut(text, 40))
		}
		e.EventID, p.hasID = uint32(n), true
	case "EventRecordID":
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return fmt.Errorf("the EventRecordID %q", cut(text, 40))
		}
		e.RecordID = n
	case "Channel":
		e.Channel = text
	case "Computer":
		e.Computer = text
	}
	return nil
}

func number32(s string) uint32 {
	n, err := strconv.ParseUint(s, 0, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}
