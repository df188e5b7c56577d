package observe

import (
	"bytes"
	"crypto/sha256"
	"fmt"
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
	c := &collector{reading: newReading("x", Subject{}), repeats: map[string]*repeats{}}
	_ = c.read(content{stream: bytes.NewReader(whole), at: bytes.NewReader(whole), size: int64(len(whole)), name: "x"}, &budget{left: 10_000})
	if len(c.members) != 0 || !c.source.Partial {
		t.Errorf("%+v", c.members)
	}
}
