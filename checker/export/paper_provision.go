package export

import (
	"jobun/checker"
	"jobun/checker/law"
)

// provisionTexts quotes the smallest units that are cited, with the number of each
// clause before the words that it reads.
func (p *paperWriter) provisionTexts(f *checker.Finding) {
	p.heading(3, "3　条文", "3. Text of the provision")
	list := p.Provisions.ofFinding(f)
	if len(list) == 0 {
		p.add(Block{Kind: Paragraph, Spans: own(p.NoText(f.Law))})
	}
	hasText := false
	for i := range list {
		if text := &list[i]; len(text.Phrases) > 0 {
			hasText = true
			p.provisionText(f, text)
		}
	}
	if hasText {
		p.add(Block{Kind: Paragraph, Spans: own(p.MarginWord())})
	}
	for _, lack := range p.Lacks(f, list) {
		words := lack.Words
		if lack.Command != "" {
			words += " " + lack.Command
		}
		p.add(Block{Kind: Paragraph, Spans: own(words)})
	}
}

func (p *paperWriter) provisionText(f *checker.Finding, text *Provision) {
	p.add(Block{Kind: Paragraph, Spans: own(p.UnitWord(f, text))})
	p.add(Block{Kind: Quote, Spans: quoted(p.numbered(f, text))})
	is := text.Is
	p.item(0, own(p.Say("版: ", "Version: ")+is.Revision+p.Say("（"+p.Day(is.From)+"施行）", " (in force from "+p.Day(is.From)+")"))...)
	p.item(0, own(p.Say("条文の確かさ: ", "Grade of the text: ")+p.In(TextGradeWord(is.Grade)))...)
	source := is.Source
	if source == "" {
		source = p.Say("記載なし", "not stated")
	}
	fetched := ""
	if !is.Fetched.IsZero() {
		fetched = p.Say("（"+p.Day(is.Fetched)+"取得）", " (fetched "+p.Day(is.Fetched)+")")
	}
	p.item(0, Span{Text: p.Say("出典: ", "Source: ")}, Span{Text: source, Quoted: true}, Span{Text: fetched})
	p.item(0, own(p.Say("SHA-256（"+p.whole(f, text)+"の正規化した本文）: ", "SHA-256 (of the normalised text of "+p.whole(f, text)+"): ")+is.SHA256)...)
	for _, note := range text.Notes {
		p.item(0, own(p.In(note))...)
	}
}

// whole is the provision that a text's hash is of: all of the paragraph, if only
// the part before its items is quoted.
func (p *paperWriter) whole(f *checker.Finding, text *Provision) string {
	return f.Law.CitePlace(text.Place, p.Cites(law.Full))
}
