package observe

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// The hash and the size of a member are those of all of it, also where its reader gave up.
func TestMembersAreHashedWhole(t *testing.T) {
	broken := append(gzipped([]byte(oneLineOf))[:20], bytes.Repeat([]byte{0xff}, 300_000)...)
	r := run(t, nil, file(t, "a.zip", zipped(t, []string{"good.json", "a.json.gz"}, []byte(oneLineOf), broken)))
	want := fmt.Sprintf("member a.json.gz: %d bytes, sha256:%x\n", len(broken), sha256.Sum256(broken))
	if note := r.Report.Exhibits[0].Note; !r.Partial || !strings.Contains(note, want) {
		t.Errorf("no %q in %s", want, note)
	}
}

// A member that is not read to its end has neither.
func TestCutMembersHaveNoHash(t *testing.T) {
	whole := zipped(t, []string{"a.json"}, []byte(strings.Repeat(oneLineOf, 2000)))
	c := newCollector(newReading("x", Subject{}), Options{})
	_ = c.read(content{stream: bytes.NewReader(whole), at: bytes.NewReader(whole), size: int64(len(whole)), name: "x"}, newBudget(10_000))
	if len(c.members) != 0 || !c.source.Partial {
		t.Errorf("%+v", c.members)
	}
}

// What an archive unpacks to is counted once, however it is packed; a tar packs nothing.
func TestBudgetIsCountedOnce(t *testing.T) {
	text := []byte(strings.Repeat(oneLineOf, 1000))
	for name, packed := range map[string][]byte{
		"gz": gzipped(text), "tar.gz": gzipped(tarred("a.json", text)), "tar": tarred("a.json", text), "zip": zipped(t, []string{"a.json"}, text), "tar in zip": zipped(t, []string{"a.tar"}, tarred("a.json", text)),
	} {
		for spare, whole := range map[int64]bool{4096: true, -4096: false} {
			c := newCollector(newReading("x", Subject{}), Options{})
			err := c.read(content{stream: bytes.NewReader(packed), at: bytes.NewReader(packed), size: int64(len(packed)), name: "x"}, newBudget(int64(len(text))+spare))
			if isWhole := err == nil && !c.source.Partial && c.source.Read == 1000; isWhole != (whole || name == "tar") {
				t.Errorf("%s with %d more: %d records, %v, %v", name, spare, c.source.Read, err, c.source.Notes)
			}
		}
	}
}

// onceSpooled is a context that ends when something has been copied out of an archive.
type onceSpooled struct {
	context.Context
	dir string
}

func (c onceSpooled) Err() error {
	if copies, _ := os.ReadDir(c.dir); len(copies) > 0 {
		return context.Canceled
	}
	return nil
}

// What is stopped leaves no copy of the evidence behind.
func TestStoppedReadingLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	name := file(t, "a.zip", zipped(t, []string{"b.zip"}, zipped(t, []string{"a.json"}, []byte(strings.Repeat(oneLineOf, 1000)))))
	r, err := Run(Options{Paths: []string{name}, Context: onceSpooled{t.Context(), dir}})
	copies, _ := os.ReadDir(dir)
	if err != nil || len(copies) > 0 || r.Sources[0].Read > 0 {
		t.Fatalf("%v; %d copies are left", err, len(copies))
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Run(Options{Paths: []string{name}, Context: ctx}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped, it gives %v", err)
	}
}
