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

	Title         Text   `toml:"title" need:"yes" doc:"the question in a few words" ja:"問いを短い言葉で"`
	Law           string `toml:"law" need:"yes" doc:"the law or instrument: a file of rules/laws" ja:"法令又は約款・会則。rules/laws のファイルの名前"`
	Regime        string `toml:"regime" need:"yes" enum:"criminal,civil,administrative,professional,contractual" doc:"fixes burden, standard and headings" ja:"法制の別。立証の責任と程度、見出しが決まる"`
	Asks          string `toml:"asks" need:"yes" doc:"the kind of entity it is asked of" ja:"問う対象物の種類"`
	When          string `toml:"when" doc:"of which of them: the trigger; left out: of all" ja:"前提。そのうちどれに問うか。なければ全部"`
	At            string `toml:"at" need:"yes" doc:"the anchor: the date fact whose day picks the version" ja:"基準の日。日付の事実の名前で、その日の条項が選ばれる"`
	AtKind        string `toml:"at_kind" need:"yes" enum:"act,declaration,disposition,continuing" doc:"what that day is: 行為時, 意思表示時, 処分時, or conduct that goes on" ja:"その日が何の日か"`
	Status        string `toml:"status" need:"yes" enum:"draft,signed" doc:"draft until a named lawyer has signed it" ja:"氏名を示した弁護士が署名するまでは draft"`
	Signed        string `toml:"signed_by" doc:"the lawyer who signed it" ja:"署名した弁護士"`
	Effect        Text   `toml:"effect" doc:"what the provision leads to, if it is not a penalty" ja:"罰でないときの効果"`
	Discretionary bool   `toml:"discretionary" doc:"the authority may, and need not, act" ja:"行政庁の裁量（することができる）"`
	Note          Text   `toml:"note" doc:"what a reader must know of the rule as a whole" ja:"規則全体について読み手が知るべきこと"`
	Accused       string `toml:"accused" enum:"person,person-or-company" doc:"criminal: who can be accused; a company only where the law has 両罰規定" ja:"刑事: 被疑者となりうる者。法人は両罰規定があるときだけ"`

	Places      []RulePlace     `toml:"place" need:"yes" doc:"the provision as numbered from one day until another" ja:"条項。ある日からある日までの番号で"`
	Limits      Limits          `toml:"limits" doc:"negative knowledge: what the provision does not reach, and time limits" ja:"限定。条項の及ばないことと、期間"`
	Elements    []*Clause       `toml:"element" need:"yes" doc:"要件, in the order of the provision" ja:"要件。条文の順に"`
	Exceptions  []*Clause       `toml:"exception" doc:"除外事由" ja:"除外事由"`
	Omitted     []Omitted       `toml:"omitted" doc:"words of the provision that no clause reads, on purpose" ja:"どの要件も読まないと決めた、条文の語"`
	Evidence    map[string]Text `toml:"evidence" doc:"where a fact is looked for, and whom to ask" ja:"事実ごとに、どこを見るか、誰に訊くか"`
	Authorities []Authority     `toml:"authority" doc:"典拠: judgments, guidelines, Diet answers; dated; for or against" ja:"典拠。裁判例、指針、国会答弁など。日付を付け、肯定・否定の両方を挙げる"`

	Base  map[string]any `toml:"base" need:"yes" doc:"the facts that every case starts from" ja:"全部の事例の出発点となる事実"`
	Cases []Case         `toml:"case" need:"yes" doc:"one thing changed each" ja:"事例。一つずつ変えたもの"`

	// Digest is the SHA-256 of the rule's file and of the behaviours that it reads,
	// in hexadecimal: what a decision on one of its findings is pinned to.
	Digest string `toml:"-"`

	compiled compiledRule
}

// RulePlace is the provision between two days.
type RulePlace struct {
	Path     string   `toml:"-" path:"yes"`
	From     RuleDate `toml:"from" doc:"in force from this day" ja:"この日から施行"`
	Until    RuleDate `toml:"until" doc:"until this day, exclusive; left out: still" ja:"この日の前日まで（この日は含まない）。なければ今も"`
	Cite     string   `toml:"cite" need:"yes" doc:"the place, as \"3(2)(ii)\"" ja:"条項。\"3(2)(ii)\" のように"`
	With     []string `toml:"with" doc:"places cited together with it, before or after as the provision reads" ja:"併せて引く条項。条文の順で前後に並ぶ"`
	Presumed bool     `toml:"presumed" ja:"箇所は推定である" doc:"the place is presumed: no record names it"`
	Penalty  *Penalty `toml:"penalty" doc:"criminal: the penalty of the day" ja:"刑事: その日の罰条"`
	Note     Text     `toml:"note" doc:"what changed" ja:"何が変わったか"`

	place law.Place
	with  []law.Place
}

// Penalty is a penalty and the place that states it.
type Penalty struct {
	Cite string `toml:"cite" need:"yes" doc:"the place" ja:"罰条の条項"`
	Law  string `toml:"law" doc:"the law, if another" ja:"別の法令にあるとき、その法令"`
	Ja   string `toml:"ja" need:"yes" doc:"Japanese" ja:"日本語"`
	En   string `toml:"en" need:"yes" doc:"English" ja:"英語"`
}

// Limits is what the provision does not reach.
type Limits struct {
	Attempt    *bool       `toml:"attempt" doc:"an attempt is punishable" ja:"未遂を罰する"`
	Negligence *bool       `toml:"negligence" doc:"negligence is punishable" ja:"過失を罰する"`
	Corporate  *bool       `toml:"corporate" doc:"両罰規定: a company can be accused" ja:"両罰規定。法人も被疑者となりうる"`
	Complaint  *bool       `toml:"complaint" doc:"親告罪: only on complaint" ja:"親告罪"`
	Limitation *Limitation `toml:"limitation" doc:"公訴時効, 取消権, 消滅時効: a note, never a conclusion" ja:"公訴時効、取消権の期間、消滅時効。注意として示すだけで、結論にしない"`
}

// Limitation is a time limit to be checked by a person.
type Limitation struct {
	Years int    `toml:"years" need:"yes" doc:"years" ja:"年数"`
	From  string `toml:"from" need:"yes" doc:"the date fact from which they run" ja:"起算の日（日付の事実の名前）"`
	Basis Text   `toml:"basis" need:"yes" doc:"the provision" ja:"根拠の条項"`
	Note  Text   `toml:"note" doc:"anything else, such as a longer limit" ja:"その他。より長い期間など"`
}

// Clause is an element or an exception.
type Clause struct {
	Path    string   `toml:"-" path:"yes"`
	ID      string   `toml:"id" need:"yes" doc:"its name in the rule" ja:"規則の中での名前"`
	Kind    string   `toml:"kind" enum:"exclusion,defence" doc:"of an exception: part of the provision's own wording, or 抗弁・阻却" ja:"除外事由の種別"`
	Ja      string   `toml:"ja" doc:"the provision's own words, a short phrase" ja:"条文の語そのまま。短い句"`
	In      string   `toml:"in" doc:"the place the phrase is in, if not the rule's" ja:"句のある条項。規則の条項と違うとき"`
	Name    Text     `toml:"name" doc:"what it is called, where the provision has no phrase for it" ja:"条文に当たる句がないときの呼び名"`
	En      string   `toml:"en" doc:"English, after JLT" ja:"英語（日本法令外国語訳に倣う）"`
	Nature  string   `toml:"nature" enum:"objective,subjective,evaluative,procedural" doc:"objective unless said otherwise; only objective ones can do without a question" ja:"性質。なければ客観。客観だけは、人への問い (ask) がなくてもよい"`
	When    string   `toml:"when" doc:"the condition" ja:"条件"`
	Ask     Text     `toml:"ask" doc:"the question for the reviewer" ja:"人への問い"`
	For     []string `toml:"for" doc:"facts that speak for it" ja:"肯定の方向の事実"`
	Against []string `toml:"against" doc:"facts that speak against it" ja:"否定の方向の事実"`
	Note    Text     `toml:"note" doc:"weak points" ja:"弱点"`

	cond                   *Cond
	forFacts, againstFacts []*node
	isException            bool
}

// Omitted is words of the provision that no clause reads, and why: connectives,
// another alternative, what a clause says already.
type Omitted struct {
	Path  string `toml:"-" path:"yes"`
	Words string `toml:"words" need:"yes" doc:"the provision's own words; every place where they stand" ja:"条文の語そのまま。現れる全ての箇所を指す"`
	In    string `toml:"in" doc:"the place they are in; left out: every place of the rule" ja:"語のある条項。なければ規則の全部の条項"`
	Why   Text   `toml:"why" need:"yes" doc:"why no clause reads them" ja:"どの要件も読まない理由"`
}

// Authority is a source for or against a reading.
type Authority struct {
	Path    string   `toml:"-" path:"yes"`
	Cite    Text     `toml:"cite" need:"yes" doc:"how it is cited" ja:"引き方"`
	Date    RuleDate `toml:"date" need:"yes" doc:"its date: later than the act is said" ja:"日付。行為より後なら、そう示される"`
	On      string   `toml:"on" doc:"the clause" ja:"どの要件についてか"`
	Says    Text     `toml:"says" need:"yes" doc:"the holding in our own words" ja:"内容を、こちらの言葉で"`
	Side    string   `toml:"side" enum:"for,against,neutral" doc:"which way it points" ja:"どちらの方向か"`
	Checked string   `toml:"checked" need:"yes" enum:"source,secondary,unverified" doc:"seen in a source, at second hand, or not verified" ja:"どこまで確かめたか"`
}

// Case is one changed thing and what must come of it.
type Case struct {
	Path         string          `toml:"-" path:"yes"`
	Says         string          `toml:"says" need:"yes" doc:"what was changed, in words" ja:"何を変えたか（言葉で）"`
	Turns        []string        `toml:"turns" doc:"exactly the clauses whose answer differs from the base" ja:"答えが base と変わる要件。過不足なく"`
	Set          map[string]any  `toml:"set" doc:"facts stated otherwise" ja:"別の値を述べる事実"`
	Unset        []string        `toml:"unset" doc:"facts or lists left unexamined" ja:"調べないままにする事実又は一覧"`
	Alleged      []string        `toml:"alleged" doc:"facts that are only alleged" ja:"主張だけによる事実"`
	Disputed     []string        `toml:"disputed" doc:"facts whose origins conflict" ja:"出所の食い違う事実"`
	Opposed      []string        `toml:"opposed" doc:"clauses that a statement opposes" ja:"反対の主張がある要件"`
	Answers      map[string]bool `toml:"answers" doc:"what a person answered to clauses" ja:"人が要件に答えたこと"`
	Want         string          `toml:"want" doc:"the pre-assessment" ja:"なるはずの一次整理"`
	Supported    []string        `toml:"supported" doc:"clauses that must be supported" ja:"裏付けありとなる要件"`
	Contradicted []string        `toml:"contradicted" doc:"clauses that must be contradicted" ja:"反対資料ありとなる要件"`
	Unknown      []string        `toml:"unknown" doc:"clauses that must be unverified" ja:"未確認となる要件"`
	Contested    []string        `toml:"contested" doc:"clauses that must be contested" ja:"争いありとなる要件"`
	Cites        string          `toml:"cites" doc:"the citation without the title, as it must read" ja:"題名を除いた引用。このとおりになる"`
	Penalty      string          `toml:"penalty" doc:"words that the penalty must hold" ja:"罰条に含まれる語"`
	Asked        *bool           `toml:"asked" doc:"false: the trigger does not hold, or is unknown" ja:"false: 前提に当たらないか、前提が不明"`
}

// RuleDate is a whole day in a rule.
type RuleDate struct{ day.Date }

// Behaviour is a named technical pattern: a fact worked out from other facts.
type Behaviour struct {
	ID     string          `toml:"-"`
	Fact   string          `toml:"fact" need:"yes" doc:"its name in conditions: kind.name" ja:"条件での名前。種類.名前"`
	Title  Text            `toml:"title" need:"yes" doc:"reads after the entity's name" ja:"対象物の名前に続けて読む言葉"`
	Look   Text            `toml:"look" doc:"where to look" ja:"どこを見るか"`
	When   string          `toml:"when" need:"yes" doc:"the condition" ja:"条件"`
	Events []string        `toml:"events" doc:"Windows event ids" ja:"Windows のイベント番号"`
	Attack []string        `toml:"attack" doc:"ATT&CK techniques" ja:"ATT&CK の技法"`
	Base   map[string]any  `toml:"base" need:"yes" doc:"facts of which it is true" ja:"真になる事実"`
	Cases  []BehaviourCase `toml:"case" need:"yes" doc:"one thing changed each" ja:"事例。一つずつ変えたもの"`

	kind *audit.Kind
	cond *Cond
}

// BehaviourCase is one changed thing and the value it must give.
type BehaviourCase struct {
	Path  string         `toml:"-" path:"yes"`
	Says  string         `toml:"says" need:"yes" doc:"what was changed, in words" ja:"何を変えたか（言葉で）"`
	Set   map[string]any `toml:"set" doc:"facts stated otherwise" ja:"別の値を述べる事実"`
	Unset []string       `toml:"unset" doc:"facts or lists left unexamined" ja:"調べないままにする事実又は一覧"`
	Want  string         `toml:"want" need:"yes" enum:"true,false,unknown" doc:"the value" ja:"なるはずの値"`
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
