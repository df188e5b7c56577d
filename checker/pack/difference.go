package pack

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jobun/checker/export/paper"
)

// Kind is what does not agree.
type Kind string

// The kinds of what does not agree.
const (
	Citation  Kind = "citation"
	Date      Kind = "date"
	Hash      Kind = "hash"
	Quotation Kind = "quotation"
	Total     Kind = "total"
	Wording   Kind = "wording" // any other words
	Form      Kind = "form"    // markup, or a line of a manifest
	Setting   Kind = "setting" // what the paper says that it was made of, or how
	FileGone  Kind = "missing file"
	FileAdded Kind = "added file"
	Exhibits  Kind = "exhibit"
	Signature Kind = "signature"
)

// Difference is one thing that does not agree: what is wanted by what was compared
// with, and what there is.
type Difference struct {
	Kind       Kind
	Where      string
	Want, Have string
}

// maxDifferences is how many differences of one paper are listed.
const maxDifferences = 20

// OfFile compares a file with the paper that it carries, written again in the same
// format: bytes first, else the lines that a reader sees. The note says what was
// compared where it is less than the bytes.
func OfFile(f paper.Format, data []byte, carried *paper.Paper) (list []Difference, note Kind, err error) {
	var again bytes.Buffer
	if err := carried.Write(&again, f); err != nil {
		return nil, "", err
	}
	if bytes.Equal(again.Bytes(), data) {
		return nil, "", nil
	}
	want, err := paper.Visible(f, again.Bytes())
	if err != nil {
		return nil, "", err
	}
	have, err := paper.Visible(f, data)
	if err != nil {
		return nil, "", err
	}
	list = ofLines(want, have, carried)
	switch {
	case len(list) > 0:
		return list, "", nil
	case f == paper.DOCXFormat && partsOf(data) == nil:
		return []Difference{{Kind: Form, Where: string(f), Have: "a package with a part twice, or one that cannot be read"}}, "", nil
	case f == paper.DOCXFormat && sameParts(again.Bytes(), data):
		return nil, "", nil // packed anew, with the same parts
	case f == paper.DOCXFormat:
		return nil, Form, nil // a word processor has written it again
	default:
		return []Difference{{Kind: Form, Where: string(f), Want: "the bytes that the paper gives", Have: "others, though the lines are the same"}}, "", nil
	}
}

// sameParts reports whether two packages hold the same parts.
func sameParts(a, b []byte) bool {
	x, y := partsOf(a), partsOf(b)
	if len(x) != len(y) {
		return false
	}
	for name, text := range x {
		if !bytes.Equal(text, y[name]) {
			return false
		}
	}
	return true
}

// partsOf unpacks a package; nil where two parts have one name, which readers take
// differently, or a part cannot be read or is too large.
func partsOf(data []byte) map[string][]byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil
		}
		text, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
		r.Close()
		if err != nil || len(text) > maxManifest || parts[f.Name] != nil {
			return nil
		}
		parts[f.Name] = append(text, 0) // never nil, so that a second of the name is seen
	}
	return parts
}

// ofLines compares lines: those before the first difference and after the last agree.
func ofLines(want, have []string, p *paper.Paper) []Difference {
	quoted := quotations(p)
	var list []Difference
	for _, pair := range align(want, have) {
		if len(list) == maxDifferences {
			break
		}
		list = append(list, Difference{Kind: kindOf(pair[0], pair[1], quoted), Where: around(pair[0], pair[1]), Want: excerpt(pair[0], pair[1]), Have: excerpt(pair[1], pair[0])})
	}
	return list
}

// align pairs the texts that differ: one by one where as many stand between what
// agrees, else what was left over against nothing.
func align(want, have []string) [][2]string {
	for len(want) > 0 && len(have) > 0 && want[0] == have[0] {
		want, have = want[1:], have[1:]
	}
	for len(want) > 0 && len(have) > 0 && want[len(want)-1] == have[len(have)-1] {
		want, have = want[:len(want)-1], have[:len(have)-1]
	}
	var pairs [][2]string
	for i := range max(len(want), len(have)) {
		var pair [2]string
		if i < len(want) {
			pair[0] = want[i]
		}
		if i < len(have) {
			pair[1] = have[i]
		}
		if pair[0] != pair[1] {
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

// differAt is where two texts begin to differ, in bytes of the first, at a character.
func differAt(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && i < len(a) && !utf8.RuneStart(a[i]) {
		i--
	}
	return i
}

// excerpt is a text around the place where it begins to differ from another.
func excerpt(text, other string) string {
	at := differAt(text, other)
	before, after := []rune(text[:at]), []rune(text[at:])
	from, to := max(0, len(before)-20), min(len(after), 30)
	short := string(before[from:]) + string(after[:to])
	if from > 0 {
		short = "…" + short
	}
	if to < len(after) {
		short += "…"
	}
	return short
}

func around(want, have string) string {
	for _, text := range []string{want, have} {
		if text != "" {
			r := []rune(text)
			return string(r[:min(len(r), 24)])
		}
	}
	return ""
}

// What numbers in a paper look like, in both languages. A hash is looked for first: it
// may hold what looks like a date. Totals are whole lines.
var (
	hashText    = regexp.MustCompile(`[0-9a-f]{12,64}`)
	totalText   = regexp.MustCompile(`内訳: .*計 |(計|全) ?[0-9]+[件点]|[0-9]+ in all|^(Findings|Exhibits|Questions): [0-9]|引用単位 [0-9]+のうち|texts of [0-9]+ of`)
	exhibitText = regexp.MustCompile(`(甲|乙|丙|資料|別添)[0-9]+(の[0-9]+)?|Exhibit [A-Z]+(-[0-9]+)?\b`)
	dateText    = regexp.MustCompile(`(明治|大正|昭和|平成|令和)([0-9]+|元)年([0-9]+月)?([0-9]+日)?|[0-9]{4}-[0-9]{2}(-[0-9]{2})?|[0-9]{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{4}`)
	citeText    = regexp.MustCompile(`第?[0-9〇一二三四五六七八九十百千]+(条(の[0-9〇一二三四五六七八九十]+)*|項|号|編|章)|(art|para|item|Article|Act No|No)\.? ?[0-9ivx()-]+( of [0-9]{4})?|(年|of )[^ ]{0,6}法律第[0-9〇一二三四五六七八九十百]+号|CPS? [0-9.()]+`)
)

// kindOf tells what kind of thing a difference is in, by where in the wanted text it
// begins; where that has nothing there, by the other.
func kindOf(want, have string, quoted []string) Kind {
	for _, pair := range [][2]string{{want, have}, {have, want}} {
		text, at := pair[0], differAt(pair[0], pair[1])
		switch {
		case text == "":
		case covers(hashText, text, at):
			return Hash
		case totalText.MatchString(text) && isDigitNear(text, at):
			return Total
		case isQuoted(text, at, quoted):
			return Quotation
		case covers(exhibitText, text, at):
			return Exhibits
		case covers(dateText, text, at):
			return Date
		case covers(citeText, text, at):
			return Citation
		case isPartQuoted(text, at, quoted):
			return Quotation
		}
	}
	return Wording
}

// covers reports whether a pattern matches over a place of a text, or up to it.
func covers(pattern *regexp.Regexp, text string, at int) bool {
	return slices.ContainsFunc(pattern.FindAllStringIndex(text, -1), func(m []int) bool { return m[0] <= at && at <= m[1] })
}

func isDigitNear(text string, at int) bool {
	return at < len(text) && text[at] >= '0' && text[at] <= '9' || at > 0 && text[at-1] >= '0' && text[at-1] <= '9'
}

// isQuoted reports whether a place of a text is inside of somebody's words in the
// paper. Signs that Markdown puts before others do not count.
func isQuoted(text string, at int, quoted []string) bool {
	at, text = len(strings.ReplaceAll(text[:at], `\`, "")), strings.ReplaceAll(text, `\`, "")
	return slices.ContainsFunc(quoted, func(q string) bool {
		if utf8.RuneCountInString(q) < shortestQuotation {
			return false
		}
		for from := 0; from <= at; {
			i := strings.Index(text[from:], q)
			if i < 0 {
				return false
			}
			if from += i; from <= at && at < from+len(q) {
				return true
			}
			from++
		}
		return false
	})
}

// shortestQuotation is of how many characters words are that are not taken for words of
// ours by chance.
const shortestQuotation = 5

// isPartQuoted is isQuoted where lines are broken inside of the words: the characters
// around a place stand in them.
func isPartQuoted(text string, at int, quoted []string) bool {
	before, after := []rune(strings.ReplaceAll(text[:at], `\`, "")), []rune(strings.ReplaceAll(text[at:], `\`, ""))
	window := string(before[max(0, len(before)-4):]) + string(after[:min(len(after), 4)])
	return utf8.RuneCountInString(window) >= shortestQuotation && slices.ContainsFunc(quoted, func(q string) bool { return strings.Contains(q, window) })
}

// quotations lists the texts of a paper that are not the program's own.
func quotations(p *paper.Paper) []string {
	var list []string
	p.Walk(func(s *paper.Span) {
		if s.Quoted {
			list = append(list, strings.ReplaceAll(s.Text, `\`, ""))
		}
	})
	return list
}

// OfPapers compares a paper with the one that was made again, block by block. The
// kinds are those of the words that differ; settings are compared first.
func OfPapers(again, carried *paper.Paper) []Difference {
	var list []Difference
	said, have := settings(again), settings(carried)
	for i := range said {
		if said[i] != have[i] {
			list = append(list, Difference{Kind: Setting, Where: said[i][0], Want: said[i][1], Have: have[i][1]})
		}
	}
	want, is := blocks(again), blocks(carried)
	quoted := append(quotations(again), quotations(carried)...)
	for _, pair := range align(want, is) {
		if len(list) >= maxDifferences {
			break
		}
		list = append(list, Difference{Kind: kindOf(pair[0], pair[1], quoted), Where: around(pair[0], pair[1]), Want: excerpt(pair[0], pair[1]), Have: excerpt(pair[1], pair[0])})
	}
	if len(list) == 0 && !sameModel(again, carried) {
		list = append(list, Difference{Kind: Form, Where: carried.Title, Want: "the paper as it is made", Have: "the same words, marked otherwise"})
	}
	return list
}

// settings is what a paper is called and was made of, under names for a reader.
func settings(p *paper.Paper) [][2]string {
	return [][2]string{
		{"kind", p.Kind}, {"title", p.Title}, {"lang", p.Lang}, {"footer", p.Footer}, {"draft", p.Draft},
		{"report_sha256", p.Made.Report}, {"rulebook_sha256", p.Made.Rulebook}, {"journal_head", p.Made.Journal}, {"settings", fmt.Sprint(p.Made.Settings)},
	}
}

// blocks is every block and every row of a paper as a line, footnotes with it.
func blocks(p *paper.Paper) []string {
	var lines []string
	var text func(spans []paper.Span) string
	text = func(spans []paper.Span) string {
		var b strings.Builder
		for _, s := range spans {
			b.WriteString(s.Text)
			if len(s.Note) > 0 {
				b.WriteString("（注 " + text(s.Note) + "）")
			}
		}
		return b.String()
	}
	row := func(cells []paper.Cell) {
		var parts []string
		for _, c := range cells {
			parts = append(parts, text(c))
		}
		lines = append(lines, strings.Join(parts, " | "))
	}
	for _, b := range p.Blocks {
		if b.Kind != paper.Table {
			lines = append(lines, b.Number+" "+text(b.Spans))
			continue
		}
		row(b.Head)
		for _, r := range b.Rows {
			row(r)
		}
	}
	return lines
}

func sameModel(a, b *paper.Paper) bool {
	x, errA := json.Marshal(a.Blocks)
	y, errB := json.Marshal(b.Blocks)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}

// OfTexts compares a text file with what the paper that was made again gives.
func OfTexts(want, have string, p *paper.Paper) []Difference {
	return ofLines(strings.Split(want, "\n"), strings.Split(have, "\n"), p)
}
