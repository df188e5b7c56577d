package listing

import "strings"

// Get-Acl, as Format-List prints it or | ConvertTo-Json: Path is that of PowerShell's
// provider, Sddl the whole descriptor but for the SACL, which only -Audit asks for. The
// words of Access leave out to whom an entry is handed on, and are not read. (Microsoft's
// page of the cmdlet; published outputs.)
//
// Limits. Only files and folders: what the path of another provider names is no file.

const fileProvider = "filesystem::"

// descriptor reads an object of Get-Acl.
func (r *reader) descriptor(it jsonItem) {
	r.format("Get-Acl")
	path := it.object.text("path")
	provider, name, ok := strings.Cut(path, "::")
	if ok && !strings.HasSuffix(fold(provider)+"::", fileProvider) {
		r.lose(it.at.Line, "an access list of something that is no file: "+excerpt(path))
		return
	}
	if !ok {
		name = path
	}
	text := it.object.text("sddl")
	d, err := ParseSDDL(text)
	if err != nil {
		// A descriptor that is read in part would show its missing entries as lost.
		r.lose(it.at.Line, err.Error())
		return
	}
	at := Origin{File: it.at.File, Line: it.at.Line, Excerpt: excerpt(text)}
	for _, list := range [][]ACE{d.DACL, d.SACL} {
		for i := range list {
			list[i].Origin = at
		}
	}
	e := Entity{Kind: ACL, Name: name, Security: &d, Origin: it.at, Complete: !it.cut, id: pathID(name), scope: pathID(name)}
	r.add(e)
	r.cover(Coverage{Kind: ACL, Scope: e.scope, Origin: it.at})
}
