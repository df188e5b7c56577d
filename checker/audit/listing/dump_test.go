package listing

import (
	"fmt"
	"strings"
)

// dump writes a snapshot for people to read in a .want file.
func dump(s Snapshot) string {
	var b strings.Builder
	if s.Computer != "" {
		fmt.Fprintf(&b, "computer %s\n", s.Computer)
	}
	for _, f := range s.Files {
		fmt.Fprintf(&b, "file %s: %s, %s, %d lines, %d ignored\n", f.Name, f.Encoding, strings.Join(f.Formats, " + "), f.Lines, f.Ignored)
		for _, l := range f.Losses {
			fmt.Fprintf(&b, "  lost %d: %s\n", l.Line, l.What)
		}
	}
	for _, c := range s.Covered {
		fmt.Fprintf(&b, "complete %s %q tree=%v at %d\n", c.Kind, c.Scope, c.Tree, c.Origin.Line)
	}
	for _, e := range s.Entities {
		fmt.Fprintf(&b, "%s %q %s at %d\n", e.Kind, e.Name, e.SID, e.Origin.Line)
		for _, f := range e.Facts {
			fmt.Fprintf(&b, "  %s = %q\n", f.Name, f.Value)
		}
		for _, m := range e.Members {
			fmt.Fprintf(&b, "  member %s %s local=%v\n", m.Name, m.SID, m.Local)
		}
		if len(e.Members) > 0 || e.Kind == ACL {
			fmt.Fprintf(&b, "  complete %v\n", e.Complete)
		}
		if e.Security != nil {
			dumpACL(&b, *e.Security)
		}
		for _, c := range e.Caveats {
			fmt.Fprintf(&b, "  caveat: %s\n", c)
		}
	}
	for _, d := range s.Disagreements {
		fmt.Fprintf(&b, "disagree %s %q: %v\n", d.Kind, d.Name, d.Facts)
	}
	return b.String()
}

func dumpACL(b *strings.Builder, d Descriptor) {
	if d.Owner+d.Group+d.DACLFlags+d.SACLFlags != "" {
		fmt.Fprintf(b, "  owner %q group %q flags %q %q\n", d.Owner, d.Group, d.DACLFlags, d.SACLFlags)
	}
	for _, a := range append(append([]ACE(nil), d.DACL...), d.SACL...) {
		flags := ""
		for _, f := range []struct {
			on   bool
			name string
		}{{a.Inherited, "(I)"}, {a.ObjectInherit, "(OI)"}, {a.ContainerInherit, "(CI)"}, {a.InheritOnly, "(IO)"}, {a.NoPropagate, "(NP)"}} {
			if f.on {
				flags += f.name
			}
		}
		fmt.Fprintf(b, "  %s %q %s %s 0x%x %s %s\n", a.Type, a.Principal, a.SID, flags, a.Mask, a.Rights, a.Extra)
	}
}

func dumpChanges(changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s %s %q %s routine=%v [%s:%d | %s:%d]\n", c.Verb, c.Kind, c.Name, c.SID, c.Routine,
			c.Before.File, c.Before.Line, c.After.File, c.After.Line)
		for _, d := range c.Differences {
			fmt.Fprintf(&b, "  %s %s %s %s %q -> %q", d.What, d.Effect, d.Who, d.SID, d.Before, d.After)
			if len(d.RightsGained)+len(d.RightsLost) > 0 {
				fmt.Fprintf(&b, " +%v -%v", d.RightsGained, d.RightsLost)
			}
			if d.Deny || d.Inherited {
				fmt.Fprintf(&b, " deny=%v inherited=%v", d.Deny, d.Inherited)
			}
			fmt.Fprintf(&b, " [%d | %d]\n", d.BeforeAt.Line, d.AfterAt.Line)
		}
		if len(c.Names) > 0 {
			fmt.Fprintf(&b, "  names: %q\n", c.Names)
		}
		for _, caveat := range c.Caveats {
			fmt.Fprintf(&b, "  caveat: %s\n", caveat)
		}
	}
	return b.String()
}
