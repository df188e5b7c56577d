package listing

import (
	"regexp"
	"strings"
)

// net user, net localgroup and net localgroup NAME, console text:
//
//	\\PC のユーザー アカウント
//	-------------------------------------------------------------------------------
//	Administrator            DefaultAccount           Guest
//	コマンドは正常に終了しました。
//
// Everything but names is localised; so the reading goes by the line of hyphens,
// the machine's name after \\, the asterisks of groups, and the order. (Microsoft's
// net pages; published English outputs. The Japanese shapes are read by structure
// and were not checked against a published output.)
//
// Limits. Names stand in columns of 25, so what is divided by a single space is one
// name. No SIDs: a group is known by its name only, and an account that was deleted
// and made again looks the same. net user leaves out names that end in $. The list
// counts as complete only if the closing line is there.

var (
	netRule     = regexp.MustCompile(`^-{75,}$`) // 79 of them
	machineName = regexp.MustCompile(`\\\\([^\s\\]+)`)
)

// ending finds the last line with text, if it is the localised closing line: a
// sentence, which ends in a full stop.
func ending(lines []line) (int, bool) {
	for i := len(lines) - 1; i >= 0; i-- {
		if text := strings.TrimSpace(lines[i].text); text != "" {
			return i, strings.HasSuffix(text, "。") ||
				strings.HasSuffix(text, ".") && strings.Contains(text, " ")
		}
	}
	return 0, false
}

// net reads any of the outputs of net, or nothing if the lines are none of them.
func (r *reader) net(s section) {
	rule := -1
	for i, l := range s.lines {
		if netRule.MatchString(l.text) {
			rule = i
			break
		}
	}
	args := s.args("net")
	if rule < 0 {
		if isNetUser(s) {
			r.netUser(s)
		}
		return
	}
	head, body := s.lines[:rule], s.lines[rule+1:]
	machine := ""
	for _, l := range head {
		if m := machineName.FindStringSubmatch(l.text); m != nil {
			machine = m[1]
			r.takeHead(head)
			break
		}
	}
	last, closed := ending(body)
	if closed {
		r.take(body[last])
		body = body[:last]
	}
	if n := len(body); !closed && n > 0 && r.last(body[n-1]) {
		r.lose(r.take(body[n-1]).Line, "the last line has no end: it may be cut, and was not read")
		body = body[:n-1]
	}
	switch {
	case machine != "" && starredFirst(body):
		r.netGroups(s.lines[rule], body, closed)
	case machine != "":
		r.netUsers(s.lines[rule], body, closed)
	case groupName(head, args) != "":
		r.netMembers(head, body, groupName(head, args), closed)
	default:
		return
	}
	r.take(s.lines[rule])
	if machine != "" {
		r.snap.Computer = machine
	}
	if !closed {
		r.lose(s.lines[rule].no, "the closing line is missing: the list may be cut")
	}
}

func (r *reader) takeHead(head []line) {
	for _, l := range head {
		r.take(l)
	}
}

// starredFirst tells a list of groups, which have an asterisk before them, from one of
// accounts, which cannot have one.
func starredFirst(body []line) bool {
	for _, l := range body {
		if !l.blank() {
			return strings.HasPrefix(l.text, "*")
		}
	}
	return false
}

// notInNames are the characters that no name of an account holds.
const notInNames = `"/\[]:;|=,+*?<>`

func (r *reader) netUsers(rule line, body []line, closed bool) {
	r.format("net user")
	for _, l := range body {
		names := columns(l.text)
		if len(names) == 0 {
			continue
		}
		origin := r.take(l)
		for _, name := range names {
			// 20 characters is the longest name of a local account.
			if runes(name) > 20 || strings.ContainsAny(name, notInNames) {
				r.lose(l.no, "not the name of an account, or two that run together: "+excerpt(name))
				closed = false
				continue
			}
			r.add(Entity{Kind: Account, Name: name, Origin: origin})
		}
	}
	if closed {
		r.cover(Coverage{Kind: Account, Origin: r.take(rule), noDollar: true})
	}
}

func (r *reader) netGroups(rule line, body []line, closed bool) {
	r.format("net localgroup")
	for _, l := range body {
		name, ok := strings.CutPrefix(l.text, "*")
		if name = strings.TrimSpace(name); ok && name != "" {
			r.add(groupEntity(name, "", r.take(l)))
		}
	}
	if closed {
		r.cover(Coverage{Kind: Group, Origin: r.take(rule)})
	}
}

// groupName finds the name of a group over its members: the second column of the
// first line, or the command's.
func groupName(head []line, args []string) string {
	for _, l := range head {
		if l.blank() {
			continue
		}
		if cols := columns(l.text); len(cols) == 2 && !strings.HasSuffix(cols[0], ":") {
			return cols[1]
		}
		break
	}
	if len(args) >= 2 && strings.EqualFold(args[0], "localgroup") {
		return args[1]
	}
	return ""
}

func (r *reader) netMembers(head, body []line, name string, closed bool) {
	r.format("net localgroup NAME")
	origin := Origin{File: r.name}
	for i, l := range head {
		if at := r.take(l); i == 0 || origin.Line == 0 && !l.blank() {
			origin = at
		}
	}
	g := groupEntity(name, "", origin)
	g.Complete = closed
	for _, l := range body {
		if member := strings.TrimSpace(l.text); member != "" {
			m := Member{Name: member, SID: nameSID(member), Origin: r.take(l)}
			m.Local = !strings.Contains(member, `\`)
			g.Members = append(g.Members, m)
		}
	}
	r.add(g)
}

// groupEntity makes a group. One that only its name tells says so, if the name is
// that of a builtin group.
func groupEntity(name, sid string, origin Origin) Entity {
	g := Entity{Kind: Group, Name: name, SID: sid, Origin: origin}
	if by := groupSID(name); sid == "" && by != "" {
		g.Facts = facts(origin, "sid by name", by)
		g.Caveats = []string{"the group is " + by + " by its name only: the listing shows no SID"}
	}
	return g
}
