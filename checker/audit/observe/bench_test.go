package observe

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// jsonSample is lines of the shared corpus, or made ones where it is not there.
func jsonSample(b *testing.B) []byte {
	b.Helper()
	z, err := zip.OpenReader(filepath.Join(os.Getenv("JOBUN_SHARED"), "evidence/corpus/mordor_jsonl/aptsimulator_cobaltstrike.zip"))
	if err != nil {
		b.Log("JOBUN_SHARED does not name the evidence: made lines are read")
		return bytes.Repeat([]byte(oneLineOf), 10_000)
	}
	defer z.Close()
	f, err := z.File[0].Open()
	if err != nil {
		b.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// BenchmarkJSONLines reads lines as observe does: checked, and turned into events.
func BenchmarkJSONLines(b *testing.B) {
	text := jsonSample(b)
	records := 0
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		c := &collector{reading: newReading("x", Subject{}), repeats: map[string]int{}}
		c.readJSON(bytes.NewReader(text))
		records = c.source.Read
	}
	b.ReportMetric(float64(records), "records")
}

// BenchmarkEncodingJSON reads the same lines into maps with encoding/json.
func BenchmarkEncodingJSON(b *testing.B) {
	text := jsonSample(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range bytes.Split(text, []byte("\n")) {
			var m map[string]any
			if len(line) > 0 && json.Unmarshal(line, &m) != nil {
				b.Fatal("a line cannot be read")
			}
		}
	}
}

// BenchmarkXML reads events as XML.
func BenchmarkXML(b *testing.B) {
	text := strings.Repeat(oneEvent, 1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		c := &collector{reading: newReading("x", Subject{}), repeats: map[string]int{}}
		c.readXML(strings.NewReader(text))
	}
}
