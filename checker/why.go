package checker

import (
	"jobun/checker/audit"
)

// Why explains a value: a tree with the shape of the condition.
type Why struct {
	Text    string
	Value   Tri
	Strict  Tri          // the value if what is only alleged were not said
	Fact    *audit.Fact  // of a leaf: the stated fact
	Missing *Missing     // of a leaf: what is not stated
	Lists   []ListRead   // of any and none: what was walked
	Finding *FindingRead // of finding("…")
	// Behaviour is of a fact that a behaviour works out; its one kid is how.
	Behaviour *Behaviour
	Kids      []*Why

	op op
}

// ListRead says of which list any or none spoke, and where it was looked for.
type ListRead struct {
	Kind     *audit.Kind
	Members  int
	Examined []audit.Examination // none: the list may be longer than is known
}

// FindingRead says what finding("…") saw.
type FindingRead struct {
	Rule     string
	Findings []*Finding
}

// Missing is a fact that could change an answer and is not known.
type Missing struct {
	Name      string        // account.hidden; notices; finding:rule
	Entity    *audit.Entity // whose fact; nil for a list or a finding
	Kind      *audit.Kind
	Field     audit.Field
	Disputed  bool // stated, but its origins conflict
	Imprecise bool // stated, but not exactly enough to compare
	Alleged   bool // stated, but by an allegation alone that speaks against the element
	List      bool // a list that was not looked through
	Finding   bool
}

// key tells missing facts apart.
func (m Missing) key() string {
	if m.Entity != nil {
		return m.Name + "\x00" + m.Entity.ID
	}
	return m.Name
}

// Alleged reports whether the value holds only if what is alleged is true.
func (w *Why) Alleged() bool { return w.Value != Unknown && w.Strict == Unknown }

// MissingFacts lists the facts that could still change an unknown value, each once,
// in the order of the condition. A known value has none: Kleene's logic does not
// take back what it knows.
func (w *Why) MissingFacts() []Missing {
	var list []Missing
	w.eachMissing(map[*Why]bool{}, func(m Missing) { list = append(list, m) })
	return once(list, Missing.key)
}

// eachMissing visits every explanation once: what a behaviour came to is shared
// by all that read it, and behaviours that read others twice would double at
// every level.
func (w *Why) eachMissing(seen map[*Why]bool, visit func(Missing)) {
	if w.Value != Unknown || seen[w] {
		return
	}
	seen[w] = true
	if w.Missing != nil {
		visit(*w.Missing)
	}
	for _, kid := range w.Kids {
		kid.eachMissing(seen, visit)
	}
}

// allegedFacts lists the facts that a value rests on by allegation alone, as
// facts of which a record is missing.
func (w *Why) allegedFacts() []Missing {
	var list []Missing
	for _, f := range w.Deciding() {
		if f.Basis == audit.Alleged {
			kind, _ := audit.KindNamed(f.Entity.Kind)
			list = append(list, Missing{Name: f.Name(), Entity: f.Entity, Kind: kind, Field: f.Field, Alleged: true})
		}
	}
	return list
}

// Deciding lists the stated facts that the value rests on, each once: those of
// the operands that decide it, and not of the others.
func (w *Why) Deciding() []*audit.Fact {
	var facts []*audit.Fact
	seen := map[*audit.Fact]bool{}
	w.eachDeciding(map[*Why]bool{}, func(f *audit.Fact) {
		if !seen[f] {
			seen[f] = true
			facts = append(facts, f)
		}
	})
	return facts
}

func (w *Why) eachDeciding(seen map[*Why]bool, visit func(*audit.Fact)) {
	if seen[w] {
		return
	}
	seen[w] = true
	if w.Fact != nil {
		visit(w.Fact)
	}
	for _, kid := range w.Kids {
		if w.RestsOn(kid) {
			kid.eachDeciding(seen, visit)
		}
	}
}

// Searched lists the examinations that the value rests on: those that let any or
// none say that there is nothing of a kind.
func (w *Why) Searched() []audit.Examination {
	var searched []audit.Examination
	seen := map[string]bool{}
	w.eachSearched(map[*Why]bool{}, func(x audit.Examination) {
		if key := x.Exhibit + "\x00" + x.Path; !seen[key] {
			seen[key] = true
			searched = append(searched, x)
		}
	})
	return searched
}

func (w *Why) eachSearched(walked map[*Why]bool, visit func(audit.Examination)) {
	if walked[w] {
		return
	}
	walked[w] = true
	saysNothing := w.op == opAny && w.Value == False || w.op == opNone && w.Value == True
	for _, list := range w.Lists {
		for _, x := range list.Examined {
			if saysNothing {
				visit(x)
			}
		}
	}
	for _, kid := range w.Kids {
		if w.RestsOn(kid) {
			kid.eachSearched(walked, visit)
		}
	}
}

// RestsOn reports whether an operand bears the value: of a decided && or || only
// those that decide it, and of these the recorded ones where there are any.
func (w *Why) RestsOn(kid *Why) bool {
	decisive := False
	switch w.op {
	case opAnd:
	case opOr, opAny, opNone:
		decisive = True
	default:
		return true
	}
	value, strict := w.Value, w.Strict
	if w.op == opNone {
		value, strict = value.not(), strict.not()
	}
	if value != decisive {
		return true
	}
	return kid.Value == decisive && (strict != decisive || kid.Strict == decisive)
}
