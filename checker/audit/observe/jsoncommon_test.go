package observe

import (
	"strings"
	"testing"
)

// What a pipeline moved out of event_data is found under its common name, nested or
// dotted; what event_data states stays.
func TestCommonNames(t *testing.T) {
	const (
		hide   = `HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\SpecialAccounts\\UserList\\maint`
		sysmon = `"@timestamp":"2024-05-01T10:00:00Z","winlog":{"computer_name":"PC","event_id":"13","channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","record_id":"7","event_data":{"EventType":"SetValue"}}`
		made   = `"@timestamp":"2024-05-01T09:59:59Z","winlog":{"computer_name":"PC","event_id":"1","channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","record_id":"6","event_data":{"LogonId":"0x1"}}`
	)
	for name, lines := range map[string]string{
		"nested": `{` + made + `,"process":{"entity_id":"{B}","pid":20,"executable":"C:\\App\\helper.exe","command_line":"helper","parent":{"entity_id":"{A}","executable":"C:\\App\\setup.exe","pid":10}}}` + "\n" +
			`{` + sysmon + `,"process":{"entity_id":"{B}","pid":20,"executable":"C:\\App\\helper.exe"},"user":{"domain":"PC","name":"user"},"registry":{"path":"` + hide + `","data":{"type":"SZ_DWORD","strings":["0"]}}}`,
		"dotted": `{` + made + `,"process.entity_id":"{B}","process.pid":20,"process.executable":"C:\\App\\helper.exe","process.parent.entity_id":"{A}","process.parent.executable":"C:\\App\\setup.exe"}` + "\n" +
			`{` + sysmon + `,"process.entity_id":"{B}","process.pid":20,"process.executable":"C:\\App\\helper.exe","user.domain":"PC","user.name":"user","registry.path":"` + hide + `","registry.data.type":"REG_DWORD","registry.data.strings":["0"]}`,
	} {
		r := run(t, []string{"file:setup.exe"}, file(t, "e.json", []byte(lines+"\n")))
		want := "process.start process:helper.exe [subject process-tree]\naccount.hide account:maint [subject process-tree]"
		if have := linesOf(r); have != want {
			t.Errorf("%s: %s", name, have)
			continue
		}
		if o := r.Report.Observed[1]; o.Actor != `PC\user, C:\App\helper.exe (pid 20)` {
			t.Errorf("%s: actor %q", name, o.Actor)
		}
	}
}

func linesOf(r *Result) string { return strings.TrimSpace(lines(r.Report)) }

// 4688 and 4670 lose the program to the common names too.
func TestCommonNamesOfSecurity(t *testing.T) {
	const log = `"@timestamp":"2024-05-01T10:00:00Z","winlog":{"computer_name":"PC","channel":"Security","provider_name":"Microsoft-Windows-Security-Auditing","record_id":"7",`
	text := `{` + log + `"event_id":"4688","event_data":{"ProcessId":"0x2","SubjectLogonId":"0x9"}},"process":{"executable":"C:\\App\\setup.exe","pid":16,"parent":{"executable":"C:\\Windows\\explorer.exe","pid":2}}}` + "\n" +
		`{` + log + `"event_id":"4670","event_data":{"ObjectType":"File","ObjectName":"C:\\Data","OldSd":"D:(A;;FA;;;SY)","NewSd":"D:(A;;FA;;;SY)(A;;FA;;;WD)","SubjectLogonId":"0x9"}},"process":{"executable":"C:\\App\\setup.exe","pid":16}}` + "\n"
	r := run(t, []string{"file:setup.exe"}, file(t, "e.json", []byte(text)))
	if have := linesOf(r); !strings.Contains(have, "process.start process:setup.exe [subject image]") || !strings.Contains(have, `acl.change file:C:\Data [subject image]`) {
		t.Error(have)
	}
}
