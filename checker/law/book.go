package law

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strings"

	"jobun/internal/source"
)

// Book holds the laws of a rulebook. It does not change after Load.
type Book struct {
	laws []*Law // by id
}

// The codes of the problems that Load finds beside those of package source.
const (
	// CodeFolder says that the folder cannot be read, or holds no law.
	CodeFolder = "JB3001"
	// CodeName says that a file's name is not the id of a law, or that a name of
	// a law is already another's.
	CodeName = "JB3002"
	// CodePlace says that a place, article or position in the structure cannot be read.
	CodePlace = "JB3003"
	// CodeVersions says that the versions do not follow one another, or that a
	// renumbering is on no version's first day.
	CodeVersions = "JB3004"
	// CodeIdentity says that a statute lacks its number or e-Gov id, or that an
	// instrument has one.
	CodeIdentity = "JB3005"
)

// Load reads every *.toml of a folder as a law. The book holds the laws that
// could be read; if there are any problems a caller should say so and stop,
// since a citation under a law that is missing cannot be checked. A folder
// without a law is a problem too.
func Load(fsys fs.FS, dir string) (*Book, source.Problems) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return &Book{}, source.Problems{{File: dir, Code: CodeFolder, Message: "read the folder of laws: " + err.Error()}}
	}
	book := &Book{}
	var problems source.Problems
	names := map[string]string{}
	for _, entry := range entries {
		if entry.IsDir() || path.Ext(entry.Name()) != ".toml" {
			continue
		}
		name := path.Join(dir, entry.Name())
		file, err := source.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, &source.Problem{File: name, Code: CodeFolder, Message: "read the law: " + err.Error()})
			continue
		}
		l, ps := read(strings.TrimSuffix(entry.Name(), ".toml"), file, names)
		problems = append(problems, ps...)
		if len(ps) == 0 {
			book.laws = append(book.laws, l)
		}
	}
	if len(book.laws) == 0 && len(problems) == 0 {
		problems = source.Problems{{File: dir, Code: CodeFolder, Message: "the folder holds no law", Hint: "a law is one .toml file"}}
	}
	slices.SortFunc(book.laws, func(a, b *Law) int { return strings.Compare(a.ID, b.ID) })
	return book, problems
}

// Law is the law with an id, as rules name it.
func (b *Book) Law(id string) (*Law, bool) {
	for _, l := range b.laws {
		if l.ID == id {
			return l, true
		}
	}
	return nil, false
}

// Find is the law that goes by a name: its id, e-Gov id, title, short title,
// number in Arabic or kanji figures, or an alias such as 不正アクセス.
func (b *Book) Find(name string) (*Law, bool) {
	for _, l := range b.laws {
		if slices.Contains(l.names(), name) {
			return l, name != ""
		}
	}
	return nil, false
}

// Laws lists every law in the order of ids.
func (b *Book) Laws() []*Law { return slices.Clone(b.laws) }

// names lists what a law may be called by.
func (l *Law) names() []string {
	names := []string{l.ID, l.EGov, l.Title.Ja, l.Title.En, l.Short.Ja, l.Short.En, l.Number.Ja, l.Number.Kanji, l.Number.En}
	names = append(names, l.Aliases...)
	slices.Sort(names)
	names = slices.Compact(names)
	return slices.DeleteFunc(names, func(s string) bool { return s == "" })
}

// digest is the SHA-256 of a law file, which decisions are pinned to.
func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
