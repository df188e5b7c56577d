package observe

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jobun/checker/audit/listing"
)

// compare reads two folders of listings and says what differs. What differs was read
// from both, so an observation names both; its basis is inferred, because no listing
// records an act; and nothing is attributed, because none names an actor.
func (b *builder) compare(before, after string) error {
	old, err := listing.ReadFolder(os.DirFS(before))
	if err != nil {
		return fmt.Errorf("read %s: %w", before, err)
	}
	now, err := listing.ReadFolder(os.DirFS(after))
	if err != nil {
		return fmt.Errorf("read %s: %w", after, err)
	}
	x := &comparing{builder: b, before: map[string]*reading{}, after: map[string]*reading{}}
	if err := x.exhibits(before, b.options.in("導入前の一覧 ", "listing before: "), old, x.before); err != nil {
		return err
	}
	if err := x.exhibits(after, b.options.in("導入後の一覧 ", "listing after: "), now, x.after); err != nil {
		return err
	}
	for _, change := range listing.Compare(old, now) {
		x.change(change)
	}
	return nil
}

// comparing turns differences into observations.
type comparing struct {
	*builder
	before, after map[string]*reading // by the file's name in its folder
}

// exhibits makes an exhibit of each listing.
func (x *comparing) exhibits(dir, title string, s listing.Snapshot, into map[string]*reading) error {
	complete := map[string][]string{}
	for _, c := range s.Covered {
		if c.Scope == "" && !slices.Contains(complete[c.Origin.File], string(c.Kind)) {
			complete[c.Origin.File] = append(complete[c.Origin.File], string(c.Kind))
		}
	}
	for _, f := range s.Files {
		r := newReading(filepath.Join(dir, filepath.FromSlash(f.Name)), Subject{})
		r.snapshot = true
		r.source.Read = f.Lines
		r.source.Bad = len(f.Losses) + f.MoreLost
		r.source.Partial = len(f.Losses) > 0 && len(f.Formats) > 0
		r.source.Format = strings.Join(f.Formats, " + ")
		for _, l := range f.Losses[:min(len(f.Losses), 10)] {
			r.source.Notes = append(r.source.Notes, cut(fmt.Sprintf("line %d: %s", l.Line, l.What), 200))
		}
		if kinds := complete[f.Name]; len(kinds) > 0 {
			r.source.Notes = append(r.source.Notes, "complete list of: "+strings.Join(kinds, ", "))
		}
		if err := hashInto(r); err != nil {
			return fmt.Errorf("read %s: %w", r.source.File, err)
		}
		x.add(r)
		if r.source.Exhibit != "" {
			e := &x.report.Exhibits[len(x.report.Exhibits)-1]
			e.Title = title + cut(f.Name, 100) + x.options.in("（", " (") + Say(x.options.Lang, cut(r.source.Format, 100)) + x.options.in("）", ")")
		}
		into[f.Name] = r
	}
	return nil
}

func hashInto(r *reading) error {
	f, err := openRegular(r.source.File)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if r.source.Size, err = io.Copy(sum, f); err != nil {
		return err
	}
	r.source.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// keep takes an observation of a difference: its place is that after, and before
// where it is gone.
func (x *comparing) keep(c listing.Change, beforeAt, afterAt listing.Origin, s seen) {
	if beforeAt.File == "" {
		beforeAt = c.Before
	}
	if afterAt.File == "" {
		afterAt = c.After
	}
	r, at := x.after[afterAt.File], afterAt
	other, otherAt, word := x.before[beforeAt.File], beforeAt, "before"
	if c.Verb == listing.Deleted || r == nil || r.source.Exhibit == "" {
		r, at, other, otherAt, word = other, otherAt, r, at, "after"
	}
	if r == nil || r.source.Exhibit == "" {
		return
	}
	if other != nil && other.source.Exhibit != "" {
		switch {
		case c.Verb == listing.Changed:
			s.also = append(s.also, fmt.Sprintf("%s: %s line %d: %s", word, other.source.Exhibit, otherAt.Line, otherAt.Excerpt))
		case strings.HasPrefix(otherAt.Excerpt, "absent"): // as the collecting script writes
			s.also = append(s.also, fmt.Sprintf("%s: %s records that it was not there (line %d)", word, other.source.Exhibit, otherAt.Line))
		default:
			s.also = append(s.also, fmt.Sprintf("%s: it does not stand in %s, which lists all (from line %d)", word, other.source.Exhibit, otherAt.Line))
		}
	}
	for _, caveat := range c.Caveats {
		s.also = append(s.also, "caution: "+caveat)
	}
	if c.Routine {
		s.also = append(s.also, "Windows itself changes such things all the time")
	}
	s.locator, s.excerpt = fmt.Sprintf("line %d", at.Line), cut(at.Excerpt, 300)
	s.inferred = true
	r.seen = append(r.seen, s)
}

func (x *comparing) change(c listing.Change) {
	if c.Verb == listing.NotComparable {
		x.notComparable(c)
		return
	}
	switch c.Kind {
	case listing.Account:
		x.account(c)
	case listing.Group:
		x.members(c, "group.add", "group.remove")
	case listing.Right:
		x.rights(c)
	case listing.HiddenAccount:
		x.hidden(c)
	case listing.ACL:
		x.acl(c)
	case listing.Certificate:
		x.thing(c, "certificate", strings.ToUpper(c.Name), "certificate.install", "", "certificate.remove")
	case listing.RegistryKey:
		x.thing(c, "registry_key", keyName(c.Name), "registry_key.create", "registry_key.change", "registry_key.delete")
	case listing.RegistryValue:
		if _, isUser := hiddenUser(keyName(c.Name)); !isUser { // said as an account that is hidden
			x.thing(c, "registry_key", keyName(c.Name), "registry_key.change", "registry_key.change", "registry_key.delete")
		}
	case listing.FirewallRule, listing.Service, listing.Task:
		kind := string(c.Kind)
		x.thing(c, kind, c.Name, kind+".create", kind+".change", kind+".delete")
	}
}

func (x *comparing) notComparable(c listing.Change) {
	r := x.after[c.After.File]
	if r == nil {
		r = x.before[c.Before.File]
	}
	if r == nil {
		return
	}
	names := strings.Join(c.Names[:min(len(c.Names), 5)], ", ")
	r.source.Notes = append(r.source.Notes, fmt.Sprintf("not comparable: %d of kind %s (%s…): %s", len(c.Names), c.Kind, cut(names, 250), strings.Join(c.Caveats, "; ")))
}

func (x *comparing) account(c listing.Change) {
	s := seen{kind: "account", sid: c.SID, name: c.Name}
	x.name(c.SID, c.Name)
	switch c.Verb {
	case listing.Created:
		s.action = "account.create"
		x.keep(c, c.Before, c.After, s)
	case listing.Deleted:
		s.action = "account.delete"
		x.keep(c, c.Before, c.After, s)
		return
	}
	for _, d := range c.Differences {
		s := seen{kind: "account", sid: c.SID, name: c.Name, action: "account.change", note: d.What + " " + d.Before + " → " + d.After}
		switch {
		case d.What == "enabled" && d.After == "true":
			s.action = "account.enable"
		case d.What == "enabled" && d.After == "false":
			s.action = "account.disable"
		case c.Verb == listing.Created:
			continue
		case d.What == "member": // net user NAME calls the account's groups by name, and a name is no group's SID
			s.note = map[bool]string{true: "no longer in", false: "now in"}[d.Effect == listing.Lost] + " the group called " + d.Who
		}
		x.keep(c, d.BeforeAt, d.AfterAt, s)
	}
}

// name notes what a listing calls an account.
func (x *comparing) name(sid, name string) {
	if _, last, ok := strings.Cut(name, `\`); ok {
		name = last
	}
	if known, ok := x.names[sid]; sid != "" && name != "" && name != sid && (!ok || known.rank < 2) {
		x.names[sid] = accountName{name, 2}
	}
}

func (x *comparing) members(c listing.Change, joined, left string) {
	for _, d := range c.Differences {
		if d.What != "member" {
			continue
		}
		if !strings.HasPrefix(c.SID, "S-1-") {
			x.notComparable(listing.Change{Before: c.Before, After: c.After, Kind: c.Kind, Names: []string{c.Name}, Caveats: []string{"members differ, but no listing states the group's SID"}})
			return
		}
		x.name(d.SID, d.Who)
		s := seen{action: joined, kind: "account", sid: d.SID, name: lastName(d.Who), group: c.SID}
		if d.Effect == listing.Lost {
			s.action = left
		}
		x.keep(c, d.BeforeAt, d.AfterAt, s)
	}
}

func lastName(who string) string {
	if _, last, ok := strings.Cut(who, `\`); ok {
		return last
	}
	return who
}

func (x *comparing) rights(c listing.Change) {
	denies := strings.HasPrefix(c.Name, "SeDeny")
	for _, d := range c.Differences {
		if d.What != "member" {
			continue
		}
		s := seen{action: "right.grant", kind: "account", sid: d.SID, name: lastName(d.Who), quote: c.Name}
		if (d.Effect == listing.Gained) == denies {
			s.action = "right.deny"
		}
		x.keep(c, d.BeforeAt, d.AfterAt, s)
	}
}

func (x *comparing) hidden(c listing.Change) {
	s := seen{kind: "account", name: c.Name}
	if c.Verb == listing.Deleted {
		s.action, s.note = "account.unhide", "the UserList value is gone"
		x.keep(c, c.Before, c.After, s)
		return
	}
	for _, d := range c.Differences {
		if d.What != "hidden" {
			continue
		}
		s.action = "account.unhide"
		if d.After == "true" {
			s.action = "account.hide"
		} else if c.Verb == listing.Created {
			s.action = "account.seen" // a new value that shows it changes nothing
			s.shows = map[string]any{"hidden": false}
		}
		x.keep(c, d.BeforeAt, d.AfterAt, s)
	}
}

func (x *comparing) acl(c listing.Change) {
	var d aclChange
	d.take(c.Differences)
	s := seen{kind: "file", name: c.Name}
	switch c.Verb {
	case listing.Created:
		s.action, s.access, s.shows = "file.create", d.words(), d.shows()
		x.keep(c, c.Before, c.After, s)
		return
	case listing.Deleted:
		s.action = "file.delete"
		x.keep(c, c.Before, c.After, s)
		return
	}
	if d.owner {
		owner := s
		owner.action, owner.note = "owner.change", d.ownerNote
		x.keep(c, c.Before, c.After, owner)
	}
	if d.dacl {
		s.action, s.access, s.shows = "acl.change", d.words(), d.shows()
		x.keep(c, c.Before, c.After, s)
	}
}

// thing takes what is made, changed or gone. Without an action for it, nothing is said.
func (x *comparing) thing(c listing.Change, kind, name, made, changed, gone string) {
	s := seen{kind: kind, name: name, action: map[listing.Verb]string{listing.Created: made, listing.Changed: changed, listing.Deleted: gone}[c.Verb]}
	if s.action == "" {
		return
	}
	for _, d := range c.Differences {
		switch {
		case d.What == "store" || d.What == "program" || c.Verb == listing.Changed:
			s.also = append(s.also, cut(strings.TrimSpace(d.What+" "+d.Before+" → "+d.After), 300))
		}
	}
	x.keep(c, c.Before, c.After, s)
}
