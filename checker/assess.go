package checker

// assess works out the pre-assessment: the first of the states that holds.
func (run *run) assess(f *Finding) {
	t := tallyOf(f)
	isAlleged := t.alleged > 0 || f.TriggerAlleged || t.deniedByAllegation
	known := t.supported + t.alleged
	switch version := f.Anchor.version(f.Rule); {
	case version != "":
		f.Assessment = version
	case t.contradicted > 0:
		f.Assessment = ContradictedElement
	case t.excepted:
		f.Assessment = Excepted
	case t.contested > 0:
		f.Assessment = ContestedElement
	case known == 0:
		f.Assessment = Open
	case t.unverified > 0 || run.blocked(f):
		f.Assessment = Partial
	case isAlleged:
		f.Assessment = AllegedOnly
	case t.judgement > 0:
		f.Assessment = ForJudgement
	default:
		f.Assessment = Indicated
	}
}

// tally counts the answers of a finding.
type tally struct {
	supported, alleged, contradicted, unverified, judgement int
	contested                                               int  // elements and exceptions
	excepted                                                bool // an exception is supported
	deniedByAllegation                                      bool // an exclusion is denied by an allegation alone
}

func tallyOf(f *Finding) tally {
	var t tally
	for _, a := range f.Elements {
		switch a.Code {
		case Supported:
			t.supported++
		case Alleged:
			t.alleged++
		case Contested:
			t.contested++
		case Contradicted:
			t.contradicted++
		case Judgement:
			t.judgement++
		default:
			t.unverified++
		}
	}
	for _, a := range f.Exceptions {
		switch a.Code {
		case Supported:
			t.excepted = true
		case Contested:
			t.contested++
		case Contradicted:
			t.deniedByAllegation = t.deniedByAllegation || a.ByAllegation && a.Clause.Kind == "exclusion"
		}
	}
	return t
}

// blocked reports whether an exception that nothing has excluded holds a finding
// at partial. An exclusion is a negative element of a criminal provision: while
// it is open the finding is no more. A defence counts only once a statement has
// raised it.
func (run *run) blocked(f *Finding) bool {
	for _, a := range f.Exceptions {
		if a.Code == Contradicted {
			continue
		}
		if a.Clause.Kind == "exclusion" && f.Rule.Regime == "criminal" {
			return true
		}
		if a.Clause.Kind == "defence" && len(a.Statements) > 0 {
			return true
		}
	}
	return false
}
