package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// The system's own program gets the file's whole path; what may run, lies elsewhere or is
// no file is not opened.
func TestOpenBeside(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("xdg-open is that of Linux")
	}
	dir, bin := t.TempDir(), t.TempDir()
	said := filepath.Join(bin, "said")
	script := "#!/bin/sh\nprintf %s \"$1\" >" + said + ".part && mv " + said + ".part " + said + "\n"
	for name, text := range map[string]string{filepath.Join(bin, "xdg-open"): script, filepath.Join(dir, "letter.PDF"): "%PDF", filepath.Join(dir, "tool.exe"): "MZ"} {
		if err := os.WriteFile(name, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.txt"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	report := filepath.Join(dir, "report.toml")
	if err := os.Symlink("tool.exe", filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"tool.exe", "folder.txt", "none.txt", "../letter.pdf", "/etc/hosts.txt", "", "letter.PDF.lnk", "link.txt"} {
		if err := openBeside(report, file); err == nil {
			t.Errorf("%q was opened", file)
		}
	}
	if err := openBeside(report, "letter.PDF"); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if text, err := os.ReadFile(said); err == nil {
			if want, _ := filepath.EvalSymlinks(filepath.Join(dir, "letter.PDF")); string(text) != want && string(text) != filepath.Join(dir, "letter.PDF") {
				t.Errorf("it was given %q", text)
			}
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := os.Stat(said); err != nil {
		t.Error("nothing was opened")
	}
	if args := opener("windows", `C:\a b\甲1.pdf`).Args; len(args) != 3 || !strings.HasSuffix(args[2], "甲1.pdf") {
		t.Errorf("on Windows: %q", args)
	}
}
