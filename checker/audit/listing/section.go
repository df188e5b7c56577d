package listing

import (
	"path"
	"regexp"
	"strings"
)

// section is the part of a file that one command printed. A file without prompts is
// one section.
type section struct {
	command string
	at      line // the line of the command; of no number if there is none
	lines   []line
	open    bool // the end may be missing
}

// first gives the first line with text.
func (s section) first() (line, bool) {
	for _, l := range s.lines {
		if !l.blank() {
			return l, true
		}
	}
	return line{}, false
}

func (s section) text() string {
	var b strings.Builder
	for _, l := range s.lines {
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String()
}

// words splits the command up to a pipe, with quotes taken off.
func (s section) words() []string {
	command := s.command
	if len(command) > 8192 {
		return nil
	}
	var words []string
	var word strings.Builder
	var quote rune
	some := false
	flush := func() {
		if some {
			words = append(words, word.String())
		}
		word.Reset()
		some = false
	}
	for _, c := range command {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '"' || c == '\'':
			quote, some = c, true
		case c == ' ' || c == '\t':
			flush()
		case c == '|':
			flush()
			return words
		default:
			word.WriteRune(c)
			some = true
		}
	}
	flush()
	return words
}

// args gives the arguments of a tool, without its switches; nil if the command is
// of another tool.
func (s section) args(tool string) []string {
	words := s.words()
	if len(words) == 0 || toolName(words[0]) != tool {
		return nil
	}
	args := []string{}
	for _, w := range words[1:] {
		if !strings.HasPrefix(w, "/") && !strings.HasPrefix(w, "-") {
			args = append(args, w)
		}
	}
	return args
}

// option gives what follows a switch of PowerShell: -SID S-1-5-32-544.
func (s section) option(name string) string {
	words := s.words()
	for i := 1; i+1 < len(words); i++ {
		if strings.EqualFold(words[i], "-"+name) {
			return words[i+1]
		}
	}
	return ""
}

func (s section) hasFlag(flag string) bool {
	for _, w := range s.words() {
		if strings.EqualFold(w, flag) {
			return true
		}
	}
	return false
}

func toolName(word string) string {
	name := fold(path.Base(strings.ReplaceAll(word, `\`, "/")))
	return strings.TrimSuffix(name, ".exe")
}

var (
	promptLine = regexp.MustCompile(`^(?:(?:PS )?[A-Za-z]:[^<>|"]*>|PS>|>) *(\S.*)$`)
	bareLine   = regexp.MustCompile(`(?i)^(?:icacls \S|net (?:user|localgroup)\b|certutil .*-store|sc(?:\.exe)? (?:query|qc)\b|` +
		`schtasks /query|reg (?:query|export) |secedit /export|netsh advfirewall |get-(?:localuser|localgroup|localgroupmember|netfirewallrule)\b)`)
)

// command reads a line on which a command was typed: after the prompt of a console,
// or alone, as people copy it.
func commandOf(l line) (string, bool) {
	if len(l.text) > 8192 {
		return "", false
	}
	if m := promptLine.FindStringSubmatch(l.text); m != nil {
		return m[1], true
	}
	if bareLine.MatchString(l.text) {
		if _, entry := parseICACLS(l.text); !entry {
			return l.text, true
		}
	}
	return "", false
}

// sections splits a transcript where commands were typed.
func (r *reader) sections() []section {
	all := []section{{command: r.command}}
	for _, l := range r.lines {
		last := &all[len(all)-1]
		if command, ok := commandOf(l); ok && len(all) < 10_000 {
			r.take(l)
			all = append(all, section{command: command, at: l})
			continue
		}
		last.lines = append(last.lines, l)
	}
	all[len(all)-1].open = r.cut
	return all
}

var (
	jsonStart = regexp.MustCompile(`^(?:\{|\[\s*$|\[\s*[\[\]{"])`)
	xmlStart  = regexp.MustCompile(`^(?:<\?xml|<Tasks?[\s>]|<!-- \\)`)
)

// run reads the file: as one listing if its beginning shows a format that is a file
// of its own, or else section by section.
func (r *reader) run() {
	whole := section{command: r.command, lines: r.lines, open: r.cut}
	if r.document(whole) {
		return
	}
	for _, s := range r.sections() {
		if !r.document(s) {
			r.console(s)
		}
	}
}

// document reads formats that have a beginning of their own.
func (r *reader) document(s section) bool {
	l, ok := s.first()
	if !ok {
		return false
	}
	text := strings.TrimSpace(l.text)
	switch {
	case jsonStart.MatchString(text):
		r.json(s)
	case xmlStart.MatchString(text):
		r.tasks(s)
	case isReg(s.lines):
		r.reg(s)
	case isSecedit(s.lines):
		r.secedit(s)
	case isSave(s.lines):
		r.save(s)
	default:
		return false
	}
	return true
}

// console reads what a command printed, by what the lines look like; the command
// only decides where looks do not.
func (r *reader) console(s section) {
	words := s.words()
	tool := ""
	if len(words) > 0 {
		tool = toolName(words[0])
	}
	switch {
	case isCertutil(s):
		r.certutil(s)
	case isNetsh(s):
		r.netsh(s)
	case isSC(s):
		r.sc(s)
	case isFieldList(s, tool):
		r.fieldList(s)
	case tool == "get-localgroupmember", tool == "get-localuser":
		r.table(s, tool)
	case isRegQuery(s), tool == "reg":
		r.regQuery(s)
	case isICACLS(s), tool == "icacls":
		r.icacls(s)
	case hasRights(s):
		r.rights(s)
	default:
		r.net(s)
	}
}
