package checker

import (
	"cmp"
	"fmt"
	"slices"

	"jobun/checker/audit"
)

// Flips is what would change the pre-assessment of a finding, both ways. Every set
// was put to the same evaluation that made the finding, and what it becomes is what
// that gave; no smaller part of a set brings it as far.
type Flips struct {
	Finding  *Finding
	Up       []Flip // towards indicated: a step or more
	Down     []Flip // away from it
	Bounds   []FlipBound
	Outcomes int // how many sets were evaluated
}

// Flip is a set of facts that turns a finding, if all of them are as supposed.
type Flip struct {
	Supposed []*Supposed
	Becomes  Assessment // "": the rule would not be asked of the entity
	// OnlyAlleged says that no element would be supported by a record.
	OnlyAlleged bool
}

// FlipBound says what the search left out. Facts that turn a finding alone are all
// there unless it is BoundMembers, BoundSets or BoundOutcomes.
type FlipBound string

// The bounds.
const (
	BoundMembers  FlipBound = "members"  // of long lists only the first were tried
	BoundOutcomes FlipBound = "outcomes" // the search stopped after so many evaluations
	BoundSize     FlipBound = "size"     // sets that are large, or larger than MaxFlip, were left out
	BoundSets     FlipBound = "sets"     // there are more sets than MaxFlipSets one way
	BoundUnits    FlipBound = "units"    // not all sets of two and three facts of a clause were tried
)

// The bounds of the search for what would change a finding.
const (
	MaxFlip         = 12 // facts of a set
	MaxFlipSets     = 40 // sets each way
	maxFlipMembers  = 30
	maxFlipOutcomes = 12_000
	maxFlipSteps    = 4_000_000
	maxUnitSize     = 3
	maxUnitTries    = 300 // sets of one size tried on one clause
	maxUnitWays     = 3   // ways to turn a clause that are combined with those of others
	maxFlipCombined = 8
	maxFlipParts    = 8 // facts of a set up to which every way is tried; of larger ones the first
	maxFlipGroups   = 3 // findings that a clause reads whose own flips are tried
)

// Flips works out what would change a finding of the result. It gives the same sets
// in the same order each time. Errors are a condition that would take too long.
func (res *Result) Flips(f *Finding) (*Flips, error) {
	x, err := newFlipper(newSupposing(res), f)
	if err != nil {
		return nil, err
	}
	if err := x.search(); err != nil {
		return nil, fmt.Errorf("ask what would change %s: %w", f.ID, err)
	}
	flips := &Flips{Finding: f, Up: x.flips(x.up), Down: x.flips(x.down), Outcomes: x.outcomes + x.total}
	flips.Bounds = x.boundsMet()
	return flips, nil
}

// further orders pre-assessments by how much of a provision is met. It is an order
// for the search alone and is shown nowhere.
func further(a Assessment) int {
	return slices.Index([]Assessment{"", NotInForce, ContradictedElement, Excepted, Unanchored, Open, ContestedElement, Partial, AllegedOnly, ForJudgement, Indicated}, a)
}

// flipper searches for the sets of one finding.
type flipper struct {
	*supposing
	finding  *Finding
	reads    []*Rule // whose findings it reads, in the order in which they are asked
	points   []*point
	pool     []int // every supposition that any point reads
	seats    map[string]seat
	base     seat
	outcomes int // sets evaluated
	limit    int // of them
	up, down []turnedSet
}

// point is something of a finding that suppositions turn: a clause, the trigger or
// the anchor.
type point struct {
	pool   []int
	groups [][]int // sets that turn a finding that it reads
	units  []unit
}

// unit is a smallest set that turns a point, and what it turns it to.
type unit struct {
	set   []int
	state pointState
}

type turnedSet struct {
	set  []int
	seat seat
}

func newFlipper(s *supposing, f *Finding) (*flipper, error) {
	x := &flipper{supposing: s, finding: f, reads: s.readBy(f.Rule), seats: map[string]seat{}, limit: maxFlipOutcomes}
	for range len(f.Answers()) + 2 {
		x.points = append(x.points, &point{})
	}
	if err := x.gather(); err != nil {
		return nil, err
	}
	for _, p := range x.points {
		p.pool = distinctSorted(p.pool)
		x.pool = append(x.pool, p.pool...)
	}
	x.pool = distinctSorted(x.pool)
	return x, nil
}

func distinctSorted(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

func (x *flipper) search() error {
	var err error
	if x.base, err = x.seat(nil); err == errTooManyOutcomes {
		x.bound(BoundOutcomes)
		return nil
	} else if err != nil {
		return err
	}
	if x.base.assessment != x.finding.Assessment {
		return fmt.Errorf("asked again it is %s, not %s", x.base.assessment, x.finding.Assessment)
	}
	for _, step := range []func() error{x.singles, x.allUnits, x.combined} {
		if err := step(); err == errTooManyOutcomes {
			x.bound(BoundOutcomes)
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// singles tries every supposition alone.
func (x *flipper) singles() error {
	for _, i := range x.pool {
		if err := x.record([]int{i}); err != nil {
			return err
		}
	}
	return nil
}

func (x *flipper) allUnits() error {
	for k := range x.points {
		if err := x.unitsOf(k); err != nil {
			return err
		}
	}
	return nil
}

// unitsOf finds the smallest sets that turn one point to another state.
func (x *flipper) unitsOf(k int) error {
	p := x.points[k]
	try := func(set []int) error {
		s, err := x.seat(set)
		if err != nil {
			return err
		}
		state := s.at(k)
		if state == x.base.at(k) || slices.ContainsFunc(p.units, func(u unit) bool { return u.state == state && contains(set, u.set) }) {
			return nil
		}
		p.units = append(p.units, unit{set, state})
		return x.record(set)
	}
	for size := 1; size <= maxUnitSize; size++ {
		tries := 0
		err := x.subsets(p.pool, size, func(set []int) error {
			if tries++; size > 1 && tries > maxUnitTries {
				x.bound(BoundUnits)
				return errEnough
			}
			return try(set)
		})
		if err != nil && err != errEnough {
			return err
		}
		if size != 1 {
			continue
		}
		for _, group := range p.groups {
			if err := try(group); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(p.units, func(a, b unit) int { return cmp.Compare(len(a.set), len(b.set)) })
	return nil
}

// combined tries what turns several points at once: first what stands in the way
// most, then the rest, and last what only a person answers.
func (x *flipper) combined() error {
	for level := range levels {
		ways := [][]int{nil}
		isWanted, canBe := false, true
		for k := range x.points {
			if !x.base.wants(x.finding, k, level) {
				continue
			}
			isWanted = true
			var next [][]int
			found := 0
			for _, u := range x.points[k].units {
				if !u.state.serves(x.finding, k) || found == maxUnitWays {
					continue
				}
				found++
				for _, way := range ways {
					if both, ok := x.union(way, u.set); ok {
						next = append(next, both)
					}
				}
			}
			slices.SortStableFunc(next, func(a, b []int) int { return cmp.Compare(len(a), len(b)) })
			ways, canBe = next[:min(len(next), maxFlipCombined)], canBe && len(next) > 0
		}
		if !isWanted || !canBe {
			continue
		}
		for i, way := range ways {
			if len(way) > MaxFlip || len(way) > maxFlipParts && i > 0 {
				x.bound(BoundSize)
				continue
			}
			if err := x.record(way); err != nil {
				return err
			}
		}
	}
	return nil
}

// record keeps a set that turns the finding, or the smallest part of it that brings
// it as far.
func (x *flipper) record(set []int) error {
	s, err := x.seat(set)
	if err != nil {
		return err
	}
	from, to := further(x.base.assessment), further(s.assessment)
	if from == to {
		return nil
	}
	reaches := func(a Assessment) bool {
		if to > from {
			return further(a) >= to
		}
		return further(a) <= to
	}
	for size := 1; size < len(set); size++ {
		var part []int
		err := x.subsets(set, size, func(some []int) error {
			t, err := x.seat(some)
			if err == nil && reaches(t.assessment) {
				part, err = some, errEnough
				s = t
			}
			return err
		})
		if err != nil && err != errEnough {
			return err
		}
		if part != nil {
			set = part
			break
		}
	}
	list := &x.down
	if to > from {
		list = &x.up
	}
	*list = append(*list, turnedSet{set, s})
	return nil
}

// flips puts sets in order: the smallest first, of these as they were found. Of sets
// that differ only in the example of a date, a number or a text, one is kept.
func (x *flipper) flips(sets []turnedSet) []Flip {
	slices.SortStableFunc(sets, func(a, b turnedSet) int { return cmp.Compare(len(a.set), len(b.set)) })
	var flips []Flip
	seen := map[string]bool{}
	for _, t := range sets {
		key := string(t.seat.assessment)
		flip := Flip{Becomes: t.seat.assessment, OnlyAlleged: t.seat.supported == 0}
		for _, i := range t.set {
			flip.Supposed = append(flip.Supposed, x.all[i])
			key += "\x00" + x.all[i].shownAs()
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		if len(flips) == MaxFlipSets {
			x.bound(BoundSets)
			break
		}
		flips = append(flips, flip)
	}
	return flips
}

// Asks says to whom a question about what is supposed goes.
func (s *Supposed) Asks() audit.Addressee {
	switch {
	case s.Clause != nil:
		return audit.AskReviewer
	case s.Statement != nil:
		return audit.AskParty
	default:
		return s.Of.Asks()
	}
}
