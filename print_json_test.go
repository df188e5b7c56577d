package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// JSON on the standard output acts on no terminal, and is the same when it is read.
func TestPrintedJSONIsPlain(t *testing.T) {
	const text = "条\u009b31m\u202e\u200b\U000e0041<\n"
	var out bytes.Buffer
	if err := (&session{out: &out}).printJSON(text); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\u009b\u202e\u200b\U000e0041") || !strings.Contains(out.String(), "条") {
		t.Errorf("%q", out.String())
	}
	var back string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back != text {
		t.Errorf("%q, %v", back, err)
	}
}
