package checker

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// dump writes down everything that came of a check, to compare two of them.
func dump(res *Result) string {
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s %s %s %s %v %s %s\n", f.ID, f.Rule.ID, f.Entity.ID, f.Assessment, f.TriggerAlleged, f.summary(), f.citesPlace())
		for _, list := range [][]*Answer{f.Elements, f.Exceptions} {
			for _, a := range list {
				fmt.Fprintf(&b, "  %s %v %v\n", a.Clause.ID, names(a.Missing), a.ByAllegation)
			}
		}
	}
	for _, n := range res.NotAsked {
		fmt.Fprintf(&b, "not asked %s %s %v\n", n.Rule.ID, n.Reason, names(n.Missing))
		for _, e := range n.Entities {
			fmt.Fprintf(&b, "  %s\n", e.ID)
		}
	}
	for _, d := range res.Declined {
		fmt.Fprintf(&b, "declined %s %d\n", d.Rule.ID, d.Entities)
	}
	return b.String()
}

func draw[T any](t *rapid.T, label string, list ...T) T {
	return rapid.SampledFrom(list).Draw(t, label)
}

// randomRules writes a few rules that read one another's findings in order.
func randomRules(t *rapid.T) map[string]string {
	files := map[string]string{}
	fields := []string{"made", "deleted"}
	for i := range rapid.IntRange(1, 3).Draw(t, "rules") {
		asks := draw(t, "asks", "account", "file", "consent")
		facts := fields
		if asks == "consent" {
			facts = []string{"given", "after_notice"}
		}
		atoms := []string{
			asks + "." + facts[0], asks + "." + facts[1], "not " + asks + "." + facts[0], "computer.networked",
			"(" + asks + "." + facts[0] + " || " + asks + "." + facts[1] + ")", "any(consents, .given)", "none(files, .made)",
		}
		if i > 0 {
			atoms = append(atoms, fmt.Sprintf(`finding("terms/r%d")`, i-1))
		}
		condition := func(label string) string {
			parts := rapid.SliceOfN(rapid.SampledFrom(atoms), 1, 3).Draw(t, label)
			return strings.Join(parts, draw(t, label+" joined by", " && ", " && ", " || "))
		}
		r := tiny{asks: asks, at: "publisher.knew_at", regime: draw(t, "regime", "criminal", "civil")}
		if rapid.IntRange(0, 4).Draw(t, "trigger") > 0 {
			r.when = condition("when")
		}
		r.clauses = []string{element("e", condition("e")), exception(draw(t, "kind", "exclusion", "defence"), "x", condition("x"))}
		files[fmt.Sprintf("terms/r%d.toml", i)] = r.text()
	}
	return files
}

func randomReport(t *rapid.T) string {
	var b strings.Builder
	n := 0
	basis := func() string { return draw(t, "basis", "recorded", "recorded", "alleged") }
	for range rapid.IntRange(0, 8).Draw(t, "observations") {
		n++
		kind := draw(t, "kind", "account", "file")
		facts := fmt.Sprintf("%s = %s", draw(t, "fact", "made", "deleted"), draw(t, "value", "true", "false"))
		fmt.Fprintf(&b, "[[observation]]\nid = \"o%d\"\naction = \"%s.seen\"\ntarget = \"%s:%s\"\nexhibit = \"E1\"\nbasis = %q\nshows = { %s }\n", n, kind, kind, draw(t, "name", "a", "b", "c"), basis(), facts)
	}
	for range rapid.IntRange(0, 3).Draw(t, "consents") {
		n++
		b.WriteString(consent(fmt.Sprintf("c%d", n), draw(t, "facts", "given = true", "given = false", "after_notice = false", ""), basis()))
	}
	if v := draw(t, "networked", "", "true", "false"); v != "" {
		fmt.Fprintf(&b, "[[observation]]\nid = \"n\"\naction = \"computer.seen\"\ntarget = \"computer\"\nexhibit = \"E1\"\nbasis = \"recorded\"\nshows = { networked = %s }\n", v)
	}
	for _, kind := range []string{"account", "file", "consent"} {
		if draw(t, "looked for "+kind, true, false) {
			fmt.Fprintf(&b, "[[examined]]\nkinds = [%q]\nexhibit = \"E1\"\nbasis = %q\n", kind, basis())
		}
	}
	if draw(t, "opposed", true, false) {
		b.WriteString("[[statement]]\nid = \"s\"\nby = \"提供者\"\nexhibit = \"E1\"\ntext = \"争う\"\nstance = \"opposes\"\non = [{ rule = \"terms/r0\", clause = \"e\" }]\n")
	}
	return b.String()
}

// Rules are asked only of what an index gives. That must not show: asking every
// rule of every entity comes to the same, and nothing disappears.
func TestIndexedIsNaive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b, problems := Load(folder(randomRules(rt)))
		if len(problems) > 0 {
			rt.Fatalf("load: %v", problems)
		}
		text := randomReport(rt)
		r, problems := audit.Read(source.File{Name: "report.toml", Text: []byte(reportHead + text)})
		if len(problems) > 0 {
			rt.Fatalf("read: %v\n%s", problems, text)
		}
		indexed, err := b.Check(r, nil)
		if err != nil {
			rt.Fatal(err)
		}
		accountedFor(rt, indexed)
		for _, rule := range b.Rules {
			rule.compiled.needs = nil // now every entity is a candidate
		}
		naive, err := b.Check(r, nil)
		if err != nil {
			rt.Fatal(err)
		}
		if have, want := dump(indexed), dump(naive); have != want {
			rt.Fatalf("indexed\n%s\nnaive\n%s", have, want)
		}
		if indexed.Evaluated > naive.Evaluated {
			rt.Fatalf("the index costs more: %d, naive %d", indexed.Evaluated, naive.Evaluated)
		}
	})
}

// accountedFor wants every entity of a rule's kind among its findings, those not
// asked or those declined, and every rule somewhere.
func accountedFor(t interface{ Fatalf(string, ...any) }, res *Result) {
	said, entities := map[*Rule]bool{}, map[*Rule]int{}
	for _, f := range res.Findings {
		said[f.Rule] = true
		entities[f.Rule]++
	}
	for _, n := range res.NotAsked {
		said[n.Rule] = true
		entities[n.Rule] += len(n.Entities)
	}
	for _, d := range res.Declined {
		said[d.Rule] = true
		entities[d.Rule] += d.Entities
	}
	for _, rule := range res.Rulebook.Rules {
		if want := len(res.Facts.Of(rule.Asks)); !said[rule] || entities[rule] != want {
			t.Fatalf("%s: said %v, %d of %d entities", rule.ID, said[rule], entities[rule], want)
		}
	}
}
