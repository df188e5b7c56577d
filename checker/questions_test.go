package checker

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker/audit"
)

// asked writes questions in a line each: addressee, fact, and what it serves.
func asked(groups []QuestionGroup) string {
	var lines []string
	for _, g := range groups {
		for _, q := range g.Questions {
			line := string(g.Asked) + " " + q.Missing.Name
			if q.Missing.Entity != nil {
				line += " of " + q.Missing.Entity.ID
			}
			line += ":"
			for _, s := range q.Serves {
				line += " " + s.Finding.Rule.ID
				if s.Clause != nil {
					line += "." + s.Clause.ID
				}
				if s.Through != "" {
					line += " through " + s.Through
				}
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func TestQuestions(t *testing.T) {
	first := tiny{when: "account.made", clauses: []string{element("e", "account.hidden && computer.networked"), judged("j"), exception("defence", "x", "account.secret_known_to_publisher")}}
	second := tiny{asks: "publisher", at: "publisher.knew_at", clauses: []string{element("r", `finding("terms/q")`), element("n", "computer.networked && any(consents, .given)")}}
	dated := tiny{law: "act", places: "[[place]]\nfrom = 2012-05-01\ncite = \"3\"\n", clauses: []string{element("e", "account.hidden")}}
	b := book(t, map[string]string{"terms/q.toml": first.text(), "terms/r.toml": second.text(), "terms/z.toml": dated.text()})
	res := check(t, b, report(t, seen("o", "a", "made = true", "recorded")), nil)
	want := strings.Join([]string{
		"publisher account.secret_known_to_publisher of account:a: terms/q.x terms/r.r through terms/q",
		"user consents: terms/r.n",
		"administrator account.hidden of account:a: terms/q.e terms/r.r through terms/q terms/z.e",
		"administrator computer.networked of computer: terms/q.e terms/r.r through terms/q terms/r.n",
		"administrator account.made_at of account:a: terms/z",
	}, "\n")
	if have := asked(res.Questions(res.Findings)); have != want {
		t.Errorf("have\n%s\nwant\n%s", have, want)
	}
	if have := asked(res.Questions(res.Findings[:1])); strings.Contains(have, "terms/r") || strings.Contains(have, "consents") {
		t.Errorf("of the first finding alone:\n%s", have)
	}
	if have := res.Questions(nil); have != nil {
		t.Errorf("of no finding: %v", have)
	}
	early := check(t, b, report(t, seen("o", "a", "made = true, made_at = 2012-04-01", "recorded")), nil)
	if have := asked(early.Questions(early.Findings)); strings.Contains(have, "terms/z") {
		t.Errorf("a provision that was not in force is asked about:\n%s", have)
	}
}

// Every missing fact of the chosen findings is asked for once, and serves the
// clauses that lack it and no other.
func TestQuestionsAreTheMissingFacts(t *testing.T) {
	facts := []string{"hidden", "enabled", "administrator", "deleted", "remote_sign_in_allowed"}
	rapid.Check(t, func(rt *rapid.T) {
		files := map[string]string{}
		for i := range rapid.IntRange(1, 4).Draw(rt, "rules") {
			var clauses []string
			for j := range rapid.IntRange(1, 3).Draw(rt, "clauses") {
				pick := rapid.SliceOfNDistinct(rapid.SampledFrom(facts), 1, 3, rapid.ID[string]).Draw(rt, "facts")
				clauses = append(clauses, element(fmt.Sprintf("e%d", j), "account."+strings.Join(pick, " && account.")))
			}
			files[fmt.Sprintf("terms/r%d.toml", i)] = tiny{clauses: clauses}.text()
		}
		text := ""
		for _, account := range []string{"a", "b"} {
			shown := "sid = \"s\""
			for _, f := range facts {
				if rapid.Bool().Draw(rt, f) {
					shown += ", " + f + " = true"
				}
			}
			text += seen("o-"+account, account, shown, "recorded")
		}
		res := check(t, book(t, files), report(t, text), nil)
		want := map[string]map[string]bool{}
		for _, f := range res.Findings {
			for _, a := range f.Answers() {
				for _, m := range a.Missing {
					key := m.Name + " of " + m.Entity.ID
					if want[key] == nil {
						want[key] = map[string]bool{}
					}
					want[key][f.ID+"."+a.Clause.ID] = true
				}
			}
		}
		have := 0
		for _, g := range res.Questions(res.Findings) {
			for _, q := range g.Questions {
				have++
				serves := want[q.Missing.Name+" of "+q.Missing.Entity.ID]
				if len(q.Serves) != len(serves) {
					rt.Fatalf("%s serves %d clauses, want %d", q.Missing.Name, len(q.Serves), len(serves))
				}
				for _, s := range q.Serves {
					if !serves[s.Finding.ID+"."+s.Clause.ID] {
						rt.Fatalf("%s does not serve %s.%s", q.Missing.Name, s.Finding.ID, s.Clause.ID)
					}
				}
			}
		}
		if have != len(want) {
			rt.Fatalf("%d questions for %d missing facts", have, len(want))
		}
	})
}

// Every kind and every fact is asked of somebody whose title is there.
func TestEveryFactHasAnAddressee(t *testing.T) {
	listed := map[audit.Addressee]bool{}
	for _, a := range audit.Addressees() {
		listed[a] = true
		if a.Title().Ja == "" || a.Title() == audit.Addressee("").Title() {
			t.Errorf("%s has no title", a)
		}
	}
	for _, k := range audit.Kinds() {
		for _, f := range append([]audit.Field{{}}, k.Fields...) {
			if a := k.Asked(f); !listed[a] || a == audit.AskReviewer || a == audit.AskParty {
				t.Errorf("%s.%s is asked of %q", k.Name, f.Name, a)
			}
		}
	}
}
