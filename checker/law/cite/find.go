package cite

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// Result is what became of a citation on a day. The names are for programs.
type Result string

// The results.
const (
	OK              Result = "OK"
	NoSuchProvision Result = "NO_SUCH_PROVISION" // the text of the day has no such provision
	NotInForce      Result = "NOT_IN_FORCE"      // before the first text, or the provision came later, or repealed
	Gap             Result = "GAP"               // no text of the day is held
	NotHeld         Result = "NOT_HELD"          // no text of the law is held
)

// The codes of what may be wrong with a citation.
const (
	RedundantParagraph = "REDUNDANT_PARAGRAPH" // 1項 of an article that has one
	MissingParagraph   = "MISSING_PARAGRAPH"   // an item without its paragraph, of an article that has several
	Deleted            = "DELETED"             // 削除
	DeletedRange       = "DELETED_RANGE"       // 削除, together with others
	Renumbered         = "RENUMBERED"          // it has that number on another day
	NoSuchPart         = "NO_SUCH_PART"        // it has no ただし書, 後段, …
)

// Found is what a citation cites on a day.
type Found struct {
	Result  Result
	Text    store.Text
	Part    string // the normalised text of the part that is cited; empty of the whole
	Defects []law.Defect
	Instead law.Place // where the provision is on the day, if it was renumbered
	Way     Way       // how Instead follows from the number that is cited
}

// Way is the way from a number to another: cited as of one day, so numbered on it.
type Way struct {
	As   day.Date    // a day on which the number is right
	By   law.Version // the version that moved the provision
	Note law.Text
}

// Find looks a citation up on a day. The error is of the store.
func (r *Reader) Find(s *store.Store, c Citation, on day.Date) (Found, error) {
	t, err := text(s, c, on)
	if err != nil {
		return Found{}, err
	}
	f := Found{Text: t}
	switch {
	case t.Status == store.NotHeld:
		f.Result = NotHeld
	case t.Status == store.Before, t.Status == store.Ended, t.Found == store.NotYet:
		f.Result = NotInForce
	case t.Status == store.Gap:
		f.Result = Gap
	case t.Found == store.NoProvision:
		f.Result = NoSuchProvision
		if c.Place.Suppl {
			return f, nil
		}
		return f, r.renumbered(s, c, on, &f)
	default:
		f.Result = OK
		return f, r.defects(s, c, &f)
	}
	return f, nil
}

// text is the text of what a citation cites. The supplementary provisions of a law that
// amended this one stand under its number, which texts write with its day; and 附則 as a
// whole is no unit that the store looks up.
func text(s *store.Store, c Citation, on day.Date) (store.Text, error) {
	isWhole := c.Place == law.Place{Suppl: true}
	if c.SupplOf == "" && !isWhole {
		return s.Text(c.LawID, on, c.Place)
	}
	path := lawxml.Path(c.Place)
	if c.SupplOf != "" {
		path = lawxml.AmendingPath(c.SupplOf, path)
	}
	answer, err := s.Revision(c.LawID, on)
	if err != nil || answer.Status != store.Held {
		return store.Text{Answer: answer, Path: path}, err
	}
	d, err := s.Document(answer.Revision.SHA256)
	if err != nil {
		return store.Text{}, err
	}
	for _, n := range d.Supplementary() {
		by := n.Get("AmendLawNum")
		key, rest, _ := lawNumber(fold(by))
		switch {
		case by == "" && c.SupplOf != "", by != "" && (rest != "" || key != c.SupplOf):
		case isWhole:
			t := store.Text{Answer: answer, Found: store.Provision, Path: path, Text: n.Text(), Display: n.Display()}
			sum := sha256.Sum256([]byte(t.Text))
			t.SHA256 = hex.EncodeToString(sum[:])
			return t, nil
		default:
			return s.Path(c.LawID, on, lawxml.AmendingPath(by, lawxml.Path(c.Place)))
		}
	}
	return s.Path(c.LawID, on, path)
}

// defects says what is wrong with the citation of a provision that is there.
func (r *Reader) defects(s *store.Store, c Citation, f *Found) error {
	t := f.Text
	add := func(code, ja, en string) {
		f.Defects = append(f.Defects, law.Defect{Code: code, Says: law.Text{Ja: ja, En: en}})
	}
	article := law.Place{Suppl: c.Place.Suppl, Article: c.Place.Article}
	ja, en := printed(article, law.JA), printed(article, law.EN)
	switch {
	case t.Deleted && t.Range:
		add(DeletedRange, printed(c.Place, law.JA)+"は、他の条とともに削除されている", printed(c.Place, law.EN)+" is deleted, together with others")
	case t.Deleted:
		add(Deleted, printed(c.Place, law.JA)+"は削除されている", printed(c.Place, law.EN)+" is deleted")
	case c.Place.Paragraph == 1 && t.Paragraphs == 1 && c.Place.Article != (law.Number{}):
		add(RedundantParagraph, ja+"は1項のみの条であり、項番号を付けない", en+" has one paragraph: it is cited without a paragraph number")
	case c.Place.Paragraph == 0 && c.Place.Item != (law.Number{}) && t.Paragraphs > 1:
		add(MissingParagraph, fmt.Sprintf("%sは%d項あり、号の前に項番号が要る（第1項のものとして示す）", ja, t.Paragraphs),
			fmt.Sprintf("%s has %d paragraphs: an item needs the number of its paragraph (that of paragraph (1) is shown)", en, t.Paragraphs))
	}
	if c.Part == lawxml.Whole {
		return nil
	}
	d, err := s.Document(t.Revision.SHA256)
	if err != nil {
		return err
	}
	n, ok := d.FindPath(t.Path)
	if !ok {
		return nil
	}
	if f.Part, ok = n.Part(c.Part); !ok {
		says := lacksPart(c, t.Paragraphs)
		add(NoSuchPart, says.Ja, says.En)
	}
	return nil
}

// lacksPart says why the whole provision is shown instead of a part. Lawyers call 前段 and
// 後段 also the halves of one sentence (刑法54条1項), which no mark in the text parts.
func lacksPart(c Citation, paragraphs int) law.Text {
	ja, en, words := printed(c.Place, law.JA), printed(c.Place, law.EN), c.Part.Words()
	isWhole := c.Place.Paragraph == 0 && c.Place.Item == (law.Number{})
	switch {
	case isWhole && paragraphs > 1:
		return law.Text{
			Ja: fmt.Sprintf("%sは%d項あり、どの項の%sかを書く（全体を示す）", ja, paragraphs, words.Ja),
			En: fmt.Sprintf("%s has %d paragraphs: write which is meant (the whole is shown)", en, paragraphs),
		}
	case c.Part == lawxml.First || c.Part == lawxml.Second:
		return law.Text{
			Ja: ja + "の" + words.Ja + "がどこかは、文の切れ目からは分からない（全体を示す）",
			En: "the sentences of " + en + " do not tell which is its " + words.En + " (the whole is shown)",
		}
	case c.Part == lawxml.Main:
		return law.Text{Ja: ja + "にただし書はなく、全体が本文である", En: en + " has no proviso: all of it is its " + words.En}
	default:
		return law.Text{Ja: ja + "に" + words.Ja + "はない", En: en + " has no " + words.En}
	}
}

// renumbered looks whether the number is right on the days of another version,
// and where that provision is on the day that is asked for.
func (r *Reader) renumbered(s *store.Store, c Citation, on day.Date, f *Found) error {
	l, ok := r.laws[c.LawID]
	if !ok {
		return nil
	}
	versions := slices.Clone(l.Versions)
	slices.SortStableFunc(versions, func(a, b law.Version) int { // earlier ones first, from the latest
		if a.From.Before(on) != b.From.Before(on) {
			if a.From.Before(on) {
				return -1
			}
			return 1
		}
		if a.From.Before(on) {
			return b.From.Compare(a.From)
		}
		return a.From.Compare(b.From)
	})
	for _, v := range versions {
		n := l.At(c.Place, v.From, on)
		if !n.Moved || n.Now.IsZero() || n.Now == c.Place {
			continue
		}
		then, err := s.Text(c.LawID, v.From, c.Place)
		if err != nil {
			return err
		}
		now, err := s.Text(c.LawID, on, n.Now)
		if err != nil {
			return err
		}
		if then.Found != store.Provision && then.Found != store.NotYet || now.Found != store.Provision {
			continue
		}
		f.Instead, f.Way = n.Now, Way{As: v.From, By: n.By, Note: n.Note}
		f.Defects = append(f.Defects, law.Defect{Code: Renumbered, Says: law.Text{
			Ja: fmt.Sprintf("%sは%sの番号であり、%sでは%sに当たる", printed(c.Place, law.JA), v.From, on, printed(n.Now, law.JA)),
			En: fmt.Sprintf("%s is the number as of %s; on %s it is %s", printed(c.Place, law.EN), v.From, on, printed(n.Now, law.EN)),
		}})
		return nil
	}
	return nil
}

// printed writes a place within a sentence.
func printed(p law.Place, lang law.Lang) string {
	return (&law.Law{}).CitePlace(p, law.Style{Lang: lang})
}
