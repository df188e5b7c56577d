package observe

import (
	"strings"

	"jobun/checker/audit/listing"
)

// aclChange is what differs between two descriptors.
type aclChange struct {
	owner, dacl  bool
	ownerNote    string
	gained, lost []string
	broad        bool
	other        []string
}

// differences compares two descriptors of one thing.
func differences(name string, before, after listing.Descriptor) aclChange {
	side := func(d *listing.Descriptor) listing.Snapshot {
		return listing.Snapshot{Entities: []listing.Entity{{Kind: listing.ACL, Name: name, Security: d, Complete: true}}}
	}
	var d aclChange
	for _, change := range listing.Compare(side(&before), side(&after)) {
		if change.Verb == listing.Changed {
			d.take(change.Differences)
		}
	}
	return d
}

func (d *aclChange) take(list []listing.Difference) {
	for _, x := range list {
		switch x.What {
		case "owner":
			d.owner, d.ownerNote = true, "owner "+x.Before+" → "+x.After
		case "entry":
			d.entry(x)
		case "protection", "order", "access control":
			d.dacl = true
			d.other = append(d.other, strings.TrimSpace(x.What+" "+x.Before+" → "+x.After))
			if x.What == "access control" && x.Effect == listing.Gained {
				d.gained, d.broad = append(d.gained, "S-1-1-0 (no access list)"), true
			}
		}
	}
}

// entry says who gained and lost what. An entry that denies has been turned by the
// comparison: that it came is a loss of what it denies.
func (d *aclChange) entry(x listing.Difference) {
	d.dacl = true
	who := x.SID
	if who == "" {
		who = x.Who
	}
	gained, lost := x.RightsGained, x.RightsLost
	if len(gained) == 0 && x.Effect == listing.Gained {
		gained = []string{x.After}
	}
	if len(lost) == 0 && x.Effect == listing.Lost {
		lost = []string{x.Before}
	}
	if len(gained) > 0 {
		d.gained = append(d.gained, cut(who+" "+strings.Join(gained, ","), 120))
		d.broad = d.broad || broadSIDs[who]
	}
	if len(lost) > 0 {
		d.lost = append(d.lost, cut(who+" "+strings.Join(lost, ","), 120))
	}
}

// broadSIDs are those that take in everyone who can sign in, or nearly.
var broadSIDs = map[string]bool{"S-1-1-0": true, "S-1-5-7": true, "S-1-5-11": true, "S-1-5-32-545": true, "S-1-5-32-546": true}

func (d *aclChange) shows() map[string]any {
	shows := map[string]any{}
	if len(d.gained) > 0 {
		shows["gained"] = anyList(d.gained)
	}
	if len(d.lost) > 0 {
		shows["lost"] = anyList(d.lost)
	}
	if d.broad {
		shows["broad_access_granted"] = true
	}
	return shows
}

// words are the sentences that say what differs.
func (d *aclChange) words() []string {
	var parts []string
	if len(d.gained) > 0 {
		parts = append(parts, "gained: "+strings.Join(d.gained, "; "))
	}
	if len(d.lost) > 0 {
		parts = append(parts, "lost: "+strings.Join(d.lost, "; "))
	}
	return append(parts, d.other...)
}

func anyList(items []string) []any {
	list := make([]any, len(items))
	for i, s := range items {
		list[i] = s
	}
	return list
}
