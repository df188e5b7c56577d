package observe

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// walker goes through one large JSON value without holding it: what is not asked for
// is passed over token by token.
type walker struct {
	d     *json.Decoder
	meter *meter
	odd   *misshapen
}

// misshapen counts values, or parts of them, that are not of the types of their format.
type misshapen struct {
	count int
	first string // where the first stood
}

func (m *misshapen) add(count int, where string) {
	if m.count == 0 {
		m.first = where
	}
	m.count += count
}

func newWalker(r io.Reader) *walker {
	m := &meter{in: utf8Reader(r), most: mostLine}
	return &walker{d: json.NewDecoder(m), meter: m, odd: &misshapen{}}
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

// take decodes the next value, which may have 16 MiB. What of it is of another type than
// the format has is left out and counted.
func (w *walker) take(into any) error {
	w.meter.since = 0
	err := w.d.Decode(into)
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) { // the decoder has gone on behind it
		w.odd.add(1, strings.TrimPrefix(kind.Field+" "+kind.Value, " "))
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

// ends says where reading stopped, if it did, and what was left out.
func (w *walker) ends(c *collector, err error) error {
	if w.odd.count > 0 {
		c.source.Bad += w.odd.count
		c.lost(fmt.Sprintf("%d values are not of the shape of this format and were left out, the first: %s", w.odd.count, cut(w.odd.first, 100)))
	}
	if err != nil {
		c.lost(fmt.Sprintf("byte %d: %s", w.d.InputOffset(), cut(err.Error(), 150)))
	}
	return nil
}

// members are those of a list that could be read, by their places in it; the others are
// counted.
type members[T any] struct {
	at  []int
	all []T
	odd int
}

func (m *members[T]) UnmarshalJSON(raw []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	for i, one := range list {
		var value T
		if json.Unmarshal(one, &value) != nil || string(one) == "null" {
			m.odd++
			continue
		}
		m.at, m.all = append(m.at, i), append(m.all, value)
	}
	return nil
}

// word is a text, or the JSON of another value.
type word string

func (w *word) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, (*string)(w)) != nil {
		*w = word(raw)
	}
	return nil
}
