package export

import (
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/internal/cells"
)

// Diagram is a finding as Japanese practice draws it (要件事実ブロック図): on the left
// what the provision asks, beside it what stands against it, and what is said in
// reply. In a civil matter that is 請求原因, 抗弁 and 再抗弁; elsewhere elements,
// exceptions and replies, since there the burden does not turn.
type Diagram struct{ Columns [3]DiagramColumn }

// DiagramColumn is one side's turn.
type DiagramColumn struct {
	Title  Text
	Blocks []DiagramBlock
}

// DiagramBlock is a clause with its answer, or a statement.
type DiagramBlock struct {
	Symbol    string           // Kg1, E2, R1
	To        string           // the symbol of what it answers; "": all of the column before
	Answer    *checker.Answer  // of a clause
	Statement *audit.Statement // of a reply
	Admission Admission        // what the parties say of a clause
	By        []string         // the names of those who say it
}

// Admission is what a party says of a clause (認否).
type Admission uint8

// The admissions. Silence is none of them: nothing is taken as admitted by it.
const (
	NothingSaid Admission = iota
	Admitted
	Denied
)

// DiagramOf makes the diagram of a finding.
func DiagramOf(r *audit.Report, f *checker.Finding) Diagram {
	titles, symbols := blockWords(f.Rule.Regime)
	var d Diagram
	for i := range d.Columns {
		d.Columns[i].Title = titles[i]
	}
	withdrawn := r.Withdrawn()
	symbolOf := map[*audit.Statement]string{} // of the clause that a statement speaks to
	for i, answers := range [][]*checker.Answer{f.Elements, f.Exceptions} {
		for n, a := range answers {
			b := DiagramBlock{Symbol: fmt.Sprintf("%s%d", symbols[i], n+1), Answer: a}
			b.Admission, b.By = admissionOf(r, a, withdrawn)
			for _, st := range a.Statements {
				symbolOf[st] = b.Symbol
			}
			d.Columns[i].Blocks = append(d.Columns[i].Blocks, b)
		}
	}
	d.Columns[2].Blocks = replies(r, symbols[2], symbolOf, withdrawn)
	return d
}

// blockWords gives the titles of the columns and what their blocks are numbered with.
func blockWords(regime string) (titles [3]Text, symbols [3]string) {
	if regime == "civil" {
		return [3]Text{say("請求原因", "Cause of claim"), say("抗弁", "Defences"), say("再抗弁・応答", "Replies")}, [3]string{"Kg", "E", "R"}
	}
	return [3]Text{say("要件", "Elements"), say("除外事由・阻却事由", "Exceptions"), say("応答", "Replies")}, [3]string{"Y", "J", "Re"}
}

// admissionOf is what the parties say of a clause: a denial outweighs another
// party's admission, since the clause is then in dispute.
func admissionOf(r *audit.Report, a *checker.Answer, withdrawn map[string]bool) (Admission, []string) {
	by := map[string][]string{}
	for _, st := range a.Statements {
		if name := PartyName(r, st.By); !withdrawn[st.ID] && !slices.Contains(by[st.Stance], name) {
			by[st.Stance] = append(by[st.Stance], name)
		}
	}
	switch {
	case len(by["opposes"]) > 0:
		return Denied, by["opposes"]
	case len(by["admits"]) > 0:
		return Admitted, by["admits"]
	default:
		return NothingSaid, nil
	}
}

// replies lists the statements that answer statements on the clauses, and those that
// answer these, in the order of the report.
func replies(r *audit.Report, symbol string, symbolOf map[*audit.Statement]string, withdrawn map[string]bool) []DiagramBlock {
	symbols := map[string]string{} // of a statement, by its id
	for st, s := range symbolOf {
		symbols[st.ID] = s
	}
	var blocks []DiagramBlock
	for placed := true; placed; {
		placed = false
		for i := range r.Statements {
			st := &r.Statements[i]
			to := ""
			for _, id := range st.Answers {
				to = firstOf(to, symbols[id])
			}
			if to == "" || symbols[st.ID] != "" || withdrawn[st.ID] {
				continue
			}
			b := DiagramBlock{Symbol: fmt.Sprintf("%s%d", symbol, len(blocks)+1), To: to, Statement: st, By: []string{PartyName(r, st.By)}}
			symbols[st.ID] = b.Symbol
			blocks = append(blocks, b)
			placed = true
		}
	}
	return blocks
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// AdmissionWord is what the parties say of a clause, with who says it.
func (s Style) AdmissionWord(b DiagramBlock) string {
	word := s.Say("認否なし", "nothing said")
	switch b.Admission {
	case Admitted:
		word = s.Say("認める", "admitted")
	case Denied:
		word = s.Say("争う", "denied")
	}
	if len(b.By) == 0 {
		return word
	}
	return word + s.Say("（"+strings.Join(b.By, "、")+"）", " ("+strings.Join(b.By, ", ")+")")
}

// blockLines writes a block: symbol and state first, then the words, then what is
// said of it.
func (s Style) blockLines(b DiagramBlock) []string {
	if b.Statement != nil {
		head := b.Symbol + " " + s.Say(b.To+"に対し　", "to "+b.To+"  ") + b.Statement.ID + " " + strings.Join(b.By, s.Say("、", ", "))
		return []string{head, "  " + s.Say("「"+b.Statement.Text+"」", "\""+b.Statement.Text+"\"")}
	}
	head := b.Symbol + " " + CodeGlyph(b.Answer.Code, s.Glyphs) + " " + s.In(AnswerWord(b.Answer))
	if b.Answer.Clause.Kind != "" {
		head += s.Say("・", ", ") + s.In(ExceptionWord(b.Answer.Clause.Kind))
	}
	return []string{head, "  " + b.Answer.Clause.Phrase(s.Lang), "  " + s.Say("認否: ", "Said of it: ") + s.AdmissionWord(b)}
}

// diagramColumns is the least width, in cells, at which three columns are read.
const diagramColumns = 96

// DiagramLines draws a diagram: three columns side by side where there is room, else
// one under the other. No line is wider than asked for, which is at least 20 cells.
func (s Style) DiagramLines(d Diagram, width int) []string {
	if width < diagramColumns {
		return s.diagramLinear(d, width)
	}
	room := (width - 6) / 3
	var columns [3][]string
	for i, c := range d.Columns {
		columns[i] = s.columnLines(c, room)
	}
	var lines []string
	for row := range max(len(columns[0]), len(columns[1]), len(columns[2])) {
		var parts []string
		for _, column := range columns {
			text := ""
			if row < len(column) {
				text = column[row]
			}
			parts = append(parts, cells.Pad(text, room))
		}
		lines = append(lines, strings.TrimRight(strings.Join(parts, " | "), " "))
	}
	return lines
}

func (s Style) diagramLinear(d Diagram, width int) []string {
	var lines []string
	for i, c := range d.Columns {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, s.columnLines(c, width)...)
	}
	return lines
}

func (s Style) columnLines(c DiagramColumn, width int) []string {
	lines := []string{cells.Truncate("["+s.In(c.Title)+"]", width)}
	if len(c.Blocks) == 0 {
		return append(lines, s.Say("なし", "none"))
	}
	for i, b := range c.Blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		for _, text := range s.blockLines(b) {
			body := strings.TrimLeft(text, " ")
			indent := text[:len(text)-len(body)]
			for _, line := range cells.Wrap(cells.Sanitise(body), max(2, width-len(indent))) {
				lines = append(lines, indent+line)
			}
		}
	}
	return lines
}
