// Package audit reads an audit report: what a piece of software did to a
// machine, who says so, and in which exhibit. It folds the observations of a
// report into entities with facts, each with its origins, and says what was
// examined and what was not. It knows nothing of law.
//
// The format of a report is this program's own, version 1, in TOML or JSON.
// docs/report.md and the JSON Schema are generated from the types of this file.
package audit

import (
	"fmt"
	"time"

	"jobun/internal/day"
	"jobun/internal/source"
)

// Format is the version of the report format that this program reads.
const Format = 1

// Report is an audit report as it was written, checked, with nothing worked out.
type Report struct {
	Schema     string        `toml:"$schema" doc:"the address of the JSON Schema, for editors (JSON reports; in TOML write #:schema)"`
	Format     int           `toml:"format" need:"yes" doc:"the version of this format: 1"`
	Title      string        `toml:"title" need:"yes" doc:"the name of the matter"`
	Date       When          `toml:"date" doc:"the date on the report"`
	Author     string        `toml:"author" doc:"who wrote the report, by role"`
	Note       string        `toml:"note" doc:"what a reader must know of the report as a whole"`
	Subject    Subject       `toml:"subject" need:"yes" doc:"the software"`
	Parties    []Party       `toml:"party" doc:"who is concerned, by role"`
	Exhibits   []Exhibit     `toml:"exhibit" doc:"the files and papers that something was read from"`
	Examined   []Examination `toml:"examined" doc:"what was looked for, and where: only inside it does silence mean no"`
	Observed   []Observation `toml:"observation" doc:"what was seen in an exhibit"`
	SignIns    []Record      `toml:"sign_in" kind:"sign_in" doc:"sign-ins"`
	Releases   []Record      `toml:"release" kind:"release" doc:"the software, or another version, put before others"`
	Notices    []Record      `toml:"notice" kind:"notice" doc:"what was told, to whom, how"`
	Agreements []Record      `toml:"agreement" kind:"agreement" doc:"applications and contracts"`
	Consents   []Record      `toml:"consent" kind:"consent" doc:"consents given or refused"`
	Fees       []Record      `toml:"fee" kind:"fee" doc:"money"`
	Entrusted  []Record      `toml:"entrustment" kind:"entrustment" doc:"work entrusted to another"`
	Statements []Statement   `toml:"statement" doc:"what a party says"`
	Events     []Event       `toml:"event" doc:"dated matters that no fact rests on, for the chronology"`
	// Name is the file name as the user gave it. It is never printed in a paper.
	Name string `toml:"-"`
	// Digest is the SHA-256 of the report's bytes, in hexadecimal.
	Digest string `toml:"-"`

	tree *source.Tree
}

// Problem makes a problem at a place of the report, for checks that need more
// than the report: of rules that a statement names.
func (r *Report) Problem(path, code, message, hint string) *source.Problem {
	return r.tree.Problem(r.tree.At(path), code, message, hint)
}

// Subject is the software that the report is about.
type Subject struct {
	Name      string   `toml:"name" need:"yes" doc:"what the software is called in this report"`
	Version   string   `toml:"version" doc:"the version examined"`
	Publisher string   `toml:"publisher" doc:"the party that publishes it"`
	Processes []string `toml:"processes" doc:"the names of its processes"`
	Signer    string   `toml:"signer" doc:"the signer of its files"`
	Files     []Binary `toml:"file" doc:"its files"`
}

// Binary is a file of the software.
type Binary struct {
	Name   string `toml:"name" need:"yes" doc:"file name"`
	SHA256 string `toml:"sha256" doc:"SHA-256 in hexadecimal"`
	Size   int64  `toml:"size" doc:"bytes"`
}

// Party is a person or body, by role: never more of a name than the report needs.
type Party struct {
	Path string `toml:"-" path:"yes"`
	ID   string `toml:"id" need:"yes" doc:"how the report refers to it"`
	Name string `toml:"name" need:"yes" doc:"how it is printed: a role, such as 利用者"`
	Role string `toml:"role" need:"yes" enum:"complainant,user,publisher,intermediary,officer,examiner,authority,plaintiff,auditor,engineer,other" doc:"its part in the matter"`
	Kind string `toml:"kind" enum:"person,organisation,authority,unknown" doc:"what it is"`
	Note string `toml:"note" doc:"anything else"`
}

// Exhibit is a file or paper that something was read from.
type Exhibit struct {
	Path         string    `toml:"-" path:"yes"`
	ID           string    `toml:"id" need:"yes" doc:"how the report refers to it"`
	Title        string    `toml:"title" need:"yes" doc:"標目: what it is"`
	Role         string    `toml:"role" need:"yes" enum:"scene,reproduction,listing,document" doc:"現場, 再現, 写し・一覧 or 文書"`
	Form         string    `toml:"form" enum:"original,copy,electronic" doc:"original, copy or electronic record"`
	Author       string    `toml:"author" doc:"the party that made it"`
	DocumentDate When      `toml:"document_date" doc:"the date on the paper: not the file's date"`
	DateSource   string    `toml:"date_source" doc:"how that date is known"`
	Received     When      `toml:"received" doc:"when it came to the complainant, if another day"`
	File         string    `toml:"file" doc:"the file, relative to the report"`
	SHA256       string    `toml:"sha256" doc:"SHA-256 of the file in hexadecimal"`
	Build        string    `toml:"build" doc:"for a reproduction: SHA-256 of the build that was run"`
	Custody      []Custody `toml:"custody" doc:"who collected it, how, and to whom it was handed"`
	Note         string    `toml:"note" doc:"anything else"`
}

// Custody is one step in the handling of an exhibit.
type Custody struct {
	By          string `toml:"by" need:"yes" doc:"the party"`
	At          When   `toml:"at" doc:"when"`
	How         string `toml:"how" doc:"what was done"`
	Tool        string `toml:"tool" doc:"with which tool and version"`
	ClockOffset string `toml:"clock_offset" doc:"how far the machine's clock was off, as measured"`
	HandedTo    string `toml:"handed_to" doc:"the party that received it"`
}

// Examination says which kinds of entity were looked for in an exhibit. Inside
// it a list is complete; outside it, silence says nothing.
type Examination struct {
	Path    string   `toml:"-" path:"yes"`
	Kinds   []string `toml:"kinds" need:"yes" doc:"the kinds of entity that were looked for"`
	Exhibit string   `toml:"exhibit" need:"yes" doc:"where"`
	From    When     `toml:"from" doc:"for which time: from this day; left out: from the beginning"`
	Until   When     `toml:"until" doc:"to this day, inclusive; left out: to the end"`
	Basis   Basis    `toml:"basis" enum:"recorded,admitted,inferred,alleged" doc:"recorded unless said otherwise: alleged if a party only says that there was nothing"`
	Note    string   `toml:"note" doc:"how it was looked for"`
}

// Observation is one thing seen in an exhibit.
type Observation struct {
	Path        string         `toml:"-" path:"yes"`
	ID          string         `toml:"id" need:"yes" doc:"how the report refers to it"`
	At          When           `toml:"at" doc:"when it happened: a date, a time with zone, a month \"2012-02\", or a range \"2012-02-05/2012-03-23\""`
	AsWritten   string         `toml:"as_written" doc:"the exhibit's own wording of the time"`
	Action      string         `toml:"action" need:"yes" doc:"what happened: one of the closed vocabulary"`
	Target      string         `toml:"target" need:"yes" doc:"to what: kind:name, or a singleton (computer, subject, publisher)"`
	Group       string         `toml:"group" doc:"for group actions: the SID of the group"`
	Actor       string         `toml:"actor" doc:"the account or process that did it, as the record names it"`
	Attribution *Attribution   `toml:"attribution" doc:"to whom the act is attributed, and why; left out: unknown"`
	Shows       map[string]any `toml:"shows" doc:"other facts of the target that the exhibit shows"`
	Exhibit     string         `toml:"exhibit" need:"yes" doc:"where it was seen"`
	Locator     string         `toml:"locator" doc:"the line, record id or page"`
	Excerpt     string         `toml:"excerpt" doc:"the words or the record, short"`
	Basis       Basis          `toml:"basis" need:"yes" enum:"recorded,admitted,inferred,alleged" doc:"on what it rests"`
	Note        string         `toml:"note" doc:"anything else"`
}

// Attribution says to whom an act is attributed, never by time alone.
type Attribution struct {
	To    string `toml:"to" need:"yes" enum:"subject,other" doc:"the software, or another"`
	Basis string `toml:"basis" need:"yes" enum:"process-tree,image,hash,signer,stated" doc:"why"`
	Note  string `toml:"note" doc:"the process, hash or words it rests on"`
}

// Record is an entity that a report states as a table of its own. The facts of
// its kind are further keys of the table.
type Record struct {
	Path      string         `toml:"-" path:"yes"`
	ID        string         `toml:"id" need:"yes" doc:"how the report refers to it"`
	Label     string         `toml:"label" doc:"how it is printed"`
	AsWritten string         `toml:"as_written" doc:"the exhibit's own wording of the time"`
	Exhibit   string         `toml:"exhibit" need:"yes" doc:"where it was seen"`
	Locator   string         `toml:"locator" doc:"the line, record id or page"`
	Excerpt   string         `toml:"excerpt" doc:"the words or the record, short"`
	Basis     Basis          `toml:"basis" need:"yes" enum:"recorded,admitted,inferred,alleged" doc:"on what it rests"`
	Note      string         `toml:"note" doc:"anything else"`
	Facts     map[string]any `toml:"*" doc:"the facts of its kind"`
}

// Statement is what a party says of a clause of a rule, or of another statement.
type Statement struct {
	Path      string      `toml:"-" path:"yes"`
	ID        string      `toml:"id" need:"yes" doc:"how the report refers to it"`
	By        string      `toml:"by" need:"yes" doc:"the party"`
	At        When        `toml:"at" doc:"when"`
	AsWritten string      `toml:"as_written" doc:"the exhibit's own wording of the time"`
	Exhibit   string      `toml:"exhibit" need:"yes" doc:"where"`
	Locator   string      `toml:"locator" doc:"the line or page"`
	Text      string      `toml:"text" need:"yes" doc:"the words"`
	Stance    string      `toml:"stance" enum:"supports,opposes,admits" doc:"towards the clauses in on"`
	On        []ClauseRef `toml:"on" doc:"the clauses it speaks to"`
	Answers   []string    `toml:"answers" doc:"the statements it replies to"`
	Withdraws string      `toml:"withdraws" doc:"the party's own statement that it takes back"`
	Note      string      `toml:"note" doc:"anything else"`
	// ByName is the party's name, filled in by Read.
	ByName string `toml:"-"`
}

// ClauseRef names a clause of a rule.
type ClauseRef struct {
	Path   string `toml:"-" path:"yes"`
	Rule   string `toml:"rule" need:"yes" doc:"the rule, by its path"`
	Clause string `toml:"clause" doc:"its element or exception; left out: the whole rule"`
	Entity string `toml:"entity" doc:"of which entity alone, as kind:name; left out: of all"`
}

// Event is a dated matter for the chronology, on which no fact rests.
type Event struct {
	Path      string `toml:"-" path:"yes"`
	ID        string `toml:"id" need:"yes" doc:"how the report refers to it"`
	At        When   `toml:"at" need:"yes" doc:"when"`
	AsWritten string `toml:"as_written" doc:"the exhibit's own wording of the time"`
	What      string `toml:"what" need:"yes" doc:"what happened"`
	By        string `toml:"by" doc:"the party"`
	Exhibit   string `toml:"exhibit" need:"yes" doc:"where it is said"`
	Locator   string `toml:"locator" doc:"the line or page"`
	Basis     Basis  `toml:"basis" need:"yes" enum:"recorded,admitted,inferred,alleged" doc:"on what it rests"`
	Note      string `toml:"note" doc:"anything else"`
}

// Basis is what a fact rests on. The zero value is no basis at all.
type Basis string

// The bases, strongest first.
const (
	Recorded Basis = "recorded" // 記録: read from a record
	Admitted Basis = "admitted" // 相手方が認めた: by the party it speaks against
	Inferred Basis = "inferred" // 推認: by folding observations
	Alleged  Basis = "alleged"  // 主張のみ: a party says so
)

// Title is the basis in the words of the program.
func (b Basis) Title() Text {
	switch b {
	case Recorded:
		return say("記録", "recorded")
	case Admitted:
		return say("相手方が認めた", "admitted")
	case Inferred:
		return say("推認", "inferred")
	case Alleged:
		return say("主張のみ", "alleged only")
	default:
		return say("根拠の記載なし", "no basis stated")
	}
}

// strength orders bases: the greater the stronger.
func (b Basis) strength() int {
	switch b {
	case Recorded:
		return 4
	case Admitted:
		return 3
	case Inferred:
		return 2
	case Alleged:
		return 1
	default:
		return 0
	}
}

// When is a time in a report: a TOML date or date-time, or a string.
type When struct{ day.Span }

// SchemaType describes a time for the JSON Schema.
func (When) SchemaType() string { return "time" }

// FromValue takes a decoded TOML or JSON value.
func (w *When) FromValue(v any) error {
	switch v := v.(type) {
	case string:
		s, err := day.ParseSpan(v)
		if err != nil {
			return err
		}
		w.Span = s
		return nil
	case time.Time:
		s, err := day.ParseSpan(timeText(v))
		if err != nil {
			return err
		}
		w.Span = s
		return nil
	default:
		return fmt.Errorf("want a date, a time, or a string such as \"2012-02\" or \"2012-02-05/2012-03-23\"")
	}
}

// timeText writes a TOML time as ISO, with a zone only where one was written.
// BurntSushi/toml marks local dates and times by the name of the location.
func timeText(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format("2006-01-02")
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05.999999999")
	default:
		return t.Format(time.RFC3339Nano)
	}
}
