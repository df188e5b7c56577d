package observe

import (
	"io"
	"strings"

	"jobun/checker/audit/evtx"
)

// Process Monitor's CSV. The default columns are Time of Day, Process Name, PID,
// Operation, Path, Result, Detail; all columns add Image Path, Parent PID, Date & Time
// and others. The time of day has no date and no zone, and the date's form is the
// machine's: neither is read as a time, both are kept as written. Only Result SUCCESS
// is taken. What an access list or an owner was changed to is not recorded: that one was
// written is told for the chronology, of the subject alone, and is no change of access.
// Source: Process Monitor's help; published exports.

// readProcmon takes the rows of a Procmon export.
func (c *collector) readProcmon(r io.Reader) error {
	ids := map[string]string{} // images by process id
	return c.rows(r, func(r row) {
		c.source.Read++
		if r.get("Result") != "SUCCESS" {
			return
		}
		image := r.get("Image Path")
		if image == "" {
			image = ids[r.get("PID")]
		}
		if image == "" || !strings.EqualFold(baseName(image), r.get("Process Name")) {
			image = r.get("Process Name")
		}
		e := &event{Event: &evtx.Event{}, line: r.line, where: r.get("Operation"), written: procmonTime(r)}
		e.Data = []evtx.Field{{Name: "Image", Value: image}, {Name: "ProcessId", Value: r.get("PID")}, {Name: "User", Value: r.get("User")},
			{Name: "Operation", Value: r.get("Operation")}, {Name: "Path", Value: r.get("Path")}, {Name: "Detail", Value: r.get("Detail")}}
		c.operation(e, r, ids)
	})
}

// procmonTime gives the time as it is written: of the two columns, those that are there.
func procmonTime(r row) string {
	of, date := r.get("Time of Day"), r.get("Date & Time")
	if of == "" || date == "" {
		return of + date
	}
	return of + " (" + date + ")"
}

const mostIDs = 100_000

func (c *collector) operation(e *event, r row, ids map[string]string) {
	path, detail := r.get("Path"), r.get("Detail")
	fields := []string{"Image", "ProcessId", "Operation", "Path", "Detail"}
	switch r.get("Operation") {
	case "Process Create":
		pid := between(detail, "PID: ", ",")
		if len(ids) < mostIDs {
			ids[pid] = path
		}
		c.startedRow(e, start{pid: pid, image: path, line: after(detail, "Command line: "), parentPID: r.get("PID"), parentImage: e.get("Image")}, fields)
	case "Process Exit":
		c.tree.ended("", r.get("PID"))
		delete(ids, r.get("PID"))
	case "RegSetValue":
		x := keyChange{target: keyName(path), sets: true, value: after(detail, "Data: "), fields: fields}
		if between(detail, "Type: ", ",") == "REG_DWORD" {
			x.dword = x.value
		}
		c.key(e, x)
	case "RegCreateKey":
		if strings.Contains(detail, "REG_CREATED_NEW_KEY") {
			c.key(e, keyChange{target: keyName(path), makes: true, fields: fields})
		}
	case "RegDeleteKey", "RegDeleteValue":
		c.key(e, keyChange{target: keyName(path), deletes: true, fields: fields})
	case "CreateFile":
		if strings.Contains(detail, "OpenResult: Created") {
			c.ownAct(e, "file.create", "file", path, fields...)
		}
	case "SetDispositionInformationFile", "SetDispositionInformationEx":
		if strings.Contains(detail, "Delete: True") || strings.Contains(detail, "FILE_DISPOSITION_DELETE") {
			c.ownAct(e, "file.delete", "file", path, fields...)
		}
	case "SetSecurityFile", "RegSetKeySecurity":
		c.count("access lists, owners or labels written (what, is not recorded)")
		if (strings.Contains(detail, "DACL") || strings.Contains(detail, "Owner")) && c.tree.whose(e) != nil {
			c.ownAct(e, map[bool]string{true: "file.seen", false: "registry_key.seen"}[r.get("Operation") == "SetSecurityFile"],
				map[bool]string{true: "file", false: "registry_key"}[r.get("Operation") == "SetSecurityFile"], path, fields...)
		}
	case "TCP Connect":
		_, to, _ := strings.Cut(path, " -> ")
		c.ownAct(e, "network.connect", "connection", to, fields...)
	}
}

// startedRow keeps a process of the subject that a row tells of.
func (c *collector) startedRow(e *event, s start, fields []string) {
	// An exporting tool that ends in the middle can leave a start without a program.
	if s.image != "" && s.pid != "" {
		c.started(e, s, fields...)
	}
}

// between gives what stands in a text from one mark to another.
func between(s, from, to string) string {
	rest := after(s, from)
	value, _, _ := strings.Cut(rest, to)
	return value
}

func after(s, mark string) string {
	_, rest, _ := strings.Cut(s, mark)
	return rest
}
