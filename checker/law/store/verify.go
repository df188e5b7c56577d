package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Verification is what Verify found. A sound store has no Corrupt, Missing or
// BadLaws.
type Verification struct {
	Laws, Texts int
	Revisions   int // that law files tell of; several may have one text
	Bytes       int64
	Corrupt     []string // files whose content is not what their name says
	Missing     []string // texts that a law file names and that are not there
	BadLaws     []string // law files that cannot be read
	Stale       []string // units or names that differ from what would be made now
	Orphans     []string // texts that no law file names, and parts of broken writes
}

// Sound reports whether every text that the store names is there and whole.
func (v Verification) Sound() bool {
	return len(v.Corrupt) == 0 && len(v.Missing) == 0 && len(v.BadLaws) == 0
}

// Verify hashes every text again, reads every law file, and compares every file
// of units with its text.
func (s *Store) Verify(ctx context.Context) (Verification, error) {
	v := Verification{}
	ids, err := s.lawIDs()
	if err != nil {
		return v, err
	}
	named := map[string]bool{}
	for _, id := range ids {
		l, err := s.freshLaw(id)
		if err != nil {
			v.BadLaws = append(v.BadLaws, id)
			continue
		}
		v.Laws++
		v.Revisions += len(l.Revisions)
		for _, r := range l.Revisions {
			named[r.SHA256] = true
		}
	}
	if err := s.verifyFiles(ctx, &v, named); err != nil {
		return v, err
	}
	for hash := range named {
		if _, err := os.Stat(s.filePath(hash)); errors.Is(err, fs.ErrNotExist) {
			v.Missing = append(v.Missing, hash)
		}
	}
	if data, err := os.ReadFile(s.namesPath()); err == nil && len(v.BadLaws) == 0 {
		if entries, err := s.readNames(); err == nil && !s.sameNames(data, entries) {
			v.Stale = append(v.Stale, "names.json")
		}
	}
	slices.Sort(v.Missing)
	return v, nil
}

// freshLaw reads a law file without the cache.
func (s *Store) freshLaw(id string) (*lawFile, error) {
	data, _, err := readLaw(s.lawPath(id))
	if err != nil {
		return nil, err
	}
	return decodeLaw(id, data)
}

// verifyFiles walks the whole store; named are the texts that law files name.
func (s *Store) verifyFiles(ctx context.Context, v *Verification, named map[string]bool) error {
	return filepath.WalkDir(s.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil && errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		relative, err := filepath.Rel(s.dir, name)
		if err != nil {
			return err
		}
		base := e.Name()
		hash, isUnits := strings.CutSuffix(base, ".units")
		switch {
		case strings.Contains(base, tempMark):
			v.Orphans = append(v.Orphans, relative)
		case !strings.HasPrefix(filepath.ToSlash(relative), "files/"):
		case !isSHA256(hash) || !isUnits && base != hash:
			v.Orphans = append(v.Orphans, relative)
		case !named[hash]:
			v.Orphans = append(v.Orphans, relative)
		case isUnits:
			have, err := os.ReadFile(name)
			want, err2 := s.makeUnits(hash)
			if err != nil || err2 == nil && !bytes.Equal(have, want) {
				v.Stale = append(v.Stale, relative)
			}
		default:
			v.Texts++
			data, err := s.readText(hash)
			if err != nil {
				v.Corrupt = append(v.Corrupt, relative)
			}
			v.Bytes += int64(len(data))
		}
		return nil
	})
}

// Collect removes what Verify calls orphans and stale. It waits for writers, and
// leaves parts that are so young that one may be at work that holds no lock.
func (s *Store) Collect(ctx context.Context, now time.Time) (removed int, err error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return 0, err
	}
	defer unlock()
	v, err := s.Verify(ctx)
	if err != nil {
		return 0, err
	}
	if len(v.BadLaws) > 0 {
		return 0, errors.Join(ErrCorrupt, errors.New("law files cannot be read, so it is not known which texts are needed"))
	}
	for _, relative := range append(v.Orphans, v.Stale...) {
		name := filepath.Join(s.dir, relative)
		info, err := os.Stat(name)
		if err != nil || strings.Contains(relative, tempMark) && now.Sub(info.ModTime()) < time.Minute {
			continue
		}
		if err := os.Remove(name); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, s.writeNames()
}
