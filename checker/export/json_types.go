package export

// The types of the JSON export: its keys, in their order.

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
	Journal    *jsonJournal    `json:"journal,omitempty"` // of people's decisions, if there is one
	Notice     jsonText        `json:"notice"`
	// AsRead is the whole report as it was written: custody, events, the original
	// wording of dates, and all else that no finding reads.
	AsRead map[string]any `json:"report_as_read,omitempty"`
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
	Decision      *jsonDecision   `json:"decision,omitempty"`
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
	// Texts is what the law store says of each cited unit.
	Texts []jsonProvision `json:"texts,omitempty"`
}

type jsonProvision struct {
	Place       string       `json:"place"`
	BeforeItems bool         `json:"before_items_only,omitempty"`
	From        string       `json:"from,omitempty"`
	Until       string       `json:"until,omitempty"`
	Text        string       `json:"text,omitempty"`
	Phrases     []jsonPhrase `json:"phrases,omitempty"`
	Revision    string       `json:"revision_id,omitempty"`
	InForce     string       `json:"in_force_from,omitempty"`
	Grade       string       `json:"grade,omitempty"`
	Source      string       `json:"source,omitempty"`
	Fetched     string       `json:"fetched,omitempty"`
	SHA256      string       `json:"sha256,omitempty"` // of the whole provision's normalised text
	Notes       []jsonText   `json:"notes,omitempty"`
	Why         *jsonText    `json:"why_no_text,omitempty"`
	Command     string       `json:"command,omitempty"`
}

type jsonPhrase struct {
	Text    string   `json:"text"`
	Clauses []string `json:"clauses,omitempty"`
	Penalty bool     `json:"penalty,omitempty"`
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
	Read    *jsonRead  `json:"finding,omitempty"`
	Kids    []*jsonWhy `json:"of,omitempty"`
}

// jsonRead is what finding("…") read.
type jsonRead struct {
	Rule     string   `json:"rule"`
	Findings []string `json:"findings"`
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
	BranchOf  string `json:"branch_of,omitempty"` // the exhibit whose number it shares
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
