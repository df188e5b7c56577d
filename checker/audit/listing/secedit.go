package listing

import (
	"regexp"
	"strings"
)

// secedit /export /cfg FILE [/areas USER_RIGHTS]: an INF file in UTF-16LE with a mark;
// the section [Privilege Rights] holds a line for each right that anyone holds:
//
//	SeDenyNetworkLogonRight = *S-1-5-21-…-1003,Guest
//
// A SID has an asterisk before it; a name stands for an account of this machine.
// (Microsoft's secedit page; [MS-GPSB] 2.2.3.) SeDeny… rights restrict. Other sections
// are passed over. A right that is not listed is held by nobody, if the section is
// whole, that is if another follows, as [Version] does; lines outside a section, as in a transcript, are no whole list.

var rightLine = regexp.MustCompile(`^(Se[A-Za-z]{4,60}) ?= ?(.*)$`)

func isSecedit(lines []line) bool {
	for _, l := range lines {
		if l.blank() || strings.HasPrefix(l.text, ";") {
			continue
		}
		return strings.EqualFold(l.text, "[Unicode]") || strings.EqualFold(l.text, "[Version]") ||
			strings.EqualFold(l.text, "[Privilege Rights]")
	}
	return false
}

func hasRights(s section) bool {
	for _, l := range s.lines {
		if rightLine.MatchString(l.text) {
			return true
		}
	}
	return false
}

func (r *reader) secedit(s section) {
	r.format("secedit /export")
	inside := false
	var began Origin
	for _, l := range s.lines {
		switch {
		case strings.HasPrefix(l.text, "["):
			if inside {
				r.cover(Coverage{Kind: Right, Origin: began})
			}
			inside = strings.EqualFold(l.text, "[Privilege Rights]")
			began = r.take(l)
		case inside:
			r.rightOf(l)
		default:
			r.take(l)
		}
	}
	if inside {
		r.lose(began.Line, "no section follows the rights: they may be cut")
	}
}

func (r *reader) rights(s section) {
	r.format("secedit /export")
	for _, l := range s.lines {
		if rightLine.MatchString(l.text) {
			r.rightOf(l)
		}
	}
}

func (r *reader) rightOf(l line) {
	m := rightLine.FindStringSubmatch(l.text)
	if m == nil {
		if !l.blank() {
			r.lose(l.no, "not a right with its holders")
		}
		return
	}
	if r.last(l) {
		r.lose(l.no, "the last line has no end: it may be cut")
		return
	}
	e := Entity{Kind: Right, Name: m[1], Origin: r.take(l), Complete: true}
	for _, who := range strings.Split(m[2], ",") {
		who = strings.TrimSpace(who)
		bare := strings.TrimPrefix(who, "*")
		if bare == "" {
			continue
		}
		holder := Member{Name: bare, SID: nameSID(bare), Origin: e.Origin}
		holder.Local = holder.SID == "" && !strings.Contains(bare, `\`)
		e.Members = append(e.Members, holder)
	}
	r.add(e)
}
