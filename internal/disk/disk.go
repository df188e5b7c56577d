// Package disk replaces files whole: after a crash there is the old file or the
// new one, never a part of it.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// errNoFile is a name that is no plain file, in whose place a rename would put one: a
// folder, a pipe, a device such as /dev/null.
var errNoFile = errors.New("it is there and is no plain file")

// Replace writes a file under a name that may exist, with the rights that the user
// gives new files. Of a link it is what the link leads to. The error names the file.
func Replace(name string, data []byte) error {
	to := name
	if target, err := filepath.EvalSymlinks(name); err == nil {
		to = target
	}
	if info, err := os.Stat(to); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("write %s: %w", name, errNoFile)
	}
	if err := replace(to, data); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func replace(name string, data []byte) error {
	f, err := newBeside(name)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is none
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return Rename(f.Name(), name)
}

// Rename is os.Rename that waits a little for whoever has the file open that it
// replaces, which on Windows stops it.
func Rename(from, to string) error {
	return patiently(func() error { return os.Rename(from, to) })
}

// Open is os.Open that waits a little for whoever is replacing the file, which on
// Windows stops it.
func Open(name string) (f *os.File, err error) {
	err = patiently(func() error {
		f, err = os.Open(name)
		return err
	})
	return f, err
}

// patiently does something again, for half a second in all, while a file is busy.
func patiently(do func() error) error {
	err := do()
	for wait := time.Millisecond; busy(err) && wait < 500*time.Millisecond; wait *= 2 {
		time.Sleep(wait)
		err = do()
	}
	return err
}

// newBeside makes a new file beside another, under a name that nothing has.
func newBeside(name string) (*os.File, error) {
	for try := 0; ; try++ {
		temp := filepath.Join(filepath.Dir(name), fmt.Sprintf(".jobun-%d-%d", os.Getpid(), try))
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || try == 100 {
			return f, err
		}
	}
}
