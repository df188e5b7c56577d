package observe

import (
	"slices"
	"strings"
)

// powershellAsks reads the command that Windows PowerShell is given; without -Command what
// follows its own options is the command too.
func powershellAsks(args []string) []ask { return shellAsks(args, true) }

// pwshAsks reads the command that PowerShell 6 and later is given; what follows its own
// options without -Command is a file.
func pwshAsks(args []string) []ask { return shellAsks(args, false) }

// shellAsks passes over the options of PowerShell. A file and a command in Base64 are not read.
func shellAsks(args []string, bare bool) []ask {
	for i := 0; i < len(args); i++ {
		option := strings.ToLower(args[i])
		switch {
		case slices.Contains([]string{"-command", "-c", "/c", "/command"}, option):
			return cmdletAsks(strings.Join(args[i+1:], " "))
		case slices.Contains([]string{"-noprofile", "-nop", "-nologo", "-noninteractive", "-noni", "-noexit", "-sta", "-mta"}, option):
		case slices.Contains([]string{"-executionpolicy", "-ep", "-ex", "-exec", "-windowstyle", "-w", "-inputformat", "-outputformat", "-version"}, option):
			i++
		case bare && !strings.HasPrefix(option, "-") && !strings.HasPrefix(option, "/"):
			return cmdletAsks(strings.Join(args[i:], " "))
		default:
			return nil
		}
	}
	return nil
}

// cmdlet is how one is called: the parameters that are read, in the order in which they can
// stand without their names.
type cmdlet struct {
	action     string
	parameters []string
	positional int
}

var cmdlets = map[string]cmdlet{
	"new-localuser":           {"account.create", []string{"name"}, 1},
	"remove-localuser":        {"account.delete", []string{"name"}, 1},
	"add-localgroupmember":    {"group.add", []string{"group", "member"}, 2},
	"remove-localgroupmember": {"group.remove", []string{"group", "member"}, 2},
	"new-service":             {"service.create", []string{"name", "binarypathname"}, 2},
	"register-scheduledtask":  {"task.create", []string{"taskname", "taskpath"}, 2},
	"new-netfirewallrule":     {"firewall_rule.create", []string{"displayname"}, 0},
}

// cmdletAsks reads one simple command. What a pipeline, a block, a variable or several
// commands do is not known from their text.
func cmdletAsks(text string) []ask {
	words, ok := cmdletWords(text)
	if !ok || len(words) < 2 {
		return nil
	}
	called, ok := cmdlets[strings.ToLower(words[0].first())]
	if !ok {
		return nil
	}
	given, ok := called.given(words[1:])
	if !ok {
		return nil
	}
	one := func(name string) string {
		if values := given[name]; len(values) == 1 {
			return values[0]
		}
		return ""
	}
	switch called.action {
	case "group.add", "group.remove":
		return members(called.action, one("group"), given["member"])
	case "account.delete":
		var all []ask
		for _, name := range given["name"] {
			all = append(all, ask{action: called.action, name: name})
		}
		return all
	case "task.create":
		folder := strings.Trim(one("taskpath"), `\`)
		return []ask{{action: called.action, name: strings.TrimPrefix(folder+`\`+strings.TrimPrefix(one("taskname"), `\`), `\`)}}
	default:
		return []ask{{action: called.action, name: one(called.parameters[0])}}
	}
}

// given finds the values of the parameters. What follows a parameter that is not known here
// could be its value or stand for itself: it counts as its value. Parameters for another
// machine, or that only ask what would be done, make the command ask for nothing.
func (c cmdlet) given(words []cmdletWord) (map[string][]string, bool) {
	given := map[string][]string{}
	var bare [][]string
	for i := 0; i < len(words); i++ {
		if !words[i].parameter {
			bare = append(bare, words[i].values)
			continue
		}
		name, value, joined := strings.Cut(strings.ToLower(words[i].first()[1:]), ":")
		if slices.Contains([]string{"computername", "cimsession", "whatif", "?"}, name) {
			return nil, false
		}
		var values []string
		switch {
		case joined && value != "":
			_, value, _ = strings.Cut(words[i].first(), ":")
			values = append([]string{value}, words[i].values[1:]...)
		case i+1 < len(words) && !words[i+1].parameter:
			i++
			values = words[i].values
		}
		if _, twice := given[name]; twice {
			return nil, false
		}
		given[name] = values
	}
	for _, name := range c.parameters[:c.positional] {
		if _, named := given[name]; !named && len(bare) > 0 {
			given[name], bare = bare[0], bare[1:]
		}
	}
	return given, true
}

// cmdletWord is a word of a command: one value, or several between commas. What stands in
// parentheses is a value that names nothing.
type cmdletWord struct {
	values    []string
	parameter bool // it begins with - and is not in quotes
}

func (w cmdletWord) first() string { return w.values[0] }

// cmdletWords splits a simple command, and reports whether it is one. Quotation marks and
// dashes of print are the same as plain ones to PowerShell: such a command is not read.
func cmdletWords(text string) ([]cmdletWord, bool) {
	if strings.ContainsAny(text, "‘’‚‛“”„–—―") {
		return nil, false
	}
	var words []cmdletWord
	rest := strings.TrimSpace(text)
	for rest != "" {
		w := cmdletWord{parameter: len(rest) > 1 && rest[0] == '-'}
		for {
			value, after, ok := cmdletValue(rest)
			if !ok {
				return nil, false
			}
			w.values = append(w.values, value)
			rest = strings.TrimLeft(after, " \t")
			if !strings.HasPrefix(rest, ",") {
				// Two texts that touch are one word to PowerShell in some places only.
				if rest == after && rest != "" {
					return nil, false
				}
				break
			}
			rest = strings.TrimLeft(rest[1:], " \t")
		}
		words = append(words, w)
	}
	return words, true
}

// cmdletValue takes one value from the beginning of a text.
func cmdletValue(text string) (value, after string, ok bool) {
	const special = ";|{}&$`<>@#\r\n"
	if text == "" {
		return "", "", false
	}
	switch quote := text[0]; quote {
	case '\'', '"':
		end := strings.IndexByte(text[1:], quote)
		if end < 0 || quote == '"' && strings.ContainsAny(text[1:end+1], "$`") || strings.HasPrefix(text[end+2:], string(quote)) {
			return "", "", false
		}
		return text[1 : end+1], text[end+2:], true
	case '(':
		end := closing(text)
		if end < 0 || strings.ContainsAny(text[:end], special) {
			return "", "", false
		}
		return "", text[end+1:], true
	}
	end := strings.IndexAny(text, " \t,")
	if end < 0 {
		end = len(text)
	}
	if value = text[:end]; value == "" || strings.ContainsAny(value, special+`'"()`) {
		return "", "", false
	}
	return value, text[end:], true
}

// closing is where the parenthesis ends with which a text begins, or -1.
func closing(text string) int {
	depth := 0
	var quote rune
	for i, r := range text {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
