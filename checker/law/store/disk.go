package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"jobun/internal/disk"
)

// cachedLaw is a law file as it was last read, and the file that it was read of.
type cachedLaw struct {
	law  *lawFile
	info fs.FileInfo
}

// maxCached bounds the memory that law files take.
const maxCached = 64

// law reads what is known of a law. What it returns is shared and not changed.
func (s *Store) law(id string) (*lawFile, error) {
	if !isLawID(id) {
		return nil, fmt.Errorf("%w %q", ErrNoLaw, id)
	}
	name := s.lawPath(id)
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w %s", ErrNoLaw, id)
	}
	if err != nil {
		return nil, fmt.Errorf("read the law store: %w", err)
	}
	s.mutex.Lock()
	cached, ok := s.cache[id]
	s.mutex.Unlock()
	if ok && os.SameFile(cached.info, info) && cached.info.ModTime().Equal(info.ModTime()) && cached.info.Size() == info.Size() {
		return cached.law, nil
	}
	data, info, err := readLaw(name)
	if err != nil {
		return nil, fmt.Errorf("read the law store: %w", err)
	}
	l, err := decodeLaw(id, data)
	if err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for other := range s.cache {
		if len(s.cache) < maxCached {
			break
		}
		delete(s.cache, other)
	}
	s.cache[id] = cachedLaw{l, info}
	return l, nil
}

// readLaw reads a law file and tells which file it was. What os.Stat says of a name
// would not do: on Windows os.SameFile asks for the file's id when it compares, and
// then the name may be another file's.
func readLaw(name string) ([]byte, fs.FileInfo, error) {
	f, err := disk.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	data, err := io.ReadAll(f)
	return data, info, err
}

// decodeLaw reads a law file and refuses one that would mislead.
func decodeLaw(id string, data []byte) (*lawFile, error) {
	corrupt := func(why string) error { return fmt.Errorf("%w: laws/%s.json: %s", ErrCorrupt, id, why) }
	l := &lawFile{}
	if err := json.Unmarshal(data, l); err != nil {
		return nil, corrupt(err.Error())
	}
	switch {
	case l.Format != format:
		return nil, corrupt(fmt.Sprintf("it has format %d, this program reads %d", l.Format, format))
	case l.ID != id:
		return nil, corrupt("it is of law " + l.ID)
	}
	for i := range l.Revisions {
		r := &l.Revisions[i]
		r.LawID = id
		switch {
		case r.ID == "" || r.From.IsZero():
			return nil, corrupt("a text has no id or no first day")
		case !isSHA256(r.SHA256):
			return nil, corrupt("a text has no hash")
		case !r.Until.IsZero() && r.Until.Before(r.From):
			return nil, corrupt("text " + r.ID + " ends before it begins")
		}
	}
	return l, nil
}

// writeLaw replaces a law file.
func (s *Store) writeLaw(l *lawFile) error {
	l.Format = format
	slices.SortFunc(l.Revisions, compareRevisions)
	slices.SortFunc(l.Listed, compareListed)
	data, err := json.MarshalIndent(l, "", " ")
	if err != nil {
		return fmt.Errorf("write the law store: %w", err)
	}
	if err := writeFile(s.lawPath(l.ID), append(data, '\n'), true); err != nil {
		return err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.cache, l.ID)
	return nil
}

// writeText keeps a text under its hash.
func (s *Store) writeText(data []byte) (hash string, err error) {
	sum := sha256.Sum256(data)
	hash = hex.EncodeToString(sum[:])
	if have, err := os.ReadFile(s.filePath(hash)); err == nil && sha256.Sum256(have) == sum {
		return hash, nil
	}
	return hash, writeFile(s.filePath(hash), data, true)
}

// readText reads a text and checks its hash.
func (s *Store) readText(hash string) ([]byte, error) {
	data, err := os.ReadFile(s.filePath(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: the text %s is missing", ErrCorrupt, hash)
	}
	if err != nil {
		return nil, fmt.Errorf("read the law store: %w", err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
		return nil, fmt.Errorf("%w: the text %s has another hash", ErrCorrupt, hash)
	}
	return data, nil
}

// tempMark is in the names of files that are being written.
const tempMark = ".part-"

// writeFile writes a file so that its name is of all of it or of none of it.
// What can be made again need not be synced.
func writeFile(name string, data []byte, sync bool) (err error) {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write the law store: %w", err)
	}
	f, err := os.CreateTemp(dir, filepath.Base(name)+tempMark)
	if err != nil {
		return fmt.Errorf("write the law store: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("write the law store: %w", err)
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil && runtime.GOOS != "windows" {
		return err
	}
	if sync {
		if err := f.Sync(); err != nil {
			return err
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := disk.Rename(f.Name(), name); err != nil {
		return err
	}
	if sync {
		syncDir(dir)
	}
	return nil
}

// syncDir makes a rename last. Not every system can; the file is whole anyway.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}

// lock keeps other writers out until the function it returns is called.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, fmt.Errorf("write the law store: %w", err)
	}
	lock := flock.New(filepath.Join(s.dir, "lock"))
	ok, err := lock.TryLockContext(ctx, 20*time.Millisecond)
	if err != nil || !ok {
		return nil, fmt.Errorf("wait for another process that writes the law store: %w", err)
	}
	return func() { _ = lock.Unlock() }, nil
}

func compareRevisions(a, b Revision) int {
	if c := a.From.Compare(b.From); c != 0 {
		return c
	}
	if c := strings.Compare(a.AmendedBy, b.AmendedBy); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

func compareListed(a, b Listed) int {
	if c := a.From.Compare(b.From); c != 0 {
		return c
	}
	return strings.Compare(a.By, b.By)
}
