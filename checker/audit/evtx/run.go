package evtx

import (
	"bytes"
	"fmt"
	"strconv"
)

// run fills the event from a template's values.
func (d *decoder) run(p program, values []value, depth int) error {
	steps := d.steps[p.steps.from:p.steps.to]
	parts := len(d.parts)
	if d.work -= len(steps); d.work < 0 {
		return errTooMuch
	}
	for i := 0; i < len(steps); i++ {
		s := &steps[i]
		var v value
		switch s.kind {
		case stepGuard, stepSystem, stepField, stepPart, stepAddValue:
			if int(s.number) >= len(values) {
				return fmt.Errorf("the template has a place for value %d of %d", s.number, len(values))
			}
			v = values[s.number]
		}
		var err error
		switch s.kind {
		case stepGuard:
			if v.kind == typeNull {
				i += int(s.jump) - 1
			}
		case stepSystem:
			err = d.setValue(s, v)
		case stepField:
			err = d.field(s, v, values, depth)
		case stepText:
			err = d.addField(s, values, s.text)
		case stepPart:
			if v.kind != typeNull {
				err = d.field(s, v, values, depth)
			}
		case stepBegin:
			parts = len(d.parts)
		case stepAddText:
			err = d.addPart(append(d.parts, s.text...))
		case stepAddValue:
			err = d.addValue(v, depth)
		case stepEnd:
			err = d.endParts(s, values, parts)
			d.parts = d.parts[:parts]
		default:
			err = d.setPlace(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// setPlace sets what the event says of where its data come from, or a field of
// System that the template itself states.
func (d *decoder) setPlace(s *step) error {
	e := &d.event
	switch s.kind {
	case stepSection:
		if e.Section == "" {
			e.Section = s.text
		}
	case stepDataName:
		if e.DataName == "" {
			e.DataName = s.text
		}
	case stepLiteral:
		return d.setText(s.target, s.text)
	}
	return nil
}

// field adds a value as a field, an array as one for each member, and binary
// XML as the fields it holds.
func (d *decoder) field(s *step, v value, values []value, depth int) error {
	switch {
	case v.kind == typeBinXML:
		if v.size == 0 {
			return nil
		}
		return d.fragment(int(v.off), int(v.off)+int(v.size), s.inner, depth+1)
	case s.inner == inEvent || s.inner == inSystem:
		return nil // Text beside the sections of an event means nothing.
	case v.kind&typeArray != 0 && v.size > 0:
		for rest := d.bytes(v); len(rest) > 0; {
			var one []byte
			var err error
			if one, rest, err = member(v.kind&^typeArray, rest); err != nil {
				return err
			}
			if d.scratch, err = appendValue(d.scratch[:0], v.kind&^typeArray, one); err != nil {
				return err
			}
			if err := d.addField(s, values, d.keep(d.scratch)); err != nil {
				return err
			}
		}
		return nil
	}
	text, err := d.string(s, v)
	if err != nil {
		return err
	}
	return d.addField(s, values, text)
}

// addField adds a field under the step's name.
func (d *decoder) addField(s *step, values []value, text string) error {
	name := s.name
	if s.naming >= 0 {
		if int(s.naming) >= len(values) {
			return fmt.Errorf("the template has a place for value %d of %d", s.naming, len(values))
		}
		var err error
		v := values[s.naming]
		if d.scratch, err = appendValue(d.scratch[:0], v.kind, d.bytes(v)); err != nil {
			return err
		}
		name = d.keep(d.scratch)
		d.room -= len(name)
	}
	if d.room -= len(text); d.room < 0 || len(d.event.Data) >= maxFields {
		return errTooMuch
	}
	d.event.Data = append(d.event.Data, Field{Name: name, Value: text})
	return nil
}

// addValue adds a value to a text of several parts, the members of an array
// with commas between them. Binary XML there becomes fields of its own.
func (d *decoder) addValue(v value, depth int) error {
	if v.kind == typeBinXML && v.size > 0 {
		return d.fragment(int(v.off), int(v.off)+int(v.size), inUser, depth+1)
	}
	if v.kind&typeArray == 0 {
		parts, err := appendValue(d.parts, v.kind, d.bytes(v))
		if err != nil {
			return err
		}
		return d.addPart(parts)
	}
	parts, err := appendMembers(d.parts, v.kind&^typeArray, d.bytes(v))
	if err != nil {
		return err
	}
	return d.addPart(parts)
}

// appendMembers adds the members of an array with commas between them, which
// is done only where an array stands beside other text.
func appendMembers(dst []byte, kind byte, rest []byte) ([]byte, error) {
	for first := true; len(rest) > 0; first = false {
		var one []byte
		var err error
		if one, rest, err = member(kind, rest); err != nil {
			return dst, err
		}
		if !first {
			dst = append(dst, ", "...)
		}
		if dst, err = appendValue(dst, kind, one); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

func (d *decoder) addPart(parts []byte) error {
	if d.parts = parts; len(parts) > maxText {
		return errTooMuch
	}
	return nil
}

// endParts makes the parts a field, or a field of System.
func (d *decoder) endParts(s *step, values []value, from int) error {
	text := d.keep(d.parts[from:])
	if s.target != targetNone {
		return d.setText(s.target, text)
	}
	return d.addField(s, values, text)
}

// string gives the text of a value. Many values are what they were in the
// record before, and then so is the string.
func (d *decoder) string(s *step, v value) (string, error) {
	if v.size == 0 || v.kind == typeNull {
		return "", nil
	}
	b := d.bytes(v)
	if v.kind == s.last.kind && v.size == s.last.size && bytes.Equal(b, d.bytes(s.last)) {
		return s.lastText, nil
	}
	if v.kind >= typeUint8 && v.kind <= typeUint64 {
		if n, ok := unsigned(v.kind, b); ok && n < 100 {
			return strconv.Itoa(int(n)), nil
		}
	}
	var err error
	if d.scratch, err = appendValue(d.scratch[:0], v.kind, b); err != nil {
		return "", err
	}
	s.last, s.lastText = v, d.keep(d.scratch)
	return s.lastText, nil
}
