package xlsx_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobun/checker/export/xlsx"
)

func sample() xlsx.Sheet {
	return xlsx.Sheet{
		Name: "証拠説明書", Title: "証拠説明書", Notes: []string{"注"}, Widths: []int{8, 40, 12},
		Head: []string{"号証", "標目", "備考"},
		Rows: [][]string{
			{"甲1", "=1+1", "+1"},
			{"甲2", `=cmd|' /C calc'!A0`, "@SUM(1)"},
			{"甲3の2", "<b>&\"\n二行目", "-1"},
			{"甲4", "葛󠄀城 𠮟る　全角", "０１"},
		},
	}
}

func TestSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	if err := xlsx.Write(&a, sample()); err != nil {
		t.Fatal(err)
	}
	if err := xlsx.Write(&b, sample()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same sheet gives other bytes")
	}
}

// LibreOffice reads every cell as it was written: nothing is worked out.
func TestLibreOfficeReadsIt(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("SKIPPED: there is no LibreOffice to open the sheet with")
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "sheet.xlsx")
	long := sample()
	long.Rows = append(long.Rows, []string{"長", strings.Repeat("あ", 40_000), ""})
	var b bytes.Buffer
	if err := xlsx.Write(&b, long); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	convert := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", dir, name)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "sheet.csv"))
	if err != nil {
		t.Skipf("SKIPPED: LibreOffice Calc is not there: %v", err)
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var have [][]string
	for i, row := range rows {
		if slices.Equal(row, sample().Head) {
			have = rows[i+1:]
		}
	}
	if len(have) != 5 {
		t.Fatalf("rows: %q", rows)
	}
	for i, want := range sample().Rows {
		if !slices.Equal(have[i], want) {
			t.Errorf("row %d is %q, not %q", i, have[i], want)
		}
	}
	if !strings.HasSuffix(have[4][1], "参照）") {
		t.Errorf("a text too long for a cell does not say that it is cut")
	}
}
