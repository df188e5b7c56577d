package observe

import (
	"fmt"
	"regexp"
	"strings"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// Subject tells the software under audit from everything else. The zero value knows
// nothing of it, so that nothing is attributed to it.
type Subject struct {
	Files     []string // file names
	Paths     []string // full paths; one that ends in \ is a folder with all in it
	SHA256    []string
	Processes []string // names of images
	Signers   []string
}

// named reports whether a record that states only an image could be the subject's.
func (s Subject) named() bool { return len(s.Files)+len(s.Paths)+len(s.Processes) > 0 }

// SubjectForms lists what a specification of the subject can begin with.
func SubjectForms() []string { return []string{"file", "path", "sha256", "process", "signer"} }

var hexHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// ParseSubject reads specifications such as file:setup.exe or sha256:….
func ParseSubject(specs []string) (Subject, error) {
	var s Subject
	for _, spec := range specs {
		form, value, ok := strings.Cut(spec, ":")
		value = strings.TrimSpace(value)
		if !ok || value == "" {
			return s, fmt.Errorf("the subject %q is not one of file:NAME, path:PATH, sha256:HASH, process:NAME, signer:NAME", spec)
		}
		switch form {
		case "file":
			s.Files = append(s.Files, value)
		case "path":
			s.Paths = append(s.Paths, value)
		case "process":
			s.Processes = append(s.Processes, value)
		case "signer":
			s.Signers = append(s.Signers, value)
		case "sha256":
			if value = strings.ToLower(value); !hexHash.MatchString(value) {
				return s, fmt.Errorf("the subject %q: a SHA-256 is 64 hexadecimal digits", spec)
			}
			s.SHA256 = append(s.SHA256, value)
		default:
			hint := ""
			if near, ok := source.Nearest(form, SubjectForms()); ok {
				hint = fmt.Sprintf("; did you mean %s:?", near)
			}
			return s, fmt.Errorf("the subject %q begins with none of %s%s", spec, strings.Join(SubjectForms(), ", "), hint)
		}
	}
	return s, nil
}

// Known reports whether anything is known of the subject.
func (s Subject) Known() bool {
	return len(s.Files)+len(s.Paths)+len(s.SHA256)+len(s.Processes)+len(s.Signers) > 0
}

// is says whether an image is the subject's, and on what basis. The hash is "" if the
// record does not state it; where it does and hashes are given, only the hash counts.
func (s Subject) is(image, sha256 string) (basis, note string) {
	sha256 = strings.ToLower(sha256)
	if sha256 != "" && len(s.SHA256) > 0 {
		for _, h := range s.SHA256 {
			if h == sha256 {
				return "hash", "SHA-256 " + sha256
			}
		}
		return "", ""
	}
	if image == "" {
		return "", ""
	}
	for _, p := range s.Paths {
		if pathOf(image).in(pathOf(p)) {
			return "image", "image " + inQuotes(image)
		}
	}
	base := baseName(image)
	for _, names := range [][]string{s.Files, s.Processes} {
		for _, name := range names {
			if strings.EqualFold(base, baseName(name)) {
				return "image", "image " + inQuotes(image) + " (by its name)"
			}
		}
	}
	return "", ""
}

// denied reports whether a stated hash says that an image is not the subject's,
// whatever it is called.
func (s Subject) denied(sha256 string) bool {
	if sha256 == "" || len(s.SHA256) == 0 {
		return false
	}
	basis, _ := s.is("", sha256)
	return basis == ""
}

func (s Subject) signedBy(signer string) bool {
	for _, name := range s.Signers {
		if strings.EqualFold(strings.TrimSpace(signer), name) {
			return true
		}
	}
	return false
}

// volume is the beginning of a path: a drive as people name it, or as the kernel does.
var volume = regexp.MustCompile(`^(?:\\(?:\?\?|\\[?.])\\)?([a-z]:)\\|^\\device\\(harddiskvolume[0-9]+)\\`)

// winPath is a path to compare, in lower case. Which letter a volume of the kernel's has is
// not known, so that either may be the other.
type winPath struct{ letter, device, rest string }

func pathOf(p string) winPath {
	p = strings.ToLower(strings.ReplaceAll(p, "/", `\`))
	m := volume.FindStringSubmatch(p)
	if m == nil {
		return winPath{rest: p}
	}
	return winPath{letter: m[1], device: m[2], rest: p[len(m[0])-1:]}
}

// on reports whether two paths can be on one volume.
func (p winPath) on(other winPath) bool {
	differ := func(a, b string) bool { return a != "" && b != "" && a != b }
	return !differ(p.letter, other.letter) && !differ(p.device, other.device)
}

// in reports whether a file can be another, or in it if that is a folder.
func (p winPath) in(other winPath) bool {
	return p.on(other) && (p.rest == other.rest || strings.HasSuffix(other.rest, `\`) && strings.HasPrefix(p.rest, other.rest))
}

// sameFile reports whether two paths can be of one file.
func sameFile(a, b string) bool {
	p, q := pathOf(a), pathOf(b)
	return p.on(q) && p.rest == q.rest
}

// inQuotes is a name of the record in a sentence of ours: in quotation marks, which no file
// of Windows can have in its name, so that none is taken for our words.
func inQuotes(name string) string { return `"` + strings.ReplaceAll(name, `"`, "'") + `"` }

// baseName is the last part of a Windows path.
func baseName(p string) string {
	if i := strings.LastIndexAny(p, `\/`); i >= 0 {
		return p[i+1:]
	}
	return p
}

// describe makes the subject of the report, for a person to complete.
func (s Subject) describe() audit.Subject {
	subject := audit.Subject{Name: ToComplete, Processes: s.Processes}
	names := append([]string{}, s.Files...)
	for _, p := range s.Paths {
		if base := baseName(strings.TrimSuffix(p, `\`)); base != "" {
			names = append(names, base)
		}
	}
	if len(names) > 0 {
		subject.Name = names[0]
	} else if len(s.Processes) > 0 {
		subject.Name = s.Processes[0]
	}
	for i, hash := range s.SHA256 {
		name := ToComplete
		if i < len(names) && len(names) == len(s.SHA256) {
			name = names[i]
		}
		subject.Files = append(subject.Files, audit.Binary{Name: name, SHA256: hash})
	}
	if len(s.SHA256) == 0 || len(names) != len(s.SHA256) {
		for _, name := range names {
			subject.Files = append(subject.Files, audit.Binary{Name: name})
		}
	}
	if len(s.Signers) > 0 {
		subject.Signer = s.Signers[0]
	}
	return subject
}

// ToComplete stands where a person must write something.
const ToComplete = "（記入してください）"
