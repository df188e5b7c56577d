// Package listing reads the listings of a Windows machine that a person can make
// without a special tool, before and after a piece of software was installed, and
// says what differs: icacls (text and /save), Get-Acl, reg export, net user, net localgroup,
// Get-LocalUser and Get-LocalGroupMember as JSON, certutil -store, the firewall
// rules, sc, schtasks /xml, secedit, and console transcripts of these.
//
// What a listing is, is recognised from its content, never from the file's name.
// Each file of this package says what is known of its format, where from, and
// what cannot be told. Where those comments name no document, the shape is that of
// Microsoft's documentation of the command and of outputs that were published;
// Japanese shapes were checked against published Japanese outputs where the
// comment says so, and are otherwise read by structure, not by words.
//
// A listing shows a state. It never shows who made it so, and having been made
// (icacls path, net user x) changes nothing. What a listing does not show is
// absent only if the listing is complete: see Coverage.
//
// The limits of the package: a file is read up to 64 MiB, 2,000,000 lines, 10 MiB
// a line and 500,000 entities; what is beyond is not read, and the File says so.
package listing

import (
	"slices"
	"strings"
)

// Kind is a kind of thing that listings show.
type Kind string

// The kinds, in the order of snapshots and changes.
const (
	Account       Kind = "account"
	Group         Kind = "group"
	HiddenAccount Kind = "hidden_account" // a value of Winlogon's UserList
	ACL           Kind = "acl"            // of a file or folder
	RegistryKey   Kind = "registry_key"
	RegistryValue Kind = "registry_value"
	Certificate   Kind = "certificate"
	FirewallRule  Kind = "firewall_rule"
	Service       Kind = "service"
	Task          Kind = "task"
	Right         Kind = "right" // a user right of the local policy
)

// Kinds lists the kinds in their order.
func Kinds() []Kind {
	return []Kind{Account, Group, HiddenAccount, ACL, RegistryKey, RegistryValue,
		Certificate, FirewallRule, Service, Task, Right}
}

// Origin is where something was read. Lines count from 1. An excerpt is the line
// as it was written, cut after 200 characters.
type Origin struct {
	File    string
	Line    int
	Excerpt string
}

// Fact is one property of an entity.
type Fact struct {
	Name   string
	Value  string
	Origin Origin
}

// Member is a member of a group, a holder of a right, or a group that an account
// is in. Name or SID may be empty, not both.
type Member struct {
	Name   string // as written
	SID    string // if the listing states it
	Local  bool   // the listing says that it belongs to this machine
	Origin Origin
}

// Entity is one thing that a listing shows.
type Entity struct {
	Kind    Kind
	Name    string // as written
	SID     string // of accounts and groups, if a listing states it
	Facts   []Fact // sorted by name
	Members []Member
	// Complete says that the listing shows all Members.
	Complete bool
	// Security is set for an ACL.
	Security *Descriptor
	// Caveats are what a reader must know before relying on the entity.
	Caveats []string
	Origin  Origin

	id    string // folded: what joins it between listings, if no SID does
	scope string // folded: the list to which it belongs; see Coverage
}

// Fact finds a property by name.
func (e Entity) Fact(name string) (Fact, bool) {
	i := slices.IndexFunc(e.Facts, func(f Fact) bool { return f.Name == name })
	if i < 0 {
		return Fact{}, false
	}
	return e.Facts[i], true
}

// Coverage says that a list is complete: what belongs to it and was not shown was
// not there. Nothing outside a Coverage is ever called absent.
type Coverage struct {
	Kind   Kind
	Scope  string // folded: which list of the kind, such as a key, a store or a path
	Tree   bool   // and all below the scope
	Origin Origin

	noDollar bool // names that end in $ are left out by the tool
}

// Loss is something that was not read or not understood.
type Loss struct {
	Line int
	What string
}

// File is what was read of one file.
type File struct {
	Name     string
	Encoding string   // as stated by a mark, or guessed from the bytes
	Formats  []string // sorted; empty if nothing was recognised
	Lines    int
	Ignored  int // lines with text that belong to no listing
	Losses   []Loss
	MoreLost int // losses beyond the first 100
}

// Snapshot is the state that one or more listings show.
type Snapshot struct {
	// Computer is the name of the machine, if a listing states it.
	Computer string
	Files    []File
	Entities []Entity // sorted by kind, then by name
	Covered  []Coverage
	// Disagreements are facts that two listings of the snapshot state differently.
	Disagreements []Disagreement
}

// Disagreement is a fact of one entity with two values in one snapshot.
type Disagreement struct {
	Kind  Kind
	Name  string
	Facts [2]Fact
}

// Of lists the entities of a kind.
func (s Snapshot) Of(kind Kind) []Entity {
	var found []Entity
	for _, e := range s.Entities {
		if e.Kind == kind {
			found = append(found, e)
		}
	}
	return found
}

// Read reads one listing, or a transcript of several. The name is used in origins
// only. It never fails: what could not be read is in the File's losses.
func Read(name string, b []byte) Snapshot {
	return read(name, b, "")
}

// read reads a file whose command is known from the collecting script's record.
func read(name string, b []byte, command string) Snapshot {
	r := newReader(name, b)
	r.command = command
	r.run()
	return r.snapshot()
}

// fold makes names comparable as Windows compares them: without regard to case.
func fold(s string) string { return strings.ToLower(s) }
