package export

// The types of OCSF 1.5.0's Compliance Finding, as far as they are written.

type ocsfEvent struct {
	ActivityID   int            `json:"activity_id"`
	Activity     string         `json:"activity_name"`
	CategoryUID  int            `json:"category_uid"`
	Category     string         `json:"category_name"`
	ClassUID     int            `json:"class_uid"`
	Class        string         `json:"class_name"`
	TypeUID      int            `json:"type_uid"`
	Type         string         `json:"type_name"`
	SeverityID   int            `json:"severity_id"`
	Severity     string         `json:"severity"`
	Time         int64          `json:"time"`
	Timezone     int            `json:"timezone_offset"`
	Message      string         `json:"message"`
	StatusID     int            `json:"status_id"`
	Status       string         `json:"status"`
	StatusCode   string         `json:"status_code,omitempty"`
	StatusDetail string         `json:"status_detail,omitempty"`
	Metadata     ocsfMetadata   `json:"metadata"`
	Info         ocsfInfo       `json:"finding_info"`
	Compliance   ocsfCompliance `json:"compliance"`
	Resources    []ocsfResource `json:"resources,omitempty"`
	Evidences    []ocsfEvidence `json:"evidences,omitempty"`
	Unmapped     ocsfUnmapped   `json:"unmapped"`
}

type ocsfMetadata struct {
	Version     string      `json:"version"`
	UID         string      `json:"uid"`
	Correlation string      `json:"correlation_uid"` // the same of all events of an export
	Sequence    int         `json:"sequence"`
	Product     ocsfProduct `json:"product"`
}

type ocsfProduct struct {
	Name    string `json:"name"`
	UID     string `json:"uid"`
	Version string `json:"version,omitempty"`
	Lang    string `json:"lang"`
}

type ocsfInfo struct {
	UID      string       `json:"uid"`
	Title    string       `json:"title"`
	Desc     string       `json:"desc"`
	Types    []string     `json:"types"`
	Sources  []string     `json:"data_sources,omitempty"`
	Created  int64        `json:"created_time"`
	Analytic ocsfAnalytic `json:"analytic"`
}

type ocsfAnalytic struct {
	Name    string `json:"name"`
	UID     string `json:"uid"`
	TypeID  int    `json:"type_id"`
	Type    string `json:"type"`
	Version string `json:"version,omitempty"`
}

type ocsfCompliance struct {
	Control      string      `json:"control"`
	Desc         string      `json:"desc"`
	Category     string      `json:"category"`
	Standards    []string    `json:"standards"`
	Requirements []string    `json:"requirements,omitempty"`
	Checks       []ocsfCheck `json:"checks,omitempty"`
	StatusID     int         `json:"status_id"`
	Status       string      `json:"status"`
	StatusCode   string      `json:"status_code"`
	StatusDetail string      `json:"status_detail"`
}

type ocsfCheck struct {
	UID       string   `json:"uid"`
	Name      string   `json:"name"`
	Desc      string   `json:"desc"`
	StatusID  int      `json:"status_id"`
	Status    string   `json:"status"`
	Standards []string `json:"standards,omitempty"`
}

type ocsfResource struct {
	UID  string `json:"uid"`
	Name string `json:"name"`
	Type string `json:"type"`
}

type ocsfEvidence struct {
	Name string         `json:"name"`
	UID  string         `json:"uid,omitempty"`
	Data sarifSeenThere `json:"data"`
}

// ocsfUnmapped is what OCSF has no attribute for.
type ocsfUnmapped struct {
	Native   any          `json:"jobun"`
	Report   jsonReport   `json:"report"`
	Rulebook jsonRulebook `json:"rulebook"`
	TimeOf   string       `json:"time_is_the_day_of_the"`
	LeftOut  int          `json:"findings_left_out"`
	Notice   jsonText     `json:"notice"`
}
