package lawxml

import "encoding/json"

// LawInfo is what the 法令API says of a law, as it writes it.
type LawInfo struct {
	ID          string `json:"law_id"`
	Number      string `json:"law_num"`
	Promulgated string `json:"promulgation_date"`
}

// RevisionInfo is what it says of one text of a law.
type RevisionInfo struct {
	ID       string `json:"law_revision_id"`
	Enforced string `json:"amendment_enforcement_date"` // empty: its first day is not settled
	By       string `json:"amendment_law_id"`           // zeros of the law as it was enacted
	ByTitle  string `json:"amendment_law_title"`
	Status   string `json:"current_revision_status"` // CurrentEnforced, PreviousEnforced, UnEnforced, Repeal
	Repeal   string `json:"repeal_status"`
	Repealed string `json:"repeal_date"`
}

// Table is an answer to law_revisions: which texts of a law there are, not what they say.
type Table struct {
	Law       LawInfo        `json:"law_info"`
	Revisions []RevisionInfo `json:"revisions"`
}

// ReadTable reads an answer to law_revisions. Of another answer of the API it gives a
// table without revisions.
func ReadTable(data []byte) (Table, error) {
	var t Table
	err := json.Unmarshal(data, &t)
	return t, err
}
