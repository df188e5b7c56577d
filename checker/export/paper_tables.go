package export

import (
	"fmt"
	"sort"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
)

func (p *paperWriter) chronology() {
	p.heading(2, "時系列表", "Chronology")
	var rows [][][]Span
	for _, m := range Chronology(p.res) {
		rows = append(rows, [][]Span{own(p.Date(m.At)), quoted(m.AsWritten), quoted(p.MomentWord(p.res, m)), own(p.In(m.Basis.Title())), own(p.Pointer(m.Exhibit, m.Locator))})
	}
	p.table([]string{p.Say("日付", "Date"), p.Say("原文の表記", "As written"), p.Say("事項", "Matter"), p.Say("根拠", "Basis"), p.Say("証拠", "Exhibit")}, rows)
}

func (p *paperWriter) exhibits() {
	p.heading(2, "証拠一覧", "Exhibits")
	var rows [][][]Span
	for _, e := range p.res.Report.Exhibits {
		rows = append(rows, [][]Span{
			own(e.ID), quoted(e.Title), own(p.In(RoleWord(e.Role)) + p.Say("・", ", ") + p.In(FormWord(e.Form))), own(p.Date(e.DocumentDate.Span)),
			quoted(e.DateSource), quoted(PartyName(p.res.Report, e.Author)), own(p.custody(e)), own(short(e.SHA256)), own(p.In(ExhibitWord(p.res.Exhibits[e.ID]))), quoted(e.Note),
		})
	}
	p.table([]string{p.Say("証拠", "Exhibit"), p.Say("標目", "Title"), p.Say("種別", "Kind"), p.Say("作成年月日", "Document date"), p.Say("日付の根拠", "Source of the date"), p.Say("作成者", "Author"), p.Say("取扱い", "Custody"), "SHA-256", p.Say("照合", "Checked"), p.Say("備考", "Note")}, rows)
}

func (p *paperWriter) custody(e audit.Exhibit) string {
	if len(e.Custody) == 0 {
		return p.Say("記載なし", "not stated")
	}
	var steps []string
	for _, c := range e.Custody {
		step := PartyName(p.res.Report, c.By)
		if !c.At.IsZero() {
			step += " " + p.Date(c.At.Span)
		}
		for _, more := range []string{c.How, c.Tool, c.ClockOffset} {
			if more != "" {
				step += p.Say("、", ", ") + more
			}
		}
		steps = append(steps, step)
	}
	return strings.Join(steps, p.Say(" → ", " -> "))
}

func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12]
	}
	return hash
}

// authorities lists each authority once, with the findings that rest on it.
func (p *paperWriter) authorities() {
	p.heading(2, "典拠一覧", "Table of authorities")
	type entry struct {
		authority checker.Authority
		where     []string
	}
	byCite := map[string]*entry{}
	for i, f := range p.findings() {
		for _, a := range f.Rule.Authorities {
			e := byCite[a.Cite.Ja]
			if e == nil {
				e = &entry{authority: a}
				byCite[a.Cite.Ja] = e
			}
			e.where = append(e.where, p.Say(fmt.Sprintf("第%d", i+2), fmt.Sprint(i+2)))
		}
	}
	var cites []string
	for cite := range byCite {
		cites = append(cites, cite)
	}
	sort.Slice(cites, func(i, j int) bool {
		a, b := byCite[cites[i]].authority, byCite[cites[j]].authority
		if c := a.Date.Compare(b.Date.Date); c != 0 {
			return c < 0
		}
		return cites[i] < cites[j]
	})
	var rows [][][]Span
	for _, cite := range cites {
		e := byCite[cite]
		rows = append(rows, [][]Span{quoted(p.In(e.authority.Cite)), own(p.Day(e.authority.Date.Date)), own(p.In(CheckedWord(e.authority.Checked))), own(strings.Join(distinct(e.where), p.Say("、", ", ")))})
	}
	p.table([]string{p.Say("典拠", "Authority"), p.Say("日付", "Date"), p.Say("確認", "Checked"), p.Say("引用箇所", "Cited in")}, rows)
}

// limits says what was examined, which rules were not asked, and which concern
// nothing.
func (p *paperWriter) limits() {
	p.heading(2, "調べた範囲と、問えなかった規則", "What was examined, and what was not asked")
	for _, line := range p.Examined(p.res) {
		p.item(0, Span{Text: line, Quoted: true})
	}
	for _, n := range p.res.NotAsked {
		p.item(0, Span{Text: p.Say("問えない: ", "Not asked: ") + p.In(n.Rule.Title) + p.Say("（", " (") + n.Rule.ID + p.Say("）　", ") ")}, Span{Text: p.NotAskedWord(n), Quoted: true})
	}
	for _, d := range p.res.Declined {
		p.item(0, own(p.Say("対象なし: ", "Concerns nothing: ")+p.In(d.Rule.Title)+p.Say("（", " (")+d.Rule.ID+p.Say("）　", ") ")+p.DeclinedWord(d))...)
	}
	p.add(Block{Kind: Paragraph, Spans: own(p.Say("記載のない事実は「ない」ではなく「未確認」です。指摘がないことは、適法を意味しません。", "What is not stated is unverified, not absent. That there is no finding does not mean that nothing is wrong."))})
}
