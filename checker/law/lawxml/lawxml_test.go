package lawxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"jobun/checker/law"
)

// sample has every shape that the real files of the project have not.
const sample = `<?xml version="1.0" encoding="UTF-8"?>
<Law Era="Heisei" Lang="ja" LawType="Act" Num="1" Year="11" PromulgateMonth="08" PromulgateDay="13">
<LawNum>平成十一年法律第一号</LawNum>
<LawBody>
 <LawTitle Kana="ためし" Abbrev="試し法,試し、試し法">試しに関する法律</LawTitle>
 <TOC><TOCLabel>目次</TOCLabel><TOCChapter Num="1"><ChapterTitle>第一章　総則</ChapterTitle><ArticleRange>（第一条）</ArticleRange></TOCChapter></TOC>
 <MainProvision>
  <Chapter Num="1"><ChapterTitle>第一章　総則</ChapterTitle>
   <Article Num="1"><ArticleCaption>（<Ruby>勾<Rt>こう</Rt></Ruby>配）</ArticleCaption><ArticleTitle>第一条</ArticleTitle>
    <Paragraph Num="1"><ParagraphNum/><ParagraphSentence>
     <Sentence Num="1" Function="main">何人も、　<Ruby>勾<Rt>こう</Rt></Ruby>配を変えてはならない。</Sentence><Sentence Num="2" Function="proviso">ただし、x<Sup>2</Sup>は、この限りでない。</Sentence>
    </ParagraphSentence>
     <Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Column Num="1"><Sentence>甲</Sentence></Column><Column Num="2"><Sentence>乙をいう。</Sentence></Column></ItemSentence>
      <Subitem1 Num="1"><Subitem1Title>イ</Subitem1Title><Subitem1Sentence><Sentence>その一</Sentence></Subitem1Sentence>
       <Subitem2 Num="2"><Subitem2Title>（２）</Subitem2Title><Subitem2Sentence><Sentence>その二</Sentence></Subitem2Sentence></Subitem2>
      </Subitem1></Item>
     <Item Num="1_2"><ItemTitle>一の二</ItemTitle><ItemSentence><Sentence>丙</Sentence></ItemSentence></Item>
     <Item Num="2:3"><ItemTitle>二及び三</ItemTitle><ItemSentence><Sentence>削除</Sentence></ItemSentence></Item>
    </Paragraph>
    <Paragraph Num="2"><ParagraphNum>２</ParagraphNum><ParagraphSentence><Sentence>次の表による。</Sentence><Sentence>この場合において、丁とする。</Sentence></ParagraphSentence>
     <TableStruct><TableStructTitle>表</TableStructTitle><Table><TableHeaderRow><TableHeaderColumn>上欄</TableHeaderColumn><TableHeaderColumn>下欄</TableHeaderColumn></TableHeaderRow>
      <TableRow><TableColumn><Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Sentence>表の一</Sentence></ItemSentence></Item></TableColumn><TableColumn><Sentence/></TableColumn></TableRow></Table></TableStruct>
    </Paragraph>
   </Article>
   <Article Num="2_2:2_4"><ArticleTitle>第二条の二から第二条の四まで</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>削除</Sentence></ParagraphSentence></Paragraph></Article>
  </Chapter>
 </MainProvision>
 <SupplProvision><SupplProvisionLabel>附　則</SupplProvisionLabel><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>施行する。</Sentence></ParagraphSentence></Paragraph></SupplProvision>
 <SupplProvision AmendLawNum="平成二四年法律第一二号"><SupplProvisionLabel>附　則</SupplProvisionLabel><Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>別の附則。</Sentence></ParagraphSentence></Paragraph></Article></SupplProvision>
 <AppdxTable Num="1"><AppdxTableTitle>別表</AppdxTableTitle><Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Sentence>別表の一</Sentence></ItemSentence></Item></AppdxTable>
</LawBody>
</Law>`

func read(t *testing.T, text string) *Document {
	t.Helper()
	d, err := Read(strings.NewReader(text), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDocument(t *testing.T) {
	d := read(t, sample)
	if d.Title != "試しに関する法律" || d.LawNum != "平成十一年法律第一号" || d.Promulgated.String() != "1999-08-13" ||
		!reflect.DeepEqual(d.Abbrev, []string{"試し法", "試し、試し法"}) {
		t.Errorf("the law is read as %+v", d)
	}
}

func TestFindAndText(t *testing.T) {
	d := read(t, sample)
	for _, c := range []struct{ place, want string }{
		{"1", "何人も、勾配を変えてはならない。ただし、x2は、この限りでない。甲乙をいう。その一その二丙削除次の表による。この場合において、丁とする。表の一"},
		{"1(1)(i)", "甲乙をいう。その一その二"},
		{"1(1)(i)(a)", "その一その二"},
		{"1(1)(i)(a)(2)", "その二"},
		{"1(1)(i-2)", "丙"},
		{"1(1)(iii)", "削除"},
		{"1(i)", "甲乙をいう。その一その二"}, // an item without its paragraph is in the first
		{"2-3", "削除"},
		{"2-3(1)", "削除"},
		{"suppl.(1)", "施行する。"},
		{"suppl.1", ""},
		{"1(2)(i)", ""}, // an item of a table is none of the paragraph
		{"2", ""},
		{"2-5", ""},
		{"1(3)", ""},
	} {
		p, err := law.ParsePlace(c.place)
		if err != nil {
			t.Fatal(err)
		}
		n, ok := d.Find(p)
		if ok != (c.want != "") || ok && n.Text() != c.want {
			t.Errorf("%s: found %v, %v", c.place, ok, n)
		}
	}
}

func TestParts(t *testing.T) {
	d := read(t, sample)
	one, _ := d.Find(law.Place{Article: law.Number{1}, Paragraph: 1})
	two, _ := d.Find(law.Place{Article: law.Number{1}, Paragraph: 2})
	item, _ := d.Find(law.Place{Article: law.Number{1}, Paragraph: 1, Item: law.Number{1}})
	article, _ := d.Find(law.Place{Article: law.Number{1}})
	for _, c := range []struct {
		n    *Node
		part Part
		want string
	}{
		{one, Main, "何人も、勾配を変えてはならない。"},
		{one, Proviso, "ただし、x2は、この限りでない。"},
		{one, Chapeau, "何人も、勾配を変えてはならない。ただし、x2は、この限りでない。"},
		{one, Second, ""},
		{two, First, "次の表による。"},
		{two, Second, "この場合において、丁とする。"},
		{two, Proviso, ""},
		{two, Chapeau, ""}, // it has no items
		{item, Chapeau, "甲乙をいう。"},
		{item, First, ""},   // its columns are no sentences
		{article, Main, ""}, // it has two paragraphs
	} {
		if text, ok := c.n.Part(c.part); text != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v", c.part, text, ok)
		}
	}
}

func TestDisplay(t *testing.T) {
	d := read(t, sample)
	n, _ := d.Find(law.Place{Article: law.Number{1}})
	want := `（勾配）
第一条　何人も、　勾配を変えてはならない。ただし、x2は、この限りでない。
一　甲　乙をいう。
イ　その一
（２）　その二
一の二　丙
二及び三　削除
２　次の表による。この場合において、丁とする。
表
上欄｜下欄
一　表の一`
	if n.Display() != want {
		t.Errorf("want\n%s\nhave\n%s", want, n.Display())
	}
}

func TestLayout(t *testing.T) {
	d := read(t, sample)
	l := d.Layout()
	for _, u := range l.Units {
		if u.Tag == "" || u.Norm.From > u.Norm.To || u.Show.From > u.Show.To {
			t.Errorf("unit %+v", u)
		}
	}
	paths := map[string]Unit{}
	for _, u := range l.Units {
		paths[u.Path] = u
	}
	if u := paths["At_2_3-Pr_1"]; !u.Range || !u.Deleted || u.In != "Ch_1" || u.Article != "At_2_2" {
		t.Errorf("%+v", u)
	}
	if u := paths["Sp[平成二四年法律第一二号]-At_1"]; l.Norm[u.Norm.From:u.Norm.To] != "別の附則。" {
		t.Errorf("%+v", u)
	}
	if _, ok := paths["It_1"]; ok {
		t.Error("an item of a table in 別表 is no provision")
	}
	layoutAgrees(t, d)
}

// layoutAgrees checks each unit against the element that Find gives.
func layoutAgrees(t *testing.T, d *Document) {
	t.Helper()
	l := d.Layout()
	seen := map[string]bool{}
	for _, u := range l.Units {
		if seen[u.Path] || strings.HasPrefix(u.Path, "Sp") {
			continue
		}
		seen[u.Path] = true
		n, ok := find(d.Main(), unitAt{}, u.Path)
		if !ok || n.Text() != l.Norm[u.Norm.From:u.Norm.To] || n.Display() != l.Show[u.Show.From:u.Show.To] {
			t.Fatalf("%s: the layout and the element differ", u.Path)
		}
	}
}

// nothingLost checks that tree, display and re-written file have every character
// of a file in its order.
func nothingLost(t *testing.T, data []byte) *Document {
	t.Helper()
	d, err := Read(bytes.NewReader(data), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	all, shown := characters(t, data)
	if squeezed(raw(d.Root)) != all {
		t.Fatal("the tree has not the characters of the file")
	}
	if have := squeezed(strings.ReplaceAll(d.Root.Display(), "｜", "")); have != shown {
		t.Fatal("the display has not the characters of the file")
	}
	again, err := Read(strings.NewReader(written(t, d.Root)), Limits{})
	if err != nil || !reflect.DeepEqual(again, d) {
		t.Fatalf("what was written again is read differently: %v", err)
	}
	return d
}

// raw is all text under a node as it is written, readings of ruby included.
func raw(n *Node) string {
	var b strings.Builder
	for c := range n.All() {
		b.WriteString(c.Chars)
	}
	return b.String()
}

// written writes a tree as XML again.
func written(t *testing.T, n *Node) string {
	t.Helper()
	var b strings.Builder
	escape := func(s string) {
		if err := xml.EscapeText(&b, []byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if n.Tag == "" {
		escape(n.Chars)
		return b.String()
	}
	b.WriteString("<" + n.Tag)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Name + `="`)
		escape(a.Value)
		b.WriteString(`"`)
	}
	b.WriteString(">")
	for _, c := range n.Children {
		b.WriteString(written(t, c))
	}
	b.WriteString("</" + n.Tag + ">")
	return b.String()
}

// characters collects the text of a file without the reader under test; shown
// leaves out readings of ruby.
func characters(t *testing.T, data []byte) (all, shown string) {
	t.Helper()
	var a, s strings.Builder
	reading := 0
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return squeezed(a.String()), squeezed(strings.ReplaceAll(s.String(), "｜", ""))
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "Rt" {
				reading++
			}
		case xml.EndElement:
			if token.Name.Local == "Rt" {
				reading--
			}
		case xml.CharData:
			a.Write(token)
			if reading == 0 {
				s.Write(token)
			}
		}
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func TestNothingLost(t *testing.T) { nothingLost(t, []byte(sample)) }

func TestHostile(t *testing.T) {
	deep := strings.Repeat("<Law>", 1000) + strings.Repeat("</Law>", 1000)
	for _, c := range []struct {
		says, text string
		want       error
	}{
		{"deep", deep, ErrTooDeep},
		{"an entity", `<!DOCTYPE Law [<!ENTITY a "aaaa">]><Law><LawBody>&a;</LawBody></Law>`, nil},
		{"no law", "<html/>", nil},
		{"no body", "<Law/>", nil},
		{"nothing", "", nil},
		{"cut off", "<Law><LawBody>", nil},
		{"two roots", "<Law><LawBody/></Law><Law/>", nil},
		{"crossed", "<Law><LawBody></Law></LawBody>", nil},
		{"another encoding", `<?xml version="1.0" encoding="Shift_JIS"?><Law><LawBody/></Law>`, nil},
	} {
		_, err := Read(strings.NewReader(c.text), Limits{})
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.says, err)
		}
	}
	small := Limits{Bytes: 100, Depth: 10, Nodes: 3}
	if _, err := Read(strings.NewReader(sample), small); !errors.Is(err, ErrTooLong) {
		t.Errorf("long: %v", err)
	}
	small.Bytes = 1 << 20
	if _, err := Read(strings.NewReader(sample), small); !errors.Is(err, ErrTooMany) {
		t.Errorf("many: %v", err)
	}
	for _, text := range []string{
		`{"law_full_text":` + strings.Repeat(`{"tag":"a","children":[`, 1000), "{", `{"code":"404001","message":"ない"}`, `{"law_full_text":null}`,
		`{"law_full_text":"!"}`, `{"law_full_text":{"tag":"Article"}}`, `{"law_full_text":{"children":["x"]}}`, `{"law_full_text":{"tag":"Law","children":[1]}}`,
	} {
		if _, err := ReadAny([]byte(text), Limits{}); err == nil {
			t.Errorf("%.40s was read", text)
		}
	}
}

// A text in very many pieces is put together in a time that grows as the file does (a
// million pieces took a minute when each copied those before it), and pieces count
// towards the limit.
func TestPieces(t *testing.T) {
	const n = 1_000_000
	for name, text := range map[string]string{
		"JSON": `{"law_full_text":{"tag":"Law","children":[{"tag":"LawBody","children":[{"tag":"LawTitle","children":[""` +
			strings.Repeat(`,"法"`, n) + `]}]}]}}`,
		"XML": "<Law><LawBody><LawTitle>" + strings.Repeat("法<!---->", n) + "</LawTitle></LawBody></Law>",
	} {
		d, err := ReadAny([]byte(text), Limits{})
		if err != nil {
			t.Fatal(name, err)
		}
		if title := d.Body().Child("LawTitle"); len(title.Children) != 1 || d.Title != strings.Repeat("法", n) {
			t.Errorf("%s: a title of %d bytes in %d nodes", name, len(d.Title), len(title.Children))
		}
		if _, err := ReadAny([]byte(text), Limits{Bytes: 64 << 20, Depth: 60, Nodes: n}); !errors.Is(err, ErrTooMany) {
			t.Errorf("%s: beyond the limit there is %v", name, err)
		}
	}
}

func TestJSON(t *testing.T) {
	text := `{"law_info":{"law_id":"411AC0000000001"},"revision_info":{"law_revision_id":"411AC0000000001_20200401_501AC0000000001","amendment_enforcement_date":"2020-04-01","amendment_law_id":"501AC0000000001","current_revision_status":"CurrentEnforced"},
	"law_full_text":{"attr":{"Era":"Heisei","Year":11},"tag":"Law","children":["\n",{"tag":"LawNum","attr":{},"children":["一号"]},{"children":[{"tag":"LawTitle","children":["法"]},{"tag":"MainProvision","children":[]}],"tag":"LawBody"}]}}`
	d, err := ReadAny([]byte(text), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := read(t, `<Law Era="Heisei" Year="11"><LawNum>一号</LawNum><LawBody><LawTitle>法</LawTitle><MainProvision/></LawBody></Law>`)
	if !reflect.DeepEqual(d.Root.Children[1].Children[0], want.Root.Children[1].Children[0]) || d.Root.Display() != want.Root.Display() {
		t.Errorf("JSON and XML differ: %+v", d.Root)
	}
	if d.LawID != "411AC0000000001" || d.InForce.String() != "2020-04-01" || d.AmendedBy != "501AC0000000001" {
		t.Errorf("%+v", d)
	}
}
