package evtx

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// name reads a name, which stands here or anywhere else in the chunk.
func (p *parser) name() (string, error) {
	offset, err := p.u32()
	if err != nil {
		return "", err
	}
	data := p.d.data
	at := int(offset)
	if at < chunkHeaderSize || at+10 > len(data) {
		return "", errors.New("a name lies outside the chunk")
	}
	hash, n := le16(data, at+4), int(le16(data, at+6))
	if n > maxName || at+10+2*n > len(data) {
		return "", fmt.Errorf("a name of %d characters", n)
	}
	if at == p.pos {
		if p.pos += 10 + 2*n; p.pos > p.end {
			return "", errShort
		}
	}
	return p.d.nameOf(data[at+8:at+8+2*n], hash)
}

// nameOf gives the name for UTF-16 text, the same string for the same text,
// and checks it against its stored hash.
func (d *decoder) nameOf(src []byte, hash uint16) (string, error) {
	known, ok := d.names[string(src)]
	if !ok {
		known = name{text: string(appendUTF16(nil, src))}
		for i := 0; i+1 < len(src); i += 2 {
			known.hash = known.hash*nameFactor + le16(src, i)
		}
		if !xmlName(known.text) {
			return "", fmt.Errorf("%q is not a name", known.text)
		}
		d.names[string(src)] = known
	}
	if err := d.charge(known.text); err != nil {
		return "", err
	}
	if known.hash != hash {
		return "", fmt.Errorf("the name %s does not fit its hash", known.text)
	}
	return known.text, nil
}

// nameFactor is the low half of 65599, the factor of the hash of names, of
// which only the low 16 bits are kept.
const nameFactor = 65599 & 0xffff

type name struct {
	text string
	hash uint16
}

// xmlName tells whether text can be a name in XML, which keeps what XML writes
// well formed.
func xmlName(text string) bool {
	for i, r := range text {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_', r == ':':
		case r >= utf8.RuneSelf && r != utf8.RuneError:
		case i > 0 && (r >= '0' && r <= '9' || r == '-' || r == '.'):
		default:
			return false
		}
	}
	return text != ""
}

// literal gives the string for UTF-16 text in a template, the same one for the
// same short text.
func (d *decoder) literal(src []byte) (string, error) {
	text, ok := d.texts[string(src)]
	if !ok {
		d.scratch = appendUTF16(d.scratch[:0], src)
		text = string(d.scratch)
		if len(src) <= 2*maxName {
			d.texts[string(src)] = text
		}
	}
	return text, d.charge(text)
}

// joined gives the name of the field for an attribute, the same string for the
// same attribute.
func (d *decoder) joined(element, attribute string) (string, error) {
	key := [2]string{element, attribute}
	text, ok := d.joints[key]
	if !ok {
		text = element + "@" + attribute
		d.joints[key] = text
	}
	return text, d.charge(text)
}

// charge takes a name or a text off what the chunk's templates may hold. One that is
// known from a chunk before counts as a new one does: which chunks a decoder has seen
// must not decide what is left out.
func (d *decoder) charge(text string) error {
	if d.textLeft -= len(text); d.textLeft < 0 {
		return errors.New("the chunk's templates hold too many names and texts")
	}
	return nil
}
