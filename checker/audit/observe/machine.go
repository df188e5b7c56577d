package observe

import (
	"html"
	"regexp"
	"strings"

	"jobun/checker/audit/listing"
)

// runsSubject is said of a service that runs a file of the subject's name.
const runsSubject = "the service runs the subject's file: that does not say who installed it"

// serviceInstalled takes 7045, which names nobody, and 4697.
func (c *collector) serviceInstalled(e *event) {
	c.literal(e, "service_installed", e.get("SubjectUserSid"))
	name := e.get("ServiceName")
	if name == "" {
		name = e.at(0)
	}
	if name == "" {
		c.misread(e, "names no service")
		return
	}
	image := e.get("ImagePath") + e.get("ServiceFileName")
	s := seen{action: "service.create", kind: "service", name: name, asked: name}
	s.excerpt = e.excerpt("ServiceName", "ImagePath", "ServiceFileName", "ServiceType", "StartType", "ServiceStartType", "AccountName", "ServiceAccount", "SubjectUserName", "SubjectUserSid")
	if listing.IsPerUser(name) && strings.Contains(strings.ToLower(image), `\svchost.exe -k `) {
		s.note = "a service that Windows makes for each sign-in"
	}
	if c.tree.subject.Known() && image != "" {
		if basis, _ := c.tree.subject.is(imageOf(image), ""); basis != "" {
			s.runs = c.tree.byName(basis, e.Computer, imageOf(image), "")
			s.also = append(s.also, runsSubject)
		}
	}
	c.keep(e, s)
}

// imageOf takes the program out of a command line.
func imageOf(line string) string {
	line = strings.TrimSpace(line)
	if rest, ok := strings.CutPrefix(line, `"`); ok {
		image, _, _ := strings.Cut(rest, `"`)
		return image
	}
	if i := strings.Index(strings.ToLower(line), ".exe"); i >= 0 {
		return line[:i+4]
	}
	image, _, _ := strings.Cut(line, " ")
	return image
}

// task takes scheduled tasks of the Security log.
func (c *collector) task(e *event) {
	name := e.get("TaskName")
	s := seen{kind: "task", name: name, asked: strings.TrimPrefix(name, `\`)}
	switch e.EventID {
	case 4698:
		c.literal(e, "sched_task_created", e.get("SubjectUserSid"))
		s.action = "task.create"
	case 4699:
		c.literal(e, "sched_task_deleted", e.get("SubjectUserSid"))
		s.action = "task.delete"
	case 4700, 4701:
		s.action = "task.change"
		s.note = map[uint32]string{4700: "enabled", 4701: "disabled"}[e.EventID]
	case 4702:
		s.action = "task.change"
	}
	if name == "" {
		c.misread(e, "names no task")
		return
	}
	content := e.get("TaskContent") + e.get("TaskContentNew")
	for _, runs := range taskCommands(content) {
		s.also = append(s.also, "runs "+cut(runs, 200))
	}
	s.excerpt = e.excerpt("TaskName", "SubjectUserName", "SubjectDomainName", "SubjectUserSid", "SubjectLogonId")
	c.keep(e, s)
}

var taskExec = regexp.MustCompile(`(?s)<Command>(.{0,400}?)</Command>(?:\s*<Arguments>(.{0,400}?)</Arguments>)?`)

// mostExec is how many of the programs that a task runs are told.
const mostExec = 5

// taskCommands are what a task runs, as its XML says.
func taskCommands(content string) []string {
	var runs []string
	for _, m := range taskExec.FindAllStringSubmatch(content, mostExec) {
		runs = append(runs, html.UnescapeString(strings.TrimSpace(m[1]+" "+m[2])))
	}
	return runs
}

// taskScheduler takes Microsoft-Windows-TaskScheduler/Operational: 106 registered, 140
// updated, 141 deleted.
func (c *collector) taskScheduler(e *event) {
	action := map[uint32]string{106: "task.create", 140: "task.change", 141: "task.delete"}[e.EventID]
	if action == "" {
		return
	}
	name := e.get("TaskName")
	if name == "" {
		c.misread(e, "names no task")
		return
	}
	actor := e.get("UserContext") + e.get("UserName")
	c.keep(e, seen{action: action, kind: "task", name: name, asked: strings.TrimPrefix(name, `\`), actor: actor, excerpt: e.excerpt("TaskName", "UserContext", "UserName")})
}

// firewall takes the firewall's own log; its 2003 says what 4950 of Security says.
func (c *collector) firewall(e *event) {
	switch e.EventID {
	case 2004, 2005, 2006, 2071, 2073, 2097, 2099, 2052:
		c.firewallRule(e)
	case 2002, 2003, 2008, 2010, 2082, 2083:
		c.firewallSetting(e)
	}
}

// firewallRule takes rules made, changed and taken away. A rule is its id: names
// repeat. Only 2004 and its like name the program.
func (c *collector) firewallRule(e *event) {
	s := seen{action: "firewall_rule.change", kind: "firewall_rule", name: e.get("RuleId"), asked: e.get("RuleName"), rule: e.get("RuleId"), program: e.get("ModifyingApplication") != ""}
	switch e.EventID {
	case 4946, 2004, 2071, 2097:
		s.action = "firewall_rule.create"
		c.literal(e, "firewall_rule_added", e.get("SubjectUserSid"))
	case 4948, 2006, 2052:
		s.action = "firewall_rule.delete"
	}
	if s.name == "" {
		s.name = s.asked
	}
	if s.name == "" {
		c.misread(e, "names no rule")
		return
	}
	s.note, s.quote = ruleWords(e), cut(e.get("RuleName"), 300)
	s.excerpt = e.excerpt("RuleId", "RuleName", "ApplicationPath", "ServiceName", "Direction", "Action", "LocalPorts", "Profiles", "ProfileChanged", "ModifyingUser", "ModifyingApplication")
	c.keep(e, s)
}

func ruleWords(e *event) string {
	var words []string
	switch e.get("Action") {
	case "3":
		words = append(words, "allow")
	case "2":
		words = append(words, "block")
	}
	switch e.get("Direction") {
	case "1":
		words = append(words, "in")
	case "2":
		words = append(words, "out")
	}
	return strings.Join(words, " ")
}

// firewallSetting takes settings of the whole firewall. What it was set to is in the
// value, never in the event's number.
func (c *collector) firewallSetting(e *event) {
	name := e.get("SettingType")
	if name == "" {
		c.count("firewall settings that name no setting")
		return
	}
	profile := e.get("ProfileChanged") + e.get("Profiles")
	if isNumber(name) {
		name = "SettingType " + name
	}
	value := e.get("SettingValueString")
	if value == "" {
		value = e.get("SettingValue")
	}
	s := seen{action: "setting.change", kind: "setting", name: "firewall: " + name, note: cut(strings.Join(stated("set to ", value, "profile ", profile), ", "), 200)}
	if e.EventID != 4950 && e.get("SettingType") == "1" || strings.EqualFold(name, "Enable Windows Firewall") {
		s.name = "firewall: Enable Windows Firewall"
	}
	s.excerpt = e.excerpt("SettingType", "SettingValue", "SettingValueString", "Profiles", "ProfileChanged", "ModifyingUser", "ModifyingApplication")
	c.keep(e, s)
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// permissions takes 4670. What is not a file or a key (every new process's token,
// nearly always) says nothing of access to anything; and it is a change only if
// the two descriptors differ.
func (c *collector) permissions(e *event) {
	by, what, name := e.get("SubjectUserSid"), e.get("ObjectType"), e.get("ObjectName")
	switch {
	case strings.EqualFold(what, "Token"):
		c.literal(e, "token_sd_changed", by)
		c.count("4670 of tokens (not of files)")
		return
	case strings.EqualFold(what, "File"), strings.EqualFold(what, "Key"):
	default:
		c.count("4670 of neither files nor keys")
		return
	}
	before, err1 := listing.ParseSDDL(e.get("OldSd"))
	after, err2 := listing.ParseSDDL(e.get("NewSd"))
	if name == "" || err1 != nil || err2 != nil {
		c.misread(e, "its descriptors cannot be read")
		return
	}
	s := seen{excerpt: e.excerpt("ObjectType", "ObjectName", "OldSd", "NewSd", "ProcessName", "SubjectUserName", "SubjectUserSid")}
	if strings.EqualFold(what, "Key") {
		s.kind, s.name = "registry_key", keyName(name)
	} else {
		s.kind, s.name = "file", strings.ReplaceAll(name, `\\`, `\`)
		if strings.HasPrefix(name, `\\`) {
			s.name = name
		}
	}
	diff := differences(s.name, before, after)
	if diff.owner {
		owner := s
		owner.action, owner.note = "owner.change", diff.ownerNote
		if s.kind != "file" {
			owner.action = "registry_key.change"
		}
		c.literal(e, "owner_changed_"+strings.ToLower(what), by)
		c.keep(e, owner)
	}
	if !diff.dacl {
		if !diff.owner {
			c.count("4670 with the same access list before and after")
		}
		return
	}
	c.literal(e, "acl_changed_"+map[bool]string{true: "file", false: "registry"}[s.kind == "file"], by)
	s.action, s.access = "registry_key.change", diff.words()
	if s.kind == "file" {
		s.action, s.shows = "acl.change", diff.shows()
	} else if len(s.access) > 0 {
		s.access[0] = "access list changed: " + s.access[0]
	}
	c.keep(e, s)
}
