package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jobun/checker/export/paper"
	"jobun/checker/pack"
)

const packedReport = "fixtures/developer-tool-2026/report.toml"

// packedDir runs export of a fixture into a new folder and gives it.
func packedDir(t *testing.T, args ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "submission")
	verified(t, exitRan, append([]string{"export", packedReport, "--pack", dir, "--date", "2026-11-25"}, args...)...)
	return dir
}

// verified runs a command line, wants an exit code, and gives what it prints.
func verified(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errOut); code != want {
		t.Fatalf("jobun %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, want, out.String(), errOut.String())
	}
	return out.String()
}

// changed changes the first text in a file that a pattern finds.
func changed(t *testing.T, name, pattern string, by func(string) string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := regexp.MustCompile(pattern).FindIndex(text)
	if at == nil {
		t.Fatalf("%s has no %s; this tests nothing", name, pattern)
	}
	found := string(text[at[0]:at[1]])
	if by(found) == found {
		t.Fatalf("%q is not changed", found)
	}
	text = append(append(append([]byte{}, text[:at[0]]...), by(found)...), text[at[1]:]...)
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// digit changes the last digit of a text.
func digit(text string) string {
	i := strings.LastIndexAny(text, "0123456789")
	d := byte('0' + (text[i]-'0'+1)%10)
	return text[:i] + string(d) + text[i+1:]
}

// A pack agrees with itself, and is the same on a second run.
func TestPackAgrees(t *testing.T) {
	dir, again := packedDir(t), packedDir(t)
	out := verified(t, exitRan, "verify", dir)
	if !strings.Contains(out, "比べたものは全て一致") || !strings.Contains(out, "署名はない") {
		t.Error(out)
	}
	for _, name := range []string{pack.ManifestName, pack.SumsName} {
		a, errA := os.ReadFile(filepath.Join(dir, name))
		b, errB := os.ReadFile(filepath.Join(again, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) || len(a) < 1000 {
			t.Errorf("%s differs on a second run", name)
		}
	}
	for _, lang := range []string{"en"} {
		dir := packedDir(t, "--lang", lang, "--numbers", "shiryo", "--paper", "complaint", "--as-third-party")
		if out := verified(t, exitRan, "verify", dir, "--lang", lang); !strings.Contains(out, "All that was compared agrees") {
			t.Error(out)
		}
		if _, err := os.Stat(filepath.Join(dir, "papers/complaint.docx")); err != nil {
			t.Error(err)
		}
	}
}

// One changed digit of each kind is found in each format, and is called what it is.
func TestVerifyFindsEachKind(t *testing.T) {
	notIfShort(t)
	dir := packedDir(t)
	for _, c := range []struct{ kind, pattern string }{
		{"引用条項", `第168条の2第2項`},
		{"日付", `行為時 令和8年5月11日`},
		{"ハッシュ", `[0-9a-f]{20,63}[0-9]`},
		{"引用文", `EventRecordID 70328`},
		{"合計", `内訳: [^。]*計 [0-9]+`},
		{"文言", `機械的に整理`},
	} {
		for _, name := range []string{"summary.md", "summary.html", "summary.txt"} {
			at := filepath.Join(dir, "papers", name)
			was, err := os.ReadFile(at)
			if err != nil {
				t.Fatal(err)
			}
			by := digit
			if c.kind == "文言" {
				by = func(string) string { return "正確に整理" }
			}
			pattern := c.pattern
			if name == "summary.md" {
				pattern = strings.ReplaceAll(pattern, "行為時 ", "行為時:? ")
			}
			changed(t, at, pattern, by)
			out := verified(t, exitIntegrity, "verify", dir)
			if !strings.Contains(out, "不一致 "+c.kind+"　papers/"+name) {
				t.Errorf("%s in %s is not found, or is called another thing:\n%s", c.kind, name, out)
			}
			if name != "summary.txt" { // a file alone is compared with what it carries
				if out := verified(t, exitIntegrity, "verify", at); !strings.Contains(out, "不一致 "+c.kind) {
					t.Errorf("%s alone: %s", name, out)
				}
			}
			if err := os.WriteFile(at, was, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	verified(t, exitRan, "verify", dir)
}

// A paper whose visible text and carried model were both changed agrees with itself, and
// not with the report.
func TestVerifyMakesThePaperAgain(t *testing.T) {
	notIfShort(t)
	name := filepath.Join(t.TempDir(), "summary.html")
	verified(t, exitRan, "export", packedReport, "-o", name, "--date", "2026-11-25")
	if out := verified(t, exitRan, "verify", name, "--report", packedReport); !strings.Contains(out, "比べたものは全て一致") {
		t.Error(out)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for kind, change := range map[string]func(p *paper.Paper){
		"引用条項":    func(p *paper.Paper) { changeSpan(p, "第168条の2第2項", "第168条の2第3項") },
		"日付":      func(p *paper.Paper) { changeSpan(p, "令和8年5月11日", "令和8年5月12日") },
		"引用文":     func(p *paper.Paper) { changeSpan(p, "EventRecordID 70328", "EventRecordID 70329") },
		"合計":      func(p *paper.Paper) { changeSpan(p, "（計 10件）", "（計 11件）") },
		"ハッシュ":    func(p *paper.Paper) { changeSpan(p, p.Made.Report, digitOfHash(p.Made.Report)) },
		"元データ・設定": func(p *paper.Paper) { p.Made.Report = digitOfHash(p.Made.Report) },
		"形式":      func(p *paper.Paper) { p.Blocks[0].Weights = append(p.Blocks[0].Weights, 1) },
	} {
		p, err := paper.Carried(paper.HTMLFormat, data)
		if err != nil {
			t.Fatal(err)
		}
		change(p)
		var b bytes.Buffer
		if err := p.HTML(&b); err != nil {
			t.Fatal(err)
		}
		forged := filepath.Join(t.TempDir(), "forged.html")
		if err := os.WriteFile(forged, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		if out := verified(t, exitRan, "verify", forged); !strings.Contains(out, "報告から作り直していない") {
			t.Errorf("%s: it does not say that it did not look at the report: %s", kind, out)
		}
		if out := verified(t, exitIntegrity, "verify", forged, "--report", packedReport); !strings.Contains(out, "不一致 "+kind+"　") {
			t.Errorf("%s is not found:\n%s", kind, out)
		}
	}
}

func changeSpan(p *paper.Paper, old, by string) {
	done := false
	p.Walk(func(s *paper.Span) {
		if !done && strings.Contains(s.Text, old) {
			s.Text, done = strings.Replace(s.Text, old, by, 1), true
		}
	})
}

func digitOfHash(hash string) string {
	if hash[0] == '0' {
		return "1" + hash[1:]
	}
	return "0" + hash[1:]
}

// A file that is changed, taken away or added is found, and so is a manifest that was
// written anew over a changed exhibit: the report states its hash.
func TestVerifyFiles(t *testing.T) {
	notIfShort(t)
	first := func(t *testing.T, dir, pattern string) string {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("no %s (%v)", pattern, err)
		}
		return names[0]
	}
	for name, c := range map[string]struct {
		do   func(t *testing.T, dir string)
		want []string
	}{
		"an exhibit": {func(t *testing.T, dir string) {
			changed(t, first(t, dir, "exhibits/甲03*"), `[0-9]`, digit)
		}, []string{"不一致 ハッシュ", "不一致 証拠"}},
		"an exhibit and the manifests": {func(t *testing.T, dir string) {
			at := first(t, dir, "exhibits/甲03*")
			old := sumOf(t, at)
			changed(t, at, `[0-9]`, digit)
			for _, m := range []string{pack.ManifestName, pack.SumsName} {
				text, err := os.ReadFile(filepath.Join(dir, m))
				if err != nil {
					t.Fatal(err)
				}
				text = bytes.ReplaceAll(text, []byte(old), []byte(sumOf(t, at)))
				if m == pack.SumsName {
					text = regexp.MustCompile(`[0-9a-f]{64}  MANIFEST.json`).ReplaceAll(text, []byte(sumOf(t, filepath.Join(dir, pack.ManifestName))+"  MANIFEST.json"))
				}
				if err := os.WriteFile(filepath.Join(dir, m), text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}, []string{"不一致 証拠"}},
		"the report": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, "source/report.toml"), `(?m)^title *= "[^"]`, func(s string) string { return s + "改" })
		}, []string{"不一致 ハッシュ", "不一致 元データ・設定"}},
		"a spreadsheet": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, "papers/exhibits.csv"), `甲3`, func(string) string { return "甲4" })
		}, []string{"不一致 ハッシュ", "papers/exhibits.csv"}},
		"the manifest": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, pack.ManifestName), `"number": "甲1"`, digit)
		}, []string{"不一致 ハッシュ　"}},
		"a missing file": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "papers/summary.txt")); err != nil {
				t.Fatal(err)
			}
		}, []string{"不一致 ファイルがない"}},
		"an added file": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "papers/second.md"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}, []string{"不一致 目録にないファイル"}},
		"a link": {func(t *testing.T, dir string) {
			if err := os.Symlink("/etc/hostname", filepath.Join(dir, "exhibits/link")); err != nil {
				t.Skip(err)
			}
		}, []string{"不一致 目録にないファイル"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := packedDir(t)
			c.do(t, dir)
			out := verified(t, exitIntegrity, "verify", dir)
			for _, words := range c.want {
				if !strings.Contains(out, words) {
					t.Errorf("no %q in\n%s", words, out)
				}
			}
		})
	}
}

func sumOf(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// A signature is good for stock ssh-keygen and for verify, and is bad after a change, by
// another key, or where there is none.
func TestSignature(t *testing.T) {
	notIfShort(t)
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		t.Skip("ssh-keygen is not here: signatures are NOT tested")
	}
	keys := t.TempDir()
	allowed := map[string]string{}
	for _, who := range []string{"a", "b"} {
		key := filepath.Join(keys, who)
		if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		public, err := os.ReadFile(key + ".pub")
		if err != nil {
			t.Fatal(err)
		}
		allowed[who] = filepath.Join(keys, who+".allowed")
		if err := os.WriteFile(allowed[who], []byte(fmt.Sprintf("reviewer-%s namespaces=\"jobun\" %s", who, public)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	dir := packedDir(t, "--sign", filepath.Join(keys, "a"))
	stock := func() error {
		sums, err := os.Open(filepath.Join(dir, pack.SumsName))
		if err != nil {
			t.Fatal(err)
		}
		defer sums.Close()
		cmd := exec.Command("ssh-keygen", "-Y", "verify", "-n", "jobun", "-I", "reviewer-a", "-f", allowed["a"], "-s", filepath.Join(dir, pack.SignatureName))
		cmd.Stdin = sums
		return cmd.Run()
	}
	if err := stock(); err != nil {
		t.Errorf("ssh-keygen does not accept the signature: %v", err)
	}
	verified(t, exitRan, "verify", dir, "--allowed-signers", allowed["a"])
	verified(t, exitRan, "verify", dir, "--allowed-signers", allowed["a"], "--signer", "reviewer-a")
	verified(t, exitRan, "verify", dir)
	for _, args := range [][]string{{"--allowed-signers", allowed["b"]}, {"--allowed-signers", allowed["a"], "--signer", "reviewer-b"}} {
		if out := verified(t, exitIntegrity, append([]string{"verify", dir}, args...)...); !strings.Contains(out, "不一致 署名") {
			t.Errorf("%v: %s", args, out)
		}
	}
	changed(t, filepath.Join(dir, pack.SumsName), `^[0-9a-f]`, func(s string) string { return digitOfHash(s) })
	if stock() == nil {
		t.Error("ssh-keygen accepts the signature of a changed manifest")
	}
	for _, args := range [][]string{nil, {"--allowed-signers", allowed["a"]}} {
		if out := verified(t, exitIntegrity, append([]string{"verify", dir}, args...)...); !strings.Contains(out, "不一致 署名") {
			t.Errorf("%v, after a change: %s", args, out)
		}
	}
	if err := os.Remove(filepath.Join(dir, pack.SignatureName)); err != nil {
		t.Fatal(err)
	}
	if out := verified(t, exitIntegrity, "verify", dir, "--allowed-signers", allowed["a"]); !strings.Contains(out, "署名がない") {
		t.Error(out)
	}
}

// A pack that cannot be finished leaves nothing, neither under its name nor beside it.
func TestPackIsWholeOrNotThere(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "submission")
	verified(t, exitInput, "export", packedReport, "--pack", dir, "--sign", filepath.Join(parent, "no-such-key"))
	if left, err := os.ReadDir(parent); err != nil || len(left) != 0 {
		t.Errorf("there is %v (%v)", left, err)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	verified(t, exitRan, "export", packedReport, "--pack", dir) // an empty folder is taken
	verified(t, exitUsage, "export", packedReport, "--pack", dir)
	verified(t, exitUsage, "export", packedReport, "--pack", filepath.Join(parent, "masked"), "--redact")
	if left, err := os.ReadDir(parent); err != nil || len(left) != 1 {
		t.Errorf("there is %v (%v)", left, err)
	}
}

// A document that a word processor has written again is compared by what is seen.
func TestVerifyWord(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "summary.docx")
	verified(t, exitRan, "export", packedReport, "-o", name, "--date", "2026-11-25")
	verified(t, exitRan, "verify", name, "--report", packedReport)
	for _, c := range []struct {
		part, old, by string
		code          int
		want          string
	}{
		{"word/document.xml", "第168条の2第2項", "第168条の2第3項", exitIntegrity, "不一致 引用条項"},
		{"word/document.xml", "<w:body>", "<w:body ><!-- again -->", exitRan, "見える行だけを比べた"},
		{"word/footnotes.xml", "EventRecordID 70328", "EventRecordID 70329", exitIntegrity, "不一致 引用文"},
	} {
		forged := filepath.Join(dir, "forged.docx")
		rezipped(t, name, forged, c.part, c.old, c.by)
		if out := verified(t, c.code, "verify", forged); !strings.Contains(out, c.want) {
			t.Errorf("%s: %s", c.by, out)
		}
	}
}

// A document with a part twice is read differently by different programs.
func TestVerifyPartTwice(t *testing.T) {
	name := filepath.Join(t.TempDir(), "summary.docx")
	verified(t, exitRan, "export", packedReport, "-o", name)
	r, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Create("word/document.xml"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	twice := filepath.Join(t.TempDir(), "twice.docx")
	if err := os.WriteFile(twice, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := verified(t, exitIntegrity, "verify", twice); !strings.Contains(out, "不一致 形式") {
		t.Error(out)
	}
}

// What carries nothing is not called sound.
func TestVerifyNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "summary.txt")
	verified(t, exitRan, "export", packedReport, "-o", name)
	if out := verified(t, exitInput, "verify", name); !strings.Contains(out, "何も比べられなかった") {
		t.Error(out)
	}
	verified(t, exitUsage, "verify", packedReport)
	verified(t, exitInput, "verify", filepath.Join(dir, "none.md"))
	verified(t, exitIntegrity, "verify", dir) // a folder without a manifest
}
