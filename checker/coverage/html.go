package coverage

import (
	"html/template"
	"io"
	"strings"

	"jobun/checker"
)

// WriteHTML writes rules beside the words of their provisions as one page, which
// needs no script and no other file.
func WriteHTML(w io.Writer, lang string, covered []Covered) error {
	say := sayer(lang)
	page := struct {
		Lang, Title, Read, LeftOut, Bare, NoText string
		Rules                                    []htmlRule
	}{
		Lang: lang, Title: say("条文カバレッジ", "Coverage of provisions"),
		Read: say("要件・除外事由・法定刑が読む", "read by an element, an exception or the penalty"), LeftOut: say("理由を付して除く", "left out, with a reason"),
		Bare: say("読まれない", "read by nothing"), NoText: say("条文なし", "no text is held"),
	}
	if lang != "en" {
		page.Lang = "ja"
	}
	for _, c := range covered {
		page.Rules = append(page.Rules, htmlRuleOf(c, lang))
	}
	return htmlPage.Execute(w, page)
}

type htmlRule struct {
	ID, Title, NoLaw string
	Without          []string
	Units            []htmlUnit
	Clauses          []htmlClause
	Omitted          []htmlClause
}

type htmlUnit struct {
	Cite, When, Counts, Revisions string
	Marks                         []htmlMark
}

type htmlMark struct{ Class, Names, Text string }

type htmlClause struct{ Name, ID, Words, Why string }

func htmlRuleOf(c Covered, lang string) htmlRule {
	say := sayer(lang)
	r := c.Rule
	h := htmlRule{ID: r.ID, Title: r.Title.In(lang)}
	if c.NoLaw {
		h.NoLaw = say("法令ではないため、法令ストアに本文がない。", "It is no law: its text is in no law store.")
	}
	for _, d := range c.Without {
		h.Without = append(h.Without, days(d, say))
	}
	for _, u := range c.Units {
		read, omitted, bare := u.Counts()
		h.Units = append(h.Units, htmlUnit{
			Cite: u.Cite(r, lang), When: u.When(lang), Counts: counted(read, omitted, bare, say),
			Revisions: strings.Join(u.Revisions, ", "), Marks: u.htmlMarks(r),
		})
	}
	for _, clause := range r.Clauses() {
		h.Clauses = append(h.Clauses, htmlClause{Name: Name(r, clause.ID), ID: clause.ID, Words: clause.Phrase(lang)})
	}
	for i := range r.Omitted {
		h.Omitted = append(h.Omitted, htmlClause{Name: letter(i), Words: r.Omitted[i].Words, Why: r.Omitted[i].Why.In(lang)})
	}
	return h
}

func (u *Unit) htmlMarks(r *checker.Rule) []htmlMark {
	var marks []htmlMark
	for _, m := range u.Marks {
		h := htmlMark{Text: u.Text[m.From:m.To]}
		switch {
		case len(m.Readers) > 0:
			h.Class, h.Names = "read", strings.Join(m.Readers, "・")
		case len(m.Omitted) > 0:
			h.Class, h.Names = "out", letters(r, m.Omitted)
		case strings.Map(wordsOnly, h.Text) != "":
			h.Class = "bare"
		}
		marks = append(marks, h)
	}
	return marks
}

// htmlPage escapes everything that it is given. The marks are told apart without
// colour too: by lines under the words, and by their numbers.
var htmlPage = template.Must(template.New("coverage").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{.Title}}</title>
<style>
body { font-family: "Noto Serif CJK JP", "Yu Mincho", "Hiragino Mincho ProN", serif; max-width: 50em; margin: 2em auto; padding: 0 1em; line-height: 2; color: #111; background: #fff }
h1 { font-size: 1.4em } h2 { font-size: 1.15em; margin-top: 2.5em; border-bottom: 1px solid #888 } h3 { font-size: 1em; margin-bottom: 0 }
sup { font-size: .65em; margin-right: .15em }
.read { text-decoration: underline; text-underline-offset: .3em; background: #e8f1e4 }
.out { text-decoration: underline dotted; text-underline-offset: .3em; color: #555 }
.bare { text-decoration: underline wavy #a00; text-underline-offset: .3em; background: #fbe9e7 }
.small, dl { font-size: .85em; color: #333; line-height: 1.6 }
dt { float: left; clear: left; min-width: 3em } dd { margin-left: 3.5em }
@media print { body { margin: 0; max-width: none } h3, .text { break-inside: avoid } h2, h3 { break-after: avoid } .read, .bare { background: none } }
</style>
</head>
<body>
<h1>{{.Title}}</h1>
<p class="small"><span class="read">{{.Read}}</span>　<span class="out">{{.LeftOut}}</span>　<span class="bare">{{.Bare}}</span></p>
{{range .Rules}}<section>
<h2>{{.Title}} <span class="small">{{.ID}}</span></h2>
{{with .NoLaw}}<p class="small">{{.}}</p>
{{end}}{{range .Without}}<p class="small">{{.}}　{{$.NoText}}</p>
{{end}}{{range .Units}}<h3>{{.Cite}} <span class="small">{{.When}}</span></h3>
<p class="text">{{range .Marks}}{{if .Class}}<span class="{{.Class}}">{{with .Names}}<sup>{{.}}</sup>{{end}}{{.Text}}</span>{{else}}{{.Text}}{{end}}{{end}}</p>
<p class="small">{{.Counts}}<br>{{.Revisions}}</p>
{{end}}<dl>
{{range .Clauses}}<dt>{{.Name}}</dt><dd>{{.Words}} <code>{{.ID}}</code></dd>
{{end}}{{range .Omitted}}<dt>{{.Name}}</dt><dd>「{{.Words}}」 {{.Why}}</dd>
{{end}}</dl>
</section>
{{end}}</body>
</html>
`))
