package export

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jobun/checker/export/paper"
	"jobun/rules"
)

// Every section is in every summary, whatever there is to say in it, and in order.
func TestSections(t *testing.T) {
	b := rulebook(t, rules.Files)
	for name, text := range fixtures(t) {
		for _, lang := range []string{"ja", "en"} {
			res := result(t, b, text)
			for _, only := range [][]string{nil, {res.Findings[0].ID}} {
				p, err := Summary(res, PaperOptions{Style: Style{Lang: lang}, Only: only})
				if err != nil {
					t.Fatal(err)
				}
				if p.Blocks[0].Kind == paper.Heading {
					t.Errorf("%s: there is no cover", name)
				}
				have := []string{SectionCover}
				for _, block := range p.Blocks {
					if block.Section != "" && block.Section != have[len(have)-1] {
						have = append(have, block.Section)
					}
				}
				if !slices.Equal(have, SummarySections()) {
					t.Errorf("%s, %s: sections %q", name, lang, have)
				}
				for i, block := range p.Blocks {
					if last := i == len(p.Blocks)-1; block.Kind == paper.Heading && block.Level == 1 && (last || p.Blocks[i+1].Kind == paper.Heading && p.Blocks[i+1].Level == 1) {
						t.Errorf("%s, %s: the section %q is empty and does not say so", name, lang, paper.Text(block.Spans))
					}
				}
			}
		}
	}
}

// What is quoted in a paper is told from what is ours to the letter: a statement's
// words are quoted, and the words around them are not.
func TestTheirWordsAreMarked(t *testing.T) {
	b := rulebook(t, rules.Files)
	res := result(t, b, hostileReport("有罪である"))
	p, err := Summary(res, PaperOptions{Style: Style{Lang: "ja"}})
	if err != nil {
		t.Fatal(err)
	}
	quoted := 0
	p.Walk(func(s *paper.Span) {
		if strings.Contains(s.Text, "有罪である") {
			quoted++
			if !s.Quoted {
				t.Errorf("%q is not marked as somebody's words", s.Text)
			}
		}
		if s.Quoted && strings.Contains(s.Text, "対象ソフトウェアが作成した") {
			t.Errorf("%q is ours, and marked as somebody's words", s.Text)
		}
	})
	if quoted < 10 {
		t.Errorf("only %d texts of the report are in the paper", quoted)
	}
}

func TestSpansOf(t *testing.T) {
	s := Style{marked: true}
	hostile := "a" + theirsEnd + "b" + theirsBegin + "c"
	spans := spansOf("名は「" + s.theirs(hostile) + "」。" + s.theirs("") + s.theirs("d"))
	var have []string
	for _, span := range spans {
		have = append(have, fmt.Sprintf("%s %v", span.Text, span.Quoted))
	}
	if want := []string{"名は「 false", `a\x03b\x02c true`, "」。 false", "d true"}; !slices.Equal(have, want) {
		t.Errorf("spans %q, want %q", have, want)
	}
}

// Names are masked wherever they stand, and what was masked is counted on the cover.
func TestRedaction(t *testing.T) {
	b := rulebook(t, rules.Files)
	res := result(t, b, fixtures(t)["../../fixtures/certificate-tool-2012/report.toml"])
	word := "管理者アカウント"
	p, err := Summary(res, PaperOptions{Style: Style{Lang: "ja"}, Redact: true, RedactWords: []string{word}})
	if err != nil {
		t.Fatal(err)
	}
	masked := 0
	p.Walk(func(s *paper.Span) {
		for _, party := range res.Report.Parties {
			if strings.Contains(s.Text, party.Name) {
				t.Errorf("the name %q is in %q", party.Name, s.Text)
			}
		}
		if strings.Contains(s.Text, word) {
			t.Errorf("the word is in %q", s.Text)
		}
		masked += strings.Count(s.Text, "伏字A")
	})
	said := ""
	for _, block := range p.Blocks {
		if block.Kind == paper.Notice && strings.HasPrefix(paper.Text(block.Spans), "次の名を伏せた") {
			said = paper.Text(block.Spans)
		}
	}
	// It stands in the list itself once more.
	if want := fmt.Sprintf("伏字A %d箇所", masked-1); !strings.Contains(said, want) {
		t.Errorf("the cover says %q, and there are %s", said, want)
	}
	if strings.Contains(fmt.Sprint(p.Made), word) {
		t.Error("what is masked stands in the settings")
	}
}

func TestChosenFindings(t *testing.T) {
	b := rulebook(t, rules.Files)
	res := result(t, b, fixtures(t)["../../fixtures/certificate-tool-2012/report.toml"])
	p, err := Summary(res, PaperOptions{Style: Style{Lang: "ja"}, Accepted: true})
	if err != nil {
		t.Fatal(err)
	}
	said := false
	p.Walk(func(s *paper.Span) {
		said = said || s.Text == fmt.Sprintf("0件（取上げとしたもの）。ほかの %d件は収めていない", len(res.Findings))
	})
	if !said {
		t.Error("the paper does not say that it is on no finding")
	}
	if _, err := Summary(res, PaperOptions{Style: Style{Lang: "ja"}, Only: []string{"F-NOSUCH"}}); err == nil {
		t.Error("a finding that does not exist is taken for none")
	}
}
