package checker

import (
	"fmt"
	"strings"
	"testing"
)

// answerBook asks one element, one exclusion and one that only a person answers.
func answerBook(t *testing.T) *Rulebook {
	return book(t, map[string]string{"terms/q.toml": tiny{clauses: []string{
		element("e", "account.hidden"), judged("j"), exception("exclusion", "x", "account.enabled"),
	}}.text()})
}

func says(id, by, stance, clause, more string) string {
	return fmt.Sprintf("[[statement]]\nid = %q\nby = %q\nexhibit = \"E2\"\ntext = \"言い分\"\nstance = %q\non = [{ rule = \"terms/q\", clause = %q }]\n%s\n", id, by, stance, clause, more)
}

func TestAnswers(t *testing.T) {
	on := func(facts, basis string) string { return seen("o-"+basis, "a", facts, basis) }
	const opposes = "opposes"
	reply := "[[statement]]\nid = \"r\"\nby = \"提供者\"\nexhibit = \"E2\"\ntext = \"争う\"\nanswers = [\"s\"]\n"
	for _, c := range []struct{ name, report, element, exclusion string }{
		{"nothing stated", on("sid = \"s\"", "recorded"), "unknown", "unknown"},
		{"recorded", on("hidden = true, enabled = true", "recorded"), "supported", "supported"},
		{"admitted", on("hidden = true", "admitted"), "supported", "unknown"},
		{"inferred", on("hidden = true", "inferred"), "supported", "unknown"},
		{"alleged", on("hidden = true, enabled = true", "alleged"), "alleged", "alleged"},
		{"alleged and recorded", on("hidden = true", "alleged") + on("hidden = true", "recorded"), "supported", "unknown"},
		{"not so", on("hidden = false, enabled = false", "recorded"), "contradicted", "contradicted"},
		{"said not to be so", on("hidden = false, enabled = false", "alleged"), "unknown", "contradicted"},
		{"disputed", on("hidden = true", "recorded") + on("hidden = false", "admitted"), "contested", "unknown"},
		{"disputed by an allegation", on("hidden = true", "recorded") + on("hidden = false", "alleged"), "contested", "unknown"},
		{"opposed", on("hidden = true", "recorded") + says("s", "提供者", opposes, "e", ""), "contested", "unknown"},
		{"alleged and opposed", on("hidden = true", "alleged") + says("s", "提供者", opposes, "e", ""), "contested", "unknown"},
		{"the other clause opposed", on("hidden = true", "recorded") + says("s", "提供者", opposes, "x", ""), "supported", "unknown"},
		{"the whole rule opposed", on("hidden = true", "recorded") + says("s", "提供者", opposes, "", ""), "supported", "unknown"},
		{"withdrawn", on("hidden = true", "recorded") + says("s", "提供者", opposes, "e", "") + says("w", "提供者", "supports", "e", `withdraws = "s"`), "supported", "unknown"},
		{"admitted by the same party", on("hidden = true", "recorded") + says("s", "提供者", opposes, "e", "") + says("w", "提供者", "admits", "e", ""), "supported", "unknown"},
		{"an admission withdrawn", on("hidden = true", "recorded") + says("s", "提供者", opposes, "e", "") + says("w", "提供者", "admits", "e", "") + says("v", "提供者", "supports", "x", `withdraws = "w"`), "contested", "unknown"},
		{"admitted by another party", on("hidden = true", "recorded") + says("s", "提供者", opposes, "e", "") + says("w", "利用者", "admits", "e", ""), "contested", "unknown"},
		{"another clause admitted", on("hidden = true", "recorded") + says("s", "提供者", opposes, "e", "") + says("w", "提供者", "admits", "x", ""), "contested", "unknown"},
		{"supported by a statement and replied to", on("hidden = true", "recorded") + says("s", "利用者", "supports", "e", "") + reply, "supported", "unknown"},
		{"opposed, and replied to", on("hidden = true", "recorded") + says("s", "利用者", opposes, "e", "") + reply, "contested", "unknown"},
		{"only statements", on("sid = \"s\"", "recorded") + says("s", "利用者", "supports", "e", "") + says("w", "提供者", "admits", "e", ""), "unknown", "unknown"},
		{"unknown and opposed", on("sid = \"s\"", "recorded") + says("s", "利用者", opposes, "e", ""), "unknown", "unknown"},
		{"not so, and opposed", on("hidden = false", "recorded") + says("s", "利用者", opposes, "e", ""), "contradicted", "unknown"},
		{"an exception opposed", on("enabled = true", "recorded") + says("s", "利用者", opposes, "x", ""), "unknown", "contested"},
	} {
		f := only(t, check(t, answerBook(t), report(t, c.report), nil))
		e, _ := f.Answer("e")
		x, _ := f.Answer("x")
		if string(e.Code) != c.element || string(x.Code) != c.exclusion {
			t.Errorf("%s: element %s, exclusion %s; want %s, %s", c.name, e.Code, x.Code, c.element, c.exclusion)
		}
		if wantMarked := c.name == "said not to be so"; x.ByAllegation != wantMarked || e.ByAllegation {
			t.Errorf("%s: denied by allegation: element %v, exclusion %v", c.name, e.ByAllegation, x.ByAllegation)
		}
	}
}

// An allegation against an element leaves it unverified, and says of which fact
// a record is missing.
func TestDeniedByAllegation(t *testing.T) {
	f := only(t, check(t, answerBook(t), report(t, seen("o", "a", "hidden = false", "alleged")), nil))
	e, _ := f.Answer("e")
	if e.Code != Unverified || len(e.Missing) != 1 || e.Missing[0].Name != "account.hidden" || !e.Missing[0].Alleged {
		t.Errorf("%s, missing %+v", e.Code, e.Missing)
	}
}

// A statement may speak of one entity alone; so may an admission.
func TestStatementsOfOneEntity(t *testing.T) {
	of := func(id, stance, entity string) string {
		text := says(id, "提供者", stance, "e", "")
		if entity == "" {
			return text
		}
		return strings.Replace(text, `clause = "e"`, fmt.Sprintf(`clause = "e", entity = %q`, entity), 1)
	}
	two := seen("o", "a", "hidden = true", "recorded") + seen("p", "b", "hidden = true", "recorded")
	for _, c := range []struct {
		name, said string
		a, b       Code
		aSaid      int
	}{
		{"of all", of("s", "opposes", ""), Contested, Contested, 1},
		{"of one", of("s", "opposes", "account:a"), Contested, Supported, 1},
		{"of the other", of("s", "opposes", "account:b"), Supported, Contested, 0},
		{"of one, admitted of it", of("s", "opposes", "account:a") + of("w", "admits", "account:a"), Supported, Supported, 2},
		{"of one, admitted of the other", of("s", "opposes", "account:a") + of("w", "admits", "account:b"), Contested, Supported, 1},
		{"of one, admitted of all", of("s", "opposes", "account:a") + of("w", "admits", ""), Supported, Supported, 2},
		{"of all, admitted of one", of("s", "opposes", "") + of("w", "admits", "account:a"), Supported, Contested, 2},
	} {
		codes := map[string]*Answer{}
		for _, f := range check(t, answerBook(t), report(t, two+c.said), nil).Findings {
			codes[f.Entity.ID], _ = f.Answer("e")
		}
		if a, b := codes["account:a"], codes["account:b"]; a.Code != c.a || b.Code != c.b || len(a.Statements) != c.aSaid {
			t.Errorf("%s: a %s with %d statements, b %s; want %s with %d, %s", c.name, a.Code, len(a.Statements), b.Code, c.a, c.aSaid, c.b)
		}
	}
}

// A clause that is unknown for a disputed fact and for another is not contested.
func TestDisputedAndMissing(t *testing.T) {
	b := book(t, map[string]string{"terms/q.toml": tiny{clauses: []string{element("e", "account.hidden && account.enabled")}}.text()})
	disputed := seen("o", "a", "hidden = true", "recorded") + seen("p", "a", "hidden = false", "recorded")
	for _, c := range []struct{ report, want, missing string }{
		{disputed, "unknown", "account.hidden account.enabled"},
		{disputed + seen("q", "a", "enabled = true", "recorded"), "contested", "account.hidden"},
		{disputed + seen("q", "a", "enabled = false", "recorded"), "contradicted", ""},
	} {
		e, _ := only(t, check(t, b, report(t, c.report), nil)).Answer("e")
		if missing := strings.Join(names(e.Missing), " "); string(e.Code) != c.want || missing != c.missing {
			t.Errorf("have %s, missing %q; want %s, missing %q", e.Code, missing, c.want, c.missing)
		}
	}
}

func TestPersonsAnswers(t *testing.T) {
	r := report(t, seen("o", "a", "hidden = true", "recorded"))
	key := func(clause string) ClauseKey { return ClauseKey{"terms/q", "account:a", clause} }
	for _, c := range []struct {
		answers Answers
		want    Code
	}{
		{nil, Judgement},
		{Answers{key("j"): {Yes: true}}, Supported},
		{Answers{key("j"): {Yes: false}}, Contradicted},
		{Answers{{"terms/q", "account:b", "j"}: {Yes: true}}, Judgement},
	} {
		f := only(t, check(t, answerBook(t), r, c.answers))
		if a, _ := f.Answer("j"); a.Code != c.want {
			t.Errorf("%v: %s, want %s", c.answers, a.Code, c.want)
		}
	}
	// Records answer clauses that have a condition; a person's answer does not.
	f := only(t, check(t, answerBook(t), r, Answers{key("e"): {Yes: false}}))
	if a, _ := f.Answer("e"); a.Code != Supported || a.Person != nil {
		t.Errorf("a person's answer overrode a condition: %s", a.Code)
	}
}

func TestStatementsOfWhatIsNotThere(t *testing.T) {
	text := strings.NewReplacer("terms/q", "terms/p").Replace(says("s", "提供者", "opposes", "e", "")) + says("w", "提供者", "opposes", "y", "") + strings.Replace(says("v", "提供者", "opposes", "e", ""), `clause = "e"`, `clause = "e", entity = "account:z"`, 1)
	_, err := answerBook(t).Check(report(t, text), nil)
	if err == nil {
		t.Fatal("a statement on a rule that does not exist is accepted")
	}
	lines := strings.Count(reportHead, "\n")
	for i, want := range []string{
		fmt.Sprintf(`report.toml:%d:16: there is no rule "terms/p"; did you mean "terms/q"?`, lines+7),
		fmt.Sprintf(`report.toml:%d:36: terms/q has no clause "y"`, lines+15),
		fmt.Sprintf(`report.toml:%d:50: the report states nothing of "account:z"`, lines+23),
	} {
		if have := strings.Split(err.Error(), "\n"); len(have) <= i || !strings.HasPrefix(have[i], want) {
			t.Errorf("problem %d: have %q, want %q", i, have, want)
		}
	}
}

// Facts that speak for and against a clause are listed and decide nothing.
func TestFactors(t *testing.T) {
	clause := strings.TrimSuffix(judged("j"), "\n") + "\nfor = [\"publisher.knew_of_account\", \"release.withdrawn\"]\nagainst = [\"account.enabled\"]\n"
	b := book(t, map[string]string{"terms/q.toml": tiny{clauses: []string{clause}}.text()})
	release := "[[release]]\nid = \"r1\"\nexhibit = \"E1\"\nbasis = \"alleged\"\nwithdrawn = true\n[[release]]\nid = \"r2\"\nexhibit = \"E1\"\nbasis = \"recorded\"\nwithdrawn = false\n"
	f := only(t, check(t, b, report(t, release+seen("o", "a", "enabled = false", "recorded")), nil))
	j, _ := f.Answer("j")
	if len(j.For) != 1 || j.For[0].Name != "release.withdrawn" || !j.For[0].Alleged || len(j.For[0].Facts) != 1 || len(j.Against) != 0 || j.Code != Judgement {
		t.Errorf("have %+v for, %+v against, %s", j.For, j.Against, j.Code)
	}
}
