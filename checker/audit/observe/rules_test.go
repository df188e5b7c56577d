package observe

import "testing"

// 4946 names no program. It is the subject's where the firewall's own record of the same
// act names the subject's program, and only there.
func TestRulesByProgram(t *testing.T) {
	security := record{log: "security", id: 4946, record: 1, at: "10:00:01", data: []string{"RuleId", "{A}", "RuleName", "r"}}
	own := record{log: "firewall", id: 2004, record: 2, at: "10:00:02", data: []string{"RuleId", "{a}", "RuleName", "r", "ModifyingApplication", `C:\t\tool.exe`}}
	with := func(r record, change func(r *record)) record {
		r.data = append([]string{}, r.data...)
		change(&r)
		return r
	}
	other := with(own, func(r *record) { r.data[5] = `C:\Windows\System32\netsh.exe` })
	for _, c := range []struct {
		says    string
		records []record
		want    bool
	}{
		{"the same rule", []record{security, own}, true},
		{"the firewall's first", []record{own, security}, true},
		{"another program", []record{security, other}, false},
		{"two programs", []record{security, own, other}, false},
		{"another rule", []record{security, with(own, func(r *record) { r.data[1] = "{B}" })}, false},
		{"another act", []record{security, with(own, func(r *record) { r.id = 2006 })}, false},
		{"another machine", []record{security, with(own, func(r *record) { r.computer = "OTHER" })}, false},
		{"another hour", []record{security, with(own, func(r *record) { r.at = "11:00:02" })}, false},
		{"no program", []record{security, with(own, func(r *record) { r.data[5] = "" })}, false},
	} {
		r := run(t, []string{"process:tool.exe"}, file(t, "log.xml", []byte(events(c.records...))))
		found := 0
		for _, o := range r.Report.Observed {
			if o.Locator != "line 1, EventRecordID 1, Security 4946" && o.Locator != "line 2, EventRecordID 1, Security 4946" {
				continue
			}
			found++
			if have := o.Attribution != nil && o.Attribution.To == "subject"; have != c.want {
				t.Errorf("%s: attributed to the subject: %v", c.says, have)
			}
		}
		if found != 1 {
			t.Errorf("%s: %d observations of 4946", c.says, found)
		}
	}
}
