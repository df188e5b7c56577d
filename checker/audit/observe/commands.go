package observe

import (
	"regexp"
	"slices"
	"strings"
)

// A record of an account, a service, a task or a rule often names no process. What asked
// for it is then known only from the command line of one of Windows' own tools. Such a line
// counts if it is that of the tool's own process, never that of a shell which was told to
// start it: the tool has a record of its own, and "echo net user x /add" has none. It is
// read as the tool reads it; what is not certain to be read so asks for nothing.
// Sources: Microsoft's reference of net user, net localgroup, sc create, schtasks /create,
// netsh advfirewall, and of the cmdlets named below.

// ask is one thing that a command asks for. All texts are in lower case.
type ask struct {
	action string // of an observation: account.create, …
	name   string
	domain string // that the command names before an account, "" if none
	group  string // of group.add and group.remove
}

// asks reads what the command line of a process asks for, on the machine on which it runs.
func asks(image, line string) []ask {
	read := readerOf(image)
	if read == nil {
		return nil
	}
	args := argv(line)
	if len(args) < 2 || toolName(args[0]) != toolName(image) {
		return nil
	}
	var named []ask
	for _, a := range read(args[1:]) {
		if states(a.name) && (a.group == "" || states(a.group)) {
			named = append(named, ask{a.action, strings.ToLower(a.name), strings.ToLower(a.domain), strings.ToLower(a.group)})
		}
	}
	return named
}

// readerOf gives what reads the commands of a tool, or nil if nothing does.
func readerOf(image string) func(args []string) []ask {
	switch toolName(image) {
	case "net", "net1":
		return netAsks
	case "sc":
		return scAsks
	case "schtasks":
		return schtasksAsks
	case "netsh":
		return netshAsks
	case "powershell":
		return powershellAsks
	case "pwsh":
		return pwshAsks
	default:
		return nil
	}
}

// toolName is the name of a program without its folder and .exe.
func toolName(image string) string {
	return strings.TrimSuffix(strings.ToLower(baseName(image)), ".exe")
}

// variable finds what a shell would have replaced. A $ at the end is a part of many names.
var variable = regexp.MustCompile(`%[^%]+%|\$.`)

// states reports whether a value names something.
func states(value string) bool { return value != "" && !variable.MatchString(value) }

// argv splits a command line as Windows' C runtime does: at blanks outside of
// quotation marks, with backslashes that escape only before a quotation mark.
func argv(line string) []string {
	var args []string
	var b strings.Builder
	quoted, within := false, false
	for i := 0; i < len(line); i++ {
		switch ch := line[i]; {
		case ch == '\\' && len(args) > 0: // the program's own name has no escapes
			n := 1
			for i+n < len(line) && line[i+n] == '\\' {
				n++
			}
			within = true
			if i+n < len(line) && line[i+n] == '"' {
				b.WriteString(strings.Repeat(`\`, n/2))
				if n%2 == 1 {
					b.WriteByte('"')
					n++
				}
			} else {
				b.WriteString(strings.Repeat(`\`, n))
			}
			i += n - 1
		case ch == '"' && quoted && len(args) > 0 && i+1 < len(line) && line[i+1] == '"':
			b.WriteByte('"')
			i++
		case ch == '"':
			quoted, within = !quoted, true
		case (ch == ' ' || ch == '\t') && !quoted:
			if within {
				args = append(args, b.String())
				b.Reset()
				within = false
			}
		default:
			b.WriteByte(ch)
			within = true
		}
	}
	if within {
		args = append(args, b.String())
	}
	return args
}

// netAsks reads net user NAME [PASSWORD|*] /add and /delete, and net localgroup GROUP
// NAME… /add and /delete. Options stand anywhere; with /domain they are for another machine.
func netAsks(args []string) []ask {
	var words []string
	var add, remove bool
	for _, arg := range args {
		option := strings.ToLower(arg)
		switch {
		case slices.Contains([]string{"&", "&&", "|", "||", ">", ">>", "<"}, arg):
			return nil // it was meant for a shell
		case option == "/add":
			add = true
		case option == "/delete" || option == "/del":
			remove = true
		case strings.HasPrefix(option, "/do"), strings.HasPrefix(option, "/?"), strings.HasPrefix(option, "/help"):
			return nil
		case !strings.HasPrefix(option, "/"):
			words = append(words, arg)
		}
	}
	if add == remove || len(words) < 2 {
		return nil
	}
	switch strings.ToLower(words[0]) {
	case "user", "users":
		if add && len(words) <= 3 {
			return []ask{{action: "account.create", name: words[1]}}
		}
		if remove && len(words) == 2 {
			return []ask{{action: "account.delete", name: words[1]}}
		}
	case "localgroup":
		return members(map[bool]string{true: "group.add", false: "group.remove"}[add], words[1], words[2:])
	}
	return nil
}

// members asks for each of several accounts, which can have a domain before them.
func members(action, group string, names []string) []ask {
	var all []ask
	for _, name := range names {
		domain, account, ok := strings.Cut(name, `\`)
		if !ok {
			domain, account = "", name
		}
		all = append(all, ask{action: action, name: account, domain: domain, group: group})
	}
	return all
}

// scAsks reads sc create NAME …; sc \\server create … is for another machine.
func scAsks(args []string) []ask {
	if len(args) < 2 || !strings.EqualFold(args[0], "create") {
		return nil
	}
	return []ask{{action: "service.create", name: args[1]}}
}

// schtasksAsks reads schtasks /create … /tn NAME; with /s it is for another machine. What
// follows an option is its value, unless it is an option itself.
func schtasksAsks(args []string) []ask {
	isOption := func(arg string) bool { return strings.HasPrefix(arg, "/") || strings.HasPrefix(arg, "-") }
	create, name := false, ""
	for i := 0; i < len(args); i++ {
		if !isOption(args[i]) {
			return nil
		}
		value := ""
		option := strings.ToLower(args[i][1:])
		if i+1 < len(args) && !isOption(args[i+1]) {
			i++
			value = args[i]
		}
		switch option {
		case "create":
			create = value == ""
		case "tn":
			if name != "" {
				return nil
			}
			name = value
		case "s", "?":
			return nil
		}
	}
	if !create {
		return nil
	}
	return []ask{{action: "task.create", name: strings.TrimPrefix(name, `\`)}}
}

// netshAsks reads netsh advfirewall firewall add rule … name=NAME.
func netshAsks(args []string) []ask {
	if len(args) < 5 || !strings.EqualFold(strings.Join(args[:4], " "), "advfirewall firewall add rule") {
		return nil
	}
	name := ""
	for _, arg := range args[4:] {
		if key, value, ok := strings.Cut(arg, "="); ok && strings.EqualFold(key, "name") {
			if name != "" {
				return nil
			}
			name = value
		}
	}
	return []ask{{action: "firewall_rule.create", name: name}}
}
