package observe

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// corpus is the shared evidence. It is not in the repository.
func corpus(t testing.TB) string {
	t.Helper()
	shared := os.Getenv("JOBUN_SHARED")
	if shared == "" {
		t.Skip("NOT TESTED: JOBUN_SHARED does not name the folder with the evidence")
	}
	return filepath.Join(shared, "evidence", "corpus")
}

// Every file of the corpus gives a report that can be read back, and the same one
// each time.
func TestCorpus(t *testing.T) {
	dir := corpus(t)
	first := lines(run(t, []string{"process:tasksche.exe"}, dir).Report)
	if second := lines(run(t, []string{"process:tasksche.exe"}, dir).Report); first != second {
		t.Error("two runs differ")
	}
}

// Mutated copies of a small real file of each format: no panic, bounded, and every
// report can be read back. JOBUN_EVERY asks for 500 of each.
func TestMutatedCorpus(t *testing.T) {
	dir := corpus(t)
	rounds := 15
	if os.Getenv("JOBUN_EVERY") != "" {
		rounds = 500
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{
		"evtx/ID4720,4698-Fortinet APT group abuse on Windows.evtx", "evtx/f8aebc67-a56d-4ec9-9fbe-7b0e8b7b4efd.evtx", "winevent_xml/osq_Security_4738.xml",
		"mordor_jsonl/cmd_userinitmprlogonscript_batch.zip", "procmon_csv/Noriben_09_Apr_13.csv", "asa_json/asa_output.json",
		"vt_behaviour_json/example_drweb_api_with_net.json", "cape_json/55dcd38773f4104b95589acc87d93bf8b4a264b4a6d823b73fb6a7ab8144c08b.json.gz",
		"icacls_text/codex_issue_46178_icacls.txt",
	} {
		whole, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(t.TempDir(), "x")
		for range rounds {
			b := append([]byte{}, whole...)
			for range 1 + random.IntN(30) {
				b[random.IntN(len(b))] = byte(random.Uint32())
			}
			if random.IntN(4) == 0 {
				b = b[:random.IntN(len(b))]
			}
			if err := os.WriteFile(copied, b, 0o644); err != nil {
				t.Fatal(err)
			}
			run(t, []string{"process:hehda.exe"}, copied)
		}
	}
}
