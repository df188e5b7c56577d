package coverage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobun/checker"
	"jobun/checker/law/store"
	"jobun/internal/day"
	"jobun/rules"
)

// fraud is Article 246 of the Penal Code with words of one's own in paragraph 1.
const fraud = `<Law Era="Meiji" Year="40" Num="45" LawType="Act" Lang="ja"><LawNum>明治四十年法律第四十五号</LawNum><LawBody><LawTitle>刑法</LawTitle><MainProvision><Article Num="246"><ArticleTitle>第二百四十六条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>%s</Sentence></ParagraphSentence></Paragraph></Article></MainProvision></LawBody></Law>`

// kept is a store with one text of Article 246.
func kept(t *testing.T, sentence string) *store.Store {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	if sentence == "" {
		return s
	}
	name := filepath.Join(dir, "penal.xml")
	if err := os.WriteFile(name, []byte(fmt.Sprintf(fraud, sentence)), 0o644); err != nil {
		t.Fatal(err)
	}
	options := store.Options{LawID: "140AC0000000045", From: day.Date{Year: 1995, Month: 6, Day: 1}, Until: day.Date{Year: 2000, Month: 1, Day: 1}}
	if report, err := s.Import(context.Background(), []string{name}, options); err != nil || len(report.Refused) > 0 {
		t.Fatal(report, err)
	}
	return s
}

func fraudRule(t *testing.T) *checker.Rule {
	t.Helper()
	book, problems := checker.Load(rules.Files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r, ok := book.Rule("penal-code/fraud-of-property")
	if !ok {
		t.Fatal("there is no such rule")
	}
	return r
}

// clausesOf lists the clauses of a rule that have words in the provision.
func clausesOf(r *checker.Rule) []string {
	var ids []string
	for _, c := range r.Clauses() {
		if c.Ja != "" {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// A phrase that is not there, or not in order, is a fault; one that is there only
// without a parenthesis is said to be so; days without a text are said.
func TestPins(t *testing.T) {
	r := fraudRule(t)
	for _, c := range []struct{ sentence, fault, around string }{
		{"人を欺いて財物を交付させた者は、十年以下の懲役に処する。", "", ""},
		{"人 を欺いて\n財物を交付させた者は、十年以下の懲役に処する。", "", ""},
		{"財物を交付させた者は、十年以下の懲役に処する。", "deceiving 刑法246条1項", ""},
		{"財物を交付させ、人を欺いて財物を取った者は、十年以下の懲役に処する。", `"財物を交付させた" is not in the text`, ""},
		{"財物を交付させた者が人を欺いて、十年以下の懲役に処する。", `"財物を交付させた" stands before the phrase of the clause before`, ""},
		{"人を欺いて財物を交付させた者は、五年以下の懲役に処する。", "penalty ", ""},
		{"人を（他人をいう。以下（次条を除く。）同じ。）欺いて財物を交付させた者は、十年以下の懲役に処する。", "", "only if parentheses are read over"},
		{"人を（人を欺いて）財物を交付させた者は、十年以下の懲役に処する。", "", ""},
	} {
		p, err := New(kept(t, c.sentence)).Pins(r)
		if err != nil {
			t.Fatal(err)
		}
		covered, err := New(kept(t, c.sentence)).Cover(r)
		if err != nil || len(covered.Units) != 1 {
			t.Fatal(covered.Units, err)
		}
		for _, clause := range append(clausesOf(r), PenaltyClause) { // what is no fault is marked, and only that
			isFault := slices.ContainsFunc(p.Faults, func(f Fault) bool { return f.Clause == clause })
			isRead := slices.ContainsFunc(covered.Units[0].Marks, func(m Mark) bool { return slices.Contains(m.Clauses, clause) })
			if isFault == isRead {
				t.Errorf("%s: of %s there is a fault (%t), and words are read by it (%t)", c.sentence, clause, isFault, isRead)
			}
		}
		if len(p.Texts) != 1 || len(p.Without) == 0 || p.Phrases != 3 {
			t.Errorf("%s: %v %v %d", c.sentence, p.Texts, p.Without, p.Phrases)
		}
		for _, list := range []struct {
			want string
			have []Fault
		}{{c.fault, p.Faults}, {c.around, p.Around}} {
			var says []string
			for _, f := range list.have {
				says = append(says, f.Clause+" "+f.Says)
			}
			if all := strings.Join(says, "; "); !strings.Contains(all, list.want) || list.want == "" && all != "" {
				t.Errorf("%s: have %q, want %q", c.sentence, all, list.want)
			}
		}
	}
	p, err := New(kept(t, "")).Pins(r)
	if err != nil || !p.Unchecked() || len(p.Faults) > 0 {
		t.Errorf("without a text: %+v %v", p, err)
	}
	gone, err := New(kept(t, "削除")).Pins(r)
	if err != nil || len(gone.Faults) != 3 {
		t.Errorf("of a text that says nothing: %+v %v", gone.Faults, err)
	}
}

// Every character of a unit is in one mark, and words nothing reads are told.
func TestCover(t *testing.T) {
	r := fraudRule(t)
	sentence := "人を欺いて《余分》財物を交付させた者は、十年以下の懲役に処する。"
	c, err := New(kept(t, sentence)).Cover(r)
	if err != nil || len(c.Units) != 1 {
		t.Fatalf("%+v %v", c, err)
	}
	u := c.Units[0]
	var all strings.Builder
	for _, m := range u.Marks {
		all.WriteString(u.Text[m.From:m.To])
	}
	if all.String() != sentence {
		t.Errorf("marks say %q", all.String())
	}
	if _, omitted, bare := u.Counts(); bare != len([]rune("《余分》")) || omitted != len([]rune("者はに処する")) {
		t.Errorf("%d left out, %d bare", omitted, bare)
	}
	lines := strings.Join(c.Lines("ja"), "\n")
	for _, want := range []string{"［1 人を欺いて］", "《《余分》》", "［罰 十年以下の懲役］", "この間の条文は保存されていない。", "｛a 者は、｝"} {
		if !strings.Contains(lines, want) {
			t.Errorf("no %q in\n%s", want, lines)
		}
	}
	stale, err := New(kept(t, "人を欺いて財物を交付させた。十年以下の懲役")).Cover(r)
	if err != nil || len(stale.Stale) != len(r.Omitted) {
		t.Errorf("words that are in no text: %+v %v", stale.Stale, err)
	}
}

// The page is whole, asks for nothing else, and whatever a text holds is text.
func TestHTML(t *testing.T) {
	c, err := New(kept(t, "人を欺いて&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt;財物を交付させた者は、十年以下の懲役に処する。")).Cover(fraudRule(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"ja", "en"} {
		var page bytes.Buffer
		if err := WriteHTML(&page, lang, []Covered{c}); err != nil {
			t.Fatal(err)
		}
		text := page.String()
		for _, bad := range []string{"<script", "<img", "http://", "https://", "src=\"", "url("} {
			if strings.Contains(text, bad) {
				t.Errorf("%s: %q is in the page", lang, bad)
			}
		}
		for _, want := range []string{`<html lang="` + lang + `">`, "&lt;script&gt;", `<span class="read"><sup>1</sup>人を欺いて</span>`, `<span class="bare">`, "@media print", "</html>"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in the page", lang, want)
			}
		}
	}
}

func TestLetter(t *testing.T) {
	for i, want := range map[int]string{0: "a", 25: "z", 26: "aa", 27: "ab", 52: "ba"} {
		if have := letter(i); have != want {
			t.Errorf("%d: %q, want %q", i, have, want)
		}
	}
}

// A phrase in which words begin that are left out too is one stretch.
func TestPhraseIsOneMark(t *testing.T) {
	r := *fraudRule(t)
	r.Omitted = append(slices.Clone(r.Omitted), checker.Omitted{Words: "、財物を", Why: checker.Text{Ja: "試し", En: "a try"}})
	covered, err := New(kept(t, "人を欺いて、財物を交付させた者は、十年以下の懲役に処する。")).Cover(&r)
	if err != nil || len(covered.Units) != 1 {
		t.Fatal(covered.Units, err)
	}
	if lines := strings.Join(covered.Lines("ja"), "\n"); !strings.Contains(lines, " 財物を交付させた］") {
		t.Errorf("the phrase is in pieces:\n%s", lines)
	}
	end := 0
	for _, m := range covered.Units[0].Marks {
		if m.From != end {
			t.Errorf("a stretch begins at %d, the one before ends at %d", m.From, end)
		}
		end = m.To
	}
	if end != len(covered.Units[0].Text) {
		t.Errorf("the stretches end at %d of %d", end, len(covered.Units[0].Text))
	}
}
