package observe

import (
	"regexp"
	"strings"
)

// registry takes Sysmon 12 (keys made and deleted, values deleted), 13 (values set)
// and 14 (renamed). Kept is what hides an account, starts with Windows, puts a
// certificate into a store or changes a known setting; and all that the subject did.
// Some exporters lose EventType to a name of their own: a 12 without it can be a key that
// was made as well as a value that was deleted, and Windows makes keys all the time.
func (c *collector) registry(e *event) {
	target := keyName(e.get("TargetObject"))
	kind := e.get("EventType")
	if target == "" {
		return
	}
	fields := []string{"EventType", "TargetObject", "Details", "NewName", "Image", "ProcessId", "ProcessGuid", "User"}
	if isKnown := kind == "CreateKey" || kind == "DeleteKey" || kind == "DeleteValue"; e.EventID == 12 && !isKnown {
		c.count("keys made or deleted, or values deleted (which, is not recorded)")
		c.ownAct(e, "registry_key.change", "registry_key", target, fields...)
		return
	}
	x := keyChange{target: target, sets: e.EventID == 13, deletes: kind == "DeleteValue" || kind == "DeleteKey", makes: kind == "CreateKey",
		value: e.get("Details"), fields: fields}
	if e.EventID == 14 {
		x.note = "renamed to " + cut(e.get("NewName"), 200)
	}
	c.key(e, x)
}

// registryAudit takes 4657. It names the value apart from its key.
func (c *collector) registryAudit(e *event) {
	c.literal(e, "registry_value_changed", e.get("SubjectUserSid"))
	key, value := keyName(e.get("ObjectName")), e.get("ObjectValueName")
	if key == "" {
		c.misread(e, "names no key")
		return
	}
	x := keyChange{target: strings.TrimSuffix(key+`\`+value, `\`), sets: true, value: e.get("NewValue"),
		fields: []string{"ObjectName", "ObjectValueName", "OperationType", "OldValueType", "OldValue", "NewValueType", "NewValue", "ProcessName", "ProcessId", "SubjectUserName", "SubjectUserSid"}}
	switch e.get("OperationType") {
	case "%%1904":
		x.note = "a new value"
	case "%%1906":
		x.sets, x.deletes = false, true
	}
	// 4657 writes a DWORD in decimal; %%1876 is REG_DWORD.
	if t := e.get("NewValueType"); t == "%%1876" || t == "REG_DWORD" {
		x.dword = x.value
	}
	x.audited = true
	c.key(e, x)
}

// keyChange is one change of a key or value, from either source.
type keyChange struct {
	target               string // key\value
	sets, deletes, makes bool
	value                string
	dword                string   // in decimal, where the source states the type
	audited              bool     // Windows was told to watch this key: everything counts
	isKey                bool     // perhaps the key alone, without the name of the value
	fields               []string // that the excerpt quotes
	note                 string
}

// number is the DWORD that was set: Sysmon writes DWORD (0x00000000).
func (x keyChange) number() (string, bool) {
	if x.dword != "" {
		return x.dword, true
	}
	m := sysmonDWORD.FindStringSubmatch(x.value)
	if m == nil {
		return "", false
	}
	return strings.TrimLeft(m[1], "0"), true
}

var sysmonDWORD = regexp.MustCompile(`^DWORD \(0x([0-9a-fA-F]{8})\)$`)

func (c *collector) key(e *event, x keyChange) {
	path := comparable(x.target)
	if user, ok := hiddenUser(x.target); ok {
		c.userList(e, x, user)
		return
	}
	if m := storeCertificate.FindStringSubmatch(path); m != nil {
		c.certificate(e, x, strings.ToUpper(m[2]), m[1])
		return
	}
	s := seen{kind: "registry_key", name: x.target, note: x.note}
	switch {
	case x.makes:
		s.action = "registry_key.create"
	case x.deletes:
		s.action = "registry_key.delete"
	default:
		s.action = "registry_key.change"
	}
	what, isSetting := known(path)
	if what == "" && x.isKey {
		what, isSetting = known(path + `\`)
	}
	if p := c.tree.whose(e); p != nil {
		s.attribution, s.named = attributed(p), p.named
	}
	s.only = what == "" && !x.audited || what != "" && x.makes
	switch {
	case what == "" && s.attribution == nil && !x.audited:
		c.count("registry changes of no known kind, by no process of the software")
		return
	case what != "" && x.makes && s.attribution == nil:
		return // an empty key sets nothing
	case isSetting:
		s.action, s.kind = "setting.change", "setting"
	}
	if what != "" {
		s.also = append(s.also, what)
	}
	s.excerpt = e.excerpt(x.fields...)
	c.keep(e, s)
}

// userList is a value of Winlogon's SpecialAccounts\UserList: 0 hides the account of
// that name from the sign-in screen, 1 shows it; no other value is documented.
func (c *collector) userList(e *event, x keyChange, user string) {
	s := seen{kind: "account", name: user, excerpt: e.excerpt(x.fields...)}
	n, isNumber := x.number()
	switch {
	case x.deletes:
		s.action, s.note = "account.unhide", "the UserList value was deleted"
	case x.sets && isNumber && (n == "" || n == "0"):
		s.action = "account.hide"
		c.called("name:"+strings.ToLower(user), user, 0)
	case x.sets && isNumber && n == "1":
		s.action = "account.unhide"
	default:
		s.kind, s.name, s.action = "registry_key", x.target, "registry_key.change"
		s.note = "a UserList value that is neither 0 nor 1: whether it hides is not documented"
	}
	c.keep(e, s)
}

// hiddenUser is the account that a value of UserList is named after. The key itself
// names none.
func hiddenUser(target string) (string, bool) {
	i := strings.LastIndex(strings.ToLower(target), `\winlogon\specialaccounts\userlist\`)
	if i < 0 || !strings.HasPrefix(strings.ToLower(target), `hklm\software\`) {
		return "", false
	}
	user := target[i+len(`\winlogon\specialaccounts\userlist\`):]
	return user, user != "" && !strings.Contains(user, `\`)
}

// storeCertificate is a certificate in a store: SystemCertificates\STORE\Certificates\
// and its thumbprint, 40 hexadecimal digits. Keys above it are opened all the time.
var storeCertificate = regexp.MustCompile(`\\systemcertificates\\(root|authroot|ca|trustedpublisher|trustedpeople|my|disallowed)\\certificates\\([0-9a-f]{40})(\\blob)?$`)

// certificate takes a certificate that is written into a store or deleted from it.
// Windows fills AuthRoot and Disallowed from its lists of trust. (Microsoft's page on
// certificates and trust in Windows.)
func (c *collector) certificate(e *event, x keyChange, thumbprint, store string) {
	s := seen{kind: "certificate", name: thumbprint, excerpt: e.excerpt(x.fields...), note: "store " + store}
	if store == "authroot" || store == "disallowed" {
		s.note = s.note + ", which Windows itself keeps up to date, also when a program only checks a signature"
	}
	switch {
	case x.sets && strings.HasSuffix(comparable(x.target), `\blob`):
		s.action = "certificate.install"
	case x.deletes:
		s.action = "certificate.remove"
	default:
		return
	}
	c.keep(e, s)
}

// keyName writes a key as people do: HKLM\…, HKU\SID\…; with each backslash once, where an
// exporter or a page that shows the record has escaped them.
func keyName(key string) string {
	key = singleBackslashes(key)
	for _, p := range [][2]string{
		{`\REGISTRY\MACHINE\`, `HKLM\`}, {`\REGISTRY\USER\`, `HKU\`}, {`HKEY_LOCAL_MACHINE\`, `HKLM\`},
		{`HKEY_USERS\`, `HKU\`}, {`HKEY_CURRENT_USER\`, `HKCU\`}, {`HKEY_CLASSES_ROOT\`, `HKCR\`},
	} {
		if len(key) >= len(p[0]) && strings.EqualFold(key[:len(p[0])], p[0]) {
			return p[1] + key[len(p[0]):]
		}
	}
	return key
}

var controlSet = regexp.MustCompile(`\\controlset[0-9]{3}\\`)

// comparable makes a key comparable: lower case, any control set as the current one.
func comparable(key string) string {
	key = strings.ToLower(key)
	if strings.Contains(key, `\controlset0`) {
		return controlSet.ReplaceAllString(key, `\currentcontrolset\`)
	}
	return key
}

// knownKey is a place in the registry that matters whoever writes to it.
type knownKey struct {
	in      string // part of the path, lower case
	end     string // what it ends in; "" is anything
	what    string
	setting bool
}

// knownKeys is a constant table. Sources: Microsoft's documentation of Run keys,
// Winlogon, UAC group policy, Windows Defender Firewall, Terminal Services, Security
// Center, Defender and auditing.
var knownKeys = []knownKey{
	{`\microsoft\windows\currentversion\run\`, "", "starts with sign-in (Run)", false},
	{`\microsoft\windows\currentversion\runonce\`, "", "starts once (RunOnce)", false},
	{`\microsoft\windows\currentversion\runservices\`, "", "starts with Windows (RunServices)", false},
	{`\policies\explorer\run\`, "", "starts with sign-in (policy Run)", false},
	{`\windows nt\currentversion\winlogon\`, `\shell`, "the shell of the sign-in", false},
	{`\windows nt\currentversion\winlogon\`, `\userinit`, "starts with sign-in (Userinit)", false},
	{`\windows nt\currentversion\windows\`, `\load`, "starts with sign-in (Load)", false},
	{`\environment\`, `\userinitmprlogonscript`, "starts with sign-in (logon script)", false},
	{`\currentcontrolset\services\`, `\imagepath`, "what a service runs", false},
	{`\sam\sam\domains\account\users\names\`, "", "the name of a local account", false},
	{`\currentversion\schedule\taskcache\tree\`, `\sd`, "who may see a scheduled task", false},
	{`\software\sysinternals\`, `\eulaaccepted`, "licence terms marked as accepted; -accepteula does so with no screen", false},
	{`\currentversion\policies\system\`, `\enablelua`, "User Account Control", true},
	{`\currentversion\policies\system\`, `\consentpromptbehavioradmin`, "User Account Control, prompt of administrators", true},
	{`\currentversion\policies\system\`, `\localaccounttokenfilterpolicy`, "remote use of local administrators", true},
	{`\currentversion\policies\system\audit\`, `\processcreationincludecmdline_enabled`, "command lines in 4688", true},
	{`\sharedaccess\parameters\firewallpolicy\`, `\enablefirewall`, "the firewall", true},
	{`\services\sharedaccess\`, `\start`, "the start of the firewall's service", true},
	{`\services\mpssvc\`, `\start`, "the start of the firewall's service", true},
	{`\services\wscsvc\`, `\start`, "the start of Security Center's service", true},
	{`\services\windefend\`, `\start`, "the start of Microsoft Defender's service", true},
	{`\control\terminal server\`, `\fdenytsconnections`, "remote desktop", true},
	{`\terminal server\winstations\rdp-tcp\`, `\portnumber`, "the port of remote desktop", true},
	{`\control\safeboot\`, "", "what runs in safe mode", true},
	{`\microsoft\security center\`, "", "Security Center", true},
	{`\windows defender security center\notifications\`, "", "notifications of Windows Security", true},
	{`\windows defender\`, `\disableantispyware`, "Microsoft Defender", true},
	{`\windows defender\real-time protection\`, "", "Microsoft Defender, real-time protection", true},
	{`\windows defender\exclusions\`, "", "Microsoft Defender, exclusions", true},
	{`\internet settings\zones\`, "", "security zones", true},
	{`\internet settings\zonemap\domains\`, "", "security zones", true},
	{`\internet settings\zonemap\ranges\`, "", "security zones", true},
	{`\control\lsa\`, `\limitblankpassworduse`, "use of blank passwords", true},
	{`\policies\microsoft\windows\deviceguard\`, "", "Device Guard", true},
}

func known(path string) (what string, setting bool) {
	for _, k := range knownKeys {
		if strings.Contains(path, k.in) && strings.HasSuffix(path, k.end) {
			return k.what, k.setting
		}
	}
	return "", false
}
