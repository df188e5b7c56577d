package export

import (
	"bytes"
	"encoding/json"
	"io"
	"time"

	"jobun/checker"
	"jobun/checker/review"
)

// OCSFVersion is the version of OCSF that WriteOCSF keeps: the class compliance_finding
// as published at https://schema.ocsf.io/1.5.0/classes/compliance_finding (uid 2003,
// category 2), with its objects compliance, check, finding_info, analytic, metadata,
// product, evidences, resource_details and key_value_object.
const OCSFVersion = "1.5.0"

// The numbers of OCSF that are used. Of a status there is neither 1 (Pass), nor 2
// (Warning), nor 3 (Fail): the program comes to none of these.
const (
	ocsfCategory = 2    // Findings
	ocsfClass    = 2003 // Compliance Finding
	ocsfCreate   = 1    // the activity
	ocsfUnknown  = 0
	ocsfOther    = 99
	ocsfRule     = 1 // an analytic that is a rule
)

// WriteOCSF writes a result as OCSF events of class 2003, Compliance Finding, one a
// line: one for each finding, and one for each rule that was not asked or concerns
// nothing. The status is Unknown where facts are missing and Other elsewhere, with our
// own word. What OCSF has no attribute for, with all that people decided, is the finding
// of the native export, in unmapped.
//
// The time that OCSF asks for is the date of the paper, or the report's, at midnight in
// Tokyo; without either it is refused (ErrUndated).
func WriteOCSF(w io.Writer, res *checker.Result, o PaperOptions) error {
	m, err := newMachine(res, o)
	if err != nil {
		return err
	}
	d, err := m.day()
	if err != nil {
		return err
	}
	tokyo := time.FixedZone("", 9*60*60)
	s := &ocsfWriter{machine: m, at: time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, tokyo).UnixMilli()}
	var events []ocsfEvent
	for i, f := range s.chosen {
		events = append(events, s.finding(f, m.doc.Findings[i]))
	}
	for i, n := range res.NotAsked {
		events = append(events, s.notAsked(n.Rule, "not-asked", ocsfUnknown, s.NotAskedWord(n), m.doc.NotAsked[i]))
	}
	for i, d := range res.Declined {
		events = append(events, s.notAsked(d.Rule, "declined", ocsfOther, s.DeclinedWord(d), m.doc.Declined[i]))
	}
	for i := range events {
		events[i].Metadata.Sequence = i + 1
		if err := writeLine(w, events[i]); err != nil {
			return err
		}
	}
	return nil
}

// writeLine writes a value as JSON on one line, inert as the native export is.
func writeLine(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(visible{&b})
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

type ocsfWriter struct {
	*machine
	at int64 // milliseconds since 1970
}

// event is what all events have in common.
func (s *ocsfWriter) event(r *checker.Rule, uid, message string) ocsfEvent {
	l := r.OfLaw()
	return ocsfEvent{
		ActivityID: ocsfCreate, Activity: "Create", CategoryUID: ocsfCategory, Category: "Findings", ClassUID: ocsfClass, Class: "Compliance Finding",
		TypeUID: ocsfClass*100 + ocsfCreate, Type: "Compliance Finding: Create", SeverityID: ocsfUnknown, Severity: "Unknown",
		Time: s.at, Timezone: 9 * 60, Message: message,
		Metadata: ocsfMetadata{
			Version: OCSFVersion, UID: uuid(append([]string{"ocsf", uid}, s.inputs()...)...), Correlation: uuid(append([]string{"ocsf"}, s.inputs()...)...),
			Product: ocsfProduct{Name: "jobun", UID: "jobun", Version: s.version(), Lang: s.Say("ja", "en")},
		},
		Info: ocsfInfo{
			UID: uid, Title: s.In(r.Title), Desc: message, Created: s.at,
			Analytic: ocsfAnalytic{Name: s.In(r.Title), UID: r.ID, TypeID: ocsfRule, Type: "Rule", Version: s.res.Rulebook.Version},
		},
		Compliance: ocsfCompliance{Control: r.ID, Desc: s.In(r.Title), Category: r.Regime, Standards: []string{l.Name(s.Cites(0))}},
	}
}

func (s *ocsfWriter) finding(f *checker.Finding, native jsonFinding) ocsfEvent {
	message := s.sentence(f)
	decision := s.decision(f)
	e := s.event(f.Rule, f.ID, message)
	e.Info.Types = []string{string(f.Assessment)}
	e.Info.Sources = ExhibitsBehind(s.res.Report, f)
	e.StatusID, e.Status = ocsfReview(decision)
	e.StatusCode, e.StatusDetail = string(decision), s.In(DecisionWord(decision))
	if cites := s.citations(f); len(cites) > 0 {
		e.Compliance.Standards = cites
	}
	e.Compliance.StatusID, e.Compliance.Status = ocsfOther, s.In(FindingWord(f))
	if sarifKind(f.Assessment) == "open" {
		e.Compliance.StatusID, e.Compliance.Status = ocsfUnknown, "Unknown"
	}
	e.Compliance.StatusCode, e.Compliance.StatusDetail = string(f.Assessment), s.In(FindingWord(f))
	for _, a := range f.Answers() {
		check := s.check(f, a)
		e.Compliance.Requirements = append(e.Compliance.Requirements, check.UID+": "+check.Desc)
		e.Compliance.Checks = append(e.Compliance.Checks, check)
	}
	e.Resources = []ocsfResource{{UID: f.Entity.ID, Name: f.Entity.Label, Type: f.Entity.Kind}}
	for _, at := range originsOf(f) {
		o := at.origin
		e.Evidences = append(e.Evidences, ocsfEvidence{
			Name: o.Exhibit, UID: o.Record, Data: sarifSeenThere{o.Record, o.Exhibit, o.Locator, o.Excerpt, string(o.Basis), o.At.String(), at.clauses},
		})
	}
	e.Unmapped = ocsfUnmapped{Native: native, Report: s.doc.Report, Rulebook: s.doc.Rulebook, TimeOf: s.dayOf(), Notice: s.doc.Notice, LeftOut: s.leftOut()}
	return e
}

// check is the answer to a clause.
func (s *ocsfWriter) check(f *checker.Finding, a *checker.Answer) ocsfCheck {
	check := ocsfCheck{
		UID: taxon(f.Rule, a.Clause), Name: s.ClauseName(f, a), Desc: a.Clause.Phrase(s.Lang),
		StatusID: ocsfOther, Status: s.In(AnswerWord(a)), Standards: s.citations(f),
	}
	if a.Code == checker.Unverified {
		check.StatusID, check.Status = ocsfUnknown, "Unknown"
	}
	return check
}

// ocsfReview is how far the review of a finding is. That it was set aside is an opinion:
// it suppresses nothing, and resolves nothing.
func ocsfReview(decision review.Status) (id int, caption string) {
	switch decision {
	case review.Undecided:
		return 1, "New"
	case review.Proposed, review.Recheck, review.Expired, review.Status(review.NeedsEvidence):
		return 2, "In Progress"
	default:
		return ocsfOther, string(decision)
	}
}

// notAsked is the event of a rule that no finding came of.
func (s *ocsfWriter) notAsked(r *checker.Rule, state string, status int, words string, native any) ocsfEvent {
	e := s.event(r, state+":"+r.ID, words)
	e.Info.Types = []string{state}
	e.StatusID, e.Status = ocsfOther, state
	e.Compliance.StatusID, e.Compliance.Status = status, state
	if status == ocsfUnknown {
		e.Compliance.Status = "Unknown"
	}
	e.Compliance.StatusCode, e.Compliance.StatusDetail = state, words
	e.Unmapped = ocsfUnmapped{Native: native, Report: s.doc.Report, Rulebook: s.doc.Rulebook, TimeOf: s.dayOf(), Notice: s.doc.Notice, LeftOut: s.leftOut()}
	return e
}
