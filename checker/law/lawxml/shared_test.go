package lawxml

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"jobun/checker/law"
)

// shared is the folder of the collected laws, which are not in the repository.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("JOBUN_SHARED")
	if dir == "" {
		t.Skip("JOBUN_SHARED is not set: the reader is NOT tried on the collected laws")
	}
	return filepath.Join(dir, "law")
}

func TestSharedNothingLost(t *testing.T) {
	files := 0
	err := filepath.WalkDir(shared(t), func(name string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".xml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		d := nothingLost(t, data)
		if len(data) < 100_000 { // finding every unit is slow in the largest
			layoutAgrees(t, d)
		}
		files++
		return nil
	})
	if err != nil || files < 140 {
		t.Errorf("read %d files: %v", files, err)
	}
}

// The API's JSON gives the document that the XML of the same revision gives.
func TestSharedJSON(t *testing.T) {
	dir := shared(t)
	names, err := filepath.Glob(filepath.Join(dir, "api", "law_data_*.json"))
	if err != nil || len(names) == 0 {
		t.Fatal("no API answers", err)
	}
	for _, name := range append(names, filepath.Join(dir, "data", "other", "law_data_tokkyoho.json")) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := ReadAny(data, Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, "xml", d.LawID, d.RevisionID+".xml"))
		if err != nil {
			t.Logf("%s: there is no XML of %s to compare with", filepath.Base(name), d.RevisionID)
			continue
		}
		if x, err := ReadAny(text, Limits{}); err != nil || !reflect.DeepEqual(x.Root, d.Root) {
			t.Errorf("%s: the XML differs: %v", filepath.Base(name), err)
		}
	}
}

// Where provisions.json and the XML of a revision both have an article, they say
// the same. Its text is Markdown, so numbers and marks are taken out of both.
func TestSharedProvisions(t *testing.T) {
	dir := shared(t)
	data, err := os.ReadFile(filepath.Join(dir, "data", "provisions.json"))
	if err != nil {
		t.Fatal(err)
	}
	var articles []struct {
		LawID    string `json:"law_id"`
		Article  string
		Versions []struct {
			Source, Text string
			AlsoIn       []string `json:"also_in"`
		}
	}
	if err := json.Unmarshal(data, &articles); err != nil {
		t.Fatal(err)
	}
	documents := map[string]*Document{}
	compared, absent := 0, 0
	for _, a := range articles {
		for _, v := range a.Versions {
			for _, revision := range append(v.AlsoIn, v.Source) {
				d, ok := documents[revision]
				if !ok {
					if text, err := os.ReadFile(filepath.Join(dir, "xml", a.LawID, revision+".xml")); err == nil {
						if d, err = ReadAny(text, Limits{}); err != nil {
							t.Fatal(err)
						}
					}
					documents[revision] = d
				}
				if d == nil {
					absent++
					continue
				}
				compared++
				var found *Node
				for n := range d.Main().All() {
					if n.Tag == "Article" && raw(n.Child("ArticleTitle")) == a.Article {
						found = n
					}
				}
				if found == nil && v.Text == "" {
					continue // neither has it
				}
				if found == nil {
					t.Errorf("%s has no %s", revision, a.Article)
				} else if want, have := plain(v.Text, a.Article), plain(found.Display(), a.Article); want != have {
					t.Errorf("%s %s:\nwant %s\nhave %s", revision, a.Article, want, have)
				}
			}
		}
	}
	t.Logf("%d articles compared, %d in revisions that are not held as XML", compared, absent)
	if compared < 1000 {
		t.Errorf("only %d articles were compared", compared)
	}
}

// plain takes the caption, the title, Markdown and white space out of an article.
func plain(s, title string) string {
	caption, rest, found := strings.Cut(s, "\n")
	if found && strings.HasPrefix(caption, "（") {
		s = rest
	}
	s = regexp.MustCompile(`^\*\*`+title+`(（[^*]*）)?\*\*`).ReplaceAllString(s, "")
	s = strings.TrimPrefix(s, title)
	s = regexp.MustCompile(`(?m)^ *- `).ReplaceAllString(s, "")
	return normalised(strings.NewReplacer("*", "", "｜", "", "|", "").Replace(s))
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(`{"law_full_text":{"tag":"Law","children":[{"tag":"LawBody","children":["a"]}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := ReadAny(data, Limits{Bytes: 1 << 20, Depth: 40, Nodes: 1 << 16})
		if err != nil {
			return
		}
		l := d.Layout()
		for _, u := range l.Units {
			_ = l.Norm[u.Norm.From:u.Norm.To] + l.Show[u.Show.From:u.Show.To]
		}
		d.Find(law.Place{Article: law.Number{1}})
		if len(data) > 0 && data[0] == '<' {
			out := written(t, d.Root)
			again, err := Read(strings.NewReader(out), Limits{Bytes: 8 << 20, Depth: 40, Nodes: 1 << 16})
			if err != nil || !reflect.DeepEqual(again.Root, d.Root) {
				t.Fatalf("written again it is another document: %v\n%s", err, out)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	dir := shared(b)
	name := filepath.Join(dir, "xml", "129AC0000000089", "129AC0000000089_20260401_506AC0000000033.xml")
	for b.Loop() {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := ReadAny(data, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
