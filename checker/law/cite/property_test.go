package cite

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jobun/checker/law"
)

// styles are all the ways in which the program prints a citation.
func styles() []law.Style {
	var all []law.Style
	for _, form := range []law.Form{law.Full, law.Short} {
		all = append(all, law.Style{Lang: law.EN, Form: form}, law.Style{Lang: law.JA, Form: form}, law.Style{Lang: law.JA, Form: form, Numerals: law.Kanji})
	}
	return all
}

// What the program prints is read as what it printed.
func FuzzPrintParse(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"168-2(1)(i)", "6(xv)(c)(1)", "6(iii-2)", "suppl.6(1)", "suppl.(2)", "142-2-2(9999)(mmi)", "1(a)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := law.ParsePlace(s)
		if err != nil || p.Section != "" || p.Letter > 26 {
			return
		}
		if p.Letter != 0 && p.Item == (law.Number{}) {
			return // nobody writes イ of a paragraph
		}
		for _, style := range styles() {
			for _, id := range []string{penal, phones} {
				l, ok := r.Law(id)
				if !ok {
					t.Fatal("no law", id)
				}
				written := l.Cite(p, style)
				cited, err := r.Parse(written, Context{})
				want := p
				if l.OneParagraph(p, law.Version{}.From) && p.Paragraph == 1 {
					want.Paragraph = 0
				}
				if err != nil || cited.Place != want || cited.LawID != id {
					t.Fatalf("%s: printed %q, read as %s %s, %v", s, written, cited.LawID, cited.Place, err)
				}
			}
		}
	})
}

// Whatever is read can be printed, and is then read as the same.
func FuzzParse(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"刑法168条の2第1項1号", "不正アクセス禁止法三条二項二号", "Penal Code art. 168-2(1)(i)", "電子署名則６条③", "民旧95条但書",
		"https://laws.e-gov.go.jp/law/140AC0000000045#Mp-Pa_2-Ch_19_2-At_168_2-Pr_1-It_1", "Article 3 of the Penal Code", "suppl. art. 3",
		"刑法38条1項ただし書", "民法附則（平成29年法律第44号）6条1項", "民法附則（令和元年法律第34号）1条", "附則（平24総務省令1）1", "the proviso to Article 38, paragraph (1) of the Penal Code", "民法附則前段", "刑法246条1項・2項、同法248条及び民法709条", "Penal Code, arts. 246(1), (2) and 248"} {
		f.Add(s)
	}
	in := Context{LawID: penal, Place: law.Place{Article: law.Number{2}, Paragraph: 1, Item: law.Number{1}}}
	f.Fuzz(func(t *testing.T, s string) {
		list, err := r.ParseList(s, in)
		if err == nil && len(list) == 0 {
			t.Fatalf("%q is read as no citation", s)
		}
		for _, cited := range list {
			if last := cited; !cited.Last.IsZero() {
				last.Place = cited.Last
				printParse(t, r, s, last)
				if above(cited.Place) != above(cited.Last) || cited.Place.Compare(cited.Last) >= 0 {
					t.Fatalf("%q: %s and %s are no ends of a range", s, cited.Place, cited.Last)
				}
			}
			printParse(t, r, s, cited)
		}
		if cited, err := r.Parse(s, in); err == nil {
			printParse(t, r, s, cited)
		}
	})
}

// printParse prints a citation in every style and reads it again.
func printParse(t rapid.TB, r *Reader, s string, cited Citation) {
	l, known := r.Law(cited.LawID)
	if cited.Place.IsZero() || !known {
		return
	}
	p := cited.Place
	if p.Article == (law.Number{}) || p.Letter > 26 || p.Letter != 0 && p.Item == (law.Number{}) || p.Sub != 0 && p.Letter == 0 {
		return // an address may skip levels, which no citation can
	}
	if l.OneParagraph(p, law.Version{}.From) && p.Paragraph == 1 {
		p.Paragraph = 0
	}
	cited.Place = p
	for _, style := range styles() {
		written := cited.Cite(l, style)
		again, err := r.Parse(written, Context{})
		if err != nil || again.Place != p || again.LawID != cited.LawID || again.Part != cited.Part || again.SupplOf != cited.SupplOf {
			t.Fatalf("%q: read as %+v, printed %q, read as %+v, %v", s, cited, written, again, err)
		}
	}
}

// A place is read in every style of writing, and printed is read again.
func TestEveryStyle(t *testing.T) {
	r := reader(t)
	kanji := func(v int) string {
		p, _, _ := strings.Cut((&law.Law{}).CitePlace(law.Place{Article: law.Number{v}}, law.Style{Lang: law.JA, Numerals: law.Kanji}), "条")
		return strings.TrimPrefix(p, "第")
	}
	each := func(letters string) func(int) string {
		return func(v int) string {
			var b strings.Builder
			for _, c := range strconv.Itoa(v) {
				b.WriteRune([]rune(letters)[c-'0'])
			}
			return b.String()
		}
	}
	figures := []func(int) string{strconv.Itoa, kanji, each("〇一二三四五六七八九"), each("０１２３４５６７８９")}
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string) law.Number {
			n := law.Number{rapid.IntRange(1, 1050).Draw(t, name)}
			for i := range rapid.IntRange(0, 2).Draw(t, name+" branches") {
				n[i+1] = rapid.IntRange(2, 30).Draw(t, name+" branch")
			}
			return n
		}
		p := law.Place{Suppl: rapid.IntRange(0, 4).Draw(t, "suppl") == 0, Article: number("article"), Paragraph: rapid.IntRange(0, 40).Draw(t, "paragraph")}
		if rapid.Bool().Draw(t, "has item") {
			p.Item, p.Letter = number("item"), rapid.IntRange(0, 24).Draw(t, "letter")
		}
		if p.Letter != 0 {
			p.Sub = rapid.IntRange(0, 30).Draw(t, "sub")
		}
		write := func(v int) string { return figures[rapid.IntRange(0, len(figures)-1).Draw(t, "figures")](v) }
		space := rapid.SampledFrom([]string{"", " ", "　", "の"}).Draw(t, "between")
		numbered := func(n law.Number, unit string) string {
			s := "第" + write(n[0]) + unit
			for _, branch := range n[1:] {
				if branch != 0 {
					s += rapid.SampledFrom([]string{"の", "ノ", "之"}).Draw(t, "branch mark") + write(branch)
				}
			}
			return s
		}
		written := rapid.SampledFrom([]string{"刑法", "刑", "明治40年法律第45号", "明四〇法四五", penal}).Draw(t, "law")
		if p.Suppl {
			written += "附則"
		}
		written += numbered(p.Article, rapid.SampledFrom([]string{"条", "條"}).Draw(t, "条"))
		if p.Paragraph != 0 {
			written += space + "第" + write(p.Paragraph) + "項"
		}
		if p.Item != (law.Number{}) {
			written += space + numbered(p.Item, rapid.SampledFrom([]string{"号", "號"}).Draw(t, "号"))
		}
		if p.Letter != 0 {
			letter := string([]rune(iroha)[p.Letter-1])
			written += rapid.SampledFrom([]string{letter, "（" + letter + "）"}).Draw(t, "letter in")
		}
		if p.Sub != 0 {
			written += rapid.SampledFrom([]string{"（" + each("０１２３４５６７８９")(p.Sub) + "）", "(" + strconv.Itoa(p.Sub) + ")"}).Draw(t, "sub in")
		}
		cited, err := r.Parse(written, Context{})
		if err != nil || cited.Place != p || cited.LawID != penal {
			t.Fatalf("%s is read as %s %s, want %s (%v)", written, cited.LawID, cited.Place, p, err)
		}
		printParse(t, r, written, cited)
	})
}

// What a list of places is printed as is read as the same list.
func TestPrintParseList(t *testing.T) {
	r := reader(t)
	l, _ := r.Law(penal)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Custom(func(t *rapid.T) law.Number {
			return law.Number{rapid.IntRange(1, 300).Draw(t, "number"), rapid.SampledFrom([]int{0, 0, 2, 12}).Draw(t, "branch")}
		})
		places := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) law.Place {
			p := law.Place{Suppl: rapid.IntRange(0, 4).Draw(t, "suppl") == 0, Article: number.Draw(t, "article"), Paragraph: rapid.IntRange(0, 3).Draw(t, "paragraph")}
			if rapid.Bool().Draw(t, "has item") {
				p.Item, p.Letter = number.Draw(t, "item"), rapid.IntRange(0, 3).Draw(t, "letter")
			}
			return p
		}), 1, 5).Draw(t, "places")
		slices.SortFunc(places, law.Place.Compare)
		for i, p := range places {
			if p.Paragraph == 1 && l.OneParagraph(p, law.Version{}.From) {
				places[i].Paragraph = 0
			}
		}
		for _, style := range []law.Style{{}, {Form: law.Short}, {Numerals: law.Kanji}} {
			written := l.CiteAll(places, style)
			list, err := r.ParseList(written, Context{})
			var have []law.Place
			for _, c := range list {
				have = append(have, c.Place)
			}
			if err != nil || !slices.Equal(have, places) {
				t.Fatalf("%s is read as %v, want %v (%v)", written, have, places, err)
			}
		}
	})
}
