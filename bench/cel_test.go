package bench

import (
	"slices"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"jobun/checker/audit"
)

// celMode is an option of CEL's evaluation.
type celMode int

const (
	// partial is CEL's own way to say that a fact is not known: attribute patterns
	// for facts of the entity, unknown values for those of members of lists.
	partial celMode = iota
	// exhaustive leaves no operand out and keeps the value of each, as jobun does.
	exhaustive
)

// prepareCEL compiles the conditions once.
func prepareCEL(tb testing.TB, modes ...celMode) func(*audit.Facts) func() answers {
	tb.Helper()
	env := celEnv(tb)
	options := cel.OptOptimize
	if slices.Contains(modes, partial) {
		options |= cel.OptPartialEval
	}
	if slices.Contains(modes, exhaustive) {
		options |= cel.OptExhaustiveEval
	}
	programs := map[string]cel.Program{}
	for _, c := range conditions() {
		ast, issues := env.Compile(c.cel)
		if issues.Err() != nil {
			tb.Fatalf("%s: %v", c.name, issues.Err())
		}
		program, err := env.Program(ast, cel.EvalOptions(options))
		if err != nil {
			tb.Fatalf("%s: %v", c.name, err)
		}
		programs[c.name] = program
	}
	return func(facts *audit.Facts) func() answers {
		asked := celActivations(facts, slices.Contains(modes, partial))
		return func() answers {
			list := make(answers, 0, 2048)
			for _, c := range conditions() {
				program := programs[c.name]
				for _, activation := range asked[c.kind] {
					value, _, err := program.Eval(activation)
					list = append(list, celAnswer(value, err))
				}
			}
			return list
		}
	}
}

func celEnv(tb testing.TB) *cel.Env {
	tb.Helper()
	table := cel.MapType(cel.StringType, cel.DynType)
	variables := []cel.EnvOption{cel.Variable("computer", table)}
	for _, kind := range kinds() {
		variables = append(variables, cel.Variable(kind.name, table))
	}
	for _, list := range lists() {
		variables = append(variables, cel.Variable(list.plural, cel.ListType(table)))
	}
	env, err := cel.NewEnv(variables...)
	if err != nil {
		tb.Fatal(err)
	}
	return env
}

func celAnswer(value ref.Val, err error) string {
	switch {
	case types.IsUnknown(value):
		return unknown
	case err != nil:
		return err.Error()
	default:
		return of(value == types.True)
	}
}

// celActivations puts the facts into CEL's own values, once: what an evaluation
// reads is not converted again.
func celActivations(facts *audit.Facts, partial bool) map[string][]any {
	shared := map[string]any{"computer": celFacts(facts.Of("computer")[0])}
	closed, open := map[string]ref.Val{}, map[string]ref.Val{}
	for _, list := range lists() {
		closed[list.plural] = celList(facts, list.kind, false)
		open[list.plural] = celList(facts, list.kind, true)
	}
	asked := map[string][]any{}
	for _, kind := range kinds() {
		for _, e := range facts.Of(kind.name) {
			vars := map[string]any{"computer": shared["computer"], kind.name: celFacts(e)}
			for _, list := range lists() {
				vars[list.plural] = closed[list.plural]
				if !complete(facts, list.kind, e.Fact(kind.anchor)) {
					vars[list.plural] = open[list.plural]
				}
			}
			if !partial {
				asked[kind.name] = append(asked[kind.name], vars)
				continue
			}
			var unknowns []*cel.AttributePatternType
			for _, field := range absent(e) {
				unknowns = append(unknowns, cel.AttributePattern(kind.name).QualString(field))
			}
			activation, err := cel.PartialVars(vars, unknowns...)
			if err != nil {
				panic(err)
			}
			asked[kind.name] = append(asked[kind.name], activation)
		}
	}
	return asked
}

// absent lists the facts that a report does not state of an entity and that a
// condition may read.
func absent(e *audit.Entity) []string {
	kind, _ := audit.KindNamed(e.Kind)
	return slices.DeleteFunc(kind.FieldNames(), func(field string) bool { return e.Fact(field) != nil })
}

func celFacts(e *audit.Entity) map[string]any {
	table := map[string]any{}
	for _, f := range e.Facts() {
		table[f.Field.Name] = celValue(f)
	}
	return table
}

// celList is a list of entities. What is not stated of a member is an unknown
// value; a list that may be longer has one more member, of whom nothing is known.
func celList(facts *audit.Facts, kindName string, open bool) ref.Val {
	kind, _ := audit.KindNamed(kindName)
	members := []ref.Val{}
	add := func(table map[string]any) {
		for _, field := range kind.FieldNames() {
			if _, ok := table[field]; !ok {
				table[field] = types.NewUnknown(1, types.NewAttributeTrail(kind.Name+"."+field))
			}
		}
		members = append(members, types.DefaultTypeAdapter.NativeToValue(table))
	}
	for _, e := range facts.Of(kindName) {
		add(celFacts(e))
	}
	if open {
		add(map[string]any{})
	}
	return types.NewRefValList(types.DefaultTypeAdapter, members)
}

func celValue(f *audit.Fact) ref.Val {
	switch f.Field.Type {
	case audit.Bool:
		return types.Bool(f.Value.Bool)
	case audit.Int:
		return types.Int(f.Value.Int)
	case audit.Date:
		return types.Timestamp{Time: moment(f)}
	case audit.List:
		return types.NewStringList(types.DefaultTypeAdapter, f.Value.List)
	default:
		return types.String(f.Value.Text)
	}
}
