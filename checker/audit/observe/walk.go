package observe

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// walker goes through one large JSON value without holding it: what is not asked for
// is passed over token by token.
type walker struct {
	d     *json.Decoder
	meter *meter
}

func newWalker(r io.Reader) *walker {
	m := &meter{in: utf8Reader(r), most: mostLine}
	return &walker{d: json.NewDecoder(m), meter: m}
}

var errShape = errors.New("not the shape of this format")

// object gives each name of an object to visit, which must take its value.
func (w *walker) object(visit func(name string) error) error {
	t, err := w.token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return errShape
	}
	for w.d.More() {
		name, err := w.token()
		if err != nil {
			return err
		}
		text, ok := name.(string)
		if !ok {
			return errShape
		}
		if err := visit(text); err != nil {
			return err
		}
	}
	_, err = w.token()
	return err
}

// list gives each member of a list to visit, which must take it.
func (w *walker) list(visit func(i int) error) error {
	t, err := w.token()
	if err != nil {
		return err
	}
	if t == nil { // null
		return nil
	}
	if t != json.Delim('[') {
		return errShape
	}
	return w.members(visit)
}

func (w *walker) members(visit func(i int) error) error {
	for i := 0; w.d.More(); i++ {
		if err := visit(i); err != nil {
			return err
		}
	}
	_, err := w.token()
	return err
}

// take decodes the next value, which may have 16 MiB.
func (w *walker) take(into any) error {
	w.meter.since = 0
	err := w.d.Decode(into)
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) { // a field of another type: the value was taken whole
		return nil
	}
	return err
}

func (w *walker) token() (json.Token, error) {
	w.meter.since = 0
	return w.d.Token()
}

// skip passes the next value over.
func (w *walker) skip() error {
	for depth := 0; ; {
		t, err := w.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > 1000 {
				return errJSONDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// ends says where reading stopped, if it did.
func (w *walker) ends(c *collector, err error) error {
	if err != nil {
		c.lost(fmt.Sprintf("byte %d: %s", w.d.InputOffset(), cut(err.Error(), 150)))
	}
	return nil
}
