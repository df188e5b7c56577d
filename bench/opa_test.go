package bench

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"jobun/checker/audit"
)

// prepareOPA prepares one query a kind, which answers all its conditions at once:
// what is undefined is not so. The facts that entities share are the store's data.
func prepareOPA(tb testing.TB) func(*audit.Facts) func() answers {
	tb.Helper()
	modules := regoModules()
	return func(facts *audit.Facts) func() answers {
		ctx := context.Background()
		store := regoStore(facts)
		queries := map[string]rego.PreparedEvalQuery{}
		inputs := map[string][]ast.Value{}
		for _, kind := range kinds() {
			query, err := rego.New(rego.Query("x = data.bench."+kind.name), modules(kind.name), rego.Store(store)).PrepareForEval(ctx)
			if err != nil {
				tb.Fatal(err)
			}
			queries[kind.name] = query
			for _, e := range facts.Of(kind.name) {
				inputs[kind.name] = append(inputs[kind.name], regoInput(e))
			}
		}
		return func() answers {
			byKind := map[string][]map[string]any{}
			for _, kind := range kinds() {
				for _, input := range inputs[kind.name] {
					result, err := queries[kind.name].Eval(ctx, rego.EvalParsedInput(input))
					if err != nil {
						tb.Fatal(err)
					}
					byKind[kind.name] = append(byKind[kind.name], result[0].Bindings["x"].(map[string]any))
				}
			}
			list := make(answers, 0, 2048)
			for _, c := range conditions() {
				name := regoName(c.name)
				for _, so := range byKind[c.kind] {
					list = append(list, of(so[name] == true))
				}
			}
			return list
		}
	}
}

// prepareOPAPartial prepares one partial query a condition. What is not stated of
// the entity is unknown. Partial evaluation does not look into a list of which a
// part is unknown, so such a list is unknown as a whole.
func prepareOPAPartial(tb testing.TB) func(*audit.Facts) func() answers {
	tb.Helper()
	modules := regoModules()
	return func(facts *audit.Facts) func() answers {
		ctx := context.Background()
		store := regoStore(facts)
		queries := map[string]rego.PreparedPartialQuery{}
		for _, c := range conditions() {
			query, err := rego.New(rego.Query("data.bench."+c.kind+"."+regoName(c.name)+" == true"), modules(c.kind), rego.Store(store)).PrepareForPartial(ctx)
			if err != nil {
				tb.Fatal(err)
			}
			queries[c.name] = query
		}
		type question struct{ input, unknowns rego.EvalOption }
		asked := map[string][]question{}
		for _, kind := range kinds() {
			for _, e := range facts.Of(kind.name) {
				asked[kind.name] = append(asked[kind.name], question{
					rego.EvalParsedInput(regoInput(e)), rego.EvalParsedUnknowns(regoUnknowns(facts, e, kind.anchor)),
				})
			}
		}
		return func() answers {
			list := make(answers, 0, 2048)
			for _, c := range conditions() {
				for _, q := range asked[c.kind] {
					residue, err := queries[c.name].Partial(ctx, q.input, q.unknowns)
					if err != nil {
						tb.Fatal(err)
					}
					list = append(list, residueAnswer(residue))
				}
			}
			return list
		}
	}
}

// residueAnswer reads what is left of a query: nothing can make it true, something
// is true without conditions, or it depends.
func residueAnswer(residue *rego.PartialQueries) string {
	if len(residue.Queries) == 0 {
		return isFalse
	}
	for _, body := range residue.Queries {
		if len(body) == 0 {
			return isTrue
		}
	}
	return unknown
}

func regoName(name string) string { return strings.ReplaceAll(name, "-", "_") }

// regoModules gives the policy of a kind: one rule a condition.
func regoModules() func(kind string) func(*rego.Rego) {
	return func(kind string) func(*rego.Rego) {
		text := "package bench." + kind + "\n"
		for _, c := range ofKind(kind) {
			text += fmt.Sprintf("%s if { %s }\n%s\n", regoName(c.name), c.rego, c.helper)
		}
		return rego.Module(kind+".rego", text)
	}
}

// regoStore holds the facts that entities share, in OPA's own values.
func regoStore(facts *audit.Facts) storage.Store {
	data := map[string]any{"computer": regoFacts(facts.Of("computer")[0])}
	for _, list := range lists() {
		members := []any{}
		for _, e := range facts.Of(list.kind) {
			members = append(members, regoFacts(e))
		}
		data[list.plural] = members
	}
	return inmem.NewFromASTObject(ast.MustInterfaceToValue(data).(ast.Object))
}

func regoInput(e *audit.Entity) ast.Value {
	return ast.MustInterfaceToValue(map[string]any{e.Kind: regoFacts(e)})
}

func regoFacts(e *audit.Entity) map[string]any {
	table := map[string]any{}
	for _, f := range e.Facts() {
		switch f.Field.Type {
		case audit.Bool:
			table[f.Field.Name] = f.Value.Bool
		case audit.Int:
			table[f.Field.Name] = f.Value.Int
		case audit.Date:
			table[f.Field.Name] = moment(f).Unix()
		case audit.List:
			items := []any{}
			for _, s := range f.Value.List {
				items = append(items, s)
			}
			table[f.Field.Name] = items
		default:
			table[f.Field.Name] = f.Value.Text
		}
	}
	return table
}

// regoUnknowns lists what is not known when an entity is asked about. It is never
// empty, for then OPA takes the whole input to be unknown.
func regoUnknowns(facts *audit.Facts, e *audit.Entity, anchor string) []*ast.Term {
	unknowns := []*ast.Term{ast.MustParseTerm("input.nothing")}
	for _, field := range absent(e) {
		unknowns = append(unknowns, ast.MustParseTerm("input."+e.Kind+"."+field))
	}
	for _, list := range lists() {
		if !complete(facts, list.kind, e.Fact(anchor)) || lacking(facts, list.kind) {
			unknowns = append(unknowns, ast.MustParseTerm("data."+list.plural))
		}
	}
	return unknowns
}

// lacking reports whether a member of a list lacks a fact that the others have.
func lacking(facts *audit.Facts, kind string) bool {
	most := 0
	for _, e := range facts.Of(kind) {
		most = max(most, len(e.Facts()))
	}
	for _, e := range facts.Of(kind) {
		if len(e.Facts()) < most {
			return true
		}
	}
	return false
}
