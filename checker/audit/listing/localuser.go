package listing

import (
	"strconv"
	"strings"

	"jobun/checker/audit"
)

// objects sorts the objects of a listing by what they are.
func (r *reader) objects(s section, items []jsonItem) {
	var users, members, rules []jsonItem
	builtin := map[string]bool{}
	for _, it := range items {
		o := it.object
		switch { // by the fields: ObjectClass is localised (ユーザー, グループ)
		case o.has("direction", "action"):
			rules = append(rules, it)
		case o.has("path", "sddl"):
			r.descriptor(it)
		case o.has("members"), o.has("groupname"), o.has("groupsid"), o.has("name", "sid", "description") && !o.has("enabled"):
			builtin[r.groupObject(it)] = true
		case o.has("name", "sid", "enabled"):
			users = append(users, it)
		case o.has("name", "sid", "objectclass"), o.has("name", "sid", "principalsource"):
			members = append(members, it)
		default:
			r.lose(it.at.Line, "an object that is no account, group, member, firewall rule or access list")
		}
	}
	if builtin[audit.AdministratorsSID] && builtin["S-1-5-32-545"] { // no machine is without them
		r.cover(Coverage{Kind: Group, Origin: items[0].at})
	}
	if len(users) > 0 {
		r.users(users)
	}
	if len(members) > 0 {
		r.format("Get-LocalGroupMember")
		g := r.askedGroup(s, members[0].at)
		for _, it := range members {
			g.Members = append(g.Members, memberOf(it))
		}
		g.Complete = !r.cut
		r.add(g)
	}
	if len(rules) > 0 {
		r.firewallObjects(rules)
	}
}

func (r *reader) users(items []jsonItem) {
	r.format("Get-LocalUser")
	builtin := map[string]bool{}
	for _, it := range items {
		o := it.object
		sid := sidOf(o.text("sid"))
		if o.text("sid") != "" && sid == "" {
			r.lose(it.at.Line, "a SID that is none: "+excerpt(o.text("sid")))
		}
		r.add(Entity{Kind: Account, Name: o.text("name"), SID: sid, Origin: it.at,
			Facts: facts(it.at, "enabled", yesNo(o.text("enabled")), "full name", o.text("fullname"),
				"description", o.text("description"))})
		builtin[rid(sid)] = true
	}
	if builtin["500"] && builtin["501"] {
		r.cover(Coverage{Kind: Account, Origin: items[0].at})
	}
}

// rid gives the last number of the SID of a machine's or a domain's account.
func rid(sid string) string {
	if !strings.HasPrefix(sid, "S-1-5-21-") {
		return ""
	}
	return sid[strings.LastIndexByte(sid, '-')+1:]
}

func memberOf(it jsonItem) Member {
	source := fold(it.object.text("principalsource"))
	return Member{Name: it.object.text("name"), SID: sidOf(it.object.text("sid")),
		Local: source == "1" || source == "local", Origin: it.at}
}

// groupObject reads an object of Get-LocalGroup, or of the collecting script: a
// group with its Members, or one member with GroupName and GroupSID. It gives the SID
// of a group that is listed as such.
func (r *reader) groupObject(it jsonItem) string {
	o := it.object
	r.format("Get-LocalGroup")
	if !o.has("groupname") && !o.has("groupsid") {
		g := groupEntity(o.text("name"), sidOf(o.text("sid")), it.at)
		if raw, ok := o["members"]; ok {
			for _, m := range listOf(raw) {
				g.Members = append(g.Members, memberOf(jsonItem{object: m, at: it.at}))
			}
			g.Complete = !r.cut && o.text("complete") != "false"
		}
		r.add(g)
		return g.SID
	}
	g := groupEntity(o.text("groupname"), sidOf(o.text("groupsid")), it.at)
	g.Members = []Member{memberOf(it)}
	r.add(g)
	return ""
}

// askedGroup is the group that a command asked for, or one without a name.
func (r *reader) askedGroup(s section, at Origin) Entity {
	words := s.words()
	if len(words) > 0 && toolName(words[0]) == "get-localgroupmember" {
		if sid := sidOf(s.option("SID")); sid != "" {
			g := Entity{Kind: Group, SID: sid, Origin: at, id: fold(sid)}
			g.Name = sid
			return g
		}
		name := s.option("Group")
		if name == "" {
			name = s.option("Name")
		}
		if name == "" && len(words) > 1 && !strings.HasPrefix(words[1], "-") {
			name = words[1]
		}
		if name != "" {
			return groupEntity(name, "", at)
		}
	}
	return Entity{Kind: Group, Origin: at, id: "file " + fold(r.name),
		Caveats: []string{"the listing does not say of which group the members are"}}
}

// table reads what Get-LocalUser or Get-LocalGroupMember printed as a table: on each
// line a name, a SID, and True or False, in any order but the name first. A line
// without a SID counts only if it has True or False.
func (r *reader) table(s section, tool string) {
	r.format("PowerShell table")
	var g Entity
	if tool == "get-localgroupmember" {
		g = r.askedGroup(s, r.take(s.at))
	}
	for _, l := range s.lines {
		name, sid, enabled := tableRow(l.text)
		if name == "" || sid == "" && enabled == "" {
			continue
		}
		origin := r.take(l)
		if tool == "get-localgroupmember" {
			g.Members = append(g.Members, Member{Name: name, SID: sid, Origin: origin})
			continue
		}
		r.add(Entity{Kind: Account, Name: name, SID: sid, Origin: origin, Facts: facts(origin, "enabled", enabled)})
	}
	if tool == "get-localgroupmember" {
		g.Complete = !s.open && len(g.Members) > 0
		r.add(g)
	}
}

func tableRow(text string) (name, sid, enabled string) {
	found, at := findSID(text)
	rest := text
	if at >= 0 {
		sid, rest = sidOf(found), text[:at]+"  "+text[at+len(found):]
	}
	cols := strings.Fields(rest)
	for i, c := range cols {
		if _, err := strconv.ParseBool(fold(c)); err == nil && len(c) > 1 && i > 0 {
			enabled = fold(c)
			return strings.Join(cols[:i], " "), sid, enabled
		}
	}
	if at < 0 {
		return "", "", ""
	}
	return strings.TrimSpace(text[:at]), sid, ""
}
