package observe

import (
	"fmt"
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
	subject   Subject
	byGUID    map[string]*process
	byPID     map[string]*process
	denied    map[string]bool // GUIDs of processes whose hash is not the subject's
	shown     map[string]*shownHash
	sequences map[sequenceKey]*sequence
	sequence  *sequence // of the event that is being read; nil if it is of no log
	commands  []command
	exits     []exit
	kept      map[bool]int // commands, by whether they are the subject's own
	last      time.Time
	full      bool
	overflow  bool // there are more denied than are known
	unshown   bool // there are more images with hashes than are known
	lost      bool // there are more commands or ends of tools than are known
}

// process is one process of the subject.
type process struct {
	image, pid  string
	basis, note string
	from        string  // the processes from the subject's own down to this one
	root        string  // why the first of them is the subject's
	named       *byName // set if that is only its name or place
	sequence    *sequence
	gaps        int // of the sequence when it started
}

const mostProcesses = 100_000

func newTree(s Subject) *tree {
	return &tree{
		subject: s, byGUID: map[string]*process{}, byPID: map[string]*process{}, denied: map[string]bool{},
		shown: map[string]*shownHash{}, sequences: map[sequenceKey]*sequence{}, kept: map[bool]int{},
	}
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
	delete(t.byPID, pidKey(e.Computer, s.pid))
	t.shows(e.Computer, s.image, s.sha256)
	p := t.judge(e, s)
	if p == nil {
		if t.subject.denied(s.sha256) && s.guid != "" {
			t.deny(s)
		}
		t.ran(e, s, nil, member)
		return nil
	}
	if !t.follow(e, s, p) {
		return nil
	}
	t.ran(e, s, p, member)
	return p
}

// follow notes a process of the subject, if there is room.
func (t *tree) follow(e *event, s start, p *process) bool {
	if len(t.byGUID)+len(t.byPID) >= mostProcesses {
		t.full = true
		return false
	}
	// Copies: what the record says is part of a larger text that need not stay.
	p.image, p.pid, p.note = strings.Clone(s.image), strings.Clone(s.pid), strings.Clone(p.note)
	if s.guid != "" {
		t.byGUID[strings.Clone(guidKey(s.guid))] = p
		return true
	}
	if p.sequence = t.sequence; p.sequence != nil {
		p.gaps = p.sequence.gaps
	}
	t.byPID[pidKey(e.Computer, s.pid)] = p
	return true
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
		return &process{basis: basis, note: note, named: t.byName(basis, e.Computer, s.image, s.guid)}
	}
	parent := t.find(e, s.parentGUID, s.parentPID, s.parentImage)
	if parent != nil {
		return parent.child(s.image)
	}
	if s.parentGUID != "" && (t.denied[guidKey(s.parentGUID)] || t.overflow) {
		return nil
	}
	if basis, note := t.subject.is(s.parentImage, ""); basis != "" {
		return &process{
			basis: "process-tree", note: fmt.Sprintf("%s was started by the subject's %s", inQuotes(baseName(s.image)), note),
			named: t.byName(basis, e.Computer, s.parentImage, s.parentGUID),
		}
	}
	return nil
}

// child is a process that one of the subject's started.
func (p *process) child(image string) *process {
	c := &process{basis: "process-tree", from: p.from, root: p.root, named: p.named}
	if c.root == "" {
		c.root = p.note
	}
	step := inQuotes(baseName(p.image)) + pidWords(p.pid)
	switch {
	case len(c.from) > 200: // the middle of a long chain is left out
	case c.from == "":
		c.from = step
	default:
		c.from += " → " + step
	}
	c.note = fmt.Sprintf("%s, started by %s; %s", inQuotes(baseName(image)), c.from, c.root)
	return c
}

// find looks a process of the subject up: by its GUID, or by its id and image. An id
// without an image is not enough, for Windows uses ids again.
func (t *tree) find(e *event, guid, pid, image string) *process {
	if guid != "" {
		return t.byGUID[guidKey(guid)]
	}
	p := t.byPID[pidKey(e.Computer, pid)]
	if p == nil || image == "" || !sameFile(image, p.image) || !p.still() {
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
	t.byGUID[strings.Clone(guid)] = &process{image: strings.Clone(image), pid: strings.Clone(e.get("ProcessId")), basis: "signer", note: "signed by " + inQuotes(e.get("Signature"))}
}

// whose is the process of the subject that a record names, or nil.
func (t *tree) whose(e *event) *process {
	if !t.subject.Known() {
		return nil
	}
	guid, pid, image := e.get("ProcessGuid"), e.get("ProcessId"), e.image()
	if key := guidKey(guid); guid != "" && (t.denied[key] || t.overflow && t.byGUID[key] == nil) {
		return nil
	}
	if p := t.find(e, guid, pid, image); p != nil {
		return p
	}
	if basis, note := t.subject.is(image, ""); basis != "" {
		return &process{image: image, basis: basis, note: note, named: t.byName(basis, e.Computer, image, guid)}
	}
	return nil
}

// attributed writes on what basis an act is the subject's.
func attributed(p *process) *audit.Attribution {
	return &audit.Attribution{To: "subject", Basis: p.basis, Note: cut(p.note, 400)}
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
