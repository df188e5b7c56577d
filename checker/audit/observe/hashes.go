package observe

import (
	"slices"
	"strings"
)

// A record that states no hash, as 4688, shows only that an image has the name of the
// subject. Whether it is the subject's another record can say, in another file too: one that
// shows the same image with a hash.

// byName is an image of which only the name or the place says that it is the subject's.
type byName struct{ computer, image, guid string }

// shownHash is what the records of a file show of an image that has the subject's name.
type shownHash struct {
	computer, image string
	subject, other  bool // it was shown with the subject's hash, with another
}

// byName remembers what an attribution rests on, if hashes are known that can speak
// against it.
func (t *tree) byName(basis, computer, image, guid string) *byName {
	if basis != "image" || len(t.subject.SHA256) == 0 {
		return nil
	}
	return &byName{strings.Clone(computer), strings.Clone(image), strings.Clone(guidKey(guid))}
}

// shows takes a record of the hash of an image.
func (t *tree) shows(computer, image, sha256 string) {
	if sha256 == "" || len(t.subject.SHA256) == 0 {
		return
	}
	if basis, _ := t.subject.is(image, ""); basis == "" {
		return
	}
	key := strings.ToLower(computer + "|" + image)
	s := t.shown[key]
	if s == nil {
		if len(t.shown) >= mostProcesses {
			t.full, t.unshown = true, true
			return
		}
		s = &shownHash{computer: strings.Clone(computer), image: strings.Clone(image)}
		t.shown[key] = s
	}
	if t.subject.denied(sha256) {
		s.other = true
	} else {
		s.subject = true
	}
}

// hashOf takes what Sysmon says of the hash of a file: of an image that is loaded, or of a
// file that is made or deleted.
func (c *collector) hashOf(e *event, file string) {
	hashes := e.get("Hashes") + e.get("Hash")
	c.tree.shows(e.Computer, file, hashIn(hashes, "SHA256"))
}

// knownHashes is what all files together show of images that have the subject's name.
type knownHashes struct {
	denied   map[string]bool // GUIDs
	shown    map[string][]*shownHash
	overflow bool // there are more denied than are known
	unshown  bool // there are more images with hashes than are known
	decided  map[byName]bool
}

func hashesOf(readings []*reading) *knownHashes {
	k := &knownHashes{denied: map[string]bool{}, shown: map[string][]*shownHash{}, decided: map[byName]bool{}}
	for _, r := range readings {
		k.overflow = k.overflow || r.tree.overflow
		k.unshown = k.unshown || r.tree.unshown
		for guid := range r.tree.denied {
			k.denied[guid] = true
		}
		for _, s := range r.tree.shown {
			name := strings.ToLower(baseName(s.image))
			k.shown[name] = append(k.shown[name], s)
		}
	}
	return k
}

// refute reports whether an image that has the subject's name has another hash: it was
// shown with another, and never with the subject's.
func (k *knownHashes) refute(n *byName) bool {
	if n == nil {
		return false
	}
	refuted, ok := k.decided[*n]
	if !ok {
		refuted = k.decide(n)
		k.decided[*n] = refuted
	}
	return refuted
}

func (k *knownHashes) decide(n *byName) bool {
	if k.unshown || k.denied[n.guid] || n.guid != "" && k.overflow {
		return true
	}
	other := false
	for _, s := range k.shown[strings.ToLower(baseName(n.image))] {
		if s.subject && sameMachine(s.computer, n.computer) && sameFile(s.image, n.image) {
			return false
		}
		other = other || s.other && s.canBe(n)
	}
	return other
}

// canBe reports whether what was shown can be the image: of one that is stated without its
// machine or its folder nothing speaks against it.
func (s *shownHash) canBe(n *byName) bool {
	machine := s.computer == "" || n.computer == "" || sameMachine(s.computer, n.computer)
	whole := strings.Contains(s.image, `\`) && strings.Contains(n.image, `\`)
	return machine && (!whole || sameFile(s.image, n.image))
}

// sameMachine compares names of machines, which are written with their domain or without.
func sameMachine(a, b string) bool { return strings.EqualFold(shortName(a), shortName(b)) }

// withoutRefuted takes back what was attributed by a name alone to an image that has
// another hash: it is nobody's, and what was kept only as the subject's is not kept.
func (r *reading) withoutRefuted(k *knownHashes) {
	kept := r.seen[:0]
	for _, s := range r.seen {
		if k.refute(s.runs) {
			s.also = slices.DeleteFunc(s.also, func(text string) bool { return text == runsSubject })
		}
		if k.refute(s.named) {
			r.counted["what was done by an image that has the subject's name and another hash"]++
			if s.only {
				continue
			}
			s.attribution, s.own = nil, false
		}
		kept = append(kept, s)
	}
	r.seen = kept
	for i := range r.tree.commands {
		if c := &r.tree.commands[i]; c.by != nil && k.refute(c.by.named) {
			c.by = nil
		}
	}
}
