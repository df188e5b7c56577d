package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
	"jobun/checker/review"
	"jobun/internal/day"
	"jobun/rules"
)

var dated = day.Date{Year: 2026, Month: 11, Day: 25}

// companionOptions are options with which no kind is refused.
func companionOptions(lang string) CompanionOptions {
	return CompanionOptions{PaperOptions: PaperOptions{Style: Style{Lang: lang}, Dated: dated, Tool: "jobun 0"}, As: AsThirdParty, DespiteLimitation: true}
}

func companion(t testing.TB, res *checker.Result, kind string, o CompanionOptions) *paper.Paper {
	t.Helper()
	p, err := Make(res, kind, o)
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return p
}

func ownText(p *paper.Paper) string {
	var b strings.Builder
	p.Walk(func(s *paper.Span) { b.WriteString(s.Text + "\n") })
	return b.String()
}

// Every kind is made of every fixture that has anything for it, in both languages; says
// what it is made of, is the same twice, and no link of it leads nowhere.
func TestCompanions(t *testing.T) {
	b := rulebook(t, rules.Files)
	made := map[string]int{}
	for name, text := range fixtures(t) {
		res := result(t, b, text)
		for _, kind := range Kinds() {
			for _, lang := range []string{"ja", "en"} {
				p, err := Make(res, kind, companionOptions(lang))
				if errors.Is(err, ErrRefused) {
					continue
				}
				if err != nil {
					t.Fatalf("%s, %s: %v", name, kind, err)
				}
				made[kind]++
				again := companion(t, res, kind, companionOptions(lang))
				anchors := map[string]bool{}
				for _, block := range p.Blocks {
					anchors[block.Anchor] = true
				}
				p.Walk(func(s *paper.Span) {
					if s.To != "" && !anchors[s.To] || s.To == "" && s.Text == "" {
						t.Errorf("%s, %s: %+v leads nowhere or says nothing", name, kind, *s)
					}
				})
				for _, f := range []paper.Format{paper.DOCXFormat, paper.HTMLFormat, paper.MarkdownFormat, paper.TextFormat} {
					var x, y bytes.Buffer
					if err := errors.Join(p.Write(&x, f), again.Write(&y, f)); err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(x.Bytes(), y.Bytes()) {
						t.Errorf("%s, %s, %s: two runs differ", name, kind, f)
					}
				}
				if kind == KindExhibits {
					var x, y bytes.Buffer
					if err := errors.Join(WriteExhibitsXLSX(&x, p), WriteExhibitsCSV(&x, p), WriteExhibitsXLSX(&y, again), WriteExhibitsCSV(&y, again)); err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(x.Bytes(), y.Bytes()) {
						t.Errorf("%s: two runs give other tables", name)
					}
				}
				if p.Kind != kind || p.Made.Report != res.Report.Digest || p.Footer == "" || !strings.Contains(ownText(p), Style{Lang: lang}.Say("草案", "draft")) {
					t.Errorf("%s, %s: it does not say what it is, or that the rules are drafts", name, kind)
				}
			}
		}
	}
	for _, kind := range Kinds() {
		if made[kind] == 0 {
			t.Errorf("no fixture gave a %s; this tests nothing", kind)
		}
	}
}

// A paper is made again from what it carries.
func TestOptionsOf(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"])
	for _, kind := range Kinds() {
		o := companionOptions("ja")
		o.ISO, o.Both, o.Author, o.Geometry, o.Numbering = true, true, "資格者", "court", "乙"
		want := companion(t, res, kind, o)
		read, err := OptionsOf(want)
		if err != nil {
			t.Fatal(err)
		}
		if have := companion(t, res, want.Kind, read); fmt.Sprint(have) != fmt.Sprint(want) {
			t.Errorf("%s: another paper is made from its settings %v", kind, want.Made.Settings)
		}
	}
	p := companion(t, res, KindSummary, companionOptions("ja"))
	p.Made.Settings["new"] = "1"
	if _, err := OptionsOf(p); err == nil {
		t.Error("a setting that nobody knows is passed over")
	}
}

// The list of exhibits has the seven columns of court practice, every exhibit once, in
// the order of the numbers, and what each is to show by the clauses of its facts.
func TestExhibitsPaper(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"])
	p := companion(t, res, KindExhibits, companionOptions("ja"))
	head, rows := exhibitTable(p)
	if want := []string{"号証", "標目", "原本・写しの別", "作成年月日", "作成者", "立証趣旨", "備考"}; !slices.Equal(cellTexts(head), want) {
		t.Errorf("columns %q", cellTexts(head))
	}
	for i, e := range res.Report.Exhibits {
		row := cellTexts(rows[i])
		if row[0] != fmt.Sprintf("甲%d", i+1) || row[1] != e.Title || !strings.Contains(row[6], "報告での呼び名 "+e.ID) {
			t.Errorf("%s: row %q", e.ID, row)
		}
		if e.ID == "security" && !regexp.MustCompile(`アカウント「dt-run-1」：作成された.*〔.*第2の要件3・要件5・要件6`).MatchString(row[5]) {
			t.Errorf("%s is to show %q", e.ID, row[5])
		}
	}
	if text := ownText(p); !strings.Contains(text, fmt.Sprintf("証拠 計 %d点", len(rows))) || !strings.Contains(text, "要件に結び付かない証拠") {
		t.Error("it does not count the exhibits, or does not warn of those that show nothing")
	}
	var table, sheet bytes.Buffer
	if err := errors.Join(WriteExhibitsCSV(&table, p), WriteExhibitsXLSX(&sheet, p)); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.String(), "\ufeff"))).ReadAll()
	if err != nil || len(records) < len(rows)+2 || sheet.Len() < 1000 {
		t.Errorf("%d records, %d bytes of spreadsheet (%v)", len(records), sheet.Len(), err)
	}
	rows[0] = nil
	p.Blocks = slices.DeleteFunc(p.Blocks, func(b paper.Block) bool { return b.Kind == paper.Table && len(b.Head) == 7 })
	if err := newPaper(res, PaperOptions{}, KindExhibits, Text{}).listsAllExhibits(p); err == nil {
		t.Error("a list without its exhibits is let through")
	}
}

func TestExhibitFileName(t *testing.T) {
	for _, c := range []struct {
		title, file, want string
	}{
		{"画面", "a/b.PNG", "甲03_画面.png"},
		{"..", "x", "甲03"},
		{"", "x.pdf", "甲03.pdf"},
		{"../../etc/passwd", "x.txt", "甲03_etc_passwd.txt"},
		{"a:b*c?\"<>|\n\u202e", "x.a/b", "甲03_a_b_c"},
		{strings.Repeat("長", 80), "x.jsonl", "甲03_" + strings.Repeat("長", 40) + ".jsonl"},
	} {
		have := ExhibitFileName("甲", ExhibitNumber{Main: 3}, audit.Exhibit{Title: c.title, File: c.file})
		if utf8.RuneCountInString(have) > 50 || strings.ContainsAny(have, "/\\:*?\"<>|\n\u202e") {
			t.Errorf("%q is no name", have)
		}
		if have != c.want {
			t.Errorf("%q, want %q", have, c.want)
		}
	}
}

// Each question is asked once on what is sent, and what it serves stands on the part that is
// not.
func TestQuestionsPaper(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/certificate-tool-2012/report.toml"])
	p := companion(t, res, KindQuestions, companionOptions("ja"))
	asked, isKept, headings := 0, false, 0
	for _, b := range p.Blocks {
		switch {
		case b.Section == "kept":
			isKept = true
		case b.Section == "asked":
			headings++
		case b.Counted:
			asked++
		}
		if text := paper.Text(b.Spans); !isKept && strings.Contains(text, "F-") {
			t.Errorf("what is sent names a finding: %s", text)
		}
		if isKept && b.Kind == paper.Table && len(b.Rows) != asked {
			t.Errorf("%d questions are asked, and %d kept", asked, len(b.Rows))
		}
	}
	want := 0
	for _, g := range res.Questions(res.Findings) {
		want += len(g.Questions)
	}
	if asked != want || want < 5 || headings < 2 || !isKept {
		t.Errorf("%d questions under %d addressees, want %d", asked, headings, want)
	}
}

func TestComplaintIsRefused(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/certificate-tool-2012/report.toml"])
	var organisation, person string
	for i := range res.Report.Parties {
		switch p := &res.Report.Parties[i]; p.Kind {
		case "organisation":
			organisation = p.ID
		case "person":
			person = p.ID
		}
	}
	if organisation == "" || person == "" {
		t.Fatal("the fixture has no organisation or no person")
	}
	var administrative string
	for _, f := range res.Findings {
		if f.Rule.Regime == "administrative" {
			administrative = f.ID
		}
	}
	for name, c := range map[string]struct {
		change func(o *CompanionOptions)
		want   string
	}{
		"nothing":                {func(*CompanionOptions) {}, ""},
		"no capacity":            {func(o *CompanionOptions) { o.As = "" }, "--as-victim"},
		"out of time":            {func(o *CompanionOptions) { o.DespiteLimitation = false }, "--despite-limitation"},
		"no date":                {func(o *CompanionOptions) { o.DespiteLimitation, o.Dated = false, day.Date{} }, "--date"},
		"a company":              {func(o *CompanionOptions) { o.Accused = organisation }, "両罰規定"},
		"a person":               {func(o *CompanionOptions) { o.Accused = person }, ""},
		"nobody in the report":   {func(o *CompanionOptions) { o.Accused = "いない" }, "いない"},
		"an administrative rule": {func(o *CompanionOptions) { o.Only = []string{administrative} }, "刑事"},
	} {
		for _, kind := range []string{KindComplaint, KindMemo} {
			o := companionOptions("ja")
			c.change(&o)
			_, err := Make(res, kind, o)
			if (err != nil) != (c.want != "") || err != nil && (!errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
		}
	}
	// The Electronic Signature Act has 両罰規定 (46条): a company can be named there.
	companies := 0
	for _, f := range res.Findings {
		if c := f.Rule.Limits.Corporate; c != nil && *c && f.Rule.Regime == "criminal" {
			companies++
			o := companionOptions("ja")
			o.Accused, o.Only = organisation, []string{f.ID}
			if _, err := Make(res, KindComplaint, o); err != nil && strings.Contains(err.Error(), "両罰規定") {
				t.Errorf("%s: %v", f.Rule.ID, err)
			}
		}
	}
	if companies == 0 {
		t.Log("no finding of the fixture reaches a company")
	}
}

// What is not supported stands in the memo and not in the complaint; names and dates of
// those who file it are blank; the draft's mark goes when two people have decided.
func TestComplaint(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"])
	o := companionOptions("ja")
	complaint, memo := companion(t, res, KindComplaint, o), companion(t, res, KindMemo, o)
	text, kept := ownText(complaint), ownText(memo)
	if strings.Count(text, "（空欄）") < 6 || strings.Contains(text, "未確認") || strings.Contains(text, "一次整理") {
		t.Error("the complaint has no blanks, or says what is not supported")
	}
	for _, words := range []string{"172条", "230条の2", "233条", "24条", "72条", "検察庁", "未確認", "両罰規定", "公訴時効"} {
		if !strings.Contains(kept, words) {
			t.Errorf("the memo does not say %s", words)
		}
	}
	if complaint.Draft == "" || memo.Draft != "提出しない" || complaint.Title != "告発状" {
		t.Errorf("marks %q, %q on %s", complaint.Draft, memo.Draft, complaint.Title)
	}
	o.As = AsVictim
	if p := companion(t, res, KindComplaint, o); p.Title != "告訴状" || !strings.Contains(ownText(p), "被告訴人") {
		t.Errorf("the victim's is %s", p.Title)
	}

	journal, err := review.Open(filepath.Join(t.TempDir(), "j.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := review.Read(journal, review.Inputs{Result: res})
	if err != nil {
		t.Fatal(err)
	}
	w := newPaper(res, o.PaperOptions, KindComplaint, Text{})
	w.chosen = w.choose()
	on, err := w.accuse(o)
	if err != nil {
		t.Fatal(err)
	}
	decide := func(by string, action review.Action) {
		for _, f := range on.findings {
			e := review.Entry{At: "2026-11-25T10:00:00+09:00", By: by, Finding: review.KeyOf(f), Action: action}
			if action == review.TakeUp {
				e.Note = "記録による"
			}
			if r, err = r.Record(e); err != nil {
				t.Fatal(err)
			}
		}
	}
	decide("審査者A", review.TakeUp)
	o.Review = r
	if companion(t, res, KindComplaint, o).Draft == "" {
		t.Error("one person's decision takes the draft's mark away")
	}
	decide("審査者B", review.Approve)
	o.Review = r
	if p := companion(t, res, KindComplaint, o); p.Draft != "" {
		t.Errorf("two have decided, and it is still marked %q", p.Draft)
	}
}

func TestAuditSurvey(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/certificate-tool-2012/report.toml"])
	p := companion(t, res, KindAudit, companionOptions("ja"))
	want := 0
	for _, f := range res.Findings {
		if f.Assessment != checker.NotInForce && (f.Rule.Regime == "administrative" || f.Rule.Regime == "contractual") {
			want += len(f.Elements)
		}
	}
	for _, b := range p.Blocks {
		if b.Kind == paper.Table && len(b.Head) == 8 {
			if len(b.Rows) != want || want < 3 {
				t.Errorf("%d rows, want %d", len(b.Rows), want)
			}
			for _, row := range b.Rows {
				if paper.Text(row[6]) != "（空欄）" || paper.Text(row[2]) == "" {
					t.Errorf("the row %q", cellTexts(row))
				}
			}
			return
		}
	}
	t.Error("there is no table")
}

// Names are masked on companions too.
func TestCompanionsAreMasked(t *testing.T) {
	for name, text := range fixtures(t) {
		res := result(t, rulebook(t, rules.Files), text)
		for _, kind := range Kinds() {
			o := companionOptions("ja")
			o.Redact = true
			p, err := Make(res, kind, o)
			if errors.Is(err, ErrRefused) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			p.Walk(func(s *paper.Span) {
				for _, party := range res.Report.Parties {
					if party.Kind != "authority" && party.Role != "authority" && s.Quoted && !s.Public && strings.Contains(maskText.ReplaceAllString(s.Text, ""), party.Name) {
						t.Errorf("%s, %s: the name %q is in %q", name, kind, party.Name, s.Text)
					}
				}
			})
		}
	}
}

// A report of mischief and markup goes through every companion: nothing is read as
// more than text, nothing raw is left, no cell is a formula.
func TestHostileCompanions(t *testing.T) {
	b := rulebook(t, rules.Files)
	for _, text := range []string{mischief, "x" + mischief, markup, "=1+1", "＝cmd|' /C calc'!A0"} {
		res, plain := result(t, b, hostileReport(text)), result(t, b, hostileReport("plain"))
		for _, kind := range Kinds()[1:] {
			for _, lang := range []string{"ja", "en"} {
				p, like := companion(t, res, kind, companionOptions(lang)), companion(t, plain, kind, companionOptions(lang))
				if len(p.Blocks) != len(like.Blocks) && kind != KindComplaint {
					t.Errorf("%s: %d blocks, of a plain report %d", kind, len(p.Blocks), len(like.Blocks))
				}
				for _, f := range []paper.Format{paper.DOCXFormat, paper.HTMLFormat, paper.MarkdownFormat, paper.TextFormat} {
					var out bytes.Buffer
					if err := p.Write(&out, f); err != nil {
						t.Fatal(err)
					}
					lines, err := paper.Visible(f, out.Bytes())
					if err != nil {
						t.Fatal(err)
					}
					if r, i := raw(strings.Join(lines, "\n")); i >= 0 {
						t.Errorf("%s%s: U+%04X", kind, f, r)
					}
					if f == paper.HTMLFormat && strings.Contains(out.String(), "<script>alert") {
						t.Errorf("%s: a script of the report runs", kind)
					}
					if f == paper.MarkdownFormat {
						for _, line := range strings.Split(out.String(), "\n") {
							if found := live(ownLink.ReplaceAllString(line, "")); found != "" {
								t.Errorf("%s: %q is read as markup", kind, found)
							}
						}
					}
				}
				if kind == KindExhibits {
					var out bytes.Buffer
					if err := WriteExhibitsCSV(&out, p); err != nil {
						t.Fatal(err)
					}
					if bad := regexp.MustCompile(`(?m)(^|,)"[=＝+@|]`).FindString(out.String()); bad != "" {
						t.Errorf("a cell is a formula: %q", bad)
					}
				}
			}
		}
	}
}
