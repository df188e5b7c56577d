package observe

import (
	"strings"
	"testing"
)

// The same event in the shapes in which exporters write it: an account is made, with
// its record id, machine, time and who did it.
func TestJSONShapes(t *testing.T) {
	const (
		sid   = `S-1-5-21-1-2-3-1002`
		data  = `"TargetUserName":"maint","TargetSid":"` + sid + `","SubjectUserSid":"S-1-5-18"`
		xml   = `<EventData><Data Name=\"TargetUserName\">maint</Data><Data Name=\"TargetSid\">` + sid + `</Data><Data Name=\"SubjectUserSid\">S-1-5-18</Data></EventData>`
		apart = `[{"@Name":"TargetUserName","#text":"maint"},{"@Name":"TargetSid","#text":"` + sid + `"},{"@Name":"SubjectUserSid","#text":"S-1-5-18"},{"@Name":"PrivilegeList"}]`
		at    = "2024-05-01T10:00:00Z"
	)
	for name, line := range map[string]string{
		"NXLog":                   `{"EventTime":"2024-05-01 10:00:00+00:00","Hostname":"PC","EventID":4720,"SourceName":"Microsoft-Windows-Security-Auditing","RecordNumber":7,"Channel":"Security",` + data + `}`,
		"without its provider":    `{"TimeCreated":"` + at + `","Computer":"PC","EventID":"4720","EventRecordID":"7","Channel":"Security",` + data + `}`,
		"without its channel":     `{"TimeCreated":"` + at + `","Computer":"PC","EventID":"4720","EventRecordID":"7","SourceName":"Microsoft-Windows-Security-Auditing",` + data + `}`,
		"Winlogbeat 6":            `{"@timestamp":"` + at + `","computer_name":"PC","event_id":4720,"log_name":"Security","record_number":"7","source_name":"Microsoft-Windows-Security-Auditing","event_data":{` + data + `}}`,
		"Winlogbeat 7":            `{"@timestamp":"` + at + `","event":{"code":4720},"winlog":{"computer_name":"PC","event_id":4720,"channel":"Security","record_id":7,"provider_name":"Microsoft-Windows-Security-Auditing","event_data":{` + data + `}}}`,
		"Winlogbeat 8, ECS alone": `{"@timestamp":"` + at + `","event":{"code":"4720"},"winlog":{"computer_name":"PC","channel":"Security","record_id":"7","provider_name":"Microsoft-Windows-Security-Auditing","event_data":{` + data + `}}}`,
		"a hit of Elasticsearch":  `{"_index":"x","_source":{"@timestamp":"` + at + `","winlog":{"computer_name":"PC","event_id":"4720","channel":"Security","record_id":7,"event_data":{` + data + `}}},"fields":{"winlog.event_id":["4720"]}}`,
		"dotted names":            `{"@timestamp":"` + at + `","winlog.computer_name":"PC","winlog.event_id":"4720","winlog.channel":"Security","winlog.record_id":"7","winlog.event_data.TargetUserName":"maint","winlog.event_data.TargetSid":"` + sid + `","winlog.event_data.SubjectUserSid":"S-1-5-18"}`,
		"fields of Kibana":        `{"_id":"x","fields":{"@timestamp":["` + at + `"],"winlog.computer_name":["PC"],"winlog.event_id":["4720"],"winlog.channel":["Security"],"winlog.record_id":[7],"winlog.event_data.TargetUserName":["maint"],"winlog.event_data.TargetSid":["` + sid + `"],"winlog.event_data.SubjectUserSid":["S-1-5-18"]}}`,
		"evtx_dump":               `{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Security-Auditing"}},"EventID":4720,"TimeCreated":{"#attributes":{"SystemTime":"` + at + `"}},"EventRecordID":7,"Channel":"Security","Computer":"PC"},"EventData":{` + data + `}}}`,
		"evtx_dump, separate":     `{"Event":{"System":{"Provider_attributes":{"Name":"Microsoft-Windows-Security-Auditing"},"EventID":4720,"EventID_attributes":{"Qualifiers":0},"TimeCreated_attributes":{"SystemTime":"` + at + `"},"EventRecordID":7,"Channel":"Security","Computer":"PC"},"EventData":{` + data + `}}}`,
		"Chainsaw":                `{"name":"rule","document":{"kind":"evtx","data":{"Event":{"System":{"Provider_attributes":{"Name":"Microsoft-Windows-Security-Auditing"},"EventID":4720,"TimeCreated_attributes":{"SystemTime":"` + at + `"},"EventRecordID":7,"Channel":"Security","Computer":"PC"},"EventData":{` + data + `}}}}}`,
		"xmltodict":               `{"Event":{"@xmlns":"x","System":{"Provider":{"@Name":"Microsoft-Windows-Security-Auditing"},"EventID":{"@Qualifiers":"","#text":"4720"},"TimeCreated":{"@SystemTime":"2024-05-01 10:00:00.000000+00:00"},"EventRecordID":"7","Channel":"Security","Computer":"PC"},"EventData":{"Data":` + apart + `}}}`,
		"EvtxECmd":                `{"PayloadData1":"x","Payload":"{\"EventData\":{\"Data\":` + strings.ReplaceAll(apart, `"`, `\"`) + `}}","Channel":"Security","Provider":"Microsoft-Windows-Security-Auditing","EventId":4720,"EventRecordId":"7","RecordNumber":1,"TimeCreated":"2024-05-01T10:00:00.0000000+00:00","Computer":"PC"}`,
		"Velociraptor":            `{"System":{"Provider":{"Name":"Microsoft-Windows-Security-Auditing"},"EventID":{"Value":4720},"TimeCreated":{"SystemTime":1714557600.0},"EventRecordID":7,"Channel":"Security","Computer":"PC"},"EventData":{` + data + `},"Message":"x"}`,
		"Winlogbeat, read later":  `{"@timestamp":"2024-06-01T00:00:00Z","winlog":{"time_created":"` + at + `","computer_name":"PC","event_id":4720,"channel":"Security","record_id":7,"event_data":{` + data + `}}}`,
		"two times":               `{"TimeCreated":"` + at + `","TimeGenerated":"2024-05-01T10:00:07Z","Provider":"Microsoft-Windows-Security-Auditing","Channel":"Security","EventID":4720,"EventRecordID":"7","Computer":"PC","EventData":"` + xml + `",` + data + `}`,
		"Wazuh":                   `{"_source":{"data":{"win":{"system":{"providerName":"Microsoft-Windows-Security-Auditing","eventID":"4720","systemTime":"` + at + `","eventRecordID":"7","channel":"Security","computer":"PC"},"eventdata":{"targetUserName":"maint","targetSid":"` + sid + `","subjectUserSid":"S-1-5-18"}}}}}`,
		"Splunk, XML":             `{"preview":false,"result":{"_time":"` + at + `","EventCode":"4720","_raw":"<Event><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4720</EventID><TimeCreated SystemTime='` + at + `'/><EventRecordID>7</EventRecordID><Channel>Security</Channel><Computer>PC</Computer></System>` + xml + `</Event>"}}`,
		"Splunk, fields":          `{"result":{"_time":"2024-05-01T19:00:00.000+09:00","EventCode":"4720","LogName":"Security","SourceName":"Microsoft Windows security auditing.","RecordNumber":"7","ComputerName":"PC",` + data + `}}`,
		"OpenWEC":                 `{"System":{"Provider":{"Name":"Microsoft-Windows-Security-Auditing","Guid":"{x}"},"EventID":4720,"TimeCreated":"` + at + `","EventRecordID":7,"Channel":"Security","Computer":"PC"},"EventData":{` + data + `},"OpenWEC":{"IpAddress":"192.0.2.1"}}`,
		"evtx_dump, with counts":  "Record 1\n{\n\"Event\":{\"System\":{\"EventID\":4624,\"Channel\":\"Security\"}}\n}\nRecord 2\n" + `{"Event":{"System":{"EventID":4720,"TimeCreated":{"#attributes":{"SystemTime":"` + at + `"}},"EventRecordID":7,"Channel":"Security","Computer":"PC"},"EventData":{` + data + `}}}`,
		"Sentinel":                `{"TimeGenerated":"` + at + `","EventSourceName":"Microsoft-Windows-Security-Auditing","Channel":"Security","EventID":4720,"EventRecordId":"7","Computer":"PC","EventData":"` + xml + `"}`,
		"data as text of JSON":    `{"TimeCreated":"` + at + `","Provider":"Microsoft-Windows-Security-Auditing","Channel":"Security","EventID":4720,"EventRecordID":"7","Computer":"PC","EventData":"{` + strings.ReplaceAll(data, `"`, `\"`) + `}"}`,
		"PowerShell's Payload":    `{"EventID":4103,"Channel":"Microsoft-Windows-PowerShell/Operational","Hostname":"PC","Payload":"CommandInvocation(x): \"x\""}` + "\n" + `{"EventTime":"2024-05-01 10:00:00+00:00","Hostname":"PC","EventID":4720,"SourceName":"Microsoft-Windows-Security-Auditing","EventRecordID":7,"Channel":"Security",` + data + `}`,
		"NXLog, over syslog":      `<14>May  1 10:00:00 PC Microsoft-Windows-Security-Auditing[123]: {"EventTime":"2024-05-01 10:00:00+00:00","Hostname":"PC","EventID":4720,"SourceName":"Microsoft-Windows-Security-Auditing","RecordNumber":7,"Channel":"Security",` + data + `}`,
		"rsyslog's file":          `May  1 10:00:00 pc.example winlog: {"EventTime":"2024-05-01 10:00:00+00:00","Hostname":"PC","EventID":4720,"SourceName":"Microsoft-Windows-Security-Auditing","RecordNumber":7,"Channel":"Security",` + data + `}`,
		"syslog of RFC 5424":      `<14>1 2024-05-01T10:00:00Z PC winlog - - - {"EventTime":"2024-05-01 10:00:00+00:00","Hostname":"PC","EventID":4720,"SourceName":"Microsoft-Windows-Security-Auditing","RecordNumber":7,"Channel":"Security",` + data + `}`,
		"OpenTelemetry":           `{"body":{"channel":"Security","computer":"PC","event_id":{"id":4720,"qualifiers":0},"record_id":7,"provider":{"name":"Microsoft-Windows-Security-Auditing"},"system_time":"` + at + `","event_data":{` + data + `}}}`,
		"spread over lines":       "[\n  {\n    \"EventID\": 4720,\n    \"Channel\": \"Security\",\n    \"Computer\": \"PC\",\n    \"EventRecordID\": 7,\n    \"TimeCreated\": \"/Date(1714557600000)/\",\n    " + data + "\n  }\n]",
	} {
		r := run(t, nil, file(t, "e.json", []byte(line+"\n")))
		if have := lines(r.Report); have != "account.create account:maint" {
			t.Errorf("%s: %q, %+v", name, have, r.Sources)
			continue
		}
		o := r.Report.Observed[0]
		if !strings.Contains(o.Locator, "EventRecordID 7, ") || !strings.HasSuffix(o.Locator, "Security 4720") || o.At.Span.String() != at ||
			o.Actor != "S-1-5-18" || o.Shows["sid"] != sid || r.Sources[0].Bad != 0 {
			t.Errorf("%s: %q %s %q %v %+v", name, o.Locator, o.At.Span, o.Actor, o.Shows, r.Sources)
		}
	}
}

// Two times of one record that are zones apart, both said to be UTC: the zone is not known.
func TestTimesThatDisagree(t *testing.T) {
	const line = `{"TimeCreated":"2024-05-01T10:00:00Z","TimeGenerated":"2024-05-01T01:00:00Z","Provider":"Microsoft-Windows-Security-Auditing","Channel":"Security","EventID":4720,"EventRecordID":"7","Computer":"PC","TargetUserName":"maint","TargetSid":"S-1-5-21-1-2-3-1002"}` + "\n"
	r := run(t, nil, file(t, "e.json", []byte(line)))
	if have := r.Report.Observed[0].At.Span.String(); have != "2024-05-01T10:00:00" {
		t.Error(have)
	}
}

// Wazuh has no eventdata where Windows wrote UserData, and writes each backslash twice.
func TestWazuh(t *testing.T) {
	const (
		cleared = `{"win":{"system":{"providerName":"Microsoft-Windows-Eventlog","eventID":"1102","systemTime":"2024-05-01T10:00:00.1234567Z","eventRecordID":"8","channel":"Security","computer":"PC"},"logFileCleared":{"subjectUserSid":"S-1-5-21-1-2-3-500","subjectUserName":"adm"}}}`
		run13   = `{"data":{"win":{"eventdata":{"eventType":"SetValue","image":"C:\\\\App\\\\setup.exe","targetObject":"HKLM\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run\\\\App","details":"C:\\\\App\\\\a.exe"},"system":{"providerName":"Microsoft-Windows-Sysmon","eventID":"13","systemTime":"2024-05-01T10:00:00Z","eventRecordID":"9","channel":"Microsoft-Windows-Sysmon/Operational","computer":"PC"}}}}`
	)
	var have []Literal
	r, err := Run(Options{Paths: []string{file(t, "e.json", []byte(cleared+"\n"+run13+"\n"))}, Literal: func(l Literal) { have = append(have, l) }})
	if err != nil {
		t.Fatal(err)
	}
	if len(have) != 1 || have[0].Name != "log_cleared" || have[0].RecordID != 8 || have[0].By != "S-1-5-21-1-2-3-500" {
		t.Errorf("%+v", have)
	}
	if have := lines(r.Report); have != `registry_key.change registry_key:HKLM\Software\Microsoft\Windows\CurrentVersion\Run\App` {
		t.Error(have)
	}
}

func TestSingleBackslashes(t *testing.T) {
	for have, want := range map[string]string{`C:\\a\\b`: `C:\a\b`, `C:\a\\b`: `C:\a\\b`, `\\\\host\\c$`: `\\host\c$`, "a": "a"} {
		if got := singleBackslashes(have); got != want {
			t.Errorf("%s: %s, not %s", have, got, want)
		}
	}
}

// Splunk's agent writes the long name of the Service Control Manager.
func TestLongNameOfServices(t *testing.T) {
	const line = `{"_time":"2024-05-01T10:00:00+00:00","EventCode":"7045","LogName":"System","SourceName":"Microsoft-Windows-Service Control Manager","RecordNumber":"7","ComputerName":"PC","ServiceName":"App","ImagePath":"C:\\App\\a.exe"}` + "\n"
	if have := lines(run(t, nil, file(t, "e.json", []byte(line))).Report); have != "service.create service:App" {
		t.Error(have)
	}
}

// OpenWEC writes what is in UserData as a text of XML.
func TestOpenWECUserData(t *testing.T) {
	const line = `{"SourceName":"Microsoft-Windows-Eventlog","EventID":1102,"EventTime":"2024-05-01T10:00:00Z","RecordNumber":8,"Channel":"Security","Hostname":"PC","UserData":"<LogFileCleared xmlns='x'><SubjectUserSid>S-1-5-21-1-2-3-500</SubjectUserSid></LogFileCleared>"}`
	var have []Literal
	if _, err := Run(Options{Paths: []string{file(t, "e.json", []byte(line+"\n"))}, Literal: func(l Literal) { have = append(have, l) }}); err != nil {
		t.Fatal(err)
	}
	if len(have) != 1 || have[0].Name != "log_cleared" || have[0].By != "S-1-5-21-1-2-3-500" {
		t.Errorf("%+v", have)
	}
}

func TestKeyName(t *testing.T) {
	for have, want := range map[string]string{
		`\REGISTRY\MACHINE\SOFTWARE\App`:       `HKLM\SOFTWARE\App`,
		`\\REGISTRY\\MACHINE\\SOFTWARE\\App`:   `HKLM\SOFTWARE\App`,
		`HKEY_CURRENT_USER\\Software\\App`:     `HKCU\Software\App`,
		`HKLM\SOFTWARE\SharedDLLs\\\host\c$\a`: `HKLM\SOFTWARE\SharedDLLs\\\host\c$\a`,
	} {
		if got := keyName(have); got != want {
			t.Errorf("%s: %s, not %s", have, got, want)
		}
	}
}
