package observe

import (
	"fmt"
	"io"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/audit/evtx"
	"jobun/checker/audit/listing"
)

// mostListing is how much is read of a listing that stands alone, in which only accounts
// are asked for. A comparison reads more.
const mostListing = 8 << 20

// readListing takes a listing that stands alone. It shows a state: who is hidden from
// the sign-in screen and who is an administrator is recorded. There is nothing to compare
// it with, so that nothing is said of what changed.
func readListing(c *collector, in content) error {
	c.snapshot = true
	text, err := io.ReadAll(io.LimitReader(in.stream, mostListing))
	if err != nil {
		return err
	}
	if beyond, err := io.Copy(io.Discard, in.stream); err != nil {
		return err
	} else if beyond > 0 {
		c.lost(fmt.Sprintf("the last %d bytes were not read: a listing alone is read up to 8 MiB", beyond))
	}
	s := listing.Read("", text)
	formats := ""
	for _, f := range s.Files {
		formats = strings.Join(f.Formats, ", ")
		c.source.Read += f.Lines
		c.source.Bad += len(f.Losses) + f.MoreLost
		c.unsaid += f.MoreLost
		for _, l := range f.Losses {
			c.lostPart(fmt.Sprintf("line %d: %s", l.Line, cut(l.What, 200)))
		}
	}
	var shown []string
	for _, kind := range listing.Kinds() {
		if n := len(s.Of(kind)); n > 0 {
			shown = append(shown, fmt.Sprintf("%s %d", kind, n))
		}
	}
	c.note(fmt.Sprintf("A listing (%s) shows a state (%s). Without a second one nothing can be said of changes: give the folders of before and after with --before and --after.",
		formats, strings.Join(shown, ", ")))
	for _, e := range s.Entities {
		c.state(e)
	}
	return nil
}

// state keeps what a listing shows of an account that a rule can ask for.
func (c *collector) state(e listing.Entity) {
	switch {
	case e.Kind == listing.Account:
		c.called(e.SID, lastName(e.Name), 2)
	case e.Kind == listing.HiddenAccount:
		if hidden, ok := e.Fact("hidden"); ok {
			c.stateOf(hidden.Origin, seen{name: e.Name, shows: map[string]any{"hidden": hidden.Value == "true"}, note: "a value of Winlogon's UserList"})
		}
	case e.Kind == listing.Group && e.SID == audit.AdministratorsSID:
		for _, m := range e.Members {
			c.called(m.SID, lastName(m.Name), 2)
			c.stateOf(m.Origin, seen{name: lastName(m.Name), sid: m.SID, shows: map[string]any{"administrator": true}, note: "a member of " + audit.AdministratorsSID})
		}
	}
}

func (c *collector) stateOf(at listing.Origin, s seen) {
	s.action, s.kind, s.excerpt = "account.seen", "account", cut(at.Excerpt, 300)
	if s.name == "" && s.sid == "" {
		return
	}
	c.keep(&event{Event: &evtx.Event{}, line: at.Line, where: "listing"}, s)
}
