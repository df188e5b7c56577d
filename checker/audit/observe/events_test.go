package observe

import (
	"strings"
	"testing"
)

const (
	userSID  = "S-1-5-21-1-2-3-1001"
	otherSID = "S-1-5-21-1-2-3-1002"
	admins   = "S-1-5-32-544"
	hideKey  = `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList\`
)

func account(id int, sid, name string) record {
	return record{log: "security", id: id, data: []string{"TargetUserName", name, "TargetDomainName", "PC", "TargetSid", sid,
		"SubjectUserSid", userSID, "SubjectUserName", "user", "SubjectLogonId", "0x1234"}}
}

func joined(group, sid string) record {
	return record{log: "security", id: 4732, data: []string{"MemberName", "-", "MemberSid", sid, "TargetUserName", "whatever", "TargetSid", group,
		"SubjectUserSid", userSID, "SubjectUserName", "user", "SubjectLogonId", "0x1234"}}
}

func set(target, details string) record {
	return record{log: "sysmon", id: 13, data: []string{"EventType", "SetValue", "UtcTime", "2024-05-01 10:00:00.000", "ProcessGuid", "{A}", "ProcessId", "7",
		"Image", `C:\Windows\reg.exe`, "TargetObject", target, "Details", details}}
}

// What events are, and above all what they are not.
func TestEvents(t *testing.T) {
	sddl := func(kind, name, before, after string) record {
		return record{log: "security", id: 4670, data: []string{"ObjectType", kind, "ObjectName", name, "OldSd", before, "NewSd", after, "ProcessName", `C:\x.exe`, "ProcessId", "0x10", "SubjectUserSid", userSID}}
	}
	for _, c := range []struct {
		says string
		in   []record
		want string
	}{
		{"an account has the name of its making", []record{joined(admins, otherSID), account(4720, otherSID, "maint"), account(4738, otherSID, "renamed")},
			"group.add account:maint S-1-5-32-544\naccount.create account:maint\naccount.change account:maint"},
		{"two accounts of one name are two", []record{account(4720, otherSID, "a"), account(4726, otherSID, "a"), account(4720, "S-1-5-21-1-2-3-1003", "A")},
			"account.create account:a (S-1-5-21-1-2-3-1002)\naccount.delete account:a (S-1-5-21-1-2-3-1002)\naccount.create account:A (S-1-5-21-1-2-3-1003)"},
		{"a group called Administrators is not Administrators", []record{joined("S-1-5-32-545", otherSID)}, "group.add account:S-1-5-21-1-2-3-1002 S-1-5-32-545"},
		{"4728 to None says nothing", []record{{log: "security", id: 4728, data: []string{"MemberSid", otherSID, "TargetSid", "S-1-5-21-1-2-3-513", "TargetUserName", "None"}}}, ""},
		{"0 hides", []record{account(4720, otherSID, "maint"), set(hideKey+"Maint", "DWORD (0x00000000)")}, "account.create account:maint\naccount.hide account:maint"},
		{"1 shows", []record{set(hideKey+"maint", "DWORD (0x00000001)")}, "account.unhide account:maint"},
		{"a text is neither", []record{set(hideKey+"maint", "0")}, "registry_key.change registry_key:" + hideKey + "maint"},
		{"the key names nobody", []record{set(strings.TrimSuffix(hideKey, `\`), "DWORD (0x00000000)")}, ""},
		{"another's UserList", []record{set(`HKU\S-1-5-21-1\Software\Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList\maint`, "DWORD (0x00000000)")}, ""},
		{"4657 hides", []record{{log: "security", id: 4657, data: []string{"ObjectName", `\REGISTRY\MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList`,
			"ObjectValueName", "maint", "OperationType", "%%1904", "NewValueType", "%%1876", "NewValue", "0"}}}, "account.hide account:maint"},
		{"4670 of a token", []record{sddl("Token", "-", "D:(A;;GA;;;SY)", "D:(A;;GA;;;WD)")}, ""},
		{"4670 of a file", []record{sddl("File", `C:\d`, "D:(A;;FA;;;BA)", "D:(A;;FA;;;BA)(A;;FA;;;WD)")}, `acl.change file:C:\d`},
		{"4670 without a difference", []record{sddl("File", `C:\d`, "D:AI(A;;FA;;;BA)", "D:(A;;FA;;;BA)")}, ""},
		{"4670 of an owner", []record{sddl("File", `C:\d`, "O:BAD:(A;;FA;;;BA)", "O:SYD:(A;;FA;;;BA)")}, `owner.change file:C:\d`},
		{"4670 of a key", []record{sddl("Key", `\REGISTRY\MACHINE\SOFTWARE\x`, "D:(A;;KA;;;BA)", "D:(A;;KA;;;BA)(A;;KR;;;WD)")}, `registry_key.change registry_key:HKLM\SOFTWARE\x`},
		{"4907 is about auditing", []record{{log: "security", id: 4907, data: []string{"ObjectType", "File", "ObjectName", `C:\d`, "OldSd", "", "NewSd", "S:ARAI(AU;SAFA;DCLCRPCRSDWDWO;;;WD)"}}}, ""},
		{"a clearing is for the chronology", []record{{log: "eventlog", id: 1102, data: []string{"SubjectUserName", "x"}}}, ""},
		{"1033 of another provider", []record{{log: "Microsoft-Windows-Security-SPP", id: 1033, data: []string{"", "x"}}}, ""},
		{"reading is not changing", []record{{log: "security", id: 4688, data: []string{"NewProcessId", "0x10", "NewProcessName", `C:\Windows\System32\net.exe`, "CommandLine", "net user administrator"}}}, ""},
		{"a command is not its success", []record{{log: "security", id: 4688, data: []string{"NewProcessId", "0x10", "NewProcessName", `C:\Windows\System32\net.exe`, "CommandLine", "net user maint x /add"}}}, ""},
		{"a service", []record{{log: "system", id: 7045, data: []string{"ServiceName", "svc", "ImagePath", `C:\a.exe`}}}, "service.create service:svc"},
		{"a firewall rule is its id", []record{{log: "firewall", id: 2004, data: []string{"RuleId", "{1}", "RuleName", "r"}}, {log: "security", id: 4946, data: []string{"RuleId", "{1}", "RuleName", "r"}}}, "firewall_rule.create firewall_rule:{1}\nfirewall_rule.create firewall_rule:{1}"},
		{"a store's certificate", []record{set(`HKLM\SOFTWARE\Microsoft\SystemCertificates\Root\Certificates\`+strings.Repeat("AB", 20)+`\Blob`, "Binary Data")}, "certificate.install certificate:" + strings.Repeat("AB", 20)},
		{"a store that is opened", []record{{log: "sysmon", id: 12, data: []string{"EventType", "CreateKey", "TargetObject", `HKLM\SOFTWARE\Microsoft\SystemCertificates\CA\Certificates`, "Image", `C:\x.exe`}}}, ""},
		{"made or deleted, which is lost", []record{{log: "sysmon", id: 12, data: []string{"EventType", "INFO", "TargetObject", `HKLM\SOFTWARE\Microsoft\Windows Defender\Exclusions\Paths`}}}, ""},
		{"a certificate put back", []record{
			{log: "sysmon", id: 12, data: []string{"EventType", "DeleteKey", "TargetObject", `HKU\.DEFAULT\Software\Microsoft\SystemCertificates\My\Certificates\` + strings.Repeat("AB", 20)}},
			set(`HKU\.DEFAULT\Software\Microsoft\SystemCertificates\My\Certificates\`+strings.Repeat("AB", 20)+`\Blob`, "Binary Data")}, ""},
		{"denied rights", []record{{log: "security", id: 4717, data: []string{"TargetSid", otherSID, "AccessGranted", "SeDenyNetworkLogonRight"}}}, "right.deny account:" + otherSID},
		{"removed rights", []record{{log: "security", id: 4718, data: []string{"TargetSid", otherSID, "AccessRemoved", "SeInteractiveLogonRight"}}}, "right.deny account:" + otherSID},
		{"a name that lies", []record{{log: "security", id: 4950, data: []string{"SettingType", "Enable Windows Firewall", "SettingValue", "Yes", "ProfileChanged", "Domain"}}}, "setting.change setting:firewall: Enable Windows Firewall"},
	} {
		if have := observed(t, nil, c.in...); have != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.says, have, c.want)
		}
	}
}

func started(pid, image, parent, parentImage, line string) record {
	return record{log: "security", id: 4688, data: []string{"NewProcessId", pid, "NewProcessName", image, "ProcessId", parent, "ParentProcessName", parentImage,
		"CommandLine", line, "SubjectUserSid", userSID, "SubjectLogonId", "0x1234"}}
}

func wrote(pid, image string) record {
	return record{log: "security", id: 4657, data: []string{"ObjectName", `\REGISTRY\MACHINE\SOFTWARE\x`, "ObjectValueName", "v", "OperationType", "%%1904", "NewValue", "1", "ProcessId", pid, "ProcessName", image}}
}

func at(when string, r record) record { r.at = when; return r }

// Who is said to have acted, and who is not.
func TestAttribution(t *testing.T) {
	const tool, reg, net = `C:\t\tool.exe`, `C:\Windows\System32\reg.exe`, `C:\Windows\System32\net.exe`
	hash := strings.Repeat("ab", 32)
	sysmon := func(guid, image, hashes, parentGUID string) record {
		return record{log: "sysmon", id: 1, data: []string{"UtcTime", "2024-05-01 10:00:00.000", "ProcessGuid", guid, "ProcessId", "9", "Image", image, "Hashes", hashes, "ParentProcessGuid", parentGUID, "ParentImage", `C:\p.exe`}}
	}
	created := func(guid, image string) record {
		return record{log: "sysmon", id: 11, data: []string{"UtcTime", "2024-05-01 10:00:01.000", "ProcessGuid", guid, "ProcessId", "9", "Image", image, "TargetFilename", `C:\f`}}
	}
	const value = `registry_key.change registry_key:HKLM\SOFTWARE\x\v`
	for _, c := range []struct {
		says    string
		subject string
		in      []record
		want    string
	}{
		{"no subject, nobody", "", []record{started("0x10", tool, "0x1", "", ""), wrote("0x10", tool)}, value},
		{"the image", "process:tool.exe", []record{wrote("0x10", tool)}, value + " [subject image]"},
		{"a child", "file:tool.exe", []record{started("0x10", tool, "0x1", "", ""), started("0x20", reg, "0x10", tool, ""), wrote("0x20", reg)},
			"process.start process:tool.exe [subject image]\nprocess.start process:reg.exe [subject process-tree]\n" + value + " [subject process-tree]"},
		{"the folder", `path:C:\t\`, []record{wrote("0x10", tool), wrote("0x11", `C:\tt\tool.exe`)}, value + " [subject image]\n" + value},
		{"a volume named by the kernel", `path:C:\t\tool.exe`, []record{wrote("0x10", `\Device\HarddiskVolume2\t\tool.exe`)}, value + " [subject image]"},
		{"an id used again", "file:tool.exe", []record{started("0x10", tool, "0x1", "", ""), started("0x10", reg, "0x2", `C:\p.exe`, ""), wrote("0x10", reg)},
			"process.start process:tool.exe [subject image]\n" + value},
		{"an id with another image", "file:tool.exe", []record{started("0x10", tool, "0x1", "", ""), wrote("0x10", reg)}, "process.start process:tool.exe [subject image]\n" + value},
		{"an id after its process ended", "file:tool.exe", []record{started("0x20", reg, "0x10", tool, ""), {log: "security", id: 4689, data: []string{"ProcessId", "0x20"}}, wrote("0x20", reg)},
			"process.start process:reg.exe [subject process-tree]\n" + value},
		{"another machine's id", "file:tool.exe", []record{started("0x20", reg, "0x10", tool, ""), {log: "security", id: 4657, computer: "B", data: wrote("0x20", reg).data}},
			"process.start process:reg.exe @PC [subject process-tree]\nregistry_key.change registry_key:HKLM\\SOFTWARE\\x\\v @B"},
		{"a log that wrapped around", "file:tool.exe", []record{at("11:00:00", started("0x20", reg, "0x10", tool, "")), at("09:00:00", started("0x30", reg, "0x1", "", "")), at("12:00:00", wrote("0x20", reg))},
			"process.start process:reg.exe [subject process-tree]\n" + value},
		{"after a new start of the machine", "file:tool.exe", []record{started("0x20", reg, "0x10", tool, ""), {log: "security", id: 4608}, wrote("0x20", reg)}, "process.start process:reg.exe [subject process-tree]\n" + value},
		{"time alone", "file:tool.exe", []record{started("0x10", tool, "0x1", "", ""), account(4720, otherSID, "maint")}, "process.start process:tool.exe [subject image]\naccount.create account:maint"},
		{"the command that names it", "file:tool.exe", []record{started("0x10", tool, "0x1", "", ""), started("0x20", net, "0x10", tool, "net user maint pw /add"), account(4720, otherSID, "maint"), account(4720, "S-1-5-21-1-2-3-1003", "elsewho")},
			"process.start process:tool.exe [subject image]\nprocess.start process:net.exe [subject process-tree]\naccount.create account:maint [subject process-tree]\naccount.create account:elsewho"},
		{"a command for another group, and one that came after", "file:tool.exe", []record{account(4720, otherSID, "maint"), started("0x20", net, "0x10", tool, "net localgroup whatever maint /add"), started("0x21", net, "0x10", tool, "net localgroup other maint /add"),
			at("10:00:01", joined(admins, otherSID)), at("09:59:59", joined("S-1-5-32-545", otherSID)), at("10:00:02", record{log: "security", id: 4732, data: []string{"MemberSid", otherSID, "TargetUserName", "third", "TargetSid", "S-1-5-32-547", "SubjectLogonId", "0x1234"}})},
			"account.create account:maint\nprocess.start process:net.exe [subject process-tree]\nprocess.start process:net.exe [subject process-tree]\ngroup.add account:maint S-1-5-32-544 [subject process-tree]\ngroup.add account:maint S-1-5-32-545\ngroup.add account:maint S-1-5-32-547"},
		{"a command of somebody else", "file:tool.exe", []record{started("0x20", net, "0x11", `C:\cmd.exe`, "net user maint pw /add"), account(4720, otherSID, "maint")}, "account.create account:maint"},
		{"a hash", "sha256:" + hash, []record{sysmon("{B}", `C:\any.exe`, "MD5=00,SHA256="+hash, "{P}"), created("{B}", `C:\any.exe`)},
			"process.start process:any.exe [subject hash]\nfile.create file:C:\\f [subject hash]"},
		{"the name with another hash", "sha256:" + hash + " file:tool.exe", []record{sysmon("{B}", tool, "SHA256="+strings.Repeat("cd", 32), "{P}"), created("{B}", tool)}, ""},
		{"a signer", "signer:Maker", []record{{log: "sysmon", id: 7, data: []string{"Image", tool, "ImageLoaded", tool, "Signed", "true", "Signature", "Maker", "SignatureStatus", "Valid", "ProcessGuid", "{B}", "ProcessId", "9"}}, created("{B}", tool)},
			"file.create file:C:\\f [subject signer]"},
		{"a signature that is not valid", "signer:Maker", []record{{log: "sysmon", id: 7, data: []string{"Image", tool, "ImageLoaded", tool, "Signed", "true", "Signature", "Maker", "SignatureStatus", "Expired", "ProcessGuid", "{B}", "ProcessId", "9"}}, created("{B}", tool)}, ""},
		{"a service that runs the file", "file:tool.exe", []record{{log: "system", id: 7045, data: []string{"ServiceName", "s", "ImagePath", tool}}}, "service.create service:s"},
	} {
		if have := observed(t, strings.Fields(c.subject), c.in...); have != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.says, have, c.want)
		}
	}
}

// Windows setup makes one of the first accounts; a server that kept its first name, and
// SYSTEM on any machine, are not Windows setup.
func TestSetup(t *testing.T) {
	made := func(subject, computer, sid string, number int) record {
		return record{log: "security", id: 4720, record: number, computer: computer, data: []string{"TargetUserName", "first", "TargetSid", sid, "SubjectUserSid", "S-1-5-18", "SubjectUserName", subject}}
	}
	for _, c := range []struct {
		says string
		in   record
		want string
	}{
		{"setup", made("WIN-QALA5Q3KJ43$", "John-PC", "S-1-5-21-1-2-3-1000", 106), "account.create account:first [other stated]"},
		{"setup of Windows 10", made("MINWINPC$", "DESKTOP-1", "S-1-5-21-1-2-3-1001", 106), "account.create account:first [other stated]"},
		{"SYSTEM", made("HR001$", "HR001", "S-1-5-21-1-2-3-1000", 106), "account.create account:first"},
		{"a server that kept the name", made("WIN-QALA5Q3KJ43$", "WIN-QALA5Q3KJ43.corp.example", "S-1-5-21-1-2-3-1000", 106), "account.create account:first"},
		{"much later", made("WIN-QALA5Q3KJ43$", "John-PC", "S-1-5-21-1-2-3-1000", 825571), "account.create account:first"},
		{"another account", made("WIN-QALA5Q3KJ43$", "John-PC", "S-1-5-21-1-2-3-1050", 106), "account.create account:first"},
	} {
		if have := observed(t, []string{"file:tool.exe"}, c.in); have != c.want {
			t.Errorf("%s: have %s, want %s", c.says, have, c.want)
		}
	}
}

// A log closes a list only if it shows that it was recording, and is whole.
func TestExamined(t *testing.T) {
	number := func(n int, r record) record { r.record = n; return r }
	managed := []record{number(10, account(4720, otherSID, "a")), number(11, joined(admins, otherSID))}
	gap := []record{number(10, account(4720, otherSID, "a")), number(12, joined(admins, otherSID))}
	for _, c := range []struct {
		says string
		in   []record
		want int
	}{
		{"whole", managed, 1},
		{"a selection", gap, 0},
		{"nothing of accounts", []record{number(10, started("0x1", `C:\a.exe`, "0x2", "", ""))}, 0},
	} {
		r := run(t, nil, file(t, "log.xml", []byte(events(c.in...))))
		if len(r.Report.Examined) != c.want {
			t.Errorf("%s: %d entries, want %d", c.says, len(r.Report.Examined), c.want)
		}
	}
	cut := []byte(events(managed...))
	if r := run(t, nil, file(t, "log.xml", cut[:len(cut)-20])); len(r.Report.Examined) != 0 || !r.Partial {
		t.Error("a log that is cut off closes a list")
	}
}
