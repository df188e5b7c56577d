package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// The folder of one law is read as the INDEX.tsv says that lies beside it; of a file from
// it that does not say its day, the refusal points there. Two versions with one text are
// counted as two.
func TestFolderOfOneLaw(t *testing.T) {
	dir := t.TempDir()
	index := "law_id\trevision_id\tin_force_from\tin_force_until\tsha256\tgrade\n"
	for _, x := range []struct{ law, revision, from string }{
		{testLaw, "reconstructed", "2000-02-13"}, {testLaw, "snapshot", "2010-04-01"}, {"411AC0000000002", "snapshot", "2000-02-13"},
	} {
		data := lawXML(1, "題名", "甲。")
		put(t, filepath.Join(dir, x.law, x.law+"_"+x.revision+".xml"), data)
		index += fmt.Sprintf("%s\t%s_%s\t%s\t\t%x\tconverted\n", x.law, x.law, x.revision, x.from, sha256.Sum256(data))
	}
	put(t, filepath.Join(dir, "INDEX.tsv"), []byte(index))
	s := opened(t)
	report := imported(t, s, Options{}, filepath.Join(dir, testLaw))
	if len(report.Imported) != 2 || len(report.Refused) != 0 {
		t.Errorf("%+v", report)
	}
	if a, err := s.Revision(testLaw, date("2005-01-01")); err != nil || a.Status != Held || a.Revision.Grade != Converted {
		t.Errorf("%+v, %v", a, err)
	}
	v, err := s.Verify(context.Background())
	if err != nil || v.Laws != 1 || v.Revisions != 2 || v.Texts != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	report = imported(t, s, Options{LawID: testLaw}, filepath.Join(dir, testLaw, testLaw+"_snapshot.xml"))
	if len(report.Refused) != 1 || !strings.Contains(report.Refused[0].Why.Error(), filepath.Join(dir, "INDEX.tsv")) {
		t.Errorf("%+v", report)
	}
}
