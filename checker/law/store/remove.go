package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
)

// ErrNoText says that the store holds no such text of a law.
var ErrNoText = errors.New("the store holds no such text")

// Remove takes a text of a law out of the store, and returns what was known of it. The
// law file goes first, as a writer that stops there leaves a text that no law names,
// which does no harm. What another law file names stays.
func (s *Store) Remove(ctx context.Context, lawID, revision string) (Revision, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return Revision{}, err
	}
	defer unlock()
	have, err := s.law(lawID)
	if errors.Is(err, ErrNoLaw) {
		return Revision{}, fmt.Errorf("%w: %s", ErrNoText, revision)
	}
	if err != nil {
		return Revision{}, err
	}
	i := slices.IndexFunc(have.Revisions, func(r Revision) bool { return r.ID == revision })
	if i < 0 {
		return Revision{}, fmt.Errorf("%w: %s", ErrNoText, revision)
	}
	removed := have.Revisions[i]
	own := *have
	own.Revisions = slices.Delete(slices.Clone(have.Revisions), i, i+1)
	if err := s.leave(&own); err != nil {
		return removed, err
	}
	if err := s.writeNames(); err != nil {
		return removed, err
	}
	return removed, s.drop(removed.SHA256)
}

// leave writes a law of which a text was removed; one of which nothing is left goes.
func (s *Store) leave(l *lawFile) error {
	if len(l.Revisions)+len(l.Listed) > 0 {
		return s.writeLaw(l)
	}
	if err := os.Remove(s.lawPath(l.ID)); err != nil {
		return fmt.Errorf("write the law store: %w", err)
	}
	return nil
}

// drop removes the file of a text, and of its units, if no law names it any more.
func (s *Store) drop(hash string) error {
	ids, err := s.lawIDs()
	if err != nil {
		return err
	}
	for _, id := range ids {
		l, err := s.law(id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(l.Revisions, func(r Revision) bool { return r.SHA256 == hash }) {
			return nil
		}
	}
	for _, name := range []string{s.filePath(hash), s.filePath(hash) + ".units"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("write the law store: %w", err)
		}
	}
	return nil
}
