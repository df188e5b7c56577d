package export

// The types of OSCAL's assessment results 1.2.1, as far as they are written.

type oscalDocument struct {
	Results oscalAssessment `json:"assessment-results"`
}

type oscalAssessment struct {
	UUID       string           `json:"uuid"`
	Metadata   oscalMetadata    `json:"metadata"`
	Plan       oscalPlan        `json:"import-ap"`
	Local      *oscalObjectives `json:"local-definitions,omitempty"`
	Results    []oscalResult    `json:"results"`
	BackMatter oscalBackMatter  `json:"back-matter"`
}

type oscalMetadata struct {
	Title        string          `json:"title"`
	LastModified string          `json:"last-modified"`
	Version      string          `json:"version"`
	OSCALVersion string          `json:"oscal-version"`
	Props        []oscalProperty `json:"props,omitempty"`
	Remarks      string          `json:"remarks,omitempty"`
}

type oscalPlan struct {
	Href    string `json:"href"`
	Remarks string `json:"remarks,omitempty"`
}

type oscalObjectives struct {
	Objectives []oscalObjective `json:"objectives-and-methods"`
}

type oscalObjective struct {
	Control     string          `json:"control-id"`
	Description string          `json:"description"`
	Props       []oscalProperty `json:"props,omitempty"`
	Links       []oscalLink     `json:"links,omitempty"`
	Parts       []oscalPart     `json:"parts"`
}

type oscalPart struct {
	ID    string          `json:"id"`
	Name  string          `json:"name"`
	Props []oscalProperty `json:"props,omitempty"`
	Prose string          `json:"prose,omitempty"`
	Parts []oscalPart     `json:"parts,omitempty"`
}

type oscalResult struct {
	UUID         string             `json:"uuid"`
	Title        string             `json:"title"`
	Description  string             `json:"description"`
	Start        string             `json:"start"`
	Props        []oscalProperty    `json:"props,omitempty"`
	Local        oscalComponents    `json:"local-definitions"`
	Reviewed     oscalReviewed      `json:"reviewed-controls"`
	Log          *oscalLog          `json:"assessment-log,omitempty"`
	Observations []oscalObservation `json:"observations,omitempty"`
	Findings     []oscalFinding     `json:"findings,omitempty"`
	Remarks      string             `json:"remarks,omitempty"`
}

type oscalComponents struct {
	Components []oscalComponent `json:"components"`
	Inventory  []oscalItem      `json:"inventory-items,omitempty"`
	Assets     oscalAssets      `json:"assessment-assets"`
}

type oscalAssets struct {
	Components []oscalComponent `json:"components"`
	Platforms  []oscalPlatform  `json:"assessment-platforms"`
}

type oscalPlatform struct {
	UUID  string          `json:"uuid"`
	Title string          `json:"title"`
	Uses  []oscalUsesItem `json:"uses-components"`
}

type oscalUsesItem struct {
	Component string `json:"component-uuid"`
}

type oscalComponent struct {
	UUID        string          `json:"uuid"`
	Type        string          `json:"type"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Props       []oscalProperty `json:"props,omitempty"`
	Status      oscalState      `json:"status"`
}

type oscalState struct {
	State string `json:"state"`
}

type oscalItem struct {
	UUID        string          `json:"uuid"`
	Description string          `json:"description"`
	Props       []oscalProperty `json:"props,omitempty"`
}

type oscalReviewed struct {
	Selections []oscalSelection `json:"control-selections"`
}

type oscalSelection struct {
	Controls []oscalControl `json:"include-controls"`
}

type oscalControl struct {
	ID string `json:"control-id"`
}

type oscalLog struct {
	Entries []oscalLogEntry `json:"entries"`
}

type oscalLogEntry struct {
	UUID        string          `json:"uuid"`
	Title       string          `json:"title"`
	Description string          `json:"description,omitempty"`
	Start       string          `json:"start"`
	Props       []oscalProperty `json:"props,omitempty"`
}

type oscalObservation struct {
	UUID        string          `json:"uuid"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Props       []oscalProperty `json:"props,omitempty"`
	Methods     []string        `json:"methods"`
	Types       []string        `json:"types"`
	Origins     []oscalOrigin   `json:"origins"`
	Subjects    []oscalSubject  `json:"subjects,omitempty"`
	Evidence    []oscalEvidence `json:"relevant-evidence,omitempty"`
	Collected   string          `json:"collected"`
	Remarks     string          `json:"remarks,omitempty"`
}

type oscalOrigin struct {
	Actors []oscalActor `json:"actors"`
}

type oscalActor struct {
	Type string `json:"type"`
	UUID string `json:"actor-uuid"`
}

type oscalSubject struct {
	UUID string `json:"subject-uuid"`
	Type string `json:"type"`
}

type oscalEvidence struct {
	Href        string          `json:"href,omitempty"`
	Description string          `json:"description"`
	Props       []oscalProperty `json:"props,omitempty"`
}

type oscalFinding struct {
	UUID         string          `json:"uuid"`
	Title        string          `json:"title"`
	Description  string          `json:"description"`
	Props        []oscalProperty `json:"props,omitempty"`
	Links        []oscalLink     `json:"links,omitempty"`
	Origins      []oscalOrigin   `json:"origins"`
	Target       oscalTarget     `json:"target"`
	Observations []oscalRelated  `json:"related-observations,omitempty"`
	Remarks      string          `json:"remarks,omitempty"`
}

type oscalRelated struct {
	UUID string `json:"observation-uuid"`
}

type oscalTarget struct {
	Type   string      `json:"type"`
	ID     string      `json:"target-id"`
	Title  string      `json:"title"`
	Status oscalStatus `json:"status"`
}

type oscalStatus struct {
	State   string `json:"state"`
	Reason  string `json:"reason"`
	Remarks string `json:"remarks"`
}

type oscalBackMatter struct {
	Resources []oscalResource `json:"resources"`
}

type oscalResource struct {
	UUID        string          `json:"uuid"`
	Title       string          `json:"title"`
	Description string          `json:"description,omitempty"`
	Props       []oscalProperty `json:"props,omitempty"`
	Citation    *oscalCitation  `json:"citation,omitempty"`
	Rlinks      []oscalRlink    `json:"rlinks,omitempty"`
	Base64      *oscalBase64    `json:"base64,omitempty"`
}

type oscalCitation struct {
	Text string `json:"text"`
}

type oscalRlink struct {
	Href   string      `json:"href"`
	Media  string      `json:"media-type,omitempty"`
	Hashes []oscalHash `json:"hashes,omitempty"`
}

type oscalHash struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

type oscalBase64 struct {
	Filename string `json:"filename"`
	Media    string `json:"media-type"`
	Value    string `json:"value"`
}

type oscalLink struct {
	Href string `json:"href"`
	Rel  string `json:"rel"`
}

type oscalProperty struct {
	Name  string `json:"name"`
	NS    string `json:"ns"`
	Value string `json:"value"`
}
