package export

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"jobun/checker"
	"jobun/internal/cells"
)

// WriteCSV writes a result as one table for spreadsheets: a row for each finding, after
// it one for each of its elements and exceptions, then the rules that were not asked and
// those that concern nothing. The first column says which a row is. It is UTF-8 with a
// byte order mark, its lines end with CR LF, and every cell is in quotes (RFC 4180).
//
// No cell is a formula: see guarded. Controls are written out, as on all papers; the
// originals are in the JSON.
func WriteCSV(w io.Writer, res *checker.Result, o PaperOptions) error {
	m, err := newMachine(res, o)
	if err != nil {
		return err
	}
	t := &csvTable{machine: m}
	t.b.WriteString("\ufeff")
	t.row(t.head())
	for _, f := range m.chosen {
		t.finding(f)
	}
	for _, n := range res.NotAsked {
		t.notAsked(t.Say("問えない", "not asked"), n.Rule, string(n.Reason), t.NotAskedWord(n))
	}
	for _, d := range res.Declined {
		t.notAsked(t.Say("対象なし", "none"), d.Rule, "declined", t.DeclinedWord(d))
	}
	_, err = w.Write(t.b.Bytes())
	return err
}

// csvTable is a table as it is written.
type csvTable struct {
	*machine
	b bytes.Buffer
}

// csvRow is a row, by the names of its columns.
type csvRow struct {
	kind, finding, rule, title, entity, place, from, day, clause, words, nature, code, state, decision, evidence, missing, note string
}

func (r csvRow) cells() []string {
	return []string{r.kind, r.finding, r.rule, r.title, r.entity, r.place, r.from, r.day, r.clause, r.words, r.nature, r.code, r.state, r.decision, r.evidence, r.missing, r.note}
}

func (t *csvTable) head() csvRow {
	return csvRow{
		t.Say("種別", "Kind"), t.Say("指摘", "Finding"), t.Say("規則", "Rule"), t.Say("問い", "Question"), t.Say("対象", "Of"), t.Say("条項", "Provision"), t.Say("条項の期間", "Provision in force"),
		t.Say("時点", "Day of the matter"), t.Say("番号", "Number"), t.Say("条文の語句", "Words of the provision"), t.Say("性質", "Nature"), t.Say("コード", "Code"), t.Say("状態", "State"),
		t.Say("検討結果", "Decision"), t.Say("証拠", "Exhibits"), t.Say("足りない事実", "Missing facts"), t.Say("備考", "Remarks"),
	}
}

// row writes a row, every cell in quotes.
func (t *csvTable) row(r csvRow) {
	for i, text := range r.cells() {
		if i > 0 {
			t.b.WriteByte(',')
		}
		fmt.Fprintf(&t.b, `"%s"`, strings.ReplaceAll(guarded(cells.SanitiseLines(text)), `"`, `""`))
	}
	t.b.WriteString("\r\n")
}

// guarded keeps a spreadsheet from taking a cell for a formula: a cell that begins with
// one of = + - @ | %, with their full-width, small or typographic forms, or with a line
// end or tab, also after spaces and what shows nothing, begins with an apostrophe. So does one
// that begins with an apostrophe, so that the first one can always be taken off again.
func guarded(text string) string {
	begins := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if text != begins && strings.ContainsAny(text[:len(text)-len(begins)], "\t\r\n") {
		return "'" + text
	}
	if begins != "" && strings.ContainsRune("=+-@|%＝＋－＠｜％﹢﹣﹦﹫−‐‑‒–—⁺⁻⁼₊₋₌'’＇", []rune(begins)[0]) {
		return "'" + text
	}
	return text
}

func (t *csvTable) finding(f *checker.Finding) {
	row := csvRow{
		kind: t.Say("指摘", "finding"), finding: f.ID, rule: f.Rule.ID, title: t.In(f.Rule.Title), entity: t.EntityName(f.Entity), place: t.Heading(f), day: t.Date(f.Anchor.Span),
		code: string(f.Assessment), state: t.In(FindingWord(f)), decision: t.In(DecisionWord(t.decision(f))), evidence: strings.Join(ExhibitsBehind(t.res.Report, f), t.Say("、", "; ")),
		missing: strings.Join(t.missingWords(f.Rule, f.Missing()), t.Say("、", "; ")), note: strings.Join(append(t.findingNotes(f), t.opinions(f)...), "\n"),
	}
	var periods []string
	for _, p := range f.Anchor.Places {
		periods = append(periods, t.Interval(p.From.Date, p.Until.Date))
	}
	row.from = strings.Join(distinct(periods), t.Say("、", "; "))
	t.row(row)
	for _, answers := range [][]*checker.Answer{f.Elements, f.Exceptions} {
		for i, a := range answers {
			t.answer(row, f, a, i+1)
		}
	}
}

// findingNotes are the notes on a finding that its table has no column for.
func (t *csvTable) findingNotes(f *checker.Finding) []string {
	notes := []string{t.In(StatusWord(f.Rule))}
	if n := f.UnverifiedExceptions(); n > 0 {
		notes = append(notes, t.Say(fmt.Sprintf("除外事由未了 %d", n), fmt.Sprintf("exceptions open: %d", n)))
	}
	return append(notes, t.Notes(f)...)
}

// opinions are the entries of the journal on a finding.
func (t *csvTable) opinions(f *checker.Finding) []string {
	if t.Review == nil {
		return nil
	}
	var list []string
	for _, e := range t.Review.Of(f).History {
		words := []string{strconv.Itoa(e.Seq), e.At, e.By, t.In(ActionWord(e.Action))}
		if e.Reason != "" {
			words = append(words, t.In(ReasonWord(e.Reason)))
		}
		for _, more := range []string{e.Clause, e.Answer, e.Note, e.Needs, e.Expires} {
			if more != "" {
				words = append(words, more)
			}
		}
		if t.Review.IsVoid(e.Seq) {
			words = append(words, t.Say("（取り消された）", "(taken back)"))
		}
		list = append(list, strings.Join(words, " "))
	}
	return list
}

// answer is the row of a clause, with the first columns of its finding.
func (t *csvTable) answer(of csvRow, f *checker.Finding, a *checker.Answer, number int) {
	row := csvRow{
		kind: t.Say("要件", "element"), finding: of.finding, rule: of.rule, title: of.title, entity: of.entity, place: of.place, from: of.from, day: of.day,
		clause: strconv.Itoa(number), words: a.Clause.Phrase(t.Lang), nature: t.In(NatureWord(a.Clause.Nature)), code: string(a.Code), state: t.In(AnswerWord(a)),
		evidence: strings.Join(t.Pointers(a), t.Say("、", "; ")), missing: strings.Join(t.missingWords(f.Rule, a.Missing), t.Say("、", "; ")), note: t.In(a.Clause.Ask),
	}
	if a.Clause.Kind != "" {
		row.kind = t.Say("除外事由", "exception") + t.Say("（", " (") + t.In(ExceptionWord(a.Clause.Kind)) + t.Say("）", ")")
	}
	t.row(row)
}

// notAsked is the row of a rule that no finding came of.
func (t *csvTable) notAsked(kind string, r *checker.Rule, code, words string) {
	t.row(csvRow{kind: kind, rule: r.ID, title: t.In(r.Title), code: code, state: kind, note: words})
}
