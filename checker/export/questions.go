package export

import (
	"fmt"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
)

// QuestionLines writes questions (照会事項) as a list: a heading for each addressee,
// numbered questions below, and under each what would show it and which clauses it
// would serve. The numbers run through.
func (s Style) QuestionLines(groups []checker.QuestionGroup) []Line {
	if len(groups) == 0 {
		return []Line{{Text: s.Say("照会事項なし（足りない事実の記載がない）", "no questions (no fact is listed as missing)")}}
	}
	var lines []Line
	n := 0
	for _, group := range groups {
		lines = append(lines, Line{Text: s.Say("照会先: ", "to: ") + s.In(group.Asked.Title())})
		for _, q := range group.Questions {
			n++
			lines = append(lines, Line{Depth: 1, Text: fmt.Sprintf("%d %s", n, s.QuestionWord(q.Missing))})
			if looks := s.looks(q.Looks); looks != "" {
				lines = append(lines, Line{Depth: 2, Text: s.Say("示すもの: ", "what would show it: ") + looks})
			}
			lines = append(lines, Line{Depth: 2, Text: s.Say("関係: ", "serves: ") + s.ServesWord(q.Serves)})
		}
	}
	return lines
}

func (s Style) looks(list []audit.Text) string {
	var words []string
	for _, look := range list {
		words = append(words, s.In(look))
	}
	return strings.Join(distinct(words), s.Say("／", " / "))
}

// QuestionWord asks for a missing fact in a sentence.
func (s Style) QuestionWord(m checker.Missing) string {
	if m.List && m.Entity == nil {
		kind := s.In(m.Kind.Title)
		return s.Say("分かっているもののほかに"+kind+"はあったか。どこを、いつの分について調べたか。", "Was there any "+kind+" beside what is known? Where was it looked for, and for which time?")
	}
	name := s.FactName(m.Entity, m.Field)
	switch {
	case m.List:
		return s.Say(name+"は、これで全部か。", "Is this all of it: "+name+"?")
	case m.Imprecise:
		return s.Say(name+"は、正確にはいつか（前後を決められる日時）。", "Exactly when, so that it can be told which came first: "+name+"?")
	case m.Disputed:
		return s.asked(name, m.Field) + s.Say("資料が食い違うので、どの資料によるかも示されたい。", " The sources conflict: please say on which the answer rests.")
	case m.Alleged:
		return s.asked(name, m.Field) + s.Say("主張のほかに記録があれば示されたい。", " Please give a record, if there is one beside what is alleged.")
	default:
		return s.asked(name, m.Field)
	}
}

// asked makes a question of a fact's name: what is true or false is asked as such.
func (s Style) asked(name string, f audit.Field) string {
	if s.Lang == "en" {
		if f.Type == audit.Bool {
			return "Is it so: " + name + "?"
		}
		return "Please state: " + name + "."
	}
	switch {
	case f.Type == audit.Bool:
		return name + "か。"
	case f.Type == audit.Date:
		return name + "はいつか。"
	case strings.HasSuffix(f.Title.Ja, "者") || f.Name == "access_administrators":
		return name + "は誰か。"
	case f.Type == audit.Int:
		return name + "はいくらか。"
	default:
		return name + "は何か。"
	}
}

// ServesWord lists the findings with the clauses that an answer would serve.
func (s Style) ServesWord(list []checker.Served) string {
	var order []*checker.Finding
	clauses := map[*checker.Finding][]string{}
	for _, served := range list {
		if clauses[served.Finding] == nil {
			order = append(order, served.Finding)
		}
		clauses[served.Finding] = append(clauses[served.Finding], s.servedWord(served))
	}
	var words []string
	for _, f := range order {
		words = append(words, f.ID+" "+strings.Join(distinct(clauses[f]), s.Say("・", ", ")))
	}
	return strings.Join(words, s.Say("、", "; "))
}

func (s Style) servedWord(served checker.Served) string {
	word := s.Say("基準の日", "the day of the matter")
	if served.Clause != nil {
		if a, ok := served.Finding.Answer(served.Clause.ID); ok {
			word = s.ClauseName(served.Finding, a)
		}
	}
	if served.Through != "" {
		word += s.Say("（"+served.Through+" を通じて）", " (through "+served.Through+")")
	}
	return word
}
