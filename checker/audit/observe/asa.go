package observe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"jobun/checker/audit/evtx"
	"jobun/checker/audit/listing"
)

// An export of Attack Surface Analyzer: results, an object of TYPE_CHANGE
// (FILE_CREATED, USER_MODIFIED, …), each a list of results with Identity, Base and
// Compare (the thing before and after), Diffs (Field, Before, After), BaseRunId and
// CompareRunId. A serialiser's wrapping ($type, $values) is taken off; numbers and
// words for kinds are both read, from the name of the list. It compares two states:
// what differs is inferred, and nobody is named. Access is in PermissionsString (SDDL) or,
// of files in every release, in Permissions (who: rights, allowed or denied). Source: the tool's own source text,
// Objects/CompareResult.cs, and its published test files.

func isASA(head []byte) bool {
	text := plainHead(head)
	return bytes.HasPrefix(text, []byte("{")) && bytes.Contains(text[:min(len(text), 4000)], []byte(`"results"`)) &&
		(bytes.Contains(text, []byte(`_CREATED"`)) || bytes.Contains(text, []byte(`_MODIFIED"`)) || bytes.Contains(text, []byte(`_DELETED"`)))
}

// asaResult is one difference.
type asaResult struct {
	Identity      string
	Base, Compare *asaObject
	CompareRunID  string `json:"CompareRunId"`
	Diffs         json.RawMessage
}

// asaObject is a thing of any kind; each kind has some of the fields.
type asaObject struct {
	Name, SID, Path, Key, Identity string
	Hidden, Privileged             bool // left out where false, so that only true says something
	PermissionsString              string
	Permissions                    map[string]asaRights
	StoreName, StoreLocation       string
	ApplicationName, PathName      string
	CertificateHashString          string
}

func (c *collector) readASA(r io.Reader) error {
	w := newWalker(r)
	return w.ends(c, w.object(func(name string) error {
		if !strings.EqualFold(name, "results") {
			return w.skip()
		}
		return w.object(func(kind string) error {
			what, verb, ok := strings.Cut(kind, "_")
			if i := strings.LastIndexByte(kind, '_'); ok && i > 0 {
				what, verb = kind[:i], kind[i+1:]
			}
			if !ok || strings.HasPrefix(kind, "$") {
				return w.skip()
			}
			each := func(i int) error {
				var x asaResult
				odd := w.odd.count
				if err := w.take(&x); err != nil || w.odd.count > odd && x.Base == nil && x.Compare == nil {
					return err
				}
				c.source.Read++
				c.inferred(func() { c.asa(what, verb, x, fmt.Sprintf("/results/%s/%d", kind, i)) })
				return nil
			}
			return w.either(func() error {
				return w.object(func(name string) error {
					if name == "$values" {
						return w.list(each)
					}
					return w.skip()
				})
			}, each)
		})
	}))
}

// either takes the next value with the one or, if it is a list, each member with the
// other.
func (w *walker) either(object func() error, each func(i int) error) error {
	var raw json.RawMessage
	// Only the first sign is needed, and a decoder cannot be asked for it: what is
	// taken here is bounded, as every value is.
	w.meter.since = 0
	if err := w.d.Decode(&raw); err != nil {
		return err
	}
	in := &walker{d: json.NewDecoder(bytes.NewReader(raw)), meter: &meter{in: bytes.NewReader(nil)}, odd: w.odd}
	outer := *w
	defer func() { *w = outer }()
	*w = *in
	if len(raw) > 0 && raw[0] == '[' {
		return w.list(each)
	}
	return object()
}

// asa takes one difference. The kinds that are not here are counted.
func (c *collector) asa(what, verb string, x asaResult, where string) {
	o := x.Compare
	if o == nil {
		o = x.Base
	}
	if o == nil {
		o = &asaObject{}
	}
	name := x.Identity
	for _, known := range []string{o.Path, o.Key, o.Name} {
		if known != "" {
			name = known
			break
		}
	}
	e := &event{Event: &evtx.Event{}, where: where, written: x.CompareRunID}
	e.Data = []evtx.Field{{Name: "Identity", Value: x.Identity}, {Name: "Name", Value: o.Name}, {Name: "SID", Value: o.SID}, {Name: "PermissionsString", Value: o.PermissionsString}, {Name: "Diffs", Value: string(x.Diffs)}}
	s := seen{name: name, excerpt: e.excerpt("Identity", "Name", "SID", "PermissionsString", "Diffs")}
	if name == "" {
		c.misread(e, "names nothing")
		return
	}
	change := map[string]string{"CREATED": "create", "DELETED": "delete", "MODIFIED": "change"}[verb]
	kind := map[string]string{"FILE": "file", "REGISTRY": "registry_key", "SERVICE": "service", "FIREWALL": "firewall_rule", "USER": "account", "CERTIFICATE": "certificate", "DRIVER": "driver"}[what]
	if change == "" || kind == "" {
		c.count("differences of kinds that are not taken: " + cut(what, 40))
		return
	}
	s.kind, s.action = kind, kind+"."+change
	switch kind {
	case "file":
		if verb == "MODIFIED" && !c.asaAccess(e, x, s) {
			c.count("files modified (no access changed)")
		}
		if verb == "MODIFIED" {
			return
		}
	case "account":
		s.sid = o.SID
		c.called(o.SID, o.Name, 2)
		if verb != "DELETED" {
			s.shows = map[string]any{}
			if o.Hidden {
				s.shows["hidden"] = true
			}
			if o.Privileged {
				s.shows["administrator"] = true
			}
		}
	case "certificate":
		s.action = map[string]string{"CREATED": "certificate.install", "DELETED": "certificate.remove"}[verb]
		if s.action == "" {
			return
		}
		s.quote = strings.TrimSpace(o.StoreLocation + " " + o.StoreName)
	}
	c.keep(e, s)
}

// asaRights are the rights that the entries of one account have together: a text for
// files, a list for keys.
type asaRights []string

func (r *asaRights) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return json.Unmarshal(raw, (*[]string)(r))
	}
	for right := range strings.SplitSeq(text, ",") {
		*r = append(*r, strings.TrimSpace(right))
	}
	return nil
}

// asaAccess keeps a change of a file's access list, where both states are stated.
func (c *collector) asaAccess(e *event, x asaResult, s seen) bool {
	if x.Base == nil || x.Compare == nil {
		return false
	}
	before, err1 := listing.ParseSDDL(x.Base.PermissionsString)
	after, err2 := listing.ParseSDDL(x.Compare.PermissionsString)
	if err1 != nil || err2 != nil {
		s.action, s.note = "acl.change", rightsThatDiffer(x.Base.Permissions, x.Compare.Permissions)
		if s.note == "" {
			return false
		}
		c.keep(e, s)
		return true
	}
	d := differences(s.name, before, after)
	if !d.dacl {
		return false
	}
	s.action, s.shows, s.access = "acl.change", d.shows(), d.words()
	c.keep(e, s)
	return true
}

// rightsThatDiffer says whose entries differ. The export does not tell entries that allow
// from those that deny, so that nobody is said to have gained or lost anything. Without
// both states nothing differs.
func rightsThatDiffer(before, after map[string]asaRights) string {
	if before == nil || after == nil {
		return ""
	}
	words := func(r asaRights) string {
		if len(r) == 0 {
			return "none"
		}
		slices.Sort(r)
		return strings.Join(slices.Compact(r), ", ")
	}
	var parts []string
	for _, who := range slices.Sorted(maps.Keys(joinedKeys(before, after))) {
		if b, a := words(before[who]), words(after[who]); b != a && !strings.HasPrefix(who, "$") {
			parts = append(parts, fmt.Sprintf("%s: %s → %s", who, b, a))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return cut("entries that differ, whether they allow or deny is not stated: "+strings.Join(parts, "; "), 500)
}

func joinedKeys(a, b map[string]asaRights) map[string]asaRights {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}
