package linear

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
)

func (d *dialogue) welcome() {
	res := d.review.Result
	d.tell(d.Say("報告は「"+res.Report.Title+"」", "The report is \""+res.Report.Title+"\""))
	d.tell(d.Say(fmt.Sprintf("指摘は %d件、そのうち %d件を検討済み", len(res.Findings), d.review.Decided()), fmt.Sprintf("Findings: %d, of which %d are decided", len(res.Findings), d.review.Decided())))
	for _, warning := range d.ExhibitWarnings(res) {
		d.tell(warning)
	}
	d.tell(d.Say("検討する人は "+d.options.By, "The reviewer is "+d.options.By))
	if n := len(d.review.Journal().Drafts(d.options.By)); n > 0 {
		d.tell(d.Say(fmt.Sprintf("書きかけの検討結果が %d件あります。その指摘で i を入れると続けられます", n), fmt.Sprintf("Unfinished decisions: %d. i goes on with one, at its finding", n)))
	}
}

func (d *dialogue) farewell() {
	d.tell(d.Say("終わります。記録したものはすべて残っています", "The end. All that was recorded is kept"))
	d.totals()
}

func (d *dialogue) totals() {
	for _, line := range d.DecisionTotals(d.review) {
		d.tell(line)
	}
}

// readFinding reads the finding in hand: what it is, first; its number and rule after;
// then the law of the day, every answer, what the parties say and what is missing.
func (d *dialogue) readFinding() {
	f := d.finding()
	d.tell(d.Heading(f))
	d.tell(d.Say(d.In(export.SuspicionWord(f))+"の内容は、"+f.Rule.Title.Ja+"。対象は、"+d.EntityName(f.Entity), "To consider: "+f.Rule.Title.En+". It is about "+d.EntityName(f.Entity)))
	d.tell(d.Say("一次整理は、"+d.In(export.FindingWord(f)), "Pre-assessment: "+d.In(export.FindingWord(f))))
	d.tell(d.Say(fmt.Sprintf("指摘 %d、全 %d件。ID は %s。規則は%s", d.at+1, len(d.findings()), f.ID, d.In(export.StatusWord(f.Rule))),
		fmt.Sprintf("Finding %d of %d. Its id is %s. The rule: %s", d.at+1, len(d.findings()), f.ID, d.In(export.StatusWord(f.Rule)))))
	d.readLaw(f)
	if f.Assessment == checker.NotInForce {
		d.tell(d.OtherDays(f))
	} else {
		d.readAnswers(f)
		d.readStatements(f)
		d.readMissing(f)
	}
	for _, note := range d.Notes(f) {
		d.tell(note)
	}
	d.readDecision(f)
}

func (d *dialogue) readLaw(f *checker.Finding) {
	d.tell(d.Say("基準の日は、", "The day: ") + d.Date(f.Anchor.Span))
	for _, p := range f.Anchor.Places {
		d.tell(d.Say("条文は、", "The provision: ") + d.and([]string{d.Citation(f.Law, p), d.Interval(p.From.Date, p.Until.Date)}))
		if now, moved := d.Present(f, p, d.review.Result.Rulebook.AsOf); moved {
			d.tell(d.Say("現行は、", "Now: ") + now)
		}
		if p.Penalty != nil {
			d.tell(d.Say("罰条は、", "Penalty: ") + d.PenaltyWords(f, p))
		}
	}
}

// readAnswers reads the counts in words, then each clause with its answer and exhibits.
func (d *dialogue) readAnswers(f *checker.Finding) {
	d.tell(d.Say(fmt.Sprintf("要件は %d。", len(f.Elements)), fmt.Sprintf("Elements: %d. ", len(f.Elements))) + d.counted(f.Elements))
	for _, a := range f.Elements {
		d.readAnswer(f, a)
	}
	if len(f.Exceptions) == 0 {
		d.tell(d.Say("除外事由はありません", "There are no exceptions"))
		return
	}
	d.tell(d.Say(fmt.Sprintf("除外事由は %d。", len(f.Exceptions)), fmt.Sprintf("Exceptions: %d. ", len(f.Exceptions))) + d.counted(f.Exceptions))
	for _, a := range f.Exceptions {
		d.readAnswer(f, a)
	}
}

// counted counts answers by what they are, in words.
func (d *dialogue) counted(answers []*checker.Answer) string {
	count := map[string]int{}
	var order []string
	for _, a := range answers {
		word := d.In(export.AnswerWord(a))
		if count[word] == 0 {
			order = append(order, word)
		}
		count[word]++
	}
	var parts []string
	for _, word := range order {
		parts = append(parts, fmt.Sprintf("%s %d", word, count[word]))
	}
	return d.and(parts)
}

func (d *dialogue) readAnswer(f *checker.Finding, a *checker.Answer) {
	parts := []string{d.ClauseName(f, a), a.Clause.Phrase(d.Lang), d.In(export.AnswerWord(a))}
	if a.Person != nil {
		parts = append(parts, d.Say("答えた人は "+a.Person.By, "answered by "+a.Person.By))
	} else if review.TakesAnswer(a) {
		parts = append(parts, d.Say("人が答える要件", "a person answers it"))
	}
	if ids := exhibitsOf(a); len(ids) > 0 {
		parts = append(parts, d.Say("証拠は "+d.and(ids), "evidence "+d.and(ids)))
	}
	d.tell(strings.Join(parts, d.Say("。", ". ")))
}

// exhibitsOf are the exhibits behind an answer, each once.
func exhibitsOf(a *checker.Answer) []string {
	var ids []string
	seen := map[string]bool{}
	add := func(id string) {
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for _, o := range export.Origins(a) {
		add(o.Exhibit)
	}
	if a.Why != nil {
		for _, x := range a.Why.Searched() {
			add(x.Exhibit)
		}
	}
	return ids
}

// readStatements reads what the parties say, replies after what they answer.
func (d *dialogue) readStatements(f *checker.Finding) {
	report := d.review.Result.Report
	for _, said := range export.Thread(report, f) {
		st := said.Statement
		parts := []string{d.Say("主張 ", "Statement ") + st.ID, export.PartyName(report, st.By)}
		if said.On != "" {
			if a, ok := f.Answer(said.On); ok {
				parts = append(parts, d.ClauseName(f, a))
			}
		}
		if st.Stance != "" {
			parts = append(parts, d.In(export.StanceWord(st.Stance)))
		}
		if len(st.Answers) > 0 {
			parts = append(parts, d.Say(d.and(st.Answers)+" への応答", "in reply to "+d.and(st.Answers)))
		}
		if said.Withdrawn {
			parts = append(parts, d.Say("取り下げられた", "withdrawn"))
		}
		parts = append(parts, d.Say("「"+st.Text+"」", "\""+st.Text+"\""))
		d.tell(d.and(parts))
	}
}

func (d *dialogue) readMissing(f *checker.Finding) {
	missing := f.Missing()
	if len(missing) == 0 {
		d.tell(d.Say("不足する事実はありません", "No fact is missing"))
		return
	}
	d.tell(d.Say(fmt.Sprintf("不足する事実は %d件", len(missing)), fmt.Sprintf("Facts missing: %d", len(missing))))
	for i, m := range missing {
		what, look := d.MissingWord(f.Rule, m)
		d.tell(fmt.Sprint(i+1) + d.Say("、", ". ") + what + d.LookWord(look))
	}
}

func (d *dialogue) readDecision(f *checker.Finding) {
	for i, line := range d.DecisionLines(d.review.Of(f)) {
		if i == 0 {
			line = d.Say("検討結果は、", "Decision: ") + line
		}
		d.tell(line)
	}
	if _, ok := d.draft(f); ok {
		d.tell(d.Say("書きかけがあります。i で続けます", "Something unfinished is kept. i goes on with it"))
	}
}

// readEvidence reads the facts behind answers with their records, then the exhibits.
func (d *dialogue) readEvidence(arguments []string) error {
	f := d.finding()
	answers := d.clauses(arguments)
	used := map[string]bool{}
	for _, a := range answers {
		facts := export.FactsBehind(a)
		if len(facts) == 0 {
			d.tell(d.ClauseName(f, a) + d.Say("。事実はありません", ". No facts"))
			continue
		}
		for _, behind := range facts {
			d.tell(d.ClauseName(f, a) + d.Say("。", ". ") + d.sideWord(behind.Side) + d.FactSentence(behind.Fact))
			for _, o := range behind.Fact.Origins {
				used[o.Exhibit] = true
				parts := []string{d.Say("証拠 ", "Exhibit ") + d.OriginWord(o), d.BasisWord(o)}
				if !o.At.IsZero() {
					parts = append(parts, d.Date(o.At))
				}
				if o.Excerpt != "" {
					parts = append(parts, d.Say("「"+o.Excerpt+"」", "\""+o.Excerpt+"\""))
				}
				d.tell(d.and(parts))
			}
		}
	}
	d.readExhibits(used)
	return nil
}

func (d *dialogue) sideWord(side string) string {
	switch side {
	case "for":
		return d.Say("肯定方向。", "For. ")
	case "against":
		return d.Say("否定方向。", "Against. ")
	default:
		return ""
	}
}

// readExhibits reads what each exhibit is, and whether its file is the one stated.
func (d *dialogue) readExhibits(used map[string]bool) {
	res := d.review.Result
	for _, e := range res.Report.Exhibits {
		if !used[e.ID] {
			continue
		}
		parts := []string{d.Say("証拠 ", "Exhibit ") + e.ID, d.Say("「"+e.Title+"」", "\""+e.Title+"\""), d.In(export.RoleWord(e.Role))}
		if branch := d.BranchWord(e); branch != "" {
			parts = append(parts, branch)
		}
		if state, checked := res.Exhibits[e.ID]; checked {
			parts = append(parts, d.In(export.ExhibitWord(state)))
		}
		if e.SHA256 != "" {
			parts = append(parts, "SHA-256 "+e.SHA256)
		}
		d.tell(d.and(parts))
	}
}

func (d *dialogue) readProvision([]string) error {
	f := d.finding()
	var all []export.Provision
	for _, p := range f.Anchor.Places {
		all = append(all, d.options.Provisions.Of(f, p)...)
	}
	if len(all) == 0 {
		d.tell(d.NoText(f.Law))
		return nil
	}
	for i := range all {
		p := &all[i]
		if len(p.Phrases) == 0 {
			continue
		}
		d.tell(d.UnitWord(f, p))
		d.tell(p.Text())
		d.tell(d.SourceWords(p.Is))
		for _, note := range p.Notes {
			d.tell(d.In(note))
		}
	}
	for _, lack := range d.Lacks(f, all) {
		d.tell(lack.Words)
		d.tellCommand(lack.Command)
	}
	return nil
}

func (d *dialogue) readWhy(arguments []string) error {
	f := d.finding()
	for _, a := range d.clauses(arguments) {
		d.readAnswer(f, a)
		for _, line := range d.Why(f, a) {
			d.tell(line.Text)
		}
	}
	return nil
}

func (d *dialogue) readHistory([]string) error {
	st := d.review.Of(d.finding())
	if len(st.History) == 0 {
		d.tell(d.Say("この指摘の記録はありません", "Nothing is recorded on this finding"))
	}
	for _, e := range st.History {
		d.tellEntry(st, e)
	}
	return nil
}

// tellEntry tells of an entry: what it does and on which finding, then its number and
// what became of it.
func (d *dialogue) tellEntry(st *review.State, e review.Entry) {
	parts := []string{d.EntryWord(st.Finding, e)}
	if st.Finding != nil && st.Finding != d.finding() {
		parts = append(parts, d.Heading(st.Finding)+" "+st.Finding.ID)
	}
	if e.Note != "" {
		parts = append(parts, d.Say("「"+e.Note+"」", "\""+e.Note+"\""))
	}
	parts = append(parts, e.By, d.At(e.At), d.Say(fmt.Sprintf("%d番", e.Seq), fmt.Sprintf("no. %d", e.Seq)))
	if d.review.IsVoid(e.Seq) {
		parts = append(parts, d.Say("取り消された", "taken back"))
	}
	if causes := export.Stale(st, e); len(causes) > 0 {
		parts = append(parts, d.Say("要再確認、", "to be looked at again: ")+d.CausesWord(causes))
	}
	d.tell(d.and(parts))
}
