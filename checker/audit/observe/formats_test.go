package observe

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

// The smaller formats: what each says, and what it does not.
func TestFormats(t *testing.T) {
	const subject = "process:tool.exe"
	for _, c := range []struct {
		says, name, text, want string
	}{
		{"Procmon", "p.csv", "\ufeff\"Time of Day\",\"Process Name\",\"PID\",\"Operation\",\"Path\",\"Result\",\"Detail\"\r\n" +
			`"1:00:00.0 PM","explorer.exe","1","Process Create","C:\t\tool.exe","SUCCESS","PID: 10, Command line: tool.exe"` + "\r\n" +
			`"1:00:01.0 PM","tool.exe","10","Process Create","C:\Windows\reg.exe","SUCCESS","PID: 11, Command line: reg add"` + "\r\n" +
			`"1:00:01.0 PM","reg.exe","11","RegSetValue","HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList\maint","SUCCESS","Type: REG_DWORD, Length: 4, Data: 0"` + "\r\n" +
			`"1:00:01.0 PM","reg.exe","11","RegDeleteValue","HKLM\SOFTWARE\x\v","NAME NOT FOUND",""` + "\r\n" +
			`"1:00:01.0 PM","svchost.exe","2","SetSecurityFile","C:\d","SUCCESS","Information: DACL"` + "\r\n" +
			`"1:00:02.0 PM","tool.exe","10","SetSecurityFile","C:\d","SUCCESS","Information: DACL"` + "\r\n" +
			`"1:00:02.0 PM","tool.exe","10"` + "\r\n",
			"process.start process:tool.exe [subject image]\nprocess.start process:reg.exe [subject process-tree]\naccount.hide account:maint [subject process-tree]\nfile.seen file:C:\\d [subject image]"},
		{"Procmon, all columns, through Export-Csv", "x.csv", "#TYPE System.Management.Automation.PSCustomObject\r\n\"Process Name\",\"PID\",\"Operation\",\"Path\",\"Result\",\"Detail\",\"Date & Time\",\"Image Path\"\r\n" +
			`"tool.exe","10","SetSecurityFile","C:\d","SUCCESS","Information: Attribute","10/9/2020 7:39:32 PM","C:\t\tool.exe"` + "\r\n" +
			`"tool.exe","10","SetSecurityFile","C:\e","SUCCESS","Information: Owner","10/9/2020 7:39:32 PM","C:\t\tool.exe"` + "\r\n",
			"file.seen file:C:\\e [subject image]"},
		{"Hayabusa CSV", "h.csv", "Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details,ExtraFieldInfo,RuleID\n" +
			`"2024-05-01 10:00:00.000 +09:00","User made",high,PC,Sec,4720,7,"TgtUser: maint ¦ TgtSID: S-1-5-21-1-2-3-1002","SubjectUserSid: S-1-5-18",x` + "\n" +
			`"2024-05-01 10:00:00.000 +09:00","Another rule",low,PC,Sec,4720,7,"TgtUser: maint ¦ TgtSID: S-1-5-21-1-2-3-1002","",x` + "\n" +
			`"2024-05-01 10:00:01.000 +09:00","Hidden",high,PC,Sysmon,13,8,"EventType: SetValue ¦ TgtObj: HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList\maint: DWORD (0x00000000) ¦ Proc: C:\t\tool.exe ¦ PID: 9 ¦ PGUID: A",,x` + "\n",
			"account.create account:maint\naccount.hide account:maint [subject image]"},
		{"Hayabusa CSV, all fields", "h.csv", "\"Timestamp\",\"RuleTitle\",\"Level\",\"Computer\",\"Channel\",\"EventID\",\"RecordID\",\"AllFieldInfo\",\"RuleFile\",\"EvtxFile\"\n" +
			`"2024-05-01 10:00:00.000 +09:00","User made","high","PC","Sec",4720,7,"SubjectUserSid: S-1-5-18 ¦ TargetSid: S-1-5-21-1-2-3-1002 ¦ TargetUserName: maint","x.yml","s.evtx"` + "\n",
			"account.create account:maint"},
		{"Hayabusa CSV, minimal", "h.csv", "Timestamp,Computer,Channel,EventID,Level,RuleTitle,Details\n" +
			`"2024-05-01 10:00:00.000 +09:00",PC,TaskSch,106,info,"Task made","Name: \T ¦ UserContext: PC\u"` + "\n",
			"task.create task:\\T"},
		{"Hayabusa JSON, details as text, over lines", "h.json", "{\n  \"Timestamp\": \"2024-05-01 10:00:00.000 +09:00\",\n  \"RuleTitle\": \"User made\",\n  \"Computer\": \"PC\",\n  \"Channel\": \"Sec\",\n  \"EventID\": 4720,\n  \"RecordID\": 7,\n" +
			"  \"Details\": \"TgtUser: maint ¦ TgtSID: S-1-5-21-1-2-3-1002\"\n}\n",
			"account.create account:maint"},
		{"EvtxECmd CSV", "e.csv", "\ufeffRecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,ProcessId,Computer,UserId,PayloadData1,Payload\r\n" +
			`1,7,2024-05-01 10:00:00.0000000,4720,LogAlways,Microsoft-Windows-Security-Auditing,Security,4,PC,,Target: x,"{""EventData"":{""Data"":[{""@Name"":""TargetUserName"",""#text"":""maint""},{""@Name"":""TargetSid"",""#text"":""S-1-5-21-1-2-3-1002""}]}}"` + "\r\n",
			"account.create account:maint"},
		{"Hayabusa JSONL", "h.jsonl", `{"Timestamp":"2024-05-01 10:00:00.000 +09:00","RuleTitle":"User made","Level":"high","Computer":"PC","Channel":"Sec","EventID":4720,"RecordID":7,"Details":{"TgtUser":"maint","TgtSID":"S-1-5-21-1-2-3-1002"}}` + "\n",
			"account.create account:maint"},
		{"Regshot", "r.txt", "Regshot 1.9.0 x64 Unicode\nComments:\nDatetime: 2020/10/9 19:39:32  ,  2020/10/9 19:47:15\n\n----------------------------------\nValues added: 2\n----------------------------------\n" +
			`HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList\maint: 0x00000000` + "\n" + `HKLM\SOFTWARE\x\v: "C:\a"` + "\n" + `HKLM\SOFTWARE\x\long:  E7 01 14` + "\n00 20 00\n" + `HKLM\SOFTWARE\x\empty:` + "\n\n" +
			"----------------------------------\nValues modified: 1\n----------------------------------\n" +
			`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\EnableLUA: 0x00000001` + "\n" + `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\EnableLUA: 0x00000000` + "\nTotal changes: 3\n",
			"account.hide account:maint\nsetting.change setting:HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\EnableLUA"},
		{"osquery", "o.log", `{"name":"users","hostIdentifier":"PC","calendarTime":"Wed May 1 10:00:00 2024 UTC","unixTime":1,"action":"added","columns":{"username":"maint","uuid":"S-1-5-21-1-2-3-1002","uid":"1002"}}` + "\n" +
			`{"name":"users","hostIdentifier":"PC","calendarTime":"Wed May 1 10:00:00 2024 UTC","unixTime":1,"action":"snapshot","columns":{"username":"other","uuid":"S-1-5-21-1-2-3-1003"}}` + "\n",
			"account.create account:maint"},
		{"Attack Surface Analyzer", "a.json", `{"results":{"USER_CREATED":[{"Identity":"maint","Compare":{"Name":"maint","SID":"S-1-5-21-1-2-3-1002","Hidden":true,"Privileged":true}}],` +
			`"FILE_MODIFIED":{"$type":"x","$values":[{"Identity":"C:\\d","Base":{"Path":"C:\\d","PermissionsString":"D:(A;;FA;;;BA)"},"Compare":{"Path":"C:\\d","PermissionsString":"D:(A;;FA;;;BA)(A;;FA;;;WD)"}},` +
			`{"Identity":"C:\\e","Base":{"Path":"C:\\e","PermissionsString":"D:(A;;FA;;;BA)"},"Compare":{"Path":"C:\\e","PermissionsString":"D:(A;;FA;;;BA)"}},` +
			`{"Identity":"C:\\f","Base":{"Path":"C:\\f","Permissions":{"$type":"x","S-1-5-18":"Read, Write"}},"Compare":{"Path":"C:\\f","Permissions":{"$type":"y","S-1-5-18":"Write, Read"}}},` +
			`{"Identity":"C:\\g","Base":{"Path":"C:\\g","Permissions":{"S-1-5-18":"FullControl"}},"Compare":{"Path":"C:\\g","Permissions":{"S-1-5-18":"FullControl","S-1-1-0":"Modify, Synchronize"}}}]}},"metadata":{}}`,
			"account.create account:maint\nacl.change file:C:\\d\nacl.change file:C:\\g"},
		{"Attack Surface Analyzer SARIF", "a.sarif", `{"$schema":"https://schemastore.azurewebsites.net/schemas/json/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"Attack Surface Analyzer"}},"artifacts":[` +
			`{"location":{"index":0,"description":{"text":"maint"}},"properties":{"Analysis":"WARNING","ChangeType":"CREATED","ResultType":"USER","Compare":{"Name":"maint","SID":"S-1-5-21-1-2-3-1002","Hidden":true}}},` +
			`{"location":{"uri":"C:/d","description":{"text":"C:\\d"}},"properties":{"ChangeType":3,"ResultType":1,"Base":{"Path":"C:\\d","PermissionsString":"D:(A;;FA;;;BA)"},"Compare":{"Path":"C:\\d","PermissionsString":"D:(A;;FA;;;BA)(A;;FA;;;WD)"}}}],"results":[{"ruleId":"x"}]}]}`,
			"account.create account:maint\nacl.change file:C:\\d"},
		{"osquery batch", "b.log", `{"name":"users","hostIdentifier":"PC","calendarTime":"Wed May 1 10:00:00 2024 UTC","unixTime":1,"diffResults":{"removed":[{"username":"old","uuid":"S-1-5-21-1-2-3-1001"}],"added":[{"username":"maint","uuid":"S-1-5-21-1-2-3-1002"},{"service_type":"OWN","name":"svc"}]}}` + "\n" +
			`{"action":"snapshot","name":"users","hostIdentifier":"PC","diffResults":"","snapshot":[` + strings.TrimSuffix(strings.Repeat(`{"username":"other","uuid":"S-1-5-21-1-2-3-1003"},`, 2000), ",") + `],"unixTime":1}` + "\n",
			"account.delete account:old\naccount.create account:maint\nservice.create service:svc"},
		{"osquery, event logs", "e.log", `{"name":"windows_events","hostIdentifier":"PC","calendarTime":"Wed May 1 10:00:00 2024 UTC","unixTime":1,"action":"added","columns":{"datetime":"2024-05-01T09:59:00Z","source":"Security","provider_name":"Microsoft-Windows-Security-Auditing","computer_name":"PC","eventid":"4720","data":"{\"EventData\":{\"TargetUserName\":\"maint\",\"TargetSid\":\"S-1-5-21-1-2-3-1002\"}}"}}` + "\n" +
			`{"name":"windows_events","hostIdentifier":"PC","calendarTime":"Wed May 1 10:00:00 2024 UTC","unixTime":1,"action":"removed","columns":{"datetime":"2024-05-01T09:59:00Z","source":"Security","provider_name":"Microsoft-Windows-Security-Auditing","eventid":"4726","data":"{\"EventData\":{\"TargetUserName\":\"maint\",\"TargetSid\":\"S-1-5-21-1-2-3-1002\"}}"}}` + "\n",
			"account.create account:maint"},
		{"VirusTotal", "v.json", `{"data":{"attributes":{"sandbox_name":"s","analysis_date":1551027115,"registry_keys_set":[{"key":"<HKLM>\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\x","value":"y"}],"services_created":["svc"]},"id":"ab_s","type":"file_behaviour"}}`,
			"registry_key.change registry_key:HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\x\nservice.create service:svc"},
		{"VirusTotal, keys alone", "k.json", `{"data":[{"attributes":{"sandbox_name":"s","registry_keys_set":[{"key":"HKU\\S-1-5-21-1-2-3-1001\\SOFTWARE\\MICROSOFT\\WINDOWS\\CURRENTVERSION\\RUN","value":"app"},{"key":"HKLM\\SOFTWARE\\x"}]},"id":"ab_s","type":"file_behaviour"}]}`,
			"registry_key.change registry_key:HKU\\S-1-5-21-1-2-3-1001\\SOFTWARE\\MICROSOFT\\WINDOWS\\CURRENTVERSION\\RUN"},
		{"VirusTotal, a certificate put back", "b.json", `{"data":[{"attributes":{"sandbox_name":"s","registry_keys_set":[{"key":"HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\Certificates\\` + strings.Repeat("AB", 20) + `\\Blob","value":"5C 00"}],` +
			`"registry_keys_deleted":["HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\Certificates\\` + strings.Repeat("AB", 20) + `"]},"id":"ab_s","type":"file_behaviour"}]}`, ""},
		{"VirusTotal, summary", "s.json", `{"data":{"files_opened":["C:\\x"],"registry_keys_set":[{"key":"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\x","value":"y"}],"services_created":["svc"]}}`,
			"registry_key.change registry_key:HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\x\nservice.create service:svc"},
		{"CAPE", "c.json", `{"statistics":{"processing":[]},"target":{"file":{"name":"x","sha256":"00"}},"behavior":{"processes":[` +
			`{"process_id":10,"process_name":"tool.exe","parent_id":1,"module_path":"C:\\t\\tool.exe","calls":[{"timestamp":"2023-07-13 18:12:25,338","api":"RegSetValueExA","status":true,"arguments":[{"name":"Type","value":"4"},{"name":"Buffer","value":"0"},{"name":"FullName","value":"HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\SpecialAccounts\\UserList\\maint"}]},` +
			`{"timestamp":"2023-07-13 18:12:25,338","api":"DeleteFileW","status":false,"arguments":[{"name":"FileName","value":"C:\\x"}]}]},` +
			`{"process_id":600,"process_name":"services.exe","parent_id":500,"module_path":"C:\\Windows\\services.exe","calls":[{"timestamp":"2023-07-13 18:12:25,338","api":"DeleteFileW","status":true,"arguments":[{"name":"FileName","value":"C:\\x"}]}]}],"summary":{"delete_files":["C:\\y"]}}}`,
			"process.start process:tool.exe [subject image]\naccount.hide account:maint [subject image]"},
		{"Cuckoo 2", "u.json", `{"info":{"started":1500386000,"package":"exe","machine":{"name":"w7"},"version":"2.0.7"},"signatures":[],"target":{"file":{"name":"x","sha256":"00"}},"behavior":{"generic":[{"pid":10}],"processes":[` +
			`{"process_path":"C:\\t\\tool.exe","calls":[{"category":"registry","status":1,"api":"RegSetValueExA","return_value":0,"arguments":{"key_handle":"0x000000e4","reg_type":4,"value":0,"regkey_r":"maint","regkey":"HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\SpecialAccounts\\UserList\\maint"},"time":1500386049.25,"tid":1,"flags":{"reg_type":"REG_DWORD"}},` +
			`{"category":"file","status":1,"api":"NtCreateFile","arguments":{"filepath":"C:\\t\\new.dll","create_disposition":5,"status_info":2},"time":1500386050,"flags":{"status_info":"FILE_CREATED"}},` +
			`{"category":"file","status":0,"api":"DeleteFileW","arguments":{"filepath":"C:\\x"},"time":1500386051}],"track":true,"pid":10,"process_name":"tool.exe","ppid":1,"first_seen":1500386048.5,"type":"process"},` +
			`{"process_path":"C:\\Windows\\other.exe","calls":[{"status":1,"api":"DeleteFileW","arguments":{"filepath":"C:\\y"},"time":1500386052}],"pid":11,"process_name":"other.exe","ppid":4}]}}`,
			"process.start process:tool.exe [subject image]\naccount.hide account:maint [subject image]\nfile.create file:C:\\t\\new.dll [subject image]"},
	} {
		r := run(t, []string{subject}, file(t, c.name, []byte(c.text)))
		if have := lines(r.Report); have != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s\n%+v", c.says, have, c.want, r.Sources)
		}
		if bad := r.Sources[0].Bad; c.says == "Procmon" && bad != 1 || c.says != "Procmon" && (bad != 0 || r.Partial) {
			t.Errorf("%s: %d bad, partial %v: %v", c.says, bad, r.Partial, r.Sources[0].Notes)
		}
		// Cut anywhere, nothing may break, and what is there can be read back.
		for at := 1; at < len(c.text); at += 1 + len(c.text)/40 {
			run(t, []string{subject}, file(t, c.name, []byte(c.text[:at])))
		}
	}
}

// net user calls an account's groups by name, and runs long names together: that the
// account has joined one is told as the name's, not as that of a group Windows knows.
func TestCompareGroupsOfAccount(t *testing.T) {
	list := func(groups string) string {
		return filepath.Dir(file(t, "user.txt", []byte("User name                    maint\nFull Name\nComment\nUser's comment\nCountry/region code          000 (System Default)\nAccount active               Yes\n\n"+
			"Local Group Memberships      "+groups+"\nGlobal Group memberships     *None\nThe command completed successfully.\n")))
	}
	r, err := Run(Options{Before: list("*Remote Management Use*Users"), After: list("*Administrators       *Remote Management Use\n                             *Users")})
	if err != nil {
		t.Fatal(err)
	}
	if have := lines(r.Report); have != "account.change account:maint" || !strings.HasPrefix(r.Report.Observed[0].Note, "now in the group called Administrators; ") {
		t.Errorf("%s, %+v", have, r.Report.Observed)
	}
}

// Windows fills AuthRoot while a program checks a signature: whose record it is does not
// say that the program chose the certificate.
func TestStoreThatWindowsKeeps(t *testing.T) {
	for store, isKept := range map[string]bool{"AuthRoot": true, "Disallowed": true, "Root": false} {
		r := run(t, nil, file(t, "log.xml", []byte(events(set(`HKLM\SOFTWARE\Microsoft\SystemCertificates\`+store+`\Certificates\`+strings.Repeat("AB", 20)+`\Blob`, "Binary Data")))))
		if o := r.Report.Observed; len(o) != 1 || o[0].Action != "certificate.install" || strings.Contains(o[0].Note, "Windows itself") != isKept {
			t.Errorf("%s: %+v", store, o)
		}
	}
}

// A time of Procmon is kept as its columns write it, whichever of them were exported.
func TestProcmonTime(t *testing.T) {
	for _, c := range []struct{ columns, cells, want string }{
		{`"Time of Day"`, `"1:00:00.0 PM"`, "1:00:00.0 PM"},
		{`"Date & Time"`, `"10/9/2020 7:39:32 PM"`, "10/9/2020 7:39:32 PM"},
		{`"Time of Day","Date & Time"`, `"7:39:32.5 PM","10/9/2020 7:39:32 PM"`, "7:39:32.5 PM (10/9/2020 7:39:32 PM)"},
	} {
		r := run(t, nil, file(t, "p.csv", []byte(c.columns+`,"Process Name","PID","Operation","Path","Result","Detail"`+"\r\n"+
			c.cells+`,"tool.exe","10","RegSetValue","HKCU\Software\Microsoft\Windows\CurrentVersion\Run\a","SUCCESS","Type: REG_SZ, Length: 4, Data: b"`+"\r\n")))
		if o := r.Report.Observed; len(o) != 1 || o[0].AsWritten != c.want {
			t.Errorf("%s: %+v", c.columns, o)
		}
	}
}

// Event Viewer's CSV is known and not read; what helps is said.
func TestEventViewerCSV(t *testing.T) {
	japaneseText := "レベル,日付と時刻,ソース,イベント ID,タスクのカテゴリ\r\n情報,2024/05/01 10:00:00,Microsoft-Windows-Security-Auditing,4720,ユーザー アカウント管理,x\r\n"
	sjis, err := japanese.ShiftJIS.NewEncoder().String(japaneseText)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"\ufeff" + japaneseText, sjis, "Level,Date and Time,Source,Event ID,Task Category\r\nInformation,5/1/2024 10:00:00 AM,x,4720,y,z\r\n"} {
		r := run(t, nil, file(t, "a.csv", []byte(text)))
		s := r.Sources[0]
		if !r.Partial || s.Format != "Event Viewer CSV" || !strings.Contains(strings.Join(s.Notes, ""), "Save the same events as .evtx or XML") || len(r.Report.Observed) != 0 {
			t.Errorf("%+v", s)
		}
	}
}

// Two states name no actor and no time: the observations are inferred.
func TestCompareFolders(t *testing.T) {
	r, err := Run(Options{Before: "../listing/testdata/pairs/keystore/before", After: "../listing/testdata/pairs/keystore/after"})
	if err != nil {
		t.Fatal(err)
	}
	readsBack(t, r.Report)
	have := lines(r.Report)
	for _, want := range []string{"account.create account:ks-admin", "group.add account:ks-admin S-1-5-32-544", "account.hide account:ks-admin", `acl.change file:C:\KeyStore`,
		"certificate.remove certificate:" + strings.Repeat("CD", 20), "account.seen account:riyousha"} {
		if !strings.Contains("\n"+have+"\n", "\n"+want+"\n") {
			t.Errorf("%s is not among\n%s", want, have)
		}
	}
	for _, o := range r.Report.Observed {
		if o.Basis != "inferred" || o.Attribution != nil || o.Exhibit == "" || o.Locator == "" {
			t.Errorf("%+v", o)
		}
	}
}

func TestSubject(t *testing.T) {
	for _, spec := range []string{"tool.exe", "file:", "sha256:12", "proces:x"} {
		if _, err := ParseSubject([]string{spec}); err == nil {
			t.Errorf("%q is taken", spec)
		}
	}
	if _, err := ParseSubject([]string{"proces:x"}); err == nil || !strings.Contains(err.Error(), "process:") {
		t.Errorf("no hint: %v", err)
	}
}
