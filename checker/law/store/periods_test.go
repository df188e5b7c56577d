package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobun/internal/day"
)

const periodLaw = `<Law Era="Heisei" Year="11" Num="9" LawType="Act"><LawNum>平成十一年法律第九号</LawNum><LawBody><LawTitle>試し法</LawTitle><MainProvision><Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>%s</Sentence></ParagraphSentence></Paragraph></Article></MainProvision></LawBody></Law>`

// Periods say of every day what Revision says of it.
func TestPeriods(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []struct {
		name    string
		options Options
	}{
		{"411AC0000000009_20000101_000000000000000", Options{Until: date("2000-01-11")}},
		{"411AC0000000009_20000115_412AC0000000001", Options{Asserts: true}},
		{"411AC0000000009_20000120_412AC0000000002", Options{}},
	} {
		file := filepath.Join(dir, text.name+".xml")
		if err := os.WriteFile(file, []byte(fmt.Sprintf(periodLaw, text.name)), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Import(context.Background(), []string{file}, text.options); err != nil {
			t.Fatal(err)
		}
	}
	periods, err := s.Periods("411AC0000000009")
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, p := range periods {
		have = append(have, fmt.Sprintf("%s..%s %s", p.From, p.Until, p.Answer.Status))
	}
	want := "2000-01-01..2000-01-11 held, 2000-01-11..2000-01-15 gap, 2000-01-15..2000-01-20 held, 2000-01-20..2000-01-21 held, 2000-01-21.. gap"
	if strings.Join(have, ", ") != want {
		t.Errorf("have %s\nwant %s", strings.Join(have, ", "), want)
	}
	for d := date("2000-01-01"); d.Before(date("2000-01-25")); d = d.Add(1) {
		a, err := s.Revision("411AC0000000009", d)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range periods {
			if _, _, ok := p.Overlaps(d, d.Add(1)); ok && (p.Answer.Status != a.Status || p.Answer.Revision.ID != a.Revision.ID) {
				t.Errorf("%s: the period says %s %s, the day %s %s", d, p.Answer.Status, p.Answer.Revision.ID, a.Status, a.Revision.ID)
			}
		}
	}
	if first, end, ok := (Period{From: date("2000-01-05"), Until: date("2000-01-11")}).Overlaps(day.Date{}, date("2000-01-08")); !ok || first != date("2000-01-05") || end != date("2000-01-08") {
		t.Errorf("overlap %s %s %v", first, end, ok)
	}
	if _, _, ok := (Period{From: date("2000-01-05"), Until: date("2000-01-11")}).Overlaps(date("2000-01-11"), day.Date{}); ok {
		t.Error("a period and the day on which it ends overlap")
	}
}
