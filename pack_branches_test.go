package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"jobun/checker/pack"
)

// branchedReport is a copy of a fixture in which two logs are branches of one number, and
// so are three lists, of which one stands apart.
func branchedReport(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Dir(packedReport))); err != nil {
		t.Fatal(err)
	}
	report := filepath.Join(dir, "report.toml")
	for id, of := range map[string]string{"sysmon": "security", "after": "before", "userlist-after": "before"} {
		changed(t, report, `(?m)^id +(= "`+id+`")$`, func(line string) string { return line + "\nbranch_of = \"" + of + "\"" })
	}
	return report
}

func branchedDir(t *testing.T, args ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "submission")
	verified(t, exitRan, append([]string{"export", branchedReport(t), "--pack", dir, "--date", "2026-11-25"}, args...)...)
	return dir
}

// sealed writes the hashes of a folder anew, as whoever changed a file of it could.
func sealed(t *testing.T, dir string) {
	t.Helper()
	m, err := pack.Read(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	manifest := filepath.Join(dir, pack.ManifestName)
	for _, f := range m.Files {
		if sum := sumOf(t, filepath.Join(dir, f.Name)); sum != f.SHA256 {
			changed(t, manifest, f.SHA256, func(string) string { return sum })
		}
	}
	sums := sumOf(t, manifest) + "  " + pack.ManifestName + "\n"
	for _, f := range m.Files {
		sums += sumOf(t, filepath.Join(dir, f.Name)) + "  " + f.Name + "\n"
	}
	if err := os.WriteFile(filepath.Join(dir, pack.SumsName), []byte(sums), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A pack with branches names files and exhibits by them, and agrees with itself, in both
// languages; of branches that stand apart the numbers, the files and the list agree.
func TestPackOfBranches(t *testing.T) {
	for lang, want := range map[string]string{"ja": "比べたものは全て一致", "en": "All that was compared agrees"} {
		dir := branchedDir(t, "--lang", lang, "--paper", "complaint", "--as-third-party", "--numbers", "kou")
		if out := verified(t, exitRan, "verify", dir, "--lang", lang); !strings.Contains(out, want) {
			t.Error(out)
		}
		m, err := pack.Read(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		for i, number := range []string{"甲1の1", "甲1の2", "甲2", "甲3の1", "甲3の2", "甲3の3", "甲4"} {
			x := m.Exhibits[i]
			if file := strings.Replace(number, "甲", "exhibits/甲0", 1) + "_"; x.Number != number || !strings.HasPrefix(x.File, file) || utf8.RuneCountInString(filepath.Base(x.File)) > 50 {
				t.Errorf("the exhibit %s is %s, %s; want %s, %s…", x.ID, x.Number, x.File, number, file)
			}
		}
		entries, err := fs.ReadDir(os.DirFS(dir), "exhibits")
		if err != nil || len(entries) != 16 {
			t.Errorf("%d files of exhibits (%v)", len(entries), err)
		}
	}
}

// One digit of a branch that was changed is found, and is called the number of an
// exhibit: in a paper, in a manifest whose hashes were written anew, and in the name of
// a file there.
func TestVerifyFindsBranch(t *testing.T) {
	notIfShort(t)
	pristine := branchedDir(t)
	for name, c := range map[string]struct {
		do   func(t *testing.T, dir string)
		want []string
	}{
		"a paper as HTML": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, "papers/summary.html"), `甲1の2`, digit)
		}, []string{"不一致 証拠　papers/summary.html", "照合元: 甲1の1、甲1の2", "ここ: 甲1の1、甲1の3"}},
		"a paper as Markdown": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, "papers/summary.md"), `甲1の2`, digit)
		}, []string{"不一致 証拠　papers/summary.md", "甲1の3"}},
		"a paper as text, sealed anew": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, "papers/summary.txt"), `甲1の2`, digit)
			sealed(t, dir)
		}, []string{"不一致 証拠　papers/summary.txt", "甲1の3"}},
		"a table, sealed anew": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, "papers/exhibits.csv"), `甲3の2`, digit)
			sealed(t, dir)
		}, []string{"不一致 証拠　papers/exhibits.csv", "甲3の3"}},
		"the manifest, sealed anew": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, pack.ManifestName), `"number": "甲1の2`, digit)
			sealed(t, dir)
		}, []string{"不一致 証拠　MANIFEST.json", "箇所: 証拠 sysmon", "照合元: 甲1の2 ", "ここ: 甲1の3 "}},
		"an exhibit of the manifest that the report has not, sealed anew": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, pack.ManifestName), `"id": "sysmon"`, func(string) string { return `"id": "sysmom"` })
			sealed(t, dir)
		}, []string{"箇所: 証拠 sysmom", "箇所: 証拠 sysmon"}},
		"a file under another number, sealed anew": {func(t *testing.T, dir string) {
			names, err := filepath.Glob(filepath.Join(dir, "exhibits/甲01の2_*"))
			if err != nil || len(names) != 1 {
				t.Fatalf("%v (%v)", names, err)
			}
			if err := os.Rename(names[0], strings.Replace(names[0], "甲01の2", "甲01の3", 1)); err != nil {
				t.Fatal(err)
			}
			at := filepath.Join(dir, pack.ManifestName)
			text, err := os.ReadFile(at)
			if err != nil {
				t.Fatal(err)
			}
			text = bytes.ReplaceAll(text, []byte("甲01の2"), []byte("甲01の3"))
			if err := os.WriteFile(at, text, 0o644); err != nil {
				t.Fatal(err)
			}
			sealed(t, dir)
		}, []string{"不一致 証拠　MANIFEST.json", "箇所: 証拠 sysmon", "exhibits/甲01の3_"}},
		"the report, whose exhibit is no branch any more, sealed anew": {func(t *testing.T, dir string) {
			changed(t, filepath.Join(dir, "source/report.toml"), `branch_of = "security"\n`, func(string) string { return "" })
			sealed(t, dir)
		}, []string{"不一致 元データ・設定", "不一致 証拠　MANIFEST.json", "箇所: 証拠 sysmon", "照合元: 甲2 "}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "submission")
			if err := os.CopyFS(dir, os.DirFS(pristine)); err != nil {
				t.Fatal(err)
			}
			c.do(t, dir)
			out := verified(t, exitIntegrity, "verify", dir)
			flat := regexp.MustCompile(`\n +`).ReplaceAllString(out, "")
			for _, words := range c.want {
				if !strings.Contains(out, words) && !strings.Contains(flat, words) {
					t.Errorf("no %q in\n%s", words, out)
				}
			}
		})
	}
}
