package observe

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"jobun/checker/audit"
)

// tree knows the processes of the subject, and no others: those found by image,
// hash or signer, and those that such a process started. A process is known by
// Sysmon's GUID, or by its id until the id is used again, the process ends, or the
// machine starts anew.
type tree struct {
	subject  Subject
	byGUID   map[string]*process
	byPID    map[string]*process
	denied   map[string]bool // GUIDs of processes whose hash is not the subject's
	commands []command
	last     time.Time
	full     bool
	lines    int  // bytes of the commands
	overflow bool // there are more denied than are known
}

// process is one process of the subject.
type process struct {
	image, pid  string
	basis, note string
	from        string // the processes from the subject's own down to this one
	root        string // why the first of them is the subject's
}

// command is a command line of the subject's, which can name what came of it.
type command struct {
	computer, logon string
	at              time.Time
	line            string // lower case
	locator         string // where the record of the command is; the line itself can hold a password
}

const (
	mostProcesses = 100_000
	mostLines     = 16 << 20
)

func newTree(s Subject) *tree {
	return &tree{subject: s, byGUID: map[string]*process{}, byPID: map[string]*process{}, denied: map[string]bool{}}
}

// start is what a record says of a process that started.
type start struct {
	guid, pid, image, sha256, line, logon string
	parentGUID, parentPID, parentImage    string
}

// started takes a process and reports whether it is the subject's.
func (t *tree) started(e *event, s start, member string) *process {
	// Records that go back in time, as in a log that wrapped around, begin anew: an
	// id could have been used again in between.
	if e.Time.Before(t.last.Add(-time.Minute)) {
		clear(t.byPID)
	}
	t.last = e.Time
	key := pidKey(e.Computer, s.pid)
	delete(t.byPID, key)
	p := t.judge(e, s)
	if p == nil {
		if t.subject.denied(s.sha256) && s.guid != "" {
			t.deny(s)
		}
		return nil
	}
	if len(t.byGUID)+len(t.byPID) >= mostProcesses {
		t.full = true
		return nil
	}
	// Copies: what the record says is part of a larger text that need not stay.
	p.image, p.pid, p.note = strings.Clone(s.image), strings.Clone(s.pid), strings.Clone(p.note)
	if s.guid != "" {
		t.byGUID[strings.Clone(guidKey(s.guid))] = p
	} else {
		t.byPID[key] = p
	}
	if s.line != "" && len(t.commands) < mostProcesses {
		if t.lines += len(s.line); t.lines > mostLines {
			t.full = true
			return p
		}
		at, _ := e.when()
		t.commands = append(t.commands, command{
			strings.Clone(e.Computer), strings.Clone(strings.ToLower(s.logon)), at, strings.Clone(strings.ToLower(s.line)), e.locator(member),
		})
	}
	return p
}

// deny notes a process that has the subject's name, or could have its signature, and
// another hash.
func (t *tree) deny(s start) {
	if basis, _ := t.subject.is(s.image, ""); basis == "" && len(t.subject.Signers) == 0 {
		return
	}
	if len(t.denied) >= mostProcesses {
		t.full, t.overflow = true, true
		return
	}
	t.denied[strings.Clone(guidKey(s.guid))] = true
}

// judge says on what basis a process is the subject's, or nil.
func (t *tree) judge(e *event, s start) *process {
	if basis, note := t.subject.is(s.image, s.sha256); basis != "" {
		return &process{basis: basis, note: note}
	}
	parent := t.find(e.Computer, s.parentGUID, s.parentPID, s.parentImage)
	if parent != nil {
		return parent.child(s.image)
	}
	if s.parentGUID != "" && (t.denied[guidKey(s.parentGUID)] || t.overflow) {
		return nil
	}
	if basis, note := t.subject.is(s.parentImage, ""); basis != "" {
		return &process{basis: "process-tree", note: fmt.Sprintf("%s was started by the subject's %s", baseName(s.image), note)}
	}
	return nil
}

// child is a process that one of the subject's started.
func (p *process) child(image string) *process {
	c := &process{basis: "process-tree", from: p.from, root: p.root}
	if c.root == "" {
		c.root = p.note
	}
	step := baseName(p.image) + pidWords(p.pid)
	switch {
	case len(c.from) > 200: // the middle of a long chain is left out
	case c.from == "":
		c.from = step
	default:
		c.from += " → " + step
	}
	c.note = fmt.Sprintf("%s, started by %s; %s", baseName(image), c.from, c.root)
	return c
}

// find looks a process of the subject up: by its GUID, or by its id and image. An id
// without an image is not enough, for Windows uses ids again.
func (t *tree) find(computer, guid, pid, image string) *process {
	if guid != "" {
		return t.byGUID[guidKey(guid)]
	}
	p := t.byPID[pidKey(computer, pid)]
	if p == nil || image == "" || !sameFile(image, p.image) {
		return nil
	}
	return p
}

// ended forgets a process id.
func (t *tree) ended(computer, pid string) { delete(t.byPID, pidKey(computer, pid)) }

// booted forgets the ids of a machine.
func (t *tree) booted(computer string) {
	for key := range t.byPID {
		if strings.HasPrefix(key, strings.ToLower(computer)+"|") {
			delete(t.byPID, key)
		}
	}
}

// signed takes what Sysmon 7 says of the signature of a process's own image.
func (t *tree) signed(e *event) {
	image := e.get("Image")
	if image == "" || !strings.EqualFold(image, e.get("ImageLoaded")) || !strings.EqualFold(e.get("Signed"), "true") ||
		!strings.EqualFold(e.get("SignatureStatus"), "Valid") || !t.subject.signedBy(e.get("Signature")) {
		return
	}
	guid := guidKey(e.get("ProcessGuid"))
	if guid == "" || t.byGUID[guid] != nil || len(t.byGUID) >= mostProcesses {
		return
	}
	t.byGUID[strings.Clone(guid)] = &process{image: strings.Clone(image), pid: strings.Clone(e.get("ProcessId")), basis: "signer", note: "signed by " + e.get("Signature")}
}

// act attributes what a record says to the subject, or to nobody.
func (t *tree) act(e *event) *audit.Attribution {
	if !t.subject.Known() {
		return nil
	}
	guid, pid, image := e.get("ProcessGuid"), e.get("ProcessId"), e.image()
	if key := guidKey(guid); guid != "" && (t.denied[key] || t.overflow && t.byGUID[key] == nil) {
		return nil
	}
	if p := t.find(e.Computer, guid, pid, image); p != nil {
		return &audit.Attribution{To: "subject", Basis: p.basis, Note: cut(p.note, 400)}
	}
	if image == "" {
		return nil
	}
	if basis, note := t.subject.is(image, ""); basis != "" {
		return &audit.Attribution{To: "subject", Basis: basis, Note: cut(note, 400)}
	}
	return nil
}

func guidKey(guid string) string { return strings.ToLower(strings.Trim(guid, "{}")) }

func pidKey(computer, pid string) string { return strings.ToLower(computer) + "|" + pidText(pid) }

// pidWords says a process id in decimal, where there is one.
func pidWords(pid string) string {
	if pid == "" {
		return ""
	}
	return " (pid " + pidText(pid) + ")"
}

// pidText writes a process id in decimal: the Security log writes 0x1f4, others 500.
func pidText(pid string) string {
	if n, err := strconv.ParseUint(pid, 0, 64); err == nil {
		return strconv.FormatUint(n, 10)
	}
	return pid
}

// named finds a command of the subject's that asked for just what a record shows:
// the same machine, the words of the command, the name, the same logon where the record
// states one, and shortly before. The command alone would show nothing, and the time
// alone nothing either.
func (t *tree) named(s *seen) *audit.Attribution {
	for _, c := range t.commands {
		if !strings.EqualFold(c.computer, s.computer) || s.at.IsZero() || c.at.After(s.at) || s.at.Sub(c.at) > time.Minute {
			continue
		}
		// A record that states a logon is of that one only; a command of which none is
		// known could be of another.
		if s.logon != "" && c.logon != s.logon || !asksFor(c.line, s) {
			continue
		}
		return &audit.Attribution{To: "subject", Basis: "process-tree", Note: cut("a process of the subject ran the command that names it: "+c.locator, 400)}
	}
	return nil
}

// onOther finds a command that is for another machine than the one it runs on.
var onOther = regexp.MustCompile(`(?i)\bsc(\.exe)?"?\s+\\\\|\bnet1?(\.exe)?"?\s.*\s/do(m|ma|mai|main)?\b|\bschtasks(\.exe)?"?\s.*\s/s\s|\s-(computername|cimsession)\b`)

// asksFor reports whether a command line asks for what was seen, by name.
func asksFor(line string, s *seen) bool {
	words := commandWords(line)
	has := func(all ...string) bool {
		for _, w := range all {
			if !words[w] {
				return false
			}
		}
		return true
	}
	name := strings.ToLower(s.asked)
	if name == "" || !words[name] || onOther.MatchString(line) {
		return false
	}
	switch s.action {
	case "account.create":
		return has("user", "/add") || has("new-localuser")
	case "account.delete":
		return has("user", "/delete") || has("user", "/del") || has("remove-localuser")
	case "group.add", "group.remove":
		group := strings.ToLower(s.groupName)
		if group == "" || !words[group] {
			return false
		}
		if s.action == "group.add" {
			return has("localgroup", "/add") || has("add-localgroupmember")
		}
		return has("localgroup", "/delete") || has("localgroup", "/del") || has("remove-localgroupmember")
	case "service.create":
		return has("create") && (has("sc") || has("sc.exe")) || has("new-service")
	case "task.create":
		return has("/create") && (has("schtasks") || has("schtasks.exe")) || has("register-scheduledtask")
	case "firewall_rule.create":
		return has("advfirewall", "add") || has("new-netfirewallrule")
	default:
		return false
	}
}

// commandWords splits a command line at spaces and quotes, and takes name=value apart.
func commandWords(line string) map[string]bool {
	words := map[string]bool{}
	quoted := false
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			w := b.String()
			words[w] = true
			words[baseName(w)] = true
			if _, value, ok := strings.Cut(w, "="); ok {
				words[value] = true
			}
			words[strings.TrimPrefix(w, `\`)] = true
		}
		b.Reset()
	}
	for _, r := range line {
		switch {
		case r == '"' || r == '\'':
			quoted = !quoted
		case (r == ' ' || r == '\t') && !quoted:
			flush()
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return words
}
