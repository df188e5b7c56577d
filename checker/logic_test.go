package checker

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// order gives truth values as Kleene drew them: false < unknown < true. Then &&
// is the lesser, || the greater, and not turns the order round.
var order = map[Tri]int{False: 0, Unknown: 1, True: 2}

func byOrder(n int) Tri { return [...]Tri{False, Unknown, True}[n] }

func TestConnectivesOfTwo(t *testing.T) {
	for _, c := range []struct {
		op   string
		want string // the answers for tt tu tf ut uu uf ft fu ff
	}{
		{"&&", "tuf" + "uuf" + "fff"},
		{"and", "tuf" + "uuf" + "fff"},
		{"||", "ttt" + "tuu" + "tuf"},
		{"or", "ttt" + "tuu" + "tuf"},
	} {
		cond := condition(t, "account.made "+c.op+" account.hidden")
		have := ""
		for _, left := range []Tri{True, Unknown, False} {
			for _, right := range []Tri{True, Unknown, False} {
				have += ask(t, cond, truths(map[string]Tri{"made": left, "hidden": right})).Value.String()[:1]
			}
		}
		if have != c.want {
			t.Errorf("%s: have %s, want %s", c.op, have, c.want)
		}
	}
	for value, want := range map[Tri]Tri{True: False, False: True, Unknown: Unknown} {
		for _, not := range []string{"not ", "!"} {
			if have := ask(t, condition(t, not+"account.made"), truths(map[string]Tri{"made": value})).Value; have != want {
				t.Errorf("%s%s is %s, want %s", not, value, have, want)
			}
		}
	}
}

// truths states bool facts of the account "a"; those that are unknown are not
// stated.
func truths(values map[string]Tri) *audit.Facts {
	facts := audit.NewFacts()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if values[name] != Unknown {
			state(facts, "account", "a", name, audit.Value{Type: audit.Bool, Bool: values[name] == True}, audit.Recorded)
		}
	}
	facts.Settle()
	return facts
}

func state(facts *audit.Facts, kindName, id, name string, v audit.Value, basis audit.Basis) {
	kind, _ := audit.KindNamed(kindName)
	full := kindName + ":" + id
	if kind.Singleton {
		full = kindName
	}
	field, ok := kind.Field(name)
	if !ok || field.Type != v.Type {
		panic(kindName + "." + name)
	}
	facts.Entity(kindName, full, id).State(field, audit.Origin{Record: "r", Exhibit: "E1", Basis: basis, Value: v})
}

// formula is a condition beside its value, worked out in another way.
type formula struct {
	text  string
	value func(map[string]Tri) int
}

func formulas(atoms []string, depth int) *rapid.Generator[formula] {
	return rapid.Custom(func(t *rapid.T) formula {
		if depth == 0 || rapid.IntRange(0, 3).Draw(t, "leaf") == 0 {
			name := rapid.SampledFrom(atoms).Draw(t, "fact")
			return formula{"account." + name, func(v map[string]Tri) int { return order[v[name]] }}
		}
		a := formulas(atoms, depth-1).Draw(t, "a")
		if rapid.IntRange(0, 2).Draw(t, "op") == 0 {
			return formula{"not (" + a.text + ")", func(v map[string]Tri) int { return 2 - a.value(v) }}
		}
		b := formulas(atoms, depth-1).Draw(t, "b")
		if rapid.Bool().Draw(t, "and") {
			return formula{"(" + a.text + ") && (" + b.text + ")", func(v map[string]Tri) int { return min(a.value(v), b.value(v)) }}
		}
		return formula{"(" + a.text + ") || (" + b.text + ")", func(v map[string]Tri) int { return max(a.value(v), b.value(v)) }}
	})
}

func TestConnectivesAreKleenes(t *testing.T) {
	atoms := []string{"made", "hidden", "enabled", "administrator", "deleted"}
	rapid.Check(t, func(rt *rapid.T) {
		f := formulas(atoms, 4).Draw(rt, "formula")
		values := map[string]Tri{}
		for _, name := range atoms {
			values[name] = rapid.SampledFrom([]Tri{True, False, Unknown}).Draw(rt, name)
		}
		cond, faults := compile(f.text, vocabulary{self: kindNamed(t, "account")})
		if len(faults) > 0 {
			rt.Skip("too large")
		}
		if have, want := ask(t, cond, truths(values)).Value, byOrder(f.value(values)); have != want {
			rt.Fatalf("%s with %v is %s, want %s", f.text, values, have, want)
		}
	})
}

// cell is one fact that a generated condition may read and a generated report
// may state, with the values that it can have.
type cell struct {
	kind, id, field string
	values          []audit.Value
}

func (c cell) name() string { return c.kind + "." + c.field }

func bools() []audit.Value { return []audit.Value{{Type: audit.Bool, Bool: true}, {Type: audit.Bool}} }

func texts(list ...string) []audit.Value {
	var values []audit.Value
	for _, s := range list {
		values = append(values, audit.Value{Type: audit.String, Text: s})
	}
	return values
}

func days(list ...string) []audit.Value {
	var values []audit.Value
	for _, s := range list {
		span, err := day.ParseSpan(s)
		if err != nil {
			panic(err)
		}
		values = append(values, audit.DateValue(span))
	}
	return values
}

// single lists the facts of what a condition names without a list.
func single() []cell {
	return []cell{
		{"account", "a", "made", bools()}, {"account", "a", "hidden", bools()}, {"account", "a", "enabled", bools()},
		{"computer", "", "networked", bools()}, {"account", "a", "sid", texts("S-1", "T-2")},
		{"account", "a", "made_at", days("2012-02-05", "2013-01-01")}, {"account", "a", "deleted_at", days("2012-06-01", "2014-01-01")},
	}
}

func singleAtoms() []string {
	return []string{
		"account.made", "account.hidden", "account.enabled", "computer.networked", `account.sid == "S-1"`, `"S-1" != account.sid`,
		`account.sid startsWith "S"`, `account.sid matches "^T"`, `account.sid in ["S-1", "x"]`, `account.made_at < "2012-05-01"`,
		`account.made_at < account.deleted_at`, "account.made == account.hidden", "true", "false",
	}
}

func conditions(atoms []string, depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		if depth == 0 || rapid.IntRange(0, 3).Draw(t, "leaf") == 0 {
			return rapid.SampledFrom(atoms).Draw(t, "atom")
		}
		a := conditions(atoms, depth-1).Draw(t, "a")
		switch rapid.IntRange(0, 4).Draw(t, "op") {
		case 0:
			return "not (" + a + ")"
		case 1, 2:
			return "(" + a + ") && (" + conditions(atoms, depth-1).Draw(t, "b") + ")"
		default:
			return "(" + a + ") || (" + conditions(atoms, depth-1).Draw(t, "b") + ")"
		}
	})
}

// facts states the values that are chosen for cells; those without stay unstated.
func stated(cells []cell, chosen map[int]int) *audit.Facts {
	facts := audit.NewFacts()
	for _, i := range slices.Sorted(maps.Keys(chosen)) {
		state(facts, cells[i].kind, cells[i].id, cells[i].field, cells[i].values[chosen[i]], audit.Recorded)
	}
	facts.Settle()
	return facts
}

func TestMissingFactsAreThoseThatMatter(t *testing.T) {
	cells := single()
	rapid.Check(t, func(rt *rapid.T) {
		text := conditions(singleAtoms(), 3).Draw(rt, "condition")
		cond, faults := compile(text, vocabulary{self: kindNamed(t, "account")})
		if len(faults) > 0 {
			rt.Skip("too large")
		}
		chosen := map[int]int{}
		for i := range cells {
			if v := rapid.IntRange(-2, 1).Draw(rt, cells[i].field); v >= 0 {
				chosen[i] = v
			}
		}
		why := ask(t, cond, stated(cells, chosen))
		listed := names(why.MissingFacts())
		if why.Value != Unknown && len(listed) > 0 {
			rt.Fatalf("%s is %s and still lists %v", text, why.Value, listed)
		}
		var missing, others []int
		for i, c := range cells {
			if _, isStated := chosen[i]; isStated {
				if slices.Contains(listed, c.name()) {
					rt.Fatalf("%s: %s is stated and listed as missing", text, c.name())
				}
			} else if slices.Contains(listed, c.name()) {
				missing = append(missing, i)
			} else {
				others = append(others, i)
			}
		}
		if len(missing) != len(listed) {
			rt.Fatalf("%s lists %v", text, listed)
		}
		eachChoice(cells, others, chosen, func(all map[int]int) {
			if have := ask(t, cond, stated(cells, all)).Value; have != why.Value {
				rt.Fatalf("%s with %v is %s and lists %v; with %v it is %s", text, chosen, why.Value, listed, all, have)
			}
		})
		eachChoice(cells, missing, chosen, func(all map[int]int) {
			if ask(t, cond, stated(cells, all)).Value == Unknown {
				rt.Fatalf("%s with %v lists %v; with %v it is still unknown", text, chosen, listed, all)
			}
		})
	})
}

// eachChoice visits every way to state some cells beside those chosen.
func eachChoice(cells []cell, more []int, chosen map[int]int, visit func(map[int]int)) {
	all := maps.Clone(chosen)
	var step func(rest []int)
	step = func(rest []int) {
		if len(rest) == 0 {
			visit(all)
			return
		}
		for v := range cells[rest[0]].values {
			all[rest[0]] = v
			step(rest[1:])
		}
		delete(all, rest[0])
	}
	step(more)
}

// A deciding side does not keep the other from being asked about.
func TestMissingFromAllSides(t *testing.T) {
	for _, c := range []struct{ cond, stated, want string }{
		{"account.made && account.hidden", "", "account.made account.hidden"},
		{"account.made || account.hidden", "", "account.made account.hidden"},
		{"account.made && account.hidden", "made", "account.hidden"},
		{"account.made || account.hidden", "made", ""},
		{"not account.made && account.hidden", "made", ""},
		{"(account.made && account.hidden) || (account.enabled && account.deleted)", "", "account.made account.hidden account.enabled account.deleted"},
		{"(not account.made && account.hidden) || account.enabled", "made", "account.enabled"},
		{"account.made && account.made", "", "account.made"},
		{"account.sid == account.ordered_by", "", "account.sid account.ordered_by"},
		{"any(consents, .given) && account.made", "", "consents account.made"},
		{`finding("x/y") || account.made`, "", "finding:x/y account.made"},
	} {
		values := map[string]Tri{}
		if c.stated != "" {
			values[c.stated] = True
		}
		if have := strings.Join(names(ask(t, condition(t, c.cond), truths(values)).MissingFacts()), " "); have != c.want {
			t.Errorf("%s (%s stated): missing %q, want %q", c.cond, c.stated, have, c.want)
		}
	}
}

// world to grow: facts of two accounts, two consents and the singletons, any of
// which may be unstated, alleged or recorded, and what was examined.
type growing struct {
	cells  []cell
	chosen map[int]int
	basis  map[int]audit.Basis
	looked map[string]audit.Basis
}

func (g growing) facts() *audit.Facts {
	facts := audit.NewFacts()
	for _, i := range slices.Sorted(maps.Keys(g.chosen)) {
		state(facts, g.cells[i].kind, g.cells[i].id, g.cells[i].field, g.cells[i].values[g.chosen[i]], g.basis[i])
	}
	for _, kind := range slices.Sorted(maps.Keys(g.looked)) {
		facts.Examine(kind, audit.Examination{Exhibit: "E1", Basis: g.looked[kind]})
	}
	facts.Settle()
	return facts
}

func TestKnownAnswersStay(t *testing.T) {
	cells := append(single(),
		cell{"consent", "c", "given", bools()}, cell{"consent", "c", "by", texts("S-1", "T-2")}, cell{"consent", "c", "at", days("2012-02-04", "2012-02-05", "2014-01-01")},
		cell{"consent", "d", "given", bools()}, cell{"consent", "d", "by", texts("S-1")},
		cell{"account", "b", "made", bools()}, cell{"account", "b", "sid", texts("S-1")},
		cell{"account", "a", "groups", []audit.Value{{Type: audit.List, List: []string{"S-1"}}, {Type: audit.List, List: []string{}}}},
	)
	atoms := append(singleAtoms(),
		"any(consents, .given)", "none(consents, .given)", "any(consents, .given && .at <= account.made_at)", "any(consents, .by == account.sid)",
		"none(accounts, not .made)", "any(accounts, any(consents, .given && .by == account.sid))", `"S-1" in account.groups`, `account.sid in account.groups`,
		`any(accounts, "S-1" in .groups)`,
	)
	rapid.Check(t, func(rt *rapid.T) {
		text := conditions(atoms, 3).Draw(rt, "condition")
		cond, faults := compile(text, vocabulary{self: kindNamed(t, "account")})
		if len(faults) > 0 {
			rt.Skip("too large")
		}
		g := growing{cells, map[int]int{}, map[int]audit.Basis{}, map[string]audit.Basis{}}
		for i := range cells {
			g.basis[i] = rapid.SampledFrom([]audit.Basis{audit.Recorded, audit.Alleged}).Draw(rt, fmt.Sprint("basis ", i))
			if v := rapid.IntRange(-2, len(cells[i].values)-1).Draw(rt, fmt.Sprint("value ", i)); v >= 0 {
				g.chosen[i] = v
			}
		}
		for _, kind := range []string{"consent", "account"} {
			if b := rapid.SampledFrom([]audit.Basis{"", audit.Recorded, audit.Alleged}).Draw(rt, "looked for "+kind); b != "" {
				g.looked[kind] = b
			}
		}
		before := g.facts()
		was := ask(t, cond, before)
		checkStrict(rt, text, was)
		what := g.grow(rt, before)
		now := ask(t, cond, g.facts())
		checkStrict(rt, text, now)
		if was.Value != Unknown && now.Value != was.Value {
			rt.Fatalf("%s was %s, and is %s once %s", text, was.Value, now.Value, what)
		}
		if was.Strict != Unknown && now.Strict != was.Strict {
			rt.Fatalf("%s was %s by records, and is %s once %s", text, was.Strict, now.Strict, what)
		}
	})
}

// grow adds one thing that is known: a fact of an entity that there is, a new
// member of a list that may be longer, or that a kind was looked for.
func (g growing) grow(rt *rapid.T, before *audit.Facts) string {
	if kind := rapid.SampledFrom([]string{"", "", "consent", "account"}).Draw(rt, "look for"); kind != "" && g.looked[kind] == "" {
		g.looked[kind] = audit.Recorded
		return kind + " was looked for"
	}
	var unstated []int
	for i, c := range g.cells {
		_, isStated := g.chosen[i]
		_, isThere := before.ByID(c.kind + ":" + c.id)
		if !isStated && (isThere || c.id == "a" || c.id == "" || g.looked[c.kind] == "") {
			unstated = append(unstated, i)
		}
	}
	if len(unstated) == 0 {
		rt.Skip("everything is stated")
	}
	i := rapid.SampledFrom(unstated).Draw(rt, "fact")
	g.chosen[i] = rapid.IntRange(0, len(g.cells[i].values)-1).Draw(rt, "value")
	return fmt.Sprintf("%s of %s is %s", g.cells[i].name(), g.cells[i].id, g.cells[i].values[g.chosen[i]])
}

// checkStrict: without what is alleged a value is the same, or unknown.
func checkStrict(rt *rapid.T, text string, w *Why) {
	if w.Strict != Unknown && w.Strict != w.Value {
		rt.Fatalf("%s is %s, and by records alone %s", text, w.Value, w.Strict)
	}
}
