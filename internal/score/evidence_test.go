package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The shared corpus reaches the wanted scores.
func TestEvidence(t *testing.T) {
	shared := os.Getenv("JOBUN_SHARED")
	if shared == "" {
		t.Skip("NOT TESTED: JOBUN_SHARED does not name the folder with the evidence")
	}
	var out strings.Builder
	reached, err := evidence(filepath.Join(shared, "evidence"), &out)
	if err != nil {
		t.Fatal(err)
	}
	if !reached {
		t.Error(out.String())
	}
	t.Log(out.String())
}

// A label that is not met, and an event that no label has, are counted.
func TestEvidenceMisses(t *testing.T) {
	dir := t.TempDir()
	event := `<Event><System><Provider Name="Service Control Manager"/><EventID>7045</EventID><EventRecordID>5</EventRecordID><Channel>System</Channel></System><EventData><Data Name="ServiceName">s</Data></EventData></Event>`
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.xml", event)
	for literal, want := range map[string]bool{
		"service_installed x1 [5] by -": true, "service_installed x2 [5,6] by -": false, "service_installed x1 [7] by -": false,
		"service_installed x1 [5] by S-1-5-18": false, "": false,
	} {
		write("LABELS.tsv", "file\tformat\tpolarity\tliteral_events\na.xml\tevtx\tpositive\t"+literal+"\n")
		var out strings.Builder
		if have, err := evidence(dir, &out); err != nil || have != want {
			t.Errorf("%q: %v %v\n%s", literal, have, err, out.String())
		}
	}
}
