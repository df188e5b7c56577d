// Package messages says what goes wrong in Japanese: errors, and problems in reports,
// rules and laws. Those who find them say it in English, and know no language.
package messages

import (
	"slices"
	"strings"
	"sync"

	"jobun/internal/phrases"
)

// Say gives what an error or a problem says in a language: ja, or else English, as it is.
// Each line is a message of its own, and one that is not known stays whole as it is.
func Say(lang, text string) string {
	if lang != "ja" {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i], _ = book().Say(line)
	}
	return strings.Join(lines, "\n")
}

// book is made when it is first asked for: most runs have no need of it.
var book = sync.OnceValue(func() *phrases.Book { return phrases.New(lead, table()) })

// lead is how a file, a flag or a key leads what is said of it.
var lead = phrases.Phrase{"%i: %e", "%i: %e"}

// table is every phrase there is: of the packages of this program, and of others.
func table() []phrases.Phrase { return slices.Concat(ours(), ofOthers, ofSystems()) }

// ours are the phrases whose English is in the source of this program.
func ours() []phrases.Phrase {
	return slices.Concat(ofCommands, ofReview, ofPapers, ofLaws, ofStore, ofDays, ofMonths(), ofFiles, ofReports, ofRules, ofConditions)
}
