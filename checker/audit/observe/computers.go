package observe

import (
	"slices"
	"strings"
)

func shortName(computer string) string {
	short, _, _ := strings.Cut(computer, ".")
	return cut(short, 60)
}

// machineNames are the machines that observations are of. A log of one machine that
// was renamed is one machine, the last name its own; but a name that comes back after
// another is a log that several machines wrote to.
func (b *builder) machineNames() []string {
	names := map[string]bool{}
	for _, r := range b.readings {
		for _, of := range r.machines {
			names[of] = true
		}
	}
	return sorted(names)
}

// machineNames are the names of the machines of a file, by its members.
func (r *reading) machineNames() []string {
	var names, inOne []string
	add := func() {
		if repeats := len(inOne) > len(slices.Compact(slices.Sorted(slices.Values(inOne)))); len(inOne) > 0 && !repeats && strings.Contains(r.source.Format, "evtx") {
			inOne = inOne[len(inOne)-1:]
		}
		names = append(names, inOne...)
		inOne = nil
	}
	member := ""
	for i := range r.seen {
		s := &r.seen[i]
		if s.member != member {
			add()
			member = s.member
		}
		if name := strings.ToLower(shortName(s.computer)); name != "" && (len(inOne) == 0 || inOne[len(inOne)-1] != name) {
			inOne = append(inOne, name)
		}
	}
	add()
	slices.Sort(names)
	return slices.Compact(names)
}
