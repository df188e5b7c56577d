package store

import (
	"context"
	"slices"

	"jobun/internal/day"
)

// Renew notes that a text that is held was asked for again on a day and had not changed:
// its day of fetching is then that day. An earlier day than the one that is known, and a
// text that is not held, change nothing.
func (s *Store) Renew(ctx context.Context, lawID, revision string, on day.Date) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	have, err := s.law(lawID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(have.Revisions, func(r Revision) bool { return r.ID == revision })
	if i < 0 || !on.After(have.Revisions[i].Fetched) {
		return nil
	}
	own := *have
	own.Revisions = slices.Clone(have.Revisions)
	own.Revisions[i].Fetched = on
	return s.writeLaw(&own)
}
