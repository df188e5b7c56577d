package coverage

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/law"
)

// Lines writes a rule beside the words of its provisions, a paragraph a line:
//
//	［1…］ read by element 1    ｛a…｝ left out on purpose, for reason a
//	［除1…］ by exception 1     《…》 read by nothing, and no reason given
//	［罰…］ the penalty
func (c Covered) Lines(lang string) []string {
	say := sayer(lang)
	r := c.Rule
	lines := []string{r.ID + "  " + r.Title.In(lang)}
	if c.NoLaw {
		return append(lines, "  "+say("法令ではないため、法令ストアに本文がない。", "It is no law: its text is in no law store."))
	}
	for _, d := range c.Without {
		lines = append(lines, "  "+days(d, say)+"  "+say("この間の条文は保存されていない。", "no text of these days is held."))
	}
	for _, u := range c.Units {
		lines = append(lines, "  "+u.Cite(r, lang)+"  "+u.When(lang), "    "+u.marked(r))
		read, omitted, bare := u.Counts()
		lines = append(lines, "    "+counted(read, omitted, bare, say))
	}
	for _, clause := range r.Clauses() {
		if clause.Ja != "" {
			lines = append(lines, "  "+Name(r, clause.ID)+" "+clause.ID+"  "+clause.Phrase(lang))
		} else {
			lines = append(lines, "  "+Name(r, clause.ID)+" "+clause.ID+"  "+clause.Phrase(lang)+say("（条文に対応する文言がない）", " (the provision has no words for it)"))
		}
	}
	for i := range r.Omitted {
		o := &r.Omitted[i]
		lines = append(lines, "  "+letter(i)+" 「"+o.Words+"」 "+o.Why.In(lang))
	}
	return lines
}

// sayer picks between Japanese and English.
func sayer(lang string) func(ja, en string) string {
	return func(ja, en string) string {
		if lang == "en" {
			return en
		}
		return ja
	}
}

func counted(read, omitted, bare int, say func(ja, en string) string) string {
	return say(fmt.Sprintf("要件等が読む%d字、理由を付して除く%d字、読まれない%d字", read, omitted, bare),
		fmt.Sprintf("%d characters read, %d left out with a reason, %d read by nothing", read, omitted, bare))
}

// Cite is the unit's place, and that it is only the part before the items.
func (u *Unit) Cite(r *checker.Rule, lang string) string {
	say := sayer(lang)
	cite := r.OfLaw().Cite(u.Place, law.Style{Lang: law.Lang(lang), Form: law.Short})
	if u.Chapeau {
		cite += say("柱書", " (the part before the items)")
	}
	return cite
}

// When is the days of the unit's wording.
func (u *Unit) When(lang string) string {
	say := sayer(lang)
	var parts []string
	for _, d := range u.Days {
		parts = append(parts, days(d, say))
	}
	return strings.Join(parts, say("、", ", "))
}

func days(d Days, say func(ja, en string) string) string {
	if d.Until.IsZero() {
		return d.From.String() + say("～", " –")
	}
	return d.From.String() + say("～", " – ") + d.Until.Add(-1).String()
}

// marked is the text with what reads it.
func (u *Unit) marked(r *checker.Rule) string {
	var b strings.Builder
	for _, m := range u.Marks {
		text := u.Text[m.From:m.To]
		switch {
		case len(m.Readers) > 0:
			b.WriteString("［" + strings.Join(m.Readers, "・") + " " + text + "］")
		case len(m.Omitted) > 0:
			b.WriteString("｛" + letters(r, m.Omitted) + " " + text + "｝")
		case strings.Map(wordsOnly, text) == "":
			b.WriteString(text)
		default:
			b.WriteString("《" + text + "》")
		}
	}
	return b.String()
}

// letters names the reasons for which words are left out.
func letters(r *checker.Rule, omitted []*checker.Omitted) string {
	var names []string
	for i := range r.Omitted {
		for _, o := range omitted {
			if o == &r.Omitted[i] {
				names = append(names, letter(i))
			}
		}
	}
	return strings.Join(names, "・")
}

// letter counts a, b, …, z, aa.
func letter(i int) string {
	if i >= 26 {
		return letter(i/26-1) + letter(i%26)
	}
	return string(rune('a' + i))
}
