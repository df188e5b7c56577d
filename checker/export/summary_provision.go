package export

import (
	"jobun/checker"
	"jobun/checker/export/paper"
	"jobun/checker/law"
)

// provisionTexts quotes the smallest units that are cited, with the number of each
// clause before the words that it reads.
func (p *paperWriter) provisionTexts(f *checker.Finding) {
	list := p.Provisions.ofFinding(f)
	if len(list) == 0 {
		p.paragraph(p.NoText(f.Law))
	}
	hasText := false
	for i := range list {
		if text := &list[i]; len(text.Phrases) > 0 {
			hasText = true
			p.provisionText(f, text)
		}
	}
	if hasText {
		p.paragraph(p.MarginWord())
	}
	for _, lack := range p.Lacks(f, list) {
		words := lack.Words
		if lack.Command != "" {
			words += " " + lack.Command
		}
		p.paragraph(words)
	}
}

func (p *paperWriter) provisionText(f *checker.Finding, text *Provision) {
	p.paragraph(p.UnitWord(f, text))
	p.add(paper.Block{Kind: paper.Quote, Spans: p.numberedSpans(f, text)})
	is := text.Is
	p.item(0, p.Say("版: ", "Version: ")+is.Revision+p.Say("（"+p.Day(is.From)+"施行）", " (in force from "+p.Day(is.From)+")"))
	p.item(0, p.Say("条文の確かさ: ", "Grade of the text: ")+p.In(TextGradeWord(is.Grade)))
	source := p.Say("記載なし", "not stated")
	if is.Source != "" {
		source = p.theirs(is.Source)
	}
	fetched := ""
	if !is.Fetched.IsZero() {
		fetched = p.Say("（"+p.Day(is.Fetched)+"取得）", " (fetched "+p.Day(is.Fetched)+")")
	}
	p.item(0, p.Say("出典: ", "Source: ")+source+fetched)
	p.item(0, p.Say("SHA-256（"+p.whole(f, text)+"の正規化した本文）: ", "SHA-256 (of the normalised text of "+p.whole(f, text)+"): "), paper.Span{Text: is.SHA256, Code: true})
	for _, note := range text.Notes {
		p.item(0, p.In(note))
	}
}

// numberedSpans is the text with the numbers of the clauses, which are ours.
func (p *paperWriter) numberedSpans(f *checker.Finding, text *Provision) []paper.Span {
	var spans []paper.Span
	for i, ph := range text.Phrases {
		for _, r := range text.Readers(f, i) {
			if r.Begins {
				spans = append(spans, paper.Span{Text: p.margin(r), Strong: true})
			}
		}
		spans = append(spans, paper.Span{Text: ph.Text, Quoted: true, Public: true})
	}
	return spans
}

// whole is the provision that a text's hash is of: all of the paragraph, if only
// the part before its items is quoted.
func (p *paperWriter) whole(f *checker.Finding, text *Provision) string {
	return f.Law.CitePlace(text.Place, p.Cites(law.Full))
}
