package egov

import (
	"strings"
	"testing"
)

// An answer that is a text of another law is refused, also if it names no text.
func TestTextOfAnotherLaw(t *testing.T) {
	answer := `{"law_info":{"law_id":"411AC0000000001"},"law_full_text":{"tag":"Law","attr":{},"children":[{"tag":"LawBody","attr":{},"children":[{"tag":"MainProvision","attr":{},"children":[]}]}]}}`
	for id, want := range map[string]string{
		"411AC0000000001_20200401_501AC0000000001": "",
		"411AC0000000002_20200401_501AC0000000001": "it is a text of 411AC0000000001",
	} {
		err := checkText([]byte(answer), id)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v", id, err)
		}
	}
}
