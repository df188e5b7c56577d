package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"jobun/checker/audit"
)

// ExhibitNumber is the number of an exhibit on a paper: 甲1, or 甲1の2 where several
// exhibits are branches (枝番) of one number.
type ExhibitNumber struct {
	Main   int // from 1
	Branch int // from 1; 0: the number is of this exhibit alone
}

// ExhibitNumbers numbers the exhibits of a report in its order. An exhibit with branches
// is the first of them.
func ExhibitNumbers(r *audit.Report) map[string]ExhibitNumber {
	branches := map[string]int{} // of an exhibit; 0: it has none
	for _, e := range r.Exhibits {
		if e.BranchOf != "" {
			branches[e.BranchOf] = 1 // itself
		}
	}
	numbers := map[string]ExhibitNumber{}
	count := 0
	for _, e := range r.Exhibits {
		if e.BranchOf == "" {
			count++
			numbers[e.ID] = ExhibitNumber{count, branches[e.ID]}
			continue
		}
		branches[e.BranchOf]++
		numbers[e.ID] = ExhibitNumber{numbers[e.BranchOf].Main, branches[e.BranchOf]}
	}
	return numbers
}

// ExhibitsByNumber lists the exhibits of a report as they are counted: 甲2 before 甲10,
// 甲3の2 before 甲3の10.
func ExhibitsByNumber(r *audit.Report) []audit.Exhibit {
	numbers := ExhibitNumbers(r)
	list := slices.Clone(r.Exhibits)
	slices.SortStableFunc(list, func(a, b audit.Exhibit) int {
		x, y := numbers[a.ID], numbers[b.ID]
		return cmp.Or(cmp.Compare(x.Main, y.Main), cmp.Compare(x.Branch, y.Branch))
	})
	return list
}

// In is the number under one of Numberings: 甲1, 甲1の2.
func (n ExhibitNumber) In(numbering string) string {
	return numbering + strconv.Itoa(n.Main) + n.branch()
}

// File is the number as names of files have it, so that they are listed in its order:
// 甲01, 甲01の2.
func (n ExhibitNumber) File(numbering string) string {
	return fmt.Sprintf("%s%02d%s", numbering, n.Main, n.branch())
}

func (n ExhibitNumber) branch() string {
	if n.Branch == 0 {
		return ""
	}
	return "の" + strconv.Itoa(n.Branch)
}

// english is the name on an English paper: Exhibit A, Exhibit A-2.
func (n ExhibitNumber) english() string {
	name := "Exhibit " + letters(n.Main)
	if n.Branch > 0 {
		name += "-" + strconv.Itoa(n.Branch)
	}
	return name
}

// numbered gives exhibits the names that they have on a paper: 甲1, or Exhibit A; nil
// where they go by the report's ids.
func numbered(r *audit.Report, numbering, lang string) map[string]string {
	if numbering == "" {
		return nil
	}
	names := map[string]string{}
	for id, n := range ExhibitNumbers(r) {
		names[id] = n.In(numbering)
		if lang == "en" {
			names[id] = n.english()
		}
	}
	return names
}

// exhibitsInOrder lists the exhibits as this paper does: by their numbers, or as the
// report has them where it does not number them.
func (p *paperWriter) exhibitsInOrder() []audit.Exhibit {
	if p.Numbering == "" {
		return p.res.Report.Exhibits
	}
	return ExhibitsByNumber(p.res.Report)
}

// BranchWord says whose number an exhibit shares, where the exhibits go by the report's
// ids; "" for one with a number of its own.
func (s Style) BranchWord(e audit.Exhibit) string {
	if e.BranchOf == "" {
		return ""
	}
	return s.Say(s.theirs(e.BranchOf)+" の枝番", "a branch of "+s.theirs(e.BranchOf))
}

// japaneseNumber is the number of an exhibit on the Japanese paper, for one in English.
func (p *paperWriter) japaneseNumber(e audit.Exhibit) string {
	return ExhibitNumbers(p.res.Report)[e.ID].In(p.Numbering)
}
