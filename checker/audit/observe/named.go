package observe

import (
	"slices"
	"strings"
	"time"
)

// command is a command of one of Windows' tools, which can name what came of it.
type command struct {
	computer, logon, tool, pid, parent string
	at                                 time.Time
	asks                               []ask
	locator                            string   // where the record of the command is; the line itself can hold a password
	by                                 *process // nil if it is not the subject's
}

// exit is the end of a process of one of Windows' tools.
type exit struct {
	computer, tool, pid string
	at                  time.Time
	failed              bool
}

// ran notes a command that asks for something: of the subject, and of others, for then it
// is not known which of the two came to what it asks for. Each has room of its own.
func (t *tree) ran(e *event, s start, by *process, member string) {
	asked := asks(s.image, s.line)
	if len(asked) == 0 {
		return
	}
	if t.kept[by != nil] >= mostProcesses {
		t.lost = true
		return
	}
	t.kept[by != nil]++
	for i, a := range asked {
		asked[i] = ask{a.action, strings.Clone(a.name), strings.Clone(a.domain), strings.Clone(a.group)}
	}
	at, _ := e.when()
	t.commands = append(t.commands, command{
		computer: strings.Clone(e.Computer), logon: strings.Clone(strings.ToLower(s.logon)), tool: toolName(s.image),
		pid: strings.Clone(pidText(s.pid)), parent: strings.Clone(pidText(s.parentPID)), at: at, asks: asked, locator: e.locator(member), by: by,
	})
}

// exited notes the end of one of Windows' tools, which 4689 states with its exit status.
func (t *tree) exited(e *event) {
	image, status := e.get("ProcessName"), e.get("Status")
	if !t.subject.Known() || readerOf(image) == nil {
		return
	}
	if len(t.exits) >= mostProcesses {
		t.lost = true
		return
	}
	t.exits = append(t.exits, exit{
		computer: strings.Clone(e.Computer), tool: toolName(image), pid: strings.Clone(pidText(e.get("ProcessId"))), at: e.Time,
		failed: status != "" && strings.Trim(status, "0x") != "",
	})
}

// orders are the commands and ends of tools of all files.
type orders struct {
	commands map[orderKey][]*command
	exits    map[string][]exit
	lost     bool
}

// orderKey is what a command asks for, on which machine.
type orderKey struct{ computer, action, name string }

func ordersOf(readings []*reading) *orders {
	o := &orders{commands: map[orderKey][]*command{}, exits: map[string][]exit{}}
	for _, r := range readings {
		o.lost = o.lost || r.tree.lost
		for i := range r.tree.commands {
			c := &r.tree.commands[i]
			for _, a := range c.asks {
				key := orderKey{machineKey(c.computer), a.action, a.name}
				o.commands[key] = append(o.commands[key], c)
			}
		}
		for _, x := range r.tree.exits {
			key := exitKey(x.computer, x.tool, x.pid)
			o.exits[key] = append(o.exits[key], x)
		}
	}
	for _, all := range o.commands {
		slices.SortStableFunc(all, func(a, b *command) int { return a.at.Compare(b.at) })
	}
	for _, all := range o.exits {
		slices.SortStableFunc(all, func(a, b exit) int { return a.at.Compare(b.at) })
	}
	return o
}

func exitKey(computer, tool, pid string) string {
	return machineKey(computer) + "|" + tool + "|" + pid
}

// machineKey is a machine's name without its domain, which one log can write and another not.
func machineKey(computer string) string { return strings.ToLower(shortName(computer)) }

// mostAfter is how soon after a command must come what it asks for.
const mostAfter = time.Minute

// attribute says whose doing a record is that names no process, if a command of the subject
// names what it shows. If another process asked for the same about then, which of the two
// did it nobody knows.
func (o *orders) attribute(s *seen) {
	if s.at.IsZero() || s.asked == "" {
		return
	}
	all := o.near(s)
	own := o.own(s, all)
	if own == nil {
		return
	}
	rival := o.rival(s, own, all)
	switch {
	case rival != nil:
		s.attribution = nil
		s.also = append(s.also, "a process of the subject ("+own.locator+") and another ("+rival.locator+") ran a command that asks for this: which of them did it is not known")
	case o.lost || len(all) >= mostNear:
		s.attribution = nil
		s.also = append(s.also, "a process of the subject ("+own.locator+") ran a command that asks for this; whether another did too is not known, for there are more commands than are followed")
	default:
		p := &process{basis: "process-tree", note: "a process of the subject ran the command that names it: " + own.locator}
		s.attribution, s.own = attributed(p), true
	}
}

// own finds the last command of the subject's that asked for just what a record shows: the
// same machine, the name, the same logon where the record states one, shortly before, and
// not ended as failed. The command alone would show nothing, and the time alone nothing
// either.
func (o *orders) own(s *seen, all []*command) *command {
	var own *command
	for _, c := range all {
		if c.by == nil || !strings.EqualFold(c.computer, s.computer) || c.at.After(s.at) || s.at.Sub(c.at) > mostAfter || !c.asksFor(s) || o.failed(c, all) {
			continue
		}
		// A record that states a logon is of that one only; a command of which none is
		// known could be of another.
		if s.logon == "" || c.logon == s.logon {
			own = c
		}
	}
	return own
}

// rival finds a command of another process that asked for the same, in the minute before the
// subject's or until a minute after the record, and is not known to have done nothing.
func (o *orders) rival(s *seen, own *command, all []*command) *command {
	for _, c := range all {
		otherLogon := s.logon != "" && c.logon != "" && c.logon != s.logon
		if c.by == nil && !c.at.Before(own.at.Add(-mostAfter)) && !otherLogon && c.asksFor(s) && !c.isOf(all) && !o.failed(c, all) {
			return c
		}
	}
	return nil
}

// mostNear is how many commands for one thing are compared with each other.
const mostNear = 100

// near gives the commands that ask for what a record shows, from two minutes before it to
// one after.
func (o *orders) near(s *seen) []*command {
	all := o.commands[orderKey{machineKey(s.computer), s.action, strings.ToLower(s.asked)}]
	from, _ := slices.BinarySearchFunc(all, s.at.Add(-2*mostAfter), func(c *command, at time.Time) int { return c.at.Compare(at) })
	until := from
	for until < len(all) && until-from < mostNear && !all[until].at.After(s.at.Add(mostAfter)) {
		until++
	}
	return all[from:until]
}

// asksFor reports whether a command asks for what was seen, beyond the name: the group, and
// that an account is of this machine.
func (c *command) asksFor(s *seen) bool {
	for _, a := range c.asks {
		here := a.domain == "" || a.domain == "." || sameMachine(a.domain, c.computer)
		if a.action == s.action && a.name == strings.ToLower(s.asked) && here && a.group == strings.ToLower(s.groupName) {
			return true
		}
	}
	return false
}

// mostClocks is how far apart two logs state one start of a process.
const mostClocks = 5 * time.Second

// isOf reports whether a command is one of the subject's, as another log states it or as
// net.exe hands it on to net1.exe.
func (c *command) isOf(all []*command) bool {
	for _, own := range all {
		if own.by != nil && own.at.Sub(c.at).Abs() <= mostClocks && (own.tool == c.tool && own.pid == c.pid || c.handedOnBy(own)) {
			return true
		}
	}
	return false
}

// handedOnBy reports whether net.exe started net1.exe with its own command.
func (c *command) handedOnBy(first *command) bool {
	return c.tool == "net1" && first.tool == "net" && c.parent == first.pid && c.at.Sub(first.at).Abs() <= mostClocks
}

// failed reports whether a command ended with a status other than 0, or the other of
// net.exe and net1.exe that had the same command did.
func (o *orders) failed(c *command, all []*command) bool {
	if o.status(c) {
		return true
	}
	for _, other := range all {
		if (other.handedOnBy(c) || c.handedOnBy(other)) && o.status(other) {
			return true
		}
	}
	return false
}

// status reports whether the first end that is recorded of a process after its command was
// that of a failure.
func (o *orders) status(c *command) bool {
	ends := o.exits[exitKey(c.computer, c.tool, c.pid)]
	// Times can be written without what is less than a second.
	first, _ := slices.BinarySearchFunc(ends, c.at.Add(-time.Second), func(x exit, at time.Time) int { return x.at.Compare(at) })
	return first < len(ends) && ends[first].failed
}
