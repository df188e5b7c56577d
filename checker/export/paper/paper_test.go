package paper_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"jobun/checker/export/paper"
)

func formats() []paper.Format {
	return []paper.Format{paper.DOCXFormat, paper.HTMLFormat, paper.MarkdownFormat, paper.TextFormat}
}

func written(t rapid.TB, p *paper.Paper, f paper.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b, f); err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	return b.Bytes()
}

// sample has every kind of block.
func sample() *paper.Paper {
	p := &paper.Paper{
		Kind: "summary", Title: "要約", Lang: "ja", Footer: "機械的に整理したもの。", Draft: "下書き", Made: paper.Made{Tool: "jobun 0", Settings: map[string]string{"date": "2026-11-25"}},
		Blocks: []paper.Block{
			{Kind: paper.Paragraph, Spans: paper.Own("前書き")},
			{Kind: paper.Heading, Level: 1, Section: "overview", Spans: paper.Own("一覧")},
			{Kind: paper.Table, Weights: []int{1, 3, 1}, Head: []paper.Cell{paper.Own("番号"), paper.Own("内容"), paper.Own("備考")}, Rows: [][]paper.Cell{{paper.Own("一"), {{Text: "F-A", To: "F-A"}}, nil}, {nil, paper.Quoted("<b>|x"), paper.Own("二")}}},
			{Kind: paper.Heading, Level: 1, Section: "finding", Anchor: "F-A", Break: true, Spans: paper.Own("指摘")},
			{Kind: paper.Heading, Level: 2, Anchor: "F-A-facts", Spans: paper.Own("事実")},
			{Kind: paper.Item, Spans: []paper.Span{{Text: "作成された"}, {Text: "〔甲1〕", Note: []paper.Span{{Text: "甲1・12行目 "}, {Text: "0123abcd", Code: true}}}}},
			{Kind: paper.Item, Level: 1, Spans: paper.Quoted("- 一段下")},
			{Kind: paper.Quote, Spans: []paper.Span{{Text: "①", Strong: true}, {Text: "正当な理由がないのに、\n二行目", Quoted: true}}},
			{Kind: paper.Heading, Level: 3, Spans: paper.Own("下")},
			{Kind: paper.Heading, Level: 3, Spans: paper.Own("下の次")},
			{Kind: paper.Heading, Level: 4, Spans: paper.Own("さらに下")},
			{Kind: paper.Notice, Spans: paper.Own("注意")},
			{Kind: paper.Item, Counted: true, Spans: []paper.Span{{Text: "数える一。根拠は"}, {To: "F-A-facts"}}},
			{Kind: paper.Item, Counted: true, Spans: []paper.Span{{Text: "数える二"}, {Text: "刑法の文言", Quoted: true, Public: true}}},
			{Kind: paper.Heading, Level: 1, Section: paper.Part, Anchor: "en", Lang: "en", Break: true, Spans: paper.Own("Translation")},
			{Kind: paper.Heading, Level: 1, Section: "overview", Anchor: "en-F-A", Lang: "en", Spans: paper.Own("Overview")},
			{Kind: paper.Heading, Level: 2, Anchor: "en-facts", Spans: paper.Own("Facts")},
			{Kind: paper.Item, Counted: true, Spans: []paper.Span{{Text: "counted, see "}, {To: "en-facts"}}},
		},
	}
	p.Number()
	return p
}

func TestNumbers(t *testing.T) {
	numbers := func(p *paper.Paper, kind paper.Kind) []string {
		var list []string
		for _, b := range p.Blocks {
			if b.Kind == kind {
				list = append(list, b.Number)
			}
		}
		return list
	}
	japanese, english := sample(), sample()
	english.Lang = "en"
	english.Number()
	for _, c := range []struct {
		p     *paper.Paper
		kind  paper.Kind
		wants []string
	}{
		{japanese, paper.Heading, []string{"第1", "第2", "1", "(1)", "(2)", "ア", "", "1", "1.1"}},
		{english, paper.Heading, []string{"1", "2", "2.1", "2.1.1", "2.1.2", "2.1.2.1", "", "1", "1.1"}},
		{japanese, paper.Item, []string{"", "", "(1)", "(2)", "(1)"}},
	} {
		if have := numbers(c.p, c.kind); !slices.Equal(have, c.wants) {
			t.Errorf("%s of a paper in %s: numbers %q, want %q", c.kind, c.p.Lang, have, c.wants)
		}
	}
}

// A link without words is given the number of what it leads to.
func TestReferences(t *testing.T) {
	have := map[string]string{}
	sample().Walk(func(s *paper.Span) {
		if s.To != "" {
			have[s.To] = s.Text
		}
	})
	if want := map[string]string{"F-A": "F-A", "F-A-facts": "第2の1", "en-facts": "1.1"}; !reflect.DeepEqual(have, want) {
		t.Errorf("links %q, want %q", have, want)
	}
}

// Every format shows all words of a paper, is the same twice, and carries the paper.
func TestFormats(t *testing.T) {
	p := sample()
	for _, f := range formats() {
		data := written(t, p, f)
		if !bytes.Equal(data, written(t, sample(), f)) {
			t.Errorf("%s: other bytes the second time", f)
		}
		lines, err := paper.Visible(f, data)
		if err != nil {
			t.Fatal(err)
		}
		shown := squeezed(strings.Join(lines, ""))
		p.Walk(func(s *paper.Span) {
			if text := squeezed(s.Text); f != paper.MarkdownFormat && !strings.Contains(shown, text) {
				t.Errorf("%s does not show %q", f, s.Text)
			}
		})
		for _, word := range []string{p.Title, p.Footer, p.Draft, "第2", "ア", "(1)数える一", "(2)数える二", "1.1Facts"} {
			if !strings.Contains(shown, squeezed(word)) {
				t.Errorf("%s does not show %q", f, word)
			}
		}
		carried, err := paper.Carried(f, data)
		if f == paper.TextFormat {
			if !errors.Is(err, paper.ErrNothingCarried) {
				t.Errorf("plain text carries a paper: %v", err)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(carried, p) {
			t.Errorf("%s carries another paper: %v", f, err)
		}
	}
}

func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// Whatever a text holds, no format loses it, takes it for markup, or ends early by it.
func TestHostileTexts(t *testing.T) {
	texts := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{"<script>alert(1)</script>", "</w:t></w:p>", "-->", "{{.}}", "[a](javascript:x)", "|", "=1+1", "\u202e", "\x00\x1b[2J", "]]>", "&lt;", "ｶﾞ", "葛\U000E0100", "\n\n# x", "---", "```"}),
	)
	rapid.Check(t, func(rt *rapid.T) {
		p := sample()
		texts := rapid.SliceOfN(texts, 4, 4).Draw(rt, "texts")
		p.Title = texts[0]
		p.Blocks[2].Rows[0][0] = paper.Quoted(texts[1])
		p.Blocks[5].Spans[1].Note = paper.Quoted(texts[2])
		p.Blocks[7].Spans[1].Text = texts[3]
		p.Clean()
		for _, f := range formats() {
			data := written(rt, p, f)
			lines, err := paper.Visible(f, data)
			if err != nil {
				rt.Fatal(err)
			}
			shown := squeezed(strings.Join(lines, ""))
			for _, span := range []string{p.Title, p.Blocks[2].Rows[0][0][0].Text, p.Blocks[5].Spans[1].Note[0].Text, p.Blocks[7].Spans[1].Text} {
				if f != paper.MarkdownFormat && !strings.Contains(shown, squeezed(span)) {
					rt.Fatalf("%s lost %q", f, span)
				}
			}
			if f != paper.TextFormat {
				if carried, err := paper.Carried(f, data); err != nil || !reflect.DeepEqual(carried, p) {
					rt.Fatalf("%s carries another paper: %v", f, err)
				}
			}
			if f == paper.HTMLFormat && (bytes.Count(data, []byte("<script")) != 2 || bytes.Count(data, []byte("<!--")) != 0) {
				rt.Fatalf("a text became markup in HTML")
			}
		}
	})
}
