package source

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

type even struct{ n int64 }

func (e *even) FromValue(v any) error {
	n, ok := v.(int64)
	if !ok || n%2 != 0 {
		return errors.New("want an even number")
	}
	e.n = n
	return nil
}

func (*even) SchemaType() string { return "integer" }

type dated struct{ zone string }

func (d *dated) FromValue(v any) error {
	t, ok := v.(time.Time)
	if !ok {
		return errors.New("want a date")
	}
	d.zone = t.Location().String()
	return nil
}

type regime string

type named struct {
	Ja string `toml:"ja" need:"yes" doc:"in Japanese"`
	En string `toml:"en"`
}

type element struct {
	Path string   `toml:"-" path:"yes"`
	ID   string   `toml:"id" need:"yes"`
	Ask  *named   `toml:"ask"`
	With []string `toml:"with" enum:"red,green"`
}

type common struct {
	Title named `toml:"title" need:"yes"`
}

type everything struct {
	common
	Regime   regime           `toml:"regime" enum:"criminal,civil" doc:"which law"`
	Count    int              `toml:"count"`
	Big      int64            `toml:"big"`
	Share    float64          `toml:"share"`
	Draft    bool             `toml:"draft"`
	Even     even             `toml:"even"`
	Evens    []*even          `toml:"evens"`
	Date     dated            `toml:"date"`
	Elements []element        `toml:"element"`
	Evidence map[string]named `toml:"evidence"`
	Any      any              `toml:"any"`
	Skipped  string
	Dash     string `toml:"-"`
}

const wellFormed = `
regime = "civil"
count = 3
big = 4
share = 1
draft = true
even = 2
evens = [2, 4]
date = 2012-03-07
any = [1, { a = "x" }]
title = { ja = "題" }
[evidence]
"account.made" = { ja = "一" }
[[element]]
id = "a"
[[element]]
id = "b"
ask = { ja = "か" }
with = ["red"]
`

func TestDecode(t *testing.T) {
	var got everything
	if ps := mustParse(t, "a.toml", wellFormed).Decode(&got); len(ps) > 0 {
		t.Fatal(ps.Render(80))
	}
	want := everything{
		common: common{Title: named{Ja: "題"}},
		Regime: "civil", Count: 3, Big: 4, Share: 1, Draft: true,
		Even: even{2}, Evens: []*even{{2}, {4}}, Date: dated{"date-local"},
		Elements: []element{
			{Path: "element[0]", ID: "a"},
			{Path: "element[1]", ID: "b", Ask: &named{Ja: "か"}, With: []string{"red"}},
		},
		Evidence: map[string]named{"account.made": {Ja: "一"}},
		Any:      []any{int64(1), map[string]any{"a": "x"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	var loose map[string]any
	if ps := mustParse(t, "a.json", `{"a": [null, 1]}`).Decode(&loose); len(ps) > 0 {
		t.Fatal(ps)
	}
	if fmt.Sprint(loose) != "map[a:[<nil> 1]]" {
		t.Error(loose)
	}
}

func TestDecodeReportsEverything(t *testing.T) {
	toml := `
"管理者" = 1
Regime = "civil"
regime = "cvil"
count = "三"
big = 1.5
share = true
draft = 2012-03-07
even = 3
evens = [2, "二", 4, 5]
date = 01:02:03
[evidence]
"account.made" = { jp = "一" }
[[element]]
[[element]]
id = 'b'
ask = "か"
with = ["red", "gren", 3]
[[element]]
id = ["c"]
ask = { }
`
	json := `{"title": null, "count": 9.5, "element": [{"id": "a", "ask": {"ja": "あ", "en": 1e3}}, []],
 "evidence": {"x.y": []}, "draft": "はい", "elements": {}}`
	var b strings.Builder
	for _, f := range []File{{"a.toml", []byte(toml)}, {"a.json", []byte(json)}} {
		tree := mustParse(t, f.Name, string(f.Text))
		var dst everything
		ps := tree.Decode(&dst)
		b.WriteString(ps.Render(72) + "\n\n")
		if strings.Contains(ps.Error(), "int64") || strings.Contains(ps.Error(), "map[") {
			t.Error("a problem speaks Go")
		}
		var again everything
		if tree.Decode(&again).Error() != ps.Error() {
			t.Error("the same file has other problems the second time")
		}
	}
	golden(t, "decode.want", b.String())
}

func TestDecodeStopsAtAThousand(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "k%d = 1\n", i)
	}
	ps := mustParse(t, "a.toml", b.String()).Decode(&named{})
	if last := ps[len(ps)-1]; len(ps) != 1001 || last.Message != "2001 more problems are not listed" {
		t.Errorf("%d problems, the last %v", len(ps), last)
	}
	_, ps = Parse(File{Name: "a.toml", Text: []byte(strings.Repeat("a = 1\n", 1500))}, Limits{})
	if last := ps[len(ps)-1]; len(ps) != 1001 || last.Message != "499 more problems are not listed" {
		t.Errorf("%d problems, the last %v", len(ps), last)
	}
}

func TestFields(t *testing.T) {
	var b strings.Builder
	for _, f := range Fields(reflect.TypeFor[*everything]()) {
		fmt.Fprintln(&b, f.Name, f.Kind, f.Need, f.Enum, f.Doc)
	}
	want := `title table true [] 
regime string false [criminal civil] which law
count integer false [] 
big integer false [] 
share number false [] 
draft boolean false [] 
even integer false [] 
evens list false [] 
date any false [] 
element list false [] 
evidence table false [] 
any any false [] 
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
	defer func() {
		if recover() == nil {
			t.Error("a field that no value fits is accepted")
		}
	}()
	Fields(reflect.TypeFor[struct {
		C chan int `toml:"c"`
	}]())
}

func TestPaths(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Join("", "a-b_1"), "a-b_1"},
		{Join("a", "b.c"), `a."b.c"`},
		{Join("a", ""), `a.""`},
		{Join(Index("a", 2), "管理者"), `a[2]."管理者"`},
		{Join("", "q\"\n"), `"q\"\n"`},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
	tree := mustParse(t, "a", `{"a.b": {"": [{"q\"[\n": 1}]}}`)
	if path := Join(Index(Join(Join("", "a.b"), ""), 0), "q\"[\n"); tree.Value(path) != int64(1) {
		t.Error("the path does not lead back to the value")
	}
	for _, bad := range []string{"[", "a[", "[-1]", "[x]", `"`, `a."`, "..", "]", "a.b", `"a.b"[0]`, "\x00"} {
		if tree.Has(bad) {
			t.Errorf("%q leads somewhere", bad)
		}
		tree.At(bad)
		tree.Within(bad, 1, 1)
	}
}
