package export

// The types of SARIF 2.1.0, as far as they are written: its keys, in their order.

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool              `json:"tool"`
	Invocations []sarifInvocation      `json:"invocations"`
	Language    string                 `json:"language"`
	Artifacts   []sarifArtifact        `json:"artifacts"`
	Results     []sarifResult          `json:"results"`
	Automation  sarifAutomation        `json:"automationDetails"`
	ColumnKind  string                 `json:"columnKind"`
	Taxonomies  []*sarifComponent      `json:"taxonomies"`
	BaseIDs     map[string]sarifPlaced `json:"originalUriBaseIds"`
	Properties  sarifRunProperties     `json:"properties"`
}

// sarifRunProperties is the rest of the native export: what no finding alone holds.
type sarifRunProperties struct {
	Format     string          `json:"format"` // of the native export that is arranged here
	Report     jsonReport      `json:"report"`
	Rulebook   jsonRulebook    `json:"rulebook"`
	LeftOut    int             `json:"findings_left_out"` // by the selection of this export
	NotAsked   []jsonNotAsked  `json:"not_asked"`
	Declined   []jsonDeclined  `json:"declined"`
	Entities   []jsonEntity    `json:"entities"`
	Exhibits   []jsonExhibit   `json:"exhibits"`
	Parties    []jsonParty     `json:"parties"`
	Examined   []jsonExamined  `json:"examined"`
	Statements []jsonStatement `json:"statements"`
	Journal    *jsonJournal    `json:"journal,omitempty"`
	Notice     jsonText        `json:"notice"`
	AsRead     map[string]any  `json:"report_as_read,omitempty"`
}

type sarifTool struct {
	Driver sarifComponent `json:"driver"`
}

type sarifComponent struct {
	Name             string            `json:"name"`
	GUID             string            `json:"guid,omitempty"`
	FullName         string            `json:"fullName,omitempty"`
	Version          string            `json:"version,omitempty"`
	Language         string            `json:"language"`
	ShortDescription *sarifMessage     `json:"shortDescription,omitempty"`
	InformationURI   string            `json:"informationUri,omitempty"`
	Rules            []sarifDescriptor `json:"rules,omitempty"`
	Notifications    []sarifDescriptor `json:"notifications,omitempty"`
	Taxa             []sarifDescriptor `json:"taxa,omitempty"`
	Properties       any               `json:"properties,omitempty"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifDescriptor struct {
	ID               string              `json:"id"`
	GUID             string              `json:"guid,omitempty"`
	Name             string              `json:"name,omitempty"`
	ShortDescription *sarifMessage       `json:"shortDescription,omitempty"`
	FullDescription  *sarifMessage       `json:"fullDescription,omitempty"`
	Configuration    *sarifConfiguration `json:"defaultConfiguration,omitempty"`
	Properties       any                 `json:"properties,omitempty"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Descriptor sarifReference  `json:"descriptor"`
	Rule       *sarifReference `json:"associatedRule,omitempty"`
	Message    sarifMessage    `json:"message"`
	Level      string          `json:"level"`
	Properties any             `json:"properties,omitempty"`
}

type sarifReference struct {
	ID         string               `json:"id"`
	Index      int                  `json:"index"`
	Component  *sarifComponentIndex `json:"toolComponent,omitempty"`
	Properties any                  `json:"properties,omitempty"`
}

type sarifComponentIndex struct {
	Name  string `json:"name"`
	Index int    `json:"index"`
	GUID  string `json:"guid"`
}

type sarifArtifact struct {
	Description sarifMessage      `json:"description"`
	Location    *sarifPlaced      `json:"location,omitempty"`
	Length      int64             `json:"length,omitempty"`
	Roles       []string          `json:"roles,omitempty"`
	Hashes      map[string]string `json:"hashes,omitempty"`
	Properties  any               `json:"properties,omitempty"`
}

// sarifPlaced is an artifact's location. Index is given where it is one of the run's.
type sarifPlaced struct {
	URI         string        `json:"uri,omitempty"`
	BaseID      string        `json:"uriBaseId,omitempty"`
	Index       *int          `json:"index,omitempty"`
	Description *sarifMessage `json:"description,omitempty"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Kind         string            `json:"kind"`
	Level        string            `json:"level"`
	Message      sarifMessage      `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Correlation  string            `json:"correlationGuid"`
	Fingerprints map[string]string `json:"fingerprints"`
	Taxa         []sarifReference  `json:"taxa"`
	Properties   sarifFinding      `json:"properties"`
}

// sarifFinding is what SARIF has no word for: the sorting, the opinions, and the whole
// finding as the native export has it.
type sarifFinding struct {
	Finding    string      `json:"finding_id"`
	Assessment string      `json:"assessment"`
	Words      jsonText    `json:"assessment_in_words"`
	Decision   string      `json:"decision"`
	DecisionIn jsonText    `json:"decision_in_words"`
	Native     jsonFinding `json:"finding"`
}

type sarifLocation struct {
	Physical   *sarifPhysical  `json:"physicalLocation,omitempty"`
	Logical    []sarifLogical  `json:"logicalLocations,omitempty"`
	Properties *sarifSeenThere `json:"properties,omitempty"`
}

// sarifSeenThere is what was seen at a location, as the report has it.
type sarifSeenThere struct {
	Record  string   `json:"record,omitempty"`
	Exhibit string   `json:"exhibit"`
	Locator string   `json:"locator,omitempty"`
	Excerpt string   `json:"excerpt,omitempty"`
	Basis   string   `json:"basis"`
	At      string   `json:"at,omitempty"`
	Clauses []string `json:"clauses"`
}

type sarifPhysical struct {
	Artifact sarifPlaced  `json:"artifactLocation"`
	Region   *sarifRegion `json:"region,omitempty"`
}

type sarifRegion struct {
	First   int           `json:"startLine"`
	Last    int           `json:"endLine,omitempty"`
	Snippet *sarifMessage `json:"snippet,omitempty"`
}

type sarifLogical struct {
	Name     string `json:"name"`
	FullName string `json:"fullyQualifiedName"`
	Kind     string `json:"kind"`
}

type sarifAutomation struct {
	ID          string       `json:"id"`
	GUID        string       `json:"guid"`
	Description sarifMessage `json:"description"`
}
