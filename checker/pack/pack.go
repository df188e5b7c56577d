// Package pack writes a submission folder and compares one with its manifest: files
// under it, the SHA-256 of each in MANIFEST.sha256, which sha256sum -c reads, and in
// MANIFEST.json what they are. It knows nothing of law.
package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"jobun/checker/export/paper"
	"jobun/internal/disk"
)

// The files of every pack beside what it is of.
const (
	ManifestName  = "MANIFEST.json"
	SumsName      = "MANIFEST.sha256"
	SignatureName = "MANIFEST.sha256.sig"
)

// Format is the version of the manifest's form.
const Format = 1

// Manifest is what a pack is, and of what it was made.
type Manifest struct {
	Format   int       `json:"format"`
	Tool     string    `json:"tool"`
	Lang     string    `json:"lang"`
	Report   string    `json:"report"`            // its copy in the pack
	Journal  string    `json:"journal,omitempty"` // its copy; "": there is none
	Rulebook string    `json:"rulebook_sha256"`
	AsOf     string    `json:"rulebook_as_of"`
	Texts    []Text    `json:"texts"`
	Exhibits []Exhibit `json:"exhibits"`
	Papers   []Paper   `json:"papers"`
	Files    []File    `json:"files"` // all but the manifests themselves
}

// Text is the text of a law that papers quote.
type Text struct {
	Unit   string `json:"unit"` // the provision and its revision
	SHA256 string `json:"sha256"`
}

// Exhibit is an exhibit and its copy.
type Exhibit struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	File   string `json:"file,omitempty"`   // "": it is not in the pack
	Stated string `json:"stated,omitempty"` // the SHA-256 that the report states
	State  string `json:"state"`            // what came of comparing it
}

// Paper is a paper in one format, and how it was made.
type Paper struct {
	File string     `json:"file"`
	Kind string     `json:"kind"`
	Lang string     `json:"lang"`
	Made paper.Made `json:"made"`
}

// File is a file of the pack.
type File struct {
	Name   string `json:"name"` // with slashes
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// ErrNotEmpty says that there is something where a pack is to be written.
var ErrNotEmpty = errors.New("there is something there already; a pack is written into a new or empty folder")

// Writer writes a pack beside the place where it is to be, and moves it there when it
// is whole: after a crash there is no half pack under the name.
type Writer struct {
	dir, temp string
	files     []File
}

// New begins a pack that is to be at a folder that does not exist, or is empty.
func New(dir string) (*Writer, error) {
	switch entries, err := os.ReadDir(dir); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", dir, err)
	case len(entries) > 0:
		return nil, fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	}
	dir = filepath.Clean(dir)
	temp, err := os.MkdirTemp(filepath.Dir(dir), ".jobun-pack-")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", dir, err)
	}
	return &Writer{dir: dir, temp: temp}, os.Chmod(temp, 0o755)
}

// Abandon takes away what was written, unless the pack is whole and in its place.
func (w *Writer) Abandon() { os.RemoveAll(w.temp) }

// Add writes a file of the pack from what a reader gives, and hashes it.
func (w *Writer) Add(name string, from io.Reader) error {
	if !fs.ValidPath(name) || slices.ContainsFunc(w.files, func(f File) bool { return strings.EqualFold(f.Name, name) }) {
		return fmt.Errorf("%q is no name of a file, or already one", name)
	}
	file, err := w.write(name, from)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	w.files = append(w.files, file)
	return nil
}

func (w *Writer) write(name string, from io.Reader) (File, error) {
	at := filepath.Join(w.temp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return File{}, err
	}
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return File{}, err
	}
	defer f.Close() // the error of the first is looked at below
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, sum), from)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return File{}, err
	}
	return File{name, hex.EncodeToString(sum.Sum(nil)), size}, nil
}

// Finish writes the manifests, lets them be signed, and moves the pack to its place.
// The signer gets the folder in which SumsName lies and writes SignatureName there; nil:
// nobody signs.
func (w *Writer) Finish(m Manifest, sign func(dir string) error) error {
	defer w.Abandon() // after the move there is nothing
	slices.SortFunc(w.files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	m.Format, m.Files = Format, w.files
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("write %s: %w", ManifestName, err)
	}
	manifest, err := w.write(ManifestName, &text)
	if err != nil {
		return fmt.Errorf("write %s: %w", ManifestName, err)
	}
	var sums strings.Builder
	for _, f := range append([]File{manifest}, w.files...) {
		fmt.Fprintf(&sums, "%s  %s\n", f.SHA256, f.Name)
	}
	if _, err := w.write(SumsName, strings.NewReader(sums.String())); err != nil {
		return fmt.Errorf("write %s: %w", SumsName, err)
	}
	if sign != nil {
		if err := sign(w.temp); err != nil {
			return fmt.Errorf("sign %s: %w", SumsName, err)
		}
	}
	return w.move()
}

// move puts the whole folder under its name. An empty folder there gives way; one that
// somebody has put something into meanwhile does not.
func (w *Writer) move() error {
	if err := os.Remove(w.dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", w.dir, ErrNotEmpty)
	}
	if err := disk.Rename(w.temp, w.dir); err != nil {
		return fmt.Errorf("write %s: %w", w.dir, err)
	}
	return nil
}

// maxManifest bounds a manifest as it is read.
const maxManifest = 64 << 20

// Read reads the manifest of a pack. It says nothing of whether the files agree.
func Read(dir fs.FS) (Manifest, error) {
	var m Manifest
	text, err := readSmall(dir, ManifestName)
	if err != nil {
		return m, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return m, fmt.Errorf("read %s: %w", ManifestName, err)
	}
	if m.Format != Format {
		return m, fmt.Errorf("read %s: it is in format %d, and this program reads %d", ManifestName, m.Format, Format)
	}
	return m, nil
}

func readSmall(dir fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(dir, name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxManifest {
		return nil, fmt.Errorf("read %s: it is no file, or larger than %d bytes", name, maxManifest)
	}
	text, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return text, nil
}

// Compare compares the files of a pack with its manifests, and these with each other.
func Compare(dir fs.FS, m Manifest) ([]Difference, error) {
	text, err := readSmall(dir, SumsName)
	if err != nil {
		return nil, err
	}
	sums, list := readSums(string(text))
	have, err := hashes(dir)
	if err != nil {
		return nil, err
	}
	for _, name := range sorted(sums) {
		switch is, ok := have[name]; {
		case !ok:
			list = append(list, Difference{Kind: FileGone, Where: name})
		case is != sums[name]:
			list = append(list, Difference{Kind: Hash, Where: name, Want: sums[name], Have: is})
		}
	}
	for _, name := range sorted(have) {
		if _, ok := sums[name]; !ok && name != SumsName && name != SignatureName {
			list = append(list, Difference{Kind: FileAdded, Where: name})
		}
	}
	return append(list, m.differs(sums)...), nil
}

// differs compares what the two manifests say of each file.
func (m Manifest) differs(sums map[string]string) []Difference {
	var list []Difference
	said := map[string]string{ManifestName: sums[ManifestName]}
	for _, f := range m.Files {
		said[f.Name] = f.SHA256
	}
	for _, name := range sorted(said) {
		if said[name] != sums[name] || sums[name] == "" {
			list = append(list, Difference{Kind: Hash, Where: SumsName + ": " + name, Want: said[name], Have: sums[name]})
		}
	}
	for _, name := range sorted(sums) {
		if _, ok := said[name]; !ok {
			list = append(list, Difference{Kind: FileAdded, Where: SumsName + ": " + name})
		}
	}
	return list
}

// readSums reads what sha256sum -c reads.
func readSums(text string) (map[string]string, []Difference) {
	sums := map[string]string{}
	var list []Difference
	for line := range strings.Lines(text) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if _, err := hex.DecodeString(sum); !ok || err != nil || len(sum) != 2*sha256.Size || !fs.ValidPath(name) || sums[name] != "" {
			list = append(list, Difference{Kind: Form, Where: SumsName, Have: strings.TrimSpace(line)})
			continue
		}
		sums[name] = sum
	}
	return sums, list
}

// hashes hashes every file of a folder. What is no file, a link or a pipe, has a hash
// that no manifest states.
func hashes(dir fs.FS) (map[string]string, error) {
	have := map[string]string{}
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			have[name] = "not a file"
			return nil
		}
		sum, err := hashOf(dir, name)
		have[name] = sum
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the pack: %w", err)
	}
	return have, nil
}

func hashOf(dir fs.FS, name string) (string, error) {
	f, err := dir.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func sorted(m map[string]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// ExhibitsAt is where the files of exhibits lie in a pack, by the names that the report
// gives them: what was not copied is not there.
func (m Manifest) ExhibitsAt(dir fs.FS, files map[string]string) fs.FS {
	at := map[string]string{}
	for _, e := range m.Exhibits {
		if name := files[e.ID]; name != "" && e.File != "" {
			at[clean(name)] = e.File
		}
	}
	return renamed{dir, at}
}

func clean(name string) string { return path.Clean(strings.ReplaceAll(name, `\`, "/")) }

// renamed is a folder in which files go by other names.
type renamed struct {
	dir fs.FS
	at  map[string]string
}

func (r renamed) Open(name string) (fs.File, error) {
	is, ok := r.at[clean(name)]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return r.dir.Open(is)
}
