package export

import (
	"fmt"
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/law"
	"jobun/internal/day"
)

// Provisions is what the provisions of findings say, as the law store has it.
// Nothing here reads the store: whoever does fills it. The zero Provisions knows
// no text.
type Provisions map[ProvisionKey][]Provision

// ProvisionKey names a place of a finding's rule.
type ProvisionKey struct {
	Finding string // its id
	Place   *checker.RulePlace
}

// Of lists what the cited units of a finding's place say.
func (p Provisions) Of(f *checker.Finding, at *checker.RulePlace) []Provision {
	return p[ProvisionKey{f.ID, at}]
}

// ofFinding lists what all places of a finding say.
func (p Provisions) ofFinding(f *checker.Finding) []Provision {
	var all []Provision
	for _, at := range f.Anchor.Places {
		all = append(all, p.Of(f, at)...)
	}
	return all
}

// Provision is what one cited unit says on days of the matter, or why nothing here
// can say it.
type Provision struct {
	Place       law.Place
	Chapeau     bool     // the part before the items only, since a part of them is cited by itself
	From, Until day.Date // the days; until is excluded, zero if they do not end
	Phrases     []Phrase // in the order of the text, and together all of it; none: there is no text
	Is          TextSource
	Notes       []Text
	Present     *Present // nil: nobody compared
	Why         Text     // why there is no text
	Command     string   // what gets it
}

// Phrase is a stretch of a provision's text and the clauses that read it.
type Phrase struct {
	Text    string
	Clauses []string // their ids
	Penalty bool     // the words of the penalty
}

// TextSource is where a text is from, and how good it is.
type TextSource struct {
	Revision string
	From     day.Date // in force from
	Grade    string   // official, converted, reconstruction or user
	Source   string
	Fetched  day.Date
	SHA256   string // of the whole provision's normalised text
}

// Present is what the provision says on the rulebook's day.
type Present struct {
	On      day.Date
	Place   law.Place // as numbered then; zero: there is no such provision
	Changes []Change  // none: there is no text
	Same    bool      // letter by letter
	Is      TextSource
	Notes   []Text // what must be said beside it: that its day of fetching is not known
	Why     Text
	Command string
}

// Change is a stretch of two texts: the same in both, or what took the place of what.
type Change struct {
	Same string `json:"same,omitempty"`
	Was  string `json:"was,omitempty"`
	Now  string `json:"now,omitempty"`
}

// Text is all of the text.
func (p *Provision) Text() string {
	var b strings.Builder
	for _, ph := range p.Phrases {
		b.WriteString(ph.Text)
	}
	return b.String()
}

// Reader is a clause, or the penalty, that reads a stretch of a provision.
type Reader struct {
	Answer *checker.Answer // nil: the penalty
	Number int             // among the elements, or among the exceptions
	Begins bool            // the stretch before is not read by it
}

// IsException reports whether the reader is an exception.
func (r Reader) IsException() bool { return r.Answer != nil && r.Answer.Clause.Kind != "" }

// Readers lists what reads a phrase, by its place in the provision.
func (p *Provision) Readers(f *checker.Finding, phrase int) []Reader {
	ph := p.Phrases[phrase]
	var before Phrase
	if phrase > 0 {
		before = p.Phrases[phrase-1]
	}
	var readers []Reader
	for _, answers := range [][]*checker.Answer{f.Elements, f.Exceptions} {
		for i, a := range answers {
			if slices.Contains(ph.Clauses, a.Clause.ID) {
				readers = append(readers, Reader{a, i + 1, !slices.Contains(before.Clauses, a.Clause.ID)})
			}
		}
	}
	if ph.Penalty {
		readers = append(readers, Reader{Begins: !before.Penalty})
	}
	return readers
}

// numbered is the text with the number of each clause before what it reads, as in
// the margin of a provision: ①, 〔除①〕, 〔罰〕.
func (s Style) numbered(f *checker.Finding, p *Provision) string {
	var b strings.Builder
	for i, ph := range p.Phrases {
		for _, r := range p.Readers(f, i) {
			if r.Begins {
				b.WriteString(s.margin(r))
			}
		}
		b.WriteString(ph.Text)
	}
	return b.String()
}

func (s Style) margin(r Reader) string {
	number := circled(r.Number)
	if s.Glyphs == ASCII {
		number = fmt.Sprintf("(%d)", r.Number)
	}
	switch {
	case r.Answer == nil:
		return s.Say("〔罰〕", "[penalty]")
	case r.IsException():
		return s.Say("〔除", "[exc. ") + number + s.Say("〕", "]")
	default:
		return number
	}
}

// MarginWord explains the numbers in a provision's text.
func (s Style) MarginWord() string {
	return s.Say("文中の番号は要件、〔除〕は除外事由の番号で、その語句の前にある。〔罰〕は法定刑の語句。",
		"A number stands before the words that the element of that number reads, [exc.] before those of an exception, [penalty] before those of the penalty. The text is in Japanese: only that has legal effect.")
}

// UnitWord names the unit that a text is of, and the days on which it says so.
func (s Style) UnitWord(f *checker.Finding, p *Provision) string {
	cite := f.Law.Name(s.Cites(law.Short)) + s.Say("", ", ") + f.Law.CitePlace(p.Place, s.Cites(law.Full))
	if p.Chapeau {
		cite += s.Say("柱書", ", before the items")
	}
	return cite + s.Say("（", " (") + s.on(p.From, p.Until) + s.Say("）", ")")
}

// on writes days, until excluded.
func (s Style) on(from, until day.Date) string {
	if !until.IsZero() && until == from.Add(1) {
		return s.Day(from)
	}
	return s.Interval(from, until)
}

// SourceWords tells of a text its version, grade, source and the beginning of its hash.
func (s Style) SourceWords(t TextSource) string {
	parts := []string{t.Revision, s.Say(s.Day(t.From)+"施行", "in force from "+s.Day(t.From)), s.In(TextGradeWord(t.Grade))}
	if t.Source != "" {
		parts = append(parts, t.Source)
	}
	if !t.Fetched.IsZero() {
		parts = append(parts, s.Say(s.Day(t.Fetched)+"取得", "fetched "+s.Day(t.Fetched)))
	}
	return strings.Join(append(parts, "SHA-256 "+first(t.SHA256, 16)+"…"), s.Say("・", "; "))
}

func first(text string, n int) string { return text[:min(n, len(text))] }

// TextGradeWord says how good a text of a law is.
func TextGradeWord(grade string) Text {
	switch grade {
	case "official":
		return say("公式のファイル", "the official file")
	case "converted":
		return say("公式の条文を変換した写し", "a converted copy of an official text")
	case "reconstruction":
		return say("改正法からの復元", "reconstructed from amending laws")
	default:
		return say("利用者が持ち込んだ写し", "a copy of the user's own")
	}
}

// NoText says that a law's text is not shown, and which commands show and get it.
func (s Style) NoText(l *law.Law) string {
	if l.EGov == "" {
		return s.Say("ここには出ません。規程の本文は、その規程を定めた者から入手してください。",
			"It is not shown here. Get the text from whoever made the instrument.")
	}
	return s.Say("ここには出ません。法令ストアの本文を読むには jobun law show "+l.ID+"、取得するには jobun law pull "+l.ID+"（e-Gov に接続します）。",
		"It is not shown here. jobun law show "+l.ID+" reads it from the law store; jobun law pull "+l.ID+" gets it (it connects to e-Gov).")
}

// Lack is why the text of some places is not shown, and the command that gets it.
type Lack struct{ Words, Command string }

// Lacks tells of provisions without a text why: once for all that want the same.
func (s Style) Lacks(f *checker.Finding, list []Provision) []Lack {
	var lacks []Lack
	for i := 0; i < len(list); i++ {
		p := list[i]
		if len(p.Phrases) > 0 {
			continue
		}
		places := []law.Place{p.Place}
		for ; i+1 < len(list) && list[i+1].lacksAs(&p); i++ {
			places = append(places, list[i+1].Place)
		}
		cite := f.Law.Name(s.Cites(law.Short)) + s.Say("", ", ") + f.Law.CitePlaces(places, s.Cites(law.Full))
		if !p.From.IsZero() {
			cite += s.Say("（", " (") + s.on(p.From, p.Until) + s.Say("）", ")")
		}
		lacks = append(lacks, Lack{cite + ": " + s.In(p.Why), p.Command})
	}
	return lacks
}

func (p *Provision) lacksAs(o *Provision) bool {
	return len(p.Phrases) == 0 && p.From == o.From && p.Until == o.Until && p.Why == o.Why && p.Command == o.Command
}

// LaterPenalty notes that the penalty of the provision was amended after the
// matter. Whether the lighter one governs is for a person: this compares nothing.
func (s Style) LaterPenalty(f *checker.Finding) string {
	if f.Rule.Regime != "criminal" || f.Assessment == checker.NotInForce || len(f.Anchor.Places) == 0 || f.Anchor.Span.IsZero() {
		return ""
	}
	last := f.Anchor.Places[len(f.Anchor.Places)-1]
	if last.Penalty == nil {
		return ""
	}
	var later []string
	penalty := last.Penalty.Ja
	for i := range f.Rule.Places {
		p := &f.Rule.Places[i]
		if p.Penalty == nil || !f.Anchor.Span.To.Before(p.From.Date) || p.Penalty.Ja == penalty {
			continue
		}
		penalty = p.Penalty.Ja
		later = append(later, s.Say(s.Day(p.From.Date)+"から「"+s.public(p.Penalty.Ja)+"」", "from "+s.Day(p.From.Date)+" \""+s.public(p.Penalty.En)+"\""))
	}
	if len(later) == 0 {
		return ""
	}
	return s.Say("その後法定刑が改められた（"+strings.Join(later, "、")+"）。刑法6条（軽い方による）の検討は、経過措置とともに要確認。",
		"The penalty was amended later ("+strings.Join(later, "; ")+"). Whether Article 6 of the Penal Code (the lighter one governs) matters is to be checked, with the transitional provisions.")
}
