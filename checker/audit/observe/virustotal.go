package observe

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"jobun/checker/audit/evtx"
)

// A file behaviour of VirusTotal (API version 3): attributes with sandbox_name,
// registry_keys_set {key, value}, registry_keys_deleted, services_created,
// files_written and others, and an id that begins with the SHA-256 of what was run.
// Placeholders differ with the sandbox (<HKLM>, <SYSTEM32>, %WINDIR%) and are kept as
// they are; some sandboxes write a key alone, and the name of the value as its value. The
// summary of all sandboxes has the lists without attributes. The lists mix all processes, so nothing is attributed. Source:
// VirusTotal's API reference, "File behaviour".

func isVirusTotal(head []byte) bool {
	text := plainHead(head)
	if !bytes.HasPrefix(text, []byte("{")) {
		return false
	}
	return bytes.Contains(text[:min(len(text), 400)], []byte(`"attributes"`)) || bytes.Contains(text, []byte(`"file_behaviour"`)) ||
		bytes.Contains(text[:min(len(text), 400)], []byte(`"data"`)) && bytes.Contains(text, []byte(`"registry_keys_set"`))
}

// behaviour is what is taken of the attributes.
type behaviour struct {
	Sandbox  string                        `json:"sandbox_name"`
	Date     int64                         `json:"analysis_date"`
	Set      []struct{ Key, Value string } `json:"registry_keys_set"`
	Deleted  []string                      `json:"registry_keys_deleted"`
	Services []string                      `json:"services_created"`
}

func (c *collector) readVirusTotal(r io.Reader) error {
	w := newWalker(r)
	return w.ends(c, c.virusTotal(w, ""))
}

// virusTotal takes an object: the answer itself, or what lies in its data.
func (c *collector) virusTotal(w *walker, path string) error {
	return w.object(func(name string) error {
		switch name {
		case "data":
			return w.either(func() error { return c.virusTotal(w, path+"/data") }, func(i int) error { return c.virusTotal(w, fmt.Sprintf("%s/data/%d", path, i)) })
		case "attributes":
			var b behaviour
			if err := w.take(&b); err != nil {
				return err
			}
			c.behaviour(b, path+"/attributes")
			return nil
		case "registry_keys_set", "registry_keys_deleted", "services_created":
			var b behaviour
			list := map[string]any{"registry_keys_set": &b.Set, "registry_keys_deleted": &b.Deleted, "services_created": &b.Services}
			if err := w.take(list[name]); err != nil {
				return err
			}
			c.behaviour(b, path)
			return nil
		case "id":
			id, err := w.word()
			c.note("behaviour of sha256:" + cut(id, 100))
			return err
		default:
			return w.skip()
		}
	})
}

func (c *collector) behaviour(b behaviour, path string) {
	made := func(list string, i int, fields ...evtx.Field) *event {
		c.source.Read++
		e := &event{Event: &evtx.Event{Data: fields}, where: fmt.Sprintf("%s/%s/%d", path, list, i)}
		if b.Date > 0 {
			e.remark = "analysed " + time.Unix(b.Date, 0).UTC().Format(time.RFC3339) + ", " + cut(b.Sandbox, 60)
		}
		return e
	}
	// Which came first is not recorded. Windows takes certificates out and puts them back,
	// so that those in both lists are taken for no change.
	for i, key := range b.Deleted {
		c.key(made("registry_keys_deleted", i, evtx.Field{Name: "key", Value: key}), keyChange{target: sandboxKey(key), deletes: true, fields: []string{"key"}})
	}
	for i, s := range b.Set {
		e := made("registry_keys_set", i, evtx.Field{Name: "key", Value: s.Key}, evtx.Field{Name: "value", Value: s.Value})
		c.key(e, keyChange{target: sandboxKey(s.Key), sets: true, isKey: true, value: s.Value, fields: []string{"key", "value"}})
	}
	for i, name := range b.Services {
		e := made("services_created", i, evtx.Field{Name: "service", Value: name})
		if name != "" {
			c.keep(e, seen{action: "service.create", kind: "service", name: name, excerpt: e.excerpt("service")})
		}
	}
}

// sandboxKey writes the hives that sandboxes put in signs as keyName does.
func sandboxKey(key string) string {
	for _, hive := range []string{"HKLM", "HKCU", "HKU", "HKCR"} {
		key = strings.Replace(key, "<"+hive+">", hive, 1)
	}
	return keyName(key)
}
