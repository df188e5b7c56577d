package observe

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// What a report says of a file as a whole is no more than its records show.

// A file that lost something, or that several machines wrote to, is not said to be
// without a gap, and closes no list.
func TestNoGapIsClaimed(t *testing.T) {
	made := func(id int, computer string) record {
		r := account(4720, otherSID, "a")
		r.record, r.computer = id, computer
		return r
	}
	group := record{log: "security", id: 4732, record: 12, computer: "PC", data: []string{"TargetUserName", "Users", "TargetSid", "S-1-5-32-545", "MemberSid", otherSID}}
	unread := record{log: "security", id: 4732, record: 13, computer: "PC", data: []string{"TargetUserName", "Administrators", "TargetSid", "S-1-5-32-544"}}
	two := group
	two.record, two.computer = 11, "OTHER"
	whole := events(made(11, "PC"), group)
	for name, c := range map[string]struct {
		text   string
		closes bool
		says   string
	}{
		"whole":             {whole, true, "without a gap"},
		"not understood":    {whole + unread.xml(), false, "of those read"},
		"cut":               {whole + unread.xml()[:300], false, "of those read"},
		"of several":        {events(made(10, "PC"), two, group), false, "of several computers"},
		"an id is missing":  {events(made(10, "PC"), group), false, "with gaps"},
		"one record, alone": {made(11, "PC").xml(), false, "without a gap"},
	} {
		r := run(t, nil, file(t, "log.xml", []byte(c.text)))
		if note := r.Report.Exhibits[0].Note; len(r.Report.Examined) > 0 != c.closes || !strings.Contains(note, c.says) {
			t.Errorf("%s: %d lists closed: %s", name, len(r.Report.Examined), note)
		}
	}
}

// What somebody's rules picked out of a log closes no list, whatever its record ids.
func TestSelectionClosesNoList(t *testing.T) {
	table := "Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details\n" +
		`"2024-05-01 10:00:00.000 +09:00",a,info,PC,Sec,4720,11,"TgtUser: a ¦ TgtSID: ` + otherSID + "\"\n" +
		`"2024-05-01 10:01:00.000 +09:00",b,info,PC,Sec,4732,12,"SrcSID: ` + otherSID + ` ¦ TgtGrp: Administrators ¦ TgtSID: S-1-5-32-544"` + "\n"
	r := run(t, nil, file(t, "t.csv", []byte(table)))
	if len(r.Report.Observed) != 2 || len(r.Report.Examined) != 0 {
		t.Errorf("%d observations, lists closed: %+v", len(r.Report.Observed), r.Report.Examined)
	}
}

// 4688 states no hash and no signer, so that it cannot show that a subject known only by
// these did not run.
func TestProcessesAreExaminedByName(t *testing.T) {
	log := events(
		record{log: "security", id: 4688, record: 11, data: []string{"NewProcessId", "0x10", "NewProcessName", `C:\x\other.exe`, "ProcessId", "0x4"}},
		record{log: "security", id: 4688, record: 12, data: []string{"NewProcessId", "0x14", "NewProcessName", `C:\x\other.exe`, "ProcessId", "0x4"}},
	)
	for subject, want := range map[string]int{"file:setup.exe": 1, "sha256:" + strings.Repeat("ab", 32): 0, "signer:someone": 0} {
		if r := run(t, []string{subject}, file(t, "log.xml", []byte(log))); len(r.Report.Examined) != want {
			t.Errorf("%s: %+v", subject, r.Report.Examined)
		}
	}
}

// The record's own words for a time are never translated; ours beside them are.
func TestTimeIsAsWritten(t *testing.T) {
	for written, want := range map[string]string{"enabled": "enabled", "2024-05-01 10:00:00": "2024-05-01 10:00:00（時間帯の記載なし）"} {
		name := file(t, "a.json", []byte(strings.Replace(oneLineOf, "2024-05-01 10:00:00", written, 1)))
		r, err := Run(Options{Paths: []string{name}, Lang: "ja"})
		if err != nil || len(r.Report.Observed) != 1 {
			t.Fatalf("%v, %+v", err, r)
		}
		if have := r.Report.Observed[0].AsWritten; have != want {
			t.Errorf("%s: %q", written, have)
		}
	}
}

// A record of several rights, a task of several programs, and an installation that failed
// are each told as what they are.
func TestRecordsOfSeveral(t *testing.T) {
	have := observed(t, nil, record{log: "security", id: 4704, data: []string{"TargetSid", otherSID, "PrivilegeList", "SeDenyNetworkLogonRight\n\t\t\tSeDebugPrivilege"}})
	if want := "right.deny account:" + otherSID + "\nright.grant account:" + otherSID; have != want {
		t.Errorf("rights: %s", have)
	}
	task := "<Task><Actions><Exec><Command>a.exe</Command><Arguments>&quot;x&quot;</Arguments></Exec><Exec><Command>b.exe</Command></Exec></Actions></Task>"
	r := run(t, nil, file(t, "log.xml", []byte(record{log: "security", id: 4698, data: []string{"TaskName", `\t`, "TaskContent", task}}.xml())))
	if note := r.Report.Observed[0].Note; note != `runs a.exe "x"; runs b.exe` {
		t.Errorf("the task: %s", note)
	}
	msi := record{log: "msi", id: 1033, data: []string{"", "Tool", "", "1.0", "", "1041", "", "1603", "", "Maker"}}.xml()
	msi = strings.Replace(msi, `Name="msi"`, `Name="MsiInstaller"`, 1)
	r = run(t, nil, file(t, "log.xml", []byte(msi)))
	if len(r.Report.Events) != 1 || !strings.Contains(r.Report.Events[0].What, "installation failed: Tool, 1.0, 1041, 1603, Maker") {
		t.Errorf("the installation: %+v", r.Report.Events)
	}
}

// Where the list is taken away altogether everyone has every access: nobody lost any.
func TestNoAccessList(t *testing.T) {
	r := run(t, nil, file(t, "log.xml", []byte(record{log: "security", id: 4670, data: []string{
		"ObjectType", "File", "ObjectName", `C:\x`, "OldSd", "D:(A;;FA;;;BA)(A;;FR;;;BU)", "NewSd", "D:NO_ACCESS_CONTROL"}}.xml())))
	shows := r.Report.Observed[0].Shows
	if shows["lost"] != nil || shows["broad_access_granted"] != true {
		t.Errorf("%+v", shows)
	}
}

// In an archive each log has the machines of its own: one that was renamed is one machine,
// and a log that several wrote to is of them all.
func TestMachines(t *testing.T) {
	of := func(member string, computers ...string) (list []seen) {
		for _, computer := range computers {
			list = append(list, seen{member: member, computer: computer})
		}
		return list
	}
	for name, c := range map[string]struct {
		seen []seen
		want int
	}{
		"renamed":             {of("", "WIN-ABCDEFGHIJK", "WIN-ABCDEFGHIJK", "PC"), 1},
		"two in an archive":   {append(of("a", "PC-A"), of("b", "PC-B")...), 2},
		"forwarded from both": {of("", "PC-A", "PC-B", "PC-A"), 2},
	} {
		r := &reading{source: Source{Format: "zip + evtx"}, seen: c.seen}
		if have := r.machineNames(); len(have) != c.want {
			t.Errorf("%s: %v", name, have)
		}
	}
}

// A zip that says how many members it has is refused before they are read.
func TestZipEntriesAreCounted(t *testing.T) {
	var names []string
	for n := range mostMembers + 1 {
		names = append(names, fmt.Sprint(n))
	}
	r := run(t, nil, file(t, "many.zip", zipped(t, names, make([][]byte, len(names))...)))
	if note := strings.Join(r.Sources[0].Notes, "\n"); r.Sources[0].Read != 0 || !r.Partial || !strings.Contains(note, "more than 10000 members") {
		t.Errorf("%+v", r.Sources[0])
	}
	two := zipped(t, []string{"a.xml", "b.xml"}, []byte(events(account(4720, otherSID, "a"))), nil)
	if have := zipEntries(bytes.NewReader(two), int64(len(two))); have != 2 {
		t.Errorf("%d members", have)
	}
}

// What would act on a terminal stands escaped in the report, and is the same when read.
func TestReportActsOnNoTerminal(t *testing.T) {
	group := record{log: "security", id: 4732, data: []string{"TargetUserName", "x", "TargetSid", "S-1-5-32-544\u009b31m\u202e", "MemberSid", otherSID}}
	r := run(t, nil, file(t, "log.xml", []byte(events(group))))
	var b bytes.Buffer
	if err := WriteTOML(&b, r.Report); err != nil || strings.ContainsAny(b.String(), "\u009b\u202e") {
		t.Errorf("%v: %q", err, b.String())
	}
}

// Words of a record never pass for ours, whatever brackets they have.
func TestQuotedWordsStayTheRecords(t *testing.T) {
	task := record{log: "security", id: 4698, data: []string{"TaskName", `\t`, "TaskContent", "<Command>x」。対象のプロセスから起動された「y</Command>"}}
	r, err := Run(Options{Paths: []string{file(t, "log.xml", []byte(task.xml()))}, Lang: "ja"})
	if err != nil || len(r.Report.Observed) != 1 {
		t.Fatalf("%v, %+v", err, r)
	}
	if note := r.Report.Observed[0].Note; !strings.Contains(note, `"x」。対象のプロセスから起動された「y"`) {
		t.Error(note)
	}
}
