package export

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/checker/review"
	"jobun/internal/cells"
)

// OSCALVersion is the version of OSCAL that WriteOSCAL keeps.
const OSCALVersion = "1.2.1"

// oscalSpace is the name space of our properties.
const oscalSpace = "https://jobun.invalid/ns/oscal"

// WriteOSCAL writes a result as OSCAL assessment results. OSCAL knows an objective as
// satisfied or not satisfied and nothing else, so the objective is put so that this can
// be answered honestly: that a person who may judge has settled the question. It never
// has been when this is written; every finding is not-satisfied for the reason "other",
// and says so. There are no risks: a suspicion about past conduct is none.
//
// The times that OSCAL asks for are the date of the paper, or the report's, at midnight
// in Tokyo; without either it is refused (ErrUndated). The whole native export is in the
// back matter, so that nothing is lost where OSCAL has no place for it.
func WriteOSCAL(w io.Writer, res *checker.Result, o PaperOptions) error {
	m, err := newMachine(res, o)
	if err != nil {
		return err
	}
	d, err := m.day()
	if err != nil {
		return err
	}
	s := &oscalWriter{machine: m, midnight: d.String() + "T00:00:00+09:00"}
	var native bytes.Buffer
	if err := writeJSON(&native, m.doc); err != nil {
		return err
	}
	return writeJSON(w, oscalDocument{s.assessment(native.Bytes())})
}

type oscalWriter struct {
	*machine
	midnight string // the time of everything that has none of its own
	observed []oscalObservation
}

// id is a UUID of something in this report.
func (s *oscalWriter) id(names ...string) string {
	return uuid(append([]string{"oscal", s.res.Report.Digest}, names...)...)
}

// markdownText makes a text mean itself in Markdown, which OSCAL's texts are.
func markdownText(text string) string {
	lines := strings.Split(cells.SanitiseLines(text), "\n")
	for i, line := range lines {
		var b strings.Builder
		line = strings.TrimLeftFunc(line, unicode.IsSpace) // four spaces would begin a block of code
		for j, r := range line {
			switch {
			case r == '&':
				b.WriteString("&amp;")
				continue
			case strings.ContainsRune("\\`*_{}[]<>#|~$!^", r), j == 0 && strings.ContainsRune("-+=:", r):
				b.WriteByte('\\')
			case (r == '.' || r == ')') && j > 0 && strings.Trim(line[:j], "0123456789") == "":
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
		lines[i] = b.String()
	}
	return strings.Join(lines, "\n")
}

// markdownLine is markdownText on one line, and never empty.
func markdownLine(text string) string {
	line := strings.TrimSpace(strings.ReplaceAll(markdownText(text), "\n", " "))
	if line == "" {
		return "—"
	}
	return line
}

// props makes properties of names and values; what has no value is left out. A value is
// one line: the original of a longer one is in the native export.
func props(pairs ...string) []oscalProperty {
	var list []oscalProperty
	for i := 0; i+1 < len(pairs); i += 2 {
		if value := strings.TrimSpace(cells.Sanitise(pairs[i+1])); value != "" {
			list = append(list, oscalProperty{pairs[i], oscalSpace, value})
		}
	}
	return list
}

func onlyTrue(is bool) string {
	if is {
		return "true"
	}
	return ""
}

func onlyNumber(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// token writes a name as OSCAL's tokens are: a slash is a full stop, and what a token
// may not hold is written out.
func token(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case r == '/' && i > 0:
			b.WriteByte('.')
		case unicode.IsLetter(r), i > 0 && (unicode.IsDigit(r) || r == '-'):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "_%04X_", r)
		}
	}
	return b.String()
}

func (s *oscalWriter) assessment(native []byte) oscalAssessment {
	r, book := s.res.Report, s.res.Rulebook
	return oscalAssessment{
		UUID: uuid(append([]string{"oscal"}, s.inputs()...)...),
		Metadata: oscalMetadata{
			Title: markdownLine(r.Title), LastModified: s.midnight, Version: "sha256-" + r.Digest, OSCALVersion: OSCALVersion,
			Props: props("tool", s.Tool, "rulebook-version", book.Version, "rulebook-sha256", book.Digest, "report-sha256", r.Digest, "language", s.Lang, "times-are-the-day-of-the", s.dayOf()),
			Remarks: markdownText(s.Say("OSCALの項目は適合の検査のためのものである。ここでは、検査に合格した・不合格であるとはいわない。",
				"OSCAL is made for checks of conformity. Nothing here says that a check was passed or failed.")),
		},
		Plan:  oscalPlan{"#" + s.id("rulebook"), markdownText(s.Say("計画に当たるものは規則集である。", "What stands for the plan is the rulebook."))},
		Local: s.objectives(), Results: []oscalResult{s.result()}, BackMatter: oscalBackMatter{s.resources(native)},
	}
}

func (s *oscalWriter) result() oscalResult {
	result := oscalResult{
		UUID: s.id("result"), Title: markdownLine(s.res.Report.Title), Start: s.midnight, Local: s.components(), Reviewed: s.reviewed(), Log: s.log(),
		Description: markdownText(s.In(Notice())),
		Props: props("findings", strconv.Itoa(len(s.res.Findings)), "findings-left-out", strconv.Itoa(s.leftOut()), "not-asked", strconv.Itoa(len(s.res.NotAsked)),
			"declined", strconv.Itoa(len(s.res.Declined)), "times-are-the-day-of-the", s.dayOf()),
		Remarks: markdownText(strings.Join(append(s.Examined(s.res), s.ExhibitWarnings(s.res)...), "\n")),
	}
	for _, f := range s.chosen {
		result.Findings = append(result.Findings, s.finding(f))
	}
	for _, n := range s.res.NotAsked {
		result.Findings = append(result.Findings, s.notAsked(n.Rule, s.NotAskedWord(n), "state", "not-asked", "reason", string(n.Reason)))
	}
	for _, d := range s.res.Declined {
		result.Findings = append(result.Findings, s.notAsked(d.Rule, s.DeclinedWord(d), "state", "declined", "alleged-only", onlyTrue(d.ByAllegation)))
	}
	result.Observations = s.observed
	return result
}

// rules lists the rules that this document speaks of.
func (s *oscalWriter) rules() []*checker.Rule {
	used := map[*checker.Rule]bool{}
	for _, f := range s.chosen {
		used[f.Rule] = true
	}
	for _, n := range s.res.NotAsked {
		used[n.Rule] = true
	}
	for _, d := range s.res.Declined {
		used[d.Rule] = true
	}
	var list []*checker.Rule
	for _, r := range s.res.Rulebook.Rules {
		if used[r] {
			list = append(list, r)
		}
	}
	return list
}

// objective is how what would settle a rule is called.
func objective(r *checker.Rule) string { return token(r.ID) + "_objective" }

// objectives says of each rule what would settle it.
func (s *oscalWriter) objectives() *oscalObjectives {
	var list []oscalObjective
	for _, r := range s.rules() {
		whole := oscalPart{
			ID: objective(r), Name: "objective",
			Prose: markdownText(s.Say("この規則の要件と除外事由について、判断する権限のある者が結論を出していること。", "That a person who may judge has settled the elements and exceptions of this rule.")),
		}
		for _, c := range r.Clauses() {
			whole.Parts = append(whole.Parts, oscalPart{
				ID: token(r.ID) + "_" + token(c.ID), Name: "objective", Prose: markdownText(c.Phrase(s.Lang)), Props: props("clause", c.ID, "nature", c.Nature, "exception", c.Kind),
			})
		}
		list = append(list, oscalObjective{
			Control: token(r.ID), Description: markdownText(s.In(r.Title)), Parts: []oscalPart{whole},
			Props: props("rule", r.ID, "law", r.Law, "regime", r.Regime, "status", r.Status, "sha256", r.Digest),
		})
	}
	if len(list) == 0 {
		return nil
	}
	return &oscalObjectives{list}
}

func (s *oscalWriter) reviewed() oscalReviewed {
	var controls []oscalControl
	for _, r := range s.rules() {
		controls = append(controls, oscalControl{token(r.ID)})
	}
	return oscalReviewed{[]oscalSelection{{controls}}}
}

// components are the software, the entities that findings are about, and this program.
func (s *oscalWriter) components() oscalComponents {
	subject := s.res.Report.Subject
	software := oscalComponent{
		UUID: s.id("subject"), Type: "software", Title: markdownLine(subject.Name), Status: oscalState{"other"},
		Description: markdownText(s.Say("監査報告の対象ソフトウェア", "the software that the audit report is about")),
		Props:       props("version", subject.Version, "signer", subject.Signer),
	}
	for _, file := range subject.Files {
		software.Props = append(software.Props, props("file", file.Name, "file-sha256", file.SHA256)...)
	}
	tool := oscalComponent{
		UUID: uuid("oscal", "tool"), Type: "software", Title: "jobun", Status: oscalState{"operational"},
		Description: markdownText(s.In(Notice())), Props: props("version", s.version()),
	}
	out := oscalComponents{
		Components: []oscalComponent{software},
		Assets:     oscalAssets{[]oscalComponent{tool}, []oscalPlatform{{uuid("oscal", "platform"), "jobun", []oscalUsesItem{{tool.UUID}}}}},
	}
	for _, kind := range audit.Kinds() {
		for _, e := range s.res.Facts.Of(kind.Name) {
			out.Inventory = append(out.Inventory, oscalItem{s.id("entity", e.ID), markdownLine(s.EntityName(e)), props("entity", e.ID, "kind", e.Kind)})
		}
	}
	return out
}

// byTool says that something comes of this program.
func byTool() []oscalOrigin {
	return []oscalOrigin{{[]oscalActor{{"tool", uuid("oscal", "tool")}}}}
}

// unsettled is the status of every objective: the program has no say in it.
func (s *oscalWriter) unsettled(words string) oscalStatus {
	return oscalStatus{"not-satisfied", "other", markdownText(words + s.Say("。結論は出ていない（OSCALには「未決」がない）。適合・不適合のいずれも意味しない。",
		". Nothing is settled (OSCAL has no word for that). It means neither that something conforms nor that it does not."))}
}

func (s *oscalWriter) finding(f *checker.Finding) oscalFinding {
	decision := s.decision(f)
	out := oscalFinding{
		UUID: s.id("finding", f.Rule.ID, f.Entity.ID), Title: markdownLine(s.sentence(f)), Description: markdownText(strings.Join(append([]string{s.sentence(f)}, s.Notes(f)...), "\n")),
		Props: props("finding", f.ID, "rule", f.Rule.ID, "entity", f.Entity.ID, "assessment", string(f.Assessment), "decision", string(decision),
			"anchor", f.Anchor.Span.String(), "anchor-kind", f.Rule.AtKind, "unverified-exceptions", strconv.Itoa(f.UnverifiedExceptions()), "asked-on-allegation", onlyTrue(f.TriggerAlleged)),
		Origins: byTool(),
		Target:  oscalTarget{"objective-id", objective(f.Rule), markdownLine(s.In(f.Rule.Title)), s.unsettled(s.In(FindingWord(f)))},
		Remarks: markdownText(s.Say("検討結果: ", "decision: ") + s.In(DecisionWord(decision))),
	}
	for _, v := range versionsOf(f) {
		out.Links = append(out.Links, oscalLink{"#" + uuid("law", v.name()), "reference"})
	}
	for _, cite := range s.citations(f) {
		out.Props = append(out.Props, props("citation", cite)...)
	}
	for _, a := range f.Answers() {
		o := s.observation(f, a)
		s.observed = append(s.observed, o)
		out.Observations = append(out.Observations, oscalRelated{o.UUID})
	}
	return out
}

// observation is the answer to a clause.
func (s *oscalWriter) observation(f *checker.Finding, a *checker.Answer) oscalObservation {
	o := oscalObservation{
		UUID: s.id("answer", f.Rule.ID, f.Entity.ID, a.Clause.ID), Title: markdownLine(s.ClauseName(f, a) + s.Say("　", ": ") + a.Clause.Phrase(s.Lang)),
		Description: markdownText(s.In(AnswerWord(a))), Methods: []string{"EXAMINE"}, Types: []string{"finding"}, Origins: byTool(),
		Props: props("clause", a.Clause.ID, "answer", string(a.Code), "nature", a.Clause.Nature, "exception", a.Clause.Kind, "condition", a.Clause.When,
			"denied-by-allegation-only", onlyTrue(a.ByAllegation), "collected-is-the-day-of-the", s.dayOf()),
		Subjects: []oscalSubject{{s.id("entity", f.Entity.ID), "inventory-item"}}, Collected: s.midnight,
	}
	if a.Why == nil {
		o.Methods = []string{"UNKNOWN"} // a person answers, in a way of his own
	}
	seen := map[[3]string]bool{}
	for _, at := range Origins(a) {
		if key := [3]string{at.Exhibit, at.Locator, at.Record}; !seen[key] {
			seen[key] = true
			o.Evidence = append(o.Evidence, s.evidence(at))
		}
	}
	if missing := s.missingWords(f.Rule, a.Missing); len(missing) > 0 {
		o.Remarks = markdownText(s.Say("足りない事実: ", "missing: ") + strings.Join(missing, s.Say("、", "; ")))
	}
	return o
}

func (s *oscalWriter) evidence(o audit.Origin) oscalEvidence {
	e := oscalEvidence{
		Description: markdownLine(s.OriginWord(o)),
		Props:       props("exhibit", o.Exhibit, "locator", o.Locator, "record", o.Record, "basis", string(o.Basis), "at", o.At.String()),
	}
	if s.exhibit(o.Exhibit) != nil {
		e.Href = "#" + s.id("exhibit", o.Exhibit)
	}
	if o.Excerpt != "" {
		e.Description += "\n\n" + markdownText(o.Excerpt)
	}
	return e
}

// notAsked is a rule that no finding came of, with properties that say why.
func (s *oscalWriter) notAsked(r *checker.Rule, words string, pairs ...string) oscalFinding {
	title := s.In(r.Title)
	return oscalFinding{
		UUID: s.id(append(pairs, r.ID)...), Title: markdownLine(title), Description: markdownText(words), Props: append(props("rule", r.ID), props(pairs...)...),
		Origins: byTool(), Target: oscalTarget{"objective-id", objective(r), markdownLine(title), s.unsettled(words)},
	}
}

// log is the journal: what people decided, each entry with its own time.
func (s *oscalWriter) log() *oscalLog {
	if s.Review == nil || len(s.Review.Journal().Entries()) == 0 {
		return nil
	}
	log := &oscalLog{}
	for _, e := range s.Review.Journal().Entries() {
		log.Entries = append(log.Entries, oscalLogEntry{
			UUID: s.id("journal", strconv.Itoa(e.Seq), e.Prev), Title: markdownLine(s.In(ActionWord(e.Action))), Description: markdownText(e.Note), Start: s.zoned(e.At), Props: s.entryProps(e),
		})
	}
	return log
}

func (s *oscalWriter) entryProps(e review.Entry) []oscalProperty {
	return props("seq", strconv.Itoa(e.Seq), "at", e.At, "by", e.By, "rule", e.Finding.Rule, "entity", e.Finding.Entity, "clause", e.Clause, "action", string(e.Action), "answer", e.Answer,
		"reason", string(e.Reason), "needs", e.Needs, "expires", e.Expires, "approves", onlyNumber(e.Approves), "undo-of", onlyNumber(e.UndoOf), "taken-back", onlyTrue(s.Review.IsVoid(e.Seq)), "prev", e.Prev)
}

// oscalZone is the end of a time whose zone OSCAL may let stand.
var oscalZone = regexp.MustCompile(`(Z|[+-]\d\d:00)$`)

// zoned is a time of the journal as OSCAL takes it: with its own zone, or as UTC where
// OSCAL does not know the zone. The entry's own words are in its properties.
func (s *oscalWriter) zoned(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil || t.UTC().Year() < 1900 || t.UTC().Year() > 2999 {
		return s.midnight
	}
	_, offset := t.Zone()
	if hours := offset / 3600; oscalZone.MatchString(at) && hours >= -12 && hours <= 14 {
		return at
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

// resources are the rulebook, the laws, the exhibits, and the native export.
func (s *oscalWriter) resources(native []byte) []oscalResource {
	book := s.res.Rulebook
	list := []oscalResource{{
		UUID: s.id("rulebook"), Title: markdownLine(book.Name + " " + book.Version), Description: markdownText(s.Say("規則集", "the rulebook")),
		Props: props("type", "rulebook", "sha256", book.Digest, "as-of", book.AsOf.String()),
	}}
	for _, v := range s.versions() {
		list = append(list, s.lawResource(v))
	}
	for _, e := range s.doc.Exhibits {
		list = append(list, s.exhibitResource(e))
	}
	return append(list, oscalResource{
		UUID: s.id("native"), Title: "result.json", Description: markdownText(s.Say("この文書の元になった結果の全体（jobun の JSON）", "the whole result that this document is made of (JSON of jobun)")),
		Props:  props("type", "native", "schema", JSONSchema),
		Base64: &oscalBase64{"result.json", "application/json", base64.StdEncoding.EncodeToString(native)},
	})
}

// lawResource refers to a law as it stood: what OSCAL calls a catalog.
func (s *oscalWriter) lawResource(v lawVersion) oscalResource {
	l, in := v.law, v.version
	name := l.Name(s.Cites(law.Full))
	resource := oscalResource{
		UUID: uuid("law", v.name()), Title: markdownLine(name), Description: markdownText(s.Interval(in.From, in.Until)), Citation: &oscalCitation{markdownLine(name)},
		Props: props("type", "law", "law", l.ID, "law-id", l.EGov, "in-force-from", in.From.String(), "until", in.Until.String(), "grade", in.Grade.String(), "law-file-sha256", l.Digest),
	}
	if address := l.Address(law.Place{}); address != "" {
		resource.Rlinks = []oscalRlink{{Href: address}}
	}
	return resource
}

func (s *oscalWriter) exhibitResource(e jsonExhibit) oscalResource {
	resource := oscalResource{
		UUID: s.id("exhibit", e.ID), Title: markdownLine(e.Title), Description: markdownText(e.Note),
		Props: props("type", "exhibit", "exhibit", e.ID, "role", e.Role, "form", e.Form, "author", e.Author, "document-date", e.Date, "date-source", e.Source, "sha256", e.SHA256, "file-check", e.FileCheck, "branch-of", e.BranchOf),
	}
	if e.File != "" {
		link := oscalRlink{Href: relative(e.File)}
		if e.SHA256 != "" {
			link.Hashes = []oscalHash{{"SHA-256", strings.ToLower(e.SHA256)}}
		}
		resource.Rlinks = []oscalRlink{link}
	}
	return resource
}
