package listing

import "strings"

// names knows the SIDs of the local names of a snapshot, so that a listing that has
// names can be compared with one that has SIDs.
type names struct {
	computer string // folded, with its backslash
	sids     map[string]string
}

// namesOf collects names from a snapshot, and from the other one what the first does
// not know: a name that stands for two SIDs there stands for none here.
func namesOf(s, other Snapshot) names {
	n := names{sids: map[string]string{}}
	computer := s.Computer
	if computer == "" {
		computer = other.Computer
	}
	if computer != "" {
		n.computer = fold(computer) + `\`
	}
	for _, from := range []Snapshot{s, other} {
		found := n.collect(from)
		for name, sid := range found {
			if _, known := n.sids[name]; !known {
				n.sids[name] = sid
			}
		}
	}
	return n
}

func (n names) collect(s Snapshot) map[string]string {
	found := map[string]string{}
	note := func(name, sid string) {
		if old, ok := found[name]; ok && old != sid {
			sid = ""
		}
		found[name] = sid
	}
	for _, e := range s.Entities {
		if (e.Kind == Account || e.Kind == Group) && e.SID != "" {
			note(fold(e.Name), e.SID)
		}
		for _, m := range e.Members {
			name := fold(m.Name)
			if m.SID != "" && (m.Local || n.computer != "" && strings.HasPrefix(name, n.computer)) {
				note(localName(name), m.SID)
			}
		}
	}
	return found
}

// key gives what a principal is compared by: its SID, or else its folded name.
func (n names) key(name, sid string, local bool) string {
	if sid != "" {
		return sid
	}
	name = fold(name)
	if local {
		name = localName(name)
	}
	if n.computer != "" {
		name = strings.TrimPrefix(name, n.computer)
	}
	if !strings.Contains(name, `\`) {
		if sid := n.sids[name]; sid != "" {
			return sid
		}
	}
	return "name " + name
}
