package observe

import (
	"fmt"
	"strconv"
	"strings"

	"jobun/checker/audit/evtx"
)

// commonName is where the Elastic Common Schema has a value, and Windows' name for it.
type commonName struct {
	of            func(e *event) bool // which events have it
	path, windows string
}

// commonNames is a constant table. Winlogbeat's modules and Elastic's integrations move
// these values of event_data to the common names and leave them out there. Source: their
// ingest pipelines for Sysmon and the Security log.
var commonNames = []commonName{
	{isSysmon, "process.executable", "Image"},
	{isSysmon, "process.entity_id", "ProcessGuid"},
	{isSysmon, "process.pid", "ProcessId"},
	{isSysmon, "process.command_line", "CommandLine"},
	{isSysmon, "process.parent.executable", "ParentImage"},
	{isSysmon, "process.parent.entity_id", "ParentProcessGuid"},
	{isSysmon, "process.parent.pid", "ParentProcessId"},
	{isSysmon, "registry.path", "TargetObject"},
	{isSysmon, "file.path", "TargetFilename"},
	{isSysmon, "destination.ip", "DestinationIp"},
	{isSysmon, "destination.domain", "DestinationHostname"},
	{isSysmon, "destination.port", "DestinationPort"},
	{isProcessCreated, "process.executable", "NewProcessName"},
	{isProcessCreated, "process.pid", "NewProcessId"},
	{isProcessCreated, "process.command_line", "CommandLine"},
	{isProcessCreated, "process.parent.executable", "ParentProcessName"},
	{isProcessCreated, "process.parent.pid", "ProcessId"},
	{isOtherSecurity, "process.executable", "ProcessName"},
	{isOtherSecurity, "process.pid", "ProcessId"},
}

func isSecurity(e *event) bool       { return strings.EqualFold(e.Channel, "Security") }
func isProcessCreated(e *event) bool { return isSecurity(e) && e.EventID == 4688 }
func isOtherSecurity(e *event) bool  { return isSecurity(e) && e.EventID != 4688 }

// common gives an event the values that stand under common names, where it has none of
// Windows' name: what event_data states is the record's own.
func (x *jsonEvents) common(e *event, root int32) {
	x.settle(e)
	add := func(name, value string) {
		if have, _ := e.Get(name); have == "" && value != "" {
			e.Data = append(e.Data, evtx.Field{Name: name, Value: value})
		}
	}
	for _, n := range commonNames {
		if n.of(e) {
			add(n.windows, x.text(x.at(root, n.path)))
		}
	}
	if !isSysmon(e) {
		return
	}
	if hash := x.text(x.at(root, "process.hash.sha256")); hash != "" {
		add("Hashes", "SHA256="+hash)
	}
	if x.text(x.at(root, "network.direction")) == "egress" {
		add("Initiated", "true")
	}
	if name := x.text(x.at(root, "user.name")); name != "" {
		add("User", strings.Join(stated("", x.text(x.at(root, "user.domain")), "", name), `\`))
	}
	add("Details", x.registryData(root))
}

// at finds a value by its path, whose names may lie in one another or be joined by dots.
func (x *jsonEvents) at(object int32, path string) int32 {
	if found := x.child(object, path); found >= 0 || object < 0 {
		return found
	}
	for i, b := range []byte(path) {
		if b != '.' {
			continue
		}
		if inner := x.child(object, path[:i]); inner >= 0 && x.json.values[inner].kind == '{' {
			if found := x.at(inner, path[i+1:]); found >= 0 {
				return found
			}
		}
	}
	return -1
}

// registryData is the data of a registry value as Sysmon writes it: the common schema has
// a DWORD in decimal.
func (x *jsonEvents) registryData(root int32) string {
	value := x.text(x.at(root, "registry.data.strings"))
	if strings.HasSuffix(x.text(x.at(root, "registry.data.type")), "_DWORD") {
		if n, err := strconv.ParseUint(value, 10, 32); err == nil {
			return fmt.Sprintf("DWORD (0x%08x)", n)
		}
	}
	return value
}
