package law

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobun/internal/day"
)

// These tests compare the law files with the texts and the table of revisions that
// were collected for the project. They are not in the repository: JOBUN_SHARED
// names the folder that holds law/xml.

// revision is a row of the table of revisions.
type revision struct{ law, id, from, until, sum string }

// sharedRevisions reads the table, by law and from the oldest, without revisions
// that another of the same day replaces.
func sharedRevisions(t *testing.T) map[string][]revision {
	t.Helper()
	if os.Getenv("JOBUN_SHARED") == "" {
		t.Skip("JOBUN_SHARED is not set: the law files are NOT compared with the collected laws")
	}
	f, err := os.Open(filepath.Join(os.Getenv("JOBUN_SHARED"), "law", "xml", "INDEX.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	revisions := map[string][]revision{}
	for _, row := range rows[1:] {
		v := revision{column(row, "law_id"), column(row, "revision_id"), column(row, "in_force_from"), column(row, "in_force_until"), column(row, "sha256")}
		if v.from != v.until {
			revisions[v.law] = append(revisions[v.law], v)
		}
	}
	return revisions
}

// article is an article as an XML file has it.
type article struct {
	in         string // Pa_2-Ch_19_2
	paragraphs int
}

// sharedArticles reads the articles of the main provisions of a revision.
func sharedArticles(t *testing.T, v revision) map[string]article {
	t.Helper()
	f, err := os.Open(filepath.Join(os.Getenv("JOBUN_SHARED"), "law", "xml", v.law, v.id+".xml"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	codes := map[string]string{"Part": "Pa", "Chapter": "Ch", "Section": "Se", "Subsection": "Ss", "Division": "Di"}
	articles := map[string]article{}
	var in []string
	var current string
	d := xml.NewDecoder(f)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return articles
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			num := ""
			for _, a := range e.Attr {
				if a.Name.Local == "Num" {
					num = a.Value
				}
			}
			switch name := e.Name.Local; {
			case codes[name] != "":
				in = append(in, codes[name]+"_"+num)
			case name == "Article":
				current = strings.ReplaceAll(num, "_", "-")
				articles[current] = article{in: strings.Join(in, "-")}
			case name == "Paragraph":
				a := articles[current]
				a.paragraphs++
				articles[current] = a
			}
		case xml.EndElement:
			if codes[e.Name.Local] != "" {
				in = in[:len(in)-1]
			}
		}
	}
}

func TestStructureAgainstNewestText(t *testing.T) {
	revisions := sharedRevisions(t)
	for _, l := range rulebook(t).Laws() {
		all := revisions[l.EGov]
		if l.EGov == "" || len(all) == 0 {
			t.Logf("%s: no text was collected", l.ID)
			continue
		}
		articles := sharedArticles(t, all[len(all)-1])
		if len(l.structure) == 0 {
			t.Errorf("%s: no structure", l.ID)
		}
		for number, in := range l.structure {
			if a, ok := articles[number.String()]; !ok || a.in != in {
				t.Errorf("%s: article %s is in %q, want %q", l.ID, number, in, a.in)
			}
		}
	}
}

func TestOneParagraphAgainstEveryText(t *testing.T) {
	revisions := sharedRevisions(t)
	for _, l := range rulebook(t).Laws() {
		seen := map[Number]bool{}
		for _, v := range revisions[l.EGov] {
			on := date(t, v.from)
			articles := sharedArticles(t, v)
			for _, listed := range l.paragraphs {
				for number := range listed.one {
					a, exists := articles[number.String()]
					if !exists || !within(on, listed.from, listed.until) {
						continue
					}
					seen[number] = true
					if a.paragraphs != 1 {
						t.Errorf("%s: article %s has %d paragraphs in %s", l.ID, number, a.paragraphs, v.id)
					}
				}
			}
			// A law file that counts every article may not leave one out.
			if !countsEvery(l) {
				continue
			}
			for name, a := range articles {
				number, _ := parseNumber(name, parseArabic)
				if a.paragraphs == 1 && !l.oneParagraphOn(number, on) {
					t.Errorf("%s: article %s has one paragraph in %s and is not listed", l.ID, number, v.id)
				}
			}
		}
		for _, listed := range l.paragraphs {
			for number := range listed.one {
				if !seen[number] && len(revisions[l.EGov]) > 0 {
					t.Errorf("%s: no text has article %s", l.ID, number)
				}
			}
		}
	}
}

// countsEvery names the laws whose files list all their articles of one paragraph.
func countsEvery(l *Law) bool {
	return slices.Contains([]string{"unauthorized-access", "electronic-signature-act", "electronic-signature-regulation", "electronic-signature-order"}, l.ID)
}

// A boundary of versions that lies in the time for which texts were collected has to
// be one there; and where the text changes, a version has to begin. Not compared, for
// want of any text: 刑法 2014-05-20 and everything before 2011-07-14, 司法書士法
// before 2011-07-14, 民法 before 2012-04-01, 電子署名法 and 施行令 before 2006-04-01,
// 施行規則 before 2008-12-01, and 刑事訴訟法, whose versions are those of 250条.
func TestVersionsAgainstRevisions(t *testing.T) {
	revisions := sharedRevisions(t)
	for _, l := range rulebook(t).Laws() {
		all := revisions[l.EGov]
		if len(all) == 0 {
			t.Logf("%s: no revisions were collected", l.ID)
			continue
		}
		boundaries := map[day.Date]bool{}
		sum := ""
		for _, v := range all {
			boundaries[date(t, v.from)] = true
			if v.until != "" {
				boundaries[date(t, v.until)] = true
			}
			if version, ok := l.VersionOn(date(t, v.from)); v.sum != sum && (!ok || version.From != date(t, v.from)) {
				t.Errorf("%s: the text changes on %s, but no version begins", l.ID, v.from)
			}
			sum = v.sum
		}
		for _, v := range l.Versions {
			if covered(t, all, v.From) && !boundaries[v.From] {
				t.Errorf("%s: a version begins on %s, within a revision", l.ID, v.From)
			}
			if !covered(t, all, v.From) {
				t.Logf("%s: the version of %s is not compared", l.ID, v.From)
			}
		}
	}
}

// covered reports whether a text was collected for the day.
func covered(t *testing.T, all []revision, on day.Date) bool {
	for _, v := range all {
		if within(on, date(t, v.from), date(t, v.until)) {
			return true
		}
	}
	return false
}

func TestTitlesAgainstRevisions(t *testing.T) {
	revisions := sharedRevisions(t)
	held := slices.Sorted(maps.Keys(revisions))
	for _, l := range rulebook(t).Laws() {
		if l.EGov == "" || !slices.Contains(held, l.EGov) {
			continue
		}
		all := revisions[l.EGov]
		newest := all[len(all)-1]
		text, err := os.ReadFile(filepath.Join(os.Getenv("JOBUN_SHARED"), "law", "xml", newest.law, newest.id+".xml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{">" + l.Title.Ja + "</LawTitle>", "<LawNum>" + l.Number.Kanji + "</LawNum>"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: %s is not in %s", l.ID, want, newest.id)
			}
		}
	}
}
