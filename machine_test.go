package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/internal/day"
)

// machineForms are the formats for machines, by the ends of their kept files.
func machineForms() map[string]func(*bytes.Buffer, *checker.Result, export.PaperOptions) error {
	return map[string]func(*bytes.Buffer, *checker.Result, export.PaperOptions) error{
		"sarif": func(b *bytes.Buffer, r *checker.Result, o export.PaperOptions) error {
			return export.WriteSARIF(b, r, o)
		},
		"oscal.json": func(b *bytes.Buffer, r *checker.Result, o export.PaperOptions) error {
			return export.WriteOSCAL(b, r, o)
		},
		"ocsf.jsonl": func(b *bytes.Buffer, r *checker.Result, o export.PaperOptions) error {
			return export.WriteOCSF(b, r, o)
		},
		"csv": func(b *bytes.Buffer, r *checker.Result, o export.PaperOptions) error { return export.WriteCSV(b, r, o) },
	}
}

func machineForm(t *testing.T, form string, result *checker.Result, lang string) string {
	t.Helper()
	d, err := day.ParseDate(paperDate)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	o := export.PaperOptions{Style: export.Style{Lang: lang}, Dated: d, Tool: "jobun " + version}
	if err := machineForms()[form](&b, result, o); err != nil {
		t.Fatalf("%s: %v", form, err)
	}
	return b.String()
}

// base64Value is the native export inside OSCAL, which has a kept file of its own.
var base64Value = regexp.MustCompile(`"value": "[0-9A-Za-z+/=]{1000,}"`)

// TestGoldenMachine keeps the table of every fixture, in both languages, and of the
// smallest one the other formats. go test -run GoldenMachine . -update rewrites them.
func TestGoldenMachine(t *testing.T) {
	book := ownRulebook(t)
	for _, dir := range fixtures(t) {
		result := checked(t, book, "report.toml", readText(t, filepath.Join(dir, "report.toml")))
		kept := map[string]string{"findings.csv": machineForm(t, "csv", result, "ja"), "findings.en.csv": machineForm(t, "csv", result, "en")}
		if filepath.Base(dir) == "installer-with-consent" {
			kept["findings.sarif"] = machineForm(t, "sarif", result, "ja")
			kept["findings.oscal.json"] = base64Value.ReplaceAllString(machineForm(t, "oscal.json", result, "ja"), `"value": "cmVzdWx0Lmpzb24="`)
			kept["findings.ocsf.jsonl"] = machineForm(t, "ocsf.jsonl", result, "ja")
		}
		for name, have := range kept {
			golden := filepath.Join(dir, "want", name)
			if *update {
				if err := os.WriteFile(golden, []byte(have), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if diff := firstDifference(readText(t, golden), have); diff != "" {
				t.Errorf("%s: %s", golden, diff)
			}
		}
	}
}

// TestWordsOfMachineFormats looks for the words of DESIGN section 2 in every string of
// ours in the formats for machines, of every fixture, in both languages.
func TestWordsOfMachineFormats(t *testing.T) {
	notIfShort(t)
	book := ownRulebook(t)
	for _, dir := range fixtures(t) {
		result := checked(t, book, "report.toml", readText(t, filepath.Join(dir, "report.toml")))
		strip := quotedOf(result)
		for form := range machineForms() {
			for _, lang := range []string{"ja", "en"} {
				texts := machineTexts(t, form, machineForm(t, form, result, lang))
				if len(texts) < 200 {
					t.Errorf("%s: %s in %s has %d texts only", dir, form, lang, len(texts))
				}
				for _, text := range texts {
					if found := forbidden(strip.Replace(allowed.ReplaceAllString(text, "／"))); len(found) > 0 {
						t.Errorf("%s: %s in %s: %q in %s", dir, form, lang, found, text)
					}
				}
			}
		}
	}
	for form, document := range map[string]string{
		"csv": "\ufeff\"有罪\"\r\n", "sarif": `{"message":{"text":"有罪"}}`, "oscal.json": `{"remarks":"有\\*罪 有罪"}`, "ocsf.jsonl": `{"compliance":{"status":"有罪"}}`,
	} {
		if texts := machineTexts(t, form, document); len(texts) != 1 || len(forbidden(texts[0])) == 0 {
			t.Errorf("%s: the text is not looked at: %q", form, texts)
		}
	}
}

// escapedSign is a sign that Markdown or SARIF would read, as both write it out.
var escapedSign = regexp.MustCompile(`\\([^0-9A-Za-z])`)

// machineTexts lists the strings of a format for machines, as they are read. The native
// export inside is left out: it holds the report in its own words, and
// TestWordsOfTemplates has looked at ours.
func machineTexts(t *testing.T, form, document string) []string {
	t.Helper()
	seen := map[string]bool{}
	var texts []string
	add := func(text string) {
		text = strings.NewReplacer("&amp;", "&", "{{", "{", "}}", "}").Replace(escapedSign.ReplaceAllString(text, "$1"))
		if !seen[text] {
			seen[text] = true
			texts = append(texts, text)
		}
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			add(v)
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		case map[string]any:
			for key, inner := range v {
				if !slices.Contains([]string{"finding", "jobun", "report_as_read", "entities", "exhibits", "parties", "statements", "report", "base64", "excerpt"}, key) {
					walk(inner)
				}
			}
		}
	}
	if form == "csv" {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(document, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				add(cell)
			}
		}
		return texts
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(document, "\n"), "\n") {
		if form != "ocsf.jsonl" {
			line = document
		}
		var v any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		walk(v)
		if form != "ocsf.jsonl" {
			break
		}
	}
	return texts
}
