package listing

import (
	"fmt"
	"slices"
	"strings"
)

// diffACL compares two access control lists entry by entry.
//
// Lists of two forms (icacls text and SDDL) are compared with generic rights spelt
// out and SYNCHRONIZE left aside, because icacls prints them so. An entry of a name
// on one side and one of an unknown SID on the other, of the same rights, are not
// called a loss and a gain: the name may be the SID's.
func diffACL(before, after Entity, nb, na names) ([]Difference, []string) {
	b, a := before.Security, after.Security
	d := aclDiff{before: before, after: after, nb: nb, na: na, cross: b.Form != a.Form}
	d.whole(b, a)
	// Without a list everyone has every access: no entry that is not there any more is a loss.
	if b.HasDACL && a.HasDACL && !b.NoDACL && !a.NoDACL {
		d.list("entry", b.DACL, a.DACL)
	} else if b.HasDACL != a.HasDACL {
		d.caveats = append(d.caveats, "only one of the listings shows who has access")
	}
	if b.HasSACL && a.HasSACL {
		d.list("audit entry", b.SACL, a.SACL)
	}
	return d.diffs, d.caveats
}

type aclDiff struct {
	before, after Entity
	nb, na        names
	cross         bool
	diffs         []Difference
	caveats       []string
}

// whole compares what is not in the entries.
func (d *aclDiff) whole(b, a *Descriptor) {
	add := func(what string, effect Effect, from, to string) {
		d.diffs = append(d.diffs, Difference{What: what, Effect: effect, Before: from, After: to,
			BeforeAt: d.before.Origin, AfterAt: d.after.Origin})
	}
	if b.Owner != "" && a.Owner != "" && b.Owner != a.Owner {
		add("owner", Altered, b.Owner, a.Owner)
	}
	if b.Group != "" && a.Group != "" && b.Group != a.Group {
		add("group", Altered, b.Group, a.Group)
	}
	if d.cross || !b.HasDACL || !a.HasDACL {
		return
	}
	if b.Protected != a.Protected {
		add("protection", Altered, protection(b), protection(a))
	}
	if b.NoDACL != a.NoDACL {
		effect := Gained // a missing list lets everyone do everything
		if b.NoDACL {
			effect = Lost
		}
		add("access control", effect, presence(b), presence(a))
	}
}

func protection(d *Descriptor) string {
	if d.Protected {
		return "does not inherit"
	}
	return "inherits"
}

func presence(d *Descriptor) string {
	if d.NoDACL {
		return "none: everyone has full access"
	}
	return "a list"
}

// keyed is an entry with what it is compared by.
type keyed struct {
	ace              ACE
	who, frame, full string
	mask             uint32
}

func (d *aclDiff) keys(aces []ACE, n names) []keyed {
	list := make([]keyed, len(aces))
	for i, a := range aces {
		k := keyed{ace: a, who: n.key(a.Principal, a.SID, false), mask: a.Mask}
		if d.cross {
			k.mask = plainMask(a.Mask)
		}
		k.frame = fmt.Sprint(a.Type, a.ObjectInherit, a.ContainerInherit, a.InheritOnly, a.NoPropagate, " ", a.Extra)
		k.full = fmt.Sprint(k.who, "\x00", k.frame, a.Inherited, k.mask)
		list[i] = k
	}
	return list
}

// plainMask spells generic rights out for a file, and leaves SYNCHRONIZE aside.
func plainMask(mask uint32) uint32 {
	for _, g := range []string{"GA:FA", "GR:FR", "GW:FW", "GX:FX"} {
		if bit := sddlRights[g[:2]]; mask&bit != 0 {
			mask = mask&^bit | sddlRights[g[3:]]
		}
	}
	return mask &^ maskSynchronize
}

func (d *aclDiff) list(what string, before, after []ACE) {
	b, a := d.keys(before, d.nb), d.keys(after, d.na)
	lost, won := subtract(b, a), subtract(a, b)
	if len(lost) == 0 && len(won) == 0 {
		same := slices.EqualFunc(b, a, func(x, y keyed) bool { return x.full == y.full })
		if !same && !d.cross && d.before.Complete && d.after.Complete {
			d.diffs = append(d.diffs, Difference{What: "order", Effect: Altered,
				BeforeAt: d.before.Origin, AfterAt: d.after.Origin})
		}
		return
	}
	lost, won = d.match(lost, won, func(x, y keyed) bool {
		return x.who == y.who && x.frame == y.frame && x.ace.Inherited == y.ace.Inherited
	}, func(x, y keyed) { d.rights(what, x, y) })
	lost, won = d.match(lost, won, func(x, y keyed) bool {
		return x.who == y.who && x.frame == y.frame && x.mask == y.mask
	}, func(x, y keyed) { d.rights("inheritance", x, y) })
	lost, won = d.match(lost, won, maybeSame, func(x, y keyed) {
		d.caveats = append(d.caveats, fmt.Sprintf("%s before and %s after have the same rights: they may be the same",
			x.ace.Principal, y.ace.Principal))
	})
	for _, k := range lost {
		if d.after.Complete {
			d.entry(what, k, false)
		}
	}
	for _, k := range won {
		if d.before.Complete {
			d.entry(what, k, true)
		}
	}
	if len(lost) > 0 && !d.after.Complete || len(won) > 0 && !d.before.Complete {
		d.caveats = append(d.caveats, "entries that stand on one side only were passed over: the other list may be cut")
	}
}

// maybeSame tells whether one entry is of a name and the other of an account's SID,
// alike but for that.
func maybeSame(x, y keyed) bool {
	named := func(k keyed) bool { return strings.HasPrefix(k.who, "name ") }
	account := func(k keyed) bool { return strings.HasPrefix(k.who, "S-1-5-21-") }
	return (named(x) && account(y) || named(y) && account(x)) &&
		x.frame == y.frame && x.mask == y.mask && x.ace.Inherited == y.ace.Inherited
}

// subtract gives the entries of x that y does not have, as often as it has not.
func subtract(x, y []keyed) []keyed {
	count := map[string]int{}
	for _, k := range y {
		count[k.full]++
	}
	var left []keyed
	for _, k := range x {
		if count[k.full]--; count[k.full] < 0 {
			left = append(left, k)
		}
	}
	return left
}

// match pairs entries that belong together, each once, and gives what is left.
func (d *aclDiff) match(lost, won []keyed, same func(x, y keyed) bool, pair func(x, y keyed)) (l, w []keyed) {
	used := make([]bool, len(won))
	for _, x := range lost {
		at := -1
		for i, y := range won {
			if !used[i] && same(x, y) {
				at = i
				break
			}
		}
		if at < 0 {
			l = append(l, x)
			continue
		}
		used[at] = true
		pair(x, won[at])
	}
	for i, y := range won {
		if !used[i] {
			w = append(w, y)
		}
	}
	return l, w
}

// rights makes the difference of an entry that stands on both sides.
func (d *aclDiff) rights(what string, x, y keyed) {
	diff := Difference{What: what, Effect: Altered, Who: y.ace.Principal, SID: y.sid(), Before: x.ace.Rights, After: y.ace.Rights,
		Deny: y.ace.Type == Deny, Inherited: y.ace.Inherited, BeforeAt: x.ace.Origin, AfterAt: y.ace.Origin}
	if what == "inheritance" {
		diff.Before, diff.After = inheritance(x), inheritance(y)
		d.diffs = append(d.diffs, diff)
		return
	}
	more, less := y.mask&^x.mask, x.mask&^y.mask
	if diff.Deny {
		more, less = less, more
	}
	if y.ace.Type == Allow || y.ace.Type == Deny {
		diff.RightsGained, diff.RightsLost = RightNames(more), RightNames(less)
		switch {
		case less == 0:
			diff.Effect = Gained
		case more == 0:
			diff.Effect = Lost
		}
	}
	d.diffs = append(d.diffs, diff)
}

func (k keyed) sid() string {
	if k.ace.SID != "" {
		return k.ace.SID
	}
	return sidOf(k.who)
}

func inheritance(k keyed) string {
	if k.ace.Inherited {
		return "inherited"
	}
	return "explicit"
}

// entry makes the difference of an entry that stands on one side only.
func (d *aclDiff) entry(what string, k keyed, added bool) {
	diff := Difference{What: what, Effect: Altered, Who: k.ace.Principal, SID: k.sid(), Deny: k.ace.Type == Deny,
		Inherited: k.ace.Inherited, BeforeAt: d.before.Origin, AfterAt: k.ace.Origin, After: k.ace.Rights}
	if !added {
		diff.Before, diff.After = k.ace.Rights, ""
		diff.BeforeAt, diff.AfterAt = k.ace.Origin, d.after.Origin
	}
	switch {
	case k.ace.Type != Allow && k.ace.Type != Deny:
	case added == (k.ace.Type == Allow):
		diff.Effect, diff.RightsGained = Gained, RightNames(k.mask)
	default:
		diff.Effect, diff.RightsLost = Lost, RightNames(k.mask)
	}
	d.diffs = append(d.diffs, diff)
}
