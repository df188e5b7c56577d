package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
)

// Pins are the digests of what an opinion was formed on (DESIGN 3.12): SHA-256 in
// hexadecimal. They do not depend on the wording of titles or on order.
type Pins struct {
	Rule       string `json:"rule"`           // the rule's file and its behaviours
	Law        string `json:"law"`            // the provision's number, days in force and penalty
	Text       string `json:"text,omitempty"` // the provision's text, if it was in the law store
	Evidence   string `json:"evidence"`       // the facts that the answers read, with their records
	Statements string `json:"statements"`     // what the parties say of it
	Answers    string `json:"answers"`        // what people answered, and the findings that it reads
}

// Cause is a part of what an opinion rests on that is no longer as it was.
type Cause string

// The causes.
const (
	RuleChanged       Cause = "rule"
	LawChanged        Cause = "law"
	TextChanged       Cause = "text"
	EvidenceChanged   Cause = "evidence"
	StatementsChanged Cause = "statements"
	AnswersChanged    Cause = "answers"
	FindingGone       Cause = "gone" // the rule is no longer asked of the entity
)

// Differ lists in what two pins differ. A text that only one side had is no
// difference: it was got, not changed.
func (p Pins) Differ(q Pins) []Cause {
	var causes []Cause
	for _, part := range []struct {
		cause Cause
		is    bool
	}{
		{RuleChanged, p.Rule != q.Rule},
		{LawChanged, p.Law != q.Law},
		{TextChanged, p.Text != q.Text && p.Text != "" && q.Text != ""},
		{EvidenceChanged, p.Evidence != q.Evidence},
		{StatementsChanged, p.Statements != q.Statements},
		{AnswersChanged, p.Answers != q.Answers},
	} {
		if part.is {
			causes = append(causes, part.cause)
		}
	}
	return causes
}

// PinsOf gives the pins of a finding as it now is. The text is the SHA-256 of the
// provision's text where the law store has it, else empty.
func PinsOf(f *checker.Finding, text string) Pins {
	return Pins{
		Rule: f.Rule.Digest, Law: lawDigest(f), Text: text,
		Evidence: evidenceDigest(f), Statements: statementsDigest(f), Answers: answersDigest(f),
	}
}

// answerPins are the pins of an answer to a clause: not to the answers themselves,
// which would unsettle one another.
func (p Pins) ofAnswer() Pins {
	p.Answers = ""
	return p
}

// digest writes lines into a sum, each with its length, so that no two lists of
// lines give the same bytes.
type digest struct{ sum hash.Hash }

func newDigest() digest { return digest{sha256.New()} }

func (d digest) line(parts ...string) {
	fmt.Fprintf(d.sum, "%d\n", len(parts))
	for _, part := range parts {
		fmt.Fprintf(d.sum, "%d:%s\n", len(part), part)
	}
}

func (d digest) hex() string { return hex.EncodeToString(d.sum.Sum(nil)) }

// lawDigest is of the provision that a finding is asked of, on its day.
func lawDigest(f *checker.Finding) string {
	d := newDigest()
	d.line("law", f.Law.ID, f.Law.EGov)
	for _, p := range f.Anchor.Places {
		d.line("place", p.Cite, strings.Join(p.With, " "), p.From.String(), p.Until.String())
		if p.Penalty != nil {
			d.line("penalty", p.Penalty.Law, p.Penalty.Cite, p.Penalty.Ja)
		}
	}
	for _, v := range f.Law.VersionsOn(f.Anchor.Span) {
		d.line("version", v.From.String(), v.Until.String(), v.By.Ja)
	}
	return d.hex()
}

// evidenceDigest is of the facts that the trigger's day and the answers read, also
// those that are not stated: one that is stated later is another state of things.
func evidenceDigest(f *checker.Finding) string {
	lines := map[string]bool{}
	if f.Anchor.Stated != nil {
		lines[factLine(f.Anchor.Stated)] = true
	}
	seen := map[*checker.Why]bool{}
	for _, a := range f.Answers() {
		readBy(a.Why, seen, lines)
		for _, factor := range slices.Concat(a.For, a.Against) {
			for _, fact := range factor.Facts {
				lines[factLine(fact)] = true
			}
		}
		for _, m := range a.Missing {
			lines[strings.Join([]string{"missing", m.Name, entityID(m.Entity), fmt.Sprint(m.Disputed, m.Imprecise, m.Alleged)}, "\x00")] = true
		}
	}
	d := newDigest()
	for _, line := range sortedKeys(lines) {
		d.line(line)
	}
	return d.hex()
}

// readBy collects what an explanation read.
func readBy(w *checker.Why, seen map[*checker.Why]bool, lines map[string]bool) {
	if w == nil || seen[w] {
		return
	}
	seen[w] = true
	if w.Fact != nil {
		lines[factLine(w.Fact)] = true
	}
	for _, list := range w.Lists {
		parts := []string{"list", list.Kind.Name, fmt.Sprint(list.Members)}
		for _, x := range list.Examined {
			parts = append(parts, x.Exhibit, x.From.String(), x.Until.String(), string(x.Basis))
		}
		lines[strings.Join(parts, "\x00")] = true
	}
	for _, kid := range w.Kids {
		readBy(kid, seen, lines)
	}
}

// factLine is everything that a fact says and where it was read.
func factLine(f *audit.Fact) string {
	parts := []string{"fact", f.Name(), f.Entity.ID, f.Value.String(), fmt.Sprint(f.Disputed), string(f.Basis)}
	for _, o := range f.Origins {
		parts = append(parts, o.Record, o.Exhibit, o.Locator, o.Excerpt, string(o.Basis), o.Value.String())
	}
	return strings.Join(parts, "\x00")
}

func entityID(e *audit.Entity) string {
	if e == nil {
		return ""
	}
	return e.ID
}

// statementsDigest is of what the parties say of a finding and its clauses.
func statementsDigest(f *checker.Finding) string {
	lines := map[string]bool{}
	add := func(clause string, list []*audit.Statement) {
		for _, s := range list {
			lines[strings.Join([]string{clause, s.ID, s.By, s.Stance, s.Text, s.Withdraws, strings.Join(s.Answers, " ")}, "\x00")] = true
		}
	}
	add("", f.Statements)
	for _, a := range f.Answers() {
		add(a.Clause.ID, a.Statements)
		lines["code "+a.Clause.ID+fmt.Sprint(a.Code == checker.Contested)] = true // a withdrawal elsewhere
	}
	d := newDigest()
	for _, line := range sortedKeys(lines) {
		d.line(line)
	}
	return d.hex()
}

// answersDigest is of what people answered to the clauses of a finding, and of what
// became of the findings that it reads.
func answersDigest(f *checker.Finding) string {
	d := newDigest()
	for _, a := range f.Answers() {
		if a.Person != nil {
			d.line("answer", a.Clause.ID, fmt.Sprint(a.Person.Yes))
		}
	}
	lines := map[string]bool{}
	for _, a := range f.Answers() {
		readFindings(a.Why, map[*checker.Why]bool{}, lines)
	}
	for _, line := range sortedKeys(lines) {
		d.line(line)
	}
	return d.hex()
}

func readFindings(w *checker.Why, seen map[*checker.Why]bool, lines map[string]bool) {
	if w == nil || seen[w] {
		return
	}
	seen[w] = true
	if w.Finding != nil {
		for _, f := range w.Finding.Findings {
			lines[strings.Join([]string{"finding", f.Rule.ID, f.Entity.ID, string(f.Assessment)}, "\x00")] = true
		}
	}
	for _, kid := range w.Kids {
		readFindings(kid, seen, lines)
	}
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
