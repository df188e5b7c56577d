package main

import (
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/export"
)

// TestWordsOfFlips looks at what would change each finding of every fixture, in both
// languages: our own words in it, nothing empty, no set without its outcome.
func TestWordsOfFlips(t *testing.T) {
	notIfShort(t)
	book := ownRulebook(t)
	sets := 0
	for _, dir := range fixtures(t) {
		result := checked(t, book, "report.toml", readText(t, filepath.Join(dir, "report.toml")))
		strip := quotedOf(result)
		for _, f := range result.Findings {
			flips, err := result.Flips(f)
			if err != nil {
				t.Fatal(err)
			}
			sets += len(flips.Up) + len(flips.Down)
			for _, lang := range []string{"ja", "en"} {
				for _, line := range (export.Style{Lang: lang}).FlipLines(result, flips) {
					if found := forbidden(strip.Replace(allowed.ReplaceAllString(line.Text, "／"))); len(found) > 0 && !line.Quoted {
						t.Errorf("%s %s: %q in %q", dir, f.ID, found, line.Text)
					}
					if strings.TrimSpace(line.Text) == "" || strings.ContainsAny(line.Text, "\ufffc\x00") {
						t.Errorf("%s %s: %q", dir, f.ID, line.Text)
					}
				}
			}
		}
	}
	if sets == 0 {
		t.Error("nothing would change any fixture: this tests nothing")
	}
}
