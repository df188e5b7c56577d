// Package store keeps the texts of laws on disk and knows which of them was in
// force on a day.
//
//	laws/{law id}.json        what is known of a law: its texts and their days
//	files/{ab}/{sha256}       a text, as it was imported, named by its hash
//	files/{ab}/{sha256}.units where in it each provision is, made when first asked
//	names.json                the titles of all laws, made from laws/
//
// A file is written beside its place, synced and renamed, so a reader sees the
// old or the new one. Writers hold a lock. A text that no law file names does no
// harm; Verify finds and Collect removes it. What is lost in units or names is
// made again.
package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"jobun/checker/law/lawxml"
	"jobun/internal/day"
)

// Store is a folder of laws. It may be used from several goroutines, and by
// several processes at once.
type Store struct {
	dir    string
	limits Limits

	mutex sync.Mutex
	cache map[string]cachedLaw
}

// Limits bound what an import may read.
type Limits struct {
	Law     lawxml.Limits
	Entries int   // files in an archive or folder
	Total   int64 // bytes in an archive, unpacked
	Ratio   int64 // how many times larger a file in an archive may be unpacked
}

// DefaultLimits leave room for all laws of e-Gov at once.
func DefaultLimits() Limits {
	return Limits{Law: lawxml.DefaultLimits(), Entries: 100_000, Total: 16 << 30, Ratio: 200}
}

// Grade is how good a text is. The zero Grade is the least.
type Grade string

// The grades of a text, from the least.
const (
	User           Grade = "user"           // the user's own: nobody vouches for it
	Reconstruction Grade = "reconstruction" // put together again from amending laws
	Converted      Grade = "converted"      // made from an official text in another form
	Official       Grade = "official"       // the official file
)

// rank orders grades.
func (g Grade) rank() int {
	switch g {
	case Official:
		return 3
	case Converted:
		return 2
	case Reconstruction:
		return 1
	default:
		return 0
	}
}

// Revision is one text of a law.
type Revision struct {
	LawID      string     `json:"-"`
	ID         string     `json:"id"`
	From       day.Date   `json:"from,omitzero"`  // the first day in force
	Until      day.Date   `json:"until,omitzero"` // the first day no longer in force; zero: Ends says
	Ends       Ending     `json:"ends"`
	Basis      string     `json:"basis,omitempty"`      // how the days are known, as the source says
	AmendedBy  string     `json:"amended_by,omitempty"` // the amending law's id
	AmendTitle string     `json:"amend_title,omitempty"`
	Title      string     `json:"title"` // the title that this text bears
	Abbrev     []string   `json:"abbrev,omitempty"`
	Source     string     `json:"source,omitempty"`
	Grade      Grade      `json:"grade"`
	SHA256     string     `json:"sha256"` // of the file
	Bytes      int64      `json:"bytes"`
	Fetched    day.Date   `json:"fetched,omitzero"`
	Unverified []string   `json:"unverified,omitempty"` // paths whose text nobody has compared
	Note       string     `json:"note,omitempty"`
	Validity   []Validity `json:"validity,omitempty"`
}

// Ending is what is known of the end of a text that has no Until. The zero
// Ending is the honest one.
type Ending string

// The endings.
const (
	Unknown  Ending = "unknown"  // known in force on its first day only
	Current  Ending = "current"  // in force when fetched
	Asserted Ending = "asserted" // in force until the next text, as whoever gave it says
)

// Validity says that a provision of a text came into force on another day than
// the text: later, or, being unchanged for longer, earlier.
type Validity struct {
	Path  string   `json:"path"`
	From  day.Date `json:"from"`
	Basis string   `json:"basis,omitempty"`
}

// Listed is a revision that e-Gov's table lists, whether its text is held or not.
type Listed struct {
	ID   string   `json:"id"`
	From day.Date `json:"from"`
	By   string   `json:"by,omitempty"`
}

// lawFile is what laws/{id}.json holds.
type lawFile struct {
	Format      int        `json:"format"`
	ID          string     `json:"law_id"`
	Number      string     `json:"law_num"`
	Promulgated day.Date   `json:"promulgated,omitzero"`
	Repealed    day.Date   `json:"repealed,omitzero"`
	Revisions   []Revision `json:"revisions"`
	Listed      []Listed   `json:"listed,omitempty"` // oldest first
}

const format = 1

// ErrNoLaw says that the store holds no text of a law.
var ErrNoLaw = errors.New("the store holds no text of the law")

// ErrCorrupt says that a file of the store is not what it should be.
var ErrCorrupt = errors.New("the law store is corrupt")

// Open opens the store in a folder. A folder that is not there is an empty store;
// the first import makes it.
func Open(dir string) (*Store, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("open the law store: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("open the law store: %s is not a folder", dir)
	}
	return &Store{dir: dir, limits: DefaultLimits(), cache: map[string]cachedLaw{}}, nil
}

// Dir is the store's folder.
func (s *Store) Dir() string { return s.dir }

// isLawID knows the form of ids: e-Gov's 15 characters, or a user's own.
func isLawID(id string) bool {
	return id != "" && len(id) <= 40 && strings.Trim(id, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") == ""
}

func isSHA256(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

func (s *Store) lawPath(id string) string { return filepath.Join(s.dir, "laws", id+".json") }

func (s *Store) filePath(sha256 string) string {
	return filepath.Join(s.dir, "files", sha256[:2], sha256)
}

func (s *Store) namesPath() string { return filepath.Join(s.dir, "names.json") }
