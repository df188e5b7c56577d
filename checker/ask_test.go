package checker

import (
	"fmt"
	"strings"
	"testing"

	"jobun/checker/audit"
)

// outcomes says in a line what came of each rule.
func outcomes(res *Result) string {
	var parts []string
	for _, f := range res.Findings {
		parts = append(parts, fmt.Sprintf("%s of %s: %s", f.Rule.ID, f.Entity.ID, f.Assessment))
	}
	for _, n := range res.NotAsked {
		parts = append(parts, fmt.Sprintf("%s not asked of %d: %s for %s", n.Rule.ID, len(n.Entities), n.Reason, strings.Join(names(n.Missing), " ")))
	}
	for _, d := range res.Declined {
		parts = append(parts, fmt.Sprintf("%s declined of %d", d.Rule.ID, d.Entities))
	}
	return strings.Join(parts, "; ")
}

func TestTriggers(t *testing.T) {
	yes, no, silent := seen("o1", "a", "made = true", "recorded"), seen("o2", "b", "made = false", "recorded"), seen("o3", "c", "sid = \"s\"", "recorded")
	for _, c := range []struct{ when, report, want string }{
		{"account.made", "", "terms/q not asked of 0: not-examined for accounts"},
		{"account.made", lookedFor, "terms/q declined of 0"},
		{"account.made", lookedIn2012, "terms/q not asked of 0: not-examined for accounts"},
		{"account.made", yes, "terms/q of account:a: open"},
		{"account.made", no, "terms/q declined of 1"},
		{"account.made", silent, "terms/q not asked of 1: trigger-unknown for account.made"},
		{"account.made", yes + no + silent, "terms/q of account:a: open; terms/q not asked of 1: trigger-unknown for account.made; terms/q declined of 1"},
		{"account.made", silent + seen("o4", "d", "sid = \"s\"", "recorded"), "terms/q not asked of 2: trigger-unknown for account.made"},
		{"account.made", yes + seen("o4", "a", "made = false", "recorded"), "terms/q not asked of 1: trigger-unknown for account.made"},
		{"not account.made", yes + no, "terms/q of account:b: open; terms/q declined of 1"},
		{"account.made && computer.networked", yes + no, "terms/q not asked of 1: trigger-unknown for computer.networked; terms/q declined of 1"},
		{"", yes + no + silent, "terms/q of account:a: open; terms/q of account:b: open; terms/q of account:c: open"},
	} {
		b := book(t, map[string]string{"terms/q.toml": tiny{when: c.when, clauses: []string{element("e", "account.hidden")}}.text()})
		if have := outcomes(check(t, b, report(t, c.report), nil)); have != c.want {
			t.Errorf("when %q: have %s\nwant %s", c.when, have, c.want)
		}
	}
	b := book(t, map[string]string{"terms/q.toml": tiny{when: "account.made", clauses: []string{element("e", "account.hidden")}}.text()})
	f := only(t, check(t, b, report(t, seen("o", "a", "made = true", "alleged")+seen("p", "a", "hidden = true", "recorded")), nil))
	if !f.TriggerAlleged || f.Assessment != AllegedOnly {
		t.Errorf("asked on an allegation: %v, %s", f.TriggerAlleged, f.Assessment)
	}
}

// Every outcome of one rule, as another reads it.
func TestFindingsOnFindings(t *testing.T) {
	first := tiny{when: "account.made", clauses: []string{element("e", "account.hidden"), exception("exclusion", "x", "account.enabled")}}
	judgedToo := first
	judgedToo.clauses = append([]string{judged("j")}, first.clauses...)
	dated := first
	dated.law, dated.places = "act", "[[place]]\nfrom = 2012-05-01\ncite = \"3\"\n"
	say := func(id, account, facts string) string {
		return seen(id, account, "made = true, "+facts, "recorded")
	}
	hidden, shown := say("o1", "a", "hidden = true"), say("o2", "b", "hidden = false")
	saidHidden := say("o3", "c", "sid = \"s\"") + seen("o4", "c", "hidden = true", "alleged")
	for _, c := range []struct {
		name, report string
		of           tiny
		want         Code
		missing      string
	}{
		{"indicated", lookedFor + hidden, first, Supported, ""},
		{"indicated in an open list", hidden, first, Supported, ""},
		{"indicated, another not", lookedFor + hidden + shown, first, Supported, ""},
		{"contradicted", lookedFor + shown, first, Contradicted, ""},
		{"contradicted in an open list", shown, first, Unverified, "finding:terms/q"},
		{"excepted", lookedFor + say("o", "a", "hidden = true, enabled = true"), first, Contradicted, ""},
		{"not in force", lookedFor + say("o", "a", "hidden = true, made_at = 2012-04-30"), dated, Contradicted, ""},
		{"no day", lookedFor + hidden, dated, Unverified, "finding:terms/q"},
		{"alleged", lookedFor + saidHidden, first, Alleged, ""},
		{"alleged, another indicated", lookedFor + saidHidden + hidden, first, Supported, ""},
		{"alleged with something to judge", lookedFor + saidHidden, judgedToo, Unverified, "finding:terms/q"},
		{"for judgement", lookedFor + hidden, judgedToo, Unverified, "finding:terms/q"},
		{"open", lookedFor + say("o", "a", "sid = \"s\""), first, Unverified, "finding:terms/q"},
		{"contested", lookedFor + hidden + says("s", "提供者", "opposes", "e", ""), first, Unverified, "finding:terms/q"},
		{"contradicted, another open", lookedFor + shown + say("o", "a", "sid = \"s\""), first, Unverified, "finding:terms/q"},
		{"contradicted, another not asked", lookedFor + shown + seen("o", "a", "sid = \"s\"", "recorded"), first, Unverified, "finding:terms/q"},
		{"contradicted, another declined", lookedFor + shown + seen("o", "a", "made = false", "recorded"), first, Contradicted, ""},
		{"asked of none", lookedFor + seen("o", "a", "made = false", "recorded"), first, Unverified, "finding:terms/q"},
		{"none there", lookedFor, first, Unverified, "finding:terms/q"},
		{"nobody looked", "", first, Unverified, "finding:terms/q"},
	} {
		second := tiny{asks: "publisher", at: "publisher.knew_at", clauses: []string{element("e", `finding("terms/q")`)}}
		b := book(t, map[string]string{"terms/q.toml": c.of.text(), "terms/a.toml": second.text()})
		res := check(t, b, report(t, c.report), nil)
		for _, f := range res.Findings {
			if f.Rule.ID != "terms/a" {
				continue
			}
			if a, _ := f.Answer("e"); a.Code != c.want || strings.Join(names(a.Missing), " ") != c.missing {
				t.Errorf("%s: %s, missing %v; want %s, %q (%s)", c.name, a.Code, names(a.Missing), c.want, c.missing, outcomes(res))
			}
		}
	}
}

// A finding's id is that of its rule and entity, in whatever order they come.
func TestFindingIDs(t *testing.T) {
	b := book(t, map[string]string{"terms/q.toml": tiny{clauses: []string{element("e", "account.hidden")}}.text()})
	first := check(t, b, report(t, seen("o", "a", "made = true", "recorded")+seen("p", "b", "made = true", "recorded")), nil)
	second := check(t, b, report(t, seen("o", "b", "made = true", "recorded")+seen("p", "a", "hidden = true", "alleged")), nil)
	ids := map[string]string{}
	for _, f := range first.Findings {
		ids[f.Entity.ID] = f.ID
	}
	for _, f := range second.Findings {
		if ids[f.Entity.ID] != f.ID {
			t.Errorf("%s was %s and is %s", f.Entity.ID, ids[f.Entity.ID], f.ID)
		}
		if found, ok := second.Finding(f.ID[:6]); !ok || found != f {
			t.Errorf("%s is not found by its beginning %s", f.ID, f.ID[:6])
		}
	}
	if _, ok := second.Finding("F-"); ok {
		t.Error("a beginning of two ids finds one")
	}
	if _, ok := second.Finding(""); ok {
		t.Error("no id finds one")
	}
}

// Ids that would collide in five characters are longer, all of them.
func TestFindingIDsDoNotCollide(t *testing.T) {
	var findings []*Finding
	for i := range 20_000 {
		findings = append(findings, &Finding{Rule: &Rule{ID: "terms/q"}, Entity: &audit.Entity{ID: fmt.Sprint("account:", i)}})
	}
	name(findings)
	taken := map[string]bool{}
	for _, f := range findings {
		if taken[f.ID] {
			t.Fatalf("the id %s is given twice", f.ID)
		}
		taken[f.ID] = true
	}
	if n := len(findings[0].ID); n <= len("F-12345") {
		t.Errorf("20,000 ids have %d characters, and none collides; this tests nothing", n)
	}
}
