package main

import (
	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/internal/source"
)

// errorCode is a code of a problem and what it means.
type errorCode struct {
	code string
	says export.Text
}

// errorCodes explains the codes that problems carry.
func errorCodes() []errorCode {
	says := func(ja, en string) export.Text { return export.Text{Ja: ja, En: en} }
	return []errorCode{
		{source.CodeSyntax, says("TOML又はJSONとして読めません。示された位置の前後を確かめてください。", "It is not TOML or JSON. Look at the place and just before it.")},
		{source.CodeText, says("文字コードがUTF-8でないか、制御文字があります。", "It is not UTF-8, or holds a control character.")},
		{source.CodeUnknownKey, says("書式にない項目名です。近い名前を示します。", "The format has no such key. The nearest name is given.")},
		{source.CodeLimit, says("大きさ・深さ・数の上限を超えています。", "It is larger, deeper or longer than is read.")},
		{source.CodeDuplicate, says("同じ項目が二度書かれています。", "A key is written twice.")},
		{source.CodeType, says("値の型が違います。", "A value is of the wrong type.")},
		{source.CodeMissing, says("必要な項目がありません。", "A key that is needed is not there.")},
		{source.CodeChoice, says("選べる値のどれでもありません。", "The value is none of those that there are.")},
		{source.CodeValue, says("値を読めません。", "The value cannot be read.")},
		{source.CodeTooMany, says("問題が多すぎるため、残りは示していません。", "There are too many problems; the rest is not listed.")},
		{source.CodeReader, says("二つの読み方の結果が一致しません。", "Two ways of reading the file disagree.")},
		{audit.CodeFormat, says("この版の書式は読めません。", "This version of the format is not read.")},
		{audit.CodeTwice, says("同じIDが二度使われています。IDは報告の中で一つのものだけを指します。", "An id is used twice. An id means one thing in a report.")},
		{audit.CodeDangling, says("報告にないものを参照しています。", "It refers to what the report does not hold.")},
		{audit.CodeAction, says("挙動の語彙にありません。docs/report.md に一覧があります。", "It is not in the vocabulary of actions: see docs/report.md.")},
		{audit.CodeTarget, says("その挙動の対象になりません。対象は「種類:名前」と書きます。", "The action cannot happen to that. Write the target as kind:name.")},
		{audit.CodeFact, says("その種類の対象物にない事実か、型の違う値です。docs/facts.md に一覧があります。", "It is not a fact of that kind, or a value of the wrong type: see docs/facts.md.")},
		{audit.CodeKind, says("対象物の種類ではありません。", "It is not a kind of entity.")},
		{audit.CodeHash, says("SHA-256は16進64桁です。", "A SHA-256 is 64 hexadecimal digits.")},
		{audit.CodeCycle, says("主張が互いに応答し合って循環しています。", "Statements answer one another in a circle.")},
		{audit.CodeStatement, says("主張の立場と対象がそろっていません。", "A statement lacks its stance, or what it speaks to.")},
		{audit.CodeBranch, says("証拠が、自分自身、ほかの証拠の枝番、又は報告で後に書いた証拠の枝番になっています。", "An exhibit is a branch of itself, of a branch, or of an exhibit that the report states later.")},
		{checker.CodeReference, says("規則集にない規則又は要件を指しています。", "It names a rule or clause that is not in the rulebook.")},
		{checker.CodeCondition, says("条件を読めません。docs/rules.md に文法があります。", "The condition cannot be read: see docs/rules.md.")},
		{checker.CodeLaw, says("rules/laws にない法令です。", "The law is not in rules/laws.")},
		{checker.CodePlace, says("条項を読めないか、日付の順序が合いません。", "A place cannot be read, or its dates are out of order.")},
		{checker.CodeClause, says("要件に条件も問いもないか、名前が重なっています。", "A clause has neither condition nor question, or a name twice.")},
		{checker.CodeFactName, says("事実の名前ではありません。docs/facts.md に一覧があります。", "It is not the name of a fact: see docs/facts.md.")},
		{checker.CodeCircle, says("規則又は挙動が互いに依存して循環しています。", "Rules or behaviours rest on one another.")},
		{checker.CodeCase, says("事例の結果が望みと違うか、事実でないものを述べています。", "A case does not come out as it must, or states what is not a fact.")},
		{checker.CodeEmpty, says("規則がないか、読めません。", "There are no rules, or they cannot be read.")},
		{checker.CodeRuleName, says("規則のファイルは法令のフォルダに置きます。", "A rule lies in the folder of its law.")},
		{checker.LintCases, says("どの事例も動かさない要件があります。", "There is a clause that no case turns.")},
		{checker.LintBoundary, says("改正日の当日と前日の事例がありません。", "There is no case on the day of a change, or on the day before.")},
		{checker.LintAuthority, says("典拠がありません。", "There is no authority.")},
		{checker.LintConduct, says("刑事の規則に、誰がしたかを読む要件がありません。", "A criminal rule has no element that reads who did it.")},
		{checker.LintCitation, says("引用が法令のファイルと合いません。", "A citation does not agree with the law's file.")},
		{checker.LintMutant, says("変えてもどの事例も気づかない条件があります。", "A condition can be changed and no case notices.")},
		{checker.LintPenalty, says("刑事の規則に法定刑又は限定の記載がありません。", "A criminal rule lacks its penalty or its limits.")},
		{checker.LintPin, says("規則の引く文言が、法令ストアの条文に、その順ではありません。", "A phrase of the rule is not in the text that the law store holds, or not in its order.")},
		{law.CodeFolder, says("法令のフォルダを読めないか、法令が一つもありません。", "The folder of laws cannot be read, or holds no law.")},
		{law.CodeName, says("法令のファイル名がIDにならないか、その呼び名はもう別の法令のものです。", "The file's name is not the id of a law, or a name is already another law's.")},
		{law.CodePlace, says("条項又は編・章の位置を読めません。", "A place, article or position in the structure cannot be read.")},
		{law.CodeVersions, says("版がつながらないか、条番号の移動がどの版の初日でもありません。", "The versions do not follow one another, or a renumbering is on no version's first day.")},
		{law.CodeIdentity, says("法令に番号又はe-GovのIDがないか、約款・会則にそれがあります。", "A statute lacks its number or e-Gov id, or an instrument has one.")},
		{codeJournalBroken, says("検討の記録（JSONL）が、書かれたときのままではありません。行の書換え・抜取り・差込み、又は末尾の切取りです。", "The journal of decisions (JSONL) is not as it was written: a line was changed, taken out or put in, or its end cut off.")},
		{codeJournalHead, says("書面に印字されたハッシュの行が、検討の記録にありません。", "The journal has no line with the hash that a paper printed.")},
		{export.CodeTotals, says("書面の一覧・内訳・各論が、同じ指摘になっていません。書面は作られません。", "A paper's list, its totals and its sections are not on the same findings. No paper is made.")},
	}
}
