package export

import (
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"jobun/checker"
	"jobun/checker/audit"
)

// JSONSchema names the form of the JSON export, with its version.
const JSONSchema = "https://jobun.invalid/schema/result-1.json"

// WriteJSON writes everything that came of a check, and the report itself as it was
// read, so that nothing of either is lost: keys in a fixed order, no clock in it.
func WriteJSON(w io.Writer, res *checker.Result, texts Provisions) error {
	return writeJSON(w, jsonResult(res, texts))
}

func jsonResult(res *checker.Result, texts Provisions) jsonDocument {
	notice := Notice()
	doc := jsonDocument{
		Schema: JSONSchema, Format: 1,
		Report:   jsonReport{res.Report.Title, res.Report.Digest, res.Report.Note},
		Rulebook: jsonRulebook{res.Rulebook.Name, res.Rulebook.Version, res.Rulebook.AsOf.String(), res.Rulebook.Digest},
		Findings: []jsonFinding{}, NotAsked: []jsonNotAsked{}, Declined: []jsonDeclined{}, Entities: []jsonEntity{},
		Exhibits: []jsonExhibit{}, Parties: []jsonParty{}, Examined: []jsonExamined{}, Statements: []jsonStatement{},
		Notice: jsonText(notice), AsRead: res.Report.AsRead(),
	}
	for _, f := range res.Findings {
		doc.Findings = append(doc.Findings, findingJSON(res, f, texts))
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
		doc.Exhibits = append(doc.Exhibits, jsonExhibit{e.ID, e.Title, e.Role, e.Form, e.Author, e.DocumentDate.Span.String(), e.DateSource, e.File, e.SHA256, string(states[e.ID]), e.BranchOf, e.Note})
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

func findingJSON(res *checker.Result, f *checker.Finding, texts Provisions) jsonFinding {
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
		for _, text := range texts.Of(f, p) {
			place.Texts = append(place.Texts, provisionJSON(&text))
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

func provisionJSON(p *Provision) jsonProvision {
	out := jsonProvision{
		Place: p.Place.String(), BeforeItems: p.Chapeau, From: p.From.String(), Until: p.Until.String(), Text: p.Text(), Command: p.Command,
		Revision: p.Is.Revision, InForce: p.Is.From.String(), Grade: p.Is.Grade, Source: p.Is.Source, Fetched: p.Is.Fetched.String(), SHA256: p.Is.SHA256,
	}
	for _, ph := range p.Phrases {
		out.Phrases = append(out.Phrases, jsonPhrase(ph))
	}
	for _, note := range p.Notes {
		out.Notes = append(out.Notes, jsonText(note))
	}
	if p.Why != (Text{}) {
		out.Why = &jsonText{p.Why.Ja, p.Why.En}
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
	if w.Finding != nil {
		out.Read = &jsonRead{Rule: w.Finding.Rule, Findings: []string{}}
		for _, f := range w.Finding.Findings {
			out.Read.Findings = append(out.Read.Findings, f.ID)
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

// visible writes JSON with every character that a terminal would obey or not show
// as an escape: the same JSON, and inert.
type visible struct{ w io.Writer }

func (v visible) Write(b []byte) (int, error) {
	var out []byte
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if isHidden(r) {
			for _, unit := range utf16.Encode([]rune{r}) {
				out = fmt.Appendf(out, "\\u%04x", unit)
			}
		} else {
			out = append(out, b[i:i+size]...)
		}
		i += size
	}
	if _, err := v.w.Write(out); err != nil {
		return 0, err
	}
	return len(b), nil
}

// isHidden reports DEL, the C1 controls and the characters of Unicode's format
// category: bidi controls, zero widths, soft hyphens, tags.
func isHidden(r rune) bool {
	return r == 0x7f || r >= 0x80 && r <= 0x9f || r > 0x9f && unicode.Is(unicode.Cf, r)
}
