package checker

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker/audit"
)

// flipWorld is a small report: values of cells, whether notices were looked for, and
// what a person answered. It is folded and checked anew for every set that is tried,
// so that nothing of the search vouches for itself.
type flipWorld struct {
	cells    []cell
	chosen   map[int]int // cell -> value
	values   map[string]*audit.Fact
	examined map[string]bool
	answers  Answers
}

func (w flipWorld) check(t testing.TB, b *Rulebook) *Result {
	facts := audit.NewFacts()
	facts.Entity("account", "account:a", "a")
	for _, i := range slices.Sorted(maps.Keys(w.chosen)) {
		c := w.cells[i]
		if _, isOtherwise := w.values[cellKey(c)]; !isOtherwise {
			state(facts, c.kind, c.id, c.field, c.values[w.chosen[i]], audit.Recorded)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(w.values)) {
		f := w.values[key]
		e := facts.Entity(f.Entity.Kind, f.Entity.ID, f.Entity.Label)
		if len(f.Origins) > 0 {
			e.State(f.Field, audit.Origin{Record: "r", Exhibit: "E1", Basis: audit.Recorded, Value: f.Value})
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(w.examined)) {
		if w.examined[kind] {
			facts.Examine(kind, audit.Examination{Exhibit: "E1", Basis: audit.Recorded})
		}
	}
	facts.Settle()
	res, err := b.check(&audit.Report{}, facts, w.answers)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func cellKey(c cell) string {
	id := c.kind + ":" + c.id
	if kind, _ := audit.KindNamed(c.kind); kind.Singleton {
		id = c.kind
	}
	return id + "\x00" + c.field
}

// with applies a part of a set, which is chosen by the bits of a number.
func (w flipWorld) with(set []*Supposed, part int) flipWorld {
	w.values, w.examined, w.answers = map[string]*audit.Fact{}, maps.Clone(w.examined), maps.Clone(w.answers)
	for i, x := range set {
		if part&(1<<i) == 0 {
			continue
		}
		switch x.As {
		case SupposedExamined:
			w.examined[x.Of.Kind.Name] = true
		case SupposedAnswer:
			w.answers[x.answer] = PersonAnswer{Yes: x.Yes}
		default:
			for _, f := range x.facts {
				w.values[f.Entity.ID+"\x00"+f.Field.Name] = f
			}
		}
	}
	return w
}

func assessmentOf(res *Result, rule string) Assessment {
	for _, f := range res.Findings {
		if f.Rule.ID == rule && f.Entity.ID == "account:a" {
			return f.Assessment
		}
	}
	return ""
}

func flipCells() []cell {
	lists := []audit.Value{{Type: audit.List, List: []string{"account"}}, {Type: audit.List, List: []string{"acl"}}}
	return append(single(),
		cell{"notice", "n", "to_users", bools()}, cell{"notice", "n", "covers", lists}, cell{"notice", "n", "at", days("2012-01-01", "2013-06-01")},
		cell{"notice", "m", "to_users", bools()})
}

func flipAtoms() []string {
	return append(singleAtoms(), `any(notices, .to_users)`, `none(notices, .to_users && "account" in .covers)`, `any(notices, .at <= account.made_at)`, `finding("terms/p")`)
}

// drawFlips draws a rulebook of two rules, of which one may read the other, and a
// report.
func drawFlips(t *testing.T, rt *rapid.T) (*Rulebook, flipWorld) {
	p := tiny{clauses: []string{element("e", "account.hidden"), element("f", conditions(singleAtoms(), 1).Draw(rt, "read"))}}
	q := tiny{regime: rapid.SampledFrom([]string{"civil", "criminal"}).Draw(rt, "regime")}
	for i := range rapid.IntRange(1, 3).Draw(rt, "elements") {
		q.clauses = append(q.clauses, element(fmt.Sprint("e", i), conditions(flipAtoms(), 2).Draw(rt, "element")))
	}
	if rapid.Bool().Draw(rt, "judged") {
		q.clauses = append(q.clauses, judged("j"))
	}
	if rapid.Bool().Draw(rt, "except") {
		q.clauses = append(q.clauses, exception("exclusion", "x", conditions(flipAtoms(), 1).Draw(rt, "exception")))
	}
	if rapid.Bool().Draw(rt, "triggered") {
		q.when = "account.made"
	}
	if rapid.Bool().Draw(rt, "dated") {
		q.law, q.places = "act", "[[place]]\nfrom = 2000-01-01\nuntil = 2012-05-01\ncite = \"1\"\n"
	}
	b, problems := Load(folder(map[string]string{"terms/p.toml": p.text(), "terms/q.toml": q.text()}))
	if err := problems.Err(); err != nil {
		if strings.Contains(err.Error(), "characters; at most") || strings.Contains(err.Error(), "nested brackets") {
			rt.Skip("too large")
		}
		t.Fatal(err)
	}
	w := flipWorld{cells: flipCells(), chosen: map[int]int{}, examined: map[string]bool{}, answers: Answers{}}
	for i := range w.cells {
		if v := rapid.IntRange(-2, 1).Draw(rt, w.cells[i].field); v >= 0 {
			w.chosen[i] = v
		}
	}
	for _, kind := range []string{"notice", "account"} {
		w.examined[kind] = rapid.Bool().Draw(rt, kind)
	}
	return b, w
}

// lessIfShort is how many times fewer tries rapid makes with -short.
func lessIfShort() int {
	if testing.Short() {
		return 5
	}
	return 1
}

// Every set, put to a whole check of its own, turns the finding as it says, and no
// part of it brings the finding as far.
func TestFlipsTurnAndAreSmallest(t *testing.T) {
	sets := 0
	rapid.Check(t, func(rt *rapid.T) {
		b, w := drawFlips(t, rt)
		res := w.check(t, b)
		for _, f := range res.Findings {
			if f.Rule.ID != "terms/q" || f.Entity.ID != "account:a" {
				continue
			}
			flips, err := res.Flips(f)
			if err != nil {
				rt.Fatal(err)
			}
			for _, flip := range slices.Concat(flips.Up, flips.Down) {
				sets++
				whole := 1<<len(flip.Supposed) - 1
				isUp := further(flip.Becomes) > further(f.Assessment)
				for part := range whole + 1 {
					have := assessmentOf(w.with(flip.Supposed, part).check(t, b), "terms/q")
					reaches := isUp && further(have) >= further(flip.Becomes) || !isUp && further(have) <= further(flip.Becomes)
					if part == whole && have != flip.Becomes {
						rt.Fatalf("%s: %s gives %s, not %s", f.Assessment, words(flip), have, flip.Becomes)
					}
					if part != whole && reaches {
						rt.Fatalf("%s: of %s part %b is enough for %q", f.Assessment, words(flip), part, flip.Becomes)
					}
				}
			}
			if !slices.EqualFunc(flips.Up, mustFlips(rt, w.check(t, b), f).Up, sameFlip) {
				rt.Fatal("the sets differ from one time to the next")
			}
		}
	})
	if sets < 100/lessIfShort() {
		t.Errorf("only %d sets were tried: the test sees little", sets)
	}
}

func mustFlips(rt *rapid.T, res *Result, f *Finding) *Flips {
	for _, g := range res.Findings {
		if g.Rule.ID == f.Rule.ID && g.Entity.ID == f.Entity.ID {
			flips, err := res.Flips(g)
			if err != nil {
				rt.Fatal(err)
			}
			return flips
		}
	}
	rt.Fatal("the finding is gone")
	return nil
}

func sameFlip(a, b Flip) bool { return words(a) == words(b) && a.Becomes == b.Becomes }

func words(f Flip) string {
	var list []string
	for _, x := range f.Supposed {
		list = append(list, fmt.Sprintf("%s %s=%s", x.As, strings.ReplaceAll(x.slot, "\x00", " "), x.Value))
	}
	return strings.Join(list, ", ")
}

// Whatever one fact, list or answer turns the finding, when a whole check is made of
// it, is among the sets.
func TestNoSingleFlipIsMissed(t *testing.T) {
	turned := 0
	rapid.Check(t, func(rt *rapid.T) {
		b, w := drawFlips(t, rt)
		res := w.check(t, b)
		var f *Finding
		for _, g := range res.Findings {
			if g.Rule.ID == "terms/q" && g.Entity.ID == "account:a" {
				f = g
			}
		}
		if f == nil {
			return
		}
		flips := mustFlips(rt, res, f)
		if len(flips.Bounds) > 0 && !slices.Equal(flips.Bounds, []FlipBound{BoundUnits}) && !slices.Equal(flips.Bounds, []FlipBound{BoundSize}) {
			return // it says that it may miss some
		}
		expect := func(what string, other flipWorld, is func(*Supposed) bool) {
			have := assessmentOf(other.check(t, b), "terms/q")
			if have == f.Assessment {
				return
			}
			turned++
			isListed := func(flip Flip) bool { return len(flip.Supposed) == 1 && flip.Becomes == have && is(flip.Supposed[0]) }
			if !slices.ContainsFunc(slices.Concat(flips.Up, flips.Down), isListed) {
				rt.Fatalf("%s: %s gives %q and is not among the sets", f.Assessment, what, have)
			}
		}
		for i, c := range w.cells {
			isOf := func(x *Supposed) bool { return x.Entity != nil && x.Entity.ID+"\x00"+x.Of.Field.Name == cellKey(c) }
			if c.kind == "notice" && factsOf(w, i) == 0 {
				continue // a new notice of one fact, which need not meet any condition
			}
			for v, value := range c.values {
				other := w
				other.chosen = maps.Clone(w.chosen)
				other.chosen[i] = v
				expect(fmt.Sprintf("%s %s = %s", c.id, c.name(), value), other, func(x *Supposed) bool {
					return isOf(x) && x.As == SupposedValue && (value.Type != audit.Bool || x.Value.Bool == value.Bool)
				})
			}
			if _, isStated := w.chosen[i]; isStated && (c.kind != "notice" || factsOf(w, i) > 1) {
				other := w
				other.chosen = maps.Clone(w.chosen)
				delete(other.chosen, i)
				expect(c.name()+" unstated", other, func(x *Supposed) bool { return isOf(x) && x.As == SupposedUnstated })
			}
		}
		for _, kind := range []string{"notice", "account"} {
			other := w
			other.examined = maps.Clone(w.examined)
			other.examined[kind] = true
			expect(kind+" examined", other, func(x *Supposed) bool { return x.As == SupposedExamined && x.Of.Kind.Name == kind })
		}
		for _, yes := range []bool{true, false} {
			other := w
			other.answers = Answers{{"terms/q", "account:a", "j"}: {Yes: yes}}
			expect(fmt.Sprint("answered ", yes), other, func(x *Supposed) bool { return x.As == SupposedAnswer && x.Yes == yes })
		}
	})
	if turned < 100/lessIfShort() {
		t.Errorf("only %d facts turned anything: the test sees little", turned)
	}
}

// factsOf counts the facts that the report states of the entity of a cell. A notice
// is in the report only if one is.
func factsOf(w flipWorld, i int) int {
	n := 0
	for j := range w.chosen {
		if w.cells[j].kind == w.cells[i].kind && w.cells[j].id == w.cells[i].id {
			n++
		}
	}
	return n
}

// A statement that opposes is withdrawn, a day is another, and a person answers: each
// is put to the report itself and comes out as the set says.
func TestFlipsOfStatementsDaysAndAnswers(t *testing.T) {
	places := "[[place]]\nfrom = 2012-05-01\ncite = \"3\"\n"
	b := book(t, map[string]string{"terms/q.toml": tiny{law: "act", places: places, clauses: []string{element("e", "account.hidden"), judged("j")}}.text()})
	on := func(at string) string { return seen("o", "a", "hidden = true, made_at = "+at, "recorded") }
	opposed := says("s", "提供者", "opposes", "e", "")
	withdrawn := says("w", "提供者", "supports", "e", `withdraws = "s"`)
	yes := Answers{{"terms/q", "account:a", "j"}: {Yes: true}}
	for _, c := range []struct {
		name, before, after string
		answers             Answers
		want                []SupposedAs
		becomes             Assessment
	}{
		{"withdrawn", on("2013-01-01") + opposed, on("2013-01-01") + opposed + withdrawn, nil, []SupposedAs{SupposedWithdrawn}, ForJudgement},
		{"withdrawn and answered", on("2013-01-01") + opposed, on("2013-01-01") + opposed + withdrawn, yes, []SupposedAs{SupposedWithdrawn, SupposedAnswer}, Indicated},
		{"another day", on("2012-04-30"), on("2012-05-01"), nil, []SupposedAs{SupposedValue}, ForJudgement},
		{"the day before", on("2012-05-01"), on("2012-04-30"), nil, []SupposedAs{SupposedValue}, NotInForce},
		{"answered", on("2013-01-01"), on("2013-01-01"), yes, []SupposedAs{SupposedAnswer}, Indicated},
	} {
		if have := only(t, check(t, b, report(t, c.after), c.answers)).Assessment; have != c.becomes {
			t.Errorf("%s: the report itself gives %s, want %s", c.name, have, c.becomes)
		}
		res := check(t, b, report(t, c.before), nil)
		flips, err := res.Flips(only(t, res))
		if err != nil {
			t.Fatal(err)
		}
		isListed := slices.ContainsFunc(slices.Concat(flips.Up, flips.Down), func(flip Flip) bool {
			var as []SupposedAs
			for _, x := range flip.Supposed {
				as = append(as, x.As)
			}
			return flip.Becomes == c.becomes && slices.Equal(as, c.want)
		})
		if !isListed {
			t.Errorf("%s: no set %v leads to %s", c.name, c.want, c.becomes)
		}
	}
}

// What is supposed leaves the result as it is.
func TestFlipsChangeNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b, w := drawFlips(t, rt)
		res, again := w.check(t, b), w.check(t, b)
		for i, f := range res.Findings {
			if _, err := res.Flips(f); err != nil {
				rt.Fatal(err)
			}
			if f.summary() != again.Findings[i].summary() || f.Assessment != again.Findings[i].Assessment {
				rt.Fatalf("%s is no longer %s", f.summary(), again.Findings[i].summary())
			}
		}
		for _, k := range audit.KindNames() {
			if len(res.Facts.Of(k)) != len(again.Facts.Of(k)) {
				rt.Fatalf("there are other %s than before", k)
			}
		}
	})
}
