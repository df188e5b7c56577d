package observe

import (
	"strings"
	"testing"
)

// A member of a list that is not of its format's shape is counted and said, and loses
// none of the others.
func TestMisshapenMembersLoseNoOthers(t *testing.T) {
	const run = `HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\`
	for _, c := range []struct {
		name, text, want, first string
		bad                     int
	}{
		{"VirusTotal", `{"data":{"attributes":{"sandbox_name":"x","services_created":["a",{"b":1},"c",5],"registry_keys_set":[{"key":"` + run + `x","value":1},["y"],{"key":"` + run + `z","value":"v"}]}}}`,
			"registry_key.change registry_key:HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\x\nregistry_key.change registry_key:HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\z\nservice.create service:a\nservice.create service:c", "registry_keys_set", 3},
		{"VirusTotal's summary", `{"data":{"registry_keys_set":[],"services_created":["a",null,"c"]}}`, "service.create service:a\nservice.create service:c", "services_created", 1},
		{"a list that is none", `{"data":{"attributes":{"services_created":{"a":1},"registry_keys_deleted":[]}}}`, "", "services_created", 1},
		{"ASA", `{"results":{"SERVICE_CREATED":["x",{"Identity":"s","Compare":{"Name":"s"}}]}}`, "service.create service:s", "string", 1},
	} {
		r := runOne(t, c.text)
		s := r.Sources[0]
		if have := lines(r.Report); have != c.want {
			t.Errorf("%s: %q", c.name, have)
		}
		if note := strings.Join(s.Notes, "\n"); s.Bad != c.bad || !r.Partial || !strings.Contains(note, "not of the shape of this format") || !strings.Contains(note, "the first: "+c.first) {
			t.Errorf("%s: %d bad: %s", c.name, s.Bad, note)
		}
	}
}

func runOne(t *testing.T, text string) *Result {
	t.Helper()
	return run(t, nil, file(t, "x.json", []byte(text)))
}
