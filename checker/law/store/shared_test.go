package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
)

// shared imports the collected laws, which are not in the repository.
func shared(t testing.TB) *Store {
	t.Helper()
	dir := os.Getenv("JOBUN_SHARED")
	if dir == "" {
		t.Skip("JOBUN_SHARED is not set: the store is NOT tried on the collected laws")
	}
	s := opened(t)
	report := imported(t, s, Options{}, filepath.Join(dir, "law", "xml"))
	if len(report.Imported) != 139 || len(report.Refused) != 0 {
		t.Fatalf("imported %d, refused %v", len(report.Imported), report.Refused)
	}
	return s
}

func TestShared(t *testing.T) {
	s := shared(t)
	for _, c := range []struct {
		law, on  string
		status   Status
		revision string // its day or name
	}{
		// The gaps that XML.md lists, from their first day until their last.
		{"140AC0000000045", "2013-12-20", Held, "snapshot20121111"}, {"140AC0000000045", "2013-12-21", Gap, ""}, {"140AC0000000045", "2016-06-22", Gap, ""}, {"140AC0000000045", "2016-06-23", Held, "20160623"},
		{"413M60000418002", "2013-12-21", Gap, ""}, {"413M60000418002", "2016-03-31", Gap, ""}, {"413M60000418002", "2016-04-01", Held, "20160401"},
		{"129AC0000000089", "2013-01-01", Gap, ""}, {"129AC0000000089", "2016-10-12", Gap, ""},
		{"325AC1000000197", "2013-01-01", Gap, ""}, {"325AC1000000197", "2016-03-31", Gap, ""},
		{"412AC0000000061", "2013-02-21", Gap, ""}, {"412AC0000000061", "2016-09-30", Gap, ""},
		{"415AC0000000057", "2015-12-27", Gap, ""}, {"415AC0000000057", "2017-02-28", Gap, ""},
		{"359AC0000000086", "2012-11-11", Gap, ""}, {"359AC0000000086", "2016-05-20", Gap, ""},
		{"351AC0000000057", "2013-02-21", Gap, ""}, {"351AC0000000057", "2016-06-02", Gap, ""},
		{"337AC0000000134", "2013-12-21", Gap, ""}, {"337AC0000000134", "2016-03-31", Gap, ""},
		// Several revisions on one day.
		{"412AC0000000061", "2017-06-02", Held, "20170602_429AC0000000043"}, {"412AC0000000061", "2020-04-01", Held, "20200401_429AC0000000045"},
		{"337AC0000000134", "2016-04-01", Held, "20160401_426AC0000000118"}, {"325AC1000000197", "2026-05-21", Held, "20260521_505AC0000000063"},
		{"411AC0000000128", "2000-02-12", Before, ""}, {"411AC0000000128", "2012-04-30", Held, "20000213_reconstructed"}, {"411AC0000000128", "2012-05-01", Held, "snapshot20121111"},
		{"323AC0000000131", "2012-05-01", NotHeld, ""},
	} {
		a, err := s.Revision(c.law, date(c.on))
		if err != nil || a.Status != c.status || !strings.HasPrefix(a.Revision.ID, strings.TrimSuffix(c.law+"_"+c.revision, "_")) && c.status == Held {
			t.Errorf("%s on %s: %s %s, %v", c.law, c.on, a.Status, a.Revision.ID, err)
		}
	}
	if v, err := s.Verify(context.Background()); err != nil || !v.Sound() || v.Laws != 12 || len(v.Orphans) != 0 {
		t.Errorf("%+v, %v", v, err)
	}
	if entries, err := s.Laws(); err != nil || len(entries) != 12 {
		t.Errorf("%v, %v", entries, err)
	}
}

// Commencement later than the text, text older than its revision, and grades.
func TestSharedValidity(t *testing.T) {
	s := shared(t)
	for _, c := range []struct {
		law, on, path string
		found         Found
		unverified    bool
	}{
		{"411AC0000000128", "2000-06-30", "At_6", NotYet, false}, {"411AC0000000128", "2000-07-01", "At_6", Provision, true},
		{"411AC0000000128", "2000-06-30", "At_8-Pr_1-It_2", NotYet, false}, {"411AC0000000128", "2000-06-30", "At_8-Pr_1-It_1", Provision, true},
		{"411AC0000000128", "2000-07-01", "At_3", Provision, false},
		{"129AC0000000089", "2011-11-01", "At_96-Pr_1", Provision, false}, {"129AC0000000089", "2011-11-01", "At_97", NoText, false},
		{"129AC0000000089", "2005-03-31", "At_96", NoText, false}, {"129AC0000000089", "2012-04-01", "At_97", Provision, false},
	} {
		x, err := s.Path(c.law, date(c.on), c.path)
		if err != nil || x.Found != c.found || x.Unverified != c.unverified {
			t.Errorf("%s %s on %s: found %d, unverified %v, %v", c.law, c.path, c.on, x.Found, x.Unverified, err)
		}
	}
	x, err := s.Path("411AC0000000128", date("2000-06-30"), "At_8")
	if err != nil || len(x.Later) != 1 || x.Revision.Grade != Reconstruction {
		t.Errorf("%+v, %v", x, err)
	}
}

// large fills a store with 300 laws in 3,000 revisions, of some 90 kB each.
func large(b *testing.B) (s *Store, file string) {
	b.Helper()
	if testing.Short() {
		b.Skip("short")
	}
	dir := b.TempDir()
	var body strings.Builder
	for i := range 150 {
		fmt.Fprintf(&body, `<Article Num="%d"><ArticleTitle>第%d条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence Num="1" WritingMode="vertical">%s</Sentence></ParagraphSentence><Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Sentence Num="1" WritingMode="vertical">第一号</Sentence></ItemSentence></Item></Paragraph></Article>`,
			i+1, i+1, strings.Repeat("何人も、これをしてはならない。", 5))
	}
	var files []string
	for l := range 300 {
		for r := range 10 {
			name := fmt.Sprintf("411AC%010d_20%02d0401_4%02dAC0000000001.xml", l+1, r+10, r+10)
			text := fmt.Sprintf(`<Law Era="Heisei" Year="11" Num="%d" LawType="Act"><LawNum>平成十一年法律第%d号</LawNum><LawBody><LawTitle>法律%d</LawTitle><MainProvision>%s<Article Num="200"><ArticleTitle/><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>%s</Sentence></ParagraphSentence></Paragraph></Article></MainProvision></LawBody></Law>`, l, l, l, body.String(), name)
			files = append(files, put(b, filepath.Join(dir, name), []byte(text)))
		}
	}
	s = opened(b)
	imported(b, s, Options{Asserts: true}, files...)
	return s, files[0]
}

func BenchmarkText(b *testing.B) {
	s, file := large(b)
	data, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("a law has %d bytes", len(data))
	b.Run("store", func(b *testing.B) {
		b.ReportAllocs()
		place := law.Place{Article: law.Number{120}, Paragraph: 1, Item: law.Number{1}}
		i := 0
		ask := func() {
			x, err := s.Text(fmt.Sprintf("411AC%010d", 1+i%50), date("2015-06-01"), place)
			if err != nil || x.Text != "第一号" {
				b.Fatal(x, err)
			}
			i++
		}
		for range 50 {
			ask() // makes the units
		}
		for b.Loop() {
			ask()
		}
	})
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			parse(b, file)
		}
	})
}

func BenchmarkSharedText(b *testing.B) {
	s := shared(b)
	place := law.Place{Article: law.Number{709}}
	b.Run("store", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if x, err := s.Text("129AC0000000089", date("2026-05-01"), place); err != nil || x.Found != Provision {
				b.Fatal(x, err)
			}
		}
	})
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		file := filepath.Join(os.Getenv("JOBUN_SHARED"), "law", "xml", "129AC0000000089", "129AC0000000089_20260401_506AC0000000033.xml")
		for b.Loop() {
			d := parse(b, file)
			if n, ok := d.Find(place); !ok || n.Text() == "" {
				b.Fatal("not found")
			}
		}
	})
}

func parse(b *testing.B, file string) *lawxml.Document {
	data, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	d, err := lawxml.ReadAny(data, lawxml.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	return d
}
