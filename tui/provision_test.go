package tui

import (
	"fmt"
	"strings"
	"testing"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/internal/day"
)

// madeProvisions gives the first place of a finding a text that is made up of the
// words of its clauses, and the second place none.
func madeProvisions(t *testing.T, f *checker.Finding) export.Provisions {
	t.Helper()
	place := f.Anchor.Places[0]
	units := place.All()
	acts := day.Date{Year: 2012, Month: 2, Day: 5}
	p := export.Provision{
		Place: units[0], From: acts, Until: acts.Add(1),
		Is:    export.TextSource{Revision: "411AC0000000128_20000213_test", From: day.Date{Year: 2000, Month: 2, Day: 13}, Grade: "reconstruction", Source: "手元の写し", SHA256: strings.Repeat("0123456789abcdef", 4)},
		Notes: []export.Text{{Ja: "この条項の文言は照合されていない。", En: "Nobody has compared the words of this provision."}},
	}
	for _, a := range f.Answers() {
		if a.Clause.Ja != "" {
			p.Phrases = append(p.Phrases, export.Phrase{Text: a.Clause.Ja, Clauses: []string{a.Clause.ID}}, export.Phrase{Text: "、"})
		}
	}
	p.Phrases = append(p.Phrases, export.Phrase{Text: "一年以下の懲役に処する", Penalty: true}, export.Phrase{Text: "。"})
	now, err := law.ParsePlace("2(4)(ii)")
	if err != nil {
		t.Fatal(err)
	}
	p.Present = &export.Present{
		On: day.Date{Year: 2026, Month: 11, Day: 25}, Place: now, Is: p.Is,
		Changes: []export.Change{{Same: "前半は同じであり、"}, {Was: "一年", Now: "三年"}, {Same: "以下の"}, {Was: "懲役", Now: "拘禁刑"}, {Same: "に処する。"}},
	}
	without := export.Provision{Place: units[len(units)-1], From: acts, Until: acts.Add(1), Command: "jobun law import FILE --law 411AC0000000128 --from DATE --until DATE",
		Why: export.Text{Ja: "この法令の条文は保存されていない。", En: "No text of this law is in the store."}}
	return export.Provisions{{Finding: f.ID, Place: place}: {p, without}}
}

// The screen of a provision shows what it says: each phrase with the sign and
// number of its answer, the words that differ now, and what gets a text that is
// not there.
func TestProvisionText(t *testing.T) {
	result := smallCase(t)
	for _, lang := range []string{"ja", "en"} {
		for _, width := range []int{60, 100} {
			m := started(result, lang, width, 100)
			m.provisions = madeProvisions(t, result.Findings[0])
			lines := press(t, m, "t")
			checkGlyphs(t, lines)
			golden(t, fmt.Sprintf("provision-text.%s.%dx100.txt", lang, width), lines)
		}
	}
}

// Every phrase has the tone of its answer, and the words of all lines together are
// the text: nothing is lost in wrapping.
func TestProvisionTextTones(t *testing.T) {
	result := smallCase(t)
	f := result.Findings[0]
	m := started(result, "ja", 60, 40)
	m.provisions = madeProvisions(t, f)
	for _, width := range []int{20, 33, 60, 120} {
		page := lay(m.provisionPage(f), width)
		for _, a := range f.Answers() {
			toned := ""
			for _, r := range page.rows {
				for _, s := range r.spans {
					if s.tone == toneOf(a.Code) {
						toned += s.text
					}
				}
			}
			if a.Clause.Ja != "" && !strings.Contains(toned, a.Clause.Ja) {
				t.Errorf("at %d the phrase %q of %s has not the tone of its answer", width, a.Clause.Ja, a.Clause.ID)
			}
		}
	}
}
