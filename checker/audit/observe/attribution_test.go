package observe

import (
	"slices"
	"strings"
	"testing"

	"jobun/checker/audit"
)

// Two drives are two places; what the kernel calls a volume can be either of them.
func TestSameFile(t *testing.T) {
	for _, c := range []struct {
		file, in string
		want     bool
	}{
		{`C:\Tools\setup.exe`, `c:\tools\`, true},
		{`D:\Tools\setup.exe`, `C:\Tools\`, false},
		{`\??\D:\Tools\setup.exe`, `C:\Tools\`, false},
		{`\\?\C:\Tools\setup.exe`, `C:\Tools\`, true},
		{`\Device\HarddiskVolume3\Tools\setup.exe`, `C:\Tools\`, true},
		{`\Device\HarddiskVolume3\Tools\setup.exe`, `D:\Tools\setup.exe`, true},
		{`\Device\HarddiskVolume3\Tools\setup.exe`, `\Device\HarddiskVolume2\Tools\`, false},
		{`\\server\Tools\setup.exe`, `C:\Tools\`, false},
		{`C:\Tools2\setup.exe`, `C:\Tools\`, false},
	} {
		subject := Subject{Paths: []string{c.in}}
		if basis, _ := subject.is(c.file, ""); (basis != "") != c.want {
			t.Errorf("%s in %s: %q", c.file, c.in, basis)
		}
	}
}

const (
	setupExe = `C:\dl\setup.exe`
	netExe   = `C:\Windows\System32\net.exe`
	net1Exe  = `C:\Windows\System32\net1.exe`
	cmdExe   = `C:\Windows\System32\cmd.exe`
	explorer = `C:\Windows\explorer.exe`
)

// done is the end of a process.
func done(pid, image, status string) record {
	return record{log: "security", id: 4689, data: []string{"ProcessId", pid, "ProcessName", image, "Status", status}}
}

// sysmonStart is what Sysmon records of a start.
func sysmonStart(guid, pid, image, sha256, parentGUID, parentImage, line string) record {
	return record{log: "sysmon", id: 1, data: []string{"ProcessGuid", guid, "ProcessId", pid, "Image", image, "Hashes", "SHA256=" + sha256,
		"ParentProcessGuid", parentGUID, "ParentImage", parentImage, "CommandLine", line, "LogonId", "0x1234"}}
}

// blamed says of the observations of one action, in their order, whether they are the subject's.
func blamed(r *Result, action string) string {
	marks := ""
	for _, o := range r.Report.Observed {
		if o.Action != action {
			continue
		}
		switch {
		case o.Attribution == nil:
			marks += "?"
		case o.Attribution.To == "subject":
			marks += "!"
		default:
			marks += "o"
		}
	}
	return marks
}

// A command of the subject is how an account came about only if it did not fail, and if
// nobody else asked for the same about then.
func TestCommandThatNames(t *testing.T) {
	setup := at("10:00:00", started("0x10", setupExe, "0x1", explorer, setupExe))
	own := at("10:00:01", started("0x20", netExe, "0x10", setupExe, "net user bob pw /add"))
	handed := at("10:00:01", started("0x21", net1Exe, "0x20", netExe, "net1 user bob pw /add"))
	shell := at("10:00:05", started("0x30", cmdExe, "0x1", explorer, "cmd.exe"))
	others := at("10:00:20", started("0x31", netExe, "0x30", cmdExe, "net user bob other /add"))
	made := at("10:00:22", account(4720, otherSID, "bob"))
	withLogon := func(r record, logon string) record {
		r.data = append([]string{}, r.data...)
		r.data[len(r.data)-1] = logon
		return r
	}
	for _, c := range []struct {
		says string
		in   []record
		want string
	}{
		{"the subject's", []record{setup, own, made}, "!"},
		{"handed on to net1.exe", []record{setup, own, handed, made}, "!"},
		{"ended well", []record{setup, own, at("10:00:02", done("0x20", netExe, "0x0")), made}, "!"},
		{"failed", []record{setup, own, at("10:00:02", done("0x20", netExe, "0x2")), made}, "?"},
		{"net1.exe failed", []record{setup, own, handed, at("10:00:02", done("0x21", net1Exe, "0x2")), made}, "?"},
		{"another process of that id failed later", []record{setup, own, at("10:00:02", done("0x20", netExe, "0x0")), at("10:00:40", done("0x20", netExe, "0x2")), made}, "!"},
		{"failed on another machine", []record{setup, own, {log: "security", id: 4689, at: "10:00:02", computer: "B", data: done("0x20", netExe, "0x2").data}, made}, "!"},
		{"failed, and then another did it", []record{setup, own, at("10:00:02", done("0x20", netExe, "0x2")), shell, others, made}, "?"},
		{"both", []record{setup, own, shell, others, made}, "?"},
		{"the other failed", []record{setup, own, shell, others, at("10:00:21", done("0x31", netExe, "0x2")), made}, "!"},
		{"the other in another logon", []record{setup, own, shell, withLogon(others, "0x999"), made}, "!"},
		{"the other in the minute after", []record{setup, own, made, at("10:01:00", others)}, "?"},
		{"the other hours before", []record{at("08:00:00", others), setup, own, made}, "!"},
		{"the other for another account", []record{setup, own, shell, at("10:00:20", started("0x31", netExe, "0x30", cmdExe, "net user alice pw /add")), made}, "!"},
		{"a password that is the name", []record{setup, at("10:00:01", started("0x20", netExe, "0x10", setupExe, "net user alice bob /add")), made}, "?"},
		{"a shell that only says it", []record{setup, at("10:00:01", started("0x20", cmdExe, "0x10", setupExe, "cmd /c echo net user bob pw /add")), made}, "?"},
	} {
		for i := range c.in {
			c.in[i].record = 100 + i
		}
		r := run(t, []string{"file:setup.exe"}, file(t, "log.xml", []byte(events(c.in...))))
		if have := blamed(r, "account.create"); have != c.want {
			t.Errorf("%s: %q, want %q", c.says, have, c.want)
		}
	}
}

// One process that two logs record is not two that asked for the same.
func TestOneCommandInTwoLogs(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	sysmon := file(t, "sysmon.xml", []byte(events(
		sysmonStart("{A}", "16", setupExe, hash, "{P}", explorer, setupExe),
		sysmonStart("{B}", "32", netExe, strings.Repeat("cd", 32), "{A}", setupExe, "net user bob pw /add"))))
	security := file(t, "security.xml", []byte(events(
		started("0x20", netExe, "0x10", setupExe, "net user bob pw /add"),
		started("0x21", net1Exe, "0x20", netExe, "net1 user bob pw /add"), account(4720, otherSID, "bob"))))
	if have := blamed(run(t, []string{"sha256:" + hash}, sysmon, security), "account.create"); have != "!" {
		t.Errorf("%q", have)
	}
}

// A name attributes nothing where any file shows that image with another hash, and none
// with the subject's.
func TestNameWithAnotherHash(t *testing.T) {
	hash, other := strings.Repeat("ab", 32), strings.Repeat("cd", 32)
	security := []record{started("0x10", setupExe, "0x1", explorer, setupExe), started("0x20", netExe, "0x10", setupExe, "net user bob pw /add"),
		account(4720, otherSID, "bob"), wrote("0x10", setupExe), {log: "system", id: 7045, data: []string{"ServiceName", "s", "ImagePath", setupExe}}}
	on := func(r record, computer string) record { r.computer = computer; return r }
	sysmon := func(image, sha256 string) record {
		return sysmonStart("{A}", "16", image, sha256, "{P}", explorer, image)
	}
	loaded := record{log: "sysmon", id: 7, data: []string{"Image", setupExe, "ImageLoaded", setupExe, "Hashes", "SHA256=" + other, "ProcessGuid", "{B}"}}
	for _, c := range []struct {
		says  string
		shows []record
		want  string // the accounts, and the registry values
	}{
		{"no hash", nil, "! !"},
		{"another", []record{sysmon(setupExe, other)}, "? ?"},
		{"another, of an image that is loaded", []record{loaded}, "? ?"},
		{"another of a volume of the kernel's", []record{sysmon(`\Device\HarddiskVolume3\dl\setup.exe`, other)}, "? ?"},
		{"the subject's", []record{sysmon(setupExe, hash)}, "! !"},
		{"both", []record{sysmon(setupExe, other), sysmon(setupExe, hash)}, "! !"},
		{"another, elsewhere", []record{sysmon(`D:\dl\setup.exe`, other)}, "! !"},
		{"another, on another machine", []record{on(sysmon(setupExe, other), "B")}, "! !"},
	} {
		files := []string{file(t, "security.xml", []byte(events(security...)))}
		if len(c.shows) > 0 {
			files = append(files, file(t, "sysmon.xml", []byte(events(c.shows...))))
		}
		for range 2 { // the order of the files does not matter
			r := run(t, []string{"file:setup.exe", "sha256:" + hash}, files...)
			if have := blamed(r, "account.create") + " " + blamed(r, "registry_key.change"); have != c.want {
				t.Errorf("%s: %q, want %q", c.says, have, c.want)
			}
			note := r.Report.Observed[slices.IndexFunc(r.Report.Observed, func(o audit.Observation) bool { return o.Action == "service.create" })].Note
			if strings.Contains(note, "the subject's file") != (c.want == "! !") {
				t.Errorf("%s: of the service %q", c.says, note)
			}
			if c.want == "? ?" && strings.Contains(lines(r.Report), "process.start") {
				t.Errorf("%s: a process is kept as the subject's: %s", c.says, lines(r.Report))
			}
			slices.Reverse(files)
		}
	}
}

// A process id ties nothing where a record is missing: it could have been used again.
func TestMissingRecords(t *testing.T) {
	for _, c := range []struct {
		says    string
		records [4]int
		want    string
	}{
		{"whole", [4]int{10, 11, 12, 13}, "!"},
		{"one is missing", [4]int{10, 11, 13, 14}, "?"},
		{"one is missing after it", [4]int{10, 11, 12, 14}, "!"},
		{"one is there twice", [4]int{10, 11, 11, 12}, "!"},
	} {
		in := []record{started("0x10", setupExe, "0x1", explorer, setupExe), started("0x20", cmdExe, "0x10", setupExe, "cmd /c ver"),
			started("0x30", netExe, "0x20", cmdExe, "net user bob pw /add"), account(4720, otherSID, "bob")}
		for i := range in {
			in[i].record = c.records[i]
		}
		other := record{log: "system", id: 7036, record: 900} // of another channel: it says nothing of this one
		in = slices.Insert(in, 2, other)
		if have := blamed(run(t, []string{"file:setup.exe"}, file(t, "log.xml", []byte(events(in...)))), "account.create"); have != c.want {
			t.Errorf("%s: %q, want %q", c.says, have, c.want)
		}
	}
}

// A command of the subject that names an account weighs more than that SYSTEM acted early;
// and the note says no more than the record.
func TestSetupOrTheSubject(t *testing.T) {
	system := func(r record) record {
		r.computer = "PC"
		for i, text := range r.data {
			switch text {
			case userSID:
				r.data[i] = "S-1-5-18"
			case "user":
				r.data[i] = "WIN-QALA5Q3KJ43$"
			}
		}
		return r
	}
	in := []record{started("0x10", setupExe, "0x1", cmdExe, setupExe), started("0x20", netExe, "0x10", setupExe, "net user bob pw /add"),
		account(4720, userSID, "bob"), account(4720, "S-1-5-21-1-2-3-1000", "first")}
	for i := range in {
		in[i] = system(in[i])
		in[i].record = 10 + i
	}
	in[2].data[5] = userSID // the account itself is RID 1001
	r := run(t, []string{"file:setup.exe"}, file(t, "log.xml", []byte(events(in...))))
	if have := blamed(r, "account.create"); have != "!o" {
		t.Errorf("%q: %s", have, lines(r.Report))
	}
	for _, o := range r.Report.Observed {
		if a := o.Attribution; a != nil && a.To == "other" && !strings.HasSuffix(a.Note, ", on the account of RID 1000") {
			t.Errorf("note %q", a.Note)
		}
	}
}

// A certificate that the subject took out is not "put back" because somebody else did.
func TestCertificateOfTheSubject(t *testing.T) {
	key := `HKLM\SOFTWARE\Microsoft\SystemCertificates\ROOT\Certificates\` + strings.Repeat("AB", 20)
	out := record{log: "sysmon", id: 12, data: []string{"EventType", "DeleteKey", "Image", setupExe, "ProcessGuid", "{S}", "TargetObject", key}}
	if have := observed(t, []string{"file:setup.exe"}, out, set(key+`\Blob`, "Binary Data")); !strings.HasPrefix(have, "certificate.remove certificate:"+strings.Repeat("AB", 20)+" [subject image]\ncertificate.install ") {
		t.Errorf("%q", have)
	}
}

// A file that is given twice is observed once, and its copy says which it is.
func TestSameFileTwice(t *testing.T) {
	text := []byte(events(account(4720, otherSID, "bob")))
	r := run(t, nil, file(t, "a.xml", text), file(t, "b.xml", text))
	if have := lines(r.Report); have != "account.create account:bob" || r.Partial {
		t.Errorf("%q, partial %v", have, r.Partial)
	}
	if n := r.Report.Exhibits[1].Note; !strings.Contains(n, "the same file as E1 ") {
		t.Errorf("note %q", n)
	}
}
