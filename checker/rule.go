package checker

import (
	"jobun/checker/audit"
	"jobun/checker/law"
	"jobun/internal/day"
)

// Text is one thing said in Japanese and English.
type Text = audit.Text

// Rule is one question of law: elements and exceptions of a provision, asked of
// every entity of a kind. It is one TOML file, and its name is the file's path.
type Rule struct {
	ID string `toml:"-"` // unauthorized-access/making-an-account

	Title         Text   `toml:"title" need:"yes" doc:"the question in a few words"`
	Law           string `toml:"law" need:"yes" doc:"the law or instrument: a file of rules/laws"`
	Regime        string `toml:"regime" need:"yes" enum:"criminal,civil,administrative,professional,contractual" doc:"fixes burden, standard and headings"`
	Asks          string `toml:"asks" need:"yes" doc:"the kind of entity it is asked of"`
	When          string `toml:"when" doc:"of which of them: the trigger; left out: of all"`
	At            string `toml:"at" need:"yes" doc:"the anchor: the date fact whose day picks the version"`
	AtKind        string `toml:"at_kind" need:"yes" enum:"act,declaration,disposition,continuing" doc:"what that day is: 行為時, 意思表示時, 処分時, or conduct that goes on"`
	Status        string `toml:"status" need:"yes" enum:"draft,signed" doc:"draft until a named lawyer has signed it"`
	Signed        string `toml:"signed_by" doc:"the lawyer who signed it"`
	Effect        Text   `toml:"effect" doc:"what the provision leads to, if it is not a penalty"`
	Discretionary bool   `toml:"discretionary" doc:"the authority may, and need not, act"`
	Note          Text   `toml:"note" doc:"what a reader must know of the rule as a whole"`
	Accused       string `toml:"accused" enum:"person,person-or-company" doc:"criminal: who can be accused; a company only where the law has 両罰規定"`

	Places      []RulePlace     `toml:"place" need:"yes" doc:"the provision as numbered from one day until another"`
	Limits      Limits          `toml:"limits" doc:"negative knowledge: what the provision does not reach, and time limits"`
	Elements    []*Clause       `toml:"element" need:"yes" doc:"要件, in the order of the provision"`
	Exceptions  []*Clause       `toml:"exception" doc:"除外事由"`
	Omitted     []Omitted       `toml:"omitted" doc:"words of the provision that no clause reads, on purpose"`
	Evidence    map[string]Text `toml:"evidence" doc:"where a fact is looked for, and whom to ask"`
	Authorities []Authority     `toml:"authority" doc:"典拠: judgments, guidelines, Diet answers; dated; for or against"`

	Base  map[string]any `toml:"base" need:"yes" doc:"the facts that every case starts from"`
	Cases []Case         `toml:"case" need:"yes" doc:"one thing changed each"`

	compiled compiledRule
}

// RulePlace is the provision between two days.
type RulePlace struct {
	Path    string   `toml:"-" path:"yes"`
	From    RuleDate `toml:"from" doc:"in force from this day"`
	Until   RuleDate `toml:"until" doc:"until this day, exclusive; left out: still"`
	Cite    string   `toml:"cite" need:"yes" doc:"the place, as \"3(2)(ii)\""`
	With    []string `toml:"with" doc:"places cited together with it, before or after as the provision reads"`
	Penalty *Penalty `toml:"penalty" doc:"criminal: the penalty of the day"`
	Note    Text     `toml:"note" doc:"what changed"`

	place law.Place
	with  []law.Place
}

// Penalty is a penalty and the place that states it.
type Penalty struct {
	Cite string `toml:"cite" need:"yes" doc:"the place"`
	Law  string `toml:"law" doc:"the law, if another"`
	Ja   string `toml:"ja" need:"yes" doc:"Japanese"`
	En   string `toml:"en" need:"yes" doc:"English"`
}

// Limits is what the provision does not reach.
type Limits struct {
	Attempt    *bool       `toml:"attempt" doc:"an attempt is punishable"`
	Negligence *bool       `toml:"negligence" doc:"negligence is punishable"`
	Corporate  *bool       `toml:"corporate" doc:"両罰規定: a company can be accused"`
	Complaint  *bool       `toml:"complaint" doc:"親告罪: only on complaint"`
	Limitation *Limitation `toml:"limitation" doc:"公訴時効, 取消権, 消滅時効: a note, never a conclusion"`
}

// Limitation is a time limit to be checked by a person.
type Limitation struct {
	Years int    `toml:"years" need:"yes" doc:"years"`
	From  string `toml:"from" need:"yes" doc:"the date fact from which they run"`
	Basis Text   `toml:"basis" need:"yes" doc:"the provision"`
	Note  Text   `toml:"note" doc:"anything else, such as a longer limit"`
}

// Clause is an element or an exception.
type Clause struct {
	Path    string   `toml:"-" path:"yes"`
	ID      string   `toml:"id" need:"yes" doc:"its name in the rule"`
	Kind    string   `toml:"kind" enum:"exclusion,defence" doc:"of an exception: part of the provision's own wording, or 抗弁・阻却"`
	Ja      string   `toml:"ja" doc:"the provision's own words, a short phrase"`
	In      string   `toml:"in" doc:"the place the phrase is in, if not the rule's"`
	Name    Text     `toml:"name" doc:"what it is called, where the provision has no phrase for it"`
	En      string   `toml:"en" doc:"English, after JLT"`
	Nature  string   `toml:"nature" enum:"objective,subjective,evaluative,procedural" doc:"objective unless said otherwise; only objective ones can do without a question"`
	When    string   `toml:"when" doc:"the condition"`
	Ask     Text     `toml:"ask" doc:"the question for the reviewer"`
	For     []string `toml:"for" doc:"facts that speak for it"`
	Against []string `toml:"against" doc:"facts that speak against it"`
	Note    Text     `toml:"note" doc:"weak points"`

	cond                   *Cond
	forFacts, againstFacts []*node
	isException            bool
}

// Omitted is words of the provision that no clause reads, and why: connectives,
// another alternative, what a clause says already.
type Omitted struct {
	Path  string `toml:"-" path:"yes"`
	Words string `toml:"words" need:"yes" doc:"the provision's own words; every place where they stand"`
	In    string `toml:"in" doc:"the place they are in; left out: every place of the rule"`
	Why   Text   `toml:"why" need:"yes" doc:"why no clause reads them"`
}

// Authority is a source for or against a reading.
type Authority struct {
	Path    string   `toml:"-" path:"yes"`
	Cite    Text     `toml:"cite" need:"yes" doc:"how it is cited"`
	Date    RuleDate `toml:"date" need:"yes" doc:"its date: later than the act is said"`
	On      string   `toml:"on" doc:"the clause"`
	Says    Text     `toml:"says" need:"yes" doc:"the holding in our own words"`
	Side    string   `toml:"side" enum:"for,against,neutral" doc:"which way it points"`
	Checked string   `toml:"checked" need:"yes" enum:"source,secondary,unverified" doc:"seen in a source, at second hand, or not verified"`
}

// Case is one changed thing and what must come of it.
type Case struct {
	Path         string          `toml:"-" path:"yes"`
	Says         string          `toml:"says" need:"yes" doc:"what was changed, in words"`
	Turns        []string        `toml:"turns" doc:"exactly the clauses whose answer differs from the base"`
	Set          map[string]any  `toml:"set" doc:"facts stated otherwise"`
	Unset        []string        `toml:"unset" doc:"facts or lists left unexamined"`
	Alleged      []string        `toml:"alleged" doc:"facts that are only alleged"`
	Disputed     []string        `toml:"disputed" doc:"facts whose origins conflict"`
	Opposed      []string        `toml:"opposed" doc:"clauses that a statement opposes"`
	Answers      map[string]bool `toml:"answers" doc:"what a person answered to clauses"`
	Want         string          `toml:"want" doc:"the pre-assessment"`
	Supported    []string        `toml:"supported" doc:"clauses that must be supported"`
	Contradicted []string        `toml:"contradicted" doc:"clauses that must be contradicted"`
	Unknown      []string        `toml:"unknown" doc:"clauses that must be unverified"`
	Contested    []string        `toml:"contested" doc:"clauses that must be contested"`
	Cites        string          `toml:"cites" doc:"the citation without the title, as it must read"`
	Penalty      string          `toml:"penalty" doc:"words that the penalty must hold"`
	Asked        *bool           `toml:"asked" doc:"false: the trigger does not hold, or is unknown"`
}

// RuleDate is a whole day in a rule.
type RuleDate struct{ day.Date }

// Behaviour is a named technical pattern: a fact worked out from other facts.
type Behaviour struct {
	ID     string          `toml:"-"`
	Fact   string          `toml:"fact" need:"yes" doc:"its name in conditions: kind.name"`
	Title  Text            `toml:"title" need:"yes" doc:"reads after the entity's name"`
	Look   Text            `toml:"look" doc:"where to look"`
	When   string          `toml:"when" need:"yes" doc:"the condition"`
	Events []string        `toml:"events" doc:"Windows event ids"`
	Attack []string        `toml:"attack" doc:"ATT&CK techniques"`
	Base   map[string]any  `toml:"base" need:"yes" doc:"facts of which it is true"`
	Cases  []BehaviourCase `toml:"case" need:"yes" doc:"one thing changed each"`

	kind *audit.Kind
	cond *Cond
}

// BehaviourCase is one changed thing and the value it must give.
type BehaviourCase struct {
	Path  string         `toml:"-" path:"yes"`
	Says  string         `toml:"says" need:"yes" doc:"what was changed, in words"`
	Set   map[string]any `toml:"set" doc:"facts stated otherwise"`
	Unset []string       `toml:"unset" doc:"facts or lists left unexamined"`
	Want  string         `toml:"want" need:"yes" enum:"true,false,unknown" doc:"the value"`
}

// Phrase is the clause in the provision's own words, or by its name where the
// provision has no words for it.
func (c *Clause) Phrase(lang string) string {
	if lang == "en" {
		if c.En != "" {
			return c.En
		}
		return c.Name.En
	}
	if c.Ja != "" {
		return c.Ja
	}
	return c.Name.Ja
}
