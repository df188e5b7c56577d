package export

import (
	"encoding/json"
	"io"

	"jobun/checker"
	"jobun/checker/audit"
)

// JSONSchema names the form of the JSON export, with its version.
const JSONSchema = "https://jobun.invalid/schema/result-1.json"

// WriteJSON writes everything that came of a check, with nothing left out that a
// reader of the findings could ask for: keys in a fixed order, no clock in it.
func WriteJSON(w io.Writer, res *checker.Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(jsonResult(res))
}

type jsonDocument struct {
	Schema     string          `json:"$schema"`
	Format     int             `json:"format"`
	Report     jsonReport      `json:"report"`
	Rulebook   jsonRulebook    `json:"rulebook"`
	Findings   []jsonFinding   `json:"findings"`
	NotAsked   []jsonNotAsked  `json:"not_asked"`
	Declined   []jsonDeclined  `json:"declined"`
	Entities   []jsonEntity    `json:"entities"`
	Exhibits   []jsonExhibit   `json:"exhibits"`
	Parties    []jsonParty     `json:"parties"`
	Examined   []jsonExamined  `json:"examined"`
	Statements []jsonStatement `json:"statements"`
	Notice     jsonText        `json:"notice"`
}

type jsonText struct {
	Ja string `json:"ja"`
	En string `json:"en"`
}

type jsonReport struct {
	Title  string `json:"title"`
	SHA256 string `json:"sha256"`
	Note   string `json:"note,omitempty"`
}

type jsonRulebook struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	AsOf    string `json:"as_of"`
	SHA256  string `json:"sha256"`
}

type jsonFinding struct {
	ID            string          `json:"id"`
	Rule          string          `json:"rule"`
	Title         jsonText        `json:"title"`
	Status        string          `json:"status"`
	Regime        string          `json:"regime"`
	Entity        string          `json:"entity"`
	Assessment    string          `json:"assessment"`
	Anchor        jsonAnchor      `json:"anchor"`
	Provisions    []jsonPlace     `json:"provisions"`
	Elements      []jsonAnswer    `json:"elements"`
	Exceptions    []jsonAnswer    `json:"exceptions"`
	Statements    []string        `json:"statements,omitempty"`
	Discretionary bool            `json:"discretionary,omitempty"`
	OnAllegation  bool            `json:"asked_on_allegation,omitempty"`
	Notes         []jsonText      `json:"notes,omitempty"`
	Authorities   []jsonAuthority `json:"authorities"`
}

type jsonAnchor struct {
	Fact string `json:"fact"`
	Kind string `json:"kind"`
	Date string `json:"date,omitempty"`
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

type jsonPlace struct {
	Law     string    `json:"law"`
	EGov    string    `json:"egov,omitempty"`
	Cite    jsonText  `json:"cite"`
	From    string    `json:"from,omitempty"`
	Until   string    `json:"until,omitempty"`
	Present *jsonText `json:"present,omitempty"`
	Address string    `json:"address,omitempty"`
	Penalty *jsonText `json:"penalty,omitempty"`
	LawSHA  string    `json:"law_file_sha256"`
}

type jsonAnswer struct {
	Clause       string        `json:"clause"`
	Ja           string        `json:"ja"`
	En           string        `json:"en,omitempty"`
	Nature       string        `json:"nature"`
	Kind         string        `json:"kind,omitempty"`
	Answer       string        `json:"answer"`
	ByAllegation bool          `json:"denied_by_allegation_only,omitempty"`
	When         string        `json:"when,omitempty"`
	Ask          *jsonText     `json:"ask,omitempty"`
	Why          *jsonWhy      `json:"why,omitempty"`
	Missing      []jsonMissing `json:"missing,omitempty"`
	For          []jsonFactor  `json:"for,omitempty"`
	Against      []jsonFactor  `json:"against,omitempty"`
	Statements   []string      `json:"statements,omitempty"`
	Person       *jsonPerson   `json:"person,omitempty"`
	Searched     []string      `json:"searched,omitempty"`
}

type jsonPerson struct {
	Yes  bool   `json:"yes"`
	By   string `json:"by"`
	At   string `json:"at"`
	Note string `json:"note,omitempty"`
}

type jsonFactor struct {
	Fact    string   `json:"fact"`
	Alleged bool     `json:"alleged,omitempty"`
	Facts   []string `json:"facts"`
}

type jsonWhy struct {
	Text    string     `json:"text"`
	Value   string     `json:"value"`
	Alleged bool       `json:"alleged,omitempty"`
	Fact    string     `json:"fact,omitempty"`
	Missing string     `json:"missing,omitempty"`
	List    *jsonList  `json:"list,omitempty"`
	Kids    []*jsonWhy `json:"of,omitempty"`
}

type jsonList struct {
	Kind     string   `json:"kind"`
	Members  int      `json:"members"`
	Examined []string `json:"examined_in"`
}

type jsonMissing struct {
	Name   string   `json:"name"`
	Entity string   `json:"entity,omitempty"`
	Reason string   `json:"reason"`
	Look   jsonText `json:"look"`
}

type jsonNotAsked struct {
	Rule     string        `json:"rule"`
	Reason   string        `json:"reason"`
	Entities []string      `json:"entities,omitempty"`
	Missing  []jsonMissing `json:"missing"`
}

type jsonDeclined struct {
	Rule     string `json:"rule"`
	Entities int    `json:"entities"`
	Alleged  bool   `json:"alleged_only,omitempty"`
}

type jsonAuthority struct {
	Cite    jsonText `json:"cite"`
	Date    string   `json:"date"`
	On      string   `json:"on,omitempty"`
	Says    jsonText `json:"says"`
	Side    string   `json:"side,omitempty"`
	Checked string   `json:"checked"`
	Later   bool     `json:"later_than_the_matter,omitempty"`
}

type jsonEntity struct {
	ID    string     `json:"id"`
	Kind  string     `json:"kind"`
	Label string     `json:"label"`
	Facts []jsonFact `json:"facts,omitempty"`
}

type jsonFact struct {
	Name     string       `json:"name"`
	Value    any          `json:"value"`
	Disputed bool         `json:"disputed,omitempty"`
	Basis    string       `json:"basis"`
	Origins  []jsonOrigin `json:"origins"`
}

type jsonOrigin struct {
	Record  string `json:"record"`
	Exhibit string `json:"exhibit"`
	Locator string `json:"locator,omitempty"`
	Excerpt string `json:"excerpt,omitempty"`
	Basis   string `json:"basis"`
	At      string `json:"at,omitempty"`
	Value   any    `json:"value"`
	Why     string `json:"attributed_by,omitempty"`
}

type jsonExhibit struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Role      string `json:"role"`
	Form      string `json:"form,omitempty"`
	Author    string `json:"author,omitempty"`
	Date      string `json:"document_date,omitempty"`
	Source    string `json:"date_source,omitempty"`
	File      string `json:"file,omitempty"`
	SHA256    string `json:"sha256,omitempty"`
	FileCheck string `json:"file_check,omitempty"`
	Note      string `json:"note,omitempty"`
}

type jsonParty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

type jsonExamined struct {
	Kinds   []string `json:"kinds"`
	Exhibit string   `json:"exhibit"`
	From    string   `json:"from,omitempty"`
	Until   string   `json:"until,omitempty"`
	Basis   string   `json:"basis"`
	Note    string   `json:"note,omitempty"`
}

type jsonStatement struct {
	ID        string   `json:"id"`
	By        string   `json:"by"`
	At        string   `json:"at,omitempty"`
	Exhibit   string   `json:"exhibit"`
	Locator   string   `json:"locator,omitempty"`
	Text      string   `json:"text"`
	Stance    string   `json:"stance,omitempty"`
	On        []string `json:"on,omitempty"`
	Answers   []string `json:"answers,omitempty"`
	Withdraws string   `json:"withdraws,omitempty"`
}

func jsonResult(res *checker.Result) jsonDocument {
	notice := Notice()
	doc := jsonDocument{
		Schema: JSONSchema, Format: 1,
		Report:   jsonReport{res.Report.Title, res.Report.Digest, res.Report.Note},
		Rulebook: jsonRulebook{res.Rulebook.Name, res.Rulebook.Version, res.Rulebook.AsOf.String(), res.Rulebook.Digest},
		Findings: []jsonFinding{}, NotAsked: []jsonNotAsked{}, Declined: []jsonDeclined{}, Entities: []jsonEntity{},
		Exhibits: []jsonExhibit{}, Parties: []jsonParty{}, Examined: []jsonExamined{}, Statements: []jsonStatement{},
		Notice: jsonText(notice),
	}
	for _, f := range res.Findings {
		doc.Findings = append(doc.Findings, findingJSON(res, f))
	}
	for _, n := range res.NotAsked {
		doc.NotAsked = append(doc.NotAsked, jsonNotAsked{n.Rule.ID, string(n.Reason), entityIDs(n.Entities), missingJSON(n.Rule, n.Missing)})
	}
	for _, d := range res.Declined {
		doc.Declined = append(doc.Declined, jsonDeclined{d.Rule.ID, d.Entities, d.ByAllegation})
	}
	for _, kind := range audit.Kinds() {
		for _, e := range res.Facts.Of(kind.Name) {
			doc.Entities = append(doc.Entities, entityJSON(e))
		}
	}
	reportJSON(&doc, res.Report, res.Exhibits)
	return doc
}

func reportJSON(doc *jsonDocument, r *audit.Report, states map[string]audit.ExhibitState) {
	for _, e := range r.Exhibits {
		doc.Exhibits = append(doc.Exhibits, jsonExhibit{e.ID, e.Title, e.Role, e.Form, e.Author, e.DocumentDate.Span.String(), e.DateSource, e.File, e.SHA256, string(states[e.ID]), e.Note})
	}
	for _, p := range r.Parties {
		doc.Parties = append(doc.Parties, jsonParty{p.ID, p.Name, p.Role})
	}
	for _, e := range r.Examined {
		basis := e.Basis
		if basis == "" {
			basis = audit.Recorded
		}
		doc.Examined = append(doc.Examined, jsonExamined{e.Kinds, e.Exhibit, e.From.Span.String(), e.Until.Span.String(), string(basis), e.Note})
	}
	for _, s := range r.Statements {
		var on []string
		for _, ref := range s.On {
			on = append(on, ref.Rule+"#"+ref.Clause)
		}
		doc.Statements = append(doc.Statements, jsonStatement{s.ID, s.By, s.At.Span.String(), s.Exhibit, s.Locator, s.Text, s.Stance, on, s.Answers, s.Withdraws})
	}
}

func entityIDs(list []*audit.Entity) []string {
	var ids []string
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	return ids
}

func findingJSON(res *checker.Result, f *checker.Finding) jsonFinding {
	ja, en := Style{Lang: "ja"}, Style{Lang: "en"}
	out := jsonFinding{
		ID: f.ID, Rule: f.Rule.ID, Title: jsonText(f.Rule.Title), Status: f.Rule.Status, Regime: f.Rule.Regime, Entity: f.Entity.ID,
		Assessment: string(f.Assessment), Discretionary: f.Rule.Discretionary, OnAllegation: f.TriggerAlleged,
		Anchor:     jsonAnchor{f.Anchor.Fact, f.Rule.AtKind, f.Anchor.Span.String(), f.Anchor.Span.From.String(), f.Anchor.Span.To.String()},
		Provisions: []jsonPlace{}, Elements: []jsonAnswer{}, Exceptions: []jsonAnswer{}, Authorities: []jsonAuthority{},
		Statements: statementIDs(f.Statements),
	}
	if f.Anchor.Span.IsZero() {
		out.Anchor.From, out.Anchor.To = "", ""
	}
	for _, p := range f.Anchor.Places {
		place := jsonPlace{
			Law: f.Law.ID, EGov: f.Law.EGov, LawSHA: f.Law.Digest, Cite: jsonText{ja.Citation(f.Law, p), en.Citation(f.Law, p)},
			From: p.From.String(), Until: p.Until.String(), Address: ja.Address(f, p, res.Rulebook.AsOf),
		}
		if now, moved := ja.Present(f, p, res.Rulebook.AsOf); moved {
			nowEn, _ := en.Present(f, p, res.Rulebook.AsOf)
			place.Present = &jsonText{now, nowEn}
		}
		if p.Penalty != nil {
			place.Penalty = &jsonText{ja.PenaltyWords(f, p), en.PenaltyWords(f, p)}
		}
		out.Provisions = append(out.Provisions, place)
	}
	for _, a := range f.Elements {
		out.Elements = append(out.Elements, answerJSON(f, a))
	}
	for _, a := range f.Exceptions {
		out.Exceptions = append(out.Exceptions, answerJSON(f, a))
	}
	notesJa, notesEn := ja.Notes(f), en.Notes(f)
	for i := range min(len(notesJa), len(notesEn)) {
		out.Notes = append(out.Notes, jsonText{notesJa[i], notesEn[i]})
	}
	for _, a := range f.Rule.Authorities {
		later := !f.Anchor.Span.IsZero() && f.Anchor.Span.To.Before(a.Date.Date)
		out.Authorities = append(out.Authorities, jsonAuthority{jsonText(a.Cite), a.Date.String(), a.On, jsonText(a.Says), a.Side, a.Checked, later})
	}
	return out
}

func statementIDs(list []*audit.Statement) []string {
	var ids []string
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return ids
}

func answerJSON(f *checker.Finding, a *checker.Answer) jsonAnswer {
	out := jsonAnswer{
		Clause: a.Clause.ID, Ja: a.Clause.Phrase("ja"), En: a.Clause.Phrase("en"), Nature: a.Clause.Nature, Kind: a.Clause.Kind,
		Answer: string(a.Code), ByAllegation: a.ByAllegation, When: a.Clause.When, Missing: missingJSON(f.Rule, a.Missing),
		For: factorsJSON(a.For), Against: factorsJSON(a.Against), Statements: statementIDs(a.Statements),
	}
	if a.Clause.Ask.Ja != "" {
		out.Ask = &jsonText{a.Clause.Ask.Ja, a.Clause.Ask.En}
	}
	if a.Why != nil {
		out.Why = whyJSON(a.Why, map[*checker.Why]bool{})
		for _, x := range a.Why.Searched() {
			out.Searched = append(out.Searched, x.Exhibit)
		}
	}
	if a.Person != nil {
		out.Person = &jsonPerson{a.Person.Yes, a.Person.By, a.Person.At, a.Person.Note}
	}
	return out
}

func factorsJSON(list []checker.Factor) []jsonFactor {
	var out []jsonFactor
	for _, factor := range list {
		f := jsonFactor{Fact: factor.Name, Alleged: factor.Alleged, Facts: []string{}}
		for _, fact := range factor.Facts {
			f.Facts = append(f.Facts, factRef(fact))
		}
		out = append(out, f)
	}
	return out
}

// factRef names a fact of an entity: account:a#made.
func factRef(f *audit.Fact) string { return f.Entity.ID + "#" + f.Field.Name }

// whyJSON writes an explanation. What a behaviour came to stands where it is
// first read; behaviours that read others twice would double at every level.
func whyJSON(w *checker.Why, shown map[*checker.Why]bool) *jsonWhy {
	out := &jsonWhy{Text: w.Text, Value: w.Value.String(), Alleged: w.Alleged()}
	if w.Fact != nil {
		out.Fact = factRef(w.Fact)
	}
	if w.Missing != nil {
		out.Missing = w.Missing.Name
	}
	for _, list := range w.Lists {
		out.List = &jsonList{Kind: list.Kind.Name, Members: list.Members, Examined: []string{}}
		for _, e := range list.Examined {
			out.List.Examined = append(out.List.Examined, e.Exhibit)
		}
	}
	if w.Behaviour != nil {
		if shown[w] {
			return out
		}
		shown[w] = true
	}
	for _, kid := range w.Kids {
		out.Kids = append(out.Kids, whyJSON(kid, shown))
	}
	return out
}

func missingJSON(r *checker.Rule, list []checker.Missing) []jsonMissing {
	var out []jsonMissing
	for _, m := range list {
		_, ja := Style{Lang: "ja"}.MissingWord(r, m)
		_, en := Style{Lang: "en"}.MissingWord(r, m)
		entry := jsonMissing{Name: m.Name, Reason: "not-stated", Look: jsonText{ja, en}}
		switch {
		case m.Disputed:
			entry.Reason = "disputed"
		case m.Alleged:
			entry.Reason = "alleged-only"
		case m.Imprecise:
			entry.Reason = "imprecise"
		case m.List:
			entry.Reason = "list-not-examined"
		case m.Finding:
			entry.Reason = "finding"
		}
		if m.Entity != nil {
			entry.Entity = m.Entity.ID
		}
		out = append(out, entry)
	}
	return out
}

func entityJSON(e *audit.Entity) jsonEntity {
	out := jsonEntity{ID: e.ID, Kind: e.Kind, Label: e.Label}
	for _, f := range e.Facts() {
		fact := jsonFact{Name: f.Field.Name, Value: valueJSON(f.Value), Disputed: f.Disputed, Basis: string(f.Basis)}
		if f.Disputed {
			fact.Value = nil
		}
		for _, o := range f.Origins {
			fact.Origins = append(fact.Origins, jsonOrigin{o.Record, o.Exhibit, o.Locator, o.Excerpt, string(o.Basis), o.At.String(), valueJSON(o.Value), o.Why})
		}
		out.Facts = append(out.Facts, fact)
	}
	return out
}

func valueJSON(v audit.Value) any {
	switch v.Type {
	case audit.Bool:
		return v.Bool
	case audit.Int:
		return v.Int
	case audit.Date:
		return v.Date.String()
	case audit.List:
		return v.List
	default:
		return v.Text
	}
}
