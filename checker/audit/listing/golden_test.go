package listing

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

var update = flag.Bool("update", false, "rewrite the .want files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", name, got)
	}
}

// inputs are the listings of testdata/read.
func inputs(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/read/*")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]byte{}
	for _, name := range names {
		if strings.HasSuffix(name, ".want") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found[filepath.Base(name)] = b
	}
	if len(found) == 0 {
		t.Fatal("no listings in testdata/read")
	}
	return found
}

func TestRead(t *testing.T) {
	for name, b := range inputs(t) {
		t.Run(name, func(t *testing.T) {
			golden(t, filepath.Join("testdata/read", name+".want"), dump(Read(name, b)))
		})
	}
}

// TestReadEncodings reads every listing as Windows would have written it, and wants
// the same from each but for the encoding.
func TestReadEncodings(t *testing.T) {
	encoders := map[string]func(string) ([]byte, error){
		CP932:   func(s string) ([]byte, error) { return japanese.ShiftJIS.NewEncoder().Bytes([]byte(s)) },
		EUCJP:   func(s string) ([]byte, error) { return japanese.EUCJP.NewEncoder().Bytes([]byte(s)) },
		UTF16LE: func(s string) ([]byte, error) { return utf16Bytes(s, unicode.LittleEndian, unicode.IgnoreBOM) },
		UTF16BE: func(s string) ([]byte, error) { return utf16Bytes(s, unicode.BigEndian, unicode.UseBOM) },
	}
	for name, b := range inputs(t) {
		text, enc, err := Decode(b)
		if err != nil {
			continue
		}
		want := strings.ReplaceAll(dump(Read(name, b)), ": "+enc+",", ": ENC,")
		for enc, encode := range encoders {
			other, err := encode(strings.ReplaceAll(text, "\n", "\r\n"))
			if err != nil {
				t.Logf("%s cannot be written as %s: %v", name, enc, err)
				continue
			}
			got := dump(Read(name, other))
			for _, e := range []string{CP932, EUCJP, UTF16LE, UTF16BE, UTF8} {
				got = strings.ReplaceAll(got, ": "+e+",", ": ENC,")
			}
			if got != want {
				t.Errorf("%s as %s; got:\n%s\nwant:\n%s", name, enc, got, want)
			}
		}
	}
}

func utf16Bytes(s string, order unicode.Endianness, mark unicode.BOMPolicy) ([]byte, error) {
	return unicode.UTF16(order, mark).NewEncoder().Bytes([]byte(s))
}

func TestCompareFolders(t *testing.T) {
	dirs, err := filepath.Glob("testdata/pairs/*/before")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no pairs", err)
	}
	for _, dir := range dirs {
		dir = filepath.Dir(dir)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			before, err := ReadFolder(os.DirFS(filepath.Join(dir, "before")))
			if err != nil {
				t.Fatal(err)
			}
			after, err := ReadFolder(os.DirFS(filepath.Join(dir, "after")))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join(dir, "want"), dumpChanges(Compare(before, after)))
			for _, s := range []Snapshot{before, after} {
				if changes := Compare(s, s); len(changes) != 0 {
					t.Errorf("a snapshot differs from itself:\n%s", dumpChanges(changes))
				}
			}
		})
	}
}

// TestFixtures compares the transcripts of the repository's example reports.
func TestFixtures(t *testing.T) {
	for _, name := range []string{"developer-tool-2026", "installer-with-consent"} {
		dir := filepath.Join("../../../fixtures", name)
		read := func(file string) Snapshot {
			b, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			return Read(file, b)
		}
		before, after, end := read("before.txt"), read("after.txt"), read("after-uninstall.txt")
		if name == "developer-tool-2026" {
			after = Merge(after, read("userlist-after.reg"), read("rights.txt"))
			end = Merge(end, read("userlist-after-uninstall.reg"))
		}
		golden(t, filepath.Join("testdata", name+".want"), "# installed\n"+dumpChanges(Compare(before, after))+
			"# uninstalled\n"+dumpChanges(Compare(after, end))+"# before and end\n"+dumpChanges(Compare(before, end)))
	}
}
