package audit

import (
	"fmt"

	"jobun/internal/day"
)

// ValueOf turns a decoded TOML or JSON value into the value of a fact.
func ValueOf(t Type, raw any) (Value, error) { return valueOf(t, raw) }

func valueOf(t Type, raw any) (Value, error) {
	v := Value{Type: t}
	switch t {
	case Bool:
		b, ok := raw.(bool)
		if !ok {
			return v, fmt.Errorf("want true or false, have %s", called(raw))
		}
		v.Bool = b
	case Int:
		n, ok := raw.(int64)
		if !ok {
			return v, fmt.Errorf("want a whole number, have %s", called(raw))
		}
		v.Int = n
	case Date:
		var w When
		if err := w.FromValue(raw); err != nil {
			return v, err
		}
		v.Date = w.Span
	case List:
		items, ok := raw.([]any)
		if !ok {
			return v, fmt.Errorf("want a list of strings, have %s", called(raw))
		}
		v.List = []string{}
		for _, item := range items {
			s, ok := item.(string)
			if !ok {
				return v, fmt.Errorf("want a list of strings, have %s in it", called(item))
			}
			v.List = append(v.List, s)
		}
	default:
		s, ok := raw.(string)
		if !ok {
			return v, fmt.Errorf("want a string, have %s", called(raw))
		}
		v.Text = s
	}
	return v, nil
}

// called names a decoded value in plain words.
func called(raw any) string {
	switch raw := raw.(type) {
	case bool:
		return fmt.Sprint(raw)
	case int64, float64:
		return fmt.Sprintf("the number %v", raw)
	case string:
		return fmt.Sprintf("the string %q", raw)
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	case nil:
		return "nothing"
	case fmt.Stringer:
		return "a date or time"
	default:
		return "something else"
	}
}

// DateValue is a date fact's value.
func DateValue(s day.Span) Value { return Value{Type: Date, Date: s} }
