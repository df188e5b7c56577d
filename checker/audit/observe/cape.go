package observe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"jobun/checker/audit/evtx"
)

// A report.json of CAPE or Cuckoo: info, target.file (name, sha256), and
// behavior.processes, each with process_id, parent_id, module_path and its calls
// (timestamp, api, status, arguments of name and value). The summary mixes all
// processes that the sandbox watched, and the score says nothing: neither is taken.
// Taken are the calls that had success, by their process, so that the tree of the target
// tells them apart from Windows' and the sandbox's own. Times are the guest's clock,
// without a zone. Cuckoo 2 writes pid, ppid, process_path (after the calls), and calls with
// time, status 1 and arguments by name (regkey, value, filepath). Sources: CAPEv2's reporting
// modules and published reports of 2.2, 2.4; Cuckoo's processing modules, and published calls.

func isCAPE(head []byte) bool {
	text := plainHead(head)
	return bytes.HasPrefix(text, []byte("{")) &&
		(bytes.Contains(text, []byte(`"behavior"`)) && bytes.Contains(text, []byte(`"processes"`)) ||
			bytes.Contains(text[:min(len(text), 400)], []byte(`"statistics"`)) && bytes.Contains(text, []byte(`"processing"`)) ||
			bytes.Contains(text[:min(len(text), 400)], []byte(`"info"`)) && bytes.Contains(text, []byte(`"started"`)) &&
				bytes.Contains(text, []byte(`"machine"`)) && bytes.Contains(text, []byte(`"package"`)))
}

// readCAPE takes the processes of a report in their order, which is that of their start.
func (c *collector) readCAPE(r io.Reader) error {
	w := newWalker(r)
	found := false
	return w.ends(c, w.object(func(name string) error {
		switch name {
		case "target":
			var target struct {
				File struct{ Name, SHA256 string }
			}
			if err := w.take(&target); err != nil {
				return err
			}
			c.target(target.File.Name, target.File.SHA256, found)
			return nil
		case "behavior":
			found = true
			return w.object(func(name string) error {
				if name != "processes" {
					return w.skip()
				}
				return w.list(func(i int) error { return c.capeProcess(w, i) })
			})
		default:
			return w.skip()
		}
	}))
}

// target notes what the sandbox ran. If its hash is the subject's, so is its name.
func (c *collector) target(name, sha256 string, late bool) {
	if ran := stated("", cut(name, 100), "sha256:", cut(sha256, 64)); len(ran) > 0 {
		c.note("the sandbox ran " + strings.Join(ran, ", "))
	}
	if basis, _ := c.tree.subject.is("", sha256); basis != "hash" || name == "" {
		return
	}
	c.hashes[strings.ToLower(sha256)] = true
	c.tree.shows("", name, sha256)
	if late {
		c.note("the report states the target after its processes: name it too (file:" + cut(name, 100) + ")")
		return
	}
	c.tree.subject.Files = append(append([]string{}, c.tree.subject.Files...), name, name+".exe")
}

// sandboxProcess is what stands before the calls of a process.
type sandboxProcess struct {
	id, parent, name, path string
	started                bool
	early                  []earlyCall
}

// earlyCall is a call that stands before what says whose it is.
type earlyCall struct {
	call  sandboxCall
	where string
}

const mostEarly = 20_000 // of one process

func (c *collector) capeProcess(w *walker, i int) error {
	var p sandboxProcess
	err := w.object(func(name string) error {
		var err error
		switch name {
		case "process_id", "pid":
			p.id, err = w.word()
		case "parent_id", "ppid":
			p.parent, err = w.word()
		case "process_name":
			p.name, err = w.word()
		case "module_path", "process_path":
			p.path, err = w.word()
		case "calls":
			return w.list(func(n int) error { return c.capeTake(w, &p, i, n) })
		default:
			err = w.skip()
		}
		return err
	})
	if p.id != "" {
		c.capeStart(&p, i)
	}
	for _, early := range p.early {
		c.capeCall(&p, &early.call, early.where)
	}
	return err
}

// capeTake takes one call of a process: at once if the process is known by then, or else
// when it has been read.
func (c *collector) capeTake(w *walker, p *sandboxProcess, i, n int) error {
	var call sandboxCall
	if err := w.take(&call); err != nil {
		return err
	}
	c.source.Read++
	where := fmt.Sprintf("/behavior/processes/%d/calls/%d", i, n)
	switch {
	case p.id != "" && p.name != "":
		c.capeStart(p, i)
		c.capeCall(p, &call, where)
	case !bool(call.Status) || !takenCall(&call):
	case len(p.early) < mostEarly:
		p.early = append(p.early, earlyCall{call, where})
	default:
		c.source.Left++
	}
	return nil
}

// word takes a text or a number as text.
func (w *walker) word() (string, error) {
	var v any
	if err := w.take(&v); err != nil || v == nil {
		return "", err
	}
	if f, ok := v.(float64); ok {
		return fmt.Sprintf("%.0f", f), nil
	}
	return fmt.Sprint(v), nil
}

func (c *collector) capeStart(p *sandboxProcess, i int) {
	if p.started {
		return
	}
	p.started = true
	image := p.path
	if image == "" || !strings.EqualFold(baseName(image), p.name) {
		image = p.name
	}
	p.path = image
	e := &event{Event: &evtx.Event{Data: []evtx.Field{{Name: "process_name", Value: p.name}, {Name: "module_path", Value: image}, {Name: "process_id", Value: p.id}, {Name: "parent_id", Value: p.parent}}},
		where: fmt.Sprintf("/behavior/processes/%d", i)}
	c.startedRow(e, start{pid: p.id, image: image, parentPID: p.parent}, []string{"process_name", "module_path", "process_id", "parent_id"})
}

// sandboxCall is one call of Windows' interface.
type sandboxCall struct {
	Timestamp string
	Time      float64 // of Cuckoo 2: seconds since 1970, by the guest's clock
	API       string
	Status    succeeded
	Arguments arguments
	Flags     map[string]any // of Cuckoo 2: the words for numbers
}

// succeeded is true or 1.
type succeeded bool

func (s *succeeded) UnmarshalJSON(raw []byte) error {
	*s = string(raw) == "true" || string(raw) == "1"
	return nil
}

// arguments are a list of names and values, or an object of them.
type arguments []argument

type argument struct {
	Name   string
	Value  any
	Pretty any `json:"pretty_value"`
}

func (a *arguments) UnmarshalJSON(raw []byte) error {
	var byName map[string]any
	if json.Unmarshal(raw, &byName) != nil {
		return json.Unmarshal(raw, (*[]argument)(a))
	}
	for name, value := range byName {
		if known := cuckooNames[name]; known != "" {
			name = known
		}
		*a = append(*a, argument{Name: name, Value: value})
	}
	return nil
}

// cuckooNames are Cuckoo's names of arguments for CAPE's.
var cuckooNames = map[string]string{
	"regkey": "FullName", "value": "Buffer", "reg_type": "Type", "disposition": "Disposition",
	"filepath": "FileName", "service_name": "ServiceName",
}

func (s *sandboxCall) get(name string) string {
	for _, a := range s.Arguments {
		if a.Name != name || a.Value == nil {
			continue
		}
		if f, ok := a.Value.(float64); ok {
			return strconv.FormatFloat(f, 'f', -1, 64)
		}
		return fmt.Sprint(a.Value)
	}
	return ""
}

func (s *sandboxCall) pretty(name string) string {
	for _, a := range s.Arguments {
		if a.Name == name && a.Pretty != nil {
			return fmt.Sprint(a.Pretty)
		}
	}
	return ""
}

// when is the guest's clock at the call, and how the report writes it.
func (s *sandboxCall) when() (at time.Time, written string) {
	if s.Timestamp == "" && s.Time > 0 {
		seconds, part := math.Modf(s.Time)
		return time.Unix(int64(seconds), int64(part*1e6)*1000).UTC(), strconv.FormatFloat(s.Time, 'f', -1, 64)
	}
	at, _ = time.Parse("2006-01-02 15:04:05,000", s.Timestamp)
	return at, s.Timestamp
}

// takenCall reports whether a call is one of those that capeCall takes.
func takenCall(call *sandboxCall) bool {
	switch api := plainAPI(call); api {
	case "CreateService", "NtCreateFile", "DeleteFile", "NtDeleteFile":
		return true
	default:
		return setsValue(api) || deletesKey(api) || strings.HasPrefix(api, "RegCreateKey")
	}
}

func plainAPI(call *sandboxCall) string { return strings.TrimRight(call.API, "AW") }

func setsValue(api string) bool { return api == "RegSetValueEx" || api == "NtSetValueKey" }

func deletesKey(api string) bool {
	return slices.Contains([]string{"RegDeleteValue", "RegDeleteKey", "RegDeleteKeyEx", "NtDeleteKey", "NtDeleteValueKey"}, api)
}

func (c *collector) capeCall(p *sandboxProcess, call *sandboxCall, where string) {
	if !call.Status {
		return
	}
	e := &event{Event: &evtx.Event{}, where: where, local: true}
	e.Time, e.written = call.when()
	e.remark = "the guest's clock"
	e.Data = []evtx.Field{{Name: "Image", Value: p.path}, {Name: "ProcessId", Value: p.id}, {Name: "api", Value: call.API}}
	fields := []string{"Image", "ProcessId", "api"}
	for _, name := range []string{"FullName", "ValueName", "Type", "Buffer", "FileName", "ServiceName", "BinaryPathName"} {
		if v := call.get(name); v != "" {
			e.Data = append(e.Data, evtx.Field{Name: name, Value: cut(v, 400)})
			fields = append(fields, name)
		}
	}
	key := keyName(call.get("FullName"))
	switch api := plainAPI(call); {
	case key != "" && setsValue(api):
		x := keyChange{target: key, sets: true, value: call.get("Buffer"), fields: fields}
		if call.get("Type") == "4" && isNumber(x.value) {
			x.dword = x.value
		}
		c.key(e, x)
	case key != "" && deletesKey(api):
		c.key(e, keyChange{target: key, deletes: true, fields: fields})
	case key != "" && strings.HasPrefix(api, "RegCreateKey") && call.get("Disposition") == "1":
		c.key(e, keyChange{target: key, makes: true, fields: fields})
	case api == "CreateService" && call.get("ServiceName") != "":
		c.keep(e, seen{action: "service.create", kind: "service", name: call.get("ServiceName"), excerpt: e.excerpt(fields...)})
	case api == "NtCreateFile" && (call.pretty("CreateDisposition") == "FILE_CREATE" || call.get("ExistedBefore") == "no" || call.Flags["status_info"] == "FILE_CREATED"):
		c.ownAct(e, "file.create", "file", call.get("FileName"), fields...)
	case api == "DeleteFile", api == "NtDeleteFile":
		c.ownAct(e, "file.delete", "file", call.get("FileName"), fields...)
	}
}
