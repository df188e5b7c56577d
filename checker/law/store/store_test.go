package store

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"jobun/checker/law"
	"jobun/internal/day"
)

// lawXML is a small law whose first article says something.
func lawXML(number int, title, says string) []byte {
	return fmt.Appendf(nil, `<?xml version="1.0"?><Law Era="Heisei" Year="11" Num="%d" LawType="Act" Lang="ja" PromulgateMonth="08" PromulgateDay="13"><LawNum>平成十一年法律第%d号</LawNum><LawBody><LawTitle Abbrev="略%d">%s</LawTitle><MainProvision><Chapter Num="1"><ChapterTitle>第一章</ChapterTitle>
<Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>%s</Sentence></ParagraphSentence></Paragraph></Article>
<Article Num="2:4"><ArticleTitle>第二条から第四条まで</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>削除</Sentence></ParagraphSentence></Paragraph></Article>
</Chapter></MainProvision></LawBody></Law>`, number, number, number, title, says)
}

func date(s string) day.Date {
	d, err := day.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func put(t testing.TB, name string, data []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func imported(t testing.TB, s *Store, o Options, paths ...string) Report {
	t.Helper()
	report, err := s.Import(context.Background(), paths, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func opened(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "store"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const testLaw = "411AC0000000001"

func TestIntervals(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for _, id := range []string{"20000213_000000000000000", "20100401_422AC0000000010", "20100401_422AC0000000002", "20200401_502AC0000000001"} {
		files = append(files, put(t, filepath.Join(dir, testLaw+"_"+id+".xml"), lawXML(1, "題名", "本文は"+id)))
	}
	s := opened(t)
	if a, err := s.Revision(testLaw, date("2020-01-01")); err != nil || a.Status != NotHeld {
		t.Errorf("an empty store says %v, %v", a.Status, err)
	}
	report := imported(t, s, Options{Asserts: true}, files[:3]...)
	if len(report.Imported) != 3 || len(report.Refused) != 0 {
		t.Errorf("%+v", report)
	}
	// The last is known on its first day only: nothing tells how long it lasted.
	imported(t, s, Options{Grade: Official}, files[3])
	for _, c := range []struct {
		on     string
		status Status
		id     string
	}{
		{"1999-08-12", Before, ""}, {"2000-02-12", Before, ""}, {"2000-02-13", Held, "20000213_000000000000000"},
		{"2010-03-31", Held, "20000213_000000000000000"}, {"2010-04-01", Held, "20100401_422AC0000000010"},
		{"2020-03-31", Held, "20100401_422AC0000000010"}, {"2020-04-01", Held, "20200401_502AC0000000001"}, {"2020-04-02", Gap, ""},
	} {
		a, err := s.Revision(testLaw, date(c.on))
		if err != nil || a.Status != c.status || strings.TrimPrefix(a.Revision.ID, testLaw+"_") != c.id {
			t.Errorf("%s: %s %s, %v", c.on, a.Status, a.Revision.ID, err)
		}
		ja, en := a.Says(date(c.on))
		if (c.status == Held) != (ja == "") || (ja == "") != (en == "") {
			t.Errorf("%s: says %q, %q", c.on, ja, en)
		}
	}
	// With e-Gov's table the end is known, and so is that another text has come.
	table := `{"law_info":{"law_id":"` + testLaw + `"},"revisions":[
	{"law_revision_id":"c","amendment_enforcement_date":"2022-04-01","amendment_law_id":"503AC0000000001","repeal_status":"None"},
	{"law_revision_id":"` + testLaw + `_20200401_502AC0000000001","amendment_enforcement_date":"2020-04-01","amendment_law_id":"502AC0000000001","repeal_status":"None"}]}`
	if r := imported(t, s, Options{}, put(t, filepath.Join(dir, "table.json"), []byte(table))); r.Tables != 1 {
		t.Errorf("%+v", r)
	}
	for on, want := range map[string]Status{"2022-03-31": Held, "2022-04-01": Gap} {
		if a, err := s.Revision(testLaw, date(on)); err != nil || a.Status != want || on == "2022-04-01" && a.Listed != "c" {
			t.Errorf("with the table %s: %s %s, %v", on, a.Status, a.Listed, err)
		}
	}
}

// A text that is in force on no day is refused; one on the disk leaves a gap.
func TestNoDay(t *testing.T) {
	s := opened(t)
	file := put(t, filepath.Join(t.TempDir(), testLaw+"_20000213_000000000000000.xml"), lawXML(1, "題名", "本文"))
	if r := imported(t, s, Options{Until: date("2000-02-13")}, file); len(r.Imported) != 0 || len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Why.Error(), "on no day") {
		t.Errorf("%+v", r)
	}
	l := &lawFile{Revisions: []Revision{{From: date("2000-02-13"), Until: date("2000-02-13")}}}
	for on, want := range map[string]Status{"2000-02-12": Before, "2000-02-13": Gap, "2020-01-01": Gap} {
		a := l.on(date(on))
		if ja, en := a.Says(date(on)); a.Status != want || ja == "" || en == "" {
			t.Errorf("%s: %s, says %q, %q", on, a.Status, ja, en)
		}
	}
}

func TestText(t *testing.T) {
	s := opened(t)
	name := put(t, filepath.Join(t.TempDir(), testLaw+"_20000213_000000000000000.xml"), lawXML(1, "題名", "一　ある。"))
	imported(t, s, Options{Asserts: true, Fetched: date("2020-01-01")}, name)
	for range 2 { // the second time from the units that the first made
		x, err := s.Text(testLaw, date("2021-01-01"), law.Place{Article: law.Number{1}})
		if err != nil || x.Found != Provision || x.Text != "一ある。" || x.Display != "第一条　一　ある。" || x.In != "Ch_1" || x.Paragraphs != 1 || !x.Beyond {
			t.Fatalf("%+v, %v", x, err)
		}
		x, err = s.Text(testLaw, date("2001-01-01"), law.Place{Article: law.Number{3}})
		if err != nil || !x.Deleted || !x.Range {
			t.Fatalf("%+v, %v", x, err)
		}
		x, err = s.Text(testLaw, date("2001-01-01"), law.Place{Article: law.Number{5}})
		if err != nil || x.Found != NoProvision {
			t.Fatalf("%+v, %v", x, err)
		}
	}
	if matches, _ := filepath.Glob(filepath.Join(s.Dir(), "files", "*", "*.units")); len(matches) != 1 {
		t.Errorf("units: %v", matches)
	}
}

func TestGrades(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	name := put(t, filepath.Join(dir, testLaw+"_20000213_000000000000000.xml"), lawXML(1, "題名", "甲。"))
	did := func(o Options) Did { return imported(t, s, o, name).Imported[0].Did }
	if d := did(Options{Grade: Converted}); d != Added {
		t.Error(d)
	}
	if d := did(Options{Grade: Converted}); d != Same {
		t.Error(d)
	}
	put(t, name, lawXML(1, "題名", "乙。"))
	if d := did(Options{}); d != Kept {
		t.Error(d)
	}
	if d := did(Options{Grade: Official}); d != Replaced {
		t.Error(d)
	}
	x, err := s.Text(testLaw, date("2000-02-13"), law.Place{Article: law.Number{1}})
	if err != nil || x.Text != "乙。" || x.Revision.Grade != Official {
		t.Errorf("%+v, %v", x, err)
	}
	v, err := s.Verify(context.Background())
	if err != nil || !v.Sound() || len(v.Orphans) != 1 || v.Texts != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	if n, err := s.Collect(context.Background(), time.Now()); err != nil || n != 1 {
		t.Errorf("collected %d, %v", n, err)
	}
}

func TestRefusals(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	s.limits.Law.Bytes = 1 << 20
	put(t, filepath.Join(dir, "in", "nameless.xml"), lawXML(1, "題名", "甲。"))
	put(t, filepath.Join(dir, "in", testLaw+"_20000213_000000000000000.xml"), []byte("<html/>"))
	put(t, filepath.Join(dir, "in", "error.json"), []byte(`{"code":"404001","message":"ない"}`))
	put(t, filepath.Join(dir, "in", "notes.txt"), []byte("not looked at"))
	report := imported(t, s, Options{}, filepath.Join(dir, "in"), filepath.Join(dir, "absent"))
	if len(report.Refused) != 4 || len(report.Imported) != 0 {
		t.Errorf("%+v", report)
	}
	if r := imported(t, s, Options{LawID: testLaw, From: date("2001-01-01")}, filepath.Join(dir, "in", "nameless.xml")); len(r.Imported) != 1 {
		t.Errorf("%+v", r)
	}
}

func TestZip(t *testing.T) {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	add := func(name string, data []byte) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	stem := testLaw + "_20000213_000000000000000"
	add("all/"+stem+"/"+stem+".xml", lawXML(1, "題名", "甲。"))
	add("../../"+testLaw+"_20010101_000000000000000.xml", lawXML(1, "題名", "乙。"))
	add("bomb.xml", bytes.Repeat([]byte(" "), 4<<20))
	add("readme.txt", nil)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s, dir := opened(t), t.TempDir()
	name := put(t, filepath.Join(dir, "bulk.zip"), file.Bytes())
	report := imported(t, s, Options{Grade: Official}, name)
	if len(report.Imported) != 1 || len(report.Refused) != 2 {
		t.Errorf("%+v", report)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*.xml")); len(names) != 0 {
		t.Errorf("the archive wrote %v", names)
	}
	limits := DefaultLimits()
	limits.Total = 100
	if r := imported(t, opened(t), Options{Limits: limits}, name); len(r.Imported) != 0 {
		t.Errorf("past the limit of the archive: %+v", r)
	}
	limits = DefaultLimits()
	limits.Entries = 2
	if _, err := opened(t).Import(context.Background(), []string{name}, Options{Limits: limits}); err == nil {
		t.Error("more entries than allowed were read")
	}
}

func TestCorruption(t *testing.T) {
	s := opened(t)
	name := put(t, filepath.Join(t.TempDir(), testLaw+"_20000213_000000000000000.xml"), lawXML(1, "題名", "甲。"))
	imported(t, s, Options{Asserts: true}, name)
	ask := func() (Text, error) { return s.Text(testLaw, date("2001-01-01"), law.Place{Article: law.Number{1}}) }
	want, err := ask()
	if err != nil || want.Text != "甲。" {
		t.Fatal(want, err)
	}
	units, _ := filepath.Glob(filepath.Join(s.Dir(), "files", "*", "*.units"))
	good, err := os.ReadFile(units[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range good { // whatever byte of the units is wrong, the answer is not
		bad := bytes.Clone(good)
		bad[i] ^= 0x41
		put(t, units[0], bad)
		if x, err := ask(); err != nil || !reflect.DeepEqual(x, want) {
			t.Fatalf("byte %d: %+v, %v", i, x, err)
		}
		if x, err := s.Text(testLaw, date("2001-01-01"), law.Place{Article: law.Number{9}}); err != nil || x.Found != NoProvision {
			t.Fatalf("byte %d: %+v, %v", i, x, err)
		}
	}
	text := strings.TrimSuffix(units[0], ".units")
	put(t, text, []byte("tampered"))
	os.Remove(units[0])
	if _, err := ask(); err == nil {
		t.Error("a changed text was read")
	}
	if v, err := s.Verify(context.Background()); err != nil || v.Sound() || len(v.Corrupt) != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	imported(t, s, Options{Asserts: true}, name) // importing it again mends it
	if _, err := ask(); err != nil {
		t.Error(err)
	}
	put(t, s.lawPath(testLaw), []byte("{"))
	if _, err := ask(); err == nil {
		t.Error("a broken law file was read")
	}
	if v, err := s.Verify(context.Background()); err != nil || len(v.BadLaws) != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := s.Collect(context.Background(), time.Now()); err == nil {
		t.Error("texts were collected though a law file cannot be read")
	}
}

// Parts of a broken write and a list of names that came too late do no harm.
func TestCrash(t *testing.T) {
	s := opened(t)
	dir := t.TempDir()
	imported(t, s, Options{}, put(t, filepath.Join(dir, testLaw+"_20000213_000000000000000.xml"), lawXML(1, "題名", "甲。")))
	names, err := os.ReadFile(s.namesPath())
	if err != nil {
		t.Fatal(err)
	}
	second := "411AC0000000002"
	imported(t, s, Options{}, put(t, filepath.Join(dir, second+"_20000213_000000000000000.xml"), lawXML(2, "別名", "乙。")))
	put(t, s.namesPath(), names) // as if the crash came before the names
	put(t, s.lawPath(testLaw)+tempMark+"123", []byte("{"))
	entries, err := s.Laws()
	if err != nil || len(entries) != 2 || entries[1].Title != "別名" || entries[1].Abbrev[0] != "略2" {
		t.Errorf("%+v, %v", entries, err)
	}
	if n, err := s.Collect(context.Background(), time.Now().Add(time.Hour)); err != nil || n != 2 {
		t.Errorf("collected %d, %v", n, err)
	}
}

// Stores of two processes are two Stores of one folder, for the lock is of the file.
func TestTwoWriters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	var wait sync.WaitGroup
	for writer := range 4 {
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		for i := range 10 {
			id := fmt.Sprintf("%s_20%02d0101_4%02dAC0000000001.xml", testLaw, i+10*writer, i+10*writer)
			files = append(files, put(t, filepath.Join(t.TempDir(), id), lawXML(1, "題名", id)))
		}
		wait.Go(func() {
			for _, name := range files {
				if _, err := s.Import(context.Background(), []string{name}, Options{}); err != nil {
					t.Error(err)
				}
				if _, err := s.Revision(testLaw, date("2030-01-01")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if revisions, err := s.Revisions(testLaw); err != nil || len(revisions) != 40 {
		t.Errorf("%d texts, %v", len(revisions), err)
	}
	if v, err := s.Verify(context.Background()); err != nil || !v.Sound() || len(v.Orphans)+len(v.Stale) != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

// A law file that another process replaces by one of the same size and time is read again.
func TestReplacedLaw(t *testing.T) {
	s := opened(t)
	file := put(t, filepath.Join(t.TempDir(), testLaw+"_20000213_000000000000000.xml"), lawXML(1, "題名", "本文"))
	imported(t, s, Options{Source: "one"}, file)
	source := func() string {
		revisions, err := s.Revisions(testLaw)
		if err != nil || len(revisions) != 1 {
			t.Fatal(revisions, err)
		}
		return revisions[0].Source
	}
	before, err := os.Stat(s.lawPath(testLaw))
	if source() != "one" || err != nil {
		t.Fatal(source(), err)
	}
	other, err := Open(s.Dir())
	if err != nil {
		t.Fatal(err)
	}
	for _, writer := range []struct {
		store  *Store
		source string
	}{{other, "two"}, {s, "six"}} {
		imported(t, writer.store, Options{Source: writer.source}, file)
		if err := os.Chtimes(s.lawPath(testLaw), before.ModTime(), before.ModTime()); err != nil {
			t.Fatal(err)
		}
		if have := source(); have != writer.source {
			t.Errorf("%s is on the disk and %s was read", writer.source, have)
		}
	}
}

func FuzzLawFile(f *testing.F) {
	f.Add([]byte(`{"format":1,"law_id":"411AC0000000001","revisions":[{"id":"a","from":"2000-01-01","ends":"current","fetched":"2001-01-01","sha256":"` + strings.Repeat("a", 64) + `"}],"listed":[{"id":"b","from":"2003-01-01"}]}`))
	f.Add([]byte(`{"format":1,"law_id":"411AC0000000001","revisions":[{"id":"a","from":"2000-01-01","until":"2000-01-01","sha256":"` + strings.Repeat("a", 64) + `"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := decodeLaw(testLaw, data)
		if err != nil {
			return
		}
		for _, on := range []string{"1999-01-01", "2000-01-01", "2001-06-01", "2010-01-01"} {
			a := l.on(date(on))
			if a.Status == Held && (a.Revision.From.After(date(on)) || !a.Revision.Until.IsZero() && !date(on).Before(a.Revision.Until)) {
				t.Fatalf("%s: %+v", on, a)
			}
			a.Says(date(on))
		}
	})
}

func FuzzUnits(f *testing.F) {
	f.Add([]byte("x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		hash := strings.Repeat("0", 64)
		head := append([]byte(unitsMagic), make([]byte, 64)...)
		data = append(head, data...)
		u, err := openUnits(bytes.NewReader(data), int64(len(data)), hash)
		if err == nil {
			_, _, _ = u.find("At_1")
		}
	})
}
