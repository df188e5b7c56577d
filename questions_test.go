package main

import (
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/export"
)

// TestWordsOfQuestions looks at the questions of every fixture, in both languages: our own words in them, nothing empty, nothing twice.
func TestWordsOfQuestions(t *testing.T) {
	book := ownRulebook(t)
	asked := 0
	for _, dir := range fixtures(t) {
		result := checked(t, book, "report.toml", readText(t, filepath.Join(dir, "report.toml")))
		strip := quotedOf(result)
		for _, lang := range []string{"ja", "en"} {
			style := export.Style{Lang: lang}
			lines := style.QuestionLines(result.Questions(result.Findings))
			for _, line := range lines {
				if found := forbidden(strip.Replace(allowed.ReplaceAllString(line.Text, "／"))); len(found) > 0 && !line.Quoted {
					t.Errorf("%s: %q in %q", dir, found, line.Text)
				}
				if strings.TrimSpace(line.Text) == "" {
					t.Errorf("%s: an empty line", dir)
				}
			}
			seen := map[string]bool{}
			for _, g := range result.Questions(result.Findings) {
				for _, q := range g.Questions {
					asked++
					word := style.QuestionWord(q.Missing)
					if seen[word] {
						t.Errorf("%s: asked twice: %s", dir, word)
					}
					seen[word] = true
				}
			}
		}
	}
	if asked == 0 {
		t.Error("no fixture asks for anything: this tests nothing")
	}
}
