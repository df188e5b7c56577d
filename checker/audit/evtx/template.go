package evtx

import (
	"errors"
	"fmt"
)

// place says where in the event's XML a template or element stands, and so
// what becomes of its parts.
type place uint8

const (
	inDocument place = iota // the root is to be Event
	inEvent                 // a child of Event: System, EventData and so on
	inSystem                // inside System
	inData                  // inside EventData
	inUserTop               // directly inside UserData
	inUser                  // further inside UserData, or in another section
	inNothing               // where nothing is taken from
)

// programKey is where a template or element lies and where it is used.
type programKey struct {
	pos, end int
	in       place
	template bool
}

// program is a template ready for use.
type program struct {
	nodes, steps span
	next         int   // the place behind the element
	err          error // why there is none
}

// span is a part of the decoder's nodes or steps.
type span struct{ from, to int }

// program gives the program for a template or element, made once in a chunk.
func (d *decoder) program(key programKey) (program, error) {
	made, ok := d.programs[key]
	if !ok {
		made = d.makeProgram(key)
		d.programs[key] = made
	}
	return made, made.err
}

func (d *decoder) makeProgram(key programKey) program {
	p := parser{d: d, pos: key.pos, end: key.end, template: key.template}
	if key.template {
		if p.end-p.pos < 4 || d.data[p.pos] != tokenFragment || d.data[p.pos+1] != 1 {
			return program{err: errors.New("a template does not begin with a fragment of version 1")}
		}
		p.pos += 4
	}
	made := program{nodes: span{from: len(d.nodes)}, steps: span{from: len(d.steps)}}
	if made.err = p.element(); made.err != nil {
		return made
	}
	if key.template {
		if token, err := p.u8(); err != nil || token != tokenEOF {
			made.err = errors.New("a template goes on behind its element")
			return made
		}
	}
	made.next, made.nodes.to = p.pos, len(d.nodes)
	made.err = d.lower(made.nodes.from, key.in)
	made.steps.to = len(d.steps)
	return made
}

type stepKind uint8

const (
	stepGuard    stepKind = iota // go to jump if the value is null
	stepSection                  // the event's Section is text
	stepDataName                 // the event's DataName is text, if it has none
	stepSystem                   // a field of System is the value
	stepLiteral                  // a field of System is the text
	stepField                    // a Field is the value, or one for each member
	stepText                     // a Field is the text
	stepPart                     // a value in an element that has elements too
	stepBegin                    // what follows is one text of several parts
	stepAddText                  // a part of it
	stepAddValue                 // a part of it
	stepEnd                      // the parts are a Field, or a field of System
)

// step is one thing to do to fill an event from a template's values.
type step struct {
	kind   stepKind
	target target
	inner  place  // where binary XML in the value stands
	number uint16 // which value
	naming int32  // which value is the field's name, or -1
	jump   int32  // counted from the step itself
	name   string
	text   string

	// What the value was the last time in this chunk, and the string made of it.
	last     value
	lastText string
}

// lower makes the steps for an element and all inside it.
func (d *decoder) lower(at int, in place) error {
	n := &d.nodes[at]
	guard := -1
	if n.depend != noDepend {
		guard = len(d.steps)
		d.steps = append(d.steps, step{kind: stepGuard, number: n.depend})
	}
	var err error
	switch in {
	case inDocument:
		if n.text != "Event" {
			return fmt.Errorf("the record is <%s>, not <Event>", n.text)
		}
		err = d.children(at, n.text, inEvent)
	case inEvent:
		err = d.lowerSection(at)
	case inSystem:
		err = d.lowerSystem(at)
	case inNothing:
	default:
		err = d.lowerData(at, in)
	}
	if guard >= 0 {
		d.steps[guard].jump = int32(len(d.steps) - guard)
	}
	return err
}

// lowerSection makes the steps for a child of Event.
func (d *decoder) lowerSection(at int) error {
	section := d.nodes[at].text
	switch section {
	case "System":
		return d.children(at, section, inSystem)
	case "RenderingInfo":
		return nil
	}
	d.steps = append(d.steps, step{kind: stepSection, text: section})
	switch section {
	case "EventData":
		if name, ok := d.attribute(at, "Name"); ok {
			d.steps = append(d.steps, step{kind: stepDataName, text: name})
		}
		return d.children(at, "", inData)
	case "UserData":
		return d.children(at, "", inUserTop)
	}
	return d.children(at, section, inUser)
}

// children makes the steps for the content of an element that is no leaf.
func (d *decoder) children(at int, name string, in place) error {
	end := int(d.nodes[at].end)
	for i := d.content(at); i < end; i = int(d.nodes[i].end) {
		n := d.nodes[i]
		switch n.kind {
		case nodeElement:
			if err := d.lower(i, in); err != nil {
				return err
			}
		case nodeValue:
			d.steps = append(d.steps, step{kind: stepPart, number: n.number, inner: in, name: name, naming: -1})
		case nodeText:
			if !blank(n.text) && in != inEvent && in != inSystem {
				d.steps = append(d.steps, step{kind: stepText, name: name, text: n.text, naming: -1})
			}
		}
	}
	return nil
}

// content gives the index behind an element's attributes.
func (d *decoder) content(at int) int {
	i, end := at+1, int(d.nodes[at].end)
	for i < end && d.nodes[i].kind == nodeAttribute {
		i = int(d.nodes[i].end)
	}
	return i
}

// attribute gives an attribute that is literal text.
func (d *decoder) attribute(at int, name string) (string, bool) {
	for i := at + 1; i < d.content(at); i = int(d.nodes[i].end) {
		if n := &d.nodes[i]; n.text == name && int(n.end) == i+2 && d.nodes[i+1].kind == nodeText {
			return d.nodes[i+1].text, true
		}
	}
	return "", false
}

// lowerData makes the steps for an element inside EventData, UserData or
// another section.
func (d *decoder) lowerData(at int, in place) error {
	n := d.nodes[at]
	if in == inUserTop {
		d.steps = append(d.steps, step{kind: stepDataName, text: n.text})
	}
	name, naming := n.text, int32(-1)
	if in == inData && name == "Data" {
		name = ""
	}
	content, attributes := d.content(at), false
	for i := at + 1; i < content; i = int(d.nodes[i].end) {
		a := &d.nodes[i]
		switch {
		case a.text == "xmlns" || len(a.text) > 6 && a.text[:6] == "xmlns:":
		case in == inData && a.text == "Name" && int(a.end) == i+2:
			if d.nodes[i+1].kind == nodeText {
				name = d.nodes[i+1].text
			} else {
				naming = int32(d.nodes[i+1].number)
			}
		default:
			attributes = true
			joined, err := d.joined(n.text, a.text)
			if err != nil {
				return err
			}
			d.leaf(step{name: joined, naming: -1, inner: inUser}, i+1, int(a.end), true)
		}
	}
	if attributes && content == int(n.end) {
		return nil // All that such an element says is in its attributes.
	}
	for i := content; i < int(n.end); i = int(d.nodes[i].end) {
		if d.nodes[i].kind == nodeElement {
			return d.children(at, name, inUser)
		}
	}
	d.leaf(step{name: name, naming: naming, inner: inUser}, content, int(n.end), false)
	return nil
}

// leaf makes the steps for text between two nodes. like has the name, or the
// field of System, that the text is for. Of an attribute that has no value
// nothing is there at all.
func (d *decoder) leaf(like step, from, to int, attribute bool) {
	if to-from == 1 && d.nodes[from].kind == nodeValue {
		one := like
		one.number = d.nodes[from].number
		one.kind = stepField
		if like.target != targetNone {
			one.kind = stepSystem
		}
		if attribute && d.nodes[from].optional {
			d.steps = append(d.steps, step{kind: stepGuard, number: one.number, jump: 2})
		}
		d.steps = append(d.steps, one)
		return
	}
	if to-from <= 1 && (to == from || d.nodes[from].kind == nodeText) {
		one := like
		one.kind = stepText
		if like.target != targetNone {
			one.kind = stepLiteral
		}
		if to > from {
			one.text = d.nodes[from].text
		}
		d.steps = append(d.steps, one)
		return
	}
	d.steps = append(d.steps, step{kind: stepBegin})
	for _, n := range d.nodes[from:to] {
		switch n.kind {
		case nodeText:
			d.steps = append(d.steps, step{kind: stepAddText, text: n.text})
		case nodeValue:
			d.steps = append(d.steps, step{kind: stepAddValue, number: n.number})
		}
	}
	like.kind = stepEnd
	d.steps = append(d.steps, like)
}

// blank tells whether text is only white space.
func blank(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case ' ', '\t', '\r', '\n':
		default:
			return false
		}
	}
	return true
}
