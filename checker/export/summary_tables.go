package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
	"jobun/checker/law"
	"jobun/checker/review"
)

// isQuoted reports whether an exhibit is known only as another quotes it.
func (p *paperWriter) isQuoted(id string) bool {
	return slices.ContainsFunc(p.res.Report.Exhibits, func(e audit.Exhibit) bool { return e.ID == id && e.Form == "quoted" })
}

func (p *paperWriter) chronology() {
	p.section(SectionChronology, "chronology", "時系列表", "Chronology")
	var rows [][]paper.Cell
	for _, m := range Chronology(p.res) {
		rows = append(rows, []paper.Cell{cell(p.Date(m.At)), theirCell(m.AsWritten), cell(p.MomentWord(p.res, m)), cell(p.BasisWord(audit.Origin{Basis: m.Basis, Unseen: p.isQuoted(m.Exhibit)})), cell(p.Pointer(m.Exhibit, m.Locator))})
	}
	p.table([]column{{p.Say("日付", "Date"), p.wide(17, 21)}, {p.Say("原文の表記", "As written"), 11}, {p.Say("事項", "Matter"), 38}, {p.Say("根拠", "Basis"), 10}, {p.Say("証拠", "Exhibit"), 16}}, rows)
}

// custody says of every exhibit who handled it, or that nobody says so.
func (p *paperWriter) custody() {
	p.section(SectionCustody, "", "付録　取扱記録", "Appendix: custody")
	var rows [][]paper.Cell
	for _, e := range p.exhibitsInOrder() {
		if len(e.Custody) == 0 {
			rows = append(rows, []paper.Cell{cell(p.exhibit(e.ID)), cell(p.Say("記載なし", "not stated")), nil, nil, nil})
		}
		for _, c := range e.Custody {
			at := p.Say("日付の記載なし", "no date stated")
			if !c.At.IsZero() {
				at = p.Date(c.At.Span)
			}
			rows = append(rows, []paper.Cell{cell(p.exhibit(e.ID)), cell(p.partyName(c.By)), cell(at), theirCell(joined(p.Say("、", ", "), c.How, c.Tool, c.ClockOffset)), theirCell(PartyName(p.res.Report, c.HandedTo))})
		}
	}
	p.table([]column{{p.Say("証拠", "Exhibit"), p.wide(8, 10)}, {p.Say("取り扱った者", "By"), 16}, {p.Say("いつ", "When"), 16}, {p.Say("方法・道具・時計のずれ", "How, tool, clock offset"), 34}, {p.Say("渡した先", "Handed to"), 16}}, rows)
}

// joined puts a mark between the texts that there are.
func joined(mark string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), mark)
}

// authorities lists the laws and the authorities once, with the headings under which
// they are cited.
func (p *paperWriter) authorities() {
	p.section(SectionAuthorities, "authorities", "典拠一覧", "Table of authorities")
	p.heading(2, "法令・規程", "Laws and instruments")
	var laws citations
	for _, f := range p.chosen {
		for _, cite := range p.lawsCited(f) {
			laws.add(cite, f.ID+lawMark)
		}
	}
	var rows [][]paper.Cell
	for _, c := range laws.list {
		rows = append(rows, []paper.Cell{cell(c.cite), p.whereCell(c.where)})
	}
	p.table([]column{{p.Say("法令・条項", "Provision"), 60}, {p.Say("引用箇所", "Cited in"), 30}}, rows)

	p.heading(2, "裁判例・指針・解説その他", "Judgments, guidelines and others")
	var others citations
	byCite := map[string]checker.Authority{}
	for _, f := range p.chosen {
		if f.Assessment == checker.NotInForce {
			continue // its authorities are not printed
		}
		for _, a := range f.Rule.Authorities {
			byCite[a.Cite.Ja] = a
			others.add(a.Cite.Ja, f.ID+authoritiesMark)
		}
	}
	slices.SortStableFunc(others.list, func(a, b *citation) int {
		return cmp.Or(byCite[a.cite].Date.Compare(byCite[b.cite].Date.Date), cmp.Compare(a.cite, b.cite))
	})
	rows = nil
	for _, c := range others.list {
		a := byCite[c.cite]
		rows = append(rows, []paper.Cell{cell(p.public(p.In(a.Cite))), cell(p.Day(a.Date.Date)), cell(p.In(CheckedWord(a.Checked))), p.whereCell(c.where)})
	}
	p.table([]column{{p.Say("典拠", "Authority"), 45}, {p.Say("日付", "Date"), 15}, {p.Say("確認", "Checked"), 12}, {p.Say("引用箇所", "Cited in"), 22}}, rows)
}

// lawsCited lists what the section on a finding cites of laws: the provisions, where
// their penalties stand, and what a time limit rests on.
func (p *paperWriter) lawsCited(f *checker.Finding) []string {
	places := f.Anchor.Places
	if f.Assessment == checker.NotInForce {
		places = nil
		for i := range f.Rule.Places {
			places = append(places, &f.Rule.Places[i])
		}
	}
	var cites []string
	for _, place := range places {
		cites = append(cites, p.Citation(f.Law, place))
		if cite := p.penaltyCitation(f, place); cite != "" && f.Assessment != checker.NotInForce {
			cites = append(cites, cite)
		}
	}
	if l := f.Rule.Limits.Limitation; l != nil && f.Assessment != checker.NotInForce {
		cites = append(cites, p.In(l.Basis)+p.Say("（期間の目安）", " (time limit)"))
	}
	return distinct(cites)
}

// penaltyCitation cites where the penalty of a provision stands, if that is another
// place.
func (p *paperWriter) penaltyCitation(f *checker.Finding, of *checker.RulePlace) string {
	if of.Penalty == nil {
		return ""
	}
	place, err := law.ParsePlace(of.Penalty.Cite)
	if err != nil {
		return ""
	}
	in := f.Law
	if other, ok := f.PenaltyLaw(of); ok {
		in = other
	}
	return in.CiteAll([]law.Place{place}, p.Cites(law.Full)) + p.Say("（罰則）", " (penalty)")
}

// citations gathers what is cited and under which headings, each once.
type citations struct {
	list []*citation
	by   map[string]*citation
}

type citation struct {
	cite  string
	where []string // anchors of headings
}

func (c *citations) add(cite, anchor string) {
	if c.by == nil {
		c.by = map[string]*citation{}
	}
	x := c.by[cite]
	if x == nil {
		x = &citation{cite: cite}
		c.by[cite] = x
		c.list = append(c.list, x)
	}
	if !slices.Contains(x.where, anchor) {
		x.where = append(x.where, anchor)
	}
}

// whereCell names headings by their numbers, which are written when all are known.
func (p *paperWriter) whereCell(anchors []string) paper.Cell {
	var list paper.Cell
	for i, anchor := range anchors {
		if i > 0 {
			list = append(list, paper.Span{Text: p.Say("、", ", ")})
		}
		list = append(list, paper.Span{To: anchor})
	}
	return list
}

// reproduce says what the paper was made of, so that others can make it again.
func (p *paperWriter) reproduce() {
	p.section(SectionReproduce, "", "付録　再現の方法", "Appendix: how to make this paper again")
	rows := [][]paper.Cell{
		{cell(p.Say("プログラム", "Program")), cell(p.Tool)},
		{cell(p.Say("監査報告のSHA-256", "SHA-256 of the audit report")), codeCell(p.paper.Made.Report)},
		{cell(p.Say("規則集のSHA-256", "SHA-256 of the rulebook")), codeCell(p.paper.Made.Rulebook)},
		{cell(p.Say("検討の記録の最終行のSHA-256", "SHA-256 of the journal's last line")), p.orNone(p.paper.Made.Journal)},
	}
	for _, text := range p.textsUsed() {
		rows = append(rows, []paper.Cell{cell(p.Say("条文 ", "Text ") + text[0]), codeCell(text[1])})
	}
	names := make([]string, 0, len(p.paper.Made.Settings))
	for name := range p.paper.Made.Settings {
		if !p.Redact || name != "redact_words" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		rows = append(rows, []paper.Cell{cell(p.Say("設定 ", "Setting ") + name), {{Text: p.paper.Made.Settings[name], Quoted: name == "author" || name == "redact_words"}}})
	}
	p.table([]column{{p.Say("項目", "Item"), 3}, {p.Say("内容", "Content"), 5}}, rows)
	p.paragraph(p.Say("同じ報告・規則集・法令ストア・検討の記録・設定からは、同じ本書ができる。手順は jobun export、照合は jobun verify。",
		"From the same report, rulebook, law store, journal and settings the same paper is made: jobun export makes it, jobun verify compares it."))
}

func (p *paperWriter) orNone(hash string) paper.Cell {
	if hash == "" {
		return cell(p.Say("なし", "none"))
	}
	return codeCell(hash)
}

// textsUsed lists the revisions that the texts are from, with their hashes, each once.
func (p *paperWriter) textsUsed() [][2]string {
	var list [][2]string
	seen := map[[2]string]bool{}
	for _, f := range p.chosen {
		for i := range p.Provisions.ofFinding(f) {
			text := &p.Provisions.ofFinding(f)[i]
			if len(text.Phrases) == 0 {
				continue
			}
			used := [2]string{p.UnitWord(f, text) + " " + text.Is.Revision, text.Is.SHA256}
			if !seen[used] {
				seen[used] = true
				list = append(list, used)
			}
		}
	}
	return list
}

// decisions is every entry of the journal, also of what was taken back.
func (p *paperWriter) decisions() {
	p.section(SectionDecisions, "", "付録　検討の履歴", "Appendix: history of decisions")
	if p.Review == nil {
		p.paragraph(p.Say("検討の記録はない。", "There is no journal of decisions."))
		return
	}
	findings := map[review.Key]*checker.Finding{}
	for _, f := range p.res.Findings {
		findings[review.KeyOf(f)] = f
	}
	chosen := map[string]bool{}
	for _, f := range p.chosen {
		chosen[f.ID] = true
	}
	var rows [][]paper.Cell
	left := 0
	for _, e := range p.Review.Journal().Entries() {
		id, f := "", findings[e.Finding]
		if f != nil {
			id = f.ID
		}
		if len(p.chosen) < len(p.res.Findings) && !chosen[id] {
			left++
			continue
		}
		rows = append(rows, []paper.Cell{{{Text: strconv.Itoa(e.Seq)}}, cell(p.At(e.At)), theirCell(e.By), p.findingCell(e.Finding, id), cell(p.entryWord(f, e)), theirCell(e.Note)})
	}
	p.table([]column{{"№", 4}, {p.Say("日時", "When"), 17}, {p.Say("記録者", "By"), 12}, {p.Say("指摘", "Finding"), 12}, {p.Say("内容", "What"), 26}, {p.Say("メモ", "Note"), 22}}, rows)
	if left > 0 {
		p.paragraph(p.Say(fmt.Sprintf("ほかの指摘についての %d行は収めていない。", left), fmt.Sprintf("%d lines on other findings are left out.", left)))
	}
}

func (p *paperWriter) findingCell(key review.Key, id string) paper.Cell {
	if id == "" {
		return cell(key.Rule + " " + p.theirs(key.Entity) + p.Say("（現在はない）", " (no longer asked)"))
	}
	for _, f := range p.chosen {
		if f.ID == id {
			return paper.Cell{{Text: id, To: id}}
		}
	}
	return paper.Cell{{Text: id}}
}

// entryWord is what an entry of the journal does, and whether it was taken back.
func (p *paperWriter) entryWord(f *checker.Finding, e review.Entry) string {
	if !p.Review.IsVoid(e.Seq) {
		return p.EntryWord(f, e)
	}
	return p.EntryWord(f, e) + p.Say("〔後に取消し〕", " [taken back later]")
}

// terms sets the words of the answers, the pre-assessments and the decisions, and the
// titles of the laws, side by side in both languages.
func (p *paperWriter) terms() {
	p.section(SectionTerms, "", "付録　用語対照表", "Appendix: terms in both languages")
	var rows [][]paper.Cell
	add := func(sign string, word Text) {
		rows = append(rows, []paper.Cell{cell(sign), {{Text: word.Ja, Lang: "ja"}}, {{Text: word.En, Lang: "en"}}})
	}
	for _, code := range checker.Codes() {
		add(CodeGlyph(code, p.Glyphs), CodeWord(code))
	}
	for _, a := range checker.Assessments() {
		add("", AssessmentWord(a))
	}
	for _, s := range review.Statuses() {
		add("", DecisionWord(s))
	}
	seen := map[*law.Law]bool{}
	for _, f := range p.chosen {
		if !seen[f.Law] {
			seen[f.Law] = true
			add("", Text(f.Law.Title))
		}
	}
	p.table([]column{{p.Say("記号", "Sign"), 1}, {"日本語", 5}, {"English", 6}}, rows)
}

// unexamined says what was examined, which rules were not asked, and which concern
// nothing.
func (p *paperWriter) unexamined() {
	p.section(SectionUnexamined, "unexamined", "付録　調べた範囲と、検討していない事項", "Appendix: what was examined, and what was not")
	for _, line := range p.Examined(p.res) {
		p.item(0, line)
	}
	for _, n := range p.res.NotAsked {
		p.item(0, p.Say("問えない: ", "Not asked: ")+p.In(n.Rule.Title)+p.Say("（", " (")+n.Rule.ID+p.Say("）　", ") ")+p.NotAskedWord(n))
	}
	for _, d := range p.res.Declined {
		p.item(0, p.Say("対象なし: ", "Concerns nothing: ")+p.In(d.Rule.Title)+p.Say("（", " (")+d.Rule.ID+p.Say("）　", ") ")+p.DeclinedWord(d))
	}
	p.paragraph(p.Say("記載のない事実は「ない」ではなく「未確認」です。指摘がないことは、適法を意味しません。", "What is not stated is unverified, not absent. That there is no finding does not mean that nothing is wrong."))
}
