package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// errNotPlain is a name that leads to something else than a file: a folder, a
// pipe, a device. Reading one may never end.
var errNotPlain = errors.New("it is not a plain file")

// ReadFile reads a plain file of at most as many bytes as Parse reads, so that
// neither a device nor a huge file is read on.
func ReadFile(fsys fs.FS, name string) (File, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return File{}, err
	}
	if !info.Mode().IsRegular() {
		return File{}, errNotPlain
	}
	f, err := fsys.Open(name)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	return Read(name, f)
}

// Read reads a file from a reader, at most as many bytes as Parse reads.
func Read(name string, r io.Reader) (File, error) {
	return ReadAtMost(name, r, DefaultLimits().Bytes)
}

// ReadAtMost reads a file from a reader that has at most so many bytes.
func ReadAtMost(name string, r io.Reader, most int) (File, error) {
	text, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return File{}, err
	}
	if len(text) > most {
		return File{}, fmt.Errorf("it has more than the %d bytes that are read", most)
	}
	return File{Name: name, Text: text}, nil
}
