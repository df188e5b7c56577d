package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"testing"
)

// rezipped writes a package again with the first of some words in one part changed.
func rezipped(t *testing.T, name, to, part, old, by string) {
	t.Helper()
	r, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	isChanged := false
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			isChanged = bytes.Contains(text, []byte(old))
			text = bytes.Replace(text, []byte(old), []byte(by), 1)
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !isChanged {
		t.Fatalf("%s has no %q; this tests nothing", part, old)
	}
	if err := os.WriteFile(to, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
