package egov

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"jobun/checker/law/store"
	"jobun/internal/day"
	"jobun/internal/disk"
)

// Puller fetches what a store does not hold.
type Puller struct {
	Client   *Client
	Store    *store.Store
	Today    day.Date       // texts that begin later are not fetched
	Refresh  bool           // ask again for texts that are held, in case they were corrected
	Progress func(Progress) // told before each request; may be nil
}

// Progress is how far a pull has come.
type Progress struct {
	LawID       string
	Text        string // empty: the table of revisions
	Done, Total int    // of the law's texts
}

// Pulled is what came of one law.
type Pulled struct {
	LawID    string
	Listed   int      // texts that e-Gov lists
	Added    []string // texts that were fetched
	Held     int      // texts that the store had, and that were not asked for
	Same     int      // texts that were asked for and had not changed
	Failed   []Failed // texts that could not be had
	NoneOn   bool     // e-Gov has no text of the day that was asked for
	Earliest day.Date // the first day of which it has one
}

// Failed is a text that could not be had, and why.
type Failed struct {
	Revision string
	Why      error
}

// Law fetches a law's table and texts: those of one day, or, for a zero day, of
// every day until today. What is held already is not asked for, so that a pull
// that was stopped goes on where it stopped. The error ends the pull: there is no
// network, the store cannot be written, or the context is done.
func (p *Puller) Law(ctx context.Context, lawID string, on day.Date) (Pulled, error) {
	pulled := Pulled{LawID: lawID}
	tags := readTags(p.tagsPath())
	listed, err := p.table(ctx, lawID, tags)
	if err != nil {
		return pulled, err
	}
	pulled.Listed = len(listed)
	wanted := p.wanted(listed, on)
	if len(listed) > 0 {
		pulled.Earliest = listed[0].From
	}
	pulled.NoneOn = len(wanted) == 0
	revisions, err := p.Store.Revisions(lawID)
	if err != nil && !errors.Is(err, store.ErrNoLaw) {
		return pulled, err
	}
	for i, l := range wanted {
		isHeld := slices.ContainsFunc(revisions, func(r store.Revision) bool {
			return r.ID == l.ID && (r.Grade == store.Official || r.Grade == p.grade())
		})
		if isHeld && !p.Refresh {
			pulled.Held++
			continue
		}
		p.tell(Progress{lawID, l.ID, i, len(wanted)})
		if err := p.text(ctx, l.ID, isHeld, tags, &pulled); err != nil {
			return pulled, err
		}
	}
	return pulled, nil
}

func (p *Puller) tell(at Progress) {
	if p.Progress != nil {
		p.Progress(at)
	}
}

// grade is how good the server's texts are: only e-Gov's own are official.
func (p *Puller) grade() store.Grade {
	if p.Client.Base == Official {
		return store.Official
	}
	return store.User
}

// table brings the store's table of a law up to date and gives it.
func (p *Puller) table(ctx context.Context, lawID string, tags map[string]string) ([]store.Listed, error) {
	p.tell(Progress{LawID: lawID})
	listed, err := p.Store.Listed(lawID)
	if err != nil && !errors.Is(err, store.ErrNoLaw) {
		return nil, err
	}
	key, etag := "law_revisions/"+lawID, ""
	if len(listed) > 0 {
		etag = tags[p.Client.Base+"/"+key]
	}
	a, err := p.Client.Revisions(ctx, lawID, etag)
	if err != nil || a.Unchanged {
		return listed, err
	}
	if err := p.keep(ctx, lawID+".json", a); err != nil {
		return nil, err
	}
	// The tag goes to the disk after what it is of: a crash in between costs a
	// request, and never a table.
	if err := p.tag(tags, p.Client.Base+"/"+key, a.ETag); err != nil {
		return nil, err
	}
	return p.Store.Listed(lawID)
}

// wanted are the texts to hold: of a day's several the last, which is its text.
func (p *Puller) wanted(listed []store.Listed, on day.Date) []store.Listed {
	var wanted []store.Listed
	for _, l := range listed {
		switch n := len(wanted); {
		case l.From.After(p.Today), !on.IsZero() && l.From.After(on):
		case n > 0 && (!on.IsZero() || wanted[n-1].From == l.From):
			wanted[n-1] = l
		default:
			wanted = append(wanted, l)
		}
	}
	return wanted
}

// text fetches one text. A text that cannot be had does not end the pull.
func (p *Puller) text(ctx context.Context, id string, isHeld bool, tags map[string]string, pulled *Pulled) error {
	key, etag := p.Client.Base+"/law_data/"+id, ""
	if isHeld {
		etag = tags[key]
	}
	a, err := p.Client.Data(ctx, id, etag)
	switch {
	case err == nil && a.Unchanged:
		pulled.Same++
		return p.Store.Renew(ctx, pulled.LawID, id, p.Today)
	case err == nil:
		err = p.keep(ctx, id+".xml", a)
	case ctx.Err() != nil, errors.Is(err, ErrNoNetwork):
		return err
	default:
		pulled.Failed = append(pulled.Failed, Failed{id, err})
		return nil
	}
	if err != nil {
		return err
	}
	pulled.Added = append(pulled.Added, id)
	return p.tag(tags, key, a.ETag)
}

// keep puts an answer into the store.
func (p *Puller) keep(ctx context.Context, name string, a Answer) error {
	source := a.URL
	if u, err := url.Parse(a.URL); err == nil {
		u.RawQuery, u.User = "", nil
		source = u.String()
	}
	report, err := p.Store.ImportData(ctx, name, a.Body, store.Options{Source: source, Grade: p.grade(), Fetched: p.Today})
	if err != nil {
		return err
	}
	if len(report.Refused) > 0 {
		return fmt.Errorf("keep %s: %w", name, report.Refused[0].Why)
	}
	return nil
}

// The tags lie beside the store's own files. They save requests and are nothing
// that a text rests on: without them everything is asked for again.
func (p *Puller) tagsPath() string { return filepath.Join(p.Store.Dir(), "etags.json") }

func readTags(name string) map[string]string {
	tags := map[string]string{}
	if data, err := os.ReadFile(name); err == nil {
		if json.Unmarshal(data, &tags) != nil || tags == nil {
			return map[string]string{}
		}
	}
	return tags
}

// tag notes an ETag. Another process's notes that come in between may be lost.
func (p *Puller) tag(tags map[string]string, key, etag string) error {
	if etag == "" || len(etag) > 200 {
		delete(tags, key)
		return nil
	}
	if tags[key] == etag {
		return nil
	}
	tags[key] = etag
	data, err := json.MarshalIndent(tags, "", " ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(p.Store.Dir(), "etags.part-")
	if err != nil {
		return fmt.Errorf("note an ETag: %w", err)
	}
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Close()); err == nil {
		err = disk.Rename(f.Name(), p.tagsPath())
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("note an ETag: %w", err)
	}
	return nil
}
