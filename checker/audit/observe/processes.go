package observe

import (
	"slices"
	"strings"
)

// processCreated takes 4688: NewProcessId was started by ProcessId.
func (c *collector) processCreated(e *event) {
	if !c.tree.subject.Known() {
		return
	}
	s := start{
		pid: e.get("NewProcessId"), image: e.get("NewProcessName"), line: e.get("CommandLine"),
		logon:     e.get("SubjectLogonId"),
		parentPID: e.get("ProcessId"), parentImage: e.get("ParentProcessName"),
	}
	if target := e.get("TargetLogonId"); target != "" && target != "0x0" {
		s.logon = target
	}
	c.started(e, s, "NewProcessName", "NewProcessId", "CommandLine", "ParentProcessName", "ProcessId", "SubjectUserName", "SubjectUserSid", "SubjectLogonId")
}

// sysmon takes an event of Sysmon. Its data names the process by a GUID that is
// never used again.
func (c *collector) sysmon(e *event) {
	switch e.EventID {
	case 1:
		c.started(e, start{
			guid: e.get("ProcessGuid"), pid: e.get("ProcessId"), image: e.get("Image"), sha256: hashIn(e.get("Hashes"), "SHA256"),
			line: e.get("CommandLine"), logon: e.get("LogonId"),
			parentGUID: e.get("ParentProcessGuid"), parentPID: e.get("ParentProcessId"), parentImage: e.get("ParentImage"),
		}, "UtcTime", "Image", "CommandLine", "ProcessId", "ProcessGuid", "ParentImage", "ParentProcessId", "User", "Hashes")
	case 5:
		c.tree.ended(e.Computer, e.get("ProcessId"))
	case 7:
		c.tree.signed(e)
		c.hashOf(e, e.get("ImageLoaded"))
	case 3:
		c.ownAct(e, "network.connect", "connection", connectionName(e), "Image", "Protocol", "Initiated", "DestinationIp", "DestinationHostname", "DestinationPort")
	case 11:
		c.ownAct(e, "file.create", "file", e.get("TargetFilename"), "Image", "TargetFilename", "CreationUtcTime")
	case 15, 29:
		c.hashOf(e, e.get("TargetFilename"))
	case 23, 26:
		c.hashOf(e, e.get("TargetFilename"))
		c.ownAct(e, "file.delete", "file", e.get("TargetFilename"), "Image", "TargetFilename", "Hashes")
	case 12, 13, 14:
		c.registry(e)
	}
}

func connectionName(e *event) string {
	host := e.get("DestinationHostname")
	if host == "" {
		host = e.get("DestinationIp")
	}
	if host == "" || !strings.EqualFold(e.get("Initiated"), "true") {
		return ""
	}
	return strings.Join(stated("", host, "", e.get("DestinationPort")), ":")
}

// started keeps the start of a process of the subject; of others nothing.
func (c *collector) started(e *event, s start, fields ...string) {
	if !c.tree.subject.Known() {
		return
	}
	if s.image == "" {
		c.misread(e, "names no program")
		return
	}
	p := c.tree.started(e, s, c.member)
	if p == nil {
		return
	}
	if p.basis == "hash" {
		c.hashes[strings.ToLower(s.sha256)] = true
	}
	kept := seen{action: "process.start", kind: "process", name: baseName(s.image), excerpt: e.excerpt(fields...), own: true, only: true, named: p.named, attribution: attributed(p)}
	if strings.EqualFold(e.get("TokenElevationType"), "%%1937") || strings.EqualFold(e.get("IntegrityLevel"), "High") || strings.EqualFold(e.get("IntegrityLevel"), "System") {
		kept.shows = map[string]any{"elevated": true}
	}
	c.keep(e, kept)
}

// ownAct keeps what only matters if the subject did it.
func (c *collector) ownAct(e *event, action, kind, name string, fields ...string) {
	if name == "" {
		return
	}
	p := c.tree.whose(e)
	if p == nil {
		return
	}
	c.keep(e, seen{action: action, kind: kind, name: name, attribution: attributed(p), named: p.named, only: true, excerpt: e.excerpt(fields...)})
}

// hashIn finds a hash in Sysmon's list: MD5=…,SHA256=….
func hashIn(list, name string) string {
	for _, part := range strings.Split(list, ",") {
		if kind, value, ok := strings.Cut(strings.TrimSpace(part), "="); ok && strings.EqualFold(kind, name) {
			return strings.ToLower(value)
		}
	}
	return ""
}

// installer takes MsiInstaller's events. Their data have no names: product, version,
// language, status, vendor. Which product is the subject a person says, so they
// are for the chronology.
func (c *collector) installer(e *event) {
	what := map[uint32]string{
		1033: "installed", 1034: "removed", 11707: "installation completed", 11724: "removal completed",
	}[e.EventID]
	if what == "" {
		return
	}
	if status := e.at(3); e.EventID <= 1034 && !slices.Contains([]string{"", "0", "1641", "3010"}, status) { // the last two want a restart
		what = map[uint32]string{1033: "installation failed", 1034: "removal failed"}[e.EventID]
	}
	var words []string
	for n := range 5 {
		if v := e.at(n); v != "" && v != "(NULL)" {
			words = append(words, v)
		}
	}
	c.matter(e, cut("MsiInstaller: "+what+": "+strings.Join(words, ", "), 300))
}
