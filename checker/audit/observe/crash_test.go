package observe

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"jobun/internal/crash"
)

// panics is read until its text ends; then it panics.
type panics struct{}

func (panics) Read([]byte) (int, error) { panic("the mistake") }

// A mistake in a goroutine that reads is one in the goroutine that waits for it, where
// main recovers it.
func TestPanicsReachTheCaller(t *testing.T) {
	for name, work := range map[string]func(){
		"a file": func() {
			inTurn(9, func(i int) *reading {
				if i == 5 {
					panic("the mistake")
				}
				return newReading("x", Subject{})
			}, func(*reading) {})
		},
		"a file of XML": func() {
			c := newCollector(newReading("x", Subject{}), Options{})
			c.readXML(io.MultiReader(iotest.OneByteReader(strings.NewReader(oneEvent)), panics{}))
		},
	} {
		if p := crash.In(work); p == nil || p.Value != "the mistake" {
			t.Errorf("%s: %v", name, p)
		}
	}
}
