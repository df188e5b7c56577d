package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/cite"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// shownPlace is all that is known of a place on a day, as --format json gives it.
type shownPlace struct {
	LawID    string        `json:"law_id,omitempty"`
	Citation bothTexts     `json:"citation"`
	Place    string        `json:"place"`
	Part     string        `json:"part,omitempty"`     // proviso, main, first, second, chapeau
	SupplOf  string        `json:"suppl_of,omitempty"` // the amending law whose 附則 it is
	On       string        `json:"on,omitempty"`       // left out: no day is known, and commands say which there are
	Result   cite.Result   `json:"result,omitempty"`
	Defects  []shownDefect `json:"defects"`
	Instead  *shownInstead `json:"instead,omitempty"`
	Text     *shownText    `json:"text,omitempty"`
	Why      *bothTexts    `json:"why_no_text,omitempty"`
	Command  string        `json:"command,omitempty"`  // what gets the text
	Commands []string      `json:"commands,omitempty"` // what shows the texts that may be meant

	of    *law.Law
	place law.Place
	cite  cite.Citation
	on    day.Date
	meant law.Text // which day it is, if the user named none
}

// bothTexts is a text in both languages, for programs.
type bothTexts struct {
	Ja string `json:"ja"`
	En string `json:"en"`
}

type shownDefect struct {
	Code string `json:"code"`
	Ja   string `json:"ja"`
	En   string `json:"en"`
}

// shownInstead is where a provision is whose number is that of another day, with
// the commands that show it under either.
type shownInstead struct {
	Place string `json:"place"`
	As    string `json:"numbered_as_on"`
	By    string `json:"moved_by,omitempty"`
	Then  string `json:"command_then"`
	Now   string `json:"command_now"`
}

// shownText is a provision's text and where it is from.
type shownText struct {
	Display    string      `json:"display"`
	Norm       string      `json:"normalised"`
	Part       string      `json:"part,omitempty"` // of it, what the citation names: its ただし書
	PartSHA256 string      `json:"part_sha256,omitempty"`
	SHA256     string      `json:"sha256"` // of the normalised text
	Path       string      `json:"path"`
	Revision   string      `json:"revision_id"`
	Title      string      `json:"title"`
	From       string      `json:"from"`
	Grade      store.Grade `json:"grade"`
	Source     string      `json:"source,omitempty"`
	Fetched    string      `json:"fetched,omitempty"`
	FileSHA256 string      `json:"file_sha256"`
	Unverified bool        `json:"unverified,omitempty"`
	Notes      []bothTexts `json:"notes,omitempty"` // what must be said beside the text

	is   export.TextSource
	open bool // whether it was amended by the day is not known
}

// shownOn looks a citation up on the day that the user names, or that it speaks of. A
// range is several places, and so is 各号.
func (l *laws) shownOn(x citedLaw, named day.Date) ([]*shownPlace, error) {
	on, eves, err := l.meantDay(x, named)
	if err != nil {
		return nil, err
	}
	if on.IsZero() {
		return l.whichDay(x, eves), nil
	}
	if err := l.reader.CheckCaption(l.store, x.cite, on); err != nil {
		return nil, unreadOr(err)
	}
	list, defects, err := l.reader.Places(l.store, x.cite, on)
	if err != nil {
		return nil, unreadOr(err)
	}
	late, err := l.tooLate(x, on)
	if err != nil {
		return nil, err
	}
	var all []*shownPlace
	for _, c := range list {
		p, err := l.shown(c, x.of, on)
		if err != nil {
			return nil, err
		}
		p.meant = l.dayMeant(x.cite, named, on)
		p.defects(append(late, defects...))
		all = append(all, p)
	}
	return all, nil
}

// unreadOr is an error of a citation as it is, for it is said in the user's language, and
// one of the store with its exit code.
func unreadOr(err error) error {
	if cite.IsUnread(err) {
		return err
	}
	return storeFailure(err)
}

// shown looks a place up in the rulebook and in the store.
func (l *laws) shown(c cite.Citation, of *law.Law, on day.Date) (*shownPlace, error) {
	p := &shownPlace{
		LawID: of.EGov, Citation: cited(citedLaw{c, of}, law.Full), Place: c.Place.String(), On: on.String(), Defects: []shownDefect{},
		of: of, cite: c, place: c.Place, on: on,
	}
	if c.Part != lawxml.Whole {
		p.Part = string(c.Part)
	}
	p.SupplOf = c.SupplOf
	p.defects(of.Check(c.Place, on))
	if of.EGov == "" {
		p.Why = &bothTexts{noLawText().Ja, noLawText().En}
		return p, nil
	}
	found, err := l.reader.Find(l.store, c, on)
	if err != nil {
		return nil, storeFailure(err)
	}
	p.Result = found.Result
	p.defects(found.Defects)
	if found.Instead != (law.Place{}) {
		l.instead(p, found)
	}
	if found.Result != cite.OK {
		return p, l.noText(p, found.Text)
	}
	p.text(found)
	return p, nil
}

// defects adds what is wrong with the citation, once.
func (p *shownPlace) defects(defects []law.Defect) {
	for _, d := range defects {
		// The store counts the paragraphs that the rulebook has counted already.
		if d.Code == cite.RedundantParagraph && len(p.Defects) > 0 && p.Defects[0].Code == "one-paragraph" {
			continue
		}
		p.Defects = append(p.Defects, shownDefect{d.Code, d.Says.Ja, d.Says.En})
	}
}

// instead is where the provision is, with what shows it under either number.
func (l *laws) instead(p *shownPlace, found cite.Found) {
	now := p.cite
	now.Place = found.Instead
	p.Instead = &shownInstead{
		Place: found.Instead.String(), As: found.Way.As.String(), By: found.Way.By.By.Ja,
		Then: l.showCommand(p.cite, p.of, found.Way.As),
		Now:  l.showCommand(now, p.of, p.on),
	}
}

// showCommand is the command that shows a citation on a day: in Japanese as people write
// the citation, if that is read as the same one; else in the rulebook's notation.
func (l *laws) showCommand(c cite.Citation, of *law.Law, on day.Date) string {
	command := fmt.Sprintf("jobun law show %s %q --on %s", of.ID, c.Place, on)
	if l.lang != "ja" {
		return command
	}
	written := c.Cite(of, law.Style{Lang: law.JA, Form: law.Short})
	read, err := l.reader.Parse(written, cite.Context{})
	if err != nil || read.LawID != of.EGov || read.Place != c.Place || read.Part != c.Part || read.SupplOf != c.SupplOf || strings.ContainsAny(written, " ()'\"") {
		return command
	}
	return fmt.Sprintf("jobun law show %s --on %s", written, on)
}

// dayMeant says which day is meant where the user named none.
func (l *laws) dayMeant(c cite.Citation, named, on day.Date) law.Text {
	switch {
	case !named.IsZero():
		return law.Text{}
	case !c.On.IsZero():
		return law.Text{Ja: fmt.Sprintf("アドレスの示す日 %s の番号と条文による。", on), En: fmt.Sprintf("As of %s, the day that the address names.", on)}
	case on != l.book.AsOf:
		return law.Text{Ja: fmt.Sprintf("改正の前日 %s の番号と条文による。", on), En: fmt.Sprintf("As of %s, the day before the amendment.", on)}
	default:
		return law.Text{
			Ja: fmt.Sprintf("規則集の日 %s の番号と条文による（別の日は --on で示す）。", on),
			En: fmt.Sprintf("As of %s, the rulebook's day (--on names another).", on),
		}
	}
}

func (p *shownPlace) text(found cite.Found) {
	t := found.Text
	r := t.Revision
	p.Text = &shownText{
		Display: t.Display, Norm: t.Text, SHA256: t.SHA256, Path: t.Path, Revision: r.ID, Title: r.Title, From: r.From.String(),
		Grade: r.Grade, Source: r.Source, FileSHA256: r.SHA256, Unverified: t.Unverified,
	}
	if !r.Fetched.IsZero() {
		p.Text.Fetched = r.Fetched.String()
	}
	if found.Part != "" {
		sum := sha256.Sum256([]byte(found.Part))
		p.Text.Part, p.Text.PartSHA256 = found.Part, hex.EncodeToString(sum[:])
	}
	p.Text.is, p.Text.open = textSource(t), t.Beyond || t.Undated
	for _, note := range textNotes(p.of, t) {
		p.Text.Notes = append(p.Text.Notes, bothTexts{note.Ja, note.En})
	}
}

// textSource is where a text of the store is from.
func textSource(t store.Text) export.TextSource {
	r := t.Revision
	return export.TextSource{Revision: r.ID, From: r.From, Grade: string(r.Grade), Source: r.Source, Fetched: r.Fetched, SHA256: t.SHA256}
}

// textNotes is what must be said beside a text.
func textNotes(of *law.Law, t store.Text) (notes []audit.Text) {
	note := func(ja, en string) { notes = append(notes, audit.Text{Ja: ja, En: en}) }
	if t.Unverified {
		note("この条項の文言は照合されていない。", "Nobody has compared the words of this provision.")
	}
	switch {
	case t.Validity != nil && t.Validity.From.Before(t.Revision.From):
		note(fmt.Sprintf("この版は%s施行であるが、この条項は%sから効力を有するとされる（%s）。", t.Revision.From, t.Validity.From, basisJa(t.Validity.Basis)),
			fmt.Sprintf("The text is in force from %s, this provision of it is said to be from %s (%s).", t.Revision.From, t.Validity.From, basisEn(t.Validity.Basis)))
	case t.Validity != nil:
		note(fmt.Sprintf("この条項は%sから効力を有する（%s）。", t.Validity.From, basisJa(t.Validity.Basis)), fmt.Sprintf("This provision is in force from %s (%s).", t.Validity.From, basisEn(t.Validity.Basis)))
	}
	for _, later := range t.Later {
		ja, en := later.Path, later.Path
		if place, ok := cite.PathPlace(later.Path); ok {
			ja, en = of.CitePlace(place, law.Style{Lang: law.JA}), of.CitePlace(place, law.Style{Lang: law.EN})
		}
		note(fmt.Sprintf("このうち%sは、この日より後の%sから効力を有する。", ja, later.From), fmt.Sprintf("Of this, %s is in force only from %s.", en, later.From))
	}
	if t.Beyond {
		note(fmt.Sprintf("取得した日（%s）の後の改正は確かめられていない。", t.Revision.Fetched), fmt.Sprintf("Whether it was amended after it was fetched (%s) is not known.", t.Revision.Fetched))
	}
	if t.Undated {
		note("取得した日の記録がなく、この日までの改正の有無は確かめられていない。", "No day is recorded on which the text was fetched: whether it was amended by this day is not known.")
	}
	return notes
}

// noText says why the text of the day is not there, and what command gets it.
func (l *laws) noText(p *shownPlace, t store.Text) error {
	if ja, en := t.Says(p.on); ja != "" && !l.wasThere(p) {
		p.Why = &bothTexts{ja, en} // no file to get: there was nothing yet
		return nil
	}
	why, command, err := l.lacks(p.of, p.on, t)
	p.Why, p.Command = &bothTexts{why.Ja, why.En}, command
	return err
}

// wasThere reports whether the rulebook has the law, and the provision in it, on
// the day.
func (l *laws) wasThere(p *shownPlace) bool {
	if _, ok := p.of.VersionOn(p.on); !ok && len(p.of.Versions) > 0 {
		return false
	}
	return !p.notYet(l.book.AsOf)
}

// notYet reports whether the provision was added after the day. A number that was
// another provision's on the day, and moved on since, is no new one.
func (p *shownPlace) notYet(asOf day.Date) bool {
	return p.Text == nil && p.of.At(p.place, asOf, p.on).Now.IsZero() && !p.of.At(p.place, p.on, asOf).Moved
}

// lacks says why the store has no text of a law's provision on a day, and what
// command gets it.
func (l *laws) lacks(of *law.Law, on day.Date, t store.Text) (why audit.Text, command string, err error) {
	why.Ja, why.En = t.Says(on)
	switch {
	case t.Found == store.NotYet:
		why.Ja = fmt.Sprintf("この条項は%sから効力を有し、%sにはまだない。", t.Validity.From, on)
		why.En = fmt.Sprintf("This provision is in force from %s: not yet on %s.", t.Validity.From, on)
		return why, "", nil
	case t.Found == store.NoProvision && strings.HasPrefix(t.Path, "Sp"):
		why.Ja = fmt.Sprintf("保存されている%sの条文の写し（%s）に、この附則はない。本則だけの写しもあり、附則がないとは限らない。", on, t.Revision.ID)
		why.En = fmt.Sprintf("The copy of the text of %s that is held (%s) has no such supplementary provision. Some copies have the main provisions only: the law may have it.", on, t.Revision.ID)
		return why, "", nil
	case t.Found == store.NoProvision:
		why.Ja = fmt.Sprintf("%sの条文に、この番号の規定はない（%s）。", on, t.Revision.ID)
		why.En = fmt.Sprintf("The text of %s has no provision of that number (%s).", on, t.Revision.ID)
		return why, "", nil
	case t.Status == store.Ended, !t.Promulgated.IsZero() && on.Before(t.Promulgated):
		return why, "", nil
	}
	listed, err := l.listed(of.EGov)
	if err != nil {
		return why, "", err
	}
	// The table of a law's revisions at e-Gov says from when it has texts. Where the
	// store has none, nobody here has asked. That there is little from before April 2016
	// is second-hand, so it only decides which command is offered, and is said as that.
	early := on.Before(day.Date{Year: 2016, Month: 4, Day: 1})
	if len(listed) > 0 {
		early = on.Before(listed[0].From)
		why.Ja += fmt.Sprintf("取得したe-Govの改正履歴の一覧は%sから始まる。", listed[0].From)
		why.En += fmt.Sprintf(" The list of revisions got from e-Gov begins on %s.", listed[0].From)
	} else if early {
		why.Ja += "e-Govの改正履歴の一覧は手元になく、この日の条文があるかは確かめていない（おおむね2016年より前の条文はないとされるが、未確認）。"
		why.En += " The list of revisions at e-Gov is not held here: whether it has the text of that day was not asked (it is said to have few from before 2016, which was not verified)."
	}
	if early {
		why.Ja += "手元のファイルを取り込む:"
		why.En += " Import a file that you have:"
		return why, fmt.Sprintf("jobun law import FILE --law %s --from DATE --until DATE", l.toGet(of)), nil
	}
	why.Ja += "次の命令で取得する:"
	why.En += " This command gets it:"
	return why, fmt.Sprintf("jobun law pull %s --on %s", l.toGet(of), on), nil
}

// textIs tells of a text its days, grade, source and hash.
func (s *session) textIs(t *shownText, style export.Style) string {
	style.ISO = true
	return style.SourceWords(t.is)
}

// storeGrade says how good a text is.
func storeGrade(g store.Grade, style export.Style) string {
	return style.In(export.TextGradeWord(string(g)))
}
