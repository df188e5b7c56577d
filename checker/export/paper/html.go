package paper

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"jobun/internal/cells"
)

// The page's style and script are files of their own, to be read and linted as such.
var (
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string
)

// HTML writes a paper as one page that asks nothing of any network: style and script
// are in it, and its content security policy lets no other run. The script only helps
// to search; without it everything is there. In print everything is there too,
// whatever is searched for.
func (p *Paper) HTML(w io.Writer) error {
	model, err := p.model()
	if err != nil {
		return err
	}
	page, err := template.New("page").Parse(strings.ReplaceAll(pageTemplate, "%WIDE%", htmlWordsOf(p.Lang).Wide))
	if err != nil {
		return fmt.Errorf("the page's template: %w", err)
	}
	h := &hyper{lang: p.Lang, paperLang: p.Lang}
	content := htmlPage{
		Lang: p.Lang, Title: cells.Sanitise(p.Title), Draft: cells.Sanitise(p.Draft), Footer: cells.Sanitise(p.Footer),
		Script: template.JS(pageJS), Style: template.CSS(pageCSS), Words: htmlWordsOf(p.Lang), // our own files
		Policy:   "default-src 'none'; script-src 'sha256-" + scriptHash() + "'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
		Model:    template.JS(model), // letters and digits
		Sections: h.sections(p.Blocks),
	}
	content.Notes = h.notes
	return page.Execute(w, content)
}

func scriptHash() string {
	sum := sha256.Sum256([]byte(pageJS))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// htmlPage is what the template is filled with.
type htmlPage struct {
	Lang, Title, Draft, Footer, Policy string
	Script                             template.JS
	Style                              template.CSS
	Model                              template.JS
	Words                              htmlWords
	Sections                           []htmlSection
	Notes                              []htmlNote
}

// htmlWords are the page's own words.
type htmlWords struct{ Skip, Contents, Find, Found, Notes, Back, Wide string }

func htmlWordsOf(lang string) htmlWords {
	if lang == "en" {
		return htmlWords{"Skip to the text", "Contents", "Find in the sections", "sections shown; printing includes all", "Notes", "back", "Table, scrolls sideways"}
	}
	return htmlWords{"本文へ移る", "目次", "節を文字で絞る", "節を表示中。印刷には全部が含まれます", "注", "戻る", "表（横に動かせます）"}
}

// htmlSection is what stands under one heading of the first level; the first section
// is what stands before any.
type htmlSection struct {
	ID, Kind string
	Lang     string // "": the page's
	Break    bool   // in print it begins a page
	Heading  *htmlBlock
	Blocks   []htmlBlock
}

type htmlBlock struct {
	Kind   Kind
	Level  int
	ID     string
	Number string
	Table  int // the number of the table, among all
	Par    int // the number of the paragraph, to cite it by; 0: it has none
	Spans  []htmlSpan
	Head   [][]htmlSpan
	Rows   [][]htmlCell
	Items  []htmlBlock // of a list
}

type htmlCell struct {
	Label string
	Spans []htmlSpan
}

type htmlSpan struct {
	Text                        string
	Quoted, Strong, Code, Break bool
	Tone, To, Lang              string
	Note                        int
}

type htmlNote struct {
	N     int
	Spans []htmlSpan
}

// hyper turns blocks into what the template shows.
type hyper struct {
	lang       string // of the blocks that are turned now
	paperLang  string
	paragraphs int
	sectioned  int
	tables     int
	notes      []htmlNote
}

func (h *hyper) sections(blocks []Block) []htmlSection {
	list := []htmlSection{{ID: "top", Kind: "top"}}
	for _, b := range blocks {
		if b.Kind == Heading && b.Level == 1 {
			h.lang = b.language(h.paperLang)
		}
		made := h.block(b)
		if b.Kind == Heading && b.Level == 1 {
			h.sectioned++
			id := made.ID
			if id == "" {
				id = fmt.Sprintf("s%d", h.sectioned)
			}
			made.ID = ""
			list = append(list, htmlSection{ID: id, Kind: b.Section, Lang: b.Lang, Break: b.Break, Heading: &made})
			continue
		}
		at := &list[len(list)-1]
		if b.Kind == Item {
			if n := len(at.Blocks); n > 0 && at.Blocks[n-1].Items != nil {
				at.Blocks[n-1].Items = append(at.Blocks[n-1].Items, made)
				continue
			}
			made = htmlBlock{Kind: Item, Items: []htmlBlock{made}}
		}
		at.Blocks = append(at.Blocks, made)
	}
	return list
}

func (h *hyper) block(b Block) htmlBlock {
	made := htmlBlock{Kind: b.Kind, Level: min(b.Level, deepestItem), Number: b.lead(h.lang), Spans: h.spans(b.Spans)}
	if b.Anchor != "" {
		made.ID = escapeAttribute(b.Anchor)
	}
	if b.Kind == Paragraph || b.Kind == Quote || b.Kind == Item {
		h.paragraphs++
		made.Par = h.paragraphs
	}
	if b.Kind == Table {
		h.tables++
		made.Table = h.tables
	}
	for _, cell := range b.Head {
		made.Head = append(made.Head, h.spans(cell))
	}
	for _, row := range b.Rows {
		var cells []htmlCell
		for i, cell := range row {
			label := ""
			if i < len(b.Head) {
				label = Text(b.Head[i])
			}
			cells = append(cells, htmlCell{label, h.spans(cell)})
		}
		made.Rows = append(made.Rows, cells)
	}
	return made
}

func (h *hyper) spans(spans []Span) []htmlSpan {
	var list []htmlSpan
	for _, s := range spans {
		for i, line := range strings.Split(cells.SanitiseLines(s.Text), "\n") {
			made := htmlSpan{Text: line, Quoted: s.Quoted, Strong: s.Strong, Code: s.Code, Break: i > 0, Tone: escapeAttribute(s.Tone), Lang: s.Lang}
			if s.To != "" {
				made.To = escapeAttribute(s.To)
			}
			list = append(list, made)
		}
		if len(s.Note) > 0 {
			h.notes = append(h.notes, htmlNote{N: len(h.notes) + 1})
			n := len(h.notes)
			h.notes[n-1].Spans = h.spans(s.Note)
			list = append(list, htmlSpan{Note: n})
		}
	}
	return list
}

// htmlModelBegins is what stands before the paper that a page carries.
const htmlModelBegins = `<script type="text/plain" id="jobun-paper">`

const pageTemplate = `{{define "span"}}{{if .Break}}<br>{{end}}{{if .Note}}<sup><a href="#note{{.Note}}" id="ref{{.Note}}">[{{.Note}}]</a></sup>{{else}}{{if .To}}<a href="#{{.To}}">{{end}}{{if .Strong}}<strong>{{end}}<span{{if .Tone}} class="tone-{{.Tone}}"{{else if .Code}} class="code"{{else if .Quoted}} class="quoted"{{end}}{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Text}}</span>{{if .Strong}}</strong>{{end}}{{if .To}}</a>{{end}}{{end}}{{end -}}
{{define "spans"}}{{range .}}{{template "span" .}}{{end}}{{end -}}
{{define "block"}}{{if eq .Kind "heading"}}{{if le .Level 2}}<h3{{if .ID}} id="{{.ID}}"{{end}}>{{.Number}}{{template "spans" .Spans}}</h3>{{else}}<h4{{if .ID}} id="{{.ID}}"{{end}}>{{.Number}}{{template "spans" .Spans}}</h4>{{end}}
{{else if eq .Kind "item"}}<ul>{{range .Items}}<li class="d{{.Level}}" id="p{{.Par}}">{{.Number}}{{template "spans" .Spans}}</li>
{{end}}</ul>
{{else if eq .Kind "table"}}<div class="wide" role="region" tabindex="0" aria-label="%WIDE% {{.Table}}"><table><thead><tr>{{range .Head}}<th scope="col">{{template "spans" .}}</th>{{end}}</tr></thead><tbody>
{{range .Rows}}<tr>{{range .}}<td data-label="{{.Label}}">{{template "spans" .Spans}}</td>{{end}}</tr>
{{end}}</tbody></table></div>
{{else if eq .Kind "quote"}}<blockquote id="p{{.Par}}">{{template "spans" .Spans}}</blockquote>
{{else if eq .Kind "notice"}}<p class="notice">{{template "spans" .Spans}}</p>
{{else}}<p id="p{{.Par}}">{{template "spans" .Spans}}</p>
{{end}}{{end -}}
<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}</title>
<style>{{.Style}}</style>
</head>
<body>
<a class="skip" href="#main">{{.Words.Skip}}</a>
<header>{{if .Draft}}<p class="draft">{{.Draft}}</p>{{end}}<h1>{{.Title}}</h1>
<div id="find" role="search" hidden><label for="q">{{.Words.Find}}</label> <input id="q" type="search" autocomplete="off"> <output id="found" aria-live="polite" data-words="{{.Words.Found}}"></output></div></header>
<nav aria-label="{{.Words.Contents}}"><h2>{{.Words.Contents}}</h2><ul>
{{range .Sections}}{{if .Heading}}<li><a href="#{{.ID}}">{{.Heading.Number}}{{range .Heading.Spans}}{{.Text}}{{end}}</a></li>
{{end}}{{end}}</ul></nav>
<main id="main">
{{range .Sections}}{{if or .Heading .Blocks}}<section id="{{.ID}}" class="{{.Kind}}{{if .Break}} page{{end}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>
{{if .Heading}}<h2>{{.Heading.Number}}{{template "spans" .Heading.Spans}}</h2>
{{end}}{{range .Blocks}}{{template "block" .}}{{end}}</section>
{{end}}{{end}}</main>
{{if .Notes}}<section id="notes" aria-label="{{.Words.Notes}}"><h2>{{.Words.Notes}}</h2><ol>
{{range .Notes}}<li id="note{{.N}}">{{template "spans" .Spans}} <a href="#ref{{.N}}" aria-label="{{$.Words.Back}} {{.N}}">^</a></li>
{{end}}</ol></section>
{{end}}<footer>{{.Footer}}</footer>
<script type="text/plain" id="jobun-paper">{{.Model}}</script>
<script>{{.Script}}</script>
</body>
</html>
`
