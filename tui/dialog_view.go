package tui

import (
	"fmt"

	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/cells"
)

// dialogLeft is how much of the screen stays beside the dialog: the left column, where
// there are several.
func (m *model) dialogLeft() int {
	if len(m.columns) < 2 || m.sizes.tiny {
		return 0
	}
	return m.columns[0].width + 1
}

// textWidth is how wide the texts of a dialog are.
func (m *model) textWidth() int { return max(2, min(m.width-m.dialogLeft(), measure)-4) }

// dialogBeside draws the dialog beside the left column, where there are several columns,
// else over the body.
func (m *model) dialogBeside(height int) ([]string, *point) {
	left := m.dialogLeft()
	lines, at := m.dialogLines(m.width-left, height)
	if left == 0 {
		return lines, at
	}
	list := m.columns[0].lines(m.sizes)
	for i := range lines {
		if i < len(list) {
			lines[i] = list[i] + "|" + lines[i]
		} else {
			lines[i] = spaces(left) + lines[i]
		}
	}
	if at != nil {
		at.x += left
	}
	return lines, at
}

// dialogLines draws the dialog: what it is on, then its fields. Where it is too high, what
// the keys go to stays on the screen.
func (m *model) dialogLines(width, height int) ([]string, *point) {
	w := &dialogWriter{m: m, d: m.dialog, width: width}
	w.head()
	for i, f := range m.dialog.fields {
		w.field(f, i == m.dialog.at)
	}
	w.foot()
	top := 0
	if w.at != nil && w.at.y >= height {
		top = min(w.at.y-height/2, len(w.lines)-height)
	}
	lines := make([]string, height)
	for i := range lines {
		var spans []span
		switch {
		case i == 0: // what it is on is always shown
			spans = w.lines[0]
		case top+i < len(w.lines):
			spans = w.lines[top+i]
		}
		lines[i] = draw(spans, width, plain, asIs)
	}
	if w.at != nil {
		w.at.y -= top
	}
	return lines, w.at
}

type dialogWriter struct {
	m     *model
	d     *dialog
	width int
	lines [][]span
	at    *point // the cursor of the terminal
}

func (w *dialogWriter) line(spans ...span) { w.lines = append(w.lines, spans) }

func (w *dialogWriter) wrapped(indent int, text string, t tone) {
	for _, part := range cells.Wrap(cells.Sanitise(text), max(2, min(w.width, measure)-indent-1)) {
		w.line(span{spaces(indent) + part, t})
	}
}

func (w *dialogWriter) head() {
	s, f := w.m.style, w.d.on[0]
	title := " " + s.In(export.ActionWord(w.d.action)) + ": "
	if len(w.d.on) == 1 {
		title += f.ID + "  " + s.Heading(f)
	} else {
		title += fmt.Sprintf(s.Say("%d件", "%d findings"), len(w.d.on))
	}
	w.line(span{cells.Truncate(cells.Sanitise(title), w.width), strong})
	if len(w.d.on) > 1 {
		var ids []string
		for _, f := range w.d.on {
			ids = append(ids, f.ID)
		}
		w.wrapped(3, w.m.someOf(ids), plain)
	} else {
		w.wrapped(3, w.m.conduct(f)+"  "+s.In(export.FindingWord(f))+" "+s.Counts(f), plain)
		if a, ok := f.Answer(w.d.clause); ok {
			w.wrapped(3, s.ClauseName(f, a)+" "+a.Clause.Phrase(s.Lang)+"  "+s.In(a.Clause.Ask), plain)
		}
		if st := w.m.review.Of(f); st.Decision != nil {
			for _, line := range s.DecisionLines(st) {
				w.wrapped(3, s.Say("前の記録: ", "before: ")+line, plain)
			}
		}
	}
	w.line()
}

func (w *dialogWriter) label(text string, on bool) {
	sign := "   "
	t := plain
	if on {
		sign, t = " > ", strong
	}
	w.line(span{sign + text, t})
}

func (w *dialogWriter) field(f field, on bool) {
	s, d := w.m.style, w.d
	switch f {
	case reasonField:
		w.label(s.Say("理由（必須）　数字又は上下で選ぶ", "Reason (needed): by number, or up and down"), on)
		for i, r := range review.Reasons() {
			w.choice(i+1, d.reason == i+1, s.In(export.ReasonWord(r)), on)
		}
	case clauseField:
		w.label(s.Say("どの要件について", "On which clause"), on)
		w.choice(0, d.needsOf == 0, s.Say("特定しない", "none in particular"), on)
		for i, a := range d.clauses {
			w.choice(i+1, d.needsOf == i+1, s.ClauseName(d.on[0], a)+" "+a.Clause.Phrase(s.Lang)+"  "+s.In(export.AnswerWord(a)), on)
		}
	case answerField:
		w.label(s.Say("この要件に（必須）　y 当たると考える　n 当たらないと考える", "The clause (needed): y is met, n is not, in your opinion"), on)
		w.choice(1, d.yes == 1, s.Say("当たると考える", "met, in your opinion"), on)
		w.choice(2, d.yes == 2, s.Say("当たらないと考える", "not met, in your opinion"), on)
	case needsField:
		w.label(s.Say("必要な証拠（必須）", "Evidence needed"), on)
		w.area(&d.needs, on)
	case noteField:
		w.label(w.noteLabel(), on)
		w.area(&d.note, on)
	case expiresField:
		label := s.Say("次回確認期限（任意、2027-03-31 の形）: ", "To be looked at again by (optional, as 2027-03-31): ")
		text, cursor := d.expires.shown(max(1, w.width-cells.Width(label)-3))
		if on {
			w.at = &point{3 + cells.Width(label) + cursor, len(w.lines)}
		}
		w.label(label+text, on)
	}
}

func (w *dialogWriter) noteLabel() string {
	s := w.m.style
	switch {
	case w.m.needsNoMore(w.d):
		return s.Say("メモ（任意）　Enter だけで記録します", "Note (optional): Enter alone records it")
	case w.d.action == review.Answer || w.d.action == review.Approve:
		return s.Say("メモ（任意）", "Note (optional)")
	default:
		return s.Say("メモ（必須）", "Note (needed)")
	}
}

// choice draws one of several; the terminal's cursor goes to the one that is chosen.
func (w *dialogWriter) choice(number int, isChosen bool, words string, on bool) {
	sign := "( )"
	if isChosen {
		sign = "(*)"
		if on {
			w.at = &point{5, len(w.lines)}
		}
	}
	w.line(span{text: cells.Truncate(cells.Sanitise(fmt.Sprintf("    %s %d %s", sign, number, words)), w.width)})
}

// leastText is how many lines of a text are shown, even if it has fewer.
const leastText = 3

func (w *dialogWriter) area(a *area, on bool) {
	lines, x, y := a.lines(w.m.textWidth())
	if on {
		w.at = &point{4 + x, len(w.lines) + y}
	}
	for len(lines) < leastText {
		lines = append(lines, "")
	}
	for _, line := range lines {
		w.line(span{text: "  | " + line})
	}
}

// foot says who would record it, what it would be pinned to, and what is in the way.
func (w *dialogWriter) foot() {
	s := w.m.style
	w.line()
	w.wrapped(1, s.Say("記録者 ", "by ")+w.m.author+s.Say("　日時は自動　条文の版・証拠・主張・規則を固定して記録します", "; the time is set; recorded with the version, evidence, statements and rule that it is on"), plain)
	if len(w.d.on) > 1 {
		_, refused := w.m.drafted(w.d)
		for _, line := range w.m.refusedWords(refused, len(w.d.on)) {
			w.wrapped(1, line, plain)
		}
	}
	if w.d.action == review.SetAside && w.d.reasonCode() == review.EvidenceLacking {
		w.wrapped(1, s.Say("何があれば足りるかを残すには e 要証拠", "To say what would be enough, use e (needs evidence)"), plain)
	}
	if w.d.trouble != "" {
		w.wrapped(1, "! "+w.d.trouble, warned)
	}
}
