package export

import (
	"io"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
)

// SARIFSchema is the address of the schema that WriteSARIF keeps: SARIF 2.1.0 with
// errata 01.
const SARIFSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// sarifBase is the name of the folder that the report lies in. No address is given for
// it: that would be a path of this machine.
const sarifBase = "REPORT"

// The notifications of a run, in the order in which the driver describes them.
const (
	notifyNotAsked = iota
	notifyDeclined
	notifyExhibit
	notifyLeftOut
)

// sarifNotices describes the notifications.
func sarifNotices() []struct {
	id  string
	say Text
} {
	return []struct {
		id  string
		say Text
	}{
		notifyNotAsked: {"jobun/not-asked", say("問えなかった規則", "a rule that could not be asked")},
		notifyDeclined: {"jobun/declined", say("対象のない規則", "a rule that concerns nothing in the report")},
		notifyExhibit:  {"jobun/exhibit-differs", say("報告のハッシュと一致しない証拠", "an exhibit whose file is not the one stated")},
		notifyLeftOut:  {"jobun/left-out", say("選択により収めなかった指摘", "findings that the selection leaves out")},
	}
}

// WriteSARIF writes a result as SARIF 2.1.0. A finding is a result of kind review, open
// or notApplicable, never pass or fail, and its level is none. Each law is a taxonomy
// whose version is the day on which that text came into force, and each clause of a
// rule a taxon of it. Rules that were not asked, and those that concern nothing, are
// notifications of the run. What people decided is in properties.
func WriteSARIF(w io.Writer, res *checker.Result, o PaperOptions) error {
	m, err := newMachine(res, o)
	if err != nil {
		return err
	}
	s := &sarifWriter{machine: m, language: "ja-JP", ruleIndex: map[string]int{}, taxonomy: map[string]int{}, artifact: map[string]int{}}
	if o.Lang == "en" {
		s.language = "en-US"
	}
	return writeJSON(w, sarifLog{SARIFSchema, "2.1.0", []sarifRun{s.run()}})
}

type sarifWriter struct {
	*machine
	language   string
	ruleIndex  map[string]int
	taxonomies []*sarifComponent
	taxonomy   map[string]int // where that of a version of a law is
	artifact   map[string]int // where that of an exhibit is
}

// sarifText makes a text mean itself in a message, where braces and brackets would be
// places for arguments and links.
func sarifText(text string) sarifMessage {
	return sarifMessage{strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", "{{", "}", "}}").Replace(text)}
}

func sarifNote(text string) *sarifMessage {
	if text == "" {
		return nil
	}
	note := sarifText(text)
	return &note
}

func (s *sarifWriter) run() sarifRun {
	doc := s.doc
	run := sarifRun{
		Tool: sarifTool{s.driver()}, Language: s.language, ColumnKind: "unicodeCodePoints", Artifacts: s.artifacts(), Results: []sarifResult{},
		Automation: sarifAutomation{
			"jobun/" + short(s.res.Report.Digest) + "/" + short(s.res.Rulebook.Digest), uuid(append([]string{"sarif"}, s.inputs()...)...),
			sarifText(s.Say("報告、規則集、検討の記録と選択から一意に決まる", "follows from the report, the rulebook, the journal and the selection alone")),
		},
		BaseIDs: map[string]sarifPlaced{sarifBase: {Description: sarifNote(s.Say("監査報告のあるフォルダー", "the folder of the audit report"))}},
		Properties: sarifRunProperties{
			doc.Schema, doc.Report, doc.Rulebook, s.leftOut(), doc.NotAsked, doc.Declined, doc.Entities, doc.Exhibits,
			doc.Parties, doc.Examined, doc.Statements, doc.Journal, doc.Notice, doc.AsRead,
		},
	}
	s.laws()
	run.Taxonomies = append([]*sarifComponent{}, s.taxonomies...)
	for i, f := range s.chosen {
		run.Results = append(run.Results, s.result(f, doc.Findings[i]))
	}
	run.Invocations = []sarifInvocation{{Successful: true, Notifications: s.notifications()}}
	return run
}

// driver is the program and its rules.
func (s *sarifWriter) driver() sarifComponent {
	driver := sarifComponent{
		Name: "jobun", FullName: s.Tool, Version: s.version(), Language: s.language,
		ShortDescription: sarifNote(s.In(Notice())),
	}
	for i, r := range s.res.Rulebook.Rules {
		s.ruleIndex[r.ID] = i
		driver.Rules = append(driver.Rules, sarifDescriptor{
			ID: r.ID, GUID: uuid("rule", r.ID), ShortDescription: sarifNote(s.In(r.Title)), FullDescription: sarifNote(s.In(r.Note)),
			Configuration: &sarifConfiguration{"none"},
			Properties: map[string]any{
				"law": r.Law, "regime": r.Regime, "asks": r.Asks, "at": r.At, "at_kind": r.AtKind, "status": r.Status, "signed_by": r.Signed,
				"sha256": r.Digest, "title": jsonText(r.Title), "discretionary": r.Discretionary,
			},
		})
	}
	for _, n := range sarifNotices() {
		driver.Notifications = append(driver.Notifications, sarifDescriptor{ID: n.id, ShortDescription: sarifNote(s.In(n.say))})
	}
	return driver
}

// laws makes a taxonomy of each version of a law that a finding names.
func (s *sarifWriter) laws() {
	for _, v := range s.versions() {
		l, in := v.law, v.version
		taxonomy := &sarifComponent{
			Name: l.ID, GUID: uuid("law", v.name()), FullName: l.Name(s.Cites(law.Full)), Version: in.From.String(), Language: s.language,
			ShortDescription: sarifNote(s.Say("施行の期間: ", "in force: ") + s.Interval(in.From, in.Until)), InformationURI: l.Address(law.Place{}),
			Properties: map[string]any{
				"law_id": l.EGov, "number": jsonText{l.Number.Ja, l.Number.En}, "title": jsonText(l.Title), "kind": string(l.Kind),
				"in_force_from": in.From.String(), "until": in.Until.String(), "grade": in.Grade.String(), "amended_by": jsonText(in.By),
				"law_file_sha256": l.Digest, "translation": jsonText(l.Translation),
			},
		}
		for _, r := range s.res.Rulebook.Rules {
			if r.Law != l.ID {
				continue
			}
			for _, c := range r.Clauses() {
				taxonomy.Taxa = append(taxonomy.Taxa, sarifDescriptor{
					ID: taxon(r, c), GUID: uuid("taxon", v.name(), taxon(r, c)), ShortDescription: sarifNote(c.Phrase(s.Lang)),
					Properties: map[string]any{"rule": r.ID, "clause": c.ID, "ja": c.Phrase("ja"), "en": c.Phrase("en"), "nature": c.Nature, "exception": c.Kind},
				})
			}
		}
		s.taxonomy[v.name()] = len(s.taxonomies)
		s.taxonomies = append(s.taxonomies, taxonomy)
	}
}

// taxon is how a clause of a rule is called in the taxonomy of its law.
func taxon(r *checker.Rule, c *checker.Clause) string { return r.ID + "#" + c.ID }

// artifacts are the exhibits with their hashes, and the files of the software.
func (s *sarifWriter) artifacts() []sarifArtifact {
	list := []sarifArtifact{}
	hash := func(sum string) map[string]string {
		if sum == "" {
			return nil
		}
		return map[string]string{"sha-256": strings.ToLower(sum)}
	}
	for _, e := range s.doc.Exhibits {
		s.artifact[e.ID] = len(list)
		a := sarifArtifact{Description: sarifText(e.Title), Hashes: hash(e.SHA256), Properties: e}
		if e.File != "" {
			a.Location = &sarifPlaced{URI: relative(e.File), BaseID: sarifBase}
		}
		list = append(list, a)
	}
	for i, file := range s.res.Report.Subject.Files {
		list = append(list, sarifArtifact{
			Description: sarifText(file.Name), Roles: []string{"analysisTarget"}, Length: max(0, file.Size), Hashes: hash(file.SHA256),
			Properties: map[string]any{"subject_file": i + 1, "name": file.Name},
		})
	}
	return list
}

// sarifKind is the kind of a result. What lacks facts is open; everything else that
// was asked is for a person to look at.
func sarifKind(a checker.Assessment) string {
	switch a {
	case checker.NotInForce:
		return "notApplicable"
	case checker.Unanchored, checker.Partial, checker.Open:
		return "open"
	default:
		return "review"
	}
}

func (s *sarifWriter) result(f *checker.Finding, native jsonFinding) sarifResult {
	decision := s.decision(f)
	return sarifResult{
		RuleID: f.Rule.ID, RuleIndex: s.ruleIndex[f.Rule.ID], Kind: sarifKind(f.Assessment), Level: "none", Message: sarifText(s.sentence(f)),
		Locations: s.locations(f), Correlation: uuid("finding", f.Rule.ID, f.Entity.ID), Fingerprints: map[string]string{"jobun/finding/v1": f.ID}, Taxa: s.taxa(f),
		Properties: sarifFinding{f.ID, string(f.Assessment), jsonText(FindingWord(f)), string(decision), jsonText(DecisionWord(decision)), native},
	}
}

// taxa points to each clause in each version that the finding names, with its answer.
func (s *sarifWriter) taxa(f *checker.Finding) []sarifReference {
	refs := []sarifReference{}
	for _, v := range versionsOf(f) {
		at := s.taxonomy[v.name()]
		component := &sarifComponentIndex{v.law.ID, at, s.taxonomies[at].GUID}
		for _, a := range f.Answers() {
			id := taxon(f.Rule, a.Clause)
			index := slices.IndexFunc(s.taxonomies[at].Taxa, func(d sarifDescriptor) bool { return d.ID == id })
			refs = append(refs, sarifReference{id, index, component, map[string]any{"answer": string(a.Code), "answer_in_words": jsonText(AnswerWord(a))}})
		}
	}
	return refs
}

// locations are the places that the answers were read from, or the entity alone.
func (s *sarifWriter) locations(f *checker.Finding) []sarifLocation {
	list := []sarifLocation{}
	for _, at := range originsOf(f) {
		o := at.origin
		seen := &sarifSeenThere{o.Record, o.Exhibit, o.Locator, o.Excerpt, string(o.Basis), o.At.String(), at.clauses}
		for _, place := range s.physical(o) {
			list = append(list, sarifLocation{Physical: place, Logical: []sarifLogical{logical(at.entity)}, Properties: seen})
		}
	}
	if len(list) == 0 {
		list = append(list, sarifLocation{Logical: []sarifLogical{logical(f.Entity)}})
	}
	return list
}

// physical lists the places in an exhibit that an origin is from: one for each stretch of
// lines that its locator names in the exhibit's file, or else the exhibit.
func (s *sarifWriter) physical(o audit.Origin) []*sarifPhysical {
	index, ok := s.artifact[o.Exhibit]
	if !ok {
		return []*sarifPhysical{nil}
	}
	artifact := sarifPlaced{Index: &index}
	e := s.exhibit(o.Exhibit)
	if e.File == "" {
		return []*sarifPhysical{{Artifact: artifact}}
	}
	artifact.URI, artifact.BaseID = relative(e.File), sarifBase
	spans := lines(o.Locator)
	var places []*sarifPhysical
	for _, span := range spans {
		region := &sarifRegion{First: span.first, Last: span.last}
		if o.Excerpt != "" && len(spans) == 1 { // of several it is not said which holds the words
			region.Snippet = &sarifMessage{o.Excerpt}
		}
		places = append(places, &sarifPhysical{artifact, region})
	}
	if len(places) == 0 {
		places = []*sarifPhysical{{Artifact: artifact}}
	}
	return places
}

func logical(e *audit.Entity) sarifLogical { return sarifLogical{e.Label, e.ID, e.Kind} }

// notifications tell of what is no finding: nothing that was not asked is left out.
func (s *sarifWriter) notifications() []sarifNotification {
	list := []sarifNotification{}
	for i, n := range s.res.NotAsked {
		list = append(list, s.notify(notifyNotAsked, n.Rule, s.NotAskedWord(n), s.doc.NotAsked[i]))
	}
	for i, d := range s.res.Declined {
		list = append(list, s.notify(notifyDeclined, d.Rule, s.DeclinedWord(d), s.doc.Declined[i]))
	}
	for _, warning := range s.ExhibitWarnings(s.res) {
		n := s.notify(notifyExhibit, nil, warning, nil)
		n.Level = "warning"
		list = append(list, n)
	}
	if n := s.leftOut(); n > 0 {
		list = append(list, s.notify(notifyLeftOut, nil, s.Say("選択により収めていない指摘がある", "the selection leaves findings out"), map[string]int{"findings": n}))
	}
	return list
}

func (s *sarifWriter) notify(index int, r *checker.Rule, words string, properties any) sarifNotification {
	n := sarifNotification{Descriptor: sarifReference{ID: sarifNotices()[index].id, Index: index}, Message: sarifText(words), Level: "note", Properties: properties}
	if r != nil {
		n.Rule = &sarifReference{ID: r.ID, Index: s.ruleIndex[r.ID]}
		n.Message = sarifText(s.In(r.Title) + s.Say("　", ": ") + words)
	}
	return n
}
