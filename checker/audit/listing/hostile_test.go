package listing

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// check reads bytes and wants of the result what every result keeps.
func check(t testing.TB, b []byte) Snapshot {
	s := Read("一覧", b)
	if len(s.Files) != 1 || len(s.Files[0].Losses) > mostLosses {
		t.Fatalf("%d files, %d losses", len(s.Files), len(s.Files[0].Losses))
	}
	lines := s.Files[0].Lines
	for _, e := range s.Entities {
		if e.Origin.Line < 0 || e.Origin.Line > lines || e.Origin.File != "一覧" {
			t.Fatalf("%s %q stands at %+v of %d lines", e.Kind, e.Name, e.Origin, lines)
		}
	}
	if changes := Compare(s, s); len(changes) != 0 {
		t.Fatalf("a snapshot differs from itself:\n%s", dumpChanges(changes))
	}
	return s
}

func mutate(r *rand.Rand, b []byte) []byte {
	b = slices.Clone(b)
	for n := r.IntN(6) + 1; n > 0 && len(b) > 0; n-- {
		i := r.IntN(len(b))
		switch r.IntN(6) {
		case 0:
			b[i] ^= byte(1 << r.IntN(8))
		case 1:
			b = b[:i]
		case 2:
			b = slices.Insert(b, i, []byte{0, 0xFF, 0x81, '(', '[', '"', '\n'}[r.IntN(7)])
		case 3:
			b = slices.Delete(b, i, min(len(b), i+1+r.IntN(40)))
		case 4:
			b = slices.Insert(b, i, b[i:min(len(b), i+r.IntN(200))]...)
		default:
			b[i] = byte(r.IntN(256))
		}
	}
	return b
}

// TestMutated reads 500 damaged copies of each listing.
func TestMutated(t *testing.T) {
	copies := 500
	if testing.Short() {
		copies = 25
	}
	r := rand.New(rand.NewPCG(1, 2))
	for name, b := range inputs(t) {
		for range copies {
			m := mutate(r, b)
			func() {
				defer func() {
					if p := recover(); p != nil {
						t.Fatalf("%s: %v\n%q", name, p, m)
					}
				}()
				check(t, m)
			}()
		}
	}
}

// TestTruncated cuts every listing at every place: the whole one never has less.
func TestTruncated(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 37
	}
	for name, b := range inputs(t) {
		whole := map[string]bool{}
		for _, e := range Read("一覧", b).Entities {
			whole[string(e.Kind)+e.id] = true
			whole[string(e.Kind)+fold(e.SID)] = true
		}
		for n := 0; n < len(b); n += step {
			s := check(t, b[:n])
			for _, e := range s.Entities {
				// A name that is cut is the only thing a cut listing may add, on its last line.
				if !whole[string(e.Kind)+e.id] && (e.SID == "" || !whole[string(e.Kind)+fold(e.SID)]) && e.Origin.Line < s.Files[0].Lines-1 {
					t.Errorf("%s cut at %d: invents %s %q at %d", name, n, e.Kind, e.Name, e.Origin.Line)
				}
			}
			if text, _, _ := Decode(b[:n]); strings.HasSuffix(strings.ReplaceAll(text, "\r", ""), "\n\n") {
				continue // between two keys or services: nothing tells that there were more
			}
			for _, c := range Compare(Read("一覧", b), s) {
				if c.Verb == Deleted {
					t.Errorf("%s cut at %d: says %s %q deleted", name, n, c.Kind, c.Name)
				}
			}
		}
	}
}

// TestLarge reads listings made to be slow.
func TestLarge(t *testing.T) {
	size := 3 << 20
	if testing.Short() {
		size = 1 << 20
	}
	long := strings.Repeat
	for name, text := range map[string]string{
		"one line":        long("あ", size/3),
		"a huge line":     long("x", mostLineBytes+1) + "\n",
		"icacls spaces":   long("a ", size/2) + "x:(F)\n",
		"icacls parts":    "C:\\x BUILTIN\\Users:" + long("(F)", size/3) + "\n",
		"icacls paths":    long("C:\\x BUILTIN\\Users:(F)\n\n", size/60),
		"icacls entries":  "C:\\x BUILTIN\\Users:(F)\n" + long("  a:(F)\n", size/10),
		"sddl depth":      "x\nD:" + long("(", size) + "\n",
		"sddl entries":    "x\nD:" + long("(A;;FA;;;SY)", size/12) + "\n",
		"json depth":      long("[", size/10) + "\n",
		"json objects":    `[` + long(`{"Name":"a","SID":"S-1-5-32-1-1","Enabled":true},`, size/60) + `{}]`,
		"json deep field": `{"a":` + long("[", 1<<16),
		"xml depth":       long("<Task>", size/10),
		"xml tasks":       "<Tasks>" + long("<!-- \\a --><Task></Task>", size/30),
		"reg lines":       regVersion5 + "\n[HKEY_USERS]\n\"a\"=hex:" + long("00,\\\n", size/10),
		"reg string":      regVersion5 + "\n[HKEY_USERS]\n\"a\"=\"" + long("\n", size/10),
		"reg names":       regVersion5 + "\n[HKEY_USERS]\n\"" + long("a\n", size/10),
		"prompts":         long("> net user x\n", size/20),
		"certutil":        long("================ 証明書 0 ================\n(sha1): "+long("ab", 20)+"\n", size/90),
		"netsh":           long("a: b\n"+long("-", 50)+"\n", size/60),
		"sc":              long("SERVICE_NAME: a\n", size/16),
		"rights":          "SeBackupPrivilege = " + long("*S-1-1-0,", size/100),
		"nul":             long("\x00", size),
		"half utf-16":     "\xff\xfe" + long("\x00\xd8", size/2),
		"cp932":           long("\x82\xa0", size/2) + "\xff",
	} {
		start := time.Now()
		check(t, []byte(text))
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %v", name, d)
		} else {
			t.Logf("%-16s %v", name, d)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, b := range inputs(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { check(t, b) })
}

func FuzzSDDL(f *testing.F) {
	for _, s := range sddls {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, errA := ParseSDDL(s)
		b, errB := ParseSDDL(s)
		if (errA == nil) != (errB == nil) || len(a.DACL) != len(b.DACL) {
			t.Fatal("not the same twice")
		}
	})
}

func FuzzICACLSLine(f *testing.F) {
	f.Add(`C:\仕事 PC\鍵:(OI)(CI)(M)`)
	f.Add(`   S-1-5-21-1-2-3-4:(DENY)(W,D,Rc,DC)`)
	f.Fuzz(func(t *testing.T, s string) {
		if e, ok := parseICACLS(s); ok {
			path, who, _ := splitPath(e.lead, "", "    ")
			if strings.TrimSpace(path+who) == "" {
				t.Fatal("an entry of nothing")
			}
		}
	})
}

func FuzzRegData(f *testing.F) {
	for _, s := range []string{`"一\"二"`, "dword:00000000", "hex(2):25,00", "hex(7):42,30,00,00", "qword:0", "-", "hex(b):"} {
		f.Add(s, true)
	}
	f.Fuzz(func(_ *testing.T, s string, ansi bool) { _, _, _ = regData(s, ansi) })
}

func FuzzDecode(f *testing.F) {
	for _, b := range inputs(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, enc, err := Decode(b)
		if enc == "" {
			t.Fatal("no encoding")
		}
		if err == nil && strings.Contains(text, "\uFFFD") && !bytes.Contains(b, []byte("\uFFFD")) &&
			!strings.HasPrefix(enc, "utf-16") {
			t.Fatalf("U+FFFD from %q", b)
		}
	})
}
