// Package audit reads an audit report: what a piece of software did to a
// machine, who says so, and in which exhibit. It folds the observations of a
// report into entities with facts, each with its origins, and says what was
// examined and what was not. It knows nothing of law.
//
// The format of a report is this program's own, version 1, in TOML or JSON.
// docs/report.md and the JSON Schema are generated from the types of this file.
package audit

import (
	"fmt"
	"time"

	"jobun/internal/day"
	"jobun/internal/source"
)

// Format is the version of the report format that this program reads.
const Format = 1

// Report is an audit report as it was written, checked, with nothing worked out.
type Report struct {
	Schema     string        `toml:"$schema" doc:"the address of the JSON Schema, for editors (JSON reports; in TOML write #:schema)" ja:"JSON Schema の所在。エディター用（JSON の報告。TOML では #:schema を書く）"`
	Format     int           `toml:"format" need:"yes" doc:"the version of this format: 1" ja:"書式の版。1"`
	Title      string        `toml:"title" need:"yes" doc:"the name of the matter" ja:"事案の名前"`
	Date       When          `toml:"date" doc:"the date on the report" ja:"報告の日付"`
	Author     string        `toml:"author" doc:"who wrote the report, by role" ja:"報告を書いた者（役割で）"`
	Note       string        `toml:"note" doc:"what a reader must know of the report as a whole" ja:"報告全体について読み手が知るべきこと"`
	Reviewers  int           `toml:"reviewers" doc:"how many people must agree before a decision counts: 1 unless said otherwise" ja:"検討結果が数えられるまでに同意の要る人数。なければ1"`
	Subject    Subject       `toml:"subject" need:"yes" doc:"the software" ja:"対象ソフトウェア"`
	Parties    []Party       `toml:"party" doc:"who is concerned, by role" ja:"関係者（役割で）"`
	Exhibits   []Exhibit     `toml:"exhibit" doc:"the files and papers that something was read from" ja:"証拠。読み取った元のファイルと書面"`
	Examined   []Examination `toml:"examined" doc:"what was looked for, and where: only inside it does silence mean no" ja:"調べた範囲。どこで何を探したか。この中でだけ、現れないことが「ない」になる"`
	Observed   []Observation `toml:"observation" doc:"what was seen in an exhibit" ja:"観察事実。証拠から読み取ったこと"`
	SignIns    []Record      `toml:"sign_in" kind:"sign_in" doc:"sign-ins" ja:"サインイン"`
	Releases   []Record      `toml:"release" kind:"release" doc:"the software, or another version, put before others" ja:"提供。対象ソフトウェア（又はその別の版）を人の使えるところに置いたこと"`
	Notices    []Record      `toml:"notice" kind:"notice" doc:"what was told, to whom, how" ja:"説明・告知。何を、誰に、どう伝えたか"`
	Agreements []Record      `toml:"agreement" kind:"agreement" doc:"applications and contracts" ja:"申込み・契約"`
	Consents   []Record      `toml:"consent" kind:"consent" doc:"consents given or refused" ja:"承諾（与えた、又は断った）"`
	Fees       []Record      `toml:"fee" kind:"fee" doc:"money" ja:"金銭"`
	Entrusted  []Record      `toml:"entrustment" kind:"entrustment" doc:"work entrusted to another" ja:"他人への業務の委託"`
	Statements []Statement   `toml:"statement" doc:"what a party says" ja:"主張。当事者の言い分"`
	Events     []Event       `toml:"event" doc:"dated matters that no fact rests on, for the chronology" ja:"経緯。日付のある出来事。時系列にだけ載り、事実の根拠にはならない"`
	// Name is the file name as the user gave it. It is never printed in a paper.
	Name string `toml:"-"`
	// Digest is the SHA-256 of the report's bytes, in hexadecimal.
	Digest string `toml:"-"`

	tree *source.Tree
}

// Problem makes a problem at a place of the report, for checks that need more
// than the report: of rules that a statement names.
func (r *Report) Problem(path, code, message, hint string) *source.Problem {
	return r.tree.Problem(r.tree.At(path), code, message, hint)
}

// Subject is the software that the report is about.
type Subject struct {
	Name      string   `toml:"name" need:"yes" doc:"what the software is called in this report" ja:"この報告での呼び名"`
	Version   string   `toml:"version" doc:"the version examined" ja:"調べた版"`
	Publisher string   `toml:"publisher" doc:"the party that publishes it" ja:"提供者（[[party]] の id）"`
	Processes []string `toml:"processes" doc:"the names of its processes" ja:"プロセスの名前"`
	Signer    string   `toml:"signer" doc:"the signer of its files" ja:"ファイルの署名者"`
	Files     []Binary `toml:"file" doc:"its files" ja:"対象ソフトウェアのファイル"`
}

// Binary is a file of the software.
type Binary struct {
	Name   string `toml:"name" need:"yes" doc:"file name" ja:"ファイル名"`
	SHA256 string `toml:"sha256" doc:"SHA-256 in hexadecimal" ja:"SHA-256（16進）"`
	Size   int64  `toml:"size" doc:"bytes" ja:"大きさ（バイト）"`
}

// Party is a person or body, by role: never more of a name than the report needs.
type Party struct {
	Path string `toml:"-" path:"yes"`
	ID   string `toml:"id" need:"yes" doc:"how the report refers to it" ja:"報告の中での呼び名"`
	Name string `toml:"name" need:"yes" doc:"how it is printed: a role, such as 利用者" ja:"印字する名前。「利用者」のような役割"`
	Role string `toml:"role" need:"yes" enum:"complainant,user,publisher,intermediary,officer,examiner,authority,plaintiff,auditor,engineer,other" doc:"its part in the matter" ja:"事案での役割"`
	Kind string `toml:"kind" enum:"person,organisation,authority,unknown" doc:"what it is" ja:"人か団体か"`
	Note string `toml:"note" doc:"anything else" ja:"その他"`
}

// Exhibit is a file or paper that something was read from.
type Exhibit struct {
	Path         string    `toml:"-" path:"yes"`
	ID           string    `toml:"id" need:"yes" doc:"how the report refers to it" ja:"報告の中での呼び名"`
	Title        string    `toml:"title" need:"yes" doc:"標目: what it is" ja:"標目。何であるか"`
	Role         string    `toml:"role" need:"yes" enum:"scene,reproduction,listing,document" doc:"現場, 再現, 写し・一覧 or 文書" ja:"区分"`
	Form         string    `toml:"form" enum:"original,copy,electronic,quoted" doc:"original, copy, electronic record, or quoted: known only as another exhibit quotes it" ja:"原本・写し・電磁的記録の別"`
	Author       string    `toml:"author" doc:"the party that made it" ja:"作成者（[[party]] の id）"`
	DocumentDate When      `toml:"document_date" doc:"the date on the paper: not the file's date" ja:"書面にある日付。ファイルの日付ではない"`
	DateSource   string    `toml:"date_source" doc:"how that date is known" ja:"その日付がどう分かったか"`
	Received     When      `toml:"received" doc:"when it came to the complainant, if another day" ja:"別の日に申立人に届いたときは、その日"`
	File         string    `toml:"file" doc:"the file, relative to the report" ja:"ファイル。報告から見た相対の位置"`
	SHA256       string    `toml:"sha256" doc:"SHA-256 of the file in hexadecimal" ja:"ファイルの SHA-256（16進）"`
	Build        string    `toml:"build" doc:"for a reproduction: SHA-256 of the build that was run" ja:"再現のとき、動かしたビルドの SHA-256"`
	Custody      []Custody `toml:"custody" doc:"who collected it, how, and to whom it was handed" ja:"取扱い。誰が、どう集め、誰に渡したか"`
	BranchOf     string    `toml:"branch_of" doc:"branch number: the exhibit before it in the report whose number it shares, as of one thing or group; that one then is branch 1" ja:"枝番。一つの物又は一まとまりとして番号を共にする証拠（[[exhibit]] の id。報告の中で先に書く）。先の証拠が枝番1になる"`
	Note         string    `toml:"note" doc:"anything else" ja:"その他"`
}

// Custody is one step in the handling of an exhibit.
type Custody struct {
	By          string `toml:"by" need:"yes" doc:"the party" ja:"取り扱った者（[[party]] の id）"`
	At          When   `toml:"at" doc:"when" ja:"いつ"`
	How         string `toml:"how" doc:"what was done" ja:"何をしたか"`
	Tool        string `toml:"tool" doc:"with which tool and version" ja:"使った道具と版"`
	ClockOffset string `toml:"clock_offset" doc:"how far the machine's clock was off, as measured" ja:"測った、機器の時計のずれ"`
	HandedTo    string `toml:"handed_to" doc:"the party that received it" ja:"受け取った者（[[party]] の id）"`
}

// Examination says which kinds of entity were looked for in an exhibit. Inside
// it a list is complete; outside it, silence says nothing.
type Examination struct {
	Path    string   `toml:"-" path:"yes"`
	Kinds   []string `toml:"kinds" need:"yes" doc:"the kinds of entity that were looked for" ja:"探した対象物の種類"`
	Exhibit string   `toml:"exhibit" need:"yes" doc:"where" ja:"どの証拠の中で"`
	From    When     `toml:"from" doc:"for which time: from this day; left out: from the beginning" ja:"いつの分から（この日を含む）。なければ初めから"`
	Until   When     `toml:"until" doc:"to this day, inclusive; left out: to the end" ja:"いつの分まで（この日を含む）。なければ終わりまで"`
	Basis   Basis    `toml:"basis" enum:"recorded,admitted,inferred,alleged" doc:"recorded unless said otherwise: alleged if a party only says that there was nothing" ja:"根拠。なければ recorded（記録）。当事者が「何もなかった」と言うだけなら alleged（主張のみ）"`
	Note    string   `toml:"note" doc:"how it was looked for" ja:"どう探したか"`
}

// Observation is one thing seen in an exhibit.
type Observation struct {
	Path        string         `toml:"-" path:"yes"`
	ID          string         `toml:"id" need:"yes" doc:"how the report refers to it" ja:"報告の中での呼び名"`
	At          When           `toml:"at" doc:"when it happened: a date, a time with zone, a month \"2012-02\", or a range \"2012-02-05/2012-03-23\"" ja:"起きた時。日付、時差付きの時刻、月 \"2012-02\"、幅 \"2012-02-05/2012-03-23\""`
	AsWritten   string         `toml:"as_written" doc:"the exhibit's own wording of the time" ja:"証拠にある日時の書き方そのまま"`
	Action      string         `toml:"action" need:"yes" doc:"what happened: one of the closed vocabulary" ja:"挙動。何が起きたか。閉じた語彙の一つ"`
	Target      string         `toml:"target" need:"yes" doc:"to what: kind:name, or a singleton (computer, subject, publisher)" ja:"対象。何に起きたか。種類:名前、又は一つだけのもの（computer、subject、publisher）"`
	Group       string         `toml:"group" doc:"for group actions: the SID of the group" ja:"グループの挙動のとき、グループの SID"`
	Actor       string         `toml:"actor" doc:"the account or process that did it, as the record names it" ja:"実行したアカウント又はプロセス。記録にあるとおりに"`
	Attribution *Attribution   `toml:"attribution" doc:"to whom the act is attributed, and why; left out: unknown" ja:"帰属。誰のしたことか、なぜそういえるか。なければ不明"`
	Shows       map[string]any `toml:"shows" doc:"other facts of the target that the exhibit shows" ja:"証拠が示す、対象のほかの事実"`
	Exhibit     string         `toml:"exhibit" need:"yes" doc:"where it was seen" ja:"どの証拠にあるか"`
	Locator     string         `toml:"locator" doc:"the line, record id or page" ja:"行、レコード番号又は頁"`
	Excerpt     string         `toml:"excerpt" doc:"the words or the record, short" ja:"原文又は記録。短く"`
	Basis       Basis          `toml:"basis" need:"yes" enum:"recorded,admitted,inferred,alleged" doc:"on what it rests" ja:"根拠"`
	Note        string         `toml:"note" doc:"anything else" ja:"その他"`
}

// Attribution says to whom an act is attributed, never by time alone.
type Attribution struct {
	To    string `toml:"to" need:"yes" enum:"subject,other" doc:"the software, or another" ja:"誰に帰するか"`
	Basis string `toml:"basis" need:"yes" enum:"process-tree,image,hash,signer,stated" doc:"why" ja:"帰属の根拠"`
	Note  string `toml:"note" doc:"the process, hash or words it rests on" ja:"根拠となるプロセス、ハッシュ又は言葉"`
}

// Record is an entity that a report states as a table of its own. The facts of
// its kind are further keys of the table.
type Record struct {
	Path      string         `toml:"-" path:"yes"`
	ID        string         `toml:"id" need:"yes" doc:"how the report refers to it" ja:"報告の中での呼び名"`
	Label     string         `toml:"label" doc:"how it is printed" ja:"印字する名前"`
	AsWritten string         `toml:"as_written" doc:"the exhibit's own wording of the time" ja:"証拠にある日時の書き方そのまま"`
	Exhibit   string         `toml:"exhibit" need:"yes" doc:"where it was seen" ja:"どの証拠にあるか"`
	Locator   string         `toml:"locator" doc:"the line, record id or page" ja:"行、レコード番号又は頁"`
	Excerpt   string         `toml:"excerpt" doc:"the words or the record, short" ja:"原文又は記録。短く"`
	Basis     Basis          `toml:"basis" need:"yes" enum:"recorded,admitted,inferred,alleged" doc:"on what it rests" ja:"根拠"`
	Note      string         `toml:"note" doc:"anything else" ja:"その他"`
	Facts     map[string]any `toml:"*" doc:"the facts of its kind" ja:"その種類の事実"`
}

// Statement is what a party says of a clause of a rule, or of another statement.
type Statement struct {
	Path      string      `toml:"-" path:"yes"`
	ID        string      `toml:"id" need:"yes" doc:"how the report refers to it" ja:"報告の中での呼び名"`
	By        string      `toml:"by" need:"yes" doc:"the party" ja:"主張した者（[[party]] の id）"`
	At        When        `toml:"at" doc:"when" ja:"いつ"`
	AsWritten string      `toml:"as_written" doc:"the exhibit's own wording of the time" ja:"証拠にある日時の書き方そのまま"`
	Exhibit   string      `toml:"exhibit" need:"yes" doc:"where" ja:"どの証拠にあるか"`
	Locator   string      `toml:"locator" doc:"the line or page" ja:"行又は頁"`
	Text      string      `toml:"text" need:"yes" doc:"the words" ja:"言葉"`
	Stance    string      `toml:"stance" enum:"supports,opposes,admits" doc:"towards the clauses in on" ja:"on の要件に対する立場"`
	On        []ClauseRef `toml:"on" doc:"the clauses it speaks to" ja:"どの要件についてか"`
	Answers   []string    `toml:"answers" doc:"the statements it replies to" ja:"応答する相手の主張"`
	Withdraws string      `toml:"withdraws" doc:"the party's own statement that it takes back" ja:"自分の主張のうち、取り下げるもの"`
	Note      string      `toml:"note" doc:"anything else" ja:"その他"`
	// ByName is the party's name, filled in by Read.
	ByName string `toml:"-"`
}

// ClauseRef names a clause of a rule.
type ClauseRef struct {
	Path   string `toml:"-" path:"yes"`
	Rule   string `toml:"rule" need:"yes" doc:"the rule, by its path" ja:"規則の名前（法令/問い）"`
	Clause string `toml:"clause" doc:"its element or exception; left out: the whole rule" ja:"要件又は除外事由の名前。なければ規則全体"`
	Entity string `toml:"entity" doc:"of which entity alone, as kind:name; left out: of all" ja:"その対象物についてだけの主張なら 種類:名前。なければ全部について"`
}

// Event is a dated matter for the chronology, on which no fact rests.
type Event struct {
	Path      string `toml:"-" path:"yes"`
	ID        string `toml:"id" need:"yes" doc:"how the report refers to it" ja:"報告の中での呼び名"`
	At        When   `toml:"at" need:"yes" doc:"when" ja:"いつ"`
	AsWritten string `toml:"as_written" doc:"the exhibit's own wording of the time" ja:"証拠にある日時の書き方そのまま"`
	What      string `toml:"what" need:"yes" doc:"what happened" ja:"何があったか"`
	By        string `toml:"by" doc:"the party" ja:"した者（[[party]] の id）"`
	Exhibit   string `toml:"exhibit" need:"yes" doc:"where it is said" ja:"どの証拠にあるか"`
	Locator   string `toml:"locator" doc:"the line or page" ja:"行又は頁"`
	Basis     Basis  `toml:"basis" need:"yes" enum:"recorded,admitted,inferred,alleged" doc:"on what it rests" ja:"根拠"`
	Note      string `toml:"note" doc:"anything else" ja:"その他"`
}

// Basis is what a fact rests on. The zero value is no basis at all.
type Basis string

// The bases, strongest first.
const (
	Recorded Basis = "recorded" // 記録: read from a record
	Admitted Basis = "admitted" // 相手方が認めた: by the party it speaks against
	Inferred Basis = "inferred" // 推認: by folding observations
	Alleged  Basis = "alleged"  // 主張のみ: a party says so
)

// Title is the basis in the words of the program.
func (b Basis) Title() Text {
	switch b {
	case Recorded:
		return say("記録", "recorded")
	case Admitted:
		return say("不利益を受ける側が認めた", "admitted by the side it speaks against")
	case Inferred:
		return say("推認", "inferred")
	case Alleged:
		return say("主張のみ", "alleged only")
	default:
		return say("根拠の記載なし", "no basis stated")
	}
}

// strength orders bases: the greater the stronger.
func (b Basis) strength() int {
	switch b {
	case Recorded:
		return 4
	case Admitted:
		return 3
	case Inferred:
		return 2
	case Alleged:
		return 1
	default:
		return 0
	}
}

// When is a time in a report: a TOML date or date-time, or a string.
type When struct{ day.Span }

// SchemaType describes a time for the JSON Schema.
func (When) SchemaType() string { return "time" }

// FromValue takes a decoded TOML or JSON value.
func (w *When) FromValue(v any) error {
	switch v := v.(type) {
	case string:
		s, err := day.ParseSpan(v)
		if err != nil {
			return err
		}
		w.Span = s
		return nil
	case time.Time:
		s, err := day.ParseSpan(timeText(v))
		if err != nil {
			return err
		}
		w.Span = s
		return nil
	default:
		return fmt.Errorf("want a date, a time, or a string such as \"2012-02\" or \"2012-02-05/2012-03-23\"")
	}
}

// timeText writes a TOML time as ISO, with a zone only where one was written.
// BurntSushi/toml marks local dates and times by the name of the location.
func timeText(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format("2006-01-02")
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05.999999999")
	default:
		return t.Format(time.RFC3339Nano)
	}
}
