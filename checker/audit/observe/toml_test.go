package observe

import (
	"bytes"
	"testing"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// A branch that a report states is written; observe itself sets none.
func TestWriteBranch(t *testing.T) {
	r := &audit.Report{Format: audit.Format, Title: "件", Subject: audit.Subject{Name: "ツール"}, Exhibits: []audit.Exhibit{
		{ID: "E1", Title: "本体", Role: "document"}, {ID: "E2", Title: "添付", Role: "document", BranchOf: "E1"},
	}}
	readsBack(t, r)
	var b bytes.Buffer
	if err := WriteTOML(&b, r); err != nil {
		t.Fatal(err)
	}
	back, problems := audit.Read(source.File{Name: "report.toml", Text: b.Bytes()})
	if err := problems.Err(); err != nil || back.Exhibits[1].BranchOf != "E1" {
		t.Errorf("the branch is lost (%v)", err)
	}
}
