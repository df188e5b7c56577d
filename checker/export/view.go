package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/checker/messages"
	"jobun/internal/day"
)

// Style is how a result is put into words.
type Style struct {
	Lang     string // ja or en
	ISO      bool   // dates as 2012-02-05, not 平成24年2月5日
	Numerals law.Numerals
	Glyphs   Glyphs
	marked   bool // words that are not ours are marked: see theirs
	// exhibitNames are the numbers of exhibits on a paper, by their ids: see exhibit.
	exhibitNames map[string]string
}

// In picks a text by the style's language.
func (s Style) In(t Text) string { return t.In(s.Lang) }

// Say picks between two words by the style's language.
func (s Style) Say(ja, en string) string {
	if s.Lang == "en" {
		return en
	}
	return ja
}

// Trouble says what went wrong.
func (s Style) Trouble(err error) string { return messages.Say(s.Say("ja", "en"), err.Error()) }

// Cites is the law's style of citation.
func (s Style) Cites(form law.Form) law.Style {
	return law.Style{Lang: law.Lang(s.Lang), Form: form, Numerals: s.Numerals}
}

// Date writes a day or span: 平成24年2月5日, 2012-02-05 or 5 February 2012.
func (s Style) Date(d day.Span) string {
	switch {
	case d.IsZero():
		return s.Say("日付の記載なし", "no date stated")
	case s.ISO:
		return d.String() + s.inJapan(d)
	case s.Lang == "en" && d.Precision == day.Day:
		return d.From.English()
	case s.Lang == "en" && d.Precision == day.Range:
		return d.From.English() + " to " + d.To.English()
	case s.Lang == "en":
		return d.String() + s.inJapan(d)
	default:
		return d.Wareki()
	}
}

// inJapan is the day in Japan of a time that is of another day where it was recorded.
func (s Style) inJapan(d day.Span) string {
	in, differs := d.OtherDay()
	if !differs {
		return ""
	}
	return s.Say("（日本では", " (") + in.String() + s.Say("）", " in Japan)")
}

// Days writes the days of a span without its time of day.
func (s Style) Days(d day.Span) string {
	if d.From == d.To {
		return s.Day(d.From)
	}
	return s.Date(day.Span{From: d.From, To: d.To, Precision: day.Range})
}

// Day writes a single day.
func (s Style) Day(d day.Date) string {
	switch {
	case s.ISO:
		return d.String()
	case s.Lang == "en":
		return d.English()
	default:
		return d.Wareki()
	}
}

// Heading is the finding's citation for a list or heading: the short title with
// the places in full: 刑法第168条の2第2項. Several provisions of one matter stand
// side by side.
func (s Style) Heading(f *checker.Finding) string { return s.heading(f, law.Full) }

// ShortHeading is Heading with the places as in a footnote, for a narrow column:
// 刑法168条の2第2項.
func (s Style) ShortHeading(f *checker.Finding) string { return s.heading(f, law.Short) }

func (s Style) heading(f *checker.Finding, form law.Form) string {
	var cites []string
	for _, p := range f.Anchor.Places {
		cites = append(cites, s.place(f.Law, p, form))
	}
	if len(cites) == 0 {
		return f.Law.Name(s.Cites(law.Short)) + s.Say("（当時の条項なし）", " (no provision at that time)")
	}
	name := f.Law.Name(s.Cites(law.Short))
	places := strings.Join(distinct(cites), s.Say("／", " / "))
	switch {
	case s.Lang == "en":
		return name + ", " + places
	case places[0] < 0x80 && name[len(name)-1] < 0x80:
		return name + " " + places // CPS 2.4.2(3)
	default:
		return name + places
	}
}

func distinct(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, x := range list {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

func (s Style) place(l *law.Law, p *checker.RulePlace, form law.Form) string {
	return l.CitePlaces(p.All(), s.Cites(form)) + s.presumed(p)
}

// presumed is said wherever a place is cited that no record names.
func (s Style) presumed(p *checker.RulePlace) string {
	if !p.Presumed {
		return ""
	}
	return s.Say("（箇所は推定）", " (place presumed)")
}

// Citation is the full citation of a provision with the law's number.
func (s Style) Citation(l *law.Law, p *checker.RulePlace) string {
	return l.CiteAll(p.All(), s.Cites(law.Full)) + s.presumed(p)
}

// Present says the number that a provision has on the rulebook's day, and how it
// came to it; "" where nothing moved.
func (s Style) Present(f *checker.Finding, p *checker.RulePlace, asOf day.Date) (words string, moved bool) {
	var places []law.Place
	for _, place := range p.All() {
		on := p.From.Date
		if first := f.Anchor.Span.From; !first.Before(on) && (p.Until.IsZero() || first.Before(p.Until.Date)) {
			on = first // the numbering of the day, where the provision is that of the day
		}
		n := f.Law.At(place, on, asOf)
		if n.Moved {
			moved = true
			words = s.In(audit.Text(n.By.By))
		}
		if !n.Now.IsZero() {
			places = append(places, n.Now)
		}
		places = append(places, n.Also...)
	}
	if !moved {
		return "", false
	}
	sortPlaces(places)
	cite := f.Law.CitePlaces(places, s.Cites(law.Full))
	if words == "" {
		return cite, true
	}
	return cite + s.Say("（"+words+"により移動）", " (moved by "+words+")"), true
}

// PenaltyWords is the penalty of a provision with its place.
func (s Style) PenaltyWords(f *checker.Finding, p *checker.RulePlace) string {
	words := s.public(s.Say(p.Penalty.Ja, p.Penalty.En))
	place, err := law.ParsePlace(p.Penalty.Cite)
	if err != nil {
		return words
	}
	of := f.Law
	if other, ok := f.PenaltyLaw(p); ok {
		of = other
	}
	cite := of.CitePlace(place, s.Cites(law.Full))
	if of != f.Law {
		cite = of.Name(s.Cites(law.Short)) + cite
	}
	return cite + s.Say("　", ": ") + words
}

// Address is the e-Gov address of the provision as it is numbered now.
func (s Style) Address(f *checker.Finding, p *checker.RulePlace, asOf day.Date) string {
	main, _ := p.Place()
	on := p.From.Date
	n := f.Law.At(main, on, asOf)
	if n.Now.IsZero() {
		return f.Law.Address(law.Place{})
	}
	return f.Law.Address(n.Now)
}

// Interval writes from when until when a provision or version holds.
func (s Style) Interval(from, until day.Date) string {
	switch {
	case from.IsZero() && until.IsZero():
		return s.Say("施行日の記載なし", "no date of effect stated")
	case until.IsZero():
		return s.Say(s.Day(from)+"から", "from "+s.Day(from))
	case from.IsZero():
		return s.Say(s.Day(until.Add(-1))+"まで", "until "+s.Day(until.Add(-1)))
	default:
		return s.Say(s.Day(from)+"から"+s.Day(until.Add(-1))+"まで", "from "+s.Day(from)+" until "+s.Day(until.Add(-1)))
	}
}

// EntityName is an entity for a reader: 「アカウント: 管理者アカウント」.
func (s Style) EntityName(e *audit.Entity) string {
	kind, _ := audit.KindNamed(e.Kind)
	if kind.Singleton {
		return s.In(kind.Title)
	}
	return s.In(kind.Title) + s.Say("「", " \"") + s.theirs(e.Label) + s.Say("」", "\"")
}

// FactName is a fact for a reader: 「アカウント「a」が作成された」.
func (s Style) FactName(e *audit.Entity, f audit.Field) string {
	if e == nil {
		return s.In(f.Title)
	}
	return s.EntityName(e) + s.Say("："+f.Title.Ja, " "+f.Title.En)
}

// FactSentence says a stated fact with its value.
func (s Style) FactSentence(f *audit.Fact) string {
	subject := s.EntityName(f.Entity)
	if f.Disputed {
		title := s.In(f.Field.Title)
		return subject + s.Say("："+title+"かどうか（資料が食い違う）", ": whether it "+title+" (the sources conflict)")
	}
	return subject + s.predicate(f.Field, f.Value)
}

// predicate says of something, whose name stands before it, what a field's value is.
func (s Style) predicate(field audit.Field, v audit.Value) string {
	title := s.In(field.Title)
	switch {
	case field.Name == "covers" || field.Name == "conditions_told":
		return s.Say("："+title+"＝", ", "+title+": ") + s.topics(v.List)
	case field.Type != audit.Bool:
		return s.Say("："+title+"＝", ", "+title+": ") + s.Value(v)
	case v.Bool:
		return s.Say("："+title, " "+title)
	default:
		return s.Say("：「"+title+"」に当たらない", ": it is not so that it "+title)
	}
}

// topics writes what a notice, consent or application covers.
func (s Style) topics(list []string) string {
	if len(list) == 0 {
		return s.Say("なし", "nothing")
	}
	var words []string
	for _, topic := range list {
		words = append(words, s.topic(topic))
	}
	return strings.Join(words, s.Say("、", ", "))
}

// topic is a topic in our words, or another as it was written.
func (s Style) topic(name string) string {
	title, _ := audit.TopicTitle(name)
	if strings.HasPrefix(name, audit.OtherTopic) {
		return s.theirs(s.In(title))
	}
	return s.In(title)
}

// Value writes a fact's value.
func (s Style) Value(v audit.Value) string {
	if v.Label != "" {
		return s.theirs(v.Label)
	}
	switch v.Type {
	case audit.Date:
		return s.Date(v.Date)
	case audit.Int:
		return strconv.FormatInt(v.Int, 10)
	case audit.Bool:
		if v.Bool {
			return s.Say("はい", "yes")
		}
		return s.Say("いいえ", "no")
	case audit.List:
		return s.theirs(strings.Join(v.List, s.Say("、", ", ")))
	default:
		return s.theirs(v.Text)
	}
}

// MissingWord says what is missing and, beside it, who or what could tell.
func (s Style) MissingWord(r *checker.Rule, m checker.Missing) (what, look string) {
	switch {
	case m.Finding:
		what = s.Say("指摘の結果: ", "the outcome of the findings under ") + strings.TrimPrefix(m.Name, "finding:")
	case m.List && m.Entity == nil && m.Kind != nil:
		what = s.Say("報告にあるもののほかに"+m.Kind.Title.Ja+"があるか（調べた範囲の記載がない）", "whether there is any "+m.Kind.Title.En+" beside what the report states (nobody says where it was looked for)")
	case m.List:
		what = s.FactName(m.Entity, m.Field) + s.Say("（一覧が完全かどうか）", " (whether the list is complete)")
	case m.Imprecise:
		what = s.FactName(m.Entity, m.Field) + s.Say("（前後を決められる精度の日時）", " (exactly enough to tell which came first)")
	case m.Alleged:
		what = s.FactName(m.Entity, m.Field) + s.Say("（これに反する主張のみがあり、記録がない）", " (only an allegation to the contrary; no record)")
	case m.Disputed:
		what = s.FactName(m.Entity, m.Field) + s.Say("（資料が食い違う）", " (the sources conflict)")
	default:
		what = s.FactName(m.Entity, m.Field)
	}
	look = s.In(m.Field.Look)
	if hint, ok := r.Evidence[m.Name]; ok {
		look = s.In(hint)
	}
	return what, look
}

// ExhibitWarnings names the exhibits whose files are not those that the report
// states: whatever rests on them is to be looked at before anything else.
func (s Style) ExhibitWarnings(res *checker.Result) []string {
	var warnings []string
	for _, e := range res.Report.Exhibits {
		if res.Exhibits[e.ID] == audit.HashDiffers {
			warnings = append(warnings, s.ExhibitWarning(e.ID))
		}
	}
	return warnings
}

// ExhibitWarning warns of an exhibit whose file is not the one that the report
// states.
func (s Style) ExhibitWarning(id string) string {
	id = s.exhibit(id)
	return s.Say("注意　証拠 "+id+" のファイルは、報告に記載のSHA-256と一致しない。この証拠による答えは、検討の前に確かめること。", "Warning: the file of exhibit "+id+" does not have the SHA-256 that the report states. Check what rests on it before anything else.")
}

// LookWord says, after a missing fact, who or what could tell; "" where nobody is
// known.
func (s Style) LookWord(look string) string {
	if look == "" {
		return ""
	}
	return s.Say("（確認先: "+look+"）", " (ask: "+look+")")
}

// BasisWord says on what an origin rests, and if nobody has seen the paper itself.
func (s Style) BasisWord(o audit.Origin) string {
	word := s.In(o.Basis.Title())
	if o.Unseen {
		word += s.Say("・引用による（原本未見）", ", as quoted (original not seen)")
	}
	return word
}

// OriginWord is a short pointer to an origin: 「E03・L57」.
func (s Style) OriginWord(o audit.Origin) string { return s.Pointer(o.Exhibit, o.Locator) }

// Pointer points into an exhibit, or at all of it where no place in it is stated.
func (s Style) Pointer(exhibit, locator string) string {
	if locator == "" {
		return s.exhibit(exhibit)
	}
	return s.exhibit(exhibit) + s.Say("・", ", ") + s.theirs(locator)
}

// ClauseName numbers a clause as it is printed: 要件3.
func (s Style) ClauseName(f *checker.Finding, a *checker.Answer) string {
	for i, e := range f.Elements {
		if e == a {
			return s.Say("要件", "element ") + strconv.Itoa(i+1)
		}
	}
	for i, e := range f.Exceptions {
		if e == a {
			return s.Say("除外事由", "exception ") + strconv.Itoa(i+1)
		}
	}
	return a.Clause.ID
}

// PartyName is a party as it is printed.
func PartyName(r *audit.Report, id string) string {
	for _, p := range r.Parties {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

// Counts is a finding's elements counted by answer: 「✓2 "1 ?3」.
func (s Style) Counts(f *checker.Finding) string {
	var parts []string
	for _, code := range checker.Codes() {
		if n := f.Count(code); n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", CodeGlyph(code, s.Glyphs), n))
		}
	}
	return strings.Join(parts, " ")
}

func sortPlaces(places []law.Place) {
	slices.SortStableFunc(places, func(a, b law.Place) int { return a.Compare(b) })
}
