package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jobun/internal/source"
)

// Codes of problems with a report's content, beside those of package source.
const (
	CodeFormat    = "JB1101" // a version of the format that this program does not read
	CodeTwice     = "JB1102" // an id is used twice
	CodeDangling  = "JB1103" // a reference to something that the report does not hold
	CodeAction    = "JB1104" // not in the vocabulary of actions
	CodeTarget    = "JB1105" // a target that the action cannot happen to
	CodeFact      = "JB1106" // not a fact of that kind, or a value of the wrong type
	CodeKind      = "JB1107" // not a kind of entity
	CodeHash      = "JB1108" // not a SHA-256
	CodeCycle     = "JB1109" // statements that answer one another in a circle
	CodeStatement = "JB1110" // a statement that says nothing of anything
	CodeBranch    = "JB1111" // an exhibit that cannot be a branch of the one it names
)

// Read reads a report and checks everything that can be checked without the
// law: all problems at once, and no report if there is any.
func Read(file source.File) (*Report, source.Problems) {
	tree, problems := source.Parse(file, source.DefaultLimits())
	if len(problems) > 0 {
		return nil, problems
	}
	r := &Report{}
	problems = tree.Decode(r)
	c := &reader{tree: tree, report: r, problems: problems}
	c.check()
	if len(c.problems) > 0 {
		c.problems.Sort()
		return nil, c.problems
	}
	sum := sha256.Sum256(file.Text)
	r.tree = tree
	r.nameSpeakers()
	r.Name, r.Digest = file.Name, hex.EncodeToString(sum[:])
	return r, nil
}

// nameSpeakers gives statements the names of the parties that made them.
func (r *Report) nameSpeakers() {
	names := map[string]string{}
	for _, p := range r.Parties {
		names[p.ID] = p.Name
	}
	for i := range r.Statements {
		r.Statements[i].ByName = names[r.Statements[i].By]
	}
}

// reader checks one decoded report.
type reader struct {
	tree     *source.Tree
	report   *Report
	problems source.Problems
	ids      map[string]string // id -> what it is
}

func (c *reader) problem(path, code, message, hint string) {
	c.problems = append(c.problems, c.tree.Problem(c.tree.At(path), code, message, hint))
}

func (c *reader) check() {
	if c.report.Format != Format && c.tree.Has("format") {
		c.problem("format", CodeFormat, fmt.Sprintf("this program reads format %d, not %d", Format, c.report.Format), "")
	}
	c.collectIDs()
	c.checkSubject()
	c.checkExhibits()
	c.checkExamined()
	c.checkObservations()
	c.checkRecords()
	c.checkStatements()
	for _, e := range c.report.Events {
		c.refer(e.Path, "exhibit", e.Exhibit, "exhibit")
		c.refer(e.Path, "by", e.By, "party")
	}
}

// collectIDs finds double ids. Parties, exhibits and everything else share one
// space, so that an id on paper can mean only one thing.
func (c *reader) collectIDs() {
	c.ids = map[string]string{}
	add := func(path, id, what string) {
		if id == "" {
			return
		}
		if !validID.MatchString(id) {
			c.problem(source.Join(path, "id"), CodeFact, fmt.Sprintf("%q is not an id", id), "letters, digits, - and _, at most 40")
			return
		}
		if before, ok := c.ids[id]; ok {
			c.problem(source.Join(path, "id"), CodeTwice, fmt.Sprintf("the id %q is already used by %s %s", id, article(before), before), "")
			return
		}
		c.ids[id] = what
	}
	r := c.report
	for _, p := range r.Parties {
		add(p.Path, p.ID, "party")
	}
	for _, e := range r.Exhibits {
		add(e.Path, e.ID, "exhibit")
	}
	for _, o := range r.Observed {
		add(o.Path, o.ID, "observation")
	}
	for _, g := range r.Records() {
		for _, row := range g.Rows {
			add(row.Path, row.ID, g.Kind)
		}
	}
	for _, s := range r.Statements {
		add(s.Path, s.ID, "statement")
	}
	for _, e := range r.Events {
		add(e.Path, e.ID, "event")
	}
}

var (
	validID   = regexp.MustCompile(`^[\pL\pN_-]{1,40}$`)
	validHash = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)
)

func article(what string) string {
	if strings.ContainsRune("aeiou", rune(what[0])) {
		return "an"
	}
	return "a"
}

// refer checks a reference by id from a key of a table.
func (c *reader) refer(path, key, id, what string) {
	if id == "" || c.ids[id] == what {
		return
	}
	message := fmt.Sprintf("there is no %s %q", what, id)
	if other, ok := c.ids[id]; ok {
		message = fmt.Sprintf("%q is %s %s, not %s %s", id, article(other), other, article(what), what)
	}
	c.problem(source.Join(path, key), CodeDangling, message, c.nearest(id, what))
}

// mostHints is how many problems are given the nearest name. More than that are
// not mistakes of the pen, and each hint is a look at every name.
const mostHints = 50

func (c *reader) nearest(id, what string) string {
	if len(c.problems) >= mostHints {
		return ""
	}
	var names []string
	for known, kind := range c.ids {
		if kind == what {
			names = append(names, known)
		}
	}
	return source.DidYouMean(id, names)
}

func (c *reader) checkSubject() {
	c.refer("subject", "publisher", c.report.Subject.Publisher, "party")
	for i, f := range c.report.Subject.Files {
		c.hash(source.Join(source.Index("subject.file", i), "sha256"), f.SHA256)
	}
}

func (c *reader) hash(path, sum string) {
	if sum != "" && !validHash.MatchString(sum) {
		c.problem(path, CodeHash, "a SHA-256 is 64 hexadecimal digits", "")
	}
}

func (c *reader) checkExhibits() {
	c.checkBranches()
	for _, e := range c.report.Exhibits {
		c.refer(e.Path, "author", e.Author, "party")
		c.hash(source.Join(e.Path, "sha256"), e.SHA256)
		c.hash(source.Join(e.Path, "build"), e.Build)
		for i, step := range e.Custody {
			path := source.Index(source.Join(e.Path, "custody"), i)
			c.refer(path, "by", step.By, "party")
			c.refer(path, "handed_to", step.HandedTo, "party")
		}
	}
}

// checkBranches: an exhibit shares the number of one that has its own, and that stands
// before it, so that the numbers go in the order of the report.
func (c *reader) checkBranches() {
	of := map[string]string{}
	for _, e := range c.report.Exhibits {
		of[e.ID] = e.BranchOf
	}
	before := map[string]bool{}
	for _, e := range c.report.Exhibits {
		c.refer(e.Path, "branch_of", e.BranchOf, "exhibit")
		at, to := source.Join(e.Path, "branch_of"), e.BranchOf
		switch {
		case c.ids[to] != "exhibit": // none, or refer has said so
		case to == e.ID:
			c.problem(at, CodeBranch, fmt.Sprintf("%s cannot be a branch of itself", e.ID), "leave it out: an exhibit with branches is their first")
		case of[to] != "":
			c.problem(at, CodeBranch, fmt.Sprintf("%s cannot be a branch of %s, which is a branch of %s", e.ID, to, of[to]), "branches have no branches: name the exhibit with the number")
		case !before[to]:
			c.problem(at, CodeBranch, fmt.Sprintf("%s cannot be a branch of %s, which the report states after it", e.ID, to), "the first branch comes first")
		}
		before[e.ID] = true
	}
}

func (c *reader) checkExamined() {
	for _, e := range c.report.Examined {
		c.refer(e.Path, "exhibit", e.Exhibit, "exhibit")
		for i, kind := range e.Kinds {
			if _, ok := KindNamed(kind); !ok {
				c.problem(source.Index(source.Join(e.Path, "kinds"), i), CodeKind, fmt.Sprintf("there is no kind of entity %q", kind), source.DidYouMean(kind, KindNames()))
			}
		}
	}
}

func (c *reader) checkObservations() {
	for _, o := range c.report.Observed {
		c.refer(o.Path, "exhibit", o.Exhibit, "exhibit")
		if o.Action == "" {
			continue
		}
		action, ok := ActionNamed(o.Action)
		if !ok {
			c.problem(source.Join(o.Path, "action"), CodeAction, fmt.Sprintf("there is no action %q", o.Action), source.DidYouMean(o.Action, ActionNames()))
			continue
		}
		c.checkTarget(o, action)
		kind, _ := KindNamed(action.Kind)
		for _, name := range slices.Sorted(maps.Keys(o.Shows)) {
			c.checkFact(source.Join(o.Path, "shows"), kind, name, o.Shows[name])
		}
	}
}

// maxTarget bounds the name of a target, which is printed wherever it matters: a
// path of Windows is at most as long.
const maxTarget = 500

func (c *reader) checkTarget(o Observation, action Action) {
	path := source.Join(o.Path, "target")
	kind, _ := KindNamed(action.Kind)
	want := action.Kind
	if !kind.Singleton {
		want += ":name"
	}
	name, isNamed := strings.CutPrefix(o.Target, action.Kind+":")
	if o.Target != "" && (kind.Singleton && o.Target != action.Kind || !kind.Singleton && (!isNamed || strings.TrimSpace(name) == "")) {
		c.problem(path, CodeTarget, fmt.Sprintf("%s happens to %s, not to %q", o.Action, want, o.Target), "")
	}
	if n := utf8.RuneCountInString(o.Target); n > maxTarget {
		c.problem(path, CodeTarget, fmt.Sprintf("the target has %d characters; at most %d", n, maxTarget), "")
		return
	}
	if kind.Record && isNamed {
		c.refer(o.Path, "target", name, kind.Name)
	}
	isGroup := o.Action == "group.add" || o.Action == "group.remove"
	if isGroup && !strings.HasPrefix(o.Group, "S-1-") {
		c.problem(source.Join(o.Path, "group"), CodeTarget, o.Action+" needs the SID of the group (S-1-…)", "names of groups are localised")
	}
	if !isGroup && o.Group != "" {
		c.problem(source.Join(o.Path, "group"), CodeTarget, "only group.add and group.remove have a group", "")
	}
}

// checkFact checks one stated fact against the vocabulary.
func (c *reader) checkFact(path string, kind *Kind, name string, raw any) {
	at := source.Join(path, name)
	field, ok := kind.Field(name)
	if !ok {
		c.problems = append(c.problems, c.tree.Problem(c.tree.Key(at), CodeFact, fmt.Sprintf("%s has no fact %q", kind.Name, name), source.DidYouMean(name, kind.FieldNames())))
		return
	}
	if _, err := valueOf(field.Type, raw); err != nil {
		c.problem(at, CodeFact, fmt.Sprintf("%s.%s: %v", kind.Name, name, err), "")
	}
	if field.OfTopics {
		c.checkTopics(at, raw)
	}
	if name == "by" {
		if id, ok := raw.(string); ok {
			c.refer(path, name, id, "party")
		}
	}
}

// checkTopics refuses a topic that no rule could ask for by that name.
func (c *reader) checkTopics(at string, raw any) {
	list, _ := valueOf(List, raw) // what is no list was told already
	for i, name := range list.List {
		if _, ok := TopicTitle(name); !ok {
			c.problem(source.Index(at, i), CodeFact, fmt.Sprintf("%q is no topic", name),
				"want one of "+strings.Join(TopicNames(), ", ")+", or "+OtherTopic+"TEXT in your own words")
		}
	}
}

func (c *reader) checkRecords() {
	for _, g := range c.report.Records() {
		kind, _ := KindNamed(g.Kind)
		for _, row := range g.Rows {
			c.refer(row.Path, "exhibit", row.Exhibit, "exhibit")
			for _, name := range slices.Sorted(maps.Keys(row.Facts)) {
				c.checkFact(row.Path, kind, name, row.Facts[name])
			}
		}
	}
}

func (c *reader) checkStatements() {
	for _, s := range c.report.Statements {
		c.refer(s.Path, "by", s.By, "party")
		c.refer(s.Path, "exhibit", s.Exhibit, "exhibit")
		c.refer(s.Path, "withdraws", s.Withdraws, "statement")
		for i, id := range s.Answers {
			if c.ids[id] != "statement" {
				c.problem(source.Index(source.Join(s.Path, "answers"), i), CodeDangling, fmt.Sprintf("there is no statement %q", id), c.nearest(id, "statement"))
			}
		}
		if len(s.On) > 0 && s.Stance == "" {
			c.problem(s.Path, CodeStatement, fmt.Sprintf("the statement %s names clauses but no stance", s.ID), "stance = \"supports\", \"opposes\" or \"admits\"")
		}
		if s.Stance != "" && len(s.On) == 0 {
			c.problem(source.Join(s.Path, "stance"), CodeStatement, fmt.Sprintf("the statement %s has a stance but names no clause", s.ID), "on = [{ rule = \"…\", clause = \"…\" }]")
		}
	}
	c.checkWithdrawals()
	c.checkCycles()
}

// checkWithdrawals: a party can take back only its own statement.
func (c *reader) checkWithdrawals() {
	by := map[string]string{}
	for _, s := range c.report.Statements {
		by[s.ID] = s.By
	}
	for _, s := range c.report.Statements {
		if s.Withdraws != "" && by[s.Withdraws] != "" && by[s.Withdraws] != s.By {
			c.problem(source.Join(s.Path, "withdraws"), CodeStatement, fmt.Sprintf("%s cannot withdraw %s: another party made it", s.ID, s.Withdraws), "")
		}
	}
}

// checkCycles refuses statements that answer or withdraw one another in a
// circle. It walks each edge once.
func (c *reader) checkCycles() {
	next := map[string][]string{}
	for _, s := range c.report.Statements {
		next[s.ID] = append(append([]string{}, s.Answers...), s.Withdraws)
	}
	const unseen, open, done = 0, 1, 2
	state := map[string]int{}
	for _, s := range c.report.Statements {
		type frame struct {
			id string
			i  int
		}
		stack := []frame{{s.ID, 0}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.i == 0 {
				if state[top.id] == done {
					stack = stack[:len(stack)-1]
					continue
				}
				state[top.id] = open
			}
			if top.i == len(next[top.id]) {
				state[top.id] = done
				stack = stack[:len(stack)-1]
				continue
			}
			to := next[top.id][top.i]
			top.i++
			switch {
			case to == "" || state[to] == done:
			case state[to] == open:
				c.problem(s.Path, CodeCycle, fmt.Sprintf("statements answer one another in a circle through %s", to), "")
				return
			default:
				stack = append(stack, frame{to, 0})
			}
		}
	}
}
