// Package bench measures jobun against other evaluators of conditions, over the
// same conditions and the same facts, in one run. It is a module of its own: the
// program does not depend on it.
//
// Each engine is prepared once and is then asked every condition of every entity.
// BenchmarkEvaluate starts from facts in the engine's own form. BenchmarkReport
// starts from the report, as the program does.
package bench

import (
	"testing"
	"time"

	"jobun/checker/audit"
)

// answers are the values of all conditions of all entities of their kinds, in the
// order of the conditions and of the report.
type answers []string

// The three values, as jobun writes them.
const (
	isTrue  = "true"
	isFalse = "false"
	unknown = "unknown"
)

func of(b bool) string {
	if b {
		return isTrue
	}
	return isFalse
}

// rival is another engine: prepared once, given facts, then asked.
type rival struct {
	name    string
	prepare func(testing.TB) func(*audit.Facts) func() answers
}

// statedRivals are asked of facts that are all stated; gapRivals know that a fact
// may not be.
func statedRivals() []rival {
	return []rival{
		{"cel", func(tb testing.TB) func(*audit.Facts) func() answers { return prepareCEL(tb) }},
		{"cel-exhaustive", func(tb testing.TB) func(*audit.Facts) func() answers { return prepareCEL(tb, exhaustive) }},
		{"opa", prepareOPA},
	}
}

func gapRivals() []rival {
	return []rival{
		{"cel-partial", func(tb testing.TB) func(*audit.Facts) func() answers { return prepareCEL(tb, partial) }},
		{"cel-partial-exhaustive", func(tb testing.TB) func(*audit.Facts) func() answers {
			return prepareCEL(tb, partial, exhaustive)
		}},
		{"opa-partial", prepareOPAPartial},
	}
}

func BenchmarkEvaluate(b *testing.B) {
	eachSetting(b, func(b *testing.B, r *audit.Report, rivals []rival) {
		b.Run("engine=jobun", func(b *testing.B) {
			book := jobunRulebook(b)
			var clock, cpu time.Duration
			// Check folds the report first, which is no part of this: what folding
			// alone takes, measured beside it, is taken away.
			for b.Loop() {
				start, startCPU := time.Now(), cpuTime()
				audit.Fold(r)
				folded, foldedCPU := time.Now(), cpuTime()
				if _, err := book.Check(r, nil); err != nil {
					b.Fatal(err)
				}
				clock += time.Since(folded) - folded.Sub(start)
				cpu += cpuTime() - foldedCPU - (foldedCPU - startCPU)
			}
			b.ReportMetric(float64(clock.Nanoseconds())/float64(b.N), "ns/op")
			b.ReportMetric(float64(cpu.Nanoseconds())/float64(b.N), "cpu-ns/op")
		})
		facts := audit.Fold(r)
		for _, rival := range rivals {
			b.Run("engine="+rival.name, func(b *testing.B) {
				evaluate := rival.prepare(b)(facts)
				measure(b, func() { evaluate() })
			})
		}
	})
}

func BenchmarkReport(b *testing.B) {
	eachSetting(b, func(b *testing.B, r *audit.Report, rivals []rival) {
		b.Run("engine=jobun", func(b *testing.B) {
			book := jobunRulebook(b)
			measure(b, func() {
				if _, err := book.Check(r, nil); err != nil {
					b.Fatal(err)
				}
			})
		})
		for _, rival := range rivals {
			b.Run("engine="+rival.name, func(b *testing.B) {
				prepared := rival.prepare(b)
				measure(b, func() { prepared(audit.Fold(r))() })
			})
		}
	})
}

// measure runs what is measured, by the clock and in processor time.
func measure(b *testing.B, do func()) {
	b.ReportAllocs()
	start := cpuTime()
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
}

func eachSetting(b *testing.B, run func(*testing.B, *audit.Report, []rival)) {
	b.Run("facts=stated", func(b *testing.B) { run(b, benchReport(b, 200, false), statedRivals()) })
	b.Run("facts=gaps", func(b *testing.B) { run(b, benchReport(b, 200, true), gapRivals()) })
}

// TestAgreeOnStatedFacts: where every fact is stated all engines say the same.
func TestAgreeOnStatedFacts(t *testing.T) {
	r := benchReport(t, 60, false)
	want := jobunAnswers(t, jobunRulebook(t), r)
	wantEach(t, r, want, isTrue, isFalse)
	for _, rival := range append(statedRivals(), gapRivals()...) {
		if have := rival.prepare(t)(audit.Fold(r))(); !same(t, r, rival.name, want, have) {
			t.Errorf("%s does not agree with jobun", rival.name)
		}
	}
}

// TestAgreeOnGaps: CEL's partial evaluation is Kleene's logic too. Rego's partial
// evaluation may leave open what the others decide, but never decides otherwise.
func TestAgreeOnGaps(t *testing.T) {
	r := benchReport(t, 60, true)
	want := jobunAnswers(t, jobunRulebook(t), r)
	wantEach(t, r, want, isTrue, isFalse, unknown)
	for _, rival := range gapRivals() {
		have := rival.prepare(t)(audit.Fold(r))()
		if rival.name != "opa-partial" {
			if !same(t, r, rival.name, want, have) {
				t.Errorf("%s does not agree with jobun", rival.name)
			}
			continue
		}
		open := 0
		for i := range have {
			if have[i] == unknown && want[i] != unknown {
				open++
				have[i] = want[i]
			}
		}
		t.Logf("opa-partial leaves %d of %d open that jobun decides", open, len(want))
		if !same(t, r, rival.name, want, have) {
			t.Error("opa-partial decides otherwise than jobun")
		}
	}
}

// labels names each answer.
func labels(tb testing.TB, r *audit.Report) (list []string, conditionOf []int) {
	tb.Helper()
	facts := audit.Fold(r)
	for i, c := range conditions() {
		for _, e := range facts.Of(c.kind) {
			list = append(list, c.name+" of "+e.ID)
			conditionOf = append(conditionOf, i)
		}
	}
	return list, conditionOf
}

func same(t *testing.T, r *audit.Report, engine string, want, have answers) bool {
	t.Helper()
	names, _ := labels(t, r)
	if len(have) != len(want) || len(names) != len(want) {
		t.Errorf("%s gives %d answers, jobun %d, to %d questions", engine, len(have), len(want), len(names))
		return false
	}
	shown := 0
	for i := range want {
		if have[i] != want[i] && shown < 10 {
			shown++
			t.Errorf("%s: %s: %s, jobun says %s", engine, names[i], have[i], want[i])
		}
	}
	return shown == 0
}

// wantEach wants every condition to have every value, or agreement says little.
func wantEach(t *testing.T, r *audit.Report, have answers, values ...string) {
	t.Helper()
	_, conditionOf := labels(t, r)
	seen := map[int]map[string]bool{}
	for i, value := range have {
		if seen[conditionOf[i]] == nil {
			seen[conditionOf[i]] = map[string]bool{}
		}
		seen[conditionOf[i]][value] = true
	}
	for i, c := range conditions() {
		for _, value := range values {
			if !seen[i][value] {
				t.Errorf("%s is never %s", c.name, value)
			}
		}
	}
}
