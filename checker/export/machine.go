package export

import (
	"crypto/sha1" // RFC 9562 makes a UUID of version 5 with it; nothing is secured by it
	"errors"
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/checker/review"
	"jobun/internal/day"
)

// The formats for machines (SARIF, OSCAL, OCSF, CSV) are the content of WriteJSON,
// arranged as others read it. They say "may fall under, for a person to judge", and
// never that a check was passed or failed. Each holds the findings that are chosen,
// the rules that were not asked, and those that concern nothing in the report.

// ErrUndated says that a format asks for a time, and that there is none to give it:
// neither a date on the paper nor one of the report. The clock is never asked.
var ErrUndated = errors.New("this format must hold a time: give one with --date, or write date = into the report")

// ErrMasked says that names are masked on papers only: a format for machines holds the
// report as it was read.
var ErrMasked = errors.New("names are masked on papers only; a format for machines holds the whole report")

// machine is what the formats for machines share.
type machine struct {
	PaperOptions
	res    *checker.Result
	chosen []*checker.Finding
	doc    jsonDocument // the native export, with the chosen findings only
}

// newMachine chooses the findings and makes the native export of them. It fails where
// a finding that is asked for does not exist, and where names are to be masked.
func newMachine(res *checker.Result, o PaperOptions) (*machine, error) {
	if o.Redact {
		return nil, ErrMasked
	}
	for _, id := range o.Only {
		if _, ok := res.Finding(id); !ok {
			return nil, fmt.Errorf("there is no finding %s", id)
		}
	}
	m := &machine{PaperOptions: o, res: res}
	m.chosen = (&paperWriter{PaperOptions: o, res: res}).choose()
	m.doc = jsonResult(res, o.Provisions)
	if o.Review != nil {
		m.doc = jsonReviewed(o.Review, m.doc)
	}
	isChosen := map[string]bool{}
	for _, f := range m.chosen {
		isChosen[f.ID] = true
	}
	kept := []jsonFinding{}
	for _, f := range m.doc.Findings {
		if isChosen[f.ID] {
			kept = append(kept, f)
		}
	}
	m.doc.Findings = kept
	return m, nil
}

// leftOut counts the findings that were not chosen.
func (m *machine) leftOut() int { return len(m.res.Findings) - len(m.chosen) }

// decision is what became of a finding.
func (m *machine) decision(f *checker.Finding) review.Status {
	if m.Review == nil {
		return review.Undecided
	}
	return m.Review.Of(f).Status()
}

// day is the date that the times of a format are made of: the one on the paper, or
// else the report's.
func (m *machine) day() (day.Date, error) {
	d := m.Dated
	if d.IsZero() {
		d = m.res.Report.Date.From
	}
	switch {
	case d.IsZero():
		return d, ErrUndated
	case d.Year < 1900 || d.Year > 2999:
		return d, fmt.Errorf("%s lies outside the years that this format can hold, 1900 to 2999", d)
	}
	return d, nil
}

// dayOf says what the date that stands for every time is the date of.
func (m *machine) dayOf() string {
	if m.Dated.IsZero() {
		return "report"
	}
	return "paper"
}

// version is the version of the program, without its name.
func (m *machine) version() string {
	return strings.TrimSpace(strings.TrimPrefix(m.Tool, "jobun"))
}

// uuid is the UUID of version 5 of stable names: the same for the same names, on every
// machine and day.
func uuid(names ...string) string {
	space := []byte("jobun\x00UUID\x00space")
	sum := sha1.Sum(append(space, strings.Join(names, "\x00")...))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// inputs names the run: the report, the rules, the journal, and what was chosen.
func (m *machine) inputs() []string {
	head := ""
	if m.Review != nil {
		head = m.Review.Journal().Head()
	}
	names := []string{m.res.Report.Digest, m.res.Rulebook.Digest, head, m.Lang, m.Dated.String()}
	for _, f := range m.chosen {
		names = append(names, f.ID)
	}
	return names
}

// lawVersion is a law as it stood between two days.
type lawVersion struct {
	law     *law.Law
	version law.Version // the zero Version of an instrument without dates
}

// name tells versions of laws apart.
func (v lawVersion) name() string { return v.law.ID + "@" + v.version.From.String() }

// versionsOf lists the versions of its law that a finding names: those of the days of
// its anchor, or of its candidates where the day is not known.
func versionsOf(f *checker.Finding) []lawVersion {
	if len(f.Law.Versions) == 0 {
		return []lawVersion{{law: f.Law}}
	}
	var list []lawVersion
	if !f.Anchor.Span.IsZero() {
		for _, v := range f.Law.VersionsOn(f.Anchor.Span) {
			list = append(list, lawVersion{f.Law, v})
		}
		return list
	}
	for _, v := range f.Law.Versions {
		for _, p := range f.Anchor.Places {
			if (v.Until.IsZero() || p.From.Before(v.Until)) && (p.Until.IsZero() || v.From.Before(p.Until.Date)) {
				list = append(list, lawVersion{f.Law, v})
				break
			}
		}
	}
	return list
}

// versions lists the versions of laws that the chosen findings name, each once.
func (m *machine) versions() []lawVersion {
	var list []lawVersion
	seen := map[string]bool{}
	for _, f := range m.chosen {
		for _, v := range versionsOf(f) {
			if !seen[v.name()] {
				seen[v.name()] = true
				list = append(list, v)
			}
		}
	}
	return list
}

// placed is an origin, once, and the clauses that it stands behind.
type placed struct {
	origin  audit.Origin
	entity  *audit.Entity
	clauses []string
}

// originsOf lists the origins behind a finding's answers, each once, in the order of
// the clauses.
func originsOf(f *checker.Finding) []*placed {
	var list []*placed
	seen := map[[4]string]*placed{}
	for _, a := range f.Answers() {
		for _, behind := range FactsBehind(a) {
			for _, o := range behind.Fact.Origins {
				key := [4]string{o.Record, o.Exhibit, o.Locator, behind.Fact.Entity.ID}
				at, ok := seen[key]
				if !ok {
					at = &placed{origin: o, entity: behind.Fact.Entity}
					seen[key] = at
					list = append(list, at)
				}
				if n := len(at.clauses); n == 0 || at.clauses[n-1] != a.Clause.ID {
					at.clauses = append(at.clauses, a.Clause.ID)
				}
			}
		}
	}
	return list
}

// citations are the provisions of a finding, in the language of the paper.
func (m *machine) citations(f *checker.Finding) []string {
	var cites []string
	for _, p := range f.Anchor.Places {
		cites = append(cites, m.Citation(f.Law, p))
	}
	return distinct(cites)
}

// sentence says in one sentence what a finding is.
func (m *machine) sentence(f *checker.Finding) string {
	suspicion, sorted := SuspicionWord(f), FindingWord(f)
	return m.Say(
		m.Heading(f)+"　"+f.Rule.Title.Ja+"（"+m.EntityName(f.Entity)+"）　"+suspicion.Ja+"　一次整理: "+sorted.Ja+"。判断は人が行う。",
		m.Heading(f)+": "+f.Rule.Title.En+" ("+m.EntityName(f.Entity)+"); "+suspicion.En+"; sorted as: "+sorted.En+". A person judges.")
}

// missingWords are the facts that an answer lacks, in words.
func (m *machine) missingWords(r *checker.Rule, list []checker.Missing) []string {
	var words []string
	for _, missing := range list {
		what, look := m.MissingWord(r, missing)
		words = append(words, what+m.LookWord(look))
	}
	return distinct(words)
}

// exhibit is an exhibit of the report by its id; nil if there is none.
func (m *machine) exhibit(id string) *audit.Exhibit {
	for i := range m.res.Report.Exhibits {
		if m.res.Report.Exhibits[i].ID == id {
			return &m.res.Report.Exhibits[i]
		}
	}
	return nil
}

// relative writes the name of a file as a relative reference: what is neither a letter,
// a figure, nor one of -._~/ is written out, and so is a slash at the beginning, so that
// a name is never a scheme, a server or a place of its own.
func relative(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
		if plain || c == '/' && i > 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
