package listing

import (
	"strconv"
	"strings"
)

// sddlAliases are the two-letter names of SDDL whose SID is the same on every
// machine ([MS-DTYP] 2.5.1.1 and 2.4.2.4). Those that depend on the machine or the
// domain (LA, LG, DA, DU, EA ...) are not here: they stay as written.
var sddlAliases = map[string]string{
	"AA": "S-1-5-32-579", "AC": "S-1-15-2-1", "AN": "S-1-5-7", "AO": "S-1-5-32-548",
	"AS": "S-1-18-1", "AU": "S-1-5-11", "BA": "S-1-5-32-544", "BG": "S-1-5-32-546",
	"BO": "S-1-5-32-551", "BU": "S-1-5-32-545", "CD": "S-1-5-32-574", "CG": "S-1-3-1",
	"CO": "S-1-3-0", "CY": "S-1-5-32-569", "ED": "S-1-5-9", "ER": "S-1-5-32-573",
	"ES": "S-1-5-32-576", "HA": "S-1-5-32-578", "HI": "S-1-16-12288", "IS": "S-1-5-32-568",
	"IU": "S-1-5-4", "LS": "S-1-5-19", "LU": "S-1-5-32-559", "LW": "S-1-16-4096",
	"ME": "S-1-16-8192", "MP": "S-1-16-8448", "MS": "S-1-5-32-577", "MU": "S-1-5-32-558",
	"NO": "S-1-5-32-556", "NS": "S-1-5-20", "NU": "S-1-5-2", "OW": "S-1-3-4",
	"PO": "S-1-5-32-550", "PS": "S-1-5-10", "PU": "S-1-5-32-547", "RA": "S-1-5-32-575",
	"RC": "S-1-5-12", "RD": "S-1-5-32-555", "RE": "S-1-5-32-552", "RM": "S-1-5-32-580",
	"RU": "S-1-5-32-554", "SI": "S-1-16-16384", "SO": "S-1-5-32-549", "SS": "S-1-18-2",
	"SU": "S-1-5-6", "SY": "S-1-5-18", "UD": "S-1-5-84-0-0-0-0-0", "WD": "S-1-1-0",
	"WR": "S-1-5-33",
}

// wellKnownNames are the English names of principals that Japanese Windows prints
// in English too (EVIDENCE 4.7, general knowledge), folded.
var wellKnownNames = map[string]string{
	"everyone": "S-1-1-0", "creator owner": "S-1-3-0", "creator group": "S-1-3-1",
	"owner rights":             "S-1-3-4",
	`nt authority\system`:      "S-1-5-18",
	`nt authority\interactive`: "S-1-5-4", `nt authority\network`: "S-1-5-2",
	`nt authority\service`: "S-1-5-6", `nt authority\batch`: "S-1-5-3",
	`nt authority\authenticated users`: "S-1-5-11", `nt authority\anonymous logon`: "S-1-5-7",
	`nt authority\local service`: "S-1-5-19", `nt authority\network service`: "S-1-5-20",
	`nt authority\restricted`: "S-1-5-12", `nt authority\self`: "S-1-5-10",
	`nt authority\local account`:                             "S-1-5-113",
	`nt service\trustedinstaller`:                            "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
	`nt service\all services`:                                "S-1-5-80-0",
	`builtin\administrators`:                                 "S-1-5-32-544",
	`builtin\users`:                                          "S-1-5-32-545",
	`builtin\guests`:                                         "S-1-5-32-546",
	`builtin\power users`:                                    "S-1-5-32-547",
	`builtin\backup operators`:                               "S-1-5-32-551",
	`builtin\remote desktop users`:                           "S-1-5-32-555",
	`application package authority\all application packages`: "S-1-15-2-1",
	`application package authority\all restricted application packages`: "S-1-15-2-2",
}

// groupNames are names of builtin groups in the languages in which they were met.
// A group that is known by its name alone is said to be so: anyone can make a group
// of such a name on a machine of another language.
var groupNames = map[string]string{
	"administrators": "S-1-5-32-544", "administratoren": "S-1-5-32-544",
	"administrateurs": "S-1-5-32-544", "administradores": "S-1-5-32-544",
	"users": "S-1-5-32-545", "guests": "S-1-5-32-546", "power users": "S-1-5-32-547",
	"backup operators": "S-1-5-32-551", "remote desktop users": "S-1-5-32-555",
	"remote management users": "S-1-5-32-580",
}

// groupSID gives the SID that a builtin group of the name has, if any.
func groupSID(name string) string {
	name = fold(name)
	return groupNames[strings.TrimPrefix(name, `builtin\`)]
}

// sidOf gives the SID that a text is, or "".
func sidOf(s string) string {
	s = strings.TrimSpace(s)
	if !isSID(s) {
		return ""
	}
	return strings.ToUpper(s)
}

// isSID reports whether a text is a whole SID: S-1- and at least two numbers.
func isSID(s string) bool {
	parts := strings.Split(s, "-")
	if len(parts) < 4 || len(parts) > 18 || !strings.EqualFold(parts[0], "S") || parts[1] != "1" {
		return false
	}
	for i, p := range parts[2:] {
		bits := 32
		if i == 0 {
			bits = 48
		}
		if _, err := strconv.ParseUint(p, 10, bits); err != nil {
			return false
		}
	}
	return true
}

// findSID finds the first SID inside a text and where it stands.
func findSID(s string) (sid string, at int) {
	for from := 0; ; {
		i := strings.Index(s[from:], "S-1-")
		if i < 0 {
			return "", -1
		}
		i += from
		end := i + 4
		for end < len(s) && (s[end] == '-' || s[end] >= '0' && s[end] <= '9') {
			end++
		}
		if isSID(s[i:end]) {
			return s[i:end], i
		}
		from = i + 4
	}
}
