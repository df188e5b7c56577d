package lawxml

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ReadJSON reads an answer of the 法令API to law_data. Its law_full_text is the
// tree of the XML as {tag, attr, children}; where the XML was asked for inside
// JSON it is that file in Base64, which is read too.
func ReadJSON(r io.Reader, limits Limits) (*Document, error) {
	limits = limits.orDefault()
	data, err := capped(r, limits.Bytes)
	if err != nil {
		return nil, err
	}
	d, err := readJSON(data, limits)
	if err != nil {
		return nil, fmt.Errorf("read law JSON: %w", err)
	}
	return d, nil
}

func readJSON(data []byte, limits Limits) (*Document, error) {
	// The depth is checked before anything is decoded: encoding/json recurses.
	if err := jsonDepth(data, 4*limits.Depth); err != nil {
		return nil, err
	}
	var answer struct {
		Law      LawInfo         `json:"law_info"`
		Revision RevisionInfo    `json:"revision_info"`
		Text     json.RawMessage `json:"law_full_text"`
		Code     string          `json:"code"`
		Message  string          `json:"message"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, err
	}
	if len(answer.Text) == 0 || string(answer.Text) == "null" {
		if answer.Message != "" {
			return nil, fmt.Errorf("the API answered %s: %s", answer.Code, answer.Message)
		}
		return nil, errors.New("there is no law_full_text in it")
	}
	root, err := jsonLaw(answer.Text, limits)
	if err != nil {
		return nil, err
	}
	if root.Tag != "Law" {
		return nil, fmt.Errorf("law_full_text is an element %q, not the whole Law", root.Tag)
	}
	d, err := newDocument(root)
	if err != nil {
		return nil, err
	}
	d.said(answer.Law, answer.Revision)
	return d, nil
}

func jsonLaw(text json.RawMessage, limits Limits) (*Node, error) {
	if text[0] == '"' {
		var coded string
		if err := json.Unmarshal(text, &coded); err != nil {
			return nil, err
		}
		file, err := base64.StdEncoding.DecodeString(coded)
		if err != nil {
			return nil, fmt.Errorf("law_full_text is neither a tree nor Base64: %w", err)
		}
		return readTree(bytes.TrimPrefix(file, []byte("\ufeff")), limits)
	}
	j := &jsonTree{dec: json.NewDecoder(bytes.NewReader(text)), tree: tree{limits: limits}}
	return j.value(true)
}

// jsonDepth refuses brackets that nest deeper than a limit.
func jsonDepth(data []byte, most int) error {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > most {
				return fmt.Errorf("byte %d: %w", i, ErrTooDeep)
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// jsonTree reads {tag, attr, children} token by token.
type jsonTree struct {
	dec *json.Decoder
	tree
}

// value reads an element or, unless it has to be one, a text.
func (j *jsonTree) value(element bool) (*Node, error) {
	token, err := j.dec.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return j.element()
		}
	case string:
		if !element {
			return nil, j.text(token)
		}
	}
	return nil, fmt.Errorf("byte %d: want an element {tag, attr, children}", j.dec.InputOffset())
}

// element reads what follows the opening bracket. The tag may come after the
// children, so the element is open before its tag is known.
func (j *jsonTree) element() (*Node, error) {
	n := &Node{}
	var late json.RawMessage
	if err := j.start(n); err != nil {
		return nil, err
	}
	for j.dec.More() {
		key, err := j.dec.Token()
		if err != nil {
			return nil, err
		}
		switch key {
		case "tag":
			err = j.dec.Decode(&n.Tag)
		case "attr":
			n.Attr, err = j.attr()
		case "children":
			if n.Tag == "" {
				err = j.dec.Decode(&late)
			} else {
				err = j.children()
			}
		default:
			var ignored json.RawMessage
			err = j.dec.Decode(&ignored)
		}
		if err != nil {
			return nil, err
		}
	}
	if _, err := j.dec.Token(); err != nil {
		return nil, err
	}
	if !isName(n.Tag) {
		return nil, fmt.Errorf("byte %d: an element without a tag", j.dec.InputOffset())
	}
	if late != nil {
		before := j.dec
		j.dec = json.NewDecoder(bytes.NewReader(late))
		if err := j.children(); err != nil {
			return nil, err
		}
		j.dec = before
	}
	j.end()
	return n, nil
}

// isName reports whether s can be the name of an element or attribute.
func isName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
		if !letter && (i == 0 || (r < '0' || r > '9') && r != '-' && r != '.') {
			return false
		}
	}
	return s != ""
}

func (j *jsonTree) children() error {
	token, err := j.dec.Token()
	if err != nil || token == nil {
		return err
	}
	if token != json.Delim('[') {
		return fmt.Errorf("byte %d: children are not a list", j.dec.InputOffset())
	}
	for j.dec.More() {
		if _, err := j.value(false); err != nil {
			return err
		}
	}
	_, err = j.dec.Token()
	return err
}

// attr reads attributes in the order in which they are written.
func (j *jsonTree) attr() ([]Attr, error) {
	token, err := j.dec.Token()
	if err != nil || token == nil {
		return nil, err
	}
	if token != json.Delim('{') {
		return nil, fmt.Errorf("byte %d: attr is not an object", j.dec.InputOffset())
	}
	var attrs []Attr
	for j.dec.More() {
		name, err := j.dec.Token()
		if err != nil {
			return nil, err
		}
		value, err := j.dec.Token()
		if err != nil {
			return nil, err
		}
		if _, nested := value.(json.Delim); nested {
			return nil, fmt.Errorf("byte %d: an attribute is not a text", j.dec.InputOffset())
		}
		if value != nil && isName(fmt.Sprint(name)) {
			attrs = append(attrs, Attr{fmt.Sprint(name), fmt.Sprint(value)})
		}
	}
	_, err = j.dec.Token()
	return attrs, err
}
