package law

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"jobun/internal/day"
	"jobun/internal/source"
)

// file is a law file: what it may state, in the order in which it is read.
type file struct {
	Kind         string     `toml:"kind" need:"yes" enum:"statute,order,ordinance,instrument" doc:"what sort of law it is"`
	EGov         string     `toml:"egov" doc:"its id at e-Gov 法令検索"`
	Title        Text       `toml:"title" need:"yes" doc:"its whole title"`
	Short        Text       `toml:"short" need:"yes" doc:"the title of short citations"`
	Number       *Text      `toml:"number" doc:"平成11年法律第128号, Act No. 128 of 1999"`
	Aliases      []string   `toml:"aliases" doc:"further names it is cited by"`
	Translation  Text       `toml:"translation" need:"yes" doc:"what the English names rest on"`
	Version      []fileText `toml:"version" need:"yes" doc:"a text of the main provisions, from a day until another"`
	Renumbered   []fileMove `toml:"renumbered" doc:"a place that has another number from a day on"`
	OneParagraph []fileOne  `toml:"one_paragraph" doc:"articles that have one paragraph, and are cited without its number"`
	Structure    []filePart `toml:"structure" doc:"where articles stand at e-Gov today"`
}

type fileText struct {
	From  fileDay `toml:"from" doc:"the first day in force"`
	Until fileDay `toml:"until" doc:"the first day no longer in force"`
	By    *Text   `toml:"by" doc:"the number of the amending law"`
	Title string  `toml:"title" doc:"the amending law's Japanese title"`
	Note  *Text   `toml:"note" doc:"what a reader of a citation should know"`
	Basis string  `toml:"basis" need:"yes" doc:"how the dates are known"`
	Grade string  `toml:"grade" need:"yes" enum:"verified,reconstructed,unlisted,unverified" doc:"how well the version is known"`
}

type fileMove struct {
	On   fileDay `toml:"on" need:"yes" doc:"the first day of the new number"`
	Was  string  `toml:"was" doc:"the place before; none for a new provision"`
	Now  string  `toml:"now" doc:"the place from that day; none for a deleted one"`
	Note *Text   `toml:"note" doc:"what else changed"`
}

type fileOne struct {
	From     fileDay  `toml:"from" doc:"the first day"`
	Until    fileDay  `toml:"until" doc:"the first day no longer so"`
	Articles []string `toml:"articles" need:"yes" doc:"article numbers"`
}

type filePart struct {
	In       string   `toml:"in" doc:"part, chapter, section as Pa_2-Ch_19_2; none if directly under the main provisions"`
	Articles []string `toml:"articles" need:"yes" doc:"article numbers"`
}

// fileDay is a day as a law file writes it: a TOML date.
type fileDay struct{ day.Date }

// FromValue reads a TOML date without a time.
func (d *fileDay) FromValue(v any) error {
	t, ok := v.(time.Time)
	if !ok || t.Location().String() != "date-local" {
		return fmt.Errorf("want a date such as 2012-05-01")
	}
	d.Date = day.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
	return nil
}

// reader turns one law file into a law and collects all its mistakes.
type reader struct {
	tree     *source.Tree
	problems source.Problems
}

func (r *reader) problem(path, code, message, hint string) {
	r.problems = append(r.problems, r.tree.Problem(r.tree.At(path), code, message, hint))
}

// read reads one law. Names that are taken are kept in names, by law id.
func read(id string, f source.File, names map[string]string) (*Law, source.Problems) {
	tree, problems := source.Parse(f, source.DefaultLimits())
	if len(problems) > 0 {
		return nil, problems
	}
	var stated file
	if problems := tree.Decode(&stated); len(problems) > 0 {
		return nil, problems
	}
	r := &reader{tree: tree}
	l := &Law{
		ID:          id,
		EGov:        stated.EGov,
		Kind:        Kind(stated.Kind),
		Title:       stated.Title,
		Short:       stated.Short,
		Aliases:     stated.Aliases,
		Translation: stated.Translation,
		Digest:      digest(f.Text),
	}
	if stated.Number != nil {
		l.Number = LawNumber{Ja: stated.Number.Ja, Kanji: kanjiDigits(stated.Number.Ja), En: stated.Number.En}
	}
	r.identity(l)
	l.Versions = r.versions(l.Kind, stated.Version)
	l.moves = r.moves(l, stated.Renumbered)
	l.paragraphs = r.oneParagraph(stated.OneParagraph)
	l.structure = r.structure(stated.Structure)
	for _, name := range l.names() {
		if other, taken := names[name]; taken {
			r.problem("aliases", CodeName, fmt.Sprintf("the name %q is also that of %s", name, other), "")
		}
		names[name] = id
	}
	r.problems.Sort()
	return l, r.problems
}

// identity checks what makes a law known: a statute its number and e-Gov id, an
// instrument neither.
func (r *reader) identity(l *Law) {
	if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(l.ID) {
		r.problem("", CodeName, fmt.Sprintf("the file's name %q is not the id of a law", l.ID), "use small letters, digits and hyphens")
	}
	switch {
	case l.Kind == Instrument:
		if l.EGov != "" || l.Number.Ja != "" {
			r.problem("egov", CodeIdentity, "an instrument has no law number and no e-Gov id", "")
		}
	case l.Number.Ja == "":
		r.problem("kind", CodeIdentity, "the law's number is missing", `number = { ja = "平成11年法律第128号", en = "Act No. 128 of 1999" }`)
	case !regexp.MustCompile(`^[0-9]{3}[A-Z][A-Z0-9]{11}$`).MatchString(l.EGov):
		r.problem("egov", CodeIdentity, "the law's e-Gov id is missing or is not 15 digits and capitals", "411AC0000000128")
	}
}

// versions checks that each version begins where the one before it ends.
func (r *reader) versions(kind Kind, stated []fileText) []Version {
	var versions []Version
	if len(stated) == 0 {
		r.problem("version", CodeVersions, "a law has at least one version", "")
	}
	for i, s := range stated {
		at := source.Index("version", i)
		v := Version{From: s.From.Date, Until: s.Until.Date, Title: s.Title, Basis: s.Basis, Grade: gradeOf(s.Grade)}
		if s.By != nil {
			v.By = *s.By
		}
		if s.Note != nil {
			v.Note = *s.Note
		}
		switch {
		case v.From.IsZero() && (kind != Instrument || i > 0):
			r.problem(at, CodeVersions, "a version has to say from which day it is in force", "")
		case !v.Until.IsZero() && !v.From.Before(v.Until):
			r.problem(source.Join(at, "until"), CodeVersions, "the version ends before it begins", "until is the first day on which it is no longer in force")
		case i > 0 && versions[i-1].Until != v.From:
			r.problem(source.Join(at, "from"), CodeVersions,
				fmt.Sprintf("the version before this one is in force until %s", shown(versions[i-1].Until)), "a version begins on the day on which the one before it ends")
		case i > 0 && v.By.Ja == "":
			r.problem(at, CodeVersions, "a later version has to say by which law it was made", "")
		}
		versions = append(versions, v)
	}
	return versions
}

// moves reads the renumbering and puts it in the order of days.
func (r *reader) moves(l *Law, stated []fileMove) []move {
	var moves []move
	for i, s := range stated {
		at := source.Index("renumbered", i)
		m := move{on: s.On.Date}
		if s.Note != nil {
			m.note = *s.Note
		}
		if s.Was == "" && s.Now == "" {
			r.problem(at, CodePlace, "neither the place before nor the place after is given", "")
		}
		m.was = r.place(source.Join(at, "was"), s.Was)
		m.now = r.place(source.Join(at, "now"), s.Now)
		if v, ok := l.VersionOn(s.On.Date); !ok || v.From != s.On.Date {
			r.problem(source.Join(at, "on"), CodeVersions, fmt.Sprintf("no version begins on %s", s.On), "")
		}
		moves = append(moves, m)
	}
	slices.SortStableFunc(moves, func(a, b move) int {
		return a.on.Compare(b.on)
	})
	return moves
}

func (r *reader) oneParagraph(stated []fileOne) []paragraphs {
	var listed []paragraphs
	for i, s := range stated {
		p := paragraphs{from: s.From.Date, until: s.Until.Date, one: map[Number]bool{}}
		for _, n := range r.articles(source.Join(source.Index("one_paragraph", i), "articles"), s.Articles) {
			p.one[n] = true
		}
		listed = append(listed, p)
	}
	return listed
}

func (r *reader) structure(stated []filePart) map[Number]string {
	form := regexp.MustCompile(`^(Pa|Ch|Se|Ss|Di)(_[1-9][0-9]*)+(-(Ch|Se|Ss|Di)(_[1-9][0-9]*)+)*$`)
	in := map[Number]string{}
	for i, s := range stated {
		at := source.Index("structure", i)
		if s.In != "" && !form.MatchString(s.In) {
			r.problem(source.Join(at, "in"), CodePlace, fmt.Sprintf("%q is not a position in a law", s.In), "Pa_2-Ch_19_2: part 2, chapter 19-2")
		}
		for _, n := range r.articles(source.Join(at, "articles"), s.Articles) {
			if _, twice := in[n]; twice {
				r.problem(source.Join(at, "articles"), CodePlace, fmt.Sprintf("article %s is placed twice", n), "")
			}
			in[n] = s.In
		}
	}
	return in
}

// articles reads article numbers: "168-2".
func (r *reader) articles(at string, stated []string) []Number {
	var numbers []Number
	for i, s := range stated {
		n, ok := parseNumber(s, parseArabic)
		if !ok {
			r.problem(source.Index(at, i), CodePlace, fmt.Sprintf("%q is not the number of an article", s), "168-2 is 第168条の2")
			continue
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// place reads a place, or nothing from an empty one.
func (r *reader) place(at, s string) Place {
	if s == "" {
		return Place{}
	}
	p, err := ParsePlace(s)
	if err != nil {
		_, why, _ := strings.Cut(err.Error(), ": ")
		r.problem(at, CodePlace, why, "")
	}
	return p
}

func gradeOf(name string) Grade {
	for _, g := range []Grade{Unlisted, Reconstructed, Verified} {
		if g.String() == name {
			return g
		}
	}
	return Unverified
}

// shown is a day for a message; an open one is said.
func shown(d day.Date) string {
	if d.IsZero() {
		return "today"
	}
	return d.String()
}
