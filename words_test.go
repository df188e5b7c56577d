package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/export/paper"
	"jobun/rules"
)

// DESIGN section 2 lists the words that the program's own text does not use of a
// person or company. What is quoted is not ours: the words of a report, of its
// exhibits and parties, of a provision, and the titles of authorities.

// forbidden finds the words in a text of ours.
func forbidden(text string) []string {
	return harsh.FindAllString(allowed.ReplaceAllString(text, "／"), -1)
}

var harsh = regexp.MustCompile(`(?i)` + strings.Join([]string{
	// of guilt and its finding
	`有罪|犯人|犯罪行為|犯罪者|犯罪である|罪が成立|罪を犯した|詐欺を働`,
	`嫌疑なし|嫌疑不十分|起訴猶予|判定|認定|立証され|立証済`,
	// of the law as applied to someone
	`違法である|違法だ|違法性(は|が)(ある|ない)|適法である|違反した|違反する|違反している|違反して|違反が?あった`,
	`問題(が|は)?ない|明らかに([^すしせさな]|$)`,
	`(^|[^ァ-ヶー])(クロ|シロ)([^ァ-ヶー]|$)`,
	`\b(guilty|culprit|illegal(ly)?|unlawful(ly)?|violat(ed|es|ing)|breach(ed|es)|liable|committed|commits|lawful(ly)?|proven|proved|compliant)\b`,
	// an assessment as a number
	`[0-9０-９]+(\.[0-9]+)?\s*(%|％|パーセント|percent\b)|スコア|点数|\bscores?\b`,
}, "|"))

// allowed are uses that are none of these: 認定 is also the accreditation of the
// Electronic Signature Act, and what the program does not say it must be able to
// deny saying.
var allowed = regexp.MustCompile(strings.Join([]string{
	`認定認証(事業者|業務)|(特定認証業務|主務大臣|変更|業務)の認定|変更認定`,
	`認定(を受け|を取り消|を求め|が失効|に係る|は任意|は1年|は申立て|申請|書|証|業務|後|時|・更新|基準調査表)`,
	`認定の(取消|公示|基準|表示|時|有効期間|申請|ため|要否|及ばない)|手段による認定`,
	`問題がないことを意味しません`,
}, "|"))

// inQuotes is text that our own text quotes.
var inQuotes = regexp.MustCompile(`「[^「」]*(「[^「」]*」[^「」]*)*」|“[^”]*”|'[^']*'|‘[^’]*’`)

// The test of the test: what must be caught, and what must pass.
func TestForbidden(t *testing.T) {
	for _, text := range []string{
		"提供者は有罪である", "犯人は提供者", "この行為は違法である", "第3条に違反した。", "同条に違反する行為", "違反している",
		"詐欺罪が成立する", "故意が立証された", "明らかに意図に反する", "明らかに、", "この動作は適法である", "問題ない", "問題はない。",
		"裁判所が認定した事実", "要件に該当すると認定する", "過失を認定できる", "認定事実", "該当と判定する", "嫌疑なし", "判定はクロ", "シロとみる",
		"違法性はない", "違法性がある", "適合度 80%", "確度９０％", "スコア: 3",
		"the provider is guilty", "an Illegal act", "it was unlawful", "violated Article 3", "breached the contract", "is liable for", "the crime was committed",
		"a lawful act", "has been proven", "is COMPLIANT with", "80 percent", "a score of 3",
	} {
		if len(forbidden(text)) == 0 {
			t.Errorf("%q is not caught", text)
		}
	}
	for _, text := range []string{
		"認定認証事業者", "認定認証業務と他の業務", "変更の認定を受けない", "認定を受けている", "認定の公示", "変更認定申請書", "特定認証業務の認定に係る指針",
		"マイクロソフト", "クロスサイト", "マクロ", "シロップ",
		"指摘がないことは、適法を意味しません。", "0件や「未確認」は、問題がないことを意味しません。",
		"どの特定電子計算機に係るかを明らかにする", "明らかになった", "に該当する疑い", "要件の一部に裏付け", "違反の疑い", "両罰規定",
		"may fall under", "the obligation", "reliable", "a committee", "proof", "law", "offence", "underscore",
	} {
		if found := forbidden(text); len(found) > 0 {
			t.Errorf("%q is caught for %q", text, found)
		}
	}
}

// What is quoted passes, and the same words of our own do not.
func TestForbiddenOnPaper(t *testing.T) {
	for _, text := range []string{"第三条の規定に違反した者", "違法性はない", "犯罪行為であって、何ら正当性はない", "is guilty"} {
		for _, quoted := range []bool{true, false} {
			spans := []paper.Span{{Text: "主張 "}, {Text: text, Quoted: quoted}}
			p := &paper.Paper{Blocks: []paper.Block{
				{Kind: paper.Paragraph, Spans: spans},
				{Kind: paper.Item, Spans: []paper.Span{{Text: "注", Note: spans}}},
				{Kind: paper.Table, Head: []paper.Cell{paper.Own("注")}, Rows: [][]paper.Cell{{spans}}},
			}}
			if found := forbiddenOn(p); (len(found) == 0) != quoted {
				t.Errorf("%q, quoted %v: caught %q", text, quoted, found)
			}
		}
	}
	if len(forbiddenOn(&paper.Paper{Title: "有罪の要約"})) == 0 {
		t.Error("the title is not looked at")
	}
	if len(forbiddenOn(&paper.Paper{Blocks: []paper.Block{{Kind: paper.Table, Head: []paper.Cell{paper.Own("判定")}}}})) == 0 {
		t.Error("the head of a table is not looked at")
	}
}

// forbiddenOn looks at everything on a paper that is not quoted. Spans beside
// one another are read as one: a word is not hidden by being put together.
func forbiddenOn(p *paper.Paper) []string {
	found := forbidden(p.Title)
	var line func(spans []paper.Span)
	line = func(spans []paper.Span) {
		var b strings.Builder
		for _, s := range spans {
			if s.Quoted {
				b.WriteString("／")
			} else {
				b.WriteString(s.Text)
			}
		}
		for _, word := range forbidden(b.String()) {
			found = append(found, word+" in "+b.String())
		}
		for _, s := range spans {
			if len(s.Note) > 0 {
				line(s.Note)
			}
		}
	}
	for _, block := range p.Blocks {
		line(block.Spans)
		for _, head := range block.Head {
			line(head)
		}
		for _, row := range block.Rows {
			for _, cell := range row {
				line(cell)
			}
		}
	}
	return found
}

// TestWordsOfOutputs looks at the paper, the text with its reasons, and the
// explanations of every fixture, in both languages.
func TestWordsOfOutputs(t *testing.T) {
	notIfShort(t)
	book := ownRulebook(t)
	for _, dir := range fixtures(t) {
		result := checked(t, book, "report.toml", readText(t, filepath.Join(dir, "report.toml")))
		strip := quotedOf(result)
		for _, lang := range []string{"ja", "en"} {
			style := export.Style{Lang: lang}
			summary, err := export.Summary(result, export.PaperOptions{Style: style})
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range forbiddenOn(summary) {
				t.Errorf("%s: summary in %s: %s", dir, lang, found)
			}
			for _, kind := range export.Kinds() {
				companion, err := export.Make(result, kind, export.CompanionOptions{PaperOptions: export.PaperOptions{Style: style}, As: export.AsThirdParty, DespiteLimitation: true})
				if errors.Is(err, export.ErrRefused) {
					continue // no offence is asked of this report
				}
				if err != nil {
					t.Fatal(err)
				}
				for _, found := range forbiddenOn(companion) {
					t.Errorf("%s: %s in %s: %s", dir, kind, lang, found)
				}
			}
			var b bytes.Buffer
			if err := export.WriteText(&b, result, export.TextOptions{Style: style, Width: 100_000, Verbose: true}); err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for line := range strings.Lines(b.String()) {
				// What is allowed comes first: the name of a party may be a part of it.
				ours := allowed.ReplaceAllString(strings.TrimSpace(line), "／")
				if seen[ours] {
					continue
				}
				seen[ours] = true
				if found := forbidden(strip.Replace(ours)); len(found) > 0 {
					t.Errorf("%s: text in %s: %q in %s", dir, lang, found, line)
				}
			}
		}
	}
}

// TestWordsOfExports looks at the paper that a file carries, of every fixture: in both
// languages, with exhibits renumbered, names masked, and decisions whose notes hold the
// words. Every format carries the same paper.
func TestWordsOfExports(t *testing.T) {
	notIfShort(t)
	book := ownRulebook(t)
	const harshNote = "違法である。有罪。 guilty"
	for _, dir := range fixtures(t) {
		report, journal := filepath.Join(dir, "report.toml"), filepath.Join(t.TempDir(), "j.jsonl")
		result := checked(t, book, "report.toml", readText(t, report))
		add := func(args ...string) {
			decide(t, append([]string{"decisions", "add", report, "--journal", journal, "--by", "犯人"}, args...)...)
		}
		add(result.Findings[0].ID, "set-aside", "--reason", "evidence-lacking", "--note", harshNote)
		add(result.Findings[0].ID, "note", "--note", harshNote)
		add(result.Findings[1].ID, "needs-evidence", "--needs", harshNote)
		for _, f := range result.Findings {
			i := slices.IndexFunc(f.Elements, func(a *checker.Answer) bool { return a.Why == nil })
			if i >= 0 && f.Assessment != checker.NotInForce {
				add(f.ID, "answer", "--clause", strconv.Itoa(i+1), "--answer", "yes", "--note", harshNote)
				break
			}
		}
		for _, args := range [][]string{{"--both", "--exhibits", "甲", "--author", "犯人"}, {"--lang", "en"}, {"--redact", "--redact-word", "ソフトウェア"}} {
			text := decide(t, append([]string{"export", report, "--journal", journal, "-o", "-", "--date", paperDate}, args...)...)
			made, err := paper.Carried(paper.MarkdownFormat, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range forbiddenOn(made) {
				t.Errorf("%s: export %q: %s", dir, args, found)
			}
			notes := 0
			made.Walk(func(s *paper.Span) {
				notes += strings.Count(s.Text, "違法である")
			})
			if notes < 4 {
				t.Errorf("%s: export %q: only %d of the notes are on the paper; this tests nothing", dir, args, notes)
			}
		}
	}
}

// quotedOf takes out of a text what a result quotes: every string of the report,
// and of the rules the words of provisions, penalties and titles of authorities.
func quotedOf(result *checker.Result) *strings.Replacer {
	quoted := map[string]bool{}
	add := func(texts ...string) {
		for _, text := range texts {
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(line); len([]rune(line)) > 1 {
					quoted[line] = true
				}
			}
			if one := strings.Join(strings.Fields(text), " "); len([]rune(one)) > 1 {
				quoted[one] = true
			}
		}
	}
	r := result.Report
	add(r.Title, r.Note, r.Subject.Name)
	for _, e := range r.Exhibits {
		add(e.Title, e.Note, e.DateSource)
	}
	for _, p := range r.Parties {
		add(p.Name)
	}
	for _, s := range r.Statements {
		add(s.Text)
	}
	for _, e := range r.Events {
		add(e.What)
	}
	for _, kind := range audit.Kinds() {
		for _, e := range result.Facts.Of(kind.Name) {
			add(e.Label)
			for _, f := range e.Facts() {
				add(f.Value.Text)
				for _, o := range f.Origins {
					add(o.Excerpt)
				}
			}
		}
	}
	for _, rule := range result.Rulebook.Rules {
		for _, c := range rule.Clauses() {
			add(c.Ja, c.En)
		}
		for _, p := range rule.Places {
			if p.Penalty != nil {
				add(p.Penalty.Ja, p.Penalty.En)
			}
		}
		for _, a := range rule.Authorities {
			add(a.Cite.Ja, a.Cite.En)
		}
	}
	// The longest first: a replacer takes the first that fits.
	var list []string
	for text := range quoted {
		list = append(list, text)
	}
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var pairs []string
	for _, text := range list {
		pairs = append(pairs, text, "／")
	}
	return strings.NewReplacer(pairs...)
}

// TestWordsOfTemplates looks at every string in the program's source: all that it
// can print of its own is written there or in the rulebook.
func TestWordsOfTemplates(t *testing.T) {
	seen := 0
	known := layout()
	for dir, files := range packages(t) {
		if _, ok := known[dir]; !ok || dir == "internal/score" {
			continue // TestLayout complains of it; or it speaks of readers, to developers
		}
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				literal, ok := n.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				seen++
				if found := forbidden(inQuotes.ReplaceAllString(verbs.ReplaceAllString(text, "／"), "／")); len(found) > 0 {
					t.Errorf("%s: %q in %q", dir, found, text)
				}
				return true
			})
		}
	}
	if seen < 1000 {
		t.Errorf("looked at %d strings only", seen)
	}
}

// verbs are those of fmt, whose sign is that of a percentage.
var verbs = regexp.MustCompile(`%[-+# 0]*[0-9*]*(\.[0-9*]+)?[a-zA-Z%]`)

// TestWordsOfRules looks at the rulebook's own texts: titles, notes, questions,
// effects, hints, holdings. The words of provisions (ja and en of a clause, a
// penalty) and titles are not ours, nor is what a text quotes.
func TestWordsOfRules(t *testing.T) {
	seen := 0
	err := fs.WalkDir(rules.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".toml") {
			return err
		}
		var table map[string]any
		if _, err := toml.DecodeFS(rules.Files, name, &table); err != nil {
			return err
		}
		isLaw := strings.HasPrefix(name, "laws/")
		ownTexts(table, "", func(key, text string) {
			if isLaw && !strings.Contains(key, "note") {
				return // titles and names of laws
			}
			seen++
			if found := forbidden(inQuotes.ReplaceAllString(text, "／")); len(found) > 0 {
				t.Errorf("%s: %s: %q in %s", name, key, found, text)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 1000 {
		t.Errorf("looked at %d texts only", seen)
	}
}

// ownTexts visits the strings of a rule file that are the rulebook's own words.
func ownTexts(v any, key string, visit func(key, text string)) {
	switch v := v.(type) {
	case string:
		if strings.HasSuffix(key, ".ja") || strings.HasSuffix(key, ".en") || strings.HasSuffix(key, ".says") {
			visit(key, v)
		}
	case map[string]any:
		for name, inner := range v {
			path := key + "." + name
			switch {
			case slices.Contains([]string{".element", ".exception"}, key) && (name == "ja" || name == "en"):
			case name == "cite" || name == "penalty" || name == "quote":
			default:
				ownTexts(inner, path, visit)
			}
		}
	case []map[string]any:
		for _, inner := range v {
			ownTexts(inner, key, visit)
		}
	case []any:
		for _, inner := range v {
			ownTexts(inner, key, visit)
		}
	}
}
