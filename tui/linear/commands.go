package linear

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/day"
)

// command is what a line can ask for. Its letters are those of the terminal program,
// as far as that has them.
type command struct {
	key, word string // word is the command said in Japanese
	says      audit.Text
	do        func(d *dialogue, arguments []string) error
}

func commands() []command {
	says := func(ja, en string) audit.Text { return audit.Text{Ja: ja, En: en} }
	decide := func(a review.Action) func(*dialogue, []string) error {
		return func(d *dialogue, arguments []string) error { return d.decide(a, arguments) }
	}
	return []command{
		{"a", "取上げ", says("取り上げる", "take up"), decide(review.TakeUp)},
		{"d", "見送り", says("見送る", "set aside"), decide(review.SetAside)},
		{"e", "要証拠", says("証拠が要る", "needs evidence"), decide(review.NeedsEvidence)},
		{"c", "メモ", says("メモを書く", "write a note"), decide(review.Note)},
		{"r", "回答", says("評価の要る要件に答える。r 8 のように番号を付けられる", "answer an element for judgement; r 8 names which"), (*dialogue).answer},
		{"p", "同意", says("ほかの人の検討結果に同意する", "agree with another's decision"), decide(review.Approve)},
		{"u", "取消し", says("自分の最後の記録を取り消す", "take back your last entry"), (*dialogue).undo},
		{"U", "やり直し", says("取消しをやめる", "let what was taken back stand again"), (*dialogue).redo},
		{"i", "書きかけ", says("書きかけの検討結果を続ける", "go on with what was being written"), (*dialogue).resume},
		{"v", "証拠", says("証拠を読む。v 3 のように番号を付けられる", "read the evidence; v 3 names an element"), (*dialogue).readEvidence},
		{"t", "条文", says("条文を読む", "read the provision"), (*dialogue).readProvision},
		{"w", "なぜ", says("なぜその答えか。w 3 のように番号を付けられる", "why the answers are what they are; w 3 names an element"), (*dialogue).readWhy},
		{"L", "記録", says("この指摘の記録を読む", "read the entries on this finding"), (*dialogue).readHistory},
		{"h", "もう一度", says("この指摘をもう一度読む", "read this finding again"), func(d *dialogue, _ []string) error { d.readFinding(); return nil }},
		{"n", "次", says("次の指摘へ", "next finding"), func(d *dialogue, _ []string) error { d.step(1); return nil }},
		{"b", "前", says("前の指摘へ", "previous finding"), func(d *dialogue, _ []string) error { d.step(-1); return nil }},
		{"m", "次の未検討", says("次の未検討の指摘へ", "next undecided finding"), (*dialogue).nextUndecided},
		{"g", "指摘", says("指摘へ移る。g 3 又は g F-ABCDE", "go to a finding: g 3 or g F-ABCDE"), (*dialogue).goTo},
		{"l", "未検討", says("未検討の指摘の一覧", "list of undecided findings"), func(d *dialogue, _ []string) error { d.list(true); return nil }},
		{"f", "一覧", says("すべての指摘の一覧", "list of all findings"), func(d *dialogue, _ []string) error { d.list(false); return nil }},
		{"s", "まとめ", says("検討の進み", "how far the review is"), func(d *dialogue, _ []string) error { d.totals(); return nil }},
		{"?", "説明", says("この説明", "this help"), func(d *dialogue, _ []string) error { d.help(); return nil }},
		{"q", "終了", says("終わる", "quit"), func(*dialogue, []string) error { return errEnded }},
	}
}

// obey does what a line asks for.
func (d *dialogue) obey(words string) error {
	arguments := strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(" 　,、", r) })
	if len(arguments) == 0 {
		return nil // the question comes again
	}
	word := plain(arguments[0])
	for _, exactly := range []bool{true, false} { // u and U are two commands, A is a
		for _, c := range commands() {
			if c.key == word || c.word == word || !exactly && c.key == strings.ToLower(word) {
				return c.do(d, arguments[1:])
			}
		}
	}
	if i := d.named(word); i >= 0 {
		d.at = i
		d.readFinding()
		return nil
	}
	d.tell(d.Say("「"+short(words)+"」という操作はありません。? で一覧を読みます", "There is no command \""+short(words)+"\". ? reads the list"))
	return nil
}

// short is a word of the user's, said back to him.
func short(words string) string {
	if runes := []rune(words); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return words
}

// named finds a finding by its id or number; -1: there is none.
func (d *dialogue) named(word string) int {
	if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(d.findings()) {
		return n - 1
	}
	f, ok := d.review.Result.Finding(strings.ToUpper(word))
	if !ok {
		return -1
	}
	return slices.Index(d.findings(), f)
}

func (d *dialogue) help() {
	for _, c := range commands() {
		d.tell(c.key + d.Say("、"+c.word+"。", ". ") + d.In(c.says))
	}
	d.tell(d.Say("a、d、e、c、p の後に指摘のIDを並べると、一度に記録します。2027-03-31 のような日付を付けると、その日までの検討結果になります",
		"After a, d, e, c and p, ids of findings record on all of them at one stroke; a date like 2027-03-31 is the last day on which the opinion counts"))
	d.tell(d.Say("問いの途中では、点だけの行で取りやめます", "A line with a single dot gives up what is being asked"))
}

func (d *dialogue) step(by int) {
	if to := d.at + by; to < 0 || to >= len(d.findings()) {
		d.tell(d.Say("これが端の指摘です", "There is no further finding that way"))
		return
	}
	d.at += by
	d.readFinding()
}

func (d *dialogue) nextUndecided([]string) error {
	for i := range d.findings() {
		at := (d.at + 1 + i) % len(d.findings())
		if !d.review.Of(d.findings()[at]).IsDecided() {
			d.at = at
			d.readFinding()
			return nil
		}
	}
	d.tell(d.Say("未検討の指摘はありません", "No finding is undecided"))
	return nil
}

func (d *dialogue) goTo(arguments []string) error {
	if len(arguments) == 0 {
		words, err := d.ask(d.Say("どの指摘ですか。番号又はID。", "Which finding? Its number or id."))
		if err != nil {
			return err
		}
		arguments = []string{words}
	}
	i := d.named(plain(arguments[0]))
	if i < 0 {
		d.tell(d.Say("「"+short(arguments[0])+"」という指摘はありません", "There is no finding \""+short(arguments[0])+"\""))
		return nil
	}
	d.at = i
	d.readFinding()
	return nil
}

// targets are the findings that a decision is on, and the day on which it expires: the
// one in hand unless others are named.
func (d *dialogue) targets(arguments []string) (on []*checker.Finding, expires string, ok bool) {
	for _, word := range arguments {
		word = plain(word)
		if _, err := day.ParseDate(word); err == nil {
			expires = word
			continue
		}
		i := d.named(word)
		if i < 0 {
			d.tell(d.Say("「"+short(word)+"」という指摘はありません。何も記録していません", "There is no finding \""+short(word)+"\". Nothing was recorded"))
			return nil, "", false
		}
		if f := d.findings()[i]; !slices.Contains(on, f) {
			on = append(on, f)
		}
	}
	if len(on) == 0 {
		on = []*checker.Finding{d.finding()}
	}
	return on, expires, true
}

// clause finds an answer of the finding in hand by the number of its element, by x and
// the number of an exception, or by the clause's id.
func (d *dialogue) clause(word string) (*checker.Answer, bool) {
	f := d.finding()
	word = plain(word)
	list := f.Elements
	number := word
	for _, mark := range []string{"x", "X", "除外事由", "除"} {
		if rest, ok := strings.CutPrefix(word, mark); ok {
			list, number = f.Exceptions, rest
			break
		}
	}
	if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= len(list) {
		return list[n-1], true
	}
	return f.Answer(word)
}

// clauses are the answers that arguments name; all of them if none does.
func (d *dialogue) clauses(arguments []string) []*checker.Answer {
	var list []*checker.Answer
	for _, word := range arguments {
		a, ok := d.clause(word)
		if !ok {
			d.tell(d.Say("「"+short(word)+"」という要件はありません", "There is no element \""+short(word)+"\""))
			continue
		}
		list = append(list, a)
	}
	if len(arguments) == 0 {
		return d.finding().Answers()
	}
	return list
}

// list reads the findings, one sentence each.
func (d *dialogue) list(undecidedOnly bool) {
	n := 0
	for i, f := range d.findings() {
		st := d.review.Of(f)
		if undecidedOnly && st.IsDecided() {
			continue
		}
		n++
		d.tell(d.and([]string{fmt.Sprint(i + 1), d.Heading(f), d.In(f.Rule.Title), d.In(export.FindingWord(f)), d.In(export.DecisionWord(st.Status())), f.ID}))
	}
	if undecidedOnly {
		d.tell(d.Say(fmt.Sprintf("未検討は %d件、全 %d件", n, len(d.findings())), fmt.Sprintf("Undecided: %d of %d", n, len(d.findings()))))
	}
}
