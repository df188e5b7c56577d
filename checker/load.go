// Package checker asks questions of law of an audit report: rules in, findings
// out, clause by clause, with the facts behind each answer and what is missing.
// It concludes nothing that a person must judge.
package checker

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/day"
	"jobun/internal/source"
)

// Codes of problems with rule files, beside those of package source.
const (
	CodeCondition = "JB1301" // a condition that cannot be read
	CodeLaw       = "JB1302" // a law that is not in rules/laws
	CodePlace     = "JB1303" // a place that cannot be read, or dates out of order
	CodeClause    = "JB1304" // a clause without a condition or a question, or named twice
	CodeFactName  = "JB1305" // a name that is not a fact
	CodeCircle    = "JB1306" // rules or behaviours that rest on one another
	CodeCase      = "JB1307" // a case that states what is not a fact
	CodeEmpty     = "JB1308" // no rules at all
	CodeRuleName  = "JB1309" // a file name that cannot be a rule's name
)

// Rulebook is a set of rules that has been read, checked and put in order.
type Rulebook struct {
	Name       string
	Version    string
	AsOf       day.Date // the day as of which the present numbering is printed
	Rules      []*Rule  // in the order in which findings are listed
	Behaviours []*Behaviour
	Laws       *law.Book
	Digest     string // SHA-256 of all rule files, in hexadecimal

	byID       map[string]*Rule
	behaviours map[string]*Behaviour
	ordered    []*Rule // a rule after those that it rests on
	files      map[string]*source.Tree
}

// tree is the file of a rule, for places in it.
func (b *Rulebook) tree(r *Rule) *source.Tree { return b.files[r.ID+".toml"] }

// behaviourTree is the file of a behaviour.
func (b *Rulebook) behaviourTree(x *Behaviour) *source.Tree {
	return b.files["behaviours/"+x.ID+".toml"]
}

// compiledRule is what a rule comes to once its names are resolved.
type compiledRule struct {
	book  *law.Book
	kind  *audit.Kind
	law   *law.Law
	when  *Cond
	at    *node
	needs []string
}

// header is rules/rulebook.toml.
type header struct {
	Name    string   `toml:"name" need:"yes" doc:"the name of the rulebook"`
	Version string   `toml:"version" need:"yes" doc:"its version"`
	Order   []string `toml:"order" doc:"rules, or folders of rules, in the order in which findings are listed; others follow by name"`
	AsOf    RuleDate `toml:"as_of" need:"yes" doc:"the day as of which present numbers are printed"`
}

// Rule finds a rule by name.
func (b *Rulebook) Rule(id string) (*Rule, bool) {
	r, ok := b.byID[id]
	return r, ok
}

// RuleIDs lists the names of the rules in order.
func (b *Rulebook) RuleIDs() []string {
	ids := make([]string, len(b.Rules))
	for i, r := range b.Rules {
		ids[i] = r.ID
	}
	return ids
}

// Clauses lists the elements and then the exceptions.
func (r *Rule) Clauses() []*Clause {
	return slices.Concat(r.Elements, r.Exceptions)
}

// ClauseIDs lists the names of the clauses in order.
func (r *Rule) ClauseIDs() []string {
	var ids []string
	for _, c := range r.Clauses() {
		ids = append(ids, c.ID)
	}
	return ids
}

func (r *Rule) hasClause(id string) bool { return slices.Contains(r.ClauseIDs(), id) }

// Kind is the kind of entity that the rule is asked of.
func (r *Rule) Kind() *audit.Kind { return r.compiled.kind }

// OfLaw is the law that the rule belongs to.
func (r *Rule) OfLaw() *law.Law { return r.compiled.law }

// Load reads a rulebook: rulebook.toml, laws/, behaviours/ and one folder a law.
// It gives all problems of all files at once, and no rulebook if there is any.
func Load(fsys fs.FS) (*Rulebook, source.Problems) {
	laws, problems := law.Load(fsys, "laws")
	l := &loader{fsys: fsys, book: &Rulebook{
		Laws: laws, byID: map[string]*Rule{}, behaviours: map[string]*Behaviour{}, files: map[string]*source.Tree{},
	}, problems: problems, digest: sha256.New(), sums: map[string][]byte{}}
	l.files()
	if len(l.problems) == 0 {
		l.resolve()
	}
	if len(l.problems) == 0 {
		l.order()
		l.digestRules()
	}
	if len(l.problems) == 0 && len(l.book.Rules) == 0 {
		l.problems = append(l.problems, &source.Problem{File: "rules", Code: CodeEmpty, Message: "there are no rules"})
	}
	if len(l.problems) > 0 {
		l.problems.Sort()
		return nil, l.problems
	}
	l.book.Digest = hex.EncodeToString(l.digest.Sum(nil))
	return l.book, nil
}

// loader reads one rulebook.
type loader struct {
	fsys     fs.FS
	folders  []string // the order of the folders of rules
	book     *Rulebook
	problems source.Problems
	digest   hash.Hash
	sums     map[string][]byte // SHA-256 of each file, by its name
}

// maxFiles bounds a rulebook: the program's own has some sixty files.
const maxFiles = 2000

// files reads every TOML file, in the order of their names whatever the file
// system's own order.
func (l *loader) files() {
	var names []string
	err := fs.WalkDir(l.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() && strings.HasSuffix(name, ".toml") {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		l.problems = append(l.problems, &source.Problem{File: "rules", Code: CodeEmpty, Message: err.Error()})
		return
	}
	if len(names) > maxFiles {
		l.problems = append(l.problems, &source.Problem{File: "rules", Code: CodeEmpty, Message: fmt.Sprintf("the rulebook has %d files; at most %d", len(names), maxFiles)})
		return
	}
	sort.Strings(names)
	for _, name := range names {
		file, err := source.ReadFile(l.fsys, name)
		if err != nil {
			l.problems = append(l.problems, &source.Problem{File: name, Code: CodeEmpty, Message: err.Error()})
			continue
		}
		fmt.Fprintf(l.digest, "%s\x00%d\x00%s", name, len(file.Text), file.Text)
		sum := sha256.Sum256([]byte(file.Text))
		l.sums[name] = sum[:]
		l.file(name, file)
	}
}

func (l *loader) file(name string, file source.File) {
	dir, base := path.Split(name)
	id := strings.TrimSuffix(name, ".toml")
	switch {
	case dir == "laws/":
		return // package law has read it
	case name == "rulebook.toml":
		h := &header{}
		if l.decode(name, file, h) {
			l.book.Name, l.book.Version, l.book.AsOf, l.folders = h.Name, h.Version, h.AsOf.Date, h.Order
		}
	case dir == "behaviours/":
		b := &Behaviour{ID: strings.TrimSuffix(base, ".toml")}
		if l.decode(name, file, b) {
			l.book.Behaviours = append(l.book.Behaviours, b)
			l.book.behaviours[b.Fact] = b
		}
	case dir == "" || strings.Count(dir, "/") != 1:
		l.problems = append(l.problems, &source.Problem{File: name, Code: CodeRuleName, Message: "a rule lies in the folder of its law: law/question.toml"})
	default:
		r := &Rule{ID: id}
		if l.decode(name, file, r) {
			l.book.Rules = append(l.book.Rules, r)
			l.book.byID[id] = r
		}
	}
}

// decode reads a file into a struct and keeps its places for later problems.
func (l *loader) decode(name string, file source.File, into any) bool {
	tree, problems := source.Parse(file, source.DefaultLimits())
	if len(problems) == 0 {
		l.book.files[name] = tree
		problems = tree.Decode(into)
	}
	l.problems = append(l.problems, problems...)
	return len(problems) == 0
}

func (l *loader) problem(tree *source.Tree, at, code, message, hint string) {
	l.problems = append(l.problems, tree.Problem(tree.At(at), code, message, hint))
}

// FromValue takes a TOML date, or a string.
func (d *RuleDate) FromValue(v any) error {
	var w audit.When
	if err := w.FromValue(v); err != nil {
		return err
	}
	if w.Precision != day.Day {
		return fmt.Errorf("want a whole day")
	}
	d.Date = w.From
	return nil
}

// SchemaType describes a date for a JSON Schema.
func (RuleDate) SchemaType() string { return "date" }
