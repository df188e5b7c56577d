package export

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jobun/checker"
	"jobun/checker/export/paper"
	"jobun/rules"
)

// summarySections lists the sections in their order.
func summarySections() []string {
	return []string{SectionCover, SectionOverview, SectionFinding, SectionChronology, SectionExhibits, SectionAuthorities, SectionCustody, SectionReproduce, SectionDecisions, SectionTerms, SectionUnexamined}
}

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
				if !slices.Equal(have, summarySections()) {
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

// Names are masked in all that is quoted of the report, and what was masked is counted
// on the cover. Words of ours, provisions and titles of authorities stay as they are,
// though a party may be named by one of their words.
func TestRedaction(t *testing.T) {
	b := rulebook(t, rules.Files)
	for name, text := range fixtures(t) {
		res := result(t, b, text)
		word := "管理者アカウント"
		options := PaperOptions{Style: Style{Lang: "ja"}, Author: res.Report.Parties[0].Name, Provisions: textsHeld(res)}
		plain, err := Summary(res, options)
		if err != nil {
			t.Fatal(err)
		}
		options.Redact, options.RedactWords = true, []string{word}
		p, err := Summary(res, options)
		if err != nil {
			t.Fatal(err)
		}
		masks := 0
		said := p.Blocks[len(coverOf(p))-1]
		p.Blocks = slices.Delete(p.Blocks, len(coverOf(p))-1, len(coverOf(p)))
		for i := range p.Blocks { // the settings say that names are masked
			p.Blocks[i].Rows = slices.DeleteFunc(p.Blocks[i].Rows, func(row []paper.Cell) bool { return paper.Text(row[0]) == "設定 redact" })
		}
		was := spansIn(plain)
		if len(was) != len(spansIn(p)) {
			t.Fatalf("%s: %d texts, and %d where names are masked", name, len(was), len(spansIn(p)))
		}
		for i, s := range spansIn(p) {
			for _, party := range res.Report.Parties {
				if party.Kind != "authority" && s.Quoted && !s.Public && strings.Contains(maskText.ReplaceAllString(s.Text, ""), party.Name) {
					t.Errorf("%s: the name %q is in %q", name, party.Name, s.Text)
				}
			}
			switch {
			case s.Public || s.Code:
				if s.Text != was[i].Text {
					t.Errorf("%s: %q was changed to %q", name, was[i].Text, s.Text)
				}
			case strings.Contains(s.Text, word):
				t.Errorf("%s: the word is in %q", name, s.Text)
			case !s.Quoted && !strings.Contains(was[i].Text, word) && s.Text != was[i].Text:
				t.Errorf("%s: our own words %q were changed to %q", name, was[i].Text, s.Text)
			}
			masks += strings.Count(s.Text, "伏字A")
		}
		if want := fmt.Sprintf("伏字A %d箇所", masks); masks > 0 && !strings.Contains(paper.Text(said.Spans), want) {
			t.Errorf("%s: the cover says %q, and there are %s", name, paper.Text(said.Spans), want)
		}
		if made := fmt.Sprint(p.Made); strings.Contains(made, word) || strings.Contains(made, "author:"+res.Report.Parties[0].Name+" ") {
			t.Errorf("%s: what is masked stands in the settings: %s", name, made)
		}
	}
}

// maskText is what stands in the place of a name.
var maskText = regexp.MustCompile(`(申立人|利用者|提供者|仲介者|役職者|調査者|原告|監査人|技術者|関係者)[A-Z]`)

// textsHeld is a law store that has a text for every provision, with words in it that
// parties are called by.
func textsHeld(res *checker.Result) Provisions {
	held := Provisions{}
	for _, f := range res.Findings {
		for _, place := range f.Anchor.Places {
			main, _ := place.Place()
			held[ProvisionKey{f.ID, place}] = append(held[ProvisionKey{f.ID, place}], Provision{Place: main, From: place.From.Date, Phrases: []Phrase{{Text: "利用者、提供者又は認証事業者の管理者アカウントに違反した者は有罪である"}}, Is: TextSource{SHA256: "0123"}})
		}
	}
	return held
}

func coverOf(p *paper.Paper) []paper.Block {
	return p.Blocks[:slices.IndexFunc(p.Blocks, func(b paper.Block) bool { return b.Kind == paper.Heading })]
}

func spansIn(p *paper.Paper) []paper.Span {
	var list []paper.Span
	p.Walk(func(s *paper.Span) { list = append(list, *s) })
	return list
}

// No mask is put on a mask, and the longest name goes first.
func TestMasks(t *testing.T) {
	masks := []*mask{{word: "提供者会", by: "関係者A", isName: true}, {word: "提供者", by: "申立人A", isName: true}, {word: "申立人", by: "提供者A", isName: true}, {word: "語", by: "伏字A"}}
	for _, c := range []struct {
		text, want string
		isQuoted   bool
	}{
		{"提供者会と提供者と申立人", "関係者Aと申立人Aと提供者A", true},
		{"提供者と語", "提供者と伏字A", false},
		{"", "", true},
	} {
		if have := masked(c.text, masks, c.isQuoted); have != c.want {
			t.Errorf("%q is masked %q, want %q", c.text, have, c.want)
		}
	}
	if masks[1].times != 1 || masks[3].times != 1 {
		t.Errorf("counted %d and %d times", masks[1].times, masks[3].times)
	}
}

// A paper that lists, counts or writes out other findings than it is on is an error.
func TestTotalsAgree(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"])
	for _, lang := range []string{"ja", "en"} {
		for name, change := range map[string]func(p *paper.Paper){
			"":                  func(*paper.Paper) {},
			"a row is gone":     func(p *paper.Paper) { overviewTable(p).Rows = overviewTable(p).Rows[1:] },
			"rows change place": func(p *paper.Paper) { rows := overviewTable(p).Rows; rows[0], rows[1] = rows[1], rows[0] },
			"a section is gone": func(p *paper.Paper) {
				p.Blocks = slices.DeleteFunc(p.Blocks, func(b paper.Block) bool { return b.Anchor == res.Findings[0].ID })
			},
			"a count": func(p *paper.Paper) { changeTotal(p, " 3", " 4") },
			"the sum": func(p *paper.Paper) { changeTotal(p, "10", "11") },
		} {
			p := newPaper(res, PaperOptions{Style: Style{Lang: lang}}, "summary", say("要約", "Summary"))
			p.chosen = p.choose()
			p.overview()
			for _, f := range p.chosen {
				p.finding(f)
			}
			made := p.finish()
			change(made)
			err := p.agrees(made)
			if (err != nil) != (name != "") || err != nil && !strings.HasPrefix(err.Error(), CodeTotals) {
				t.Errorf("%s, %q: %v", lang, name, err)
			}
		}
	}
}

func overviewTable(p *paper.Paper) *paper.Block {
	return &p.Blocks[slices.IndexFunc(p.Blocks, func(b paper.Block) bool { return b.Kind == paper.Table })]
}

// changeTotal changes the first line of totals that has a text.
func changeTotal(p *paper.Paper, old, by string) {
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Kind == paper.Paragraph && strings.Contains(b.Spans[0].Text, ": ") && strings.Contains(b.Spans[0].Text, old) {
			b.Spans[0].Text = strings.Replace(b.Spans[0].Text, old, by, 1)
			return
		}
	}
}

// A paper in both languages has every section in each, and every link leads somewhere.
func TestBothLanguages(t *testing.T) {
	for name, text := range fixtures(t) {
		res := result(t, rulebook(t, rules.Files), text)
		p, err := Summary(res, PaperOptions{Both: true, Numbering: "甲"})
		if err != nil {
			t.Fatal(err)
		}
		sections := map[string][]string{}
		lang := "ja"
		anchors := map[string]bool{}
		for _, b := range p.Blocks {
			if b.Section == paper.Part {
				lang = b.Lang
			}
			if b.Anchor != "" && anchors[b.Anchor] {
				t.Errorf("%s: %s is there twice", name, b.Anchor)
			}
			anchors[b.Anchor] = true
			if s := sections[lang]; b.Section != "" && b.Section != paper.Part && !slices.Contains(s, b.Section) {
				sections[lang] = append(s, b.Section)
			}
		}
		for _, lang := range []string{"ja", "en"} {
			if want := summarySections()[1:]; !slices.Equal(sections[lang], want) {
				t.Errorf("%s, %s: sections %q", name, lang, sections[lang])
			}
		}
		links := 0
		p.Walk(func(s *paper.Span) {
			if s.To == "" {
				return
			}
			links++
			if !anchors[s.To] || s.Text == "" {
				t.Errorf("%s: %q leads to %q", name, s.Text, s.To)
			}
		})
		if links < 20 {
			t.Errorf("%s: only %d links", name, links)
		}
	}
}

// Under a numbering no exhibit goes by the report's id but in the list that says which
// it is, in both languages.
func TestExhibitNumbers(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"])
	p, err := Summary(res, PaperOptions{Both: true, Numbering: "資料"})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	p.Walk(func(s *paper.Span) {
		for _, e := range res.Report.Exhibits {
			if s.Quoted && s.Text == e.ID {
				ids[e.ID]++
			}
		}
	})
	for i, e := range res.Report.Exhibits {
		if ids[e.ID] != 2 {
			t.Errorf("%s stands there %d times", e.ID, ids[e.ID])
		}
		row := exhibitRow(p, e.ID)
		if want := fmt.Sprintf("資料%d", i+1); len(row) == 0 || paper.Text(row[0]) != want {
			t.Errorf("%s is %+v, want %s", e.ID, row, want)
		}
	}
}

// exhibitRow is the row of an exhibit in the list of exhibits.
func exhibitRow(p *paper.Paper, id string) []paper.Cell {
	section := ""
	for _, b := range p.Blocks {
		if b.Section != "" {
			section = b.Section
		}
		for _, row := range b.Rows {
			if section == SectionExhibits && (paper.Text(row[0]) == id || paper.Text(row[1]) == id) {
				return row
			}
		}
	}
	return nil
}

// What an exhibit is to show is what answers rest on, with the clauses; one that no
// answer rests on is left to a person.
func TestPurposeOfExhibits(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"])
	p := summaryOf(t, res, Style{Lang: "ja"})
	for id, want := range map[string][]string{
		"security": {"アカウント「dt-run-1」：作成された", "第2の要件3・要件5・要件6"},
		"screens":  {"調べた範囲に記録がないこと", "第2の除外事由2"},
		"before":   {"（空欄）"},
	} {
		row := exhibitRow(p, id)
		for _, words := range want {
			if len(row) == 0 || !strings.Contains(paper.Text(row[4]), words) {
				t.Errorf("%s: %q is not in %+v", id, words, row)
			}
		}
	}
}

// Every missing fact stands with the clauses that lack it, and who has to show them.
func TestMissingByBurden(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/certificate-tool-2012/report.toml"])
	p := newPaper(res, PaperOptions{Style: Style{Lang: "ja"}}, "summary", say("要約", "Summary"))
	lacking := 0
	for _, f := range res.Findings {
		for _, m := range f.Missing() {
			lacking++
			have := p.lackedBy(f, m)
			switch {
			case have == "〔〕":
				t.Errorf("%s: no clause lacks %s", f.ID, m.Name)
			case f.Rule.Regime == "criminal" && !strings.Contains(have, "（検察官"), f.Rule.Regime == "civil" && !strings.Contains(have, "（請求者") && !strings.Contains(have, "（相手方"):
				t.Errorf("%s: %s does not say who has to show it", f.ID, have)
			}
		}
	}
	if lacking < 20 {
		t.Errorf("only %d facts are missing; this tests nothing", lacking)
	}
}

// The table of authorities has every law that a section cites: also where the penalty
// stands, and what a time limit rests on.
func TestAuthoritiesAreComplete(t *testing.T) {
	for name, text := range fixtures(t) {
		res := result(t, rulebook(t, rules.Files), text)
		p := summaryOf(t, res, Style{Lang: "ja"})
		cited := ""
		section := ""
		for _, b := range p.Blocks {
			if b.Section != "" {
				section = b.Section
			}
			for _, row := range b.Rows {
				if section == SectionAuthorities {
					cited += paper.Text(row[0]) + "\n"
				}
			}
		}
		style := Style{Lang: "ja"}
		limits := 0
		for _, f := range res.Findings {
			for _, place := range f.Anchor.Places {
				if cite := style.Citation(f.Law, place); !strings.Contains(cited, cite) {
					t.Errorf("%s: %s is not listed", name, cite)
				}
			}
			if l := f.Rule.Limits.Limitation; l != nil && f.Assessment != checker.NotInForce {
				limits++
				if !strings.Contains(cited, l.Basis.Ja) {
					t.Errorf("%s: %s is not listed", name, l.Basis.Ja)
				}
			}
			for _, a := range f.Rule.Authorities {
				if f.Assessment != checker.NotInForce && !strings.Contains(cited, a.Cite.Ja) {
					t.Errorf("%s: %s is not listed", name, a.Cite.Ja)
				}
			}
		}
		if limits == 0 {
			t.Errorf("%s: no finding has a time limit; this tests nothing", name)
		}
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
