package checker

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"jobun/checker/audit"
)

var (
	errTooManyOutcomes = errors.New("too many sets to evaluate")
	errEnough          = errors.New("enough")
)

// seat is where a finding stands when something is supposed.
type seat struct {
	assessment Assessment // "": the rule is not asked
	supported  int        // elements
	points     []pointState
}

// pointState is how a clause, the trigger or the anchor comes out.
type pointState struct {
	code         Code       // of a clause
	byAllegation bool       // of a denied exception, and of the trigger
	version      Assessment // of the anchor
	asked        bool       // of the trigger
}

func (s seat) at(k int) pointState {
	if k >= len(s.points) {
		return pointState{} // not asked: no clause has an answer
	}
	return s.points[k]
}

// seat evaluates the finding with some things supposed. It is the evaluation of
// Check, of this finding and of those that it reads alone.
func (x *flipper) seat(set []int) (seat, error) {
	key := keyOf(set)
	if s, ok := x.seats[key]; ok {
		return s, nil
	}
	if x.outcomes++; x.outcomes > x.limit || x.steps > maxFlipSteps {
		return seat{}, errTooManyOutcomes
	}
	run := x.run(set)
	x.steps += x.copied(set)
	f, err := run.again(x.finding, x.reads)
	x.steps += run.evaluated
	if err != nil {
		return seat{}, err
	}
	s := seat{}
	if f != nil {
		s.assessment, s.supported = f.Assessment, f.Count(Supported)
		for _, a := range f.Answers() {
			s.points = append(s.points, pointState{code: a.Code, byAllegation: a.ByAllegation})
		}
		s.points = append(s.points, pointState{asked: true, byAllegation: f.TriggerAlleged}, pointState{version: f.Anchor.version(f.Rule)})
	}
	x.seats[key] = s
	return s, nil
}

// copied is what supposing costs beside the evaluation: the list of a kind is copied
// if a fact of one of its entities is supposed. Copying is cheaper than evaluating.
func (s *supposing) copied(set []int) int {
	const entitiesAStep = 8
	n := 0
	for _, i := range set {
		for _, f := range s.all[i].facts {
			n += len(s.res.Facts.Of(f.Entity.Kind)) / entitiesAStep
		}
	}
	return n
}

// again asks one rule of one entity, after the rules whose findings it reads. It
// gives nil where the rule is then not asked.
func (run *run) again(f *Finding, reads []*Rule) (*Finding, error) {
	for _, rule := range reads {
		if err := run.ask(rule); err != nil {
			return nil, err
		}
	}
	entity, ok := run.facts.ByID(f.Entity.ID)
	if !ok {
		return nil, nil
	}
	isAlleged := false
	if when := f.Rule.compiled.when; when != nil {
		why, err := when.evaluate(env{run: run, self: entity, span: run.anchorSpan(f.Rule, entity)})
		if err != nil || why.Value != True {
			return nil, err
		}
		isAlleged = why.Alleged()
	}
	again, err := run.findingOf(f.Rule, entity)
	if err != nil {
		return nil, err
	}
	again.TriggerAlleged = isAlleged
	run.assess(again)
	return again, nil
}

// levels is in how many steps what stands in the way of a finding is turned.
const levels = 5

// wants reports whether a point is among those to turn at a level: 0 is what speaks
// against the finding, 1 what is contested, 2 what is unverified, 3 what is only
// alleged, 4 what a person judges.
func (s seat) wants(f *Finding, k, level int) bool {
	state := s.at(k)
	switch n := len(f.Elements); {
	case k < n:
		return level >= elementLevel(state.code)
	case k < n+len(f.Exceptions):
		return level >= exceptionLevel(state, f, f.Exceptions[k-n])
	default:
		return state.version != "" || state.byAllegation && level >= 3
	}
}

func elementLevel(code Code) int {
	switch code {
	case Contradicted:
		return 0
	case Contested:
		return 1
	case Alleged:
		return 3
	case Judgement:
		return 4
	case Supported:
		return levels
	default:
		return 2
	}
}

func exceptionLevel(state pointState, f *Finding, a *Answer) int {
	isExclusion := a.Clause.Kind == "exclusion"
	blocks := isExclusion && f.Rule.Regime == "criminal" || a.Clause.Kind == "defence" && len(a.Statements) > 0
	switch {
	case state.code == Supported:
		return 0
	case state.code == Contested:
		return 1
	case state.code == Contradicted && state.byAllegation && isExclusion:
		return 3
	case state.code != Contradicted && blocks:
		return 2
	default:
		return levels
	}
}

// serves reports whether a state of a point is one that a finding needs.
func (p pointState) serves(f *Finding, k int) bool {
	switch n := len(f.Elements); {
	case k < n:
		return p.code == Supported
	case k < n+len(f.Exceptions):
		return p.code == Contradicted && !p.byAllegation
	case k == n+len(f.Exceptions):
		return p.asked && !p.byAllegation
	default:
		return p.version == ""
	}
}

// run makes a check in which some things are supposed.
func (s *supposing) run(set []int) *run {
	var facts []*audit.Fact
	examined := map[string][]audit.Examination{}
	answers, said := s.res.answers, s.said
	withdrawals := []audit.Statement{}
	for _, i := range set {
		x := s.all[i]
		facts = append(facts, x.facts...)
		for kind, list := range x.examined {
			examined[kind] = append(examined[kind], list...)
		}
		if x.Clause != nil {
			changed := Answers{}
			for key, answer := range answers {
				changed[key] = answer
			}
			changed[x.answer] = PersonAnswer{Yes: x.Yes}
			answers = changed
		}
		if x.Statement != nil {
			withdrawals = append(withdrawals, audit.Statement{ID: "withdraws " + x.Statement.ID, By: x.Statement.By, Withdraws: x.Statement.ID})
		}
	}
	if len(withdrawals) > 0 {
		report := *s.res.Report
		report.Statements = slices.Concat(report.Statements, withdrawals)
		said = gatherStatements(&report)
	}
	run := newRun(s.res.Rulebook, s.res.Facts.Suppose(facts, examined), answers)
	run.statements = said
	return run
}

func keyOf(set []int) string {
	var b strings.Builder
	for _, i := range set {
		b.WriteString(strconv.Itoa(i))
		b.WriteByte(' ')
	}
	return b.String()
}

// contains reports whether a sorted set holds all of another.
func contains(set, part []int) bool {
	for _, i := range part {
		if _, ok := slices.BinarySearch(set, i); !ok {
			return false
		}
	}
	return true
}

// union joins two sorted sets, unless they suppose one thing to be two ways.
func (s *supposing) union(a, b []int) ([]int, bool) {
	all := distinctSorted(slices.Concat(a, b))
	return all, !s.clashes(all)
}

func (s *supposing) clashes(set []int) bool {
	for i, a := range set {
		for _, b := range set[i+1:] {
			if s.all[a].slot == s.all[b].slot {
				return true
			}
		}
	}
	return false
}

// subsets visits the sets of a size in order, without those that suppose one thing
// to be two ways.
func (s *supposing) subsets(of []int, size int, visit func([]int) error) error {
	set := make([]int, 0, size)
	var step func(from int) error
	step = func(from int) error {
		if len(set) == size {
			return visit(slices.Clone(set))
		}
		for i := from; i <= len(of)-(size-len(set)); i++ {
			set = append(set, of[i])
			if !s.clashes(set) {
				if err := step(i + 1); err != nil {
					return err
				}
			}
			set = set[:len(set)-1]
		}
		return nil
	}
	return step(0)
}
