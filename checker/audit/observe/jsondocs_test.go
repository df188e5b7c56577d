package observe

import (
	"strings"
	"testing"
)

const accountMade = `{"EventID":4720,"Channel":"Security","Computer":"PC1","@timestamp":"2024-01-02T03:04:05Z","RecordNumber":5,"TargetUserName":"a","TargetSid":"S-1-5-21-1-2-3-1001"}`

// spread is an event over several lines.
var spread = strings.NewReplacer("{", "{\n  ", ",", ",\n  ", "}", "\n}").Replace(accountMade)

// However events are laid out in JSON, they are the same events; one that is not on a
// line of its own is found again by its pointer.
func TestJSONDocuments(t *testing.T) {
	for _, c := range []struct{ name, text, format, locator string }{
		{"lines", accountMade + "\n" + accountMade + "\n", "event JSON lines", "line 2"},
		{"an array on one line", "[" + accountMade + "," + accountMade + "]", "event JSON", "JSON pointer /1"},
		{"an array over lines", "[\n" + spread + ",\n" + spread + "\n]\n", "event JSON", "JSON pointer /1"},
		{"values over lines", spread + "\n" + spread, "event JSON", "line 10,"},
		{"one value over lines", spread, "event JSON", "line 1,"},
		{"a test of Elastic's", `{"expected":[` + accountMade + "," + accountMade + "]}", "event JSON", "JSON pointer /expected/1"},
		{"a list with something around it", `{"took":1,"hits":{"total":{"value":2},"hits":[` + accountMade + "," + accountMade + "]}}", "event JSON", "JSON pointer /hits/hits/1"},
		{"a list with something around it, over lines", "{\n\"value\": [\n" + spread + ",\n" + spread + "]}", "event JSON", "JSON pointer /value/1"},
		{"a list that goes wrong", "[" + accountMade + "," + accountMade + ";" + accountMade + "] cut", "event JSON", "JSON pointer /1"},
		{"two arrays, the second cut out", "[" + accountMade + "]\n[" + accountMade + "]", "event JSON", "JSON pointer /0"},
		{"an array cut off", "[" + accountMade + "," + accountMade + "," + accountMade[:40], "event JSON", "JSON pointer /1"},
	} {
		result := run(t, nil, file(t, "events.json", []byte(c.text)))
		source := result.Sources[0]
		if len(result.Report.Observed) == 0 {
			t.Errorf("%s: nothing is observed: %+v", c.name, source)
			continue
		}
		last := result.Report.Observed[len(result.Report.Observed)-1]
		if source.Format != c.format || !strings.HasPrefix(last.Locator, c.locator) {
			t.Errorf("%s: read as %q, the last at %q", c.name, source.Format, last.Locator)
		}
		if isCut := strings.Contains(c.name, "cut") || strings.Contains(c.name, "wrong"); isCut != source.Partial {
			t.Errorf("%s: read in part: %v, %q", c.name, source.Partial, source.Notes)
		}
	}
}

// XML that is no list of tasks is not taken for one.
func TestOtherXMLIsNoListing(t *testing.T) {
	for text, want := range map[string]bool{
		"<?xml version=\"1.0\"?>\n<analysis log_version=\"2\">\n</analysis>\n": false,
		"<?xml version=\"1.0\"?>\n<Tasks>\n<Task/></Tasks>\n":                  true,
	} {
		if have := isListing([]byte(text)); have != want {
			t.Errorf("%q is a listing: %v", text, have)
		}
	}
}
