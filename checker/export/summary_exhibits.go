package export

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
)

// exhibits is the list of evidence (証拠説明書): what each exhibit is, and what it is to
// show, drawn from the answers that rest on it.
func (p *paperWriter) exhibits() {
	p.section(SectionExhibits, "exhibits", "証拠説明書", "Exhibits")
	shows := p.shows()
	columns := []column{{p.Say("号証", "Exhibit"), p.wide(8, 11)}}
	if p.Numbering != "" {
		columns = append(columns, column{p.Say("報告での呼び名", "In the report"), 11})
	}
	if p.Numbering != "" && p.Lang == "en" {
		columns = append(columns, column{"Japanese number", 12})
	}
	columns = append(columns, column{p.Say("標目（原本・写しの別）", "Title (original or copy)"), 18}, column{p.Say("作成年月日", "Document date"), p.wide(12, 14)}, column{p.Say("作成者", "Author"), p.wide(9, 11)},
		column{p.Say("立証趣旨", "What it is to show"), 28}, column{p.Say("備考", "Remarks"), 25})
	var rows [][]paper.Cell
	for _, e := range p.exhibitsInOrder() {
		row := []paper.Cell{cell(p.exhibit(e.ID))}
		if p.Numbering != "" {
			row = append(row, theirCell(e.ID))
		}
		if p.Numbering != "" && p.Lang == "en" {
			row = append(row, paper.Own(p.japaneseNumber(e)))
		}
		rows = append(rows, append(row,
			cell(p.theirs(e.Title)+p.Say("（", " (")+p.formWord(e)+p.Say("）", ")")),
			cell(p.Date(e.DocumentDate.Span)),
			p.orBlank(PartyName(p.res.Report, e.Author), p.Say("記載なし", "not stated")),
			p.purpose(shows[e.ID]), p.exhibitRemarks(e)))
	}
	p.table(columns, rows)
}

// formWord says whether an exhibit is an original or a copy.
func (p *paperWriter) formWord(e audit.Exhibit) string {
	if e.Form == "" {
		return p.Say("原本・写しの別は記載なし", "original or copy not stated")
	}
	return p.In(FormWord(e.Form))
}

// link is what the answers of the chosen findings rest on in one exhibit.
type link struct {
	facts    []string // sentences, each once
	searched bool     // it was looked through, and the answer rests on what is not in it
	said     []string // ids of statements in it that speak to a clause
	uses     []use
}

// use is a finding that rests on an exhibit, and with which of its clauses.
type use struct {
	finding *checker.Finding
	clauses []string
}

func (u *link) add(f *checker.Finding, clause string) {
	if n := len(u.uses); n == 0 || u.uses[n-1].finding != f {
		u.uses = append(u.uses, use{finding: f})
	}
	last := &u.uses[len(u.uses)-1]
	last.clauses = distinct(append(last.clauses, clause))
}

// shows gathers, by exhibit, what the answers of the chosen findings rest on.
func (p *paperWriter) shows() map[string]*link {
	by := map[string]*link{}
	of := func(exhibit string) *link {
		if by[exhibit] == nil {
			by[exhibit] = &link{}
		}
		return by[exhibit]
	}
	for _, f := range p.chosen {
		if f.Assessment == checker.NotInForce {
			continue // its elements are not asked
		}
		for _, a := range f.Answers() {
			name := p.ClauseName(f, a)
			for _, behind := range FactsBehind(a) {
				for _, o := range behind.Fact.Origins {
					x := of(o.Exhibit)
					x.facts = append(x.facts, p.FactSentence(behind.Fact))
					x.add(f, name)
				}
			}
			if a.Why != nil {
				for _, e := range a.Why.Searched() {
					x := of(e.Exhibit)
					x.searched = true
					x.add(f, name)
				}
			}
			for _, st := range a.Statements {
				x := of(st.Exhibit)
				x.said = append(x.said, p.theirs(st.ID)+p.Say("（", " (")+p.partyName(st.By)+p.Say("）", ")"))
				x.add(f, name)
			}
		}
	}
	for _, x := range by {
		x.facts, x.said = distinct(x.facts), distinct(x.said)
	}
	return by
}

// So many facts, statements and findings are written out beside an exhibit, and the rest
// counted. All of them stand with their origins in the sections on the findings.
const shownFacts, shownStatements, shownUses = 8, 6, 8

// purpose is what an exhibit is to show (立証趣旨), with the clauses that it serves. Of one
// that no answer rests on, a person says it: it may show the wording of an instrument.
func (p *paperWriter) purpose(x *link) paper.Cell {
	if x == nil {
		return cell(p.Say("（空欄）", "(blank)"))
	}
	var parts []string
	if n := len(x.facts); n > 0 {
		facts := x.facts[:min(n, shownFacts)]
		words := strings.Join(facts, p.Say("、", "; "))
		if n > shownFacts {
			words += p.Say(fmt.Sprintf("、ほか%d件（各論の事実に示す）", n-shownFacts), fmt.Sprintf("; and %d more (see the facts of each finding)", n-shownFacts))
		}
		parts = append(parts, words+p.Say("の各事実", ""))
	}
	if x.searched {
		parts = append(parts, p.Say("調べた範囲に記録がないこと", "that nothing was found where it was looked for"))
	}
	if len(x.said) > 0 {
		words := p.Say("主張 ", "the statements ") + strings.Join(x.said[:min(len(x.said), shownStatements)], p.Say("、", ", "))
		if more := len(x.said) - shownStatements; more > 0 {
			words += p.Say(fmt.Sprintf("、ほか%d件（各論の主張と反論に示す）", more), fmt.Sprintf(" and %d more (see the statements of each finding)", more))
		}
		parts = append(parts, words)
	}
	spans := spansOf(strings.Join(parts, p.Say("。", "; ")) + p.Say("。〔", " ["))
	for i, u := range x.uses[:min(len(x.uses), shownUses)] {
		if i > 0 {
			spans = append(spans, paper.Span{Text: p.Say("、", "; ")})
		}
		spans = append(spans, paper.Span{To: u.finding.ID}, paper.Span{Text: p.Say("の", ": ") + strings.Join(u.clauses, p.Say("・", ", "))})
	}
	if more := len(x.uses) - shownUses; more > 0 {
		spans = append(spans, paper.Span{Text: p.Say(fmt.Sprintf("、ほか%d件の指摘（各論の要件別検討表に示す）", more), fmt.Sprintf("; and %d more findings (see the table of elements of each)", more))})
	}
	return append(spans, paper.Span{Text: p.Say("〕", "]")})
}

// exhibitRemarks is what else is to be known of an exhibit: its kind, how its date is
// known, when and by whom it was got, its hash and what came of comparing it.
func (p *paperWriter) exhibitRemarks(e audit.Exhibit) paper.Cell {
	parts := []string{p.In(RoleWord(e.Role))}
	if branch := p.BranchWord(e); branch != "" && p.Numbering == "" { // a number says it itself
		parts = append(parts, branch)
	}
	if e.DateSource != "" {
		parts = append(parts, p.Say("日付: ", "date: ")+p.theirs(e.DateSource))
	}
	if !e.Received.IsZero() {
		parts = append(parts, p.Say("受領 ", "received ")+p.Date(e.Received.Span))
	}
	if len(e.Custody) > 0 {
		got := p.Say("取得 ", "got by ") + p.partyName(e.Custody[0].By)
		if !e.Custody[0].At.IsZero() {
			got += p.Say("、", ", ") + p.Date(e.Custody[0].At.Span)
		}
		parts = append(parts, got)
	}
	state := p.In(ExhibitWord(p.res.Exhibits[e.ID]))
	if e.SHA256 == "" {
		parts = append(parts, state)
	}
	spans := spansOf(strings.Join(parts, p.Say("。", "; ")))
	if e.SHA256 != "" {
		spans = append(spans, paper.Span{Text: p.Say("。SHA-256 ", "; SHA-256 ")}, paper.Span{Text: short(e.SHA256), Code: true}, paper.Span{Text: " " + state})
	}
	if e.Note != "" {
		spans = append(spans, paper.Span{Text: p.Say("。", "; ")}, paper.Span{Text: e.Note, Quoted: true})
	}
	return spans
}
