package audit

import "time"

// AsRead gives the report as it was written, every key of it, as values that JSON
// can hold: dates and times are strings in ISO form. Written as JSON it is a report
// that Read reads to the same facts. It is nil for a report that was not read.
func (r *Report) AsRead() map[string]any {
	if r.tree == nil {
		return nil
	}
	root, _ := inISO(r.tree.Root()).(map[string]any)
	return root
}

// inISO copies a decoded value with its times as text.
func inISO(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, member := range v {
			out[key] = inISO(member)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, member := range v {
			out[i] = inISO(member)
		}
		return out
	case time.Time:
		return timeText(v)
	default:
		return v
	}
}
