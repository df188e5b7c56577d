package checker

import (
	"slices"
	"testing"
)

// short writes answers in one letter each.
var short = map[rune]Code{'s': Supported, 'a': Alleged, 'c': Contested, 'x': Contradicted, '?': Unverified, '~': Judgement}

func answersOf(t *testing.T, codes string, kind string) []*Answer {
	t.Helper()
	var list []*Answer
	for _, letter := range codes {
		code, ok := short[letter]
		if !ok {
			t.Fatalf("no answer is written %q", letter)
		}
		list = append(list, &Answer{Clause: &Clause{Kind: kind}, Code: code})
	}
	return list
}

func TestPreAssessment(t *testing.T) {
	yes := func(a *Answer) { a.ByAllegation = true }
	none := func(*Answer) {}
	for _, c := range []struct {
		regime, elements, exclusion, defence string
		change                               func(*Answer) // of the first exception
		trigger                              bool
		want                                 Assessment
	}{
		{"criminal", "ss", "", "", none, false, Indicated},
		{"criminal", "ss", "", "", none, true, AllegedOnly}, // asked at all only on an allegation
		{"criminal", "sa", "", "", none, false, AllegedOnly},
		{"criminal", "aa", "", "", none, false, AllegedOnly},
		{"criminal", "s~", "", "", none, false, ForJudgement},
		{"criminal", "a~", "", "", none, false, AllegedOnly},
		{"criminal", "~~", "", "", none, false, Open},
		{"criminal", "??", "", "", none, false, Open},
		{"criminal", "?~", "", "", none, false, Open},
		{"criminal", "s?", "", "", none, false, Partial},
		{"criminal", "a?", "", "", none, false, Partial},
		{"criminal", "s?~", "", "", none, false, Partial},
		{"criminal", "sc", "", "", none, false, ContestedElement},
		{"criminal", "c?", "", "", none, false, ContestedElement},
		{"criminal", "sx", "", "", none, false, ContradictedElement},
		{"criminal", "xc", "", "", none, false, ContradictedElement},
		{"criminal", "x?", "s", "", none, false, ContradictedElement},
		{"criminal", "ss", "s", "", none, false, Excepted},
		{"criminal", "sc", "s", "", none, false, Excepted},
		{"criminal", "??", "s", "", none, false, Excepted},
		{"criminal", "ss", "c", "", none, false, ContestedElement},
		// An exclusion is a negative element of a criminal provision.
		{"criminal", "ss", "?", "", none, false, Partial},
		{"criminal", "ss", "a", "", none, false, Partial},
		{"criminal", "ss", "~", "", none, false, Partial},
		{"criminal", "s~", "?", "", none, false, Partial},
		{"criminal", "sa", "?", "", none, false, Partial},
		{"criminal", "ss", "x", "", none, false, Indicated},
		{"criminal", "s~", "x", "", none, false, ForJudgement},
		{"criminal", "ss", "x", "", yes, false, AllegedOnly}, // only an allegation denies it
		{"criminal", "ss", "xx", "", none, false, Indicated},
		{"criminal", "ss", "x?", "", none, false, Partial},
		{"civil", "ss", "?", "", none, false, Indicated},
		{"civil", "s~", "?", "", none, false, ForJudgement},
		{"civil", "ss", "s", "", none, false, Excepted},
		// A defence counts once a statement has raised it.
		{"criminal", "ss", "", "?", none, false, Indicated},
		{"criminal", "ss", "", "a", none, false, Indicated},
		{"criminal", "ss", "", "s", none, false, Excepted},
		{"criminal", "ss", "", "c", none, false, ContestedElement},
		{"criminal", "ss", "", "x", yes, false, Indicated}, // the party that would raise it denies it
		{"civil", "ss", "", "?", none, false, Indicated},
	} {
		f := &Finding{Rule: &Rule{Regime: c.regime, Places: make([]RulePlace, 1)}, Elements: answersOf(t, c.elements, ""), TriggerAlleged: c.trigger}
		f.Exceptions = append(answersOf(t, c.exclusion, "exclusion"), answersOf(t, c.defence, "defence")...)
		if len(f.Exceptions) > 0 {
			c.change(f.Exceptions[0])
		}
		if (&run{}).assess(f); f.Assessment != c.want {
			t.Errorf("%s, elements %s, exclusion %q, defence %q: %s, want %s", c.regime, c.elements, c.exclusion, c.defence, f.Assessment, c.want)
		}
	}
}

func TestRaisedDefence(t *testing.T) {
	for _, c := range []struct {
		kind, raise string
		want        Assessment
	}{
		{"defence", "", Indicated},
		{"defence", says("s", "提供者", "supports", "x", ""), Partial},
		{"defence", says("s", "提供者", "supports", "e", ""), Indicated},
		{"exclusion", says("s", "提供者", "supports", "x", ""), Indicated}, // civil: an exclusion is for the other side to show
	} {
		b := book(t, map[string]string{"terms/q.toml": tiny{clauses: []string{element("e", "account.hidden"), exception(c.kind, "x", "account.enabled")}}.text()})
		f := only(t, check(t, b, report(t, seen("o", "a", "hidden = true", "recorded")+c.raise), nil))
		if f.Assessment != c.want || f.UnverifiedExceptions() != 1 {
			t.Errorf("%s raised by %q: %s, %d unverified; want %s, 1", c.kind, c.raise, f.Assessment, f.UnverifiedExceptions(), c.want)
		}
	}
}

// The two first states come from the day, before any element matters.
func TestVersionBeforeElements(t *testing.T) {
	for _, c := range []struct {
		facts string
		want  Assessment
	}{
		{"hidden = false, made_at = 1999-12-31", NotInForce},
		{"hidden = false", Unanchored},
		{"hidden = false, made_at = 2012-01-01", ContradictedElement},
	} {
		b := book(t, map[string]string{"act/q.toml": tiny{law: "act", places: "[[place]]\nfrom = 2000-01-01\ncite = \"3\"\n", clauses: []string{element("e", "account.hidden")}}.text()})
		if f := only(t, check(t, b, report(t, seen("o", "a", c.facts, "recorded")), nil)); f.Assessment != c.want {
			t.Errorf("%s: %s, want %s", c.facts, f.Assessment, c.want)
		}
	}
	if list := Assessments(); len(list) != 10 || !slices.IsSorted([]int{slices.Index(list, NotInForce), slices.Index(list, Unanchored), slices.Index(list, ContradictedElement), slices.Index(list, Excepted), slices.Index(list, ContestedElement)}) {
		t.Errorf("the order of assessments is %v", list)
	}
}

func TestAnchors(t *testing.T) {
	const (
		before  = "[[place]]\nfrom = 2000-01-01\nuntil = 2012-05-01\ncite = \"3\"\n"
		since   = "[[place]]\nfrom = 2012-05-01\ncite = \"2(4)\"\n"
		expired = "[[place]]\nfrom = 2000-01-01\nuntil = 2012-05-01\ncite = \"3\"\n"
		undated = "[[place]]\ncite = \"6\"\n"
	)
	act, going := "act", "continuing"
	for _, c := range []struct {
		name, places, atKind, facts string
		want                        Assessment
		cites                       string
	}{
		{"the day before", before + since, act, "made_at = 2012-04-30", Indicated, "第3条"},
		{"the day of", before + since, act, "made_at = 2012-05-01", Indicated, "第2条第4項"},
		{"the first day of all", before + since, act, "made_at = 2000-01-01", Indicated, "第3条"},
		{"before the first day", before + since, act, "made_at = 1999-12-31", NotInForce, ""},
		{"the last day", expired, act, "made_at = 2012-04-30", Indicated, "第3条"},
		{"after the last day", expired, act, "made_at = 2012-05-01", NotInForce, ""},
		{"in Tokyo already the day of", before + since, act, "made_at = 2012-04-30T15:00:00Z", Indicated, "第2条第4項"},
		{"in Tokyo still the day before", before + since, act, "made_at = 2012-04-30T14:59:59Z", Indicated, "第3条"},
		{"no zone, near the boundary", before + since, act, "made_at = 2012-04-30T15:00:00", Unanchored, "第3条／第2条第4項"},
		{"a month within", before + since, act, `made_at = "2012-04"`, Indicated, "第3条"},
		{"a range across", before + since, act, `made_at = "2012-04-30/2012-05-01"`, Unanchored, "第3条／第2条第4項"},
		{"a year across", before + since, act, `made_at = "2012"`, Unanchored, "第3条／第2条第4項"},
		{"a range that begins before the law", before, act, `made_at = "1999-12-31/2000-01-01"`, Unanchored, "第3条"},
		{"going on across", before + since, going, `made_at = "2012-04-30/2012-05-01"`, Indicated, "第3条／第2条第4項"},
		{"going on within", before + since, going, `made_at = "2012-05-01/2012-06-01"`, Indicated, "第2条第4項"},
		{"going on before", before + since, going, `made_at = "1998/1999"`, NotInForce, ""},
		{"no day", before + since, act, "made = true", Unanchored, "第3条／第2条第4項"},
		{"no day, going on", before + since, going, "made = true", Unanchored, "第3条／第2条第4項"},
		{"an instrument without dates", undated, act, "made = true", Indicated, "第6条"},
		{"an instrument without dates, dated act", undated, act, "made_at = 1850-01-01", Indicated, "第6条"},
	} {
		b := book(t, map[string]string{"act/q.toml": tiny{law: "act", atKind: c.atKind, places: c.places, clauses: []string{element("e", "account.hidden")}}.text()})
		f := only(t, check(t, b, report(t, seen("o", "a", "hidden = true, "+c.facts, "recorded")), nil))
		if f.Assessment != c.want || f.citesPlace() != c.cites {
			t.Errorf("%s: %s of %q, want %s of %q", c.name, f.Assessment, f.citesPlace(), c.want, c.cites)
		}
	}
	disputed := seen("o", "a", "hidden = true, made_at = 2012-04-30", "recorded") + seen("p", "a", "made_at = 2012-05-01", "recorded")
	b := book(t, map[string]string{"act/q.toml": tiny{law: "act", places: before + since, clauses: []string{element("e", "account.hidden")}}.text()})
	if f := only(t, check(t, b, report(t, disputed), nil)); f.Assessment != Unanchored || !f.Anchor.Span.IsZero() || len(f.Anchor.Places) != 2 {
		t.Errorf("a disputed day: %s, %v", f.Assessment, f.Anchor)
	}
}
