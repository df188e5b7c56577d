package export

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jobun/checker"
	"jobun/checker/law"
	"jobun/checker/review"
	"jobun/internal/cells"
	"jobun/internal/day"
	"jobun/rules"
)

// machineForms are the formats for machines, by name.
func machineForms() map[string]func(*bytes.Buffer, *checker.Result, PaperOptions) error {
	return map[string]func(*bytes.Buffer, *checker.Result, PaperOptions) error{
		"sarif": func(b *bytes.Buffer, r *checker.Result, o PaperOptions) error { return WriteSARIF(b, r, o) },
		"oscal": func(b *bytes.Buffer, r *checker.Result, o PaperOptions) error { return WriteOSCAL(b, r, o) },
		"ocsf":  func(b *bytes.Buffer, r *checker.Result, o PaperOptions) error { return WriteOCSF(b, r, o) },
		"csv":   func(b *bytes.Buffer, r *checker.Result, o PaperOptions) error { return WriteCSV(b, r, o) },
	}
}

func machineOptions(lang string) PaperOptions {
	return PaperOptions{Style: Style{Lang: lang}, Dated: day.Date{Year: 2026, Month: 11, Day: 25}, Tool: "jobun 0"}
}

// inForm writes a result in a format for machines.
func inForm(t testing.TB, form string, res *checker.Result, o PaperOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := machineForms()[form](&b, res, o); err != nil {
		t.Fatalf("%s: %v", form, err)
	}
	return b.String()
}

// opined records an opinion of every kind on a result, one of them taken back.
func opined(t testing.TB, res *checker.Result) *review.Review {
	t.Helper()
	j, err := review.Open(filepath.Join(t.TempDir(), "j.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := review.Read(j, review.Inputs{Result: res})
	if err != nil {
		t.Fatal(err)
	}
	record := func(e review.Entry) {
		t.Helper()
		e.By, e.At = "審査者A", "2026-11-24T09:30:00+05:30"
		if r, err = r.Record(e); err != nil {
			t.Fatal(err)
		}
	}
	f, g := res.Findings[0], res.Findings[len(res.Findings)-1]
	record(review.Entry{Finding: review.KeyOf(f), Action: review.TakeUp, Note: "=1+1 *太字* {0} [a](b)"})
	record(review.Entry{Finding: review.KeyOf(f), Action: review.NeedsEvidence, Needs: "ログ", Expires: "2027-03-31"})
	record(review.Entry{Finding: review.KeyOf(f), Action: review.Undo, UndoOf: 2})
	record(review.Entry{Finding: review.KeyOf(g), Action: review.SetAside, Reason: review.OutOfScope, Note: "期間の外"})
	record(review.Entry{Finding: review.KeyOf(g), Action: review.Note, Note: "メモ"})
	return r
}

// decodedJSON reads JSON, for the schema library.
func decodedJSON(t testing.TB, text string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	return v
}

// schemaIn compiles a schema file, with its formats asserted.
func schemaIn(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", decodedJSON(t, string(text))); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// officialSchema compiles a schema that is not kept in the repository.
func officialSchema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	shared := os.Getenv("JOBUN_SHARED")
	if shared == "" {
		t.Skip("NOT TESTED: JOBUN_SHARED does not name the folder with the official schemas")
	}
	return schemaIn(t, filepath.Join(shared, "schemas", name))
}

// jsonDocuments takes a form apart into its JSON documents.
func jsonDocuments(form, text string) []string {
	if form == "ocsf" {
		return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	}
	return []string{text}
}

// at walks into decoded JSON by keys and indices.
func at(t testing.TB, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok || m[step] == nil {
				t.Fatalf("there is no %q of %v", step, path)
			}
			v = m[step]
		case int:
			list, ok := v.([]any)
			if !ok || len(list) <= step {
				t.Fatalf("there is no %d of %v", step, path)
			}
			v = list[step]
		}
	}
	return v
}

// breakage is one thing that makes a document wrong.
type breakage struct {
	says string
	path []any
	key  string
	to   any // nil: the key is taken out
}

func breakages(form string) []breakage {
	switch form {
	case "sarif":
		return []breakage{
			{"another version", nil, "version", "2.0.0"},
			{"no runs", nil, "runs", nil},
			{"no tool", []any{"runs", 0}, "tool", nil},
			{"a kind that there is not", []any{"runs", 0, "results", 0}, "kind", "guilty"},
			{"a level that there is not", []any{"runs", 0, "results", 0}, "level", "high"},
			{"a key that there is not", []any{"runs", 0, "results", 0}, "assessment", "open"},
			{"a result without a message", []any{"runs", 0, "results", 0}, "message", nil},
			{"a language in words", []any{"runs", 0}, "language", "Japanese"},
			{"columns of another kind", []any{"runs", 0}, "columnKind", "bytes"},
			{"a line as a word", []any{"runs", 0, "results", 0}, "ruleIndex", "1"},
			{"a GUID that is none", []any{"runs", 0, "automationDetails"}, "guid", "1"},
		}
	case "oscal":
		return []breakage{
			{"no metadata", []any{"assessment-results"}, "metadata", nil},
			{"no plan", []any{"assessment-results"}, "import-ap", nil},
			{"a UUID that is none", []any{"assessment-results"}, "uuid", "1"},
			{"a time without a zone", []any{"assessment-results", "metadata"}, "last-modified", "2026-11-25T00:00:00"},
			{"a day for a time", []any{"assessment-results", "results", 0}, "start", "2026-11-25"},
			{"a finding without a target", []any{"assessment-results", "results", 0, "findings", 0}, "target", nil},
			{"a state that there is not", []any{"assessment-results", "results", 0, "findings", 0, "target", "status"}, "state", "unknown"},
			{"an id that is no token", []any{"assessment-results", "results", 0, "findings", 0, "target"}, "target-id", "a/b c"},
			{"a key that there is not", []any{"assessment-results", "results", 0}, "verdict", "open"},
			{"a property without a value", []any{"assessment-results", "results", 0, "findings", 0, "props", 0}, "value", ""},
		}
	default:
		return []breakage{
			{"no time", nil, "time", nil},
			{"a time in words", nil, "time", "2026-11-25"},
			{"another class", nil, "class_uid", json.Number("2004")},
			{"no compliance", nil, "compliance", nil},
			{"no id of the finding", []any{"finding_info"}, "uid", nil},
			{"no version of the schema", []any{"metadata"}, "version", nil},
			{"a status that there is not", []any{"compliance"}, "status_id", json.Number("4")},
			{"a key that there is not", nil, "verdict", "open"},
			{"a product without a name", []any{"metadata"}, "product", map[string]any{"version": "1"}},
			{"no severity", nil, "severity_id", nil},
		}
	}
}

// TestMachineSchemas holds every fixture, in both languages, with opinions and without,
// against the schemas of others; and the same schemas refuse what is broken.
func TestMachineSchemas(t *testing.T) {
	b := rulebook(t, rules.Files)
	for form, schema := range map[string]func(*testing.T) *jsonschema.Schema{
		"sarif": func(t *testing.T) *jsonschema.Schema { return officialSchema(t, "sarif-schema-2.1.0.json") },
		"oscal": func(t *testing.T) *jsonschema.Schema {
			return officialSchema(t, "oscal_assessment-results_schema.json")
		},
		"ocsf": func(t *testing.T) *jsonschema.Schema {
			return schemaIn(t, "testdata/ocsf-1.5.0-compliance_finding.schema.json")
		},
	} {
		t.Run(form, func(t *testing.T) {
			schema := schema(t)
			texts := fixtures(t)
			texts["hostile"], texts["markup"] = hostileReport(mischief), hostileReport(markup)
			for name, text := range texts {
				for _, lang := range []string{"ja", "en"} {
					o := machineOptions(lang)
					res := result(t, b, text)
					if lang == "ja" {
						o.Review = opined(t, res)
						res = o.Review.Result
					}
					for i, document := range jsonDocuments(form, inForm(t, form, res, o)) {
						if err := schema.Validate(decodedJSON(t, document)); err != nil {
							t.Fatalf("%s in %s, document %d: %v", name, lang, i+1, err)
						}
					}
				}
			}
			good := jsonDocuments(form, inForm(t, form, result(t, b, texts["../../fixtures/installer-with-consent/report.toml"]), machineOptions("ja")))[0]
			for _, c := range breakages(form) {
				broken := decodedJSON(t, good)
				inside := at(t, broken, c.path...).(map[string]any)
				if c.to == nil {
					delete(inside, c.key)
				} else {
					inside[c.key] = c.to
				}
				if schema.Validate(broken) == nil {
					t.Errorf("%s: %s is accepted", form, c.says)
				}
			}
		})
	}
}

// TestMachineSameBytes: read again, checked again, from a file system in another order.
func TestMachineSameBytes(t *testing.T) {
	first, second := rulebook(t, rules.Files), rulebook(t, backwards{rules.Files})
	for name, text := range fixtures(t) {
		for form := range machineForms() {
			want := inForm(t, form, result(t, first, text), machineOptions("ja"))
			for i, b := range []*checker.Rulebook{first, second} {
				if inForm(t, form, result(t, b, text), machineOptions("ja")) != want {
					t.Errorf("%s: %s differs in reading %d", name, form, i+2)
				}
			}
		}
	}
}

// TestSARIFSays looks at what a log says of a result: every finding, every answer in
// every version, every rule that was not asked, and no pass or fail.
func TestSARIFSays(t *testing.T) {
	b := rulebook(t, rules.Files)
	kinds, withLine := map[string]int{}, 0
	for name, text := range fixtures(t) {
		res := result(t, b, text)
		o := machineOptions("ja")
		o.Review = opined(t, res)
		res = o.Review.Result
		var log sarifRead
		if err := json.Unmarshal([]byte(inForm(t, "sarif", res, o)), &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		if run.Language != "ja-JP" || run.ColumnKind != "unicodeCodePoints" {
			t.Errorf("%s: language %q, columns %q", name, run.Language, run.ColumnKind)
		}
		if len(run.Results) != len(res.Findings) {
			t.Fatalf("%s: %d results of %d findings", name, len(run.Results), len(res.Findings))
		}
		if have, want := len(run.Invocations[0].Notifications), len(res.NotAsked)+len(res.Declined); have != want {
			t.Errorf("%s: %d notifications, want %d", name, have, want)
		}
		for i, f := range res.Findings {
			r := run.Results[i]
			kinds[r.Kind]++
			if r.Level != "none" || r.Kind == "pass" || r.Kind == "fail" || (r.Kind == "notApplicable") != (f.Assessment == checker.NotInForce) {
				t.Errorf("%s: %s is %s, %s of %s", name, f.ID, r.Kind, r.Level, f.Assessment)
			}
			if have := run.Tool.Driver.Rules[r.RuleIndex].ID; have != f.Rule.ID || r.RuleID != have {
				t.Errorf("%s: %s is of the rule %s", name, f.ID, have)
			}
			if want := string(o.Review.Of(f).Status()); r.Properties.Decision != want || r.Properties.Finding != f.ID {
				t.Errorf("%s: %s is decided as %q, want %q", name, f.ID, r.Properties.Decision, want)
			}
			if want := len(f.Answers()) * len(versionsOf(f)); len(r.Taxa) != want {
				t.Errorf("%s: %s has %d taxa, want %d", name, f.ID, len(r.Taxa), want)
			}
			for j, taxon := range r.Taxa {
				taxonomy := run.Taxonomies[taxon.Component.Index]
				answer := f.Answers()[j%len(f.Answers())]
				if taxonomy.Taxa[taxon.Index].ID != taxon.ID || taxonomy.Name != f.Law.ID || taxon.ID != f.Rule.ID+"#"+answer.Clause.ID || taxon.Properties["answer"] != string(answer.Code) {
					t.Errorf("%s: %s: taxon %+v", name, f.ID, taxon)
				}
			}
			for _, l := range r.Locations {
				if l.Physical == nil {
					continue
				}
				e := run.Artifacts[*l.Physical.Artifact.Index]
				if e.Properties["id"] != l.Properties.Exhibit || e.Hashes["sha-256"] != e.Properties["sha256"] && e.Properties["sha256"] != nil {
					t.Errorf("%s: %s: location %+v of %+v", name, f.ID, l, e)
				}
				if region := l.Physical.Region; region != nil {
					withLine++
					if first := strconv.Itoa(region.First); !strings.Contains(l.Properties.Locator, first) {
						t.Errorf("%s: line %s of %q", name, first, l.Properties.Locator)
					}
				}
			}
		}
		for _, taxonomy := range run.Taxonomies {
			l, ok := b.Laws.Law(taxonomy.Name)
			if !ok || len(l.Versions) > 0 && !slices.ContainsFunc(l.Versions, func(v law.Version) bool { return v.From.String() == taxonomy.Version }) {
				t.Errorf("%s: there is no version %q of %s", name, taxonomy.Version, taxonomy.Name)
			}
		}
	}
	if kinds["review"] == 0 || kinds["open"] == 0 || kinds["notApplicable"] == 0 || withLine == 0 {
		t.Errorf("kinds %v, %d lines: this tests little", kinds, withLine)
	}
}

// TestOSCALSays: every objective is unsettled, every answer an observation, every link
// leads somewhere, no id is given twice, and the native export is whole.
func TestOSCALSays(t *testing.T) {
	b := rulebook(t, rules.Files)
	for name, text := range fixtures(t) {
		res := result(t, b, text)
		o := machineOptions("en")
		o.Review = opined(t, res)
		res = o.Review.Result
		document := inForm(t, "oscal", res, o)
		var read oscalDocument
		if err := json.Unmarshal([]byte(document), &read); err != nil {
			t.Fatal(err)
		}
		r := read.Results.Results[0]
		answers := 0
		for _, f := range res.Findings {
			answers += len(f.Answers())
		}
		if have, want := len(r.Findings), len(res.Findings)+len(res.NotAsked)+len(res.Declined); have != want || len(r.Observations) != answers {
			t.Errorf("%s: %d findings, want %d; %d observations, want %d", name, have, want, len(r.Observations), answers)
		}
		for _, f := range r.Findings {
			if f.Target.Status.State != "not-satisfied" || f.Target.Status.Reason != "other" || f.Target.Status.Remarks == "" {
				t.Errorf("%s: %s has the status %+v", name, f.UUID, f.Target.Status)
			}
		}
		if have := len(r.Log.Entries); have != len(o.Review.Journal().Entries()) {
			t.Errorf("%s: %d entries in the log", name, have)
		}
		if have := r.Log.Entries[0].Start; have != "2026-11-24T04:00:00Z" {
			t.Errorf("%s: the first entry is of %s", name, have)
		}
		given := map[string]int{}
		for _, m := range regexp.MustCompile(`"uuid": "([^"]*)"`).FindAllStringSubmatch(document, -1) {
			if given[m[1]]++; given[m[1]] > 1 {
				t.Errorf("%s: the id %s is given twice", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`"(?:href": "#|[a-z-]+-uuid": ")([^"]*)"`).FindAllStringSubmatch(document, -1) {
			if given[m[1]] == 0 {
				t.Errorf("%s: %s leads nowhere", name, m[1])
			}
		}
		resources := read.Results.BackMatter.Resources
		native, err := base64.StdEncoding.DecodeString(resources[len(resources)-1].Base64.Value)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := WriteReviewedJSON(&want, o.Review, nil); err != nil {
			t.Fatal(err)
		}
		if string(native) != want.String() {
			t.Errorf("%s: the native export is another", name)
		}
	}
}

// TestOCSFSays: a line for each finding and each rule without one, never Pass, Warning
// or Fail, and the time of the paper or else the report's.
func TestOCSFSays(t *testing.T) {
	b := rulebook(t, rules.Files)
	for name, text := range fixtures(t) {
		res := result(t, b, text)
		lines := jsonDocuments("ocsf", inForm(t, "ocsf", res, machineOptions("ja")))
		if want := len(res.Findings) + len(res.NotAsked) + len(res.Declined); len(lines) != want {
			t.Errorf("%s: %d events, want %d", name, len(lines), want)
		}
		for i, line := range lines {
			var e ocsfEvent
			if err := json.Unmarshal([]byte(line), &e); err != nil {
				t.Fatal(err)
			}
			ids := []int{e.Compliance.StatusID}
			for _, c := range e.Compliance.Checks {
				ids = append(ids, c.StatusID)
			}
			for _, id := range ids {
				if id != ocsfUnknown && id != ocsfOther {
					t.Errorf("%s: event %d has the status %d", name, i+1, id)
				}
			}
			if e.StatusID == 3 || e.StatusID == 4 || e.Time != 1795532400000 || e.Metadata.Sequence != i+1 {
				t.Errorf("%s: event %d: status %d, time %d, sequence %d", name, i+1, e.StatusID, e.Time, e.Metadata.Sequence)
			}
			if i < len(res.Findings) && (e.Info.UID != res.Findings[i].ID || len(e.Compliance.Checks) != len(res.Findings[i].Answers())) {
				t.Errorf("%s: event %d is of %s, with %d checks", name, i+1, e.Info.UID, len(e.Compliance.Checks))
			}
		}
	}
}

// tableOf reads a CSV as others do.
func tableOf(t testing.TB, text string) [][]string {
	t.Helper()
	text, ok := strings.CutPrefix(text, "\ufeff")
	if !ok {
		t.Error("there is no byte order mark")
	}
	if !strings.HasSuffix(text, "\r\n") {
		t.Error("the last line does not end with CR LF")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCSVSays(t *testing.T) {
	b := rulebook(t, rules.Files)
	for name, text := range fixtures(t) {
		for lang, kinds := range map[string][5]string{"ja": {"指摘", "要件", "除外事由", "問えない", "対象なし"}, "en": {"finding", "element", "exception", "not asked", "none"}} {
			res := result(t, b, text)
			rows := tableOf(t, inForm(t, "csv", res, machineOptions(lang)))
			var want [5]int
			for _, f := range res.Findings {
				want[0]++
				want[1] += len(f.Elements)
				want[2] += len(f.Exceptions)
			}
			want[3], want[4] = len(res.NotAsked), len(res.Declined)
			var have [5]int
			for _, row := range rows[1:] {
				for i := range kinds {
					if strings.HasPrefix(row[0], kinds[i]) {
						have[i]++
					}
				}
			}
			if have != want {
				t.Errorf("%s in %s: rows %v, want %v", name, lang, have, want)
			}
		}
	}
}

// A choice of findings leaves the others out, and says so.
func TestMachineChoice(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/installer-with-consent/report.toml"])
	o := machineOptions("en")
	o.Only = []string{res.Findings[1].ID}
	var log sarifRead
	if err := json.Unmarshal([]byte(inForm(t, "sarif", res, o)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != 1 || run.Results[0].Properties.Finding != res.Findings[1].ID || run.Properties.LeftOut != len(res.Findings)-1 || run.Language != "en-US" {
		t.Errorf("%d results, %d left out, in %s", len(run.Results), run.Properties.LeftOut, run.Language)
	}
	o.Only = []string{"F-NONE"}
	masked := machineOptions("ja")
	masked.Redact = true
	for form, write := range machineForms() {
		if write(&bytes.Buffer{}, res, o) == nil {
			t.Errorf("%s: a finding that there is not is accepted", form)
		}
		if err := write(&bytes.Buffer{}, res, masked); !errors.Is(err, ErrMasked) {
			t.Errorf("%s with names masked: %v", form, err)
		}
	}
}

// The clock is never asked: without a date the formats that must hold one refuse, and
// the report's own date is taken where there is no other.
func TestMachineDates(t *testing.T) {
	b := rulebook(t, rules.Files)
	undated := hostileReport("plain")
	dated := bytes.Replace(undated, []byte("note ="), []byte("date = 2012-04-01\nnote ="), 1)
	for form, write := range machineForms() {
		o := machineOptions("ja")
		o.Dated = day.Date{}
		err := write(&bytes.Buffer{}, result(t, b, undated), o)
		if mustHold := form == "oscal" || form == "ocsf"; errors.Is(err, ErrUndated) != mustHold || err != nil && !mustHold {
			t.Errorf("%s without a date: %v", form, err)
		}
		have := inForm(t, form, result(t, b, dated), o)
		if form == "oscal" && !strings.Contains(have, `"last-modified": "2012-04-01T00:00:00+09:00"`) || form == "ocsf" && !strings.Contains(have, `"time":1333206000000`) {
			t.Errorf("%s does not hold the report's date", form)
		}
		o.Dated = day.Date{Year: 1868, Month: 1, Day: 25}
		if err := write(&bytes.Buffer{}, result(t, b, dated), o); (err != nil) != (form == "oscal" || form == "ocsf") {
			t.Errorf("%s of 1868: %v", form, err)
		}
	}
}

// hostiles are what reports may hold to be taken for more than text.
func hostiles() map[string]string {
	return map[string]string{
		"mischief": mischief, "markup": markup, "placeholder": "{0}{1}[a](javascript:x)\\[b\\]",
		"formula": "=HYPERLINK(\"http://x\",\"y\")", "full-width formula": "　＝1+1", "command": " \t-2+3+cmd|' /C calc'!A0", "at": "@SUM(1)", "quotes": "\"\"\",\r\n\"x\",'",
	}
}

// TestMachineHostile: whatever a report holds, nothing is lost and nothing interpreted.
func TestMachineHostile(t *testing.T) {
	b := rulebook(t, rules.Files)
	plain := tableOf(t, inForm(t, "csv", result(t, b, hostileReport("plain")), machineOptions("ja")))
	for name, text := range hostiles() {
		res := result(t, b, hostileReport(text))
		var native bytes.Buffer
		if err := WriteJSON(&native, res, nil); err != nil {
			t.Fatal(err)
		}
		for form := range machineForms() {
			have := inForm(t, form, res, machineOptions("ja"))
			inert := strings.NewReplacer("\r\n", "\n", "\ufeff\"種別", "\"種別").Replace(have)
			if form != "csv" {
				inert = strings.ReplaceAll(inert, "\u3164", "") // JSON leaves a blank letter as it is
			}
			if r, i := raw(inert); i >= 0 {
				t.Errorf("%s, %s: U+%04X in it", name, form, r)
			}
			switch form {
			case "sarif":
				sarifKeeps(t, name, have, native.Bytes())
			case "oscal":
				oscalKeeps(t, name, have, native.Bytes())
			case "ocsf":
				if !strings.Contains(have, `"excerpt":`) || at(t, decodedJSON(t, jsonDocuments(form, have)[0]), "evidences", 0, "data", "excerpt") != text {
					t.Errorf("%s: the excerpt is not in the event", name)
				}
			case "csv":
				csvKeeps(t, name, tableOf(t, have), plain, text)
			}
		}
	}
}

// sarifKeeps compares the properties with the native export, and looks for places of
// arguments and links in the messages.
func sarifKeeps(t *testing.T, name, have string, native []byte) {
	t.Helper()
	log := decodedJSON(t, have)
	run := at(t, log, "runs", 0).(map[string]any)
	want := decodedJSON(t, string(native)).(map[string]any)
	for _, key := range []string{"report", "not_asked", "declined", "entities", "exhibits", "parties", "examined", "statements", "report_as_read"} {
		if !sameThroughJSON(t, at(t, run, "properties", key), want[key]) {
			t.Errorf("%s: %s is not what it was", name, key)
		}
	}
	for i, f := range want["findings"].([]any) {
		if !sameThroughJSON(t, at(t, run, "results", i, "properties", "finding"), f) {
			t.Errorf("%s: finding %d is not what it was", name, i)
		}
	}
	live := regexp.MustCompile(`(^|[^{])(\{\{)*\{\d+\}([^}]|$)|(^|[^\\])(\\\\)*\[[^\]]*[^\\]\]\(`)
	for i := range run["results"].([]any) {
		message := at(t, run, "results", i, "message", "text").(string)
		if found := live.FindString(message); found != "" {
			t.Errorf("%s: %q is read as more than text in %q", name, found, message)
		}
	}
}

func sameThroughJSON(t testing.TB, a, b any) bool {
	t.Helper()
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	if errX != nil || errY != nil {
		t.Fatal(errX, errY)
	}
	return bytes.Equal(x, y)
}

// oscalKeeps compares the native export inside, and looks for markup in every text that
// OSCAL says is Markdown.
func oscalKeeps(t *testing.T, name, have string, native []byte) {
	t.Helper()
	var read oscalDocument
	if err := json.Unmarshal([]byte(have), &read); err != nil {
		t.Fatal(err)
	}
	resources := read.Results.BackMatter.Resources
	inside, err := base64.StdEncoding.DecodeString(resources[len(resources)-1].Base64.Value)
	if err != nil || !bytes.Equal(inside, native) {
		t.Errorf("%s: the native export is another (%v)", name, err)
	}
	texts := 0
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				if text, ok := inner.(string); ok && slices.Contains([]string{"title", "description", "remarks", "prose", "text"}, key) {
					texts++
					for _, line := range strings.Split(text, "\n") {
						if found := live(line); found != "" || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t") {
							t.Errorf("%s: %s: %q is read as markup in %q", name, key, found, line)
						}
					}
				}
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(decodedJSON(t, have))
	if texts < 100 {
		t.Errorf("%s: only %d texts", name, texts)
	}
}

// csvKeeps: as many cells as of a plain report, none of them a formula, and the label
// of the entity whole once the guard is taken off.
func csvKeeps(t *testing.T, name string, have, plain [][]string, text string) {
	t.Helper()
	if len(have) != len(plain) {
		t.Errorf("%s: %d rows, of a plain report %d", name, len(have), len(plain))
	}
	found := 0
	for _, row := range have {
		for _, cell := range row {
			if begins := strings.TrimLeft(cell, " \t\u3000\u00a0"); begins != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(begins)[0]) {
				t.Errorf("%s: the cell %q is a formula", name, cell)
			}
			if strings.Contains(cell, cells.SanitiseLines(text)) {
				found++
			}
		}
	}
	if found < 5 {
		t.Errorf("%s: the text is in %d cells only", name, found)
	}
}

// One field of a megabyte passes through every format, whole.
func TestMachineLargeField(t *testing.T) {
	large := strings.Repeat("条文\u202e=1+1 ", 70_000) // more than a megabyte
	report := bytes.Replace(hostileReport("plain"), []byte("excerpt = \"plain\""), []byte("excerpt = \""+large+"\""), 1)
	res := result(t, rulebook(t, rules.Files), report)
	escaped := strings.ReplaceAll(large, "\u202e", `\u202e`)
	for form := range machineForms() {
		have := inForm(t, form, res, machineOptions("ja"))
		switch form {
		case "oscal":
			var read oscalDocument
			if err := json.Unmarshal([]byte(have), &read); err != nil {
				t.Fatal(err)
			}
			resources := read.Results.BackMatter.Resources
			inside, err := base64.StdEncoding.DecodeString(resources[len(resources)-1].Base64.Value)
			if err != nil || !strings.Contains(string(inside), escaped) {
				t.Errorf("oscal does not hold the field whole (%v)", err)
			}
		case "csv": // a table shows where an excerpt is, not its words
			tableOf(t, have)
		default:
			if !strings.Contains(have, escaped) {
				t.Errorf("%s does not hold the field whole", form)
			}
		}
	}
}

func TestGuarded(t *testing.T) {
	for _, text := range []string{"=1", "+1", "-1", "@a", "\t1", "\r1", "\n=1", " =1", "　=1", "\u00a0-1", "＝1", "　＋1", "－1", "＠a", "﹣1", "−1", "|a", "%a", "\u200b=1", "\ufeff@a", "'=1", "'"} {
		if have := guarded(text); have != "'"+text {
			t.Errorf("%q is %q", text, have)
		}
	}
	for _, text := range []string{"", "a=1", "1-2", "第三条", "「=1」", "  a", "F-AB2CD", "要件1"} {
		if have := guarded(text); have != text {
			t.Errorf("%q is %q", text, have)
		}
	}
}

func TestLines(t *testing.T) {
	for locator, want := range map[string][]lineSpan{
		"5行目": {{5, 5}}, "12-14行目": {{12, 14}}, "27行": {{27, 27}}, "line 89, EventRecordID 2105, Security 4732": {{89, 89}}, "lines 3-5": {{3, 5}},
		"5行目・7行目": {{5, 5}, {7, 7}}, "9・14・17-19行目": {{9, 9}, {14, 14}, {17, 19}},
	} {
		if have := lines(locator); !slices.Equal(have, want) {
			t.Errorf("%q is %v", locator, have)
		}
	}
	for _, locator := range []string{"", "L60", "頁のL60", "3頁", "5", "EventRecordID 70331", "EventRecordID 41102・41206", "0行目", "14-12行目", "5・14-12行目", "line", "online 5", "99999999999行目", "第5行目の次", "5行目以降"} {
		if have := lines(locator); have != nil {
			t.Errorf("%q is %v", locator, have)
		}
	}
}

func TestRelative(t *testing.T) {
	for name, want := range map[string]string{
		"logs/a.txt": "logs/a.txt", "/etc/passwd": "%2Fetc/passwd", "http://x/y": "http%3A//x/y", `C:\a b`: "C%3A%5Ca%20b", "//x/y": "%2F/x/y", "甲": "%E7%94%B2", "a#b?c%41": "a%23b%3Fc%2541",
	} {
		if have := relative(name); have != want {
			t.Errorf("%q is %q, not %q", name, have, want)
		}
	}
}

func TestUUID(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if have := uuid("a", "b"); !form.MatchString(have) || have != uuid("a", "b") || have == uuid("ab") || have == uuid("b", "a") {
		t.Errorf("%s", have)
	}
}

func TestToken(t *testing.T) {
	form := regexp.MustCompile(`^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$`)
	seen := map[string]string{}
	for _, name := range []string{"penal-code/run-on-the-unknowing", "a.b", "a/b", "a_b", "1a", "-a", "/a", "規則/問い", "a b", "a:b", "=1"} {
		have := token(name)
		if !form.MatchString(have) || seen[have] != "" {
			t.Errorf("%q is %q, as is %q", name, have, seen[have])
		}
		seen[have] = name
	}
}
