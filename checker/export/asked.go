package export

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
)

// NotAskedWord says why a rule was not asked, and what would have to be known.
func (s Style) NotAskedWord(n checker.NotAsked) string {
	var missing []string
	for _, m := range n.Missing {
		what, _ := s.MissingWord(n.Rule, m)
		missing = append(missing, what)
	}
	list := strings.Join(distinct(missing), s.Say("、", "; "))
	kind := s.In(n.Rule.Kind().Title)
	if n.Reason == checker.NotExamined && len(n.Within) > 0 {
		return s.Say(kind+"は、調べた期間の中には現れない。期間の外は調べられていない（[[examined]] の from・until）", "no "+kind+" in the time that was examined; outside it nobody looked ([[examined]] from, until)")
	}
	if n.Reason == checker.NotExamined {
		return s.Say(kind+"の有無を調べた記載がない（[[examined]] kinds = [\""+n.Rule.Asks+"\"]）", "nobody looked for any "+kind+" ([[examined]] kinds = [\""+n.Rule.Asks+"\"])")
	}
	return s.Say(fmt.Sprintf("%s %d件について適用の前提が分からない: %s", kind, len(n.Entities), list), fmt.Sprintf("of %d %s it is not known whether it applies: %s", len(n.Entities), kind, list))
}

// DeclinedWord says that a rule concerns nothing in the report.
func (s Style) DeclinedWord(d checker.Declined) string {
	kind := s.In(d.Rule.Kind().Title)
	if d.ByAllegation && d.Entities > 0 {
		return s.Say(fmt.Sprintf("%s %d件は適用の前提に当たらないと主張されている（主張のみ）", kind, d.Entities), fmt.Sprintf("that %d %s do not meet what it applies to is alleged only", d.Entities, kind))
	}
	if d.ByAllegation {
		return s.Say(kind+"はないと主張されている（主張のみ）", "that there is no "+kind+" is alleged only")
	}
	if d.Entities == 0 {
		return s.Say("調べた範囲に"+kind+"はない", "no "+kind+" inside what was examined")
	}
	return s.Say(fmt.Sprintf("%s %d件は適用の前提に当たらない", kind, d.Entities), fmt.Sprintf("%d %s do not meet what it applies to", d.Entities, kind))
}

// Examined says what was looked through, and with which exhibit.
func (s Style) Examined(res *checker.Result) []string {
	var lines []string
	for _, e := range res.Report.Examined {
		var kinds []string
		for _, name := range e.Kinds {
			if kind, ok := audit.KindNamed(name); ok {
				kinds = append(kinds, s.In(kind.Title))
			}
		}
		line := s.Say("調べた範囲　", "examined  ") + strings.Join(kinds, s.Say("・", ", ")) + "  [" + s.exhibit(e.Exhibit) + "]"
		if !e.From.IsZero() || !e.Until.IsZero() {
			line += "  " + dash(e.From.Span.String()) + " - " + dash(e.Until.Span.String())
		}
		if e.Basis == audit.Alleged {
			line += s.Say("  主張のみ", "  alleged only")
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = []string{s.Say("調べた範囲　記載なし（記載のない事実は「ない」ではなく「未確認」）", "examined  nothing stated (what is not stated is unverified, not absent)")}
	}
	return lines
}

func dash(s string) string {
	if s == "" {
		return ".."
	}
	return s
}
