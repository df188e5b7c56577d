package listing

import (
	"slices"
	"strings"

	"jobun/internal/cells"
)

// icacls, console text:
//
//	C:\仕事 フォルダ BUILTIN\Users:(I)(OI)(CI)(RX)
//	                 PC\ks-admin:(OI)(CI)(M)
//	1 個のファイルが正常に処理されました。0 個のファイルを処理できませんでした
//
// A path, a principal, flags and rights in parentheses; further entries of the same
// path are indented, or have lost their indent where the text was pasted: then a
// principal of a known form alone on its line shows it. The last line is localised and is not needed. (Microsoft's
// icacls page; published outputs; the Japanese last line is from published outputs.)
//
// Limits. Nothing marks where the path ends and the principal begins, and both may
// hold spaces: the end is taken from the command if it is known, from the indent of
// the next entry, from a well-known principal, or else from the last space, and
// then the entry says that it was guessed. A list of entries is whole if
// a line of another sort follows it. Owner, group, protection and auditing are not
// shown. A folder that could not be read is a loss. icacls does not say
// that it listed a whole tree; only the command does (/T).

const (
	mostPath = 1 << 17 // bytes of a path with its principal; Windows allows 32,767 characters
	mostName = 1 << 10 // bytes of a principal
)

// icaclsEntry is an entry as its line has it.
type icaclsEntry struct {
	lead string // before the colon: the principal, on first lines the path before it
	ace  ACE
	bad  string // why the rights are not known
}

// parseICACLS reads "…:(flags)(rights)" and what a person may have noted after it.
func parseICACLS(s string) (icaclsEntry, bool) {
	at := strings.LastIndex(s, ":(")
	if at <= 0 || at > mostPath {
		return icaclsEntry{}, false
	}
	e := icaclsEntry{lead: strings.TrimRight(s[:at], " \t")}
	var groups []string
	rest := s[at+1:]
	for strings.HasPrefix(rest, "(") {
		end := strings.IndexByte(rest, ')')
		if end < 0 || !lettersOnly(rest[1:end]) {
			return icaclsEntry{}, false
		}
		groups = append(groups, rest[1:end])
		rest = rest[end+1:]
	}
	if rest = strings.TrimSpace(rest); rest != "" && !strings.HasPrefix(rest, "<-") && !strings.HasPrefix(rest, "#") {
		return icaclsEntry{}, false
	}
	if strings.TrimSpace(e.lead) == "" || len(groups) == 0 {
		return icaclsEntry{}, false
	}
	e.fill(groups)
	return e, true
}

func lettersOnly(s string) bool {
	for _, c := range s {
		if c != ',' && c != ' ' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s != ""
}

func (e *icaclsEntry) fill(groups []string) {
	e.ace.Type = Allow
	for _, g := range groups {
		switch strings.ToUpper(g) {
		case "I":
			e.ace.Inherited = true
		case "OI":
			e.ace.ObjectInherit = true
		case "CI":
			e.ace.ContainerInherit = true
		case "IO":
			e.ace.InheritOnly = true
		case "NP":
			e.ace.NoPropagate = true
		case "DENY", "N":
			e.ace.Type = Deny
			if strings.EqualFold(g, "N") {
				e.ace.Rights, e.ace.Mask = "N", maskFull
			}
		default:
			mask, label, err := icaclsMask(g)
			e.ace.Rights, e.ace.Mask = g, mask
			if err != nil {
				e.bad, e.ace.Extra = err.Error(), "rights "+g
			}
			if label {
				e.ace.Type = Label
			}
		}
	}
	if e.ace.Rights == "" {
		e.bad, e.ace.Extra = "no rights stand after the flags", "no rights"
	}
}

// isICACLS reports whether lines hold an entry of icacls.
func isICACLS(s section) bool {
	return slices.ContainsFunc(s.lines, func(l line) bool {
		e, ok := parseICACLS(l.text)
		return ok && e.bad == ""
	})
}

func (r *reader) icacls(s section) {
	r.format("icacls")
	asked := ""
	if args := s.args("icacls"); len(args) > 0 {
		asked = args[0]
	}
	for i := 0; i < len(s.lines); {
		l := s.lines[i]
		e, ok := parseICACLS(l.text)
		switch {
		case l.blank():
			i++
		case ok && !l.indented() && !isKnownName(fold(e.lead)):
			i = r.icaclsPath(s, i, e, asked)
		case ok:
			r.take(l)
			r.lose(l.no, "an entry of icacls without the path that it belongs to")
			i++
		default:
			r.icaclsMissing(l, asked)
			i++
		}
	}
	if asked != "" && s.hasFlag("/t") && !s.open {
		r.cover(Coverage{Kind: ACL, Scope: pathID(asked), Tree: true, Origin: r.take(s.at)})
	}
}

// icaclsPath reads one path with its entries and gives the index after them.
func (r *reader) icaclsPath(s section, i int, first icaclsEntry, asked string) int {
	var next []icaclsEntry
	var lines []line
	end := i + 1
	flush := false
	for ; end < len(s.lines); end++ {
		e, ok := parseICACLS(s.lines[end].text)
		if !ok {
			break
		}
		if !s.lines[end].indented() {
			if flush = flush || losesIndent(s.lines[end:]); !flush || !isLoneName(e.lead) {
				break
			}
		}
		if len(next) >= mostACEs {
			r.lose(s.lines[end].no, "a path has more entries than are read")
			break
		}
		next, lines = append(next, e), append(lines, s.lines[end])
	}
	indent := ""
	if len(lines) > 0 && lines[0].indented() {
		indent = lines[0].text[:len(lines[0].text)-len(strings.TrimLeft(lines[0].text, " \t"))]
	}
	path, who, guessed := splitPath(first.lead, asked, indent)
	origin := r.take(s.lines[i])
	if path == "" || who == "" {
		r.lose(origin.Line, "an entry of icacls without its path or its principal")
		return end
	}
	d := &Descriptor{Form: "icacls", HasDACL: true}
	first.lead = who
	for j, e := range append([]icaclsEntry{first}, next...) {
		l := s.lines[i+j]
		e.ace.Principal = strings.TrimSpace(e.lead)
		e.ace.SID = nameSID(e.ace.Principal)
		e.ace.Origin = r.take(l)
		if e.bad != "" {
			r.lose(l.no, e.bad)
		}
		if e.bad != "" && r.last(l) {
			continue // cut inside its parentheses
		}
		if e.ace.Type == Label {
			d.SACL = append(d.SACL, e.ace)
		} else {
			d.DACL = append(d.DACL, e.ace)
		}
	}
	ent := Entity{Kind: ACL, Name: path, Security: d, Origin: origin, id: pathID(path), scope: pathID(path)}
	ent.Complete = end < len(s.lines) && !s.lines[end].indented()
	if !strings.Contains(path, ":") && !strings.HasPrefix(path, `\\`) {
		ent.Caveats = append(ent.Caveats, "the path is relative: the listing does not say to which folder")
	}
	if guessed {
		ent.Caveats = append(ent.Caveats, "where the path ends and the name begins was guessed")
	}
	if !ent.Complete {
		ent.Caveats = append(ent.Caveats, "the list of entries does not end in another line: later entries may be missing")
	}
	r.add(ent)
	r.cover(Coverage{Kind: ACL, Scope: pathID(path), Origin: origin})
	return end
}

// mostAhead is how far ahead an entry that shows that indents are lost is looked for.
const mostAhead = 32

// losesIndent reports whether one of the entries that begin here is a known principal
// alone on its line, and all before it could be one.
func losesIndent(lines []line) bool {
	for _, l := range lines[:min(len(lines), mostAhead)] {
		e, ok := parseICACLS(l.text)
		if !ok || l.indented() || !isLoneName(e.lead) {
			return false
		}
		if isKnownName(fold(e.lead)) {
			return true
		}
	}
	return false
}

// isLoneName reports whether what stands before the rights could be a principal without
// a path: one whose form is known, or MACHINE\name.
func isLoneName(lead string) bool {
	if isKnownName(fold(lead)) {
		return true
	}
	machine, name, ok := strings.Cut(lead, `\`)
	return ok && machine != "" && name != "" && !strings.ContainsAny(machine, ` :./"`) && !strings.Contains(name, `\`) && knownAt(lead) == 0
}

// splitPath tells the path from the principal.
func splitPath(lead, asked, indent string) (path, who string, guessed bool) {
	if len(lead) > len(asked) && asked != "" && strings.EqualFold(lead[:len(asked)], asked) && lead[len(asked)] == ' ' {
		return lead[:len(asked)], strings.TrimSpace(lead[len(asked):]), false
	}
	if at := indentAt(lead, indent); at > 0 {
		return strings.TrimRight(lead[:at], " "), strings.TrimSpace(lead[at:]), false
	}
	if at := knownAt(lead); at > 0 {
		return strings.TrimRight(lead[:at], " "), lead[at:], false
	}
	at := strings.LastIndexByte(lead, ' ')
	if at < 0 {
		return lead, "", true
	}
	return strings.TrimRight(lead[:at], " "), lead[at+1:], true
}

// indentAt finds where the second entry begins in the first line. icacls counts
// characters; a console or an editor may have counted cells.
func indentAt(lead, indent string) int {
	want := len(indent)
	if want == 0 || strings.Contains(indent, "\t") {
		return 0
	}
	chars := 0
	width := 0
	for i, c := range lead {
		if i > 0 && lead[i-1] == ' ' && c != ' ' && (chars == want || width == want) {
			return i
		}
		if chars > want && width > want {
			return 0
		}
		chars++
		width += cells.Width(string(c))
	}
	return 0
}

// knownAt finds the last principal whose form is known, standing after a space.
func knownAt(lead string) int {
	low := fold(lead)
	if len(low) != len(lead) {
		return 0 // a letter changed its length: places in one are not places in the other
	}
	for i := len(low) - 1; i > max(0, len(low)-mostName); i-- {
		if low[i-1] != ' ' {
			continue
		}
		if isKnownName(low[i:]) {
			return i
		}
	}
	return 0
}

// isKnownName reports whether a folded text is a principal whose form is known.
func isKnownName(low string) bool {
	return isSID(strings.ToUpper(low)) || wellKnownNames[low] != "" || strings.HasPrefix(low, `nt service\`) ||
		strings.HasPrefix(low, `mandatory label\`) || strings.HasPrefix(low, `builtin\`) ||
		strings.HasPrefix(low, `nt authority\`) || strings.HasPrefix(low, `application package authority\`)
}

// icaclsMissing reads a line that is not an entry: a path that is stated not to be
// there, or another message.
func (r *reader) icaclsMissing(l line, asked string) {
	text := strings.TrimSpace(l.text)
	if notFound(text) {
		path, _, ok := cutMessage(text)
		if !ok {
			path = asked
		}
		if path != "" {
			r.cover(Coverage{Kind: ACL, Scope: pathID(path), Tree: true, Origin: r.take(l)})
			return
		}
	}
	if _, _, ok := cutMessage(text); ok || l.indented() {
		r.take(l)
		r.lose(l.no, "no entry, or a message of icacls: "+excerpt(text))
	}
}

// cutMessage splits "path: message". The colon of a drive is not one.
func cutMessage(s string) (path, message string, ok bool) {
	at := strings.LastIndex(s, ": ")
	if at < 2 || strings.HasPrefix(s, "[") {
		return "", "", false
	}
	return s[:at], s[at+2:], true
}

// notFound knows the words for a file that is not there, in Japanese and English.
// Every other message, such as a refusal, says nothing of whether it is there.
func notFound(s string) bool {
	for _, words := range []string{"指定されたファイルが見つかりません", "指定されたパスが見つかりません",
		"cannot find the file specified", "cannot find the path specified"} {
		if strings.Contains(s, words) {
			return true
		}
	}
	return false
}

// nameSID gives the SID of a principal that is one or is well known by its English
// name.
func nameSID(name string) string {
	if sid := sidOf(name); sid != "" {
		return sid
	}
	return wellKnownNames[fold(name)]
}

// pathID folds a path for comparison.
func pathID(p string) string {
	p = strings.Trim(strings.TrimSpace(p), `"`)
	p = strings.ReplaceAll(fold(p), "/", `\`)
	p = strings.TrimSuffix(strings.TrimPrefix(p, `\\?\`), `\.`)
	if len(p) == 2 && p[1] == ':' {
		p += `\` // the root of a drive
	}
	for len(p) > 3 && strings.HasSuffix(p, `\`) {
		p = p[:len(p)-1]
	}
	return p
}
