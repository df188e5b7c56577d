package observe

import (
	"fmt"
	"strings"
	"testing"
)

// However often two opposite actions on one thing follow one another, the report ends as
// the log does, begins as it does, and counts what it leaves out.
func TestRepeatsKeepTheEnd(t *testing.T) {
	member := func(id, n int) record {
		return record{log: "security", id: id, record: n, at: fmt.Sprintf("10:%02d:%02d", n/60, n%60),
			data: []string{"MemberSid", otherSID, "TargetSid", "S-1-5-32-544", "TargetUserName", "Administrators"}}
	}
	for _, c := range []struct{ records, kept int }{{41, 40}, {20, 20}, {99, 40}, {3, 3}} {
		var records []record
		for n := range c.records {
			records = append(records, member(4732+n%2, n+1))
		}
		r := run(t, nil, file(t, "log.xml", []byte(events(records...))))
		all := r.Report.Observed
		if len(all) != c.kept {
			t.Fatalf("of %d records %d are kept", c.records, len(all))
		}
		last, want := all[len(all)-1], map[bool]string{true: "group.add", false: "group.remove"}[c.records%2 == 1]
		if last.Action != want || !strings.Contains(last.Locator, fmt.Sprintf("EventRecordID %d,", c.records)) || !strings.Contains(all[0].Locator, "EventRecordID 1,") {
			t.Errorf("%d records: from %s to %s %s", c.records, all[0].Locator, last.Action, last.Locator)
		}
		for i := 1; i < len(all); i++ {
			if all[i-1].At.String() >= all[i].At.String() {
				t.Errorf("%d records: %s is before %s", c.records, all[i-1].Locator, all[i].Locator)
			}
		}
		if left := fmt.Sprintf("%d repetitions of one action on one thing", c.records-c.kept); c.records > c.kept != strings.Contains(r.Report.Exhibits[0].Note, left) {
			t.Errorf("%d records: %s", c.records, r.Report.Exhibits[0].Note)
		}
	}
}
