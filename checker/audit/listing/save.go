package listing

import "strings"

// icacls PATH /save FILE: UTF-16LE, in practice without a byte order mark; for each
// file its path relative to the folder that holds the target, and on the next line
// its DACL as SDDL. Neither owner nor SACL is saved. (Microsoft's icacls page;
// EVIDENCE 4.6.)
//
//	KeyStore
//	D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)
//
// Limits. The folder that the paths are relative to is in the command only; if the
// command is not known, the paths stay relative, and two files of the same relative
// path are taken for the same one.

func isSDDLLine(s string) bool {
	if len(s) < 3 || s[1] != ':' || !strings.ContainsRune("OGDS", rune(s[0])) {
		return false
	}
	d, err := ParseSDDL(s)
	return err == nil || len(d.DACL) > 0
}

// isSave reports whether the first two lines with text are a path and SDDL.
func isSave(lines []line) bool {
	n := 0
	for _, l := range lines {
		if l.blank() {
			continue
		}
		if n++; n == 2 {
			return isSDDLLine(l.text)
		}
		if isSDDLLine(l.text) {
			return false
		}
	}
	return false
}

func (r *reader) save(s section) {
	r.format("icacls /save")
	base, known := "", false
	if args := s.args("icacls"); len(args) > 0 {
		base, known = parentPath(args[0])
	}
	var path *line
	count := 0
	for i := range s.lines {
		l := s.lines[i]
		switch {
		case l.blank():
		case path == nil:
			path = &s.lines[i]
		case !isSDDLLine(l.text):
			r.take(*path)
			r.lose(l.no, "a path without its security descriptor; expected SDDL on this line")
			path = nil
			if !strings.Contains(l.text, "(") { // a path again: the descriptor is missing
				path = &s.lines[i]
			}
		default:
			r.saved(base, known, *path, l)
			path = nil
			count++
		}
	}
	if path != nil {
		r.lose(path.no, "the last path has no security descriptor: the file is cut")
	} else if args := s.args("icacls"); known && s.hasFlag("/t") && count > 0 {
		r.cover(Coverage{Kind: ACL, Scope: pathID(args[0]), Tree: true, Origin: r.take(s.lines[0])})
	}
}

func (r *reader) saved(base string, known bool, path, sddl line) {
	r.take(sddl)
	d, err := ParseSDDL(sddl.text)
	origin := r.take(path)
	at := Origin{File: r.name, Line: sddl.no, Excerpt: excerpt(sddl.text)}
	for _, list := range [][]ACE{d.DACL, d.SACL} {
		for i := range list {
			list[i].Origin = at
		}
	}
	name := base + strings.TrimSpace(path.text)
	e := Entity{Kind: ACL, Name: name, Security: &d, Origin: origin, id: pathID(name), scope: pathID(name)}
	e.Complete = !r.last(sddl)
	if !known {
		e.Caveats = append(e.Caveats, "the path is relative: the listing does not say to which folder")
	}
	if err != nil {
		// A descriptor that is read in part would show its missing entries as lost.
		r.lose(sddl.no, err.Error())
		return
	}
	r.add(e)
	r.cover(Coverage{Kind: ACL, Scope: e.scope, Origin: origin})
}

// parentPath gives the folder of a path, with its separator: that to which icacls
// /save makes its paths relative.
func parentPath(p string) (string, bool) {
	p = strings.TrimRight(p, `\/`)
	at := strings.LastIndexAny(p, `\/`)
	if at < 0 {
		return "", false
	}
	return p[:at+1], true
}
