package observe

import (
	"bytes"
	"fmt"
	"io"
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
// without a zone. Sources: CAPEv2's reporting modules; published reports of 2.2, 2.4.

func isCAPE(head []byte) bool {
	text := plainHead(head)
	return bytes.HasPrefix(text, []byte("{")) &&
		(bytes.Contains(text, []byte(`"behavior"`)) && bytes.Contains(text, []byte(`"processes"`)) ||
			bytes.Contains(text[:min(len(text), 400)], []byte(`"statistics"`)) && bytes.Contains(text, []byte(`"processing"`)))
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
}

func (c *collector) capeProcess(w *walker, i int) error {
	var p sandboxProcess
	return w.object(func(name string) error {
		var err error
		switch name {
		case "process_id":
			p.id, err = w.word()
		case "parent_id":
			p.parent, err = w.word()
		case "process_name":
			p.name, err = w.word()
		case "module_path":
			p.path, err = w.word()
		case "calls":
			c.capeStart(&p, i)
			return w.list(func(n int) error {
				var call sandboxCall
				if err := w.take(&call); err != nil {
					return err
				}
				c.source.Read++
				c.capeCall(&p, &call, fmt.Sprintf("/behavior/processes/%d/calls/%d", i, n))
				return nil
			})
		default:
			err = w.skip()
		}
		return err
	})
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
	API       string
	Status    bool
	Arguments []struct {
		Name   string
		Value  any
		Pretty any `json:"pretty_value"`
	}
}

func (s *sandboxCall) get(name string) string {
	for _, a := range s.Arguments {
		if a.Name == name && a.Value != nil {
			return fmt.Sprint(a.Value)
		}
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

func (c *collector) capeCall(p *sandboxProcess, call *sandboxCall, where string) {
	if !call.Status {
		return
	}
	e := &event{Event: &evtx.Event{}, where: where, local: true, written: call.Timestamp + " (the guest's clock)"}
	if at, err := time.Parse("2006-01-02 15:04:05,000", call.Timestamp); err == nil {
		e.Time = at
	}
	e.Data = []evtx.Field{{Name: "Image", Value: p.path}, {Name: "ProcessId", Value: p.id}, {Name: "api", Value: call.API}}
	fields := []string{"Image", "ProcessId", "api"}
	for _, name := range []string{"FullName", "ValueName", "Type", "Buffer", "FileName", "ServiceName", "BinaryPathName"} {
		if v := call.get(name); v != "" {
			e.Data = append(e.Data, evtx.Field{Name: name, Value: cut(v, 400)})
			fields = append(fields, name)
		}
	}
	key := keyName(call.get("FullName"))
	switch api := strings.TrimRight(call.API, "AW"); {
	case key != "" && (api == "RegSetValueEx" || api == "NtSetValueKey"):
		x := keyChange{target: key, sets: true, value: call.get("Buffer"), fields: fields}
		if call.get("Type") == "4" && isNumber(x.value) {
			x.dword = x.value
		}
		c.key(e, x)
	case key != "" && (api == "RegDeleteValue" || api == "RegDeleteKey" || api == "RegDeleteKeyEx" || api == "NtDeleteKey" || api == "NtDeleteValueKey"):
		c.key(e, keyChange{target: key, deletes: true, fields: fields})
	case key != "" && strings.HasPrefix(api, "RegCreateKey") && call.get("Disposition") == "1":
		c.key(e, keyChange{target: key, makes: true, fields: fields})
	case api == "CreateService" && call.get("ServiceName") != "":
		c.keep(e, seen{action: "service.create", kind: "service", name: call.get("ServiceName"), excerpt: e.excerpt(fields...)})
	case api == "NtCreateFile" && call.pretty("CreateDisposition") == "FILE_CREATE", api == "NtCreateFile" && call.get("ExistedBefore") == "no":
		c.ownAct(e, "file.create", "file", call.get("FileName"), fields...)
	case api == "DeleteFile", api == "NtDeleteFile":
		c.ownAct(e, "file.delete", "file", call.get("FileName"), fields...)
	}
}
