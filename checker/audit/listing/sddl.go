package listing

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The limits of a security descriptor: a real one has at most 64 KiB.
const (
	mostACEs  = 4000
	mostDepth = 32 // parentheses in a condition
)

// ACEType says what an entry of an access control list does.
type ACEType string

// The types. Other holds what is neither: the entry keeps its words.
const (
	Allow ACEType = "allow"
	Deny  ACEType = "deny"
	Audit ACEType = "audit" // logging, not access
	Label ACEType = "label" // integrity level
	Other ACEType = "other"
)

// ACE is one entry of an access control list.
type ACE struct {
	Type      ACEType
	Principal string // as written: a name, a SID or an SDDL alias
	SID       string // if the principal is one or is well known
	// The inheritance flags. Inherited: the entry comes from the folder above.
	Inherited, ObjectInherit, ContainerInherit, InheritOnly, NoPropagate bool
	Mask                                                                 uint32
	Rights                                                               string // as written
	// Extra is what else decides: unknown rights, object types, a condition, audit flags.
	Extra  string
	Origin Origin
}

// Descriptor is who may do what with a file, folder or key.
type Descriptor struct {
	// Form is "icacls" or "sddl": what icacls prints shows neither owner nor flags,
	// and names where SDDL has SIDs.
	Form         string
	Owner, Group string // SID, or as written
	// HasDACL says that a list is stated; NoDACL that it is stated to be missing, so
	// that everyone has full access.
	HasDACL, NoDACL bool
	HasSACL         bool
	Protected       bool // P: does not inherit from above
	DACLFlags       string
	SACLFlags       string
	DACL            []ACE
	SACL            []ACE // audit entries, labels and the like
}

// ParseSDDL reads a security descriptor in the form of [MS-DTYP] 2.5.1:
// O: owner, G: group, D: flags and entries, S: flags and entries, in any order.
// On an error the descriptor holds what was read before it.
func ParseSDDL(s string) (Descriptor, error) {
	d := Descriptor{Form: "sddl"}
	rest := strings.TrimSpace(s)
	if rest == "" {
		return d, errors.New("read SDDL: empty")
	}
	seen := ""
	for rest != "" {
		if len(rest) < 2 || rest[1] != ':' || !strings.ContainsRune("OGDS", rune(rest[0])) {
			return d, fmt.Errorf("read SDDL: %q at byte %d is none of O: G: D: S:", excerpt(rest), len(s)-len(rest))
		}
		part := rest[:1]
		if strings.Contains(seen, part) {
			return d, fmt.Errorf("read SDDL: %s: twice", part)
		}
		seen += part
		var err error
		rest, err = d.part(part, rest[2:])
		if err != nil {
			return d, fmt.Errorf("read SDDL %s: %w", part, err)
		}
	}
	return d, nil
}

func (d *Descriptor) part(part, rest string) (string, error) {
	if part == "O" || part == "G" {
		who, rest := cutPrincipal(rest)
		if who == "" {
			return rest, errors.New("no principal")
		}
		if sid := sddlSID(who); sid != "" {
			who = sid
		}
		if part == "O" {
			d.Owner = who
		} else {
			d.Group = who
		}
		return rest, nil
	}
	end := strings.IndexAny(rest, "(:")
	switch {
	case end < 0:
		end = len(rest)
	case rest[end] == ':': // the next part's letter stands before its colon
		end--
	}
	if end < 0 {
		return rest, errors.New("a colon too many")
	}
	flags := rest[:end]
	aces, rest, err := readACEs(rest[end:])
	if part == "S" {
		d.HasSACL, d.SACLFlags, d.SACL = true, flags, aces
		return rest, err
	}
	d.HasDACL, d.DACLFlags, d.DACL = true, flags, aces
	d.NoDACL = strings.Contains(flags, "NO_ACCESS_CONTROL")
	d.Protected = strings.Contains(strings.ReplaceAll(flags, "NO_ACCESS_CONTROL", ""), "P")
	return rest, err
}

// cutPrincipal takes a SID or an alias from the beginning.
func cutPrincipal(s string) (who, rest string) {
	if strings.HasPrefix(s, "S-1-") {
		end := 4
		for end < len(s) && (s[end] == '-' || s[end] >= '0' && s[end] <= '9' || s[end] == 'x' ||
			s[end] >= 'a' && s[end] <= 'f' || s[end] >= 'A' && s[end] <= 'F') {
			// A letter that a colon follows begins the next part: G: D: S:
			if end+1 < len(s) && s[end+1] == ':' {
				break
			}
			end++
		}
		return s[:end], s[end:]
	}
	if len(s) < 2 {
		return "", s
	}
	return s[:2], s[2:]
}

func sddlSID(who string) string {
	if sid := sidOf(who); sid != "" {
		return sid
	}
	return sddlAliases[strings.ToUpper(who)]
}

func readACEs(s string) (aces []ACE, rest string, err error) {
	for strings.HasPrefix(s, "(") {
		if len(aces) >= mostACEs {
			return aces, "", fmt.Errorf("more than %d entries", mostACEs)
		}
		end, err := closing(s)
		if err != nil {
			return aces, "", fmt.Errorf("entry %d: %w", len(aces)+1, err)
		}
		ace, err := readACE(s[1:end])
		if err != nil {
			return aces, "", fmt.Errorf("entry %d %s: %w", len(aces)+1, excerpt(s[:end+1]), err)
		}
		aces = append(aces, ace)
		s = s[end+1:]
	}
	return aces, s, nil
}

// closing finds the parenthesis that closes the first one, over the parentheses and
// strings of a condition.
func closing(s string) (int, error) {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case quoted:
		case s[i] == '(':
			if depth++; depth > mostDepth {
				return 0, fmt.Errorf("parentheses are more than %d deep", mostDepth)
			}
		case s[i] == ')':
			if depth--; depth == 0 {
				return i, nil
			}
		}
	}
	return 0, errors.New("is cut off")
}

var sddlTypes = map[string]ACEType{
	"A": Allow, "XA": Allow, "OA": Allow, "D": Deny, "XD": Deny, "OD": Deny,
	"AU": Audit, "AL": Audit, "OU": Audit, "OL": Audit, "XU": Audit, "ML": Label,
}

// readACE reads type;flags;rights;object;inherited object;SID[;condition].
func readACE(s string) (ACE, error) {
	f := strings.SplitN(s, ";", 7)
	if len(f) < 6 {
		return ACE{}, fmt.Errorf("has %d parts, not 6", len(f))
	}
	for i := range f[:6] {
		f[i] = strings.TrimSpace(f[i])
	}
	a := ACE{Principal: f[5], SID: sddlSID(f[5]), Rights: f[2]}
	if a.Principal == "" {
		return a, errors.New("names nobody")
	}
	var extra []string
	kind := strings.ToUpper(f[0])
	a.Type = sddlTypes[kind]
	if a.Type == "" {
		a.Type = Other
	}
	if kind != "A" && kind != "D" && kind != "AU" && kind != "ML" {
		extra = append(extra, "type "+kind)
	}
	left, err := a.flags(strings.ToUpper(f[1]))
	if err != nil {
		return a, err
	}
	extra = append(extra, left...)
	if a.Mask, err = sddlMask(f[2]); err != nil {
		return a, err
	}
	for i, name := range []string{"object ", "inherited object "} {
		if f[3+i] != "" {
			extra = append(extra, name+fold(f[3+i]))
		}
	}
	if len(f) == 7 {
		extra = append(extra, "condition "+f[6])
	}
	a.Extra = strings.Join(extra, "; ")
	return a, nil
}

// flags reads the two-letter flags; those that are not of inheritance are given back.
func (a *ACE) flags(s string) (left []string, err error) {
	for ; s != ""; s = s[2:] {
		if len(s) < 2 {
			return left, fmt.Errorf("flags end in %q", s)
		}
		switch s[:2] {
		case "OI":
			a.ObjectInherit = true
		case "CI":
			a.ContainerInherit = true
		case "IO":
			a.InheritOnly = true
		case "NP":
			a.NoPropagate = true
		case "ID":
			a.Inherited = true
		case "SA", "FA", "CR", "TP":
			left = append(left, "flag "+s[:2])
		default:
			return left, fmt.Errorf("flag %q is not known", s[:2])
		}
	}
	return left, nil
}

func sddlMask(s string) (uint32, error) {
	if s == "" {
		return 0, nil
	}
	if s[0] >= '0' && s[0] <= '9' {
		n, err := strconv.ParseUint(s, 0, 32)
		if err != nil {
			return 0, fmt.Errorf("rights %q are not a mask", excerpt(s))
		}
		return uint32(n), nil
	}
	var mask uint32
	for rest := strings.ToUpper(s); rest != ""; rest = rest[2:] {
		if len(rest) < 2 {
			return 0, fmt.Errorf("rights end in %q", rest)
		}
		bits, ok := sddlRights[rest[:2]]
		if !ok {
			return 0, fmt.Errorf("right %q is not known", rest[:2])
		}
		mask |= bits
	}
	return mask, nil
}
