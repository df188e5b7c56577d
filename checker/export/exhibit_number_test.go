package export

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export/paper"
	"jobun/rules"
)

// stated is a report with exhibits of these ids, in this order; "b<a" is a branch of a.
func stated(exhibits ...string) *audit.Report {
	r := &audit.Report{}
	for _, e := range exhibits {
		id, of, _ := strings.Cut(e, "<")
		r.Exhibits = append(r.Exhibits, audit.Exhibit{ID: id, BranchOf: of})
	}
	return r
}

func TestNumbersOfExhibits(t *testing.T) {
	many := []string{"a", "b", "c"}
	for i := range 11 {
		many = append(many, fmt.Sprintf("c%d<c", i+2))
	}
	for _, c := range []struct {
		exhibits []string
		want     string // as they are counted
	}{
		{[]string{"a", "b"}, "a=甲1 b=甲2"},
		{[]string{"a", "b<a", "c"}, "a=甲1の1 b=甲1の2 c=甲2"},
		{[]string{"a", "b", "c<a", "d<b", "e<a"}, "a=甲1の1 c=甲1の2 e=甲1の3 b=甲2の1 d=甲2の2"},
		{many, "a=甲1 b=甲2 c=甲3の1 c2=甲3の2 c3=甲3の3 c4=甲3の4 c5=甲3の5 c6=甲3の6 c7=甲3の7 c8=甲3の8 c9=甲3の9 c10=甲3の10 c11=甲3の11 c12=甲3の12"},
		{nil, ""},
	} {
		r := stated(c.exhibits...)
		numbers := ExhibitNumbers(r)
		var have []string
		for _, e := range ExhibitsByNumber(r) {
			have = append(have, e.ID+"="+numbers[e.ID].In("甲"))
		}
		if have := strings.Join(have, " "); have != c.want {
			t.Errorf("%v: %s, want %s", c.exhibits, have, c.want)
		}
	}
	var thirty []string
	for i := range 30 {
		thirty = append(thirty, fmt.Sprintf("x%d", i+1))
	}
	names := numbered(stated(append(thirty, "y<x28")...), "甲", "en")
	for id, want := range map[string]string{"x1": "Exhibit A", "x27": "Exhibit AA", "x28": "Exhibit AB-1", "y": "Exhibit AB-2"} {
		if names[id] != want {
			t.Errorf("%s is %s, want %s", id, names[id], want)
		}
	}
}

func TestBranchFileName(t *testing.T) {
	for n, want := range map[ExhibitNumber]string{{1, 0}: "甲01_長", {1, 1}: "甲01の1_長", {12, 10}: "甲12の10_長", {100, 2}: "甲100の2_長"} {
		if have := ExhibitFileName("甲", n, audit.Exhibit{Title: "長", File: "x.pdf"}); have != want+".pdf" {
			t.Errorf("%q, want %q", have, want+".pdf")
		}
		have := ExhibitFileName("甲", n, audit.Exhibit{Title: strings.Repeat("長", 80), File: "x.pdf"})
		if !strings.HasPrefix(have, want) || utf8.RuneCountInString(have) != 50 {
			t.Errorf("%q has %d characters", have, utf8.RuneCountInString(have))
		}
	}
}

// branched is the report of a tool for developers with branches: the Sysmon log of the
// security log, and the list after an uninstall of that after, which stand apart.
func branched(t testing.TB) *checker.Result {
	text := fixtures(t)["../../fixtures/developer-tool-2026/report.toml"]
	for id, of := range map[string]string{"sysmon": "security", "after": "before", "userlist-after": "before"} {
		line := regexp.MustCompile(`(?m)^id +(= "` + id + `")$`)
		if len(line.FindAll(text, -1)) != 1 {
			t.Fatalf("there is no exhibit %s, or two", id)
		}
		text = line.ReplaceAll(text, []byte("id $1\nbranch_of = \""+of+"\""))
	}
	return result(t, rulebook(t, rules.Files), text)
}

// Every paper names an exhibit by its branch wherever it names it, lists them in the
// order of the numbers, and in every format.
func TestBranchesOnPapers(t *testing.T) {
	res := branched(t)
	want := map[string][]string{
		"ja": {"資料1の1", "資料1の2", "資料2", "資料3の1", "資料3の2", "資料3の3", "資料4", "資料5"},
		"en": {"Exhibit A-1", "Exhibit A-2", "Exhibit B", "Exhibit C-1", "Exhibit C-2", "Exhibit C-3", "Exhibit D", "Exhibit E"},
	}
	ids := []string{"security", "sysmon", "setup-log", "before", "after", "userlist-after", "after-uninstall", "userlist-after-uninstall"}
	for lang, numbers := range want {
		for _, kind := range []string{KindSummary, KindExhibits, KindChronology, KindComplaint} {
			o := companionOptions(lang)
			o.Numbering = "資料"
			p := companion(t, res, kind, o)
			text := ownText(p)
			for _, f := range []paper.Format{paper.MarkdownFormat, paper.HTMLFormat, paper.TextFormat, paper.DOCXFormat} {
				var b bytes.Buffer
				if err := p.Write(&b, f); err != nil {
					t.Fatal(err)
				}
				seen, err := paper.Visible(f, b.Bytes())
				if err != nil || !strings.Contains(strings.ReplaceAll(strings.Join(seen, "\n"), `\`, ""), numbers[1]) {
					t.Errorf("%s, %s, %s: there is no %s (%v)", kind, lang, f, numbers[1], err)
				}
			}
			if bare := regexp.MustCompile(`(資料|Exhibit )([13]|[AC])([^の\-0-9A-Za-z]|$)`).FindString(text); bare != "" {
				t.Errorf("%s, %s: %q has no branch", kind, lang, bare)
			}
			if kind == KindComplaint {
				at := 0
				proof := text[strings.LastIndex(text, o.Say("立証方法", "Evidence")):]
				for _, number := range numbers {
					i := strings.Index(proof[at:], number)
					if i < 0 {
						t.Errorf("%s: %s is not listed in its order", lang, number)
					}
					at += max(0, i)
				}
			}
			if kind != KindSummary && kind != KindExhibits {
				continue
			}
			_, rows := exhibitTable(p)
			if kind == KindExhibits {
				var table, sheet bytes.Buffer
				if err := errors.Join(WriteExhibitsCSV(&table, p), WriteExhibitsXLSX(&sheet, p)); err != nil || !strings.Contains(table.String(), "\n\""+numbers[1]+"\",") || sheet.Len() < 1000 {
					t.Errorf("%s: the table has no %s (%v)", lang, numbers[1], err)
				}
			}
			for i, number := range numbers {
				row := ""
				for _, c := range rows[i] {
					row += paper.Text(c) + "\n"
				}
				if paper.Text(rows[i][0]) != number || !strings.Contains(row, ids[i]) || lang == "en" && !strings.Contains(row, want["ja"][i]) {
					t.Errorf("%s, %s: row %d is %s; want %s, which is %s in the report", kind, lang, i+1, row, number, ids[i])
				}
			}
		}
	}
}

// A citation points with the branch, also where names are masked; and an exhibit that
// goes by the report's id says of which it is a branch.
func TestBranchesCited(t *testing.T) {
	res := branched(t)
	o := PaperOptions{Style: Style{Lang: "ja"}, Numbering: "甲", Redact: true, RedactWords: []string{"Sysmon"}}
	p, err := Summary(res, o)
	if err != nil {
		t.Fatal(err)
	}
	text := ownText(p)
	if !regexp.MustCompile(`〔[^〕]*甲1の2・`).MatchString(strings.ReplaceAll(text, "\n", "")) {
		t.Error("no citation has the branch")
	}
	if strings.Contains(text, "Sysmon") {
		t.Error("a word is not masked")
	}
	p, err = Summary(res, PaperOptions{Style: Style{Lang: "ja"}})
	if err != nil {
		t.Fatal(err)
	}
	row := exhibitRow(p, "sysmon")
	if len(row) == 0 || !strings.Contains(paper.Text(row[len(row)-1]), "security の枝番") {
		t.Errorf("%+v", row)
	}
}

// A branch is a matter of numbers: no answer rests on it, and it is no cause of a change.
func TestBranchesChangeNoAnswer(t *testing.T) {
	plain, with := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"]), branched(t)
	if !slices.EqualFunc(plain.Findings, with.Findings, func(a, b *checker.Finding) bool { return a.ID == b.ID && a.Assessment == b.Assessment }) {
		t.Error("the findings differ")
	}
	a, b := &ExhibitSeen{ID: "x"}, &ExhibitSeen{ID: "x", BranchOf: "y"}
	if !isSameExhibit(a, b) {
		t.Error("a branch is said to be another exhibit")
	}
	var out bytes.Buffer
	if err := WriteJSON(&out, with, nil); err != nil || !strings.Contains(out.String(), `"branch_of": "security"`) {
		t.Errorf("the JSON does not hold the branch (%v)", err)
	}
}
