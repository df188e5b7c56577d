package crash

import (
	"strings"
	"testing"
)

// A panic goes on in the goroutine that waits, with what it was and where.
func TestPanicGoesOn(t *testing.T) {
	if p := In(func() {}); p != nil {
		t.Error("no panic is one")
	}
	inner := func() { In(func() { panic("the mistake") }).Again() }
	p := In(inner)
	if p == nil || p.Value != "the mistake" || strings.Count(p.Error(), "the mistake") < 1 || !strings.Contains(p.Error(), "TestPanicGoesOn") {
		t.Errorf("%v", p)
	}
}
