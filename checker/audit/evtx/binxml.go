package evtx

import (
	"errors"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// The tokens of binary XML, without the flag that more follow.
const (
	tokenEOF        = 0x00
	tokenOpen       = 0x01
	tokenClose      = 0x02
	tokenCloseEmpty = 0x03
	tokenEnd        = 0x04
	tokenValue      = 0x05
	tokenAttribute  = 0x06
	tokenCDATA      = 0x07
	tokenCharRef    = 0x08
	tokenEntityRef  = 0x09
	tokenPITarget   = 0x0a
	tokenPIData     = 0x0b
	tokenTemplate   = 0x0c
	tokenNormal     = 0x0d
	tokenOptional   = 0x0e
	tokenFragment   = 0x0f

	tokenMore = 0x40
)

const (
	maxElements = 64      // How deep elements nest in one template.
	maxName     = 512     // How many characters a name has.
	maxNodes    = 1 << 16 // How many nodes the templates of a chunk make.
	maxText     = 1 << 20 // How many bytes of names and texts they hold, and an event has.
	noDepend    = 0xffff
)

const (
	errShort   = constError("binary XML ends too early")
	errTooMuch = constError("the event grows beyond its limits")
)

// constError is an error that is a constant.
type constError string

// Error gives the text.
func (e constError) Error() string { return string(e) }

type nodeKind uint8

const (
	nodeElement   nodeKind = iota // an element; its attributes and content follow, up to end
	nodeAttribute                 // an attribute; its content follows, up to end
	nodeText                      // literal text
	nodeValue                     // a substitution
)

// node is a piece of a template. An element's nodes follow it directly, its
// attributes first.
type node struct {
	kind     nodeKind
	optional bool   // of a substitution: nothing is there when the value is null
	number   uint16 // of a substitution: which value
	depend   uint16 // of an element: it is there only if this value is not null
	end      int32  // index behind the last node that belongs to this one
	text     string // name or text
}

// parser turns binary XML into nodes.
type parser struct {
	d        *decoder
	pos, end int
	template bool // Elements say what they depend on only inside a template.
	depth    int
}

func (p *parser) u8() (byte, error) {
	if p.pos >= p.end {
		return 0, errShort
	}
	p.pos++
	return p.d.data[p.pos-1], nil
}

func (p *parser) u16() (uint16, error) {
	if p.end-p.pos < 2 {
		return 0, errShort
	}
	p.pos += 2
	return le16(p.d.data, p.pos-2), nil
}

func (p *parser) u32() (uint32, error) {
	if p.end-p.pos < 4 {
		return 0, errShort
	}
	p.pos += 4
	return le32(p.d.data, p.pos-4), nil
}

// peek gives the next token without its flag.
func (p *parser) peek() (byte, error) {
	if p.pos >= p.end {
		return 0, errShort
	}
	return p.d.data[p.pos] &^ tokenMore, nil
}

// add puts a node at the end and gives its index.
func (p *parser) add(n node) (int, error) {
	if len(p.d.nodes) >= maxNodes {
		return 0, errors.New("the chunk's templates are too many or too large")
	}
	p.d.nodes = append(p.d.nodes, n)
	at := len(p.d.nodes) - 1
	p.d.nodes[at].end = int32(at + 1)
	return at, nil
}

// element reads one element, from its open token to its end.
func (p *parser) element() error {
	if p.depth++; p.depth > maxElements {
		return fmt.Errorf("elements nest more than %d deep", maxElements)
	}
	token, err := p.u8()
	if err != nil {
		return err
	}
	if token&^tokenMore != tokenOpen {
		return fmt.Errorf("token 0x%02x where an element should begin", token)
	}
	depend := uint16(noDepend)
	if p.template {
		if depend, err = p.u16(); err != nil {
			return err
		}
	}
	size, err := p.u32()
	if err != nil {
		return err
	}
	begin := p.pos
	name, err := p.name()
	if err != nil {
		return err
	}
	at, err := p.add(node{kind: nodeElement, text: name, depend: depend})
	if err != nil {
		return err
	}
	if token&tokenMore != 0 {
		if err := p.attributes(); err != nil {
			return err
		}
	}
	if err := p.body(); err != nil {
		return err
	}
	if p.pos-begin != int(size) {
		return fmt.Errorf("element %s states %d bytes and has %d", name, size, p.pos-begin)
	}
	p.d.nodes[at].end = int32(len(p.d.nodes))
	p.depth--
	return nil
}

// body reads what follows an element's attributes: nothing, or content.
func (p *parser) body() error {
	token, err := p.u8()
	if err != nil {
		return err
	}
	switch token {
	case tokenCloseEmpty:
		return nil
	case tokenClose:
		return p.content()
	}
	return fmt.Errorf("token 0x%02x where an element's tag should close", token)
}

// content reads to the end token of the element.
func (p *parser) content() error {
	for {
		token, err := p.peek()
		if err != nil {
			return err
		}
		switch token {
		case tokenEnd:
			p.pos++
			return nil
		case tokenOpen:
			err = p.element()
		case tokenPITarget:
			err = p.instruction()
		default:
			err = p.text(token)
		}
		if err != nil {
			return err
		}
	}
}

// attributes reads an attribute list.
func (p *parser) attributes() error {
	size, err := p.u32()
	if err != nil {
		return err
	}
	begin := p.pos
	for {
		token, err := p.peek()
		if err != nil {
			return err
		}
		if token != tokenAttribute {
			break
		}
		p.pos++
		name, err := p.name()
		if err != nil {
			return err
		}
		at, err := p.add(node{kind: nodeAttribute, text: name})
		if err != nil {
			return err
		}
		for {
			if token, err = p.peek(); err != nil {
				return err
			}
			if token == tokenAttribute || token == tokenClose || token == tokenCloseEmpty {
				break
			}
			if err := p.text(token); err != nil {
				return err
			}
		}
		p.d.nodes[at].end = int32(len(p.d.nodes))
	}
	if p.pos-begin != int(size) {
		return fmt.Errorf("an attribute list states %d bytes and has %d", size, p.pos-begin)
	}
	return nil
}

// text reads one token of what an attribute or an element may contain as text.
func (p *parser) text(token byte) error {
	p.pos++
	var text string
	var err error
	switch token {
	case tokenNormal, tokenOptional:
		return p.substitution(token)
	case tokenValue:
		var kind byte
		if kind, err = p.u8(); err != nil {
			return err
		}
		if kind != typeString {
			return fmt.Errorf("literal text of type 0x%02x", kind)
		}
		text, err = p.characters()
	case tokenCDATA:
		text, err = p.characters()
	case tokenCharRef:
		text, err = p.charRef()
	case tokenEntityRef:
		text, err = p.entity()
	default:
		return fmt.Errorf("token 0x%02x where text should be", token)
	}
	if err != nil {
		return err
	}
	_, err = p.add(node{kind: nodeText, text: text})
	return err
}

func (p *parser) substitution(token byte) error {
	number, err := p.u16()
	if err != nil {
		return err
	}
	if _, err = p.u8(); err != nil { // The type is stated again, and better, beside the value.
		return err
	}
	_, err = p.add(node{kind: nodeValue, number: number, optional: token == tokenOptional})
	return err
}

// characters reads a counted string.
func (p *parser) characters() (string, error) {
	n, err := p.u16()
	if err != nil {
		return "", err
	}
	size := 2 * int(n)
	if p.end-p.pos < size {
		return "", errShort
	}
	p.pos += size
	return p.d.literal(p.d.data[p.pos-size : p.pos])
}

func (p *parser) charRef() (string, error) {
	n, err := p.u16()
	if err != nil {
		return "", err
	}
	if r := rune(n); r != 0 && !utf16.IsSurrogate(r) {
		return string(r), nil
	}
	return "", errors.New("a character reference to " + strconv.Itoa(int(n)))
}

func (p *parser) entity() (string, error) {
	name, err := p.name()
	if err != nil {
		return "", err
	}
	switch name {
	case "amp":
		return "&", nil
	case "lt":
		return "<", nil
	case "gt":
		return ">", nil
	case "quot":
		return `"`, nil
	case "apos":
		return "'", nil
	}
	return "", fmt.Errorf("an entity %q, which XML does not define", name)
}

// instruction passes over a processing instruction, which says nothing of the event.
func (p *parser) instruction() error {
	p.pos++
	if _, err := p.name(); err != nil {
		return err
	}
	if token, err := p.peek(); err != nil || token != tokenPIData {
		return nil
	}
	p.pos++
	_, err := p.characters()
	return err
}
