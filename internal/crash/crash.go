// Package crash carries a panic from a goroutine to the one that waits for it. A panic
// that nobody recovers ends the program with the exit code of a wrong command line,
// before main can say that it is the program's mistake.
package crash

import (
	"fmt"
	"runtime/debug"
)

// Panic is what a goroutine panicked with, and where.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("%v\n%s", p.Value, p.Stack) }

// In runs work and gives the panic in it; nil if there is none.
func In(work func()) (p *Panic) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case *Panic: // of a goroutine that this one waited for
			p = v
		default:
			p = &Panic{v, debug.Stack()}
		}
	}()
	work()
	return nil
}

// Again panics once more, if there was a panic.
func (p *Panic) Again() {
	if p != nil {
		panic(p)
	}
}
