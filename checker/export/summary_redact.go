package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jobun/checker/export/paper"
)

// mask is a word that is not printed, what stands in its place, and how often.
type mask struct {
	word, by string
	isName   bool // of a party: masked only in what is quoted, for names are often words of ours (利用者)
	times    int
}

// redact masks the names of parties in what is quoted, and the words that the user names
// in all but provisions and the titles of authorities, which nobody may change. It says at the end of the
// cover how many times each mask was put on, and where a word was left.
func (p *paperWriter) redact() {
	masks := p.masks()
	left := 0
	p.paper.Walk(func(s *paper.Span) {
		switch {
		case s.Code: // a hash or an address
		case s.Public:
			left += countWords(s.Text, masks)
		default:
			s.Text = masked(s.Text, masks, s.Quoted)
		}
	})
	if author := p.paper.Made.Settings["author"]; author != "" {
		p.paper.Made.Settings["author"] = masked(author, unbound(masks), true)
	}
	delete(p.paper.Made.Settings, "redact_words") // they are what is masked
	p.paper.Blocks = slices.Insert(p.paper.Blocks, p.endOfCover(), paper.Block{Kind: paper.Notice, Spans: paper.Own(p.maskedWord(masks, left))})
}

// masks lists what is masked, the longest word first: one name may hold another. Public
// authorities are not masked.
func (p *paperWriter) masks() []*mask {
	var masks []*mask
	count := map[string]int{}
	for _, party := range p.res.Report.Parties {
		if party.Kind == "authority" || party.Role == "authority" || party.Name == "" {
			continue
		}
		role := partyWord(party.Role)
		count[role.Ja]++
		masks = append(masks, &mask{word: party.Name, by: p.In(role) + letters(count[role.Ja]), isName: true})
	}
	for i, word := range p.RedactWords {
		if word != "" {
			masks = append(masks, &mask{word: word, by: p.Say("伏字", "masked ") + letters(i+1)})
		}
	}
	slices.SortStableFunc(masks, func(a, b *mask) int {
		return cmp.Or(len(b.word)-len(a.word), strings.Compare(a.word, b.word))
	})
	return masks
}

// masked puts masks on a text in one pass, so that none is put on another.
func masked(text string, masks []*mask, isQuoted bool) string {
	var b strings.Builder
	for text != "" {
		i := slices.IndexFunc(masks, func(m *mask) bool {
			return (isQuoted || !m.isName) && strings.HasPrefix(text, m.word)
		})
		if i < 0 {
			n := nextRune(text)
			b.WriteString(text[:n])
			text = text[n:]
			continue
		}
		b.WriteString(masks[i].by)
		masks[i].times++
		text = text[len(masks[i].word):]
	}
	return b.String()
}

// nextRune is how many bytes the first character of a text has.
func nextRune(text string) int {
	for i := range text {
		if i > 0 {
			return i
		}
	}
	return len(text)
}

// unbound gives the masks anew: what they are put on is not counted.
func unbound(masks []*mask) []*mask {
	var list []*mask
	for _, m := range masks {
		again := *m
		list = append(list, &again)
	}
	return list
}

// countWords counts the user's words in a text that is not masked.
func countWords(text string, masks []*mask) int {
	n := 0
	for _, m := range masks {
		if !m.isName {
			n += strings.Count(text, m.word)
		}
	}
	return n
}

// maskedWord says what was masked, without what it was.
func (p *paperWriter) maskedWord(masks []*mask, left int) string {
	slices.SortStableFunc(masks, func(a, b *mask) int { return strings.Compare(a.by, b.by) })
	var parts []string
	for _, m := range masks {
		if m.times > 0 {
			parts = append(parts, m.by+p.Say(fmt.Sprintf(" %d箇所", m.times), fmt.Sprintf(" %d times", m.times)))
		}
	}
	words := p.Say("伏せた名はない。", "No name was masked.")
	if len(parts) > 0 {
		words = p.Say("次の名を伏せた: "+strings.Join(parts, "、")+"。報告に書かれたとおりの表記だけを伏せている。別の書き方の名が引用に残っていないか、提出の前に確かめること。",
			"These names were masked: "+strings.Join(parts, ", ")+". Only the spelling of the report is masked; check before filing that no other spelling is left in a quotation.")
	}
	if left > 0 {
		words += p.Say(fmt.Sprintf("条文・典拠の引用の中の %d箇所は伏せていない。", left), fmt.Sprintf(" In provisions and titles of authorities %d places are left as they are.", left))
	}
	return words
}

func (p *paperWriter) endOfCover() int {
	i := slices.IndexFunc(p.paper.Blocks, func(b paper.Block) bool { return b.Kind == paper.Heading })
	return max(0, i)
}

// partyWord is what a masked party is called: its part in the matter.
func partyWord(role string) Text {
	switch role {
	case "complainant":
		return say("申立人", "Complainant ")
	case "user":
		return say("利用者", "User ")
	case "publisher":
		return say("提供者", "Publisher ")
	case "intermediary":
		return say("仲介者", "Intermediary ")
	case "officer":
		return say("役職者", "Officer ")
	case "examiner":
		return say("調査者", "Examiner ")
	case "plaintiff":
		return say("原告", "Plaintiff ")
	case "auditor":
		return say("監査人", "Auditor ")
	case "engineer":
		return say("技術者", "Engineer ")
	default:
		return say("関係者", "Party ")
	}
}

// letters is A, B, … Z, AA.
func letters(n int) string {
	text := ""
	for ; n > 0; n = (n - 1) / 26 {
		text = string(rune('A'+(n-1)%26)) + text
	}
	return text
}
