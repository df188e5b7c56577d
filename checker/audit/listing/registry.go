package listing

import (
	"regexp"
	"strconv"
	"strings"
)

// userList is the key whose values hide accounts from the sign-in screen. A value's
// name is the account, DWORD 0 hides it and 1 shows it. A $ at the end of a name
// hides an account from net user, not from the sign-in screen.
const userList = `\microsoft\windows nt\currentversion\winlogon\specialaccounts\userlist`

// addValue keeps a value of the registry, and what it says of an account.
func (r *reader) addValue(key, name, kind, value string, origin Origin) {
	id := keyID(key)
	shown := name
	if name == "" {
		shown = "@"
	}
	r.add(Entity{Kind: RegistryValue, Name: key + `\` + shown, Origin: origin,
		Facts: facts(origin, "data", value, "type", kind),
		id:    id + "\x00" + fold(name), scope: id})
	view, ok := userListView(id)
	if !ok || name == "" {
		return
	}
	e := Entity{Kind: HiddenAccount, Name: name, Origin: origin, id: view + "\x00" + fold(name), scope: id}
	e.Facts = facts(origin, "data", value, "type", kind, "view", view)
	switch {
	case kind == "REG_DWORD" && value == "0":
		e.Facts = append(e.Facts, Fact{"hidden", "true", origin})
	case kind == "REG_DWORD" && value == "1":
		e.Facts = append(e.Facts, Fact{"hidden", "false", origin})
	default:
		e.Caveats = []string{"only DWORD 0 (hidden) and 1 (shown) are documented: this value says neither"}
	}
	r.add(e)
}

// userListView reports whether a key is the UserList, and of which view.
func userListView(id string) (string, bool) {
	rest, ok := strings.CutPrefix(id, `hklm\software`)
	if !ok {
		return "", false
	}
	if rest == userList {
		return "64-bit", true
	}
	if rest == `\wow6432node`+userList {
		return "Wow6432Node", true
	}
	return "", false
}

// keyID folds the path of a key: hives by their short names.
func keyID(key string) string {
	key = fold(strings.Trim(strings.TrimSpace(key), `\"`))
	for _, hive := range [][2]string{{"hkey_local_machine", "hklm"}, {"hkey_current_user", "hkcu"},
		{"hkey_users", "hku"}, {"hkey_classes_root", "hkcr"}, {"hkey_current_config", "hkcc"}} {
		if rest, ok := strings.CutPrefix(key, hive[0]); ok {
			return hive[1] + rest
		}
	}
	return key
}

// under reports whether an id is a scope or below it.
func under(id, scope string) bool {
	return strings.HasPrefix(id, scope) && (len(id) == len(scope) || id[len(scope)] == '\\' || strings.HasSuffix(scope, `\`))
}

// reg query KEY, console text: the key's whole path on a line, then its values with
// four spaces before and between name, type and data. (Microsoft's reg query page.)
//
// Limits. A value whose name holds four spaces and a type's name is misread. Data
// that is longer than a line is cut by some tools, not by reg. Without /s only the
// one key is shown; its subkeys are then only named.

var queryValue = regexp.MustCompile(`^ {4}(.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$`)

func isRegQuery(s section) bool {
	for _, l := range s.lines {
		if strings.HasPrefix(l.text, "HKEY_") && keyID(l.text) != l.text {
			return true
		}
	}
	return false
}

func (r *reader) regQuery(s section) {
	r.format("reg query")
	words := s.args("reg")
	key, values := "", 0
	if len(words) >= 2 {
		key = words[1]
	}
	asked, single := key, s.hasFlag("/v")
	for _, l := range s.lines {
		m := queryValue.FindStringSubmatch(l.text)
		switch {
		case l.blank():
		case strings.HasPrefix(l.text, "HKEY_"):
			key = l.text
			origin := r.take(l)
			r.add(Entity{Kind: RegistryKey, Name: key, Origin: origin, id: keyID(key), scope: keyID(key)})
		case m != nil && key != "":
			values++
			origin := r.take(l)
			r.addValue(key, defaultName(m[1]), m[2], queryData(m[2], m[3]), origin)
		case notInRegistry(l.text) && asked != "" && !single:
			r.coverKey(asked, r.take(l))
		}
	}
	if asked == "" || single || s.open || values == 0 {
		return
	}
	for _, kind := range []Kind{RegistryValue, HiddenAccount} {
		r.cover(Coverage{Kind: kind, Scope: keyID(asked), Tree: s.hasFlag("/s"), Origin: r.take(s.at)})
	}
}

func defaultName(name string) string {
	switch name {
	case "(既定)", "(Default)", "(default)":
		return ""
	}
	return name
}

// queryData gives data the form that an export gives it.
func queryData(kind, data string) string {
	if kind == "REG_DWORD" || kind == "REG_QWORD" {
		if n, err := strconv.ParseUint(strings.TrimSpace(data), 0, 64); err == nil {
			return strconv.FormatUint(n, 10)
		}
	}
	if kind == "REG_MULTI_SZ" {
		return strings.ReplaceAll(data, `\0`, "\n")
	}
	if kind == "REG_BINARY" {
		return fold(data)
	}
	return data
}

// notInRegistry knows the words of reg for a key that is not there.
func notInRegistry(s string) bool {
	return strings.Contains(s, "指定されたレジストリ キーまたは値が見つかりません") ||
		strings.Contains(s, "unable to find the specified registry key or value")
}
